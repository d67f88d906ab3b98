package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stemma"
	"stemma/collate"
	"stemma/segment"
)

// document reads text as a document with sentences and tokens.
func document(source, text string) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(source, text), Source: source, Text: text}}
	d.Sentences, d.Tokens = segment.Split(text)
	return d
}

// wikinews returns the articles of the attribution corpus (class A), in order
// of their names.
func (e *collateEval) wikinews() ([]*stemma.Document, error) {
	paths, err := filepath.Glob(filepath.Join(e.data, "attributions", "text", "*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var docs []*stemma.Document
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		docs = append(docs, document(filepath.Base(p), string(b)))
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("no articles under %s", e.data)
	}
	return docs, nil
}

// gum returns the documents of GUM (class A), in order of their names. Its
// news are articles of Wikinews that wikinews has already.
func (e *collateEval) gum() ([]*stemma.Document, error) {
	paths, err := filepath.Glob(filepath.Join(e.data, "gum", "*.conllu"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var docs []*stemma.Document
	for _, p := range paths {
		if strings.HasPrefix(filepath.Base(p), "GUM_news") {
			continue
		}
		var text strings.Builder
		gap := ""
		err := eachLine(p, func(line string) error {
			if strings.HasPrefix(line, "# newpar") && text.Len() > 0 {
				gap = "\n\n"
			}
			if s, ok := strings.CutPrefix(line, "# text = "); ok {
				text.WriteString(gap + s)
				gap = " "
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		docs = append(docs, document(filepath.Base(p), text.String()))
	}
	return docs, nil
}

// A site is a sentence that changes may be planted in.
type site struct {
	doc  *stemma.Document
	sent int
	toks []stemma.Token
	in   []bool // token stands in quotation marks
	rng  *rand.Rand
}

func (s *site) text() string { return s.doc.Text(s.doc.Sentences[s.sent].Span) }
func (s *site) word(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.doc.Text(s.toks[i].Span)
}

// span returns the place of tokens [i,j) within the sentence.
func (s *site) span(i, j int) stemma.Span {
	at := s.doc.Sentences[s.sent].Start
	return stemma.Span{Start: s.toks[i].Start - at, End: s.toks[j-1].End - at}
}

// An edit replaces a part of a sentence.
type edit struct {
	at  stemma.Span
	new string
}

func (s *site) replace(i, j int, new string) (edit, bool) { return edit{s.span(i, j), new}, true }

// pick returns a random token that ok accepts.
func (s *site) pick(ok func(i int) bool) (int, bool) {
	var at []int
	for i := range s.toks {
		if ok(i) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return 0, false
	}
	return at[s.rng.IntN(len(at))], true
}

func capital(w string) bool { return w != "" && w[0] >= 'A' && w[0] <= 'Z' }
func lower(w string) bool   { return w != "" && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" }

// nameAt returns the end of the name of one or two words that starts at i
// within the sentence, or 0.
func (s *site) nameAt(i int) int {
	ok := func(k int) bool {
		w := s.word(k)
		return capital(w) && len(w) > 3 && strings.ToUpper(w) != w && !weekdays[w] && !months[w] && !slices.Contains(roleNouns, strings.ToLower(w)) && !s.in[k] && strings.Trim(w[1:], "abcdefghijklmnopqrstuvwxyz") == ""
	}
	if i <= 1 || !ok(i) || capital(s.word(i-1)) || s.word(i-1) == "“" || s.word(i-1) == `"` || s.word(i-1) == "." || s.word(i-1) == "-" {
		return 0
	}
	end := i + 1
	for end < len(s.toks) && ok(end) {
		end++
	}
	if end-i > 2 || s.word(end) == "-" || capital(s.word(end)) {
		return 0
	}
	return end
}

var weekdays = set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
var months = set("January February March April May June July August September October November December")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	otherNames = strings.Fields("Hartwell Okonjo Berisha Lindqvist Marchetti Dubrovsky Tanaka Whitcombe Alvarado Petridis")
	roleNouns  = strings.Fields("president minister ambassador senator mayor governor chancellor spokesman spokeswoman secretary lawyer doctor judge general professor director manager teacher soldier engineer")
	modals     = map[string]string{"will": "may", "may": "will", "could": "will", "might": "will", "would": "could", "can": "must", "must": "may", "should": "may"}
	scopes     = map[string]string{"all": "some", "some": "all", "every": "almost every", "most": "all", "many": "few", "several": "all", "few": "many", "both": "neither of"}
	opposites  = map[string]string{
		"increase": "decrease", "increased": "decreased", "rise": "fall", "rose": "fell", "support": "oppose", "supported": "opposed", "accept": "reject", "accepted": "rejected",
		"win": "lose", "won": "lost", "first": "last", "high": "low", "higher": "lower", "more": "less", "before": "after", "open": "closed", "public": "private", "old": "new",
		"strong": "weak", "large": "small", "good": "bad", "better": "worse", "agree": "disagree", "legal": "illegal", "likely": "unlikely", "able": "unable", "began": "ended", "begin": "end", "started": "stopped",
	}
	cueWords = map[string]string{"said": "denied", "says": "admits", "stated": "alleged", "told": "warned", "announced": "denied", "added": "insisted", "reported": "claimed", "confirmed": "denied"}
	respelt  = map[string]string{
		"organisation": "organization", "organization": "organisation", "color": "colour", "center": "centre", "centre": "center", "labor": "labour", "defense": "defence", "defence": "defense",
		"traveled": "travelled", "travelled": "traveled", "canceled": "cancelled", "cancelled": "canceled", "program": "programme", "programme": "program", "favor": "favour", "neighboring": "neighbouring",
		"organized": "organised", "organised": "organized", "recognized": "recognised", "realize": "realise", "behavior": "behaviour", "honor": "honour", "theater": "theatre", "meters": "metres", "metres": "meters", "kilometers": "kilometres",
		"not": "n't", "percent": "per cent", "“": `"`, "”": `"`, "–": "—", "’s": "'s", "'s": "’s",
	}
)

// A mutation plants one kind of change.
type mutation struct {
	name string
	want []stemma.VariantKind
	make func(s *site) (edit, bool)
}

var mutations = []mutation{
	{"number", []stemma.VariantKind{stemma.Number}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool {
			n, err := strconv.Atoi(strings.ReplaceAll(s.word(i), ",", ""))
			return err == nil && n > 1 && (n < 1900 || n > 2100) && !s.in[i] && !months[s.word(i-1)] && !months[s.word(i+1)] && s.word(i+1) != "-" && s.word(i-1) != "-" && s.word(i+1) != ":" && s.word(i-1) != ":" && s.word(i+1) != "/" && s.word(i-1) != "/"
		})
		if !ok {
			return edit{}, false
		}
		n, _ := strconv.Atoi(strings.ReplaceAll(s.word(i), ",", ""))
		return s.replace(i, i+1, strconv.Itoa(n*3+1))
	}},
	{"date", []stemma.VariantKind{stemma.Date}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool {
			return !s.in[i] && (weekdays[s.word(i)] || months[s.word(i)] && s.word(i) != "May" && s.word(i) != "March")
		})
		if !ok {
			return edit{}, false
		}
		from := weekdays
		if months[s.word(i)] {
			from = months
		}
		var others []string
		for w := range from {
			if w != s.word(i) && w != "May" && w != "March" {
				others = append(others, w)
			}
		}
		slices.Sort(others)
		return s.replace(i, i+1, others[s.rng.IntN(len(others))])
	}},
	// A name put in the place of the speaker's changes the attribution.
	{"name", []stemma.VariantKind{stemma.NameChange, stemma.Attribution}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return s.nameAt(i) > 0 })
		if !ok {
			return edit{}, false
		}
		return s.replace(i, s.nameAt(i), otherNames[s.rng.IntN(len(otherNames))])
	}},
	{"role", []stemma.VariantKind{stemma.NameChange, stemma.Attribution}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return !s.in[i] && slices.Contains(roleNouns, strings.ToLower(s.word(i))) })
		if !ok {
			return edit{}, false
		}
		w := s.word(i)
		for {
			o := roleNouns[s.rng.IntN(len(roleNouns))]
			if o != strings.ToLower(w) && o[:5] != strings.ToLower(w)[:5] {
				if capital(w) {
					o = strings.ToUpper(o[:1]) + o[1:]
				}
				return s.replace(i, i+1, o)
			}
		}
	}},
	{"negation", []stemma.VariantKind{stemma.Negation}, func(s *site) (edit, bool) {
		aux := set("is are was were will would can could has have had should must may")
		i, ok := s.pick(func(i int) bool {
			return !s.in[i] && aux[s.word(i)] && s.word(i+1) != "not" && s.word(i+1) != "n't" && s.word(i+1) != "n’t"
		})
		if !ok {
			return edit{}, false
		}
		return s.replace(i, i+1, s.word(i)+" not")
	}},
	{"opposite", []stemma.VariantKind{stemma.Negation, stemma.Scope}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return !s.in[i] && opposites[s.word(i)] != "" })
		if !ok {
			return edit{}, false
		}
		return s.replace(i, i+1, opposites[s.word(i)])
	}},
	{"modality", []stemma.VariantKind{stemma.Modality}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return !s.in[i] && modals[s.word(i)] != "" })
		if !ok {
			return edit{}, false
		}
		return s.replace(i, i+1, modals[s.word(i)])
	}},
	{"scope", []stemma.VariantKind{stemma.Scope, stemma.Negation}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return !s.in[i] && scopes[s.word(i)] != "" })
		if !ok {
			return edit{}, false
		}
		return s.replace(i, i+1, scopes[s.word(i)])
	}},
	{"quotation", []stemma.VariantKind{stemma.Quotation}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return s.in[i] && lower(s.word(i)) && len(s.word(i)) > 4 })
		if !ok {
			return edit{}, false
		}
		others := strings.Fields("window orchard ancient walking softly curious harvest lantern")
		return s.replace(i, i+1, others[s.rng.IntN(len(others))])
	}},
	{"attribution", []stemma.VariantKind{stemma.Attribution, stemma.Negation}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool { return !s.in[i] && cueWords[s.word(i)] != "" })
		if !ok {
			return edit{}, false
		}
		return s.replace(i, i+1, cueWords[s.word(i)])
	}},
	{"clause moved", []stemma.VariantKind{stemma.Reordering}, func(s *site) (edit, bool) {
		// "In 2010, the council met there." → "The council met there in 2010."
		if len(s.toks) < 10 || !set("In On After Before During When While According Following Since At For With")[s.word(0)] {
			return edit{}, false
		}
		for i := 3; i < len(s.toks)-5; i++ {
			if s.in[i] {
				return edit{}, false
			}
			if s.word(i) == "," {
				for k := i; k < len(s.toks); k++ {
					if s.in[k] {
						return edit{}, false
					}
				}
				last := len(s.toks) - 1
				if s.word(last) != "." {
					return edit{}, false
				}
				text := s.text()
				front := text[s.span(0, i).Start:s.span(0, i).End]
				rest := text[s.span(i+1, last).Start:s.span(i+1, last).End]
				return edit{stemma.Span{Start: 0, End: len(text)}, strings.ToUpper(rest[:1]) + rest[1:] + " " + strings.ToLower(front[:1]) + front[1:] + "."}, true
			}
		}
		return edit{}, false
	}},
	{"roles swapped", []stemma.VariantKind{stemma.Roles}, func(s *site) (edit, bool) {
		type name struct{ i, j int }
		var names []name
		for i := range s.toks {
			if j := s.nameAt(i); j > 0 {
				names = append(names, name{i, j})
			}
		}
		for k := 0; k+1 < len(names); k++ {
			a, b := names[k], names[k+1]
			text := s.text()
			sa, sb := s.span(a.i, a.j), s.span(b.i, b.j)
			wa, wb := sa.Of(text), sb.Of(text)
			verb := false
			for i := a.j; i < b.i; i++ {
				w := s.word(i)
				verb = verb || strings.HasSuffix(w, "ed") || w == "said" || w == "met" || w == "told" || w == "is" || w == "was" || w == "has"
			}
			if wa == wb || !verb || strings.Count(text, wa) > 1 || strings.Count(text, wb) > 1 {
				continue
			}
			return edit{stemma.Span{Start: sa.Start, End: sb.End}, wb + text[sa.End:sb.Start] + wa}, true
		}
		return edit{}, false
	}},
	{"omission", []stemma.VariantKind{stemma.Omission}, func(s *site) (edit, bool) {
		i, j, ok := s.phrase()
		if !ok {
			return edit{}, false
		}
		at := s.span(i, j)
		at.Start = s.span(i-1, i).End
		return edit{at, ""}, true
	}},
	{"addition", []stemma.VariantKind{stemma.Addition}, func(s *site) (edit, bool) {
		i, ok := s.pick(func(i int) bool {
			return i > 3 && !s.in[i] && lower(s.word(i)) && len(s.word(i)) > 3 && (s.word(i+1) == "." || s.word(i+1) == ",")
		})
		if !ok {
			return edit{}, false
		}
		phrases := []string{" near the northern harbour", " against the advice of engineers", " despite heavy snowfall", " beside two empty warehouses"}
		return s.replace(i, i+1, s.word(i)+phrases[s.rng.IntN(len(phrases))])
	}},
	{"mark lost", []stemma.VariantKind{stemma.DamageVar}, func(s *site) (edit, bool) {
		// Only the last closing mark of a paragraph: else the next one closes.
		for i := len(s.toks) - 1; i > 0; i-- {
			if w := s.word(i); (w == "”" || w == `"`) && s.in[i-1] {
				after := s.doc.Report.Text[s.toks[i].End:]
				if para, _, _ := strings.Cut(after, "\n"); strings.ContainsAny(para, `”"“`) || s.doc.Text(s.toks[i].Span) == `"` && strings.Contains(para, `"`) {
					return edit{}, false
				}
				return edit{s.span(i, i+1), ""}, true
			}
		}
		return edit{}, false
	}},
}

// phrase finds a prepositional phrase of some length before a comma or the
// full stop.
func (s *site) phrase() (i, j int, ok bool) {
	prep := set("in on at with after before during from for near by against")
	for j := len(s.toks) - 1; j > 6; j-- {
		if s.word(j) != "." && s.word(j) != "," {
			continue
		}
		for i := j - 3; i > j-9 && i > 3; i-- {
			if prep[s.word(i)] {
				clean := true
				for k := i; k < j; k++ {
					clean = clean && !s.in[k] && s.word(k) != "," && s.word(k) != "“" && s.word(k) != `"` && !weekdays[s.word(k)]
				}
				if clean {
					return i, j, true
				}
			}
		}
	}
	return 0, 0, false
}

// mutations plants changes in real sentences and asks whether each is reported
// as its class, and whether pairs that differ in spelling alone, or not at
// all, are ever reported as meaning-bearing.
func (e *collateEval) mutations() error {
	docs, err := e.wikinews()
	if err != nil {
		return err
	}
	more, err := e.gum()
	if err != nil {
		return err
	}
	const each = 500
	fmt.Fprintf(e.w, "\nPlanted changes: %d sentences each of Wikinews articles (data/attributions, class A) and, where these have too few, of GUM (class A), each between its neighbours\n", each)
	fmt.Fprintf(e.w, "%-16s %9s %9s %8s\n", "change", "sentences", "reported", "share")
	for _, m := range mutations {
		sites := append(e.sites(docs), e.sites(more)...)
		n, hit, shown := 0, 0, 0
		for _, s := range sites {
			if n == each {
				break
			}
			ed, ok := m.make(s)
			if !ok {
				continue
			}
			a, b, place := s.pair(ed)
			n++
			da, db := document("a", a), document("b", b)
			c := collate.Collate([]*stemma.Document{da, db})
			found := false
			for _, l := range c.Loci {
				if slices.Contains(m.want, l.Kind) && touches(l, place) {
					found = true
				}
			}
			if found {
				hit++
				continue
			}
			if shown < e.worst {
				shown++
				fmt.Printf("  A %s\n  B %s\n", s.text(), s.text()[:ed.at.Start]+"["+ed.new+"]"+s.text()[ed.at.End:])
				for _, l := range c.Loci {
					if l.Kind != stemma.Same {
						fmt.Printf("     %s %s: %q / %q\n", l.Kind, l.Rule, da.Text(l.Readings[0].Span), db.Text(l.Readings[1].Span))
					}
				}
			}
		}
		fmt.Fprintf(e.w, "%-16s %9d %9d %7.1f%%\n", m.name, n, hit, 100*share(float64(hit), float64(n)))
	}
	// Controls.
	for _, respell := range []bool{false, true} {
		n, alarms, shown := 0, 0, 0
		for _, s := range e.sites(docs) {
			text := s.text()
			if respell {
				var b strings.Builder
				at, changed := 0, false
				for i, tok := range s.toks {
					w := s.word(i)
					new, ok := respelt[w]
					if !ok || w == "not" && !set("is are was were did does do has have had would could should")[s.word(i-1)] {
						continue
					}
					start := s.doc.Sentences[s.sent].Start
					b.WriteString(text[at : tok.Start-start])
					if new == "n't" {
						trimmed := strings.TrimRight(b.String(), " ")
						b.Reset()
						b.WriteString(trimmed)
					}
					b.WriteString(new)
					at = tok.End - start
					changed = true
				}
				if !changed {
					continue
				}
				text = b.String() + text[at:]
			}
			if n == 3000 {
				break
			}
			n++
			a, b, _ := s.pair(edit{stemma.Span{Start: 0, End: len(s.text())}, text})
			da, db := document("a", a), document("b", b)
			c := collate.Collate([]*stemma.Document{da, db})
			for _, l := range c.Loci {
				if l.Severity == stemma.MeaningBearing {
					alarms++
					if shown < e.worst {
						shown++
						fmt.Printf("  alarm %s %s %q / %q in %s\n", l.Kind, l.Rule, da.Text(l.Readings[0].Span), db.Text(l.Readings[1].Span), text)
					}
					break
				}
			}
		}
		name := "unchanged"
		if respell {
			name = "respelt only"
		}
		fmt.Fprintf(e.w, "%-16s %9d %9d %7.2f%%  false alarms: something meaning-bearing reported\n", name, n, alarms, 100*share(float64(alarms), float64(n)))
	}
	return nil
}

// touches reports whether l has its reading in the second witness at place, or
// its reading in the first.
func touches(l stemma.Locus, place [2]stemma.Span) bool {
	for w, p := range place {
		r := l.Readings[w].Span
		if r.Overlaps(p) || (r.Len() == 0 || p.Len() == 0) && r.Start <= p.End+1 && p.Start <= r.End+1 {
			return true
		}
	}
	return false
}

// sites returns the sentences of docs in a fixed random order.
func (e *collateEval) sites(docs []*stemma.Document) []*site {
	var out []*site
	rng := rand.New(rand.NewPCG(4, 2))
	for _, d := range docs {
		in := make([]bool, len(d.Tokens))
		open := false
		para := -1
		for _, s := range d.Sentences {
			if s.Paragraph != para {
				open, para = false, s.Paragraph
			}
			for i := s.FirstToken; i < s.EndToken; i++ {
				switch w := d.Text(d.Tokens[i].Span); w {
				case "“":
					open = true
				case "”":
					open = false
				case `"`:
					open = !open
				default:
					in[i] = open
				}
			}
		}
		for k, s := range d.Sentences {
			if s.Kind == stemma.Prose && s.EndToken-s.FirstToken >= 6 {
				out = append(out, &site{doc: d, sent: k, toks: d.Tokens[s.FirstToken:s.EndToken], in: in[s.FirstToken:s.EndToken], rng: rng})
			}
		}
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	slices.SortStableFunc(out, func(x, y *site) int { return cmp.Compare(x.order(), y.order()) })
	return out
}

// order keeps the sentences of one article apart.
func (s *site) order() int { return s.sent % 7 }

// pair returns the paragraph of s with and without the edit, and where the
// edit lies in each.
func (s *site) pair(ed edit) (a, b string, place [2]stemma.Span) {
	d := s.doc
	first, last := s.sent, s.sent
	for first > 0 && d.Sentences[first-1].Paragraph == d.Sentences[s.sent].Paragraph {
		first--
	}
	for last+1 < len(d.Sentences) && d.Sentences[last+1].Paragraph == d.Sentences[s.sent].Paragraph {
		last++
	}
	start, end := d.Sentences[first].Start, d.Sentences[last].End
	at := d.Sentences[s.sent].Start
	a = d.Report.Text[start:end]
	lo, hi := at+ed.at.Start-start, at+ed.at.End-start
	b = a[:lo] + ed.new + a[hi:]
	return a, b, [2]stemma.Span{{Start: lo, End: hi}, {Start: lo, End: lo + len(ed.new)}}
}
