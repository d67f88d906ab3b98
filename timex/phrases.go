package timex

// number reads how many: "5", "five", "twenty-five", "2.5", "half a", "a",
// "several", "a few", "a couple of", "one to four", "two and a half",
// "18+". vague is set where no number is given.
func (p *parser) number(i int) (v float64, vague bool, next int, ok bool) {
	switch {
	case p.is(i, wHalf) && p.isAny(i+1, wA, wAn), p.is(i, wHalf) && p.mark(i+1, '-'):
		return 0.5, false, i + 2, true
	case p.isAny(i, wA, wAn) && p.is(i+1, wHalf) && p.hyphen(i+2) > i+2:
		return 0.5, false, i + 3, true
	case p.isAny(i, wA, wAn) && p.is(i+1, wFew):
		return 0, true, i + 2, true
	case p.isAny(i, wA, wAn) && p.is(i+1, wCouple), p.is(i, wCouple):
		j := i + 1
		if !p.is(i, wCouple) {
			j++
		}
		if p.is(j, wOf) {
			j++
		}
		return 2, false, j, true
	case p.isAny(i, wA, wAn):
		j := i + 1
		if x, ok := p.classOf(j, cNumber); ok && x >= 100 {
			return float64(x), false, j + 1, true
		}
		if p.isAny(j, wFull, wWhole, wMere, wSecond) && !(p.is(j, wSecond) && true) {
			j++
		}
		return 1, false, j, true
	case p.is(i, wAnother) && p.is(i+1, wAnother):
		return 0, false, i, false
	case p.is(i, wAnother):
		if v, vague, next, ok := p.number(i + 1); ok && !p.isAny(i+1, wA, wAn) {
			return v, vague, next, true
		}
		return 1, false, i + 1, true
	}
	x := p.at(i)
	if x.class == cVague {
		j := i + 1
		if p.is(j, wOf) {
			j++
		}
		return 0, true, j, x.value == 1
	}
	v, next, ok = p.numeral(i)
	if !ok {
		return 0, false, i, false
	}
	// "one to four", "200–400", "two or three", "between two and four"
	if p.isAny(next, wTo, wOr) || p.mark(next, '-') {
		if w, k, ok := p.numeral(next + 1); ok && (!p.mark(next, '-') || p.at(k).kind == word || p.mark(k, '-')) {
			if w > v {
				return v, true, k, true
			}
		}
	}
	if p.is(next, wAnd) && p.is(next+1, wA) && p.is(next+2, wHalf) {
		return v + 0.5, false, next + 3, true
	}
	if p.mark(next, '+') && p.at(next).glued {
		next++
	}
	return v, false, next, true
}

// numeral reads a cardinal in digits or words.
func (p *parser) numeral(i int) (v float64, next int, ok bool) {
	x := p.at(i)
	if x.kind == number {
		if p.at(i-1).kind == mark && x.glued {
			switch p.at(i - 1).mark {
			case '$', '#', ':', '/', '*', '.':
				return 0, i, false
			}
		}
		v, next = float64(x.n)+x.frac, i+1
	} else {
		n, isNumber := p.classOf(i, cNumber)
		if !isNumber {
			return 0, i, false
		}
		v, next = float64(n), i+1
		if n >= 20 && n < 100 {
			k := p.hyphen(next)
			if u, ok := p.classOf(k, cNumber); ok && u < 10 && (k > next || p.at(k).kind == word) {
				v, next = v+float64(u), k+1
			}
		}
	}
	if m, isNumber := p.classOf(next, cNumber); isNumber && m >= 100 {
		v *= float64(m)
		next++
		if p.is(next, wAnd) {
			if u, ok := p.classOf(next+1, cNumber); ok && u < 100 {
				v, next = v+float64(u), next+2
			}
		}
	}
	return v, next, true
}

// length reads a number and a unit: "five hours", "five-hour", "two and a half
// years", "decades", "a year and a half", "5-day", "weeks-long".
func (p *parser) length(i int) (node, bool) {
	n := node{form: fDuration, rule: "duration", start: i, sign: 0}
	j := i
	v, vague, next, ok := p.number(i)
	if ok {
		n.n, n.vague = v, vague
		j = next
	} else {
		n.vague = true
	}
	if ok {
		j = p.hyphen(j)
		if p.isAny(j, wMore, wFull, wStraight, wConsecutive, wWhole, wWorking, wBusiness, wTrading, wCalendar, wMere, wLong, wFurther, wAdditional) {
			j++
		}
		if p.is(j, wOther) {
			return node{}, false
		}
	}
	u, plural, isUnit := p.unitAt(j)
	switch {
	case !isUnit, !ok && !plural:
		return node{}, false
	case ok && !plural && p.hyphen(j) == j && p.at(j-1).kind != mark && !p.singularAfter(i, j):
		return node{}, false
	}
	if p.at(j).upper && p.at(j).Start > 0 && j > 0 && !p.at(i).upper {
		return node{}, false
	}
	n.unit, n.end = u, j+1
	if !ok {
		n.rule = "bare-units"
	}
	if p.hyphen(n.end) > n.end && p.is(n.end+1, wLong) {
		n.end += 2
	} else if p.hyphen(n.end) > n.end && p.is(n.end+1, wOld) || p.is(n.end, wOld) || p.is(n.end, wOf) && p.is(n.end+1, wAge) {
		n.rule = "age"
		if p.hyphen(n.end) > n.end {
			n.end += 2
		} else if p.is(n.end, wOld) {
			n.end++
		}
		return n, true
	}
	// "a year and a half", "two hours and ten minutes", "5 hours, 30 minutes"
	if p.is(n.end, wAnd) && p.is(n.end+1, wA) && p.is(n.end+2, wHalf) {
		if n.n > 0 {
			n.n += 0.5
		}
		n.end += 3
	}
	return n, true
}

// singularAfter reports whether the singular unit at j may follow the number
// at i: "a year", "one day", "half an hour", "a two and a half year".
func (p *parser) singularAfter(i, j int) bool {
	if p.isAny(i, wA, wAn, wOne, wHalf, wAnother) || p.is(j-1, wHalf) {
		return true
	}
	x := p.at(i)
	if y := p.at(j + 1); (x.kind == number && x.plain || x.class == cNumber) && y.kind == word && !y.upper && y.id == 0 && y.class == 0 && j == i+1 {
		return true // "a 40 month sentence"
	}
	return x.kind == number && (x.n == 1 || p.is(i-1, wA)) || p.is(i-1, wA)
}

// offset reads the length n as what is counted from a point: "three days ago", "a day
// earlier", "two weeks later", "hours before", "six months from now", "a few
// years thereafter".
func (p *parser) offset(n node) (node, bool) {
	if n.rule == "age" {
		return node{}, false
	}
	n.form, n.rule = fOffset, "offset"
	j := n.end
	switch p.at(j).id {
	case wAgo:
		n.sign, n.end = -1, j+1
	case wEarlier:
		n.sign, n.told, n.end = -1, true, j+1
	case wLater, wThereafter, wAfterwards:
		if p.at(j+1).id == wThan {
			return node{}, false
		}
		n.sign, n.told, n.end = 1, true, j+1
	case wHence:
		n.sign, n.end = 1, j+1
	case wFrom:
		if p.is(j+1, wNow) || p.at(j+1).class == cDeictic && p.at(j+1).value == 0 {
			n.sign, n.end = 1, j+2
			return n, true
		}
		return node{}, false
	case wBefore:
		if p.at(j+1).kind == word {
			return node{}, false
		}
		n.sign, n.told, n.end = -1, true, j+1
	case wAfter:
		if p.at(j+1).kind == word {
			return node{}, false
		}
		n.sign, n.told, n.end = 1, true, j+1
	default:
		return node{}, false
	}
	return n, true
}

// dayBefore reads "the day before", "the week after", "the night before" at
// the end of a clause or before a noun phrase, and "the day before yesterday".
func (p *parser) dayBefore(i int) (node, bool) {
	if !p.is(i, wThe) {
		return node{}, false
	}
	u, plural, ok := p.unitAt(i + 1)
	if !ok || plural || u < uDay {
		return node{}, false
	}
	n := node{form: fRel, rule: "day-before", start: i, end: i + 3, unit: u}
	switch p.at(i + 2).id {
	case wBefore, wPrevious:
		n.rel = relPrev
	case wAfter:
		n.rel = relFollow
	default:
		return node{}, false
	}
	if v, ok := p.classOf(i+3, cDeictic); ok && u == uDay {
		n.end++
		n.form = fDeictic
		n.deictic = v + 1
		if p.is(i+2, wBefore) {
			n.deictic = v - 1
		}
		return n, true
	}
	if x := p.at(i + 3); x.kind == word && !x.upper {
		return node{}, false
	}
	if u == uNight {
		n.unit, n.part, n.clock, n.hour = uDay, partNight, true, -1
	}
	return n, true
}

// period reads a length that reaches to or from the anchor: "the past 18
// years", "the next few hours", "the last couple of weeks", "the past decade",
// "these four days", "the past year and a half".
func (p *parser) period(i int) (node, bool) {
	r, j, ok := p.relWord(i)
	form := fPeriod
	if ok && (r == relThe || r == relThis || r == relSame) {
		if p.is(i, wThe) && p.isAny(i+1, wFirst, wFinal) {
			j, ok, r, form = i+2, true, relThe, fDuration
		} else {
			return node{}, false
		}
	}
	if !ok {
		switch {
		case p.isAny(i, wThese, wThose):
			j, r, form = i+1, relThis, fDuration
			if p.isAny(j, wLast, wPast) {
				j, r, form = j+1, relLast, fPeriod
			}
		case p.isAny(i, wRecent):
			j, r, form = i+1, relLast, fRef
		default:
			return node{}, false
		}
	}
	n, ok := p.length(j)
	if !ok || n.rule == "age" {
		u, plural, isUnit := p.unitAt(j)
		if !isUnit || plural || !p.isAny(j-1, wPast, wPreceding) || form != fPeriod {
			return node{}, false
		}
		n = node{unit: u, n: 1, end: j + 1}
		if p.is(n.end, wAnd) && p.is(n.end+1, wA) && p.is(n.end+2, wHalf) {
			n.n, n.end = 1.5, n.end+3
		}
	} else if p.isAny(j, wA, wAn) && !p.isAny(j+1, wFew, wCouple) {
		return node{}, false
	}
	n.form, n.rule, n.start, n.rel = form, "period", i, r
	n.sign = -1
	switch r {
	case relNext, relFollow:
		n.sign = 1
	case relThis, relSame, relThe:
		n.sign = 0
	}
	n.told = r == relFollow || r == relPrev
	if form == fRef {
		n.ref = -1
	}
	if n.rule == "period" && form == fDuration && r == relThis && n.vague && n.n == 0 && p.at(j).class == cUnits {
		n.form, n.ref, n.rule = fRef, 0, "these-days" // "these days"
		if p.is(i, wThose) {
			return node{}, false
		}
		if n.unit != uDay {
			n.form = fDuration
		}
	}
	return n, true
}

// set reads what recurs: "daily", "every Monday", "each day", "annually", "per
// day", "twice a week", "every two years", "Mondays".
func (p *parser) set(i int) (node, bool) {
	n := node{form: fSet, rule: "set", start: i}
	if u, ok := p.classOf(i, cFrequency); ok {
		if p.at(i).upper && (i > 0 && p.at(i-1).kind == word && p.at(i-1).upper || p.at(i+1).upper) {
			return node{}, false // "Daily Mail"
		}
		n.unit, n.n, n.end, n.rule = u, 1, i+1, "frequency"
		if u == uFortnight {
			n.unit, n.n = uWeek, 2
		}
		if u == uQuarter {
			n.unit, n.n = uMonth, 3
		}
		return n, true
	}
	j := i
	switch {
	case p.isAny(i, wEvery, wEach):
		j = i + 1
		n.n = 1
		if p.is(i, wEvery) && p.isAny(j, wOther) {
			n.n, j = 2, j+1
		} else if v, vague, next, ok := p.number(j); ok && !p.isAny(j, wA, wAn) && p.is(i, wEvery) {
			n.n, n.vague, j = v, vague, next
		}
	case p.is(i, wPer):
		if p.isAny(i-1, wMiles, wKilometers, wKilometres, wKm) {
			return node{}, false // a speed
		}
		j = p.hyphen(i + 1)
		n.n = 1
	case p.isAny(i, wOnce, wTwice) && p.isAny(i+1, wA, wAn, wEvery, wPer):
		j = i + 2
		n.n = 1
	case p.is(i, wTimes) && p.isAny(i+1, wA, wAn, wPer):
		j = i + 2
		n.n = 1
		if _, next, ok := p.numeral(i - 1); ok && next == i {
			n.start = i - 1
		}
	case p.at(i).class == cWeekday && p.at(i).upper && p.text[p.at(i).End-1] == 's' && !p.at(i).weak:
		n.weekday, n.n, n.end = int(p.at(i).value), 1, i+1
		return n, p.at(i).End-p.at(i).Start > 6
	default:
		return node{}, false
	}
	if u, _, ok := p.unitAt(j); ok {
		n.unit, n.end = u, j+1
		if u == uNight {
			n.unit, n.part = uDay, partNight
		}
		return n, true
	}
	if x := p.at(j); x.class == cWeekday && !x.weak {
		n.weekday, n.end = int(x.value), j+1
		if v, ok := p.classOf(n.end, cPart); ok && v <= partEvening {
			n.part, n.end = v, n.end+1
		}
		return n, true
	}
	if m, next, ok := p.month(j); ok {
		n.month, n.end = m, next
		if d, next, ok := p.day(next); ok {
			n.day, n.end = d, next
		}
		return n, true
	}
	if v, ok := p.classOf(j, cPart); ok && v <= partEvening {
		n.unit, n.part, n.end = uDay, v, j+1
		return n, true
	}
	if s, ok := p.classOf(j, cSeason); ok {
		n.season, n.end = s, j+1
		return n, true
	}
	return node{}, false
}

// reference reads what points at past, present or future without a date:
// "now", "recently", "soon", "at the moment", "the future", "in recent years".
func (p *parser) reference(i int) (node, bool) {
	n := node{form: fRef, rule: "reference", start: i, end: i + 1}
	x := p.at(i)
	j := i
	switch x.class {
	case cPresent:
		if x.id == wNow && p.is(i-1, wRight) {
			n.start = i - 1
		}
		return n, true
	case cPast:
		n.ref = -1
		if x.value == 2 {
			if x.id != wRecent {
				return node{}, false
			}
			if p.unitsAt(i + 1) {
				n.end = i + 2
			}
			return n, n.end > i+1 || p.opt.TimeML
		}
		return n, true
	case cFuture:
		n.ref = 1
		return n, p.opt.TimeML && !p.is(i+1, wAfter) && !p.is(i-1, wAs)
	}
	the := p.is(j, wThe)
	if the {
		j++
	}
	switch p.at(j).id {
	case wFuture:
		if !the && !p.is(j-1, wNear) {
			return node{}, false
		}
		n.ref, n.end = 1, j+1
		return n, p.opt.TimeML || p.is(i-1, wIn)
	case wCurrent:
		return n, p.opt.TimeML && !p.at(i+1).upper
	case wNear:
		if the && p.is(j+1, wFuture) {
			n.ref, n.end = 1, j+2
			return n, true
		}
	case wMoment:
		if the && p.is(i-1, wAt) {
			n.end = j + 1
			return n, true
		}
	case wPast:
		if the && (p.isAny(i-1, wIn, wOf)) && !p.startsLength(j+1) {
			n.ref, n.end = -1, j+1
			return n, true
		}
	case wPresent:
		if the && p.at(i-1).id == wAt {
			n.end = j + 1
			return n, true
		}
	case wTimeWord:
	}
	return node{}, false
}

func (p *parser) unitsAt(i int) bool { _, plural, ok := p.unitAt(i); return ok && plural }

func (p *parser) startsLength(i int) bool { _, ok := p.length(i); return ok }

// approx reads what blurs or bounds a number or time: "about", "nearly", "more
// than", "at least", "up to". It is part of the expression.
func (p *parser) approx(i int) (next int, m mod) {
	switch p.at(i).id {
	case wAbout, wAround, wNearly, wAlmost, wApproximately, wRoughly, wSome, wOver, wUnder, wExactly:
		return i + 1, mApprox
	case wMore, wLess, wFewer:
		if p.is(i+1, wThan) {
			return i + 2, mApprox
		}
	case wUp:
		if p.is(i+1, wTo) {
			return i + 2, mApprox
		}
	case wAt:
		if p.isAny(i+1, wLeast, wMost) {
			return i + 2, mApprox
		}
	}
	return i, mNone
}

// position reads what narrows a time: "early", "late on", "mid-", "the end
// of", "the beginning of", "earlier", "later".
func (p *parser) position(i int) (next int, m mod) {
	j := i
	the := p.is(j, wThe)
	if the {
		j++
	}
	switch id := p.at(j).id; id {
	case wEarly, wLate, wMid, wEarlier, wLater:
		if the {
			break
		}
		j = p.hyphen(j + 1)
		if p.isAny(j, wOn, wIn) && id != wMid {
			j++
		}
		return j, map3(id)
	case wEnd, wStart, wBeginning, wMiddle:
		if p.is(j+1, wOf) {
			return j + 2, map3(id)
		}
	}
	return i, mNone
}
