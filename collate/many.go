package collate

import (
	"cmp"
	"slices"

	"stemma"
)

// A block is a bead of many witnesses: sentences of one witness, the leader,
// and what the others have in their place.
type block struct {
	leader     int
	first, end int      // tokens of the leader
	sentences  [][]int  // by witness
	items      [][]item // by witness: the leader against it
	pairs      []*pair  // by witness; nil for the leader and for those that omit the bead
	score      float64  // least likeness to the leader
	moved      bool
}

// collateMany aligns every witness with a base text and joins the alignments
// into one apparatus. Nothing depends on the order of the witnesses: the base
// is the witness that is likest to all others (or the editor's choice), and
// what the base lacks is joined in the order of the texts themselves.
func collateMany(lx *lexicon, texts []*text, opts Options, c *stemma.Collation) {
	base := opts.Base - 1
	if base < 0 || base >= len(texts) {
		base = medoid(texts)
	}
	order := make([]int, len(texts)) // canonical order of the witnesses
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(texts[i].doc.Report.Text, texts[j].doc.Report.Text)
	})
	pairs := make([]*pair, len(texts))
	for w := range texts {
		if w != base {
			pairs[w] = alignPair(lx, texts[base], texts[w], true)
		}
	}
	m := &many{lx: lx, texts: texts, base: base, c: c, moves: map[[2]int]int{}}
	for _, b := range m.blocks(pairs, order) {
		m.addBlock(b)
	}
}

type many struct {
	lx    *lexicon
	texts []*text
	base  int
	c     *stemma.Collation
	moves map[[2]int]int // witness and its move → move of the collation
	last  []int          // by witness: the token after the last one placed

	spares []spare // tokens that found no room in their cell
}

// medoid returns the text that shares most with all others.
func medoid(texts []*text) int {
	bags := make([][]term, len(texts))
	mass := make([]float64, len(texts))
	for i, t := range texts {
		var sents []sentence
		for _, s := range t.sents {
			if s.kind != stemma.Furniture {
				sents = append(sents, s)
				mass[i] += s.mass
			}
		}
		if len(sents) > 0 {
			bags[i] = merge(sents)
		}
	}
	likeness := make([]float64, len(texts))
	for i := range texts {
		for j := range i {
			if mass[i]+mass[j] > 0 {
				d := 2 * overlap(bags[i], bags[j]) / (mass[i] + mass[j])
				likeness[i] += d
				likeness[j] += d
			}
		}
	}
	best := 0
	for i := range texts {
		if d := likeness[i] - likeness[best]; d > 1e-9 || d > -1e-9 && texts[i].doc.Report.Text < texts[best].doc.Report.Text {
			best = i
		}
	}
	return best
}

// blocks joins the beads of all pairs. Sentences of the base that one witness
// takes together stand in one block for all.
func (m *many) blocks(pairs []*pair, order []int) []*block {
	base := m.texts[m.base]
	n := len(base.sents)
	joined := make([]bool, n+1) // sentence i belongs with sentence i-1
	for _, p := range pairs {
		if p == nil {
			continue
		}
		for _, x := range p.beads {
			for i := x.a0 + 1; i < x.a1; i++ {
				joined[i] = true
			}
		}
	}
	// What witnesses have that the base lacks, by the place before base
	// sentence i.
	added := make([][]*block, n+1)
	for _, w := range order {
		p := pairs[w]
		if p == nil {
			continue
		}
		runs := map[int][]int{}
		for _, x := range p.beads {
			if x.a0 == x.a1 {
				at := x.a0
				for at < n && joined[at] {
					at++
				}
				runs[at] = append(runs[at], x.b0)
			}
		}
		for at, sents := range runs {
			added[at] = m.joinAdded(added[at], w, sents)
		}
	}
	var out []*block
	for i := 0; i <= n; {
		out = append(out, added[i]...)
		if i == n {
			break
		}
		j := i + 1
		for j < n && joined[j] {
			j++
		}
		b := m.newBlock(m.base, i, j)
		for w, p := range pairs {
			if p == nil {
				continue
			}
			for _, x := range p.beads {
				if x.a0 == x.a1 || x.a0 < i || x.a0 >= j || x.b0 == x.b1 {
					continue
				}
				b.pairs[w] = p
				b.sentences[w] = append(b.sentences[w], count(x.b0, x.b1)...)
				b.moved = b.moved || x.moved
				if b.score == 0 || x.score < b.score {
					b.score = x.score
				}
			}
		}
		out = append(out, b)
		i = j
	}
	// Hand each block the items of its sentences.
	for w, p := range pairs {
		if p == nil {
			continue
		}
		k := 0
		for _, b := range out {
			if b.leader != m.base {
				continue
			}
			for k < len(p.items) && p.items[k].a0 < b.end || k < len(p.items) && p.items[k].a0 == b.end && p.items[k].a0 == p.items[k].a1 && p.beads[p.items[k].bead].a0 < p.beads[p.items[k].bead].a1 {
				x := p.items[k]
				k++
				bead := p.beads[x.bead]
				if bead.a0 == bead.a1 {
					continue // an addition: it stands in a block of its own
				}
				b.items[w] = append(b.items[w], x)
			}
		}
	}
	return out
}

func (m *many) newBlock(leader, s0, s1 int) *block {
	n := len(m.texts)
	b := &block{leader: leader, sentences: make([][]int, n), items: make([][]item, n), pairs: make([]*pair, n)}
	b.first, b.end = m.texts[leader].tokensOf(s0, s1)
	for w := range b.sentences {
		b.sentences[w] = []int{}
	}
	b.sentences[leader] = count(s0, s1)
	return b
}

// joinAdded joins the sentences that witness w adds at one place with the
// blocks that other witnesses added there, in an order both keep.
func (m *many) joinAdded(blocks []*block, w int, sents []int) []*block {
	t := m.texts[w]
	var out []*block
	i := 0
	for _, s := range sents {
		best, at := 0.0, -1
		for k := i; k < len(blocks); k++ {
			b := blocks[k]
			lead := m.texts[b.leader]
			ls, ts := &lead.sents[b.sentences[b.leader][0]], &t.sents[s]
			if (ls.kind == stemma.Furniture) != (ts.kind == stemma.Furniture) || ls.mass+ts.mass == 0 {
				continue
			}
			d := 2 * overlap(ls.bag, ts.bag) / (ls.mass + ts.mass)
			if ls.keys == ts.keys {
				d = 1
			}
			if d > best {
				best, at = d, k
			}
		}
		if best < likeness {
			b := m.newBlock(w, s, s+1)
			out = append(out, b)
			continue
		}
		out = append(out, blocks[i:at+1]...)
		b := blocks[at]
		i = at + 1
		lead := m.texts[b.leader]
		p := &pair{lx: m.lx, a: lead, b: t, flip: lead.doc.Report.Text > t.doc.Report.Text}
		ls := b.sentences[b.leader][0]
		p.beads = []pairBead{{ls, ls + 1, s, s + 1, best, false}}
		p.alignBead(0)
		b.pairs[w], b.items[w], b.sentences[w] = p, p.items, []int{s}
		if b.score == 0 || best < b.score {
			b.score = best
		}
	}
	return append(out, blocks[i:]...)
}

// addBlock turns a block into a bead and its loci.
func (m *many) addBlock(b *block) {
	bead := len(m.c.Beads)
	for w := range b.sentences {
		slices.Sort(b.sentences[w])
	}
	m.c.Beads = append(m.c.Beads, stemma.Bead{Sentences: b.sentences, Score: min(1, b.score), Moved: b.moved})
	lead := m.texts[b.leader]
	n := b.end - b.first

	// Where the leader's tokens may be cut: where any witness starts or ends a
	// difference, but not within a difference of another.
	cut := make([]bool, n+1)
	barred := make([]bool, n+1)
	cut[0], cut[n] = true, true
	for i := b.first + 1; i < b.end; i++ {
		if lead.words[i].quote != lead.words[i-1].quote {
			cut[i-b.first] = true
		}
	}
	for w, items := range b.items {
		if w == b.leader {
			continue
		}
		for _, x := range items {
			cut[x.a0-b.first], cut[x.a1-b.first] = true, true
			if !x.same() && x.b0 < x.b1 {
				for i := x.a0 + 1; i < x.a1; i++ {
					barred[i-b.first] = true
				}
			}
		}
	}
	from := 0
	var cells []cell
	for i := 0; i <= n; i++ {
		if !cut[i] || barred[i] {
			continue
		}
		if i > from {
			cells = append(cells, m.cell(b, b.first+from, b.first+i))
			from = i
		}
		cells = append(cells, m.addedCell(b, b.first+i)...)
	}
	// Neighbours that every witness has alike, or lacks alike, are one locus.
	out := cells[:0]
	for _, x := range cells {
		if k := len(out) - 1; k >= 0 && out[k].joins(x) && out[k].end == x.first &&
			lead.words[x.first].quote == lead.words[x.first-1].quote {
			y := &out[k]
			y.end = x.end
			for w := range y.readings {
				if x.readings[w][0] < x.readings[w][1] {
					y.readings[w] = [2]int{min(y.readings[w][0], x.readings[w][0]), x.readings[w][1]}
				}
			}
			continue
		}
		out = append(out, x)
	}
	first := true // the first place with words says that witnesses lack the sentence; the others need not repeat it
	for _, x := range out {
		m.addLocus(b, bead, x, first)
		first = first && x.first == x.end
	}
}

// A cell is a place in a block, with the tokens each witness has there.
type cell struct {
	first, end int      // tokens of the leader
	readings   [][2]int // by witness; empty ranges stand where the words would
	plain      bool     // every witness has the leader's words or none
	rel        []relKind
	linked     []bool
	move       []int
	division   bool
	bead       []int // by witness: the bead of its pair
}

func (x *cell) joins(y cell) bool {
	if !x.plain || !y.plain || x.first == x.end || y.first == y.end {
		return false
	}
	for w := range x.readings {
		ex, ey := x.readings[w][0] == x.readings[w][1], y.readings[w][0] == y.readings[w][1]
		if ex != ey || x.move[w] != y.move[w] || !ex && x.readings[w][1] != y.readings[w][0] {
			return false
		}
	}
	return true
}

func (m *many) newCell(b *block, first, end int) cell {
	n := len(m.texts)
	x := cell{first: first, end: end, readings: make([][2]int, n), rel: make([]relKind, n), linked: make([]bool, n), move: make([]int, n), bead: make([]int, n)}
	if m.last == nil {
		m.last = make([]int, n)
	}
	for w := range x.readings {
		x.readings[w] = [2]int{m.last[w], m.last[w]}
		x.rel[w] = unrelated
	}
	x.readings[b.leader] = [2]int{first, end}
	x.rel[b.leader] = equal
	m.last[b.leader] = end
	return x
}

// cell gathers what every witness has against the leader's tokens [first,end).
// A part that moved away from its neighbours becomes a cell of its own.
func (m *many) cell(b *block, first, end int) cell {
	x := m.newCell(b, first, end)
	x.plain = true
	for w, items := range b.items {
		if w == b.leader {
			continue
		}
		lo, hi, rel, linked, parts := -1, -1, unrelated, false, 0
		for _, it := range items {
			if it.division || it.a1 < first || it.a0 > end || it.a0 == it.a1 && (it.a0 == first || it.a0 == end) || it.a0 < it.a1 && (it.a1 == first || it.a0 == end) {
				continue
			}
			b0, b1 := it.b0, it.b1
			if it.same() && it.a1-it.a0 == it.b1-it.b0 {
				d0, d1 := max(first, it.a0)-it.a0, min(end, it.a1)-it.a0
				b0, b1 = it.b0+d0, it.b0+d1
			}
			x.bead[w] = it.bead
			parts++
			rel, linked = it.rel, it.linked
			if b0 == b1 {
				continue
			}
			if lo >= 0 && b0 != hi {
				m.spare(b, w, b0, b1, it)
				continue
			}
			if lo < 0 {
				lo = b0
			}
			hi = b1
			x.move[w] = m.move(w, it.move)
		}
		if parts == 1 {
			x.rel[w], x.linked[w] = rel, linked
		}
		if lo >= 0 {
			x.readings[w] = [2]int{lo, hi}
			if x.move[w] == 0 {
				m.last[w] = hi
			}
			x.plain = x.plain && x.rel[w] == equal
		}
	}
	return x
}

// spare keeps tokens of w that stand apart from the rest of their reading for
// a locus of their own.
func (m *many) spare(b *block, w, b0, b1 int, it item) {
	m.spares = append(m.spares, spare{w, b0, b1, it})
}

// addedCell returns the cell for what witnesses add before the leader's token
// at, if any does, and one for a division there.
func (m *many) addedCell(b *block, at int) []cell {
	var out []cell
	var x *cell
	division := false
	for w, items := range b.items {
		if w == b.leader {
			continue
		}
		for _, it := range items {
			if it.a0 != at || it.a1 != at {
				continue
			}
			if it.division {
				division = true
				continue
			}
			if it.b0 == it.b1 {
				continue
			}
			if x == nil {
				y := m.newCell(b, at, at)
				x = &y
			}
			if x.readings[w][0] < x.readings[w][1] {
				if x.readings[w][1] != it.b0 {
					m.spare(b, w, it.b0, it.b1, it)
					continue
				}
				it.b0 = x.readings[w][0]
			}
			x.readings[w] = [2]int{it.b0, it.b1}
			x.bead[w] = it.bead
			x.move[w] = m.move(w, it.move)
			if it.move == 0 {
				m.last[w] = it.b1
			}
		}
	}
	if division {
		y := m.newCell(b, at, at)
		y.division = true
		out = append(out, y)
	}
	if x != nil {
		out = append(out, *x)
	}
	return out
}

// move numbers the moves of all pairs together.
func (m *many) move(w, k int) int {
	if k == 0 {
		return 0
	}
	if m.moves[[2]int{w, k}] == 0 {
		m.moves[[2]int{w, k}] = len(m.moves) + 1
	}
	return m.moves[[2]int{w, k}]
}

var severityRank = map[stemma.Severity]int{stemma.MeaningBearing: 3, stemma.Stylistic: 2, stemma.Cosmetic: 1}

// addLocus classifies a cell: its kind is the weightiest of those that the
// leader has against the other witnesses.
func (m *many) addLocus(b *block, bead int, x cell, first bool) {
	l := stemma.Locus{Kind: stemma.Same, Rule: "same", Bead: bead, Readings: make([]stemma.Reading, len(m.texts))}
	for w, t := range m.texts {
		l.Readings[w] = stemma.Reading{Witness: w, Span: t.span(x.readings[w][0], x.readings[w][1])}
		if l.Move == 0 {
			l.Move = x.move[w]
		}
	}
	worse := func(v finding) {
		if r, s := severityRank[v.severity], severityRank[l.Severity]; r > s || r == s && v.weight > l.Weight {
			l.Kind, l.Inner, l.Severity, l.Weight, l.Rule, l.Note, l.Quoted = v.kind, v.inner, v.severity, v.weight, v.rule, v.note, v.quoted
		}
	}
	if x.division {
		l.Kind, l.Severity, l.Weight, l.Rule = stemma.Division, stemma.Stylistic, 0.15, "sentence-boundary"
		m.c.Loci = append(m.c.Loci, l)
		return
	}
	absent := false
	for w := range m.texts {
		if w == b.leader {
			continue
		}
		p := b.pairs[w]
		if p == nil {
			absent = true
			continue
		}
		it := item{a0: x.first, a1: x.end, b0: x.readings[w][0], b1: x.readings[w][1], bead: x.bead[w], rel: x.rel[w], linked: x.linked[w], move: x.move[w]}
		if it.b0 == it.b1 && it.a0 == it.a1 {
			continue
		}
		if it.rel == equal && (it.a1-it.a0 != it.b1-it.b0) {
			it.rel = unrelated
		}
		worse(p.classify(it))
	}
	switch {
	case absent && first:
		m.absent(b, x, worse)
		if l.Kind == stemma.Omission || l.Kind == stemma.Addition {
			l.Note = "whole sentence"
		}
	case absent && l.Kind == stemma.Same:
		l.Rule = "same-where-present"
	}
	if w := b.leader; !l.Quoted {
		for i := x.first; i < x.end; i++ {
			l.Quoted = l.Quoted || m.texts[w].words[i].quote > 0
		}
	}
	m.c.Loci = append(m.c.Loci, l)
	for _, s := range m.spares {
		e := stemma.Locus{Kind: stemma.Reordering, Severity: stemma.Stylistic, Weight: 0.3, Rule: "move", Bead: bead, Move: m.move(s.w, max(1, s.item.move))}
		for w, t := range m.texts {
			r := stemma.Reading{Witness: w, Span: t.place(m.last[w])}
			if w == s.w {
				r.Span = t.span(s.b0, s.b1)
			}
			e.Readings = append(e.Readings, r)
		}
		m.c.Loci = append(m.c.Loci, e)
	}
	m.spares = m.spares[:0]
}

// absent classifies what the leader has and some witness lacks with its whole
// sentence.
func (m *many) absent(b *block, x cell, worse func(finding)) {
	if x.first == x.end {
		return
	}
	lead := m.texts[b.leader]
	p := &pair{lx: m.lx, a: lead, b: &text{doc: &stemma.Document{Report: &stemma.Report{}}}}
	s := b.sentences[b.leader]
	p.beads = []pairBead{{s[0], s[len(s)-1] + 1, 0, 0, 0, false}}
	v := p.classify(item{a0: x.first, a1: x.end})
	if b.leader != m.base && v.kind == stemma.Omission {
		v.kind = stemma.Addition
	}
	worse(v)
}

type spare struct {
	w, b0, b1 int
	item      item
}
