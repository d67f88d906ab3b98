package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stemma"
	"stemma/event"
	"stemma/record"
	"stemma/timex"
)

// evalEvents scores package event on the PLOVER gold records, on petrarch2's
// unit tests and on the timelines of SemEval-2015 task 4.
func evalEvents(args []string) error {
	fs := flag.NewFlagSet("events", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "folder with the corpora")
	plover := fs.String("plover", "", "PLOVER gold records (default DATA/plover/gold_records_dev.json)")
	out := fs.String("o", "", "file to write (default standard output)")
	verbose := fs.Bool("v", false, "print every record that is wrong")
	text := fs.String("text", "", "print the events of a text file, and nothing else")
	date := fs.String("date", "", "day of publication of that file: 2031-05-06")
	fs.Parse(args)
	if *text != "" {
		day, _ := timex.ParseDate(*date)
		return printEvents(os.Stdout, *text, day)
	}
	w := io.Writer(os.Stdout)
	if *out != "" {
		f, err := os.Create(*out)
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	if *plover == "" {
		*plover = filepath.Join(*data, "plover", "gold_records_dev.json")
	}
	fmt.Fprintf(w, "# go run ./cmd/stemma-eval events; %s\n\n", time.Now().Format("2006-01-02"))
	if err := evalPlover(w, *plover, *verbose); err != nil {
		return err
	}
	if err := evalUnitTests(w, filepath.Join(*data, "petrarch2", "PETR.UnitTest.records.xml"), *verbose); err != nil {
		return err
	}
	return evalTimelines(w, filepath.Join(*data, "semeval2015-timeline"))
}

// printEvents writes the events of a text file, one a line.
func printEvents(w io.Writer, path string, day stemma.Interval) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc := annotate(string(raw), day)
	for _, e := range doc.Events {
		fmt.Fprintf(w, "%s %s %s %v%v > %v%v when %v where %s by %s (%s)\n", e.Type, e.CAMEO, e.Status, e.Actors, e.ActorCodes, e.Recipients, e.RecipientCodes, e.When, e.Where, e.AssertedBy, e.Rule)
		for _, c := range e.Evidence {
			fmt.Fprintf(w, "    %s\n", strings.ReplaceAll(c.Span.Of(doc.Report.Text), "\n", " "))
		}
	}
	return nil
}

// annotate runs the steps over a text.
func annotate(text string, published stemma.Interval) *stemma.Document {
	return record.Annotate(&stemma.Report{ID: stemma.NewReportID("eval", text), Text: text, Published: published})
}

// A ploverRecord is one record of the gold standard.
type ploverRecord struct {
	ID     string       `json:"id"`
	Event  string       `json:"event"`
	Source ploverActors `json:"source"`
	Target ploverActors `json:"target"`
	Text   string       `json:"text"`
}

type ploverActors []struct {
	Text string `json:"actorText"`
	Code string `json:"code"`
}

// UnmarshalJSON accepts "" for no actors, as the records have it.
func (a *ploverActors) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return nil
	}
	return json.Unmarshal(b, (*[]struct {
		Text string `json:"actorText"`
		Code string `json:"code"`
	})(a))
}

// ploverType gives the name that the manual of 2021 has for the types of the
// records, which were coded with the draft of 2016.
var ploverType = map[string]stemma.EventType{
	"DEMAND": event.Request, "DISAPPROVE": event.Accuse, "INVESTIGATE": event.Accuse, "FIGHT": event.Assault,
}

// countryAlias is codes that the records spell otherwise than ISO 3166.
var countryAlias = map[string]string{"JAP": "JPN", "UGA": "UGA"}

func evalPlover(w io.Writer, path string, verbose bool) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var records []ploverRecord
	if err := json.Unmarshal(raw, &records); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var n, none, typeOK, anyOK, quadOK, actors, actorOK, recips, recipOK int
	byType := map[stemma.EventType][2]int{}
	for _, r := range records {
		if r.Text == "" {
			continue // documentation
		}
		n++
		want := stemma.EventType(r.Event)
		if t, ok := ploverType[r.Event]; ok {
			want = t
		}
		doc := annotate(r.Text, stemma.Interval{})
		var got stemma.Event
		if len(doc.Events) == 0 {
			none++
		} else {
			got = doc.Events[0]
		}
		c := byType[want]
		c[1]++
		okType := got.Type == want
		if okType {
			typeOK++
			c[0]++
		}
		byType[want] = c
		for _, e := range doc.Events {
			if e.Type == want {
				anyOK++
				break
			}
		}
		if event.QuadOf(got.Type) == event.QuadOf(want) {
			quadOK++
		}
		actors++
		okActor := sameCountries(r.Source, got.ActorCodes, got.RecipientCodes, len(r.Target) == 0)
		if okActor {
			actorOK++
		}
		okRecip := true
		if len(r.Target) > 0 {
			recips++
			okRecip = sameCountries(r.Target, got.RecipientCodes, nil, false) || len(got.Recipients) == 0 && sameCountries(append(r.Source, r.Target...), got.ActorCodes, nil, false)
			if okRecip {
				recipOK++
			}
		}
		if verbose && !(okType && okActor && okRecip) {
			fmt.Fprintf(w, "%v %v %v %s want %s %v -> %v\n    %s\n", okType, okActor, okRecip, r.ID, want, r.Source, r.Target, r.Text)
			for _, e := range doc.Events {
				fmt.Fprintf(w, "    got %s %s %s %v %v -> %v %v [%s]\n", e.Type, e.CAMEO, e.Rule, e.Actors, e.ActorCodes, e.Recipients, e.RecipientCodes, e.Evidence[0].Span.Of(r.Text))
			}
		}
	}
	pct := func(a, b int) string {
		return fmt.Sprintf("%5.1f %% (%d of %d)", 100*float64(a)/float64(max(b, 1)), a, b)
	}
	fmt.Fprintf(w, "PLOVER gold standard records (openeventdata/PLOVER, CC BY-SA 4.0, class B: measured only)\n")
	fmt.Fprintf(w, "  file %s, %d records with text. These were read to learn the conventions, and rules were mended on what\n", filepath.Base(path), n)
	fmt.Fprintf(w, "  went wrong in them, so they overstate what unseen records would give; no rule names anything of theirs.\n")
	fmt.Fprintf(w, "  Types as in the manual of 2021: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT.\n")
	fmt.Fprintf(w, "  A country is right if all of the gold's are found and no others; of mutual events both sides count as actors.\n")
	fmt.Fprintf(w, "  system event: the first that the text yields; none in %d\n", none)
	fmt.Fprintf(w, "  type                %s; target 60\n", pct(typeOK, n))
	fmt.Fprintf(w, "  type, any event     %s\n", pct(anyOK, n))
	fmt.Fprintf(w, "  quad class          %s; target 80\n", pct(quadOK, n))
	fmt.Fprintf(w, "  actor country       %s; target 80\n", pct(actorOK, actors))
	fmt.Fprintf(w, "  recipient country   %s; target 70\n", pct(recipOK, recips))
	for _, t := range eventTypes {
		if c := byType[t]; c[1] > 0 {
			fmt.Fprintf(w, "    %-10s %2d of %2d\n", t, c[0], c[1])
		}
	}
	return nil
}

var eventTypes = []stemma.EventType{
	event.Agree, event.Consult, event.Support, event.Concede, event.Cooperate, event.Aid, event.Retreat, event.Request,
	event.Accuse, event.Reject, event.Threaten, event.Protest, event.Sanction, event.Mobilize, event.Coerce, event.Assault,
}

// sameCountries reports whether the countries of the gold actors and of the
// system's are the same: every gold country found, none added. With both, the
// recipients of the system count as actors too, as the records have them for
// what is mutual.
func sameCountries(gold ploverActors, got, more []string, both bool) bool {
	want := map[string]bool{}
	for _, a := range gold {
		c := strings.TrimSpace(a.Code)
		if len(c) > 3 {
			c = c[:3]
		}
		if x, ok := countryAlias[c]; ok {
			c = x
		}
		want[c] = true
	}
	have := map[string]bool{}
	if both {
		got = append(append([]string{}, got...), more...)
	}
	for _, c := range got {
		if c = event.Country(c); c != "" && c != "---" {
			have[c] = true
		}
	}
	if both && len(want) == 1 {
		// One actor: it must be among the system's, which may know more.
		for c := range want {
			return have[c]
		}
	}
	if len(want) != len(have) {
		return false
	}
	for c := range want {
		if !have[c] {
			return false
		}
	}
	return true
}
