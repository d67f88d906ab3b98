package ledger

import (
	"time"

	"stemma"
)

// A Section says how an entry stands to a day: what became known since, what
// changed, what independent reports do not agree on, what is as it was.
type Section string

const (
	New       Section = "new"
	Changed   Section = "changed"
	Contested Section = "contested"
	Unchanged Section = "unchanged"
)

// An Item of a digest points at an entry of a ledger, or at a disagreement.
type Item struct {
	Section Section       `json:"section"`
	Ledger  string        `json:"ledger"` // meetings, proposals, positions, open, denials, incidents, discrepancies
	Index   int           `json:"index"`  // into that ledger, or into Record.Discrepancies
	Why     string        `json:"why,omitempty"`
	Cites   []stemma.Cite `json:"cites"` // the words that make it new, changed or contested
}

// Digest sets the entries of the ledgers against the day since: in the order
// of the sections, and within them of the ledgers.
func Digest(docs []*stemma.Document, rec *stemma.Record, l *stemma.Ledgers, since time.Time) []Item {
	b := newBook(docs, rec)
	var items []Item
	fresh := func(c stemma.Cite) bool {
		k := b.known(c)
		return k.IsZero() || k.To.After(since)
	}
	freshOf := func(cites []stemma.Cite) []stemma.Cite {
		var out []stemma.Cite
		for _, c := range cites {
			if fresh(c) {
				out = append(out, c)
			}
		}
		return out
	}
	// add files an entry under what became of it; why and cites are given
	// for what changed.
	add := func(ledger string, i int, e stemma.Entry, why string, changed []stemma.Cite) {
		it := Item{Ledger: ledger, Index: i, Cites: e.Cites}
		switch old := !e.KnownSince.IsZero() && !e.KnownSince.To.After(since); {
		case why != "":
			it.Section, it.Why, it.Cites = Changed, why, changed
		case old:
			it.Section = Unchanged
		default:
			it.Section = New
		}
		items = append(items, it)
	}
	for i := range l.Meetings {
		m := &l.Meetings[i]
		why, cites := "", []stemma.Cite(nil)
		for k, t := range m.History {
			if k > 0 && fresh(t.Cite) && !fresh(m.Cites[0]) {
				why, cites = "was "+m.History[k-1].Status+", is "+t.Status, []stemma.Cite{t.Cite}
			}
		}
		if why == "" && !fresh(m.Cites[0]) {
			for _, r := range m.Readouts {
				if f := freshOf(r.Cites); len(f) > 0 && len(f) == len(r.Cites) {
					why, cites = "a new read-out", f
					break
				}
			}
		}
		add("meetings", i, m.Entry, why, cites)
	}
	for i := range l.Proposals {
		p := &l.Proposals[i]
		why, cites := "", []stemma.Cite(nil)
		if !fresh(p.Cites[0]) {
			for _, a := range p.Answers {
				if fresh(a.Cite) {
					why, cites = "a new answer", []stemma.Cite{a.Cite}
				}
			}
			if f := freshOf(p.Changes); len(f) > 0 {
				why, cites = "points changed", f
			}
		}
		add("proposals", i, p.Entry, why, cites)
	}
	for i := range l.Positions {
		p := &l.Positions[i]
		why := ""
		if fresh(p.Cites[0]) && (p.Movement == "hardened" || p.Movement == "softened") {
			why = p.Movement
		}
		add("positions", i, p.Entry, why, p.Cites)
	}
	for i := range l.Open {
		o := &l.Open[i]
		why, cites := "", []stemma.Cite(nil)
		if o.ClosedBy != nil && fresh(*o.ClosedBy) && !fresh(o.Cites[0]) {
			why, cites = o.Status, []stemma.Cite{*o.ClosedBy}
		} else if o.Status == "passed" && o.Due.To.After(since) && !fresh(o.Cites[0]) {
			why, cites = "its day has passed", o.Cites
		}
		add("open", i, o.Entry, why, cites)
	}
	for i := range l.Denials {
		d := &l.Denials[i]
		why := ""
		if fresh(d.Cites[0]) && len(d.Of) > 0 && !fresh(d.Of[0]) {
			why = d.Kind
		}
		add("denials", i, d.Entry, why, d.Cites)
	}
	for i := range l.Incidents {
		add("incidents", i, l.Incidents[i].Entry, "", nil)
	}
	for i := range rec.Discrepancies {
		d := &rec.Discrepancies[i]
		if d.Copied {
			continue
		}
		it := Item{Section: Contested, Ledger: "discrepancies", Index: i}
		for _, side := range d.Sides {
			it.Cites = append(it.Cites, side...)
			if it.Why == "" && len(freshOf(side)) > 0 && len(freshOf(side)) == len(side) {
				it.Why = "new"
			}
		}
		items = append(items, it)
	}
	var out []Item
	for _, s := range []Section{New, Changed, Contested, Unchanged} {
		for _, it := range items {
			if it.Section == s {
				out = append(out, it)
			}
		}
	}
	return out
}
