package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"stemma"
	"stemma/export"
)

// hostile is a ledger whose words would do harm in a spreadsheet, a calendar,
// a page or a terminal if they were let through.
func hostile() (*export.Ledger, *stemma.Document) {
	text := "=HYPERLINK(\"x\") met; \"them\", in <b>Kost</b>\x1b[31m and said so at such length that the line must be folded, with ünïcödé in it"
	doc := &stemma.Document{Report: &stemma.Report{ID: "r", Source: "=cmd.txt", Outlet: "A;B,C", Text: text}}
	cite := stemma.Cite{Report: "r", Span: stemma.Span{End: len(text)}}
	rec := &stemma.Record{Actors: []stemma.Actor{{ID: "x", Kind: stemma.Person, Name: "=Evil, <i>Name</i>\nSUMMARY:forged"}}}
	ms := []stemma.Meeting{{
		Entry:  stemma.Entry{When: stemma.Day(2031, 3, 4), KnownSince: stemma.Day(2031, 3, 5), Cites: []stemma.Cite{cite}, Origins: 1},
		Format: "talks", Status: "cancelled", Participants: []stemma.ActorID{"x"},
	}}
	return export.Meetings([]*stemma.Document{doc}, rec, ms), doc
}

func TestCSVGuardsFormulas(t *testing.T) {
	l, _ := hostile()
	var b bytes.Buffer
	if err := l.CSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[0]) != len(rows[1]) {
		t.Fatalf("%v: %q", err, rows)
	}
	for i, cell := range rows[1] {
		if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
			t.Errorf("%s is %q", rows[0][i], cell)
		}
	}
}

func TestICalendarFoldsAndEscapes(t *testing.T) {
	l, _ := hostile()
	var b bytes.Buffer
	if err := l.ICalendar(&b); err != nil {
		t.Fatal(err)
	}
	summaries := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes: %q", len(line), line)
		}
		if strings.ContainsAny(line, "\n\x1b") {
			t.Errorf("control character in %q", line)
		}
		if strings.HasPrefix(line, "SUMMARY:") {
			summaries++
		}
	}
	if summaries != 1 {
		t.Errorf("%d summaries in\n%s", summaries, b.String())
	}
	unfolded := strings.ReplaceAll(b.String(), "\r\n ", "")
	for _, want := range []string{"STATUS:CANCELLED\r\n", "DTSTART;VALUE=DATE:20310304\r\n", "DTEND;VALUE=DATE:20310305\r\n", "DTSTAMP:20310305T000000Z\r\n", `met\; "them"\, in`} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
}

func TestTimelineJSEscapesHTML(t *testing.T) {
	l, _ := hostile()
	var b bytes.Buffer
	if err := l.TimelineJS(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Events []struct {
			Start struct{ Year, Month, Day int } `json:"start_date"`
			Text  struct{ Headline, Text string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Events) != 1 || got.Events[0].Start.Year != 2031 || got.Events[0].Start.Day != 4 {
		t.Fatalf("%+v", got)
	}
	if s := got.Events[0].Text.Headline + got.Events[0].Text.Text; strings.Contains(s, "<i>") || strings.Contains(s, "<b>") || strings.Contains(s, "\x1b") {
		t.Errorf("not escaped: %q", s)
	}
}

func TestLedgerTextIsHarmless(t *testing.T) {
	l, _ := hostile()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"text":     func(b *bytes.Buffer) error { return l.Text(b, export.BriefOptions{All: true}) },
		"markdown": func(b *bytes.Buffer) error { return l.Markdown(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "\x1b") || name == "markdown" && strings.Contains(b.String(), " <b>") {
			t.Errorf("%s: %q", name, b.String())
		}
	}
}
