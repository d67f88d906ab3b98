package decision_test

import (
	"strings"
	"testing"

	"stemma"
	"stemma/actor"
	"stemma/decision"
	"stemma/segment"
)

func parse(t *testing.T, lines ...string) []decision.Decision {
	t.Helper()
	ds, err := decision.Parse(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

func TestErrorsNameTheLine(t *testing.T) {
	for in, want := range map[string]string{
		"\n{":                                   "line 2: ",
		`{"op":"merge","actor":"a"}`:            "line 1: merge without into",
		`{"op":"split","actor":"a","into":"b"}`: "line 1: split without report or form",
		`{"op":"marry"}`:                        `line 1: no such op: "marry"`,
		`{"op":"undo","undo":"7"}`:              `line 1: undoes "7", which no line before it has`,
		`{"op":"merge","aktor":"a"}`:            "line 1: json: unknown field",
		"{\"id\":\"a\",\"op\":\"rename\",\"actor\":\"x\",\"name\":\"X\"}\n{\"id\":\"a\",\"op\":\"rename\",\"actor\":\"x\",\"name\":\"Y\"}": `line 2: id "a" is taken by line 1`,
	} {
		_, err := decision.Parse(strings.NewReader(in))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
}

func TestUndoneDecisionsDoNotHold(t *testing.T) {
	ds := parse(t,
		`{"op":"merge","actor":"a","into":"b"}`,
		`{"op":"rename","actor":"b","name":"Bee"}`,
		`{"op":"undo","undo":"1"}`,
		`{"op":"undo","undo":"2"}`,
		`{"op":"undo","undo":"4"}`,
		`{"op":"regularise","a":"x","b":"y"}`)
	got := decision.Actors(ds)
	if len(got) != 1 || got[0].Op != "rename" {
		t.Errorf("%v holds, want the renaming alone", got)
	}
	if r := decision.Readings(ds); len(r) != 1 || r[0] != [2]string{"x", "y"} {
		t.Errorf("readings %v", r)
	}
}

// What was decided holds after another analysis of the same reports, and of
// more of them.
func TestDecisionsOutliveAnalysis(t *testing.T) {
	annotate := func(source, text string) *stemma.Document {
		d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(source, text), Source: source, Text: text}}
		d.Sentences, d.Tokens = segment.Split(text)
		d.Mentions = actor.Find(d)
		return d
	}
	a := annotate("a", "Minister Anna Holt met Carl Berg. Holt left early.")
	b := annotate("b", "The envoy Anna Holt met Dora Lund, a friend of Annika Holt-Dahl.")
	c := annotate("c", "Annika Holt-Dahl and Minister Anna Margit Holt spoke. Anna Margit Holt smiled. Anna Margit Holt left.")
	ds := decision.Actors(parse(t,
		`{"op":"split","actor":"anna-holt","into":"anna-holt-envoy","report":"`+string(b.Report.ID)+`","name":"Anna Holt (envoy)"}`,
		`{"op":"merge","actor":"dora-lund","into":"carl-berg"}`,
		`{"op":"rename","actor":"carl-berg","name":"Carl Berg-Lund"}`))
	name := func(docs ...*stemma.Document) map[stemma.ActorID]stemma.Actor {
		_, actors := actor.Link(docs, ds)
		m := map[stemma.ActorID]stemma.Actor{}
		for _, a := range actors {
			m[a.ID] = a
		}
		return m
	}
	for range 2 {
		got := name(a, b)
		if got["anna-holt"].Name != "Anna Holt" || got["anna-holt-envoy"].Name != "Anna Holt (envoy)" {
			t.Errorf("not split: %v", got)
		}
		if got["carl-berg"].Name != "Carl Berg-Lund" || got["dora-lund"].ID != "" {
			t.Errorf("not merged and renamed: %v", got)
		}
	}
	if got := name(a, b, c); got["anna-holt-envoy"].Name != "Anna Holt (envoy)" || got["carl-berg"].Name != "Carl Berg-Lund" {
		t.Errorf("lost with another report: %v", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"op":"merge","actor":"a","into":"b"}`)
	f.Add("{\"op\":\"undo\",\"undo\":\"1\"}\n\n[]")
	f.Fuzz(func(t *testing.T, s string) {
		ds, err := decision.Parse(strings.NewReader(s))
		if err == nil && len(decision.Standing(ds)) > len(ds) {
			t.Error("more holds than was decided")
		}
	})
}
