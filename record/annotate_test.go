package record

import (
	"strings"
	"testing"

	"stemma"
	"stemma/quote"
)

// A report that a step panics on is an error that names it, not the end of all.
func TestTryAllOutlivesAPanic(t *testing.T) {
	var reps []*stemma.Report
	for _, r := range [][2]string{{"a.txt", "Rain fell."}, {"b.txt", "It was cold."}} {
		reps = append(reps, &stemma.Report{ID: stemma.NewReportID(r[0], r[1]), Source: r[0], Text: r[1]})
	}
	broken := Annotator{Statements: new(quote.Model)} // holds no model: panics
	docs, errs := broken.TryAll(reps, 2)
	if len(docs) != 0 || len(errs) != 2 {
		t.Fatalf("%d documents, %d errors, want 0 and 2", len(docs), len(errs))
	}
	for i, rep := range reps {
		if want := rep.Source + ": internal error"; !strings.HasPrefix(errs[i].Error(), want) {
			t.Errorf("error %q, want %q", errs[i], want)
		}
	}
	if docs, errs = (Annotator{}).TryAll(reps, 2); len(docs) != 2 || docs[1].Report != reps[1] || len(errs) != 0 {
		t.Errorf("%d documents, errors %v, want two and none", len(docs), errs)
	}
}
