package ledger

import (
	"slices"
	"strings"
	"time"

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
		if it, ok := b.appointment(&l.Meetings[i]); ok {
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
	case containsAny(n, conditionWords...) || (st == nil || st.Class != "promise") && onceThen(n):
		add("condition", "depends", span, actor)
	case st != nil && !st.Condition.IsZero() && st.Condition.Overlaps(s.Span) && b.onCondition(d, st, n):
		add("condition", "if", span, actor)
	}
	if st != nil && st.Polarity != "negative" && st.Condition.IsZero() && !containsAny(n, " we will not ", " i will not ") && (st.Class == "promise" || containsAny(n, " we will ", " i will ", " undertook to ", " promised ", " pledged ", " vowed to ")) && len(out) == 0 {
		add("promise", "promise", span, actor)
	}
	due, rule := b.dueIn(d, s, n)
	if due.IsZero() {
		return out
	}
	if len(out) > 0 { // what is promised, or on what condition, by then
		it := &out[0]
		it.Due, it.When = due.When, due.When
		it.Inferred = due.Inferred
		return out
	}
	kind := "deadline"
	if rule == "is-to" {
		kind = "plan"
		if strings.Contains(n, " to meet ") || b.meetingIn(d, s) {
			return out // among the meetings
		}
	}
	if actor == "" && rule == "is-to" {
		actor = b.firstParty(d, s)
	}
	it := add(kind, rule, span, actor)
	it.Due, it.When, it.Inferred = due.When, due.When, due.Inferred
	return out
}

// onceThen reports whether norms say that something can be once something else
// is: "would go free once the fine was paid".
func onceThen(norms string) bool {
	before, after, ok := strings.Cut(norms, " once ")
	if !ok || !containsAny(before+" ", " would ", " could ", " will ", " can ") || strings.HasSuffix(before, " at") {
		return false
	}
	next, _, _ := strings.Cut(after, " ")
	switch next {
	case "again", "more", "a", "an", "every", "in", "and", "or", ",", ".", "\"":
		return false
	}
	return containsAny(" "+after, " is ", " are ", " was ", " were ", " has ", " have ", " had ")
}

// binding are words by which something is to be done, so that "within two
// weeks" is a deadline.
var binding = []string{" agreed ", " agree ", " will ", " must ", " is to ", " are to ", " has to ", " have to ", " undertook ", " promised ", " pledged ", " vowed ", " offered ", " ready ", " obliged ", " due "}

// isTo are words by which a thing is to happen on a day.
var isTo = []string{
	" is to ", " are to ", " is due to ", " are due to ", " is due on ", " is scheduled for ", " are scheduled for ", " is planned for ", " are planned for ", " is set for ",
	" will take place ", " would take place ", " will take effect ", " would take effect ", " will enter into force ", " will come into force ", " will expire ", " expires ",
}

// dueIn returns the time by which or on which, after a rule, what s tells of is
// due; zero if s gives none that is still to come.
func (b *book) dueIn(d *stemma.Document, s *stemma.Sentence, n string) (stemma.Timex, string) {
	if d.Anchor.IsZero() {
		return stemma.Timex{}, ""
	}
	var plan stemma.Timex
	for _, t := range d.Times {
		if !s.Contains(t.Span) || t.Type == "SET" {
			continue
		}
		first, _ := d.TokensIn(t.Span)
		if first <= s.FirstToken {
			continue
		}
		w := d.Tokens[first-1].Norm
		// "within two weeks"
		if t.Type == "DURATION" {
			if when := within(d.Anchor, t.Value); w == "within" && !when.IsZero() && containsAny(n, binding...) && !strings.Contains(n, " if ") {
				t.When, t.Inferred = when, d.AnchorFrom == "exemplar"
				return t, "within"
			}
			continue
		}
		if t.When.IsZero() || !t.When.To.After(d.Anchor.From) {
			continue
		}
		// "by Friday", "before the end of the month", "no later than 27 March"
		if w == "by" || w == "before" || w == "than" && strings.Contains(n, " no later than ") || strings.Contains(n, " deadline ") {
			if w == "by" && first >= 2 && len(d.Tags) > first && d.Tags[first-2].XPOS == "VBN" && t.Grain == "year" {
				continue
			}
			t.When = lastDay(t.When, w == "before" && !strings.Contains(" "+strings.ToLower(d.Text(t.Span))+" ", " end "))
			return t, "by-date"
		}
		// "is to take place on 31 May"
		if (w == "on" || w == "in") && t.When.From.After(d.Anchor.From) && (t.Grain == "day" || t.Grain == "month" || t.Grain == "week") && plan.When.IsZero() && b.planned(d, s, first) {
			plan = t
		}
	}
	if !plan.When.IsZero() {
		return plan, "is-to"
	}
	return stemma.Timex{}, ""
}

// planned reports whether words of isTo stand before token k in its clause.
func (b *book) planned(d *stemma.Document, s *stemma.Sentence, k int) bool {
	from := k
	for from > s.FirstToken && from > k-24 && d.Tokens[from-1].Norm != ";" {
		from--
	}
	n := norms(d, stemma.Span{Start: d.Tokens[from].Start, End: d.Tokens[k-1].End})
	return containsAny(n, isTo...) || d.Tokens[k-1].Norm == "on" && strings.Contains(n, " will ") && !strings.Contains(n, " will not ")
}

// within returns the last day of a span of days, weeks or months that begins
// with day: "P2W"; zero if value is none of these.
func within(day stemma.Interval, value string) stemma.Interval {
	v, ok := strings.CutPrefix(value, "P")
	if !ok || len(v) < 2 {
		return stemma.Interval{}
	}
	n := numeral(v[:len(v)-1])
	from := day.From
	switch v[len(v)-1] {
	case 'D':
		from = from.AddDate(0, 0, n)
	case 'W':
		from = from.AddDate(0, 0, 7*n)
	case 'M':
		from = from.AddDate(0, n, 0)
	default:
		n = 0
	}
	if n == 0 {
		return stemma.Interval{}
	}
	return stemma.Interval{From: from, To: from.AddDate(0, 0, 1)}
}

// lastDay returns the last day of a longer time, by which something is due;
// the first if it is due before that time.
func lastDay(v stemma.Interval, before bool) stemma.Interval {
	if v.To.Sub(v.From) <= 24*time.Hour {
		return v
	}
	if before {
		return stemma.Interval{From: v.From, To: v.From.AddDate(0, 0, 1)}
	}
	return stemma.Interval{From: v.To.AddDate(0, 0, -1), To: v.To}
}

// meetingIn reports whether s announces a meeting.
func (b *book) meetingIn(d *stemma.Document, s *stemma.Sentence) bool {
	if _, ok := b.announced(d, s); ok {
		return true
	}
	for _, c := range b.meetingCites[d.Report.ID] {
		if s.Contains(c.span) {
			return true
		}
	}
	return false
}

// firstParty returns the first that s names who can act for a side.
func (b *book) firstParty(d *stemma.Document, s *stemma.Sentence) stemma.ActorID {
	ms := mentionsIn(d, s.Span)
	if len(ms) == 0 || ms[0].Start > s.Start+4 || b.generic(ms[0].Actor) {
		return ""
	}
	return ms[0].Actor
}

// onCondition reports whether the condition of st is one on which the speaker would
// do something, not a threat and not a question.
func (b *book) onCondition(d *stemma.Document, st *stemma.Statement, n string) bool {
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
		joined := false
		for k := range out {
			o := &out[k]
			if o.Kind != it.Kind || !sameHolder(o, &it) || likeness(sets[k], w) < 0.35 {
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

// sameHolder reports whether two items may be of one actor; those that are due
// at the same time may be of two who agreed on it.
func sameHolder(o, it *stemma.OpenItem) bool {
	if o.Actor == it.Actor || o.Actor == "" || it.Actor == "" {
		return true
	}
	const slack = 48 * time.Hour // "within two weeks", told a day later
	return !o.Due.IsZero() && !it.Due.IsZero() && o.Due.From.Sub(it.Due.From).Abs() <= slack
}

// appointment makes an item of a meeting that was announced, closed if it was
// held or called off.
func (b *book) appointment(m *stemma.Meeting) (stemma.OpenItem, bool) {
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
		if it.Status == "open" && !it.Due.IsZero() && !now.IsZero() && !it.Due.To.After(now.From) {
			it.Status = "passed"
		}
	}
}
