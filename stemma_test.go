package stemma

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestSpanCheck(t *testing.T) {
	text := "a“b”"
	for _, c := range []struct {
		span Span
		ok   bool
	}{
		{Span{0, 0}, true}, {Span{0, len(text)}, true}, {Span{1, 4}, true}, {Span{len(text), len(text)}, true},
		{Span{-1, 0}, false}, {Span{3, 2}, false}, {Span{0, len(text) + 1}, false},
		{Span{2, 4}, false}, {Span{1, 3}, false}, // inside “
	} {
		if err := c.span.Check(text); (err == nil) != c.ok {
			t.Errorf("%v.Check = %v, want ok %v", c.span, err, c.ok)
		}
	}
}

func TestReportIDNamesSourceAndText(t *testing.T) {
	a := NewReportID("a.txt", "x")
	if a != NewReportID("a.txt", "x") || a == NewReportID("b.txt", "x") || a == NewReportID("a.txt", "y") || a == NewReportID("a.tx", "tx") {
		t.Error("equal IDs for different reports, or different ones for the same")
	}
	if len(a) != 16 {
		t.Errorf("ID %q, want 16 digits", a)
	}
}

func TestIntervalString(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for want, v := range map[string]Interval{
		"":                                    {},
		"2025-12-03":                          Day(2025, 12, 3),
		"2025-12":                             {day(2025, 12, 1), day(2026, 1, 1)},
		"2024":                                {day(2024, 1, 1), day(2025, 1, 1)},
		"2025-12-01/2025-12-08":               {day(2025, 12, 1), day(2025, 12, 8)},
		"2025-12-02T18:00Z/2025-12-03T00:00Z": {day(2025, 12, 2).Add(18 * time.Hour), day(2025, 12, 3)},
	} {
		if got := v.String(); got != want {
			t.Errorf("String = %q, want %q", got, want)
		}
	}
}

func TestCheckNamesWhatIsBroken(t *testing.T) {
	good := func() *Document {
		return &Document{
			Report:    &Report{ID: "r", Text: "One two. Three."},
			Sentences: []Sentence{{Span: Span{0, 8}, EndToken: 3}, {Span: Span{9, 15}, FirstToken: 3, EndToken: 5}},
			Tokens:    []Token{{Span: Span{0, 3}}, {Span: Span{4, 7}}, {Span: Span{7, 8}}, {Span: Span{9, 14}}, {Span: Span{14, 15}}},
		}
	}
	if err := good().Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		breakIt func(*Document)
		want    string
	}{
		"no report":          {func(d *Document) { d.Report = nil }, "without report"},
		"span outside":       {func(d *Document) { d.Mentions = []Mention{{Span: Span{10, 99}}} }, "mention 0: span [10:99) outside"},
		"out of order":       {func(d *Document) { d.Times = []Timex{{Span: Span{4, 7}}, {Span: Span{0, 3}}} }, "timex 1"},
		"overlapping tokens": {func(d *Document) { d.Tokens[1].Start = 2 }, "token 1"},
		"token lost":         {func(d *Document) { d.Sentences[1].EndToken = 4 }, "1 tokens in no sentence"},
		"token outside":      {func(d *Document) { d.Sentences[0].End = 7 }, "token 2 [7:8) outside its sentence"},
		"tags":               {func(d *Document) { d.Tags = make([]Tag, 4) }, "4 tags for 5 tokens"},
		"cue outside": {func(d *Document) {
			d.Statements = []Statement{{Span: Span{0, 8}, Cue: Span{9, 14}}}
		}, "does not contain its part"},
		"cite elsewhere": {func(d *Document) {
			d.Events = []Event{{Evidence: []Cite{{Report: "other", Span: Span{0, 3}}}}}
		}, `cites report "other"`},
	} {
		d := good()
		c.breakIt(d)
		err := d.Check()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Check = %v, want %q", name, err, c.want)
		}
	}
}

func TestTokensIn(t *testing.T) {
	d := &Document{Report: &Report{Text: "One two three"}, Tokens: []Token{{Span: Span{0, 3}}, {Span: Span{4, 7}}, {Span: Span{8, 13}}}}
	for _, c := range []struct {
		span       Span
		first, end int
	}{
		{Span{0, 13}, 0, 3}, {Span{4, 7}, 1, 2}, {Span{5, 6}, 1, 2}, {Span{3, 4}, 1, 1}, {Span{6, 9}, 1, 3}, {Span{13, 13}, 3, 3},
	} {
		if first, end := d.TokensIn(c.span); first != c.first || end != c.end {
			t.Errorf("TokensIn(%v) = %d, %d, want %d, %d", c.span, first, end, c.first, c.end)
		}
	}
}

// TestJSONNames holds the names that other programs read.
func TestJSONNames(t *testing.T) {
	data, err := json.Marshal(Document{
		Report:     &Report{Published: Day(2025, 12, 3)},
		Sentences:  []Sentence{{}},
		Tokens:     []Token{{}},
		Mentions:   []Mention{{}},
		Times:      []Timex{{When: Day(2025, 12, 2)}},
		Statements: []Statement{{Cue: Span{1, 2}, Speaker: Span{1, 2}, Actor: "x"}},
		Events:     []Event{{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"report", "id", "source", "published", "from", "to", "text", "sentences", "start", "end", "first_token", "end_token",
		"tokens", "norm", "mentions", "kind", "times", "when", "statements", "content", "quoted", "cue", "speaker", "actor", "rule",
		"events", "type", "actors", "recipients", "evidence",
	} {
		if !strings.Contains(string(data), `"`+name+`":`) {
			t.Errorf("no %q in the JSON of a document", name)
		}
	}
}
