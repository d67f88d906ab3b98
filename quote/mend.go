package quote

import (
	"slices"
	"strings"

	english "stemma/internal/lexicon"
)

// mend puts right what the model gets wrong where rules know better:
//
//	according   According to X, … is one attribution, whatever else it holds
//	aside       X, who …, said: the source begins with X
//	mark        the colon or comma behind a cue is no part of it
//	no-cue      words in quotation marks have a cue
//	overlooked  “Why not?” Mirela Draskova asked: said, however short
//	bare        chanted “We won!” five times: how often is not said
//	goes-on     said “…” and left: what the speaker did next is not said
//	when        said on Friday that it was so: what is said begins with "that"
//	trailing    X, the mediators said, putting an end to …: X is said
//	closing     He hopes that X, the mediators said: all before them is said
//	reported    X said the agreement showed “…”: all behind said is one content
//	circumstance “…,” X said as she moved on: that is not said
//	addressee   informed X by telephone that: X is told, not said
//	particle    which X ruled out: out belongs to the cue
//	inverted    “…,” said the owner of a shop: who follows the cue is the source
//	speaks      “…,” Mirela Draskova boomed: grammar makes her the source
//	label       Mirela Draskova: “…”: the name before the colon is the source
//	signature   “…” — Mirela Draskova: who signs a quotation is the source
//	absorb      said that no text was agreed on the dues: one content
//
// parts[base:] are those of clause ci.
func (r *reader) mend(parts []part, base, ci int) []part {
	c := r.l.clauses[ci]
	first, end := int(c.first), int(c.end)
	if cu, src, ok := r.signature(ci); ok {
		return append(parts[:base], part{content, first, first + 1, int(c.paragraph), ci}, cu, src)
	}
	if ci > 0 {
		if cu, _, ok := r.signature(ci - 1); ok && cu.first == first {
			return parts[:base]
		}
	}
	rules := r.rules[r.ruleAt[ci]:r.ruleAt[ci+1]]
	if end-first > 3 && r.l.norm(first) == "according" && r.l.norm(first+1) == "to" && len(rules) >= 3 && rules[0].role == cueRole {
		// The rules' cue and content; the source of the model, if it is there.
		stop := rules[1].end
		for _, p := range parts[base:] {
			// An apposition has a comma behind it, too.
			if p.role == source && p.first == first+2 && (p.end < end && r.l.norm(p.end) == "," || r.l.norm(p.end-1) == ",") {
				stop = p.end
			}
		}
		k := stop
		for k < end && r.l.norm(k) == "," {
			k++
		}
		z := end
		for z > k && isClose(r.l.norm(z-1)) {
			z--
		}
		if k < z {
			return append(parts[:base], rules[0],
				part{source, first + 2, stop, int(c.paragraph), ci},
				part{content, k, z, int(c.paragraph), ci})
		}
	}
	parts = r.addressee(r.particle(r.absorb(parts, base, rules), base), base)
	parts = append(parts[:base], slices.DeleteFunc(parts[base:], func(p part) bool {
		return p.role == content && p.end == p.first+1 && r.something(p.first)
	})...)
	if r.overlooked(parts, base, rules) {
		return append(parts[:base], rules...)
	}
	quoted, cued := false, false
	for i := base; i < len(parts); i++ {
		p := &parts[i]
		switch p.role {
		case cueRole:
			cued = true
			for p.end-p.first > 1 && (r.l.norm(p.end-1) == ":" || r.l.norm(p.end-1) == ",") {
				p.end-- // The minister said: “…”
			}
		case content:
			if i > base && parts[i-1].role == cueRole && parts[i-1].end == p.first {
				r.when(p, parts[i-1])
			}
			r.bare(p)
			if p.end > p.first+2 && r.something(p.end-1) {
				p.end -= 2
			}
			if p.end > p.first+2 && r.l.quoted(p.first) && r.l.norm(p.first+1) == "and" && r.past(p.first+2) {
				p.end = p.first + 1
			}
			for u := p.first; u < p.end; u++ {
				quoted = quoted || r.l.quoted(u) && (r.l.words(u) >= sureWords || r.l.talk(u))
			}
		case source:
			if p.end-p.first > 1 && weekdays[r.l.norm(p.first)] && r.l.capital(p.first+1) {
				p.first++ // On Monday Mirela Draskova said
			}
		}
	}
	parts = r.inverted(parts, base, ci)
	r.trailing(parts, base, ci)
	parts = r.closing(parts, base, ci)
	parts = r.circumstance(r.reported(parts, base), base, ci)
	for _, q := range rules {
		if q.role == source && r.l.norm(q.end-1) == "," && q.end-q.first > 3 {
			parts = r.aside(parts, base, q)
		}
	}
	if cued || !quoted {
		return parts
	}
	kept := parts[:base]
	for _, p := range parts[base:] {
		if p.role == content { // sources that no cue goes with make way
			kept = append(kept, p)
		}
	}
	parts = kept
	n := len(parts)
	for _, p := range rules {
		if p.role == content || slices.ContainsFunc(parts[base:n], func(q part) bool { return p.first < q.end && q.first < p.end }) {
			continue
		}
		parts = append(parts, p)
	}
	if len(parts) == n {
		parts = append(parts, r.speaks(ci)...)
	}
	if len(parts) == n {
		parts = append(parts, r.label(ci)...)
	}
	sortParts(parts[base:])
	return parts
}

// aside puts the source q, which the rules found to hold an aside, X, who …, in
// the place of what the model took for sources in it, if a cue follows it. Where
// somebody says something in the aside itself, q is cut down to X.
func (r *reader) aside(parts []part, base int, q part) []part {
	followed, said := false, false
	for _, p := range parts[base:] {
		followed = followed || p.role == cueRole && p.first == q.end
		said = said || p.first < q.end && q.first < p.end && p.role != source
	}
	if !followed {
		return parts
	}
	kept := parts[:base]
	for _, p := range parts[base:] {
		if p.role != source || p.first >= q.end || p.end <= q.first {
			kept = append(kept, p)
		}
	}
	if said {
		q.end = q.first + 1
		for r.l.norm(q.end) != "," {
			q.end++
		}
		if slices.ContainsFunc(kept[base:], func(p part) bool { return p.first < q.end && q.first < p.end }) {
			return kept
		}
	}
	kept = append(kept, q)
	sortParts(kept[base:])
	return kept
}

// overlooked reports whether the rules find all parts of a statement whose
// content is speech in quotation marks, where the model finds no content at all.
func (r *reader) overlooked(parts []part, base int, rules []part) bool {
	if slices.ContainsFunc(parts[base:], func(p part) bool { return p.role == content }) {
		return false
	}
	has := [4]bool{}
	for _, q := range rules {
		has[q.role] = has[q.role] || q.role != content || q.end == q.first+1 && r.l.quoted(q.first) && r.l.talk(q.first)
	}
	return has[source] && has[cueRole] && has[content]
}

// absorb joins to a content that its cue precedes what the model cut off from
// it: said that while it rained, [no boat was lost]; said he would come – but
// only if [asked]; and a cue without a source,
// with what that has for content: said that no text [was agreed on] [the dues].
func (r *reader) absorb(parts []part, base int, rules []part) []part {
	kept := parts[:base]
	for i := base; i < len(parts); i++ {
		p := parts[i]
		if n := len(kept); p.role == content && n > base && kept[n-1].role == cueRole && kept[n-1].end == p.first {
			if end := r.mainClause(p, rules); end > p.end {
				j := i + 1
				for j < len(parts) && parts[j].role != source && parts[j].end <= end {
					j++
				}
				if j == len(parts) {
					p.end, i = end, j-1
				}
			}
			for i+1 < len(parts) {
				q := parts[i+1]
				if r.continued(p, q) || r.goesOn(p, q) {
					p.end = q.end
					i++
				} else if i+2 < len(parts) && q.role == cueRole && (q.first == p.end && !r.l.quoted(p.end-1) || r.subordinate(p, q.first)) &&
					parts[i+2].role == content && parts[i+2].first == q.end && !r.l.quoted(q.end) {
					p.end = parts[i+2].end
					i += 2
				} else {
					break
				}
			}
		}
		kept = append(kept, p)
	}
	return kept
}

// trailing puts the content before an attribution that ends the sentence, where
// the model took it to be in what goes on behind: The list holds 104 names, the
// mediators said on Friday, putting an end to … Here the attribution stands
// behind a comma and a clause of its own, and what follows is a participle, or a
// time that something else happened.
func (r *reader) trailing(parts []part, base, ci int) {
	if len(parts)-base != 3 {
		return
	}
	s, k, x := parts[base], parts[base+1], &parts[base+2]
	first := r.l.text(ci)
	if s.role != source || k.role != cueRole || x.role != content || s.end != k.first || s.first < first+3 || r.l.norm(s.first-1) != "," || x.first == k.end {
		return
	}
	if c, ok := lexicon()[r.l.norm(k.end-1)]; !ok || c.class != "say" && c.class != "announce" {
		return
	}
	tag := r.tag
	before := r.l.norm(x.first - 1)
	if !(before == "," && tag(x.first) == "VBG") && !meanwhile[before] {
		return
	}
	verb := false
	for u := first; u < s.first-1; u++ {
		if r.l.quoted(u) {
			return
		}
		verb = verb || strings.HasPrefix(tag(u), "VB") && tag(u) != "VBG" || tag(u) == "MD"
	}
	if t := tag(first); !verb || t == "IN" || t == "WRB" || t == "VBG" || t == "VBN" || t == "TO" {
		return
	}
	x.first, x.end = first, s.first-1
	sortParts(parts[base:])
}

// meanwhile are words that tell when something was said.
var meanwhile = wordSet("after before during following since amid")

// when begins content p, which stands right behind cue k, behind the day or with
// the "that" before which it is told when or where something was said: said on
// Friday in Varo that it was so.
func (r *reader) when(p *part, k part) {
	l := r.l
	if c, ok := lexicon()[l.norm(k.end-1)]; !ok || c.class != "say" && c.class != "announce" {
		return
	}
	if weekdays[l.norm(p.first)] && p.first+2 < p.end {
		p.first++
		return
	}
	if tag := r.tag(p.first); l.quoted(p.first) || l.norm(p.first) == "that" || tag != "IN" && tag != "RB" {
		return
	}
	for u := p.first + 1; u < min(p.end-2, p.first+maxWhen); u++ {
		switch {
		case l.quoted(u), r.finite(u), r.tag(u) == "MD":
			return
		case l.norm(u) == "that" && r.tag(u) == "IN":
			p.first = u
			return
		}
	}
}

// maxWhen is how many units tell when or where something was said at most.
const maxWhen = 14

// closing gives the content before an attribution that ends the sentence all
// that stands before it, in the place of what the model took for attributions in
// it: He hopes that the port opens, the mediators said on Friday. Statements
// within statements are not told apart. Nor are two apart of whom one thing is
// told.
func (r *reader) closing(parts []part, base, ci int) []part {
	n := len(parts)
	if n-base < 2 {
		return parts
	}
	l, a, b := r.l, parts[n-2], parts[n-1]
	p := part{content, a.first - 1, a.first - 1, a.paragraph, ci} // according to X at the end has all before it
	if n-base >= 3 && parts[n-3].role == content {
		p = parts[n-3]
		if n-base == 3 && !r.second(p.first, r.l.text(ci)) {
			return parts
		}
	} else if n-base == 3 || l.norm(a.first) != "according" || slices.ContainsFunc(parts[base:n-2], func(p part) bool { return p.role == content }) {
		return parts
	}
	attributes := a.role == source && b.role == cueRole || a.role == cueRole && b.role == source
	if !attributes || a.first == 0 || p.end != a.first-1 || l.norm(p.end) != "," || a.end != b.first && l.norm(a.end) != "," {
		return parts
	}
	first, end := r.l.text(ci), int(l.clauses[ci].end)
	for end > b.end && isClose(l.norm(end-1)) {
		end--
	}
	if p.first <= first || end-b.end > maxClosing || l.anyQuoted(first, p.end) {
		return parts
	}
	p.first = first
	return append(parts[:base], p, a, b)
}

// second reports whether what begins at u is only the second of two of whom
// something is told, the first of whom stands between from and u: Negotiators from
// Osvia and ⟦the Union will meet⟧.
func (r *reader) second(u, from int) bool {
	if w := r.l.norm(max(u-1, 0)); u <= from || w != "and" && w != "or" {
		return false
	}
	for k := from; k < u; k++ {
		if r.l.quoted(k) || r.isVerb[k] != 0 || r.l.norm(k) == "," {
			return false
		}
	}
	return true
}

// maxClosing is how many units stand behind an attribution that ends the
// sentence at most: on Friday, in a statement.
const maxClosing = 4

// circumstance takes away what is found behind the attribution of a speech in
// quotation marks, where it is told what else happened: “…,” X said as she and
// others moved on.
func (r *reader) circumstance(parts []part, base, ci int) []part {
	if len(parts)-base < 4 {
		return parts
	}
	l, k, a, b := r.l, parts[base], parts[base+1], parts[base+2]
	if k.role != content || !l.quoted(k.end-1) || !l.talk(k.end-1) || a.role == content || b.role == content || a.role == b.role || a.first != k.end || a.end != b.first {
		return parts
	}
	if w := l.norm(b.end); !meanwhile[w] && w != "as" && w != "while" && w != "when" || l.anyQuoted(b.end, int(l.clauses[ci].end)) {
		return parts
	}
	return parts[:base+3]
}

// addressee takes away the content behind a cue that is who was told, and the
// cue behind it: informed the chief negotiator by telephone that …
func (r *reader) addressee(parts []part, base int) []part {
	for i := base; i+3 < len(parts); i++ {
		k, p, m, x := parts[i], parts[i+1], parts[i+2], parts[i+3]
		if k.role != cueRole || p.role != content || m.role != cueRole || x.role != content || p.first != k.end || m.first-p.end > 2 || x.first != m.end {
			continue
		}
		if r.l.norm(x.first) != "that" || r.isVerb[m.end-1] != 0 || r.l.anyQuoted(p.first, p.end) || slices.ContainsFunc(r.isVerb[p.first:p.end], func(v uint32) bool { return v != 0 }) {
			continue
		}
		parts[i+1] = x
		parts = slices.Delete(parts, i+2, i+4)
	}
	return parts
}

// something reports whether unit u takes up what was said for a clause about it:
// that X pay, something which Y ruled out.
func (r *reader) something(u int) bool {
	return r.l.norm(u) == "something" && u > 0 && r.l.norm(u-1) == ","
}

// particle gives a cue what is taken for its content and is its particle: which
// X ruled out.
func (r *reader) particle(parts []part, base int) []part {
	for i := base + 1; i < len(parts); i++ {
		k, p := &parts[i-1], parts[i]
		if k.role == cueRole && p.role == content && p.first == k.end && p.end == p.first+1 && !r.l.quoted(p.first) && r.tag(p.first) == "RP" {
			k.end = p.end
			parts = slices.Delete(parts, i, i+1)
		}
	}
	return parts
}

// reported makes one content of an attribution that stands right behind a verb
// of saying, and of what is attributed: said the agreement showed “…”.
func (r *reader) reported(parts []part, base int) []part {
	for i := base; i+4 < len(parts); i++ {
		s, k, t, m, x := parts[i], parts[i+1], parts[i+2], parts[i+3], parts[i+4]
		if s.role != source || k.role != cueRole || t.role != source || m.role != cueRole || x.role != content ||
			s.end != k.first || t.end != m.first || x.first-m.end > maxTold || k.end != t.first && (k.end+1 != t.first || r.l.norm(k.end) != "that") {
			continue
		}
		if c, ok := lexicon()[r.l.norm(k.end-1)]; !ok || c.class != "say" && c.class != "announce" {
			continue
		}
		x.first = k.end
		parts[i+2] = x
		parts = slices.Delete(parts, i+3, i+5)
	}
	return parts
}

// maxTold is how many units stand between the inner cue and its content at most.
const maxTold = 4

// inverted makes a source of who stands behind a cue that a speech in quotation
// marks precedes, where the model has taken it for content or overlooked it:
// “…,” said one owner of a shop.
func (r *reader) inverted(parts []part, base, ci int) []part {
	sourced := slices.ContainsFunc(parts[base:], func(p part) bool { return p.role == source })
	end := int(r.l.clauses[ci].end)
	for i := base + 1; i < len(parts); i++ {
		k, cu := parts[i-1], parts[i]
		if k.role != content || cu.role != cueRole || k.end != cu.first || cu.end == end || !r.l.quoted(k.end-1) || !r.l.talk(k.end-1) || !r.l.opensNoun(cu.end) {
			continue
		}
		switch next := i + 1; {
		case next < len(parts) && parts[next].first == cu.end:
			if p := &parts[next]; p.role == content {
				p.role = source
				p.end = min(p.end, r.l.phraseEnd(p.first, p.end))
			}
		case !sourced:
			limit := end
			if next < len(parts) {
				limit = parts[next].first
			}
			parts = slices.Insert(parts, next, part{source, cu.end, r.l.phraseEnd(cu.end, limit), int(r.l.clauses[ci].paragraph), ci})
			sourced = true
		}
	}
	return parts
}

// bare takes from content p what stands behind a whole speech in quotation marks
// and is none of it: five times in she chanted “We won!” five times.
func (r *reader) bare(p *part) {
	l := r.l
	if !l.quoted(p.first) || !l.talk(p.first) || p.end == p.first+1 || l.anyQuoted(p.first+1, p.end) {
		return
	}
	switch l.norm(p.first + 1) {
	case "and", "but", "or", "that", "because":
		return
	}
	if strings.IndexByte(",.?!", l.lastByte(p.first)) >= 0 {
		p.end = p.first + 1
	}
}

// anyQuoted reports whether one of the units [first, end) is a quotation.
func (l *layout) anyQuoted(first, end int) bool {
	return slices.ContainsFunc(l.units[first:end], func(u unit) bool { return u.quotation >= 0 })
}

// mainClause returns where the rules have the content end that begins as p does,
// if p is no more than a clause behind "that" which waits for its main clause.
func (r *reader) mainClause(p part, rules []part) int {
	if p.end < len(r.l.units) && r.subordinate(p, p.end+1) {
		for _, q := range rules {
			if q.role == content && q.first == p.first {
				return q.end
			}
		}
	}
	return 0
}

// continued reports whether the contents p and q are one: p is a subordinate
// clause behind "that", and a comma ends it where q begins.
func (r *reader) continued(p, q part) bool {
	return p.role == content && q.role == content && r.subordinate(p, q.first)
}

// subordinate reports whether p is a subordinate clause behind "that" which a
// comma ends right before unit u.
func (r *reader) subordinate(p part, u int) bool {
	return u == p.end+1 && r.l.norm(p.end) == "," && p.end-p.first > 2 && r.l.norm(p.first) == "that" && subordinators[r.l.norm(p.first+1)]
}

// goesOn reports whether the contents p and q are one: a dash and a conjunction
// stand between, and no more than a few words.
func (r *reader) goesOn(p, q part) bool {
	if p.role != content || q.role != content || q.first-p.end < 2 || q.first-p.end > 5 || r.l.anyQuoted(p.end, q.first) {
		return false
	}
	return isDash(r.l.norm(p.end)) && conjunction[r.l.norm(p.end+1)]
}

var conjunction = wordSet("and but nor or so yet")

var subordinators = wordSet("after although as because before despite given if once since though unless until when while whilst")

// tag returns the Penn Treebank tag of unit u, a word.
func (r *reader) tag(u int) string { return r.l.doc.Tags[r.l.units[u].first].XPOS }

// past reports whether unit u is a verb in the past tense, or may be one and is
// tagged as neither an adjective nor a noun, or as one that nothing follows.
func (r *reader) past(u int) bool {
	tag := r.tag(u)
	if tag == "VBD" || !english.Of(r.word[u]).Has(english.Past) {
		return tag == "VBD"
	}
	last := u+1 == len(r.l.units) || r.l.units[u+1].clause != r.l.units[u].clause || r.shape[u+1] == shapeMark
	return last || !strings.HasPrefix(tag, "J") && !strings.HasPrefix(tag, "N")
}

var weekdays = wordSet("monday tuesday wednesday thursday friday saturday sunday")

// speaks returns the source and the cue that grammar alone gives a quotation of
// clause ci that reads as something said: “…,” Mirela Draskova boomed. “…,”
// boomed Mirela Draskova. Mirela Draskova boomed: “…”
func (r *reader) speaks(ci int) []part {
	l, c := r.l, r.l.clauses[ci]
	first, end := int(c.first), int(c.end)
	for u := first; u < end; u++ {
		if !l.quoted(u) || !l.talk(u) {
			continue
		}
		if v := u + 1; v < end && strings.IndexByte(",?!", l.lastByte(u)) >= 0 {
			if r.finite(v) && v+1 < end && l.opensNoun(v+1) {
				return []part{{cueRole, v, v + 1, int(c.paragraph), ci}, {source, v + 1, l.phraseEnd(v+1, end), int(c.paragraph), ci}}
			}
			w := v
			for w < end && w < v+8 && r.nominal(w) {
				w++
			}
			if w > v && w < end && l.opensNoun(v) && r.finite(w) {
				return []part{{source, v, w, int(c.paragraph), ci}, {cueRole, w, w + 1, int(c.paragraph), ci}}
			}
		}
		v := u - 1
		if v > first && (l.norm(v) == "," || l.norm(v) == ":") {
			v--
		}
		if v > first && r.finite(v) {
			w := v
			for w > first && w > v-8 && r.nominal(w-1) {
				w--
			}
			if w < v && l.opensNoun(w) {
				return []part{{source, w, v, int(c.paragraph), ci}, {cueRole, v, v + 1, int(c.paragraph), ci}}
			}
		}
	}
	return nil
}

// finite reports whether unit u is a verb with a subject, and not an auxiliary.
func (r *reader) finite(u int) bool {
	if r.l.quoted(u) || verbGroup[r.l.norm(u)] {
		return false
	}
	switch r.tag(u) {
	case "VBD", "VBZ", "VBP":
		return true
	}
	return false
}

// nominal reports whether unit u may stand in a noun phrase.
func (r *reader) nominal(u int) bool {
	if r.l.quoted(u) {
		return false
	}
	switch r.l.doc.Tags[r.l.units[u].first].POS {
	case "NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM":
		return true
	}
	return r.l.norm(u) == "'s"
}

// label returns the name that stands before the colon and the quotation of
// clause ci: Mirela Draskova: “…” Here is Mirela Draskova in May: “…”
func (r *reader) label(ci int) []part {
	c := r.l.clauses[ci]
	for at := int(c.first) + 1; at+1 < int(c.end); at++ {
		if r.l.quoted(at) || r.l.norm(at) != ":" || !r.l.quoted(at+1) {
			continue
		}
		for u := at; u > int(c.first) && u > at-maxLabel; u-- {
			if r.name[u-1] == 0 {
				continue
			}
			a := u - 1
			for a > int(c.first) && r.name[a-1] != 0 {
				a--
			}
			return []part{{source, a, u, int(c.paragraph), ci}}
		}
		break
	}
	return nil
}

// signature returns the dash, as cue, and the name behind it that end the
// paragraph of clause ci, which but for them is a quotation, or the line below:
// “…” — Mirela Draskova, fishing minister.
func (r *reader) signature(ci int) (cu, src part, ok bool) {
	l, c := r.l, r.l.clauses[ci]
	first, end := int(c.first), int(c.end)
	if !l.quoted(first) || !l.talk(first) || l.lastByte(first) == ',' {
		return cu, src, false
	}
	dash, next := first+1, ci+1
	if dash == end && next < len(l.clauses) {
		end = int(l.clauses[next].end)
		next++
	}
	for end > dash && l.norm(end-1) == "." {
		end--
	}
	if end-dash < 2 || end-dash > maxSignature || !isDash(l.norm(dash)) || r.name[dash+1] == 0 || !l.capital(dash+1) ||
		next < len(l.clauses) && l.clauses[next].paragraph == c.paragraph {
		return cu, src, false
	}
	for u := dash + 1; u < end; u++ {
		if l.quoted(u) || r.finite(u) {
			return cu, src, false
		}
	}
	return part{cueRole, dash, dash + 1, int(c.paragraph), ci}, part{source, dash + 1, end, int(c.paragraph), ci}, true
}

// maxSignature is how many units a signature has at most, with its dash.
const maxSignature = 14

// isDash reports whether a token is a dash, or a hyphen put for one.
func isDash(norm string) bool {
	switch norm {
	case "-", "--", "–", "—", "―":
		return true
	}
	return false
}

// maxLabel is how many words lie between the name and the colon at most.
const maxLabel = 6
