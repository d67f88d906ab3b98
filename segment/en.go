package segment

import (
	_ "embed"
	"strings"
	"sync"

	"stemma"
)

//go:embed en/abbreviations.txt
var abbreviationsText string

//go:embed en/starters.txt
var startersText string

//go:embed en/furniture.txt
var furnitureText string

// abbreviation returns the class of the abbreviation norm ("mr.", "u.s."), or
// "" if it is none.
func abbreviation(norm string) string {
	return abbreviations()[strings.TrimSuffix(norm, ".")]
}

var abbreviations = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range dataLines(abbreviationsText) {
		word, class, _ := strings.Cut(line, "\t")
		m[word] = class
	}
	return m
})

type wordSet map[string]bool

func (s wordSet) has(word string) bool { return s[word] }

var starters = sync.OnceValue(func() wordSet {
	m := wordSet{}
	for line := range dataLines(startersText) {
		m[line] = true
	}
	return m
})

type furnitureLine struct{ class, text string }

// furniture returns the lines of the table by the first token of each.
var furniture = sync.OnceValue(func() map[string][]furnitureLine {
	m := map[string][]furnitureLine{}
	for line := range dataLines(furnitureText) {
		class, text, _ := strings.Cut(line, "\t")
		s := splitter{text: text}
		s.tokenise(stemma.Span{Start: 0, End: len(text)})
		first := s.toks[0].Norm
		m[first] = append(m[first], furnitureLine{class, text})
	}
	return m
})

// dataLines yields the lines of an embedded table, without comments.
func dataLines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}
