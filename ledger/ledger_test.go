package ledger_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/extract"
	"stemma/internal/spantest"
	"stemma/internal/stories"
	"stemma/internal/testenv"
	"stemma/ledger"
	"stemma/record"
	"stemma/segment"
	"stemma/timex"
)

// A scene is a record made by hand: what the steps before would have found is
// marked in the text, so that these tests hold the ledgers and nothing else.
//
//	⟦m:hale:person Hale⟧          a mention
//	⟦s:hale:demand …⟧             a statement, its content, speaker and class
//	⟦e:CONSULT:held:hale,draskova:kost …⟧  an event, its actors and place
type scene struct {
	docs   []*stemma.Document
	rec    *stemma.Record
	actors map[stemma.ActorID]bool
}

func (s *scene) report(t *testing.T, published, marked string) {
	t.Helper()
	text, marks, err := spantest.Parse(marked)
	if err != nil {
		t.Fatal(err)
	}
	if s.rec == nil {
		s.rec, s.actors = &stemma.Record{}, map[stemma.ActorID]bool{}
	}
	d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(published, text), Source: published + ".txt", Text: text}}
	d.Anchor, _ = timex.ParseDate(published)
	d.AnchorFrom = "published"
	d.Sentences, d.Tokens = segment.Split(text)
	d.Times = timex.Find(d)
	for _, m := range marks {
		f := strings.Split(m.Label, ":")
		switch f[0] {
		case "m":
			d.Mentions = append(d.Mentions, stemma.Mention{Span: m.Span, Kind: stemma.ActorKind(f[2]), Form: stemma.ByName, Actor: stemma.ActorID(f[1])})
			if !s.actors[stemma.ActorID(f[1])] {
				s.actors[stemma.ActorID(f[1])] = true
				a := stemma.Actor{ID: stemma.ActorID(f[1]), Kind: stemma.ActorKind(f[2]), Name: m.Span.Of(text)}
				if len(f) > 3 {
					a.Related = []stemma.ActorID{stemma.ActorID(f[3])}
				}
				s.rec.Actors = append(s.rec.Actors, a)
			}
		case "s":
			d.Statements = append(d.Statements, stemma.Statement{Span: m.Span, Content: []stemma.Span{m.Span}, Actor: stemma.ActorID(f[1]), Class: f[2], Rule: "test"})
		case "e":
			e := stemma.Event{Type: stemma.EventType(f[1]), Status: f[2], KnownSince: d.Anchor, Evidence: []stemma.Cite{{Report: d.Report.ID, Span: m.Span}}}
			for _, a := range strings.Split(f[3], ",") {
				e.Actors = append(e.Actors, stemma.ActorID(a))
			}
			if len(f) > 4 {
				e.Where = stemma.ActorID(f[4])
			}
			if f[2] != "held" {
				e.CAMEO = "036"
			}
			sent := d.Sentences[d.SentenceOf(m.Span.Start)]
			for _, x := range d.Times {
				if sent.Contains(x.Span) && x.Type != "DURATION" && e.When.IsZero() {
					e.When = x.When
				}
			}
			s.rec.Timeline = append(s.rec.Timeline, e)
		}
	}
	s.docs = append(s.docs, d)
}

func (s *scene) build() *stemma.Ledgers { return ledger.Build(s.docs, s.rec) }

func (s *scene) text(c stemma.Cite) string {
	for _, d := range s.docs {
		if d.Report.ID == c.Report {
			return d.Text(c.Span)
		}
	}
	return ""
}

const talks = `⟦m:marenland:place Marenland⟧ and ⟦m:osvia:place Osvia⟧ ended ⟦e:CONSULT:held:tarran,velick:kost talks in ⟦m:kost:place Kost⟧⟧ on Tuesday. ` +
	`⟦m:tarran:person:marenland Ilse Tarran⟧ of Marenland and ⟦m:velick:person:osvia Goran Velick⟧ of Osvia sat for nearly five hours. ` +
	`⟦s:velick:say The talks were “useful”⟧, Velick said. ⟦s:tarran:say Nothing in the meeting changed⟧, Tarran said. ` +
	`⟦s:velick:demand The patrols must be withdrawn⟧, he said. ` +
	`He had handed over four new documents, based on a 12-point draft that ⟦m:amadi:person Ruth Amadi⟧ had circulated in January. ` +
	`⟦s:tarran:say Marenland will not accept foreign troops on its border⟧, she said. ` +
	`⟦s:velick:say ⟦e:AGREE:conditional:hale,draskova A meeting between ⟦m:hale:person:marenland Tomas Hale⟧ and ⟦m:draskova:person:osvia Mirela Draskova⟧⟧ will depend on what progress is made⟧, he said. ` +
	`A second round is planned for 11 March in Kost.`

func TestLedgers(t *testing.T) {
	var s scene
	s.report(t, "2031-03-05", talks)
	l := s.build()

	i := slices.IndexFunc(l.Meetings, func(m stemma.Meeting) bool { return m.Status == "held" })
	if i < 0 {
		t.Fatalf("no meeting held: %+v", l.Meetings)
	}
	m := l.Meetings[i]
	if m.Duration != "PT5H" || m.Where != "kost" || m.When.String() != "2031-03-04" || m.Format != "talks" || len(m.Sides) != 2 {
		t.Errorf("meeting %+v", m)
	}
	if len(m.Readouts) != 2 || m.Readouts[0].Side == m.Readouts[1].Side || len(m.NoReadout) != 0 {
		t.Errorf("read-outs %+v, none from %v", m.Readouts, m.NoReadout)
	}
	if !slices.ContainsFunc(l.Meetings, func(m stemma.Meeting) bool {
		return m.Status == "planned" && m.When.String() == "2031-03-11" && len(m.Sides) == 2
	}) {
		t.Errorf("no second round: %+v", l.Meetings)
	}

	names := map[string]stemma.Proposal{}
	for _, p := range l.Proposals {
		names[p.Name] = p
	}
	docs, draft := names["four new documents"], names["12-point draft"]
	if docs.Count != 4 || docs.BasedOn != "12-point draft" || draft.Points != 12 || !slices.Contains(draft.From, "amadi") || draft.When.String() != "2031-01" {
		t.Errorf("proposals %+v", l.Proposals)
	}

	stances := map[string]stemma.Stance{}
	for _, p := range l.Positions {
		stances[string(p.Actor)+" "+p.Issue] = p.Stance
	}
	for key, want := range map[string]stemma.Stance{"velick troops and patrols": stemma.Demands, "tarran territory": stemma.Rejects, "velick negotiations": stemma.Conditions} {
		if stances[key] != want {
			t.Errorf("%s: %q, want %q of %v", key, stances[key], want, stances)
		}
	}

	kinds := map[string]string{}
	for _, o := range l.Open {
		kinds[o.Kind+" "+string(o.Actor)] = s.text(o.Cites[0])
	}
	if !strings.Contains(kinds["condition velick"], "will depend on what progress is made") {
		t.Errorf("open items %v", kinds)
	}
}

// TestHistory: a meeting announced in one report is held or called off in a
// later one, a position moves, an item closes, and the ledgers as of the first
// day know nothing of it.
func TestHistory(t *testing.T) {
	var s scene
	s.report(t, "2031-03-05", `⟦e:AGREE:planned:hale,draskova:kost ⟦m:hale:person:marenland Tomas Hale⟧ will hold a summit with ⟦m:draskova:person:osvia Mirela Draskova⟧⟧ on 11 March in ⟦m:kost:place Kost⟧, ⟦m:marenland:place Marenland⟧ said. ⟦m:osvia:place Osvia⟧ agreed. ⟦s:draskova:demand All troops must be withdrawn from the river⟧, Draskova said.`)
	s.report(t, "2031-03-12", `⟦e:CONSULT:held:hale,draskova:kost ⟦m:hale:person Hale⟧ held a summit with ⟦m:draskova:person Draskova⟧⟧ on 11 March in ⟦m:kost:place Kost⟧. ⟦s:draskova:say Osvia is ready to see half of the troops withdrawn⟧, Draskova said.`)
	l := s.build()
	if len(l.Meetings) != 1 || l.Meetings[0].Status != "held" || len(l.Meetings[0].History) != 2 || l.Meetings[0].KnownSince.String() != "2031-03-05" {
		t.Errorf("meetings %+v", l.Meetings)
	}
	if n := len(l.Positions); n != 2 || l.Positions[1].Movement != "softened" || l.Positions[1].Previous == nil {
		t.Errorf("positions %+v", l.Positions)
	}
	i := slices.IndexFunc(l.Open, func(o stemma.OpenItem) bool { return o.Kind == "meeting" })
	if i < 0 || l.Open[i].Status != "met" || l.Open[i].Closed.String() != "2031-03-12" {
		t.Errorf("open %+v", l.Open)
	}
	if got := ledger.AsOf(s.docs, stemma.Day(2031, 3, 5)); len(got) != 1 || got[0].Source != "2031-03-05.txt" {
		t.Errorf("as of 5 March: %v", got)
	}
	var changed []string
	for _, it := range ledger.Digest(s.docs, s.rec, l, time.Date(2031, 3, 12, 0, 0, 0, 0, time.UTC)) {
		if it.Section == ledger.Changed {
			changed = append(changed, it.Ledger+": "+it.Why)
		}
		if len(it.Cites) == 0 {
			t.Errorf("%+v is not cited", it)
		}
	}
	if want := []string{"meetings: was planned, is held", "positions: softened", "open: met"}; !slices.Equal(changed, want) {
		t.Errorf("changed %q, want %q", changed, want)
	}
}

// TestPartiesUnsaid: talks announced without their parties are of those who
// agreed on something before; an exchange of prisoners is no talks.
func TestPartiesUnsaid(t *testing.T) {
	var s scene
	s.report(t, "2031-03-05", `⟦e:AGREE:held:marenland,osvia ⟦m:marenland:place Marenland⟧ and ⟦m:osvia:place Osvia⟧ agreed⟧ to exchange prisoners. The exchange is to take place on 31 March. A further round of talks will be held in ⟦m:kost:place Kost⟧ in June 2031.`)
	l := s.build()
	if len(l.Meetings) != 1 || l.Meetings[0].Status != "planned" || l.Meetings[0].When.String() != "2031-06" || l.Meetings[0].Where != "kost" || len(l.Meetings[0].Sides) != 2 {
		t.Errorf("meetings %+v", l.Meetings)
	}
	if !slices.ContainsFunc(l.Open, func(o stemma.OpenItem) bool { return o.Kind == "plan" && o.Due.String() == "2031-03-31" }) {
		t.Errorf("open %+v", l.Open)
	}
}

func TestCorrection(t *testing.T) {
	var s scene
	s.report(t, "2031-03-05", `The list of prisoners holds 140 names, two officials said. It is to be settled by Friday.`)
	s.report(t, "2031-03-07", `The list of prisoners holds 104 names. A report put the names on the list of prisoners at 140. That figure was wrong, the mediators said. ⟦m:osvia:place Osvia⟧ ⟦s:osvia:deny denied that the list came from it⟧.`)
	l := s.build()
	if len(l.Denials) != 2 {
		t.Fatalf("denials %+v", l.Denials)
	}
	if d := l.Denials[0]; d.Kind != "correction" || len(d.Of) != 1 || !strings.Contains(s.text(d.Of[0]), "140") {
		t.Errorf("correction %+v", d)
	}
	if d := l.Denials[1]; d.Kind != "denial" || d.Actor != "osvia" {
		t.Errorf("denial %+v", d)
	}
	if !slices.ContainsFunc(l.Open, func(o stemma.OpenItem) bool { return o.Kind == "deadline" && o.Due.String() == "2031-03-07" }) {
		t.Errorf("no deadline: %+v", l.Open)
	}
}

func read(t testing.TB, files ...string) *record.Result {
	t.Helper()
	var reps []*stemma.Report
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := extract.Text(f, data)
		if err != nil {
			t.Fatal(err)
		}
		reps = append(reps, rep)
	}
	return record.Build(record.AnnotateAll(reps, 2), record.Options{})
}

// TestSeeds holds the ledgers of two real reports to what a careful reader
// finds in them: the proposals, and the meetings among the events.
func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	data, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Reports   []struct{ File string }
		Proposals []string
		Events    []struct {
			Type, What, When string
			Actors           []string
		}
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, r := range gold.Reports {
		files = append(files, filepath.Join(dir, r.File))
	}
	res := read(t, files...)
	l := ledger.Build(res.Documents, res.Record)
	name := map[stemma.ActorID]string{}
	for _, a := range res.Record.Actors {
		name[a.ID] = a.Name
	}

	for _, want := range gold.Proposals {
		want, _, _ = strings.Cut(strings.TrimPrefix(want, "the "), " (")
		want, _, _ = strings.Cut(want, " from ")
		if !slices.ContainsFunc(l.Proposals, func(p stemma.Proposal) bool { return p.Name == want }) {
			t.Errorf("proposal %q not found", want)
		}
	}
	for _, g := range gold.Events {
		status := "held"
		switch {
		case strings.Contains(g.What, "cancelled"):
			status = "cancelled"
		case g.Type != "CONSULT":
			continue
		}
		when, _ := timex.ParseDate(g.When)
		if !slices.ContainsFunc(l.Meetings, func(m stemma.Meeting) bool {
			for _, a := range g.Actors {
				if !slices.ContainsFunc(m.Participants, func(id stemma.ActorID) bool { return name[id] == a }) {
					return false
				}
			}
			return m.Status == status && m.When == when
		}) {
			t.Errorf("meeting %q of %s not found", g.What, g.When)
		}
		if strings.Contains(g.What, "five hours") && !slices.ContainsFunc(l.Meetings, func(m stemma.Meeting) bool {
			return m.When == when && m.Duration == "PT5H" && len(m.Readouts) > 0
		}) {
			t.Errorf("meeting %q without its length or read-outs", g.What)
		}
	}
	const item = "will depend on what progress is being made"
	if !slices.ContainsFunc(l.Open, func(o stemma.OpenItem) bool {
		return o.Status == "open" && slices.ContainsFunc(o.Cites, func(c stemma.Cite) bool {
			for _, d := range res.Documents {
				if d.Report.ID == c.Report && strings.Contains(d.Text(c.Span), item) {
					return true
				}
			}
			return false
		})
	}) {
		t.Errorf("no open item %q", item)
	}
}

// check tests what must hold of any ledgers: every entry is cited, by words
// that are there, and says its rule.
func check(t interface{ Fatalf(string, ...any) }, docs []*stemma.Document, l *stemma.Ledgers) {
	texts := map[stemma.ReportID]string{}
	for _, d := range docs {
		texts[d.Report.ID] = d.Report.Text
	}
	cited := func(what string, cites []stemma.Cite) {
		if len(cites) == 0 {
			t.Fatalf("%s without a cite", what)
		}
		for _, c := range cites {
			text, ok := texts[c.Report]
			if !ok {
				t.Fatalf("%s cites report %q", what, c.Report)
			}
			if err := c.Span.Check(text); err != nil || c.Span.Len() == 0 {
				t.Fatalf("%s cites %v: %v", what, c.Span, err)
			}
		}
	}
	for _, m := range l.Meetings {
		cited("meeting", m.Cites)
		for _, r := range m.Readouts {
			cited("read-out", r.Cites)
		}
	}
	for _, p := range l.Proposals {
		cited("proposal", p.Cites)
	}
	for _, p := range l.Positions {
		cited("position", p.Cites)
	}
	for _, o := range l.Open {
		cited("open item", o.Cites)
	}
	for _, d := range l.Denials {
		cited("denial", d.Cites)
	}
	for _, in := range l.Incidents {
		cited("incident", in.Cites)
	}
}

// TestExamples: the ledgers of the example reports are sound and the same
// whatever the order of the reports.
func TestExamples(t *testing.T) {
	files, _ := filepath.Glob("../examples/*/*.txt")
	if len(files) == 0 {
		t.Skip("no example reports")
	}
	res := read(t, files...)
	l := ledger.Build(res.Documents, res.Record)
	check(t, res.Documents, l)
	if len(l.Meetings) == 0 || len(l.Proposals) == 0 || len(l.Positions) == 0 || len(l.Open) == 0 || len(l.Denials) == 0 {
		t.Errorf("empty ledgers: %d meetings, %d proposals, %d positions, %d open, %d denials", len(l.Meetings), len(l.Proposals), len(l.Positions), len(l.Open), len(l.Denials))
	}
	docs := slices.Clone(res.Documents)
	slices.Reverse(docs)
	a, _ := json.Marshal(l)
	b, _ := json.Marshal(ledger.Build(docs, res.Record))
	if string(a) != string(b) {
		t.Error("the order of the documents changes the ledgers")
	}
}

// TestStories holds the ledgers of invented stories to what a careful reader
// wants in them, and finds there already.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		s, err := stories.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		res := record.Build(record.AnnotateAll(s.Reports, 2), record.Options{})
		l := ledger.Build(res.Documents, res.Record)
		check(t, res.Documents, l)
		entries := stories.Entries(res.Documents, res.Record, l)
		for _, w := range s.Want {
			there := slices.ContainsFunc(entries, func(e string) bool { return stories.Match(w.Pattern, e) })
			switch {
			case w.Mark == stories.Found && !there:
				t.Errorf("%s: no entry %q", file, w.Pattern)
			case w.Mark == stories.Wrong && there:
				t.Errorf("%s: an entry %q", file, w.Pattern)
			case w.Mark == stories.Missing && there:
				t.Logf("%s: %q is found now", file, w.Pattern)
			}
		}
	}
}

func FuzzBuild(f *testing.F) {
	text, _, err := spantest.Parse(talks)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text, "He cancelled plans for a second summit in Budapest in October. The 28-point plan was rejected.")
	f.Add("documents documents plan", "“we will” talks was cancelled on Monday")
	f.Fuzz(func(t *testing.T, a, b string) {
		var reps []*stemma.Report
		for i, s := range []string{a, b} {
			rep, err := extract.Text([]string{"a.txt", "b.txt"}[i], []byte(s))
			if err != nil {
				return
			}
			reps = append(reps, rep)
		}
		res := record.Build(record.AnnotateAll(reps, 1), record.Options{})
		l := ledger.Build(res.Documents, res.Record)
		check(t, res.Documents, l)
		for _, it := range ledger.Digest(res.Documents, res.Record, l, time.Time{}) {
			if len(it.Cites) == 0 {
				t.Fatalf("%+v without a cite", it)
			}
		}
	})
}
