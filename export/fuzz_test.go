package export_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"stemma"
	"stemma/export"
)

// FuzzRecord takes two texts the whole way: whatever they hold, every step
// keeps its promises and every writer copes.
func FuzzRecord(f *testing.F) {
	for _, name := range []string{"01-meridwire.txt", "04-osvia-today.txt", "07-osvia-foreign-ministry.txt"} {
		text, err := os.ReadFile("../examples/kost/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), strings.ReplaceAll(string(text), "”", ""))
		f.Add(string(text[:500]), string(text[300:]))
	}
	f.Add("", " ")
	f.Add("“", "”")
	f.Add("His aides left, their leaders said.", "Their aides left before her husband said that his lawyer had gone.") // two who stand for each other
	f.Add("\u00ad \u200b said on Tuesday.", "He said: “\u202e”, \x00 said.")
	f.Add("On 31 June 0000 three 3 thousand said no not never.", "In 99999999999 – 1/0 of 2031-02-30 they met.")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		r := build(t,
			&stemma.Report{ID: "a", Source: "a.txt", Text: a, Published: stemma.Day(2031, 3, 5), PublishedFrom: "header"},
			&stemma.Report{ID: "b", Source: "b.txt", Text: b})
		for _, doc := range r.Documents {
			if err := doc.Check(); err != nil {
				t.Error(err)
			}
		}
		for _, err := range []error{
			export.Brief(io.Discard, r.Documents, r.Collations, r.Record, export.BriefOptions{}),
			export.Brief(io.Discard, r.Documents, r.Collations, r.Record, export.BriefOptions{Columns: 40, All: true}),
			export.Show(io.Discard, r.Documents, r.Record, export.BriefOptions{}),
			export.Page(io.Discard, r.Documents, r.Collations, r.Record),
		} {
			if err != nil {
				t.Error(err)
			}
		}
	})
}
