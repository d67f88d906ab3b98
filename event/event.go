// Package event finds what happened in a report: who did what to whom, when
// and where, in the terms of PLOVER (the Political Language Ontology for
// Verifiable Event Records, manual of 2021), with the CAMEO code where the
// verb's pattern gives it.
//
// There is no parser. [Find] finds the verb groups of a sentence, matches the
// words around each against the verb patterns of petrarch2's dictionary and
// of our own, lets governing verbs decide ("agreed to", "refused to",
// "threatened to"), and takes actors and recipients from the noun phrases
// around the verb. Meetings told of by a noun ("a call between X and Y") are
// found by rules of their own. [Merge] makes one event of what several
// reports tell.
package event

import (
	"cmp"
	"slices"
	"strings"

	"stemma"
)

// Find returns the events that doc's report tells of, in text order. It reads
// the document's sentences, tokens, tags, mentions, statements and times;
// tags, mentions, statements and times may be missing.
func Find(doc *stemma.Document) []stemma.Event {
	f := newFinder(doc)
	for i, sent := range doc.Sentences {
		if !toldIn(sent.Kind) || sent.EndToken-sent.FirstToken > maxSentence {
			continue
		}
		s := f.prepare(i)
		f.findEntities(s, sent)
		f.findPredicates(s)
		first := len(f.found)
		f.codeVerbs(s)
		f.codeNouns(s)
		f.codeFights(s)
		f.codeExchanges(s)
		if len(f.found) > first {
			about := f.contexts(s)
			for k := first; k < len(f.found); k++ {
				f.found[k].Context = slices.Clone(about)
			}
		}
		f.remember(first)
		f.listen(s)
		f.lastSubject = f.mainSubject(s)
	}
	return f.join()
}

// newFinder returns a finder at the start of doc.
func newFinder(doc *stemma.Document) *finder {
	f := &finder{doc: doc, lex: dictionary(), codes: map[stemma.ActorID]string{}, parties: map[stemma.ActorID]string{}, told: map[string]string{}}
	for _, st := range doc.Statements {
		f.quotes = append(f.quotes, st.Quoted...)
	}
	slices.SortFunc(f.quotes, func(a, b stemma.Span) int { return cmp.Compare(a.Start, b.Start) })
	return f
}

// maxSentence is the most tokens of a sentence that is looked at: what is
// longer is a list or a text that lost its full stops.
const maxSentence = 400

// toldIn reports whether sentences of the kind tell of events. Headings do
// not: what they announce the text tells.
func toldIn(k stemma.SentenceKind) bool { return k == stemma.Prose || k == "" }

// A finder is the state of one pass over a document.
type finder struct {
	doc   *stemma.Document
	lex   *lexicon
	codes map[stemma.ActorID]string // what is known of an actor so far

	parties map[stemma.ActorID]string
	told    map[string]string // what Code gave for the words of mentions
	quotes  []stemma.Span     // quotations, in text order
	sent    sentence          // the sentence at hand; its memory is used again
	buf     []byte
	found   []found

	lastSubject []entity // who the sentence before was about
	pair, sides []entity // who took part in the last event of two or more; sides: no persons
	swap        []entity // who last agreed on an exchange of prisoners
	spoke       spoken   // who last spoke on a day that is told
	asking      int      // speakers being looked for, one behind another

	quoteAt, timeAt, mentionAt int
}

// found is an event with what is needed to join it with others.
type found struct {
	stemma.Event
	sentence int
	head     int // byte offset of its verb or noun
	actors   []entity
	recips   []entity
	place    entity
	definite bool // "the talks": told of before
	meeting  bool
}

// codeVerbs finds the events that the verbs of s tell of.
func (f *finder) codeVerbs(s *sentence) {
	for i := range s.preds {
		p := &s.preds[i]
		if p.used || s.words[p.head].quoted || p.gerund && p.start > 1 && s.words[p.start-1].norm == "of" && hearsay.has(stem(s.words[p.start-2].norm)) {
			continue
		}
		if p.end+1 < len(s.words) && s.words[p.end].norm == "until" && over.has(s.words[p.end+1].norm) {
			continue // "a demand it had rejected until now"
		}
		if p.gerund && p.start > 0 && s.words[p.start-1].norm == "without" {
			continue // "without reaching an agreement"
		}
		if f.inIf(s, i) {
			for k := i + 1; k < len(s.preds) && (s.preds[k].infinitive || s.preds[k].gerund); k++ {
				s.preds[k].used = true
			}
			continue
		}
		if p.reduced && !p.passive {
			continue
		}
		c := f.code(s, i, 0)
		if c.code == "" && p.modal == "must" && !p.negated && f.said(s, i) && known(f.subjectEntities(s, i)) {
			c = coding{code: "100", rule: "said+must", last: i, sure: true, status: Proposed}
		}
		if c.code == "" || TypeOf(c.code) == "" {
			continue
		}
		if f.isDenied(s, i) {
			c.status = Denied
		}
		f.emit(s, i, c)
	}
}

// over is words behind "until" of what is no longer so.
var over = words("now then recently")

// hearsay is nouns of which an act is the matter, and no word who did it:
// "evidence of shelling".
var hearsay = words("evidence report sign account claim allegation risk danger fear prospect possibility suspicion trace")

// isDenied reports whether predicate i is what "deny" before it governs.
func (f *finder) isDenied(s *sentence, i int) bool {
	for k := i - 1; k >= 0; k-- {
		if s.preds[k].lemma == "deny" && !s.preds[k].negated {
			return f.complement(s, k, rejecting) == i
		}
	}
	return false
}

// inIf reports whether predicate i stands in a clause that "if" or "whether"
// opens: it tells of nothing by itself.
func (f *finder) inIf(s *sentence, i int) bool {
	p := &s.preds[i]
	if p.clause == 0 {
		return false
	}
	n := s.words[p.clause-1].norm
	return n == "if" || n == "unless" || n == "whether"
}

// said reports whether predicate i stands in what a verb of saying before it
// reports.
func (f *finder) said(s *sentence, i int) bool {
	for k := i - 1; k >= 0; k-- {
		if e := effectOf(s.preds[k].lemma); e == reporting || e == demanding || e == threatening {
			return true
		}
	}
	return false
}

// A coding is what the rules make of a verb.
type coding struct {
	code   string
	status string
	rule   string
	last   int  // index of the last predicate that it covers
	sure   bool // a pattern or a governor said so, not the verb alone
}

// maxDepth is how far governors nest: "agreed to stop threatening to".
const maxDepth = 4

// code returns what predicate i tells of.
func (f *finder) code(s *sentence, i, depth int) coding {
	lemma := f.phrasal(s, i)
	eff := effectOf(lemma)
	if lemma == "be" {
		eff = f.copulaEffect(s, i)
	}
	c := coding{last: i}
	match := f.match(s, i)
	if match.own && match.hit {
		c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
		return f.modify(s, i, c, eff)
	}
	comp := -1
	if depth < maxDepth {
		comp = f.complement(s, i, eff)
	}
	var sub coding
	if comp >= 0 {
		sub = f.code(s, comp, depth+1)
	}
	object := f.objectCode(s, i)
	act := sub.code
	if !sub.sure && comp >= 0 && !bare.has(s.preds[comp].lemma) && eff != threatening {
		act = "" // "intends to leave": the verb alone says too little
	}
	if act == "" {
		act = object
	}
	if act == "" && comp >= 0 && hostile.has(s.preds[comp].lemma) {
		act = "190" // "is ready to confront"
	}
	use := func(code string) {
		c.code, c.sure = code, true
		c.rule = "governor:" + lemma
		if comp >= 0 {
			c.last = max(sub.last, comp)
			for k := i + 1; k <= comp; k++ {
				s.preds[k].used = true
			}
		}
	}
	switch eff {
	case reporting, failing:
		if lemma == "tell" && comp >= 0 && s.preds[comp].infinitive && hasNoun(cut(s.words, s.preds[i].end, s.preds[comp].start)) {
			use(demandCode(act)) // "told Serbia to hand over suspects"
			break
		}
		if match.hit && TypeOf(match.code) != "" && comp < 0 {
			c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
		}
		if eff == failing && sub.code != "" {
			// "began withdrawing", "continued to send arms", "tried to kill"
			switch {
			case lemma == "fail" || lemma == "avoid":
				s.preds[comp].used = true
				return coding{last: i}
			case lemma == "allow" || lemma == "let" || lemma == "help" || lemma == "seem" || lemma == "appear":
				if lemma == "allow" || lemma == "let" {
					if root(c.code) != "08" {
						c.code = "080"
					}
					c.rule, c.sure = "governor:"+lemma, true
				}
				return f.modify(s, i, c, eff)
			}
			sub.rule = "governor:" + lemma
			sub.last = max(sub.last, comp)
			for k := i + 1; k <= comp; k++ {
				s.preds[k].used = true
			}
			return f.modify(s, i, sub, eff)
		}
		if c.code == "" && lemma == "allow" {
			c.code, c.rule, c.sure = "080", "governor:allow", true
		}
		if c.code == "" {
			return c
		}
	case agreeing, planning:
		switch {
		case lemma == "commit" && !(s.preds[i].passive || s.preds[i].end < len(s.words) && s.words[s.preds[i].end].norm == "to"):
			// "committed fraud"
		case lemma == "want" && comp >= 0 && s.preds[comp].infinitive && hasNoun(cut(s.words, s.preds[i].end, s.preds[comp].start)):
			use(demandCode(act)) // "students want the president to resign"
		case lemma == "expect" && s.preds[i].passive && act != "" && root(act) == "04":
			use(agreeCode(act)) // "is expected to meet"
			c.status = Planned
		case wishes[lemma]: // to want something is not yet to do anything
			if comp >= 0 {
				s.preds[comp].used = true
			}
		case eff == planning && lemma != "be" && (root(act) == "03" || root(act) == "05" || root(act) == "06"):
			// "is scheduled to give a speech"
		case eff == planning && (act == "" || comp < 0 && lemma != "be" && lemma != "plan" && lemma != "seek"):
			if match.hit && TypeOf(match.code) != "" && lemma != "be" {
				c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
			} else if lemma == "be" && comp >= 0 && f.readiness(s, i) {
				use("030")
			}
		case act != "" && conflict(act):
			if comp >= 0 && s.preds[comp].negated {
				use("035")
			} else if root(act) == "12" {
				use(act)
			} else if comp >= 0 && (s.preds[comp].modal == "should" || s.preds[comp].modal == "must") {
				use("030") // "agreed that the dispute should be settled"
			} else if root(act) == "10" || root(act) == "11" {
				use(act)
			} else if comp >= 0 || lemma == "vow" || lemma == "be" {
				use(threatCode(act))
			} else {
				use("030")
			}
		case match.hit && root(match.code) == "03":
			use(match.code)
		case act != "":
			use(agreeCode(act))
		case eff == agreeing && (comp >= 0 || match.hit || f.hasObject(s, i)):
			if lemma == "accept" || lemma == "decide" || lemma == "resolve" || lemma == "propose" || lemma == "commit" {
				if match.hit && match.code != "" {
					use(match.code)
				} else if lemma == "accept" || comp >= 0 && lemma == "commit" {
					use("030")
				}
			} else if lemma != "vow" || comp >= 0 {
				use("030")
			}
		}
	case threatening:
		switch {
		case match.hit && root(match.code) == "13":
			use(match.code)
		case act != "" && conflict(act):
			use(threatCode(act))
		case lemma == "warn" && match.hit:
			use(match.code)
		case lemma == "threaten":
			use("130")
		}
	case rejecting:
		switch {
		case comp < 0 && f.staysSilent(s, i): // "declined to comment" with the verb taken for a noun
		case comp >= 0 && silent.has(s.preds[comp].lemma) && TypeOf(sub.code) == "" && !f.respondsTo(s, comp) && lemma != "reject" && lemma != "oppose":
			s.preds[comp].used = true
			return c
		case match.hit && (root(match.code) == "12" || match.code == ""):
			if match.code != "" {
				use(match.code)
			}
		case lemma == "deny" && comp >= 0 && !s.preds[comp].infinitive:
			// "denied that it had opened fire": something said, no refusal
		case lemma == "deny" && comp < 0 && (f.deniesWords(s, i) || !f.hasObject(s, i)):
			if match.hit {
				c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
			}
		default:
			use(rejectCode(act))
		}
	case demanding:
		switch {
		case match.hit && match.code != "" && (root(match.code) == "10" || root(match.code) == "11" && lemma != "demand"):
			use(match.code)
		case lemma == "order" && comp >= 0 && (root(sub.code) == "18" || root(sub.code) == "19"):
			use(sub.code) // "ordered the boats to fire": whose boats they are
		case lemma == "push" || lemma == "ask" || lemma == "press" || lemma == "order":
			if comp >= 0 || f.hasFor(s, i) {
				use(demandCode(act))
			} else if match.hit {
				c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
			}
		case lemma == "insist" && !(comp >= 0 && (s.preds[comp].modal == "must" || s.preds[comp].modal == "should")) && root(match.code) != "10":
		default:
			use(demandCode(act))
		}
	case accusing:
		if match.hit && match.code != "" && root(match.code) == "11" {
			use(match.code)
		} else if lemma == "accuse" || lemma == "indict" || lemma == "blame" {
			use("112")
		} else {
			use("111")
		}
	case supporting:
		switch {
		case match.hit && match.code != "" && !(root(match.code) == "04" && (f.abstractObject(s, i) || !match.own)):
			use(match.code)
		case lemma == "apologize" || lemma == "apologise":
			use("055")
		case lemma == "recognize" || lemma == "recognise":
		default:
			use("051")
		}
	case stopping:
		switch {
		case match.hit && !(root(object) == "04" && cancels[lemma]):
			if match.code != "" {
				c.code, c.rule, c.sure = match.code, "pattern:"+match.block, true
			}
		case (root(object) == "04" || act == "036") && cancels[lemma]:
			use("125")
			c.status = Cancelled
		case object != "":
			use(stopCode(object))
		case sub.code != "":
			use(stopCode(sub.code))
		}
	default:
		if match.code != "" && !(match.hit && !match.own && noisy.has(match.block)) {
			c.code, c.sure = match.code, match.hit
			c.rule = "pattern:" + match.block
			if !match.hit {
				c.rule = "verb:" + match.block
			}
		}
	}
	return f.modify(s, i, c, eff)
}

// respondsTo reports whether predicate i is "respond to" a demand or the like,
// which one can refuse, and not just "respond".
func (f *finder) respondsTo(s *sentence, i int) bool {
	p := &s.preds[i]
	if p.lemma != "respond" {
		return false
	}
	for k := p.end; k < len(s.words) && k < p.end+5; k++ {
		switch stem(s.words[k].norm) {
		case "demand", "call", "proposal", "offer", "appeal", "ultimatum", "invitation":
			return true
		}
	}
	return false
}

// staysSilent reports whether predicate i is followed by "to" and what people
// decline to do who only say nothing.
func (f *finder) staysSilent(s *sentence, i int) bool {
	k := s.preds[i].end
	return k+1 < len(s.words) && s.words[k].norm == "to" && silent.has(s.words[k+1].norm)
}

// deniesWords reports whether what "deny" governs is something said: the
// denial of a charge is no refusal.
func (f *finder) deniesWords(s *sentence, i int) bool {
	p := &s.preds[i]
	for k := p.end; k < len(s.words) && k < p.end+8; k++ {
		switch n := stem(s.words[k].norm); n {
		case "that", "allegation", "accusation", "charge", "report", "claim", "involvement", "wrongdoing", "responsibility", "rumour", "rumor", "link", "role", "guilt", "having", "knowledge", "suggestion":
			return true
		}
		if s.words[k].class == verbal {
			return true
		}
	}
	return false
}

// resigns is the verbs of leaving office, which PLOVER files under RETREAT
// even where they are in the future.
var resigns = map[string]bool{"resign": true, "quit": true, "step": true, "abdicate": true}

// noisy is the blocks of the dictionary whose patterns are met most often in
// another sense: "the study was conducted", "ministers are appointed".
var noisy = words("oversee_manage name release compromise circulate perform select go_somewhere consider hear discover develop know believe move obtain")

// cancels is the verbs that, of a meeting, mean that it does not take place:
// PLOVER counts that as rejecting it, breaking talks off as a sanction.
var cancels = map[string]bool{"cancel": true, "call_off": true, "scrap": true, "abandon": true, "postpone": true, "shelve": true, "drop": true}

// wishes is the verbs that tell of no more than a wish.
var wishes = map[string]bool{"want": true, "hope": true, "expect": true, "wish": true, "seek": true, "consider": true, "mull": true}

// phrasal returns the lemma of predicate i with the particle that belongs to
// it: "call_off", "rule_out".
func (f *finder) phrasal(s *sentence, i int) string {
	p := &s.preds[i]
	if p.head+1 < len(s.words) {
		switch n := s.words[p.head+1].norm; n {
		case "off", "out", "down", "up", "on", "for", "back":
			if l, ok := particles[p.lemma+" "+n]; ok {
				return l
			}
		}
	}
	return p.lemma
}

// particles is the phrasal verbs that govern, by verb and particle.
var particles = map[string]string{
	"call off": "call_off", "call on": "call_on", "call for": "call_for", "rule out": "rule_out", "turn down": "turn_down",
	"break off": "break_off", "cut off": "cut_off",
}

// conflict reports whether a CAMEO code is on the side of conflict.
func conflict(code string) bool {
	r := root(code)
	return r >= "10" && r <= "20"
}

// stopCode returns the code of stopping what another code stands for: talks
// and aid are withdrawn, curfews and sanctions eased.
func stopCode(code string) string {
	switch root(code) {
	case "04", "03":
		if code == "045" {
			return "165"
		}
		if code == "042" || code == "043" {
			return "120"
		}
		return "164"
	case "05":
		return "161"
	case "06":
		return "160"
	case "07":
		switch code {
		case "071":
			return "1621"
		case "072":
			return "1622"
		case "073":
			return "1623"
		}
		return "162"
	case "10", "13":
		return "083"
	case "14":
		return "082"
	case "15":
		return "087"
	case "16":
		return "085"
	case "17":
		switch code {
		case "1723":
			return "0813"
		case "1724":
			return "0814"
		}
		return "081"
	case "18", "19", "20":
		return "087"
	}
	return "160"
}

// copulaEffect returns the effect of a form of "be" with an adjective.
func (f *finder) copulaEffect(s *sentence, i int) effect {
	n := f.next(s, s.preds[i].head+1)
	if n < 0 {
		return plain
	}
	switch s.words[n].norm {
	case "ready", "willing", "prepared", "determined", "due":
		return planning
	case "unwilling", "opposed", "reluctant":
		return rejecting
	case "critical":
		return accusing
	}
	return plain
}

func (f *finder) readiness(s *sentence, i int) bool { return f.copulaEffect(s, i) == planning }

// complement returns the index of the predicate that predicate i governs: an
// infinitive, a gerund or the verb of a "that" clause; -1 if there is none.
func (f *finder) complement(s *sentence, i int, eff effect) int {
	if eff == plain {
		return -1
	}
	p := &s.preds[i]
	for k := i + 1; k < len(s.preds); k++ {
		q := &s.preds[k]
		gap := cut(s.words, p.end, q.start)
		if len(gap) > 25 {
			return -1
		}
		if q.infinitive {
			if eff == stopping && len(gap) > 0 {
				return -1
			}
			return k
		}
		if q.gerund {
			if eff == failing && len(gap) == 0 || eff == accusing || eff == planning && len(gap) == 0 || eff == stopping && len(gap) == 0 || eff == rejecting && len(gap) == 0 {
				return k
			}
			if len(gap) > 0 && (gap[len(gap)-1].norm == "of" || gap[len(gap)-1].norm == "against" || gap[len(gap)-1].norm == "from") && (eff == accusing || eff == rejecting) {
				return k
			}
			continue
		}
		if q.reduced {
			continue
		}
		if eff == accusing || eff == supporting || eff == stopping || eff == failing {
			return -1
		}
		// "demanded that Serbia end", "warned police will no longer tolerate"
		if q.relative && !(q.clause == p.end+1) {
			return -1
		}
		for k := range gap {
			if c := gap[k]; c.class == sub && c.norm != "that" || c.class == rel && c.norm != "that" || c.norm == ";" {
				return -1
			}
			if gap[k].class == comma && k > 0 && eff != threatening {
				return -1
			}
		}
		return k
	}
	return -1
}

func (f *finder) hasObject(s *sentence, i int) bool {
	p := &s.preds[i]
	end := f.objectEnd(s, i, false)
	return hasNoun(cut(s.words, p.end, end))
}

// hasFor reports whether a phrase with "for" follows: "pressing for", "asked
// NATO for".
func (f *finder) hasFor(s *sentence, i int) bool {
	p := &s.preds[i]
	for k := p.end; k < len(s.words) && k < p.end+5; k++ {
		switch w := &s.words[k]; {
		case w.norm == "for":
			return true
		case w.class != noun && w.class != det && w.class != pron:
			return false
		}
	}
	return false
}

// modify applies tense, modality and negation.
func (f *finder) modify(s *sentence, i int, c coding, eff effect) coding {
	p := &s.preds[i]
	if p.negated && (c.rule == "pattern:reach_agreement" || eff == rejecting && p.modal == "") {
		c.code = "" // "did not reach a deal": nobody need have refused it; "no longer ruled out"
		return c
	}
	if c.code == "" || p.negated && !c.sure && !bare.has(p.lemma) {
		c.code = "" // "would not come to its aid": the verb alone says too little
		return c
	}
	r := root(c.code)
	cond := f.conditional(s, i)
	switch p.modal {
	case "will":
		switch {
		case p.negated && !conflict(c.code):
			c.code, c.rule, c.status = rejectCode(c.code), c.rule+"+will-not", Held
			c.sure = true
		case p.negated:
			c.code, c.rule = "035", c.rule+"+will-not"
		case r >= "04" && r <= "08":
			if c.status = Planned; !resigns[p.lemma] {
				c.code, c.rule = agreeCode(c.code), c.rule+"+will"
			}
		case r >= "13" && r <= "20" && r != "14" && !(r == "13"):
			c.code, c.rule, c.status = threatCode(c.code), c.rule+"+will", Planned
		case r == "14":
			c.code, c.rule, c.status = "133", c.rule+"+will", Planned
		default:
			c.status = Planned
		}
		if cond {
			c.status = Conditional
		}
	case "would":
		switch {
		case p.negated && !conflict(c.code):
			c.code, c.rule = rejectCode(c.code), c.rule+"+would-not"
			c.sure = true
		case r >= "04" && r <= "08":
			c.code, c.rule, c.status = agreeCode(c.code), c.rule+"+would", Planned
		case r >= "14" && r <= "20":
			c.code, c.rule, c.status = threatCode(c.code), c.rule+"+would", Planned
		default:
			c.status = Planned
		}
		if cond {
			c.status = Conditional
		}
	case "may", "might", "could", "can":
		if p.negated && p.modal != "can" && p.modal != "could" {
			c.code = ""
			return c
		}
		if p.negated && p.lemma == "accept" && c.sure {
			c.code, c.rule = rejectCode(c.code), c.rule+"+cannot" // "cannot accept the proposal"
			return c
		}
		if p.negated {
			c.code = ""
			return c
		}
		switch {
		case r >= "04" && r <= "08":
			c.code, c.rule, c.status = agreeCode(c.code), c.rule+"+may", Proposed
		case r >= "14" && r <= "20":
			c.code, c.rule, c.status = threatCode(c.code), c.rule+"+may", Proposed
		default:
			c.status = Proposed
		}
		if cond {
			c.status = Conditional
		}
	case "should", "must":
		// "the US must be ready to mediate": a demand of whoever says so.
		if c.sure && (!conflict(c.code) || r == "12") {
			c.code, c.rule = demandCode(c.code), c.rule+"+must"
			c.status = Proposed
		} else {
			c.code = ""
		}
	default:
		if p.negated {
			switch {
			case r == "03" || r == "08":
				c.code, c.rule, c.sure = rejectCode(c.code), c.rule+"+not", true
			case r >= "04" && r <= "07":
				c.status = Denied
			default:
				c.status = Denied
			}
		}
		if cond && c.status == "" {
			c.status = Conditional
		}
	}
	return c
}

// conditional reports whether predicate i stands in an "if" clause, or has
// one behind it.
func (f *finder) conditional(s *sentence, i int) bool {
	p := &s.preds[i]
	if p.clause > 0 && (s.words[p.clause-1].norm == "if" || s.words[p.clause-1].norm == "unless") {
		return true
	}
	if p.modal == "" {
		return false
	}
	for k := p.end; k < len(s.words); k++ {
		if n := s.words[k].norm; n == "if" || n == "unless" {
			return true
		}
	}
	return false
}

// A matched is the best pattern for a verb.
type matched struct {
	code  string
	block string
	hit   bool // a pattern with words matched, not the verb alone
	own   bool
	n     int
}

// match returns the most specific pattern that fits predicate i.
func (f *finder) match(s *sentence, i int) matched {
	p := &s.preds[i]
	v := s.words[p.head].verb
	var best matched
	if v == nil {
		return best
	}
	subjFrom, subjTo, _ := f.subject(s, i)
	end := f.objectEnd(s, i, true)
	end = min(end, p.end+30)
	var have uint64 // synonym sets among the words at hand
	for k := p.end; k < end; k++ {
		have |= s.words[k].sets
	}
	for k := subjFrom; k < subjTo; k++ {
		have |= s.words[k].sets
	}
	for si := range v.senses {
		se := &v.senses[si]
		at := p.end
		if len(se.particle) > 0 {
			ok := at+len(se.particle) <= len(s.words)
			for k := 0; ok && k < len(se.particle); k++ {
				ok = s.words[at+k].stem == se.particle[k] || s.words[at+k].lemmaID == se.particle[k]
			}
			if !ok {
				continue
			}
			at += len(se.particle)
		}
		b := &f.lex.blocks[se.block]
		base := 1
		switch {
		case se.own && se.code != "":
			base = 60
		case len(se.particle) > 0:
			base = 20
		}
		if se.code != "" && best.n < base || len(se.particle) > 0 && best.n < base {
			best = matched{code: se.code, block: b.name, own: se.own, hit: len(se.particle) > 0 && phrasal.has(v.lemma) || se.own, n: base}
		} else if best.block == "" {
			best.block = b.name
		}
		for pi := 1; pi < len(b.patterns); pi++ {
			pt := &b.patterns[pi]
			if len(pt.post) > 0 && pt.post[0].set != 0 && pt.post[0].set&have == 0 {
				continue
			}
			n := len(pt.pre) + len(pt.post)
			score := base + 10*n
			if se.own {
				score += 100
			}
			if n == 0 || score <= best.n {
				continue
			}
			if n == 1 && !se.own && v.light {
				continue
			}
			if f.fits(s, p, pt, at, end, subjFrom, subjTo) {
				best = matched{code: pt.code, block: b.name, hit: true, own: se.own, n: score}
			}
		}
	}
	return best
}

// maxGap is how many words may stand between two words of a pattern.
const maxGap = 8

// fits reports whether the pattern's words stand around the verb, in order.
// Of a passive verb the objects may stand before it.
func (f *finder) fits(s *sentence, p *predicate, pt *pattern, at, end, subjFrom, subjTo int) bool {
	if p.passive && len(pt.pre) == 0 && len(pt.post) > 0 && !pt.post[0].prep {
		if k := seek(cut(s.words, subjFrom, subjTo), &pt.post[0], len(s.words)); k >= 0 {
			return fitsAfter(cut(s.words, at, end), pt.post[1:])
		}
	}
	if !fitsAfter(cut(s.words, at, end), pt.post) {
		return false
	}
	k := subjFrom
	for e := range pt.pre {
		j := seek(cut(s.words, k, p.start), &pt.pre[e], len(s.words))
		if j < 0 {
			return false
		}
		k += j + 1
	}
	return true
}

func fitsAfter(ws []word, elems []elem) bool {
	at := 0
	for e := range elems {
		gap := maxGap
		if e > 0 {
			gap = 5
		}
		j := seek(ws[min(at, len(ws)):], &elems[e], gap)
		if j < 0 {
			return false
		}
		at += j + 1
	}
	return true
}

// seek returns the index of the first of ws, at most gap words in, that e
// matches; -1 if there is none.
func seek(ws []word, e *elem, gap int) int {
	for i := range ws {
		if i > gap {
			return -1
		}
		if e.matches(&ws[i]) {
			return i
		}
	}
	return -1
}

// objectCode returns the CAMEO code of what the object of predicate i means
// by itself: "curfew" 1723, "talks" 046.
func (f *finder) objectCode(s *sentence, i int) string {
	p := &s.preds[i]
	end := min(f.objectEnd(s, i, false), p.end+12)
	for k := p.end; k < end; k++ {
		w := &s.words[k]
		if w.norm == "round" && k+1 < len(s.words) && s.words[k+1].norm == "of" {
			continue // of what, the next words say
		}
		if c := objects[w.norm]; c != "" && w.ent == 0 {
			return c
		}
		if c := objects[stem(w.norm)]; c != "" && w.ent == 0 && w.class != verbal {
			return c
		}
	}
	return ""
}

// span of a predicate with its complement, for evidence.
func (f *finder) evidence(s *sentence, from, to int) stemma.Cite {
	return stemma.Cite{Report: f.doc.Report.ID, Span: f.span(s, from, to)}
}

// emit makes an event of predicate i.
func (f *finder) emit(s *sentence, i int, c coding) {
	p := &s.preds[i]
	ev := found{sentence: s.index, head: s.words[p.head].span.Start}
	ev.Type, ev.CAMEO, ev.Status, ev.Rule = TypeOf(c.code), c.code, c.status, c.rule
	if ev.Status == "" {
		ev.Status = Held
	}
	ev.Mode = modeOf(c.code)
	if resigns[p.lemma] && root(c.code) == "08" {
		ev.Type, ev.Mode = Retreat, "resign"
	}
	ev.meeting = root(c.code) == "04" || c.code == "036"
	if p.infinitive && root(c.code) == "04" && ev.Status == Held {
		st := f.purpose(s, i)
		if p.start > 0 && ready[s.words[p.start-1].norm] {
			st = Proposed // "remained ready to continue the talks"
		}
		if st != "" {
			ev.Type, ev.CAMEO, ev.Mode, ev.Status = Agree, "036", "", st // "will travel to Varo to meet Hale"
		}
	}
	subj := f.subjectEntities(s, i)
	// "must" makes the speaker demand, not the subject.
	if strings.HasSuffix(c.rule, "+must") {
		ev.recips = subj
		subj = f.speakerBefore(s, i)
	}
	obj := f.objectEntities(s, i, c.last, subj)
	if c.code == "042" && (p.lemma == "arrive" || c.rule == "pattern:travel_to") {
		if len(obj) == 0 || obj[0].kind == stemma.Person || before(s, obj[0].from) == "with" {
			return
		}
	}
	if c.code == "042" && c.rule == "verb:visit" && !known(obj) && f.placeAfter(s, p.end, f.objectEnd(s, i, true)).id == "" {
		return // "visited the army post"
	}
	if ev.meeting && len(obj) > 0 {
		// "talks in Varo on an Osvia deal": neither takes part.
		switch b := before(s, obj[0].from); b {
		case "with", "between", "among", "to", "by", "from":
		case "":
			if !f.directObject(s, &s.preds[c.last], obj[0].from) {
				obj = nil // "without an agreement on reopening the Kost crossing"
			}
		default:
			if !(root(c.code) == "04" && (c.code == "042" || c.code == "043")) {
				obj = nil
			}
		}
	}
	if len(obj) > 0 && (ev.Type == Agree || ev.Type == Reject) && f.topic(s, obj) {
		obj = nil // "an agreement on the Kost crossing", "that it be inspected by experts from Osvia"
	}
	if (ev.meeting || ev.Type == Agree) && len(subj) < 2 {
		if from, to, shared := f.subject(s, i); shared < 0 {
			subj = f.theTwo(s, from, to, subj)
		}
	}
	switch {
	case p.passive && c.last > i && s.preds[c.last].infinitive && effectOf(p.lemma) == planning: // "is expected to meet"
		ev.actors, ev.recips = subj, obj
	case p.passive:
		by := f.byEntities(s, i)
		ev.actors, ev.recips = by, subj
		if len(by) == 0 && len(obj) > 0 && ev.Type == Retreat {
			ev.actors = obj
		}
	default:
		ev.actors = subj
		if ev.recips == nil {
			ev.recips = obj
		}
	}
	if ev.meeting && ev.CAMEO != "042" && ev.CAMEO != "043" && ev.CAMEO != "036" && len(ev.recips) > 0 {
		ev.actors = append(slices.Clone(ev.actors), ev.recips...)
		ev.recips = nil
		ev.actors = slices.DeleteFunc(ev.actors, func(e entity) bool { return !e.named && e.kind == stemma.Role })
	}
	told := -1
	if len(ev.recips) == 0 && !p.passive && !p.relative && p.clause > 1 && s.words[p.clause-1].norm == "that" && s.words[p.clause-2].class == noun && !s.words[p.clause-2].timex && p.start > p.clause && !f.hasObject(s, i) {
		// "demands that Osvia has rejected": the noun is the object.
		start := p.clause - 2
		for start > 0 && (s.words[start-1].class == noun || s.words[start-1].class == poss) {
			start--
		}
		for _, x := range f.phraseEntities(s, start, p.clause-1, true) {
			if !hasID(ev.actors, x.id) {
				ev.recips = append(ev.recips, x)
			}
		}
		told = start
	}
	// "attacked the proclamation" is said, not done.
	if ev.Type == Assault && c.rule[:5] == "verb:" && !p.passive && f.abstractObject(s, i) {
		ev.Type, ev.CAMEO, ev.Mode = Accuse, "111", "disapprove"
	}
	f.domestic(s, i, &ev)
	// "to protest" is a deed of crowds, of governments a word.
	if p.lemma == "protest" && (root(c.code) == "11" || root(c.code) == "14") {
		ev.Type, ev.CAMEO, ev.Mode = Accuse, "110", "disapprove"
		if crowd(ev.actors) {
			ev.Type, ev.CAMEO, ev.Mode = Protest, "141", "demo"
		}
	}
	if explodes.has(p.lemma) && !known(ev.actors) && len(ev.recips) == 0 {
		// "A bomb exploded in Basra": upon whom it is where it went off.
		if pl := f.placeAfter(s, p.end, min(len(s.words), p.end+12)); pl.id != "" {
			ev.actors, ev.recips, c.sure = nil, []entity{pl}, true
			ev.Type, ev.CAMEO, ev.Mode, p.passive = Assault, "183", modeOf("183"), true
		}
	}
	if ev.Type == Assault && !p.passive && !known(ev.actors) && f.byWeapon(s, i) && known(obj) {
		// "A mine damaged an Osvian tanker": nobody is said to have done it.
		ev.actors, ev.recips = nil, obj
		c.sure, p.passive = true, true
	}
	if !known(ev.actors) && !(known(ev.recips) && p.passive && (c.sure || oneSided(ev.Type))) {
		return
	}
	if p.passive && len(ev.actors) == 0 && ev.Type == Assault && harms.has(p.lemma) && !f.violent(s) {
		return // in an accident, for all that is said
	}
	if !c.sure && !(ev.meeting && bare.has(p.lemma) && len(ev.actors) > 1) {
		// The verb alone is weak evidence: somebody must do it to somebody.
		switch {
		case !bare.has(p.lemma):
			return
		case len(ev.actors) > 0 && (len(ev.recips) > 0 || oneSided(ev.Type)):
		case p.passive && len(ev.recips) > 0 && oneSided(ev.Type):
		default:
			return
		}
	}
	ev.place = f.placeAfter(s, p.end, f.objectEnd(s, i, true))
	if ev.Status == Cancelled {
		f.cancelled(s, &ev)
	}
	f.time(s, &ev, p.start, p.end)
	last := f.objectEnd(s, c.last, false)
	for last > p.end && (s.words[last-1].norm == "something" || s.words[last-1].class == comma || s.words[last-1].class == punct || s.words[last-1].class == conj || s.words[last-1].class == sub) {
		last--
	}
	from := p.start
	if a, b, _ := f.subject(s, i); a < b && !p.relative {
		from = a
	}
	if told >= 0 {
		from = told
	}
	ev.Evidence = []stemma.Cite{f.evidence(s, from, last)}
	f.assert(s, &ev)
	f.found = append(f.found, ev)
}

// purpose returns the status of what the infinitive i is the purpose of, where
// that is still to come; "" where it is not.
func (f *finder) purpose(s *sentence, i int) string {
	for k := i - 1; k >= 0; k-- {
		q := &s.preds[k]
		if q.infinitive || q.gerund || q.reduced {
			continue
		}
		switch {
		case q.modal == "will" || q.modal == "would":
			return Planned
		case q.modal != "":
			return Proposed
		case effectOf(q.lemma) == planning && q.lemma != "be":
			return Planned
		case q.negated:
			return Denied
		}
		return ""
	}
	return ""
}

// known reports whether one of es at least is somebody: named, or of a
// country.
func known(es []entity) bool {
	for _, e := range es {
		if e.named || e.kind == stemma.Person || country(e.code) != "" {
			return true
		}
	}
	return false
}

// abstractObject reports whether what the verb acts upon is words or
// thoughts.
func (f *finder) abstractObject(s *sentence, i int) bool {
	p := &s.preds[i]
	for k := p.end; k < len(s.words) && k < p.end+6; k++ {
		w := &s.words[k]
		if abstract.has(stem(w.norm)) {
			return true
		}
		if w.class == prep || w.class == verbal || w.class == punct || w.class == comma {
			return false
		}
	}
	return false
}

var abstract = words(`proclamation plan decision proposal policy idea record bill statement speech report move deal agreement law budget critic criticism
	claim argument view remark resolution initiative release announcement election news verdict ruling comment approach strategy problem corruption poverty disease pandemic virus inflation issue measure`)

// cancelled completes a meeting that is called off: the place where it was to
// be is no participant, and a "second summit" is with those of the first.
func (f *finder) cancelled(s *sentence, ev *found) {
	ev.recips = slices.DeleteFunc(slices.Clone(ev.recips), func(e entity) bool {
		b := before(s, e.from)
		return e.kind == stemma.Place && (b == "in" || b == "at")
	})
	if len(ev.recips) > 0 || len(ev.actors) == 0 {
		return
	}
	for k := len(f.found) - 1; k >= 0 && f.found[k].sentence >= s.index-1; k-- {
		m := &f.found[k]
		if m.Type != Consult || !hasID(m.actors, ev.actors[0].id) {
			continue
		}
		for _, a := range m.actors {
			if !hasID(ev.actors, a.id) {
				ev.recips = append(ev.recips, a)
			}
		}
		return
	}
}

// topic reports whether es only names what is talked about: it stands behind
// "on" or "over", or before another noun, "the Kost crossing".
func (f *finder) topic(s *sentence, es []entity) bool {
	e := &es[0]
	if country(e.code) != "" || e.kind == stemma.Person {
		return false
	}
	switch before(s, e.from) {
	case "on", "over", "about", "by", "from":
		return true
	}
	if e.to >= len(s.words) {
		return false
	}
	w := &s.words[e.to]
	return w.class == noun && w.ent == 0 && !w.up && !w.timex && e.kind != stemma.Nationality && agentCode(stem(w.norm)) == ""
}

// theTwo returns who meets where the subject [from:to) is "the two", "both
// sides" or "they": those of the last event in which two or more took part;
// else es.
func (f *finder) theTwo(s *sentence, from, to int, es []entity) []entity {
	sides, two := false, false
	for k := from; k < to; k++ {
		w := &s.words[k]
		switch {
		case w.norm == "two" || w.norm == "both" || w.norm == "they":
			two = true
		case jointly.has(w.norm):
			sides = true
		case w.class != det && w.class != adv && !w.timex && !pairs.has(w.norm):
			return es
		}
	}
	switch {
	case sides && len(f.sides) > 1:
		return f.sides
	case sides:
		return es
	case two && len(f.pair) > 1:
		return f.pair
	}
	return es
}

// jointly is words for all who negotiate, and pairs words for two people.
var (
	jointly = words("sides parties delegations governments countries")
	pairs   = words("last leaders men women ministers negotiators envoys pair")
)

// remember keeps who took part in the last of the events found from first on
// in which two or more did.
func (f *finder) remember(first int) {
	for k := first; k < len(f.found); k++ {
		ev := &f.found[k]
		if !ev.meeting && ev.Type != Agree || len(ev.actors) < 2 {
			continue
		}
		f.pair = ev.actors
		if ev.CAMEO == "0353" || ev.CAMEO == "0841" {
			f.swap = ev.actors
		}
		if !slices.ContainsFunc(ev.actors, func(e entity) bool { return e.kind == stemma.Person || e.kind == stemma.Role }) {
			f.sides = ev.actors
		}
	}
}

// byWeapon reports whether the subject of predicate i is a weapon.
func (f *finder) byWeapon(s *sentence, i int) bool {
	from, to, shared := f.subject(s, i)
	if shared >= 0 && shared < i {
		from, to, _ = f.subject(s, shared)
	}
	head := ""
	for k := from; k < to && (s.words[k].class == noun || s.words[k].class == det || s.words[k].class == adv); k++ {
		head = stem(s.words[k].norm)
	}
	return weapons.has(head)
}

var weapons = words("mine landmine bomb blast explosion missile rocket shell mortar grenade drone torpedo airstrike")

var explodes = words("explode detonate")

// hostile is the verbs that are a threat to whom they are promised.
var hostile = words("confront retaliate strike hit punish crush destroy annihilate fight avenge")

// harms is the verbs of harm that accidents do as well.
var harms = words("injure wound hurt kill die damage destroy burn")

// violent reports whether s speaks of weapons or attacks.
func (f *finder) violent(s *sentence) bool {
	for i := range s.words {
		if violence.has(stem(s.words[i].norm)) {
			return true
		}
	}
	return false
}

var violence = words(`attack assault bomb bombing blast explosion shooting gun gunman gunfire gunbattle knife stabbing strike airstrike raid shelling
	shell missile rocket drone clash fighting fight battle war ambush grenade mine mortar artillery terrorist militant rebel soldier troop police
	riot violence massacre execution torture suicide shot device sniper bullet`)

// crowd reports whether actors are people rather than a state.
func crowd(es []entity) bool {
	for _, e := range es {
		switch sec := sectorPart(e.code); {
		case sec == "OPP" || sec == "CVL" || sec == "PPL" || sec == "EDU" || sec == "LAB" || sec == "REF":
			return true
		case e.kind == stemma.Nationality && sec == "":
			return true
		}
	}
	return false
}

// oneSided reports whether events of the type need nobody whom they befall.
func oneSided(t stemma.EventType) bool {
	switch t {
	case Protest, Assault, Coerce, Mobilize, Retreat:
		return true
	}
	return false
}
