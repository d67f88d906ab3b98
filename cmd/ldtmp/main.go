package main

import (
	"fmt"
	"os"
	"strings"

	"stemma"
	"stemma/extract"
	"stemma/ledger"
	"stemma/record"
)

func main() {
	var reps []*stemma.Report
	for _, f := range os.Args[1:] {
		data, _ := os.ReadFile(f)
		r, err := extract.Text(f, data)
		if err != nil {
			panic(err)
		}
		reps = append(reps, r)
	}
	docs := record.AnnotateAll(reps, 2)
	res := record.Build(docs, record.Options{})
	l := ledger.Build(res.Documents, res.Record)
	byID := map[stemma.ReportID]*stemma.Document{}
	for _, d := range res.Documents {
		byID[d.Report.ID] = d
	}
	t := func(cs []stemma.Cite) string {
		s := ""
		for _, c := range cs {
			d := byID[c.Report]
			x := strings.ReplaceAll(d.Text(c.Span), "\n", " ")
			if len(x) > 130 {
				x = x[:130]
			}
			src := d.Report.Source
			s += "\n       [" + src[strings.LastIndex(src, "/")+1:][:3] + "] " + x
		}
		return s
	}
	fmt.Println("tags", len(res.Documents[0].Tags))
	for _, m := range l.Meetings {
		fmt.Println("MEETING", m.When, m.Format, m.Level, m.Status, m.Participants, m.Sides, "at", m.Where, m.Duration, t(m.DurationSaid), "med", m.Mediator, t(m.Cites))
		for _, h := range m.History {
			fmt.Println("   turn", h.Status, h.KnownSince)
		}
		for _, r := range m.Readouts {
			fmt.Println("   readout", r.Side, r.Actor, t(r.Cites))
		}
		fmt.Println("   none:", m.NoReadout)
	}
	for _, p := range l.Proposals {
		fmt.Println("PROPOSAL", p.Name, "|", p.Noun, p.Points, p.Count, "drafted", p.Drafted, "from", p.From, "to", p.To, "based", p.BasedOn, p.When, t(p.Cites))
		for _, a := range p.Answers {
			fmt.Println("   answer", a.Actor, a.Stance, t([]stemma.Cite{a.Cite}))
		}
	}
	for _, p := range l.Positions {
		fmt.Println("POSITION", p.Actor, "|", p.Issue, "|", p.Stance, p.Movement, p.Rule, p.KnownSince, t(p.Cites))
	}
	for _, p := range l.Open {
		fmt.Println("OPEN", p.Kind, p.Actor, p.Status, p.Due, p.Rule, t(p.Cites))
	}
	for _, p := range l.Denials {
		fmt.Println("DENIAL", p.Kind, p.Actor, t(p.Cites), "\n   OF", t(p.Of))
	}
	for _, p := range l.Incidents {
		fmt.Println("INCIDENT", p.Type, p.Actors, p.Recipients, p.When, t(p.Cites))
	}
}
