package timex

import (
	"fmt"
	"strings"
	"time"

	"stemma"
)

// A holidayRule says on which day of a year a holiday falls.
type holidayRule struct {
	names  string // in lower case, separated by "|"
	months int    // month of a fixed date, or of an nth weekday
	day    int    // day of a fixed date
	nth    int    // nth weekday of the month; -1 the last
	wd     int
	easter int // days from Easter Sunday, plus 1000; 0 if it does not move with Easter
	ortho  bool
}

// holidays are the days that news reports of politics name without a date.
// Each is given by the rule of the country that keeps it; the secular dates
// are those in use since 1971 (United States) and since their founding
// elsewhere.
var holidays = [...]holidayRule{
	{names: "new year’s day|new year's day", months: 1, day: 1},
	{names: "new year’s eve|new year's eve", months: 12, day: 31},
	{names: "christmas eve", months: 12, day: 24},
	{names: "christmas day|christmas|xmas", months: 12, day: 25},
	{names: "orthodox christmas", months: 1, day: 7},
	{names: "boxing day", months: 12, day: 26},
	{names: "valentine’s day|valentine's day|valentines day", months: 2, day: 14},
	{names: "st. patrick’s day|st. patrick's day|saint patrick's day", months: 3, day: 17},
	{names: "april fools’ day|april fools' day|april fool's day", months: 4, day: 1},
	{names: "international women’s day|international women's day|women’s day|women's day", months: 3, day: 8},
	{names: "earth day", months: 4, day: 22},
	{names: "may day", months: 5, day: 1},
	{names: "victory day", months: 5, day: 9},
	{names: "juneteenth", months: 6, day: 19},
	{names: "canada day", months: 7, day: 1},
	{names: "independence day|fourth of july|4th of july", months: 7, day: 4},
	{names: "bastille day", months: 7, day: 14},
	{names: "halloween", months: 10, day: 31},
	{names: "guy fawkes night|bonfire night", months: 11, day: 5},
	{names: "veterans day|armistice day|remembrance day", months: 11, day: 11},
	{names: "australia day", months: 1, day: 26},
	{names: "anzac day", months: 4, day: 25},
	{names: "martin luther king day|mlk day|martin luther king jr. day", months: 1, nth: 3, wd: 1},
	{names: "presidents’ day|presidents' day|presidents day", months: 2, nth: 3, wd: 1},
	{names: "mother’s day|mother's day", months: 5, nth: 2, wd: 7},
	{names: "memorial day", months: 5, nth: -1, wd: 1},
	{names: "father’s day|father's day", months: 6, nth: 3, wd: 7},
	{names: "labor day|labour day", months: 9, nth: 1, wd: 1},
	{names: "columbus day", months: 10, nth: 2, wd: 1},
	{names: "thanksgiving day|thanksgiving", months: 11, nth: 4, wd: 4},
	{names: "palm sunday", easter: 993},
	{names: "maundy thursday", easter: 997},
	{names: "good friday", easter: 998},
	{names: "easter monday", easter: 1001},
	{names: "orthodox easter", easter: 1000, ortho: true},
	{names: "easter sunday|easter", easter: 1000},
	{names: "ash wednesday", easter: 954},
	{names: "pentecost|whit sunday", easter: 1049},
}

// holidayStart reports whether a capitalised word may begin a holiday's name.
func holidayStart(w string) bool {
	if len(w) < 3 || w[0] < 'A' || w[0] > 'Z' {
		return false
	}
	switch w {
	case "New", "Christmas", "Xmas", "Orthodox", "Boxing", "Valentine", "Valentines", "St", "Saint", "International", "Women", "Earth",
		"Victory", "Juneteenth", "Canada", "Independence", "Fourth", "Bastille", "Halloween", "Guy", "Bonfire", "Veterans", "Armistice",
		"Remembrance", "Australia", "ANZAC", "Anzac", "Martin", "MLK", "Presidents", "Mother", "Memorial", "Father", "Labor", "Labour",
		"Columbus", "Thanksgiving", "Palm", "Maundy", "Good", "Easter", "Ash", "Pentecost", "Whit":
		return true
	}
	return false
}

// holidayName reads the name of a holiday and returns its index plus one.
func (p *parser) holidayName(i int) (h, next int, ok bool) {
	x := p.at(i)
	if x.kind != word && !(x.kind == number && x.n == 4) || x.kind == word && !x.upper {
		return 0, i, false
	}
	if x.kind == word && !holidayStart(p.text[x.Start:x.End]) && !p.isAny(i, wMay) && x.class != cMonth && x.class != cOrdinal {
		return 0, i, false
	}
	rest := p.text[x.Start:]
	for k := range holidays {
		for name := range strings.SplitSeq(holidays[k].names, "|") {
			if len(rest) < len(name) || !strings.EqualFold(rest[:len(name)], name) {
				continue
			}
			end := x.Start + len(name)
			j := i
			for j < len(p.lx) && p.lx[j].End < end {
				j++
			}
			if j < len(p.lx) && p.lx[j].End == end && j+1-i > 0 {
				if j+1 > next {
					h, next, ok = k+1, j+1, true
				}
			}
		}
	}
	if ok {
		switch p.text[p.at(next).Start:p.at(next).End] {
		case "Agreement", "Accord", "Accords", "Rising", "Island", "Massacre", "Bunny", "Parade", "Offensive", "Act", "Bills", "Road", "Street":
			return 0, i, false
		}
	}
	return h, next, ok
}

// on returns the day of the holiday in year y.
func (h *holidayRule) on(y int) time.Time {
	switch {
	case h.easter > 0:
		if h.ortho {
			return orthodoxEaster(y)
		}
		return easter(y).AddDate(0, 0, h.easter-1000)
	case h.nth > 0:
		first := date(y, h.months, 1)
		return first.AddDate(0, 0, (h.wd-isoWeekday(first)+7)%7+7*(h.nth-1))
	case h.nth < 0:
		last := date(y, h.months+1, 0)
		return last.AddDate(0, 0, -((isoWeekday(last) - h.wd + 7) % 7))
	}
	return date(y, h.months, h.day)
}

// easter returns Easter Sunday of the Gregorian calendar (the anonymous
// algorithm of 1876, as given by Meeus 1991).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(y, n/31, n%31+1)
}

// orthodoxEaster returns Easter Sunday of the Julian calendar as a Gregorian
// date (Meeus 1991); right from 1900 to 2099.
func orthodoxEaster(y int) time.Time {
	a, b, c := y%4, y%7, y%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	n := d + e + 114
	return date(y, n/31, n%31+1).AddDate(0, 0, 13)
}

// holiday places a holiday.
func (r *placer) holiday(p *parser, n *node, t *stemma.Timex) (placed, bool) {
	h := &holidays[n.holiday-1]
	y, rel := n.year, false
	if y == 0 {
		if !r.known {
			t.Value = "XXXX"
			if h.day > 0 {
				t.Value = fmt.Sprintf("XXXX-%02d-%02d", h.months, h.day)
			}
			return placed{}, true
		}
		c := *n
		c.day, c.month = 1, 1
		at := h.on(2001)
		y, rel = r.year(p, &c, at.Sub(date(2001, 1, 1)))
	}
	d := h.on(y)
	return placed{d, d.AddDate(0, 0, 1), "day", true}, rel
}
