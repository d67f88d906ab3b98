package reuse

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"stemma"
)

// Families returns the stemmata of docs, given the copies that Find found
// among them: one for each family, a report without relatives being a family
// of one, in the order of their first reports. The roots are the independent
// origins.
func Families(docs []*stemma.Document, copies []stemma.Copy, opt Options) []stemma.Stemma {
	c := newCorpus(docs, opt)
	index := map[stemma.ReportID]int{}
	for i, r := range c.docs {
		index[r.doc.Report.ID] = i
	}
	var pairs [][2]int
	for _, cp := range copies {
		i, ok := index[cp.Exemplar]
		j, ok2 := index[cp.Report]
		if !ok || !ok2 || c.twin[i] >= 0 || c.twin[j] >= 0 {
			continue
		}
		pairs = append(pairs, [2]int{min(i, j), max(i, j)})
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return cmp.Or(a[1]-b[1], a[0]-b[0]) })
	fams := c.families(c.compareAll(slices.Compact(pairs), opt), opt)
	parallel(len(fams), opt.workers(), func(_, k int) { fams[k].findLost(c, opt) })
	slices.SortFunc(fams, func(f, g *family) int { return f.members[0] - g.members[0] })
	twins := map[int][]int{}
	for i, t := range c.twin {
		if t >= 0 {
			twins[t] = append(twins[t], i)
		}
	}
	var out []stemma.Stemma
	for _, f := range fams {
		out = append(out, f.stemma(c, twins))
	}
	return out
}

// A family is a set of documents joined by verdicts, and the tree made of
// them.
type family struct {
	members  []int // document indices, rising
	verdicts []*verdict
	tree     []*verdict // the edges of the tree, undirected
	support  []float64  // of each edge of tree
	parent   []int      // index into members; -1 at the root
	up       []*verdict // the edge to the parent
	upSup    []float64  // its support
	below    []float64  // probability that the root lies in the member's subtree
	order    []int      // members, parents first
	extra    []contamination
	readings *matrix // of a tradition
}

type contamination struct {
	from, to int
	share    float64
}

// families groups the documents by verdicts and builds the tree of each group:
// minimum spanning tree over the cost of writing one text given the other,
// then the root (Marmerola et al. 2016 call undirected tree first, root second
// the settled recipe). Nothing is joined but by a verified verdict.
func (c *corpus) families(verdicts []*verdict, opt Options) []*family {
	set := make([]int, len(c.docs))
	for i := range set {
		set[i] = i
	}
	find := func(i int) int {
		for set[i] != i {
			set[i] = set[set[i]]
			i = set[i]
		}
		return i
	}
	for _, v := range verdicts {
		i, j := find(v.i), find(v.j)
		set[max(i, j)] = min(i, j)
	}
	byRoot := map[int]*family{}
	var out []*family
	for i := range c.docs {
		if c.twin[i] >= 0 {
			continue
		}
		r := find(i)
		f := byRoot[r]
		if f == nil {
			f = &family{}
			byRoot[r] = f
			out = append(out, f)
		}
		f.members = append(f.members, i)
	}
	for _, v := range verdicts {
		f := byRoot[find(v.i)]
		f.verdicts = append(f.verdicts, v)
	}
	parallel(len(out), opt.workers(), func(_, k int) { out[k].build(c, opt) })
	return out
}

// dropCost is what leaving out a word costs, where adding one costs 1: copies
// cut freely and invent seldom.
const dropCost = 0.1

// missing sums the words that the other text does not account for, and lost
// what it costs to lose them, with each sentence counted w times (nil: once).
func (s side) missing(t *text, w []uint8) (missing, lost float64) {
	for k, x := range s.words {
		n := 1.0
		if w != nil {
			n = float64(w[k])
		}
		missing += n * float64(t.sent[k].end-t.sent[k].first-int32(x))
		lost += n * float64(s.cost[k])
	}
	return missing, lost
}

// costs returns what it costs to write b given a, and a given b: each word
// that is not there has to be invented; leaving words out costs less, and long
// stretches hardly more than short ones.
func (v *verdict) costs(wa, wb []uint8) (ab, ba float64) {
	missA, lostA := v.sideA.missing(&v.a.text, wa)
	missB, lostB := v.sideB.missing(&v.b.text, wb)
	ab, ba = missB, missA
	if v.kindAB != stemma.Partial {
		ab += dropCost * lostA
	}
	if v.kindBA != stemma.Partial {
		ba += dropCost * lostB
	}
	return ab, ba
}

func (f *family) build(c *corpus, opt Options) {
	n := len(f.members)
	at := map[int]int{}
	for k, i := range f.members {
		at[i] = k
	}
	arcs := make([]arc, 0, 2*len(f.verdicts))
	weigh := func(weights [][]uint8) {
		arcs = arcs[:0]
		for k, v := range f.verdicts {
			i, j := at[v.i], at[v.j]
			ab, ba := v.costs(weights[i], weights[j])
			arcs = append(arcs, arc{i, j, ab, k}, arc{j, i, ba, k})
		}
	}
	weights := make([][]uint8, n)
	weigh(weights)
	tree := arborescence(n, arcs)
	f.support = make([]float64, len(tree))
	if f.isTradition(tree) {
		f.byReadings(c, at, opt)
	} else if len(tree) > 0 {
		samples := min(opt.samples(), max(1, 2_000_000/len(f.verdicts)/20))
		hits := make([]int, len(f.verdicts))
		for s := range samples {
			for k, i := range f.members {
				weights[k] = resample(weights[k], c.docs[i], s)
			}
			weigh(weights)
			for _, k := range arborescence(n, arcs) {
				hits[k]++
			}
		}
		for e, k := range tree {
			f.tree = append(f.tree, f.verdicts[k])
			f.support[e] = math.Max(round(float64(hits[k])/float64(samples)), 0.01)
		}
	}
	f.root(at)
	f.lift(at)
}

// lift moves partial copies up the tree: passages that an ancestor has in the
// same words as the parent were taken, for all we can tell, from the ancestor.
func (f *family) lift(at map[int]int) {
	between := map[[2]int]*verdict{}
	for _, v := range f.verdicts {
		between[[2]int{at[v.i], at[v.j]}] = v
		between[[2]int{at[v.j], at[v.i]}] = v
	}
	missing := func(v *verdict, y int) float64 {
		if at[v.j] == y {
			m, _ := v.sideB.missing(&v.b.text, nil)
			return m
		}
		m, _ := v.sideA.missing(&v.a.text, nil)
		return m
	}
	for _, y := range f.order {
		for p := f.parent[y]; p >= 0 && f.parent[p] >= 0; p = f.parent[y] {
			v := between[[2]int{y, f.parent[p]}]
			if kind := f.up[y].kindOf(f.members[y]); kind != stemma.Partial || v == nil || missing(v, y) > missing(f.up[y], y) {
				break
			}
			f.parent[y], f.up[y] = f.parent[p], v
		}
	}
	f.reorder()
}

// resample draws how often each sentence of r is counted in a sample: Poisson
// with mean 1, as in drawing with replacement, from the report's words alone.
func resample(w []uint8, r *Reading, sample int) []uint8 {
	h := mix(uint64(sample)*keyMul ^ r.Hash())
	w = w[:0]
	for range r.sent {
		h += keyMul
		w = append(w, poisson(mix(h)))
	}
	return w
}

// poisson returns how often something is drawn, by a hash of it: Poisson with
// mean 1.
func poisson(h uint64) (k uint8) {
	for _, limit := range []uint64{1580030168, 3160060337, 3950075421, 4213413783, 4279248373} { // cumulative × 2³²
		if h>>32 < limit {
			break
		}
		k++
	}
	return k
}

// root finds how likely each member is to be the root and hangs the tree from
// the likeliest. The likelihood of a root is that of the directions it gives
// to the edges, by the reasons found in the texts, times the number of orders
// in which a family of this shape can have grown from it (rumour centrality,
// Shah and Zaman 2011).
func (f *family) root(at map[int]int) {
	n := len(f.members)
	type branch struct {
		to   int
		odds float64 // of the direction towards to
		edge int
	}
	arcs := make([][]branch, n)
	for e, v := range f.tree {
		i, j := at[v.i], at[v.j]
		arcs[i] = append(arcs[i], branch{j, v.odds, e})
		arcs[j] = append(arcs[j], branch{i, -v.odds, e})
	}
	hang := func(root int) {
		f.parent, f.order = make([]int, n), f.order[:0]
		f.up, f.upSup = make([]*verdict, n), make([]float64, n)
		f.parent[root] = -1
		f.order = append(f.order, root)
		for k := 0; k < len(f.order); k++ {
			i := f.order[k]
			for _, a := range arcs[i] {
				if a.to == f.parent[i] {
					continue
				}
				f.parent[a.to] = i
				f.up[a.to], f.upSup[a.to] = f.tree[a.edge], f.support[a.edge]
				f.order = append(f.order, a.to)
			}
		}
	}
	hang(0)
	size := make([]float64, n)
	for _, i := range slices.Backward(f.order) {
		size[i]++
		if p := f.parent[i]; p >= 0 {
			size[p] += size[i]
		}
	}
	logp := make([]float64, n)
	best := 0
	for _, i := range f.order[1:] {
		p := f.parent[i]
		odds := f.up[i].odds
		if at[f.up[i].i] == i {
			odds = -odds
		}
		logp[i] = logp[p] - odds + math.Log(size[i]/(float64(n)-size[i]))
		if logp[i] > logp[best]+1e-9 || logp[i] > logp[best]-1e-9 && i < best {
			best = i
		}
	}
	sum := 0.0
	for _, x := range logp {
		sum += math.Exp(x - logp[best])
	}
	hang(best)
	f.below = make([]float64, n)
	for _, i := range slices.Backward(f.order) {
		f.below[i] += math.Exp(logp[i]-logp[best]) / sum
		if p := f.parent[i]; p >= 0 {
			f.below[p] += f.below[i]
		}
	}
}

// copies states the family's verdicts as Copies.
func (f *family) copies(c *corpus) []stemma.Copy {
	at := map[int]int{}
	for k, i := range f.members {
		at[i] = k
	}
	depth := make([]int, len(f.members))
	for _, i := range f.order {
		if p := f.parent[i]; p >= 0 {
			depth[i] = depth[p] + 1
		}
	}
	// child returns the member just below x on the way down to y; -1 if y is
	// not below x.
	child := func(x, y int) int {
		for depth[y] > depth[x]+1 {
			y = f.parent[y]
		}
		if depth[y] == depth[x]+1 && f.parent[y] == x {
			return y
		}
		return -1
	}
	var out []stemma.Copy
	for _, v := range f.verdicts {
		i, j := at[v.i], at[v.j]
		// The chance that the root lies beyond i, and beyond j.
		sideI, sideJ := f.below[i], f.below[j]
		ci, cj := child(i, j), child(j, i)
		if ci >= 0 {
			sideI = 1 - f.below[ci]
		}
		if cj >= 0 {
			sideJ = 1 - f.below[cj]
		}
		const tiny = 1e-4
		odds := math.Log((sideI + tiny) / (sideJ + tiny))
		direct := f.up[i] == v || f.up[j] == v
		if !direct && max(sideI, sideJ) < 0.5 && ci < 0 && cj < 0 {
			odds = 0
		}
		cp := v.directed(odds)
		switch {
		case f.up[i] == v:
			cp.Support = f.upSup[i]
		case f.up[j] == v:
			cp.Support = f.upSup[j]
		case ci >= 0 || cj >= 0:
			lo := j
			if cj >= 0 {
				lo = i
			}
			via := c.docs[f.members[f.parent[lo]]].doc.Report
			cp.Reasons = append(cp.Reasons, stemma.Reason{Rule: "by-way", Text: "by way of " + nameOf(via)})
		default:
			x, y := i, j
			for x != y {
				if depth[x] >= depth[y] {
					x = f.parent[x]
				} else {
					y = f.parent[y]
				}
			}
			cp.Direction = 0.5
			cp.Reasons = append(cp.Reasons, stemma.Reason{Rule: "collateral", Text: "both descend from " + nameOf(c.docs[f.members[x]].doc.Report)})
		}
		out = append(out, cp)
	}
	return out
}

// nameOf names a report for people.
func nameOf(r *stemma.Report) string {
	switch {
	case r.Outlet != "" && r.Title != "":
		return fmt.Sprintf("%s, %s", r.Outlet, quoted(r.Title))
	case r.Outlet != "":
		return r.Outlet
	case r.Source != "":
		return r.Source
	}
	return string(r.ID)
}

// stemma states the family as a Stemma.
func (f *family) stemma(c *corpus, twins map[int][]int) stemma.Stemma {
	var st stemma.Stemma
	node := make([]int, len(f.parent))
	for _, k := range f.order {
		n := stemma.Node{Parent: -1}
		if k < len(f.members) {
			n.Report = c.docs[f.members[k]].doc.Report.ID
		}
		if p := f.parent[k]; p >= 0 {
			n.Parent, n.Support = node[p], f.upSup[k]
		}
		node[k] = len(st.Nodes)
		st.Nodes = append(st.Nodes, n)
		if k >= len(f.members) {
			continue
		}
		for _, t := range twins[f.members[k]] {
			st.Nodes = append(st.Nodes, stemma.Node{Report: c.docs[t].doc.Report.ID, Parent: node[k], Support: 1})
		}
	}
	for _, e := range f.extra {
		st.Edges = append(st.Edges, stemma.Edge{From: node[e.from], To: node[e.to], Score: e.share})
	}
	return st
}
