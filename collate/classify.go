package collate

import (
	"fmt"
	"math"
	"strings"

	"stemma"
	"stemma/internal/words"
)

// A finding is what is said of a place where two witnesses stand against each
// other.
type finding struct {
	kind     stemma.VariantKind
	inner    stemma.VariantKind // of kind quotation: the kind of the words alone
	severity stemma.Severity
	weight   float64
	rule     string
	note     string
	quoted   bool
}

// A variant is what the rules see of a place where two witnesses differ, and
// what they find.
type variant struct {
	finding
	p     *pair
	x     item
	a, b  side
	head  bool // in a heading
	whole bool // whole sentences, with no counterpart
}

// A side is one reading of a variant, as far as the rules ask.
type side struct {
	t          *text
	first, end int
	content    []int // tokens that are content words
	function   []int
	punct      int
	neg        int
	denials    int // of neg, verbs: "refused"
	certain    []string
	scope      []string
	names      []int
	roles      []int // nouns for persons: offices and trades
	nums       []quantity
	dates      []dateSpan
	times      int // words for times
	cues       words.Class
	giving     bool
	receiving  bool
	phase      words.Class // starting, stopping, keeping
	state      bool        // a verb of being or staying so
	motion     bool        // a verb of moving or changing
	quoted     bool
	marks      int // quotation marks
}

func (s *side) empty() bool { return s.first == s.end }

func (p *pair) side(t *text, first, end int) side {
	s := side{t: t, first: first, end: end}
	lx := p.lx
	if first == end {
		return s
	}
	s.nums = t.quantities(lx, first, end)
	s.dates = t.datesIn(first, end)
	for i := first; i < end; i++ {
		w := t.words[i]
		e := &lx.entries[w.id]
		if w.quote > 0 {
			s.quoted = true
		}
		if e.punct {
			s.punct++
			if e.quote {
				s.marks++
			}
			continue
		}
		e = lx.look(w.id)
		c := e.class
		switch {
		case c.Is(words.Negation) && !p.idleNegation(t, i):
			s.neg++
		case p.deniesAt(t, i):
			s.neg++
			s.denials++
		}
		if c.Is(words.Certainty) {
			s.certain = append(s.certain, e.norm)
		}
		if c.Is(words.Quantifier) && (!leadsNumbers(e.norm) || i+1 < len(t.words) && numeral(lx.entries[t.words[i+1].id].norm)) {
			s.scope = append(s.scope, e.norm)
		}
		if p.timeNoun(t, i) {
			s.times++
		}
		// "President Berg": an office, though it has a capital. "Anna Baker": a
		// name, though it is a trade.
		surname := i > 0 && w.capped && t.words[i-1].capped && len(lx.look(t.words[i-1].id).senses) == 0 &&
			lx.entries[t.words[i-1].id].place == "" && !lx.entries[t.words[i-1].id].class.Is(functionClasses|words.Title)
		switch {
		case roleNoun(e) && !surname && !e.function():
			s.roles = append(s.roles, i)
		case t.name(lx, i):
			s.names = append(s.names, i)
		}
		if e.function() || c.Is(words.Negation) || e.norm == "longer" && i > 0 && lx.entries[t.words[i-1].id].norm == "no" {
			s.function = append(s.function, i)
			continue
		}
		s.content = append(s.content, i)
		l := e.lclass
		s.cues |= l & words.Cue
		s.giving = s.giving || l.Is(words.Giving)
		s.receiving = s.receiving || l.Is(words.Receiving)
		s.phase |= l & (words.Starting | words.Stopping | words.Keeping)
		if field := verbField(e); field != 0 {
			s.state = s.state || field == words.VerbStative || l.Is(words.Keeping)
			s.motion = s.motion || field == words.VerbMotion || field == words.VerbChange && !l.Is(words.Keeping)
		}
	}
	return s
}

// idleNegation reports whether the word of negation at token i denies nothing:
// "not least", "no doubt", "or not".
func (p *pair) idleNegation(t *text, i int) bool {
	norm := func(k int) string {
		if k < 0 || k >= len(t.words) {
			return ""
		}
		return p.lx.entries[t.words[k].id].norm
	}
	return idleBehind[norm(i)+" "+norm(i+1)] || norm(i) == "not" && norm(i-1) == "or"
}

var idleBehind = map[string]bool{
	"not least": true, "not surprisingly": true,
	"no doubt": true, "no wonder": true, "no matter": true, "no less": true, "no fewer": true, "nothing but": true, "none other": true,
}

// deniesAt reports whether the verb at token i denies what it bears: "refused to
// sign", but not "declined by 3 percent", "excluding taxes".
func (p *pair) deniesAt(t *text, i int) bool {
	e := p.lx.look(t.words[i].id)
	if i+1 < len(t.words) && p.lx.entries[t.words[i+1].id].norm == "to" && deniedAdjective(e) {
		return true
	}
	if !e.lclass.Is(words.NegVerb) || !verbal(e) || e.norm == "excluding" {
		return false
	}
	if e.lemma != "decline" || i+1 >= len(t.words) {
		return true
	}
	next := &p.lx.entries[t.words[i+1].id]
	return next.norm == "to" || !next.punct && !next.digit && !next.function()
}

// deniedAdjective reports whether e denies that somebody is able or willing:
// "unable", "unwilling".
func deniedAdjective(e *entry) bool {
	if len(e.senses) == 0 || e.senses[0].POS != 'a' || e.class.Is(words.Certainty) {
		return false
	}
	rest, ok := strings.CutPrefix(e.norm, "un")
	return ok && len(words.Senses(rest)) > 0
}

// verbal reports whether e is more likely a form of a verb than a noun.
func verbal(e *entry) bool { return e.norm != e.lemma || len(e.senses) > 0 && e.senses[0].POS == 'v' }

// verbField returns the field of meaning of e as a verb, 0 if it is none or
// hardly ever one.
func verbField(e *entry) uint8 {
	nouns := 0
	for _, s := range e.senses {
		if s.POS == 'v' {
			if nouns > 0 && !strings.HasSuffix(e.norm, "ed") && !strings.HasSuffix(e.norm, "ing") {
				return 0
			}
			return s.File
		}
		if s.POS == 'n' {
			nouns++
		}
	}
	return 0
}

// pastVerb reports whether e is the past of a verb that is as often a noun:
// "left", "met", "struck".
func pastVerb(e *entry) bool {
	return e.norm != e.lemma && !strings.HasSuffix(e.norm, "s") && e.mayBe('v')
}

// roleNoun reports whether e names persons by what they are or do: "envoy",
// "minister".
func roleNoun(e *entry) bool {
	if len(e.senses) > 0 && e.senses[0].POS == 'a' && e.norm == e.lemma {
		return false // "heavy", "moderate"
	}
	n := 0
	for _, s := range e.senses {
		if s.POS != 'n' {
			continue
		}
		if s.File == words.NounPerson {
			return n == 0
		}
		n++
	}
	return false
}

func (s *side) lemmas(lx *lexicon, tokens []int) []int32 {
	out := make([]int32, 0, len(tokens))
	for _, i := range tokens {
		out = append(out, lx.lemmaKey(s.t.words[i].id))
	}
	return out
}

func sharedCount(a, b []int32) int {
	n := 0
	used := make([]bool, len(b))
	for _, x := range a {
		for j, y := range b {
			if x == y && !used[j] {
				used[j] = true
				n++
				break
			}
		}
	}
	return n
}

func (v *variant) text() (a, b string) {
	if !v.a.empty() {
		a = v.a.t.doc.Text(v.a.t.span(v.a.first, v.a.end))
	}
	if !v.b.empty() {
		b = v.b.t.doc.Text(v.b.t.span(v.b.first, v.b.end))
	}
	return a, b
}

// classify finds the first rule that holds of x.
func (p *pair) classify(x item) finding {
	f := finding{quoted: p.quotedItem(x)}
	bead := p.beads[x.bead]
	switch {
	case x.division:
		f.set(stemma.Division, stemma.Stylistic, 0.15, "sentence-boundary")
	case x.same() && x.turn == rolesTurn:
		f.set(stemma.Roles, stemma.MeaningBearing, wTurned, "roles-exchanged")
	case x.same() && x.turn == voiceTurn:
		f.set(stemma.Voice, stemma.Stylistic, wStyle, "voice")
	case x.same() && bead.moved:
		f.set(stemma.Reordering, stemma.Stylistic, 0.3, "sentence-moved")
	case x.same() && x.within:
		f.set(stemma.Quotation, stemma.Stylistic, 0.35, "quotation/move")
		f.inner = stemma.Reordering
	case x.same() && x.move > 0:
		f.set(stemma.Reordering, stemma.Stylistic, 0.3, "move")
	case x.same():
		f.kind, f.rule = stemma.Same, "same"
	default:
		f = p.classifyVariant(x, f.quoted)
	}
	return f
}

func (p *pair) classifyVariant(x item, quoted bool) finding {
	v := variant{p: p, x: x}
	v.quoted = quoted
	bead := p.beads[x.bead]
	v.a, v.b = p.side(p.a, x.a0, x.a1), p.side(p.b, x.b0, x.b1)
	v.whole = bead.a0 == bead.a1 || bead.b0 == bead.b1
	sentKind := p.sentenceKind(bead)
	v.head = sentKind == stemma.Heading
	if sentKind == stemma.Furniture {
		v.set(stemma.FurnitureVar, stemma.Cosmetic, 0, "furniture")
		return v.finding
	}
	if sentKind == stemma.Byline {
		v.set(stemma.FurnitureVar, stemma.Cosmetic, 0.05, "byline")
		return v.finding
	}
	for _, r := range rules {
		if r.holds(&v) {
			if v.rule == "" {
				v.rule = r.name
			}
			break
		}
	}
	if x.turn == voiceTurn && v.severity != stemma.MeaningBearing {
		v.set(stemma.Voice, stemma.Stylistic, wStyle, "voice")
	}
	v.quotation()
	v.weight = math.Round(v.weight*v.salience()*1000) / 1000
	return v.finding
}

func (f *finding) set(k stemma.VariantKind, s stemma.Severity, w float64, rule string) {
	f.kind, f.severity, f.weight, f.rule = k, s, w, rule
}

func (p *pair) sentenceKind(b pairBead) stemma.SentenceKind {
	if b.a0 < b.a1 {
		return p.a.sents[b.a0].kind
	}
	if b.b0 < b.b1 {
		return p.b.sents[b.b0].kind
	}
	return stemma.Prose
}

// quotedItem reports whether the words of x stand within quotation marks in
// either witness; an empty reading does where the words on both sides do.
func (p *pair) quotedItem(x item) bool {
	in := func(t *text, first, end int) bool {
		for i := first; i < end; i++ {
			if t.words[i].quote > 0 {
				return true
			}
		}
		return false
	}
	return in(p.a, x.a0, x.a1) || in(p.b, x.b0, x.b1)
}

// quotation turns a variant within quotation marks into kind quotation, unless
// the words are the same. The kind of the words alone stays as the inner kind,
// and its rule in the rule.
func (v *variant) quotation() {
	if !v.quoted {
		return
	}
	switch v.kind {
	case stemma.Spelling, stemma.Format, stemma.DamageVar, stemma.Mode, stemma.FurnitureVar, stemma.Reordering, stemma.Division, stemma.Same:
		return
	}
	if v.whole {
		return // a sentence of a quotation left out whole is an omission
	}
	if len(v.a.content)+len(v.a.function)+len(v.b.content)+len(v.b.function) == 0 {
		return
	}
	// The same must be quoted on both sides, or nothing was altered within it.
	if !v.a.empty() && !v.a.quoted || !v.b.empty() && !v.b.quoted {
		return
	}
	if v.a.empty() && !v.p.insideQuote(v.p.a, v.x.a0) || v.b.empty() && !v.p.insideQuote(v.p.b, v.x.b0) {
		return
	}
	v.rule = "quotation/" + v.rule
	v.inner, v.kind = v.kind, stemma.Quotation
	switch v.severity {
	case stemma.Cosmetic:
		v.severity, v.weight = stemma.Stylistic, 0.3
	case stemma.Stylistic:
		if len(v.a.content)+len(v.b.content) > 0 {
			v.severity, v.weight = stemma.MeaningBearing, 0.25+v.weight/2
		} else {
			v.weight += 0.3
		}
	default:
		v.weight = min(1, v.weight+0.05)
	}
}

// insideQuote reports whether the place before token i lies in a quotation.
func (p *pair) insideQuote(t *text, i int) bool {
	return i < len(t.words) && t.words[i].quote > 0 || i > 0 && i <= len(t.words) && t.words[i-1].quote > 0
}

// salience is how much the place and the words of a variant make of it: more
// in headings and at the top of the report, more for rare words and for more
// of them.
func (v *variant) salience() float64 {
	s := 0.8
	bead := v.p.beads[v.x.bead]
	at := func(t *text, sent int) float64 {
		if len(t.doc.Sentences) == 0 || sent >= len(t.doc.Sentences) {
			return 1
		}
		return float64(sent) / float64(len(t.doc.Sentences))
	}
	if v.head {
		s += 0.12
	}
	s += 0.06 * (1 - min(at(v.p.a, bead.a0), at(v.p.b, bead.b0)))
	n := float64(max(len(v.a.content), len(v.b.content)))
	s += 0.02 * min(n, 6)
	rare := 0.0
	for _, sd := range []*side{&v.a, &v.b} {
		for _, i := range sd.content {
			if v.p.lx.entries[sd.t.words[i].id].seen == 1 {
				rare = 0.03
			}
		}
	}
	return min(1.1, s+rare)
}

// ratioNote gives both values of a number that changed and their ratio.
func ratioNote(a, b quantity) string {
	note := a.words + " / " + b.words
	if a.value > 0 && b.value > 0 {
		r := b.value / a.value
		switch {
		case r >= 1:
			note += fmt.Sprintf(" (×%.3g)", r)
		default:
			note += fmt.Sprintf(" (÷%.3g)", 1/r)
		}
	}
	return note
}

// leadsNumbers reports whether word limits only a number behind it: "over 40",
// but not "over the river", "handed over".
func leadsNumbers(word string) bool {
	switch word {
	case "about", "around", "over", "under":
		return true
	}
	return false
}

// numeral reports whether word starts a number.
func numeral(word string) bool {
	switch word {
	case "a", "half", "$", "€", "£":
		return true
	}
	_, n := words.Number([]string{word})
	return n > 0
}
