package quote

import (
	"strings"

	"stemma"
)

// byRule finds the parts of statements by the cue table alone: what quote does
// without a model. The rules know three orders:
//
//	cue-after   “…,” X said     “…,” said X      …, X said.
//	cue-before  X said (that) …     X said: “…”
//	according   according to X, …
func (l *layout) byRule() []part {
	var parts []part
	for c := range l.clauses {
		parts = l.clauseByRule(parts, c)
	}
	return parts
}

func (l *layout) clauseByRule(parts []part, ci int) []part {
	c := l.clauses[ci]
	first, end := int(c.first), int(c.end)
	taken := make([]role, end-first)
	mark := func(r role, a, b int) {
		if a >= b {
			return
		}
		for u := a; u < b; u++ {
			if taken[u-first] != none {
				return
			}
		}
		for u := a; u < b; u++ {
			taken[u-first] = r
		}
		parts = append(parts, part{r, a, b, int(c.paragraph), ci})
	}
	base := len(parts)
	stop := end // where a clause's own closing mark stands
	for stop > first && isClose(l.norm(stop-1)) {
		stop--
	}
	for u := first; u < end; u++ {
		if taken[u-first] != none || l.quoted(u) {
			continue
		}
		w := l.norm(u)
		if w == "according" && u+2 < end && l.norm(u+1) == "to" {
			s := l.phraseEnd(u+2, stop)
			mark(cueRole, u, u+2)
			mark(source, u+2, s)
			if u == first && s < end && l.norm(s) == "," {
				mark(content, s+1, stop)
			} else if u > first && l.norm(u-1) == "," {
				mark(content, first, u-1)
			} else if u > first {
				mark(content, first, u)
			}
			continue
		}
		cu, ok := lexicon()[w]
		if !ok || cu.base && !l.verbal(u, first) || u > first && l.norm(u-1) == "-" {
			continue
		}
		a := u
		for a > first && !l.quoted(a-1) && (verbGroup[l.norm(a-1)] || l.adverb(a-1)) && taken[a-1-first] == none {
			a--
		}
		var before, after int // source is [before, a) or [u+1, after)
		before, after = a, u+1
		lead := u > first && (l.quoted(u-1) || l.norm(u-1) == "," && u-1 > first)
		switch {
		case lead && a == u && u+1 < end && l.opensNoun(u+1) && !(l.quoted(u-1) && !l.talk(u-1)):
			after = l.phraseEnd(u+1, stop)
		default:
			before = l.phraseStart(a, first, taken)
		}
		// What of the clause is content?
		next := max(after, u+1)
		k, kEnd := next, next
		switch {
		case next < stop && l.quoted(next):
			k, kEnd = next, stop
		case next+1 < stop && (l.norm(next) == ":" || l.norm(next) == ",") && l.quoted(next+1):
			k, kEnd = next+1, stop
		case after > u+1:
		default:
			k, kEnd = l.behind(cu, next, stop)
		}
		leading := before
		if after > u+1 {
			leading = a
		}
		hasLead := leading > first && l.quoted(leading-1) ||
			leading-1 > first && l.norm(leading-1) == "," && (kEnd == k && strings.ContainsAny(cu.takes, "t")) && !l.opener(first)
		if kEnd == k && !hasLead {
			// A quotation elsewhere in the clause: X was “ready”, he warned her.
			if q := l.quotationIn(next, stop); q >= 0 && strings.ContainsAny(cu.takes, "taqno") {
				k, kEnd = next, stop
				for k < kEnd && !l.quoted(k) && l.norm(k) == "," {
					k++
				}
			} else {
				continue
			}
		}
		if before == a && after == u+1 && !hasLead && kEnd == k {
			continue
		}
		if l.participle(u) && a == u && (u == first || l.opener(u-1)) {
			// Despite describing it as “useful”, X said: the comma ends it.
			before = a
			for e := k; e < kEnd; e++ {
				if l.norm(e) == "," && !(e+1 < kEnd && l.quoted(e+1)) {
					kEnd = e
				}
			}
		}
		mark(cueRole, a, u+1)
		mark(source, before, a)
		mark(source, u+1, after)
		if before == a && after == u+1 && a > first && (l.norm(a-1) == "and" || l.norm(a-1) == "but") {
			b, e := l.subject(first, a)
			mark(source, b, e)
		}
		if hasLead {
			k0 := first
			for k0 < leading && taken[k0-first] != none {
				k0++
			}
			k1 := leading
			if l.norm(k1-1) == "," && !l.quoted(k1-1) {
				k1--
			}
			if l.quoted(k1 - 1) {
				k0 = k1 - 1
				for k0 > first && taken[k0-1-first] == none && (l.quoted(k0-1) || !l.quotationLead(k0-1)) {
					k0--
				}
			}
			mark(content, k0, k1)
		}
		if k < kEnd {
			mark(content, k, kEnd)
		}
	}
	// “…,” said X on Monday, “…”: what goes on behind the cue.
	for u := first + 1; u < end && len(parts) > base; u++ {
		if l.quoted(u) && taken[u-first] == none && l.norm(u-1) == "," && l.talk(u) {
			mark(content, u, u+1)
		}
	}
	// A clause that is nothing but quotations belongs to what came before.
	if len(parts) == base {
		k, e := first, stop
		if k < e && l.quoted(k) && l.words(k) >= 4 {
			mark(content, k, e)
		}
	}
	sortParts(parts[base:])
	return parts
}

// quotationLead reports whether the unit u is where a leading quotation's
// content begins at the latest: a mark between clauses.
func (l *layout) quotationLead(u int) bool {
	switch l.norm(u) {
	case ":", ";", ".", "?", "!":
		return true
	}
	return false
}

// talk reports whether the quotation unit u reads as something said, rather
// than as a word put in quotation marks.
func (l *layout) talk(u int) bool {
	switch l.lastByte(u) {
	case 0:
		return false
	case ',', '.', '!', '?':
		return true
	}
	return l.words(u) >= 4
}

func (l *layout) quotationIn(a, b int) int {
	for u := a; u < b; u++ {
		if l.quoted(u) {
			return u
		}
		if _, ok := lexicon()[l.norm(u)]; ok {
			return -1
		}
	}
	return -1
}

// behind returns the content that a cue takes behind it.
func (l *layout) behind(cu cue, next, stop int) (int, int) {
	if next >= stop {
		return next, next
	}
	w := l.norm(next)
	switch {
	case w == "that" || w == "whether" || w == "if" || w == "how" || w == "why":
		if strings.ContainsAny(cu.takes, "t") {
			return next, stop
		}
	case w == "to":
		if strings.ContainsAny(cu.takes, "i") {
			return next, stop
		}
		return next, next
	case w == "it" || l.opensNoun(next) || w == "there":
		if strings.ContainsAny(cu.takes, "t") || strings.ContainsAny(cu.takes, "n") {
			if cu.lemma == "tell" || cu.lemma == "ask" || cu.class == "demand" || cu.class == "order" || cu.lemma == "inform" || cu.lemma == "remind" || cu.lemma == "warn" {
				break
			}
			return next, stop
		}
	}
	// Past the one told: told reporters that …, urged both to …, accused him of …
	for u := next; u < stop && u < next+12; u++ {
		if l.quoted(u) {
			return next, next
		}
		switch w := l.norm(u); {
		case (w == "that" || w == "whether") && strings.ContainsAny(cu.takes, "t"):
			return u, stop
		case w == "to" && u > next && strings.ContainsAny(cu.takes, "i"):
			return u, stop
		case w == "of" && strings.ContainsAny(cu.takes, "o"):
			return next, stop
		case w == "," || w == ";":
			return next, next
		}
	}
	if w := l.norm(next); cu.lemma == "tell" && next+2 < stop && l.opensNoun(next) && (w == "him" || w == "her" || w == "them" || w == "us" || w == "me" || w == "reporters") {
		return next + 1, stop
	}
	return next, next
}

// verbal reports whether the form at u, which could be a noun, is a verb.
func (l *layout) verbal(u, first int) bool {
	if tags := l.doc.Tags; len(tags) != 0 {
		return tags[l.units[u].first].POS == "VERB"
	}
	if u == first {
		return false
	}
	switch w := l.norm(u - 1); w {
	case "the", "a", "an", "this", "that", "his", "her", "its", "their", "our", "my", "your", "'s", "of", "in", "for", "no", "any", "some",
		"these", "those", "new", "latest", "joint", "by", "on", "with", "from", "and", "or", "first", "more", "public", "further", "peace", "'", "-", "provide", "give", "make":
		return false
	}
	return true
}

// opensNoun reports whether a noun phrase can begin at u.
func (l *layout) opensNoun(u int) bool {
	if l.quoted(u) {
		return false
	}
	switch l.norm(u) {
	case "the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "another", "he", "she", "they", "we", "i", "you", "it", "both", "several", "some", "many", "two", "three",
		"officials", "reporters", "sources", "him", "them", "us", "me", "no", "this", "these", "those", "any", "all", "most":
		return true
	}
	return l.capital(u)
}

// opener reports whether the clause opens with a word that makes a leading
// part an adverbial rather than content: “During a visit to Paris on Monday, he said …”
func (l *layout) opener(first int) bool {
	return !l.quoted(first) && opener(l.doc, int(l.units[first].first))
}

// adverb reports whether unit u is an adverb.
func (l *layout) adverb(u int) bool { return !l.quoted(u) && adverb(l.doc, int(l.units[u].first)) }

func opener(doc *stemma.Document, tok int) bool {
	switch doc.Tokens[tok].Norm {
	case "during", "after", "before", "following", "in", "on", "at", "while", "as", "despite", "when", "separately", "describing", "if", "asked", "speaking", "earlier",
		"later", "meanwhile", "however", "since", "for", "with", "by", "although", "though", "from", "to", "but", "still", "also", "and", "yesterday", "today":
		return true
	}
	return adverb(doc, tok)
}

// phraseStart returns where the subject that ends at u begins.
func (l *layout) phraseStart(u, first int, taken []role) int {
	a := u
	for a > first && taken[a-1-first] == none && !l.quoted(a-1) {
		w := l.norm(a - 1)
		if w == "," {
			// X, who did so, said: the comma that closes an apposition.
			b := a - 2
			if a == u && b > first {
				for b > first && l.norm(b) != "," && !l.quoted(b) && taken[b-first] == none {
					b--
				}
				if b > first && l.norm(b) == "," && taken[b-first] == none && !l.opener(first) {
					if s := l.phraseStart(b, first, taken); s < b && l.capital(s) {
						return s
					}
				}
			}
			break
		}
		if phraseBreak[w] || isClose(w) {
			break
		}
		if cu, ok := lexicon()[w]; ok && !cu.base {
			break
		}
		a--
		if pronoun[w] {
			break
		}
	}
	for a < u && (l.adverb(a) || l.norm(a) == "also") {
		a++
	}
	return a
}

// passedOn holds the words before "by" that name who passed something on.
var passedOn = wordSet("cited quoted obtained seen published reported reviewed")

// subject returns the subject that the clause from first opens with, for a
// cue that has none right before it: He smiled and said.
func (l *layout) subject(first, limit int) (int, int) {
	a := first
	if l.quoted(a) {
		return a, a
	}
	if pronoun[l.norm(a)] {
		return a, a + 1
	}
	if l.norm(a) == "the" || l.norm(a) == "a" {
		a++
	}
	e := a
	for e < limit && !l.quoted(e) && l.capital(e) {
		e++
	}
	if e == a {
		return first, first
	}
	return first, e
}

// phraseEnd returns where the noun phrase that begins at u ends.
func (l *layout) phraseEnd(u, limit int) int {
	e := u
	for e < limit && !l.quoted(e) {
		w := l.norm(e)
		if w == "," && e > u {
			// said their leader, Oda Brenn.
			n := e + 1
			for n < limit && !l.quoted(n) && l.capital(n) {
				n++
			}
			if n > e+1 && (n == limit || l.norm(n) == ",") {
				return n
			}
		}
		if isClose(w) || w == "," {
			break
		}
		if e > u && (followBreak[w] || pronoun[w]) && !(w == "by" && passedOn[l.norm(e-1)]) {
			break
		}
		e++
		if pronoun[w] {
			break
		}
	}
	return e
}

var pronoun = map[string]bool{"he": true, "she": true, "they": true, "we": true, "i": true, "it": true, "you": true, "who": true, "him": true, "them": true}

// phraseBreak holds the words that do not stand inside a subject as rules
// read one backwards from its verb.
var phraseBreak = map[string]bool{
	"that": true, "which": true, "while": true, "but": true, "when": true, "after": true, "as": true, "because": true, "if": true, "before": true,
	"whether": true, "where": true, "so": true, "than": true, "since": true, "though": true, "although": true, "until": true, ",": true,
	"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "said": true, "would": true, "will": true, "what": true, "how": true,
	"during": true, "meanwhile": true, "however": true, "then": true, "it": true, "and": true,
}

// followBreak holds the words that end a noun phrase read forwards.
var followBreak = map[string]bool{
	"in": true, "on": true, "at": true, "during": true, "after": true, "before": true, "as": true, "when": true, "while": true, "to": true, "that": true,
	"with": true, "by": true, "who": true, "which": true, "via": true, "following": true, "through": true, "late": true, "early": true, "last": true, "this": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "but": true, "earlier": true, "is": true, "was": true, "were": true, "are": true, "had": true, "has": true, "have": true,
	"later": true, "yesterday": true, "today": true, "adding": true, "referring": true, "about": true,
}

func isClose(norm string) bool {
	switch norm {
	case ".", "!", "?", ";", ":", "…", "—", "–", "--", "(", ")":
		return true
	}
	return false
}
