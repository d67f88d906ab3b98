package quote

import (
	"slices"
	"strings"

	"stemma/internal/perceptron"
)

// tieBits is the binary logarithm of how many weights there are to tie parts by.
const tieBits = 14

// ties are the weights by which parts are tied together. A feature's weight is
// found by its hash alone: of the few thousand features hardly two meet, and
// twice the room scores no better.
type ties []int16

// place returns where the weight of a feature is.
func place(feature uint32) uint32 { return feature * 0x9E3779B1 >> (32 - tieBits) }

// A linker ties the parts of one document together, in text order, by choices
// among options:
//
//	whose    the source of a cue: one of its clause, or none
//	where    the statement that a content is part of: that of a cue in its
//	         clause or in those around it (X said: ¶ “…”), the one that the
//	         content before is part of (“…,” X said. “…”), or none
//	speaker  the source of a quotation that no cue goes with
//
// It takes the option whose features have the greatest sum of weights. What
// belongs together is learned, not fixed, because corpora differ in it: whether
// “…,” she said. “…” is one statement or two.
type linker struct {
	l       *layout
	parts   []part
	weights ties
	bonds   []bond
	clauses []tied
	used    []uint32 // how many bonds each part is the source of
	recent  int      // the bond that the content before went to, -1 if none

	features []uint32 // of all options of a choice
	options  []option

	pick func(c choice, of int) int // chooses while learning; nil for the weights
}

// tied is a clause that has parts.
type tied struct {
	from, to int // parts[from:to]
	bonds    int // its first bond; they end where those of the next begin
}

// An option is something to choose.
type option struct {
	what int // index of a part or bond, -1 for none
	end  int // its features end here and begin where those of the one before end
}

type choice int

const (
	whose choice = iota
	where
	speaker
)

// tie is [layout.link] by weights.
func (l *layout) tie(parts []part, w ties) []bond {
	k := linker{l: l, parts: parts, weights: w}
	bonds := k.run()
	for i := range bonds {
		if bonds[i].cue >= 0 {
			l.complete(parts, &bonds[i])
		}
	}
	return bonds
}

func (k *linker) run() []bond {
	k.used = make([]uint32, len(k.parts))
	// All cues first, so that a content can go to one behind it.
	for i := 0; i < len(k.parts); {
		j := i + 1
		for j < len(k.parts) && k.parts[j].clause == k.parts[i].clause {
			j++
		}
		k.clauses = append(k.clauses, tied{from: i, to: j, bonds: len(k.bonds)})
		for c := i; c < j; c++ {
			if k.parts[c].role != cueRole {
				continue
			}
			k.open(c, k.verb(k.parts[c]))
			if k.signs(c, j) {
				k.bonds[len(k.bonds)-1].source = c + 1
			} else {
				k.whose(len(k.bonds)-1, i, j)
			}
		}
		k.inherit(k.bonds[k.clauses[len(k.clauses)-1].bonds:])
		i = j
	}
	k.clauses = append(k.clauses, tied{from: len(k.parts), to: len(k.parts), bonds: len(k.bonds)})
	k.recent = -1
	for n, t := range k.clauses[:len(k.clauses)-1] {
		for c := t.from; c < t.to; c++ {
			if k.parts[c].role != content {
				continue
			}
			b := k.goesOn(c, n)
			switch {
			case b >= 0:
			case k.signs(c+1, t.to):
				b = k.clauses[n].bonds
			default:
				b = k.where(c, n)
			}
			if b < 0 {
				if !k.hasQuotation(c) {
					continue // nobody says it
				}
				b = len(k.bonds)
				k.open(c, 0)
				k.bonds[b].cue = -1
				k.speaker(b, c, t)
			}
			k.bonds[b].content = append(k.bonds[b].content, c)
			k.recent = b
		}
	}
	return slices.DeleteFunc(k.bonds, func(b bond) bool { return len(b.content) == 0 })
}

// open begins a bond with the cue c.
func (k *linker) open(c int, verb uint32) {
	k.bonds = append(k.bonds, bond{cue: c, source: -1, paragraph: k.parts[c].paragraph, clause: k.parts[c].clause, verb: verb})
}

// signs reports whether the part c, of a clause whose parts end at to, is the
// dash before the name of who signs a quotation.
func (k *linker) signs(c, to int) bool {
	return c+2 == to && k.parts[c].role == cueRole && k.parts[c+1].role == source && isDash(k.l.norm(k.parts[c].first))
}

// goesOn returns the statement of the sentence before that goes on with content
// c, which begins a clause without a cue: “…,” X said. “…” So have it all of 21
// in attributions and 96 % of 1,300 in PolNeAR; -1 if there is none.
func (k *linker) goesOn(c, n int) int {
	p, own := k.parts[c], k.clauses[n].bonds
	if n == 0 || c > k.clauses[n].from || own < k.clauses[n+1].bonds || p.first > int(k.l.clauses[p.clause].first) || !k.l.quoted(p.first) {
		return -1
	}
	b := k.clauses[n-1].bonds
	if b+1 != own || len(k.bonds[b].content) != 1 || k.bonds[b].clause != p.clause-1 || k.bonds[b].paragraph != p.paragraph {
		return -1
	}
	if q := k.last(&k.bonds[b]); q.end > k.parts[k.bonds[b].cue].first || !k.l.quoted(q.end-1) || strings.IndexByte(",?!", k.l.lastByte(q.end-1)) < 0 {
		return -1
	}
	return b
}

// last returns the part that b got last.
func (k *linker) last(b *bond) part { return k.parts[b.content[len(b.content)-1]] }

func (k *linker) hasQuotation(c int) bool {
	return k.l.anyQuoted(k.parts[c].first, k.parts[c].end)
}

// option ends the features of an option.
func (k *linker) option(what int, features ...uint32) {
	k.features = append(k.features, features...)
	k.options = append(k.options, option{what, len(k.features)})
}

// choose returns the best of the options, and forgets them.
func (k *linker) choose(c choice, of int) int {
	best := 0
	if k.pick != nil {
		best = k.pick(c, of)
	} else {
		top, from := -1<<60, 0
		for i, o := range k.options {
			sum := 0
			for _, f := range k.features[from:o.end] {
				sum += int(k.weights[place(f)])
			}
			from = o.end
			if sum > top {
				best, top = i, sum
			}
		}
	}
	what := k.options[best].what
	k.features, k.options = k.features[:0], k.options[:0]
	return what
}

// word returns a number for unit u: its word, or what sort of quotation it is.
func (k *linker) word(u int) uint32 {
	switch {
	case u < 0 || u >= len(k.l.units):
		return 1
	case !k.l.quoted(u):
		return perceptron.String(k.l.norm(u))
	case k.l.talk(u):
		return 3
	}
	return 2
}

// mark returns a number for the mark that unit u is or, being a quotation, ends
// with; the two kinds are told apart, and long quotations from short.
func (k *linker) mark(u int) uint32 {
	if u < 0 || u >= len(k.l.units) {
		return 0
	}
	if !k.l.quoted(u) {
		switch k.l.norm(u) {
		case ",":
			return 1
		case ":":
			return colon
		case ".", "?", "!":
			return 3
		}
		return 4
	}
	n := uint32(0)
	if k.l.words(u) >= 4 {
		n = 4
	}
	switch k.l.lastByte(u) {
	case 0:
		return 5
	case ',':
		return 6 + n
	case '.':
		return 7 + n
	case '?', '!':
		return 8 + n
	}
	return 5 + n
}

const colon = 2

// edges returns the marks of the quotations that p begins and ends with, 0 for
// other units.
func (k *linker) edges(p part) (first, last uint32) {
	if k.l.quoted(p.first) {
		first = k.mark(p.first)
	}
	if k.l.quoted(p.end - 1) {
		last = k.mark(p.end - 1)
	}
	return first, last
}

// sort returns what kind of words a source begins with.
func (k *linker) sort(p part) uint32 {
	switch w := k.l.norm(p.first); {
	case pronoun[w] && w != "who":
		return 1
	case w == "that" || w == "which" || w == "who":
		return 2
	case k.l.quoted(p.first):
		return 3
	case k.l.capital(p.first):
		return 4
	}
	return 0
}

// wordless reports whether a source has no word, or is a lone "Despite".
func (k *linker) wordless(p part) bool {
	for u := p.first; u < p.end; u++ {
		if w := k.l.norm(u); isWord(w) && !(p.end-p.first == 1 && k.l.opener(u)) {
			return false
		}
	}
	return true
}

// verb returns a number for the verb of a cue: the lemma of one in the table of
// cues, else its first word that is no auxiliary.
func (k *linker) verb(cu part) uint32 {
	first := uint32(0)
	for u := cu.first; u < cu.end; u++ {
		w := k.l.norm(u)
		if c, ok := lexicon()[w]; ok {
			return perceptron.String(c.lemma)
		}
		if first == 0 && isWord(w) && !verbGroup[w] {
			first = perceptron.String(w)
		}
	}
	return first
}

// relation tells how part i, other than a cue, stands to the cue: on which
// side, with how many units and parts between. The source own of the cue does
// not count as something between.
func (k *linker) relation(i, cue, own int) (side, gap, between uint32) {
	p, cu := k.parts[i], k.parts[cue]
	a, z, units := i, cue, cu.first-p.end
	if units < 0 {
		side, a, z, units = 1, cue, i, p.first-cu.end
	}
	var count [4]uint32
	for j := a + 1; j < z; j++ {
		if q := k.parts[j]; j == own {
			units -= q.end - q.first
		} else {
			count[q.role]++
		}
	}
	return side, distance(max(units, 0)), side | min(count[cueRole], 2)<<1 | min(count[content], 2)<<3 | min(count[source], 2)<<5
}

// unclosed reports whether p ends with a quotation that lost its closing mark.
func (k *linker) unclosed(p part) bool {
	q := k.l.units[p.end-1].quotation
	return q >= 0 && k.l.quotations[q].Unclosed
}

// beyond reports whether so many parts lie between two that neither has to do
// with the other: a bound on the work for a sentence that does not end.
func beyond(i, j int) bool { return i-j > 24 || j-i > 24 }

// whose gives bond b its source, of the parts [from, to) of its clause.
func (k *linker) whose(b, from, to int) {
	bd := &k.bonds[b]
	cu := k.parts[bd.cue]
	verb, behind, ing := bd.verb, k.word(cu.end), uint32(0)
	if k.l.participle(cu.end - 1) {
		ing = 1
	}
	H := perceptron.Hash
	before := H(0, k.word(cu.first-1), ing, 0)
	k.option(-1, H(200, 0, 0, 0), H(201, verb, 0, 0), H(202, before, 0, 0), H(203, behind, ing, 0))
	for i := from; i < to; i++ {
		p := k.parts[i]
		if p.role != source || k.wordless(p) || beyond(i, bd.cue) {
			continue
		}
		side, gap, between := k.relation(i, bd.cue, -1)
		others := uint32(0) // whether it stands right beside another cue
		if i+1 < to && i+1 != bd.cue && k.parts[i+1].role == cueRole && k.parts[i+1].first-p.end <= 1 {
			others |= 1
		}
		if i > from && i-1 != bd.cue && k.parts[i-1].role == cueRole && p.first == k.parts[i-1].end {
			others |= 2
		}
		used := min(k.used[i], 2)
		k.option(i,
			H(210, between, 0, 0), H(211, between, gap, 0), H(212, between, used, others), H(213, side, verb, between),
			H(214, side, ing, between), H(215, k.sort(p), between, used), H(216, side, k.word(p.end), k.word(cu.first-1)), H(217, side, before, between),
			H(218, side, behind, between), H(219, used, ing, side), H(220, side, k.word(p.first-1), between), H(221, gap, side, used<<4|others),
			H(222, between, before, used))
	}
	bd.source = k.choose(whose, b)
	if bd.source >= 0 {
		bd.shared = k.used[bd.source] > 0
		k.used[bd.source]++
	}
}

// inherit gives a participle among the bonds of a clause that has no source
// that of the cue behind it: Describing it as “useful”, X said.
func (k *linker) inherit(own []bond) {
	for i := len(own) - 2; i >= 0; i-- {
		b, next := &own[i], &own[i+1]
		if b.source < 0 && next.source > b.cue && k.l.participle(k.parts[b.cue].end-1) {
			b.source, b.shared = next.source, true
		}
	}
}

// A setting is what the options for a content have in common.
type setting struct {
	first, last    uint32 // marks of the quotations at its edges
	before, behind uint32 // the words around it
	edges          uint32 // first and last
	place          uint32 // where it stands: see setting
	cues           uint32 // in its clause
	open           int    // the bond before that may go on here, see breaksOff
}

// setting looks at content c of the clause that has so many cues.
func (k *linker) setting(c, cues int) setting {
	l, p := k.l, k.parts[c]
	var s setting
	s.first, s.last = k.edges(p)
	s.edges = s.first<<8 | s.last
	s.before, s.behind = k.word(p.first-1), k.word(p.end)
	s.cues = uint32(min(cues, 3))
	if p.clause == 0 || l.clauses[p.clause-1].paragraph != int32(p.paragraph) {
		s.place |= 1 // first clause of its paragraph
	}
	if q := l.units[p.first].quotation; q >= 0 && l.quotations[q].Continues {
		s.place |= 2
	}
	if p.first == int(l.clauses[p.clause].first) {
		s.before = 7
		if p.end+1 >= int(l.clauses[p.clause].end) {
			s.place |= 4 // nothing else in the clause
		}
	}
	return s
}

// tail tells what the content that b got last ends with; 0 if it has none.
func (k *linker) tail(b *bond) uint32 {
	if len(b.content) == 0 {
		return 0
	}
	_, mark := k.edges(k.last(b))
	return 1 + mark
}

// where returns the bond that content c, of the n-th clause with parts, belongs
// to; -1 if none.
func (k *linker) where(c, n int) int {
	p, from, end := k.parts[c], k.clauses[n].bonds, k.clauses[n+1].bonds
	s := k.setting(c, end-from)
	H := perceptron.Hash
	size := uint32(min(p.end-p.first, 4))
	k.option(-1, H(300, 0, 0, 0), H(301, s.edges, s.cues, 0), H(302, s.before, s.first, 0), H(303, s.behind, s.last, 0),
		H(304, size, s.first, s.cues), H(305, s.place|s.cues<<3, s.edges, 0))
	for b := from; b < end; b++ {
		bd := &k.bonds[b]
		if beyond(c, bd.cue) || c < bd.cue && k.unclosed(p) {
			continue // “It is not over. X said “so”: who said the first is not told
		}
		side, gap, between := k.relation(c, bd.cue, bd.source)
		has, since, began := uint32(0), uint32(0), uint32(0) // content already
		if len(bd.content) > 0 {
			q := k.last(bd)
			since, began = distance(max(p.first-q.end, 0)), H(k.word(q.first), k.word(q.first+1), 0, 0)
			switch {
			case q.clause != p.clause:
				has = 3
			case q.first > k.parts[bd.cue].first:
				has = 2
			default:
				has = 1
			}
		}
		src := uint32(0) // where its source stands
		if bd.source >= 0 {
			src = 1
			if bd.source > bd.cue {
				src = 2
			}
		}
		tail, verb := k.tail(bd), bd.verb
		k.option(b,
			H(310, between, 0, 0), H(311, between, gap, 0), H(312, between, has, s.first), H(313, between, has, tail),
			H(314, tail, s.edges, side), H(315, verb, side, has), H(316, s.before, between, has), H(317, s.behind, between, has),
			H(318, between, src, gap), H(319, has<<8|tail, s.before, s.first), H(320, s.edges, side, k.word(k.parts[bd.cue].end)), H(321, between, s.edges, has),
			H(322, verb, side, s.first), H(323, src, has, between), H(324, s.cues, between, has), H(325, tail, s.before, side),
			H(326, has, since, s.before), H(327, has<<8|since, began, side), H(328, has, k.word(p.first), since))
	}
	s.open = -1
	if n > 0 {
		s.open = k.breaksOff(k.clauses[n-1].bonds, from)
	}
	if k.recent >= 0 && (k.recent < from || k.recent >= end) {
		k.far(k.recent, p, &s, 1, 0)
	}
	seen := uint32(0)
	for m := n - 1; m >= 0 && m >= n-2 && k.parts[k.clauses[m].from].clause >= p.clause-3; m-- {
		for b := k.clauses[m+1].bonds - 1; b >= k.clauses[m].bonds && seen < 4; b-- {
			if b == k.recent {
				continue
			}
			seen++
			way := uint32(2)
			if len(k.bonds[b].content) == 0 {
				way = 3
			}
			k.far(b, p, &s, way, min(seen, 3))
		}
	}
	if next := k.clauses[n+1]; next.from < next.to && !k.unclosed(p) && k.parts[next.from].clause == p.clause+1 && k.clauses[n+2].bonds > end {
		k.far(end, p, &s, 4, 0)
	}
	return k.choose(where, c)
}

// breaksOff returns the first of the bonds [from, to) that so far is a quotation
// with a comma at its end, as speech that goes on behind its cue begins; -1 if
// none is.
func (k *linker) breaksOff(from, to int) int {
	for b := from; b < to; b++ {
		bd := &k.bonds[b]
		if len(bd.content) == 0 {
			continue
		}
		if p := k.last(bd); p.end <= k.parts[bd.cue].first && k.l.quoted(p.end-1) && k.l.lastByte(p.end-1) == ',' {
			return b
		}
	}
	return -1
}

// far makes an option of a bond that began in another clause than that of p,
// which is a content in setting s: the one that the content before went to (way
// 1), another before it that has content (2) or waits for it (3), or the first
// of the next clause (4). It is the order-th of those before.
func (k *linker) far(b int, p part, s *setting, way, order uint32) {
	bd := &k.bonds[b]
	verb, waits, src := bd.verb, uint32(0), uint32(0)
	if bd.cue >= 0 {
		cu := k.parts[bd.cue]
		waits = k.mark(cu.end)
		if len(bd.content) == 0 && k.mark(int(k.l.clauses[cu.clause].end)-1) == colon {
			waits = 20 // X said this on Monday:
		}
	}
	if bd.source >= 0 {
		src = 1
	}
	ahead := uint32(0) // “…?” X asked: how the clause behind begins
	if way == 4 {
		ahead = 1
		for i := bd.cue; i >= 0 && k.parts[i].clause == bd.clause; i-- {
			if k.parts[i].first == int(k.l.clauses[bd.clause].first) {
				ahead = 1 + uint32(k.parts[i].role)
			}
		}
		if bd.cue+1 < len(k.parts) && k.parts[bd.cue+1].clause == bd.clause && k.parts[bd.cue+1].role == content {
			ahead += 8
		}
	}
	rival := uint32(0)
	switch {
	case s.open == b:
		rival = 2
	case s.open >= 0:
		rival = 1
	}
	clause, paragraph, where := bd.clause, bd.paragraph, uint32(0)
	if len(bd.content) > 0 && bd.cue >= 0 {
		q := k.last(bd)
		clause, paragraph = max(clause, q.clause), max(paragraph, q.paragraph)
		switch {
		case q.clause > bd.clause:
			where = 2
		case q.first > k.parts[bd.cue].first:
			where = 1
		}
	}
	apart := uint32(min(max(p.clause-clause, 0), 3))
	if clause > p.clause {
		apart = 5
	}
	rel := way | apart<<4 | uint32(min(max(p.paragraph-paragraph, 0), 2))<<8 | order<<12
	tail, place := k.tail(bd), s.place|s.cues<<3
	H := perceptron.Hash
	k.option(b,
		H(330, way, 0, 0), H(331, rel, 0, 0), H(332, rel, tail, s.first), H(333, rel, place, 0),
		H(334, rel, s.edges, s.cues), H(335, tail, s.edges, way), H(336, verb, way, s.first), H(337, waits, rel, s.first),
		H(338, waits, s.edges, way), H(339, src, way, tail), H(340, s.before, way, tail), H(341, s.behind, way, s.cues),
		H(342, where, rel, s.first), H(343, where, tail, place), H(344, place, tail, way),
		H(345, ahead, s.edges, 0), H(346, ahead, s.place, s.last),
		H(347, rival, way, s.first), H(348, rival, tail, s.first), H(349, rival, rel, 0))
}

// speaker gives bond b, which has the content c of clause t and no cue, a
// source: one of its clause; if that has none, one of the clause before, that of
// what was said before, or none.
func (k *linker) speaker(b, c int, t tied) {
	l, p := k.l, k.parts[c]
	s := k.setting(c, 0)
	H := perceptron.Hash
	own := slices.ContainsFunc(k.parts[t.from:t.to], func(q part) bool { return q.role == source && !k.wordless(q) })
	if !own {
		k.option(-1, H(400, 0, 0, 0), H(401, s.first, s.place, 0))
	}
	before := -1
	if k.recent >= 0 {
		before = k.bonds[k.recent].source
	}
	seen := uint32(0)
	offer := func(i int) {
		q := k.parts[i]
		rel := uint32(min(max(p.clause-q.clause, -1)+1, 4)) | uint32(min(max(p.paragraph-q.paragraph, 0), 2))<<4 | min(k.used[i], 2)<<10 | min(seen, 2)<<12
		if q.first > p.first {
			rel |= 1 << 8
		}
		if i == before {
			rel |= 1 << 14
		}
		seen++
		k.option(i,
			H(410, rel, 0, 0), H(411, rel, k.sort(q), s.place), H(412, rel, s.first, 0), H(413, rel, k.word(q.end), k.word(p.first-1)),
			H(414, k.sort(q), rel&15, k.mark(int(l.clauses[q.clause].end)-1)))
	}
	if !own && before >= 0 && (k.parts[before].clause < p.clause-1 || k.parts[before].clause > p.clause) {
		offer(before)
	}
	for i := t.to - 1; i >= 0 && k.parts[i].clause >= p.clause-1; i-- {
		if own && i < t.from {
			break
		}
		if k.parts[i].role == source && !k.wordless(k.parts[i]) {
			offer(i)
		}
	}
	k.bonds[b].source = k.choose(speaker, c)
}
