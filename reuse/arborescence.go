package reuse

// An arc says what it costs to derive member to from member from, by verdict
// edge.
type arc struct {
	from, to int
	cost     float64
	edge     int
}

// arborescence returns the edges of the cheapest tree that derives every
// member from one root, whichever root that is (Chu and Liu 1965, Edmonds
// 1967). The members must be connected. Ties are broken by the order of arcs.
func arborescence(n int, arcs []arc) []int {
	// A virtual root derives everyone at a price that is paid only once.
	dear := 1.0
	for _, a := range arcs {
		dear += a.cost
	}
	all := make([]arc, 0, len(arcs)+n)
	all = append(all, arcs...)
	for i := range n {
		all = append(all, arc{n, i, dear, -1})
	}
	var edges []int
	for _, k := range edmonds(n+1, n, all) {
		if all[k].edge >= 0 {
			edges = append(edges, all[k].edge)
		}
	}
	return edges
}

// edmonds returns the indices of the arcs of the minimum arborescence of the
// nodes 0 to n-1 rooted at root. It contracts cycles until there are none,
// then opens them again from the outside in.
func edmonds(n, root int, arcs []arc) []int {
	type level struct {
		n, root int
		arcs    []arc // with edge the index into the level above
		best    []int // cheapest arc into each node
		group   []int // node -> node of the next level
	}
	cur := make([]arc, len(arcs))
	for k, a := range arcs {
		cur[k] = arc{a.from, a.to, a.cost, k}
	}
	var levels []level
	for {
		best := make([]int, n)
		for i := range best {
			best[i] = -1
		}
		for k, a := range cur {
			if a.to == root || a.from == a.to {
				continue
			}
			if b := best[a.to]; b < 0 || a.cost < cur[b].cost {
				best[a.to] = k
			}
		}
		group := make([]int, n)
		mark := make([]int, n)
		for i := range group {
			group[i], mark[i] = -1, -1
		}
		next, cycles := 0, false
		for i := range n {
			v := i
			for v != root && mark[v] == -1 && group[v] == -1 && best[v] >= 0 {
				mark[v] = i
				v = cur[best[v]].from
			}
			if v != root && group[v] == -1 && mark[v] == i && best[v] >= 0 {
				cycles = true
				for u := v; group[u] == -1; u = cur[best[u]].from {
					group[u] = next
				}
				next++
			}
		}
		for i := range n {
			if group[i] == -1 {
				group[i] = next
				next++
			}
		}
		levels = append(levels, level{n, root, cur, best, group})
		if !cycles {
			break
		}
		// Contract: an arc into a cycle costs what it adds over the arc it
		// would replace.
		var contracted []arc
		cheapest := map[[2]int]int{}
		for k, a := range cur {
			u, v := group[a.from], group[a.to]
			if u == v || a.to == root {
				continue
			}
			cost := a.cost
			if best[a.to] >= 0 {
				cost -= cur[best[a.to]].cost
			}
			if old, ok := cheapest[[2]int{u, v}]; ok {
				if contracted[old].cost > cost {
					contracted[old] = arc{u, v, cost, k}
				}
				continue
			}
			cheapest[[2]int{u, v}] = len(contracted)
			contracted = append(contracted, arc{u, v, cost, k})
		}
		cur, n, root = contracted, next, group[root]
	}
	// Open the cycles again.
	last := levels[len(levels)-1]
	chosen := map[int]bool{}
	for i := range last.n {
		if i != last.root && last.best[i] >= 0 {
			chosen[last.best[i]] = true
		}
	}
	for d := len(levels) - 2; d >= 0; d-- {
		l := levels[d]
		below := levels[d+1].arcs
		entered := map[int]int{} // node of this level -> arc chosen into it
		for k := range chosen {
			a := below[k].edge
			entered[l.arcs[a].to] = a
		}
		chosen = map[int]bool{}
		for i := range l.n {
			if i == l.root {
				continue
			}
			if a, ok := entered[i]; ok {
				chosen[a] = true
			} else if l.best[i] >= 0 {
				chosen[l.best[i]] = true
			}
		}
	}
	out := make([]int, 0, len(chosen))
	for k := range arcs {
		if chosen[k] {
			out = append(out, k)
		}
	}
	return out
}
