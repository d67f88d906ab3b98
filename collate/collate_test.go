package collate

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stemma"
	"stemma/segment"
)

func document(name, text string) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(name, text), Source: name, Text: text}}
	d.Sentences, d.Tokens = segment.Split(text)
	return d
}

// check holds c to the promises of its type.
func check(t interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}, docs []*stemma.Document, c *stemma.Collation) {
	t.Helper()
	if len(c.Witnesses) != len(docs) {
		t.Fatalf("%d witnesses for %d documents", len(c.Witnesses), len(docs))
	}
	seen := make([][]int, len(docs))
	for w, d := range docs {
		seen[w] = make([]int, len(d.Tokens))
	}
	for i, l := range c.Loci {
		if len(l.Readings) != len(docs) {
			t.Fatalf("locus %d has %d readings", i, len(l.Readings))
		}
		if l.Rule == "" || l.Kind == "" || (l.Severity == "") != (l.Kind == stemma.Same) {
			t.Errorf("locus %d: kind %q severity %q rule %q", i, l.Kind, l.Severity, l.Rule)
		}
		if l.Bead < 0 || l.Bead >= len(c.Beads) {
			t.Errorf("locus %d in bead %d of %d", i, l.Bead, len(c.Beads))
		}
		for w, r := range l.Readings {
			if r.Witness != w {
				t.Errorf("locus %d: reading %d is of witness %d", i, w, r.Witness)
			}
			if err := r.Span.Check(docs[w].Report.Text); err != nil {
				t.Fatalf("locus %d: %v", i, err)
			}
			if r.Span.Len() == 0 {
				continue
			}
			first, end := docs[w].TokensIn(r.Span)
			for k := first; k < end; k++ {
				if !r.Span.Contains(docs[w].Tokens[k].Span) {
					t.Errorf("locus %d splits token %d of witness %d", i, k, w)
				}
				seen[w][k]++
			}
		}
	}
	for w, s := range seen {
		for k, n := range s {
			if n != 1 {
				t.Fatalf("token %d %q of witness %d is in %d loci", k, docs[w].Text(docs[w].Tokens[k].Span), w, n)
			}
		}
	}
	sents := make([][]int, len(docs))
	for _, b := range c.Beads {
		for w, s := range b.Sentences {
			sents[w] = append(sents[w], s...)
		}
	}
	for w, s := range sents {
		slices.Sort(s)
		if !slices.Equal(s, count(0, len(docs[w].Sentences))) {
			t.Fatalf("witness %d: beads hold sentences %v of %d", w, s, len(docs[w].Sentences))
		}
	}
}

var vocabulary = strings.Fields(`the a of to in and not will may said claimed agreed agree treaty envoy envoys minister Berg Lund Kiev Kyiv
	Monday Tuesday 14 October Oct. 5 five travelled traveled peace war “ ” " , . . . ? — all some talks stalled ended remained drifting is n't was`)

func genText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		ws := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 60).Draw(t, "words")
		sep := rapid.SliceOfN(rapid.SampledFrom([]string{" ", " ", " ", " ", "\n", "\n\n", ""}), len(ws), len(ws)).Draw(t, "spaces")
		var b strings.Builder
		for i, w := range ws {
			b.WriteString(w + sep[i])
		}
		return b.String()
	})
}

func TestEveryTokenInOneLocus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := []*stemma.Document{document("a", genText().Draw(t, "a")), document("b", genText().Draw(t, "b"))}
		check(t, docs, Collate(docs))
	})
}

func TestSameTextIsAllSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := genText().Draw(t, "a")
		docs := []*stemma.Document{document("a", text), document("b", text)}
		for _, l := range Collate(docs).Loci {
			if l.Kind != stemma.Same {
				t.Fatalf("%q: %v", text, l)
			}
		}
	})
}

// kinds counts the variants by kind.
func kinds(c *stemma.Collation) map[stemma.VariantKind]int {
	m := map[stemma.VariantKind]int{}
	for _, l := range c.Loci {
		m[l.Kind]++
	}
	return m
}

func TestSwappingSwapsOmissionAndAddition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := document("a", genText().Draw(t, "a")), document("b", genText().Draw(t, "b"))
		ab, ba := kinds(Collate([]*stemma.Document{a, b})), kinds(Collate([]*stemma.Document{b, a}))
		if ab[stemma.Omission] != ba[stemma.Addition] || ab[stemma.Addition] != ba[stemma.Omission] {
			t.Fatalf("omission, addition: %d, %d one way, %d, %d the other", ab[stemma.Omission], ab[stemma.Addition], ba[stemma.Omission], ba[stemma.Addition])
		}
	})
}

func FuzzCollate(f *testing.F) {
	f.Add("The envoys met on Monday. “We agree”, he said.", "On Tuesday the ambassadors met. “We agree, he said.")
	f.Fuzz(func(t *testing.T, a, b string) {
		docs := []*stemma.Document{document("a", strings.ToValidUTF8(a, "?")), document("b", strings.ToValidUTF8(b, "?"))}
		check(t, docs, Collate(docs))
	})
}
