package reuse

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"stemma"
	"stemma/internal/copygen"
)

// scribes returns a tradition copied by hand: T is lost and was copied as A, B
// and C from R, and A as D, E.
func scribes(seed uint64) []*stemma.Document {
	r := rand.New(rand.NewPCG(seed, 2))
	s := copygen.NewScribe(r, prose(r, 60))
	root := s.Original()
	lost := s.Copy(r, root, 30)
	docs := []*stemma.Document{document("R", copygen.Join(root))}
	for _, id := range []stemma.ReportID{"A", "B", "C"} {
		w := s.Copy(r, lost, 10)
		docs = append(docs, document(string(id), copygen.Join(w)))
		if id == "A" {
			docs = append(docs, document("D", copygen.Join(s.Copy(r, w, 20))), document("E", copygen.Join(s.Copy(r, w, 20))))
		}
	}
	docs = append(docs, document("Q", copygen.Join(s.Copy(r, root, 15))))
	return docs
}

// TestTradition finds the tree of a tradition with its lost witness, whatever
// the order of the texts.
func TestTradition(t *testing.T) {
	for seed := range uint64(4) {
		docs := scribes(seed)
		copies := Find(docs, Options{Samples: 20})
		st := Families(docs, copies, Options{Samples: 20})
		if len(st) != 1 {
			t.Fatalf("seed %d: %d families", seed, len(st))
		}
		neighbours := map[string][]string{}
		name := func(i int) string {
			if r := st[0].Nodes[i].Report; r != "" {
				return string(r)
			}
			return fmt.Sprint("lost", i)
		}
		lost := ""
		for i, n := range st[0].Nodes {
			if n.Report == "" {
				lost = name(i)
			}
			if n.Parent >= 0 {
				neighbours[name(i)] = append(neighbours[name(i)], name(n.Parent))
				neighbours[name(n.Parent)] = append(neighbours[name(n.Parent)], name(i))
			}
		}
		for _, n := range neighbours {
			slices.Sort(n)
		}
		if got := fmt.Sprint(neighbours[lost], neighbours["D"], neighbours["E"], neighbours["Q"]); got != "[A B C R] [A] [A] [R]" {
			t.Errorf("seed %d: neighbours of the lost one, D, E, Q are %s", seed, got)
		}
		want := asJSON(t, st)
		slices.Reverse(docs)
		if got := asJSON(t, Families(docs, copies, Options{Samples: 20})); got != want {
			t.Errorf("seed %d: another order gives another tree", seed)
		}
	}
}
