package reuse

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"stemma"
	"stemma/internal/testenv"
)

func document(id, text string) *stemma.Document {
	return &stemma.Document{Report: &stemma.Report{ID: stemma.ReportID(id), Text: text}}
}

func readDocument(t *testing.T, path, id string) *stemma.Document {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return document(id, string(b))
}

func TestSeedsAreAReworkedCopy(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	a := readDocument(t, filepath.Join(dir, "000_b30bf6e8da73e073.txt"), "000")
	b := readDocument(t, filepath.Join(dir, "001_bd595c01e11d1c26.txt"), "001")
	copies := Find([]*stemma.Document{b, a}, Options{})
	if len(copies) != 1 {
		t.Fatalf("%d copies, want 1", len(copies))
	}
	c := copies[0]
	if c.Kind != stemma.Reworded || c.Exemplar != "000" || c.Report != "001" || c.Direction < 0.7 {
		t.Errorf("got %s %s→%s %.2f, want reworded 000→001", c.Kind, c.Exemplar, c.Report, c.Direction)
	}
	got := map[string]stemma.Reason{}
	for _, r := range c.Reasons {
		if r.Weight > 0 || got[r.Rule].Rule == "" {
			got[r.Rule] = r
		}
	}
	for _, rule := range []string{"furniture-added", "unclosed-quotation", "mixed-spelling", "specific-dropped", "translated"} {
		if got[rule].Weight <= 0 {
			t.Errorf("no reason %s in %v", rule, c.Reasons)
		}
	}
	st := Families([]*stemma.Document{b, a}, copies, Options{})
	if len(st) != 1 || len(st[0].Nodes) != 2 || st[0].Nodes[0].Report != "000" {
		t.Errorf("stemmata %v", st)
	}
}

// The written families: every true edge found with its kind, the independent
// report related to nothing. stemma-eval copies prints the figures.
func TestWrittenFamilies(t *testing.T) {
	dir := testenv.Shared(t, "data", "families")
	parent := map[stemma.ReportID]stemma.ReportID{"N": "A", "R": "A", "C": "R", "P": "A"}
	for f := 1; f <= 20; f++ {
		var docs []*stemma.Document
		for _, id := range []string{"A", "N", "R", "C", "P", "I"} {
			docs = append(docs, readDocument(t, filepath.Join(dir, fmt.Sprintf("f%02d", f), id+".txt"), id))
		}
		found := map[stemma.ReportID]bool{}
		for _, c := range Find(docs, Options{}) {
			if c.Exemplar == "I" || c.Report == "I" {
				t.Errorf("family %d: the independent report is a copy: %s→%s", f, c.Exemplar, c.Report)
			}
			switch {
			case parent[c.Report] == c.Exemplar:
				found[c.Report] = true
			case parent[c.Exemplar] == c.Report:
				found[c.Exemplar] = true
			}
		}
		if len(found) != 4 {
			t.Errorf("family %d: found the edges of %v", f, found)
		}
	}
}

func TestWhoRewordsVariesTheTerms(t *testing.T) {
	a := document("a", "The convoy left the harbour of Ansel at dawn, drivers said. By noon the convoy had reached the bridge near Hallin. Nobody was told where the convoy would stop for the night.")
	b := document("b", "The convoy left the harbour of Ansel at dawn, drivers said. By noon the column had reached the bridge near Hallin. Nobody was told where the convoy would stop for the night.")
	c, ok := Compare(b, a)
	if !ok || c.Exemplar != "a" || c.Direction < 0.6 {
		t.Fatalf("%v: %s→%s %.2f", ok, c.Exemplar, c.Report, c.Direction)
	}
	r := c.Reasons[1]
	if want := "has two words where the other has one: “convoy” and “column”"; r.Rule != "term-varied" || r.Text != want {
		t.Errorf("%s: %s", r.Rule, r.Text)
	}
	for k, want := range []string{"column", "convoy"} {
		d := map[stemma.ReportID]*stemma.Document{"a": a, "b": b}[r.Cites[k].Report]
		if got := r.Cites[k].Span.Of(d.Report.Text); got != want {
			t.Errorf("cites %q, want %q", got, want)
		}
	}
}
