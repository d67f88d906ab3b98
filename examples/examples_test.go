// Package examples_test holds what stemma finds in the examples to how they
// were made.
package examples_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"stemma"
	"stemma/extract"
	"stemma/ingest"
	"stemma/record"
)

type truth struct {
	Copies []struct {
		Exemplar, Report string
		Kind             stemma.CopyKind
	}
	Origins       []string
	Discrepancies []struct {
		Kind   stemma.VariantKind
		Sides  [][2]string
		Copied bool
	}
	Altered   [][4]string `json:"altered_quotations"`
	Unclosed  [][2]string `json:"unclosed_quotations"`
	Furniture [][2]string
}

// build reads kost/ and builds its record.
func build(t testing.TB) (*record.Result, map[stemma.ReportID]string) {
	t.Helper()
	var reports []*stemma.Report
	names := map[stemma.ReportID]string{}
	for c, err := range ingest.Read([]string{"kost"}, ingest.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		rep, err := extract.Text(c.Source, c.Data)
		if err != nil {
			t.Fatal(err)
		}
		names[rep.ID] = path.Base(rep.Source)
		reports = append(reports, rep)
	}
	return record.Build(record.AnnotateAll(reports, 0), record.Options{}), names
}

// misses are the things stemma does not find yet, in the words of the check.
// The list may only become shorter: one that is found fails the test until it
// is struck out here.
var misses = []string{}

func TestRecordAgreesWithHowTheExamplesWereMade(t *testing.T) {
	var want truth
	data, err := os.ReadFile("TRUTH.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	result, names := build(t)
	rec := result.Record
	docs := map[string]*stemma.Document{}
	for _, doc := range result.Documents {
		if err := doc.Check(); err != nil {
			t.Error(err)
		}
		docs[names[doc.Report.ID]] = doc
	}
	text := func(c stemma.Cite) string { return docs[names[c.Report]].Text(c.Span) }

	var failed []string
	check := func(ok bool, format string, args ...any) {
		if !ok {
			failed = append(failed, fmt.Sprintf(format, args...))
		}
	}

	// Every report was made from the right one, in the right way.
	parent := map[string]string{}
	var origins []string
	for _, st := range rec.Stemmata {
		for _, node := range st.Nodes {
			if node.Report == "" {
				continue
			}
			if node.Parent < 0 {
				origins = append(origins, names[node.Report])
			} else {
				parent[names[node.Report]] = names[st.Nodes[node.Parent].Report]
			}
		}
	}
	slices.Sort(origins)
	check(slices.Equal(origins, want.Origins), "origins %v", want.Origins)
	check(rec.Origins == len(want.Origins), "%d independent origins", len(want.Origins))
	for _, w := range want.Copies {
		check(w.Kind == stemma.Partial || parent[w.Report] == w.Exemplar, "%s is made from %s", w.Report, w.Exemplar)
		check(slices.ContainsFunc(rec.Copies, func(c stemma.Copy) bool {
			return names[c.Exemplar] == w.Exemplar && names[c.Report] == w.Report && c.Kind == w.Kind && len(c.Reasons) > 0
		}), "%s is a %s copy of %s", w.Report, w.Kind, w.Exemplar)
	}

	// The reports that disagree do so where they were made to.
	for _, w := range want.Discrepancies {
		check(slices.ContainsFunc(rec.Discrepancies, func(d stemma.Discrepancy) bool {
			if d.Kind != w.Kind || d.Copied != w.Copied {
				return false
			}
			for _, side := range w.Sides {
				if !slices.ContainsFunc(d.Sides, func(cites []stemma.Cite) bool {
					return slices.ContainsFunc(cites, func(c stemma.Cite) bool {
						return names[c.Report] == side[0] && overlap(text(c), side[1])
					})
				}) {
					return false
				}
			}
			return true
		}), "%s: %v against %v", w.Kind, w.Sides[0], w.Sides[1])
	}

	// Altered quotations are one utterance in two wordings.
	for _, w := range want.Altered {
		check(slices.ContainsFunc(rec.Utterances, func(u stemma.Utterance) bool {
			has := func(file, words string) bool {
				return slices.ContainsFunc(u.Wordings, func(x stemma.Wording) bool {
					return names[x.Report] == file && strings.Contains(text(x.Cite), words)
				})
			}
			return u.Altered && has(w[0], w[1]) && has(w[2], w[3])
		}), "altered quotation “%s”", w[1])
	}
	for _, w := range want.Unclosed {
		check(slices.ContainsFunc(docs[w[0]].Damage, func(d stemma.Damage) bool {
			return d.Kind == stemma.Unclosed && strings.HasPrefix(docs[w[0]].Report.Text[d.Start:], "“")
		}), "unclosed quotation in %s", w[0])
	}
	for _, w := range want.Furniture {
		check(slices.ContainsFunc(docs[w[0]].Sentences, func(s stemma.Sentence) bool {
			return s.Kind == stemma.Furniture && s.Of(docs[w[0]].Report.Text) == w[1]
		}), "furniture “%s”", w[1])
	}

	for _, f := range failed {
		if !slices.Contains(misses, f) {
			t.Errorf("not found: %s", f)
		}
	}
	for _, m := range misses {
		if !slices.Contains(failed, m) {
			t.Errorf("no longer missed, strike it out: %s", m)
		}
	}
}

func overlap(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) && a != "" }
