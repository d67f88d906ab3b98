// Package timex finds expressions of time in a report and places them: "late
// on Tuesday", "14 October", "a day earlier", "the past two years".
//
// An expression is placed as a half-open interval, as wide as the words leave
// it, never as a moment that they do not name: "in August" is the month and
// "late on Tuesday" the day, with its part said beside it. Relative
// expressions count from the document's Anchor (its day of publication), from
// the time last spoken of ("a day earlier"), or, within quotation marks, from
// the day on which the words were spoken as far as the report tells it. The
// tense of the nearest verb decides between last and next Tuesday.
//
// Types and values are those of TimeML's TIMEX3 (Pustejovsky et al. 2003; ISO
// 24617-1). Extents follow TimeML too (without a leading preposition, with
// "about", "early", "late"), except that "since 2015" is found as the time
// from 2015 until the day of publication; see [Options].
package timex

import (
	"stemma"
)

// Options chooses between conventions that contradict each other. The zero
// value is what the program uses.
type Options struct {
	// TimeML keeps to TimeML's guidelines to the letter: the extent of
	// "since 2015" is "2015", and expressions that name no time of any
	// extent ("recent", "soon") are found as well.
	TimeML bool

	// Late18 places "late on Tuesday" from 18:00 to midnight and "early on
	// Tuesday" before noon. Otherwise both are the whole day, with the Part
	// "late" or "early".
	Late18 bool
}

// Find returns the expressions of time in doc, in text order, without
// overlaps. It reads doc.Sentences and, where there are any, doc.Tags; without
// sentences the whole text is taken as one. Without doc.Anchor only absolute
// expressions are placed. Where the anchor comes from the report that this one
// was copied from (doc.AnchorFrom is "exemplar") times counted from it are
// marked Inferred.
func Find(doc *stemma.Document) []stemma.Timex { return FindWith(doc, Options{}) }

// FindWith is [Find] with a choice of conventions.
func FindWith(doc *stemma.Document, opt Options) []stemma.Timex {
	p := &parser{doc: doc, text: doc.Report.Text, opt: opt}
	p.lexer = lexer{text: p.text, words: lexicon()}
	p.placer = newPlacer(doc, opt)
	sentences := doc.Sentences
	if len(sentences) == 0 {
		sentences = []stemma.Sentence{{Span: stemma.Span{End: len(p.text)}, EndToken: len(doc.Tokens)}}
	}
	paragraph := -1
	for i := range sentences {
		s := &sentences[i]
		if s.Kind == stemma.Furniture {
			continue
		}
		if s.Paragraph != paragraph {
			paragraph = s.Paragraph
			p.lexer.quoted = false
			p.placer.newParagraph()
		}
		p.sentence(s)
	}
	return p.placer.out
}

// A parser reads expressions of time in one document.
type parser struct {
	lexer  lexer
	text   string
	doc    *stemma.Document
	opt    Options
	lx     []lex // of the sentence in hand
	none   lex
	first  int // first token of the sentence in hand
	end    int
	nodes  []node
	placer *placer
}

// sentence finds the expressions of one sentence and places them.
func (p *parser) sentence(s *stemma.Sentence) {
	p.lexer.sentence(s.Span)
	p.lx = p.lexer.out
	p.first, p.end = s.FirstToken, s.EndToken
	p.nodes = p.nodes[:0]
	done := 0
	for i := 0; i < len(p.lx); {
		s := p.starts(i)
		if s == 0 {
			i++
			continue
		}
		n, ok := p.expr(i, s)
		if !ok || n.start < done || n.end <= i {
			i++
			continue
		}
		if k := len(p.nodes) - 1; k >= 0 && n.hasZone && n.form == fClock {
			// "from 5 p.m. to 7 p.m. Moscow time"
			if q := &p.nodes[k]; q.form == fClock && q.hour >= 0 && !q.hasZone && n.start == q.end+1 && (p.isAny(q.end, wTo, wAnd) || p.mark(q.end, '-')) {
				q.hasZone, q.zone = true, n.zone
			}
		}
		p.nodes = append(p.nodes, n)
		i, done = n.end, n.end
		if more, ok := p.secondDay(n); ok {
			p.nodes = append(p.nodes, more)
			i, done = more.end, more.end
		}
	}
	if len(p.nodes) > 0 {
		p.placer.place(p)
	}
}

// secondDay reads the "6" of "December 5 and 6".
func (p *parser) secondDay(n node) (node, bool) {
	if n.form != fDate || n.day == 0 || n.month == 0 || n.year != 0 || n.day2 != 0 || n.rule != "month-day" {
		return node{}, false
	}
	if !p.isAny(n.end, wAnd, wOr, wTo) && !p.mark(n.end, ',') {
		return node{}, false
	}
	d, next, ok := p.day(n.end + 1)
	if x := p.at(next); !ok || x.kind == word && x.id == 0 || x.kind == number || p.notDay(next) || x.kind == mark && x.glued && x.mark != '.' && x.mark != ',' && x.mark != ')' {
		return node{}, false
	}
	if p.mark(n.end, ',') && !p.isAny(next, wAnd) {
		return node{}, false
	}
	m := n
	m.start, m.end, m.day, m.rule = n.end+1, next, d, "second-day"
	m.year, m.end = p.commaYear(next)
	return m, true
}

// expr reads the longest expression at lexeme i, which starts those of s.
func (p *parser) expr(i int, s start) (best node, ok bool) {
	take := func(n node, found bool) {
		if found && (n.end > best.end || !ok) {
			best, ok = n, true
		}
	}
	if s == sSince {
		return p.since(i)
	}
	if s&sTimed != 0 {
		take(p.timed(i))
	}
	if s&sSet != 0 {
		take(p.set(i))
	}
	if s&sLength != 0 {
		if n, found := p.length(i); found {
			take(p.offset(n))
			take(p.lengthOrNot(n))
		}
	}
	if s&sPeriod != 0 {
		take(p.period(i))
	}
	if s&sReference != 0 {
		take(p.reference(i))
	}
	if s&sBlur != 0 {
		if j, m := p.approx(i); j > i {
			t := p.starts(j)
			blur := func(n node, found bool) {
				if found && p.mayBlur(i, n) {
					n.start, n.mod = i, m
					take(n, true)
				}
			}
			if t&sTimed != 0 {
				blur(p.timed(j))
			}
			if t&sLength != 0 {
				if n, found := p.length(j); found {
					blur(p.offset(n))
					blur(p.lengthOrNot(n))
				}
			}
		}
	}
	if s&sNarrow != 0 {
		if j, m := p.position(i); j > i {
			n, found := p.timed(j)
			if !found {
				n, found = p.barePart(j)
			}
			if found && p.mayNarrow(i, n, m) {
				n.start, n.mod = i, m
				take(n, true)
			}
		}
	}
	return best, ok
}

// since reads "since 2015", "since early April".
func (p *parser) since(i int) (node, bool) {
	if p.opt.TimeML {
		return node{}, false
	}
	j, m := p.position(i + 1)
	n, ok := p.timed(j)
	if !ok || n.form == fClock && n.day == 0 && n.weekday == 0 && n.deictic == 0 {
		return node{}, false
	}
	n.start, n.since = i, true
	if m != mNone {
		n.mod = m
	}
	return n, true
}

// lengthOrNot reads a length that is an expression of its own: not an age, not
// "a second", not "office hours".
func (p *parser) lengthOrNot(n node) (node, bool) {
	i := n.start
	if n.rule == "age" || p.is(n.end-2, wLight) {
		return node{}, false
	}
	if n.rule == "bare-units" {
		prev := p.at(i - 1)
		if prev.kind == mark && prev.mark == '-' && prev.glued && p.at(i).glued {
			return node{}, false
		}
		if prev.id == wOld || prev.id == wRush || prev.id == wLight || prev.id == wOpening {
			return node{}, false
		}
		if n.unit == uWeekend || n.unit == uQuarter || n.unit == uNight || n.unit == uSecond {
			return node{}, false
		}
	}
	if n.unit == uQuarter && p.isAny(i, wA, wAn, wOne) {
		return node{}, false // "a quarter of"
	}
	if p.isAny(i, wA, wAn, wOne) && n.unit == uSecond {
		return node{}, false
	}
	if n.unit == uWeekend && p.isAny(i, wA) {
		return node{}, false
	}
	if p.is(i, wOne) && n.unit == uDay && n.end == i+2 { // "one day they will"
		if p.mark(i-1, ',') || i == 0 {
			return node{}, false
		}
	}
	return n, true
}

// mayBlur reports whether "about", "some", "over" and the like at i may belong
// to n.
func (p *parser) mayBlur(i int, n node) bool {
	switch p.at(i).id {
	case wOver:
		return n.rule == "duration" || n.form == fOffset
	case wUnder, wSome:
		return n.form == fDuration && n.rule == "duration" || n.form == fOffset && n.rule == "offset"
	case wUp, wMore, wLess, wFewer:
		return n.form == fDuration && n.rule == "duration" || n.form == fOffset
	case wAbout, wAround, wNearly, wAlmost, wApproximately, wRoughly:
		if n.form == fDuration {
			return n.rule == "duration"
		}
		return n.form != fRef && n.form != fPeriod && n.form != fSet && (n.form != fRel && n.form != fDeictic || n.clock)
	}
	return n.form == fDuration && n.rule == "duration" || n.form == fClock && n.hour >= 0
}

// barePart reads "afternoon" where "late" stands before it.
func (p *parser) barePart(i int) (node, bool) {
	v, ok := p.classOf(i, cPart)
	if !ok || v > partEvening {
		return node{}, false
	}
	n := node{form: fClock, rule: "part-of-day", start: i, end: i + 1, clock: true, hour: -1, min: -1, sec: -1, part: v}
	return n, true
}

// mayNarrow reports whether "early", "the end of" and the like at i may belong
// to n.
func (p *parser) mayNarrow(i int, n node, m mod) bool {
	switch {
	case n.form == fClock:
		return m != mEarlier && m != mLater && n.hour < 0
	case m == mEarlier || m == mLater:
		return n.form == fRel && (n.rel == relThis || n.rel == relThe || n.rel == relSame) || n.form == fDeictic ||
			n.weekday > 0 || n.rel == relThis || n.month > 0 && n.day == 0 && p.is(i+1, wIn)
	}
	switch n.form {
	case fDate, fDeictic:
		return n.holiday == 0
	case fRel:
		return true
	}
	return false
}

// timed reads a date, a time of day, or both together: "Saturday morning",
// "4 p.m. on April 13", "Saturday 8:00 p.m.", "0300 UTC Monday morning".
func (p *parser) timed(i int) (node, bool) {
	d, okDate := p.date(i)
	if okDate {
		d = p.withPart(d)
		if d.dayGrain() && (!d.clock || d.hour < 0) {
			j := d.end
			if p.mark(j, ',') || p.isAny(j, wAt, wAround, wAbout) {
				j++
			}
			if p.isAny(j, wAbout, wAround) {
				j++
			}
			if c, ok := p.clock(j); ok {
				c.copyDate(d)
				c.start = i
				return c, true
			}
		}
		p.trailingZone(&d)
	}
	c, okClock := p.clock(i)
	if !okClock {
		c, okClock = p.partOfDay(i)
	}
	if !okClock || okDate && d.end > c.end {
		return d, okDate
	}
	j := c.end
	if p.isAny(j, wOn) || p.is(j, wOf) && c.hour < 0 {
		j++
	}
	if d, ok := p.date(j); ok && d.dayGrain() && (c.hour >= 0 || j > c.end) && d.rel != relThe {
		d = p.withPart(d)
		c.copyDate(d)
		c.end = d.end
		p.trailingZone(&c)
	}
	return c, true
}

// withPart adds the part of the day that follows a day: "Tuesday morning",
// "yesterday afternoon", "June 21 in the evening".
func (p *parser) withPart(d node) node {
	if !d.dayGrain() || d.clock {
		return d
	}
	j := d.end
	if p.is(j, wIn) && p.is(j+1, wThe) {
		if v, ok := p.classOf(j+2, cPart); ok && v <= partEvening {
			j += 2
		}
	}
	v, ok := p.classOf(j, cPart)
	if !ok && p.is(j, wNight) {
		v, ok = partNight, true
	}
	if (p.is(j, wEarly) || p.is(j, wLate)) && !ok {
		if w, ok2 := p.classOf(j+1, cPart); ok2 {
			j, v, ok = j+1, w, true
		}
	}
	if !ok || v == partNoon || v == partMidnight {
		return d
	}
	d.clock, d.hour, d.min, d.sec, d.part, d.end = true, -1, -1, -1, v, j+1
	return d
}

// trailingZone reads ", local time" or ", UTC" after a date with a time.
func (p *parser) trailingZone(n *node) {
	if !n.clock || n.hasZone {
		return
	}
	j := n.end
	if p.mark(j, ',') {
		j++
	}
	if p.is(j, wLocal) && p.is(j+1, wTime) {
		n.end = j + 2
	} else if p.zoneAt(j) {
		n.hasZone, n.zone, n.end = true, int(p.at(j).value), j+1
	}
}

// dayGrain reports whether n names a single day.
func (n *node) dayGrain() bool {
	switch n.form {
	case fDate:
		return n.day > 0 && n.day2 == 0 && n.unit == 0 || n.weekday > 0 || n.holiday > 0
	case fDeictic:
		return true
	case fRel:
		return n.unit == uDay
	}
	return false
}

// copyDate gives the time of day n the date of d.
func (n *node) copyDate(d node) {
	hour, min, sec, part, zone, hasZone := n.hour, n.min, n.sec, n.part, n.zone, n.hasZone
	start, end, rule := n.start, n.end, n.rule
	if hour < 0 && d.part > 0 && part == 0 {
		part = d.part
	}
	if d.hasZone && !hasZone {
		zone, hasZone = d.zone, true
	}
	*n = d
	n.clock, n.hour, n.min, n.sec, n.part, n.zone, n.hasZone = true, hour, min, sec, part, zone, hasZone
	n.start, n.end, n.rule = start, end, rule
}

// tag returns the part of speech of lexeme i, if the document is tagged.
func (p *parser) tag(i int) string {
	if t := p.tagAt(i); t != nil {
		return t.POS
	}
	return ""
}

func (p *parser) xpos(i int) string {
	if t := p.tagAt(i); t != nil {
		return t.XPOS
	}
	return ""
}

func (p *parser) tagAt(i int) *stemma.Tag {
	if len(p.doc.Tags) == 0 || i < 0 || i >= len(p.lx) {
		return nil
	}
	tokens := p.doc.Tokens[p.first:p.end]
	lo, hi := 0, len(tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if tokens[mid].End <= p.lx[i].Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(tokens) || p.first+lo >= len(p.doc.Tags) {
		return nil
	}
	return &p.doc.Tags[p.first+lo]
}

// Tenses, as far as they say whether a date lies ahead.
type tense uint8

const (
	unknownTense tense = iota
	past
	future
	present
)

// tense returns the tense of the verb nearest to the expression n: before it,
// or after it where n opens the sentence.
func (p *parser) tense(n *node) tense {
	const reach = 25
	if p.is(n.start-1, wUntil) {
		// "closed until Friday": ahead, unless an auxiliary says otherwise.
		for i := n.start - 2; i >= 0 && i > n.start-reach; i-- {
			if x := p.at(i); x.class == cTense {
				if x.value == int16(past) {
					return past
				}
				break
			}
		}
		return future
	}
	left := func() tense {
		for i := n.start - 1; i >= 0 && i > n.start-reach; i-- {
			if p.mark(i, ';') || p.mark(i, '"') && !p.at(n.start).quoted {
				break
			}
			if t := p.verb(i); t != unknownTense {
				return t
			}
		}
		return unknownTense
	}
	right := func() tense {
		for i := n.end; i < len(p.lx) && i < n.end+reach; i++ {
			if p.mark(i, ';') {
				break
			}
			if t := p.verb(i); t != unknownTense {
				return t
			}
		}
		return unknownTense
	}
	first, second := left, right
	if p.opensClause(n.start) {
		first, second = right, left
	}
	t := first()
	if t == unknownTense {
		t = second()
	}
	return t
}

// opensClause reports whether the expression at i opens a clause, so that its
// verb follows: "On Friday the president will", "…, and on Friday".
func (p *parser) opensClause(i int) bool {
	if p.isAny(i-1, wOn, wIn, wBy, wAt, wDuring, wFrom, wSince) {
		i--
	}
	return i == 0 || p.mark(i-1, ',') || p.mark(i-1, '"') || p.mark(i-1, '-') || p.isAny(i-1, wAnd)
}

// verb returns the tense that lexeme i shows, if it is a finite verb.
func (p *parser) verb(i int) tense {
	x := p.at(i)
	if x.kind != word {
		return unknownTense
	}
	if x.id == wMay && !x.upper {
		if p.is(i+1, wHave) {
			return past
		}
		return future
	}
	if x.id == wTo {
		// "is to meet", "is set to begin", "plans to travel"
		y := p.at(i + 1)
		z := p.at(i - 1)
		if y.kind == word && !y.upper && (y.id == 0 || y.id == wBe || y.id == wHave) && (z.class == cTense && z.value != 1 || z.class == cPlan) {
			return future
		}
		return unknownTense
	}
	if x.class == cTense {
		switch {
		case p.mark(i+1, '\'') && p.is(i+2, wT) && p.at(i+2).glued && p.text[x.Start:x.End] == "won":
			return future
		case x.value == 3 && x.glued && x.End-x.Start == 1: // 's
			return unknownTense
		case x.value == int16(future) && p.is(i+1, wHave) && p.xpos(i) != "": // "should have ended"
			return past
		}
		return tense(x.value)
	}
	switch p.xpos(i) {
	case "VBD":
		return past
	case "", "VBN":
		if p.isAny(i-1, wBe, wBeen, wBeing, wHave, wHas, wThe, wA) {
			return unknownTense // a participle
		}
		if w := p.text[x.Start:x.End]; len(w) > 4 && w[len(w)-2:] == "ed" && !x.upper {
			return past
		}
	}
	return unknownTense
}
