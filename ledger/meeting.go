package ledger

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"stemma"
)

// meetingNouns are the words for a meeting, with the format that each says.
var meetingNouns = map[string]string{
	"meeting": "meeting", "meetings": "meeting", "talks": "talks", "negotiations": "talks", "consultations": "talks",
	"discussions": "talks", "discussion": "talks", "round": "talks", "session": "talks", "dialogue": "talks", "summit": "summit",
	"summits": "summit", "visit": "visit", "trip": "visit", "call": "call", "calls": "call", "conversation": "call", "phone": "call",
	"telephone": "call", "conference": "talks", "briefing": "meeting", "encounter": "meeting",
}

// meetingVerbs are the words other than nouns by which a report tells of a
// meeting.
var meetingVerbs = map[string]bool{
	"met": true, "meet": true, "meets": true, "visited": true, "visits": true, "visiting": true, "travelled": true, "traveled": true, "travels": true,
	"phoned": true, "telephoned": true, "hosted": true, "hosts": true, "welcomed": true, "received": true, "spoke": true, "speak": true, "conferred": true,
	"negotiated": true, "negotiate": true, "negotiating": true, "consulted": true, "talked": true, "discussed": true, "convened": true, "gathered": true,
	"flew": true, "arrived": true,
}

// definite are the nouns by which a report speaks of a meeting again: "the
// talks were useful".
var definite = map[string]bool{
	"meeting": true, "talks": true, "discussions": true, "negotiations": true, "consultations": true, "session": true, "exchange": true,
	"summit": true, "visit": true, "call": true, "conversation": true, "dialogue": true, "round": true,
}

// A meetingCite is a place that tells of a meeting.
type meetingCite struct {
	span    stemma.Span
	meeting int
}

// meetings makes the ledger of meetings out of the timeline.
func (b *book) meetings() []stemma.Meeting {
	var out []stemma.Meeting
	var turns [][]stemma.Turn
	var off []stemma.Meeting // called off, nobody says for when
	events := slices.Clone(b.rec.Timeline)
	// Those with the best date and most participants first: others join them.
	slices.SortStableFunc(events, func(x, y stemma.Event) int {
		return cmp.Or(cmp.Compare(length(x.When), length(y.When)), len(y.Actors)-len(x.Actors))
	})
	for i := range events {
		e := &events[i]
		m, ok := b.meetingOf(e)
		if !ok {
			continue
		}
		if m.Status == "cancelled" && m.When.IsZero() {
			off = append(off, m)
			continue
		}
		if k := b.spokenOfAgain(out, &m); k >= 0 {
			m.When = stemma.Interval{}
			b.joinMeeting(&out[k], &m)
			continue
		}
		turn := stemma.Turn{Status: m.Status, KnownSince: m.KnownSince, Cite: m.Cites[0]}
		k := slices.IndexFunc(out, func(o stemma.Meeting) bool { return b.sameMeeting(&o, &m) })
		if k < 0 {
			out = append(out, m)
			turns = append(turns, []stemma.Turn{turn})
			continue
		}
		b.joinMeeting(&out[k], &m)
		turns[k] = append(turns[k], turn)
	}
	for _, m := range b.announcements(out) {
		turn := stemma.Turn{Status: m.Status, KnownSince: m.KnownSince, Cite: m.Cites[0]}
		k := slices.IndexFunc(out, func(o stemma.Meeting) bool { return b.sameMeeting(&o, &m) })
		if k < 0 {
			out = append(out, m)
			turns = append(turns, []stemma.Turn{turn})
			continue
		}
		b.joinMeeting(&out[k], &m)
		turns[k] = append(turns[k], turn)
	}
	for _, m := range off {
		turn := stemma.Turn{Status: m.Status, KnownSince: m.KnownSince, Cite: m.Cites[0]}
		if k := b.calledOffOf(out, &m); k >= 0 {
			e := b.entry(append(slices.Clone(out[k].Cites), m.Cites...))
			out[k].Cites, out[k].Origins = e.Cites, e.Origins
			turns[k] = append(turns[k], turn)
			continue
		}
		out = append(out, m)
		turns = append(turns, []stemma.Turn{turn})
	}
	for i := range out {
		b.settle(&out[i], turns[i])
	}
	out = slices.DeleteFunc(out, func(m stemma.Meeting) bool {
		return len(m.Participants) == 0 && len(m.Sides) == 0
	})
	slices.SortStableFunc(out, func(x, y stemma.Meeting) int {
		if xz, yz := x.When.IsZero(), y.When.IsZero(); xz != yz {
			if xz {
				return 1
			}
			return -1
		}
		return cmp.Or(x.When.From.Compare(y.When.From), b.before(x.Cites[0], y.Cites[0]))
	})
	for i := range out {
		for _, c := range out[i].Cites {
			b.meetingCites[c.Report] = append(b.meetingCites[c.Report], meetingCite{c.Span, i})
		}
	}
	for _, cites := range b.meetingCites {
		slices.SortFunc(cites, func(x, y meetingCite) int { return cmp.Or(x.span.Start-y.span.Start, x.meeting-y.meeting) })
	}
	for i := range out {
		b.duration(&out[i])
		b.again(out, i)
	}
	b.mediators(out)
	for i := range out {
		b.withoutMediator(out, &out[i])
	}
	b.readouts(out)
	return out
}

// announcing are the words by which a report announces a meeting, tells that it
// was held or calls it off without saying who takes part: "a second round is
// planned for 11 March", "the first day of negotiations ended on Tuesday".
var announcing = []struct{ words, status string }{
	{" was cancelled ", "cancelled"}, {" was canceled ", "cancelled"}, {" was called off ", "cancelled"}, {" were cancelled ", "cancelled"},
	{" were canceled ", "cancelled"}, {" were called off ", "cancelled"}, {" was postponed ", "cancelled"},
	{" planned for ", "planned"}, {" scheduled for ", "planned"}, {" set for ", "planned"}, {" will be held ", "planned"}, {" will begin ", "planned"},
	{" will take place ", "planned"}, {" will resume ", "planned"}, {" will continue ", "planned"}, {" will start ", "planned"}, {" would be held ", "planned"},
	{" would take place ", "planned"}, {" would resume ", "planned"}, {" would continue ", "planned"}, {" to be held ", "planned"}, {" to take place ", "planned"},
	{" is due ", "planned"}, {" are due ", "planned"}, {" were due ", "planned"}, {" are to resume ", "planned"}, {" are to continue ", "planned"},
	{" ended ", "held"}, {" concluded ", "held"}, {" began ", "held"}, {" opened ", "held"}, {" resumed ", "held"}, {" took place ", "held"},
	{" was held ", "held"}, {" were held ", "held"}, {" broke up ", "held"}, {" collapsed ", "held"},
}

// announcements finds meetings that no event tells of, since nobody is said to
// take part. Who takes part is who did in the talks that the report tells of
// before, in those that another report announced for the same day, or in what it
// tells was agreed; else the two that the whole record is about.
func (b *book) announcements(ms []stemma.Meeting) []stemma.Meeting {
	told := map[stemma.ReportID][]meetingCite{}
	for i := range ms {
		for _, c := range ms[i].Cites {
			told[c.Report] = append(told[c.Report], meetingCite{c.Span, i})
		}
	}
	var out []stemma.Meeting
	for _, d := range b.docs {
		cites := told[d.Report.ID]
		slices.SortFunc(cites, func(x, y meetingCite) int { return x.span.Start - y.span.Start })
		both := slices.DeleteFunc(slices.Clone(cites), func(c meetingCite) bool { return len(ms[c.meeting].Sides) < 2 && len(ms[c.meeting].Participants) < 2 })
		last := -1 // the last announcement of this report, in out
		for i := range d.Sentences {
			s := &d.Sentences[i]
			if s.Kind != stemma.Prose {
				continue
			}
			m, ok := b.announced(d, s)
			if !ok {
				if m, ok := b.calledOff(d, s); ok {
					out = append(out, m)
				}
				continue
			}
			if slices.ContainsFunc(cites, func(c meetingCite) bool { return s.Contains(c.span) && ms[c.meeting].Status == m.Status }) {
				continue
			}
			var like *stemma.Meeting
			switch k := nearest(both, s.Start, ms); {
			case last >= 0 && (k < 0 || m.Where == ""):
				like = &out[last]
			case k >= 0:
				like = &ms[k]
			default:
				like = b.sameDay(ms, &m)
			}
			if like != nil {
				m.Sides = slices.Clone(like.Sides)
				if len(like.Sides) < 2 {
					m.Participants = slices.Clone(like.Participants)
				}
				if m.Where == "" && m.Status == "planned" || m.Where == "" && like.When.Overlaps(m.When) {
					m.Where = like.Where
				}
			} else if m.Sides = b.agreedIn(d, s.Start); m.Sides == nil {
				m.Sides = b.parties(ms)
			}
			if m.Status == "held" && len(m.Sides) == 0 {
				continue
			}
			if len(m.Sides) > 0 {
				last = len(out)
			}
			out = append(out, m)
		}
	}
	return out
}

// calledOffOf returns the index of the meeting among ms that m, called off with no
// word of its day, means: the only one that was still to come and is not
// between others; -1 if there is none or there are several.
func (b *book) calledOffOf(ms []stemma.Meeting, m *stemma.Meeting) int {
	at := -1
	likely := func(i int) bool { return i >= 0 && ms[i].Format == m.Format }
	for i := range ms {
		o := &ms[i]
		if o.Status == "held" || o.Status == "cancelled" || (o.Format == "call") != (m.Format == "call") {
			continue
		}
		if !o.When.IsZero() && !m.KnownSince.IsZero() && !o.When.To.After(m.KnownSince.From) || b.byID[m.Cites[0].Report] < b.byID[o.Cites[0].Report] {
			continue
		}
		people, sides := shared(o.Participants, m.Participants), shared(o.Sides, m.Sides)
		if len(m.Participants)+len(m.Sides) > 1 && people+sides < min(2, len(m.Participants)+len(m.Sides)) || o.Where != "" && m.Where != "" && !b.samePlace(o.Where, m.Where) {
			continue
		}
		switch {
		case at >= 0 && likely(at) == likely(i):
			return -1
		case at < 0 || likely(i):
			at = i
		}
	}
	return at
}

// sameDay returns the only talks of two sides or more among ms whose day is
// that of m; nil if there are none or several.
func (b *book) sameDay(ms []stemma.Meeting, m *stemma.Meeting) *stemma.Meeting {
	var like *stemma.Meeting
	for i := range ms {
		o := &ms[i]
		if len(o.Sides) < 2 || o.Format == "call" || o.When.IsZero() || !o.When.Overlaps(m.When) || length(o.When) > 31*24*time.Hour {
			continue
		}
		if like != nil && !slices.Equal(like.Sides, o.Sides) {
			return nil
		}
		like = o
	}
	return like
}

// agreedIn returns the sides of the last agreement of two or more that d tells
// of before offset; nil if it tells of none.
func (b *book) agreedIn(d *stemma.Document, offset int) []stemma.ActorID {
	var best []stemma.ActorID
	at := -1
	for i := range b.rec.Timeline {
		e := &b.rec.Timeline[i]
		if e.Type != "AGREE" || len(e.Recipients) > 0 {
			continue
		}
		sides := b.sidesOf(e.Actors)
		for _, c := range e.Evidence {
			if c.Report == d.Report.ID && c.Span.Start < offset && c.Span.Start > at && len(sides) > 1 {
				best, at = sides, c.Span.Start
			}
		}
	}
	return best
}

// sidesOf returns for whom the actors stand.
func (b *book) sidesOf(ids []stemma.ActorID) []stemma.ActorID {
	var sides []stemma.ActorID
	for _, id := range ids {
		sides = addID(sides, b.side(id))
	}
	return sides
}

// parties returns the two sides of most talks among ms and agreements of two;
// nobody unless they are those of twice as many as any other two.
func (b *book) parties(ms []stemma.Meeting) []stemma.ActorID {
	var pairs [][]stemma.ActorID
	var count []int
	add := func(sides []stemma.ActorID) {
		if len(sides) != 2 {
			return
		}
		k := slices.IndexFunc(pairs, func(p []stemma.ActorID) bool { return shared(p, sides) == 2 })
		if k < 0 {
			k = len(pairs)
			pairs, count = append(pairs, sides), append(count, 0)
		}
		count[k]++
	}
	for i := range ms {
		add(ms[i].Sides)
	}
	for i := range b.rec.Timeline {
		if e := &b.rec.Timeline[i]; e.Type == "AGREE" && len(e.Recipients) == 0 {
			add(b.sidesOf(e.Actors))
		}
	}
	best, next := -1, 0
	for k := range count {
		switch {
		case best < 0 || count[k] > count[best]:
			if best >= 0 {
				next = max(next, count[best])
			}
			best = k
		default:
			next = max(next, count[k])
		}
	}
	if best < 0 || count[best] < 2*next {
		return nil
	}
	return slices.Clone(pairs[best])
}

// announced reads the meeting that a sentence announces, tells the holding of
// or calls off, without those who take part: its noun phrase opens the
// sentence or what is said in it.
func (b *book) announced(d *stemma.Document, s *stemma.Sentence) (stemma.Meeting, bool) {
	n := norms(d, s.Span)
	for _, a := range announcing {
		at := strings.Index(n, a.words)
		if at < 0 {
			continue
		}
		verb := s.FirstToken + strings.Count(n[:at+1], " ") - 1
		for verb > s.FirstToken && auxiliary[d.Tokens[verb-1].Norm] {
			verb-- // "is planned for"
		}
		if m, ok := b.announcement(d, s, a.status, verb); ok {
			return m, true
		}
	}
	return stemma.Meeting{}, false
}

// callingOff are the verbs by which somebody calls a meeting off.
var callingOff = map[string]bool{"cancelled": true, "canceled": true, "cancels": true, "scrapped": true, "postponed": true, "shelved": true, "called": true}

// calledOff reads "he cancelled plans for a second summit in Budapest in
// October".
func (b *book) calledOff(d *stemma.Document, s *stemma.Sentence) (stemma.Meeting, bool) {
	for k := s.FirstToken + 1; k < s.EndToken; k++ {
		w := d.Tokens[k].Norm
		if !callingOff[w] || w == "called" && (k+1 >= s.EndToken || d.Tokens[k+1].Norm != "off") {
			continue
		}
		noun := -1
		for j := k + 1; j < s.EndToken && j <= k+8; j++ {
			if n := d.Tokens[j].Norm; definite[n] {
				noun = j
				break
			}
		}
		ms := mentionsIn(d, stemma.Span{Start: s.Start, End: d.Tokens[k].Start})
		if noun < 0 || len(ms) == 0 || b.generic(ms[len(ms)-1].Actor) {
			continue
		}
		who := ms[len(ms)-1].Actor
		if prev := d.Tokens[k-1].Norm; (prev == "and" || prev == "but") && !b.generic(ms[0].Actor) {
			who = ms[0].Actor // "X rejected the plan put forward by Y and called off the session"
		}
		m := stemma.Meeting{
			Entry:  b.entry([]stemma.Cite{{Report: d.Report.ID, Span: stemma.Span{Start: d.Tokens[k].Start, End: d.Tokens[noun].End}}}),
			Format: meetingNouns[d.Tokens[noun].Norm], Status: "cancelled",
		}
		if b.actors[who].Kind == stemma.Person {
			m.Participants = addID(nil, who)
		}
		m.Sides = addID(nil, b.side(who))
		for _, t := range d.Times {
			if s.Contains(t.Span) && t.Start > d.Tokens[noun].Start && !t.When.IsZero() && t.Type == "DATE" {
				m.When, m.Inferred = t.When, t.Inferred
				if containsAny(norms(d, stemma.Span{Start: s.Start, End: t.Start}), wasToBe...) {
					m.When = comingDay(d, t)
				}
				break
			}
		}
		for _, x := range mentionsIn(d, stemma.Span{Start: d.Tokens[noun].End, End: s.End}) {
			j, _ := d.TokensIn(x.Span)
			if x.Kind == stemma.Place && d.Tokens[j-1].Norm == "in" {
				m.Where = x.Actor
				break
			}
		}
		return m, m.Where != "" || !m.When.IsZero()
	}
	return stemma.Meeting{}, false
}

var auxiliary = map[string]bool{"is": true, "are": true, "was": true, "were": true, "be": true, "been": true, "being": true, "has": true, "have": true, "had": true, "now": true, "also": true, "then": true, "still": true, "not": true}

// wasToBe are words behind which a weekday is still to come though the tense is
// past: "the session that was to be held on Friday".
var wasToBe = []string{" was to ", " were to ", " was due ", " were due ", " been due ", " been scheduled ", " been planned ", " was planned ", " was scheduled "}

// comingDay returns the day of t, of a weekday past the one to come.
func comingDay(d *stemma.Document, t stemma.Timex) stemma.Interval {
	if t.Rule != "weekday" || d.Anchor.IsZero() || !t.When.From.Before(d.Anchor.From) {
		return t.When
	}
	return stemma.Interval{From: t.When.From.AddDate(0, 0, 7), To: t.When.To.AddDate(0, 0, 7)}
}

// announcement reads the meeting of which the words at token verb of s tell
// that it has the status.
func (b *book) announcement(d *stemma.Document, s *stemma.Sentence, status string, verb int) (stemma.Meeting, bool) {
	noun := -1
	for k := s.FirstToken; k < verb && k < s.FirstToken+14; k++ {
		if w := d.Tokens[k].Norm; definite[w] && w != "exchange" { // which is of prisoners
			noun = k
			break
		}
	}
	if noun < 0 || finiteBetween(d, noun+1, verb) {
		return stemma.Meeting{}, false
	}
	m := stemma.Meeting{
		Entry:  b.entry([]stemma.Cite{{Report: d.Report.ID, Span: stemma.Span{Start: s.Start, End: s.End}}}),
		Format: cmp.Or(meetingNouns[d.Tokens[noun].Norm], "talks"), Status: status,
	}
	for _, t := range d.Times {
		if s.Contains(t.Span) && t.Start > d.Tokens[noun].Start && !t.When.IsZero() && (t.Type == "DATE" || t.Type == "TIME") && t.Rule != "reference" && t.Rule != "since" {
			m.When, m.Inferred = t.When, t.Inferred
			if status == "planned" {
				m.When = comingDay(d, t)
			}
			break
		}
	}
	if m.When.IsZero() || status == "held" && length(m.When) > 7*24*time.Hour {
		return stemma.Meeting{}, false
	}
	for _, x := range mentionsIn(d, stemma.Span{Start: d.Tokens[noun].End, End: s.End}) {
		k, _ := d.TokensIn(x.Span)
		if x.Kind == stemma.Place && k > 0 && (d.Tokens[k-1].Norm == "in" || d.Tokens[k-1].Norm == "at") {
			m.Where = x.Actor
			break
		}
	}
	return m, true
}

// finiteBetween reports whether a finite verb stands among the tokens
// [from:to), clauses of "which" and "who" between commas left out.
func finiteBetween(d *stemma.Document, from, to int) bool {
	if len(d.Tags) == 0 {
		return to-from > 8
	}
	for k := from; k < to; k++ {
		if w := d.Tokens[k].Norm; k > from && d.Tokens[k-1].Norm == "," && (w == "which" || w == "who") {
			for k < to && d.Tokens[k].Norm != "," {
				k++
			}
			continue
		}
		switch d.Tags[k].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			return true
		}
	}
	return false
}

// spokenOfAgain returns the meeting that "the talks between A and B" of a later
// report means; -1 if none. The date of the sentence is that of the report.
func (b *book) spokenOfAgain(ms []stemma.Meeting, y *stemma.Meeting) int {
	c := y.Cites[0]
	d := b.doc(c)
	first, _ := d.TokensIn(c.Span)
	if y.Status != "held" || len(y.Sides) < 2 || !(d.Tokens[first].Norm == "the" && first+1 < len(d.Tokens) && definite[d.Tokens[first+1].Norm]) {
		return -1
	}
	best := -1
	for i := range ms {
		x := &ms[i]
		if x.Status == "held" && x.When != y.When && shared(x.Sides, y.Sides) >= 2 && b.byID[x.Cites[0].Report] < b.byID[c.Report] && !x.When.IsZero() {
			if best < 0 || x.When.From.After(ms[best].When.From) {
				best = i
			}
		}
	}
	return best
}

// length orders intervals by how narrow they are; nothing known is widest.
func length(v stemma.Interval) time.Duration {
	if v.IsZero() {
		return 1 << 62
	}
	return v.To.Sub(v.From)
}

// meetingOf reads an event as a meeting.
func (b *book) meetingOf(e *stemma.Event) (stemma.Meeting, bool) {
	status := cmp.Or(e.Status, "held")
	if status == "held" && strings.HasPrefix(e.CAMEO, "036") {
		// To have agreed to meet is not to have met; to be ready to is less.
		status = "proposed"
		if agreed[e.Rule] {
			status = "planned"
		}
	}
	if status == "proposed" && len(e.Actors)+len(e.Recipients) < 2 {
		return stemma.Meeting{}, false
	}
	if e.CAMEO == "045" && len(e.Actors)+len(e.Recipients) < 2 {
		return stemma.Meeting{}, false // who mediated, [book.mediators] finds
	}
	var cites []stemma.Cite
	format := ""
	for _, c := range e.Evidence {
		d := b.doc(c)
		if d == nil || d.Text(c.Span) == "dialogue" || d.Text(c.Span) == "the dialogue" {
			continue // dialogue in general
		}
		if !slices.ContainsFunc(words(d, c.Span), func(w string) bool { return meetingNouns[w] != "" || meetingVerbs[w] }) {
			continue // a letter, a mediation: no meeting
		}
		cites = append(cites, c)
		format = betterFormat(format, b.format(c))
	}
	if len(cites) == 0 {
		return stemma.Meeting{}, false
	}
	switch {
	case e.Type == "CONSULT":
	case strings.HasPrefix(e.CAMEO, "036") && (format != "" || b.anyWord(cites, "meet", "travel")), e.CAMEO == "125" && format != "", status == "cancelled" && format != "":
		if e.CAMEO == "125" && status == "held" {
			return stemma.Meeting{}, false // a refusal to meet
		}
	default:
		return stemma.Meeting{}, false
	}
	m := stemma.Meeting{Entry: b.entry(cites), Format: cmp.Or(format, "meeting"), Where: e.Where, Status: status}
	m.When, m.Inferred = e.When, e.Inferred
	if e.CAMEO == "041" || e.Mode == "phone" {
		m.Format = "call"
	}
	if !e.KnownSince.IsZero() && (m.KnownSince.IsZero() || e.KnownSince.From.Before(m.KnownSince.From)) {
		m.KnownSince = e.KnownSince
	}
	var places []stemma.ActorID
	for _, id := range append(slices.Clone(e.Actors), e.Recipients...) {
		a := b.actors[id]
		switch {
		case a == nil:
		case b.lands[id]:
			places = addID(places, id)
		case a.Kind == stemma.Work || b.generic(id):
		default:
			m.Participants = addID(m.Participants, id)
		}
	}
	m.Sides = b.sidesOf(m.Participants)
	for _, id := range places {
		s := cmp.Or(b.side(id), id)
		if e.Mode == "visit" && slices.Contains(e.Recipients, id) {
			m.Where = cmp.Or(m.Where, id)
			if s == id && len(m.Sides)+len(m.Participants) > 0 {
				continue // a town
			}
		}
		if id == e.Where && !slices.Contains(m.Sides, s) && len(places)+len(m.Participants) > 2 {
			continue // the place, not a party
		}
		if talked, where := b.attributive(cites, id); talked {
			if where && m.Where == "" {
				m.Where = id
			}
			continue
		}
		if a := b.actors[id]; e.CAMEO == "125" && id == e.Where && a.Kind == stemma.Place {
			continue
		}
		m.Sides = addID(m.Sides, s)
	}
	if e.Mode == "visit" && len(m.Sides) < 2 && !b.anyPerson(&m) {
		return stemma.Meeting{}, false // monitors arrive
	}
	return m, true
}

// anyWord reports whether one of the words is among those of cites.
func (b *book) anyWord(cites []stemma.Cite, any ...string) bool {
	return slices.ContainsFunc(cites, func(c stemma.Cite) bool {
		return slices.ContainsFunc(words(b.doc(c), c.Span), func(w string) bool { return slices.Contains(any, w) })
	})
}

// agreed are the rules of events that tell of an agreement to meet, not of the
// readiness for it.
var agreed = map[string]bool{"governor:agree": true, "governor:decide": true, "governor:plan": true, "governor:schedule": true, "governor:resolve": true}

// attributive reports whether the sentences of cites name the place id only before
// another noun, "the Kost crossing": it is what is talked about, no party; or
// where, if the noun is a meeting: "the Florida talks".
func (b *book) attributive(cites []stemma.Cite, id stemma.ActorID) (found, where bool) {
	for _, c := range cites {
		d := b.doc(c)
		s := sentence(d, c.Span.Start)
		if s == nil {
			continue
		}
		for _, m := range mentionsIn(d, s.Span) {
			if m.Actor != id || !b.lands[id] {
				continue
			}
			_, end := d.TokensIn(m.Span)
			if end >= len(d.Tokens) {
				return false, false
			}
			w := d.Tokens[end].Norm
			if definite[w] {
				found, where = true, true
				continue
			}
			if len(d.Tags) > end && d.Tags[end].POS != "NOUN" {
				return false, false
			}
			if len(w) < 4 || w[0] < 'a' || w[0] > 'z' || strings.HasSuffix(w, "ed") || verbal[w] || strings.HasSuffix(w, "s") {
				return false, false
			}
			found = true
		}
	}
	return found, where
}

// format returns the format that the words of c name, "" if none.
func (b *book) format(c stemma.Cite) string {
	for _, w := range words(b.doc(c), c.Span) {
		if f := meetingNouns[w]; f != "" {
			return f
		}
	}
	return ""
}

var formatRank = map[string]int{"": 0, "meeting": 1, "talks": 2, "visit": 3, "call": 4, "summit": 5}

func betterFormat(x, y string) string {
	if formatRank[y] > formatRank[x] {
		return y
	}
	return x
}

// sameMeeting reports whether two entries can be one meeting.
func (b *book) sameMeeting(x, y *stemma.Meeting) bool {
	if (x.Format == "call") != (y.Format == "call") {
		return false
	}
	dated := !x.When.IsZero() && !y.When.IsZero()
	if dated && !x.When.Overlaps(y.When) {
		return false
	}
	if (x.Status == "cancelled") != (y.Status == "cancelled") && (x.Status == "held" || y.Status == "held") {
		return false
	}
	place := x.Where != "" && y.Where != "" && b.samePlace(x.Where, y.Where)
	if x.Where != "" && y.Where != "" && !place {
		return false
	}
	people := shared(x.Participants, y.Participants)
	sides := shared(x.Sides, y.Sides)
	all := len(x.Participants) + len(y.Participants)
	switch {
	case dated && place && (people >= 1 || sides >= 1):
		return true
	case dated && (people >= 2 || sides >= 2 && (people >= 1 || len(x.Participants) == 0 || len(y.Participants) == 0)):
		return true
	case dated && shorterThan(x.When, y.When, 24*time.Hour) && sides >= 1 && (len(x.Sides) == 1 || len(y.Sides) == 1) &&
		x.Format == y.Format && (!b.anyPerson(x) || !b.anyPerson(y)):
		return true
	case dated && x.When == y.When && (x.Format == "visit") != (y.Format == "visit") && b.oneSentence(x.Cites, y.Cites):
		return true
	case dated && people >= 1 && (x.Format == "visit" || y.Format == "visit") && shorterThan(x.When, y.When, 4*24*time.Hour):
		return true
	case !dated && x.Status == y.Status && place && (people >= 1 || sides >= 2 || all == 0 && sides >= 1):
		return true
	case !dated && x.Status == y.Status && people >= 2:
		return true
	case x.Status != y.Status && !dated && b.over(x, y):
		return false // what is planned now is not what was over by then
	case x.Status != y.Status && !dated && (people >= 2 || sides >= 2) && (place || x.Status != "held" && y.Status != "held"):
		return true
	}
	return false
}

// over reports whether the day of the one that has a day was past when the
// other, which has none, became known.
func (b *book) over(x, y *stemma.Meeting) bool {
	if x.When.IsZero() {
		x, y = y, x
	}
	return !x.When.IsZero() && !y.KnownSince.IsZero() && !x.When.To.After(y.KnownSince.From)
}

// oneSentence reports whether a sentence holds words of both.
func (b *book) oneSentence(x, y []stemma.Cite) bool {
	for _, c := range x {
		d := b.doc(c)
		s := sentence(d, c.Span.Start)
		for _, e := range y {
			if e.Report == c.Report && s != nil && s.Contains(e.Span) {
				return true
			}
		}
	}
	return false
}

func (b *book) anyPerson(m *stemma.Meeting) bool {
	return slices.ContainsFunc(m.Participants, func(id stemma.ActorID) bool { return b.actors[id].Kind == stemma.Person })
}

func shorterThan(x, y stemma.Interval, d time.Duration) bool { return length(x) <= d && length(y) <= d }

func (b *book) samePlace(x, y stemma.ActorID) bool {
	return x == y || b.side(x) != "" && b.side(x) == b.side(y)
}

func shared(x, y []stemma.ActorID) int {
	n := 0
	for _, id := range x {
		if slices.Contains(y, id) {
			n++
		}
	}
	return n
}

// joinMeeting adds what y tells of the same meeting to x.
func (b *book) joinMeeting(x, y *stemma.Meeting) {
	for _, id := range y.Participants {
		x.Participants = addID(x.Participants, id)
	}
	for _, id := range y.Sides {
		x.Sides = addID(x.Sides, id)
	}
	if x.Where == "" || x.Where == b.side(x.Where) && y.Where != "" {
		x.Where = cmp.Or(y.Where, x.Where)
	}
	if length(y.When) < length(x.When) {
		x.When, x.Inferred = y.When, y.Inferred
	} else if x.When == y.When && !y.Inferred {
		x.Inferred = false
	}
	x.Format = betterFormat(x.Format, y.Format)
	e := b.entry(append(slices.Clone(x.Cites), y.Cites...))
	x.Cites, x.Origins, x.KnownSince = e.Cites, e.Origins, e.KnownSince
}

// settle orders what a meeting was said to be and takes the last of it.
func (b *book) settle(m *stemma.Meeting, turns []stemma.Turn) {
	rank := map[string]int{"denied": 0, "conditional": 1, "proposed": 2, "planned": 3, "held": 4, "cancelled": 5}
	slices.SortStableFunc(turns, func(x, y stemma.Turn) int {
		return cmp.Or(b.byID[x.Cite.Report]-b.byID[y.Cite.Report], rank[x.Status]-rank[y.Status])
	})
	for _, t := range turns {
		if n := len(m.History); n > 0 && m.History[n-1].Status == t.Status {
			continue
		}
		m.History = append(m.History, t)
	}
	m.Status = m.History[len(m.History)-1].Status
	for _, t := range turns {
		if t.Status == "held" && m.Status != "cancelled" {
			m.Status = "held"
		}
	}
	if len(m.History) == 1 {
		m.History = nil
	}
	m.Level = b.level(m.Participants)
	slices.SortStableFunc(m.Participants, func(x, y stemma.ActorID) int {
		return boolCompare(b.actors[x].Kind == stemma.Person, b.actors[y].Kind == stemma.Person)
	})
}

// again gives a meeting that is told of as another of the same, "a second
// summit", the participants of the one that the sentence speaks of before.
func (b *book) again(ms []stemma.Meeting, i int) {
	m := &ms[i]
	if len(m.Participants)+len(m.Sides) > 2 || len(m.Participants) > 1 {
		return
	}
	for _, c := range m.Cites {
		d := b.doc(c)
		if !containsAny(norms(d, c.Span), " second ", " another ", " further ", " third ", " new round ", " next ") {
			continue
		}
		s := sentence(d, c.Span.Start)
		for k := range ms {
			if k == i || shared(ms[k].Participants, m.Participants) == 0 {
				continue
			}
			for _, o := range ms[k].Cites {
				if o.Report == c.Report && s.Contains(o.Span) {
					for _, id := range ms[k].Participants {
						m.Participants = addID(m.Participants, id)
						m.Sides = addID(m.Sides, b.side(id))
					}
					return
				}
			}
		}
	}
}

// levels gives the rank of those who meet by the words of their office.
var levels = []struct {
	level string
	words []string
}{
	{"leaders", []string{"president", "prime minister", "chancellor", "king", "queen", "premier", "supreme leader", "head of state", "emir", "crown prince"}},
	{"ministers", []string{"minister", "secretary"}},
	{"envoys", []string{"envoy", "ambassador", "negotiator", "representative", "emissary"}},
}

// lowered are words that make an office a lesser one: the president's aide.
var lowered = []string{"aide", "adviser", "advisor", "son", "daughter", "wife", "spokes", "deputy", "vice", "former", "ex-", "assistant", "office", "ally"}

// level returns the highest level among the participants.
func (b *book) level(ids []stemma.ActorID) string {
	best := len(levels)
	for _, id := range ids {
		a := b.actors[id]
		for _, role := range append(slices.Clone(a.Roles), a.Name) {
			if role == a.Name && a.Kind == stemma.Person {
				continue
			}
			role = strings.ToLower(role)
			if slices.ContainsFunc(lowered, func(w string) bool { return strings.Contains(role, w) }) {
				continue
			}
			for i, l := range levels {
				if i < best && slices.ContainsFunc(l.words, func(w string) bool { return strings.Contains(role, w) }) {
					best = i
				}
			}
		}
	}
	if best == len(levels) {
		if len(ids) == 0 {
			return ""
		}
		return "officials"
	}
	return levels[best].level
}

// lasting are the verbs that say how long a meeting took.
var lasting = map[string]bool{
	"lasted": true, "lasting": true, "lasts": true, "sat": true, "talked": true, "spoke": true, "met": true, "negotiated": true, "ran": true,
	"held": true, "took": true, "conferred": true, "argued": true, "spent": true, "after": true, "continued": true,
}

// duration finds how long a meeting took: "a nearly five-hour meeting", "the
// negotiators sat for seven hours".
func (b *book) duration(m *stemma.Meeting) {
	if m.Status != "held" && m.Status != "planned" {
		return
	}
	votes := map[string]int{}
	for _, c := range m.Cites {
		d := b.doc(c)
		from := d.SentenceOf(c.Span.Start)
		if from < 0 {
			continue
		}
		for k := from; k <= from+1 && k < len(d.Sentences); k++ {
			s := d.Sentences[k].Span
			for _, t := range d.Times {
				if t.Type != "DURATION" || !s.Contains(t.Span) || !strings.HasPrefix(t.Value, "PT") || strings.Contains(t.Value, "X") {
					continue
				}
				if !b.lasts(d, t.Span, c.Span, k == from) {
					continue
				}
				cite := stemma.Cite{Report: c.Report, Span: t.Span}
				if !slices.Contains(m.DurationSaid, cite) {
					m.DurationSaid = append(m.DurationSaid, cite)
					votes[t.Value]++
				}
			}
		}
	}
	m.DurationSaid = b.ordered(m.DurationSaid)
	for _, c := range m.DurationSaid { // the earliest of those most often said
		for _, t := range b.doc(c).Times {
			if t.Span == c.Span && (m.Duration == "" || votes[t.Value] > votes[m.Duration]) {
				m.Duration = t.Value
			}
		}
	}
	if m.Duration == "" {
		m.DurationSaid = nil
	}
}

// ended are the last words of verbs behind which "after two hours" tells how
// long a meeting took.
var ended = map[string]bool{"up": true, "ended": true, "finished": true, "concluded": true, "collapsed": true, "adjourned": true}

// lasts reports whether the length at t is that of the meeting told of at c.
func (b *book) lasts(d *stemma.Document, t, c stemma.Span, sameSentence bool) bool {
	first, end := d.TokensIn(t)
	// "five-hour meeting"
	for k := end; k < len(d.Tokens) && k <= end+2 && d.Tokens[k].Norm != "." && d.Tokens[k].Norm != ","; k++ {
		if meetingNouns[d.Tokens[k].Norm] != "" {
			return sameSentence
		}
	}
	// "seven hours of talks"
	if end+1 < len(d.Tokens) && d.Tokens[end].Norm == "of" && meetingNouns[d.Tokens[end+1].Norm] != "" {
		return sameSentence
	}
	// "broke up after two hours"
	if sameSentence && first > 1 && d.Tokens[first-1].Norm == "after" && ended[d.Tokens[first-2].Norm] {
		return true
	}
	// "sat for seven hours"
	for k := first - 1; k >= 0 && k >= first-3; k-- {
		if w := d.Tokens[k].Norm; lasting[w] && (w != "after" || c.Overlaps(t)) {
			return true
		}
	}
	return false
}

// mediators finds who chaired or mediated: "Ruth Amadi, who chaired the
// meeting", "talks mediated by Caldmark".
func (b *book) mediators(ms []stemma.Meeting) {
	for _, d := range b.docs {
		cites := b.meetingCites[d.Report.ID]
		if len(cites) == 0 {
			continue
		}
		for i, t := range d.Tokens {
			var active bool
			switch t.Norm {
			case "chaired", "mediated", "hosted", "moderated", "brokered", "led", "mediation", "mediating":
				active = true
			}
			if !active {
				continue
			}
			s := sentence(d, t.Start)
			if s == nil || s.Kind != stemma.Prose {
				continue
			}
			who := stemma.ActorID("")
			next := func(k int) string {
				if k < len(d.Tokens) {
					return d.Tokens[k].Norm
				}
				return ""
			}
			switch {
			case t.Norm == "mediation" && next(i+1) != "of", t.Norm == "led" && next(i+1) != "the":
				continue
			case next(i+1) == "by" || t.Norm == "mediation":
				for _, m := range mentionsIn(d, stemma.Span{Start: t.End, End: s.End}) {
					who = m.Actor
					break
				}
			case next(i+1) == "the" && meetingNouns[next(i+2)] != "" || next(i+1) == "a" && meetingNouns[next(i+2)] != "":
				ms := mentionsIn(d, stemma.Span{Start: s.Start, End: t.Start})
				for k := len(ms) - 1; k >= 0; k-- {
					if ms[k].Kind != stemma.Place {
						who = ms[k].Actor
						break
					}
				}
			default:
				continue
			}
			k := nearest(cites, t.Start, ms)
			if who == "" || k < 0 || ms[k].Mediator != "" {
				continue
			}
			ms[k].Mediator = who
			ms[k].Participants = slices.DeleteFunc(ms[k].Participants, func(id stemma.ActorID) bool { return id == who })
			if s := b.side(who); s != "" && !slices.ContainsFunc(ms[k].Participants, func(id stemma.ActorID) bool { return b.side(id) == s }) {
				ms[k].Sides = slices.DeleteFunc(ms[k].Sides, func(id stemma.ActorID) bool { return id == s })
			}
		}
	}
}

// withoutMediator takes the mediator of the talks before from the sides of those
// announced after them.
func (b *book) withoutMediator(ms []stemma.Meeting, m *stemma.Meeting) {
	if m.Status == "held" || len(m.Participants) > 0 {
		return
	}
	for i := range ms {
		s := b.side(ms[i].Mediator)
		if s != "" && len(m.Sides) > 2 && shared(m.Sides, ms[i].Sides) >= 2 && !slices.Contains(ms[i].Sides, s) {
			m.Sides = slices.DeleteFunc(m.Sides, func(id stemma.ActorID) bool { return id == s })
		}
	}
}

// nearest returns the held meeting last told of before offset, or first after.
func nearest(cites []meetingCite, offset int, ms []stemma.Meeting) int {
	best := -1
	for _, c := range cites {
		if ms[c.meeting].Status != "held" || ms[c.meeting].Format == "call" {
			continue
		}
		if c.span.Start > offset && best >= 0 {
			break
		}
		best = c.meeting
	}
	return best
}

// readouts gathers what the participants and those who stand for a side said
// of a meeting.
func (b *book) readouts(ms []stemma.Meeting) {
	for _, d := range b.docs {
		cites := b.meetingCites[d.Report.ID]
		if len(cites) == 0 {
			continue
		}
		for i := range d.Statements {
			st := &d.Statements[i]
			if st.Actor == "" {
				continue
			}
			k := b.about(d, st, cites, ms)
			if k < 0 || ms[k].Status != "held" {
				continue
			}
			side := b.side(st.Actor)
			m := &ms[k]
			if !slices.Contains(m.Participants, st.Actor) && (side == "" || !slices.Contains(m.Sides, side)) && m.Mediator != st.Actor {
				continue
			}
			if a := b.actors[st.Actor]; a == nil || a.Kind == stemma.Work {
				continue
			}
			cite := stemma.Cite{Report: d.Report.ID, Span: st.Span}
			r := slices.IndexFunc(m.Readouts, func(r stemma.Readout) bool { return r.Actor == st.Actor })
			if r < 0 {
				m.Readouts = append(m.Readouts, stemma.Readout{Side: side, Actor: st.Actor})
				r = len(m.Readouts) - 1
			}
			m.Readouts[r].Cites = append(m.Readouts[r].Cites, cite)
		}
	}
	for i := range ms {
		m := &ms[i]
		for r := range m.Readouts {
			m.Readouts[r].Cites = b.ordered(m.Readouts[r].Cites)
		}
		slices.SortStableFunc(m.Readouts, func(x, y stemma.Readout) int {
			return cmp.Or(strings.Compare(string(x.Side), string(y.Side)), b.before(x.Cites[0], y.Cites[0]))
		})
		if m.Status != "held" || len(m.Readouts) == 0 {
			continue
		}
		for _, s := range m.Sides {
			if !slices.ContainsFunc(m.Readouts, func(r stemma.Readout) bool { return r.Side == s }) {
				m.NoReadout = addID(m.NoReadout, s)
			}
		}
	}
}

// about returns the meeting that a statement speaks of; -1 if none.
func (b *book) about(d *stemma.Document, st *stemma.Statement, cites []meetingCite, ms []stemma.Meeting) int {
	for _, content := range st.Content {
		// It tells of the meeting itself.
		for _, c := range cites {
			if content.Contains(c.span) && ms[c.meeting].Status == "held" {
				return c.meeting
			}
		}
		// "the talks", "this meeting": the one last told of.
		first, end := d.TokensIn(content)
		for k := first; k < end; k++ {
			if !definite[d.Tokens[k].Norm] || d.Tokens[k].Norm == "exchange" && k+1 < end && d.Tokens[k+1].Norm == "of" {
				continue // "the exchange of prisoners" is no meeting
			}
			det := ""
			for j := k - 1; j >= first && j >= k-3; j-- {
				switch d.Tokens[j].Norm {
				case "the", "this", "these", "our", "today":
					det = d.Tokens[j].Norm
				}
			}
			if det == "" {
				continue
			}
			return nearest(cites, d.Tokens[k].Start, ms)
		}
	}
	return -1
}
