package extract

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"stemma"
)

func TestTextReadsWhatStandsBesideTheText(t *testing.T) {
	day := stemma.Day(2031, time.March, 4)
	for _, c := range []struct {
		name, in string
		want     stemma.Report
	}{
		{"plain", "The talks ended.\n", stemma.Report{Text: "The talks ended."}},
		{"marker", " date 2031-03-04 The talks ended.", stemma.Report{Text: "The talks ended.", Published: day, PublishedFrom: "marker"}},
		{"marker on a line of its own", "date 2031-03-04\n\nThe talks ended.", stemma.Report{Text: "The talks ended.", Published: day, PublishedFrom: "marker"}},
		{"no marker inside a word", "date 2031-03-041 was typed wrong.", stemma.Report{Text: "date 2031-03-041 was typed wrong."}},
		{"header", "Title: No deal\nOutlet: Vardo Post\nDate: 4 March 2031\nBy: Anna Holm and Piet Lorne\nURL: https://vardo.example/1\nLanguage: en\n\nThe talks ended.",
			stemma.Report{Title: "No deal", Outlet: "Vardo Post", Published: day, PublishedFrom: "header", Authors: []string{"Anna Holm", "Piet Lorne"}, URL: "https://vardo.example/1", Language: "en", Text: "The talks ended."}},
		{"header and marker: the header wins, the marker still goes", "Date: 2031-03-04\n\n date 2031-03-09 The talks ended.",
			stemma.Report{Published: day, PublishedFrom: "header", Text: "The talks ended."}},
		{"a colon is no header", "Outlook: poor\n\nThe talks ended.", stemma.Report{Title: "Outlook: poor", Text: "Outlook: poor\n\nThe talks ended."}},
		{"header lines without an end are text", "Title: No deal\nThe talks ended.", stemma.Report{Text: "Title: No deal\nThe talks ended."}},
		{"title line", "No deal in Vardo\n\nThe talks ended.", stemma.Report{Title: "No deal in Vardo", Text: "No deal in Vardo\n\nThe talks ended."}},
		{"dateline", "VARDO, Norland, March 4, 2031 (Fjordwire) — The talks ended.",
			stemma.Report{Agency: "Fjordwire", Published: day, PublishedFrom: "dateline", Text: "VARDO, Norland, March 4, 2031 (Fjordwire) — The talks ended."}},
		{"dateline without a year gives no date", "PORT VARDO, March 4 (Fjordwire) - The talks ended.",
			stemma.Report{Agency: "Fjordwire", Text: "PORT VARDO, March 4 (Fjordwire) - The talks ended."}},
		{"dateline below a title", "No deal\n\nVARDO (Fjordwire) — The talks ended.",
			stemma.Report{Title: "No deal", Agency: "Fjordwire", Text: "No deal\n\nVARDO (Fjordwire) — The talks ended."}},
		{"CRLF", "One.\r\nTwo.\rThree.\n", stemma.Report{Text: "One.\nTwo.\nThree."}},
	} {
		got, err := Text("a.txt", []byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := c.want
		want.Source, want.ID = "a.txt", stemma.NewReportID("a.txt", want.Text)
		if !equal(got, &want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, *got, want)
		}
	}
}

func equal(a, b *stemma.Report) bool {
	return a.ID == b.ID && a.Text == b.Text && a.Title == b.Title && a.Outlet == b.Outlet && a.Agency == b.Agency &&
		a.URL == b.URL && a.Language == b.Language && a.Published == b.Published && a.PublishedFrom == b.PublishedFrom &&
		strings.Join(a.Authors, "|") == strings.Join(b.Authors, "|")
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, in, want, err string }{
		{"UTF-8", "“Kyïv”", "“Kyïv”", ""},
		{"byte order mark", "\xef\xbb\xbfKyïv", "Kyïv", ""},
		{"UTF-16 little endian", "\xff\xfeK\x00\xef\x00", "Kï", ""},
		{"UTF-16 big endian", "\xfe\xff\x00K\x20\x1c", "K“", ""},
		{"Windows-1252", "\x93caf\xe9\x94 \x96 yes", "“café” – yes", ""},
		{"Latin-1", "caf\xe9 cr\xe8me", "café crème", ""},
		{"empty", "", "", "empty"},
		{"NUL", "text\x00more", "", "binary: a NUL byte at 4"},
		{"PDF", "%PDF-1.7 …", "", "a PDF file, not text"},
		{"controls", strings.Repeat("\x01\x02", 10) + "abc", "", "binary: full of control characters"},
		{"damaged UTF-8", "“Kyïv”\n– caf\xe9 –", "", "not valid UTF-8: byte 0xe9 at 19, line 2"},
		{"neither", "caf\xe9 \x81", "", "neither UTF-8 nor Windows-1252: byte 0x81 at 5"},
		{"half a unit of UTF-16", "\xff\xfeK\x00x", "", "not valid UTF-16: an odd number of bytes"},
	} {
		got, err := Decode([]byte(c.in))
		switch {
		case c.err == "" && (err != nil || got != c.want):
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		case c.err != "" && (err == nil || err.Error() != c.err):
			t.Errorf("%s: error %v, want %q", c.name, err, c.err)
		}
	}
}

func TestTextRefusesWhatIsNoReport(t *testing.T) {
	for in, want := range map[string]string{
		" \n\t\n":                        "empty: no text in it",
		"<!DOCTYPE html><p>talks</p>":    "a web page, not text: save its text and give that",
		"Date: the day before\n\nTalks.": `header Date: "the day before" is not a date (want 2025-12-03)`,
	} {
		if _, err := Text("a.txt", []byte(in)); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %q", in, err, want)
		}
	}
}

func TestJSONKeepsTextToTheByte(t *testing.T) {
	text := " date 2031-03-04 two  spaces\r\n\u2028and more \n"
	rep, err := JSON([]byte(`{"id":"x1","source":"s","published":"2031-03-04","text":" date 2031-03-04 two  spaces\r\n\u2028and more \n"}`))
	if err != nil {
		t.Fatal(err)
	}
	if rep.Text != text || rep.ID != "x1" || rep.Published != stemma.Day(2031, time.March, 4) {
		t.Errorf("got %+v", rep)
	}
	rep, err = JSON([]byte(`{"report":{"source":"s","published":{"from":"2031-03-04T00:00:00Z","to":"2031-03-05T00:00:00Z"},"text":"Talks."},"sentences":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if rep.Text != "Talks." || rep.ID != stemma.NewReportID("s", "Talks.") || rep.Published != stemma.Day(2031, time.March, 4) {
		t.Errorf("got %+v", rep)
	}
	for in, want := range map[string]string{
		`{"text":`:                         "not JSON: unexpected end of JSON input at byte 8",
		`{"source":"s"}`:                   "a JSON object without text",
		`{"text":3}`:                       "not a report: text cannot be a number",
		`{"text":"a","published":"later"}`: `published: "later" is not a date (want 2025-12-03)`,
	} {
		if _, err := JSON([]byte(in)); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %q", in, err, want)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte("Title: x\nDate: 2031-03-04\n\n date 2031-03-05 VARDO, March 4 (F) — text"))
	f.Add([]byte("\xff\xfeK\x00"))
	f.Add([]byte("caf\xe9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rep, err := Text("a.txt", data)
		if err != nil {
			return
		}
		if !utf8.ValidString(rep.Text) || rep.Text == "" || strings.ContainsAny(rep.Text, "\r\x00") {
			t.Errorf("text %q", rep.Text)
		}
		if rep.Published.IsZero() != (rep.PublishedFrom == "") {
			t.Errorf("published %v from %q", rep.Published, rep.PublishedFrom)
		}
	})
}
