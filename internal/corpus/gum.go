package corpus

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
	"stemma/internal/lexicon"
)

// notPermissive are documents of GUM whose source is under terms that are not
// permissive, whatever the licence of the genre.
var notPermissive = map[string]string{
	"GUM_court_carpet":     "Santa Barbara Corpus, CC BY-ND",
	"GUM_academic_eegimaa": "Language Documentation & Conservation, CC BY-NC",
}

// GUM reads the documents of GUM in dir, in the order of their names.
func GUM(dir string) ([]*Doc, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "GUM_*.conllu"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no GUM documents in %s", dir)
	}
	var docs []*Doc
	for _, path := range paths {
		id := strings.TrimSuffix(filepath.Base(path), ".conllu")
		if notPermissive[id] != "" {
			continue
		}
		got, err := CoNLLU(path)
		if err != nil {
			return nil, err
		}
		for _, d := range got {
			d.Corpus = "gum"
			_, rest, _ := strings.Cut(d.ID, "_")
			d.Genre, _, _ = strings.Cut(rest, "_")
		}
		docs = append(docs, got...)
	}
	return docs, nil
}

// CoNLLU reads a file of Universal Dependencies: gold sentences, tokens and
// tags, and names where it has GUM's Entity annotation. Paragraphs are apart by
// an empty line; a sentence that GUM calls a heading is one here.
func CoNLLU(path string) ([]*Doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := conlluReader{base: strings.TrimSuffix(filepath.Base(path), ".conllu")}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for line := 1; in.Scan(); line++ {
		if err := r.line(in.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	r.endSentence()
	r.endDoc()
	return r.docs, nil
}

type conlluReader struct {
	base    string
	docs    []*Doc
	doc     *Doc
	text    strings.Builder
	par     int
	newPar  bool
	heading bool
	space   bool // a space comes before the next token
	first   int  // token index where the sentence starts
	until   int  // id of the last part of a multiword token, its glue
	after   bool // space after that multiword token
	open    []mention
	done    []mention
}

// A mention is an entity of GUM, while it is read.
type mention struct {
	id, kind   string
	wiki       bool // linked to an article of Wikipedia
	start, end int  // tokens
}

func (r *conlluReader) line(line string) error {
	switch {
	case line == "":
		r.endSentence()
		return nil
	case strings.HasPrefix(line, "# newdoc"):
		r.endDoc()
		id := r.base
		if _, v, ok := strings.Cut(line, "id = "); ok {
			id = v
		}
		r.doc = &Doc{ID: id}
		return nil
	case strings.HasPrefix(line, "# newpar_block"):
		r.heading = strings.Contains(line, "= head")
		return nil
	case strings.HasPrefix(line, "# newpar"):
		r.newPar, r.heading = true, false
		return nil
	case strings.HasPrefix(line, "#"):
		return nil
	}
	col := strings.Split(line, "\t")
	if len(col) != 10 {
		return fmt.Errorf("%d columns", len(col))
	}
	if strings.Contains(col[0], ".") {
		return nil // an empty node of the enhanced graph
	}
	if r.doc == nil {
		r.doc = &Doc{ID: r.base}
	}
	glue := strings.Contains(col[9], "SpaceAfter=No")
	if from, to, ok := strings.Cut(col[0], "-"); ok {
		r.until, _ = strconv.Atoi(to)
		_ = from
		r.after = !glue
		return nil
	}
	id, err := strconv.Atoi(col[0])
	if err != nil {
		return err
	}
	d := r.doc
	if len(d.Tokens) == r.first { // first of its sentence
		if r.newPar && r.text.Len() > 0 {
			r.text.WriteString("\n\n")
			r.space = false
			r.par++
		}
		r.newPar = false
	}
	if r.space {
		r.text.WriteByte(' ')
	}
	start := r.text.Len()
	r.text.WriteString(col[1])
	d.Tokens = append(d.Tokens, stemma.Token{Span: stemma.Span{Start: start, End: r.text.Len()}, Norm: Plain(col[1])})
	r.space = !glue
	if id < r.until {
		r.space = false
	} else if id == r.until {
		r.space, r.until = r.after, 0
	}
	tag := stemma.Tag{POS: col[3], XPOS: col[4], Lemma: col[2]}
	d.Tags = append(d.Tags, tag)
	head, err := strconv.Atoi(col[6])
	if err != nil {
		return err
	}
	d.Heads = append(d.Heads, r.first+head-1)
	if head == 0 {
		d.Heads[len(d.Heads)-1] = -1
	}
	d.Rels = append(d.Rels, col[7])
	for _, f := range strings.Split(col[9], "|") {
		if v, ok := strings.CutPrefix(f, "Entity="); ok {
			r.entity(v, len(d.Tokens)-1)
		}
	}
	return nil
}

// entity reads the brackets of one token: "(4-person-…", "3)", "(5-place-…)".
func (r *conlluReader) entity(v string, token int) {
	for v != "" {
		switch {
		case v[0] == '(':
			end := strings.IndexAny(v[1:], "()")
			if end < 0 {
				end = len(v) - 1
			}
			body := v[1 : 1+end]
			closed := 1+end < len(v) && v[1+end] == ')'
			f := strings.SplitN(body, "-", 9)
			m := mention{id: f[0], start: token}
			if len(f) > 1 {
				m.kind = f[1]
			}
			// GRP-etype-infstat-salience-centering-minspan-link-identity
			m.wiki = strings.Count(body, "-") >= 7 && !strings.HasSuffix(body, "-_")
			v = v[1+end:]
			if closed {
				v = v[1:]
				m.end = token + 1
				r.done = append(r.done, m)
			} else {
				r.open = append(r.open, m)
			}
		default: // a closing: "3)"
			end := strings.IndexByte(v, ')')
			if end < 0 {
				return
			}
			id := v[:end]
			v = v[end+1:]
			for i := len(r.open) - 1; i >= 0; i-- {
				if r.open[i].id == id {
					m := r.open[i]
					m.end = token + 1
					r.done = append(r.done, m)
					r.open = append(r.open[:i], r.open[i+1:]...)
					break
				}
			}
		}
	}
}

func (r *conlluReader) endSentence() {
	d := r.doc
	if d == nil || len(d.Tokens) == r.first {
		return
	}
	kind := stemma.Prose
	if r.heading {
		kind = stemma.Heading
	}
	d.Sentences = append(d.Sentences, stemma.Sentence{
		Span:       stemma.Span{Start: d.Tokens[r.first].Start, End: d.Tokens[len(d.Tokens)-1].End},
		Kind:       kind,
		Paragraph:  r.par,
		FirstToken: r.first,
		EndToken:   len(d.Tokens),
	})
	r.first = len(d.Tokens)
}

func (r *conlluReader) endDoc() {
	d := r.doc
	if d == nil {
		return
	}
	d.Report = &stemma.Report{ID: stemma.ReportID(d.ID), Text: r.text.String()}
	d.gumNames(r.done)
	r.docs = append(r.docs, d)
	*r = conlluReader{base: r.base, docs: r.docs}
}

// gumNames turns GUM's mentions into names. A mention counts if its head is a
// proper noun; the name is the stretch of proper nouns around the head, with
// "of", "the", "and", "for" and hyphens between proper nouns in names of
// organisations and works (and "of" in places), without titles ("President")
// before a person's name. Of names within each other the longest counts.
// Capitalised adjectives and nouns of nations are found by [Demonym].
func (d *Doc) gumNames(ms []mention) {
	type cand struct {
		start, end int
		label      string
	}
	var cands []cand
	for _, m := range ms {
		head := -1
		for t := m.start; t < m.end; t++ {
			if h := d.Heads[t]; h < m.start || h >= m.end {
				head = t
				break
			}
		}
		if head < 0 {
			continue
		}
		if m.kind == "person" && !d.proper(head) { // "immigration barrister Colin Yeo"
			for t := head + 1; t < m.end; t++ {
				if d.proper(t) && d.Heads[t] == head && (d.Rels[t] == "flat" || d.Rels[t] == "appos" && t == head+1) {
					head = t
					break
				}
			}
		}
		if !d.proper(head) {
			continue
		}
		label := Other
		switch m.kind {
		case "person":
			label = string(stemma.Person)
		case "organization":
			label = string(stemma.Organisation)
		case "place":
			label = string(stemma.Place)
		case "time":
			continue
		}
		start, end := head, head+1
		// A person's name begins with its head: what stands before is a title, a
		// trade or a country.
		for label != string(stemma.Person) && start > m.start && d.proper(start-1) {
			start--
		}
		join := label != string(stemma.Person)
		for end < m.end {
			if d.proper(end) || d.Tags[end].XPOS == "CD" && label == Other {
				end++
				continue
			}
			// "Department for Work and Pensions", "University of X"
			k := end
			for k < m.end && k-end < 2 && joins(d.Tokens[k].Norm, label) && (k == end || d.Tokens[k].Norm == "the" && d.Tokens[end].Norm != "and") {
				k++
			}
			if join && k > end && k < m.end && d.proper(k) && d.Tokens[k].Norm != "'s" {
				end = k + 1
				continue
			}
			if d.Tags[end].XPOS == "HYPH" && end+1 < m.end && d.glued(end) && d.glued(end+1) {
				end += 2
				continue
			}
			break
		}
		// back over joins and hyphens: "University" in "University of X" where X heads; "al-Assad"
		for start > m.start {
			if d.Tags[start-1].XPOS == "HYPH" && start-2 >= m.start && d.glued(start-1) && d.glued(start) {
				start -= 2
				for start > m.start && d.proper(start-1) {
					start--
				}
				continue
			}
			break
		}
		if label == string(stemma.Person) {
			if start = d.afterTitles(start, end); start == end {
				continue // "the President": an office, not a name
			}
		}
		if Demonym(d.Tokens[head].Norm) && end-start == 1 {
			continue
		}
		cands = append(cands, cand{start, end, label})
	}
	taken := make([]bool, len(d.Tokens))
	// longest first, then the outer mention first in reading order
	for size := 40; size > 0; size-- {
		for _, c := range cands {
			if c.end-c.start != size {
				continue
			}
			free := true
			for t := c.start; t < c.end; t++ {
				free = free && !taken[t]
			}
			if !free {
				continue
			}
			for t := c.start; t < c.end; t++ {
				taken[t] = true
			}
			d.Names = append(d.Names, GoldName{stemma.Span{Start: d.Tokens[c.start].Start, End: d.Tokens[c.end-1].End}, c.label})
		}
	}
	d.complete(taken)
	for i, t := range d.Tokens {
		if r, _ := utf8.DecodeRuneInString(d.Text(t.Span)); !taken[i] && unicode.IsUpper(r) && Demonym(t.Norm) {
			d.Names = append(d.Names, GoldName{t.Span, string(stemma.Nationality)})
		}
	}
	d.sortNames()
	d.countries()
}

// complete adds the names that are no mentions because they stand before a noun
// ("rainy Bergen street"): proper nouns in no name that are spelt like a name
// of the document, or that are a country or a great city.
func (d *Doc) complete(taken []bool) {
	label := map[string]string{}
	longest := 1
	for _, n := range d.Names {
		label[d.Text(n.Span)] = n.Label
		first, end := d.TokensIn(n.Span)
		longest = max(longest, end-first)
	}
	for _, s := range d.Sentences {
		for i := s.FirstToken; i < s.EndToken; i++ {
			for size := min(longest, s.EndToken-i); size > 0; size-- {
				whole, h := true, uint32(0)
				for t := i; t < i+size; t++ {
					whole = whole && !taken[t] && d.proper(t)
					h = lexicon.Hash(h, d.Tokens[t].Norm)
				}
				if !whole {
					continue
				}
				span := stemma.Span{Start: d.Tokens[i].Start, End: d.Tokens[i+size-1].End}
				l := label[d.Text(span)]
				if l == "" && lexicon.Of(h).Has(lexicon.Country|lexicon.BigCity) && (i == 0 || !d.proper(i-1)) && (i+size == len(d.Tokens) || !d.proper(i+size)) {
					l = string(stemma.Place)
				}
				if l == "" {
					continue
				}
				d.Names = append(d.Names, GoldName{span, l})
				for t := i; t < i+size; t++ {
					taken[t] = true
				}
				break
			}
		}
	}
}

// afterTitles returns where the name starts in a person's tokens, after the
// last title; end if they are an office alone. A title at the end is a surname
// if a given name stands before it: "Larry King".
func (d *Doc) afterTitles(first, end int) int {
	start := first
	for t := first; t < end; t++ {
		if !IsTitle(d.Tokens[t].Norm) {
			continue
		}
		if t == end-1 && t > start && lexicon.Word(d.Tokens[t].Norm).Has(lexicon.Surname) && lexicon.Word(d.Tokens[t-1].Norm).Has(lexicon.Given) {
			continue
		}
		start = t + 1
	}
	return start
}

// countries makes places of countries and great cities that the corpus calls
// organisations where they act ("Norway said"): the convention of this project,
// and of other name finders.
func (d *Doc) countries() {
	for i, n := range d.Names {
		if n.Label != string(stemma.Organisation) {
			continue
		}
		first, end := d.TokensIn(n.Span)
		h := uint32(0)
		for t := first; t < end; t++ {
			h = lexicon.Hash(h, d.Tokens[t].Norm)
		}
		e := lexicon.Of(h)
		known := e.Has(lexicon.Country|lexicon.BigCity) || e.Has(lexicon.City) && e.NounSense == lexicon.SenseLocation
		if known && !e.Has(lexicon.OrgName) {
			d.Names[i].Label = string(stemma.Place)
		}
	}
}

func (d *Doc) proper(t int) bool {
	x := d.Tags[t].XPOS
	return x == "NNP" || x == "NNPS"
}

// glued reports whether no space lies before token t.
func (d *Doc) glued(t int) bool { return t > 0 && d.Tokens[t-1].End == d.Tokens[t].Start }

func joins(norm, label string) bool {
	switch norm {
	case "of":
		return true
	case "the", "and", "for", "&", "on", "'s", "'":
		return label == string(stemma.Organisation) || label == Other
	}
	return false
}
