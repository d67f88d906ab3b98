package quote_test

import (
	"path/filepath"
	"strings"
	"testing"

	"stemma/quote"
)

// BenchmarkFind finds the statements of one report of 800 words, whose tags
// and names are known.
func BenchmarkFind(b *testing.B) {
	text := readText(b, filepath.Join("testdata", "pair", "first.txt"))
	for len(strings.Fields(text)) < 800 {
		text += "\n" + text
	}
	text = strings.Join(strings.SplitAfter(text, " ")[:800], "")
	doc := read(text)
	if n := len(quote.Find(doc)); n < 20 {
		b.Fatalf("%d statements", n)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		quote.Find(doc)
	}
}
