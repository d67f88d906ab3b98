package timex

import (
	"strings"
	"time"
	"unicode/utf8"

	"stemma"
)

// layouts are the forms of dates in headers, feeds and by-lines.
var layouts = [...]struct {
	layout string
	grain  time.Duration // 0: the whole day
}{
	{time.RFC3339Nano, time.Second},
	{"2006-01-02T15:04:05", time.Second},
	{"2006-01-02T15:04Z07:00", time.Minute},
	{"2006-01-02T15:04", time.Minute},
	{"2006-01-02T15:04:05Z0700", time.Second},
	{"2006-01-02 15:04:05 -0700", time.Second},
	{"2006-01-02 15:04:05Z07:00", time.Second},
	{"2006-01-02 15:04:05", time.Second},
	{"2006-01-02 15:04", time.Minute},
	{time.RFC1123Z, time.Second},
	{time.RFC1123, time.Second},
	{"Mon, 2 Jan 2006 15:04:05 -0700", time.Second},
	{"Mon, 2 Jan 2006 15:04:05 MST", time.Second},
	{"2 Jan 2006 15:04:05 -0700", time.Second},
	{"2 Jan 2006 15:04:05 MST", time.Second},
	{time.RFC850, time.Second},
	{time.ANSIC, time.Second},
	{time.UnixDate, time.Second},
	{"20060102T150405Z", time.Second},
	{"20060102", 0},
	{"2006/01/02", 0},
	{"2006-1-2", 0},
	{"2006-01", 30 * 24 * time.Hour},
}

// ParseDate reads a date as headers, feeds and by-lines give it: ISO 8601
// and RFC 3339, RFC 1123, "3 December 2025", "Dec. 3, 2025", "Wednesday 3
// December 2025, 10:15 GMT", "Updated: 3 Dec 2025". The result is the second,
// minute, hour, day or month that s names; a day without a zone is a day in
// UTC. It returns false for what names no day or month of a known year.
func ParseDate(s string) (stemma.Interval, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 200 || s == "" || !utf8.ValidString(s) {
		return stemma.Interval{}, false
	}
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil || t.Year() < 1500 || t.Year() > 2200 {
			continue
		}
		switch l.grain {
		case 0:
			return stemma.Day(t.Year(), t.Month(), t.Day()), true
		case 30 * 24 * time.Hour:
			return stemma.Interval{From: t, To: t.AddDate(0, 1, 0)}, true
		}
		return stemma.Interval{From: t, To: t.Add(l.grain)}, true
	}
	doc := &stemma.Document{Report: &stemma.Report{Text: s}}
	var day stemma.Timex
	for _, t := range Find(doc) {
		if t.When.IsZero() || t.Type == "DURATION" || t.Type == "SET" {
			continue
		}
		switch t.Grain {
		case "minute", "hour":
			return t.When, true
		case "day":
			if day.Grain != "day" {
				day = t
			}
		case "month":
			if day.Grain == "" {
				day = t
			}
		}
	}
	return day.When, !day.When.IsZero()
}
