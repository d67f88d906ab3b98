package event_test

import (
	"os"
	"strings"
	"testing"

	"stemma"
	"stemma/record"
)

// TestTypes holds the type of the first event that the whole analysis finds
// to testdata/types.txt.
func TestTypes(t *testing.T) {
	raw, err := os.ReadFile("testdata/types.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		want, text, _ := strings.Cut(l, " | ")
		doc := record.Annotate(&stemma.Report{ID: "r", Text: text})
		got := "none"
		if len(doc.Events) > 0 {
			got = string(doc.Events[0].Type)
		}
		if got != want {
			t.Errorf("%s\n got %s, want %s", text, got, want)
		}
	}
}
