package collate

import (
	"slices"
	"strings"

	"stemma"
	"stemma/internal/words"
)

// A turn says what the clause about a place does to who acts and who is acted
// on.
type turn uint8

const (
	noTurn     turn = iota
	voiceTurn       // the same is done to the same by the same, in another voice
	rolesTurn       // who acts and who is acted on have changed places
	sourceTurn      // somebody else speaks
)

// A frame is a verb with those it binds, as far as the order of words shows.
type frame struct {
	verb           int // token
	passive        bool
	agent, patient []int // tokens of content words and pronouns
	lead           int   // first auxiliary, or the verb
}

const (
	// maxFrameTokens is the length of the longest side of a bead in which
	// frames are sought.
	maxFrameTokens = 160
	// maxNounPhrase is how far from its verb a frame's noun phrase reaches.
	maxNounPhrase = 8
)

// turnBead marks the items of a bead where the clauses of the two sides
// bind the same words to a verb in other parts: "Berg met the council" / "the
// council met Berg" and "the council was met by Berg".
func (p *pair) turnBead(items []item) {
	if len(items) < 2 {
		return
	}
	a0, a1, b0, b1 := bounds(items)
	if a1-a0 > maxFrameTokens || b1-b0 > maxFrameTokens || a0 == a1 || b0 == b1 {
		return
	}
	if !slices.ContainsFunc(items, func(x item) bool { return x.rel != equal || x.move > 0 }) {
		return
	}
	var done [][2]frame
	va, vb := p.verbs(p.a, a0, a1), p.verbs(p.b, b0, b1)
	for _, i := range va {
		key := p.lx.lemmaKey(p.a.words[i].id)
		j := -1
		for _, k := range vb {
			if p.lx.lemmaKey(p.b.words[k].id) == key {
				if j >= 0 {
					j = -2
					break
				}
				j = k
			}
		}
		if j < 0 || slices.ContainsFunc(va, func(k int) bool { return k != i && p.lx.lemmaKey(p.a.words[k].id) == key }) {
			continue // not in both, or more than once
		}
		fa, fb := p.frame(p.a, i, a0, a1), p.frame(p.b, j, b0, b1)
		aa, pp := p.shared(fa.agent, fb.agent), p.shared(fa.patient, fb.patient)
		ap, pa := p.shared(fa.agent, fb.patient), p.shared(fa.patient, fb.agent)
		switch {
		case len(ap) > 0 && len(pa) > 0 && len(aa) == 0 && len(pp) == 0:
			p.turnItems(items, rolesTurn, append(slices.Clone(ap), pa...))
		case fa.passive != fb.passive && (len(aa) > 0 || len(pp) > 0) && len(ap) == 0 && len(pa) == 0:
			p.voiceItem(items, fa, fb)
		case len(aa) == 0 && p.exchange(items, fa.agent, fb.agent), len(pp) == 0 && p.exchange(items, fa.patient, fb.patient):
		case len(aa) == 0 && len(fa.agent) > 0 && len(fb.agent) > 0:
			// "Berg left when Lund spoke" / "Lund left when Berg spoke"
			for _, o := range done {
				x, y := p.shared(fa.agent, o[1].agent), p.shared(o[0].agent, fb.agent)
				if len(x) > 0 && len(y) > 0 {
					p.turnItems(items, rolesTurn, append(slices.Clone(x), y...))
				}
			}
			done = append(done, [2]frame{fa, fb})
		}
	}
}

// exchange marks the items of a bead where those who stand to a verb on one
// side, and those who do on the other, each stand elsewhere across: "the board
// punished the mayor for backing the envoy" / "… the envoy for backing the
// mayor". It reports whether they do.
func (p *pair) exchange(items []item, as, bs []int) bool {
	if len(as) == 0 || len(bs) == 0 {
		return false
	}
	// "Over the door hung …": nobody who acts.
	placed := func(t *text, tokens []int) bool {
		i := slices.Min(tokens) - 1
		for i >= 0 && p.lx.entries[t.words[i].id].class.Is(words.Determiner) {
			i--
		}
		if i < 0 {
			return false
		}
		e := &p.lx.entries[t.words[i].id]
		return e.class.Is(words.Preposition) && e.norm != "of" && e.norm != "by"
	}
	if placed(p.a, as) || placed(p.b, bs) {
		return false
	}
	a0, a1, b0, b1 := bounds(items)
	elsewhere := func(t *text, tokens []int, o *text, first, end int, but []int) (at []int) {
		for _, i := range tokens {
			key := p.lx.lemmaKey(t.words[i].id)
			j := first
			for j < end && (p.lx.lemmaKey(o.words[j].id) != key || slices.Contains(but, j)) {
				j++
			}
			if j < end {
				at = append(at, j)
			}
		}
		if len(at)*2 <= len(tokens) {
			return nil
		}
		return at
	}
	inB, inA := elsewhere(p.a, as, p.b, b0, b1, bs), elsewhere(p.b, bs, p.a, a0, a1, as)
	if len(inA) == 0 || len(inB) == 0 {
		return false
	}
	var pairs [][2]int
	for _, i := range append(slices.Clone(as), inA...) {
		pairs = append(pairs, [2]int{i, -1})
	}
	for _, j := range append(slices.Clone(bs), inB...) {
		pairs = append(pairs, [2]int{-1, j})
	}
	p.turnItems(items, rolesTurn, pairs)
	return true
}

// turnItems marks the items that hold one of the pairs of tokens and differ.
func (p *pair) turnItems(items []item, t turn, pairs [][2]int) {
	for k := range items {
		x := &items[k]
		if x.swapped || x.same() && x.move == 0 {
			continue
		}
		for _, at := range pairs {
			if x.a0 <= at[0] && at[0] < x.a1 || x.b0 <= at[1] && at[1] < x.b1 {
				x.turn = t
			}
		}
	}
}

// voiceItem marks the item where the auxiliary of the passive came or went, or
// the verb's form changed.
func (p *pair) voiceItem(items []item, fa, fb frame) {
	auxiliary := func(x *item) bool {
		if fa.passive {
			return x.a0 <= fa.lead && fa.lead < x.a1
		}
		return x.b0 <= fb.lead && fb.lead < x.b1
	}
	verb := func(x *item) bool {
		return x.a0 <= fa.verb && fa.verb < x.a1 || x.b0 <= fb.verb && fb.verb < x.b1
	}
	for _, holds := range []func(*item) bool{auxiliary, verb} {
		for k := range items {
			x := &items[k]
			if (!x.same() || x.move > 0) && holds(x) {
				x.turn = voiceTurn
				return
			}
		}
	}
}

// verbs returns the tokens that are forms of verbs other than auxiliaries.
func (p *pair) verbs(t *text, first, end int) []int {
	var out []int
	for i := first; i < end; i++ {
		e := &p.lx.entries[t.words[i].id]
		if e.function() || e.digit || t.words[i].capped && !t.words[i].first {
			continue
		}
		e = p.lx.look(t.words[i].id)
		if verbField(e) == 0 && !pastVerb(e) || !verbal(e) {
			continue
		}
		if i > first && p.lx.entries[t.words[i-1].id].class.Is(words.Determiner) {
			continue // "the reports", "his call"
		}
		out = append(out, i)
	}
	return out
}

// participle reports whether e may be a past participle.
func participle(e *entry) bool {
	return e.norm != e.lemma && !strings.HasSuffix(e.norm, "ing") && !strings.HasSuffix(e.norm, "s") || strings.HasSuffix(e.norm, "en")
}

// frame reads the words about the verb at token v, between first and end.
func (p *pair) frame(t *text, v, first, end int) frame {
	lx := p.lx
	f := frame{verb: v, lead: v}
	at := func(i int) *entry { return &lx.entries[t.words[i].id] }
	i := v - 1
	for ; i >= first; i-- {
		e := at(i)
		if !e.class.Is(words.Auxiliary|words.Modal|words.Negation) && !(e.class.Is(words.Adverb) && !e.class.Is(words.Preposition)) && !strings.HasSuffix(e.norm, "ly") {
			break
		}
		if lx.look(t.words[i].id).lemma == "be" {
			f.passive = f.passive || participle(lx.look(t.words[v].id))
			f.lead = i
		}
	}
	subject := p.subjectBefore(t, i, first)
	object := p.phraseAfter(t, v+1, end)
	if !f.passive {
		f.agent, f.patient = subject, object
		return f
	}
	f.patient = subject
	for k := v + 1; k < end && k <= v+maxNounPhrase && !stops(at(k)); k++ {
		if at(k).norm == "by" {
			f.agent = p.phraseAfter(t, k+1, end)
			break
		}
	}
	return f
}

// stops reports whether e ends a clause.
func stops(e *entry) bool { return e.punct && e.norm != "-" && !e.quote }

// phraseBefore returns the words of the noun phrase that ends at token i.
func (p *pair) phraseBefore(t *text, i, first int) []int {
	var out []int
	for n := 0; i >= first && n < maxNounPhrase; i, n = i-1, n+1 {
		e := &p.lx.entries[t.words[i].id]
		if !p.phraseWord(t, i, &out) {
			break
		}
		if e.class.Is(words.Determiner) && !(i > first && p.lx.entries[t.words[i-1].id].norm == "of") {
			break
		}
	}
	return out
}

// subjectBefore returns the words of who does what the verb behind token i
// says: "Berg said", "Berg, the minister, said", "it was Berg who said".
func (p *pair) subjectBefore(t *text, i, first int) []int {
	at := func(i int) *entry { return &p.lx.entries[t.words[i].id] }
	if i < first || at(i).quote {
		return nil
	}
	if at(i).norm == "who" {
		i--
	}
	if i < first || at(i).norm != "," {
		out := p.phraseBefore(t, i, first)
		// "officials from both countries said"
		if len(out) > 0 {
			k := slices.Min(out) - 1
			for k > first && at(k).class.Is(words.Determiner|words.Quantifier) {
				k--
			}
			if k > first && at(k).class.Is(words.Preposition) && at(k).norm != "by" {
				out = append(out, p.phraseBefore(t, k-1, first)...)
			}
		}
		return out
	}
	for n := i - 1; n >= first && n > i-12 && at(n).norm != "." && !at(n).quote; n-- {
		if at(n).norm == "," {
			return append(p.phraseBefore(t, n-1, first), p.phraseAfter(t, n+1, i)...)
		}
	}
	return nil
}

// phraseAfter returns the words of the noun phrase that starts at token i.
func (p *pair) phraseAfter(t *text, i, end int) []int {
	var out []int
	for n := 0; i < end && n < maxNounPhrase; i, n = i+1, n+1 {
		if !p.phraseWord(t, i, &out) {
			break
		}
	}
	return out
}

// phraseWord adds token i to the words of a noun phrase, and reports whether
// the phrase goes on beyond it.
func (p *pair) phraseWord(t *text, i int, out *[]int) bool {
	e := &p.lx.entries[t.words[i].id]
	switch {
	case e.norm == "and" && i > 0 && i+1 < len(t.words) && t.name(p.lx, i-1) && t.name(p.lx, i+1):
		return true // "Norland and Sudmark agreed"
	case stops(e), e.class.Is(words.Conjunction | words.Auxiliary | words.Modal):
		return false
	case e.punct, e.norm == "of", e.norm == "'s", e.class.Is(words.Determiner):
		return true
	case pronouns[e.norm] != "":
		*out = append(*out, i)
		return false
	case e.class.Is(words.Preposition | words.Pronoun):
		return false
	}
	e = p.lx.look(t.words[i].id)
	if verbField(e) != 0 && e.norm != e.lemma && !strings.HasSuffix(e.norm, "s") && !t.words[i].capped {
		return false
	}
	*out = append(*out, i)
	return true
}

// pronouns gives for each case of a pronoun the one it is a case of.
var pronouns = map[string]string{
	"he": "he", "him": "he", "himself": "he", "she": "she", "her": "she", "herself": "she", "they": "they", "them": "they",
	"i": "i", "me": "i", "we": "we", "us": "we", "it": "it", "itself": "it", "you": "you",
}

// shared returns the pairs of tokens of as and bs that are one word.
func (p *pair) shared(as, bs []int) (out [][2]int) {
	for _, i := range as {
		ni := p.lx.entries[p.a.words[i].id].norm
		for _, j := range bs {
			nj := p.lx.entries[p.b.words[j].id].norm
			if pronouns[ni] != "" && pronouns[ni] == pronouns[nj] || p.lx.lemmaKey(p.a.words[i].id) == p.lx.lemmaKey(p.b.words[j].id) {
				out = append(out, [2]int{i, j})
			}
		}
	}
	return out
}

// sourceBead marks the items of a bead where what is said is laid in another
// mouth: both sides name one speaker that the other does not know.
func (p *pair) sourceBead(items []item) {
	a0, a1, b0, b1 := bounds(items)
	if a1-a0 > maxFrameTokens || b1-b0 > maxFrameTokens || a0 == a1 || b0 == b1 {
		return
	}
	if !slices.ContainsFunc(items, func(x item) bool { return x.rel < related && !x.division }) {
		return
	}
	sa := p.sources(p.a, a0, a1)
	if len(sa) == 0 {
		return
	}
	sb := p.sources(p.b, b0, b1)
	if len(sb) == 0 {
		return
	}
	sa, sb = p.unknown(p.a, sa, p.b, sb, b0, b1), p.unknown(p.b, sb, p.a, sa, a0, a1)
	if len(sa) != 1 || len(sb) != 1 {
		return
	}
	in := func(ws []int, lo, hi int) bool {
		return slices.ContainsFunc(ws, func(i int) bool { return lo <= i && i < hi })
	}
	for k := range items {
		x := &items[k]
		if x.rel < related && !x.swapped && (in(sa[0], x.a0, x.a1) || in(sb[0], x.b0, x.b1)) {
			x.turn = sourceTurn
		}
	}
}

// bounds returns the tokens that items reach over on both sides.
func bounds(items []item) (a0, a1, b0, b1 int) {
	a0, a1, b0, b1 = items[0].a0, items[0].a1, items[0].b0, items[0].b1
	for _, x := range items[1:] {
		a0, a1, b0, b1 = min(a0, x.a0), max(a1, x.a1), min(b0, x.b0), max(b1, x.b1)
	}
	return a0, a1, b0, b1
}

// unknown returns the sources of t that are none of the sources of o, by any
// of their words.
func (p *pair) unknown(t *text, sources [][]int, o *text, others [][]int, first, end int) (out [][]int) {
	lx := p.lx
	known := func(i int) bool {
		id := t.words[i].id
		if lx.entries[id].adj {
			return false // "Chinese officials" / "Chinese journalists"
		}
		for _, s := range others {
			for _, j := range s {
				other := o.words[j].id
				if lx.lemmaKey(id) == lx.lemmaKey(other) || lx.relateIDs(id, other).kind >= derived || lx.skeleton(id) == lx.skeleton(other) || lx.acronym(o, id, first, end) {
					return true
				}
			}
		}
		return false
	}
	for _, s := range sources {
		if !slices.ContainsFunc(s, known) {
			out = append(out, s)
		}
	}
	return out
}

// acronym reports whether id is made of the first letters of capitalised words
// in a row of t: "UN".
func (lx *lexicon) acronym(t *text, id int32, first, end int) bool {
	short := strings.ReplaceAll(lx.entries[id].norm, ".", "")
	if len(short) < 2 || len(short) > 6 {
		return false
	}
	n := 0
	for i := first; i < end; i++ {
		switch norm := lx.entries[t.words[i].id].norm; {
		case t.words[i].capped && norm[0] == short[n]:
			if n++; n == len(short) {
				return true
			}
		case n > 0 && lx.entries[t.words[i].id].function():
		default:
			n = 0
		}
	}
	return false
}

// sources returns the words for each of those who are said to speak in the
// tokens between first and end: "Berg said", "said Berg", "according to Berg".
func (p *pair) sources(t *text, first, end int) (out [][]int) {
	lx := p.lx
	at := func(i int) *entry { return &lx.entries[t.words[i].id] }
	add := func(ws []int) bool {
		ok := false
		if len(ws) == 1 && personal[at(ws[0]).norm] && !p.namesIn(t, first, ws[0]) {
			if who := p.lastSource(t, first); len(who) > 0 {
				out = append(out, append(slices.Clone(ws), who...))
				return true
			}
		}
		for _, i := range ws {
			e := lx.look(t.words[i].id)
			ok = ok || t.name(lx, i) || pronouns[e.norm] == "" && (roleNoun(e) || group(e))
		}
		if ok {
			out = append(out, ws)
		}
		return ok
	}
	for i := first; i < end; i++ {
		if t.words[i].quote > 0 {
			continue
		}
		if at(i).norm == "to" && i > first && at(i-1).norm == "according" {
			add(p.phraseAfter(t, i+1, end))
			continue
		}
		if !p.cueAt(t, i, first) {
			continue
		}
		k := i - 1
		for k >= first && (at(k).class.Is(words.Auxiliary) || at(k).class.Is(words.Adverb) && !at(k).class.Is(words.Preposition|words.Conjunction)) {
			k--
		}
		if k < first {
			continue
		}
		if add(p.subjectBefore(t, k, first)) {
			continue
		}
		// "…”, said Berg": nothing is said by the words behind.
		if k == i-1 && (stops(at(k)) || at(k).quote) {
			ws := p.phraseAfter(t, i+1, end)
			if len(ws) == 0 {
				continue
			}
			if k := ws[len(ws)-1] + 1; k >= end || at(k).punct || at(k).class.Is(words.Preposition) {
				add(ws)
			}
		}
	}
	return out
}

// namesIn reports whether a name stands in tokens [first, end).
func (p *pair) namesIn(t *text, first, end int) bool {
	for i := first; i < end; i++ {
		if t.name(p.lx, i) {
			return true
		}
	}
	return false
}

// personal are the pronouns for one person.
var personal = map[string]bool{"he": true, "she": true}

// lastSource returns the words for the one who speaks in the sentence before
// token first, whom "he" or "she" means there, if only one does.
func (p *pair) lastSource(t *text, first int) []int {
	if first == 0 {
		return nil
	}
	s := t.doc.SentenceOf(t.doc.Tokens[first-1].Start)
	if s < 0 || first-t.doc.Sentences[s].FirstToken > maxFrameTokens {
		return nil
	}
	var named [][]int
	for _, ws := range p.sources(t, t.doc.Sentences[s].FirstToken, first) {
		if slices.ContainsFunc(ws, func(i int) bool { return t.name(p.lx, i) }) {
			named = append(named, ws)
		}
	}
	if len(named) != 1 {
		return nil
	}
	return named[0]
}

// cueAt reports whether token i is a verb that says that somebody speaks, in a
// form that can stand behind who does.
func (p *pair) cueAt(t *text, i, first int) bool {
	e := &p.lx.entries[t.words[i].id]
	if e.punct || e.function() || t.words[i].capped && !t.words[i].first {
		return false
	}
	e = p.lx.look(t.words[i].id)
	const speaks = words.CueSay | words.CueStrong | words.CueWeak | words.CueAdmit | words.CueDeny
	if !e.lclass.Is(speaks) || strings.HasSuffix(e.norm, "ing") || deeds[e.lemma] {
		return false
	}
	if i > first {
		switch before := &p.lx.entries[t.words[i-1].id]; {
		case before.class.Is(words.Determiner|words.Modal) || before.norm == "to":
			return false // "the report", "to say"
		case p.lx.look(t.words[i-1].id).lemma == "be":
			return false // "was told"
		}
	}
	return slices.ContainsFunc(e.senses, func(s words.Sense) bool { return s.POS == 'v' })
}

// deeds are verbs among those of saying that are as often done without a word.
var deeds = map[string]bool{"accept": true, "agree": true, "reject": true, "dismiss": true, "rebuff": true, "answer": true, "respond": true, "point": true, "continue": true, "maintain": true, "charge": true, "threaten": true, "demand": true, "order": true, "urge": true}

// source holds where the words that differ say who speaks, and another speaks
// on the other side.
func (v *variant) source() bool {
	if v.x.turn != sourceTurn || v.quoted {
		return false
	}
	v.set(stemma.Attribution, stemma.MeaningBearing, wName, "source")
	return true
}

// exchanged holds where who acts and who is acted on have changed places.
func (v *variant) exchanged() bool {
	if v.x.turn != rolesTurn || v.counts() {
		return false
	}
	v.set(stemma.Roles, stemma.MeaningBearing, wTurned, "roles-exchanged")
	return true
}

// group reports whether e names people together, or what they speak through:
// "police", "newspaper", "government".
func group(e *entry) bool {
	for n, s := range e.senses {
		if n < 3 && s.POS == 'n' && (s.File == words.NounGroup || s.File == words.NounPerson || s.File == words.NounCommunication) {
			return true
		}
	}
	return false
}
