package corpus

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// wordsToText joins words as running text has them and returns the span of each.
func wordsToText(words []string, newline []bool) (string, []stemma.Span) {
	var b strings.Builder
	spans := make([]stemma.Span, len(words))
	quoted, glue := false, true
	for i, w := range words {
		open := false
		space := !glue
		switch w {
		case ",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'", "’", "”", "''", "...":
			space = false
		case "-", "–", "/":
			space = false
			open = true
		case "(", "[", "{", "“", "$", "£", "#", "``":
			open = true
		case `"`:
			quoted = !quoted
			if quoted {
				open = true
			} else {
				space = false
			}
		}
		if (w == "'" || w == "’") && i+1 < len(words) && slices.Contains(strings.Fields("esh s t re ll ve d m"), words[i+1]) {
			open = true
		}
		if strings.HasPrefix(w, "'") || strings.HasPrefix(w, "’") {
			space = false
		}
		if newline[i] {
			b.WriteString("\n\n")
			quoted = w == `"`
		} else if space && i > 0 {
			b.WriteByte(' ')
		}
		spans[i] = stemma.Span{Start: b.Len(), End: b.Len() + len(w)}
		b.WriteString(w)
		glue = open
	}
	return b.String(), spans
}

// bioFile reads lines "word label", sentences apart by empty lines. Articles are
// where a new article begins, the first at 0.
func bioFile(path string) (words, labels []string, first []bool, articles []int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	start := true
	articles = []int{0}
	for in.Scan() {
		line := strings.TrimRight(in.Text(), " \r")
		at := strings.LastIndexAny(line, " \t")
		if line == "" || strings.HasPrefix(line, "-DOCSTART-") {
			start = true
			if line != "" && len(words) > 0 {
				articles = append(articles, len(words))
			}
			continue
		}
		if at < 0 {
			return nil, nil, nil, nil, fmt.Errorf("%s: line %q", path, line)
		}
		words, labels, first = append(words, line[:at]), append(labels, line[at+1:]), append(first, start && len(words) > 0)
		start = false
	}
	return words, labels, first, articles, in.Err()
}

// addBIO turns labels into names of d by kinds, which maps a label's name to
// ours; a name of a kind that it lacks is left out.
func (d *Doc) addBIO(labels []string, spans []stemma.Span, first []bool, kinds map[string]string) {
	for i := 0; i < len(labels); {
		prefix, kind, ok := strings.Cut(labels[i], "-")
		if !ok || prefix == "O" {
			i++
			continue
		}
		j := i + 1
		for j < len(labels) && labels[j] == "I-"+kind && !first[j] {
			j++
		}
		if label := kinds[kind]; label != "" {
			d.Names = append(d.Names, GoldName{stemma.Span{Start: spans[i].Start, End: spans[j-1].End}, label})
		}
		i = j
	}
}

// WikiGold reads the articles of WikiGold. Each of their sentences is a
// paragraph here.
func WikiGold(dir string) ([]*Doc, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "CONLL-format", "data", "*"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no WikiGold in %s (%v)", dir, err)
	}
	words, labels, first, articles, err := bioFile(paths[0])
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{"PER": string(stemma.Person), "ORG": string(stemma.Organisation), "LOC": string(stemma.Place), "MISC": Other}
	var docs []*Doc
	for i, start := range articles {
		end := len(words)
		if i+1 < len(articles) {
			end = articles[i+1]
		}
		if start == end {
			continue
		}
		d := &Doc{ID: fmt.Sprintf("wikigold-%03d", i), Corpus: "wikigold"}
		fs := slices.Clone(first[start:end])
		fs[0] = false
		text, spans := wordsToText(words[start:end], fs)
		d.fromText(text)
		d.addBIO(labels[start:end], spans, fs, kinds)
		d.untitle()
		d.demonyms()
		docs = append(docs, d)
	}
	return docs, nil
}

// Re3d reads re3d, whose mentions are whole phrases ("the Iraqi Foreign
// Minister"): a name is what is left without article and titles, if it has a
// capital.
func Re3d(dir string) ([]*Doc, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "by-source", "*", "*.conll"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no re3d in %s (%v)", dir, err)
	}
	kinds := map[string]string{"Person": string(stemma.Person), "Organisation": string(stemma.Organisation), "Location": string(stemma.Place),
		"DocumentReference": string(stemma.Work), "Nationality": string(stemma.Nationality)}
	var docs []*Doc
	for _, path := range paths {
		words, labels, first, _, err := bioFile(path)
		if err != nil {
			return nil, err
		}
		if len(words) == 0 {
			continue
		}
		d := &Doc{ID: "re3d-" + strings.TrimSuffix(filepath.Base(path), ".conll"), Corpus: "re3d"}
		text, spans := wordsToText(words, first)
		d.fromText(text)
		d.addBIO(labels, spans, first, kinds)
		d.trim()
		d.demonyms()
		docs = append(docs, d)
	}
	return docs, nil
}

// untitle takes titles off the front of persons' names, as everywhere here.
func (d *Doc) untitle() {
	for i, n := range d.Names {
		if n.Label != string(stemma.Person) {
			continue
		}
		first, end := d.TokensIn(n.Span)
		for first < end-1 && IsTitle(d.Tokens[first].Norm) {
			first++
		}
		d.Names[i].Start = d.Tokens[first].Start
	}
}

// trim shortens mentions that are phrases to the names in them.
func (d *Doc) trim() {
	var out []GoldName
	for _, n := range d.Names {
		first, end := d.TokensIn(n.Span)
		capital := func(t int) bool {
			r, _ := utf8.DecodeRuneInString(d.Text(d.Tokens[t].Span))
			return unicode.IsUpper(r) || unicode.IsDigit(r)
		}
		for first < end && (!capital(first) || d.Tokens[first].Norm == "the" || d.Tokens[first].Norm == "a") && d.Tokens[first].Norm != "al" {
			first++
		}
		for end > first && !capital(end-1) && !d.glued(end-1) {
			end--
		}
		if n.Label == string(stemma.Person) {
			start := d.afterTitles(first, end)
			if start < end && d.Tokens[start].Norm == "of" { // "Minister of State"
				continue
			}
			for start < end && (!capital(start) || Demonym(d.Tokens[start].Norm)) && d.Tokens[start].Norm != "al" {
				start++
			}
			first = start
		}
		if first < end && slices.Contains(strings.Fields("we our they it he she us its his her this all these those i you"), d.Tokens[first].Norm) {
			continue
		}
		if first >= end || end-first == 1 && Demonym(d.Tokens[first].Norm) {
			continue
		}
		// A phrase that has small words beyond joins is a description: leave it out.
		plain := false
		for t := first; t < end; t++ {
			r, _ := utf8.DecodeRuneInString(d.Tokens[t].Norm)
			if !capital(t) && unicode.IsLetter(r) && !d.glued(t) && !joins(d.Tokens[t].Norm, string(stemma.Organisation)) &&
				!slices.Contains([]string{"al", "bin", "ibn", "de", "von", "van", "s", "el"}, d.Tokens[t].Norm) {
				plain = true
			}
			if strings.ContainsRune(",\"()[]", r) || d.Tokens[t].Norm == "''" {
				plain = true
			}
		}
		if plain {
			continue
		}
		out = append(out, GoldName{stemma.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}, n.Label})
	}
	d.Names = out
	d.sortNames()
}

// demonyms marks nationalities that the corpus has under another label or none.
func (d *Doc) demonyms() {
	var out []GoldName
	for _, n := range d.Names {
		first, end := d.TokensIn(n.Span)
		if end-first == 1 && n.Label != string(stemma.Place) && Demonym(d.Tokens[first].Norm) {
			continue // found below
		}
		out = append(out, n)
	}
	d.Names = out
	labels := d.BIO()
	for i, t := range d.Tokens {
		r, _ := utf8.DecodeRuneInString(d.Text(t.Span))
		if labels[i] == "O" && unicode.IsUpper(r) && Demonym(t.Norm) {
			d.Names = append(d.Names, GoldName{t.Span, string(stemma.Nationality)})
		}
	}
	d.sortNames()
	d.countries()
}

// Meantime reads the articles of MEANTIME: their mentions that are names.
func Meantime(dir string) ([]*Doc, error) {
	var paths []string
	err := filepath.WalkDir(filepath.Join(dir, "intra-doc_annotation"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".xml") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var docs []*Doc
	for _, path := range paths {
		d, err := meantime(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("no articles of MEANTIME in %s", dir)
	}
	return docs, nil
}

func meantime(path string) (*Doc, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var x struct {
		Tokens []struct {
			ID       string `xml:"t_id,attr"`
			Sentence string `xml:"sentence,attr"`
			Word     string `xml:",chardata"`
		} `xml:"token"`
		Markables struct {
			Mentions []struct {
				ID      string `xml:"m_id,attr"`
				Type    string `xml:"syntactic_type,attr"`
				Anchors []struct {
					ID string `xml:"t_id,attr"`
				} `xml:"token_anchor"`
			} `xml:"ENTITY_MENTION"`
			Entities []struct {
				ID   string `xml:"m_id,attr"`
				Type string `xml:"ent_type,attr"`
			} `xml:"ENTITY"`
		} `xml:"Markables"`
		Relations struct {
			Refers []struct {
				Sources []struct {
					ID string `xml:"m_id,attr"`
				} `xml:"source"`
				Target struct {
					ID string `xml:"m_id,attr"`
				} `xml:"target"`
			} `xml:"REFERS_TO"`
		} `xml:"Relations"`
	}
	if err := xml.Unmarshal(data, &x); err != nil {
		return nil, err
	}
	var words []string
	var first []bool
	index := map[string]int{}
	for i, t := range x.Tokens {
		if n, err := strconv.Atoi(t.Sentence); err != nil || n > 5 {
			break // only the title and five sentences are annotated
		}
		index[t.ID] = i
		words = append(words, t.Word)
		first = append(first, i > 0 && x.Tokens[i-1].Sentence != t.Sentence && (x.Tokens[i-1].Sentence == "0" || x.Tokens[i-1].Sentence == "1"))
	}
	d := &Doc{ID: "meantime-" + strings.TrimSuffix(filepath.Base(path), ".xml"), Corpus: "meantime"}
	text, spans := wordsToText(words, first)
	d.fromText(text)
	kind := map[string]string{}
	for _, e := range x.Markables.Entities {
		kind[e.ID] = e.Type
	}
	of := map[string]string{}
	for _, r := range x.Relations.Refers {
		for _, s := range r.Sources {
			of[s.ID] = kind[r.Target.ID]
		}
	}
	for _, m := range x.Markables.Mentions {
		if m.Type != "NAM" && m.Type != "PRE.NAM" || len(m.Anchors) == 0 {
			continue
		}
		label := Other
		switch of[m.ID] {
		case "PER":
			label = string(stemma.Person)
		case "ORG":
			label = string(stemma.Organisation)
		case "LOC":
			label = string(stemma.Place)
		}
		a, ok1 := index[m.Anchors[0].ID]
		b, ok2 := index[m.Anchors[len(m.Anchors)-1].ID]
		if !ok1 || !ok2 || b < a {
			continue
		}
		d.Names = append(d.Names, GoldName{stemma.Span{Start: spans[a].Start, End: spans[b].End}, label})
	}
	d.sortNames()
	d.trim()
	// Mentions may lie within each other: the outer counts.
	var out []GoldName
	for _, n := range d.Names {
		if len(out) > 0 && n.Start < out[len(out)-1].End {
			if n.End-n.Start > out[len(out)-1].Len() {
				out[len(out)-1] = n
			}
			continue
		}
		out = append(out, n)
	}
	d.Names = out
	d.demonyms()
	return d, nil
}

// A Speaker is one whom a document of the attributions quotes, by the fullest
// name that it gives.
type Speaker struct{ Name, Kind string }

// Attributions reads the articles annotated for statements that are not in GUM
// too, without their statements: text, and who speaks in each.
func Attributions(dir string) ([]*Doc, map[string][]Speaker, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil || len(paths) == 0 {
		return nil, nil, fmt.Errorf("no attributions in %s (%v)", dir, err)
	}
	var docs []*Doc
	for _, path := range paths {
		id := strings.TrimSuffix(filepath.Base(path), ".txt")
		if strings.HasPrefix(id, "gn") {
			continue // the news of GUM
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		d := &Doc{ID: id, Corpus: "attributions"}
		d.fromText(string(text))
		docs = append(docs, d)
	}
	f, err := os.Open(filepath.Join(dir, "speakers.tsv"))
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	speakers := map[string][]Speaker{}
	in := bufio.NewScanner(f)
	for in.Scan() {
		c := strings.Split(in.Text(), "\t")
		if len(c) == 4 && c[2] != "-" {
			speakers[c[0]] = append(speakers[c[0]], Speaker{c[2], c[3]})
		}
	}
	return docs, speakers, in.Err()
}
