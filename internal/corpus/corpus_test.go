package corpus

import (
	"testing"

	"stemma/internal/testenv"
)

func TestCorpora(t *testing.T) {
	for _, c := range []struct {
		name  string
		read  func(string) ([]*Doc, error)
		docs  int
		names int // at least
	}{{"gum", GUM, 83, 3000}, {"wikigold", WikiGold, 40, 2500}, {"re3d", Re3d, 40, 1000}, {"meantime", Meantime, 120, 900}} {
		docs, err := c.read(testenv.Shared(t, "data", c.name))
		if err != nil {
			t.Fatal(err)
		}
		names := 0
		kinds := map[string]int{}
		for _, d := range docs {
			if err := d.Check(); err != nil {
				t.Fatalf("%s: %v", d.ID, err)
			}
			names += len(d.Names)
			for i, n := range d.Names {
				kinds[n.Label]++
				if i > 0 && d.Names[i-1].End > n.Start {
					t.Fatalf("%s: names overlap: %q and %q", d.ID, d.Text(d.Names[i-1].Span), d.Text(n.Span))
				}
			}
		}
		t.Logf("%s: %d documents, names %v", c.name, len(docs), kinds)
		if len(docs) < c.docs || names < c.names {
			t.Errorf("%s: %d documents, %d names", c.name, len(docs), names)
		}
		if testing.Verbose() {
			for _, d := range docs[min(60, len(docs)-1):min(62, len(docs))] {
				for _, n := range d.Names {
					t.Logf("%s %q", n.Label, d.Text(n.Span))
				}
			}
		}
	}

}
