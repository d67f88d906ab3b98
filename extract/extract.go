// Package extract turns the bytes of a capture into a Report: the text, and
// what stands beside it about who published it, when, and under what title.
//
// [Text] reads text files as people save them; docs/formats/text.md describes
// them. [JSON] reads a report that was a Report before.
package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"stemma"
)

// Text returns the report in the text file data that was read from source. It
// returns an error for bytes that are no text: empty, binary, in no encoding
// it knows; and for a header line whose value makes no sense.
func Text(source string, data []byte) (*stemma.Report, error) {
	text, err := Decode(data)
	if err != nil {
		return nil, err
	}
	if kind := markup(text); kind != "" {
		return nil, fmt.Errorf("%s, not text: save its text and give that", kind)
	}
	rep := &stemma.Report{Source: source}
	text, err = takeHeader(rep, text)
	if err != nil {
		return nil, err
	}
	text = takeMarker(rep, text)
	text = strings.TrimRight(strings.TrimLeft(text, "\n\t \u00a0"), "\n\t \u00a0")
	if text == "" {
		return nil, errors.New("empty: no text in it")
	}
	rep.Text = text
	readDateline(rep)
	if rep.Title == "" {
		rep.Title = firstLineTitle(text)
	}
	rep.ID = stemma.NewReportID(rep.Source, rep.Text)
	return rep, nil
}

// markup names the markup language of text, or returns "" if it is plain.
func markup(text string) string {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 512)]))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "a web page"
	case strings.HasPrefix(start, "<?xml"):
		return "an XML file"
	case strings.HasPrefix(start, `{\rtf`):
		return "an RTF file"
	}
	return ""
}

// JSON returns the report that the JSON object data holds: a Report, or a
// Document with its Report. The text is kept to the byte. Published may also
// be a date as text, "2025-12-03"; an ID is given where there is none.
func JSON(data []byte) (*stemma.Report, error) {
	type report struct {
		stemma.Report
		Published json.RawMessage `json:"published"`
	}
	var line struct {
		report
		Document *report `json:"report"`
	}
	if err := json.Unmarshal(data, &line); err != nil {
		return nil, jsonError(err)
	}
	from := line.report
	if line.Document != nil {
		from = *line.Document
	}
	rep := from.Report
	if strings.TrimSpace(rep.Text) == "" {
		return nil, errors.New("a JSON object without text")
	}
	if len(from.Published) > 0 && string(from.Published) != "null" {
		var date string
		if json.Unmarshal(from.Published, &date) == nil {
			when, ok := parseDate(date)
			if !ok {
				return nil, fmt.Errorf("published: %q is not a date (want 2025-12-03)", date)
			}
			rep.Published = when
			if rep.PublishedFrom == "" {
				rep.PublishedFrom = "header"
			}
		} else if err := json.Unmarshal(from.Published, &rep.Published); err != nil {
			return nil, fmt.Errorf("published: %w", jsonError(err))
		}
	}
	if rep.ID == "" {
		rep.ID = stemma.NewReportID(rep.Source, rep.Text)
	}
	return &rep, nil
}

// jsonError says in words what is wrong with a line of JSON.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON: %s at byte %d", syntax.Error(), syntax.Offset)
	case errors.As(err, &kind):
		field := kind.Field[strings.LastIndexByte(kind.Field, '.')+1:]
		return fmt.Errorf("not a report: %s cannot be a %s", field, kind.Value)
	}
	return fmt.Errorf("not a report: %w", err)
}

// dateLayouts are the ways of writing a date that headers are read in, with an
// example each. Those with an hour name a minute, the others a whole day.
var dateLayouts = []struct {
	layout string
	hour   bool
}{
	{"2006-01-02", false},                    // 2025-12-03
	{"2006-01-02T15:04:05Z07:00", true},      // 2025-12-03T14:30:00Z
	{"2006-01-02T15:04Z07:00", true},         // 2025-12-03T14:30Z
	{"2006-01-02 15:04Z07:00", true},         // 2025-12-03 14:30+01:00
	{"2006-01-02T15:04:05", true},            // 2025-12-03T14:30:00, taken as UTC
	{"2006-01-02 15:04:05", true},            // 2025-12-03 14:30:00
	{"2006-01-02 15:04", true},               // 2025-12-03 14:30
	{"2 January 2006", false},                // 3 December 2025
	{"2 Jan 2006", false},                    // 3 Dec 2025
	{"January 2, 2006", false},               // December 3, 2025
	{"Jan 2, 2006", false},                   // Dec 3, 2025
	{"Jan. 2, 2006", false},                  // Dec. 3, 2025
	{"Monday, January 2, 2006", false},       // Wednesday, December 3, 2025
	{"Monday, 2 January 2006", false},        // Wednesday, 3 December 2025
	{"Monday 2 January 2006", false},         // Wednesday 3 December 2025
	{"Mon, 2 Jan 2006 15:04:05 -0700", true}, // Wed, 3 Dec 2025 14:30:00 +0100 (RFC 5322)
	{"Mon, 2 Jan 2006 15:04:05 MST", true},   // Wed, 3 Dec 2025 14:30:00 GMT
}

// parseDate reads a date written in one of dateLayouts.
func parseDate(s string) (stemma.Interval, bool) {
	s = strings.Join(strings.Fields(s), " ")
	for _, l := range dateLayouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		if !l.hour {
			return stemma.Day(t.Date()), true
		}
		from := t.UTC().Truncate(time.Minute)
		return stemma.Interval{From: from, To: from.Add(time.Minute)}, true
	}
	return stemma.Interval{}, false
}
