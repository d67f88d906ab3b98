package stemma

import (
	"fmt"
	"unicode/utf8"
)

// A Span is a half-open range of byte offsets, [Start, End), into the Text of
// a Report. Start and End lie on rune boundaries.
//
// A Span says where words are, never what they are: the words are
// s.Of(report.Text), so a stored Span cannot disagree with its text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Of returns the part of text that s covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Len returns the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether s is the zero Span, which stands for "no words".
func (s Span) IsZero() bool { return s == Span{} }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Check returns an error if s does not fit text or splits a rune in it.
func (s Span) Check(text string) error {
	switch {
	case s.Start < 0 || s.End < s.Start || len(text) < s.End:
		return fmt.Errorf("span %v outside text of %d bytes", s, len(text))
	case s.Start < len(text) && !utf8.RuneStart(text[s.Start]),
		s.End < len(text) && !utf8.RuneStart(text[s.End]):
		return fmt.Errorf("span %v splits a rune", s)
	}
	return nil
}

func (s Span) String() string { return fmt.Sprintf("[%d:%d)", s.Start, s.End) }

// A Cite points at the words in a report that bear a claim out. Whatever
// stemma says about more than one report carries the Cites it rests on.
type Cite struct {
	Report ReportID `json:"report"`
	Span   Span     `json:"span"`
}
