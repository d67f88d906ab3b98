package event

import (
	"slices"
	"sort"
	"strings"

	"stemma"
)

// meetingNouns is the nouns that tell of a meeting, with the CAMEO code of
// what they tell.
var meetingNouns = map[string]string{
	"meeting": "040", "meetings": "040", "talks": "046", "summit": "046", "negotiations": "046", "discussions": "046",
	"consultations": "040", "negotiation": "046", "conversation": "040", "conversations": "040", "dialogue": "046",
	"session": "040", "call": "041", "calls": "041", "visit": "042", "trip": "042",
}

// futureWords is adjectives that put a meeting into the future, and its
// status.
var futureWords = map[string]string{
	"possible": Proposed, "proposed": Proposed, "potential": Proposed, "planned": Planned, "upcoming": Planned, "forthcoming": Planned,
	"future": Planned, "scheduled": Planned, "expected": Planned, "next": Planned, "likely": Proposed, "eventual": Proposed,
}

// codeNouns finds the meetings that the nouns of s tell of: "a call between
// X and Y", "a nearly five-hour meeting with X", "US-Ukraine talks", "his
// visit to Paris".
func (f *finder) codeNouns(s *sentence) {
	for k := range s.words {
		w := &s.words[k]
		code := meetingNouns[w.norm]
		if code == "" || w.class == verbal || w.quoted || w.up && k > 0 && s.words[k-1].up {
			continue
		}
		if f.covered(s, k) {
			continue
		}
		ev := found{sentence: s.index, head: w.span.Start, meeting: true}
		ev.Type, ev.CAMEO, ev.Status, ev.Rule = Consult, code, Held, "noun:"+w.norm
		ev.Mode = modeOf(code)
		// The phrase's own words: "the planned second summit".
		start := k
		var adjacent []entity
		for start > 0 {
			p := &s.words[start-1]
			if p.class == adv && start > 1 && s.words[start-2].class == det {
				start-- // "an almost six-hour session"
				continue
			}
			if p.class == poss || p.class == noun && !p.timex || p.class == noun && p.timex {
				if p.ent != 0 {
					e := s.ents[p.ent-1]
					if e.kind != stemma.Place || e.code != "" {
						adjacent = append(adjacent, e)
					}
					start = e.from
					continue
				}
				if st, ok := futureWords[p.norm]; ok {
					ev.Status = st
				}
				start--
				continue
			}
			if p.class == det {
				ev.definite = p.norm == "the" || p.norm == "these" || p.norm == "those" || p.norm == "this"
				start--
			}
			break
		}
		slices.Reverse(adjacent)
		// What follows: "between X and Y", "with X", "in Moscow".
		var with []entity
		mode := ""
		end := k + 1
	after:
		for j := k + 1; j < len(s.words) && j < k+40; j++ {
			n := &s.words[j]
			switch {
			case n.timex || n.class == adv:
			case n.norm == "between" || n.norm == "with" || n.norm == "among":
				es := f.phraseEntities(s, j+1, min(len(s.words), j+20), true)
				if len(es) == 0 || j+1 < len(s.words) && f.far(s, j+1, es[0]) {
					break after
				}
				with, mode = append(with, es...), n.norm
				j = es[len(es)-1].to - 1
				end = j + 1
			case n.class == prep:
				// "in Moscow", "of the sides", "on a peace plan"
				if n.norm == "in" || n.norm == "at" || n.norm == "to" {
					if pl := f.placeAt(s, j+1); pl.id != "" {
						ev.place, j = pl, pl.to-1
						end = j + 1
						continue
					}
				}
				if n.norm == "to" && code == "042" {
					if es := f.phraseEntities(s, j+1, min(len(s.words), j+8), true); len(es) > 0 {
						ev.recips = es
						j = es[len(es)-1].to - 1
						end = j + 1
						continue
					}
				}
				if !(n.norm == "of" || n.norm == "on" || n.norm == "in" || n.norm == "at" || n.norm == "over") {
					break after
				}
			case n.class == det || n.class == noun:
			default:
				break after
			}
		}
		switch {
		case mode == "between" || mode == "among":
			ev.actors = with
			if len(adjacent) == 1 && adjacent[0].kind == stemma.Place && ev.place.id == "" {
				ev.place = adjacent[0] // "the Florida talks between X and Y"
			}
		case mode == "with":
			ev.actors = append(f.participants(s, k, start), with...)
		case len(adjacent) >= 2:
			ev.actors = adjacent
		case code == "042":
			ev.actors = adjacent
			if len(adjacent) == 0 {
				ev.actors = f.participants(s, k, start)
			}
			if ev.place.id != "" && len(ev.recips) == 0 {
				ev.recips = []entity{ev.place}
			}
			if len(ev.recips) == 0 && len(adjacent) == 0 {
				continue
			}
		case len(adjacent) == 1 && adjacent[0].kind == stemma.Place && ev.place.id == "":
			ev.place = adjacent[0] // "the Moscow meeting"
			ev.definite = true
		case len(adjacent) == 1:
			ev.actors = adjacent
			ev.definite = true
		case ev.place.id != "" && !ev.definite:
			continue
		default:
			if code == "041" || code == "042" || code == "040" && !ev.definite {
				continue
			}
			if ev.actors = f.signatories(s, start); len(ev.actors) == 0 {
				ev.definite = true
			}
		}
		ev.actors = slices.DeleteFunc(unique(ev.actors), func(e entity) bool { return !e.named && e.kind == stemma.Role })
		if len(ev.actors) > 0 && !known(ev.actors) {
			continue
		}
		if st := f.irrealis(s, k); st != "" && ev.Status == Held {
			ev.Status = st
		}
		switch ev.Status {
		case Held:
		case Cancelled:
			ev.Type, ev.CAMEO, ev.Mode = Reject, "125", "meet"
		default:
			ev.Type, ev.CAMEO, ev.Mode = Agree, "036", ""
		}
		if code == "041" && mode == "" {
			continue
		}
		if ev.place.id == "" {
			for i := range s.preds {
				if p := &s.preds[i]; p.start >= end && p.start < end+12 {
					if takesPlace.has(p.lemma) {
						ev.place = f.placeAfter(s, p.end, min(len(s.words), p.end+8))
					}
					break
				}
			}
		}
		f.time(s, &ev, start, end)
		if ev.When.IsZero() && ev.Status == Held {
			ev.When, ev.Inferred = f.saidAfter(s, start)
		}
		ev.Evidence = []stemma.Cite{f.evidence(s, start, end)}
		f.assert(s, &ev)
		f.found = append(f.found, ev)
	}
}

// A spoken is when somebody spoke.
type spoken struct {
	by       stemma.ActorID
	when     stemma.Interval
	inferred bool
	sentence int
}

// speechGap is how many sentences on somebody still speaks on the day that was
// given with his first words.
const speechGap = 3

// listen keeps when the speakers of s spoke: "X said on Monday".
func (f *finder) listen(s *sentence) {
	for i := range s.preds {
		p := &s.preds[i]
		if effectOf(p.lemma) != reporting || p.end >= len(s.words) || s.words[p.head].quoted {
			continue
		}
		k := p.end
		if s.words[k].class == prep && k+1 < len(s.words) {
			k++
		}
		if !s.words[k].timex {
			continue
		}
		by := f.speakerOf(s, i)
		at := s.words[k].span.Start
		for t := f.firstTime(at); by != "" && t < len(f.doc.Times) && f.doc.Times[t].Start == at; t++ {
			if x := &f.doc.Times[t]; x.Grain == "day" && !x.When.IsZero() {
				f.spoke = spoken{by, x.When, x.Inferred, s.index}
			}
		}
	}
}

// speakerOf returns who speaks by predicate i, by the statement whose cue it
// is.
func (f *finder) speakerOf(s *sentence, i int) stemma.ActorID {
	at := s.words[s.preds[i].head].span
	sts := f.doc.Statements
	end := sort.Search(len(sts), func(i int) bool { return sts[i].Start > at.Start })
	for k := max(0, end-64); k < end; k++ {
		if sts[k].Cue.Contains(at) {
			return sts[k].Actor
		}
	}
	return ""
}

// saidAfter returns the day of the meeting that begins with word start, if
// somebody speaks after it who was said a little before to have spoken on that
// day: "X said on Monday. … X told reporters after a meeting with Y".
func (f *finder) saidAfter(s *sentence, start int) (stemma.Interval, bool) {
	if start == 0 || s.words[start-1].norm != "after" && s.words[start-1].norm != "following" || s.index-f.spoke.sentence > speechGap {
		return stemma.Interval{}, false
	}
	for i := len(s.preds) - 1; i >= 0; i-- {
		p := &s.preds[i]
		if p.start < start && effectOf(p.lemma) == reporting {
			if f.spoke.by != "" && f.speakerOf(s, i) == f.spoke.by {
				return f.spoke.when, f.spoke.inferred
			}
			return stemma.Interval{}, false
		}
	}
	return stemma.Interval{}, false
}

// far reports whether entity e begins only behind a verb or many words from j.
func (f *finder) far(s *sentence, j int, e entity) bool {
	for k := j; k < e.from; k++ {
		if c := s.words[k].class; c == verbal || c == comma || c == sub || c == rel || c == prep {
			return true
		}
	}
	return false
}

func (f *finder) placeAt(s *sentence, j int) entity {
	for k := j; k < len(s.words) && k < j+4; k++ {
		w := &s.words[k]
		if w.ent != 0 {
			if e := s.ents[w.ent-1]; e.kind == stemma.Place {
				return e
			}
			return entity{}
		}
		if w.class != det && w.class != noun || w.timex {
			return entity{}
		}
	}
	return entity{}
}

// covered reports whether an event of a verb already tells of the noun at k.
func (f *finder) covered(s *sentence, k int) bool {
	at := s.words[k].span.Start
	for i := len(f.found) - 1; i >= 0 && f.found[i].sentence == s.index; i-- {
		e := &f.found[i]
		if len(e.Evidence) > 0 && e.Evidence[0].Span.Start <= at && at < e.Evidence[0].Span.End && at > e.head &&
			(e.meeting || root(e.CAMEO) == "12" || root(e.CAMEO) == "16" || root(e.CAMEO) == "10" || root(e.CAMEO) == "03") {
			for j := k - 1; j >= 0 && s.words[j].span.Start > e.head; j-- {
				if s.words[j].class == verbal || s.words[j].class == sub {
					return false
				}
			}
			return true
		}
	}
	return false
}

// participants returns who took part in the meeting of the noun at k besides
// those behind "with": the subject of the clause that it is part of, which
// for a leading phrase ("After a meeting with X, …") stands behind.
func (f *finder) participants(s *sentence, k, start int) []entity {
	// "who officials say is his sixth meeting with X": his, not theirs.
	if w := &s.words[start]; w.class == det && (w.norm == "his" || w.norm == "her") {
		for j := start - 1; j >= 0; j-- {
			e := s.words[j].ent
			if e != 0 && s.ents[e-1].kind == stemma.Person {
				return []entity{s.ents[e-1]}
			}
		}
		if len(f.lastSubject) > 0 {
			return f.lastSubject
		}
	}
	lead := start == 0
	for j := start - 1; j >= 0; j-- {
		w := &s.words[j]
		if w.class == sub || w.class == prep {
			lead = j == 0 || s.words[j-1].class == comma || s.words[j-1].class == punct || s.words[j-1].class == sub
			break
		}
		if w.class == verbal || w.class == comma {
			break
		}
	}
	if lead {
		for i := range s.preds {
			p := &s.preds[i]
			if p.start > k && !p.infinitive && !p.gerund && !p.reduced && !p.relative {
				return f.subjectEntities(s, i)
			}
		}
	}
	for i := len(s.preds) - 1; i >= 0; i-- {
		p := &s.preds[i]
		if p.start < k && !p.reduced {
			es := f.subjectEntities(s, i)
			if from, to, shared := f.subject(s, i); len(es) > 0 && (shared >= 0 || f.acts(s, from, to)) {
				return es
			}
			// "the proposals look better after discussions": whoever says so.
			for h := i - 1; h >= 0; h-- {
				if effectOf(s.preds[h].lemma) == reporting {
					return f.subjectEntities(s, h)
				}
			}
			return es
		}
	}
	return nil
}

// signatories returns the two or more who did something "after nine hours of
// talks", where the talks begin with word start; nobody otherwise.
func (f *finder) signatories(s *sentence, start int) []entity {
	k := start - 1
	if k > 0 && s.words[k].norm == "of" {
		for k--; k > 0 && (s.words[k].timex || s.words[k].class == adv || s.words[k].class == noun); k-- {
		}
	}
	if k <= 0 || s.words[k].norm != "after" && s.words[k].norm != "following" {
		return nil
	}
	for i := len(s.preds) - 1; i >= 0; i-- {
		p := &s.preds[i]
		if p.start >= k || p.infinitive || p.gerund || p.reduced || p.passive {
			continue
		}
		if es := f.subjectEntities(s, i); len(es) > 1 && effectOf(p.lemma) != reporting {
			return es
		}
		return nil
	}
	return nil
}

// codeExchanges finds the exchanges of prisoners of which a noun tells that they
// took place or are to: "The exchange is to take place at Dorn on 31 May".
func (f *finder) codeExchanges(s *sentence) {
	if len(f.swap) < 2 {
		return
	}
	for k := range s.words {
		w := &s.words[k]
		if w.norm != "exchange" && w.norm != "swap" || w.class != noun || w.quoted {
			continue
		}
		if k+2 < len(s.words) && s.words[k+1].norm == "of" && !f.captives(s, k+2) {
			continue
		}
		for i := range s.preds {
			p := &s.preds[i]
			if p.start < k || p.infinitive || p.gerund || p.reduced || p.relative || p.lemma == "be" {
				continue
			}
			if p.start-k > 12 || p.lemma != "take" || p.end >= len(s.words) || s.words[p.end].norm != "place" {
				break
			}
			ev := found{sentence: s.index, head: w.span.Start, actors: f.swap}
			ev.CAMEO, ev.Status, ev.Rule = "0841", Held, "noun:"+w.norm
			switch {
			case p.negated:
				ev.Status = Denied
			case p.modal == "will" || p.modal == "would":
				ev.CAMEO, ev.Status = "0353", Planned
			case p.modal != "":
				ev.CAMEO, ev.Status = "0353", Proposed
			}
			ev.Type, ev.Mode = TypeOf(ev.CAMEO), modeOf(ev.CAMEO)
			end := f.objectEnd(s, i, false)
			ev.place = f.placeAfter(s, p.end, end)
			f.time(s, &ev, p.start, p.end)
			from := k
			if k > 0 && s.words[k-1].class == det {
				from--
			}
			ev.Evidence = []stemma.Cite{f.evidence(s, from, end)}
			f.assert(s, &ev)
			f.found = append(f.found, ev)
			break
		}
	}
}

// captives reports whether the noun phrase that begins at k is of people who are
// held.
func (f *finder) captives(s *sentence, k int) bool {
	for ; k < len(s.words) && (s.words[k].class == noun || s.words[k].class == det || s.words[k].class == verbal && s.words[k].form&participle != 0); k++ {
		if objects[stem(s.words[k].norm)] == "0841" || agentCode(stem(s.words[k].norm)) != "" {
			return true
		}
	}
	return false
}

// fightNouns is the nouns that tell of fighting, with CAMEO codes.
var fightNouns = map[string]string{
	"fighting": "190", "clash": "190", "battle": "190", "gunbattle": "193", "firefight": "193", "skirmish": "190", "war": "190", "hostility": "190",
}

// attackNouns is the nouns that tell of an attack of one upon another.
var attackNouns = map[string]string{
	"attack": "190", "strike": "190", "airstrike": "195", "bombing": "195", "bombardment": "194", "shelling": "194", "raid": "190",
	"assault": "190", "offensive": "190", "invasion": "192", "ambush": "190",
}

// codeFights finds the fighting that nouns tell of: "clashes between X and
// Y", "an attack by X on Y", "a Russian strike on Kyiv".
func (f *finder) codeFights(s *sentence) {
	for k := range s.words {
		w := &s.words[k]
		if w.class != noun || w.quoted || w.ent != 0 || k+1 >= len(s.words) {
			continue
		}
		name := stem(w.norm)
		if code := fightNouns[name]; code != "" {
			// "fighting between X and Y", "clashes broke out between"
			for j := k + 1; j < len(s.words) && j < k+5; j++ {
				if s.words[j].norm != "between" {
					continue
				}
				if es := f.phraseEntities(s, j+1, min(len(s.words), j+20), true); len(es) > 1 {
					f.addFight(s, k, k, es[len(es)-1].to, code, es, nil)
				}
				break
			}
			continue
		}
		code := attackNouns[name]
		if code == "" {
			continue
		}
		var by, on []entity
		start, end := k, k+1
		for start > 0 && s.words[start-1].class == noun {
			start--
			if e := s.words[start].ent; e != 0 && by == nil {
				by = []entity{s.ents[e-1]}
			}
		}
		for j := k + 1; j+1 < len(s.words) && j < k+14; j++ {
			n := &s.words[j]
			if n.class == verbal || n.class == comma || n.class == sub || n.class == rel {
				break
			}
			if n.class != prep || n.timex {
				continue
			}
			es := f.phraseEntities(s, j+1, min(len(s.words), j+8), true)
			if len(es) == 0 || f.far(s, j+1, es[0]) {
				continue
			}
			switch {
			case n.norm == "by" && by == nil:
				by = es
			case (n.norm == "on" || n.norm == "against") && on == nil:
				on = es
			default:
				continue
			}
			end = es[len(es)-1].to
		}
		if known(by) && known(on) && by[0].side() != on[0].side() {
			f.addFight(s, k, start, end, code, by, on)
		}
	}
}

func (f *finder) addFight(s *sentence, k, start, end int, code string, by, on []entity) {
	// A verb may have told of it already: "launched an attack on".
	at := s.words[k].span.Start
	for i := len(f.found) - 1; i >= 0 && f.found[i].sentence == s.index; i-- {
		if e := &f.found[i]; len(e.Evidence) > 0 && e.Evidence[0].Span.Start <= at && at < e.Evidence[0].Span.End {
			return
		}
	}
	ev := found{sentence: s.index, head: at, actors: by, recips: on}
	ev.Type, ev.CAMEO, ev.Mode, ev.Status, ev.Rule = TypeOf(code), code, modeOf(code), Held, "noun:"+stem(s.words[k].norm)
	ev.place = f.placeAfter(s, k, min(len(s.words), end+4))
	f.time(s, &ev, start, end)
	ev.Evidence = []stemma.Cite{f.evidence(s, start, end)}
	f.assert(s, &ev)
	f.found = append(f.found, ev)
}

// takesPlace is the verbs that say of a meeting where it was: "consultations
// took place in Port Ansel".
var takesPlace = words("take hold begin start end continue resume open conclude be")

// acts reports whether the phrase that begins at from is headed by somebody
// who can act: "the US side", but not "the US proposals".
func (f *finder) acts(s *sentence, from, to int) bool {
	last := -1
	for k := from; k < to; k++ {
		w := &s.words[k]
		if w.class == pron {
			return true
		}
		if w.class != noun && w.class != det && w.class != poss {
			if last >= 0 {
				break
			}
			continue
		}
		if w.class == noun {
			last = k
		}
	}
	return last >= 0 && (s.words[last].ent != 0 || agentCode(stem(s.words[last].norm)) != "")
}

// irrealis returns the status of the meeting of the noun at k where a verb
// puts it into the future or in doubt: "plans for a second summit", "a
// meeting would depend on progress"; "" where none does.
func (f *finder) irrealis(s *sentence, k int) string {
	for j := k - 1; j >= 0 && j > k-7; j-- {
		switch n := s.words[j].norm; {
		case n == "plan" || n == "plans" || n == "hopes" || n == "prospect" || n == "prospects" || n == "invitation":
			return Planned
		case n == "proposal":
			return Proposed
		case n == "would" || n == "will":
			return Planned // "it would be the first meeting"
		case s.words[j].class == verbal:
			switch {
			case strings.HasPrefix(n, "plan"):
				return Planned
			case strings.HasPrefix(n, "propos"):
				return Proposed
			}
			j = -1
		case s.words[j].class == comma:
			j = -1
		}
	}
	// The verb of which the noun is the subject; a clause of "which" or a
	// participle may stand between.
	reach := 12
	for i := range s.preds {
		p := &s.preds[i]
		if p.start >= k && (p.relative || p.reduced) {
			reach = 30
		}
		if p.start < k || p.infinitive || p.gerund || p.reduced || p.relative {
			continue
		}
		if p.start-k > reach || p.clause > k && (reach == 12 || s.words[p.clause-1].class == sub) {
			return ""
		}
		switch {
		case p.lemma == "depend" || p.lemma == "hinge":
			return Conditional
		case p.modal == "will" || p.modal == "would":
			return Planned
		case p.modal == "may" || p.modal == "might" || p.modal == "could":
			return Proposed
		case p.passive && (p.lemma == "plan" || p.lemma == "schedule" || p.lemma == "expect" || p.lemma == "set"):
			return Planned
		case p.passive && cancels[p.lemma]:
			return Cancelled
		}
		return ""
	}
	return ""
}

func unique(es []entity) []entity {
	var out []entity
	for _, e := range es {
		if !hasID(out, e.id) {
			out = append(out, e)
		}
	}
	return out
}

// objects is what nouns mean as the object of a verb that promises, refuses,
// stops or demands them, as the CAMEO code of having or doing them.
var objects = map[string]string{
	// talks
	"talk": "046", "round": "046", "session": "040", "meeting": "040", "negotiation": "046", "summit": "046", "dialogue": "046", "visit": "042", "mediation": "045",
	"trip": "042", "discussion": "046", "mediator": "045",
	// relations
	"tie": "050", "relation": "050", "treaty": "057", "agreement": "057", "accord": "057", "pact": "057", "recognition": "054",
	"peace": "057", "plan": "", "trade": "061", "cooperation": "060", "export": "061", "investment": "061", "exercises": "062",
	"extradition": "063",
	// aid
	"aid": "070", "assistance": "070", "help": "070", "loan": "071", "fund": "071", "money": "071", "grant": "071", "credit": "071",
	"weapon": "072", "arms": "072", "missile": "072", "tank": "072", "food": "073", "medicine": "073", "relief": "073", "supply": "070",
	"peacekeeper": "074", "asylum": "075", "troop": "072", "protection": "074", "support": "070", "supplies": "070",
	// yielding
	"ceasefire": "0871", "truce": "0871", "cease-fire": "0871", "armistice": "0871", "withdrawal": "0874", "pullout": "0874", "pullback": "0874",
	"release": "0841", "prisoner": "0841", "hostage": "0841", "detainee": "0841", "inspector": "0862", "observer": "0861", "access": "0863",
	"concession": "080", "compromise": "080", "reform": "083", "election": "083", "resignation": "0831", "amnesty": "081", "disarmament": "0873",
	"rights": "0833", "autonomy": "0833", "independence": "0833", "compensation": "080",
	// conflict
	"sanction": "163", "embargo": "163", "tariff": "163", "boycott": "163", "blockade": "191", "siege": "191", "restriction": "172",
	"curb": "172", "curfew": "1723", "martial": "1724", "ban": "1722", "censorship": "1721", "strike": "190", "strikes": "190", "attack": "190",
	"war": "190", "bombing": "195", "shelling": "194", "fighting": "190", "invasion": "190", "offensive": "190", "hostility": "190",
	"protest": "141", "demonstration": "141", "rally": "141", "retaliation": "190", "reprisal": "190", "action": "",
}
