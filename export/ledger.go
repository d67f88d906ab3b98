package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/internal/term"
)

// A Ledger is a ledger of a record, or its timeline, ready to be written for
// people or for programs. Make one with [Timeline], [Meetings], [Proposals],
// [Positions] or [Open].
type Ledger struct {
	Name    string
	Columns []string // names of the cells of each entry
	Entries []LedgerEntry

	view *view
}

// A LedgerEntry is one entry of a Ledger.
type LedgerEntry struct {
	stemma.Entry
	ID     string        // stays the same as long as the words that tell of it do
	Head   string        // the entry in a line
	Where  string        // name of the place
	Status string        // held, planned, cancelled, open …
	Notes  []ledgerNote  // what is to be said beyond the head
	Cells  []string      // one for each column
	Event  *stemma.Event // of a timeline
}

// A ledgerNote is a line under an entry: a label, words from reports, and the
// reports they are from.
type ledgerNote struct {
	label string
	text  string // in our words
	cites []stemma.Cite
}

// commonColumns are those that every ledger has.
var commonColumns = []string{"when_from", "when_to", "when_inferred", "known_since", "status"}

func (v *view) newLedger(name string, columns ...string) *Ledger {
	return &Ledger{
		Name: name, view: v,
		Columns: slices.Concat(commonColumns, columns, []string{"origins", "reports", "words"}),
	}
}

// add appends an entry whose own cells are cells.
func (l *Ledger) add(e LedgerEntry, cells ...string) {
	e.ID = l.Name + "-" + entryID(e.Entry, e.Head)
	var from, to, known, inferred string
	if !e.When.IsZero() {
		from, to = stamp(e.When.From), stamp(e.When.To)
	}
	if !e.KnownSince.IsZero() {
		known = e.KnownSince.From.Format(time.DateOnly)
	}
	if e.Inferred {
		inferred = "inferred"
	}
	var sources, words []string
	for _, c := range e.Cites {
		doc := l.view.doc(c.Report)
		if doc == nil {
			continue
		}
		if s := cmp.Or(doc.Report.Source, l.view.name(doc)); !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
		if w := l.view.text(c); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	e.Cells = slices.Concat([]string{from, to, inferred, known, e.Status}, cells,
		[]string{fmt.Sprint(e.Origins), strings.Join(sources, "; "), strings.Join(words, " | ")})
	l.Entries = append(l.Entries, e)
}

// stamp writes a time as a day if it is one, else with its hour and zone.
func stamp(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// entryID names an entry by the first words that tell of it.
func entryID(e stemma.Entry, head string) string {
	key := head
	if len(e.Cites) > 0 {
		key = fmt.Sprintf("%s %d %d", e.Cites[0].Report, e.Cites[0].Span.Start, e.Cites[0].Span.End)
	}
	return string(stemma.NewReportID(key, head))[:12]
}

// Timeline makes a ledger of events.
func Timeline(docs []*stemma.Document, rec *stemma.Record) *Ledger {
	v := newView(docs, nil, rec)
	l := v.newLedger("timeline", "type", "mode", "context", "cameo", "actors", "recipients", "where", "asserted_by")
	for i := range rec.Timeline {
		ev := &rec.Timeline[i]
		e := LedgerEntry{
			Entry:  stemma.Entry{When: ev.When, Inferred: ev.Inferred, KnownSince: ev.KnownSince, Origins: ev.Origins, Cites: ev.Evidence},
			Where:  v.actor(ev.Where),
			Status: cmp.Or(ev.Status, "held"),
			Event:  ev,
		}
		e.Head = cmp.Or(v.actorList(ev.Actors), "somebody") + " " + strings.ToLower(string(ev.Type))
		if ev.Mode != "" {
			e.Head += "/" + ev.Mode
		}
		if to := v.actorList(ev.Recipients); to != "" {
			e.Head += " → " + to
		}
		if by := v.actor(ev.AssertedBy); by != "" {
			e.Notes = append(e.Notes, ledgerNote{label: "says", text: by})
		}
		e.Notes = append(e.Notes, ledgerNote{cites: ev.Evidence})
		l.add(e, string(ev.Type), ev.Mode, strings.Join(ev.Context, "; "), ev.CAMEO, v.names(ev.Actors), v.names(ev.Recipients), e.Where, v.actor(ev.AssertedBy))
	}
	return l
}

// names lists actors in a cell.
func (v *view) names(ids []stemma.ActorID) string {
	var out []string
	for _, id := range ids {
		if n := v.actor(id); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return strings.Join(out, "; ")
}

// Meetings makes the ledger of meetings, each side's read-out beside the
// other's.
func Meetings(docs []*stemma.Document, rec *stemma.Record, ms []stemma.Meeting) *Ledger {
	v := newView(docs, nil, rec)
	l := v.newLedger("meetings", "format", "level", "participants", "sides", "mediator", "where", "duration", "duration_words", "readouts")
	for i := range ms {
		m := &ms[i]
		who := v.actorList(m.Participants)
		if len(m.Sides) > 1 && !slices.ContainsFunc(m.Participants, v.isPerson) {
			who = ""
		}
		if who == "" {
			who = v.actorList(m.Sides)
		}
		e := LedgerEntry{Entry: m.Entry, Where: v.actor(m.Where), Status: m.Status}
		e.Head = cmp.Or(who, "somebody") + ": " + m.Format
		if len(m.Participants) > 0 && len(m.Sides) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "sides", text: v.actorList(m.Sides)})
		}
		if m.Level != "" {
			e.Notes = append(e.Notes, ledgerNote{label: "level", text: m.Level})
		}
		if n := v.actor(m.Mediator); n != "" {
			e.Notes = append(e.Notes, ledgerNote{label: "mediator", text: n})
		}
		if len(m.DurationSaid) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "took", cites: m.DurationSaid})
		}
		for _, t := range m.History {
			text := t.Status
			if !t.KnownSince.IsZero() {
				text += " since " + t.KnownSince.From.Format(time.DateOnly)
			}
			e.Notes = append(e.Notes, ledgerNote{label: "was", text: text, cites: []stemma.Cite{t.Cite}})
		}
		e.Notes = append(e.Notes, ledgerNote{label: "told", cites: m.Cites})
		var readouts []string
		for _, r := range m.Readouts {
			label := v.actor(r.Actor)
			if s := v.actor(r.Side); s != "" && s != label {
				label = s + ", " + label
			}
			e.Notes = append(e.Notes, ledgerNote{label: "read-out", text: label, cites: r.Cites})
			readouts = append(readouts, label+": "+v.text(r.Cites[0]))
		}
		if len(m.NoReadout) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "no read-out", text: v.actorList(m.NoReadout)})
		}
		said := ""
		if len(m.DurationSaid) > 0 {
			said = v.text(m.DurationSaid[0])
		}
		l.add(e, m.Format, m.Level, v.names(m.Participants), v.names(m.Sides), v.actor(m.Mediator), e.Where, m.Duration, said, strings.Join(readouts, " | "))
	}
	return l
}

func (v *view) isPerson(id stemma.ActorID) bool {
	for _, a := range v.rec.Actors {
		if a.ID == id {
			return a.Kind == stemma.Person
		}
	}
	return false
}

// Proposals makes the ledger of proposals and documents.
func Proposals(docs []*stemma.Document, rec *stemma.Record, ps []stemma.Proposal) *Ledger {
	v := newView(docs, nil, rec)
	l := v.newLedger("proposals", "name", "kind", "points", "count", "drafted_by", "from", "to", "based_on", "answers")
	for i := range ps {
		p := &ps[i]
		e := LedgerEntry{Entry: p.Entry, Head: p.Name}
		if p.Noun == "offer" || p.Noun == "demand" {
			e.Head = cmp.Or(v.actorList(p.From), "somebody") + ": " + p.Noun
		}
		for _, f := range []struct {
			label string
			ids   []stemma.ActorID
		}{{"drafted", p.Drafted}, {"from", p.From}, {"to", p.To}} {
			if n := v.actorList(f.ids); n != "" {
				e.Notes = append(e.Notes, ledgerNote{label: f.label, text: n})
			}
		}
		if p.BasedOn != "" {
			e.Notes = append(e.Notes, ledgerNote{label: "based on", text: p.BasedOn})
		}
		if len(p.Cites) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "named", cites: p.Cites})
		}
		if len(p.Terms) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "condition", cites: p.Terms})
		}
		if len(p.Changes) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "points", cites: p.Changes})
		}
		var answers []string
		for _, a := range p.Answers {
			text := v.actor(a.Actor) + " " + stanceVerb(a.Stance)
			e.Notes = append(e.Notes, ledgerNote{label: "answer", text: text, cites: []stemma.Cite{a.Cite}})
			answers = append(answers, text)
		}
		l.add(e, p.Name, p.Noun, number(p.Points), number(p.Count), v.names(p.Drafted), v.names(p.From), v.names(p.To), p.BasedOn, strings.Join(answers, "; "))
	}
	return l
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// stanceVerb says a stance in a sentence.
func stanceVerb(s stemma.Stance) string {
	switch s {
	case stemma.RedLine:
		return "draws a red line"
	case stemma.Conditions:
		return "sets a condition"
	}
	return string(s) + "s"
}

// Positions makes the ledger of positions.
func Positions(docs []*stemma.Document, rec *stemma.Record, ps []stemma.Position) *Ledger {
	v := newView(docs, nil, rec)
	l := v.newLedger("positions", "actor", "issue", "stance", "movement", "quoted", "via", "previous")
	for i := range ps {
		p := &ps[i]
		e := LedgerEntry{Entry: p.Entry, Status: p.Movement}
		e.Head = v.actor(p.Actor) + " on " + p.Issue + ": " + string(p.Stance)
		e.Notes = append(e.Notes, ledgerNote{cites: p.Cites})
		var via []string
		for _, s := range p.Via {
			via = append(via, v.actor(s.Actor))
		}
		if len(via) > 0 {
			e.Notes = append(e.Notes, ledgerNote{label: "through", text: andList(via)})
		}
		previous := ""
		if p.Previous != nil {
			previous = v.text(*p.Previous)
			if p.Movement == "hardened" || p.Movement == "softened" {
				e.Notes = append(e.Notes, ledgerNote{label: "before", cites: []stemma.Cite{*p.Previous}})
			}
		}
		quoted := ""
		if p.Quoted {
			quoted = "quoted"
		}
		l.add(e, v.actor(p.Actor), p.Issue, string(p.Stance), p.Movement, quoted, strings.Join(via, "; "), previous)
	}
	return l
}

// Open makes the ledger of open items.
func Open(docs []*stemma.Document, rec *stemma.Record, items []stemma.OpenItem) *Ledger {
	v := newView(docs, nil, rec)
	l := v.newLedger("open", "kind", "actor", "due", "closed_since", "closed_by")
	for i := range items {
		it := &items[i]
		e := LedgerEntry{Entry: it.Entry, Status: it.Status}
		e.Head = it.Kind
		if n := v.actor(it.Actor); n != "" {
			e.Head += ", " + n
		}
		if !it.Due.IsZero() {
			e.Notes = append(e.Notes, ledgerNote{label: "due", text: when(it.Due)})
		}
		e.Notes = append(e.Notes, ledgerNote{cites: it.Cites})
		var closed, by string
		if it.ClosedBy != nil {
			by = v.text(*it.ClosedBy)
			e.Notes = append(e.Notes, ledgerNote{label: "closed by", cites: []stemma.Cite{*it.ClosedBy}})
		}
		if !it.Closed.IsZero() {
			closed = it.Closed.From.Format(time.DateOnly)
		}
		l.add(e, it.Kind, v.actor(it.Actor), it.Due.String(), closed, by)
	}
	return l
}

// Text writes the ledger for people to read in a terminal, every entry with
// the words it rests on.
func (l *Ledger) Text(w io.Writer, opt BriefOptions) error {
	if opt.Columns == 0 {
		opt.Columns = term.DefaultColumns
	}
	b := &brief{view: l.view, w: bufio.NewWriter(w), opt: opt, s: opt.Style}
	for i := range l.Entries {
		b.entry(&l.Entries[i])
	}
	b.sources()
	fmt.Fprintf(b.w, "%s in %s\n", count2(len(l.Entries), "entry", "entries"), count(len(b.docs), "report"))
	return b.w.Flush()
}

func count2(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

const ledgerColumn = 18 // "known 2030-12-24~" and a space

// entry writes one entry of a ledger.
func (b *brief) entry(e *LedgerEntry) {
	date := when(e.When)
	if date == "" {
		date = "undated"
		if !e.KnownSince.IsZero() {
			date = "known " + e.KnownSince.From.Format(time.DateOnly)
		}
	}
	if e.Inferred {
		date += "~"
	}
	head := b.s.Strong(term.Line(e.Head))
	if e.Where != "" {
		head += ", " + term.Line(e.Where)
	}
	if e.Status != "" && e.Status != "held" && e.Status != "same" {
		head += " (" + e.Status + ")"
	}
	fmt.Fprintln(b.w, term.Wrap(pad(date, ledgerColumn), head, ledgerColumn, b.opt.Columns))
	for _, n := range e.Notes {
		text := ""
		if n.label != "" {
			text = b.s.Faint(n.label + ": ")
		}
		text += term.Line(n.text)
		if len(n.cites) > 0 {
			if n.text != "" {
				text += " "
			}
			text += b.cited(n.cites)
		}
		fmt.Fprintln(b.w, term.Wrap(strings.Repeat(" ", ledgerColumn), text, ledgerColumn+2, b.opt.Columns))
	}
}

// cited gives the words of cites, those that say the same once, each with the
// reports that have it: at most two wordings unless all is asked for.
func (b *brief) cited(cites []stemma.Cite) string {
	type said struct {
		words   string
		reports []stemma.ReportID
	}
	var all []said
	for _, c := range cites {
		w := b.text(c)
		if w == "" {
			continue
		}
		i := slices.IndexFunc(all, func(s said) bool { return s.words == w })
		if i < 0 {
			all = append(all, said{words: w})
			i = len(all) - 1
		}
		all[i].reports = append(all[i].reports, c.Report)
	}
	shown := len(all)
	if !b.opt.All {
		shown = min(shown, 2)
	}
	var out []string
	for _, s := range all[:shown] {
		words := term.Line(s.words)
		if !b.opt.All {
			words = cutMiddleTo(words, 2*b.opt.Columns)
		}
		if !strings.HasPrefix(words, "“") && !strings.HasPrefix(words, "\"") {
			words = "“" + words + "”"
		}
		out = append(out, words+" "+b.refs(s.reports))
	}
	if n := len(all) - shown; n > 0 {
		var rest []stemma.ReportID
		for _, s := range all[shown:] {
			rest = append(rest, s.reports...)
		}
		out = append(out, b.s.Faint(fmt.Sprintf("and %d more", n))+" "+b.refs(rest))
	}
	return strings.Join(out, " · ")
}

// cutMiddleTo shortens s to n columns by taking words out of its middle.
func cutMiddleTo(s string, n int) string {
	if term.Width(s) <= n {
		return s
	}
	f := strings.Fields(s)
	a, z, used := 0, len(f), 2
	for a < z {
		w := f[a]
		if a > len(f)-z {
			w = f[z-1]
		}
		if used+term.Width(w)+1 > n {
			break
		}
		used += term.Width(w) + 1
		if a > len(f)-z {
			z--
		} else {
			a++
		}
	}
	return strings.Join(f[:a], " ") + " … " + strings.Join(f[z:], " ")
}

// sources lists the reports by their numbers.
func (b *brief) sources() {
	fmt.Fprintln(b.w)
	for i, doc := range b.docs {
		date, aside := b.published(doc)
		date = date[:min(len(date), 10)]
		if aside != "" {
			date += "~"
		}
		b.pre(b.s.Ref(pad(fmt.Sprintf("[%d]", i+1), 5)) + pad(date, 12) + term.Line(strings.TrimSpace(doc.Report.Outlet+"  "+b.file(doc))))
	}
}
