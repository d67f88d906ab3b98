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
			if datelineAt(doc, s, t.Span) {
				return t, true
			}
		}
	}
	return stemma.Timex{}, false
}

// datelineAt reports whether the date d stands in the dateline of s, or s is a
// line that is d and no more.
func datelineAt(doc *stemma.Document, s *stemma.Sentence, d stemma.Span) bool {
	if s.Dateline > 0 && d.Start > s.Start && d.End <= doc.Tokens[s.FirstToken+s.Dateline-1].Start {
		return true // "VARO, Dec. 2 (Agency) — ", "VARO (Agency) 2 December – "
	}
	before, after := doc.Report.Text[s.Start:d.Start], s.End-d.End
	return len(before) <= 80 && after <= 30 && dateWord(before)
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
