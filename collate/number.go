package collate

import (
	"fmt"
	"strconv"
	"strings"

	"stemma/internal/words"
)

// A dateSpan is a day, month or weekday named in the text.
type dateSpan struct {
	first, end int    // tokens
	value      string // "10-14", "2025-10-14", "tue", "10"; "T17:40" for a time of the day
}

// clock reports whether d is a time of the day.
func (d *dateSpan) clock() bool { return d.value[0] == 'T' }

var monthNumber = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

// findDates finds the dates of t that collation compares by value: "14
// October", "Oct. 14", "October 14, 2025", "Tuesday". It places nothing in
// time; that is timex's work.
func findDates(lx *lexicon, t *text) []dateSpan {
	var out []dateSpan
	norm := func(i int) string {
		if i < 0 || i >= len(t.words) {
			return ""
		}
		return lx.entries[t.words[i].id].norm
	}
	day := func(i int) int {
		n := norm(i)
		if n == "" || n[0] < '0' || n[0] > '9' || len(n) > 4 {
			return 0
		}
		v, k := words.Number([]string{n})
		if k == 1 && v >= 1 && v <= 31 && v == float64(int(v)) {
			return int(v)
		}
		return 0
	}
	year := func(i int) int {
		n := norm(i)
		if len(n) == 4 && (strings.HasPrefix(n, "19") || strings.HasPrefix(n, "20")) {
			v, _ := words.Number([]string{n})
			return int(v)
		}
		return 0
	}
	for i := 0; i < len(t.words); i++ {
		e := &lx.entries[t.words[i].id]
		if e.class.Is(words.Weekday) && t.words[i].capped {
			out = append(out, dateSpan{i, i + 1, e.norm[:3]})
			continue
		}
		if v, n := clockTime(norm(i), norm(i+1)); n > 0 {
			out = append(out, dateSpan{i, i + n, v})
			i += n - 1
			continue
		}
		m := 0
		if e.class.Is(words.Month) && t.words[i].capped {
			m = monthNumber[strings.TrimSuffix(e.norm, ".")]
		}
		if m == 0 {
			// A year alone: "in 2019", "since 1921".
			if v := year(i); v > 0 && yearAfter[norm(i-1)] && (len(out) == 0 || out[len(out)-1].end <= i) {
				out = append(out, dateSpan{i, i + 1, strconv.Itoa(v)})
			}
			continue
		}
		d := dateSpan{first: i, end: i + 1}
		dd := 0
		if norm(d.end) == "." && len(e.norm) <= 4 && e.norm != "june" && e.norm != "july" && e.norm != "may" {
			d.end++
		}
		if v := day(d.end); v > 0 && year(d.end) == 0 {
			dd = v
			d.end++
		} else if v := day(i - 1); v > 0 {
			dd, d.first = v, i-1
		} else if norm(i-1) == "of" && day(i-2) > 0 {
			dd, d.first = day(i-2), i-2
		} else if m == 5 || m == 3 { // May and March alone may be a verb
			if !(norm(i-1) == "in" || norm(i-1) == "since" || norm(i-1) == "until" || norm(i-1) == "last" || year(i+1) > 0) {
				continue
			}
		}
		yy := 0
		if v := year(d.end); v > 0 {
			yy = v
			d.end++
		} else if v := year(d.end + 1); v > 0 && norm(d.end) == "," {
			yy = v
			d.end += 2
		}
		switch {
		case yy > 0 && dd > 0:
			d.value = fmt.Sprintf("%d-%02d-%02d", yy, m, dd)
		case yy > 0:
			d.value = fmt.Sprintf("%d-%02d", yy, m)
		case dd > 0:
			d.value = fmt.Sprintf("%02d-%02d", m, dd)
		default:
			d.value = fmt.Sprintf("%02d", m)
		}
		if n := len(out); n > 0 && out[n-1].end > d.first {
			continue
		}
		out = append(out, d)
		i = d.end - 1
	}
	return out
}

// clockTime reads a time of the day from word and perhaps the next: "5:40 a.m.",
// "5.40am", "17:40", "11 pm". It returns the time, as "T05:40", and how many
// words it has, 0 if it is none.
func clockTime(word, next string) (value string, n int) {
	if word == "" || word[0] < '0' || word[0] > '9' {
		return "", 0
	}
	half := func(s string) string { return strings.ReplaceAll(s, ".", "") }
	digits := strings.TrimRight(word, "apm.")
	n = 1
	suffix := half(word[len(digits):])
	if suffix == "" {
		if suffix = half(next); suffix == "am" || suffix == "pm" {
			n = 2
		} else {
			suffix = ""
		}
	}
	hour, minute, split := strings.Cut(digits, ":")
	if !split && suffix != "" {
		hour, minute, split = strings.Cut(digits, ".")
	}
	h, err := strconv.Atoi(hour)
	if err != nil || h > 24 || len(hour) > 2 || split && len(minute) != 2 {
		return "", 0
	}
	m := 0
	if split {
		if m, err = strconv.Atoi(minute); err != nil || m > 59 {
			return "", 0
		}
	}
	switch {
	case suffix == "am", suffix == "pm":
		h %= 12
		if suffix == "pm" {
			h += 12
		}
	case suffix != "" || !split:
		return "", 0
	}
	return fmt.Sprintf("T%02d:%02d", h, m), n
}

// yearAfter are the words before a year that is one by itself.
var yearAfter = map[string]bool{"in": true, "since": true, "by": true, "until": true, "from": true, "during": true, "before": true, "after": true, "early": true, "late": true, "mid": true}

// A quantity is a number named in a reading.
type quantity struct {
	value      float64
	to         float64 // of a range, its end: "60–80"
	first, end int     // tokens
	words      string
}

func (q quantity) same(o quantity) bool { return q.value == o.value && q.to == o.to }

// quantities returns the numbers in t.words[first:end], those of dates apart.
func (t *text) quantities(lx *lexicon, first, end int) []quantity {
	var out []quantity
	var norms []string // from the first word that may start a number on
	from := first
	for i := first; i < end; {
		e := &lx.entries[t.words[i].id]
		if !e.numeral {
			i++
			continue
		}
		if d := t.dateAt(i); d != nil {
			i = max(d.end, i+1)
			continue
		}
		if norms == nil {
			from = i
			for k := i; k < end; k++ {
				norms = append(norms, lx.entries[t.words[k].id].norm)
			}
		}
		v, n := words.Number(norms[i-from:])
		if n == 0 || n == 1 && (e.norm == "one" && end-first > 1 || e.norm == "once" || e.norm == "first" && end-first > 1 || e.norm == "a") {
			i++
			continue
		}
		if k := len(out) - 1; k >= 0 && out[k].end == i-1 && out[k].to == 0 && (t.dash(lx, i-1) || v > out[k].value && t.upTo(lx, out[k].first, i-1)) {
			out[k].to, out[k].end, out[k].words = v, i+n, t.doc.Text(t.span(out[k].first, i+n))
		} else {
			out = append(out, quantity{value: v, first: i, end: i + n, words: t.doc.Text(t.span(i, i+n))})
		}
		i += n
	}
	return out
}

// upTo reports whether token i is the "to" of a range that begins with token
// first: "60 to 80", not "from 60 to 80", which may be a rise.
func (t *text) upTo(lx *lexicon, first, i int) bool {
	norm := func(i int) string { return lx.entries[t.words[i].id].norm }
	return norm(i) == "to" && (first == 0 || norm(first-1) != "from" && norm(first-1) != "by")
}

// dash reports whether token i is a dash that joins the words beside it.
func (t *text) dash(lx *lexicon, i int) bool {
	toks := t.doc.Tokens
	return i > 0 && i+1 < len(toks) && strings.Trim(lx.entries[t.words[i].id].norm, "–—-") == "" &&
		toks[i-1].End == toks[i].Start && toks[i].End == toks[i+1].Start
}

func (t *text) dateAt(i int) *dateSpan {
	lo, hi := 0, len(t.dates)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.dates[mid].end <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(t.dates) && t.dates[lo].first <= i {
		return &t.dates[lo]
	}
	return nil
}

// datesIn returns the dates that overlap t.words[first:end].
func (t *text) datesIn(first, end int) []dateSpan {
	var out []dateSpan
	for i := first; i < end; {
		if d := t.dateAt(i); d != nil {
			out = append(out, *d)
			i = d.end
			continue
		}
		i++
	}
	return out
}

// sameDate reports whether a and b may be one day, month or year: "10-14" and
// "2025-10-14" may, and so may "2025" and "2025-10-14".
func sameDate(a, b string) bool {
	return a == b || len(a) > 5 && (a[5:] == b || a[:4] == b) || len(b) > 5 && (b[5:] == a || b[:4] == a)
}
