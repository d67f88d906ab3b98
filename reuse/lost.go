package reuse

import (
	"slices"

	"stemma"
)

// Families larger than this are given no lost nodes and no second sources.
const maxLostFamily = 300

// minCommon is the number of three-word sequences from which what two reports
// have in common, and a third lacks, is taken for more than chance; minRatio
// the share of all that is new in either. Copyists who hit on the same words by
// themselves reach a sixth when every second word is changed.
const (
	minCommon = 12
	minRatio  = 0.3
)

// minTaken is the number of three-word sequences in a row from which a stretch
// was taken from somewhere.
const minTaken = 10

// gramsOf returns the hashes of the three-word sequences of r in their order,
// and sorted.
func gramsOf(r *Reading) (inOrder, sorted []uint64) {
	for i := 0; i+3 <= len(r.word); i++ {
		inOrder = append(inOrder, key3(r.word[i:]))
	}
	sorted = slices.Clone(inOrder)
	slices.Sort(sorted)
	return inOrder, slices.Compact(sorted)
}

// beyond returns how many of a are not in x, and how many of those are in b.
func beyond(a, b, x []uint64) (fresh, common int) {
	k, l := 0, 0
	for _, g := range a {
		for k < len(x) && x[k] < g {
			k++
		}
		if k < len(x) && x[k] == g {
			continue
		}
		fresh++
		for l < len(b) && b[l] < g {
			l++
		}
		if l < len(b) && b[l] == g {
			common++
		}
	}
	return fresh, common
}

// A relation says what is new in two reports over against a third.
type relation struct{ freshA, freshB, common int }

func (r relation) shared() bool {
	return r.common >= minCommon && float64(r.common) >= minRatio*float64(min(r.freshA, r.freshB))
}

// findLost looks for reports that are lost: several of the family share what
// the report that the tree has above them does not have. It puts nodes for
// them into the tree, and marks second sources.
func (f *family) findLost(c *corpus, opt Options) {
	n := len(f.members)
	if n > maxLostFamily || n < 2 {
		return
	}
	if n == 2 {
		f.lostPair()
		return
	}
	inOrder, set := make([][]uint64, n), make([][]uint64, n)
	for k, i := range f.members {
		inOrder[k], set[k] = gramsOf(c.docs[i])
	}
	relate := func(a, b, x int) relation {
		fresh, common := beyond(set[a], set[b], set[x])
		freshB, _ := beyond(set[b], nil, set[x])
		return relation{fresh, freshB, common}
	}
	if f.readings != nil {
		f.lostWitnesses(opt)
	} else {
		f.regroup(relate)
	}

	// Stretches that a report has from another than its parent.
	for y := range n {
		x := f.parent[y]
		for x >= n {
			x = f.parent[x]
		}
		if x < 0 {
			continue
		}
		best, bestShare := -1, 0.0
		for z := range n {
			if z == x || z == y || f.above(y, z) || f.parent[z] >= n && f.parent[z] == f.parent[y] {
				continue
			}
			taken := 0
			for _, s := range stretches(inOrder[y], set[z], set[x]) {
				// It was z's before: z has it from its own parent, or is a root.
				p := f.parent[z]
				for p >= n {
					p = f.parent[p]
				}
				if p >= 0 && p != y && !containsMost(set[p], inOrder[y][s[0]:s[1]]) {
					continue
				}
				taken += s[1] - s[0] + 2
			}
			if share := float64(taken) / float64(max(1, len(inOrder[y]))); share > bestShare+1e-9 {
				best, bestShare = z, share
			}
		}
		if best >= 0 && bestShare >= minSecond {
			f.extra = append(f.extra, contamination{best, y, round(bestShare)})
		}
	}
	f.reorder()
}

// regroup hangs copies from a grandparent whose words they have and their
// parent lacks, and puts a lost report above siblings that share what their
// parent lacks. relate says what is new in two members over against a third.
func (f *family) regroup(relate func(a, b, x int) relation) {
	n := len(f.members)
	whole := func(k int) bool { return f.up[k] != nil && f.up[k].kindOf(f.members[k]) != stemma.Partial }

	// A copy that has its grandparent's words where its parent has others was
	// not made from the parent: from the grandparent, or from a lost report
	// that was the parent's own source.
	for _, z := range slices.Clone(f.order) {
		y := f.parent[z]
		if y < 0 || f.parent[y] < 0 || !whole(z) || !whole(y) {
			continue
		}
		x := f.parent[y]
		if back := relate(z, x, y); back.shared() && float64(back.common) >= minRatio*float64(back.freshA) {
			f.parent[z] = x
		}
	}

	// Siblings that share what their parent lacks come from one lost report.
	kids := make([][]int, n)
	for _, k := range f.order {
		if p := f.parent[k]; p >= 0 && whole(k) {
			kids[p] = append(kids[p], k)
		}
	}
	for x := range n {
		group := make([]int, len(kids[x])) // group of each child, 1-based
		groups := 0
		if len(kids[x]) > 60 {
			continue
		}
		for i, a := range kids[x] {
			for j, b := range kids[x][:i] {
				if group[i] != 0 && group[i] == group[j] || !relate(a, b, x).shared() {
					continue
				}
				switch {
				case group[i] == 0 && group[j] == 0:
					groups++
					group[i], group[j] = groups, groups
				case group[i] == 0:
					group[i] = group[j]
				case group[j] == 0:
					group[j] = group[i]
				}
			}
		}
		for g := 1; g <= groups; g++ {
			h := len(f.parent)
			f.parent = append(f.parent, x)
			f.up, f.upSup = append(f.up, nil), append(f.upSup, 0)
			for i, a := range kids[x] {
				if group[i] == g {
					f.parent[a] = h
					f.upSup[h] = max(f.upSup[h], f.upSup[a])
				}
			}
		}
	}
}

// minSecond is the share of a report that must come from a second source.
const minSecond = 0.05

// above reports whether y is above z in the tree.
func (f *family) above(y, z int) bool {
	for z = f.parent[z]; z >= 0; z = f.parent[z] {
		if z == y {
			return true
		}
	}
	return false
}

// stretches returns the ranges of y, minTaken or longer, that are in z and not
// in x. Single gaps are bridged.
func stretches(y, z, x []uint64) (out [][2]int) {
	start, last := -1, -1
	flush := func() {
		if start >= 0 && last-start+1 >= minTaken {
			out = append(out, [2]int{start, last + 1})
		}
		start = -1
	}
	for i, g := range y {
		_, inX := slices.BinarySearch(x, g)
		_, inZ := slices.BinarySearch(z, g)
		switch {
		case inX:
			flush()
		case inZ:
			if start < 0 {
				start = i
			}
			last = i
		case start >= 0 && i-last > 3:
			flush()
		}
	}
	flush()
	return out
}

func containsMost(set, grams []uint64) bool {
	n := 0
	for _, g := range grams {
		if _, ok := slices.BinarySearch(set, g); ok {
			n++
		}
	}
	return 2*n > len(grams)
}

// lostPair gives two reports a lost exemplar if neither can well be the other's
// source: each has sentences that the other lacks, and nothing else decides.
func (f *family) lostPair() {
	v := f.tree[0]
	if v.kindAB == stemma.Partial || v.kindBA == stemma.Partial || max(f.below[f.order[1]], 1-f.below[f.order[1]]) > 0.6 {
		return
	}
	if v.lackA < 2 || v.lackB < 2 {
		return
	}
	f.parent = append(f.parent, -1)
	f.up, f.upSup = append(f.up, nil), append(f.upSup, 0)
	for _, k := range f.order {
		f.parent[k] = 2
		f.upSup[k] = f.support[0]
	}
	f.reorder()
}

// reorder lists the nodes parents first again.
func (f *family) reorder() {
	children := make([][]int, len(f.parent))
	root := -1
	for k, p := range f.parent {
		if p < 0 {
			root = k
		} else {
			children[p] = append(children[p], k)
		}
	}
	f.order = append(f.order[:0], root)
	for k := 0; k < len(f.order); k++ {
		f.order = append(f.order, children[f.order[k]]...)
	}
}
