package collate

import (
	"slices"
	"strconv"
	"strings"

	"stemma"
	"stemma/internal/vector"
	"stemma/internal/words"
)

// A rule names a kind of change, with an example. The first rule of the table
// that holds decides.
type rule struct {
	name, example string
	holds         func(v *variant) bool
}

// Weights order the variants of one severity, 0 to 1. What turns the sense
// round weighs most, then who and how many, then how sure, then what is left
// out, then wording.
const (
	wNegation = 0.95
	wNumber   = 0.95
	wDate     = 0.9
	wName     = 0.88
	wState    = 0.95
	wTurned   = 0.92
	wPhase    = 0.86
	wRole     = 0.84
	wModality = 0.72
	wCue      = 0.5
	wScope    = 0.68
	wSentence = 0.8
	wTime     = 0.66
	wContent  = 0.5
	wOther    = 0.42
	wStyle    = 0.3
)

// rules is filled by a function, for some rules ask for the table's neighbours.
var rules = []rule{
	{"lost-quotation-mark", "“… is piracy.” / “… is piracy.", (*variant).lostMark},
	{"quotation-marks", "“useful” / useful", (*variant).mode},
	{"dateline", "NORHAVEN, May 3 (Agency) – The talks / The talks", (*variant).dateline},
	{"punctuation", "useful, and / useful and", (*variant).punctuation},
	{"encoding", "café / cafÃ©", (*variant).encoding},
	{"truncated", "… said the minister. / … said", (*variant).truncated},
	{"spelling", "travelled / traveled; Zelensky / Zelenskyy; isn't / is not", (*variant).spelling},
	{"same-value", "five / 5; 14 October / Oct. 14; US / American", (*variant).sameValue},
	{"names-swapped", "Berg told Lund / Lund told Berg", (*variant).swapped},
	{"roles-exchanged", "Berg met the council / the council met Berg", (*variant).exchanged},
	{"set-phrase", "news conference / press conference; was held / took place", (*variant).setPhrase},
	{"rank", "the deputy minister / the minister", (*variant).rank},
	{"direction", "north of the harbour / south of the harbour", (*variant).direction},
	{"negation", "agreed / did not agree", (*variant).negation},
	{"opposite", "rejected / accepted", (*variant).opposite},
	{"number", "nineteen / 90", (*variant).number},
	{"date", "Tuesday / Monday", (*variant).date},
	{"source", "said Berg / said Lund; according to the army / according to the rebels", (*variant).source},
	{"name-part", "Anna Berg / Berg", (*variant).namePart},
	{"name", "Berg / Lund", (*variant).nameChange},
	{"turned", "was briefed by / briefed; for a briefing on / to give details of", (*variant).turned},
	{"state-movement", "remained apart / were moving apart", (*variant).stateMovement},
	{"phase", "the stalled effort / ending the effort", (*variant).phaseChange},
	{"role", "envoys / ambassadors", (*variant).roleChange},
	{"cue", "said / claimed", (*variant).cue},
	{"modality", "will / may; probably / certainly", (*variant).modality},
	{"scope", "all / some", (*variant).scopeChange},
	{"degree", "far more / somewhat more", (*variant).degree},
	{"inflection", "agrees / agreed", (*variant).inflection},
	{"voice", "was reached by / reached", (*variant).voice},
	{"function", "the / a", (*variant).functionWord},
	{"synonym", "core / key", (*variant).synonym},
	{"omitted", "on Tuesday / –", (*variant).omission},
	{"phrase", "drafted / drawn up", (*variant).phrase},
	{"substitution", "bridge / tunnel", (*variant).substitution},
}

// lostMark holds where one side closes a quotation and the other never does.
func (v *variant) lostMark() bool {
	one := &v.a
	other := &v.b
	if v.a.empty() {
		one, other = &v.b, &v.a
	}
	if !other.empty() && (other.marks > 0 || other.end-other.first != other.punct) || one.marks == 0 || one.end-one.first != one.punct {
		return false
	}
	// The words before the mark are quoted on the other side, and stay open.
	at := other.first - 1
	if at < 0 || other.t.words[at].quote == 0 {
		return false
	}
	if q := other.t.quotes[other.t.words[at].quote-1]; q.closed {
		return false
	}
	v.set(stemma.DamageVar, stemma.Stylistic, 0.5, "lost-quotation-mark")
	return true
}

// mode holds where nothing but quotation marks came or went: direct speech
// turned into the reporter's words, or back.
func (v *variant) mode() bool {
	if v.a.marks == v.b.marks || v.a.punct != v.a.end-v.a.first || v.b.punct != v.b.end-v.b.first {
		return false
	}
	v.set(stemma.Mode, stemma.Stylistic, 0.35, "quotation-marks")
	return true
}

func (v *variant) punctuation() bool {
	if v.a.punct != v.a.end-v.a.first || v.b.punct != v.b.end-v.b.first {
		return false
	}
	v.set(stemma.Format, stemma.Cosmetic, 0.05, "punctuation")
	return true
}

func (v *variant) encoding() bool {
	a, b := v.text()
	bad := func(s string) bool {
		return strings.ContainsRune(s, '\uFFFD') || strings.Contains(s, "â€") || strings.Contains(s, "Ã")
	}
	if bad(a) == bad(b) {
		return false
	}
	v.set(stemma.DamageVar, stemma.Cosmetic, 0.2, "encoding")
	return true
}

// truncated holds where the last sentence of one side breaks off.
func (v *variant) truncated() bool {
	if !v.a.empty() && !v.b.empty() || v.whole {
		return false
	}
	full, cut := &v.a, &v.b
	if v.a.empty() {
		full, cut = cut, full
	}
	if cut.first != len(cut.t.words) || cut.first == 0 || len(full.content) == 0 {
		return false
	}
	last := &v.p.lx.entries[cut.t.words[cut.first-1].id]
	if last.punct && last.norm != "," && last.norm != "-" {
		return false
	}
	v.set(stemma.DamageVar, stemma.MeaningBearing, wContent, "truncated")
	return true
}

func (v *variant) spelling() bool {
	if v.x.rel == respelt {
		rule := "spelling"
		a, b := &v.p.lx.entries[v.a.t.words[v.x.a0].id], &v.p.lx.entries[v.b.t.words[v.x.b0].id]
		if a.norm+b.norm == "aan" || a.norm+b.norm == "ana" {
			v.set(stemma.Function, stemma.Cosmetic, 0.05, "a-an")
			return true
		}
		if a.place != "" && a.place == b.place && v.p.lx.skeleton(v.a.t.words[v.x.a0].id)[:1] != v.p.lx.skeleton(v.b.t.words[v.x.b0].id)[:1] || strings.Contains(a.norm+b.norm, ".") {
			v.set(stemma.Format, stemma.Cosmetic, 0.1, "abbreviation")
			return true
		}
		if v.p.lx.same[a.norm] != "" || v.p.lx.same[b.norm] != "" {
			rule = "declared-same"
		} else if contractions[a.norm] != "" || contractions[b.norm] != "" {
			rule = "contraction"
		} else if a.key != b.key {
			rule = "transliteration"
		}
		v.set(stemma.Spelling, stemma.Cosmetic, 0.1, rule)
		return true
	}
	if len(v.p.lx.same) > 0 && v.p.lx.declared(&v.a) == v.p.lx.declared(&v.b) {
		v.set(stemma.Spelling, stemma.Cosmetic, 0.1, "declared-same")
		return true
	}
	// The same letters with other hyphens or spaces: "cease-fire", "ceasefire".
	if a, b := v.p.letters(v.a.t, v.a.first, v.a.end), v.p.letters(v.b.t, v.b.first, v.b.end); a != "" && a == b {
		if len(v.a.content)+len(v.a.function) == len(v.b.content)+len(v.b.function) && !hyphens(&v.a) && !hyphens(&v.b) {
			v.set(stemma.Format, stemma.Cosmetic, 0.05, "punctuation") // "July, 2002" / "July 2002"
			return true
		}
		v.set(stemma.Spelling, stemma.Cosmetic, 0.1, "compound")
		return true
	}
	return false
}

// hyphens reports whether a hyphen stands in s.
func hyphens(s *side) bool {
	for i := s.first; i < s.end; i++ {
		if strings.ContainsAny(s.t.doc.Text(s.t.doc.Tokens[i].Span), "-‐–") {
			return true
		}
	}
	return false
}

// declared returns the words of s, or what a person declared them to be.
func (lx *lexicon) declared(s *side) string {
	var ws []string
	for i := s.first; i < s.end; i++ {
		ws = append(ws, lx.entries[s.t.words[i].id].norm)
	}
	phrase := strings.Join(ws, " ")
	if c := lx.same[phrase]; c != "" {
		return c
	}
	return phrase
}

// letters returns the letters of t in [first, end), words run together.
func (p *pair) letters(t *text, first, end int) string {
	var b strings.Builder
	for i := first; i < end; i++ {
		e := &p.lx.entries[t.words[i].id]
		if !e.punct {
			b.WriteString(words.American(e.norm))
		}
	}
	return b.String()
}

func (v *variant) sameValue() bool {
	if v.x.rel != formatted {
		return false
	}
	rule := "number-format"
	if len(v.a.dates) > 0 {
		rule = "date-format"
	} else if len(v.a.nums) == 0 {
		rule = "place-form"
	}
	if v.a.punct > 0 && v.a.punct == v.a.end-v.a.first {
		rule = "quotation-mark-style"
	}
	v.set(stemma.Format, stemma.Cosmetic, 0.1, rule)
	return true
}

// negation holds where one side denies and the other does not. "unsure" and
// "not sure" both deny.
func (v *variant) negation() bool {
	if v.whole || v.longOmission() || v.a.neg%2 == v.b.neg%2 && (v.a.neg == 0) == (v.b.neg == 0) {
		return false
	}
	if !v.deniesSame() {
		return false
	}
	na, nb := v.a.neg, v.b.neg
	stems := func(s, o *side) (n int) {
		for _, i := range s.content {
			w := v.p.lx.look(s.t.words[i].id)
			for _, pre := range []string{"un", "in", "im", "dis", "non", "ir", "il"} {
				rest, ok := strings.CutPrefix(w.norm, pre)
				if !ok || len(rest) < 3 {
					continue
				}
				for _, j := range o.content {
					if strings.HasPrefix(rest, v.p.lx.look(o.t.words[j].id).lemma) {
						n++
					}
				}
			}
		}
		return n
	}
	na += stems(&v.a, &v.b)
	nb += stems(&v.b, &v.a)
	if na%2 == nb%2 {
		return false
	}
	// A denial by a word whose opposite is denied on the other side is none:
	// "failed to agree" / "did not agree" was counted on both sides above.
	v.set(stemma.Negation, stemma.MeaningBearing, wNegation, "negation")
	return true
}

// deniesSame reports whether the two sides say much the same but for what
// denies it. Where other words differ too, the word that denies belongs to what
// was rewritten, dropped or added: ", but gave no details" / "".
func (v *variant) deniesSame() bool {
	lx := v.p.lx
	// known counts the content words of s that are among those of o in some
	// form, and the others.
	known := func(s, o *side) (yes, no int) {
		for _, i := range s.content {
			if v.p.deniesAt(s.t, i) {
				continue
			}
			if slices.ContainsFunc(o.content, func(j int) bool {
				r := lx.relateIDs(s.t.words[i].id, o.t.words[j].id)
				ei, ej := lx.look(s.t.words[i].id), lx.look(o.t.words[j].id)
				return r.kind >= related || prefixed(ei.lemma, ej.lemma) || prefixed(ej.lemma, ei.lemma)
			}) {
				yes++
			} else {
				no++
			}
		}
		return yes, no
	}
	const most = 4 // content words a side: where more are rewritten, one word that denies tells little
	if !v.a.empty() && !v.b.empty() && (len(v.a.content) > most || len(v.b.content) > most) {
		return false
	}
	a, onlyA := known(&v.a, &v.b)
	b, onlyB := known(&v.b, &v.a)
	if min(a, b) == 0 && v.p.deniedAlike(v.x.bead) {
		return false // "declined to answer … " / "did not … answer": denied elsewhere
	}
	switch {
	case v.a.empty() || v.b.empty():
		one := &v.a
		if v.a.empty() {
			one = &v.b
		}
		return onlyA+onlyB == 0 && !v.clause(one)
	case v.a.neg == 0 && len(v.a.nums) > 0, v.b.neg == 0 && len(v.b.nums) > 0:
		return false // "no" / "40"
	case v.a.end-v.a.first == 1 && v.b.end-v.b.first == 1:
		ea, eb := lx.look(v.a.t.words[v.a.first].id), lx.look(v.b.t.words[v.b.first].id)
		verb := func(e *entry) bool { return !e.punct && (verbField(e) != 0 || pastVerb(e)) }
		return v.a.denials+v.b.denials == 0 || verb(ea) && verb(eb) // "nobody" / "somebody"
	case v.contrasts(&v.a) || v.contrasts(&v.b):
		return false // "his job, not the office" / "what he is paid for"
	case v.a.neg > 0 && len(v.a.content) == 0 && onlyB <= 2, v.b.neg > 0 && len(v.b.content) == 0 && onlyA <= 2:
		return true // "plans in autumn to" / "does not plan to": what is denied stands behind
	}
	return onlyA+onlyB <= 1 || min(a, b) > 0 && onlyA+onlyB <= 2*min(a, b)+1
}

// contrasts reports whether s goes on, behind a comma, with what is not so.
func (v *variant) contrasts(s *side) bool {
	for i := s.first + 1; i < s.end; i++ {
		if e := &v.p.lx.entries[s.t.words[i].id]; e.class.Is(words.Negation) && v.p.lx.entries[s.t.words[i-1].id].norm == "," {
			return true
		}
	}
	return false
}

// clause reports whether the words of s, which deny something and which the
// other side lacks, add or drop what they deny too: ", not because", "refused".
func (v *variant) clause(s *side) bool {
	if s.punct > 0 {
		return true
	}
	at := func(i int) *entry { return &v.p.lx.entries[s.t.words[i].id] }
	for i := s.first; i < s.end; i++ {
		if at(i).class.Is(words.Conjunction) {
			return true
		}
		if v.p.deniesAt(s.t, i) {
			next := i+1 < len(s.t.words) && (at(i+1).norm == "to" || strings.HasSuffix(at(i+1).norm, "ing"))
			if !next {
				return true
			}
		}
	}
	return false
}

// deniedAlike reports whether the two sides of a bead deny as often.
func (p *pair) deniedAlike(bead int) bool {
	if alike, ok := p.denied[bead]; ok {
		return alike
	}
	count := func(t *text, s0, s1 int) (n int) {
		first, end := t.tokensOf(s0, s1)
		for i := first; i < end; i++ {
			if p.lx.entries[t.words[i].id].class.Is(words.Negation) && !p.idleNegation(t, i) || p.deniesAt(t, i) {
				n++
			}
		}
		return n
	}
	x := p.beads[bead]
	alike := count(p.a, x.a0, x.a1) == count(p.b, x.b0, x.b1)
	if p.denied == nil {
		p.denied = map[int]bool{}
	}
	p.denied[bead] = alike
	return alike
}

// longOmission reports whether only one side has words, and several: what they
// deny or allow goes with them.
func (v *variant) longOmission() bool {
	return (v.a.empty() || v.b.empty()) && len(v.a.content)+len(v.b.content) > 2
}

func (v *variant) opposite() bool {
	lx := v.p.lx
	person := func(a, b *entry) bool { return roleNoun(a) && roleNoun(b) } // woman / man: another person
	light := func(a, b *entry) bool {                                      // "giving a yield of" / "taking its yield to"
		return a.lclass.Is(words.Light) && b.lclass.Is(words.Light) && a.lclass.Is(words.Giving|words.Receiving)
	}
	if v.x.linked && v.x.rel == opposite {
		a, b := lx.look(v.a.t.words[v.x.a0].id), lx.look(v.b.t.words[v.x.b0].id)
		if a.class.Is(words.Quantifier) && b.class.Is(words.Quantifier) || person(a, b) || light(a, b) {
			return false
		}
		v.set(stemma.Negation, stemma.MeaningBearing, wNegation-0.05, "opposite")
		return true
	}
	if len(v.a.content) > longGap || len(v.b.content) > longGap {
		return false
	}
	turning := func(s *side) []int { // the words that may turn the sense
		out := s.content
		for _, i := range s.function {
			if direction[lx.entries[s.t.words[i].id].norm] {
				out = append(slices.Clone(out), i)
			}
		}
		return out
	}
	for _, i := range turning(&v.a) {
		ea := lx.look(v.a.t.words[i].id)
		for _, j := range turning(&v.b) {
			eb := lx.look(v.b.t.words[j].id)
			if v.a.t.name(lx, i) || v.b.t.name(lx, j) {
				continue // "New Castle" / "old"
			}
			if light(ea, eb) || person(ea, eb) {
				continue
			}
			if lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id).kind == opposite || prefixed(ea.lemma, eb.lemma) || prefixed(eb.lemma, ea.lemma) {
				if (v.a.neg+v.b.neg)%2 == 1 {
					continue
				}
				v.set(stemma.Negation, stemma.MeaningBearing, wNegation-0.05, "opposite")
				return true
			}
		}
	}
	return false
}

// direction are small words that bear the sense of a change: "was up" / "was
// off".
var direction = map[string]bool{"up": true, "down": true, "off": true}

// prefixed reports whether a is b with a prefix that denies it.
func prefixed(a, b string) bool {
	if len(b) < 4 {
		return false
	}
	for _, pre := range []string{"un", "in", "im", "dis", "non", "ir", "il"} {
		if a == pre+b {
			return true
		}
	}
	return false
}

func (v *variant) number() bool {
	na, nb := v.a.nums, v.b.nums
	if len(na) == 0 || len(nb) == 0 {
		return v.ordinal()
	}
	if !v.x.linked && !v.facing() {
		return false
	}
	for _, a := range na {
		if slices.ContainsFunc(nb, a.same) {
			continue
		}
		b := nb[0]
		if slices.ContainsFunc(na, b.same) {
			continue
		}
		v.note = ratioNote(a, b)
		v.set(stemma.Number, stemma.MeaningBearing, wNumber, "number")
		return true
	}
	return false
}

// longGap is how many content words a passage has at most in which single words
// of the two sides are held to face each other.
const longGap = 40

// facing reports whether the numbers of the two sides are likely to count the
// same: there are few other words beside them, or some of those are alike.
func (v *variant) facing() bool {
	lx := v.p.lx
	others := func(s *side) (out []int) {
		for _, i := range s.content {
			if !slices.ContainsFunc(s.nums, func(q quantity) bool { return q.first <= i && i < q.end }) {
				out = append(out, i)
			}
		}
		return out
	}
	a, b := others(&v.a), others(&v.b)
	if len(a) <= 1 && len(b) <= 1 {
		return true
	}
	if len(a) > longGap || len(b) > longGap {
		return false
	}
	return slices.ContainsFunc(a, func(i int) bool {
		return slices.ContainsFunc(b, func(j int) bool {
			return lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id).kind >= related
		})
	})
}

// ordinal holds where one place in an order, or number of times, faces another:
// "first" / "second", "once" / "twice". Alone these words count nothing.
func (v *variant) ordinal() bool {
	const few = 2 // content words a side: among more the words may not face each other
	if len(v.a.content) > few || len(v.b.content) > few {
		return false
	}
	find := func(s *side) (string, int) {
		for i := s.first; i < s.end; i++ {
			norm := v.p.lx.entries[s.t.words[i].id].norm
			if k := slices.Index(ordinals, norm); k >= 0 {
				return norm, k
			}
		}
		return "", -1
	}
	a, i := find(&v.a)
	b, j := find(&v.b)
	if i < 0 || j < 0 || i%2 != j%2 || i == j {
		return false
	}
	v.note = a + " / " + b
	v.set(stemma.Number, stemma.MeaningBearing, wNumber, "ordinal")
	return true
}

// ordinals are places in an order, and beside each a number of times.
var ordinals = []string{"first", "once", "second", "twice", "third", "thrice", "fourth", "", "fifth", "", "sixth", "", "seventh", "", "eighth", "", "ninth", "", "tenth", ""}

func (v *variant) date() bool {
	da, db := v.a.dates, v.b.dates
	if len(da) == 0 || len(db) == 0 {
		return v.timeWord()
	}
	for _, a := range da {
		if db[0].clock() == a.clock() && !slices.ContainsFunc(db, func(b dateSpan) bool { return sameDate(a.value, b.value) }) {
			v.note = v.a.t.doc.Text(v.a.t.span(a.first, a.end)) + " / " + v.b.t.doc.Text(v.b.t.span(db[0].first, db[0].end))
			v.set(stemma.Date, stemma.MeaningBearing, wDate, "date")
			return true
		}
	}
	return false
}

// timeWord holds where one word for a time faces another: "yesterday" /
// "today", "morning" / "evening".
func (v *variant) timeWord() bool {
	if !v.x.linked && (len(v.a.content) > 2 || len(v.b.content) > 2) {
		return false
	}
	ta, tb := v.timeWords(&v.a), v.timeWords(&v.b)
	if len(ta) == 0 || len(tb) == 0 {
		return false
	}
	for _, a := range ta {
		if slices.Contains(tb, a) {
			return false
		}
	}
	v.set(stemma.Date, stemma.MeaningBearing, wDate-0.1, "time-word")
	return true
}

func (v *variant) timeWords(s *side) (out []string) {
	for i := s.first; i < s.end; i++ {
		e := &v.p.lx.entries[s.t.words[i].id]
		if !e.punct && v.p.timeNoun(s.t, i) {
			out = append(out, v.p.lx.look(s.t.words[i].id).lemma)
		}
	}
	return out
}

// namePart holds where a name is given more or less fully: its words that came
// or went stand beside words of the name that both sides have.
func (v *variant) namePart() bool {
	one, other := &v.a, &v.b
	if v.a.empty() {
		one, other = other, one
	}
	if !other.empty() || len(one.content) == 0 || v.whole {
		return false
	}
	for _, i := range one.content {
		if !slices.Contains(one.names, i) && !v.p.lx.entries[one.t.words[i].id].class.Is(words.Title) && !slices.Contains(one.roles, i) {
			return false
		}
	}
	lx := v.p.lx
	beside := func(i int) bool { return i >= 0 && i < len(one.t.words) && one.t.name(lx, i) }
	// Marks part a name from another: "Berg, Lund", "Norhaven, Norland".
	if len(one.names) == len(one.content) && len(one.function) == 0 && one.punct == 0 && (beside(one.end) || beside(one.first-1)) && one.end-one.first <= 3 {
		places := 0
		for _, i := range one.names {
			if lx.entries[one.t.words[i].id].place != "" {
				places++
			}
		}
		if places == 0 {
			v.set(stemma.NameChange, stemma.Stylistic, 0.3, "name-part")
			return true
		}
	}
	joins := slices.ContainsFunc(one.function, func(i int) bool {
		n := lx.entries[one.t.words[i].id].norm
		return n != "the" && n != "a" && n != "an" // "Berg and", "the secretary of", "his"
	})
	titles := len(one.roles) > 0 || slices.ContainsFunc(one.content, func(i int) bool { return lx.entries[one.t.words[i].id].class.Is(words.Title) })
	if beside(one.end) && one.punct == 0 && !joins && titles && one.end-one.first <= 4 {
		v.set(stemma.NameChange, stemma.Stylistic, 0.4, "title-part")
		return true
	}
	return false
}

// counts reports whether both sides are numbers: those that change places
// change what is counted.
func (v *variant) counts() bool {
	return len(v.a.content) <= 1 && len(v.b.content) <= 1 && len(v.a.nums) > 0 && len(v.b.nums) > 0
}

// swapped holds where a name stands in the place of another, and that one in
// its place.
func (v *variant) swapped() bool {
	if !v.x.swapped || v.counts() {
		return false
	}
	v.set(stemma.Roles, stemma.MeaningBearing, wTurned, "names-swapped")
	return true
}

// nameChange holds where both sides name somebody or something, and share no
// word of the names.
func (v *variant) nameChange() bool {
	na, nb := v.a.names, v.b.names
	if len(na) == 0 || len(nb) == 0 {
		return false
	}
	if len(v.a.content) > len(na)+1 || len(v.b.content) > len(nb)+1 || !v.x.linked && len(v.a.content)+len(v.b.content) > len(na)+len(nb)+1 {
		return false // said otherwise altogether
	}
	lx := v.p.lx
	if v.x.a1-v.x.a0 == 1 && v.x.b1-v.x.b0 == 1 {
		a, b := &lx.entries[v.a.t.words[v.x.a0].id], &lx.entries[v.b.t.words[v.x.b0].id]
		if (a.adj || b.adj) && (a.place == "" || b.place == "") && v.p.beads[v.x.bead].score < sameSentence {
			return false // "the Norlandic regime" / "Anna Berg": of two sorts
		}
		if a.place == "" && b.place == "" && misspelt(a.norm, b.norm) && !ofPlace(a.norm, b.norm) && !ofPlace(b.norm, a.norm) {
			v.set(stemma.Spelling, stemma.Stylistic, 0.5, "name-spelling")
			return true
		}
	}
	if v.x.linked && v.x.rel == derived {
		a, b := lx.entries[v.a.t.words[v.x.a0].id].norm, lx.entries[v.b.t.words[v.x.b0].id].norm
		if ofPlace(a, b) || ofPlace(b, a) {
			return false
		}
	}
	full := func(s *side, names []int) []string {
		var out []string
		for _, i := range names {
			e := &lx.entries[s.t.words[i].id]
			if e.place != "" {
				out = append(out, "place:"+e.place)
			} else {
				out = append(out, lx.skeleton(s.t.words[i].id))
			}
		}
		return out
	}
	sa, sb := full(&v.a, na), full(&v.b, nb)
	for _, x := range sa {
		if slices.Contains(sb, x) {
			if len(v.a.content) == len(na) && len(v.b.content) == len(nb) {
				v.set(stemma.NameChange, stemma.Stylistic, 0.3, "name-form")
				return true
			}
			return false
		}
	}
	if initials(lx, &v.a, &v.b) || initials(lx, &v.b, &v.a) {
		v.set(stemma.Format, stemma.Cosmetic, 0.15, "initials")
		return true
	}
	if v.x.linked && initial(lx.entries[v.a.t.words[v.x.a0].id].norm, lx.entries[v.b.t.words[v.x.b0].id].norm) {
		v.set(stemma.Format, stemma.Cosmetic, 0.15, "initials")
		return true
	}
	// Another name beside the same surname ("Anna Berg" / "Maria Berg") counts
	// in full.
	v.set(stemma.NameChange, stemma.MeaningBearing, wName, "name")
	return true
}

// misspelt reports whether two long names differ in one letter, or in the order
// of two.
func misspelt(a, b string) bool {
	const long = 6
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < long || len(b)-len(a) > 1 || a[0] != b[0] {
		return false
	}
	i := prefix(a, b)
	x, y := a[i:], b[i:]
	switch {
	case len(x) < len(y):
		return x == y[1:]
	case x == "" || x[1:] == y[1:]:
		return true
	}
	return len(x) >= 2 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
}

// ofPlace reports whether b may be the adjective of the place a, or its people:
// "Fiji" / "Fijian".
func ofPlace(a, b string) bool {
	stem := strings.TrimRight(a, "aeiouy")
	if len(stem) < 3 || len(b) <= len(a) || !strings.HasPrefix(b, stem) {
		return false
	}
	for _, end := range []string{"an", "ans", "ese", "ish", "ic", "i", "is"} {
		if strings.HasSuffix(b, end) {
			return true
		}
	}
	return false
}

// initial reports whether one of a and b is the first letter of the other: "N.
// Berg" / "Nils Berg", "B & L" / "Berg & Lund".
func initial(a, b string) bool {
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	return len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b)
}

// initials reports whether a is an abbreviation of the words of b: "EU" /
// "European Union".
func initials(lx *lexicon, a, b *side) bool {
	if len(a.names) != 1 || len(b.content) < 2 {
		return false
	}
	short := strings.ReplaceAll(lx.entries[a.t.words[a.names[0]].id].norm, ".", "")
	var first []byte
	for _, i := range b.content {
		first = append(first, lx.entries[b.t.words[i].id].norm[0])
	}
	return short == string(first)
}

// turned holds where who gives and who takes is turned round, or who does what
// to whom.
func (v *variant) turned() bool {
	lx := v.p.lx
	if v.a.giving && !v.a.receiving && v.b.receiving && !v.b.giving ||
		v.b.giving && !v.b.receiving && v.a.receiving && !v.a.giving {
		v.set(stemma.Roles, stemma.MeaningBearing, wTurned, "giver-taker")
		return true
	}
	// "for a briefing on" takes, "to give details of" gives.
	takes := func(s *side) bool {
		purpose, noun := false, false
		for i := s.first; i < s.end; i++ {
			e := lx.look(s.t.words[i].id)
			if e.norm == "for" {
				purpose = true
			}
			if purpose && s.t.words[i].key >= 0 && len(e.senses) > 0 && communication(e) && verbalNoun(e) {
				noun = true
			}
		}
		return noun
	}
	gives := func(s *side) bool {
		for i := s.first; i+1 < s.end; i++ {
			if lx.entries[s.t.words[i].id].norm == "to" && lx.look(s.t.words[i+1].id).lclass.Is(words.Giving) {
				return true
			}
		}
		return false
	}
	if takes(&v.a) && gives(&v.b) || takes(&v.b) && gives(&v.a) {
		v.set(stemma.Roles, stemma.MeaningBearing, wTurned, "giver-taker")
		return true
	}
	// Two names that change places about the same words.
	if len(v.a.names) >= 2 && len(v.a.names) == len(v.b.names) {
		ka, kb := v.a.lemmas(lx, v.a.names), v.b.lemmas(lx, v.b.names)
		if ka[0] == kb[len(kb)-1] && ka[len(ka)-1] == kb[0] && ka[0] != ka[len(ka)-1] {
			v.set(stemma.Roles, stemma.MeaningBearing, wTurned, "names-swapped")
			return true
		}
	}
	return false
}

func communication(e *entry) bool {
	for _, s := range e.senses {
		if s.File == words.NounCommunication {
			return true
		}
	}
	return false
}

// verbalNoun reports whether e is the noun of a verb of giving or telling.
func verbalNoun(e *entry) bool {
	return e.lclass.Is(words.Giving) || strings.HasSuffix(e.norm, "ing")
}

func (v *variant) stateMovement() bool {
	if v.a.empty() || v.b.empty() || v.whole {
		return false
	}
	if v.a.state && !v.a.motion && v.b.motion && !v.b.state || v.b.state && !v.b.motion && v.a.motion && !v.a.state {
		if v.x.rel < related && ((v.a.phase | v.b.phase).Is(words.Keeping) || v.x.linked) {
			v.set(stemma.Substitution, stemma.MeaningBearing, wState, "state-movement")
			return true
		}
	}
	return false
}

// phaseChange holds where one side starts, stops or keeps up what the other
// does not, or where what is stopped is another thing.
func (v *variant) phaseChange() bool {
	if v.a.empty() || v.b.empty() {
		return false
	}
	pa, pb := v.a.phase, v.b.phase
	switch {
	case pa == 0 && pb == 0:
		return false
	case pa != 0 && pb != 0 && pa&pb == 0:
		v.set(stemma.Substitution, stemma.MeaningBearing, wPhase, "phase")
		return true
	case pa&pb != 0 && !v.x.linked && len(v.a.content)+len(v.b.content) >= 3:
		// Both stop something: as a state of it ("stalled") or as what is done
		// to it ("ending")?
		fa, fb := v.phaseForm(&v.a), v.phaseForm(&v.b)
		if fa != fb && fa != "" && fb != "" {
			v.set(stemma.Substitution, stemma.MeaningBearing, wPhase, "phase-object")
			return true
		}
	case (pa == 0) != (pb == 0) && (pa | pb).Is(words.Starting|words.Stopping) && len(v.a.content) <= 3 && len(v.b.content) <= 3:
		lx := v.p.lx
		for _, i := range v.a.content {
			for _, j := range v.b.content {
				if r := lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id); r.kind >= related {
					return false
				}
			}
		}
		v.set(stemma.Substitution, stemma.MeaningBearing, wPhase-0.2, "phase")
		return true
	}
	return false
}

// phaseForm returns "ed" or "ing" for the form that the verb of phase in s has.
func (v *variant) phaseForm(s *side) string {
	for _, i := range s.content {
		e := v.p.lx.look(s.t.words[i].id)
		if !e.lclass.Is(words.Starting | words.Stopping | words.Keeping) {
			continue
		}
		for _, f := range []string{"ing", "ed"} {
			if strings.HasSuffix(e.norm, f) {
				return f
			}
		}
	}
	return ""
}

// roleChange holds where persons are given another office.
func (v *variant) roleChange() bool {
	ra, rb := v.a.roles, v.b.roles
	alike := v.p.beads[v.x.bead].score >= sameSentence
	if alike && len(ra)+len(rb) > 0 && len(v.a.names)+len(v.b.names) > 0 && len(v.a.content)+len(v.b.content) == 2 && len(v.a.content) == 1 {
		v.set(stemma.NameChange, stemma.MeaningBearing, wRole-0.1, "name-for-role") // "the minister" / "Berg"
		return true
	}
	const few = 3 // content words a side: among more the persons may not face each other
	if len(ra) == 0 || len(rb) == 0 || len(v.a.content) > few || len(v.b.content) > few {
		return false
	}
	lx := v.p.lx
	w := wRole
	for _, i := range ra {
		for _, j := range rb {
			switch r := lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id); {
			case r.kind >= inflected:
				return false
			case r.kind >= derived || lx.alikeTrades(v.a.t.words[i].id, v.b.t.words[j].id):
				v.set(stemma.Synonym, stemma.Stylistic, 0.4, "role-synonym")
				return true
			case len(ra) > 1 || len(rb) > 1:
				w = wRole - 0.1
			}
		}
	}
	// The plural of a whole class of persons is less telling than one office.
	v.set(stemma.NameChange, stemma.MeaningBearing, w, "role")
	return true
}

// alikeTrades reports whether two words for persons, neither of an office, keep
// the same company: "reporters" / "journalists".
func (lx *lexicon) alikeTrades(a, b int32) bool {
	ea, eb := lx.look(a), lx.look(b)
	const near = 0.6 // cosine: man and victim have .5, minister and president .3
	if r := lx.relateIDs(a, b); r.kind == related && r.sim < 0.6 {
		return false // two kinds of one sort of persons: "daughter" / "sister"
	}
	office := (ea.class | ea.lclass | eb.class | eb.lclass).Is(words.Title)
	return !office && ea.vec.HasVector() && eb.vec.HasVector() && vector.Similarity(ea.vec, eb.vec) >= near
}

// setPhrase holds where the two sides are, or end or begin, set expressions that
// may stand for each other; the rest of these is what both sides have beside.
func (v *variant) setPhrase() bool {
	const most = 4 // words
	if v.a.empty() || v.b.empty() || v.a.neg != v.b.neg || v.a.end-v.a.first > most || v.b.end-v.b.first > most {
		return false
	}
	join := func(s *side, before, after int) string {
		var b strings.Builder
		for i := s.first - before; i < s.end+after; i++ {
			if i > s.first-before {
				b.WriteByte(' ')
			}
			b.WriteString(v.p.lx.entries[s.t.words[i].id].norm)
		}
		return b.String()
	}
	equal := func(i, j int) bool {
		return i >= 0 && j >= 0 && i < len(v.a.t.words) && j < len(v.b.t.words) && v.a.t.words[i].key == v.b.t.words[j].key
	}
	for before := range 2 {
		if before > 0 && !equal(v.a.first-1, v.b.first-1) {
			break
		}
		for after := range 2 {
			if after > 0 && !equal(v.a.end, v.b.end) {
				break
			}
			if words.SamePhrase(join(&v.a, before, after), join(&v.b, before, after)) {
				v.set(stemma.Phrase, stemma.Stylistic, wStyle, "set-phrase")
				return true
			}
		}
	}
	return false
}

// ranks are words before an office that make another of it.
var ranks = map[string]bool{
	"deputy": true, "vice": true, "former": true, "ex": true, "acting": true, "interim": true, "assistant": true, "outgoing": true, "designate": true,
}

// rank holds where one side alone has a word that makes another office of the
// one behind it.
func (v *variant) rank() bool {
	lx := v.p.lx
	lead := func(s *side) (n int) {
		for i := s.first; i < s.end; i++ {
			if ranks[lx.entries[s.t.words[i].id].norm] {
				n++
			}
		}
		return n
	}
	one, other := &v.a, &v.b
	if lead(one) == 0 {
		one, other = other, one
	}
	if v.whole || lead(one) != 1 || lead(other) != 0 || len(one.content) != 1 || len(other.content) > 0 || one.end >= len(one.t.words) {
		return false
	}
	for i := one.end; i < len(one.t.words) && i < one.end+3; i++ {
		if e := lx.look(one.t.words[i].id); (roleNoun(e) || e.class.Is(words.Title)) && !ranks[e.norm] {
			v.set(stemma.NameChange, stemma.MeaningBearing, wRole, "rank")
			return true
		}
	}
	return false
}

// directions are the quarters of the sky.
var directions = map[string]bool{
	"north": true, "south": true, "east": true, "west": true, "northern": true, "southern": true, "eastern": true, "western": true,
	"northeast": true, "northwest": true, "southeast": true, "southwest": true, "northeastern": true, "northwestern": true, "southeastern": true, "southwestern": true,
}

// direction holds where one quarter of the sky faces another.
func (v *variant) direction() bool {
	find := func(s *side) string {
		for i := s.first; i < s.end; i++ {
			if n := v.p.lx.entries[s.t.words[i].id].norm; directions[n] {
				return strings.TrimSuffix(n, "ern")
			}
		}
		return ""
	}
	if len(v.a.content) > 2 || len(v.b.content) > 2 {
		return false
	}
	a, b := find(&v.a), find(&v.b)
	if a == "" || b == "" || a == b {
		return false
	}
	v.set(stemma.NameChange, stemma.MeaningBearing, wName-0.05, "direction")
	return true
}

// dateline holds where one side alone says where, when and by whom a report was
// filed.
func (v *variant) dateline() bool {
	one := &v.a
	if v.a.empty() {
		one = &v.b
	}
	if !v.a.empty() && !v.b.empty() || v.p.datelineLen(one.t, one.first) != one.end-one.first {
		return false
	}
	v.set(stemma.FurnitureVar, stemma.Cosmetic, 0.05, "dateline")
	return true
}

// datelineLen returns how many tokens the dateline has that starts at first, 0
// if none does.
func (p *pair) datelineLen(t *text, first int) int {
	if first >= len(t.words) {
		return 0
	}
	s := t.doc.SentenceOf(t.doc.Tokens[first].Start)
	if s < 0 || t.doc.Sentences[s].FirstToken != first {
		return 0
	}
	return t.doc.Sentences[s].Dateline
}

// certainty is how sure a modal or adverb is: 0 to 4.
var certaintyOf = map[string]int{
	"may": 1, "might": 1, "could": 1, "can": 2, "would": 3, "should": 2, "ought": 2, "will": 4, "'ll": 4, "shall": 4, "must": 4, "'d": 3,
	"possibly": 1, "perhaps": 1, "maybe": 1, "possible": 1, "allegedly": 1, "reportedly": 2, "apparently": 2, "supposedly": 1, "seemingly": 2,
	"potentially": 1, "probably": 2, "probable": 2, "likely": 2, "presumably": 2, "expected": 3, "unlikely": 0, "impossible": 0,
	"certainly": 4, "definitely": 4, "surely": 4, "clearly": 4, "undoubtedly": 4, "doubtless": 4, "certain": 4, "sure": 4, "evidently": 3,
	"be to": 4, "able": 1, "alleged": 1, "suspected": 1, "potential": 1, "confirmed": 4, "unconfirmed": 1, "unsure": 1, "uncertain": 1, "doubtful": 0, "purported": 1,
}

func (v *variant) modality() bool {
	if v.whole || v.longOmission() {
		return false
	}
	ma, mb := v.p.modals(v.a.t, v.a.first, v.a.end), v.p.modals(v.b.t, v.b.first, v.b.end)
	if len(ma) == 0 && len(mb) == 0 {
		return false
	}
	level := func(ws []string) int {
		l := -1
		for _, w := range ws {
			l = max(l, certaintyOf[w])
		}
		return l
	}
	la, lb := level(ma), level(mb)
	if la == lb && v.a.neg == v.b.neg || len(ma) == 1 && len(mb) == 1 && (ma[0] == "able" && mb[0] == "can" || ma[0] == "can" && mb[0] == "able") {
		return false
	}
	if len(ma) == 1 && len(mb) == 1 && v.a.neg == v.b.neg && (v.backshift(&v.b, ma[0], mb[0]) || v.backshift(&v.a, mb[0], ma[0])) {
		v.set(stemma.Inflection, stemma.Stylistic, 0.25, "backshift")
		return true
	}
	if (len(ma) == 0 || len(mb) == 0) && v.p.balanced(v.x.bead, modalLevels) {
		return false // said by other words beside: "could be reached" / "was possible"
	}
	if (v.a.neg == 1) != (v.b.neg == 1) && len(ma) > 0 && len(mb) > 0 {
		return false // "unsure" / "not sure"
	}
	w := wModality
	if len(v.a.content) > 3 || len(v.b.content) > 3 {
		w -= 0.25
	}
	switch {
	case len(ma) > 0 && len(mb) > 0:
		v.note = ma[0] + " / " + mb[0]
	case len(ma) > 0:
		v.note = ma[0] + " / –"
	default:
		v.note = "– / " + mb[0]
	}
	// "will" against a plain form is a matter of tense as often as of certainty.
	if one := ma; len(ma) == 0 || len(mb) == 0 {
		if len(ma) == 0 {
			one = mb
		}
		if certaintyOf[one[0]] >= 3 && len(one) == 1 {
			w -= 0.3
		}
	}
	v.set(stemma.Modality, stemma.MeaningBearing, w, "modality")
	return true
}

// pastOf gives the forms that modal verbs have behind a verb of saying in the
// past.
var pastOf = map[string]string{"will": "would", "'ll": "would", "can": "could", "may": "might", "be to": "would", "shall": "should"}

// backshift reports whether past, in s, is what present becomes in the report
// of what somebody said: "the talks will go on" / "he said the talks would go
// on".
func (v *variant) backshift(s *side, present, past string) bool {
	if s.quoted || pastOf[present] != past && !(past == "'d" && pastOf[present] == "would") {
		return false
	}
	x := v.p.beads[v.x.bead]
	s0, s1 := x.a0, x.a1
	if s.t == v.p.b {
		s0, s1 = x.b0, x.b1
	}
	first, end := s.t.tokensOf(s0, s1)
	for i := first; i < end; i++ {
		e := v.p.lx.look(s.t.words[i].id)
		if e.lclass.Is(words.Cue) && (strings.HasSuffix(e.norm, "d") || e.norm != e.lemma && !strings.HasSuffix(e.norm, "s") && !strings.HasSuffix(e.norm, "ing")) {
			return true
		}
	}
	return false
}

// modals returns the words of t in [first, end) that say how sure something is;
// "be to" for a form of be before an infinitive.
func (p *pair) modals(t *text, first, end int) (out []string) {
	for i := first; i < end; i++ {
		switch e := &p.lx.entries[t.words[i].id]; {
		case t.words[i].capped && (!t.words[i].first || t.dateAt(i) != nil):
			// "May 3", "Will Berg"
		case (e.norm == "could" || e.norm == "can" || e.norm == "ca") && i+1 < len(t.words) && p.lx.entries[t.words[i+1].id].class.Is(words.Negation):
			out = append(out, "cannot") // what cannot be is not what may not be
		case e.class.Is(words.Modal | words.Certainty):
			out = append(out, e.norm)
		case e.norm == "able":
			out = append(out, e.norm)
		case (e.norm == "is" || e.norm == "are" || e.norm == "was" || e.norm == "were") && i+2 < len(t.words) && p.lx.entries[t.words[i+1].id].norm == "to":
			if p.lx.look(t.words[i+2].id).mayBe('v') {
				out = append(out, "be to")
			}
		}
	}
	return out
}

// balanced reports whether both sides of a bead have the same of what find
// finds in a text, as often.
func (p *pair) balanced(bead int, find func(p *pair, t *text, first, end int) []string) bool {
	x := p.beads[bead]
	a0, a1 := p.a.tokensOf(x.a0, x.a1)
	b0, b1 := p.b.tokensOf(x.b0, x.b1)
	a, b := find(p, p.a, a0, a1), find(p, p.b, b0, b1)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// modalLevels gives for each word of modals how sure it is.
func modalLevels(p *pair, t *text, first, end int) []string {
	out := p.modals(t, first, end)
	for i, w := range out {
		out[i] = strconv.Itoa(certaintyOf[w])
	}
	return out
}

// quantifiers returns the quantifiers of t in [first, end), one word for all
// that say the same.
func (p *pair) quantifiers(t *text, first, end int) (out []string) {
	norm := func(i int) string {
		if i < 0 || i >= len(t.words) {
			return ""
		}
		return p.lx.entries[t.words[i].id].norm
	}
	for i := first; i < end; i++ {
		w := norm(i)
		e := &p.lx.entries[t.words[i].id]
		if w == "two" && (norm(i-1) == "the" || norm(i-1) == "these") && i+1 < len(t.words) && !p.timeNoun(t, i+1) {
			out = append(out, "both")
			continue
		}
		if w == "some" && numeral(norm(i+1)) {
			w = "about"
		}
		if !e.class.Is(words.Quantifier) || leadsNumbers(w) && !numeral(norm(i+1)) {
			continue
		}
		switch {
		case norm(i-1) == "at" && w == "least", norm(i-1) == "no" && (w == "less" || w == "fewer"):
			w = "at least"
		case norm(i-1) == "at" && w == "most", norm(i-1) == "no" && w == "more":
			w = "at most"
		default:
			for _, g := range scopeGroups {
				if slices.Contains(g, w) {
					w = g[0]
					break
				}
			}
		}
		out = append(out, w)
	}
	return out
}

func (v *variant) scopeChange() bool {
	if v.whole || v.longOmission() || len(v.a.scope) == 0 && len(v.b.scope) == 0 {
		return false
	}
	if len(v.a.content) > 2 || len(v.b.content) > 2 {
		return false
	}
	sa, sb := v.a.scope, v.b.scope
	if v.a.empty() && len(v.b.content) > len(sb) || v.b.empty() && len(v.a.content) > len(sa) {
		return false // what is counted came or went too: "from both countries"
	}
	if len(sa) > 0 && len(sb) > 0 {
		for _, g := range scopeGroups {
			if slices.Contains(g, sa[0]) && slices.Contains(g, sb[0]) {
				v.set(stemma.Synonym, stemma.Stylistic, wStyle, "scope-synonym")
				return true
			}
		}
	}
	if !v.a.empty() && !v.b.empty() && v.a.end-v.a.first == 1 && v.b.end-v.b.first == 1 {
		ea, eb := v.p.lx.entries[v.a.t.words[v.a.first].id].norm, v.p.lx.entries[v.b.t.words[v.b.first].id].norm
		for _, g := range scopeGroups {
			if slices.Contains(g, ea) && slices.Contains(g, eb) {
				v.set(stemma.Synonym, stemma.Stylistic, wStyle, "scope-synonym")
				return true
			}
		}
	}
	qa, qb := v.p.quantifiers(v.a.t, v.a.first, v.a.end), v.p.quantifiers(v.b.t, v.b.first, v.b.end)
	if slices.Equal(qa, qb) && len(qa) > 0 {
		v.set(stemma.Synonym, stemma.Stylistic, wStyle, "scope-synonym")
		return true
	}
	if (len(qa) == 0 || len(qb) == 0) && v.p.balanced(v.x.bead, (*pair).quantifiers) {
		return false // the same stands elsewhere: "both sides said" / "was said by both"
	}
	w := wScope
	if len(sa) == 0 || len(sb) == 0 {
		w -= 0.2
	}
	weakOnes := []string{"any", "some", "several", "each", "several", "always"}
	if len(sa) == 0 && slices.Contains(weakOnes, sb[0]) || len(sb) == 0 && slices.Contains(weakOnes, sa[0]) {
		w -= 0.1
	}
	v.set(stemma.Scope, stemma.MeaningBearing, w, "scope")
	return true
}

// degrees are words that say how far something goes: 1 far, -1 not far.
var degrees = map[string]int{
	"far": 1, "much": 1, "substantially": 1, "significantly": 1, "considerably": 1, "greatly": 1, "vastly": 1, "hugely": 1, "sharply": 1, "strongly": 1, "heavily": 1,
	"somewhat": -1, "slightly": -1, "marginally": -1, "modestly": -1, "mildly": -1, "lightly": -1,
}

// degree holds where one side says far and the other not so far.
func (v *variant) degree() bool {
	find := func(s *side) (d int) {
		for i := s.first; i < s.end; i++ {
			d += degrees[v.p.lx.entries[s.t.words[i].id].norm]
		}
		return d
	}
	if len(v.a.content) > 2 || len(v.b.content) > 2 || find(&v.a)*find(&v.b) >= 0 {
		return false
	}
	v.set(stemma.Scope, stemma.MeaningBearing, wScope-0.1, "degree")
	return true
}

// scopeGroups are quantifiers that say the same.
var scopeGroups = [][]string{
	{"all", "every", "each", "entire", "whole"}, {"many", "numerous", "countless", "much", "lot", "lots", "plenty"}, {"several", "some", "various"},
	{"almost", "nearly"}, {"about", "around", "roughly", "approximately"}, {"over", "more"}, {"only", "merely", "just", "solely", "exclusively"},
	{"mainly", "mostly"}, {"fully", "completely"}, {"under", "less", "fewer"}, {"often", "usually", "generally"}, {"both", "two"}, {"anyone", "anybody"},
	{"everyone", "everybody"}, {"someone", "somebody"},
}

// cue holds where one verb of saying faces another outside the quotation. A
// neutral verb for a neutral one is a matter of style; a verb that doubts,
// admits or threatens says more.
func (v *variant) cue() bool {
	if v.quoted || v.a.empty() || v.b.empty() || len(v.a.content) > 2 || len(v.b.content) > 2 {
		return false
	}
	noun := func(s *side) bool { // "the charge"
		for _, i := range s.content {
			if v.p.lx.look(s.t.words[i].id).lclass.Is(words.Cue) && i > 0 && v.p.lx.entries[s.t.words[i-1].id].class.Is(words.Determiner) {
				return true
			}
		}
		return false
	}
	if noun(&v.a) != noun(&v.b) {
		return false
	}
	ca, cb := v.a.cues, v.b.cues
	if ca == 0 || cb == 0 || !v.x.linked && len(v.a.content)+len(v.b.content) > 3 {
		return false
	}
	lx := v.p.lx
	for _, i := range v.a.content {
		for _, j := range v.b.content {
			if r := lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id); r.kind >= inflected {
				return false
			}
		}
	}
	if ca&cb != 0 {
		v.set(stemma.Synonym, stemma.Stylistic, wStyle, "cue-synonym")
		return true
	}
	v.set(stemma.Attribution, stemma.MeaningBearing, wCue, "cue")
	return true
}

func (v *variant) inflection() bool {
	if v.x.rel == inflected {
		v.set(stemma.Inflection, stemma.Stylistic, 0.2, "inflection")
		return true
	}
	if len(v.a.content) == 0 || len(v.a.content) != len(v.b.content) || len(v.a.content) > 2 {
		return false
	}
	lx := v.p.lx
	ka, kb := v.a.lemmas(lx, v.a.content), v.b.lemmas(lx, v.b.content)
	if !slices.Equal(ka, kb) {
		return false
	}
	v.set(stemma.Inflection, stemma.Stylistic, 0.2, "inflection")
	return true
}

func (v *variant) voice() bool {
	if v.a.empty() || v.b.empty() {
		return false
	}
	lx := v.p.lx
	if sharedCount(v.a.lemmas(lx, v.a.content), v.b.lemmas(lx, v.b.content)) == 0 {
		return false
	}
	passive := func(s *side) bool {
		be := false
		for i := s.first; i < s.end; i++ {
			e := lx.look(s.t.words[i].id)
			if e.lemma == "be" {
				be = true
			} else if be && (strings.HasSuffix(e.norm, "ed") || strings.HasSuffix(e.norm, "en")) {
				return true
			}
		}
		return false
	}
	if passive(&v.a) == passive(&v.b) {
		return false
	}
	v.set(stemma.Voice, stemma.Stylistic, wStyle, "voice")
	return true
}

func (v *variant) functionWord() bool {
	if len(v.a.content) > 0 || len(v.b.content) > 0 || len(v.a.function) == 0 && len(v.b.function) == 0 {
		return false
	}
	w := 0.1
	for _, s := range []*side{&v.a, &v.b} {
		for _, i := range s.function {
			if v.p.lx.entries[s.t.words[i].id].class.Is(words.Preposition | words.Conjunction | words.Auxiliary) {
				w = 0.15
			}
		}
	}
	v.set(stemma.Function, stemma.Stylistic, w, "function")
	return true
}

func (v *variant) synonym() bool {
	if v.x.linked && (v.x.rel == synonym || v.x.rel == derived) {
		rule := "synonym"
		if v.x.rel == derived {
			rule = "derivation"
			v.set(stemma.Inflection, stemma.Stylistic, 0.25, rule)
			return true
		}
		v.set(stemma.Synonym, stemma.Stylistic, wStyle, rule)
		return true
	}
	if len(v.a.content) == 0 || len(v.b.content) == 0 {
		return false
	}
	lx := v.p.lx
	if len(v.a.content) == 1 && len(v.b.content) == 1 {
		r := lx.relateIDs(v.a.t.words[v.a.content[0]].id, v.b.t.words[v.b.content[0]].id)
		if r.kind == synonym || r.kind == derived {
			v.set(stemma.Synonym, stemma.Stylistic, wStyle, "synonym")
			return true
		}
	}
	if v.phrasal(&v.a, &v.b) || v.phrasal(&v.b, &v.a) {
		v.set(stemma.Phrase, stemma.Stylistic, wStyle, "phrasal-verb")
		return true
	}
	return false
}

// phrasal reports whether a verb with a particle in a has a synonym in b:
// "called off" / "cancelled".
func (v *variant) phrasal(a, b *side) bool {
	lx := v.p.lx
	for i := a.first; i+1 < a.end; i++ {
		ea, next := lx.look(a.t.words[i].id), &lx.entries[a.t.words[i+1].id]
		if !next.class.Is(words.Preposition | words.Adverb) {
			continue
		}
		senses := words.Senses(ea.lemma + " " + next.norm)
		if len(senses) == 0 {
			continue
		}
		for _, j := range b.content {
			for _, t := range lx.look(b.t.words[j].id).senses {
				for _, s := range senses {
					if s.Synset == t.Synset {
						return true
					}
				}
			}
		}
	}
	return false
}

func (v *variant) omission() bool {
	if !v.a.empty() && !v.b.empty() {
		return false
	}
	one, kind := &v.a, stemma.Omission
	if v.a.empty() {
		one, kind = &v.b, stemma.Addition
	}
	sev, w, rule := stemma.MeaningBearing, 0.0, "words"
	content := len(one.content)
	switch {
	case v.whole && v.head:
		sev, w, rule = stemma.Stylistic, 0.5, "heading"
	case v.whole:
		w, rule = wSentence, "sentence"
	case len(one.dates) > 0 || v.timePhrase(one):
		w, rule = wTime, "time"
	case len(one.nums) > 0:
		w, rule = wContent+0.12, "number"
	case len(one.names) > 0 && len(one.roles) > 0 && content <= 3:
		w, rule = wContent-0.1, "title"
	case len(one.names) > 0:
		w, rule = wContent, "name"
	case content >= 4:
		w, rule = wContent+0.1, "clause"
	case v.modifiers(one):
		sev, w, rule = stemma.Stylistic, 0.35, "modifier"
	case content == 1:
		sev, w, rule = stemma.Stylistic, 0.4, "word"
	default:
		w = wContent - 0.15
	}
	v.set(kind, sev, w, rule)
	return true
}

func (v *variant) timePhrase(s *side) bool {
	return s.times > 0 && s.times*3 >= len(s.content)
}

// modifiers reports whether the content words of s are adjectives and adverbs.
func (v *variant) modifiers(s *side) bool {
	for _, i := range s.content {
		e := v.p.lx.look(s.t.words[i].id)
		if len(e.senses) == 0 {
			return false
		}
		if p := e.senses[0].POS; p != 'a' && p != 'r' {
			return false
		}
	}
	return len(s.content) > 0
}

// phrase holds where the two sides share a lemma or hold related words.
func (v *variant) phrase() bool {
	if len(v.a.content) == 0 || len(v.b.content) == 0 {
		// Words against function words: "again" / "once more".
		if len(v.a.content)+len(v.b.content) == 1 {
			v.set(stemma.Phrase, stemma.Stylistic, wStyle, "phrase")
			return true
		}
		return false
	}
	lx := v.p.lx
	used := map[int]bool{}
	hits := 0
	for _, i := range v.a.content {
		for _, j := range v.b.content {
			if !used[j] && lx.relateIDs(v.a.t.words[i].id, v.b.t.words[j].id).kind >= related {
				used[j] = true
				hits++
				break
			}
		}
	}
	if hits*2 >= max(len(v.a.content), len(v.b.content)) || v.x.linked && v.x.rel >= related {
		v.set(stemma.Phrase, stemma.Stylistic, wStyle, "phrase")
		return true
	}
	if v.modifiers(&v.a) && v.modifiers(&v.b) {
		v.set(stemma.Substitution, stemma.Stylistic, wStyle+0.05, "modifier")
		return true
	}
	return false
}

func (v *variant) substitution() bool {
	w := wOther
	if n := max(len(v.a.content), len(v.b.content)); n > 2 {
		w += 0.05
	}
	v.set(stemma.Substitution, stemma.MeaningBearing, w, "substitution")
	return true
}
