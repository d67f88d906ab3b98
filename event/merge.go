package event

import (
	"slices"
	"strings"
	"time"

	"stemma"
)

// join makes one event of several mentions of the same meeting in the report,
// and returns all events in text order.
func (f *finder) join() []stemma.Event {
	slices.SortStableFunc(f.found, func(a, b found) int { return a.head - b.head })
	var out []found
	for _, ev := range f.found {
		if ev.meeting && ev.Type == Consult {
			if k := f.antecedent(out, &ev); k >= 0 {
				absorb(&out[k], &ev)
				continue
			}
			if ev.definite && len(ev.actors) == 0 {
				continue // "the talks", and nobody knows which
			}
		}
		if len(ev.actors) == 0 && len(ev.recips) == 0 {
			continue
		}
		out = append(out, ev)
	}
	events := make([]stemma.Event, len(out))
	for i := range out {
		e := &out[i]
		e.Actors, e.ActorCodes = ids(somebody(e.actors))
		e.Recipients, e.RecipientCodes = ids(somebody(e.recips))
		e.Where = e.place.id
		events[i] = e.Event
	}
	return events
}

// somebody returns those of es that another report could name too: what a bare
// noun describes ("soldiers") is left out, unless its country is known.
func somebody(es []entity) []entity {
	out := make([]entity, 0, len(es))
	for _, e := range es {
		if e.named || e.kind != stemma.Role || country(e.code) != "" {
			out = append(out, e)
		}
	}
	return out
}

func ids(es []entity) ([]stemma.ActorID, []string) {
	out := make([]stemma.ActorID, len(es))
	codes := make([]string, len(es))
	any := false
	for i := range es {
		out[i] = es[i].id
		if country(es[i].code) != "" {
			codes[i] = es[i].code
		}
		any = any || codes[i] != ""
	}
	if !any {
		codes = nil
	}
	return out, codes
}

// antecedent returns the index of the meeting among events that ev tells of
// again; -1 if it is another.
func (f *finder) antecedent(events []found, ev *found) int {
	best, bestScore := -1, 0
	for k := max(0, len(events)-maxBack); k < len(events); k++ {
		e := &events[k]
		if !e.meeting || e.Type != Consult || e.Status != ev.Status || !sameTime(e.When, ev.When) {
			continue
		}
		if (e.CAMEO == "041") != (ev.CAMEO == "041") || (e.CAMEO == "042") != (ev.CAMEO == "042") && !samePeople(e, ev) {
			continue
		}
		if e.place.id != "" && ev.place.id != "" && !samePlace(e.place, ev.place) {
			continue
		}
		score := 0
		switch {
		case len(ev.actors) == 0:
			if !ev.definite || strings.HasPrefix(ev.Rule, "noun:negotiation") && e.CAMEO == "040" {
				continue // "the negotiations" are no single meeting
			}
			score = 1
		case samePeople(e, ev):
			if !ev.definite && e.When.IsZero() != ev.When.IsZero() && ev.sentence-e.sentence > nearby {
				continue
			}
			score = 4
		case sameParties(e, ev):
			// The same countries: "Osvia and Marenland" and "Osvia's
			// envoy X with Marenland's aide Y", if near or at the same place.
			if !ev.definite && (e.place.id == "" || ev.place.id == "") && ev.sentence-e.sentence > nearby {
				continue
			}
			score = 3
		case ev.definite && len(ev.actors) == 1 && overlap(e, ev):
			score = 2
		case ev.When.IsZero() && ev.place.id == "" && ev.sentence-e.sentence <= nearby && ev.CAMEO != "042" && overlap(e, ev) && noneNew(e, ev):
			// "after a session with envoy X": of one side only it says who.
			score = 2
		default:
			continue
		}
		if e.place.id != "" && ev.place.id != "" {
			score += 2
		}
		if e.When.IsZero() != ev.When.IsZero() && !ev.definite && score == 3 && e.place.id == "" {
			continue
		}
		if score >= bestScore {
			best, bestScore = k, score
		}
	}
	return best
}

// maxBack is how many events back in a report a meeting is looked for that is
// told of again: more than any report has, so that time grows with the text.
const maxBack = 400

// nearby is how many sentences apart a report may tell of a meeting again by
// other participants of the same countries, with no place to tie them.
const nearby = 4

func samePlace(a, b entity) bool {
	return a.id == b.id || a.code != "" && Country(a.code) == Country(b.code) && (a.id == countryID(a.code) || b.id == countryID(b.code))
}

func countryID(code string) stemma.ActorID { return stemma.ActorID(countryName(Country(code))) }

// samePeople reports whether two meetings share two participants, or all of
// the smaller one's.
func samePeople(a, b *found) bool {
	n := 0
	for _, x := range b.actors {
		if hasID(a.actors, x.id) {
			n++
		}
	}
	return n >= 2
}

func overlap(a, b *found) bool {
	for _, x := range b.actors {
		if hasID(a.actors, x.id) {
			return true
		}
		for _, y := range a.actors {
			if x.side() != "" && x.side() == y.side() {
				return true
			}
		}
	}
	return false
}

// noneNew reports whether all participants of ev whose side is known are of
// sides that took part in e.
func noneNew(e, ev *found) bool {
	sides := countries(e.actors)
	for _, a := range ev.actors {
		if s := a.side(); s != "" && !hasID(e.actors, a.id) && !slices.Contains(sides, s) {
			return false
		}
	}
	return true
}

// sameParties reports whether the participants of two meetings come from the
// same two countries or more.
func sameParties(a, b *found) bool {
	ca, cb := countries(a.actors), countries(b.actors)
	if len(ca) < 2 || len(cb) < 2 {
		return false
	}
	for _, c := range cb {
		if !slices.Contains(ca, c) {
			return false
		}
	}
	return len(ca) == len(cb)
}

func countries(es []entity) []string {
	var out []string
	for _, e := range es {
		if c := e.side(); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// absorb adds what ev tells of the same meeting to e.
func absorb(e, ev *found) {
	for _, a := range ev.actors {
		if hasID(e.actors, a.id) {
			continue
		}
		// "Varo" adds nobody to a meeting at which Osvia, whose capital it is, is.
		if a.kind != stemma.Person && a.kind != stemma.Role && slices.Contains(countries(e.actors), a.side()) {
			continue
		}
		e.actors = append(e.actors, a)
	}
	if e.When.IsZero() || !ev.When.IsZero() && length(ev.When) < length(e.When) {
		e.When, e.Inferred = ev.When, ev.Inferred
	}
	if e.place.id == "" || ev.place.id != "" && e.place.id == countryID(e.place.code) {
		if ev.place.id != "" {
			e.place = ev.place
		}
	}
	e.Evidence = append(e.Evidence, ev.Evidence...)
	for _, c := range ev.Context {
		if !slices.Contains(e.Context, c) {
			e.Context = append(e.Context, c)
		}
	}
}

// Merge makes one event of those that tell of the same thing in several
// reports: of one type and status, with actors in common, at times and places
// that can be the same. Its Evidence is the Cites of all, its KnownSince the
// earliest; of times and places it keeps the narrower. origin gives the
// independent origin of a report; Origins counts them. If origin is nil,
// every report is its own origin. The result is in order of time, events
// without time last; the order of the input does not matter but for ties.
func Merge(events []stemma.Event, origin func(stemma.ReportID) string) []stemma.Event {
	var out []stemma.Event
	index := map[actorKey][]int{} // events in out, by type and who takes part
	for _, ev := range events {
		keys := keysOf(&ev)
		at := -1
		for _, key := range keys {
			for _, i := range index[key] {
				if at >= 0 && i >= at {
					break
				}
				if Same(&out[i], &ev) {
					at = i
					break
				}
			}
		}
		if at < 0 {
			at = len(out)
			ev.Actors, ev.Recipients = slices.Clone(ev.Actors), slices.Clone(ev.Recipients)
			ev.ActorCodes, ev.RecipientCodes = slices.Clone(ev.ActorCodes), slices.Clone(ev.RecipientCodes)
			ev.Evidence, ev.Context = slices.Clone(ev.Evidence), slices.Clone(ev.Context)
			out = append(out, ev)
		} else {
			combine(&out[at], &ev)
		}
		for _, key := range keys {
			if pos, ok := slices.BinarySearch(index[key], at); !ok {
				index[key] = slices.Insert(index[key], pos, at)
			}
		}
	}
	for i := range out {
		seen := map[string]bool{}
		for _, c := range out[i].Evidence {
			o := string(c.Report)
			if origin != nil {
				o = origin(c.Report)
			}
			seen[o] = true
		}
		out[i].Origins = len(seen)
	}
	slices.SortStableFunc(out, func(a, b stemma.Event) int {
		switch {
		case a.When.IsZero() != b.When.IsZero():
			if a.When.IsZero() {
				return 1
			}
			return -1
		}
		return a.When.From.Compare(b.When.From)
	})
	return out
}

// An actorKey is an event's type and one of those who take part in it.
type actorKey struct {
	kind  stemma.EventType
	actor stemma.ActorID
}

func keysOf(e *stemma.Event) []actorKey {
	var keys []actorKey
	for _, ids := range [][]stemma.ActorID{e.Actors, e.Recipients} {
		for _, id := range ids {
			keys = append(keys, actorKey{e.Type, id})
		}
	}
	return keys
}

// Same reports whether two events can be one: the same type and status, at
// times and places that can be the same, with actors in common and, where
// both have recipients, recipients in common.
func Same(a, b *stemma.Event) bool {
	if a.Type != b.Type || status(a) != status(b) || !sameTime(a.When, b.When) {
		return false
	}
	if a.Mode != b.Mode && a.Mode != "" && b.Mode != "" {
		return false
	}
	if a.Where != "" && b.Where != "" && a.Where != b.Where && length(finer(a.When, b.When)) == 0 {
		return false
	}
	// Two events that nothing dates are one only if they are told alike.
	dated := !a.When.IsZero() && !b.When.IsZero()
	if !dated && apart(a.KnownSince, b.KnownSince) {
		return false
	}
	shared := sharedIDs(a.Actors, b.Actors)
	if len(a.Actors) == 0 && len(b.Actors) == 0 {
		shared = sharedIDs(a.Recipients, b.Recipients) // "was arrested", nobody says by whom
	}
	if a.Type == Consult || a.CAMEO == "036" {
		all := sharedIDs(append(slices.Clone(a.Actors), a.Recipients...), append(slices.Clone(b.Actors), b.Recipients...))
		if all >= 2 {
			return dated || a.Where == b.Where || a.Where == "" || b.Where == ""
		}
		return dated && all >= 1 && a.Where == b.Where && a.Where != ""
	}
	if shared == 0 {
		return false
	}
	if len(a.Recipients) > 0 && len(b.Recipients) > 0 && sharedIDs(a.Recipients, b.Recipients) == 0 {
		return false
	}
	if !dated && a.Type == Agree && (shared != max(len(a.Actors), len(b.Actors)) || sameReport(a, b)) {
		return false // what one is willing to do, what two agreed on
	}
	return dated || a.CAMEO == b.CAMEO || sharedIDs(a.Recipients, b.Recipients) > 0
}

// sameReport reports whether one report tells of both.
func sameReport(a, b *stemma.Event) bool {
	return slices.ContainsFunc(a.Evidence, func(c stemma.Cite) bool {
		return slices.ContainsFunc(b.Evidence, func(o stemma.Cite) bool { return c.Report == o.Report })
	})
}

// current is how far apart two reports may tell of the same undated event as
// news.
const current = 72 * time.Hour

// apart reports whether two events became known too long after each other to
// be one where nothing dates them both.
func apart(a, b stemma.Interval) bool {
	if a.IsZero() || b.IsZero() {
		return false
	}
	return a.From.Sub(b.To) > current || b.From.Sub(a.To) > current
}

func status(e *stemma.Event) string {
	if e.Status == "" {
		return Held
	}
	return e.Status
}

func sharedIDs(a, b []stemma.ActorID) int {
	n := 0
	for i, x := range a {
		if slices.Contains(b, x) && !slices.Contains(a[:i], x) {
			n++
		}
	}
	return n
}

func combine(e, ev *stemma.Event) {
	e.Actors, e.ActorCodes = addIDs(e.Actors, e.ActorCodes, ev.Actors, ev.ActorCodes)
	e.Recipients, e.RecipientCodes = addIDs(e.Recipients, e.RecipientCodes, ev.Recipients, ev.RecipientCodes)
	if w := finer(e.When, ev.When); w != e.When {
		e.When, e.Inferred = w, ev.Inferred
	} else if w == ev.When && !ev.Inferred {
		e.Inferred = false
	}
	if e.Where == "" {
		e.Where = ev.Where
	}
	if len(ev.CAMEO) > len(e.CAMEO) {
		e.CAMEO = ev.CAMEO
	}
	if e.Mode == "" {
		e.Mode = ev.Mode
	}
	if e.AssertedBy != ev.AssertedBy {
		e.AssertedBy = "" // more than one vouches for it, or a report itself does
	}
	if !ev.KnownSince.IsZero() && (e.KnownSince.IsZero() || ev.KnownSince.From.Before(e.KnownSince.From)) {
		e.KnownSince = ev.KnownSince
	}
	for _, c := range ev.Evidence {
		if !slices.Contains(e.Evidence, c) {
			e.Evidence = append(e.Evidence, c)
		}
	}
	for _, c := range ev.Context {
		if !slices.Contains(e.Context, c) {
			e.Context = append(e.Context, c)
		}
	}
}

// addIDs adds the actors of b to a, with their codes.
func addIDs(a []stemma.ActorID, ac []string, b []stemma.ActorID, bc []string) ([]stemma.ActorID, []string) {
	for i, id := range b {
		if slices.Contains(a, id) {
			continue
		}
		if len(bc) > 0 || len(ac) > 0 {
			for len(ac) < len(a) {
				ac = append(ac, "")
			}
			c := ""
			if len(bc) > i {
				c = bc[i]
			}
			ac = append(ac, c)
		}
		a = append(a, id)
	}
	return a, ac
}
