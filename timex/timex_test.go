package timex

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"stemma"
	"stemma/internal/spantest"
	"stemma/internal/testenv"
	"stemma/segment"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func document(text string, anchor stemma.Interval) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{Text: text}, Anchor: anchor}
	d.Sentences, d.Tokens = segment.Split(text)
	return d
}

// label writes what was found as one word: type, value and interval.
func label(t stemma.Timex) string {
	s := t.Type + "|" + t.Value
	if !t.When.IsZero() {
		s += "|" + EDTF(t)
	}
	if t.Part != "" {
		s += "|" + t.Part
	}
	return strings.ReplaceAll(s, " ", "_")
}

// TestGolden reads texts in which the expressions stand between ⟦ and ⟧, each
// with its type, TIMEX3 value, EDTF interval and part.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) == 0 {
		t.Fatal("no golden files")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, _, err := spantest.Parse(string(ar.Files[1].Data))
			if err != nil {
				t.Fatal(err)
			}
			published, _ := ParseDate(string(ar.Files[0].Data))
			var marks []spantest.Mark
			for _, x := range Find(document(text, published)) {
				marks = append(marks, spantest.Mark{Label: label(x), Span: x.Span})
			}
			got := spantest.Format(text, marks)
			if *update {
				ar.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"2025-12-03":                       "2025-12-03",
		"3 December 2025":                  "2025-12-03",
		"Dec. 3, 2025":                     "2025-12-03",
		"December 3rd, 2025":               "2025-12-03",
		"Wednesday, 3 Dec 2025":            "2025-12-03",
		"Published: 3 Dec 2025":            "2025-12-03",
		"03.12.2025":                       "2025-12-03",
		"12/03/2025":                       "2025-12-03",
		"2025/12/03":                       "2025-12-03",
		"20251203":                         "2025-12-03",
		"December 2025":                    "2025-12",
		"2025-12-03T10:15:00Z":             "2025-12-03T10:15Z/2025-12-03T10:15Z",
		"2025-12-03T10:15:00+02:00":        "2025-12-03T10:15+02:00/2025-12-03T10:15+02:00",
		"2025-12-03T10:15":                 "2025-12-03T10:15Z/2025-12-03T10:16Z",
		"Wed, 03 Dec 2025 10:15:00 GMT":    "2025-12-03T10:15Z/2025-12-03T10:15Z",
		"Wed, 3 Dec 2025 10:15:00 +0200":   "2025-12-03T10:15+02:00/2025-12-03T10:15+02:00",
		"3 December 2025, 10:15 GMT":       "2025-12-03T10:15Z/2025-12-03T10:16Z",
		"Dec 3, 2025 at 10:15 a.m. EST":    "2025-12-03T10:15-05:00/2025-12-03T10:16-05:00",
		"":                                 "",
		"yesterday":                        "",
		"Tuesday":                          "",
		"3 December":                       "",
		"two weeks ago":                    "",
		"28-point plan of the 3 ministers": "",
	} {
		got, ok := ParseDate(s)
		if got.String() != want || ok != (want != "") {
			t.Errorf("ParseDate(%q) = %v, %v; want %s", s, got, ok, want)
		}
	}
}

func TestDateline(t *testing.T) {
	published := stemma.Day(2031, 3, 6)
	for text, want := range map[string]string{
		"PORT ANSEL, March 5 (Meridwire) — Marenland and Osvia ended talks.":    "2031-03-05",
		"HALLIN (Meridwire), 5 March 2031 – The bridge is shut.":                "2031-03-05",
		"Bridge shut again\n\n5 March 2031\n\nThe bridge at Kost is shut.":      "2031-03-05",
		"Published: 5 March 2031\n\nThe bridge at Kost is shut.":                "2031-03-05",
		"The bridge at Kost was shut on 5 March, the ministry said on Tuesday.": "",
		"Osvia closed the bridge on 5 March — for good, it seems.":              "",
	} {
		got, ok := Dateline(document(text, published))
		if got.When.String() != want || ok != (want != "") {
			t.Errorf("Dateline(%q) = %v, %v; want %q", text, got.When, ok, want)
		}
	}
}

// TestWithoutAnchor: without a day of publication only absolute expressions
// are placed, and nothing is inferred.
func TestWithoutAnchor(t *testing.T) {
	doc := document("On Tuesday and 14 October they met, in 2024 and on 3 June 2025, last week and three days ago.", stemma.Interval{})
	for _, x := range Find(doc) {
		absolute := strings.Contains(x.Of(doc.Report.Text), "202")
		if absolute == x.When.IsZero() {
			t.Errorf("%q placed at %v", x.Of(doc.Report.Text), x.When)
		}
	}
	doc.Anchor, doc.AnchorFrom = stemma.Day(2025, 12, 3), "exemplar"
	for _, x := range Find(doc) {
		absolute := strings.Contains(x.Of(doc.Report.Text), "202")
		if x.When.IsZero() || x.Inferred == absolute {
			t.Errorf("%q placed at %v, inferred %v", x.Of(doc.Report.Text), x.When, x.Inferred)
		}
	}
}

// TestSeeds finds the times that a careful reader finds in two real reports.
func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	data, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Reports []struct{ File string }
		Times   struct {
			Published   string
			Expressions []struct{ Text, From, To, Part string }
		}
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	anchor, _ := ParseDate(gold.Times.Published)
	found := map[string]bool{}
	for i, r := range gold.Reports {
		raw, err := os.ReadFile(filepath.Join(dir, r.File))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(string(raw), " date "+gold.Times.Published+" ")
		doc := document(text, anchor)
		if i == 1 {
			doc.AnchorFrom = "exemplar"
		}
		for _, x := range Find(doc) {
			for _, g := range gold.Times.Expressions {
				words := strings.TrimPrefix(g.Text, "in ")
				if x.Of(text) == words && x.When.From.Format(time.DateOnly) == g.From && x.When.To.Format(time.DateOnly) == g.To && x.Part == g.Part && x.Inferred == (i == 1) {
					found[g.Text] = true
				}
			}
		}
	}
	for _, g := range gold.Times.Expressions {
		if !found[g.Text] {
			t.Errorf("%q not found with its interval", g.Text)
		}
	}
}

// check tests what must hold of any result.
func check(t interface{ Fatalf(string, ...any) }, doc *stemma.Document) {
	doc.Times = Find(doc)
	end := 0
	for _, x := range doc.Times {
		if err := x.Span.Check(doc.Report.Text); err != nil || x.Len() == 0 {
			t.Fatalf("%v: %v", x, err)
		}
		if x.Start < end {
			t.Fatalf("%v begins before %d", x, end)
		}
		end = x.End
		if x.When.IsZero() != (x.When.From.IsZero() && x.When.To.IsZero()) || !x.When.IsZero() && !x.When.From.Before(x.When.To) {
			t.Fatalf("%v %q is no interval", x.When, x.Of(doc.Report.Text))
		}
		if x.Rule == "" || x.Type == "" {
			t.Fatalf("%+v lacks rule or type", x)
		}
		EDTF(x)
	}
	if err := doc.Check(); err != nil {
		t.Fatalf("%v", err)
	}
}

var pieces = []string{
	"Monday", "on", "late", "early", "the", "last", "next", "this", "week", "weeks", "ago", "5", "14", "2025", "October", "Oct", ".", ",", "p.m.",
	"10:30", "UTC", "(", ")", "“", "”", "since", "past", "few", "a", "an", "hour", "and", "half", "-", "–", "’", "s", "1990s", "quarter", "of", "first",
	"May", "in", "every", "day", "midnight", "noon", "at", "following", "same", "period", "year", "later", "earlier", "before", "Christmas", "Q3", "FY", "b.c.",
	"2025-12-03", "T10:00", "31", "February", "32", "99999999999999", "will", "met", "\n\n", "00", "24:00", "weekend", "second", "century", "20th",
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "words"), " ")
		var anchor stemma.Interval
		if rapid.Bool().Draw(t, "anchored") {
			anchor = stemma.Day(rapid.IntRange(1600, 2100).Draw(t, "year"), 2, 28)
		}
		check(t, document(text, anchor))
	})
}

func FuzzFind(f *testing.F) {
	for _, p := range pieces {
		f.Add(p, true)
	}
	f.Add("late on Tuesday, 14 October – “today’s talks” at 5 p.m. (2100 UTC) since 2015", true)
	f.Fuzz(func(t *testing.T, text string, anchored bool) {
		text = strings.ToValidUTF8(text, "?")
		var anchor stemma.Interval
		if anchored {
			anchor = stemma.Day(2025, 12, 3)
		}
		check(t, document(text, anchor))
		ParseDate(text)
	})
}

// TestWorstCase: no input takes more than linear time.
func TestWorstCase(t *testing.T) {
	for _, piece := range []string{"the ", "a ", "“", "5", "5 ", "late ", "late on ", "since ", "one to ", "last ", "Monday ", "Monday, ", "May ", "half ", "twenty-", "1990–", "and a half ", "about ", "the same ", "5:", "10:00 (", "hundred and ", "first half of ", "every ", "another "} {
		text := strings.Repeat(piece, 1<<17/len(piece))
		doc := &stemma.Document{Report: &stemma.Report{Text: text}, Anchor: stemma.Day(2025, 12, 3)}
		start := time.Now()
		Find(doc)
		if d := time.Since(start); d > time.Second {
			t.Errorf("%q: %v for 128 KB", piece, d)
		}
	}
}

// BenchmarkFind reads the example reports.
func BenchmarkFind(b *testing.B) {
	files, _ := filepath.Glob("../examples/*/*.txt")
	var docs []*stemma.Document
	tokens := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		d := document(string(data), stemma.Day(2031, 3, 5))
		docs = append(docs, d)
		tokens += len(d.Tokens)
	}
	if len(docs) == 0 {
		b.Skip("no example reports")
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Find(docs[i%len(docs)])
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
	b.ReportMetric(float64(tokens)/float64(len(docs)), "tokens/report")
}

// TestRules finds the example of every form of date by its rule.
func TestRules(t *testing.T) {
	for _, r := range dateRules {
		text := "The ministers met in " + r.example + "."
		if r.name == "iso-date" || r.name == "weekday" || r.name == "month-day" || r.name == "day-month" {
			text = "The ministers met on " + r.example + "."
		}
		got := Find(document(text, stemma.Day(2031, 3, 5)))
		ok := false
		for _, x := range got {
			ok = ok || x.Of(text) == r.example && x.Rule == r.name
		}
		if !ok {
			t.Errorf("%s: %q gave %+v", r.name, r.example, got)
		}
	}
}
