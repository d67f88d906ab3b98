package record

import (
	"testing"

	"stemma"
)

// TestDateLine: a report without a date that opens with a line that is one is
// of that day, and says where it has it from.
func TestDateLine(t *testing.T) {
	rep := &stemma.Report{Text: "Talks end in Vardo\n\nWednesday, 5 March 2031\n\nThe talks in Vardo ended late on Tuesday, officials said."}
	doc := Annotate(rep)
	if got := doc.Report.Published.String(); got != "2031-03-05" || doc.Report.PublishedFrom != "dateline" {
		t.Errorf("published %q from %q", got, doc.Report.PublishedFrom)
	}
	if !rep.Published.IsZero() {
		t.Error("the report itself was altered")
	}
	if n := len(doc.Times); n == 0 || doc.Times[n-1].When.String() != "2031-03-04" {
		t.Errorf("times %+v", doc.Times)
	}
}
