package timex

// A start is a set of what a lexeme may begin. Most lexemes begin nothing, and
// most of the others one or two things: the rules are tried only where they
// may hold.
type start uint32

const (
	sNumber    start = 1 << iota // 14, 2025
	sNumeral                     // five, twenty
	sMonth                       // October
	sWeekday                     // Tuesday
	sThe                         // the
	sRel                         // this, last, next, following
	sSeason                      // summer
	sOrdinal                     // third, last
	sDeictic                     // yesterday
	sQuote                       // ’82
	sEarly                       // early, mid, late
	sQuarter                     // Q3
	sFiscal                      // fiscal, FY
	sHoliday                     // Christmas
	sSame                        // same
	sPart                        // overnight, noon, dawn, pre-dawn
	sSet                         // every, daily
	sLength                      // five, a, several, weeks
	sPeriod                      // the past, these, recent
	sReference                   // now, the future
	sBlur                        // about, more than
	sNarrow                      // late, the end of
	sSince                       // since

	sDate  = sNumber | sNumeral | sMonth | sWeekday | sThe | sRel | sSeason | sOrdinal | sDeictic | sQuote | sEarly | sQuarter | sFiscal | sHoliday | sSame
	sTimed = sDate | sPart
)

// starts returns what lexeme i may begin.
func (p *parser) starts(i int) start {
	x := p.at(i)
	switch x.kind {
	case number:
		if x.n == 4 && p.at(i+1).glued { // "4th of July"
			return sNumber | sLength | sHoliday
		}
		return sNumber | sLength
	case mark:
		if x.mark == '\'' {
			return sQuote
		}
		return 0
	case word:
	default:
		return 0
	}
	var s start
	switch x.class {
	case cMonth:
		s = sMonth
		if x.value == 5 { // "May Day"
			s |= sHoliday
		}
	case cWeekday:
		s = sWeekday | sSet
	case cUnits:
		s = sLength
	case cUnit:
		if x.also == cOrdinal {
			s = sOrdinal
		}
	case cNumber:
		s = sNumeral | sLength
	case cOrdinal:
		s = sOrdinal
	case cPart:
		s = sPart
	case cSeason:
		s = sSeason
	case cDeictic:
		s = sDeictic
	case cPresent, cPast, cFuture:
		s = sReference
	case cVague:
		s = sLength
	case cFrequency:
		s = sSet
	}
	if x.class == cPast {
		s |= sPeriod
	}
	switch x.id {
	case 0:
		if x.upper && x.class == 0 && holidayStart(p.text[x.Start:x.End]) {
			s |= sHoliday
		}
	case wThe:
		if y := p.at(i + 1); y.kind == number || y.id != 0 || y.class != 0 || y.mark == '\'' || y.upper && holidayStart(p.text[y.Start:y.End]) {
			s |= sThe | sPeriod | sReference | sNarrow
		}
	case wThis, wCurrent, wLast, wPast, wNext, wComing, wUpcoming, wPrevious, wPreceding, wFollowing, wThat:
		s |= sRel | sPeriod | sReference
		if x.id == wLast {
			s |= sOrdinal
		}
	case wThese, wThose:
		s |= sPeriod
	case wRecent, wNear, wFuture:
		s |= sPeriod | sReference
	case wSame:
		s |= sSame
	case wEarly, wLate, wMid:
		s |= sEarly | sNarrow
	case wEarlier, wLater, wEnd, wStart, wBeginning, wMiddle:
		s |= sNarrow
	case wFiscal, wFinancial, wFY:
		s |= sFiscal
	case wQ:
		s |= sQuarter
	case wPre:
		s |= sPart
	case wA, wAn, wHalf, wAnother, wCouple:
		s |= sLength
	case wEvery, wEach, wPer, wOnce, wTwice, wTimes:
		s |= sSet
	case wAbout, wAround, wNearly, wAlmost, wApproximately, wRoughly, wSome, wOver, wUnder, wExactly, wMore, wLess, wFewer, wUp, wAt:
		s |= sBlur
	case wSince:
		s = sSince
	}
	return s
}

// A dateRule is one form of date, with what it starts with and an example.
type dateRule struct {
	name, example string
	starts        start
	read          func(*parser, int) (node, bool)
}

// dateRules are tried in this order; the longest date wins, and of several as
// long the first.
var dateRules = [...]dateRule{
	{"iso-date", "2025-12-03", sNumber, (*parser).isoDate},
	{"numeric-date", "12/03/2025", sNumber, (*parser).numericDate},
	{"month-day", "October 14, 2025", sMonth, (*parser).monthDate},
	{"day-month", "14 October 2025", sNumber | sThe, (*parser).dayMonth},
	{"weekday", "Tuesday", sWeekday, (*parser).weekdayDate},
	{"year", "2019", sNumber | sThe, (*parser).yearDate},
	{"era-year", "664 BC", sNumber, (*parser).eraYear},
	{"decade", "the 1990s", sNumber | sThe | sQuote, (*parser).decade},
	{"century", "the 19th century", sNumber | sThe | sOrdinal | sNumeral | sEarly, (*parser).century},
	{"quarter", "the third quarter of 2030", sThe | sOrdinal | sNumber | sQuarter | sNumeral, (*parser).quarterDate},
	{"fiscal-year", "fiscal 2029", sThe | sFiscal | sNumber, (*parser).fiscalYear},
	{"season", "the winter of 2010", sThe | sSeason, (*parser).seasonDate},
	{"relative", "last year", sThe | sRel, (*parser).relUnit},
	{"deictic", "yesterday", sDeictic, (*parser).deictic},
	{"holiday", "Christmas", sThe | sHoliday, (*parser).holiday},
	{"nth-of", "the last weekend of July", sThe | sOrdinal | sNumber | sNumeral, (*parser).nthOf},
	{"week-of", "the week of October 21", sThe, (*parser).weekOf},
	{"day-before", "the day before", sThe, (*parser).dayBefore},
	{"short-year", "’82", sQuote, (*parser).bareShortYear},
	{"same-period", "the same period last year", sThe | sSame, (*parser).samePeriod},
}
