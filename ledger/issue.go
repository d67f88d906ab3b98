package ledger

import (
	_ "embed"
	"strings"
	"sync"

	"stemma"
)

//go:embed issues.txt
var issueTable string

// An issue is a matter that is negotiated about.
type issue struct {
	name    string
	phrases []string // with a space before, and one after unless any ending will do
	weak    []string // those that count only where no phrase of any issue does
}

var issues = sync.OnceValue(func() []issue {
	var out []issue
	for line := range strings.Lines(issueTable) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		is := issue{name: name}
		for p := range strings.SplitSeq(list, ",") {
			p, weak := strings.CutPrefix(strings.TrimSpace(p), "~")
			q, any := strings.CutSuffix(" "+p, "*")
			if !any {
				q += " "
			}
			if weak {
				is.weak = append(is.weak, q)
			} else {
				is.phrases = append(is.phrases, q)
			}
		}
		out = append(out, is)
	}
	return out
})

// issueOf returns the issue that norms speak of most; "" if none. norms is a
// text of lower-case words with a space before and after each.
func issueOf(norms string) string {
	return most(norms, func(is *issue) []string { return is.phrases })
}

func most(norms string, phrases func(*issue) []string) (best string) {
	n := 0
	for i := range issues() {
		k := 0
		for _, p := range phrases(&issues()[i]) {
			k += strings.Count(norms, p)
		}
		if k > n {
			best, n = issues()[i].name, k
		}
	}
	return best
}

// issueIn returns the issue that the words of s, whose norms are given, speak
// of: one of the table, else the matter that the record as a whole speaks of
// most, "locks".
func (b *book) issueIn(d *stemma.Document, s stemma.Span, norms string) string {
	if is := issueOf(norms); is != "" {
		return is
	}
	b.countMatters()
	best, n := "", fewMatters-1
	first, end := d.TokensIn(s)
	for k := first; k < end; k++ {
		if key := matter(d, k); key != "" && b.matters[key] > n {
			best, n = d.Tokens[k].Norm, b.matters[key]
		}
	}
	if best != "" {
		return best
	}
	return most(norms, func(is *issue) []string { return is.weak })
}

// fewMatters is in how many sentences of the record a noun must stand to be a
// matter that is negotiated about.
const fewMatters = 3

// countMatters counts the sentences in which each noun stands.
func (b *book) countMatters() {
	if b.matters != nil {
		return
	}
	b.matters = map[string]int{}
	for _, d := range b.docs {
		for i := range d.Sentences {
			s := &d.Sentences[i]
			seen := map[string]bool{}
			for k := s.FirstToken; k < s.EndToken; k++ {
				if key := matter(d, k); key != "" && !seen[key] {
					seen[key] = true
					b.matters[key]++
				}
			}
		}
	}
}

// matter returns the noun at token k without its plural, if it can be what is
// negotiated about; "" if not.
func matter(d *stemma.Document, k int) string {
	if len(d.Tags) == 0 || d.Tags[k].POS != "NOUN" {
		return ""
	}
	w := d.Tokens[k].Norm
	one := strings.TrimSuffix(w, "s")
	if len(one) < 3 || worn()[one] || strings.HasSuffix(one, "day") {
		return ""
	}
	return one
}

// worn are nouns of any report on negotiations, which are no matter of them.
var worn = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`government minister official spokesman spokeswoman president country countrie side partie party delegation leader envoy head
		ministry adviser advisor aide negotiator diplomat ambassador reporter conference statement report people person family familie friend group member
		time year month week hour minute morning evening night date step result thing point view position part place number percent kind sign reason
		question issue matter word answer condition anonymity demand offer breakthrough progress result claim criticism accusation threat
		interview press agency newspaper office state region city town house home world area north south east west northern southern
		control presence figure list return order increase change fact case idea way news source colleague counterpart`) {
		m[w] = true
	}
	return m
})
