package perceptron

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What a decoder makes of a table is what adding the weights one by one gives,
// but for rounding; features that the table does not have add nothing.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 100).Draw(t, "labels")
		top := rapid.SampledFrom([]int{3, 511, 512, 32000}).Draw(t, "top")
		random := pseudo(rapid.Uint32().Draw(t, "seed"))
		weights := map[uint32]map[uint8]int16{}
		var rows []featureRow
		const step = 0x9E3779B1 // makes features that differ in their low half
		for f := range rapid.Uint32Range(0, 200).Draw(t, "features") {
			r := featureRow{feature: f * step}
			for y := range n {
				if random()%4 == 0 {
					if w := int16(int(random()%uint32(2*top+1)) - top); w != 0 {
						r.entries = append(r.entries, entry{uint8(y), w})
					}
				}
			}
			if r.entries == nil {
				continue
			}
			rows = append(rows, r)
			weights[r.feature] = map[uint8]int16{}
			for _, e := range r.entries {
				weights[r.feature][e.label] = e.weight
			}
		}
		slices.SortFunc(rows, func(a, b featureRow) int { return cmp.Compare(a.feature, b.feature) })
		labels := make([]string, n)
		for y := range labels {
			labels[y] = fmt.Sprint("l", y)
		}
		m := build(nil, labels, n, make([]int16, (n+1)*(n+1)), rows)
		if err := m.Verify(); err != nil {
			t.Fatal(err)
		}
		d := m.NewDecoder()
		items := rapid.SliceOfN(rapid.SliceOfN(rapid.Uint32Range(0, 220), 0, 300), 1, 10).Draw(t, "items")
		for _, item := range items {
			for _, f := range item {
				d.Rows.Add(f * step)
			}
			d.Rows.End()
		}
		d.Score()
		for i, item := range items {
			for y := range n {
				want, off := int32(0), int32(0)
				for _, f := range item {
					if w, ok := weights[f*step][uint8(y)]; ok {
						want += int32(w)
						off += m.table.unit/2 + 1
					}
				}
				if got := d.emit[i*n+y]; got < want-off || got > want+off || m.table.unit == 1 && got != want {
					t.Fatalf("item %d label %d: %d, want %d within %d", i, y, got, want, off)
				}
			}
		}
		for _, r := range rows {
			if !m.Has(r.feature) && m.table.unit == 1 {
				t.Fatalf("feature %x is not there", r.feature)
			}
		}
	})
}

// Stacked, two models decide as they do one by one.
func TestStack(t *testing.T) {
	opt := Options{Labels: toyLabels, Step: BIO(toyLabels), Epochs: 3}
	seqs := toy(100)
	first := Train(seqs, opt)
	more := toy(100)
	for s := range more {
		rows := more[s].Rows.Clone()
		more[s].Rows.Reset()
		for i := range rows.Len() {
			more[s].Rows.AddAll(rows.Row(i)...)
			more[s].Rows.Add(Hash(3, uint32(i%3), 0, 0))
			more[s].Rows.End()
		}
	}
	second := Train(more, opt)
	a, b := Stack(first, second, Features(seqs))
	if a.Verify() != nil || b.Verify() != nil || a.Columns() != 6 || b.Columns() != 3 {
		t.Fatal("the stack is damaged")
	}
	one, two, da, db := first.NewDecoder(), second.NewDecoder(), a.NewDecoder(), b.NewDecoder()
	for s := range seqs {
		one.Rows, two.Rows, da.Rows = seqs[s].Rows, more[s].Rows, seqs[s].Rows
		da.Score()
		got := append([]uint8(nil), da.Search()...)
		if want := one.Decode(); string(got) != string(want) {
			t.Fatalf("first finds %v, alone %v", got, want)
		}
		db.Rows.Reset()
		for i := range seqs[s].Rows.Len() {
			db.Rows.Add(Hash(3, uint32(i%3), 0, 0))
			db.Rows.End()
		}
		db.Onto(da)
		if got, want := db.Search(), two.Decode(); string(got) != string(want) {
			t.Fatalf("second finds %v, alone %v", got, want)
		}
	}
}

// pseudo returns a source of numbers that look random.
func pseudo(state uint32) func() uint32 {
	return func() uint32 { state = state*1664525 + 1013904223; return state >> 8 }
}
