package reuse

import (
	"math"
	"slices"

	"stemma"
)

// Families larger than this are given no lost nodes and no second sources.
const maxLostFamily = 300

// What two reports have in common against a third is more than chance if it
// lies in minApart places at least, and is chanceTimes as much as two copyists
// would hit upon who change the third each by himself: where both change a
// word, they choose the same in one case of three at most.
const (
	minApart    = 4
	chanceTimes = 2.5
	sameChoice  = 0.33
)

// minTaken is the number of three-word sequences in a row from which a stretch
// was taken from somewhere.
const minTaken = 10

// What was taken from somewhere keeps to it, with no more than this share of
// three-word sequences of the other source in it and about it.
const (
	maxContrary = 0.05
	marginTaken = 20 // sequences before and after it
)

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

// against returns how many of the three-word sequences of a, which are inOrder,
// are not in x, and for each quarter of a how many of those are in b and in how
// many places.
func against(inOrder, b, x []uint64) (fresh int, common, places [4]int) {
	last := -minApart
	for i, g := range inOrder {
		if _, ok := slices.BinarySearch(x, g); ok {
			continue
		}
		fresh++
		if _, ok := slices.BinarySearch(b, g); ok {
			q := i * 4 / len(inOrder)
			common[q]++
			if i-last > 3 {
				places[q]++
			}
			last = i
		}
	}
	return fresh, common, places
}

func sum(x []int) (n int) {
	for _, v := range x {
		n += v
	}
	return n
}

// chance returns the share of three-word sequences that two copies have in
// common against their exemplar by chance, if the shares newA and newB of each
// are new: one of the three words changed in both, and in the same way, the
// others in neither.
func chance(newA, newB float64) float64 {
	keptA, keptB := math.Cbrt(1-newA), math.Cbrt(1-newB) // words
	return 3 * sameChoice * (1 - keptA) * (1 - keptB) * keptA * keptA * keptB * keptB
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
	agree := func(a, b, x int) bool {
		freshA, common, places := against(inOrder[a], set[b], set[x])
		if sum(places[:]) < minApart {
			return false
		}
		// All over the text, and not only in a passage taken from elsewhere:
		// the two quarters with least of it have to bear it out.
		slices.Sort(common[:])
		slices.Sort(places[:])
		freshB, _, _ := against(inOrder[b], nil, set[x])
		n := float64(len(inOrder[a]))
		byChance := n * chance(float64(freshA)/n, float64(freshB)/float64(max(1, len(inOrder[b]))))
		return float64(sum(common[:])) >= chanceTimes*byChance && sum(places[:2]) > 0 && float64(sum(common[:2])) >= byChance/2
	}
	if f.readings != nil {
		f.lostWitnesses(opt)
	} else {
		f.regroup(agree)
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
		var where [2]int // of the stretches of the best
		other := func(z int) bool {
			return z != x && z != y && !f.above(y, z) && !(f.parent[z] >= n && f.parent[z] == f.parent[y])
		}
		for z := range n {
			if !other(z) {
				continue
			}
			taken, first, end := 0, -1, 0
			for _, s := range stretches(inOrder[y], set[z], set[x]) {
				// It was z's before: z has it from its own parent, or is a root.
				p := f.parent[z]
				for p >= n {
					p = f.parent[p]
				}
				if p >= 0 && p != y && !containsMost(set[p], inOrder[y][s[0]:s[1]]) {
					continue
				}
				// Where y goes with x against z in the midst of it, y is rather
				// from a lost report that both have something of.
				about := inOrder[y][max(0, s[0]-marginTaken):min(len(inOrder[y]), s[1]+marginTaken)]
				if float64(only(about, set[x], set[z])) > maxContrary*float64(s[1]-s[0]) {
					continue
				}
				taken += s[1] - s[0] + 2
				if end = s[1]; first < 0 {
					first = s[0]
				}
			}
			if share := float64(taken) / float64(max(1, len(inOrder[y]))); share > bestShare+1e-9 {
				best, bestShare, where = z, share, [2]int{first, end}
			}
		}
		if best < 0 || bestShare < minSecond {
			continue
		}
		// Of those that have the stretches, the second source is who has most of
		// what stands around them too, the first in the tree before the others.
		most := 0
		for _, z := range f.order {
			if z >= n || !other(z) {
				continue
			}
			if k := held(inOrder[y][where[0]:where[1]], set[z]); k > most {
				best, most = z, k
			}
		}
		f.extra = append(f.extra, contamination{best, y, round(bestShare)})
	}
	f.reorder()
}

// regroup looks at each two neighbours a and b of a member m of the tree. If
// they agree against m, it is not m where the three meet. They meet in a if m
// and b do not agree against a; else in a report that is lost. agree(a, b, x)
// reports whether a and b have more in common against x than chance brings.
func (f *family) regroup(agree func(a, b, x int) bool) {
	n := len(f.members)
	whole := func(k int) bool { return f.up[k] != nil && f.up[k].kindOf(f.members[k]) != stemma.Partial }
	for _, m := range slices.Clone(f.order) {
		var near []int // children, then the parent
		for _, k := range f.order {
			if k < n && f.parent[k] == m && whole(k) {
				near = append(near, k)
			}
		}
		children := len(near)
		up := f.parent[m]
		above := up // not lost
		for above >= n {
			above = f.parent[above]
		}
		if above >= 0 && whole(m) {
			near = append(near, above)
		}
		if len(near) > 60 {
			continue
		}
		group := make([]int, len(near)) // 1-based
		groups := 0
		for i, a := range near {
			for j, b := range near[:i] {
				if group[i] != 0 && group[i] == group[j] || j < children && f.parent[b] != m || i < children && f.parent[a] != m || !agree(a, b, m) {
					continue
				}
				switch {
				case !agree(m, b, a): // they meet in a
					f.parent[b] = a
					continue
				case i == children && up >= n: // there is a lost report already
					f.parent[b] = up
					continue
				case !agree(m, a, b) && i < children:
					f.parent[a] = b
					continue
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
			f.parent = append(f.parent, m)
			f.up, f.upSup = append(f.up, nil), append(f.upSup, 0)
			for i, a := range near {
				switch {
				case group[i] != g:
				case i == children:
					f.parent[h], f.parent[m] = up, h
				case f.parent[a] == m:
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

// held returns how many of grams are in set.
func held(grams, set []uint64) (n int) {
	for _, g := range grams {
		if _, ok := slices.BinarySearch(set, g); ok {
			n++
		}
	}
	return n
}

// only returns how many of grams are in set and not in other.
func only(grams, set, other []uint64) (n int) {
	for _, g := range grams {
		if _, ok := slices.BinarySearch(set, g); !ok {
			continue
		}
		if _, ok := slices.BinarySearch(other, g); !ok {
			n++
		}
	}
	return n
}

func containsMost(set, grams []uint64) bool { return 2*held(grams, set) > len(grams) }

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
