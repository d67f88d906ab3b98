// Package ledger keeps the books of a negotiation out of a record: meetings,
// proposals and documents, positions, what is open, denials and corrections,
// threats and incidents.
//
// Everything in them is drawn from statements and events that the reports
// bear out, by rules that each entry names; nothing is generated. An entry
// says when it happened and since when it is known, so a record of the reports
// known on a day gives the ledgers as they stood on that day.
//
// What an analyst keeps by hand, and what the ledgers are named after, is
// described by the PA-X peace agreements database and by the United Nations'
// guides for mediators.
package ledger

import (
	"cmp"
	"slices"
	"strings"

	"stemma"
)

// Build draws the ledgers of rec, which was built from docs. The order of docs
// has no influence.
func Build(docs []*stemma.Document, rec *stemma.Record) *stemma.Ledgers {
	b := newBook(docs, rec)
	l := &stemma.Ledgers{}
	l.Meetings = b.meetings()
	l.Proposals = b.proposals()
	l.Positions = b.positions()
	b.answers(l)
	l.Open = b.open(l)
	l.Denials = b.denials()
	l.Incidents = b.incidents()
	return l
}

// AsOf returns the reports of docs that were published before day was over,
// those without any date left out. A record built from them is the record as
// it stood.
func AsOf(docs []*stemma.Document, day stemma.Interval) []*stemma.Report {
	var out []*stemma.Report
	for _, d := range docs {
		if !d.Anchor.IsZero() && d.Anchor.From.Before(day.To) {
			out = append(out, d.Report)
		}
	}
	return out
}

// A book is a record with the indices that the ledgers ask.
type book struct {
	docs   []*stemma.Document // by publication, undated last
	rec    *stemma.Record
	byID   map[stemma.ReportID]int // index into docs
	origin map[stemma.ReportID]int
	actors map[stemma.ActorID]*stemma.Actor
	sides  map[stemma.ActorID]stemma.ActorID
	lands  map[stemma.ActorID]bool // countries, places and bodies

	matters map[string]int // in how many sentences a noun stands; made when first asked

	meetingCites map[stemma.ReportID][]meetingCite // in text order
}

func newBook(docs []*stemma.Document, rec *stemma.Record) *book {
	b := &book{
		docs: slices.Clone(docs), rec: rec,
		byID: map[stemma.ReportID]int{}, origin: map[stemma.ReportID]int{},
		actors: map[stemma.ActorID]*stemma.Actor{}, meetingCites: map[stemma.ReportID][]meetingCite{},
	}
	slices.SortStableFunc(b.docs, func(x, y *stemma.Document) int {
		if xz, yz := x.Anchor.IsZero(), y.Anchor.IsZero(); xz != yz {
			if xz {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Anchor.From.Compare(y.Anchor.From), boolCompare(x.AnchorFrom == "exemplar", y.AnchorFrom == "exemplar"),
			strings.Compare(x.Report.Source, y.Report.Source), strings.Compare(string(x.Report.ID), string(y.Report.ID)))
	})
	for i, d := range b.docs {
		b.byID[d.Report.ID] = i
		b.origin[d.Report.ID] = -1 - i
	}
	for i, st := range rec.Stemmata {
		for _, n := range st.Nodes {
			if n.Report != "" {
				b.origin[n.Report] = i
			}
		}
	}
	for i := range rec.Actors {
		b.actors[rec.Actors[i].ID] = &rec.Actors[i]
	}
	b.findSides()
	return b
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// doc returns the document that c cites; nil if it is none of the book's.
func (b *book) doc(c stemma.Cite) *stemma.Document {
	if i, ok := b.byID[c.Report]; ok && c.Span.Check(b.docs[i].Report.Text) == nil {
		return b.docs[i]
	}
	return nil
}

// entry makes the common part of an entry from what tells of it.
func (b *book) entry(cites []stemma.Cite) stemma.Entry {
	cites = b.ordered(cites)
	e := stemma.Entry{Cites: cites}
	seen := map[int]bool{}
	for _, c := range cites {
		d := b.doc(c)
		if d == nil {
			continue
		}
		seen[b.origin[c.Report]] = true
		if k := d.Anchor; !k.IsZero() && (e.KnownSince.IsZero() || k.From.Before(e.KnownSince.From)) {
			e.KnownSince = k
		}
	}
	e.Origins = len(seen)
	return e
}

// ordered returns cites without doubles, earliest report first, in text order
// within a report.
func (b *book) ordered(cites []stemma.Cite) []stemma.Cite {
	out := slices.Clone(cites)
	slices.SortFunc(out, func(x, y stemma.Cite) int {
		return cmp.Or(b.byID[x.Report]-b.byID[y.Report], x.Span.Start-y.Span.Start, x.Span.End-y.Span.End)
	})
	return slices.Compact(out)
}

// before orders two cites as ordered does.
func (b *book) before(x, y stemma.Cite) int {
	return cmp.Or(b.byID[x.Report]-b.byID[y.Report], x.Span.Start-y.Span.Start)
}

// sentence returns the sentence that holds offset; nil if there is none.
func sentence(d *stemma.Document, offset int) *stemma.Sentence {
	i := d.SentenceOf(offset)
	if i < 0 {
		return nil
	}
	return &d.Sentences[i]
}

// known returns since when the words of c are known.
func (b *book) known(c stemma.Cite) stemma.Interval {
	if d := b.doc(c); d != nil {
		return d.Anchor
	}
	return stemma.Interval{}
}

// mentionsIn returns the mentions of d that lie within s and are resolved.
func mentionsIn(d *stemma.Document, s stemma.Span) []stemma.Mention {
	i, _ := slices.BinarySearchFunc(d.Mentions, s.Start, func(m stemma.Mention, at int) int { return m.Start - at })
	var out []stemma.Mention
	for ; i < len(d.Mentions) && d.Mentions[i].Start < s.End; i++ {
		if m := d.Mentions[i]; m.End <= s.End && m.Actor != "" {
			out = append(out, m)
		}
	}
	return out
}

// findSides finds for whom each actor stands: a country, by its own name or
// capital, by the actors related to it, by the words of its office, or by the
// codes of the events it takes part in.
func (b *book) findSides() {
	b.sides, b.lands = map[stemma.ActorID]stemma.ActorID{}, map[stemma.ActorID]bool{}
	count := map[stemma.ActorID]int{}
	for _, d := range b.docs {
		for _, m := range d.Mentions {
			count[m.Actor]++
		}
	}
	// Places and bodies that stand for each other: Osvia, its capital, its seat of power.
	parent := map[stemma.ActorID]stemma.ActorID{}
	find := func(x stemma.ActorID) stemma.ActorID {
		for parent[x] != x {
			x = parent[x]
		}
		return x
	}
	unite := func(a, b stemma.ActorID) {
		if x, y := find(a), find(b); x != y {
			parent[max(x, y)] = min(x, y)
		}
	}
	states := b.states()
	land := func(a *stemma.Actor) bool {
		return a != nil && (states[a.ID] || a.Kind == stemma.Place || a.Kind == stemma.Organisation || a.Kind == stemma.Nationality)
	}
	for i := range b.rec.Actors {
		if a := &b.rec.Actors[i]; land(a) {
			parent[a.ID] = a.ID
		}
	}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if !land(a) {
			continue
		}
		for _, r := range a.Related {
			if land(b.actors[r]) {
				unite(a.ID, r)
			}
		}
	}
	// What bears one name is one, whatever it was taken for.
	named := map[string]stemma.ActorID{}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if !land(a) {
			continue
		}
		if o, ok := named[a.Name]; ok {
			unite(a.ID, o)
		} else {
			named[a.Name] = a.ID
		}
	}
	// "Osvian" is of Osvia.
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if a.Kind != stemma.Nationality || strings.Contains(a.Name, " ") {
			continue
		}
		for k := range b.rec.Actors {
			if p := &b.rec.Actors[k]; land(p) && p.Kind != stemma.Nationality && !strings.Contains(p.Name, " ") && demonym(a.Name, p.Name) {
				unite(a.ID, p.ID)
				break
			}
		}
	}
	// "Republic of Osvia" is Osvia.
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if _, short, ok := strings.Cut(a.Name, " of "); ok && land(a) {
			short = strings.TrimPrefix(short, "the ")
			for k := range b.rec.Actors {
				if o := &b.rec.Actors[k]; land(o) && o.Name == short {
					unite(a.ID, o.ID)
				}
			}
		}
	}
	// The group bears the name of its most named place.
	best := map[stemma.ActorID]stemma.ActorID{}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if !land(a) {
			continue
		}
		root := find(a.ID)
		c, ok := best[root]
		if !ok || rankPlace(a, count) > rankPlace(b.actors[c], count) {
			best[root] = a.ID
		}
	}
	// A name that is a place's is the place, whatever else it was taken for.
	place := map[string]stemma.ActorID{}
	for i := range b.rec.Actors {
		if a := &b.rec.Actors[i]; a.Kind == stemma.Place || states[a.ID] {
			place[a.Name] = a.ID
		}
	}
	codes := b.codes()
	byCode := map[string]stemma.ActorID{}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if p := place[a.Name]; p != "" && !land(a) && a.Kind != stemma.Role {
			b.sides[a.ID] = best[find(p)]
			b.lands[a.ID] = true
		}
		if land(a) {
			b.sides[a.ID] = best[find(a.ID)]
			b.lands[a.ID] = true
			if code := codes[a.ID]; len(code) == 3 {
				if old, ok := byCode[code]; !ok || count[b.sides[a.ID]] > count[old] {
					byCode[code] = b.sides[a.ID]
				}
			}
		}
	}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if b.sides[a.ID] != "" {
			continue
		}
		for _, r := range a.Related {
			if s := b.sides[r]; s != "" && b.lands[r] {
				b.sides[a.ID] = s
				break
			}
		}
		if b.sides[a.ID] == "" {
			b.sides[a.ID] = b.sideByRole(a)
		}
		if code := codes[a.ID]; b.sides[a.ID] == "" && len(code) >= 3 {
			b.sides[a.ID] = byCode[code[:3]]
		}
	}
	b.sidesByApposition()
}

// sidesByApposition finds for whom persons stand of whom no role tells it, by the
// words set beside their names: "X, who leads the Osvian delegation", "His
// Osvian counterpart, X".
func (b *book) sidesByApposition() {
	for _, d := range b.docs {
		for i, m := range d.Mentions {
			if m.Kind != stemma.Person || m.Form != stemma.ByName || m.Actor == "" || b.sides[m.Actor] != "" {
				continue
			}
			from, to := b.apposition(d, m.Span)
			if from == to {
				continue
			}
			span := stemma.Span{Start: d.Tokens[from].Start, End: d.Tokens[to-1].End}
			for k := max(0, i-6); k < len(d.Mentions) && k < i+8; k++ {
				x := &d.Mentions[k]
				if s := b.sides[x.Actor]; span.Contains(x.Span) && b.lands[x.Actor] && s != "" {
					b.sides[m.Actor] = s
					break
				}
			}
		}
	}
}

// apposition returns the tokens [from:to) set beside the name at s by a comma,
// behind it or before, that speak of a post; none if there are none.
func (b *book) apposition(d *stemma.Document, s stemma.Span) (from, to int) {
	sent := &d.Sentences[d.SentenceOf(s.Start)]
	post := func(t stemma.Token) bool { return posts[t.Norm] }
	first, end := d.TokensIn(s)
	if end < sent.EndToken && d.Tokens[end].Norm == "," {
		to = end + 1
		for to < sent.EndToken && to < end+12 && d.Tokens[to].Norm != "," {
			to++
		}
		if slices.ContainsFunc(d.Tokens[end+1:to], post) {
			return end + 1, to
		}
	}
	if first > sent.FirstToken && d.Tokens[first-1].Norm == "," {
		from = first - 1
		for from > sent.FirstToken && from > first-8 && d.Tokens[from-1].Norm != "," {
			from--
		}
		if slices.ContainsFunc(d.Tokens[from:first-1], post) {
			return from, first - 1
		}
	}
	return 0, 0
}

// posts are what people are for a state.
var posts = map[string]bool{
	"delegation": true, "delegate": true, "negotiator": true, "minister": true, "president": true, "envoy": true, "ambassador": true, "counterpart": true,
	"representative": true, "secretary": true, "chancellor": true, "premier": true, "spokesman": true, "spokeswoman": true, "leader": true, "team": true,
}

// offices are what a state has, and bodies what is a state's.
var (
	offices = []string{"president", "prime minister", "foreign", "parliament", "army", "capital", "border", "ambassador", "chief negotiator", "ministry"}
	bodies  = []string{"republic of", "delegation of", "delegations of", "government of", "kingdom of", "state of", "federation of", "parliament of"}
)

// states returns the actors of one word, whatever they were taken for, that
// others show to be states: "Osvia’s president", "the Republic of Osvia".
func (b *book) states() map[stemma.ActorID]bool {
	var said []string
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		said = append(said, strings.ReplaceAll(a.Name, "'", "’"))
		for _, r := range a.Roles {
			said = append(said, strings.ReplaceAll(r, "'", "’"))
		}
	}
	out := map[stemma.ActorID]bool{}
	for i := range b.rec.Actors {
		a := &b.rec.Actors[i]
		if a.Kind == stemma.Role || a.Kind == stemma.Work || strings.Contains(a.Name, " ") || a.Name == "" {
			continue
		}
		for _, s := range said {
			if _, of, ok := strings.Cut(s, a.Name+"’s "); ok && slices.ContainsFunc(offices, func(o string) bool { return strings.HasPrefix(strings.ToLower(of), o) }) {
				out[a.ID] = true
			}
			if body, ok := strings.CutSuffix(s, " "+a.Name); ok {
				body = strings.TrimSuffix(strings.ToLower(body), " the")
				if slices.ContainsFunc(bodies, func(o string) bool { return strings.HasSuffix(body, o) }) {
					out[a.ID] = true
				}
			}
		}
	}
	return out
}

// rankPlace orders the names of a group: places before bodies, often named
// before seldom named.
func rankPlace(a *stemma.Actor, count map[stemma.ActorID]int) int {
	n := count[a.ID]
	if a.Kind == stemma.Place {
		n += 1000
	}
	if strings.Contains(a.Name, " of ") {
		n -= 5000
	}
	return n
}

// codes returns the CAMEO code of each actor that an event gives one.
func (b *book) codes() map[stemma.ActorID]string {
	out := map[stemma.ActorID]string{}
	for i := range b.rec.Timeline {
		e := &b.rec.Timeline[i]
		for k, id := range e.Actors {
			if k < len(e.ActorCodes) && e.ActorCodes[k] != "" && out[id] == "" {
				out[id] = e.ActorCodes[k]
			}
		}
		for k, id := range e.Recipients {
			if k < len(e.RecipientCodes) && e.RecipientCodes[k] != "" && out[id] == "" {
				out[id] = e.RecipientCodes[k]
			}
		}
	}
	return out
}

// sideByRole finds the place that an actor's office or name speaks of:
// "Osvian" in "Osvian chief negotiator" of Osvia.
func (b *book) sideByRole(a *stemma.Actor) stemma.ActorID {
	for _, role := range append(slices.Clone(a.Roles), a.Name) {
		if a.Kind == stemma.Person && role == a.Name {
			continue
		}
		for _, w := range strings.FieldsFunc(role, func(r rune) bool { return r == ' ' || r == '-' || r == '’' || r == '\'' || r == ',' }) {
			if len(w) < 4 && w != "US" && w != "UK" && w != "EU" || w[0] < 'A' || w[0] > 'Z' || ruled[w] {
				continue
			}
			for i := range b.rec.Actors {
				p := &b.rec.Actors[i]
				if !b.lands[p.ID] || p.ID == a.ID || p.Kind != stemma.Place && strings.Contains(p.Name, " ") {
					continue
				}
				if w == p.Name || slices.Contains(p.Aliases, w) || !strings.Contains(p.Name, " ") && (p.Kind == stemma.Place || p.Kind == stemma.Person) && demonym(w, p.Name) {
					return b.sides[p.ID]
				}
			}
		}
	}
	return ""
}

// ruled are words for a state that name none.
var ruled = map[string]bool{"Republic": true, "Kingdom": true, "Federation": true, "State": true, "States": true, "Ministry": true, "Government": true, "President": true, "Minister": true, "Union": true}

// demonym reports whether w looks like the adjective of place: "Osvian" of
// "Osvia", "Ukrainian" of "Ukraine".
func demonym(w, place string) bool {
	n := 0
	for n < len(w) && n < len(place) && w[n] == place[n] {
		n++
	}
	return n >= 4 && n >= len(place)-2 && len(w) > len(place)-1 && len(w)-n <= 4 && n < len(w)
}

// generic reports whether an actor is nobody in particular: "sides",
// "reporters", "his delegation".
func (b *book) generic(id stemma.ActorID) bool {
	a := b.actors[id]
	return a == nil || a.Kind == stemma.Role && b.side(id) == "" && strings.ToLower(a.Name) == a.Name
}

// crowd reports whether a generic actor is a number of people.
func (b *book) crowd(id stemma.ActorID) bool {
	return b.generic(id) && (b.actors[id] == nil || strings.HasSuffix(b.actors[id].Name, "s") || b.actors[id].Name == "people")
}

// side returns for whom an actor stands; "" if unknown.
func (b *book) side(id stemma.ActorID) stemma.ActorID { return b.sides[id] }

// words returns the norms of the tokens of s.
func words(d *stemma.Document, s stemma.Span) []string {
	first, end := d.TokensIn(s)
	out := make([]string, 0, end-first)
	for _, t := range d.Tokens[first:end] {
		out = append(out, t.Norm)
	}
	return out
}

func addID(ids []stemma.ActorID, id stemma.ActorID) []stemma.ActorID {
	if id == "" || slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}
