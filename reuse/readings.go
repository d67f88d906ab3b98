package reuse

import (
	"slices"
	"strings"
)

// A matrix says at each place where the members of a family differ which
// reading each has there: the characters of phylogenetics, the variants of
// textual criticism.
type matrix struct {
	state [][]int16 // member → place → number of its reading; missing if it has no text there
	size  int       // places
}

const (
	missing = -1

	// maxOmission is the number of words above which a gap is no omission but a
	// part of the text that the witness does not have at all, lost leaves or a
	// cut, and says nothing of what it was copied from.
	maxOmission = 4
)

// readingsOf collates texts word by word with the one at centre. Of words left
// out in a row by the same members, or put in, one place is made.
func readingsOf(texts []*text, centre int) *matrix {
	base := texts[centre]
	size := len(base.word)
	// For each text, the word at each place of base, 0 for none, and a hash of
	// what stands before it that base has not, with one more place at the end.
	// Words are told apart by every letter: scribes hand spellings down too.
	word, extra, lacks := make([][]uint64, len(texts)), make([][]uint64, len(texts)), make([][]bool, len(texts))
	var al aligner
	for k, t := range texts {
		word[k], extra[k], lacks[k] = make([]uint64, size), make([]uint64, size+1), make([]bool, size)
		next := 0 // word of t
		for i, j := range al.align(base, t) {
			if j < 0 {
				continue
			}
			word[k][i] = hashSpelling(span(t, int(j), int(j)+1).Of(t.src))
			for ; next < int(j); next++ {
				extra[k][i] = mix(extra[k][i] ^ hashSpelling(span(t, next, next+1).Of(t.src)))
			}
			next++
		}
		for ; next < len(t.word); next++ {
			extra[k][size] = mix(extra[k][size] ^ hashSpelling(span(t, next, next+1).Of(t.src)))
		}
		for i := 0; i < size; {
			end := i
			for end < size && word[k][end] == 0 {
				end++
			}
			if end-i > maxOmission {
				for ; i < end; i++ {
					lacks[k][i] = true
				}
			}
			i = max(end, i+1)
		}
	}
	m := &matrix{state: make([][]int16, len(texts))}
	column, before := make([]int16, len(texts)), make([]int16, len(texts))
	place := func(reading func(k int) (uint64, bool)) {
		var seen []uint64
		gaps, full := false, int16(-1)
		same := true // as the place before, but for words that no two differ in
		for k := range texts {
			r, ok := reading(k)
			if !ok {
				column[k] = missing
			} else {
				s := slices.Index(seen, r)
				if s < 0 {
					s = len(seen)
					seen = append(seen, r)
				}
				column[k] = int16(s)
				if r == 0 {
					gaps = true
				} else if full < 0 {
					full = column[k]
				} else if full != column[k] {
					same = false
				}
			}
		}
		for k := range texts {
			r, ok := reading(k)
			gap := int16(0)
			if ok && r == 0 {
				gap = 1
			}
			same = same && gap == before[k]
			before[k] = gap
		}
		if len(seen) < 2 || gaps && same {
			return
		}
		for k, s := range column {
			m.state[k] = append(m.state[k], s)
		}
		m.size++
	}
	for i := range size + 1 {
		fresh := false
		for k := range texts {
			fresh = fresh || extra[k][i] != 0
		}
		if fresh {
			place(func(k int) (uint64, bool) {
				return extra[k][i], extra[k][i] != 0 || !(i < size && lacks[k][i] || i > 0 && lacks[k][i-1])
			})
			clear(before)
		}
		if i < size {
			place(func(k int) (uint64, bool) { return word[k][i], !lacks[k][i] })
		}
	}
	return m
}

func hashSpelling(w string) uint64 {
	h := uint64(hashSeed)
	for i := 0; i < len(w); i++ {
		h = (h ^ uint64(w[i])) * hashMul
		h ^= h >> 29
	}
	return h
}

// An aligner sets the words of two texts against each other.
type aligner struct {
	a, b *text
	to   []int32 // word of a → word of b in its place; -1 if there is none
	cost []int32
}

// align returns for each word of a the one of b that stands in its place, -1
// if there is none. It fixes the words that both have once and in the same
// order first (patience; Cohen 2009) and fills the gaps by the cheapest edits.
func (al *aligner) align(a, b *text) []int32 {
	al.a, al.b = a, b
	al.to = make([]int32, len(a.word))
	for i := range al.to {
		al.to[i] = -1
	}
	al.fill(0, len(a.word), 0, len(b.word))
	return al.to
}

const (
	maxCells = 40_000 // of a table of edits; larger gaps without a fixed point stay open

	costGap, costOther, costLike = 3, 5, 2
)

func (al *aligner) fill(i0, i1, j0, j1 int) {
	a, b := al.a, al.b
	for i0 < i1 && j0 < j1 && a.word[i0] == b.word[j0] {
		al.to[i0] = int32(j0)
		i0, j0 = i0+1, j0+1
	}
	for i0 < i1 && j0 < j1 && a.word[i1-1] == b.word[j1-1] {
		i1, j1 = i1-1, j1-1
		al.to[i1] = int32(j1)
	}
	if i0 == i1 || j0 == j1 {
		return
	}
	if (i1-i0+1)*(j1-j0+1) <= maxCells {
		al.edit(i0, i1, j0, j1)
		return
	}
	type count struct{ na, nb, i, j int }
	once := map[uint64]*count{}
	for i := i0; i < i1; i++ {
		c := once[a.word[i]]
		if c == nil {
			c = &count{}
			once[a.word[i]] = c
		}
		c.na, c.i = c.na+1, i
	}
	for j := j0; j < j1; j++ {
		if c := once[b.word[j]]; c != nil {
			c.nb, c.j = c.nb+1, j
		}
	}
	// The longest rising sequence of places in b.
	var fixed []*count
	for i := i0; i < i1; i++ {
		if c := once[a.word[i]]; c.na == 1 && c.nb == 1 {
			fixed = append(fixed, c)
		}
	}
	var tails []int
	before := make([]int, len(fixed))
	for k, c := range fixed {
		n, _ := slices.BinarySearchFunc(tails, c.j, func(t, j int) int { return fixed[t].j - j })
		before[k] = -1
		if n > 0 {
			before[k] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, k)
		} else {
			tails[n] = k
		}
	}
	if len(tails) == 0 {
		return
	}
	var chain []*count
	for k := tails[len(tails)-1]; k >= 0; k = before[k] {
		chain = append(chain, fixed[k])
	}
	for _, c := range slices.Backward(chain) {
		al.fill(i0, c.i, j0, c.j)
		al.to[c.i] = int32(c.j)
		i0, j0 = c.i+1, c.j+1
	}
	al.fill(i0, i1, j0, j1)
}

// edit fills a gap by the cheapest edits: leaving a word out, putting one in,
// another word in its place, or a word like it.
func (al *aligner) edit(i0, i1, j0, j1 int) {
	n, w := i1-i0, j1-j0+1
	al.cost = grow(al.cost, (n+1)*w)
	at := func(i, j int) *int32 { return &al.cost[(i-i0)*w+j-j0] }
	for i := i1; i >= i0; i-- {
		for j := j1; j >= j0; j-- {
			switch {
			case i == i1:
				*at(i, j) = costGap * int32(j1-j)
			case j == j1:
				*at(i, j) = costGap * int32(i1-i)
			default:
				*at(i, j) = min(*at(i+1, j+1)+al.change(i, j), *at(i+1, j)+costGap, *at(i, j+1)+costGap)
			}
		}
	}
	for i, j := i0, j0; i < i1 && j < j1; {
		switch *at(i, j) {
		case *at(i+1, j+1) + al.change(i, j):
			al.to[i] = int32(j)
			i, j = i+1, j+1
		case *at(i+1, j) + costGap:
			i++
		default:
			j++
		}
	}
}

func (al *aligner) change(i, j int) int32 {
	if al.a.word[i] == al.b.word[j] {
		return 0
	}
	if al.a.stem[i] == al.b.stem[j] {
		return costLike
	}
	x, y := span(al.a, i, i+1).Of(al.a.src), span(al.b, j, j+1).Of(al.b.src)
	if short, long := min(len(x), len(y)), max(len(x), len(y)); short < 3 || 2*long > 3*short || x[0]|0x20 != y[0]|0x20 {
		return costOther
	}
	if d := distance(strings.ToLower(x), strings.ToLower(y)); 3*d <= max(len(x), len(y)) {
		return costLike
	}
	return costOther
}

// distances returns the number of places at which each two rows differ, each
// place counted w times (nil: once), as if all had text everywhere.
func (m *matrix) distances(rows [][]int16, w []uint8) [][]float32 {
	d := make([][]float32, len(rows))
	for i := range rows {
		d[i] = make([]float32, len(rows))
	}
	for i := range rows {
		for j := range i {
			d[i][j] = m.distance(rows[i], rows[j], w)
			d[j][i] = d[i][j]
		}
	}
	return d
}

func (m *matrix) distance(x, y []int16, w []uint8) float32 {
	differ, both, all := 0, 0, 0
	for k, s := range x {
		n := 1
		if w != nil {
			n = int(w[k])
		}
		all += n
		if t := y[k]; s >= 0 && t >= 0 {
			both += n
			if s != t {
				differ += n
			}
		}
	}
	if both == 0 {
		return float32(all) / 2
	}
	return float32(differ) * float32(all) / float32(both)
}

// spanning returns the edges of the shortest tree over the rows with the given
// distances (Prim 1957). Ties go to the first.
func spanning(d [][]float32) [][2]int {
	n := len(d)
	from, in := make([]int, n), make([]bool, n)
	in[0] = true
	var edges [][2]int
	for len(edges) < n-1 {
		best := -1
		for j := range n {
			if !in[j] && (best < 0 || d[from[j]][j] < d[from[best]][best]) {
				best = j
			}
		}
		edges = append(edges, [2]int{from[best], best})
		in[best] = true
		for j := range n {
			if !in[j] && d[best][j] < d[from[j]][j] {
				from[j] = best
			}
		}
	}
	return edges
}

const (
	// Two neighbours of a witness that share at least minAgree readings against
	// it, and minAgreeShare of those in which the nearer differs from it, had
	// them from a witness that is lost. Fewer, two copyists hit on by themselves.
	minAgree      = 2
	minAgreeShare = 0.2
)

// tree returns the edges of a short tree over the members and lost witnesses,
// whose rows follow those of the members. Beginning with the shortest tree of
// the members alone, it puts in where three meet the witness that has at each
// place what two of them have (the median; Bandelt, Forster and Röhl 1999), the
// most readings saved first, until no more are saved than chance would.
func (m *matrix) tree(w []uint8) (edges [][2]int, nodes int) {
	n := len(m.state)
	rows := slices.Clone(m.state)
	d := m.distances(rows, w)
	tried := map[uint64]bool{}
	for {
		edges = spanning(d)
		next := make([][]int, len(rows))
		for _, e := range edges {
			next[e[0]], next[e[1]] = append(next[e[0]], e[1]), append(next[e[1]], e[0])
		}
		// A lost witness with no more than two neighbours explains nothing.
		if k := slices.IndexFunc(next[n:], func(at []int) bool { return len(at) < 3 }); k >= 0 {
			k += n
			rows, d = slices.Delete(rows, k, k+1), slices.Delete(d, k, k+1)
			for i := range d {
				d[i] = slices.Delete(d[i], k, k+1)
			}
			continue
		}
		if len(tried) >= 2*n || len(rows) >= 2*n {
			return edges, len(rows)
		}
		var lost []int16
		most := 0
		for v, at := range next {
			slices.Sort(at)
			for i, b := range at {
				for _, a := range at[:i] {
					if gain := m.agreement(rows[v], rows[a], rows[b], w); gain > most {
						if x := median(rows[v], rows[a], rows[b]); !tried[hashRow(x)] {
							lost, most = x, gain
						}
					}
				}
			}
		}
		if most == 0 {
			return edges, len(rows)
		}
		tried[hashRow(lost)] = true
		rows = append(rows, lost)
		last := make([]float32, len(rows))
		for i := range d {
			last[i] = m.distance(rows[i], lost, w)
			d[i] = append(d[i], last[i])
		}
		d = append(d, last)
	}
}

func hashRow(row []int16) uint64 {
	h := uint64(hashSeed)
	for _, s := range row {
		h = mix(h ^ uint64(uint16(s)))
	}
	return h
}

// agreement returns in how many readings a and b agree against v; 0 if it may
// be chance.
func (m *matrix) agreement(v, a, b []int16, w []uint8) int {
	agree, da, db := 0, 0, 0
	for k, s := range v {
		x, y := a[k], b[k]
		if s < 0 || x < 0 || y < 0 {
			continue
		}
		n := 1
		if w != nil {
			n = int(w[k])
		}
		if x != s {
			da += n
			if x == y {
				agree += n
			}
		}
		if y != s {
			db += n
		}
	}
	if agree < minAgree || float64(agree) < minAgreeShare*float64(min(da, db)) {
		return 0
	}
	return agree
}

// median returns the readings that two of three have, v's where all differ.
func median(v, a, b []int16) []int16 {
	x := slices.Clone(v)
	for k := range x {
		switch {
		case a[k] >= 0 && a[k] == b[k] || x[k] < 0 && a[k] >= 0:
			x[k] = a[k]
		case x[k] < 0:
			x[k] = b[k]
		}
	}
	return x
}
