package event_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stemma"
	"stemma/event"
	"stemma/record"
	"stemma/segment"
)

// read makes a document of text by the steps that need no model.
func read(text string) *stemma.Document {
	doc := &stemma.Document{Report: &stemma.Report{ID: "r", Text: text}}
	doc.Sentences, doc.Tokens = segment.Split(text)
	return doc
}

// line writes an event as the tests expect it.
func line(e stemma.Event) string {
	s := string(e.Type)
	if e.Status != event.Held {
		s += "(" + e.Status + ")"
	}
	return fmt.Sprintf("%s %s > %s", s, join(e.Actors), join(e.Recipients))
}

func join(ids []stemma.ActorID) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return strings.Join(s, "+")
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Norway agreed to send food to Ghana.", "AGREE norway > ghana"},
		{"Norway sent food to Ghana on Monday.", "AID norway > ghana"},
		{"Norway will send food to Ghana.", "AGREE(planned) norway > ghana"},
		{"Norway refused to send food to Ghana.", "REJECT norway > ghana"},
		{"Norway threatened to cut off food supplies to Ghana.", "THREATEN norway > ghana"},
		{"Norway said it had halted economic aid to Ghana.", "SANCTION norway > ghana"},
		{"Norway demanded that Ghana release the prisoners.", "REQUEST norway > ghana"},
		{"Norway accused Ghana of violating the ceasefire.", "ACCUSE norway > ghana"},
		{"Ghana was accused by Norway of violating the ceasefire.", "ACCUSE norway > ghana"},
		{"Norway lifted the curfew in Ghana.", "CONCEDE norway > ghana"},
		{"Peru and Ghana held talks in Norway on Tuesday.", "CONSULT peru+ghana > "},
		{"A call between Peru and Ghana lasted an hour.", "CONSULT peru+ghana > "},
		{"After a nearly two-hour meeting with Peru, Ghana gave no details.", "CONSULT ghana+peru > "},
		{"A possible meeting between Peru and Ghana depends on progress.", "AGREE(proposed) peru+ghana > "},
		{"Peru cancelled plans for a summit with Ghana.", "REJECT(cancelled) peru > ghana"},
		{"Peruvian rebels shelled a town in Ghana.", "ASSAULT peru > ghana"},
		{"The weather in Ghana was fine.", ""},
	} {
		var got []string
		for _, e := range event.Find(read(c.text)) {
			got = append(got, line(e))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, g, c.want)
		}
	}
}

// TestGolden holds Find, without tags, to the cases of testdata/events.txt.
func TestGolden(t *testing.T) {
	raw, err := os.ReadFile("testdata/events.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		want, text, _ := strings.Cut(l, "|")
		var got []string
		for _, e := range event.Find(read(text)) {
			got = append(got, strings.TrimSpace(line(e)))
		}
		if want = strings.TrimSpace(want); want == "-" && len(got) > 0 || want != "-" && !slices.Contains(got, want) {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, "; "), want)
		}
	}
}

func TestMerge(t *testing.T) {
	day := stemma.Day(2031, time.May, 6)
	month := stemma.Interval{From: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)}
	cite := func(r string) []stemma.Cite {
		return []stemma.Cite{{Report: stemma.ReportID(r), Span: stemma.Span{Start: 1, End: 9}}}
	}
	a := stemma.Event{Type: event.Consult, CAMEO: "046", Actors: []stemma.ActorID{"ada", "bo"}, When: month, Evidence: cite("1")}
	b := stemma.Event{Type: event.Consult, CAMEO: "040", Actors: []stemma.ActorID{"bo", "ada", "cy"}, When: day, Where: "oslo", Evidence: cite("2")}
	other := stemma.Event{Type: event.Consult, CAMEO: "040", Actors: []stemma.ActorID{"ada", "bo"}, When: stemma.Day(2031, time.July, 1), Evidence: cite("3")}
	got := event.Merge([]stemma.Event{a, b, other}, func(r stemma.ReportID) string { return "one" })
	if len(got) != 2 {
		t.Fatalf("got %d events, want 2: %v", len(got), got)
	}
	m := got[0]
	if m.When != day || m.Where != "oslo" || len(m.Actors) != 3 || len(m.Evidence) != 2 || m.Origins != 1 {
		t.Errorf("merged event is %+v", m)
	}
}

// TestMergeMany holds the time of merging to what it should be: a story of
// many reports with many events of the same few people.
func TestMergeMany(t *testing.T) {
	var events []stemma.Event
	for i := range 20000 {
		who := stemma.ActorID(fmt.Sprintf("actor-%d", i%97))
		events = append(events, stemma.Event{
			Type: event.Threaten, CAMEO: "130", Actors: []stemma.ActorID{who}, When: stemma.Day(2031, 1, 1+i%700),
			Evidence: []stemma.Cite{{Report: stemma.ReportID(fmt.Sprint(i))}},
		})
	}
	start := time.Now()
	got := event.Merge(events, nil)
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("merging took %v", d)
	}
	n := 0
	for _, e := range got {
		n += len(e.Evidence)
	}
	if n != len(events) {
		t.Errorf("%d pieces of evidence of %d", n, len(events))
	}
}

// Properties that hold for whatever text: the document stays sound, every
// event has evidence, and the same text gives the same events.
func checkFind(t testing.TB, text string) {
	doc := read(text)
	doc.Events = event.Find(doc)
	if err := doc.Check(); err != nil {
		t.Fatal(err)
	}
	for _, e := range doc.Events {
		if e.Type == "" || e.Rule == "" || len(e.Evidence) == 0 || len(e.Actors)+len(e.Recipients) == 0 {
			t.Fatalf("incomplete event %+v", e)
		}
	}
	again := event.Find(doc)
	if fmt.Sprint(again) != fmt.Sprint(doc.Events) {
		t.Fatal("the same text gave other events")
	}
}

// FuzzAnnotated fuzzes on documents with tags, mentions, statements and times.
func FuzzAnnotated(f *testing.F) {
	f.Add("“We will meet,” his aide said that her country would say after meeting Peru’s president in Ghana on Tuesday.")
	f.Add("Ada Berg, who officials say is on her third visit to Norway this year, threatened to cut off talks with Peru if")
	f.Fuzz(func(t *testing.T, text string) {
		doc := record.Annotate(&stemma.Report{ID: "r", Text: strings.ToValidUTF8(text, "?"), Published: stemma.Day(2031, time.May, 14)})
		if err := doc.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("Norway agreed to send food to Ghana, Peru said.")
	f.Add("After meeting Peru’s president in Ghana, who , that said “the talks will (")
	f.Fuzz(func(t *testing.T, text string) { checkFind(t, strings.ToValidUTF8(text, "?")) })
}

func TestRandomWords(t *testing.T) {
	words := strings.Fields("Norway Ghana Peru 's and , . ( ) will would not to that who which after if agreed refused threatened demanded accused said halt aid talks meeting with between in on Tuesday of the a rebels was been killed by is ready “ ” — visit held plans cancelled")
	rapid.Check(t, func(t *rapid.T) {
		checkFind2(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 60).Draw(t, "words"), " "))
	})
}

func checkFind2(t *rapid.T, text string) {
	doc := read(text)
	doc.Events = event.Find(doc)
	if err := doc.Check(); err != nil {
		t.Fatal(err)
	}
}

func TestWorstCases(t *testing.T) {
	for name, text := range map[string]string{
		"one sentence": strings.Repeat("Norway agreed to send food to Ghana and ", 50000),
		"no verbs":     strings.Repeat("Norway ", 300000),
		"that":         strings.Repeat("said that ", 100000),
		"meetings":     strings.Repeat("talks with Ghana and Peru. ", 40000),
		"speakers":     strings.Repeat("His aide said that his aide would say that her country ", 20000),
	} {
		start := time.Now()
		event.Find(read(text))
		if d := time.Since(start); d > 15*time.Second {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func TestCode(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"Moscow", "RUS"}, {"US officials", "USAGOV"}, {"Norwegian", "NOR"}, {"the weather", ""},
	} {
		if got := event.Code(c.words); got != c.want {
			t.Errorf("Code(%q) = %q, want %q", c.words, got, c.want)
		}
	}
	if !slices.Contains([]event.Quad{event.VerbalCooperation}, event.QuadOf(event.Agree)) {
		t.Error("AGREE is verbal cooperation")
	}
}
