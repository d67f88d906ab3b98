package event

// A predicate is a verb group: "has been accused", "to lift", "will not meet".
type predicate struct {
	start, head, end int // words [start:end), head the main verb
	passive          bool
	negated          bool
	modal            string // "will", "would", "may", "must", …; "will" too for "is to", "is set to"
	infinitive       bool
	gerund           bool
	relative         bool // behind "who", "which"
	reduced          bool // a participle behind its noun: "vessels attacked by"
	clause           int  // first word of the clause
	used             bool // part of another predicate's event
	lemma            string
}

// findPredicates finds the verb groups of a sentence, in text order.
func (f *finder) findPredicates(s *sentence) {
	for i := range s.words {
		w := &s.words[i]
		copula := false
		if w.class != verbal {
			// "is ready to", "was in Oslo": "be" heads a group of its own.
			if w.class != auxBe || !f.copula(s, i) {
				continue
			}
			copula = true
		}
		p := predicate{start: i, head: i, end: i + 1}
		if w.verb != nil {
			p.lemma = w.verb.lemma
		} else {
			p.lemma = w.norm
		}
		if copula {
			p.lemma = "be"
		}
		be, have := false, false
	group:
		for k := i - 1; k >= 0; k-- {
			v := &s.words[k]
			switch v.class {
			case adv:
			case neg:
				p.negated = true
			case auxBe:
				be = true
			case auxHave:
				have = true
			case auxDo:
			case modal:
				p.modal = v.norm
				switch v.norm {
				case "'ll", "shall", "wo":
					p.modal = "will"
				case "ca", "cannot":
					p.modal = "can"
					if v.norm == "cannot" {
						p.negated = true
					}
				}
			case toInf:
				p.infinitive = true
				if k > 0 && s.words[k-1].class == auxBe {
					p.modal, p.infinitive = "will", false
					k--
				}
				p.start = k
				break group
			default:
				if !v.timex {
					break group
				}
				if !be && !have && p.modal == "" {
					break group
				}
			}
			p.start = k
		}
		// Adverbs before the group's first auxiliary belong to the subject's
		// side; they do no harm there.
		switch {
		case w.form&participle != 0 && be && w.form&gerund == 0:
			// "is opposed to" says what the subject does.
			p.passive = !ready[w.norm]
		case w.form == gerund && !be:
			p.gerund = true
		case w.form&participle != 0 && !be && !have && w.form&past == 0:
			p.reduced = true
		}
		_ = have
		// "vessels attacked by rebels": a past form behind a noun and before
		// "by" is passive though no auxiliary says so.
		if !p.passive && !be && !have && w.form&participle != 0 && i+1 < len(s.words) && s.words[i+1].norm == "by" && w.form&gerund == 0 && !(i+2 < len(s.words) && (s.words[i+2].class == verbal || means.has(s.words[i+2].norm))) {
			p.passive, p.reduced = true, true
		}
		// "weapons seized last year": a past form in the clause of another
		// verb, with nothing between that could begin a clause, is a
		// participle.
		if n := len(s.preds); n > 0 && !p.reduced && !be && !have && p.modal == "" && w.form&participle != 0 && w.form&gerund == 0 {
			k := n - 1
			for k > 0 && (s.preds[k].gerund || s.preds[k].reduced) && plainBetween(cut(s.words, s.preds[k-1].end, s.preds[k].start)) {
				k--
			}
			q := &s.preds[n-1]
			if (s.preds[k].gerund || s.preds[k].reduced || s.preds[k].relative) && k == 0 {
				// "aircraft using missiles killed": still no main verb.
			} else if effectOf(q.lemma) != reporting && plainBetween(cut(s.words, q.end, p.start)) {
				p.reduced, p.passive = true, true
			}
		}
		if n := len(s.preds); n > 0 && p.start == i && p.modal == "" && i > 1 && w.form&base != 0 && !be && !have && s.words[i-1].class == conj && f.bareForm(w) {
			// "will cut its catch and allow inspectors"
			p.modal, p.infinitive = s.preds[n-1].modal, s.preds[n-1].infinitive
			if p.modal != "" || p.infinitive {
				p.negated = s.preds[n-1].negated
			}
		}
		s.preds = append(s.preds, p)
	}
	for i := range s.preds {
		p := &s.preds[i]
		from := 0
		if i > 0 {
			from = s.preds[i-1].end
		}
		p.clause = from
		for k := p.start - 1; k >= from; k-- {
			c := s.words[k].class
			if c == rel || c == sub && s.words[k].norm == "that" && k > 0 && s.words[k-1].class == noun && k == p.start-1 {
				p.clause, p.relative = k+1, !hasSubject(cut(s.words, k+1, p.start))
				break
			}
			if c == sub || s.words[k].norm == ";" || s.words[k].norm == ":" || s.words[k].norm == "—" || s.words[k].norm == "–" {
				p.clause = k + 1
				break
			}
		}
	}
	aside(s)
}

// aside marks as participles the verbs of phrases between commas: "X, in
// remarks published on Monday, urged".
func aside(s *sentence) {
	for i := 1; i < len(s.preds); i++ {
		p, q := &s.preds[i], &s.preds[i-1]
		if p.start == 0 || s.words[p.start-1].class != comma || p.infinitive || p.gerund || q.infinitive || q.gerund || q.relative || q.passive ||
			hasNoun(cut(s.words, q.end, p.start)) {
			continue
		}
		for k := q.start - 1; k > 1 && k > q.start-6; k-- {
			if s.words[k].class == prep && s.words[k-1].class == comma {
				q.reduced, q.passive, q.clause = true, true, k
				break
			}
			if s.words[k].class != noun && s.words[k].class != det {
				break
			}
		}
	}
}

// plainBetween reports whether a noun, but nothing that could begin a clause,
// stands among ws.
func plainBetween(ws []word) bool {
	some := false
	for i := range ws {
		switch ws[i].class {
		case comma, conj, sub, rel, pron:
			return false
		case punct:
			if ws[i].norm != "(" && ws[i].norm != ")" {
				return false
			}
		case noun:
			some = some || !ws[i].timex
		}
	}
	return some
}

// means is how people speak or travel, not who does: "spoke by telephone".
var means = words("telephone phone video email letter radio satellite train car road air sea")

// bareForm reports whether the verb w is an infinitive by its tag, or, without
// tags, can be nothing but one or a plural present.
func (f *finder) bareForm(w *word) bool {
	if len(f.doc.Tags) > 0 {
		return f.doc.Tags[w.tok].XPOS == "VB"
	}
	return w.form&(past|third|gerund) == 0
}

// copula reports whether the form of "be" at i is no auxiliary.
func (f *finder) copula(s *sentence, i int) bool {
	n := f.next(s, i+1)
	return n < 0 || s.words[n].class != verbal && s.words[n].class != auxBe
}

var ready = map[string]bool{
	"ready": true, "willing": true, "prepared": true, "unwilling": true, "opposed": true, "determined": true,
	"guilty": true, "due": true, "reluctant": true, "critical": true, "welcome": true,
}

// subject returns the words [from:to) in which the subject of predicate i
// stands, and the index of the predicate whose subject it shares, or -1.
func (f *finder) subject(s *sentence, i int) (from, to, shared int) {
	p := &s.preds[i]
	w := s.words
	if p.relative {
		// The noun phrase before "who".
		k := p.clause - 2
		for k >= 0 && (w[k].class == comma || w[k].class == prep) {
			k--
		}
		k = max(k, -1)
		start := max(k, 0)
		for start > 0 && w[start-1].class != verbal && w[start-1].class != comma && w[start-1].class != sub && w[start-1].class != punct {
			start--
		}
		return start, k + 1, -1
	}
	if p.reduced {
		start := p.start
		for start > 0 && (w[start-1].class == noun || w[start-1].class == det || w[start-1].class == poss || w[start-1].class == prep) {
			start--
		}
		return start, p.start, -1
	}
	lo, hi := p.clause, p.start
	if k := coordinated(s, i); k >= 0 {
		return lo, lo, k
	}
	// Other clauses may stand between the subject and the verb: "South
	// Korea, which keeps troops here, rejected".
	k := i - 1
	for open := asideBefore(s, hi); open >= 0; open = asideBefore(s, hi) {
		for k >= 0 && s.preds[k].start > open {
			k--
		}
		hi, lo = open, 0
		if k >= 0 {
			lo = s.preds[k].end
		}
	}
	for k >= 0 {
		q := &s.preds[k]
		if hi > 0 && hi-1 > q.end && w[hi-1].class == comma && (q.relative || q.gerund || q.reduced) && q.clause > 1 {
			// Nothing but the clause's own words between q and the comma?
			lastSeg := hi - 1
			for lastSeg > q.end && w[lastSeg-1].class != comma {
				lastSeg--
			}
			if lastSeg > q.end && hasNoun(cut(w, lastSeg, hi-1)) {
				break
			}
			hi = q.clause - 1
			if !q.relative && w[q.clause-1].class != comma {
				hi = q.start
			}
			lo = 0
			if k > 0 {
				lo = s.preds[k-1].end
			}
			k--
			continue
		}
		if q.relative && q.clause > 1 && !hasNoun(cut(w, q.end, hi)) {
			hi = q.clause - 1
			lo = 0
			if k > 0 {
				lo = s.preds[k-1].end
			}
			k--
			continue
		}
		if (q.reduced || q.infinitive && !q.used) && q.end <= lo && lo == q.end && !hasComma(cut(w, q.end, hi)) && q.start > 0 && (q.reduced) {
			// "children killed in the attack were": the subject stands before
			// the participle.
			lo = q.clause
			k--
			continue
		}
		break
	}
	hi = max(hi, 0)
	lo = min(lo, hi)
	// Leading phrases up to a comma are no subject: "In a letter on Monday, Iraq".
	region := cut(w, lo, hi)
	if n := len(region); n > 0 {
		if last := lastComma(region); last >= 0 {
			tail := region[last+1:]
			if hasNoun(tail) && !(listLike(region[:last]) && (lo == 0 || w[lo-1].class != sub && w[lo-1].class != prep)) {
				lo += last + 1
			} else if !hasNoun(tail) && last > 0 {
				// An appositive closes before the verb; the subject stands
				// before it.
				if c := lastComma(region[:last]); c >= 0 && startsWithPrep(region) && c > 0 && lastComma(region[:c]) >= 0 {
					lo += lastComma(region[:c]) + 1
				}
			}
		}
	}
	if hasSubject(cut(w, lo, hi)) && !(p.infinitive || p.gerund && !startsClause(s, p)) {
		return lo, hi, -1
	}
	if p.gerund || p.infinitive {
		return lo, lo, f.governing(s, i)
	}
	// "rejected … and said": the subject of the verb before, at the same level.
	for k := i - 1; k >= 0; k-- {
		q := &s.preds[k]
		if !q.infinitive && !q.gerund && !q.relative && !q.reduced {
			return lo, lo, k
		}
	}
	for k := i - 1; k >= 0; k-- {
		if s.preds[k].relative {
			return lo, lo, k
		}
	}
	return lo, hi, -1
}

// coordinated returns the index of the finite predicate before predicate i
// whose subject it shares because nothing but a conjunction stands before it:
// "damaged a tanker and killed", "agreed, the agency reported, but did not
// sign"; -1 if there is none.
func coordinated(s *sentence, i int) int {
	p := &s.preds[i]
	b := p.start - 1
	for b >= 0 && s.words[b].class == adv {
		b--
	}
	if b < 0 || s.words[b].class != conj || p.infinitive || p.gerund || p.reduced {
		return -1
	}
	for k := i - 1; k >= 0; k-- {
		q := &s.preds[k]
		if !q.infinitive && !q.gerund && !q.reduced && !attribution(s, k) {
			return k
		}
	}
	return -1
}

// attribution reports whether predicate k only says who reports the clause
// into which it is put: ", the agency reported,".
func attribution(s *sentence, k int) bool {
	q := &s.preds[k]
	if k == 0 || effectOf(q.lemma) != reporting || q.end >= len(s.words) || s.words[q.end].class != comma {
		return false
	}
	for j := q.start - 1; j >= s.preds[k-1].end; j-- {
		if s.words[j].class == comma {
			return hasNoun(cut(s.words, j+1, q.start))
		}
	}
	return false
}

// asideBefore returns the comma that opens the clause which the comma before
// word hi closes, "X, who spoke because he was not allowed to, said" or
// "talks, mediated by X, are"; -1 if there is no such clause.
func asideBefore(s *sentence, hi int) int {
	w := s.words
	if hi < 3 || w[hi-1].class != comma {
		return -1
	}
	c := hi - 2
	for c > 0 && w[c].class != comma {
		c--
	}
	if c == 0 || c+1 >= hi-1 {
		return -1
	}
	o := c + 1
	if w[o].class == prep {
		o++ // "in which"
	}
	for k := range s.preds {
		q := &s.preds[k]
		if q.start < o {
			continue
		}
		if q.start < hi && (w[o].class == rel || q.start == c+1 && (q.reduced || q.gerund)) {
			return c
		}
		break
	}
	return -1
}

// governing returns the index of the predicate on which the infinitive or
// gerund i hangs, whose subject it shares; -1 if there is none.
func (f *finder) governing(s *sentence, i int) int {
	for k := i - 1; k >= 0; k-- {
		if q := &s.preds[k]; !q.reduced {
			return k
		}
	}
	// "After meeting X, he cancelled": the clause behind.
	for k := i + 1; k < len(s.preds); k++ {
		if q := &s.preds[k]; !q.infinitive && !q.gerund && !q.reduced && !q.relative {
			return k
		}
	}
	return -1
}

func startsClause(s *sentence, p *predicate) bool { return false }

func hasNoun(ws []word) bool {
	for i := range ws {
		if (ws[i].class == noun || ws[i].class == pron) && !ws[i].timex {
			return true
		}
	}
	return false
}

// hasSubject reports whether a noun phrase outside prepositional phrases
// stands among ws.
func hasSubject(ws []word) bool {
	inPrep := false
	for i := range ws {
		switch c := ws[i].class; {
		case c == prep && ws[i].norm != "of":
			inPrep = true
		case c == comma || c == punct || c == conj:
			inPrep = false
		case (c == noun || c == pron) && !ws[i].timex && !inPrep:
			return true
		}
	}
	return false
}

func hasComma(ws []word) bool { return lastComma(ws) >= 0 }

func lastComma(ws []word) int {
	for i := len(ws) - 1; i >= 0; i-- {
		if ws[i].class == comma {
			return i
		}
	}
	return -1
}

// listLike reports whether ws, which ends before a comma, reads as part of a
// list: "Mordor, Rohan".
func listLike(ws []word) bool {
	return len(ws) > 0 && len(ws) <= 3 && !startsWithPrep(ws) || hasConj(ws)
}

func hasConj(ws []word) bool { return false }

func startsWithPrep(ws []word) bool {
	return len(ws) > 0 && (ws[0].class == prep || ws[0].class == sub)
}

// objectEnd returns the end of the words that the verb of predicate i governs:
// up to the next finite clause, or to the sentence's end. deep says to go on
// through infinitives, gerunds and participles.
func (f *finder) objectEnd(s *sentence, i int, deep bool) int {
	p := &s.preds[i]
	end := len(s.words)
	for k := i + 1; k < len(s.preds); k++ {
		q := &s.preds[k]
		if (q.infinitive || q.gerund || q.reduced) && deep {
			continue
		}
		// "donated and delivered goods": one object of two verbs.
		if gap := cut(s.words, p.end, q.start); !q.relative && !hasNoun(gap) && len(gap) < 4 && (len(gap) == 0 || gap[len(gap)-1].class != sub) {
			continue
		}
		end = q.start
		if q.clause > p.end && q.clause < end {
			if c := s.words[q.clause-1].class; c == rel || c == sub || c == punct {
				end = q.clause
			}
		}
		// The subject of the next clause is no object: cut at the last comma
		// or conjunction before it.
		if !q.infinitive && !q.gerund && !q.reduced {
			for c := end - 1; c > p.end; c-- {
				if cl := s.words[c].class; cl == comma || cl == sub || cl == rel || cl == conj && c == q.start-1 {
					end = c
					break
				}
			}
		}
		break
	}
	for c := p.end; c < end; c++ {
		switch w := &s.words[c]; {
		case w.norm == ";" || w.norm == "—" || w.norm == ":":
			return c
		case w.class == sub && w.norm != "that" && w.norm != "than" && w.norm != "as" && c > p.end:
			return c
		}
	}
	return end
}

// cut returns ws[from:to], or nothing where that is no range.
func cut(ws []word, from, to int) []word {
	if from < 0 || to > len(ws) || from >= to {
		return nil
	}
	return ws[from:to]
}
