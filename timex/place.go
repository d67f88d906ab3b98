package timex

import (
	"fmt"
	"strconv"
	"time"

	"stemma"
)

// A placer places the nodes of a document in time, in text order: each may be
// counted from those before it.
type placer struct {
	doc *stemma.Document
	opt Options
	out []stemma.Timex

	known    bool      // the day of publication is known
	pub      time.Time // its start, in UTC
	inferred bool

	refDay  time.Time // the day last spoken of
	mainDay time.Time // the day the report opens with
	ref     placed    // the time last spoken of
	current int       // the node in hand
	hour    placed    // the time of day last spoken of
	days    placed    // the range of days last spoken of, no longer than a week

	paraYear  int // the year last given in this paragraph together with a month
	paraMonth int
}

// placed is where an expression lies.
type placed struct {
	from, to time.Time
	grain    string
	ok       bool
}

func newPlacer(doc *stemma.Document, opt Options) *placer {
	r := &placer{doc: doc, opt: opt}
	if !doc.Anchor.IsZero() {
		r.known = true
		f := doc.Anchor.From
		r.pub = time.Date(f.Year(), f.Month(), f.Day(), 0, 0, 0, 0, time.UTC)
		r.inferred = doc.AnchorFrom == "exemplar"
	}
	return r
}

func (r *placer) newParagraph() { r.paraYear, r.paraMonth = 0, 0 }

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// place places the nodes of one sentence and appends them to r.out. Times of
// day that lean on a date come after the dates of the sentence.
func (r *placer) place(p *parser) {
	first := len(r.out)
	for range p.nodes {
		r.out = append(r.out, stemma.Timex{})
	}
	days := make([]time.Time, len(p.nodes)) // the day each node gave
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.form == fClock {
			continue
		}
		r.current = i
		before := r.refDay
		r.out[first+i] = r.timex(p, n)
		if n.dayGrain() && !r.refDay.IsZero() && (r.refDay != before || r.out[first+i].When.From.Truncate(24*time.Hour).Equal(r.refDay)) {
			days[i] = r.refDay
		}
	}
	last := -1 // the nearest node before that gave a day
	next := 0  // the nearest node from here on that gives one
	for i := range p.nodes {
		n := &p.nodes[i]
		if !days[i].IsZero() {
			last = i
		}
		if n.form != fClock {
			if h := r.out[first+i]; h.Type == "TIME" && !h.When.IsZero() {
				r.hour = placed{h.When.From, h.When.To, h.Grain, true}
			}
			continue
		}
		for next = max(next, i); next < len(days) && days[next].IsZero(); next++ {
		}
		day := r.spokenOf(p, n)
		switch {
		case last >= 0:
			day = days[last]
		case next < len(days) && p.nodes[next].start-n.end < 12:
			day = days[next]
		}
		r.current = i
		r.out[first+i] = r.timeOfDay(p, n, day, r.echo(p, i), first+i-1)
	}
}

// spokenOf returns the day of a time of day in whose sentence no date stands:
// the day last spoken of, or that of publication.
func (r *placer) spokenOf(p *parser, n *node) time.Time {
	if !r.refDay.IsZero() && !(r.known && r.refDay.After(r.pub) && p.tense(n) == past) {
		return r.refDay
	}
	if !r.mainDay.IsZero() {
		return r.mainDay
	}
	if r.known {
		return r.pub
	}
	return time.Time{}
}

// echo reports whether node i says the time of the one before it again, in
// another zone: "5:00 p.m. (2100 UTC)".
func (r *placer) echo(p *parser, i int) bool {
	if i == 0 {
		return false
	}
	n, prev := &p.nodes[i], &p.nodes[i-1]
	if !prev.clock || prev.hour < 0 || n.hour < 0 || !n.hasZone {
		return false
	}
	gap := n.start - prev.end
	return gap == 1 && (p.mark(prev.end, '(') || p.mark(prev.end, ',') || p.mark(prev.end, '/')) || gap == 0
}

// timex places one node.
func (r *placer) timex(p *parser, n *node) stemma.Timex {
	t := stemma.Timex{Span: r.span(p, n), Rule: n.rule, Type: "DATE"}
	switch n.form {
	case fDuration, fPeriod:
		r.duration(p, n, &t)
		return t
	case fSet:
		r.set(n, &t)
		return t
	case fRef:
		r.reference(p, n, &t)
		return t
	case fUnplaced:
		return t
	}
	relative := false
	var pl placed
	switch n.form {
	case fDate:
		pl, relative = r.calendar(p, n, &t)
	case fRel:
		pl = r.relative(p, n, &t)
		relative = true
	case fOffset:
		pl = r.offset(p, n, &t)
		relative = true
	case fDeictic:
		relative = true
		if r.known {
			d := r.today(p, n).AddDate(0, 0, n.deictic)
			pl = placed{d, d.AddDate(0, 0, 1), "day", true}
		} else {
			t.Value = "XXXX-XX-XX"
		}
	}
	if !pl.ok {
		if n.clock && n.part > 0 {
			t.Type, t.Part = "TIME", partNames[n.part]
		}
		return t
	}
	if t.Value == "" {
		t.Value = value(pl)
	}
	r.narrow(n, &pl, &t)
	r.remember(n, pl)
	if n.clock && pl.grain == "day" {
		day := pl.from
		clock := r.timeOfDay(p, n, day, r.echo(p, r.current), len(r.out)-len(p.nodes)+r.current-1)
		clock.Rule = n.rule
		t = clock
		pl = placed{t.When.From, t.When.To, t.Grain, true}
	}
	if n.since {
		r.since(n, &pl, &t)
	}
	t.When, t.Grain = stemma.Interval{From: pl.from, To: pl.to}, pl.grain
	t.Inferred = relative && r.inferred
	return t
}

func (r *placer) span(p *parser, n *node) stemma.Span {
	return stemma.Span{Start: p.at(n.start).Start, End: p.at(n.end - 1).End}
}

// remember makes a placed time the one last spoken of.
func (r *placer) remember(n *node, pl placed) {
	r.ref = pl
	if l := pl.to.Sub(pl.from); (pl.grain == "day" || pl.grain == "weekend") && l > 24*time.Hour && l <= 7*24*time.Hour {
		r.days = pl
	}
	if n.dayGrain() || pl.grain == "day" {
		r.refDay = pl.from
		if n.form == fDate && n.day2 > 0 {
			r.refDay = pl.to.AddDate(0, 0, -1)
		}
		if r.mainDay.IsZero() && r.known && !pl.from.After(r.pub) && r.pub.Sub(pl.from) <= 8*24*time.Hour {
			r.mainDay = pl.from
		}
	}
	if n.form == fDate && n.month > 0 {
		if n.year > 0 {
			r.paraYear, r.paraMonth = n.year, n.month
		} else if r.paraYear > 0 {
			r.paraYear, r.paraMonth = pl.from.Year(), n.month
		}
	}
	if n.form == fDate && n.month == 0 && n.weekday > 0 || n.form == fDeictic {
		r.paraYear = 0
	}
}

// today is the day from which "today" counts: that of publication, or within
// quotation marks the day on which the words were said, which is the day last
// spoken of if it is not long past. (TimeML's annotators take the day of
// publication even there.)
func (r *placer) today(p *parser, n *node) time.Time {
	if !p.at(n.start).quoted || r.opt.TimeML {
		return r.pub
	}
	for _, d := range [...]time.Time{r.refDay, r.mainDay} {
		if !d.IsZero() && !d.After(r.pub) && r.pub.Sub(d) <= 7*24*time.Hour {
			return d
		}
	}
	return r.pub
}

// calendar places a date of the calendar. relative is set if it took the
// anchor to place it.
func (r *placer) calendar(p *parser, n *node, t *stemma.Timex) (pl placed, relative bool) {
	switch {
	case n.fiscal:
		t.Value = "FY" + strconv.Itoa(n.year)
		return placed{}, false
	case n.bc:
		t.Value = fmt.Sprintf("BC%04d", n.year)
		return placed{}, false
	case n.century > 0:
		y := (n.century - 1) * 100
		t.Value = fmt.Sprintf("%02d", n.century-1)
		return placed{date(y+1, 1, 1), date(y+101, 1, 1), "century", true}, false
	case n.decade > 0:
		y := n.decade
		if y < 100 {
			y += 1900
			if n.decade < 30 && r.known && r.pub.Year() >= 2020+n.decade+5 {
				y += 100
			}
		}
		return placed{date(y, 1, 1), date(y+10, 1, 1), "decade", true}, false
	case n.weekday > 0 && n.month == 0 && n.nth == 0:
		return r.weekday(p, n, t), true
	case n.nth > 0:
		y, rel := r.year(p, n, date(2000, n.month, 1).Sub(date(2000, 1, 1)))
		if y == 0 {
			return placed{}, true
		}
		return r.nth(n, y, t), rel
	case n.holiday > 0:
		return r.holiday(p, n, t)
	case n.quarter > 0 || n.half > 0:
		return r.quarter(p, n, t)
	case n.season > 0:
		return r.season(p, n, t)
	case n.month == 0:
		to := n.year + 1
		if n.year2 > 0 {
			to = n.year2 + 1
			t.Value = fmt.Sprintf("%04d/%04d", n.year, n.year2)
		}
		return placed{date(n.year, 1, 1), date(to, 1, 1), "year", true}, false
	}
	d := max(n.day, 1)
	y, rel := n.year, false
	if y == 0 {
		y, rel = r.year(p, n, date(2000, n.month, d).Sub(date(2000, 1, 1)))
		if y == 0 {
			if n.day > 0 {
				t.Value = fmt.Sprintf("XXXX-%02d-%02d", n.month, n.day)
			} else {
				t.Value = fmt.Sprintf("XXXX-%02d", n.month)
			}
			return placed{}, true
		}
	}
	if n.month == 9 && n.day == 11 && n.year == 0 && (p.isAttack(n.end) || p.isAttack(n.end+1)) {
		y, rel = 2001, false
	}
	from := date(y, n.month, d)
	if n.day == 0 {
		last := n.month
		if n.month2 > 0 {
			last = n.month2
			if last < n.month {
				last += 12
			}
			t.Value = fmt.Sprintf("%04d-%02d/%s", y, n.month, date(y, last, 1).Format("2006-01"))
		}
		return placed{from, date(y, last+1, 1), "month", true}, rel
	}
	if from.Day() != d {
		return placed{}, rel // 31 June
	}
	if n.unit == uWeek {
		return unitAround(from, uWeek, 0), rel
	}
	to := from.AddDate(0, 0, 1)
	if n.day2 > 0 {
		m := n.month
		if n.month2 > 0 {
			m = n.month2
		}
		to = date(y, m, n.day2+1)
		if to.Before(from) {
			to = date(y+1, m, n.day2+1)
		}
		t.Value = from.Format(time.DateOnly) + "/" + to.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	return placed{from, to, "day", true}, rel
}

// isAttack reports whether lexeme i is "attack" or "attacks", which makes 11
// September the one of 2001.
func (p *parser) isAttack(i int) bool {
	w := p.text[p.at(i).Start:p.at(i).End]
	return w == "attack" || w == "attacks"
}

// year chooses the year of a date that has none, offset into the year: with
// "last" and "next" as they say, in a paragraph that tells of another year that
// year, else the nearest in the direction of the tense. It returns 0 if
// nothing is known.
func (r *placer) year(p *parser, n *node, offset time.Duration) (y int, relative bool) {
	if n.year > 0 {
		return n.year, false
	}
	if n.yearRel != relNone {
		if !r.known {
			return 0, true
		}
		switch n.yearRel {
		case relLast:
			return r.pub.Year() - 1, true
		case relNext:
			return r.pub.Year() + 1, true
		case relPrev, relFollow, relSame:
			y = r.pub.Year()
			if r.ref.ok {
				y = r.ref.from.Year()
			}
			switch n.yearRel {
			case relPrev:
				y--
			case relFollow:
				y++
			}
			return y, true
		}
		return r.pub.Year(), true
	}
	if !r.known {
		if r.paraYear > 0 && n.rel == relNone {
			return r.paraYear, false
		}
		return 0, true
	}
	py := r.pub.Year()
	at := func(y int) time.Time { return date(y, 1, 1).Add(offset) }
	length := 24 * time.Hour
	if n.day == 0 {
		length = 30 * 24 * time.Hour
	}
	switch n.rel {
	case relLast, relPrev:
		y = py
		for !at(y).Add(length).Before(r.pub.Add(24 * time.Hour)) {
			y--
		}
		return y, true
	case relNext, relFollow:
		y = py
		for !at(y).After(r.pub) {
			y++
		}
		return y, true
	case relThis:
		return py, true
	case relSame:
		if r.ref.ok {
			return r.ref.from.Year(), true
		}
	}
	ten := p.tense(n)
	if r.paraYear > 0 && r.paraYear != py && ten != future && ten != present {
		y = r.paraYear
		if n.month > 0 && n.month < r.paraMonth && r.paraMonth-n.month > 6 && y < py {
			y++
		}
		return y, false
	}
	// The sooner of last and next, where the direction that the verb does
	// not speak of counts as further off.
	best := -1.0
	for c := py - 1; c <= py+1; c++ {
		f := at(c)
		dist := 0.0
		switch {
		case f.After(r.pub):
			dist = f.Sub(r.pub).Hours() / 24
			switch ten {
			case past:
				dist *= 6
			case unknownTense:
				dist *= 1.3
			}
		case f.Add(length).Before(r.pub):
			dist = r.pub.Sub(f.Add(length)).Hours() / 24
			if ten == future {
				dist *= 6
			}
		}
		if best < 0 || dist < best {
			best, y = dist, c
		}
	}
	return y, true
}

// weekday places a day of the week.
func (r *placer) weekday(p *parser, n *node, t *stemma.Timex) placed {
	from := func(d time.Time, dir int, same bool) placed {
		k := (n.weekday - isoWeekday(d)) * dir
		k = ((k % 7) + 7) % 7
		if k == 0 && !same {
			k = 7
		}
		d = d.AddDate(0, 0, k*dir)
		return placed{d, d.AddDate(0, 0, 1), "day", true}
	}
	switch {
	case (n.rel == relFollow || n.rel == relPrev || n.rel == relSame) && !r.refDay.IsZero():
		dir := 1
		if n.rel == relPrev {
			dir = -1
		}
		return from(r.refDay, dir, n.rel == relSame)
	case !r.known:
		t.Value = fmt.Sprintf("XXXX-WXX-%d", n.weekday)
		return placed{}
	case n.rel == relLast:
		return from(r.today(p, n), -1, false)
	case n.rel == relNext:
		return from(r.today(p, n), 1, false)
	}
	if d := r.within(n.weekday); !d.IsZero() {
		return placed{d, d.AddDate(0, 0, 1), "day", true}
	}
	if ten := p.tense(n); ten == future || ten == present && n.rel == relThis {
		return from(r.pub, 1, true)
	}
	return from(r.pub, -1, true)
}

// within returns the one day of the given weekday in the range of days last
// spoken of, if that range is longer than a day and no longer than a week:
// "July 27–28 … on Saturday".
func (r *placer) within(weekday int) time.Time {
	v := r.days
	if !v.ok || !v.from.Before(r.pub) || r.pub.Sub(v.to) > 14*24*time.Hour {
		return time.Time{}
	}
	for d := v.from; d.Before(v.to); d = d.AddDate(0, 0, 1) {
		if isoWeekday(d) == weekday {
			return d
		}
	}
	return time.Time{}
}

func isoWeekday(d time.Time) int { return (int(d.Weekday())+6)%7 + 1 }

// nth places "the last weekend of July", "the third Thursday in November".
func (r *placer) nth(n *node, y int, t *stemma.Timex) placed {
	first, next := date(y, n.month, 1), date(y, n.month+1, 1)
	wd, span := n.weekday, 1
	switch n.unit {
	case uWeekend:
		wd, span = 6, 2
	case uDay:
		d := first.AddDate(0, 0, n.nth-1)
		if n.nth == 99 {
			d = next.AddDate(0, 0, -1)
		}
		return placed{d, d.AddDate(0, 0, 1), "day", true}
	case uWeek:
		d := first.AddDate(0, 0, 7*(n.nth-1))
		if n.nth == 99 {
			d = next.AddDate(0, 0, -7)
		}
		if !d.Before(next) {
			return placed{}
		}
		iy, iw := d.AddDate(0, 0, 3).ISOWeek()
		t.Value = fmt.Sprintf("%04d-W%02d", iy, iw)
		return placed{d, d.AddDate(0, 0, 7), "week", true}
	}
	d := first.AddDate(0, 0, (wd-isoWeekday(first)+7)%7+7*(n.nth-1))
	if n.nth == 99 {
		last := next.AddDate(0, 0, -1)
		d = last.AddDate(0, 0, -((isoWeekday(last) - wd + 7) % 7))
	}
	if !d.Before(next) {
		return placed{}
	}
	grain := "day"
	if n.unit == uWeekend {
		grain = "weekend"
	}
	return placed{d, d.AddDate(0, 0, span), grain, true}
}

// quarter places quarters and halves of a year.
func (r *placer) quarter(p *parser, n *node, t *stemma.Timex) (placed, bool) {
	m, months, grain := 3*(n.quarter-1)+1, 3, "quarter"
	if n.half > 0 {
		m, months, grain = 6*(n.half-1)+1, 6, "half"
	}
	y, rel := n.year, false
	if y == 0 {
		rel = true
		if !r.known {
			t.Value = fmt.Sprintf("XXXX-Q%d", n.quarter)
			return placed{}, true
		}
		y = r.pub.Year()
		switch n.rel {
		case relLast:
			y--
		case relNext, relFollow:
			y++
		case relPrev:
			y--
			if r.ref.ok {
				y = r.ref.from.Year() - 1
			}
		case relSame:
			if r.ref.ok {
				y = r.ref.from.Year()
			}
		case relNone:
			c := *n
			c.month = m
			y, _ = r.year(p, &c, date(2001, m, 1).Sub(date(2001, 1, 1))+time.Duration(months-1)*30*24*time.Hour)
		}
	}
	if n.half > 0 {
		t.Value = fmt.Sprintf("%04d-H%d", y, n.half)
	}
	return placed{date(y, m, 1), date(y, m+months, 1), grain, true}, rel
}

// season places seasons: spring from March, summer from June, autumn from
// September, winter from December.
func (r *placer) season(p *parser, n *node, t *stemma.Timex) (placed, bool) {
	m := 3 * n.season
	y, rel := n.year, false
	if y == 0 {
		if !r.known {
			t.Value = "XXXX-" + seasonCodes[n.season]
			return placed{}, true
		}
		c := *n
		c.month = m
		if n.rel == relThis {
			rel = true
			y = r.pub.Year()
			if n.season == 4 && r.pub.Month() < 6 {
				y--
			}
		} else {
			if n.rel == relLast && date(r.pub.Year(), m, 1).Before(r.pub) && !date(r.pub.Year(), m+3, 1).After(r.pub) {
				y, rel = r.pub.Year(), true
			} else if n.rel == relLast {
				y, rel = r.pub.Year()-1, true
				if n.season == 4 && !date(y, m+3, 1).Before(r.pub) {
					y--
				}
			} else {
				y, rel = r.year(p, &c, date(2001, m, 1).Sub(date(2001, 1, 1)))
			}
		}
	}
	t.Value = fmt.Sprintf("%04d-%s", y, seasonCodes[n.season])
	return placed{date(y, m, 1), date(y, m+3, 1), "season", true}, rel
}

var seasonCodes = [...]string{1: "SP", 2: "SU", 3: "FA", 4: "WI"}

// relative places "this week", "last year", "that day", "the following month".
func (r *placer) relative(p *parser, n *node, t *stemma.Timex) placed {
	base, step := r.pub, 0
	known := r.known
	if known {
		base = r.today(p, n)
	}
	told := func() {
		switch {
		case n.unit <= uDay && !r.refDay.IsZero():
			base, known = r.refDay, true
		case n.unit > uDay && r.ref.ok:
			base, known = r.ref.from, true
		}
	}
	switch n.rel {
	case relThis:
		if n.unit == uDay && !n.clock {
			told()
		}
	case relThe:
		if n.unit == uDay || n.whole {
			told()
		}
	case relLast:
		step = -1
	case relNext:
		step = 1
	case relSame:
		told()
	case relPrev:
		told()
		step = -1
	case relFollow:
		told()
		step = 1
	}
	if n.back > 0 {
		return r.samePeriod(n)
	}
	if n.unit < uDay && n.rel != relSame {
		return placed{}
	}
	if !known {
		t.Value = unknownValue(n.unit)
		return placed{}
	}
	if n.unit == uWeekend && (n.rel == relThis || n.rel == relThe) && isoWeekday(base) <= 3 && p.tense(n) != future {
		step = -1
	}
	if n.fiscal {
		t.Value = "FY" + strconv.Itoa(base.Year()+step)
		return placed{}
	}
	return unitAround(base, n.unit, step)
}

// samePeriod places "the same period last year": the time last spoken of, some
// years before.
func (r *placer) samePeriod(n *node) placed {
	pl := r.ref
	if !pl.ok {
		return placed{}
	}
	if n.unit > uDay {
		pl = unitAround(pl.from, n.unit, 0)
	}
	pl.from, pl.to = pl.from.AddDate(-n.back, 0, 0), pl.to.AddDate(-n.back, 0, 0)
	switch pl.grain {
	case "week", "weekend":
		return unitAround(pl.from, uWeek, 0)
	}
	return pl
}

func unknownValue(unit int) string {
	switch unit {
	case uWeek:
		return "XXXX-WXX"
	case uWeekend:
		return "XXXX-WXX-WE"
	case uMonth:
		return "XXXX-XX"
	case uYear, uQuarter:
		return "XXXX"
	}
	return "XXXX-XX-XX"
}

// unitAround returns the unit of time that holds t, or the one step units
// after it.
func unitAround(t time.Time, unit, step int) placed {
	y, m := t.Year(), int(t.Month())
	switch unit {
	case uSecond, uMinute:
		f := t.Truncate(time.Minute).Add(time.Duration(step) * time.Minute)
		return placed{f, f.Add(time.Minute), "minute", true}
	case uHour:
		f := t.Truncate(time.Hour).Add(time.Duration(step) * time.Hour)
		return placed{f, f.Add(time.Hour), "hour", true}
	case uDay:
		d := date(y, m, t.Day()+step)
		return placed{d, d.AddDate(0, 0, 1), "day", true}
	case uNight:
		d := date(y, m, t.Day()+step)
		return placed{d.Add(18 * time.Hour), d.Add(30 * time.Hour), "part", true}
	case uWeek, uFortnight:
		if unit == uFortnight {
			step *= 2
		}
		d := date(y, m, t.Day()-isoWeekday(t)+1+7*step)
		return placed{d, d.AddDate(0, 0, 7), "week", true}
	case uWeekend:
		d := date(y, m, t.Day()-isoWeekday(t)+6+7*step)
		return placed{d, d.AddDate(0, 0, 2), "weekend", true}
	case uMonth:
		return placed{date(y, m+step, 1), date(y, m+step+1, 1), "month", true}
	case uQuarter:
		q := (m-1)/3*3 + 1 + 3*step
		return placed{date(y, q, 1), date(y, q+3, 1), "quarter", true}
	case uYear:
		return placed{date(y+step, 1, 1), date(y+step+1, 1, 1), "year", true}
	case uDecade:
		y = y/10*10 + 10*step
		return placed{date(y, 1, 1), date(y+10, 1, 1), "decade", true}
	case uCentury:
		y = (y-1)/100*100 + 1 + 100*step
		return placed{date(y, 1, 1), date(y+100, 1, 1), "century", true}
	}
	return placed{}
}

// offset places "three days ago", "a year earlier".
func (r *placer) offset(p *parser, n *node, t *stemma.Timex) placed {
	t.Value = "PAST_REF"
	if n.sign > 0 {
		t.Value = "FUTURE_REF"
	}
	if n.told {
		t.Value = "XXXX-XX-XX"
	}
	if n.vague || n.n != float64(int(n.n)) || n.n > 5000 {
		return placed{}
	}
	base, known := r.pub, r.known
	if known && !n.told {
		base = r.today(p, n)
	}
	if n.told {
		switch {
		case n.unit < uDay && r.hour.ok:
			base, known = r.hour.from, true
		case n.unit < uDay:
			return placed{}
		case n.unit <= uWeek && !r.refDay.IsZero():
			base, known = r.refDay, true
		case n.unit > uWeek && r.ref.ok:
			base, known = r.ref.from, true
		}
	}
	if !known {
		return placed{}
	}
	if n.unit < uDay && !n.told {
		return placed{} // the hour of publication is not known
	}
	k := int(n.n) * n.sign
	if n.unit == uDecade {
		y := base.Year() + 10*k
		t.Value = ""
		return placed{date(y, 1, 1), date(y+1, 1, 1), "year", true}
	}
	if n.unit == uCentury || n.unit == uMillennium {
		return placed{}
	}
	t.Value = ""
	if (n.unit == uWeek || n.unit == uFortnight) && n.told {
		if n.unit == uFortnight {
			k *= 2
		}
		return unitAround(base, uDay, 7*k)
	}
	return unitAround(base, n.unit, k)
}

// narrow applies "early", "mid", "late", "earlier", "later" to a placed time.
func (r *placer) narrow(n *node, pl *placed, t *stemma.Timex) {
	switch n.mod {
	case mEarly, mMid, mLate:
	case mEarlier:
		if pl.grain != "day" && pl.from.Before(r.pub) && r.pub.Before(pl.to) && r.known {
			pl.to = r.pub
		}
		t.Part = "earlier"
		return
	case mLater:
		if next := r.pub.AddDate(0, 0, 1); pl.grain != "day" && pl.from.Before(next) && next.Before(pl.to) && r.known {
			pl.from = next
		}
		t.Part = "later"
		return
	default:
		return
	}
	third := int(n.mod - mEarly) // 0, 1, 2
	t.Part = [...]string{"early", "mid", "late"}[third]
	y, m := pl.from.Year(), int(pl.from.Month())
	switch pl.grain {
	case "month":
		switch n.mod {
		case mEarly:
			pl.to = date(y, m, 11)
		case mMid:
			pl.from, pl.to = date(y, m, 11), date(y, m, 21)
		case mLate:
			pl.from = date(y, m, 21)
		}
	case "year":
		pl.from, pl.to = date(y, 4*third+1, 1), date(y, 4*third+5, 1)
	case "season":
		pl.from, pl.to = date(y, m+third, 1), date(y, m+third+1, 1)
	case "decade":
		a, b := [...]int{0, 3, 7}[third], [...]int{3, 7, 10}[third]
		pl.from, pl.to = date(y+a, 1, 1), date(y+b, 1, 1)
	case "century":
		a, b := [...]int{0, 33, 67}[third], [...]int{33, 67, 100}[third]
		pl.from, pl.to = date(y+a, 1, 1), date(y+b, 1, 1)
	case "day":
		if !n.clock && r.opt.Late18 {
			t.Type = "TIME"
			switch n.mod {
			case mEarly:
				pl.to = pl.from.Add(12 * time.Hour)
			case mMid:
				pl.from, pl.to = pl.from.Add(11*time.Hour), pl.from.Add(14*time.Hour)
			case mLate:
				pl.from = pl.from.Add(18 * time.Hour)
			}
			pl.grain = "part"
		}
	}
}

// since makes the time from pl until the day of publication.
func (r *placer) since(n *node, pl *placed, t *stemma.Timex) {
	unit := "Y"
	switch pl.grain {
	case "day", "part", "hour", "minute":
		unit = "D"
	case "week", "weekend":
		unit = "W"
	case "month", "season", "quarter":
		unit = "M"
	}
	t.Type, t.Value, t.Rule = "DURATION", "PX"+unit, "since"
	if r.known && pl.from.Before(r.pub.AddDate(0, 0, 1)) {
		pl.to = r.pub.AddDate(0, 0, 1)
	}
}

// duration gives the length of a node, and its place where it reaches to or
// from a known time.
func (r *placer) duration(p *parser, n *node, t *stemma.Timex) {
	t.Type = "DURATION"
	t.Value = length(n)
	t.Grain = unitNames[n.unit]
	if n.form != fPeriod || n.vague || n.unit < uDay || n.n == 0 || n.n > 5000 {
		return
	}
	base, known := r.pub, r.known
	if known {
		base = r.today(p, n)
	}
	if n.told && r.ref.ok {
		base, known = r.ref.from, true
	}
	if !known {
		return
	}
	end := addUnits(base, n.n*float64(n.sign), n.unit)
	if n.sign < 0 {
		base, end = end, base
	}
	if end.After(base) {
		t.When = stemma.Interval{From: base, To: end}
		t.Inferred = r.inferred && !n.told
	}
}

// addUnits moves t by x units.
func addUnits(t time.Time, x float64, unit int) time.Time {
	whole := int(x)
	switch unit {
	case uDay, uNight:
		return t.AddDate(0, 0, whole)
	case uWeek, uWeekend:
		return t.AddDate(0, 0, int(7*x))
	case uFortnight:
		return t.AddDate(0, 0, 14*whole)
	case uMonth:
		return t.AddDate(0, whole, 0)
	case uQuarter:
		return t.AddDate(0, 3*whole, 0)
	case uYear:
		if x != float64(whole) {
			months := int(12 * x)
			if t.Day() == 21 {
				return t.AddDate(0, months, 0)
			}
			return t.AddDate(0, months, 0)
		}
		return t.AddDate(whole, 0, 0)
	case uDecade:
		return t.AddDate(10*whole, 0, 0)
	case uCentury:
		return t.AddDate(100*whole, 0, 0)
	}
	return t
}

// set gives the value of what recurs.
func (r *placer) set(n *node, t *stemma.Timex) {
	t.Type = "SET"
	switch {
	case n.weekday > 0:
		t.Value, t.Grain = fmt.Sprintf("XXXX-WXX-%d", n.weekday), "day"
	case n.month > 0 && n.day > 0:
		t.Value, t.Grain = fmt.Sprintf("XXXX-%02d-%02d", n.month, n.day), "day"
	case n.month > 0:
		t.Value, t.Grain = fmt.Sprintf("XXXX-%02d", n.month), "month"
	case n.season > 0:
		t.Value, t.Grain = "XXXX-"+seasonCodes[n.season], "season"
	case n.unit == uDay && n.part > 0:
		t.Value, t.Grain = "XXXX-XX-XX"+partCodes[n.part], "part"
		t.Part = partNames[n.part]
		return
	default:
		t.Value, t.Grain = length(n), unitNames[n.unit]
	}
	if n.part > 0 {
		t.Value += partCodes[n.part]
		t.Part = partNames[n.part]
	}
}

// reference gives the value of "now", "recently", "soon".
func (r *placer) reference(p *parser, n *node, t *stemma.Timex) {
	switch n.ref {
	case 0:
		t.Value = "PRESENT_REF"
		if r.known {
			d := r.today(p, n)
			t.When, t.Grain = stemma.Interval{From: d, To: d.AddDate(0, 0, 1)}, "day"
			t.Inferred = r.inferred
		}
	case -1:
		t.Value = "PAST_REF"
	case 1:
		t.Value = "FUTURE_REF"
	}
}

// timeOfDay places a time of day on a day. If echo is set it repeats, in
// another zone, the expression before it.
func (r *placer) timeOfDay(p *parser, n *node, day time.Time, echo bool, prev int) stemma.Timex {
	t := stemma.Timex{Span: r.span(p, n), Rule: n.rule, Type: "TIME", Grain: "part"}
	if n.part > 0 {
		t.Part = partNames[n.part]
	}
	if day.IsZero() {
		t.Value = "XXXX-XX-XX" + clockValue(n)
		if n.hour < 0 {
			t.Value = "XXXX-XX-XX" + partCodes[n.part]
		}
		return t
	}
	if n.hour < 0 {
		if n.form == fClock && (n.part == partOvernight || n.part == partNight && n.rule == "part-of-day" && n.end-n.start >= 4) {
			day = day.AddDate(0, 0, -1) // the night that ended on the day spoken of
		}
		from, to := partHours(n.part)
		t.When = stemma.Interval{From: day.Add(from), To: day.Add(to)}
		t.Value = day.Format(time.DateOnly) + partCodes[n.part]
		if n.mod >= mEarly && n.mod <= mLate {
			t.Part = [...]string{"early ", "mid-", "late "}[n.mod-mEarly] + t.Part
		}
	} else {
		loc := time.UTC
		if n.hasZone && n.zone != 0 {
			loc = time.FixedZone("", 60*n.zone)
		}
		from := time.Date(day.Year(), day.Month(), day.Day(), n.hour, max(n.min, 0), max(n.sec, 0), 0, loc)
		d := time.Hour
		t.Grain = "hour"
		if n.min >= 0 {
			d, t.Grain = time.Minute, "minute"
		}
		t.When = stemma.Interval{From: from, To: from.Add(d)}
		t.Value = from.Format(time.DateOnly) + clockValue(n)
		if n.hour == 24 {
			t.Value = day.Format(time.DateOnly) + "T24:00"
		}
		if echo {
			r.sameMoment(n, &t, prev)
		}
	}
	t.Inferred = r.inferred
	r.hour = placed{t.When.From, t.When.To, t.Grain, true}
	return t
}

// sameMoment gives t the clock of the expression before it, which says the
// same time in its own zone: 5 p.m. (2100 UTC) is four hours west of UTC.
func (r *placer) sameMoment(n *node, t *stemma.Timex, prev int) {
	if prev < 0 || r.out[prev].Type != "TIME" || r.out[prev].Grain == "part" {
		return
	}
	local := r.out[prev].When
	_, have := local.From.Zone()
	clock := local.From.Add(time.Duration(have) * time.Second) // wall clock as UTC
	here := t.When.From.Add(time.Duration(n.zone) * time.Minute)
	offset := clock.Sub(here)%(24*time.Hour) + time.Duration(n.zone)*time.Minute
	for offset > 14*time.Hour {
		offset -= 24 * time.Hour
	}
	for offset <= -12*time.Hour {
		offset += 24 * time.Hour
	}
	if have != 0 || offset%(15*time.Minute) != 0 {
		t.When = local
		return
	}
	loc := time.FixedZone("", int(offset/time.Second))
	shift := func(u time.Time) time.Time {
		return time.Date(u.Year(), u.Month(), u.Day(), u.Hour(), u.Minute(), u.Second(), 0, loc)
	}
	both := stemma.Interval{From: shift(local.From), To: shift(local.To)}
	if offset == 0 {
		both = local
	}
	r.out[prev].When = both
	t.When = both
}

// partHours returns when a part of the day begins and ends, from midnight.
func partHours(part int) (from, to time.Duration) {
	h := partTable[part]
	return time.Duration(h[0]) * time.Hour, time.Duration(h[1]) * time.Hour
}

// The parts of the day: hours from midnight, TIMEX3 code and name.
var (
	partTable = [...][2]int{
		partMorning: {6, 12}, partAfternoon: {12, 18}, partEvening: {18, 24}, partOvernight: {18, 30}, partNoon: {12, 13},
		partMidnight: {24, 25}, partDawn: {4, 8}, partDusk: {17, 20}, partNight: {18, 30}, partSmallHours: {0, 6},
	}
	partCodes = [...]string{
		partMorning: "TMO", partAfternoon: "TAF", partEvening: "TEV", partOvernight: "TNI", partNoon: "T12:00",
		partMidnight: "T24:00", partDawn: "TMO", partDusk: "TEV", partNight: "TNI", partSmallHours: "TNI",
	}
	partNames = [...]string{
		partMorning: "morning", partAfternoon: "afternoon", partEvening: "evening", partOvernight: "overnight", partNoon: "noon",
		partMidnight: "midnight", partDawn: "dawn", partDusk: "dusk", partNight: "night", partSmallHours: "early hours",
	}
	unitNames = [...]string{
		uSecond: "second", uMinute: "minute", uHour: "hour", uDay: "day", uNight: "night", uWeek: "week", uFortnight: "week",
		uWeekend: "weekend", uMonth: "month", uQuarter: "quarter", uYear: "year", uDecade: "decade", uCentury: "century",
		uMillennium: "millennium",
	}
)
