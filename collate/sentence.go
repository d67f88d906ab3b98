package collate

import (
	"cmp"
	"math"
	"slices"

	"stemma"
)

// A sentence is a Sentence as a bag of lemmas.
type sentence struct {
	bag    []term // by lemma
	mass   float64
	keys   uint64 // hash of its words in order
	titled bool   // nearly all of its words start with a capital letter, as in a headline
	kind   stemma.SentenceKind
}

type term struct {
	lemma int32
	n     int32
	w     float64
}

// lemmaKey returns the number that the inflected forms and spellings of a word
// share.
func (lx *lexicon) lemmaKey(id int32) int32 {
	if k := lx.entries[id].stem; k > 0 {
		return k - 1
	}
	e := lx.lemmatise(id)
	k := e.key
	if e.place != "" {
		k = lx.keyOf(e.place)
	} else if e.lemma != e.norm {
		k = lx.keyOf(e.lemma)
	}
	e.stem = k + 1
	return k
}

func newSentence(lx *lexicon, t *text, i int) sentence {
	ds := t.doc.Sentences[i]
	s := sentence{kind: ds.Kind, keys: 14695981039346656037}
	capped, content := 0, 0
	for j := ds.FirstToken; j < ds.EndToken; j++ {
		w := t.words[j]
		s.keys = (s.keys ^ uint64(w.key+1)) * 1099511628211
		e := &lx.entries[w.id]
		if e.punct {
			continue
		}
		if !e.class.Is(functionClasses) {
			content++
			if w.capped || e.digit {
				capped++
			}
		}
		s.bag = append(s.bag, term{lx.lemmaKey(w.id), 1, float64(w.w)})
	}
	stop := ds.EndToken > ds.FirstToken && lx.entries[t.words[ds.EndToken-1].id].norm == "."
	s.titled = content >= 3 && capped*10 >= content*9 && !stop
	slices.SortFunc(s.bag, func(a, b term) int { return cmp.Compare(a.lemma, b.lemma) })
	out := s.bag[:0]
	for _, x := range s.bag {
		if n := len(out); n > 0 && out[n-1].lemma == x.lemma {
			out[n-1].n++
			continue
		}
		out = append(out, x)
	}
	s.bag = out
	return s
}

// weigh makes common words of the texts count less: those that stand in many
// sentences tell little about which two belong together.
func weigh(texts []*text) {
	df := map[int32]int{}
	n := 0
	for _, t := range texts {
		for _, s := range t.sents {
			n++
			for _, x := range s.bag {
				df[x.lemma]++
			}
		}
	}
	full := math.Log(1 + float64(n))
	for _, t := range texts {
		for i := range t.sents {
			s := &t.sents[i]
			s.mass = 0
			for j := range s.bag {
				x := &s.bag[j]
				x.w *= math.Log(1+float64(n)/float64(df[x.lemma])) / full
				s.mass += x.w * float64(x.n)
			}
		}
	}
}

// overlap returns the weight that the bags share.
func overlap(a, b []term) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].lemma < b[j].lemma:
			i++
		case a[i].lemma > b[j].lemma:
			j++
		default:
			sum += a[i].w * float64(min(a[i].n, b[j].n))
			i++
			j++
		}
	}
	return sum
}

// merge joins the bags of several sentences.
func merge(sents []sentence) []term {
	if len(sents) == 1 {
		return sents[0].bag
	}
	out := sents[0].bag
	for _, s := range sents[1:] {
		out = mergeBags(out, s.bag)
	}
	return out
}

// mergeBags joins two bags; each is sorted.
func mergeBags(a, b []term) []term {
	out := make([]term, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].lemma < b[0].lemma:
			out, a = append(out, a[0]), a[1:]
		case a[0].lemma > b[0].lemma:
			out, b = append(out, b[0]), b[1:]
		default:
			x := a[0]
			x.n += b[0].n
			out, a, b = append(out, x), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// A pairBead is a bead of two witnesses: sentences [a0,a1) and [b0,b1).
type pairBead struct {
	a0, a1, b0, b1 int
	score          float64
	moved          bool
}

// The bead types of Gale and Church (1993), with the share of their overlap
// that counts. Merging sentences can only raise the overlap, so that the
// larger beads must earn a little more.
var beadTypes = []struct {
	na, nb int
	keep   float64
}{
	{1, 1, 1}, {1, 2, 0.96}, {2, 1, 0.96}, {1, 3, 0.94}, {3, 1, 0.94}, {2, 2, 0.86},
}

const (
	// likeness is the least likeness (Dice over weighted lemmas) at which two
	// sentences are held to say the same. Sentences of one story share about
	// 0.1 by chance; reworded ones 0.3 and more.
	likeness = 0.24
	// movedLikeness is the same for sentences out of order, where there is no
	// neighbour to bear the pairing out.
	movedLikeness = 0.42
	// maxCells is the size of the largest table filled without anchors.
	maxCells = 1 << 18
)

// alignSentences aligns the sentences of a and b: a monotone alignment by
// dynamic programming, between anchors where the texts are long, then moves
// among what is left.
func alignSentences(a, b *text) []pairBead {
	flip := a.doc.Report.Text > b.doc.Report.Text // the order of the witnesses decides no tie
	var out []pairBead
	if flip {
		alignRange(b, a, 0, len(b.sents), 0, len(a.sents), &out)
		for i, x := range out {
			out[i].a0, out[i].a1, out[i].b0, out[i].b1 = x.b0, x.b1, x.a0, x.a1
		}
	} else {
		alignRange(a, b, 0, len(a.sents), 0, len(b.sents), &out)
	}
	return widenMoves(a, b, addMoves(a, b, faceHeadings(a, b, out), flip))
}

// faceHeadings sets the heading that only a has above all that both have
// against one that only b has, where they share a word.
func faceHeadings(a, b *text, beads []pairBead) []pairBead {
	const most = 6 // sentences a side above the text
	top := 0
	for top < len(beads) && (beads[top].a0 == beads[top].a1 || beads[top].b0 == beads[top].b1) {
		top++
	}
	if top == 0 || top == len(beads) || top > 2*most {
		return beads
	}
	best, at := 0.0, [2]int{}
	for i := 0; i < beads[top].a0; i++ {
		for j := 0; j < beads[top].b0; j++ {
			sa, sb := &a.sents[i], &b.sents[j]
			if sa.kind != stemma.Heading || sb.kind != stemma.Heading || sa.mass+sb.mass == 0 {
				continue
			}
			if s := 2 * overlap(sa.bag, sb.bag) / (sa.mass + sb.mass); s > best {
				best, at = s, [2]int{i, j}
			}
		}
	}
	if best == 0 {
		return beads
	}
	var out []pairBead
	lonely := func(a0, a1, b0, b1 int) {
		for i := a0; i < a1; i++ {
			out = append(out, pairBead{i, i + 1, b0, b0, 0, false})
		}
		for j := b0; j < b1; j++ {
			out = append(out, pairBead{a1, a1, j, j + 1, 0, false})
		}
	}
	i, j := at[0], at[1]
	lonely(0, i, 0, j)
	out = append(out, pairBead{i, i + 1, j, j + 1, best, false})
	lonely(i+1, beads[top].a0, j+1, beads[top].b0)
	return append(out, beads[top:]...)
}

// widenMoves takes into a moved bead the sentence beside it that found no
// partner and is part of what the other side says in one: a sentence that moved
// and was split on the way.
func widenMoves(a, b *text, beads []pairBead) []pairBead {
	lonelyA, lonelyB := map[int]int{}, map[int]int{} // sentences to beads
	moved := false
	for k, x := range beads {
		switch {
		case x.b0 == x.b1 && x.a1 == x.a0+1:
			lonelyA[x.a0] = k
		case x.a0 == x.a1 && x.b1 == x.b0+1:
			lonelyB[x.b0] = k
		}
		moved = moved || x.moved
	}
	if !moved {
		return beads
	}
	gone := map[int]bool{}
	for k := range beads {
		x := &beads[k]
		if !x.moved {
			continue
		}
		for _, y := range []struct {
			lonely map[int]int
			sent   int
			wide   pairBead
		}{
			{lonelyB, x.b1, pairBead{x.a0, x.a1, x.b0, x.b1 + 1, 0, true}},
			{lonelyB, x.b0 - 1, pairBead{x.a0, x.a1, x.b0 - 1, x.b1, 0, true}},
			{lonelyA, x.a1, pairBead{x.a0, x.a1 + 1, x.b0, x.b1, 0, true}},
			{lonelyA, x.a0 - 1, pairBead{x.a0 - 1, x.a1, x.b0, x.b1, 0, true}},
		} {
			at, ok := y.lonely[y.sent]
			if !ok || gone[at] {
				continue
			}
			if wide := beadScore(a, b, y.wide); wide > x.score && wide >= movedLikeness {
				*x = y.wide
				x.score = wide
				gone[at] = true
				break
			}
		}
	}
	out := beads[:0]
	for k, x := range beads {
		if !gone[k] {
			out = append(out, x)
		}
	}
	return out
}

func alignRange(a, b *text, a0, a1, b0, b1 int, out *[]pairBead) {
	// Equal sentences at both ends need no table.
	for a0 < a1 && b0 < b1 && a.sents[a0].keys == b.sents[b0].keys && a.sents[a0].kind == b.sents[b0].kind {
		*out = append(*out, pairBead{a0, a0 + 1, b0, b0 + 1, 1, false})
		a0++
		b0++
	}
	var tail []pairBead
	for a0 < a1 && b0 < b1 && a.sents[a1-1].keys == b.sents[b1-1].keys && a.sents[a1-1].kind == b.sents[b1-1].kind {
		a1--
		b1--
		tail = append(tail, pairBead{a1, a1 + 1, b1, b1 + 1, 1, false})
	}
	if (a1-a0)*(b1-b0) <= maxCells {
		alignTable(a, b, a0, a1, b0, b1, out)
	} else if anchors := anchorSentences(a, b, a0, a1, b0, b1); len(anchors) > 0 {
		for _, p := range anchors {
			alignRange(a, b, a0, p[0], b0, p[1], out)
			*out = append(*out, pairBead{p[0], p[0] + 1, p[1], p[1] + 1, 1, false})
			a0, b0 = p[0]+1, p[1]+1
		}
		alignRange(a, b, a0, a1, b0, b1, out)
	} else {
		// Nothing to hold on to: cut both at the same share of their length.
		ma, mb := (a0+a1)/2, (b0+b1)/2
		alignRange(a, b, a0, ma, b0, mb, out)
		alignRange(a, b, ma, a1, mb, b1, out)
	}
	slices.Reverse(tail)
	*out = append(*out, tail...)
}

// anchorSentences returns pairs of sentences that are equal, or that share two
// words found nowhere else in the range, in an order that both texts keep:
// patience diff over sentences.
func anchorSentences(a, b *text, a0, a1, b0, b1 int) [][2]int {
	unique := func(t *text, lo, hi int, f func(*sentence, func(uint64))) map[uint64]int {
		at := map[uint64]int{}
		for i := lo; i < hi; i++ {
			f(&t.sents[i], func(k uint64) {
				if _, ok := at[k]; ok {
					at[k] = -1
				} else {
					at[k] = i
				}
			})
		}
		return at
	}
	var pairs [][2]int
	collect := func(f func(*sentence, func(uint64)), need int) {
		ua, ub := unique(a, a0, a1, f), unique(b, b0, b1, f)
		votes := map[[2]int]int{}
		for k, i := range ua {
			if j, ok := ub[k]; ok && i >= 0 && j >= 0 {
				votes[[2]int{i, j}]++
			}
		}
		for p, n := range votes {
			if n >= need {
				pairs = append(pairs, p)
			}
		}
	}
	collect(func(s *sentence, emit func(uint64)) { emit(s.keys) }, 1)
	if len(pairs) == 0 {
		collect(func(s *sentence, emit func(uint64)) {
			for _, x := range s.bag {
				emit(uint64(x.lemma))
			}
		}, 2)
	}
	slices.SortFunc(pairs, func(p, q [2]int) int {
		return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1]))
	})
	return increasing(pairs)
}

// increasing returns a longest subsequence of pairs, which are sorted by their
// first members, whose second members increase and whose first do too.
func increasing(pairs [][2]int) [][2]int {
	var tails []int // index of the last pair of the best chain of each length
	prev := make([]int, len(pairs))
	for i, p := range pairs {
		k, _ := slices.BinarySearchFunc(tails, p[1], func(t, v int) int { return cmp.Compare(pairs[t][1], v) })
		prev[i] = -1
		if k > 0 {
			prev[i] = tails[k-1]
			if pairs[prev[i]][0] == p[0] {
				continue
			}
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	var out [][2]int
	for i := tails[len(tails)-1]; i >= 0; i = prev[i] {
		out = append(out, pairs[i])
	}
	slices.Reverse(out)
	return out
}

func alignTable(a, b *text, a0, a1, b0, b1 int, out *[]pairBead) {
	n, m := a1-a0, b1-b0
	if n == 0 || m == 0 {
		for i := a0; i < a1; i++ {
			*out = append(*out, pairBead{i, i + 1, b0, b0, 0, false})
		}
		for j := b0; j < b1; j++ {
			*out = append(*out, pairBead{a1, a1, j, j + 1, 0, false})
		}
		return
	}
	one := make([]float64, n*m)
	for i := range n {
		for j := range m {
			sa, sb := &a.sents[a0+i], &b.sents[b0+j]
			if (sa.kind == stemma.Furniture) == (sb.kind == stemma.Furniture) {
				one[i*m+j] = overlap(sa.bag, sb.bag)
			}
		}
	}
	best := make([]float64, (n+1)*(m+1))
	back := make([]int8, (n+1)*(m+1)) // index of the bead type; -1: 1:0, -2: 0:1
	at := func(i, j int) int { return i*(m+1) + j }
	for i := 0; i <= n; i++ {
		for j := 0; j <= m; j++ {
			if i == 0 && j == 0 {
				continue
			}
			v, from := math.Inf(-1), int8(0)
			if i > 0 {
				v, from = best[at(i-1, j)], -1
			}
			if j > 0 && best[at(i, j-1)] > v {
				v, from = best[at(i, j-1)], -2
			}
			for k, bt := range beadTypes {
				if i < bt.na || j < bt.nb {
					continue
				}
				g := beadGain(a, b, one, a0, b0, m, i-bt.na, i, j-bt.nb, j, bt.keep)
				if g <= 0 {
					continue
				}
				if u := best[at(i-bt.na, j-bt.nb)] + g; u > v+1e-12 {
					v, from = u, int8(k)
				}
			}
			best[at(i, j)], back[at(i, j)] = v, from
		}
	}
	start := len(*out)
	for i, j := n, m; i > 0 || j > 0; {
		switch k := back[at(i, j)]; k {
		case -1:
			i--
			*out = append(*out, pairBead{a0 + i, a0 + i + 1, b0 + j, b0 + j, 0, false})
		case -2:
			j--
			*out = append(*out, pairBead{a0 + i, a0 + i, b0 + j, b0 + j + 1, 0, false})
		default:
			bt := beadTypes[k]
			i -= bt.na
			j -= bt.nb
			x := pairBead{a0 + i, a0 + i + bt.na, b0 + j, b0 + j + bt.nb, 0, false}
			x.score = beadScore(a, b, x)
			*out = append(*out, x)
		}
	}
	slices.Reverse((*out)[start:])
}

// beadGain is what the bead of sentences [i0,i1) and [j0,j1) of the table adds
// to an alignment: the weight both share, less what chance would give.
func beadGain(a, b *text, one []float64, a0, b0, m, i0, i1, j0, j1 int, keep float64) float64 {
	mass, most := 0.0, 0.0
	for i := i0; i < i1; i++ {
		mass += a.sents[a0+i].mass
		if i1-i0 > 1 && a.sents[a0+i].kind != a.sents[a0+i0].kind {
			return 0
		}
	}
	for j := j0; j < j1; j++ {
		mass += b.sents[b0+j].mass
		if j1-j0 > 1 && b.sents[b0+j].kind != b.sents[b0+j0].kind {
			return 0
		}
	}
	for i := i0; i < i1; i++ {
		row := 0.0
		for j := j0; j < j1; j++ {
			row += one[i*m+j]
		}
		if row < 0.12*a.sents[a0+i].mass && i1-i0 > 1 {
			return 0 // a sentence that shares nothing belongs to no bead
		}
		most += row
	}
	if j1-j0 > 1 {
		for j := j0; j < j1; j++ {
			col := 0.0
			for i := i0; i < i1; i++ {
				col += one[i*m+j]
			}
			if col < 0.12*b.sents[b0+j].mass {
				return 0
			}
		}
	}
	bound := 2*most*keep - likeness*mass
	if bound <= 0 || i1-i0 == 1 && j1-j0 == 1 {
		return max(bound, 0)
	}
	shared := overlap(merge(a.sents[a0+i0:a0+i1]), merge(b.sents[b0+j0:b0+j1]))
	return 2*shared*keep - likeness*mass
}

func beadScore(a, b *text, x pairBead) float64 {
	mass := 0.0
	for i := x.a0; i < x.a1; i++ {
		mass += a.sents[i].mass
	}
	for j := x.b0; j < x.b1; j++ {
		mass += b.sents[j].mass
	}
	if mass == 0 || x.a0 == x.a1 || x.b0 == x.b1 {
		return 0
	}
	return min(1, 2*overlap(merge(a.sents[x.a0:x.a1]), merge(b.sents[x.b0:x.b1]))/mass)
}

// addMoves pairs the sentences that found no partner in order with like ones
// elsewhere, likest first. A moved bead stands at the place of a's sentence.
func addMoves(a, b *text, beads []pairBead, flip bool) []pairBead {
	var ia, ib []int // beads with only an a, only a b
	for i, x := range beads {
		switch {
		case x.a0 == x.a1:
			ib = append(ib, i)
		case x.b0 == x.b1:
			ia = append(ia, i)
		}
	}
	if len(ia) == 0 || len(ib) == 0 {
		return beads
	}
	// Candidates share a lemma that few of the lonely sentences of b have.
	posts := map[int32][]int{}
	for _, j := range ib {
		for _, x := range b.sents[beads[j].b0].bag {
			posts[x.lemma] = append(posts[x.lemma], j)
		}
	}
	type candidate struct {
		score float64
		i, j  int
	}
	var cands []candidate
	for _, i := range ia {
		sa := &a.sents[beads[i].a0]
		seen := map[int]bool{}
		for _, x := range sa.bag {
			if len(posts[x.lemma]) > 64 {
				continue
			}
			for _, j := range posts[x.lemma] {
				if seen[j] {
					continue
				}
				seen[j] = true
				sb := &b.sents[beads[j].b0]
				if (sa.kind == stemma.Furniture) != (sb.kind == stemma.Furniture) {
					continue
				}
				shared := overlap(sa.bag, sb.bag)
				score := 2 * shared / (sa.mass + sb.mass)
				if sa.keys == sb.keys {
					score = 1
				}
				if score >= movedLikeness && len(sa.bag) >= 3 && len(sb.bag) >= 3 {
					cands = append(cands, candidate{score, i, j})
				}
			}
		}
	}
	slices.SortFunc(cands, func(p, q candidate) int {
		i, j := cmp.Compare(p.i, q.i), cmp.Compare(p.j, q.j)
		if flip {
			i, j = j, i
		}
		return cmp.Or(cmp.Compare(q.score, p.score), i, j)
	})
	gone := map[int]bool{}
	for _, c := range cands {
		if gone[c.i] || gone[c.j] || beads[c.i].b1 > beads[c.i].b0 {
			continue
		}
		gone[c.j] = true
		x := &beads[c.i]
		x.b0, x.b1 = beads[c.j].b0, beads[c.j].b1
		x.score, x.moved = min(1, c.score), true
	}
	out := beads[:0]
	for i, x := range beads {
		if !gone[i] {
			out = append(out, x)
		}
	}
	return out
}
