package main

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"stemma"
	"stemma/actor"
	"stemma/segment"
	"stemma/tag"
)

// evalActors measures who is who: the speakers of the attributions, resolved
// within their article, and the entities of MEANTIME across documents. Half of
// the documents are for tuning, by a hash of their name; -part other is the
// half that is reported.
func evalActors(args []string) error {
	flags := flag.NewFlagSet("actors", flag.ContinueOnError)
	attributions := flags.String("attributions", "../shared/data/attributions", "folder of the attributions")
	meantime := flags.String("meantime", "../shared/data/meantime", "folder of MEANTIME")
	part := flags.String("part", "other", "documents to score: tune, other or all")
	tagged := flags.Bool("tagged", true, "with the parts of speech and names of package tag; without, actor finds names by its own rules")
	worst := flags.Int("worst", 0, "print that many wrong speakers")
	out := flags.String("o", "", "write the figures to this file instead of standard output")
	if err := flags.Parse(args); err != nil {
		return err
	}
	w, done, err := figures(*out)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "stemma-eval actors -part %s, %s\n", *part, time.Now().UTC().Format("2006-01-02"))
	fmt.Fprintf(w, "corpora: attributions (own annotation of Wikinews, class A), MEANTIME (class A); documents by parity of FNV-1a of their name\n\n")
	if err := speakersOf(w, *attributions, *part, *tagged, *worst); err != nil {
		return err
	}
	if err := entitiesOf(w, *meantime, *part, *tagged, *worst); err != nil {
		return err
	}
	return done()
}

// mentionsOf annotates rep as far as its mentions.
func mentionsOf(rep *stemma.Report, tagged bool) *stemma.Document {
	doc := &stemma.Document{Report: rep}
	doc.Sentences, doc.Tokens = segment.Split(rep.Text)
	if tagged {
		doc.Tags, doc.Names = tag.Find(doc)
	}
	doc.Mentions = actor.Find(doc)
	return doc
}

// figures opens the file that figures go to.
func figures(path string) (io.Writer, func() error, error) {
	if path == "" {
		return os.Stdout, func() error { return nil }, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	return f, f.Close, nil
}

func inPart(name, part string) bool {
	h := fnv.New32a()
	h.Write([]byte(name))
	switch part {
	case "tune":
		return h.Sum32()%2 == 0
	case "other":
		return h.Sum32()%2 == 1
	}
	return true
}

// A tally counts right answers.
type tally struct{ right, lenient, none, all int }

func (t tally) String() string {
	p := func(n int) float64 { return 100 * float64(n) / float64(max(1, t.all)) }
	return fmt.Sprintf("%6d %7.1f %8.1f %11.1f", t.all, p(t.right), p(t.lenient), p(t.none))
}

// speakersOf scores the actor that each gold Source is resolved to, by the
// name that speakers.tsv gives.
func speakersOf(w io.Writer, dir, part string, tagged bool, worst int) error {
	gold, err := readSpeakers(filepath.Join(dir, "speakers.tsv"))
	if err != nil {
		return err
	}
	byForm, byKind := map[string]*tally{}, map[string]*tally{}
	base := map[string]*tally{}
	add := func(m map[string]*tally, key string, right, lenient, none bool) {
		for _, k := range []string{key, "all"} {
			t := m[k]
			if t == nil {
				t = &tally{}
				m[k] = t
			}
			t.all++
			if right {
				t.right++
			}
			if lenient {
				t.lenient++
			}
			if none {
				t.none++
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(gold)) {
		if !inPart(id, part) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, "text", id+".txt"))
		if err != nil {
			return err
		}
		sources, err := readSources(filepath.Join(dir, "ann", id+".ann"), string(text))
		if err != nil {
			return err
		}
		doc := mentionsOf(&stemma.Report{ID: stemma.ReportID(id), Source: id, Text: string(text)}, tagged)
		docs, actors := actor.Link([]*stemma.Document{doc}, nil)
		doc = docs[0]
		name := map[stemma.ActorID]string{}
		names := map[stemma.ActorID][]string{}
		for _, a := range actors {
			name[a.ID] = a.Name
			names[a.ID] = append(a.Aliases, a.Name)
		}
		for _, n := range slices.Sorted(maps.Keys(gold[id])) {
			g, span := gold[id][n], sources[n]
			if span.IsZero() || g.name == "-" {
				continue
			}
			st := actor.Resolve(doc, []stemma.Statement{{Span: span, Speaker: span, Kind: stemma.Indirect}})[0]
			got := name[st.Actor]
			if got == "" && st.Actor != "" {
				got = strings.ReplaceAll(string(st.Actor), "-", " ")
			}
			right, lenient := sameWho(got, g.name), likeWho(got, g.name)
			for _, alias := range names[st.Actor] {
				right = right || sameWho(alias, g.name)
			}
			lenient = lenient || right
			form := formOfSource(doc.Text(span))
			add(byForm, form, right, lenient, st.Actor == "")
			add(byKind, g.kind, right, lenient, st.Actor == "")
			b := doc.Text(span)
			add(base, form, sameWho(b, g.name), likeWho(b, g.name), false)
			if !right && worst > 0 {
				worst--
				fmt.Fprintf(w, "%s E%d [%s] want %q, got %q: %s\n", id, n, form, g.name, got, aroundSpan(doc, span))
			}
		}
	}
	fmt.Fprintf(w, "speakers of attributions, from their gold span to the fullest name\n")
	fmt.Fprintf(w, "%-24s %6s %7s %8s %11s\n", "", "n", "exact %", "lenient %", "unresolved %")
	for _, m := range []map[string]*tally{byForm, byKind} {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			fmt.Fprintf(w, "%-24s %s\n", k, m[k])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "baseline: the words of the span themselves\n")
	for _, k := range slices.Sorted(maps.Keys(base)) {
		fmt.Fprintf(w, "%-24s %s\n", k, base[k])
	}
	fmt.Fprintf(w, "\nexact: the actor's name, or another form of it in the article, has the same words, spelling, articles, titles and possessives aside. lenient: all words of the shorter are in the longer.\n\n")
	return nil
}

type speaker struct{ name, kind string }

func readSpeakers(path string) (map[string]map[int]speaker, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]map[int]speaker{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		c := strings.Split(sc.Text(), "\t")
		if len(c) < 4 {
			continue
		}
		n, err := strconv.Atoi(c[1])
		if err != nil {
			continue
		}
		if out[c[0]] == nil {
			out[c[0]] = map[int]speaker{}
		}
		out[c[0]][n] = speaker{c[2], c[3]}
	}
	return out, nil
}

// readSources returns the span of the Source of every event of a brat file.
func readSources(path, text string) (map[int]stemma.Span, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	offset := make([]int, 0, len(text)+1) // of each character
	for i := range text {
		offset = append(offset, i)
	}
	offset = append(offset, len(text))
	spans := map[string]stemma.Span{}
	out := map[int]stemma.Span{}
	for line := range strings.Lines(string(b)) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) < 2 {
			continue
		}
		if c[0][0] == 'T' {
			kind, ext, _ := strings.Cut(c[1], " ")
			if kind != "Source" {
				continue
			}
			first, _, _ := strings.Cut(ext, ";")
			var from, to int
			if _, err := fmt.Sscanf(first, "%d %d", &from, &to); err != nil || to >= len(offset) {
				return nil, fmt.Errorf("%s: %q", path, line)
			}
			spans[c[0]] = stemma.Span{Start: offset[from], End: offset[to]}
		} else if c[0][0] == 'E' {
			n, err := strconv.Atoi(c[0][1:])
			if err != nil {
				continue
			}
			for f := range strings.FieldsSeq(c[1]) {
				if id, ok := strings.CutPrefix(f, "Source:"); ok {
					out[n] = spans[id]
				}
			}
		}
	}
	return out, nil
}

func formOfSource(s string) string {
	switch strings.ToLower(s) {
	case "he", "she", "him", "her":
		return "he, she"
	case "they", "it", "them":
		return "they, it"
	case "who", "which", "that", "i", "we":
		return "other pronoun"
	}
	if strings.ContainsFunc(strings.TrimPrefix(s, s[:1]), unicode.IsUpper) || unicode.IsUpper(rune(s[0])) && !strings.HasPrefix(s, "The ") && !strings.HasPrefix(s, "A ") {
		return "holds a name"
	}
	return "description"
}

// whoWords returns the words of a name that count when names are compared.
func whoWords(s string) []string {
	if a, rest, ok := strings.Cut(s, " ("); ok {
		if _, b, ok := strings.Cut(rest, ")"); ok {
			s = a + b // "World Health Organization (WHO)"
		}
	}
	s = strings.NewReplacer("’s", "", "'s", "", "’", "", "'", "", ".", "", ",", " ", "-", " ", "–", " ").Replace(strings.ToLower(s))
	out := []string{}
	for f := range strings.FieldsSeq(s) {
		switch f {
		case "the", "a", "an", "mr", "mrs", "ms", "dr", "sir", "president", "prime", "minister", "senator", "secretary", "spokesman", "spokeswoman", "spokesperson", "several", "some":
			continue
		case "us", "usa", "america":
			f = "us"
		case "uk", "britain":
			f = "uk"
		}
		out = append(out, actor.Spelling(f))
	}
	return out
}

func sameWho(a, b string) bool {
	x := strings.Join(whoWords(a), " ")
	return x != "" && x == strings.Join(whoWords(b), " ")
}

func likeWho(a, b string) bool {
	x, y := whoWords(a), whoWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	return len(x) > 0
}

func aroundSpan(doc *stemma.Document, s stemma.Span) string {
	t := doc.Report.Text
	a, b := max(0, s.Start-120), min(len(t), s.End+60)
	return strings.ToValidUTF8(strings.ReplaceAll(t[a:s.Start]+"[["+doc.Text(s)+"]]"+t[s.End:b], "\n", " / "), "")
}

// entitiesOf scores the actors across MEANTIME's documents with B³ (Bagga and
// Baldwin 1998) over the gold mentions of persons, organisations and places.
func entitiesOf(w io.Writer, dir, part string, tagged bool, worst int) error {
	files, err := filepath.Glob(filepath.Join(dir, "intra_cross-doc_annotation", "*", "*.xml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no MEANTIME in %s", dir)
	}
	var docs []*stemma.Document
	var gold [][]goldMention
	for _, path := range files {
		if !inPart(filepath.Base(path), part) {
			continue
		}
		text, ms, err := readEntities(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		docs = append(docs, mentionsOf(&stemma.Report{ID: stemma.NewReportID(path, text), Source: path, Text: text}, tagged))
		gold = append(gold, ms)
	}
	start := time.Now()
	linked, actors := actor.Link(docs, nil)
	took := time.Since(start)
	type item struct{ key, ours, base string }
	sets := map[string][]item{}
	for i, doc := range linked {
		for k, m := range gold[i] {
			st := actor.Resolve(doc, []stemma.Statement{{Span: m.span, Speaker: m.span, Kind: stemma.Indirect}})[0]
			it := item{key: m.entity, ours: string(st.Actor), base: strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(doc.Text(m.span), "the "), "The "))}
			if it.ours == "" {
				it.ours = fmt.Sprintf("?%d.%d", i, k)
			}
			sets["all"] = append(sets["all"], it)
			if m.name {
				sets["names"] = append(sets["names"], it)
			}
			sets[m.kind] = append(sets[m.kind], it)
		}
	}
	if worst > 0 {
		worstEntities(w, linked, gold, worst)
	}
	fmt.Fprintf(w, "MEANTIME, entities across %d documents, %d actors, linked in %v: B³ over the gold mentions (precision, recall, F1)\n", len(docs), len(actors), took.Round(time.Millisecond))
	fmt.Fprintf(w, "%-14s %6s   %-24s %s\n", "", "n", "stemma", "same string")
	for _, k := range []string{"all", "names", "PER", "ORG", "LOC"} {
		var key, ours, base []string
		for _, it := range sets[k] {
			key, ours, base = append(key, it.key), append(ours, it.ours), append(base, it.base)
		}
		fmt.Fprintf(w, "%-14s %6d   %s   %s\n", k, len(key), bCubed(key, ours), bCubed(key, base))
	}
	fmt.Fprintln(w)
	return nil
}

// worstEntities prints the mentions that are not with most of their entity, the
// commonest first.
func worstEntities(w io.Writer, docs []*stemma.Document, gold [][]goldMention, n int) {
	who := func(doc *stemma.Document, s stemma.Span) string {
		return string(actor.Resolve(doc, []stemma.Statement{{Span: s, Speaker: s, Kind: stemma.Indirect}})[0].Actor)
	}
	votes := map[string]map[string]int{}
	for i, doc := range docs {
		for _, m := range gold[i] {
			if votes[m.entity] == nil {
				votes[m.entity] = map[string]int{}
			}
			votes[m.entity][who(doc, m.span)]++
		}
	}
	wrong := map[string]int{}
	for i, doc := range docs {
		for _, m := range gold[i] {
			best := ""
			for _, a := range slices.Sorted(maps.Keys(votes[m.entity])) {
				if a != "" && (best == "" || votes[m.entity][a] > votes[m.entity][best]) {
					best = a
				}
			}
			if got := who(doc, m.span); got != best {
				wrong[fmt.Sprintf("%s: %q is %q, most are %q", m.kind, oneLineOf(doc.Text(m.span)), got, best)]++
			}
		}
	}
	list := slices.SortedFunc(maps.Keys(wrong), func(a, b string) int { return cmp.Or(wrong[b]-wrong[a], strings.Compare(a, b)) })
	for _, k := range list[:min(n, len(list))] {
		fmt.Fprintf(w, "%3d %s\n", wrong[k], k)
	}
}

func oneLineOf(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 90 {
		s = strings.ToValidUTF8(s[:90], "") + "…"
	}
	return s
}

// bCubed returns precision, recall and F1 of the clusters got against want.
func bCubed(want, got []string) string {
	w, g, both := map[string]int{}, map[string]int{}, map[[2]string]int{}
	for i := range want {
		w[want[i]]++
		g[got[i]]++
		both[[2]string{want[i], got[i]}]++
	}
	p, r := 0.0, 0.0
	for k, n := range both {
		p += float64(n*n) / float64(g[k[1]])
		r += float64(n*n) / float64(w[k[0]])
	}
	n := float64(max(1, len(want)))
	p, r = p/n, r/n
	f := 2 * p * r / max(p+r, 1e-9)
	return fmt.Sprintf("%5.1f %5.1f %5.1f", 100*p, 100*r, 100*f)
}

type goldMention struct {
	span   stemma.Span
	entity string
	kind   string
	name   bool
}

type entityDocument struct {
	Tokens []struct {
		ID       string `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Text     string `xml:",chardata"`
	} `xml:"token"`
	Markables struct {
		Mentions []struct {
			ID      string `xml:"m_id,attr"`
			Type    string `xml:"syntactic_type,attr"`
			Anchors []struct {
				Token string `xml:"t_id,attr"`
			} `xml:"token_anchor"`
		} `xml:"ENTITY_MENTION"`
		Entities []struct {
			ID       string `xml:"m_id,attr"`
			Kind     string `xml:"ent_type,attr"`
			Instance string `xml:"instance_id,attr"`
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

// readEntities puts the text of a MEANTIME document together from its tokens
// and returns it with the mentions of its persons, organisations and places.
func readEntities(path string) (string, []goldMention, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	var d entityDocument
	if err := xml.Unmarshal(b, &d); err != nil {
		return "", nil, err
	}
	var text strings.Builder
	at := map[string]stemma.Span{}
	sentence, quoted := -1, false
	tight := true
	for _, t := range d.Tokens {
		switch {
		case t.Sentence != sentence && sentence >= 0 && sentence <= 1:
			text.WriteString("\n\n") // title, date
		case t.Sentence != sentence && sentence >= 0:
			text.WriteString(" ")
		case tight || strings.HasPrefix(t.Text, "'") || t.Text == "n't" || len(t.Text) == 1 && strings.Contains(",.;:!?)]%", t.Text) || t.Text == "\"" && quoted:
		default:
			text.WriteString(" ")
		}
		sentence = t.Sentence
		from := text.Len()
		text.WriteString(t.Text)
		at[t.ID] = stemma.Span{Start: from, End: text.Len()}
		tight = t.Text == "(" || t.Text == "[" || t.Text == "$" || t.Text == "\"" && !quoted
		if t.Text == "\"" {
			quoted = !quoted
		}
	}
	entity := map[string][2]string{}
	for _, e := range d.Markables.Entities {
		if e.Instance != "" && (e.Kind == "PER" || e.Kind == "ORG" || e.Kind == "LOC") {
			entity[e.ID] = [2]string{e.Instance, e.Kind}
		}
	}
	of := map[string][2]string{}
	for _, r := range d.Relations.Refers {
		if e, ok := entity[r.Target.ID]; ok {
			for _, s := range r.Sources {
				of[s.ID] = e
			}
		}
	}
	var out []goldMention
	for _, m := range d.Markables.Mentions {
		e, ok := of[m.ID]
		if !ok || len(m.Anchors) == 0 {
			continue
		}
		s := at[m.Anchors[0].Token]
		s.End = at[m.Anchors[len(m.Anchors)-1].Token].End
		out = append(out, goldMention{s, e[0], e[1], strings.Contains(m.Type, "NAM")})
	}
	slices.SortFunc(out, func(a, b goldMention) int { return cmp.Or(a.span.Start-b.span.Start, a.span.End-b.span.End) })
	return text.String(), out, nil
}
