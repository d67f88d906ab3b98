package collate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/vector"
	"stemma/internal/words"
)

// AlignWords aligns two sentences, given as tokens in lower case, word by
// word. It returns pairs of indices, many to many, in order.
//
// Words are alike by the tables and by the company they keep; their neighbours
// decide which of several like words is meant, by hidden Markov models that run
// both ways and must agree (Liang, Taskar and Klein 2006). What belongs to a
// linked word is then linked with it: function words after content words, as
// Sultan, Bethard and Sumner (2014) do.
func AlignWords(a, b []string) [][2]int {
	lx := newLexicon(nil, len(a)+len(b))
	ta, tb := fromTokens(lx, a), fromTokens(lx, b)
	if len(a)*len(b) > maxAlignCells {
		return lx.alignLong(ta, tb)
	}
	al := newAligner(lx, lx.alignParts(ta, tb), lx.alignParts(tb, ta))
	al.pick()
	al.dropUnsupported()
	al.linkDeterminers()
	al.linkInitials()
	al.eachSide((*alignedSide).linkExpressions)
	al.eachSide((*alignedSide).attach)
	return al.pairs()
}

// maxAlignCells is the size of the largest table that AlignWords fills, for
// sentences of 500 words; longer ones are aligned in order.
const maxAlignCells = 1 << 18

// alignLong aligns sentences of any length, word by word and in order.
func (lx *lexicon) alignLong(ta, tb *text) (out [][2]int) {
	ua, ub := ta.units(lx, 0, len(ta.words)), tb.units(lx, 0, len(tb.words))
	for _, l := range lx.alignUnits(ua, ub).inOrder {
		out = append(out, [2]int{ua[l.a].first, ub[l.b].first})
	}
	return out
}

// fromTokens makes a text of one sentence. Capitals are lost: words that no
// table knows are held to be names.
func fromTokens(lx *lexicon, tokens []string) *text {
	t := prepare(lx, stemma.OfTokens(tokens))
	for i := range t.words {
		if e := lx.look(t.words[i].id); !e.punct && !e.digit && e.class == 0 && len(e.senses) == 0 && len(e.norm) > 2 {
			t.words[i].capped = true
		}
	}
	return t
}

// An alignPart is what AlignWords links: a unit, a set expression of several
// words, or a part of a word with a hyphen.
type alignPart struct {
	unit
	function bool // and no mark
	punct    bool
	phrase   bool // among the set expressions
	vec      vector.ID
}

func (p *alignPart) content() bool { return !p.function && !p.punct }

// mayBe reports whether e has a sense as a part of speech: 'n', 'v', 'a', 'r'.
func (e *entry) mayBe(pos byte) bool {
	return slices.ContainsFunc(e.senses, func(s words.Sense) bool { return s.POS == pos })
}

// An alignedSide is one of two sentences on the way to their alignment.
type alignedSide struct {
	lx    *lexicon
	parts []alignPart
	to    [][]int // for each part, the parts of the other side it is linked with
	other *alignedSide
	// rel and likely tell of part i and part j of the other side: how they are
	// alike, and how likely j is the partner of i, seen from this side.
	rel    func(i, j int) relKind
	likely func(i, j int) float64
}

func (s *alignedSide) norm(i int) string { return s.lx.entries[s.parts[i].id].norm }

func (s *alignedSide) class(i int) words.Class { return s.lx.entries[s.parts[i].id].class }

// free reports whether part i is there, a word, and not linked.
func (s *alignedSide) free(i int) bool {
	return i >= 0 && i < len(s.parts) && len(s.to[i]) == 0 && !s.parts[i].punct
}

func (s *alignedSide) link(i, j int) {
	if !slices.Contains(s.to[i], j) {
		s.to[i] = append(s.to[i], j)
		s.other.to[j] = append(s.other.to[j], i)
	}
}

// determiner reports whether part i is an article or a word in its place.
func (s *alignedSide) determiner(i int) bool {
	return s.class(i).Is(words.Determiner) && s.norm(i) != "that" && s.norm(i) != "this"
}

func (s *alignedSide) article(i int) bool {
	return s.norm(i) == "the" || s.norm(i) == "a" || s.norm(i) == "an"
}

// An aligner is two sentences on the way to their alignment.
type aligner struct {
	lx       *lexicon
	a, b     *alignedSide
	rel      []relation // of part i of a and j of b, at i*len(b.parts)+j
	like     []float64
	fromA    []float64 // how likely i and j are partners by the chain of a, at i*len(b.parts)+j
	fromB    []float64 // … by the chain of b, at j*len(a.parts)+i
	initials [][2]int  // an abbreviation and one of the words whose initials it is
}

func newAligner(lx *lexicon, partsA, partsB []alignPart) *aligner {
	al := &aligner{lx: lx, a: &alignedSide{lx: lx, parts: partsA}, b: &alignedSide{lx: lx, parts: partsB}}
	n, m := len(al.a.parts), len(al.b.parts)
	al.a.to, al.b.to = make([][]int, n), make([][]int, m)
	al.a.other, al.b.other = al.b, al.a
	lx.space.reset()
	al.rel, al.like = lx.space.relations(n*m), lx.space.floats(n*m)
	for i := range n {
		for j := range m {
			al.rel[i*m+j] = lx.relate(&al.a.parts[i].unit, &al.b.parts[j].unit)
			al.like[i*m+j] = lx.likeness(&al.a.parts[i], &al.b.parts[j], al.rel[i*m+j])
		}
	}
	al.likeInitials(al.a.parts, al.b.parts, func(i, j int) int { return i*m + j })
	al.likeInitials(al.b.parts, al.a.parts, func(j, i int) int { return i*m + j })
	al.likePhrasal(al.a.parts, al.b.parts, func(i, j int) int { return i*m + j })
	al.likePhrasal(al.b.parts, al.a.parts, func(j, i int) int { return i*m + j })
	weight := al.like
	for k, l := range al.like {
		weight[k] = math.Exp(l)
	}
	al.fromA = chain(n, m, weight, m, 1, alone(al.a.parts), &lx.space)
	al.fromB = chain(m, n, weight, 1, m, alone(al.b.parts), &lx.space)
	al.a.rel = func(i, j int) relKind { return al.rel[i*m+j].kind }
	al.b.rel = func(j, i int) relKind { return al.rel[i*m+j].kind }
	al.a.likely = func(i, j int) float64 { return al.fromA[i*m+j] }
	al.b.likely = func(j, i int) float64 { return al.fromB[j*n+i] }
	return al
}

// likely returns how likely i and j are partners by both chains: their
// geometric mean.
func (al *aligner) likely(i, j int) float64 {
	return math.Sqrt(al.fromA[i*len(al.b.parts)+j] * al.fromB[j*len(al.a.parts)+i])
}

func alone(parts []alignPart) []float64 {
	out := make([]float64, len(parts))
	for i, p := range parts {
		out[i] = aloneContent
		if !p.content() {
			out[i] = aloneFunction
		}
	}
	return out
}

// eachSide does the same for both sides.
func (al *aligner) eachSide(f func(*alignedSide)) {
	f(al.a)
	f(al.b)
}

// alignParts cuts t into parts. Words with a hyphen are cut unless o has them
// too: "200-room" / "200 rooms".
func (lx *lexicon) alignParts(t, o *text) []alignPart {
	us := t.units(lx, 0, len(t.words))
	both := map[int32]bool{}
	for _, w := range o.words {
		both[w.key] = true
	}
	var out []alignPart
	var norms []string
	single := func(u unit) bool { return u.end == u.first+1 && u.date == nil && u.num == nil }
	for i := 0; i < len(us); i++ {
		u := us[i]
		if !single(u) {
			out = append(out, lx.alignPart(u))
			continue
		}
		norms = norms[:0]
		for k := i; k < len(us) && k-i < 6 && single(us[k]); k++ {
			norms = append(norms, lx.entries[us[k].id].norm)
		}
		if n := words.PhraseLen(norms); n > 1 {
			u.end, u.id, u.capped = us[i+n-1].end, lx.id(strings.Join(norms[:n], " ")), false
			u.key = lx.entries[u.id].key
			p := lx.alignPart(u)
			p.function = true
			out = append(out, p)
			i += n - 1
			continue
		}
		bits := strings.FieldsFunc(norms[0], func(r rune) bool { return r == '-' })
		if len(bits) < 2 || both[u.key] {
			bits = []string{norms[0]}
		}
		for _, s := range bits {
			v := u
			v.id = lx.id(s)
			v.key = lx.entries[v.id].key
			out = append(out, lx.alignPart(v))
		}
	}
	return out
}

func (lx *lexicon) alignPart(u unit) alignPart {
	e := lx.look(u.id)
	p := alignPart{unit: u, punct: e.punct, phrase: words.HasPhrase(e.norm), vec: e.vec}
	p.function = !e.punct && e.function() && u.date == nil && u.num == nil
	return p
}

// likeness is what a link of two parts is worth before any context, as the
// logarithm of how much oftener they are partners than chance brings them
// together. The numbers are set by hand, to halves.
func (lx *lexicon) likeness(a, b *alignPart, r relation) float64 {
	content := a.content() && b.content()
	value := func(u *alignPart) bool { return u.date != nil || u.num != nil }
	switch {
	case a.swapped && b.swapped:
		if r.kind == unrelated {
			return -8
		}
		return 6
	case r.kind >= respelt && a.punct:
		return 2.5
	case r.kind >= respelt && a.function:
		return 3.5
	case r.kind >= respelt:
		return 6
	case a.punct && b.punct:
		return -0.5
	case a.punct || b.punct:
		return -8
	case a.phrase && b.phrase && words.SamePhrase(lx.entries[a.id].norm, lx.entries[b.id].norm):
		return 4
	case r.kind == formatted, r.kind == inflected && !a.function:
		return 5
	case r.kind == inflected:
		return 3 // is / was
	case r.kind == synonym:
		return 4
	case r.kind == derived:
		return 3.5
	case r.kind == opposite:
		return 1.5
	case r.kind == related:
		return max(2.5, company(a, b))
	case value(a) || value(b):
		if r.kind == weak {
			return 1.5 // two numbers, two dates
		}
		return -2
	case !content && (a.content() || b.content()):
		return -2.5
	case !content && r.sim >= 0.5:
		return 2 // small words that may stand for each other
	case !content && r.kind == weak:
		return 1 // of one class
	case !content:
		return -1.5
	}
	// Names and words of no table: transliterations of one name.
	if (a.capped || b.capped || a.vec == 0 || b.vec == 0) && pairsOfLetters(lx.skeleton(a.id), lx.skeleton(b.id)) > 0.6 {
		return 4
	}
	if a.capped && b.capped {
		return max(0.5, company(a, b))
	}
	return company(a, b)
}

// company is the likeness of content words that the tables do not bring
// together: by the cosine of their vectors, .2 of which is nothing.
func company(a, b *alignPart) float64 {
	if !a.vec.HasVector() || !b.vec.HasVector() {
		return -0.3
	}
	return min(3, -1+7*max(0, vector.Similarity(a.vec, b.vec)-0.2))
}

// pairsOfLetters is Dice's coefficient of the pairs of letters of a and b, of
// the first few of which the rest may differ.
func pairsOfLetters(a, b string) float64 {
	const longest = 32
	a, b = a[:min(len(a), longest)], b[:min(len(b), longest)]
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	var used [longest]bool
	n := 0
	for i := 0; i+1 < len(a); i++ {
		for j := 0; j+1 < len(b); j++ {
			if !used[j] && a[i:i+2] == b[j:j+2] {
				used[j] = true
				n++
				break
			}
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b)-2)
}

// likeInitials raises the likeness of the abbreviations among x and the words
// of y whose initials they are. at gives the place of a pair in the tables.
func (al *aligner) likeInitials(x, y []alignPart, at func(i, j int) int) {
	lx := al.lx
	for i := range x {
		short := strings.ReplaceAll(lx.entries[x[i].id].norm, ".", "")
		if len(short) < 2 || len(short) > 6 || !x[i].content() || x[i].end > x[i].first+1 {
			continue
		}
		for start := range y {
			k, end := 0, start
			for ; end < len(y) && k < len(short) && end < start+3*len(short); end++ {
				if lx.entries[y[end].id].norm[0] == short[k] && y[end].end == y[end].first+1 {
					k++
				} else if k == 0 || !y[end].function {
					break
				}
			}
			if k < len(short) {
				continue
			}
			for j := start; j < end; j++ {
				p := at(i, j)
				al.like[p] = max(al.like[p], 5)
				al.initials = append(al.initials, [2]int{p / len(al.b.parts), p % len(al.b.parts)})
			}
			break
		}
	}
}

// likePhrasal raises the likeness of a verb that has its sense from the word
// behind it and its synonyms: "called off" / "cancelled".
func (al *aligner) likePhrasal(x, y []alignPart, at func(i, j int) int) {
	lx := al.lx
	for i := 0; i+1 < len(x); i++ {
		senses := lx.phrasal(&x[i], &x[i+1])
		if len(senses) == 0 {
			continue
		}
		for j := range y {
			same := func(s words.Sense) bool {
				return slices.ContainsFunc(senses, func(t words.Sense) bool { return s.Synset == t.Synset })
			}
			if slices.ContainsFunc(lx.look(y[j].id).senses, same) {
				p := at(i, j)
				al.like[p] = max(al.like[p], 4)
			}
		}
	}
}

// phrasal returns the senses of the verb v with particle p.
func (lx *lexicon) phrasal(v, p *alignPart) []words.Sense {
	if !v.content() || !lx.entries[p.id].class.Is(words.Preposition|words.Adverb) {
		return nil
	}
	return words.Senses(lx.look(v.id).lemma + " " + lx.entries[p.id].norm)
}

// pick links the likeliest pairs, each part once.
func (al *aligner) pick() {
	type cand struct {
		i, j int
		p    float64
	}
	var cands []cand
	for i := range al.a.parts {
		for j := range al.b.parts {
			if p := al.likely(i, j); p >= al.least(i, j) {
				cands = append(cands, cand{i, j, p})
			}
		}
	}
	slices.SortStableFunc(cands, func(x, y cand) int { return cmp.Compare(y.p, x.p) })
	for _, c := range cands {
		if len(al.a.to[c.i]) == 0 && len(al.b.to[c.j]) == 0 {
			al.a.link(c.i, c.j)
		}
	}
}

// least is how likely a pair must be. Function words are near each other by
// chance; content words seldom are.
func (al *aligner) least(i, j int) float64 {
	a, b := &al.a.parts[i], &al.b.parts[j]
	switch {
	case a.content() && b.content():
		return 0.2
	case a.content() || b.content():
		return 0.1
	case a.punct:
		return 0.3
	}
	return 0.4
}

// besideReach is how far the words lie that bear a function word out.
const besideReach = 3

// beside reports whether a part near i, to its right if sign is 1, is linked
// with one near j to the same side.
func (s *alignedSide) beside(i, j, sign int, content bool) bool {
	for k := 1; k <= besideReach; k++ {
		x := i + sign*k
		if x < 0 || x >= len(s.parts) {
			break
		}
		if s.parts[x].punct || content && s.parts[x].function {
			continue
		}
		for _, l := range s.to[x] {
			if d := sign * (l - j); d >= 1 && d <= besideReach {
				return true
			}
		}
	}
	return false
}

// dropUnsupported undoes links of articles, and of prepositions, that belong to
// words which have nothing to do with each other.
func (al *aligner) dropUnsupported() {
	var drop [][2]int
	for i, js := range al.a.to {
		if len(js) == 0 || !al.a.parts[i].function || !al.b.parts[js[0]].function {
			continue
		}
		j := js[0]
		switch {
		case al.a.beside(i, j, 1, false):
		case al.a.determiner(i) || al.b.determiner(j):
			drop = append(drop, [2]int{i, j})
		case al.a.class(i).Is(words.Preposition) && (al.a.rel(i, j) != equal || !al.a.beside(i, j, -1, true)):
			drop = append(drop, [2]int{i, j})
		}
	}
	for _, l := range drop {
		al.a.to[l[0]], al.b.to[l[1]] = nil, nil
	}
}

// linkDeterminers links what determines two linked nouns: "the big bridge" /
// "a bridge".
func (al *aligner) linkDeterminers() {
	a, b := al.a, al.b
	for i := range a.parts {
		if !a.free(i) || !a.determiner(i) {
			continue
		}
		for k := i + 1; k < len(a.parts) && k <= i+besideReach && !a.parts[k].punct; k++ {
			if a.parts[k].function || len(a.to[k]) == 0 {
				continue
			}
			noun := a.to[k][0]
			for j := noun - 1; j >= 0 && j >= noun-besideReach && !b.parts[j].punct && (b.parts[j].function || len(b.to[j]) == 0); j-- {
				if b.free(j) && b.determiner(j) {
					a.link(i, j)
					break
				}
			}
			break
		}
	}
}

// linkInitials links all the words whose initials an abbreviation is, if one of
// them is linked with it.
func (al *aligner) linkInitials() {
	linked := map[[2]int]bool{}
	for _, l := range al.initials {
		if slices.Contains(al.a.to[l[0]], l[1]) {
			linked[[2]int{l[0], -1}], linked[[2]int{-1, l[1]}] = true, true
		}
	}
	for _, l := range al.initials {
		if (linked[[2]int{l[0], -1}] || linked[[2]int{-1, l[1]}]) && (len(al.a.to[l[0]]) == 0 || len(al.b.to[l[1]]) == 0) {
			al.a.link(l[0], l[1])
		}
	}
}

// supportVerbs bear the noun behind them, which has the sense: "made a
// proposal" / "proposed".
var supportVerbs = map[string]bool{
	"make": true, "take": true, "give": true, "have": true, "hold": true, "do": true, "express": true, "pay": true,
	"carry": true, "conduct": true, "reach": true, "put": true, "earn": true, "issue": true,
}

// linkExpressions links the free parts of s that make one expression with a
// linked word beside them, which has another form on the other side.
func (s *alignedSide) linkExpressions() {
	for k := range s.parts {
		if len(s.to[k]) == 0 || !s.parts[k].content() {
			continue
		}
		j := s.to[k][0]
		r := s.rel(k, j)
		if r == equal {
			continue
		}
		e, f := s.lx.look(s.parts[k].id), s.lx.look(s.other.parts[j].id)
		// "pointed out" / "said"
		if s.free(k+1) && len(s.lx.phrasal(&s.parts[k], &s.parts[k+1])) > 0 {
			s.link(k+1, j)
		}
		// "of Spain", "Spain's" / "Spanish"
		if e.place != "" && f.place != "" && !e.adj && f.adj {
			if s.free(k-1) && s.norm(k-1) == "of" {
				s.link(k-1, j)
			}
			if s.free(k+1) && s.norm(k+1) == "'s" {
				s.link(k+1, j)
			}
		}
		// "held talks" / "talked"
		if (r == synonym || r == derived || r == inflected) && e.mayBe('n') && f.mayBe('v') {
			for v := k - 1; s.free(v) && v >= k-3; v-- {
				if supportVerbs[s.lx.look(s.parts[v].id).lemma] {
					for ; v < k; v++ {
						s.link(v, j)
					}
					break
				}
			}
		}
	}
}

// attach links the free parts of s with the partner of the word that they
// belong to.
func (s *alignedSide) attach() {
	type join struct{ i, k int }
	var joins []join
	for i := range s.parts {
		for _, k := range [2]int{i + 1, i - 1} {
			if s.free(i) && k >= 0 && k < len(s.parts) && len(s.to[k]) > 0 && s.attaches(i, k) {
				joins = append(joins, join{i, k})
				break
			}
		}
	}
	var with [][]int
	for _, x := range joins {
		with = append(with, slices.Clone(s.to[x.k]))
	}
	for n, x := range joins {
		for _, j := range with[n] {
			s.link(x.i, j)
		}
	}
}

// attaches reports whether the free part i belongs to the linked part k beside
// it.
func (s *alignedSide) attaches(i, k int) bool {
	j := s.to[k][0]
	if !s.parts[k].content() || s.other.parts[j].punct {
		return false
	}
	r := s.rel(k, j)
	same := r == equal && len(s.to[k]) == 1
	// Squeezed: the words on both sides of i are linked with neighbours, or
	// with one word.
	squeezed := false
	if beyond := 2*i - k; beyond >= 0 && beyond < len(s.parts) {
		squeezed = slices.Contains(s.to[beyond], j+i-k) || slices.Contains(s.to[beyond], j)
	}
	switch c := s.class(i); {
	case s.parts[i].content():
		return r < inflected && s.likely(i, j) >= 0.1 // "film stars" / "idols"
	case s.article(i):
		return k > i // "the council" / "Council"
	case c.Is(words.Auxiliary) && s.norm(i) != "'s":
		return k > i && squeezed && !same // "is facing" / "faces"
	case c.Is(words.Preposition), s.norm(i) == "'s":
		return k < i && squeezed && !same // "strengthening of" / "strengthen"
	}
	return false
}

// pairs returns the links as pairs of tokens. Expressions of as many words are
// linked word by word, others each with each.
func (al *aligner) pairs() [][2]int {
	var out [][2]int
	for i, js := range al.a.to {
		for _, j := range js {
			a, b := &al.a.parts[i], &al.b.parts[j]
			even := a.end-a.first == b.end-b.first
			for x := a.first; x < a.end; x++ {
				for y := b.first; y < b.end; y++ {
					if !even || x-a.first == y-b.first {
						out = append(out, [2]int{x, y})
					}
				}
			}
		}
	}
	slices.SortFunc(out, func(x, y [2]int) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	return slices.Compact(out)
}
