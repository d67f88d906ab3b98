package stemma

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// A ReportID names one Report. It is derived from the report's source and
// text, so reading the same bytes twice yields the same ID, and an edited
// report is a new one.
type ReportID string

// NewReportID returns the ID of the report that was read from source with the
// given text: the first 16 hexadecimal digits of a SHA-256 over both.
func NewReportID(source, text string) ReportID {
	h := sha256.New()
	h.Write([]byte(source))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return ReportID(hex.EncodeToString(h.Sum(nil)[:8]))
}

// A Report is one text as one outlet published it, with what is known of its
// publication. Reports are immutable.
type Report struct {
	ID            ReportID  `json:"id"`
	Source        string    `json:"source"`                   // URL or file the bytes came from
	URL           string    `json:"url,omitempty"`            // where it was published, if known
	Outlet        string    `json:"outlet,omitempty"`         // who published it: "Reuters"
	Agency        string    `json:"agency,omitempty"`         // the agency that the report itself credits, as in "OSLO (Reuters) —"
	Authors       []string  `json:"authors,omitempty"`        // by-line, in order
	Title         string    `json:"title,omitempty"`          //
	Published     Interval  `json:"published,omitzero"`       // zero if unknown
	PublishedFrom string    `json:"published_from,omitempty"` // what said so: "marker", "header", "dateline"
	Fetched       time.Time `json:"fetched,omitzero"`         // when we read it
	Language      string    `json:"language,omitempty"`       // BCP 47: "en"
	Text          string    `json:"text"`                     // main text; all Spans point here
}

// An Interval is the time within which something happened: [From, To). "Late
// on Tuesday" is an Interval, and so is a publication date without an hour.
type Interval struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Day returns the Interval of the whole day y-m-d in UTC.
func Day(y int, m time.Month, d int) Interval {
	from := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Interval{from, from.AddDate(0, 0, 1)}
}

// IsZero reports whether nothing is known of the time.
func (v Interval) IsZero() bool { return v.From.IsZero() && v.To.IsZero() }

// Contains reports whether u lies wholly within v.
func (v Interval) Contains(u Interval) bool { return !u.From.Before(v.From) && !u.To.After(v.To) }

// Overlaps reports whether v and u share a moment.
func (v Interval) Overlaps(u Interval) bool { return v.From.Before(u.To) && u.From.Before(v.To) }

// String writes v as people write it: "2025-12-03" for a whole day, "2025-12"
// for a month, "2025" for a year, else "FROM/TO" with To exclusive; "" if zero.
func (v Interval) String() string {
	if v.IsZero() {
		return ""
	}
	f, t := v.From, v.To
	midnight := func(u time.Time) bool { return u.Equal(u.Truncate(24 * time.Hour)) }
	switch {
	case midnight(f) && f.AddDate(0, 0, 1).Equal(t):
		return f.Format("2006-01-02")
	case midnight(f) && f.Day() == 1 && f.Month() == 1 && f.AddDate(1, 0, 0).Equal(t):
		return f.Format("2006")
	case midnight(f) && f.Day() == 1 && f.AddDate(0, 1, 0).Equal(t):
		return f.Format("2006-01")
	case midnight(f) && midnight(t):
		return f.Format("2006-01-02") + "/" + t.Format("2006-01-02")
	}
	return f.Format("2006-01-02T15:04Z07:00") + "/" + t.Format("2006-01-02T15:04Z07:00")
}
