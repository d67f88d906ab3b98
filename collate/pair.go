package collate

import (
	"cmp"
	"slices"

	"stemma"
	"stemma/internal/words"
)

// An item is a run of tokens of a and the run of b that stands against it;
// either may be empty. Items are what loci of two witnesses are made of.
type item struct {
	a0, a1, b0, b1 int // tokens
	bead           int
	rel            relKind // equal for the same words; unrelated where no link holds the two together
	linked         bool    // one link, not a gap
	move           int
	swapped        bool // a name against the one it changed places with
	turn           turn // what the clause does to who acts
	within         bool // moved within one quotation
	division       bool // a place where one side starts a new sentence; both runs are empty
}

func (x item) same() bool { return x.rel == equal }

func (t *text) span(first, end int) stemma.Span {
	if first >= end {
		return t.place(first)
	}
	return stemma.Span{Start: t.doc.Tokens[first].Start, End: t.doc.Tokens[end-1].End}
}

// place returns the empty span before token i.
func (t *text) place(i int) stemma.Span {
	toks := t.doc.Tokens
	p := 0
	switch {
	case i < len(toks):
		p = toks[i].Start
	case len(toks) > 0:
		p = toks[len(toks)-1].End
	}
	return stemma.Span{Start: p, End: p}
}

// A pair is two texts aligned.
type pair struct {
	lx    *lexicon
	a, b  *text
	tight bool // look for moves within beads only
	flip  bool // worked out as b against a, so that the order of the witnesses decides nothing
	beads []pairBead
	items []item
	moves int // moves numbered so far
	// across are the first tokens of words, in other forms of each other or
	// synonyms, that are likely partners across the order of the text.
	across [][2]int
	// denied says of the beads that were asked for whether both sides deny as
	// often.
	denied map[int]bool
}

func alignPair(lx *lexicon, a, b *text, tight bool) *pair {
	p := &pair{lx: lx, a: a, b: b, tight: tight, flip: a.doc.Report.Text > b.doc.Report.Text}
	p.beads = alignSentences(a, b)
	if tight && !akin(a, b, p.beads) {
		p.beads = onlySure(p.beads)
	}
	for k := range p.beads {
		p.alignBead(k)
	}
	p.findMoves()
	p.faceMoved()
	p.faceAcross()
	p.findTurns()
	return p
}

// findTurns looks in every bead for clauses that are turned round or laid in
// another mouth.
func (p *pair) findTurns() {
	for lo := 0; lo < len(p.items); {
		hi := lo + 1
		for hi < len(p.items) && p.items[hi].bead == p.items[lo].bead {
			hi++
		}
		p.sourceBead(p.items[lo:hi])
		p.turnBead(p.items[lo:hi])
		lo = hi
	}
}

// akin reports whether one of a and b has much of its text from the other, and
// not only sentences on the same matter.
func akin(a, b *text, beads []pairBead) bool {
	var total, shared [2]float64
	for _, x := range beads {
		for i := x.a0; i < x.a1; i++ {
			total[0] += a.sents[i].mass
			shared[0] += a.sents[i].mass * x.score
		}
		for j := x.b0; j < x.b1; j++ {
			total[1] += b.sents[j].mass
			shared[1] += b.sents[j].mass * x.score
		}
	}
	const enough = 0.3 // reworded copies share half and more, reports of one event a tenth
	return shared[0] >= enough*total[0] || shared[1] >= enough*total[1]
}

// onlySure undoes the beads whose likeness is no more than one matter gives.
func onlySure(beads []pairBead) []pairBead {
	const sure = 0.5
	var out []pairBead
	for _, x := range beads {
		if x.a0 == x.a1 || x.b0 == x.b1 || x.score >= sure {
			out = append(out, x)
			continue
		}
		for i := x.a0; i < x.a1; i++ {
			out = append(out, pairBead{i, i + 1, x.b0, x.b0, 0, false})
		}
		for j := x.b0; j < x.b1; j++ {
			out = append(out, pairBead{x.a1, x.a1, j, j + 1, 0, false})
		}
	}
	return out
}

// tokensOf returns the tokens of sentences [s0,s1), or the empty range where
// sentence s0 would start.
func (t *text) tokensOf(s0, s1 int) (first, end int) {
	sents := t.doc.Sentences
	switch {
	case s0 < s1:
		return sents[s0].FirstToken, sents[s1-1].EndToken
	case s0 < len(sents):
		return sents[s0].FirstToken, sents[s0].FirstToken
	}
	return len(t.words), len(t.words)
}

func (p *pair) alignBead(k int) {
	x := p.beads[k]
	a0, a1 := p.a.tokensOf(x.a0, x.a1)
	b0, b1 := p.b.tokensOf(x.b0, x.b1)
	move := 0
	if x.moved {
		move = p.nextMove()
	}
	start := len(p.items)
	p.alignTokens(k, a0, a1, b0, b1, move)
	if x.a1-x.a0 != x.b1-x.b0 && x.a0 < x.a1 && x.b0 < x.b1 {
		p.divide(start, x)
	}
}

func (p *pair) nextMove() int {
	p.moves++
	return p.moves
}

func (p *pair) alignTokens(bead, a0, a1, b0, b1, move int) {
	if a0 == a1 && b0 == b1 {
		return
	}
	ua, ub := p.a.units(p.lx, a0, a1), p.b.units(p.lx, b0, b1)
	p.markSwapped(ua, ub)
	links := p.dropStray(ua, ub, p.links(ua, ub))
	i, j := 0, 0
	tokA := func(i int) int {
		if i < len(ua) {
			return ua[i].first
		}
		return a1
	}
	tokB := func(j int) int {
		if j < len(ub) {
			return ub[j].first
		}
		return b1
	}
	gap := func(i1, j1 int) {
		if i < i1 || j < j1 {
			p.items = append(p.items, item{a0: tokA(i), a1: tokA(i1), b0: tokB(j), b1: tokB(j1), bead: bead, move: move})
		}
	}
	for _, l := range links {
		gap(l.a, l.b)
		x := item{a0: tokA(l.a), a1: ua[l.a].end, b0: tokB(l.b), b1: ub[l.b].end, bead: bead, rel: l.rel.kind, linked: true, move: move}
		x.swapped = ua[l.a].swapped && ub[l.b].swapped
		i, j = l.a+1, l.b+1
		// Same words run together within one state of quotation.
		if n := len(p.items); x.same() && n > 0 {
			y := &p.items[n-1]
			if y.bead == bead && y.same() && y.a1 == x.a0 && y.b1 == x.b0 &&
				p.a.words[y.a1-1].quote == p.a.words[x.a0].quote && p.b.words[y.b1-1].quote == p.b.words[x.b0].quote {
				y.a1, y.b1 = x.a1, x.b1
				continue
			}
		}
		p.items = append(p.items, x)
	}
	gap(len(ua), len(ub))
	p.items = p.joinWeak(bead, p.items)
	p.items = p.joinWeak(bead, p.loosen(bead, p.items))
	p.joinMarks(bead)
	p.joinCompounds(bead)
	p.splitTimes(bead)
}

// links aligns units, the same way round whichever witness is the first.
// Likely partners across the order are kept for findMoves.
func (p *pair) links(ua, ub []unit) []link {
	var al wordAlignment
	if !p.flip {
		al = p.lx.alignUnits(ua, ub)
	} else {
		al = p.lx.alignUnits(ub, ua)
		for _, links := range [][]link{al.inOrder, al.across} {
			for i, l := range links {
				links[i].a, links[i].b = l.b, l.a
			}
		}
	}
	for _, l := range al.across {
		if l.rel.kind >= derived {
			p.across = append(p.across, [2]int{ua[l.a].first, ub[l.b].first})
		}
	}
	return al.inOrder
}

// markSwapped finds names, and nouns, that have changed places: each stands
// among the words that the other stood among. One that moved with its words is
// none.
func (p *pair) markSwapped(ua, ub []unit) {
	once := func(us []unit) map[int32]int {
		at := map[int32]int{}
		for i, u := range us {
			if u.date != nil || u.num != nil || !u.capped && (p.lx.entries[u.id].function() || u.w < 1) {
				continue
			}
			if _, ok := at[u.key]; ok {
				at[u.key] = -1
			} else {
				at[u.key] = i
			}
		}
		return at
	}
	atA, atB := once(ua), once(ub)
	type name struct{ a, b int }
	var names []name
	for i, u := range ua {
		if j, ok := atB[u.key]; ok && j >= 0 && atA[u.key] == i {
			names = append(names, name{i, j})
		}
	}
	if len(names) < 2 || slices.IsSortedFunc(names, func(x, y name) int { return cmp.Compare(x.b, y.b) }) || len(names) > 80 {
		return
	}
	// near counts the words beside unit i of a that stand beside unit j of b in
	// the same places.
	near := func(i, j int) int {
		n := 0
		for _, d := range []int{-3, -2, -1, 1, 2, 3} {
			if i+d < 0 || j+d < 0 || i+d >= len(ua) || j+d >= len(ub) {
				if (i+d == -1 || i+d == len(ua)) && (i+d == -1) == (j+d == -1) && (i+d == len(ua)) == (j+d == len(ub)) {
					n++
				}
				continue
			}
			if ua[i+d].key == ub[j+d].key && !p.lx.entries[ua[i+d].id].punct {
				n++
			}
		}
		return n
	}
	for k, x := range names {
		for _, y := range names[k+1:] {
			if x.a >= y.a || x.b <= y.b {
				continue // in the same order on both sides
			}
			content := 0
			for i := x.a + 1; i < y.a; i++ {
				if e := &p.lx.entries[ua[i].id]; !e.function() && !ua[i].capped {
					content++
				}
			}
			swap, keep := near(x.a, y.b)+near(y.a, x.b), near(x.a, x.b)+near(y.a, y.b)
			need := 3
			if !ua[x.a].capped || !ua[y.a].capped {
				need = 5 // other nouns change places more often by the way
				if !p.nounLike(ua[x.a].id) || !p.nounLike(ua[y.a].id) {
					continue
				}
			}
			if content > 0 && swap >= need && swap >= keep+2 {
				ua[x.a].swapped, ua[y.a].swapped, ub[x.b].swapped, ub[y.b].swapped = true, true, true, true
			}
		}
	}
}

// nounLike reports whether the word is first of all a noun.
func (p *pair) nounLike(id int32) bool {
	e := p.lx.look(id)
	return len(e.senses) > 0 && e.senses[0].POS == 'n' && !e.lclass.Is(words.Light|words.TimeWord)
}

// splitTimes parts a phrase of time that one side adds at the edge of a place
// where words differ from the rest of it: "for a briefing" / "earlier in the
// day to give details".
func (p *pair) splitTimes(bead int) {
	start := len(p.items)
	for start > 0 && p.items[start-1].bead == bead {
		start--
	}
	var out []item
	for k := start; k < len(p.items); k++ {
		x := p.items[k]
		if !x.linked {
			// A dateline that one side alone has.
			na, nb := p.datelineLen(p.a, x.a0), p.datelineLen(p.b, x.b0)
			if na > 0 && nb == 0 && x.a0+na <= x.a1 && (x.a0+na < x.a1 || x.b0 < x.b1) {
				y := x
				y.a1, y.b1 = x.a0+na, x.b0
				x.a0 += na
				out = append(out, y)
			} else if nb > 0 && na == 0 && x.b0+nb <= x.b1 && (x.b0+nb < x.b1 || x.a0 < x.a1) {
				y := x
				y.b1, y.a1 = x.b0+nb, x.a0
				x.b0 += nb
				out = append(out, y)
			}
		}
		if x.linked || x.a0 == x.a1 || x.b0 == x.b1 {
			out = append(out, x)
			continue
		}
		ta, tb := p.hasTime(p.a, x.a0, x.a1), p.hasTime(p.b, x.b0, x.b1)
		if n := p.timePhrase(p.a, x.a0, x.a1); !tb && n > 0 && x.a0+n < x.a1 {
			y := x
			y.a1, y.b1 = x.a0+n, x.b0
			x.a0 += n
			out = append(out, y)
		} else if n := p.timePhrase(p.b, x.b0, x.b1); !ta && n > 0 && x.b0+n < x.b1 {
			y := x
			y.b1, y.a1 = x.b0+n, x.a0
			x.b0 += n
			out = append(out, y)
		}
		out = append(out, x)
	}
	p.items = append(p.items[:start], out...)
}

func (p *pair) hasTime(t *text, first, end int) bool {
	for i := first; i < end; i++ {
		if p.timeNoun(t, i) {
			return true
		}
	}
	return false
}

func (p *pair) timeNoun(t *text, i int) bool {
	e := &p.lx.entries[t.words[i].id]
	return e.class.Is(words.Weekday|words.Month) && t.words[i].capped || p.lx.look(t.words[i].id).lclass.Is(words.TimeWord) && !vagueTimes[e.norm] ||
		t.dateAt(i) != nil
}

// vagueTimes are words that tell a time only beside another word for it.
var vagueTimes = map[string]bool{
	"last": true, "next": true, "early": true, "late": true, "earlier": true, "later": true, "previous": true, "previously": true,
	"following": true, "recently": true, "ago": true, "fall": true,
}

// timePhrase returns the number of words of the phrase of time that starts at
// first: "late on Tuesday", "earlier in the day"; 0 if none does.
func (p *pair) timePhrase(t *text, first, end int) int {
	n, i := 0, first
	for ; i < end; i++ {
		e := &p.lx.entries[t.words[i].id]
		switch {
		case p.timeNoun(t, i):
			n = i + 1 - first
		case vagueTimes[e.norm], e.class.Is(words.Determiner), e.norm == "in", e.norm == "on", e.norm == "at", e.norm == "of", e.norm == "during", e.norm == "since":
		default:
			return n
		}
	}
	return n
}

// dropStray removes the links that hold nothing together: a function word or a
// mark that stands alone amid words that differ on both sides.
func (p *pair) dropStray(ua, ub []unit, links []link) []link {
	keep := make([]bool, len(links))
	for k, l := range links {
		keep[k] = true
		ea, eb := &p.lx.entries[ua[l.a].id], &p.lx.entries[ub[l.b].id]
		if a, b := &ua[l.a], &ub[l.b]; l.rel.kind == weak && (a.num != nil && b.num != nil || a.date != nil && b.date != nil || a.capped && b.capped) && !a.swapped {
			// A number against another, or a name, holds only where a word
			// beside it does; two unlike words alone may be two stories.
			near := func(m link) bool {
				da, db := m.a-l.a, m.b-l.b
				return da >= -2 && da <= 2 && db >= -2 && db <= 2 && m.rel.kind > weak && !p.lx.entries[ua[m.a].id].punct
			}
			keep[k] = k > 0 && near(links[k-1]) || k+1 < len(links) && near(links[k+1]) || (l.a == 0) == (l.b == 0) && l.a == 0
			continue
		}
		grammar := func(e *entry) bool { return e.function() || e.class.Is(functionClasses) }
		if !grammar(ea) || !grammar(eb) || l.rel.kind < respelt && !ea.class.Is(words.Function) && !eb.class.Is(words.Function) {
			continue
		}
		if ea.quote || eb.quote {
			continue
		}
		before := k > 0 && links[k-1].a == l.a-1 && links[k-1].b == l.b-1
		after := k+1 < len(links) && links[k+1].a == l.a+1 && links[k+1].b == l.b+1
		if before || after || l.a == 0 && l.b == 0 || l.a == len(ua)-1 && l.b == len(ub)-1 {
			continue
		}
		// Words on both sides of it differ on both sides of the pair?
		gapBefore := k > 0 && links[k-1].a < l.a-1 && links[k-1].b < l.b-1
		gapAfter := k+1 < len(links) && links[k+1].a > l.a+1 && links[k+1].b > l.b+1
		keep[k] = !(gapBefore && gapAfter)
		// "the suspended mission" / "closing the mission": what is dropped on
		// one side of the word faces what is added on its other side.
		prev, next := link{-1, -1, relation{}}, link{len(ua), len(ub), relation{}}
		if k > 0 {
			prev = links[k-1]
		}
		if k+1 < len(links) {
			next = links[k+1]
		}
		switch a0, b0, a1, b1 := l.a-prev.a-1, l.b-prev.b-1, next.a-l.a-1, next.b-l.b-1; {
		case !ea.class.Is(words.Determiner):
		case a0 == 0 && b0 > 0 && b0 <= 2 && a1 > 0 && a1 <= 2 && b1 == 0, b0 == 0 && a0 > 0 && a0 <= 2 && b1 > 0 && b1 <= 2 && a1 == 0:
			keep[k] = false
		}
		if l.rel.kind == weak && (gapBefore || gapAfter) {
			keep[k] = false
		}
	}
	out := links[:0]
	for k, l := range links {
		if keep[k] {
			out = append(out, l)
		}
	}
	return out
}

// beadStart returns the index of the first of the items of bead, which stand
// last in items.
func beadStart(items []item, bead int) int {
	start := len(items)
	for start > 0 && items[start-1].bead == bead {
		start--
	}
	return start
}

// joinWeak joins a weak link with the gap beside it: "at" / "in" before words
// that differ is part of how they differ.
func (p *pair) joinWeak(bead int, items []item) []item {
	start := beadStart(items, bead)
	out := items[:start]
	for _, x := range items[start:] {
		if len(out) > start {
			if y := &out[len(out)-1]; y.a1 == x.a0 && y.b1 == x.b0 && (x.rel == opposite && p.onlyNegation(*y) || y.rel == opposite && p.onlyNegation(x)) {
				y.a1, y.b1 = x.a1, x.b1
				y.linked, y.rel = false, unrelated
				continue
			}
			y := &out[len(out)-1]
			if y.a1 == x.a0 && y.b1 == x.b0 && y.rel <= weak && x.rel <= weak && !y.swapped && !x.swapped && !p.apart(*y) && !p.apart(x) && p.sameQuote(*y, x) && p.short(*y, x) {
				y.a1, y.b1 = x.a1, x.b1
				y.linked = false
				y.rel = unrelated
				continue
			}
		}
		out = append(out, x)
	}
	return out
}

// maxJoined is how many content words a variant of several links has at most
// on a side; more are shown link by link.
const maxJoined = 3

// short reports whether x and y hold no more content words together than one
// variant does, or cannot be parted where a word faces another.
func (p *pair) short(y, x item) bool {
	if !x.linked && !y.linked {
		return true
	}
	content := func(t *text, first, end int) (n int) {
		for i := first; i < end; i++ {
			if !p.lx.entries[t.words[i].id].function() {
				n++
			}
		}
		return n
	}
	return content(p.a, y.a0, x.a1) <= maxJoined && content(p.b, y.b0, x.b1) <= maxJoined
}

// joinMarks joins two marks that stand the other way round: `,”` / `”,`.
func (p *pair) joinMarks(bead int) {
	start := beadStart(p.items, bead)
	out := p.items[:start]
	mark := func(t *text, i int) bool { return p.lx.entries[t.words[i].id].punct }
	for k := start; k < len(p.items); k++ {
		x := p.items[k]
		if k+2 >= len(p.items) || !p.items[k+1].same() || p.items[k+1].a1 != p.items[k+1].a0+1 || !mark(p.a, p.items[k+1].a0) {
			out = append(out, x)
			continue
		}
		y, z := p.items[k+1], &p.items[k+2]
		switch {
		case x.a1 == x.a0+1 && x.b0 == x.b1 && mark(p.a, x.a0) && z.a0 == z.a1 && z.b0 < z.b1 && p.a.words[x.a0].key == p.b.words[z.b0].key:
			x.a1, x.b1 = y.a1, z.b0+1
			z.b0++
		case x.b1 == x.b0+1 && x.a0 == x.a1 && mark(p.b, x.b0) && z.b0 == z.b1 && z.a0 < z.a1 && p.b.words[x.b0].key == p.a.words[z.a0].key:
			x.b1, x.a1 = y.b1, z.a0+1
			z.a0++
		default:
			out = append(out, x)
			continue
		}
		out = append(out, x)
		if k++; z.a0 == z.a1 && z.b0 == z.b1 {
			k++
		}
	}
	p.items = out
}

// joinCompounds joins what one side writes as one word and the other as two:
// "coast guard" / "coastguard".
func (p *pair) joinCompounds(bead int) {
	start := beadStart(p.items, bead)
	out := p.items[:start]
	for _, x := range p.items[start:] {
		if len(out) > start && !x.same() {
			y := &out[len(out)-1]
			na, nb := x.a1-y.a0, x.b1-y.b0
			if !y.same() && y.a1 == x.a0 && y.b1 == x.b0 && na+nb == 3 && p.sameQuote(*y, x) {
				if s := p.letters(p.a, y.a0, x.a1); s != "" && s == p.letters(p.b, y.b0, x.b1) {
					y.a1, y.b1, y.linked, y.rel = x.a1, x.b1, false, unrelated
					continue
				}
			}
		}
		out = append(out, x)
	}
	p.items = out
}

// loosen undoes the link of a word that is kept in another form amid words
// that all differ: "for a detailed briefing on" / "to give details of".
func (p *pair) loosen(bead int, items []item) []item {
	start, n := beadStart(items, bead), len(items)
	two := func(x item) bool { return !x.linked && x.a0 < x.a1 && x.b0 < x.b1 }
	for k := start + 1; k+1 < n; k++ {
		x := &items[k]
		if x.linked && (x.rel == inflected || x.rel == derived || x.rel == related) && two(items[k-1]) && two(items[k+1]) &&
			p.sameQuote(items[k-1], *x) && p.sameQuote(*x, items[k+1]) {
			x.linked, x.rel = false, unrelated
		}
	}
	return items
}

// onlyNegation reports whether x adds or drops a word that denies and no other.
func (p *pair) onlyNegation(x item) bool {
	if x.linked {
		return false
	}
	t, first, end := p.a, x.a0, x.a1
	if first == end {
		t, first, end = p.b, x.b0, x.b1
	} else if x.b0 < x.b1 {
		return false
	}
	return end-first == 1 && p.lx.entries[t.words[first].id].class.Is(words.Negation)
}

// apart reports whether an item stands for itself though its words are not
// alike: numbers, dates, names and modals that face each other.
func (p *pair) apart(x item) bool {
	if !x.linked || x.rel != weak {
		return false
	}
	const grammar = words.Determiner | words.Preposition | words.Pronoun | words.Conjunction | words.Auxiliary
	const sense = words.Modal | words.Negation | words.Quantifier
	ea, eb := &p.lx.entries[p.a.words[x.a0].id], &p.lx.entries[p.b.words[x.b0].id]
	if ea.punct || eb.punct {
		return true
	}
	both := ea.class & eb.class
	return !both.Is(grammar) || both.Is(sense)
}

// sameQuote reports whether two adjoining items lie within the same quotation,
// or both outside of any, in each witness that has words in both.
func (p *pair) sameQuote(x, y item) bool {
	qa := func(t *text, first, end int) int32 {
		if first == end {
			return -1
		}
		return t.words[end-1].quote
	}
	xa, ya := qa(p.a, x.a0, x.a1), qa(p.a, y.a0, y.a1)
	xb, yb := qa(p.b, x.b0, x.b1), qa(p.b, y.b0, y.b1)
	return (xa < 0 || ya < 0 || xa == ya) && (xb < 0 || yb < 0 || xb == yb)
}

// divide marks where one side of an n:m bead starts a sentence within a
// sentence of the other.
func (p *pair) divide(start int, x pairBead) {
	var cuts []item
	add := func(a, b int) { cuts = append(cuts, item{a0: a, a1: a, b0: b, b1: b, division: true}) }
	items := p.items[start:]
	for s := x.a0 + 1; s < x.a1; s++ {
		tok := p.a.doc.Sentences[s].FirstToken
		for _, y := range items {
			if y.a0 <= tok && tok < y.a1 {
				b := y.b0
				if y.same() {
					b += tok - y.a0
				}
				if !p.startsSentence(p.b, b) {
					add(tok, b)
				}
				break
			}
		}
	}
	for s := x.b0 + 1; s < x.b1; s++ {
		tok := p.b.doc.Sentences[s].FirstToken
		for _, y := range items {
			if y.b0 <= tok && tok < y.b1 {
				a := y.a0
				if y.same() {
					a += tok - y.b0
				}
				if !p.startsSentence(p.a, a) {
					add(a, tok)
				}
				break
			}
		}
	}
	if len(cuts) == 0 {
		return
	}
	out := slices.Clone(p.items[:start])
	for _, y := range items {
		for _, c := range cuts {
			c.bead, c.move = y.bead, y.move
			switch {
			case y.same() && y.a0 < c.a0 && c.a0 < y.a1 && y.b0 < c.b0 && c.b0 < y.b1:
				left := y
				left.a1, left.b1 = c.a0, c.b0
				y.a0, y.b0 = c.a0, c.b0
				out = append(out, left, c)
			case y.a0 == c.a0 && y.b0 == c.b0 || !y.same() && (y.a0 <= c.a0 && c.a0 < y.a1 && c.b0 == y.b0 || y.b0 <= c.b0 && c.b0 < y.b1 && c.a0 == y.a0):
				c.a0, c.a1, c.b0, c.b1 = y.a0, y.a0, y.b0, y.b0
				out = append(out, c)
			}
		}
		out = append(out, y)
	}
	p.items = out
}

func (p *pair) startsSentence(t *text, tok int) bool {
	if tok >= len(t.words) {
		return true
	}
	s := t.doc.SentenceOf(t.doc.Tokens[tok].Start)
	return s >= 0 && t.doc.Sentences[s].FirstToken == tok
}

// sameSentence is the likeness of a bead in which a word that stands elsewhere
// is the same word moved, and not the same word used again.
const sameSentence = 0.5

// findMoves looks for blocks of words that one side omits in one place and the
// other adds in another.
func (p *pair) findMoves() {
	lx := p.lx
	// Tokens that found no partner. Gaps with words on both sides take part:
	// a clause that moved often leaves other words in its place.
	type place struct {
		unit
		item int
	}
	loose := func(side int) (out []place) {
		for k, x := range p.items {
			if x.linked || x.division || x.move > 0 && !p.beads[x.bead].moved {
				continue
			}
			first, end := x.a0, x.a1
			if side == 1 {
				first, end = x.b0, x.b1
			}
			t := p.a
			if side == 1 {
				t = p.b
			}
			for _, u := range t.units(lx, first, end) {
				out = append(out, place{u, k})
			}
		}
		return out
	}
	la, lb := loose(0), loose(1)
	if len(la) == 0 || len(lb) == 0 {
		return
	}
	partner := map[int]int{} // tokens of a to tokens of b
	for _, x := range p.across {
		partner[x[0]] = x[1]
	}
	startsAt := map[int]int{} // tokens of b to places of lb
	posts := map[int32][]int{}
	for j, pl := range lb {
		startsAt[pl.first] = j
		if !lx.entries[pl.id].function() {
			posts[lx.moveKey(&pl.unit)] = append(posts[lx.moveKey(&pl.unit)], j)
		}
	}
	alike := func(i, j int) bool {
		a, b := &la[i].unit, &lb[j].unit
		if a.key == b.key || lx.moveKey(a) == lx.moveKey(b) && !lx.entries[a.id].punct {
			return true
		}
		to, ok := partner[a.first]
		return ok && to == b.first
	}
	type block struct {
		i, j, n int
		weight  float32
	}
	var blocks []block
	for i, pl := range la {
		if lx.entries[pl.id].function() {
			continue
		}
		cands := posts[lx.moveKey(&pl.unit)]
		if to, ok := partner[pl.first]; ok {
			if j, ok := startsAt[to]; ok && !slices.Contains(cands, j) {
				cands = append(slices.Clone(cands), j)
			}
		}
		if len(cands) > 200 {
			continue
		}
		for _, j := range cands {
			if pl.item == lb[j].item {
				continue // the same gap: word alignment has judged it
			}
			lo, n := 0, 1
			for i-lo-1 >= 0 && j-lo-1 >= 0 && la[i-lo-1].item == pl.item && lb[j-lo-1].item == lb[j].item && alike(i-lo-1, j-lo-1) {
				lo++
			}
			for i+n < len(la) && j+n < len(lb) && la[i+n].item == pl.item && lb[j+n].item == lb[j].item && alike(i+n, j+n) {
				n++
			}
			// A number, a date, a name or a word like it may have been put in the
			// place of another on the way.
			within := func(d int) bool {
				return i+d < len(la) && j+d < len(lb) && la[i+d].item == pl.item && lb[j+d].item == lb[j].item
			}
			if n+lo >= 2 && within(n) {
				a, b := &la[i+n].unit, &lb[j+n].unit
				value := a.num != nil && b.num != nil || a.date != nil && b.date != nil
				if r := lx.relate(a, b); value || (r.kind >= related || a.capped && b.capped) && within(n+1) && alike(i+n+1, j+n+1) {
					n++
					for within(n) && alike(i+n, j+n) {
						n++
					}
				}
			}
			bl := block{i: i - lo, j: j - lo, n: n + lo}
			content := 0
			for d := range bl.n {
				u := &la[bl.i+d]
				e := &lx.entries[u.id]
				bl.weight += u.w
				if !e.function() && !e.class.Is(words.Light|words.Cue) && alike(bl.i+d, bl.j+d) {
					content++
				}
			}
			near := p.items[pl.item].bead == p.items[lb[j].item].bead
			// A single word counts as moved only over a few others, or as a name or
			// a number; and but for a time, only within a sentence that is much
			// the same.
			single := content == 1 && bl.n <= 2 && pl.date == nil
			short := pl.item-lb[j].item <= 2 && lb[j].item-pl.item <= 2
			headline := pl.capped && p.sentenceKind(p.beads[p.items[pl.item].bead]) == stemma.Heading // few words, and all of them telling
			holds := !single || headline || (short || pl.capped || pl.num != nil || partner[pl.first] == lb[j].first) && p.beads[p.items[pl.item].bead].score >= sameSentence && p.besideSame(&pl.unit, &lb[j].unit)
			if near && content >= 1 && bl.weight >= 1 && holds || content >= 3 && bl.n >= 4 && !p.tight {
				if near {
					bl.weight += 0.5
				}
				blocks = append(blocks, bl)
			}
		}
	}
	slices.SortFunc(blocks, func(x, y block) int {
		i, j := cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j)
		if p.flip {
			i, j = j, i
		}
		return cmp.Or(cmp.Compare(y.weight, x.weight), i, j)
	})
	usedA, usedB := map[int]bool{}, map[int]bool{}
	type cut struct {
		item, first, end int      // tokens of the cut
		links            [][2]int // for cuts of a: the loose units that moved
		move             int
		within           bool
	}
	var cutsA, cutsB []cut
	for _, bl := range blocks {
		free := true
		for d := range bl.n {
			if usedA[bl.i+d] || usedB[bl.j+d] {
				free = false
				break
			}
		}
		if !free {
			continue
		}
		for d := range bl.n {
			usedA[bl.i+d], usedB[bl.j+d] = true, true
		}
		ta, tb := la[bl.i], lb[bl.j]
		move := p.nextMove()
		var links [][2]int
		for d := range bl.n {
			links = append(links, [2]int{bl.i + d, bl.j + d})
		}
		endA, endB := la[bl.i+bl.n-1].end, lb[bl.j+bl.n-1].end
		within := p.a.quoteGoesOn(ta.first, endA) && p.b.quoteGoesOn(tb.first, endB)
		cutsA = append(cutsA, cut{ta.item, ta.first, endA, links, move, within})
		cutsB = append(cutsB, cut{tb.item, tb.first, endB, nil, move, within})
	}
	if len(cutsA) == 0 {
		return
	}
	byItem := func(cuts []cut) map[int][]cut {
		m := map[int][]cut{}
		for _, c := range cuts {
			m[c.item] = append(m[c.item], c)
		}
		for _, cs := range m {
			slices.SortFunc(cs, func(x, y cut) int { return cmp.Compare(x.first, y.first) })
		}
		return m
	}
	ma, mb := byItem(cutsA), byItem(cutsB)
	var out []item
	for k, x := range p.items {
		ca, cb := ma[k], mb[k]
		if len(ca) == 0 && len(cb) == 0 {
			out = append(out, x)
			continue
		}
		// What is left of the gap on each side, around what moved.
		pieces := func(first, end int, cuts []cut) (ps [][2]int) {
			for _, c := range cuts {
				ps = append(ps, [2]int{first, c.first})
				first = c.end
			}
			return append(ps, [2]int{first, end})
		}
		pa, pb := pieces(x.a0, x.a1, ca), pieces(x.b0, x.b1, cb)
		n := max(len(pa), len(pb))
		lastA, lastB := x.a0, x.b0
		for d := range n {
			y := item{bead: x.bead, move: x.move}
			y.a0, y.a1, y.b0, y.b1 = lastA, lastA, lastB, lastB
			if d < len(pa) {
				y.a0, y.a1 = pa[d][0], pa[d][1]
			}
			if d < len(pb) {
				y.b0, y.b1 = pb[d][0], pb[d][1]
			}
			if y.a0 < y.a1 || y.b0 < y.b1 {
				out = append(out, y)
			}
			lastA, lastB = y.a1, y.b1
			if d < len(ca) {
				c := ca[d]
				for _, l := range c.links {
					a, b := &la[l[0]].unit, &lb[l[1]].unit
					y := item{a0: a.first, a1: a.end, b0: b.first, b1: b.end, bead: x.bead, linked: true, move: c.move, within: c.within, rel: lx.relate(a, b).kind}
					if k := len(out) - 1; k >= 0 && y.same() && out[k].same() && out[k].move == c.move && p.sameQuote(out[k], y) {
						out[k].a1, out[k].b1 = y.a1, y.b1
						continue
					}
					out = append(out, y)
				}
				lastA = c.end
			}
			if d < len(cb) {
				lastB = cb[d].end
			}
		}
	}
	p.items = out
}

// quoteGoesOn reports whether the quotation that tokens [first, end) stand in
// has words beside them.
func (t *text) quoteGoesOn(first, end int) bool {
	q := t.words[first].quote
	return q > 0 && q == t.words[end-1].quote && (first > 0 && t.words[first-1].quote == q || end < len(t.words) && t.words[end].quote == q)
}

// besideSame reports whether a word near a is near b too: what moves takes some
// of its company with it, where the same word used of another thing does not.
func (p *pair) besideSame(a, b *unit) bool {
	const reach, most = 7, 2 // tokens and content words to each side
	near := func(t *text, u *unit) (out []int32) {
		for _, step := range []int{-1, 1} {
			i, n := u.first-1, 0
			if step > 0 {
				i = u.end
			}
			for d := 0; d < reach && n < most && i >= 0 && i < len(t.words); d++ {
				if e := &p.lx.entries[t.words[i].id]; !e.function() {
					out = append(out, p.lx.lemmaKey(t.words[i].id))
					n++
				}
				i += step
			}
		}
		return out
	}
	in := near(p.b, b)
	return slices.ContainsFunc(near(p.a, a), func(k int32) bool { return slices.Contains(in, k) })
}

// moveKey is equal for units that may be one unit moved.
func (lx *lexicon) moveKey(u *unit) int32 {
	if u.date != nil {
		v := u.date.value
		if len(v) > 5 && v[4] == '-' {
			v = v[5:] // the year may be left out on one side
		}
		return lx.entries[lx.id("date "+v)].key
	}
	return lx.lemmaKey(u.id)
}

// faceMoved sets against each other what the two sides have beside the same
// words that moved: "as did [others] in the cabinet" / "As did [nobody else]
// in the cabinet", where the words about them stand elsewhere.
func (p *pair) faceMoved() {
	if p.moves == 0 {
		return
	}
	// For every place of a text: the item with moved words that ends there, and
	// the one that starts there, counted from 1.
	type places struct{ ends, starts []int32 }
	var at [2]places
	for side, t := range []*text{p.a, p.b} {
		at[side] = places{make([]int32, len(t.words)+1), make([]int32, len(t.words)+1)}
	}
	for k, x := range p.items {
		if !x.linked || x.move == 0 || p.beads[x.bead].moved {
			continue
		}
		at[0].ends[x.a1], at[0].starts[x.a0] = int32(k+1), int32(k+1)
		at[1].ends[x.b1], at[1].starts[x.b0] = int32(k+1), int32(k+1)
	}
	// What b alone has beside each moved item.
	after, before := map[int32]int{}, map[int32]int{}
	for k, x := range p.items {
		if x.linked || x.division || x.a0 < x.a1 || x.b0 == x.b1 {
			continue
		}
		if m := at[1].ends[x.b0]; m > 0 {
			after[m] = k + 1
		}
		if m := at[1].starts[x.b1]; m > 0 {
			before[m] = k + 1
		}
	}
	gone := map[int]bool{}
	split := map[int]item{} // what is left of an item, behind the part taken from its start
	for k := range p.items {
		x := &p.items[k]
		if x.linked || x.division || x.a0 == x.a1 || x.b0 < x.b1 {
			continue
		}
		prev, next := at[0].ends[x.a0], at[0].starts[x.a1]
		var l, r int
		if prev > 0 {
			l = after[prev]
		}
		if next > 0 {
			r = before[next]
		}
		switch {
		case l > 0 && l == r && !gone[l-1]:
			y := p.items[l-1]
			x.b0, x.b1, x.move = y.b0, y.b1, p.items[prev-1].move
			gone[l-1] = true
		case l > 0 && !gone[l-1]:
			y := &p.items[l-1]
			ua, ub := p.a.units(p.lx, x.a0, x.a1), p.b.units(p.lx, y.b0, y.b1)
			if !facing(&ua[0], &ub[0]) {
				continue
			}
			rest := *x
			rest.a0 = ua[0].end
			x.a1 = ua[0].end
			x.b0, x.b1, x.move = ub[0].first, ub[0].end, p.items[prev-1].move
			if y.b0 = ub[0].end; y.b0 == y.b1 {
				gone[l-1] = true
			}
			if rest.a0 < rest.a1 {
				rest.b0, rest.b1 = x.b1, x.b1
				split[k] = rest
			}
		}
	}
	if len(gone) == 0 && len(split) == 0 {
		return
	}
	out := p.items[:0:0]
	for k, x := range p.items {
		if gone[k] {
			continue
		}
		out = append(out, x)
		if rest, ok := split[k]; ok {
			out = append(out, rest)
		}
	}
	p.items = out
}

// faceAcross sets against each other what each side alone has of a sort where
// nothing else of the bead has it: the date here and the date there, "began in
// June" / "it was in July that … began".
func (p *pair) faceAcross() {
	for lo := 0; lo < len(p.items); {
		hi := lo + 1
		for hi < len(p.items) && p.items[hi].bead == p.items[lo].bead {
			hi++
		}
		lo = p.faceBead(lo, hi)
	}
}

// faceBead is faceAcross for the items [lo, hi) of one bead. It returns where the
// bead ends.
func (p *pair) faceBead(lo, hi int) int {
	x := p.beads[p.items[lo].bead]
	if x.a0 == x.a1 || x.b0 == x.b1 || x.score < sameSentence/2 {
		return hi
	}
	atA, atB := -1, -1
	for k := lo; k < hi; k++ {
		y := &p.items[k]
		if y.linked || y.division {
			continue
		}
		a, b := len(p.a.datesIn(y.a0, y.a1)) > 0, len(p.b.datesIn(y.b0, y.b1)) > 0
		switch {
		case a && b || a && (atA >= 0 || y.b0 < y.b1) || b && (atB >= 0 || y.a0 < y.a1):
			return hi // more than one
		case a:
			atA = k
		case b:
			atB = k
		}
	}
	if atA < 0 || atB < 0 {
		return hi
	}
	ya, yb := p.items[atA], p.items[atB]
	da, db := p.a.datesIn(ya.a0, ya.a1)[0], p.b.datesIn(yb.b0, yb.b1)[0]
	if da.clock() != db.clock() || da.first < ya.a0 || da.end > ya.a1 || db.first < yb.b0 || db.end > yb.b1 {
		return hi
	}
	move := p.nextMove()
	var out []item
	for k := lo; k < hi; k++ {
		y := p.items[k]
		switch k {
		case atA:
			before, behind := y, y
			before.a1 = da.first
			behind.a0 = da.end
			face := item{a0: da.first, a1: da.end, b0: db.first, b1: db.end, bead: y.bead, rel: weak, linked: true, move: move}
			if sameDate(da.value, db.value) {
				face.rel = formatted
			}
			out = appendFull(out, before, face, behind)
		case atB:
			before, behind := y, y
			before.b1 = db.first
			behind.b0 = db.end
			out = appendFull(out, before, behind)
		default:
			out = append(out, y)
		}
	}
	p.items = slices.Replace(p.items, lo, hi, out...)
	return lo + len(out)
}

// appendFull appends the items that have words.
func appendFull(out []item, items ...item) []item {
	for _, x := range items {
		if x.a0 < x.a1 || x.b0 < x.b1 {
			out = append(out, x)
		}
	}
	return out
}

// facing reports whether two units are values of one sort, or both names.
func facing(a, b *unit) bool {
	return a.num != nil && b.num != nil || a.date != nil && b.date != nil || a.num == nil && b.num == nil && a.date == nil && b.date == nil && a.capped && b.capped
}
