package event

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// A class says what part a word can play; it is all the grammar the rules
// need, and is guessed from the word and its neighbours where the document
// bears no tags.
type class uint8

const (
	noun    class = iota // nouns, names, adjectives, whatever stands in a noun phrase
	det                  // articles and the like
	prep                 // prepositions but "to" before a verb
	toInf                // "to" before a verb
	auxBe                // forms of "be"
	auxHave              // forms of "have" before a participle
	auxDo                // forms of "do" before a verb
	modal                // "will", "may"
	neg                  // "not", "never"
	adv                  // adverbs inside a verb group
	conj                 // "and", "or", "but"
	sub                  // "after", "because", "that" of a clause
	rel                  // "who", "which"
	pron                 // pronouns
	poss                 // "'s"
	punct                // marks that end a noun phrase
	comma                //
	verbal               // a verb that heads a group
)

// A word is a token as the rules see it.
type word struct {
	tok     int // index of the token
	span    stemma.Span
	norm    string
	up      bool // begins with a capital
	class   class
	stem    int32
	lemmaID int32
	sets    uint64
	verb    *verb
	form    form
	timex   bool // within an expression of time
	quoted  bool // within quotation marks
	ent     int  // index of the entity that holds it, from 1; 0 if none
}

var closed = map[string]class{
	"the": det, "a": det, "an": det, "this": det, "these": det, "those": det, "its": det, "their": det,
	"his": det, "her": det, "our": det, "my": det, "your": det, "any": det, "some": det, "no": det,
	"other": det, "most": det, "many": det, "several": det, "few": det, "various": det, "certain": det, "numerous": det, "all": det, "both": det, "each": det, "every": det, "such": det, "another": det,
	"of": prep, "in": prep, "on": prep, "at": prep, "by": prep, "with": prep, "from": prep, "for": prep,
	"to": prep, "into": prep, "over": prep, "against": prep, "between": prep, "under": prep, "toward": prep,
	"towards": prep, "among": prep, "through": prep, "during": prep, "despite": prep, "without": prep,
	"within": prep, "near": prep, "about": prep, "upon": prep, "across": prep, "following": prep,
	"amid": prep, "including": prep, "according": prep, "concerning": prep, "regarding": prep, "like": prep, "per": prep, "pending": prep, "outside": prep, "inside": prep, "onto": prep, "via": prep, "around": prep, "along": prep, "off": prep,
	"is": auxBe, "are": auxBe, "was": auxBe, "were": auxBe, "be": auxBe, "been": auxBe, "being": auxBe, "am": auxBe,
	"'re": auxBe, "'m": auxBe,
	"has": auxHave, "have": auxHave, "had": auxHave, "having": auxHave, "'ve": auxHave,
	"do": auxDo, "does": auxDo, "did": auxDo,
	"will": modal, "would": modal, "may": modal, "might": modal, "can": modal, "could": modal, "should": modal,
	"shall": modal, "must": modal, "'ll": modal, "ca": modal, "wo": modal, "cannot": modal,
	"not": neg, "n't": neg, "never": neg,
	"and": conj, "or": conj, "but": conj, "nor": conj, "&": conj,
	"after": sub, "before": sub, "because": sub, "while": sub, "as": sub, "if": sub, "when": sub, "unless": sub,
	"although": sub, "though": sub, "since": sub, "until": sub, "where": sub, "that": sub, "than": sub, "whether": sub,
	"who": rel, "which": rel, "whom": rel, "whose": rel, "what": rel,
	"he": pron, "she": pron, "it": pron, "they": pron, "we": pron, "i": pron, "you": pron, "him": pron,
	"them": pron, "us": noun, "himself": pron, "themselves": pron, "itself": pron, "herself": pron, "there": pron,
	"'s": poss, "'": poss, ",": comma,
	"also": adv, "already": adv, "again": adv, "reportedly": adv, "still": adv, "now": adv, "today": adv,
	"yesterday": adv, "previously": adv, "recently": adv, "repeatedly": adv, "only": adv, "just": adv,
	"once": adv, "yet": adv, "ever": adv, "always": adv, "soon": adv, "later": adv, "formally": adv,
	"openly": adv, "outright": adv, "strongly": adv, "publicly": adv, "officially": adv, "initially": adv,
	"jointly": adv, "finally": adv, "unanimously": adv, "sharply": adv, "fully": adv, "here": adv,
	"fresh": noun, "earlier": adv, "further": adv, "really": adv, "immediately": adv, "so": adv, "then": adv,
}

// A sentence is a sentence made ready for the rules.
type sentence struct {
	index int // in the document
	words []word
	ents  []entity
	preds []predicate
	kind  stemma.SentenceKind
}

// prepare makes sentence i of the document ready, but for its entities.
func (f *finder) prepare(i int) *sentence {
	doc, lex := f.doc, f.lex
	sent := doc.Sentences[i]
	s := &f.sent
	*s = sentence{index: i, kind: sent.Kind, words: s.words[:0], ents: s.ents[:0], preds: s.preds[:0]}
	text := doc.Report.Text
	inQuote := f.quoteDepth(sent.Start)
	for t := sent.FirstToken + sent.Dateline; t < sent.EndToken; t++ {
		tok := doc.Tokens[t]
		w := word{tok: t, span: tok.Span, norm: tok.Norm}
		r, _ := utf8.DecodeRuneInString(text[tok.Start:])
		w.up = unicode.IsUpper(r)
		w.stem, w.lemmaID = -1, -1
		if st, ok := lex.stems[stem(w.norm)]; ok {
			w.stem, w.sets = st.id, st.sets
		}
		if v := lex.verbs[w.norm]; v != nil {
			w.verb, w.form, w.lemmaID = v, v.form, v.lemmaID
		}
		c, known := closed[w.norm]
		switch n := len(s.words); {
		case known && n > 0 && s.words[n-1].norm == "-" && c == prep: // "son-in-law"
		case w.norm == "longer" && n > 0 && s.words[n-1].norm == "no": // "will no longer tolerate"
			w.class, s.words[n-1].class = neg, neg
		case known:
			w.class = c
			switch {
			case w.norm == "us" && !w.up:
				w.class = pron
			case c == modal && w.up && n > 0:
				w.class = noun // "Theresa May"
			}
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			switch text[tok.Start:tok.End] {
			case "“", "``":
				inQuote = true
			case "”", "''":
				inQuote = false
			case `"`:
				inQuote = !inQuote
			}
			w.class = punct
			if raw := text[tok.Start:tok.End]; raw == "—" || raw == "–" {
				w.norm = "—"
				if len(s.words) > 0 && s.words[len(s.words)-1].span.End == tok.Start && t+1 < sent.EndToken && doc.Tokens[t+1].Start == tok.End && raw == "–" {
					w.norm = "-" // "the Trump–Putin track"
				}
			}
			if w.norm == "-" || w.norm == "$" || w.norm == "." && t+1 < sent.EndToken && len(s.words) > 0 && s.words[len(s.words)-1].up {
				w.class = noun
			}
		case len(w.norm) > 4 && strings.HasSuffix(w.norm, "ly") && w.verb == nil && !w.up:
			w.class = adv
		}
		w.quoted = inQuote
		s.words = append(s.words, w)
	}
	f.markMulti(s)
	f.markTimes(s, sent)
	f.classify(s)
	return s
}

// quoteDepth reports whether a statement's quotation, begun in an earlier
// sentence, still runs at offset.
func (f *finder) quoteDepth(offset int) bool {
	for f.quoteAt < len(f.quotes) && f.quotes[f.quoteAt].End <= offset {
		f.quoteAt++
	}
	return f.quoteAt < len(f.quotes) && f.quotes[f.quoteAt].Start < offset
}

// markMulti gives the words of a synonym of several words its set.
func (f *finder) markMulti(s *sentence) {
	for i := range s.words {
		if s.words[i].stem < 0 {
			continue
		}
		for _, m := range f.lex.multi[s.words[i].stem] {
			if i+len(m.rest) >= len(s.words) {
				continue
			}
			ok := true
			for k, id := range m.rest {
				ok = ok && s.words[i+1+k].stem == id
			}
			if ok {
				s.words[i+len(m.rest)].sets |= m.set
			}
		}
	}
}

// markTimes marks the words of expressions of time.
func (f *finder) markTimes(s *sentence, sent stemma.Sentence) {
	times := f.doc.Times
	for f.timeAt < len(times) && times[f.timeAt].End <= sent.Start {
		f.timeAt++
	}
	k := f.timeAt
	for i := range s.words {
		w := &s.words[i]
		for k < len(times) && times[k].End <= w.span.Start {
			k++
		}
		if k < len(times) && times[k].Overlaps(w.span) && w.class != verbal {
			w.timex = true
			continue
		}
		if len(times) == 0 && plainTime[w.norm] && (w.up || w.norm == "today" || w.norm == "yesterday") {
			w.timex = true
		}
	}
}

// plainTime is words that tell the day, for documents without times.
var plainTime = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true,
	"sunday": true, "january": true, "february": true, "april": true, "june": true,
	"july": true, "august": true, "september": true, "october": true, "november": true, "december": true,
	"today": true, "yesterday": true,
}

// classify decides which words head verb groups.
func (f *finder) classify(s *sentence) {
	tags := f.doc.Tags
	for i := range s.words {
		if w := &s.words[i]; w.norm == "to" && len(tags) == 0 {
			if n := f.next(s, i+1); n >= 0 {
				nw := &s.words[n]
				if nw.class == auxBe || nw.class == auxHave || nw.class == auxDo || nw.verb != nil && nw.form&base != 0 && !nw.up {
					w.class = toInf
				}
			}
		}
	}
	for i := range s.words {
		w := &s.words[i]
		if len(tags) > 0 {
			x := tags[w.tok].XPOS
			switch {
			case w.norm == "to" && x == "TO":
				if n := f.next(s, i+1); n >= 0 && (tags[s.words[n].tok].XPOS == "VB" || s.words[n].class == auxBe || s.words[n].class == auxHave) {
					w.class = toInf
				}
			case w.norm == "'s" && x == "VBZ":
				w.class = auxBe
			case w.norm == "that" && x == "DT" && !(i > 0 && s.words[i-1].class == verbal):
				// "said last week that"
				if p := f.prev(s, i-1); p < 0 || p == i-1 || s.words[p].class != verbal {
					w.class = det
				}
			case w.norm == "that" && x == "WDT":
				// "the plan that failed"; what has a subject of its own is a
				// clause like any other.
				if n := f.next(s, i+1); n >= 0 {
					if t := tags[s.words[n].tok].XPOS; strings.HasPrefix(t, "VB") || t == "MD" {
						w.class = rel
					}
				}
			case (w.norm == "after" || w.norm == "before" || w.norm == "since" || w.norm == "as" || w.norm == "until") && tags[w.tok].POS == "ADP":
				w.class = sub
			case w.class == noun || (w.class == auxHave || w.class == auxDo) && strings.HasPrefix(x, "VB"):
				f.weigh(s, i, x)
			}
			continue
		}
		f.guess(s, i)
	}
}

// weigh decides whether the word at i with tag x heads a verb group, by the
// tag and by our own rules. The tagger knows nouns from verbs better, but
// takes the past tense for the participle and the participle for an adjective
// often enough that in these our rules decide.
func (f *finder) weigh(s *sentence, i int, x string) {
	w := &s.words[i]
	c, fm := w.class, w.form
	if meetingNouns[w.norm] != "" && i > 0 && i+1 < len(s.words) && s.words[i+1].norm == "between" {
		return // "the Florida talks between"
	}
	f.guess(s, i)
	verb := strings.HasPrefix(x, "VB")
	switch {
	case w.class == verbal && verb:
		if w.form&(past|participle) == 0 {
			if t := formOfTag(x); t&(past|participle) == 0 {
				w.form = t
			}
		}
	case w.class == verbal && i > 0 && s.words[i-1].class == modal && w.form&base != 0:
		// "will free three": nothing but a verb follows
	case w.class == verbal && (w.form&(past|participle) != 0 && w.form&(base|gerund) == 0 || i+1 < len(s.words) && s.words[i+1].class == toInf):
		// "Greece plans to", "the court cancelled restrictions": ours.
	case w.class == verbal:
		w.class, w.form = c, fm
	case verb && w.class == c && !(w.up && i > 0 && s.kind != stemma.Heading) && !(i > 1 && s.words[i-1].norm == "-" && s.words[i-2].norm != "test"):
		if c == noun && x == "VBN" && i > 0 && adjectival(s, i-1) || c == noun && x == "VBG" && i > 1 && s.words[i-2].class == det && s.words[i-1].class == noun {
			return // "the planned visit", "a second meeting"
		}
		if c == noun && x == "VBG" && i > 0 && adjectival(s, i-1) && i+1 < len(s.words) && s.words[i+1].class == noun {
			return // "his negotiating team"
		}
		if c != noun {
			return
		}
		w.class = verbal
		t := formOfTag(x)
		if t&(past|participle) != 0 {
			t = past | participle
		}
		if m := fm & t; m != 0 {
			t = m
		}
		w.form = t
	case x == "RB" && w.class == noun:
		w.class = adv
	}
}

func formOfTag(x string) form {
	switch x {
	case "VB", "VBP":
		return base
	case "VBZ":
		return third
	case "VBD":
		return past
	case "VBN":
		return participle
	}
	return gerund
}

// next returns the index of the first word at or behind i that is neither an
// adverb nor a quotation mark; -1 if there is none.
func (f *finder) next(s *sentence, i int) int {
	for i < len(s.words) && (s.words[i].class == adv || s.words[i].class == neg || s.words[i].norm == `"`) {
		i++
	}
	if i == len(s.words) {
		return -1
	}
	return i
}

// prev returns the index of the last word at or before i that is no adverb
// and no part of a phrase of time ("on Tuesday"); -1 if there is none.
func (f *finder) prev(s *sentence, i int) int {
	for i >= 0 {
		w := &s.words[i]
		if !(w.class == adv || w.class == neg || w.timex || w.class == prep && i+1 < len(s.words) && s.words[i+1].timex) {
			break
		}
		i--
	}
	return i
}

// ownVerb reports whether the form of "have" or "do" at i is the verb itself:
// no verb follows in its group.
func (f *finder) ownVerb(s *sentence, i int) bool {
	n := f.next(s, i+1)
	if n < 0 {
		return true
	}
	w := s.words[n]
	return w.class == det || w.class == noun && w.verb == nil && !strings.HasSuffix(w.norm, "ed") || w.class == punct || w.class == prep
}

// guess classifies the word at i of a sentence without tags. Rules, in order:
//
//	"to visit", "to be"            a verb after "to"
//	"will visit", "has visited"    a verb after an auxiliary
//	"the visit", "Iran's attack"   a noun after a determiner or possessive
//	"after meeting X"              a verb, if a noun phrase follows
//	"X visited", "X visits Y"      a verb after a noun
func (f *finder) guess(s *sentence, i int) {
	w := &s.words[i]
	if (w.class == auxHave || w.class == auxDo) && w.verb != nil && f.ownVerb(s, i) {
		w.class = verbal
		return
	}
	if w.norm == "'s" && w.class == poss && i+1 < len(s.words) {
		if n := s.words[i+1]; n.class == det || n.class == neg || n.verb != nil && n.form&participle != 0 && n.class == noun && i+2 < len(s.words) && s.words[i+2].class == prep {
			w.class = auxBe
		}
		return
	}
	if w.class != noun || w.timex || w.up && i > 0 && s.kind != stemma.Heading {
		return
	}
	if i > 0 && s.words[i-1].norm == "-" && i > 1 && s.words[i-2].class == noun && s.words[i-2].norm != "test" {
		return // "Israeli-occupied"
	}
	fm := w.form
	if fm&gerund != 0 && i > 1 && s.words[i-1].class == noun && s.words[i-2].class == det && !s.words[i-1].up {
		return // "a second meeting"
	}
	if w.verb == nil {
		switch {
		case strings.HasSuffix(w.norm, "ed") && len(w.norm) > 4:
			fm = past | participle
		case strings.HasSuffix(w.norm, "ing") && len(w.norm) > 5:
			fm = gerund
		default:
			// A word that the dictionary does not know still heads a group
			// after a modal or "to".
			if p := f.prev(s, i-1); p >= 0 && (s.words[p].class == toInf || s.words[p].class == modal) {
				w.class, w.form = verbal, base
			}
			return
		}
	}
	p := f.prev(s, i-1)
	if p < 0 {
		// "Describing the incidents as criminal, …"
		if fm&gerund != 0 && i+1 < len(s.words) && startsPhrase(&s.words[i+1]) {
			w.class, w.form = verbal, gerund
		}
		return
	}
	pw := s.words[p]
	if pw.class == verbal && p == i-1 && fm&gerund == 0 {
		return // "extradited suspected militants"
	}
	var nw word
	if n := f.next(s, i+1); n >= 0 {
		nw = s.words[n]
	} else {
		nw.class = punct
	}
	set := func(x form) { w.class, w.form = verbal, x }
	switch pw.class {
	case toInf, modal, auxDo:
		if fm&base != 0 {
			set(base)
		}
	case auxHave:
		if fm&participle != 0 {
			set(participle)
		}
	case auxBe:
		if fm&(participle|gerund) != 0 && w.norm != "willing" && w.norm != "unwilling" {
			set(fm & (participle | gerund))
		}
	case det, poss:
	case prep:
		if fm&gerund != 0 && startsPhrase(&nw) {
			set(gerund)
		}
	case sub:
		switch {
		case fm&gerund != 0 && (startsPhrase(&nw) || nw.class == prep):
			set(gerund)
		case fm&participle != 0 && nw.class == prep:
			set(participle)
		}
	case pron, rel:
		if fm&(past|third) != 0 {
			set(fm & (past | third | participle))
		} else if fm&base != 0 {
			set(base)
		}
	case comma, punct, conj:
		switch {
		case fm&gerund != 0 && (startsPhrase(&nw) || nw.class == prep || nw.class == toInf || nw.class == sub):
			set(gerund)
		case fm&past != 0 && (startsPhrase(&nw) || nw.class == prep || nw.class == sub || nw.class == punct || nw.class == comma || nw.timex || nw.class == toInf):
			set(past | participle)
		case fm&third != 0 && (nw.class == det || nw.class == sub || nw.up) && pw.class != comma, fm&third != 0 && nw.class == toInf:
			set(third)
		case fm&base != 0 && pw.class == conj && p > 0 && s.words[p-1].class != noun && nw.class == det:
			set(base)
		}
	default: // after a noun
		switch {
		case fm&past != 0:
			// "alleged war crimes" after an article is an adjective, but
			// after a bare noun the fm is a verb.
			if p > 0 && adjectival(s, p) && nw.class == noun && !nw.up && !nw.timex {
				return
			}
			set(fm & (past | participle))
		case fm&third != 0 && fm&base == 0:
			if f.objectOf(s, p) {
				return
			}
			if nw.class == prep && nw.norm != "to" && nw.norm != "for" && nw.norm != "on" || nw.class == verbal || nw.class == auxBe || nw.class == auxHave || nw.class == modal ||
				nw.class == punct || nw.class == comma || nw.class == conj || nw.class == noun && nw.verb != nil && nw.form&past != 0 {
				return
			}
			if pw.norm != "" && strings.HasSuffix(pw.norm, "s") && !pw.up {
				return
			}
			if nw.class == noun && !nw.up && !pw.up {
				return
			}
			set(third)
		case fm&gerund != 0:
			if startsPhrase(&nw) || nw.class == toInf || nw.class == prep && (nw.norm == "to" || nw.norm == "in" || nw.norm == "for") || nw.class == sub {
				set(gerund)
			}
		case fm&base != 0 && joinedBefore(s, p) && (nw.class == det || nw.class == sub || nw.class == toInf):
			set(base) // "France and Peru agree that"
		case fm&base != 0 && strings.HasSuffix(pw.norm, "s") && !strings.HasSuffix(pw.norm, "ss"):
			if (nw.class == det || nw.class == sub || nw.class == toInf || nw.up) && !(pw.up && f.entityLike(s, p)) {
				set(base)
			}
		}
	}
}

// joinedBefore reports whether the noun at p ends a list: "X and Y".
func joinedBefore(s *sentence, p int) bool {
	for k := p - 1; k >= 0 && k > p-5; k-- {
		switch s.words[k].class {
		case conj:
			return s.words[k].norm == "and" && s.words[p].up
		case noun, det:
		default:
			return false
		}
	}
	return false
}

// objectOf reports whether the noun at p is within the object of a verb, so
// that another verb is not looked for: "cut off food supplies".
func (f *finder) objectOf(s *sentence, p int) bool {
	for k := p; k >= 0; k-- {
		switch w := &s.words[k]; w.class {
		case noun, det, prep, poss, adv:
		case verbal:
			return w.verb == nil || !clausal[w.verb.lemma]
		default:
			return false
		}
	}
	return false
}

// clausal is the verbs behind which a clause may follow without "that".
var clausal = map[string]bool{"say": true, "think": true, "believe": true, "claim": true, "announce": true, "report": true, "know": true, "confirm": true}

// entityLike reports whether the capitalised plural at p is likely the
// attribute of a noun ("States aid"), not a subject.
func (f *finder) entityLike(s *sentence, p int) bool { return s.words[p].norm == "states" }

// adjectival reports whether the words up to p read as the beginning of a
// noun phrase that goes on: "the suspected".
func adjectival(s *sentence, p int) bool {
	return s.words[p].class == det || s.words[p].class == poss
}

// startsPhrase reports whether a noun phrase can begin with w.
func startsPhrase(w *word) bool {
	return w.class == det || w.class == noun && (w.up || w.verb == nil || w.form&(past|third) == 0) || w.class == pron
}
