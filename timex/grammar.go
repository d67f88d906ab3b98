package timex

// Units of time, by their number in words.txt.
const (
	uSecond = iota + 1
	uMinute
	uHour
	uDay
	uNight
	uWeek
	uFortnight
	uWeekend
	uMonth
	uQuarter
	uYear
	uDecade
	uCentury
	uMillennium
)

// Parts of the day, by their number in words.txt; those after partDusk have
// no word of their own.
const (
	partMorning = iota + 1
	partAfternoon
	partEvening
	partOvernight
	partNoon
	partMidnight
	partDawn
	partDusk
	partNight
	partSmallHours // "the early hours"
	partLate
	partEarly
	partDaytime
)

// A form says how a node is to be placed in time.
type form uint8

const (
	fDate     form = iota + 1 // a place in the calendar, perhaps without its year: "14 October", "Tuesday", "2019"
	fRel                      // a unit counted from the anchor: "last week", "the following day"
	fOffset                   // a number of units away: "three days ago", "a year earlier"
	fDeictic                  // today, yesterday, tomorrow
	fClock                    // a time of day whose date stands elsewhere: "at 5 p.m.", "that evening"
	fRef                      // now, recently, soon
	fDuration                 // a length of time: "five hours"
	fPeriod                   // a length of time up to or from the anchor: "the past two years"
	fSet                      // a recurring time: "every Monday"
	fUnplaced                 // a time that nothing places: "modern times"
)

// rel says to what a relative expression is counted.
type rel uint8

const (
	relNone   rel = iota
	relThis       // this week
	relLast       // last week, past Saturday
	relNext       // next week, coming Friday
	relSame       // that day, the same year: the time last spoken of
	relPrev       // the previous day: before the time last spoken of
	relFollow     // the following day: after the time last spoken of
	relThe        // the week: this one
)

// mod narrows an expression or blurs it.
type mod uint8

const (
	mNone    mod = iota
	mEarly       // early June, the beginning of June
	mMid         // mid-June
	mLate        // late June, the end of June
	mEarlier     // earlier this week
	mLater       // later this year
	mApprox      // about two years
)

// A node is an expression as the grammar reads it, before it is placed.
type node struct {
	form       form
	rule       string
	start, end int // lexemes [start, end)

	rel     rel
	yearRel rel // March of last year
	mod     mod

	// The calendar. 0 is absent.
	year, year2   int
	month, month2 int
	day, day2     int
	weekday       int
	quarter       int // 1 to 4
	half          int // 1 or 2
	season        int
	decade        int // 1990, or 90 without its century
	century       int // 19 for the 19th
	holiday       int // index into holidays, plus one
	nth           int // with unit and month: the first week of July; 99 is the last
	bc, fiscal    bool
	whole         bool // the whole year
	back          int  // the same period so many years before

	// Length and distance.
	n     float64
	vague bool // few, several; or plural without a number
	unit  int
	sign  int  // -1 before, +1 after
	told  bool // counted from the time last spoken of, not from publication

	deictic int // -1, 0, 1
	ref     int // -1 past, 0 present, 1 future

	// The time of day.
	clock          bool
	hour, min, sec int // min and sec are -1 if absent
	part           int
	zone           int // minutes east of UTC
	hasZone        bool

	since bool // "since 2015": from then to the anchor
}

func (p *parser) at(i int) *lex {
	if i < 0 || i >= len(p.lx) {
		return &p.none
	}
	return &p.lx[i]
}

func (p *parser) is(i int, id wordID) bool { return id != 0 && p.at(i).id == id }

func (p *parser) isAny(i int, ids ...wordID) bool {
	x := p.at(i).id
	if x == 0 {
		return false
	}
	for _, id := range ids {
		if x == id {
			return true
		}
	}
	return false
}

func (p *parser) mark(i int, c byte) bool {
	x := p.at(i)
	return x.kind == mark && x.mark == c
}

// classOf returns the value of lexeme i as a member of class c.
func (p *parser) classOf(i int, c class) (int, bool) {
	x := p.at(i)
	switch {
	case x.class == c:
		return int(x.value), true
	case x.also == c && c != 0:
		return int(x.val2), true
	}
	return 0, false
}

// hyphen returns i+1 if lexeme i is a hyphen with no space around it, else i.
func (p *parser) hyphen(i int) int {
	if p.mark(i, '-') && p.at(i).glued && p.at(i+1).glued {
		return i + 1
	}
	return i
}

// unit reads a unit of time, singular or plural.
func (p *parser) unitAt(i int) (unit int, plural, ok bool) {
	x := p.at(i)
	if x.class == cUnit && (!x.weak || p.unitContext(i)) {
		return int(x.value), false, true
	}
	if x.class == cUnits && !x.weak {
		return int(x.value), true, true
	}
	if x.class == cUnits {
		return int(x.value), true, p.at(i-1).kind == number
	}
	return 0, false, false
}

// unitContext reports whether "second", "min" or "hr" at i is a unit: it
// follows a number.
func (p *parser) unitContext(i int) bool {
	y := p.at(i - 1)
	if p.mark(i-1, '-') {
		y = p.at(i - 2)
	}
	return y.kind == number || y.class == cNumber || y.id == wA || y.id == wPer
}

// month reads the name of a month. One that is also another word or a short
// form counts only beside a number, or after a preposition with a capital.
func (p *parser) month(i int) (m, next int, ok bool) {
	x := p.at(i)
	if x.class != cMonth {
		return 0, i, false
	}
	next = i + 1
	if p.mark(next, '.') && p.at(next).glued && x.End-x.Start <= 4 && x.weak && x.value != 5 {
		next++
	}
	return int(x.value), next, x.upper
}

// day reads the number of a day of the month: "14", "14th".
func (p *parser) day(i int) (d, next int, ok bool) {
	x := p.at(i)
	if x.kind != number || !x.plain || x.digits > 2 || x.n < 1 || x.n > 31 {
		return 0, i, false
	}
	next = i + 1
	if y := p.at(next); y.kind == word && y.glued {
		if y.End-y.Start == 2 && p.ordinalSuffix(next) {
			return x.n, next + 1, true
		}
		return 0, i, false
	}
	return x.n, next, true
}

func (p *parser) ordinalSuffix(i int) bool {
	switch p.text[p.at(i).Start:p.at(i).End] {
	case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		return p.at(i).glued
	}
	return false
}

// year4 reads a year of four digits.
func (p *parser) year4(i int) (y, next int, ok bool) {
	x := p.at(i)
	if x.kind != number || !x.plain || x.digits != 4 || x.n < 1000 || x.n > 2199 {
		return 0, i, false
	}
	if y := p.at(i + 1); y.kind == word && y.glued {
		return 0, i, false
	}
	return x.n, i + 1, true
}

// commaYear reads an optional ", 2025" or " 2025" that completes a date.
func (p *parser) commaYear(i int) (y, next int) {
	j := i
	if p.mark(j, ',') {
		j++
	}
	if p.is(j, wOf) && j == i {
		j++
	}
	if y, next, ok := p.year4(j); ok && y >= 1500 && !p.zoneAt(next) {
		return y, next
	}
	return 0, i
}

func (p *parser) zoneAt(i int) bool {
	x := p.at(i)
	return x.class == cZone && p.allCaps(i)
}

func (p *parser) allCaps(i int) bool {
	x := p.at(i)
	for _, c := range []byte(p.text[x.Start:x.End]) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return x.Start < x.End
}

// isoDate reads "2025-12-03", perhaps with "T10:00".
func (p *parser) isoDate(i int) (node, bool) {
	y, j, ok := p.year4(i)
	if !ok || !p.mark(j, '-') || !p.at(j).glued {
		return node{}, false
	}
	m, d := p.at(j+1), p.at(j+3)
	if m.kind != number || !m.glued || m.digits != 2 || m.n < 1 || m.n > 12 {
		return node{}, false
	}
	if !p.mark(j+2, '-') || !p.at(j+2).glued || d.kind != number || !d.glued || d.digits != 2 || d.n < 1 || d.n > 31 {
		return node{}, false
	}
	n := node{form: fDate, rule: "iso-date", start: i, end: j + 4, year: y, month: m.n, day: d.n}
	if p.is(n.end, wT) && p.at(n.end).glued {
		if c, ok := p.clock(n.end + 1); ok && c.clock {
			c.copyDate(n)
			c.start, c.rule = i, "iso-date"
			return c, true
		}
	}
	return n, true
}

// numericDate reads "7/8/07", "12/03/2025", "03.12.2025" and "03-12-2025". With
// strokes the month comes first unless it cannot be one; else the day does.
func (p *parser) numericDate(i int) (node, bool) {
	a, b, c := p.at(i), p.at(i+2), p.at(i+4)
	sep := p.at(i + 1)
	if sep.kind != mark || sep.mark != '/' && sep.mark != '.' && sep.mark != '-' || p.at(i+3).kind != mark || p.at(i+3).mark != sep.mark {
		return node{}, false
	}
	for k := 1; k <= 4; k++ {
		if !p.at(i + k).glued {
			return node{}, false
		}
	}
	if a.kind != number || b.kind != number || c.kind != number || !a.plain || !b.plain || !c.plain ||
		a.digits > 2 || b.digits > 2 || c.digits != 4 && (c.digits != 2 || sep.mark == '-') || p.mark(i-1, '/') {
		return node{}, false
	}
	m, d := a.n, b.n
	if sep.mark != '/' || m > 12 {
		m, d = d, m
	}
	y := c.n
	if c.digits == 2 {
		y += 2000
		if c.n >= 60 {
			y -= 100
		}
	}
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return node{}, false
	}
	return node{form: fDate, rule: "numeric-date", start: i, end: i + 5, year: y, month: m, day: d}, true
}

// monthDate reads "October 14", "Oct. 14, 2025", "October 27–28", "September
// 2013" and "August".
func (p *parser) monthDate(i int) (node, bool) {
	m, j, ok := p.month(i)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "month", start: i, month: m}
	k := j
	if p.is(k, wThe) {
		k++
	}
	if d, next, ok := p.day(k); ok && !p.notDay(next) {
		n.rule, n.day, n.end = "month-day", d, next
		if h := p.hyphen(next); h > next {
			if d2, next2, ok := p.day(h); ok && d2 > d {
				n.day2, n.end = d2, next2
			} else if m2, j2, ok := p.month(h); ok {
				if d2, next2, ok := p.day(j2); ok {
					n.month2, n.day2, n.end = m2, d2, next2
				}
			}
		}
		n.year, n.end = p.commaYear(n.end)
		return n, true
	}
	if y, next, ok := p.shortYear(j); ok {
		n.rule, n.year, n.end = "month-year", y, next
		return n, true
	}
	if y, next := p.commaYear(j); y > 0 {
		n.rule, n.year, n.end = "month-year", y, next
		return n, true
	}
	if p.is(j, wOf) || p.relYearFollows(j) {
		k := j
		if p.is(k, wOf) {
			k++
		}
		if r, ok := p.relUnit(k); ok && r.unit == uYear && r.rel != relThe {
			n.rule, n.yearRel, n.end = "month-year", r.rel, r.end
			return n, true
		}
	}
	n.end = j
	if h := p.hyphen(j); h > j { // "August–September", "June-2007"
		if m2, j2, ok := p.month(h); ok {
			n.month2, n.end = m2, j2
			n.year, n.end = p.commaYear(n.end)
			return n, true
		}
		if y, next, ok := p.year4(h); ok {
			n.rule, n.year, n.end = "month-year", y, next
			return n, true
		}
	}
	if p.at(i).weak && !p.monthContext(i, j) {
		return node{}, false
	}
	return n, true
}

// relYearFollows reports whether "last year", "this year" or "next year" stands
// at i.
func (p *parser) relYearFollows(i int) bool {
	return p.isAny(i, wLast, wThis, wNext) && p.is(i+1, wYear)
}

// shortYear reads "’98" after a month.
func (p *parser) shortYear(i int) (y, next int, ok bool) {
	x := p.at(i + 1)
	if !p.mark(i, '\'') || x.kind != number || !x.plain || x.digits != 2 || !x.glued || p.is(i+2, wS) && p.at(i+2).glued {
		return 0, i, false
	}
	y = 2000 + x.n
	if x.n >= 40 {
		y -= 100
	}
	return y, i + 2, true
}

// notDay reports whether what follows a number shows that it is no day of the
// month: a unit, a clock, a per cent sign, a larger number.
func (p *parser) notDay(i int) bool {
	x := p.at(i)
	switch {
	case p.mark(i, ':') && x.glued && p.at(i+1).kind == number, p.mark(i, '%'):
		return true
	case p.isAny(i, wAm, wPm) && !p.isAny(i+1, wThe):
		return true
	case p.is(i, wP) && p.mark(i+1, '.') && p.is(i+2, wM):
		return true
	case p.is(i, wA) && p.mark(i+1, '.') && p.is(i+2, wM):
		return true
	}
	return false
}

// monthContext reports whether a name that may be another word ("May",
// "March", "August") is a month here.
func (p *parser) monthContext(i, j int) bool {
	if i > 0 && p.at(i).quoted != p.at(i-1).quoted {
		return false
	}
	if x := p.at(i); x.End-x.Start <= 4 && x.value != 5 {
		return false // a short form alone: "Sept" is no month by itself
	}
	if t := p.tag(i); t != "" && t != "PROPN" && p.at(i).value != 5 {
		return false
	} else if t == "AUX" || t == "VERB" {
		return false
	}
	prev := p.at(i - 1)
	switch prev.id {
	case wIn, wSince, wUntil, wBy, wOf, wFrom, wDuring, wLast, wNext, wThis, wEarly, wLate, wMid, wBetween, wPast, wComing, wFollowing, wPrevious, wBefore, wAfter, wTo, wAnd, wEnd, wEarlier, wLater:
		return prev.id != wTo && prev.id != wAnd || p.otherMonth(i) && !p.is(j, wFor)
	}
	if p.mark(i-1, '-') && p.isAny(i-2, wMid, wEarly, wLate) {
		return true
	}
	return p.at(i).value == 8 && !p.at(j).upper && p.at(i-1).kind != 0 && !p.at(i-1).upper // August
}

// otherMonth reports whether a month stands just before "to" or "and" at i-1.
func (p *parser) otherMonth(i int) bool {
	for k := i - 2; k >= 0 && k >= i-5; k-- {
		if p.at(k).class == cMonth && p.at(k).upper {
			return true
		}
	}
	return false
}

// dayMonth reads "14 October 2025", "the 14th of October", "27–28 July".
func (p *parser) dayMonth(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	d, k, ok := p.day(j)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "day-month", start: i, day: d}
	if p.mark(k, '-') || p.isAny(k, wAnd, wTo) {
		if d2, k2, ok := p.day(k + 1); ok && d2 > d {
			n.day2, k = d2, k2
		}
	}
	if p.is(k, wOf) {
		k++
	} else if h := p.hyphen(k); h > k && n.day2 == 0 {
		k = h
	}
	m, next, ok := p.month(k)
	if !ok || j > i && k == j+1 {
		return node{}, false
	}
	n.month, n.end = m, next
	if h := p.hyphen(next); h > next {
		if y, next, ok := p.year4(h); ok {
			n.year, n.end = y, next
			return n, true
		}
	}
	n.year, n.end = p.commaYear(next)
	return n, true
}

// weekdayDate reads "Tuesday", "Tuesday, January 21, 2020", "Tuesday 2
// December", "Tuesday (Dec. 2)".
func (p *parser) weekdayDate(i int) (node, bool) {
	x := p.at(i)
	if x.class != cWeekday || !x.upper {
		return node{}, false
	}
	n := node{form: fDate, rule: "weekday", start: i, end: i + 1, weekday: int(x.value)}
	if x.weak {
		dot := p.mark(i+1, '.') && p.at(i+1).glued
		if dot {
			n.end++
		}
		if !dot && p.at(i+1).kind != number && !p.mark(i+1, ',') {
			return node{}, false
		}
	}
	j := n.end
	if p.mark(j, ',') {
		j++
	}
	if p.is(j, wThe) {
		j++
	}
	for _, f := range [...]func(int) (node, bool){p.monthDate, p.dayMonth} {
		if d, ok := f(j); ok && d.day > 0 && d.day2 == 0 {
			d.weekday, d.start, d.rule = n.weekday, i, "weekday-date"
			return d, true
		}
	}
	if x.weak {
		return node{}, false
	}
	// "Sunday Times", "Bloody Sunday", "Friday Agreement": a name, not a day.
	if y := p.at(i + 1); y.kind == word && y.upper && (p.paper(i+1) || y.class == 0 && y.id == 0 && !p.nameMayFollow(i)) {
		return node{}, false
	}
	if y := p.at(i - 1); y.kind == word && y.upper && y.class == 0 && y.id == 0 && i > 1 && p.badDayName(i-1) {
		return node{}, false
	}
	return n, true
}

// nameMayFollow reports whether a capitalised word after the weekday at i may
// start something of its own: "on Tuesday President Smith said".
func (p *parser) nameMayFollow(i int) bool {
	switch p.at(i - 1).id {
	case wOn, wLast, wNext, wLate, wEarly, wThis, wSince, wUntil, wBy:
		return !p.paper(i + 1)
	}
	return i == 0 && !p.paper(i+1)
}

// paper reports whether the word at i makes a newspaper or programme of the
// weekday before it.
func (p *parser) paper(i int) bool {
	switch p.text[p.at(i).Start:p.at(i).End] {
	case "Times", "Telegraph", "Mirror", "Express", "Mail", "Post", "Herald", "Independent", "Mass", "Night", "Agreement", "School", "Gazette", "People", "Business", "World", "Sport", "Star", "Sun":
		return true
	}
	return false
}

// badDayName reports whether the word at i makes a name of the weekday after
// it: "Black Monday", "Bloody Sunday".
func (p *parser) badDayName(i int) bool {
	switch p.text[p.at(i).Start:p.at(i).End] {
	case "Black", "Bloody", "Red", "Cyber", "Ruby", "Sheffield", "Man", "Robinson", "Joe", "Rick", "Super":
		return true
	}
	return false
}

// yearDate reads a year: "2019", "2017–2018", "2019/20", "the year 2019".
func (p *parser) yearDate(i int) (node, bool) {
	j := i
	named := false
	if p.is(j, wThe) && p.is(j+1, wYear) {
		j, named = j+2, true
	}
	y, k, ok := p.year4(j)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "year", start: i, end: k, year: y}
	if !named && p.notYear(j, k) {
		return node{}, false
	}
	if h := p.hyphen(k); h > k || p.mark(k, '/') && p.at(k).glued {
		z := p.at(k + 1)
		switch {
		case z.kind != number || !z.plain || !z.glued:
		case z.digits == 4 && z.n > y && z.n < y+1000:
			n.year2, n.end = z.n, k+2
		case z.digits == 2 && z.n == (y+1)%100:
			n.year2, n.end = y+1, k+2
		case z.digits == 2 && p.mark(k, '-') && z.n > y%100:
			n.year2, n.end = y-y%100+z.n, k+2
		}
	}
	if e, ok := p.era(n.end); ok {
		n.end, n.bc = e.end, e.bc
	}
	return n, true
}

// notYear reports whether the number at i, which ends before k, is no year.
func (p *parser) notYear(i, k int) bool {
	x, y := p.at(i), p.at(k)
	prev := p.at(i - 1)
	if prev.kind == mark && !prev.glued && prev.mark != '(' && prev.mark != '"' && prev.mark != '\'' && prev.mark != '-' && prev.mark != '[' {
		if prev.mark == '$' || prev.mark == '#' || prev.mark == '*' {
			return true
		}
	}
	if prev.kind == mark && x.glued {
		switch prev.mark {
		case '$', '#', '*', '.', '@', '+', '=', '_', '&':
			return true
		case ':', '/':
			return p.at(i-2).kind == number
		case '-': // "Il-2000", "300-2000"
			z := p.at(i - 2)
			if p.isAny(i-2, wMid, wEarly, wLate, wPre, wPost) {
				return false
			}
			return prev.glued && (z.kind == word && z.class != cMonth || z.kind == number && z.digits != 4)
		}
	}
	if prev.kind == word && x.glued {
		return true
	}
	switch {
	case p.mark(k, '%'), p.mark(k, ':') && y.glued && p.at(k+1).kind == number && p.at(k+1).glued:
		return true
	case p.zoneAt(k), p.is(k, wHours), y.class == cUnits, y.class == cUnit && p.hyphen(k) == k:
		return true
	}
	if p.hyphen(k) > k && p.at(k+1).kind == word && p.at(k+1).End-p.at(k+1).Start <= 4 {
		return true // "2019-nCoV"
	}
	inYear := false
	switch prev.id {
	case wIn, wSince, wUntil, wFrom, wDuring, wBy, wOf, wBefore, wAfter, wEarly, wLate, wMid, wThe, wTo, wBetween, wAnd, wEnd:
		inYear = true
	}
	if x.n < 1600 {
		return !inYear || prev.id == wOf || prev.id == wThe || prev.id == wTo || prev.id == wBy || prev.id == wAnd || p.countedNoun(k)
	}
	if prev.id == wThan || prev.id == wNearly || prev.id == wAlmost || prev.id == wSome || prev.id == wRoughly || prev.id == wApproximately || p.isAny(i-1, wAbout, wAround) && p.countedNoun(k) || prev.id == wOver && p.countedNoun(k) {
		return true
	}
	if x.n < 1800 && !inYear && !p.mark(i-1, '(') {
		return true
	}
	if p.numbered(i - 1) {
		return true
	}
	if (!inYear || prev.id == wThe) && p.countedNoun(k) {
		return true
	}
	return false
}

// numbered reports whether the word at i is one that a number names: "Room
// 2020", "Resolution 1701".
func (p *parser) numbered(i int) bool {
	switch p.text[p.at(i).Start:p.at(i).End] {
	case "Room", "room", "Flight", "flight", "Route", "Highway", "Resolution", "resolution", "Russell", "Nasdaq", "No", "number", "Number", "Article", "Section", "Page", "page", "Channel", "Unit", "Building", "Area", "Windows", "Office", "Order", "Directive", "Bill", "Proposition", "Block", "Street", "Boeing", "Airbus", "Bus", "Lot", "Suite", "MH", "Model", "Class", "Type", "code", "Code", "Protocol":
		return true
	}
	return false
}

// countedNoun reports whether the word at i is one that a number before it
// would count: a plural in lower case.
func (p *parser) countedNoun(i int) bool {
	x := p.at(i)
	if x.kind != word || x.upper || x.id != 0 || x.class != 0 {
		return false
	}
	if t := p.xpos(i); t != "" {
		return t == "NNS" && !p.plainSeason(i)
	}
	switch w := p.text[x.Start:x.End]; w {
	case "people", "men", "women", "children", "troops", "feet", "metres", "meters", "kilometres", "kilometers", "miles", "km", "kg", "tonnes", "tons", "soldiers", "dollars", "euros", "pounds", "jobs", "acres", "hectares", "homes", "points", "votes", "cases", "deaths", "workers", "employees", "passengers", "members", "protesters", "prisoners", "refugees", "others", "residents", "students", "seats":
		return true
	}
	return false
}

// plainSeason reports whether the plural at i is often named by a year: "the
// 2020 elections", "2012 Olympics", "2019 protests".
func (p *parser) plainSeason(i int) bool {
	x := p.at(i)
	switch p.text[x.Start:x.End] {
	case "elections", "games", "protests", "talks", "primaries", "polls", "championships", "finals", "awards", "events", "attacks", "bombings", "riots", "fires", "results", "figures", "sales", "earnings", "profits", "levels", "sanctions", "accords", "agreements", "negotiations", "midterms", "caucuses", "Games", "floods", "wildfires", "reforms", "campaigns", "hostilities", "clashes", "killings", "presidential", "revenues", "prices", "standards", "estimates":
		return true
	}
	return false
}

// era reads "BC", "B.C.E.", "AD", "c.e.".
func (p *parser) era(i int) (n node, ok bool) {
	switch {
	case p.isAny(i, wBc, wBce) && p.allCaps(i):
		return node{end: i + 1, bc: true}, true
	case p.isAny(i, wAd, wCe) && p.allCaps(i):
		return node{end: i + 1}, true
	case p.is(i, wB) && p.mark(i+1, '.') && p.is(i+2, wC) && p.mark(i+3, '.'):
		n = node{end: i + 4, bc: true}
	case p.is(i, wC) && p.mark(i+1, '.') && p.is(i+2, wE) && p.mark(i+3, '.'):
		return node{end: i + 4}, true
	default:
		return node{}, false
	}
	if p.is(n.end, wE) && p.mark(n.end+1, '.') {
		n.end += 2
	}
	return n, true
}

// bareShortYear reads "’82" after a word that dates.
func (p *parser) bareShortYear(i int) (node, bool) {
	if !p.mark(i, '\'') || !p.isAny(i-1, wSince, wIn, wOf, wFrom, wBy, wUntil, wDuring) && p.at(i-1).class != cSeason {
		return node{}, false
	}
	y, next, ok := p.shortYear(i)
	return node{form: fDate, rule: "short-year", start: i, end: next, year: y}, ok
}

// eraYear reads a year that its era marks as one: "250 c.e.", "664 BC".
func (p *parser) eraYear(i int) (node, bool) {
	x := p.at(i)
	if x.kind != number || !x.plain || x.digits > 4 || x.n == 0 {
		return node{}, false
	}
	e, ok := p.era(i + 1)
	if !ok {
		return node{}, false
	}
	return node{form: fDate, rule: "era-year", start: i, end: e.end, year: x.n, bc: e.bc}, true
}

// decade reads "the 1990s", "1990s", "the ’80s", "the eighties".
func (p *parser) decade(i int) (node, bool) {
	j := i
	the := p.is(j, wThe)
	if the {
		j++
	}
	var m mod
	if the && p.isAny(j, wEarly, wMid, wLate) {
		m = map3(p.at(j).id)
		j++
		j = p.hyphen(j)
	}
	n := node{form: fDate, rule: "decade", start: i, mod: m}
	if d, ok := p.classOf(j, cDecade); ok {
		prev := p.at(j - 1)
		if the && prev.id != wFor {
			n.decade, n.end = d, j+1
			return n, true
		}
		return node{}, false
	}
	apostrophe := p.mark(j, '\'')
	if apostrophe {
		j++
	}
	x := p.at(j)
	if x.kind != number || !x.plain || x.n%10 != 0 || x.digits != 4 && x.digits != 2 {
		return node{}, false
	}
	k := j + 1
	if p.mark(k, '\'') && p.at(k).glued {
		k++
	}
	if !p.is(k, wS) || !p.at(k).glued {
		return node{}, false
	}
	if x.digits == 4 {
		if x.n < 1000 || x.n > 2190 {
			return node{}, false
		}
		n.decade, n.end = x.n, k+1
		if x.n%100 == 0 && x.n < 2000 { // "the 1800s": a century
			n.decade, n.century = 0, x.n/100+1
		}
		return n, true
	}
	if x.n == 0 || !apostrophe && !the && !(p.is(i-1, wAnd) && p.is(i-2, wS)) || p.isAny(i-1, wIn) && p.isAny(i-2, wStill) {
		return node{}, false
	}
	n.decade, n.end = x.n, k+1
	return n, true
}

func map3(id wordID) mod {
	switch id {
	case wEarly, wStart, wBeginning:
		return mEarly
	case wMid, wMiddle:
		return mMid
	case wLate, wEnd:
		return mLate
	case wEarlier:
		return mEarlier
	case wLater:
		return mLater
	}
	return mNone
}

// century reads "the 19th century", "21st-century".
func (p *parser) century(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	var m mod
	if p.isAny(j, wEarly, wMid, wLate) {
		m = map3(p.at(j).id)
		j = p.hyphen(j + 1)
	}
	c, k, ok := p.ordinal(j)
	if !ok || c > 30 {
		return node{}, false
	}
	k = p.hyphen(k)
	if !p.is(k, wCentury) {
		return node{}, false
	}
	n := node{form: fDate, rule: "century", start: i, end: k + 1, century: c, mod: m}
	if e, ok := p.era(n.end); ok {
		n.end, n.bc = e.end, e.bc
	}
	return n, true
}

// ordinal reads "third", "3rd", "last", "final".
func (p *parser) ordinal(i int) (v, next int, ok bool) {
	if v, ok := p.classOf(i, cOrdinal); ok {
		return v, i + 1, true
	}
	if p.is(i, wLast) {
		return 99, i + 1, true
	}
	x := p.at(i)
	if x.kind == number && x.plain && x.digits <= 2 && x.n > 0 && p.at(i+1).kind == word && p.ordinalSuffix(i+1) {
		return x.n, i + 2, true
	}
	// "twenty-first"
	if v, ok := p.classOf(i, cNumber); ok && v >= 20 && v <= 90 {
		if h := p.hyphen(i + 1); h > i+1 {
			if o, ok := p.classOf(h, cOrdinal); ok && o < 10 {
				return v + o, h + 1, true
			}
		}
	}
	return 0, i, false
}

// quarterDate reads "the third quarter of 2009", "third-quarter", "Q3 2009",
// "the first half of the year".
func (p *parser) quarterDate(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	n := node{form: fDate, rule: "quarter", start: i}
	if x := p.at(j + 1); p.is(j, wQ) && p.at(j).upper && x.kind == number && x.glued && x.plain && x.n >= 1 && x.n <= 4 {
		n.quarter, n.end = x.n, j+2
	} else {
		o, k, ok := p.ordinal(j)
		if !ok {
			return node{}, false
		}
		if p.isAny(k, wFiscal, wFinancial) {
			k++
		}
		k = p.hyphen(k)
		u, plural, ok := p.unitAt(k)
		switch {
		case ok && u == uQuarter && !plural && (o <= 4 || o == 99):
			n.quarter, n.end = o, k+1
			if o == 99 {
				n.quarter = 4
				if p.is(k-1, wLast) || p.is(k-2, wLast) {
					if !p.is(k+1, wOf) { // "the last quarter": relative
						return node{}, false
					}
				}
			}
		case p.is(k, wHalf) && o <= 2:
			n.half, n.end, n.rule = o, k+1, "half-year"
			if !p.is(k+1, wOf) {
				return node{}, false
			}
		default:
			return node{}, false
		}
	}
	// of 2009, of last year, of the year
	j = n.end
	if p.is(j, wOf) || p.is(j, wIn) {
		j++
	}
	if y, next, ok := p.year4(j); ok {
		n.year, n.end = y, next
		return n, true
	}
	if r, ok := p.relUnit(j); ok && r.unit == uYear {
		n.rel, n.end = r.rel, r.end
		return n, true
	}
	if p.isAny(j, wFiscal) {
		if y, next, ok := p.year4(j + 1); ok {
			n.year, n.end, n.fiscal = y, next, true
			return n, true
		}
	}
	if n.half > 0 {
		return node{}, false
	}
	return n, true
}

// fiscalYear reads "fiscal 2009", "fiscal year 2009", "the 2019/20 fiscal
// year", "FY2009".
func (p *parser) fiscalYear(i int) (node, bool) {
	j := i
	n := node{form: fDate, rule: "fiscal-year", start: i, fiscal: true}
	if p.is(j, wFY) && p.allCaps(j) {
		x := p.at(j + 1)
		if x.kind == number && x.plain && (x.digits == 4 || x.digits == 2) {
			n.year, n.end = x.n, j+2
			if x.digits == 2 {
				n.year += 2000
			}
			return n, true
		}
		return node{}, false
	}
	if p.is(j, wThe) {
		j++
	}
	if p.isAny(j, wFiscal, wFinancial) {
		k := j + 1
		if p.is(k, wYear) {
			k++
		}
		if y, next, ok := p.year4(k); ok {
			n.year, n.end = y, next
			return n, true
		}
		return node{}, false
	}
	y, k, ok := p.year4(j)
	if !ok {
		return node{}, false
	}
	n.year = y
	if z := p.at(k + 1); (p.mark(k, '/') || p.mark(k, '-')) && z.kind == number && z.glued {
		n.year2 = y + 1
		k += 2
	}
	if p.isAny(k, wFiscal, wFinancial) && p.is(k+1, wYear) {
		n.end = k + 2
		return n, true
	}
	return node{}, false
}

// seasonDate reads "spring", "summer 2019", "the winter of 2010".
func (p *parser) seasonDate(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	s, ok := p.classOf(j, cSeason)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "season", start: i, end: j + 1, season: s}
	k := j + 1
	if p.is(k, wOf) {
		k++
	}
	if y, next, ok := p.year4(k); ok {
		n.year, n.end = y, next
		return n, true
	}
	if p.at(j).weak {
		switch {
		case p.at(j).value == 3: // fall
			if !p.isAny(i-1, wIn, wSince, wUntil, wBy, wDuring) && !(p.is(i, wThe) && p.isAny(i-1, wIn, wDuring)) || p.is(k, wFor) || k != j+1 {
				return node{}, false
			}
			if !p.is(i, wThe) && p.is(i-1, wIn) && p.tag(j) == "VERB" {
				return node{}, false
			}
		default: // spring
			if !p.isAny(i-1, wIn, wSince, wUntil, wBy, wDuring, wEarly, wLate, wOf) {
				return node{}, false
			}
		}
	}
	if p.at(j).upper && j > 0 && p.at(j+1).upper || p.at(j-1).upper && p.at(j).upper && !p.is(j-1, wThe) {
		return node{}, false // "Summer Olympics", "Arab Spring"
	}
	return n, true
}

// relWord reads the word that counts from the anchor: this, last, next, the
// following.
func (p *parser) relWord(i int) (r rel, next int, ok bool) {
	j := i
	the := p.is(j, wThe)
	if the {
		j++
	}
	switch p.at(j).id {
	case wThis, wCurrent:
		if p.is(j, wThis) && the {
			return 0, i, false
		}
		if p.isAny(j+1, wPast, wLast) {
			return relLast, j + 2, true
		}
		if p.isAny(j+1, wComing, wNext, wUpcoming) {
			return relNext, j + 2, true
		}
		if p.isAny(j+1, wCurrent, wSame) {
			return relThis, j + 2, true
		}
		return relThis, j + 1, true
	case wLast, wPast:
		if p.is(j, wLast) && p.is(j+1, wPast) {
			return relLast, j + 2, true
		}
		return relLast, j + 1, true
	case wNext:
		if the {
			return relFollow, j + 1, true
		}
		return relNext, j + 1, true
	case wComing, wUpcoming:
		return relNext, j + 1, true
	case wPrevious, wPreceding:
		return relPrev, j + 1, true
	case wFollowing:
		return relFollow, j + 1, true
	case wSame:
		if the {
			return relSame, j + 1, true
		}
	case wThat:
		if p.is(j+1, wSame) {
			return relSame, j + 2, true
		}
		return relSame, j + 1, true
	}
	if the {
		return relThe, j, true
	}
	return 0, i, false
}

// relUnit reads "this week", "last year", "the following day", "that night",
// "last March", "next Tuesday", "this summer", "last Christmas", "the week".
func (p *parser) relUnit(i int) (node, bool) {
	r, j, ok := p.relWord(i)
	if !ok {
		return node{}, false
	}
	n := node{form: fRel, rule: "relative", start: i, rel: r}
	if p.isAny(j, wFull, wWhole, wEntire, wVery) || p.isAny(j, wCalendar, wFiscal, wFinancial) {
		n.fiscal = p.isAny(j, wFiscal, wFinancial)
		n.whole = p.isAny(j, wFull, wWhole, wEntire)
		j++
	}
	if u, plural, ok := p.unitAt(j); ok && !plural {
		n.unit, n.end = u, j+1
		if p.is(j-1, wPast) && u != uWeekend && u != uNight {
			return node{}, false // a period
		}
		if u < uDay && r != relSame && r != relLast && r != relNext {
			return node{}, false
		}
		if r == relThe {
			return p.theUnit(n)
		}
		if r == relSame && p.is(j-1, wThat) && u < uNight && u != uDay {
			return node{}, false
		}
		if p.at(j).id == wYear && p.hyphen(n.end) > n.end && p.is(n.end+1, wEnd) {
			n.mod, n.end = mLate, n.end+2
		}
		if (r == relLast || r == relPrev) && p.is(i, wThe) && u >= uDay && p.is(j+1, wOf) {
			return node{}, false // "the last day of"
		}
		if r == relLast && p.is(i, wThe) && u == uDay {
			return node{}, false
		}
		if u == uNight {
			n.unit, n.part, n.clock = uDay, partNight, true
			n.hour = -1
		}
		return n, true
	}
	if r == relThe {
		return node{}, false
	}
	if m, next, ok := p.month(j); ok {
		if d, _, ok := p.day(next); ok && d > 0 {
			return node{}, false
		}
		n.form, n.month, n.end = fDate, m, next
		n.rule = "relative-month"
		return n, true
	}
	if x := p.at(j); x.class == cWeekday && x.upper && !x.weak {
		n.form, n.weekday, n.end = fDate, int(x.value), j+1
		n.rule = "relative-weekday"
		return n, true
	}
	if s, ok := p.classOf(j, cSeason); ok && !(p.at(j).upper && p.at(j+1).upper) {
		n.form, n.season, n.end = fDate, s, j+1
		n.rule = "relative-season"
		return n, true
	}
	if v, ok := p.classOf(j, cPart); ok && v <= partEvening {
		n.unit, n.end, n.part, n.clock, n.hour = uDay, j+1, v, true, -1
		n.rule = "relative-part"
		return n, true
	}
	if h, next, ok := p.holidayName(j); ok {
		n.form, n.holiday, n.end = fDate, h, next
		n.rule = "holiday"
		return n, true
	}
	return node{}, false
}

// theUnit decides whether "the day", "the week", "the weekend" or "the year"
// is a time by itself.
func (p *parser) theUnit(n node) (node, bool) {
	switch n.unit {
	case uWeek, uWeekend, uYear, uMonth, uDay:
	default:
		return node{}, false
	}
	n.rule = "the-unit"
	next := p.at(n.end)
	switch {
	case p.mark(n.end, '-'), next.id == wBefore, next.id == wAfter, next.kind == number:
		return node{}, false
	case next.id == wOf, next.id == wThat, next.id == wTo, next.kind == word && next.upper && n.unit == uDay:
		return node{}, false
	case next.kind == word && next.id == 0 && next.class == 0 && n.unit != uWeekend && n.unit != uWeek:
		return node{}, false
	}
	return n, true
}

// deictic reads "today", "yesterday", "tomorrow", "tonight".
func (p *parser) deictic(i int) (node, bool) {
	v, ok := p.classOf(i, cDeictic)
	if !ok {
		return node{}, false
	}
	x := p.at(i)
	if x.upper && i > 0 && (p.at(i-1).upper && !p.mark(i-1, '"') && p.at(i-1).kind == word && p.at(i-1).class != cPart) {
		return node{}, false // "USA Today"
	}
	n := node{form: fDeictic, rule: "deictic", start: i, end: i + 1, deictic: v}
	if v == 2 {
		n.deictic, n.clock, n.part, n.hour = 0, true, partNight, -1
	}
	return n, true
}

// holiday reads the name of a holiday, perhaps with its year.
func (p *parser) holiday(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	h, k, ok := p.holidayName(j)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "holiday", start: i, end: k, holiday: h}
	if y, next := p.commaYear(k); y > 0 {
		n.year, n.end = y, next
	}
	return n, true
}

// samePeriod reads "the same period last year", "the same month a year ago",
// "the same quarter of the previous year".
func (p *parser) samePeriod(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	if !p.is(j, wSame) {
		return node{}, false
	}
	n := node{form: fRel, rule: "same-period", start: i, rel: relSame, back: 1}
	u, plural, ok := p.unitAt(j + 1)
	switch {
	case ok && !plural && u >= uDay:
		n.unit = u
	case !p.isAny(j+1, wPeriod, wTime):
		return node{}, false
	}
	k := j + 2
	if p.isAny(k, wOf, wIn) {
		k++
	}
	if r, ok := p.relUnit(k); ok && r.unit == uYear && (r.rel == relLast || r.rel == relPrev) {
		n.end = r.end
		return n, true
	}
	l, ok := p.length(k)
	if !ok {
		return node{}, false
	}
	if o, ok := p.offset(l); ok && o.unit == uYear && o.sign < 0 && o.n == float64(int(o.n)) && o.n > 0 && o.n < 100 {
		n.back, n.end = int(o.n), o.end
		return n, true
	}
	return node{}, false
}

// weekOf reads "the week of October 21": the week that holds the day.
func (p *parser) weekOf(i int) (node, bool) {
	if !p.is(i, wThe) || !p.is(i+1, wWeek) || !p.is(i+2, wOf) {
		return node{}, false
	}
	for _, f := range [...]func(int) (node, bool){p.monthDate, p.dayMonth} {
		if d, ok := f(i + 3); ok && d.day > 0 && d.day2 == 0 {
			d.unit, d.start, d.rule = uWeek, i, "week-of"
			return d, true
		}
	}
	return node{}, false
}

// nthOf reads "the last weekend of July", "the first week of March", "the
// third Thursday in November".
func (p *parser) nthOf(i int) (node, bool) {
	j := i
	if p.is(j, wThe) {
		j++
	}
	o, k, ok := p.ordinal(j)
	if !ok {
		return node{}, false
	}
	n := node{form: fDate, rule: "nth-of", start: i, nth: o}
	if u, plural, ok := p.unitAt(k); ok && !plural && (u == uWeek || u == uWeekend || u == uDay) {
		n.unit = u
	} else if x := p.at(k); x.class == cWeekday && !x.weak {
		n.weekday = int(x.value)
	} else {
		return node{}, false
	}
	k++
	if !p.isAny(k, wOf, wIn) {
		return node{}, false
	}
	m, next, ok := p.month(k + 1)
	if !ok {
		return node{}, false
	}
	n.month, n.end = m, next
	n.year, n.end = p.commaYear(next)
	return n, true
}

// date reads the longest date at i.
func (p *parser) date(i int) (best node, ok bool) {
	s := p.starts(i)
	for k := range dateRules {
		if r := &dateRules[k]; r.starts&s != 0 {
			if n, found := r.read(p, i); found && n.end > best.end {
				best, ok = n, true
			}
		}
	}
	return best, ok
}

// clock reads a time of day: "4 p.m.", "10:30", "1600 GMT", "noon", "half past
// three", with its zone.
func (p *parser) clock(i int) (node, bool) {
	n := node{form: fClock, rule: "clock", start: i, clock: true, hour: -1, min: -1, sec: -1}
	x := p.at(i)
	switch {
	case x.kind == number && x.plain && x.digits <= 2 && x.n <= 24:
		n.hour, n.end = x.n, i+1
		y := p.at(i + 2)
		sep := p.at(i + 1)
		if sep.kind == mark && sep.mark == ':' && sep.glued && y.kind == number && y.glued && y.digits == 2 && y.n < 60 && y.plain {
			n.min, n.end = y.n, i+3
			if z := p.at(i + 4); p.mark(i+3, ':') && z.kind == number && z.glued && z.digits == 2 && z.n < 61 {
				n.sec, n.end = z.n, i+5
			}
		}
	case x.kind == number && !x.plain && x.digits <= 2 && x.n <= 12 && x.End-x.Start <= 5 && p.halfDayAt(i+1):
		// "4.30 p.m."
		m := 0
		for _, c := range []byte(p.text[x.End-2 : x.End]) {
			if c < '0' || c > '9' {
				return node{}, false
			}
			m = m*10 + int(c-'0')
		}
		if m > 59 {
			return node{}, false
		}
		n.hour, n.min, n.end = x.n, m, i+1
	case x.kind == number && x.plain && x.digits == 4 && x.n < 2400 && x.n%100 < 60:
		z := i + 1
		if p.is(z, wHours) {
			z++
		}
		if !p.zoneOrLocal(z) && z == i+1 {
			return node{}, false
		}
		n.hour, n.min, n.end = x.n/100, x.n%100, z
		p.zone(&n)
		return n, true
	case x.class == cPart && (x.value == partNoon || x.value == partMidnight):
		n.hour, n.min, n.end, n.rule = 12, 0, i+1, "noon"
		if x.value == partMidnight {
			n.hour, n.rule = 24, "midnight"
		}
		p.zone(&n)
		return n, true
	default:
		h, ok := p.classOf(i, cNumber)
		if !ok || h > 12 {
			return node{}, false
		}
		n.hour, n.end = h, i+1
		if !p.oclock(n.end) && !p.inThePart(n.end) {
			return node{}, false
		}
	}
	timed := n.min >= 0
	if p.oclock(n.end) {
		timed = true
		if p.is(n.end, wOclock) {
			n.end++
		} else {
			n.end += 3
		}
	}
	if half, next, ok := p.halfDay(n.end); ok {
		if n.hour > 12 && half == 0 || n.hour == 0 && half == 12 {
			return node{}, false
		}
		if n.hour <= 12 {
			n.hour = n.hour%12 + half
		}
		timed, n.end = true, next
	} else if p.inThePart(n.end) {
		v := partNight
		if u, ok := p.classOf(n.end+2, cPart); ok {
			v = u
		}
		if p.is(n.end, wAt) {
			v = partNight
			n.end += 2
		} else {
			n.end += 3
		}
		if (v == partAfternoon || v == partEvening || v == partNight && n.hour >= 6) && n.hour < 12 {
			n.hour += 12
		}
		timed = true
	}
	if n.min >= 0 && n.end == i+3 && p.notClock(i) {
		return node{}, false
	}
	if !timed && !(p.zoneAt(n.end) && p.isAny(i-1, wAt, wBy, wUntil)) {
		return node{}, false
	}
	p.zone(&n)
	return n, true
}

// notClock reports whether "3:21" at i is no time of day: a score, a verse, a
// ratio, a lap.
func (p *parser) notClock(i int) bool {
	prev := p.at(i - 1)
	if prev.kind == word && prev.upper && prev.class == 0 && prev.id == 0 {
		return true
	}
	if p.at(i).digits == 1 && !p.zoneOrLocal(i+3) && !p.isAny(i-1, wAt, wBy, wFrom, wTo, wUntil, wAround, wAbout, wSince, wBefore, wAfter, wBetween) && prev.class != cWeekday {
		return true // "won 3:2" needs no clock; "at 3:21" has one
	}
	return p.mark(i+3, ':') || p.mark(i+3, '.') && p.at(i+3).glued && p.at(i+4).kind == number
}

func (p *parser) oclock(i int) bool {
	return p.is(i, wOclock) || p.is(i, wO) && p.mark(i+1, '\'') && p.is(i+2, wClock)
}

// inThePart reports whether "in the morning" or "at night" stands at i.
func (p *parser) inThePart(i int) bool {
	if p.is(i, wIn) && p.is(i+1, wThe) {
		v, ok := p.classOf(i+2, cPart)
		return ok && v <= partEvening
	}
	return p.is(i, wAt) && p.is(i+1, wNight)
}

func (p *parser) halfDayAt(i int) bool { _, _, ok := p.halfDay(i); return ok }

// halfDay reads "a.m.", "pm": 0 or 12 hours to add.
func (p *parser) halfDay(i int) (hours, next int, ok bool) {
	switch {
	case p.is(i, wAm):
		return 0, i + 1, true
	case p.is(i, wPm):
		return 12, i + 1, true
	case p.isAny(i, wA, wP) && p.mark(i+1, '.') && p.is(i+2, wM) && p.at(i+2).glued:
		next = i + 3
		if p.mark(next, '.') && p.at(next).glued && !p.endsSentence(next) {
			next++
		}
		if p.is(i, wP) {
			return 12, next, true
		}
		return 0, next, true
	}
	return 0, i, false
}

// endsSentence reports whether the point at i is the last lexeme. TimeML keeps
// the point of "p.m." within the expression even there.
func (p *parser) endsSentence(int) bool { return false }

func (p *parser) zoneOrLocal(i int) bool {
	return p.zoneAt(i) || p.is(i, wLocal) && p.is(i+1, wTime)
}

// zone reads the zone after a time of day: "UTC", "local time", "(GMT)",
// "Moscow time", "Eastern Daylight Time", "GMT+3".
func (p *parser) zone(n *node) {
	j := n.end
	if p.mark(j, ',') && (p.is(j+1, wLocal) && p.is(j+2, wTime) || p.zoneAt(j+1)) {
		j++
	}
	paren := p.mark(j, '(') && p.zoneAt(j+1)
	if paren {
		j++
	}
	switch {
	case p.is(j, wZ) && p.at(j).glued && p.at(j).upper:
		n.hasZone, n.zone, n.end = true, 0, j+1
	case p.zoneAt(j):
		z := p.at(j)
		n.hasZone, n.zone = true, int(z.value)
		k := j + 1
		if x := p.at(k + 1); (p.mark(k, '+') || p.mark(k, '-')) && p.at(k).kind == mark && x.kind == number && x.glued && x.n <= 14 && z.value == 0 {
			n.zone = 60 * x.n
			if p.mark(k, '-') {
				n.zone = -n.zone
			}
			k += 2
		}
		if paren {
			if !p.mark(k, ')') {
				n.hasZone = false
				return
			}
			k++
		}
		n.end = k
	case p.is(j, wLocal) && p.is(j+1, wTime):
		n.end = j + 2
	case p.isAny(j, wEastern, wPacific, wCentral, wMountain, wMoscow):
		z := 180
		switch p.at(j).id {
		case wEastern:
			z = -300
		case wCentral:
			z = -360
		case wMountain:
			z = -420
		case wPacific:
			z = -480
		}
		k := j + 1
		if p.is(k, wStandard) {
			k++
		} else if p.is(k, wDaylight) {
			z += 60
			k++
		}
		if p.is(k, wTime) {
			n.hasZone, n.zone, n.end = true, z, k+1
		}
	case p.at(j).upper && p.is(j+1, wTime) && p.at(j).class == 0 && p.at(j).id == 0:
		n.end = j + 2 // "Kyiv time": local
	}
}

// partOfDay reads "the morning", "the early hours", "that evening" (by
// relUnit), "overnight", "the middle of the night", "dawn", "pre-dawn".
func (p *parser) partOfDay(i int) (node, bool) {
	n := node{form: fClock, rule: "part-of-day", start: i, clock: true, hour: -1, min: -1, sec: -1}
	j := i
	the := p.is(j, wThe)
	if the {
		j++
	}
	if p.is(j, wPre) && p.is(p.hyphen(j+1), wDawn) {
		n.part, n.end = partSmallHours, p.hyphen(j+1)+1
		return n, true
	}
	if the && p.isAny(j, wEarly, wSmall) && p.is(j+1, wHours) {
		n.part, n.end = partSmallHours, j+2
		if p.is(j+1, wMorning) {
			n.end++
		}
		return n, true
	}
	if the && p.is(j, wEarly) && p.is(j+1, wMorning) && p.is(j+2, wHours) {
		n.part, n.end = partSmallHours, j+3
		return n, true
	}
	if the && p.is(j, wMiddle) && p.is(j+1, wOf) && p.is(j+2, wThe) && p.is(j+3, wNight) {
		n.part, n.end = partNight, j+4
		return n, true
	}
	if the && p.isAny(j, wEarly, wMid, wLate) {
		n.mod = map3(p.at(j).id)
		j = p.hyphen(j + 1)
	}
	v, ok := p.classOf(j, cPart)
	if !ok && p.is(j, wNight) && the {
		v, ok = partNight, true
	}
	if !ok {
		return node{}, false
	}
	switch v {
	case partOvernight:
		if p.at(j+1).kind == word && p.tag(j) == "ADJ" {
			return node{}, false
		}
		v = partOvernight
	case partMorning, partAfternoon, partEvening, partNight:
		if !the {
			return node{}, false
		}
		if p.mark(j+1, '-') || p.at(j).upper {
			return node{}, false
		}
	case partNoon, partMidnight:
		return node{}, false
	default:
		if p.at(j).upper && j > 0 {
			return node{}, false
		}
	}
	n.part, n.end = v, j+1
	if p.is(n.end, wHours) {
		n.end++
	}
	return n, true
}
