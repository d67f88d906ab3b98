package collate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"stemma"
)

var update = flag.Bool("update", false, "rewrite the golden apparatus")

// written writes c as an apparatus that people can read, a locus a line.
func written(docs []*stemma.Document, c *stemma.Collation) string {
	var b strings.Builder
	bead := -1
	for _, l := range c.Loci {
		if l.Bead != bead && bead >= 0 {
			b.WriteString("\n")
		}
		bead = l.Bead
		name := string(l.Kind)
		if l.Move > 0 {
			name += fmt.Sprintf(" m%d", l.Move)
		}
		var cells []string
		for _, r := range l.Readings {
			cells = append(cells, strings.ReplaceAll(docs[r.Witness].Text(r.Span), "\n", " "))
		}
		rule := ""
		if l.Kind != stemma.Same {
			rule = fmt.Sprintf("   (%s, %s)", l.Severity, l.Rule)
		}
		fmt.Fprintf(&b, "%-14s %s%s\n", name, strings.Join(cells, " | "), rule)
	}
	return b.String()
}

// TestGolden holds collation to testdata/golden/*.txt: the witnesses, and the
// apparatus that they make. The comment of each file says what it is about.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var docs []*stemma.Document
			want := ""
			for _, f := range a.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				docs = append(docs, document(f.Name, strings.TrimSpace(string(f.Data))))
			}
			c := Collate(docs)
			check(t, docs, c)
			got := written(docs, c)
			if *update {
				files := a.Files[:0]
				for _, f := range a.Files {
					if f.Name != "want" {
						files = append(files, f)
					}
				}
				a.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
