package words

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/phrases.txt
var phrasesText string

type phraseTable struct {
	groups map[string][]int // numbers of the lines that an expression stands in
	starts map[string]int   // number of words of the longest expression that starts with a word
}

var phrases = sync.OnceValue(func() phraseTable {
	t := phraseTable{map[string][]int{}, map[string]int{}}
	n := 0
	lines(phrasesText, func(line, _ string) {
		for p := range strings.SplitSeq(line, "|") {
			p = strings.TrimSpace(p)
			t.groups[p] = append(t.groups[p], n)
			if first, _, ok := strings.Cut(p, " "); ok {
				t.starts[first] = max(t.starts[first], strings.Count(p, " ")+1)
			}
		}
		n++
	})
	return t
})

// PhraseLen returns how many words of ws, from the first, make the longest set
// expression of several words that the table holds, 0 if none: "in order to".
func PhraseLen(ws []string) int {
	if len(ws) == 0 {
		return 0
	}
	t := phrases()
	for n := min(t.starts[ws[0]], len(ws)); n > 1; n-- {
		if len(t.groups[strings.Join(ws[:n], " ")]) > 0 {
			return n
		}
	}
	return 0
}

// HasPhrase reports whether the expression a is in the table, so that another
// may stand for it.
func HasPhrase(a string) bool { return len(phrases().groups[a]) > 0 }

// SamePhrase reports whether the expressions a and b may stand for each other,
// one of which has several words: "in order to" and "to".
func SamePhrase(a, b string) bool {
	t := phrases()
	for _, x := range t.groups[a] {
		for _, y := range t.groups[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}
