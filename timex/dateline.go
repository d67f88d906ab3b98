package timex

import (
	"stemma"
)

// Dateline returns the day that the dateline or by-line of doc gives: the
// "Dec. 2" of "MOSCOW, Dec. 2 (Agency) — Russia and …", a line that is a date
// and no more ("3 December 2025", "Published: 3 Dec 2025, 10:15 GMT"). A day
// without its year takes it from doc.Anchor and is not found if that is
// unknown.
func Dateline(doc *stemma.Document) (stemma.Timex, bool) {
	// Datelines stand at the start: before the fourth line of prose.
	prose := 0
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if s.Kind == stemma.Furniture {
			continue
		}
		if s.Kind == stemma.Prose {
			prose++
		}
		if prose > 3 || i > 12 {
			break
		}
		part := *doc
		part.Tags = nil
		part.Sentences = []stemma.Sentence{*s}
		for _, t := range Find(&part) {
			if t.Grain != "day" && t.Grain != "minute" && t.Grain != "hour" || t.When.IsZero() {
				continue
			}
			if datelineAt(doc.Report.Text, s.Span, t.Span) {
				return t, true
			}
		}
	}
	return stemma.Timex{}, false
}

// datelineAt reports whether the date d of sentence s stands where a dateline
// has it.
func datelineAt(text string, s, d stemma.Span) bool {
	before, after := text[s.Start:d.Start], text[d.End:s.End]
	if len(before) > 80 {
		return false
	}
	if len(after) <= 30 && dateWord(before) {
		return true // a line that is a date
	}
	// "MOSCOW, Dec. 2 (Agency) — ", "KYIV (Agency) 2 December – "
	place := false
	for i := range len(before) {
		switch c := before[i]; {
		case c >= 'A' && c <= 'Z':
			place = true
		case c >= 'a' && c <= 'z' && !place:
			return false
		}
	}
	if !place || !capitals(before) {
		return false
	}
	for i, r := range after {
		switch {
		case i > 40:
			return false
		case r == '—' || r == '–' || r == '-' && (i == 0 || after[i-1] == ' '):
			return true
		case r == '.' && i > 0:
			return false
		}
	}
	return false
}

// capitals reports whether s begins with a word in capitals: "MOSCOW".
func capitals(s string) bool {
	n := 0
	for n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	return n >= 2 && (n == len(s) || s[n] < 'a' || s[n] > 'z')
}

// dateWord reports whether s is nothing, or a word that introduces a date.
func dateWord(s string) bool {
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == ':') {
		s = s[:len(s)-1]
	}
	switch s {
	case "", "Published", "Updated", "Last updated", "Posted", "Date", "Published on", "Updated on", "Posted on", "First published", "Last modified", "date":
		return true
	}
	return false
}
