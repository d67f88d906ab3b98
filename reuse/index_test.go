package reuse

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// someKeys returns the sorted keys of an invented report: many that nobody else
// has, and some out of a few that most have.
func someKeys(r *rand.Rand) []Key {
	var keys []Key
	for range 40 {
		keys = append(keys, Key(r.Uint64()&^3)|Key(r.IntN(3)))
	}
	for range 20 {
		n := uint64(r.ExpFloat64() * 40)
		keys = append(keys, Key(mix(n)&^3)|Key(n%3))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// byDefinition is what Candidates promises, worked out from all reports held.
func byDefinition(held map[uint32][]Key, keys []Key) []Candidate {
	score := map[uint32]float32{}
	for _, k := range keys {
		var have []uint32
		for d, ks := range held {
			if slices.Contains(ks, k) {
				have = append(have, d)
			}
		}
		slices.Sort(have)
		limit, _ := capOf(k.Channel())
		n := min(len(have), limit)
		if n == 0 {
			continue
		}
		w, first := Worth(k.Channel(), n+1)
		for _, d := range have[:min(n, first)] {
			score[d] += w
		}
	}
	var out []Candidate
	for d, s := range score {
		if s >= MinScore {
			out = append(out, Candidate{d, s})
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Report, b.Report))
	})
	return out[:min(len(out), 64)]
}

func stored(t interface{ Fatal(...any) }, x *Index) []byte {
	var b bytes.Buffer
	n, err := x.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatal(n, b.Len(), err)
	}
	return b.Bytes()
}

// However an index came to hold its reports (added in any order, removed,
// written and read back, its journal replayed), it answers and is written as
// one that was filled afresh.
func TestIndexIsWhatItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		reports := make([][]Key, 90)
		for i := range reports {
			reports[i] = someKeys(r)
		}
		x := NewIndex(0)
		held := map[uint32][]Key{}
		snapshot, journal := stored(t, x), []byte(nil)
		for range rapid.IntRange(1, 200).Draw(t, "changes") {
			d := uint32(r.IntN(len(reports)))
			c := Change{Report: d, Keys: reports[d], Removed: held[d] != nil}
			if held[d] = reports[d]; c.Removed {
				delete(held, d)
			}
			journal = c.AppendTo(journal)
			x.Apply(c)
			switch r.IntN(60) {
			case 0: // a new snapshot
				snapshot, journal = stored(t, x), nil
			case 1: // reopened after a crash
				var err error
				if x, err = ReadIndex(bytes.NewReader(snapshot)); err != nil {
					t.Fatal(err)
				}
				cut := append(journal, Change{Keys: reports[0]}.AppendTo(nil)[:1+r.IntN(200)]...)
				if n, err := x.Replay(bytes.NewReader(cut)); err != nil || n != int64(len(journal)) {
					t.Fatalf("replayed %d bytes of %d: %v", n, len(journal), err)
				}
			}
		}
		fresh := NewIndex(0)
		for d, keys := range reports {
			if held[uint32(d)] != nil {
				fresh.Add(uint32(d), keys)
			}
		}
		if x.Len() != len(held) || x.Postings() != fresh.Postings() {
			t.Fatalf("%d reports and %d postings, want %d and %d", x.Len(), x.Postings(), len(held), fresh.Postings())
		}
		if !bytes.Equal(stored(t, x), stored(t, fresh)) {
			t.Fatal("written otherwise than a fresh one")
		}
		for _, keys := range append(reports[:6:6], someKeys(r)) {
			want := byDefinition(held, keys)
			if got := x.Candidates(nil, keys, 0); !slices.Equal(got, want) {
				t.Fatalf("candidates %v, want %v", got, want)
			}
			if got := fresh.Candidates(nil, keys, 0); !slices.Equal(got, want) {
				t.Fatalf("fresh: candidates %v, want %v", got, want)
			}
		}
	})
}

func TestIndexBytesAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	x := NewIndex(0)
	var reports [][]Key
	for d := range 3000 {
		reports = append(reports, someKeys(r))
		x.Add(uint32(d), reports[d])
		if d%3 == 0 {
			x.Remove(uint32(d/2), reports[d/2])
			x.Add(uint32(d/2), reports[d/2])
		}
	}
	x.Candidates(nil, reports[0], 0)
	want := 8*cap(x.blocks) + 24*cap(x.waiting) + 4*cap(x.score) + 4*cap(x.touched) + 8*cap(x.ahead)
	seen := map[*block]bool{}
	used := 0
	for _, b := range x.blocks {
		if seen[b] {
			continue
		}
		seen[b] = true
		want += 8*len(b.slots) + 8
		used += int(b.used)
	}
	for _, lists := range x.waiting {
		want += listBytes * cap(lists)
		for _, w := range lists {
			want += 4 * cap(w.reports)
			used += len(w.reports)
		}
	}
	if x.Bytes() != want || used != x.Postings() {
		t.Errorf("%d bytes, want %d; %d postings, want %d", x.Bytes(), want, x.Postings(), used)
	}
	if len(seen) < 64 {
		t.Errorf("%d blocks: too few to show anything", len(seen))
	}
}

// Keys are hashes; blocks that never divide can only be made on purpose, and
// must not take the memory there is.
func TestBlocksThatDoNotDivide(t *testing.T) {
	x := NewIndex(0)
	for n := range uint64(5000) {
		x.add((1+n)<<docBits&^(3<<docBits) | 1)
	}
	if b := x.Bytes(); b > 64<<20 {
		t.Errorf("%d bytes for 5000 postings", b)
	}
	for n := range uint64(5000) {
		x.remove((1+n)<<docBits&^(3<<docBits) | 1)
	}
	if x.Postings() != 0 {
		t.Errorf("%d postings left", x.Postings())
	}
}

func TestDamageIsNoticed(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	x := NewIndex(0)
	var journal []byte
	for d := range uint32(20) {
		c := Change{Report: d, Keys: someKeys(r)}
		x.Apply(c)
		journal = c.AppendTo(journal)
	}
	b := stored(t, x)
	for i := 0; i < len(b); i += 1 + r.IntN(15) {
		if _, err := ReadIndex(bytes.NewReader(b[:i])); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut off at %d: %v", i, err)
		}
		bad := bytes.Clone(b)
		bad[i] ^= 1 << r.IntN(8)
		if _, err := ReadIndex(bytes.NewReader(bad)); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d altered: %v", i, err)
		}
	}
	for i := range len(journal) / 2 {
		bad := bytes.Clone(journal)
		bad[i] ^= 1 << r.IntN(8)
		y := NewIndex(0)
		if n, err := y.Replay(bytes.NewReader(bad)); err == nil && n == int64(len(journal)) {
			t.Fatalf("byte %d of the journal altered: not noticed", i)
		}
	}
}

func FuzzReadIndex(f *testing.F) {
	x := NewIndex(0)
	x.Add(3, []Key{4, 9, 14})
	f.Add(stored(f, x))
	f.Add([]byte(indexHead))
	f.Add(Change{Report: 2, Keys: []Key{5, 8}}.AppendTo(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if x, err := ReadIndex(bytes.NewReader(b)); err == nil {
			if y, err := ReadIndex(bytes.NewReader(stored(t, x))); err != nil || y.Postings() != x.Postings() {
				t.Fatal(fmt.Sprint("written and read again: ", err))
			}
		}
		y := NewIndex(0)
		if n, err := y.Replay(bytes.NewReader(b)); n > int64(len(b)) || err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(n, err)
		}
	})
}

// One more report in an index that holds 20,000: its candidates, adding it,
// and removing it again.
func BenchmarkIndex(b *testing.B) {
	r := rand.New(rand.NewPCG(6, 6))
	x := NewIndex(0)
	var reports [][]Key
	for d := range 22_000 {
		keys := someKeys(r)
		for len(keys) < 250 {
			keys = append(keys, Key(r.Uint64()&^3)|Key(r.IntN(3)))
		}
		slices.Sort(keys)
		reports = append(reports, keys)
		if d < 20_000 {
			x.Add(uint32(d), keys)
		}
	}
	var out []Candidate
	for _, run := range []struct {
		name string
		do   func(d int)
	}{
		{"Candidates", func(d int) { out = x.Candidates(out[:0], reports[d], 0) }},
		{"AddAndRemove", func(d int) { x.Add(uint32(d), reports[d]); x.Remove(uint32(d), reports[d]) }},
	} {
		b.Run(run.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				run.do(20_000 + n%2000)
				n++
			}
		})
	}
}
