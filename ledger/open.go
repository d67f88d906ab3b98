package ledger

import (
	"slices"
	"strings"

	"stemma"
)

// conditionWords mark what hangs on something else.
var conditionWords = []string{
	" depend on ", " depends on ", " depended on ", " will depend ", " would depend ", " hinge on ", " hinges on ", " hinged on ", " conditional on ", " contingent on ",
	" subject to ", " provided that ", " on condition that ", " only if ", " unless ",
}

// open makes the ledger of what is not settled, and closes what the reports
// tell the end of.
func (b *book) open(l *stemma.Ledgers) []stemma.OpenItem {
	var all []stemma.OpenItem
	for _, d := range b.docs {
		for i := range d.Sentences {
			s := &d.Sentences[i]
			if s.Kind != stemma.Prose {
				continue
			}
			all = append(all, b.openIn(d, s)...)
		}
	}
	all = b.sameItems(all)
	for i := range l.Meetings {
		if it, ok := b.announced(&l.Meetings[i]); ok {
			all = append(all, it)
		}
	}
	b.close(all)
	slices.SortStableFunc(all, func(x, y stemma.OpenItem) int { return b.before(x.Cites[0], y.Cites[0]) })
	return all
}

// openIn returns the items of one sentence.
func (b *book) openIn(d *stemma.Document, s *stemma.Sentence) []stemma.OpenItem {
	var out []stemma.OpenItem
	n := norms(d, s.Span)
	add := func(kind, rule string, span stemma.Span, actor stemma.ActorID) *stemma.OpenItem {
		out = append(out, stemma.OpenItem{Entry: b.entry([]stemma.Cite{{Report: d.Report.ID, Span: span}}), Kind: kind, Actor: actor, Status: "open", Rule: rule})
		return &out[len(out)-1]
	}
	st, span := b.statementIn(d, s)
	actor := stemma.ActorID("")
	if st != nil && !b.crowd(st.Actor) {
		actor = st.Actor
	}
	switch {
	case containsAny(n, conditionWords...):
		add("condition", "depends", span, actor)
	case st != nil && !st.Condition.IsZero() && st.Condition.Overlaps(s.Span) && b.offers(d, st, n):
		add("condition", "if", span, actor)
	}
	if st != nil && st.Polarity != "negative" && st.Condition.IsZero() && (st.Class == "promise" || containsAny(n, " we will ", " i will ", " undertook to ", " promised ", " pledged ", " vowed to ")) && len(out) == 0 {
		add("promise", "promise", span, actor)
	}
	// "by Friday", "before the end of the month", "no later than 27 March"
	for _, t := range d.Times {
		if !s.Contains(t.Span) || t.When.IsZero() || t.Type == "DURATION" || t.Type == "SET" {
			continue
		}
		if d.Anchor.IsZero() || !t.When.To.After(d.Anchor.From) {
			continue
		}
		first, _ := d.TokensIn(t.Span)
		if first <= s.FirstToken {
			continue
		}
		w := d.Tokens[first-1].Norm
		if w != "by" && w != "before" && !(w == "than" && strings.Contains(n, " no later than ")) && !strings.Contains(n, " deadline ") {
			continue
		}
		if w == "by" && first >= 2 && len(d.Tags) > first && d.Tags[first-2].XPOS == "VBN" && t.Grain == "year" {
			continue
		}
		it := add("deadline", "by-date", span, actor)
		it.Due, it.When, it.Inferred = t.When, t.When, t.Inferred
	}
	return out
}

// offers reports whether the condition of st is one on which the speaker would
// do something, not a threat and not a question.
func (b *book) offers(d *stemma.Document, st *stemma.Statement, n string) bool {
	if st.Class == "threaten" || st.Class == "warn" || containsAny(n, " unsure if ", " sure if ", " know if ", " asked if ", " see if ", " unclear if ", " wonder if ", " say if ") {
		return false
	}
	stance, _ := stanceOf(n, "")
	return stance == stemma.Offers || stance == stemma.Conditions || stance == stemma.Accepts
}

// statementIn returns the statement that fills most of the sentence, with the
// part of it to cite; the sentence itself if nobody is said to say it.
func (b *book) statementIn(d *stemma.Document, s *stemma.Sentence) (*stemma.Statement, stemma.Span) {
	var best *stemma.Statement
	most := 0
	for i := range d.Statements {
		st := &d.Statements[i]
		if st.Start >= s.End {
			break
		}
		n := 0
		for _, c := range st.Content {
			n += intersect(c, s.Span).Len()
		}
		if n > most {
			best, most = st, n
		}
	}
	if best == nil {
		return nil, s.Span
	}
	return best, s.Span
}

// sameItems joins items that several reports give in nearly the same words.
func (b *book) sameItems(all []stemma.OpenItem) []stemma.OpenItem {
	var out []stemma.OpenItem
	sets := []map[string]bool{}
	for _, it := range all {
		w := b.wordsOf(it.Cites[0])
		k := slices.IndexFunc(out, func(o stemma.OpenItem) bool {
			return o.Kind == it.Kind && (o.Actor == it.Actor || o.Actor == "" || it.Actor == "")
		})
		joined := false
		for ; k >= 0 && k < len(out); k++ {
			o := &out[k]
			if o.Kind != it.Kind || o.Actor != it.Actor && o.Actor != "" && it.Actor != "" || likeness(sets[k], w) < 0.35 {
				continue
			}
			e := b.entry(append(slices.Clone(o.Cites), it.Cites...))
			o.Cites, o.Origins, o.KnownSince = e.Cites, e.Origins, e.KnownSince
			if o.Actor == "" {
				o.Actor = it.Actor
			}
			joined = true
			break
		}
		if !joined {
			out = append(out, it)
			sets = append(sets, w)
		}
	}
	return out
}

// announced makes an item of a meeting that was announced, closed if it was
// held or called off.
func (b *book) announced(m *stemma.Meeting) (stemma.OpenItem, bool) {
	planned := -1
	turns := m.History
	if len(turns) == 0 {
		turns = []stemma.Turn{{Status: m.Status, KnownSince: m.KnownSince, Cite: m.Cites[0]}}
	}
	for i, t := range turns {
		switch t.Status {
		case "planned", "proposed", "conditional":
			if planned < 0 {
				planned = i
			}
		}
	}
	if planned < 0 {
		return stemma.OpenItem{}, false
	}
	it := stemma.OpenItem{Entry: b.entry([]stemma.Cite{turns[planned].Cite}), Kind: "meeting", Due: m.When, Status: "open", Rule: "announced"}
	it.When, it.Inferred = m.When, m.Inferred
	if len(m.Participants) > 0 {
		it.Actor = m.Participants[0]
	} else if len(m.Sides) > 0 {
		it.Actor = m.Sides[0]
	}
	for _, t := range turns[planned:] {
		switch t.Status {
		case "held":
			it.Status = "met"
		case "cancelled":
			it.Status = "off"
		default:
			continue
		}
		c := t.Cite
		it.ClosedBy, it.Closed = &c, t.KnownSince
		break
	}
	return it, true
}

// close closes promises and deadlines that an event of a later report meets,
// and marks those as passed whose day is over.
func (b *book) close(all []stemma.OpenItem) {
	now := stemma.Interval{}
	for _, d := range b.docs {
		if d.Anchor.To.After(now.To) {
			now = d.Anchor
		}
	}
	for i := range all {
		it := &all[i]
		if it.Status != "open" {
			continue
		}
		w := b.wordsOf(it.Cites[0])
		for k := range b.rec.Timeline {
			e := &b.rec.Timeline[k]
			if e.Status != "" && e.Status != "held" || it.Actor == "" || !slices.Contains(e.Actors, it.Actor) || e.KnownSince.IsZero() || !e.KnownSince.From.After(it.KnownSince.From) {
				continue
			}
			switch e.Type {
			case "COOPERATE", "AID", "CONCEDE", "RETREAT":
			default:
				continue
			}
			c := e.Evidence[0]
			if likeness(w, b.wordsOf(c)) >= 0.25 {
				it.Status, it.ClosedBy, it.Closed = "met", &c, e.KnownSince
				break
			}
		}
		if it.Status == "open" && !it.Due.IsZero() && !now.IsZero() && !it.Due.To.After(now.From) && it.Kind != "condition" {
			it.Status = "passed"
		}
	}
}
