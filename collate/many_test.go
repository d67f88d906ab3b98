package collate

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stemma"
)

func TestEveryTokenInOneLocusOfMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 5).Draw(t, "n")
		var docs []*stemma.Document
		for i := range n {
			docs = append(docs, document(fmt.Sprint(i), genText().Draw(t, "text")))
		}
		check(t, docs, Collate(docs))
	})
}

// apparatus writes the loci of c so that the order of witnesses does not show.
func apparatus(docs []*stemma.Document, c *stemma.Collation) []string {
	var out []string
	for _, l := range c.Loci {
		var rs []string
		for _, r := range l.Readings {
			rs = append(rs, docs[r.Witness].Report.Source+"="+docs[r.Witness].Text(r.Span))
		}
		slices.Sort(rs)
		out = append(out, fmt.Sprint(l.Kind, l.Severity, l.Weight, l.Rule, rs))
	}
	return out
}

func TestOrderOfWitnessesDecidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var docs []*stemma.Document
		for i := range rapid.IntRange(3, 5).Draw(t, "n") {
			docs = append(docs, document(fmt.Sprint(i), genText().Draw(t, "text")+fmt.Sprint(" ", i, ".")))
		}
		want := apparatus(docs, Collate(docs))
		docs = rapid.Permutation(docs).Draw(t, "order")
		if got := apparatus(docs, Collate(docs)); !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}
