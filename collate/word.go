package collate

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/words"
)

const functionClasses = words.Function | words.Negation | words.Quantifier

// A relation says how two words are alike.
type relation struct {
	kind relKind
	sim  float32 // 0 to 1
}

type relKind uint8

const (
	unrelated relKind = iota
	likely            // by their place and the company they keep only
	weak              // of one sort only: two prepositions, two names
	related           // neighbours in WordNet
	opposite          // antonyms
	derived           // one stem: confront, confrontation
	synonym           //
	inflected         // one lemma
	formatted         // one value or one place: five / 5, US / American
	respelt           // spellings of one word
	equal             //
)

// A unit is what word alignment aligns: a word, or a number or date of several
// words.
type unit struct {
	first, end int // tokens
	id, key    int32
	w          float32
	capped     bool // part of a name, by its capital
	date       *dateSpan
	num        *quantity
	swapped    bool // a name that has changed places with another
}

func (t *text) units(lx *lexicon, first, end int) []unit {
	out := make([]unit, 0, end-first)
	nums := t.quantities(lx, first, end)
	for i := first; i < end; {
		if len(nums) > 0 && nums[0].end <= i {
			nums = nums[1:]
			continue
		}
		w := t.words[i]
		u := unit{first: i, end: i + 1, id: w.id, key: w.key, w: w.w, capped: w.capped && t.name(lx, i)}
		if d := t.dateAt(i); d != nil && d.first == i && d.end <= end {
			u.date, u.end = d, d.end
		} else if n := t.placeName(lx, i, end); n > 1 {
			u.end, u.capped = i+n, true
		} else if len(nums) > 0 && nums[0].first == i {
			q := nums[0]
			u.num, u.end = &q, q.end
		}
		if u.end > i+1 {
			var parts []string
			for j := i; j < u.end; j++ {
				parts = append(parts, lx.entries[t.words[j].id].norm)
			}
			u.id = lx.id(strings.Join(parts, " "))
			u.key = lx.entries[u.id].key
		}
		if u.date != nil || u.num != nil {
			u.w = 1
		}
		out = append(out, u)
		i = u.end
	}
	return out
}

// placeName returns how many words the name of a place that starts at i has,
// if it has several: "United States".
func (t *text) placeName(lx *lexicon, i, end int) int {
	if !words.PlaceStart(lx.entries[t.words[i].id].norm) {
		return 0
	}
	name := lx.entries[t.words[i].id].norm
	for n := 2; n <= 3 && i+n <= end; n++ {
		name += " " + lx.entries[t.words[i+n-1].id].norm
		if p, _ := words.Place(name); p != "" {
			return n
		}
	}
	return 0
}

func (lx *lexicon) relate(a, b *unit) relation {
	if a.swapped && b.swapped {
		if a.key == b.key {
			return relation{}
		}
		return relation{weak, 0.9}
	}
	if a.key == b.key {
		if a.id == b.id {
			return relation{equal, 1}
		}
		return relation{respelt, 0.97}
	}
	switch {
	case a.date != nil && b.date != nil && a.date.clock() != b.date.clock():
		return relation{}
	case a.date != nil && b.date != nil:
		if sameDate(a.date.value, b.date.value) {
			return relation{formatted, 0.9}
		}
		return relation{weak, 0.6}
	case a.num != nil && b.num != nil:
		if a.num.same(*b.num) {
			return relation{formatted, 0.9}
		}
		return relation{weak, 0.6}
	case a.date != nil || b.date != nil || a.num != nil || b.num != nil:
		return relation{}
	}
	r := lx.relateIDs(a.id, b.id)
	if a.capped && b.capped && r.kind < inflected {
		if sa, sb := lx.skeleton(a.id), lx.skeleton(b.id); sa == sb && len(sa) >= 3 {
			return relation{respelt, 0.95}
		}
		if r.kind <= related {
			r = relation{weak, max(r.sim, 0.4)}
		}
	}
	return r
}

func (lx *lexicon) relateIDs(a, b int32) relation {
	if a > b {
		a, b = b, a
	}
	k := uint64(a+1)<<32 | uint64(b+1)
	slot := &lx.sims[k*0x9E3779B97F4A7C15>>40&uint64(len(lx.sims)-1)]
	if slot.pair != k {
		r := lx.compare(a, b)
		*slot = remembered{k, r}
	}
	return slot.rel
}

func (lx *lexicon) compare(a, b int32) relation {
	ea, eb := &lx.entries[a], &lx.entries[b]
	if ea.punct || eb.punct {
		if ea.punct && eb.punct {
			if ea.quote && eb.quote {
				return relation{formatted, 0.8}
			}
			if ea.quote != eb.quote {
				return relation{}
			}
			return relation{weak, 0.4}
		}
		return relation{}
	}
	ea, eb = lx.look(a), lx.look(b)
	if ea.place != "" && ea.place == eb.place {
		return relation{formatted, 0.85}
	}
	for _, x := range ea.lemmas {
		for _, y := range eb.lemmas {
			if x == y {
				return relation{inflected, 0.9}
			}
		}
	}
	ca, cb := ea.class, eb.class
	if lx.areOpposite(ea, eb) {
		return relation{opposite, 0.55}
	}
	if ea.grouped && eb.grouped && (words.Alike(ea.lemma, eb.lemma) || words.Alike(ea.norm, eb.norm)) {
		return relation{weak, 0.55}
	}
	if ca.Is(functionClasses) || cb.Is(functionClasses) {
		const classes = words.Negation | words.Quantifier | words.Determiner | words.Pronoun | words.Preposition |
			words.Conjunction | words.Auxiliary | words.Modal | words.Certainty
		switch both := ca & cb & classes; {
		case both == 0:
			if len(ea.senses) > 0 && len(eb.senses) > 0 {
				if r := lx.compareSenses(ea, eb); r.kind == synonym {
					return relation{synonym, 0.6}
				}
			}
			return relation{}
		case both.Is(words.Negation | words.Modal | words.Quantifier):
			return relation{weak, 0.5}
		default:
			return relation{weak, 0.35}
		}
	}
	if ea.place != "" && eb.place != "" {
		return relation{weak, 0.4}
	}
	r := lx.compareSenses(ea, eb)
	if r.kind == synonym {
		return r
	}
	if oneStem(ea.lemma, eb.lemma) || oneStem(ea.norm, eb.norm) {
		return relation{derived, 0.65}
	}
	const cues = words.Cue
	if r.sim < 0.5 && ea.lclass.Is(cues) && eb.lclass.Is(cues) {
		return relation{related, 0.5}
	}
	return r
}

// oneStem reports whether a and b start alike and differ in endings at most:
// "willing" and "willingness".
func oneStem(a, b string) bool {
	n := prefix(a, b)
	return n >= 4 && n*5 >= max(len(a), len(b))*2 && n >= min(len(a), len(b))-3
}

func prefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// compareSenses tells how near two words are in WordNet: in one synset, one
// above the other, or beside each other.
func (lx *lexicon) compareSenses(a, b *entry) relation {
	for i, s := range a.senses {
		for j, t := range b.senses {
			if s.Synset == t.Synset {
				if i > 3 && j > 3 {
					return relation{related, 0.5}
				}
				return relation{synonym, 0.8}
			}
		}
	}
	if len(a.senses) == 0 || len(b.senses) == 0 {
		return relation{}
	}
	up := [2][]int32{lx.hypernyms(a), lx.hypernyms(b)}
	for k, e := range []*entry{b, a} {
		for i, s := range e.senses {
			if i >= few {
				break
			}
			for _, h := range up[k] {
				if h == s.Synset {
					return relation{related, 0.6}
				}
			}
		}
	}
	for _, h := range up[0] {
		for _, g := range up[1] {
			if h == g {
				return relation{related, 0.45}
			}
		}
	}
	return relation{}
}

// A link pairs unit a of one side with unit b of the other.
type link struct {
	a, b int
	rel  relation
}

const (
	// leastNames is how likely two names must be as partners that nothing but
	// their places brings together.
	leastNames = 0.4
	// maxWordCells is the size of the largest table of words filled at once;
	// longer beads are cut at anchors first.
	maxWordCells = 1 << 15
)

// A wordAlignment is the links of two runs of units: those of the heaviest
// alignment that keeps the order of both sides, and likely partners that stand
// across them.
type wordAlignment struct{ inOrder, across []link }

func (lx *lexicon) alignUnits(a, b []unit) (out wordAlignment) {
	lx.alignUnitRange(a, b, 0, len(a), 0, len(b), &out)
	return out
}

func (lx *lexicon) alignUnitRange(a, b []unit, a0, a1, b0, b1 int, out *wordAlignment) {
	for a0 < a1 && b0 < b1 && a[a0].key == b[b0].key {
		out.inOrder = append(out.inOrder, link{a0, b0, lx.relate(&a[a0], &b[b0])})
		a0++
		b0++
	}
	var tail []link
	for a0 < a1 && b0 < b1 && a[a1-1].key == b[b1-1].key {
		a1--
		b1--
		tail = append(tail, link{a1, b1, lx.relate(&a[a1], &b[b1])})
	}
	switch {
	case a0 == a1 || b0 == b1:
	case (a1-a0)*(b1-b0) <= maxWordCells:
		lx.alignTable(a, b, a0, a1, b0, b1, out)
	default:
		if anchors := anchorUnits(a, b, a0, a1, b0, b1); len(anchors) > 0 {
			for _, p := range anchors {
				lx.alignUnitRange(a, b, a0, p[0], b0, p[1], out)
				out.inOrder = append(out.inOrder, link{p[0], p[1], lx.relate(&a[p[0]], &b[p[1]])})
				a0, b0 = p[0]+1, p[1]+1
			}
			lx.alignUnitRange(a, b, a0, a1, b0, b1, out)
		} else {
			ma, mb := (a0+a1)/2, (b0+b1)/2
			lx.alignUnitRange(a, b, a0, ma, b0, mb, out)
			lx.alignUnitRange(a, b, ma, a1, mb, b1, out)
		}
	}
	for i := len(tail) - 1; i >= 0; i-- {
		out.inOrder = append(out.inOrder, tail[i])
	}
}

// anchorUnits pairs the words that stand once on each side.
func anchorUnits(a, b []unit, a0, a1, b0, b1 int) [][2]int {
	count := func(u []unit, lo, hi int) map[int32]int {
		at := map[int32]int{}
		for i := lo; i < hi; i++ {
			if _, ok := at[u[i].key]; ok {
				at[u[i].key] = -1
			} else {
				at[u[i].key] = i
			}
		}
		return at
	}
	ca, cb := count(a, a0, a1), count(b, b0, b1)
	var pairs [][2]int
	for i := a0; i < a1; i++ {
		if ca[a[i].key] == i {
			if j, ok := cb[a[i].key]; ok && j >= 0 {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	return increasing(pairs)
}

// alignTable links the units that are likely to be partners, by the models of
// AlignWords, and keeps the order of both sides: the path along which the
// likeliest partners weigh most.
func (lx *lexicon) alignTable(a, b []unit, a0, a1, b0, b1 int, out *wordAlignment) {
	n, m := a1-a0, b1-b0
	pa, pb := make([]alignPart, n), make([]alignPart, m)
	for i := range pa {
		pa[i] = lx.alignPart(a[a0+i])
	}
	for j := range pb {
		pb[j] = lx.alignPart(b[b0+j])
	}
	al := newAligner(lx, pa, pb)
	best, gain := lx.space.floats((n+1)*(m+1)), lx.space.floats(n*m)
	row := m + 1
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			v := max(best[(i+1)*row+j], best[i*row+j+1])
			least := al.least(i, j)
			if al.rel[i*m+j].kind <= weak && pa[i].capped && pb[j].capped {
				least = leastNames
			}
			if p := al.likely(i, j); p >= least {
				g := p * float64(pa[i].w+pb[j].w) / 2
				gain[i*m+j] = g
				v = max(v, best[(i+1)*row+j+1]+g)
			}
			best[i*row+j] = v
		}
	}
	usedA, usedB := make([]bool, n), make([]bool, m)
	for i, j := 0, 0; i < n && j < m; {
		switch v := best[i*row+j]; {
		case gain[i*m+j] > 0 && v == best[(i+1)*row+j+1]+gain[i*m+j]:
			r := al.rel[i*m+j]
			if r.kind == unrelated {
				r.kind = likely
			}
			out.inOrder = append(out.inOrder, link{a0 + i, b0 + j, r})
			usedA[i], usedB[j] = true, true
			i++
			j++
		case v == best[(i+1)*row+j]:
			i++
		default:
			j++
		}
	}
	// What is left over, likeliest first.
	type cand struct {
		i, j int
		gain float64
	}
	var cands []cand
	for i := range n {
		if usedA[i] || !pa[i].content() {
			continue
		}
		for j := range m {
			if g := gain[i*m+j]; g > 0 && !usedB[j] && pb[j].content() {
				cands = append(cands, cand{i, j, g})
			}
		}
	}
	slices.SortStableFunc(cands, func(x, y cand) int { return cmp.Compare(y.gain, x.gain) })
	for _, c := range cands {
		if !usedA[c.i] && !usedB[c.j] {
			usedA[c.i], usedB[c.j] = true, true
			out.across = append(out.across, link{a0 + c.i, b0 + c.j, al.rel[c.i*m+c.j]})
		}
	}
}
