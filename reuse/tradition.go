package reuse

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"stemma"
)

// A tradition is a family of at least minTradition whole copies that keep to
// their exemplars and show nothing of who copied from whom, as scribes leave
// behind and agencies' clients seldom: the clues of direction decide less than
// half of the edges (less than three quarters, where next to no sentence is
// dropped), and few sentences are dropped. What is left as evidence is
// who shares which readings, and long gaps say that leaves are lost rather
// than what the exemplar was like.
const (
	minTradition = 5
	maxTradition = 120 // members; above, the tree of costs has to do
	openOdds     = 0.4 // of a direction that is not claimed
	maxLacking   = 0.1 // of the sentences, in half of the pairs
	fewLacking   = 0.01
	maxPartial   = 0.1 // of the pairs
)

// isTradition reports whether the family is a tradition, given the edges of
// the tree of costs.
func (f *family) isTradition(tree []int) bool {
	if n := len(f.members); n < minTradition || n > maxTradition {
		return false
	}
	open, partial := 0, 0
	for _, k := range tree {
		if math.Abs(f.verdicts[k].oddsBut("term-varied")) < openOdds { // a slip of the pen makes two words of one, too
			open++
		}
	}
	lacking := make([]float64, len(f.verdicts))
	for k, v := range f.verdicts {
		if v.kindAB == stemma.Partial || v.kindBA == stemma.Partial {
			partial++
		}
		lacking[k] = share(v.lackA+v.lackB, len(v.a.sent)+len(v.b.sent))
	}
	slices.Sort(lacking)
	enough := 2*open > len(tree) || 4*open > len(tree) && lacking[3*len(lacking)/4] < fewLacking
	return enough && float64(partial) <= maxPartial*float64(len(f.verdicts)) && lacking[len(lacking)/2] <= maxLacking
}

// byReadings makes the tree of a tradition: the shortest over the places where
// readings differ. Its support comes from samples of these places.
func (f *family) byReadings(c *corpus, at map[int]int, opt Options) {
	n := len(f.members)
	near := make([]float64, n)
	between := map[[2]int]*verdict{}
	for _, v := range f.verdicts {
		i, j := at[v.i], at[v.j]
		between[[2]int{min(i, j), max(i, j)}] = v
		near[i] += min(v.scoreAB, v.scoreBA)
		near[j] += min(v.scoreAB, v.scoreBA)
	}
	texts := make([]*text, n)
	centre := 0
	for k, i := range f.members {
		texts[k] = &c.docs[i].text
		if near[k] > near[centre]+1e-9 {
			centre = k
		}
	}
	f.readings = readingsOf(texts, centre)
	tree := func(w []uint8) [][2]int {
		d := f.readings.distances(f.readings.state, w)
		for i := range d {
			for j := range d {
				if i != j && between[[2]int{min(i, j), max(i, j)}] == nil {
					d[i][j] += float32(f.readings.size) * 10 // only verified pairs are edges
				}
			}
		}
		edges := spanning(d)
		for k, e := range edges {
			edges[k] = [2]int{min(e[0], e[1]), max(e[0], e[1])}
		}
		return edges
	}
	edges := tree(nil)
	hits := map[[2]int]int{}
	samples := f.readings.samples(opt)
	for s := range samples {
		for _, e := range tree(f.readings.sample(s)) {
			hits[e]++
		}
	}
	f.tree, f.support = nil, nil
	for _, e := range edges {
		f.tree = append(f.tree, between[e])
		f.support = append(f.support, math.Max(round(float64(hits[e])/float64(max(1, samples))), 0.01))
	}
}

// samples returns how many samples of the places are drawn: fewer of large
// families.
func (m *matrix) samples(opt Options) int {
	n := len(m.state)
	return max(1, min(opt.samples(), 100_000_000/(m.size+1)/n/n))
}

// sample draws how often each place is counted.
func (m *matrix) sample(s int) []uint8 {
	w := make([]uint8, m.size)
	for k := range w {
		w[k] = poisson(mix(uint64(s)<<32 | uint64(k)))
	}
	return w
}

// lostWitnesses hangs the tree of a tradition, lost witnesses included, from
// the root that was found. The support of an edge is the share of samples that
// part the members in the same way.
func (f *family) lostWitnesses(opt Options) {
	n := len(f.members)
	root := f.order[0]
	edges, size := f.readings.tree(nil)
	parent, _ := hang(edges, size, root)
	hits := map[string]int{}
	samples := f.readings.samples(opt)
	for s := range samples {
		e, size := f.readings.tree(f.readings.sample(s))
		p, order := hang(e, size, root)
		for _, part := range parts(p, order, n) {
			hits[part]++
		}
	}
	_, order := hang(edges, size, root)
	part := parts(parent, order, n)
	f.parent, f.order = parent, order
	f.up, f.upSup = append(f.up[:n:n], make([]*verdict, size-n)...), make([]float64, size)
	for _, k := range order[1:] {
		f.upSup[k] = math.Max(round(float64(hits[part[k]])/float64(max(1, samples))), 0.01)
	}
}

// hang returns the parent of each node of a tree hung from root, and the
// nodes, parents first.
func hang(edges [][2]int, size, root int) (parent, order []int) {
	next := make([][]int, size)
	for _, e := range edges {
		next[e[0]], next[e[1]] = append(next[e[0]], e[1]), append(next[e[1]], e[0])
	}
	parent, order = make([]int, size), []int{root}
	parent[root] = -1
	for k := 0; k < len(order); k++ {
		slices.Sort(next[order[k]])
		for _, to := range next[order[k]] {
			if to != parent[order[k]] {
				parent[to] = order[k]
				order = append(order, to)
			}
		}
	}
	return parent, order
}

// parts names for each node the members that hang from it.
func parts(parent, order []int, members int) []string {
	below := make([][]int, len(parent))
	names := make([]string, len(parent))
	for _, k := range slices.Backward(order) {
		if k < members {
			below[k] = append(below[k], k)
		}
		slices.Sort(below[k])
		var b strings.Builder
		for _, m := range below[k] {
			b.WriteString(strconv.Itoa(m))
			b.WriteByte(' ')
		}
		names[k] = b.String()
		if p := parent[k]; p >= 0 {
			below[p] = append(below[p], below[k]...)
		}
	}
	return names
}
