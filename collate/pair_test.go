package collate

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stemma"
	"stemma/internal/testenv"
)

// gold is what a careful reader finds in a pair of reports.
type gold struct {
	Reports []struct {
		Furniture []string `json:"furniture"`
	} `json:"reports"`
	Furniture  []string `json:"furniture"`
	Quotations []struct {
		First     string `json:"first"`
		Second    string `json:"second"`
		SameWords bool   `json:"same_words"`
	} `json:"quotations"`
	Meaning []struct {
		First  string `json:"first"`
		Second string `json:"second"`
		Top    int    `json:"top"`
	} `json:"meaning_changes"`
	Variants []struct {
		Kind   stemma.VariantKind `json:"kind"`
		First  string             `json:"first"`
		Second string             `json:"second"`
	} `json:"variants"`
	Omitted   []string `json:"omitted_words"`
	Added     string   `json:"added_sentence"`
	LostMarks int      `json:"lost_marks"`
}

func readGold(t *testing.T, dir string) gold {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func readReport(t *testing.T, path string) *stemma.Document {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	if strings.HasPrefix(text, " date ") { // metadata that the reader of files takes off
		text = text[len(" date 2006-01-02 "):]
	}
	return document(path, text)
}

// The pair of our own and the two real reports are held to the same checks.
func TestOwnPair(t *testing.T) {
	dir := "testdata/pair"
	checkPair(t, readReport(t, dir+"/first.txt"), readReport(t, dir+"/second.txt"), readGold(t, dir))
}

func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	g := readGold(t, dir)
	g.Meaning[0].Top, g.Meaning[1].Top, g.LostMarks = 5, 5, 1
	for i, v := range g.Variants {
		if strings.HasPrefix(v.First, "US envoy") { // noted in the file: "the American envoy" / "the U.S. envoy"
			g.Variants[i].First, g.Variants[i].Second = "American", "U.S."
		}
	}
	checkPair(t, readReport(t, filepath.Join(dir, "000_b30bf6e8da73e073.txt")), readReport(t, filepath.Join(dir, "001_bd595c01e11d1c26.txt")), g)
}

// find returns every place of words in text.
func find(text, words string) (out []stemma.Span) {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return out
		}
		out = append(out, stemma.Span{Start: at + i, End: at + i + len(words)})
		at += i + 1
	}
}

func overlapsAny(spans []stemma.Span, s stemma.Span) bool {
	for _, x := range spans {
		if x.Overlaps(s) {
			return true
		}
	}
	return false
}

func checkPair(t *testing.T, a, b *stemma.Document, g gold) {
	t.Helper()
	docs := []*stemma.Document{a, b}
	c := Collate(docs)
	check(t, docs, c)
	text := []string{a.Report.Text, b.Report.Text}
	order := Rank(c)

	place := func(first, second string) int {
		n := 0
		for _, i := range order {
			l := c.Loci[i]
			if l.Severity == stemma.MeaningBearing {
				n++
				if overlapsAny(find(text[0], first), l.Readings[0].Span) && overlapsAny(find(text[1], second), l.Readings[1].Span) {
					return n
				}
			}
		}
		return 1 << 20
	}
	for _, m := range g.Meaning {
		top := m.Top
		if top == 0 {
			top = 8
		}
		if n := place(m.First, m.Second); n > top {
			t.Errorf("%q / %q is entry %d of those that change the meaning, want at most %d", m.First, m.Second, n, top)
		}
	}
	light := 0
	for _, i := range order[:min(20, len(order))] {
		if l := c.Loci[i]; l.Severity == stemma.Cosmetic || l.Kind == stemma.Function || l.Kind == stemma.Inflection {
			light++
		}
	}
	if light >= 5 {
		t.Errorf("%d of the first twenty entries are cosmetic", light)
	}
	for _, q := range g.Quotations {
		for k, words := range []string{q.First, q.Second} {
			spans := find(text[k], words)
			if len(spans) != 1 && len(words) > 20 {
				t.Errorf("quotation %q is in report %d %d times", words, k, len(spans))
				continue
			}
			altered := false
			for _, l := range c.Loci {
				if r := l.Readings[k].Span; (overlapsAny(spans[:1], r) || r.Len() == 0 && spans[0].Start < r.Start && r.Start < spans[0].End) && Altered(l) {
					if l.Kind != stemma.Quotation {
						t.Errorf("%q: altered words have kind %s, rule %s", l.Readings[k].Span.Of(text[k]), l.Kind, l.Rule)
					}
					altered = true
				}
			}
			if altered == q.SameWords {
				t.Errorf("quotation %q: altered %v", words, altered)
			}
		}
		fa, fb := find(text[0], q.First), find(text[1], q.Second)
		if same := SameWords(a, fa[:1], b, fb[:1]); same != q.SameWords {
			t.Errorf("SameWords(%q, %q) = %v", q.First, q.Second, same)
		}
	}
	for _, v := range g.Variants {
		ok := false
		for _, l := range c.Loci {
			if l.Kind == v.Kind && l.Readings[0].Span.Of(text[0]) == v.First && l.Readings[1].Span.Of(text[1]) == v.Second {
				ok = true
			}
		}
		if !ok {
			t.Errorf("no variant %s %q / %q", v.Kind, v.First, v.Second)
		}
	}
	has := func(kind stemma.VariantKind, k int, words string) bool {
		for _, l := range c.Loci {
			if l.Kind == kind && strings.Contains(l.Readings[k].Span.Of(text[k]), words) && l.Readings[1-k].Span.Len() == 0 {
				return true
			}
		}
		return false
	}
	for _, o := range g.Omitted {
		if !has(stemma.Omission, 0, o) {
			t.Errorf("no omission of %q", o)
		}
	}
	if !has(stemma.Addition, 1, g.Added) {
		t.Errorf("no addition of %q", g.Added)
	}
	furniture := g.Furniture
	for _, r := range g.Reports {
		furniture = append(furniture, r.Furniture...)
	}
	for _, f := range furniture {
		if !has(stemma.FurnitureVar, 1, f) {
			t.Errorf("no furniture %q", f)
		}
	}
	lost := 0
	for _, l := range c.Loci {
		if l.Kind == stemma.DamageVar && l.Rule == "lost-quotation-mark" {
			lost++
		}
	}
	if lost != g.LostMarks {
		t.Errorf("%d quotation marks lost, want %d", lost, g.LostMarks)
	}
}
