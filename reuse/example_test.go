package reuse_test

import (
	"bytes"
	"fmt"

	"stemma"
	"stemma/reuse"
)

// An index that is kept: each report is looked for among those before, then
// added, and the change written to a journal. A snapshot begins a new journal.
func ExampleIndex() {
	texts := []string{
		"The harbour of Tarrow stays closed until Monday, the ministry said. Two ferries wait off the northern pier with four hundred travellers.",
		"In Osvia the price of bread went up again this week. Bakers blame the drought and the road to the mill.",
		"The harbour of Tarrow stays closed until Monday, the ministry said. Two ferries still wait off the northern pier.",
	}
	keys := func(n int) []reuse.Key {
		return reuse.Keys(&stemma.Document{Report: &stemma.Report{Text: texts[n]}})
	}
	x := reuse.NewIndex(0)
	var snapshot bytes.Buffer // in earnest, files
	x.WriteTo(&snapshot)
	var journal []byte
	for n := range texts {
		for _, c := range x.Candidates(nil, keys(n), 0) {
			fmt.Printf("compare %d with %d\n", n, c.Report)
		}
		change := reuse.Change{Report: uint32(n), Keys: keys(n)}
		journal = change.AppendTo(journal)
		x.Apply(change)
	}

	// Opened again.
	y, err := reuse.ReadIndex(&snapshot)
	if err != nil {
		fmt.Println(err)
		return
	}
	whole, err := y.Replay(bytes.NewReader(journal))
	fmt.Println(y.Len(), "reports,", whole == int64(len(journal)), err)
	y.Remove(0, keys(0))
	fmt.Println(len(y.Candidates(nil, keys(2), 0)), "candidate: the report itself")
	// Output:
	// compare 2 with 0
	// 3 reports, true <nil>
	// 1 candidate: the report itself
}
