package record

import (
	"slices"
	"strings"
	"sync"

	"stemma"
	"stemma/internal/words"
)

// A figure is a number in a report and what it counts.
type figure struct {
	sent   int
	span   stemma.Span
	lo, hi float64 // "140" is 140 to 140, "about 140" is 126 to 154, "over 140" is 140 to 210
	noun   string  // the noun it counts, as it stands: "people"
	unit   string  // stem of the noun it counts, "$", "%"; empty if there is none
}

// agrees reports whether f and g can both be right.
func (f figure) agrees(g figure) bool { return f.lo <= g.hi && g.lo <= f.hi }

// figures returns the numbers of doc's prose that count or measure something:
// neither parts of dates and names, nor ordinals.
func figures(doc *stemma.Document) []figure {
	var out []figure
	for i, sent := range doc.Sentences {
		if sent.Kind == stemma.Furniture || sent.Kind == stemma.Byline {
			continue
		}
		for t := sent.FirstToken; t < sent.EndToken; {
			value, end, ok := number(doc.Tokens, t, sent.EndToken)
			if !ok {
				t++
				continue
			}
			f := figure{sent: i, span: stemma.Span{Start: doc.Tokens[t].Start, End: doc.Tokens[end-1].End}}
			if f.noun, f.unit, ok = unit(doc, t, end, sent); ok && !inDate(doc, f.span) {
				f.lo, f.hi = hedge(doc, t, sent.FirstToken, value)
				out = append(out, f)
			}
			t = end
		}
	}
	return out
}

// number reads the number that starts at token t: "1,035", "twenty-one", "six
// hundred", "1.2bn", "800 thousand". It returns the index after its last token.
func number(toks []stemma.Token, t, limit int) (value float64, end int, ok bool) {
	const longest = 12 // tokens
	var norms []string
	for i := t; i < min(limit, t+longest); i++ {
		norms = append(norms, toks[i].Norm)
	}
	value, n := words.Number(norms)
	switch {
	case n == 0, slices.ContainsFunc(norms[:n], words.Ordinal):
		return 0, t, false
	case n == 1 && (norms[0] == "one" || norms[0] == "zero"):
		return 0, t, false // "one of the officials", "one another": seldom a count
	}
	return value, t + n, true
}

// unit returns what the number at tokens [t, end) counts: the head of the words
// that follow it, and its stem. It reports false if the number is no count.
func unit(doc *stemma.Document, t, end int, sent stemma.Sentence) (noun, stemmed string, ok bool) {
	toks := doc.Tokens
	if t > sent.FirstToken {
		switch toks[t-1].Norm {
		case "$", "€", "£", "¥", "us$":
			return "", "$", true
		case "no.", "nos.", "#", "article", "chapter", "page", "section", "highway", "route":
			return "", "", false
		}
	}
	if end+1 < sent.EndToken && toks[end].Norm == "of" && (toks[end+1].Norm == "the" || toks[end+1].Norm == "them") {
		return "", "", false // "71 of the prisoners" is part of a number
	}
	if isAge(doc, t, end, sent) {
		return "", "age", true
	}
	head := ""
	for i := end; i < sent.EndToken && i < end+6; i++ {
		w := toks[i].Norm
		pos := ""
		if len(doc.Tags) > 0 {
			pos = doc.Tags[i].POS
		}
		switch {
		case w == "%" || w == "percent" || w == "per" && i+1 < sent.EndToken && toks[i+1].Norm == "cent":
			return "", "%", true
		case w == "-" && head != "":
			return head, stem(head), true // a five-hour meeting: hours
		case w == "-", (w == "of" || w == "the") && head == "", pos == "ADJ", pos == "ADV" && head == "":
			continue
		case !isWord(w) || functionWords()[w] || pos != "" && pos != "NOUN" && pos != "PROPN":
		case plural(w):
			return w, stem(w), true
		case head == "" || pos == "NOUN":
			head = w
			continue
		case pos == "" || pos == "PROPN":
			continue
		}
		break
	}
	return head, stem(head), true
}

// plural reports whether w looks like the plural of a noun.
func plural(w string) bool {
	switch w {
	case "people", "men", "women", "children", "persons":
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us")
}

// isAge reports whether the number at tokens [t, end) is somebody's age:
// "Holt, 75,", "aged 75", "75-year-old", "75 years old".
func isAge(doc *stemma.Document, t, end int, sent stemma.Sentence) bool {
	at := func(i int) string {
		if i < sent.FirstToken || i >= sent.EndToken {
			return ""
		}
		return doc.Tokens[i].Norm
	}
	if at(t-1) == "aged" || at(end) == "-" && at(end+1) == "year" && at(end+3) == "old" || at(end) == "years" && at(end+1) == "old" {
		return true
	}
	if at(t-1) != "," || at(end) != "," && at(end) != "." || t-2 < sent.FirstToken {
		return false
	}
	name := doc.Text(doc.Tokens[t-2].Span)
	return name[0] >= 'A' && name[0] <= 'Z'
}

// hedge widens value by the words before token t: "about", "more than".
func hedge(doc *stemma.Document, t, first int, value float64) (lo, hi float64) {
	prev := func(n int) string {
		if t-n < first {
			return ""
		}
		return doc.Tokens[t-n].Norm
	}
	one, two := prev(1), prev(2)+" "+prev(1)
	switch {
	case one == "about" || one == "around" || one == "roughly" || one == "approximately" || one == "some" || one == "circa" || one == "~":
		return value * .9, value * 1.1
	case one == "nearly" || one == "almost" || two == "close to":
		return value * .85, value
	case one == "over" || one == "above" || two == "more than" || two == "at least" || two == "no fewer" || two == "fewer than" && prev(3) == "no" || two == "less than" && prev(3) == "no":
		return value, value * 1.5
	case one == "under" || one == "below" || two == "less than" || two == "fewer than" || two == "up to" || two == "at most":
		return value * .5, value
	}
	return value, value
}

// inDate reports whether s is part of an expression of time that names a day
// or a year rather than a length of time.
func inDate(doc *stemma.Document, s stemma.Span) bool {
	for _, tx := range doc.Times {
		if tx.Start > s.Start {
			break
		}
		if tx.Overlaps(s) && tx.Type != "DURATION" {
			return true
		}
	}
	return false
}

func isWord(w string) bool { return w != "" && ('a' <= w[0] && w[0] <= 'z' || w[0] >= 0x80) }

// stem takes off the ending of a plural or of a verb form, so that "counties"
// meets "county" and "killed" meets "killing".
func stem(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		return w[:len(w)-3]
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		return w[:len(w)-2]
	case len(w) > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "ches")):
		return w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

// functionWords are those that say nothing of the matter: they do not show
// that two sentences tell of the same thing.
var functionWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a about after again all also although am among an and another any are as at be because been
	before being between both but by can could did do does during each even ever every few for from had has have he her here him
	his how however i if in into is it its just last less like made make many may me might more most much must my near nearly new
	no nor not now of off on once one only or other our out over own per said same say says she should since so some still such
	than that the their them then there these they this those though through to told too two under until up upon us very was we
	were what when where which while who whom whose why will with within without would yet you your`) {
		m[w] = true
	}
	return m
})
