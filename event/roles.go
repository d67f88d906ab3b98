package event

import (
	"slices"
	"sort"
	"strings"
	"time"

	"stemma"
)

// subjectEntities returns who acts by predicate i.
func (f *finder) subjectEntities(s *sentence, i int) []entity {
	for hops := 0; hops < 6; hops++ {
		from, to, shared := f.subject(s, i)
		if shared >= 0 {
			if shared == i {
				return nil
			}
			i = shared
			continue
		}
		if f.onlyPlaced(s, from, to) {
			return nil
		}
		es := f.phraseEntities(s, from, to, false)
		if len(es) > 0 && !known(es) {
			// "According to reports the UK": somebody known stands behind.
			if more := f.phraseEntities(s, es[len(es)-1].to, to, false); known(more) && s.words[from].class == prep {
				es = more
			}
		}
		if len(es) > 0 && (es[0].kind == stemma.Role || len(es) > 1 && f.office(s, from, es[0].from)) {
			if who := f.apposed(s, es[0].to, to); len(who) > 0 && (!known(es) || len(es) > 1) {
				return who // "A spokesman for the Front, Pavle Oren,"
			}
		}
		if !known(es) && to > from && possessives[s.words[from].norm] {
			// "said that her country would": whoever says so. Two who stand
			// for each other ("his aide said that his aide") end after a few.
			if f.asking < 4 {
				f.asking++
				who := f.speakerBefore(s, i)
				f.asking--
				if known(who) {
					return who
				}
				if i == 0 && known(f.lastSubject) {
					return f.lastSubject // "Her government demands": hers of whom the sentence before was
				}
			}
		}
		if len(es) == 1 && !known(es) && f.asking == 0 && f.official(s, from, &es[0]) {
			f.asking++
			who := f.saidBy(s, i)
			f.asking--
			if known(who) {
				return who // "Brandl said the army would withdraw"
			}
		}
		if len(es) > 0 {
			return es
		}
		// A pronoun that no mention resolves: whoever spoke or acted before.
		if to > from {
			if w := s.words[to-1]; w.class == pron || s.words[from].class == pron {
				for k := i - 1; k >= 0; k-- {
					q := &s.preds[k]
					if q.infinitive || q.gerund || q.reduced {
						continue
					}
					a, b, sh := f.subject(s, k)
					if sh >= 0 {
						continue
					}
					if es := f.phraseEntities(s, a, b, false); len(es) > 0 {
						return es
					}
				}
				return f.lastSubject
			}
		}
		return f.describe(s, from, to)
	}
	return nil
}

// office reports whether the words [from:to) end with an office "of" what
// follows: "The ambassador of".
func (f *finder) office(s *sentence, from, to int) bool {
	for k := to - 1; k > from; k-- {
		w := &s.words[k]
		if w.norm == "of" {
			return s.words[k-1].class == noun && (agentCode(stem(s.words[k-1].norm)) == "GOV" || s.words[k-1].up)
		}
		if w.class != det {
			return false
		}
	}
	return false
}

// apposed returns the person whose name is set between commas at the end of the
// subject [from:to), which begins with his office.
func (f *finder) apposed(s *sentence, from, to int) []entity {
	if to-from < 3 || s.words[to-1].class != comma {
		return nil
	}
	c := lastComma(s.words[from : to-1])
	if c < 0 {
		return nil
	}
	es := f.phraseEntities(s, from+c+1, to-1, false)
	if len(es) != 1 || es[0].kind != stemma.Person {
		return nil
	}
	return es
}

// official reports whether e, with which a subject begins, is "the army" or "the
// government" of whoever speaks.
func (f *finder) official(s *sentence, from int, e *entity) bool {
	if e.kind != stemma.Role || s.words[from].norm != "the" || e.to-from > 2 {
		return false
	}
	return ownForces.has(s.words[e.to-1].norm)
}

var ownForces = words("army government military navy cabinet")

// saidBy returns the person whose speech predicate i stands in: the subject of
// the verb of saying right before it.
func (f *finder) saidBy(s *sentence, i int) []entity {
	if p := &s.preds[i]; i == 0 || effectOf(s.preds[i-1].lemma) != reporting || s.preds[i-1].gerund || p.modal != "will" && p.modal != "would" {
		return nil
	}
	for k := s.preds[i-1].end; k < s.preds[i].start; k++ {
		if w := &s.words[k]; w.class == comma || w.class == sub && w.norm != "that" {
			return nil
		}
	}
	es := f.subjectEntities(s, i-1)
	if len(es) != 1 || es[0].kind != stemma.Person {
		return nil
	}
	return es
}

var possessives = map[string]bool{"his": true, "her": true, "its": true, "their": true}

// properIn reports whether a proper name that no mention covers is among the
// words [from:to), by their tags.
func (f *finder) properIn(s *sentence, from, to int) bool {
	if len(f.doc.Tags) == 0 {
		return false
	}
	for k := from; k < to; k++ {
		w := &s.words[k]
		if w.up && w.ent == 0 && strings.HasPrefix(f.doc.Tags[w.tok].XPOS, "NNP") && agentCode(stem(w.norm)) == "" {
			return true
		}
	}
	return false
}

// onlyPlaced reports whether the first entity of a subject only says where or
// of what it is, and the subject itself cannot act: "the outbreak in China".
func (f *finder) onlyPlaced(s *sentence, from, to int) bool {
	head, in := "", false
	for k := from; k < to; k++ {
		w := &s.words[k]
		switch {
		case w.ent != 0:
			return in
		case w.class == noun && !in:
			head = w.norm
		case w.class == prep && head != "" && w.norm != "of" && w.norm != "between" && w.norm != "by":
			in = agentCode(stem(head)) == "" && !quantities.has(stem(head))
		case w.class == comma || w.class == conj:
			head, in = "", false
		}
	}
	return false
}

var quantities = words("third half quarter hundred thousand million dozen score member number group majority people man woman resident inhabitant crowd supporter activist family child youth party worker doctor team unit branch wing faction")

// describe makes an entity of a noun phrase that names nobody: "the rebels".
func (f *finder) describe(s *sentence, from, to int) []entity {
	for k := from; k < to; k++ {
		w := &s.words[k]
		if w.class != noun || w.timex {
			continue
		}
		end := k + 1
		for end < to && s.words[end].class == noun && !s.words[end].timex {
			end++
		}
		for n := k; n < end; n++ {
			if a := agentCode(stem(s.words[n].norm)); a != "" {
				return []entity{{from: k, to: end, id: f.slug(s, k, end), kind: stemma.Role, code: "---" + a, named: f.properIn(s, k, end)}}
			}
		}
		if f.properIn(s, k, end) { // "Hutu militiamen"
			return []entity{{from: k, to: end, id: f.slug(s, k, end), kind: stemma.Role, code: "---", named: true}}
		}
		return nil
	}
	return nil
}

// domestic completes an event with those whom a noun describes but no name:
// "the rebels", "students". Where nothing says otherwise they belong to the
// country of the other side, or of the place.
func (f *finder) domestic(s *sentence, i int, ev *found) {
	p := &s.preds[i]
	if len(ev.recips) == 0 && !ev.meeting {
		end := min(f.objectEnd(s, i, true), p.end+15)
		if d := f.describe(s, p.end, end); len(d) > 0 && !p.passive {
			ev.recips = d
		}
	}
	home := ""
	for _, e := range ev.actors {
		if c := Country(e.code); c != "" && c != "---" && home == "" {
			home = c
		}
	}
	for k := range ev.recips {
		if strings.HasPrefix(ev.recips[k].code, "---") && home != "" {
			ev.recips[k].code = home + ev.recips[k].code[3:]
		}
	}
	home = ""
	for _, e := range ev.recips {
		if c := Country(e.code); c != "" && c != "---" && home == "" {
			home = c
		}
	}
	if pl := f.placeAfter(s, 0, len(s.words)); pl.code != "" {
		home = Country(pl.code)
	}
	for k := range ev.actors {
		if ev.actors[k].kind == stemma.Person && sectorPart(ev.actors[k].code) == "GOV" {
			continue // he need not be of the country he deals with
		}
		if strings.HasPrefix(ev.actors[k].code, "---") && home != "" {
			ev.actors[k].code = home + ev.actors[k].code[3:]
		}
	}
}

// phraseEntities returns the entities of the first noun phrase, or list of
// them, among the words [from:to): "Iran and Turkey", "the German government".
// Of "Ukrainian President Volodymyr Zelensky" it is the person, with the
// code of the country; of "Syria's militia" the owner.
func (f *finder) phraseEntities(s *sentence, from, to int, object bool) []entity {
	var out []entity
	k := from
	for k < to {
		e := s.words[k].ent
		if e == 0 {
			if len(out) > 0 {
				// "and", a comma or words that go on the phrase.
				c := s.words[k].class
				if c == comma || c == conj {
					if k+1 < to && joined(s, k, to) {
						k++
						continue
					}
					break
				}
				if c == verbal || c == sub || c == rel || c == prep && !(s.words[k].norm == "of") || c == det && s.words[k-1].class != comma && s.words[k-1].class != conj {
					break
				}
			}
			k++
			continue
		}
		en := s.ents[e-1]
		if k == from && en.to == k+1 && possessives[s.words[k].norm] && en.kind == stemma.Person {
			if who := f.apposed(s, en.to, to); len(who) > 0 {
				return who // "His Osvian counterpart, X,"
			}
		}
		if en.kind != stemma.Person && f.sentBy(s, &en, to) {
			k = en.to + 1 // "negotiators from Osvia and Marenland": the two
			continue
		}
		if en.to+1 < to && s.words[en.to].norm == "-" && anotherAhead(s, en.to+1, to) {
			k = en.to + 1 // "NATO-member Norway"
			continue
		}
		// The head of the phrase: a person named behind, or the thing owned.
		head, next := f.headOf(s, k, to)
		if head.id == "" {
			head = en
		}
		if len(head.code) == 3 {
			if sec := f.sector(s, k, next); sec != "" {
				head.code += sec
			}
		}
		if n := len(out); n > 0 && head.kind == stemma.Person && out[n-1].kind == stemma.Role && s.words[k-1].class == comma {
			// "Its spokeswoman, Daria Konel,": one and the same.
			if country(head.code) == "" {
				head.code = out[n-1].code
			}
			out = out[:n-1]
		}
		if !hasID(out, head.id) {
			out = append(out, head)
		}
		k = next
		// "Kenzo Oshima, the United Nations coordinator,": the apposition
		// says for whom he acts.
		if last := &out[len(out)-1]; last.kind == stemma.Person && k+2 < to && s.words[k].class == comma && s.words[k+1].class == det {
			if c, end := f.ofCountry(s, k, to); c != "" {
				last.code = c + sectorPart(last.code)
				k = end
				continue
			}
		}
		// "activists from the Fatah party", "demonstrators in Baghdad"
		if last := &out[len(out)-1]; country(last.code) == "" && k < to {
			if c, end := f.ofCountry(s, k, to); c != "" {
				last.code = c + sectorPart(last.code)
				if n := s.words[k].norm; (n == "of" || n == "from") && !last.named && last.kind == stemma.Role && end > 0 && s.words[end-1].ent != 0 {
					// Nobody knows "activists" again, but the party they are of.
					of := s.ents[s.words[end-1].ent-1]
					last.id, last.named = of.id, true
				}
				if f.settled(last) {
					k = end
				}
			}
		}
		// "King Hassan of Morocco"
		if k+1 < to && s.words[k].norm == "of" && s.words[k+1].ent != 0 {
			if of := s.ents[s.words[k+1].ent-1]; of.kind == stemma.Place && head.kind != stemma.Place {
				out[len(out)-1].code = Country(of.code) + sectorPart(head.code)
				k = of.to
			}
		}
		// "(RUF)", "'s efforts"
		for k < to && (s.words[k].class == noun && s.words[k].ent == 0 || s.words[k].class == poss) {
			k++
		}
	}
	if len(out) > 2 && out[0].kind != stemma.Person && f.officials(s, from, to) {
		// "The prime ministers of Osvia and Marenland, X and Y,": X and Y.
		people := slices.DeleteFunc(slices.Clone(out), func(e entity) bool { return e.kind != stemma.Person })
		if len(people) > 1 {
			return people
		}
	}
	return out
}

// officials reports whether offices in the plural are among the words [from:to).
func (f *finder) officials(s *sentence, from, to int) bool {
	for k := from; k < to; k++ {
		if delegates.has(s.words[k].norm) {
			return true
		}
	}
	return false
}

// delegates is people who act for those behind "from" or "of".
var delegates = words("negotiators delegations delegates envoys diplomats representatives officials teams leaders presidents ministers")

// sentBy reports whether entity en is people who act for others, whom the
// words behind name.
func (f *finder) sentBy(s *sentence, en *entity, to int) bool {
	if en.to+1 >= to || !delegates.has(s.words[en.to-1].norm) || s.words[en.to].norm != "from" && s.words[en.to].norm != "of" {
		return false
	}
	for k := en.to + 1; k < to && k < en.to+4; k++ {
		w := &s.words[k]
		if w.ent != 0 {
			return s.ents[w.ent-1].named
		}
		if w.class != det {
			return false
		}
	}
	return false
}

// anotherAhead reports whether another entity follows in the noun phrase that
// goes on at k.
func anotherAhead(s *sentence, k, to int) bool {
	for ; k < to && (s.words[k].class == noun || s.words[k].class == poss); k++ {
		if s.words[k].ent != 0 {
			return true
		}
	}
	return false
}

// joined reports whether the comma or conjunction at k joins another entity
// to a list: one stands within a few words of the same phrase.
func joined(s *sentence, k, to int) bool {
	for j := k + 1; j < to && j < k+7; j++ {
		switch w := &s.words[j]; {
		case w.ent != 0:
			return true
		case w.class == verbal, w.class == sub, w.class == rel, w.class == prep && w.norm != "of", w.class == punct:
			return false
		}
	}
	return false
}

// headOf returns the entity that heads the noun phrase that begins with the
// entity at k, and the word behind it.
func (f *finder) headOf(s *sentence, k, to int) (entity, int) {
	en := s.ents[s.words[k].ent-1]
	end := en.to
	head := en
	for j := en.to; j < to; {
		w := &s.words[j]
		if w.ent != 0 {
			n := s.ents[w.ent-1]
			if n.kind == stemma.Person || (n.kind == stemma.Organisation || n.kind == stemma.Role) && en.kind != stemma.Person {
				if c := country(head.code); country(n.code) == "" && c != "" {
					n.code = c + sectorPart(n.code)
				}
				head = n
			}
			j, end = n.to, n.to
			continue
		}
		if w.class == noun && !w.timex {
			j++
			continue
		}
		if w.class == poss {
			// "Putin's warning" is his; "Lebanon's president Hrawi" is the
			// president's.
			j++
			continue
		}
		break
	}
	return head, max(end, k+1)
}

// sector returns the sector of the people whom the words behind [from:to)
// describe: "GOV" behind "British" in "British officials".
func (f *finder) sector(s *sentence, from, to int) string {
	b := f.buf[:0]
	for j := to; j < len(s.words) && j < to+4; j++ {
		w := &s.words[j]
		if w.class != noun || w.timex || w.ent != 0 {
			if w.class == poss {
				continue
			}
			break
		}
		if a := agentCode(stem(w.norm)); a != "" {
			return a
		}
		if a := agentCode(w.norm); a != "" {
			return a
		}
	}
	f.buf = b
	return ""
}

// ofCountry returns the country that a phrase behind the noun phrase ending at
// k says its people are of: behind "of", "from", "in", or in apposition.
func (f *finder) ofCountry(s *sentence, k, to int) (code string, end int) {
	w := &s.words[k]
	if !(w.norm == "of" || w.norm == "from" || w.norm == "in" || w.norm == "at" || w.norm == "on" || w.class == comma) {
		return "", k
	}
	for j := k + 1; j < to && j < k+8; j++ {
		v := &s.words[j]
		if v.ent != 0 {
			e := s.ents[v.ent-1]
			if c := country(e.code); c != "" {
				return c, e.to
			}
			if c, end := f.ofCountry(s, min(e.to, to-1), to); c != "" && e.to < to {
				return c, end
			}
			return "", k
		}
		if v.class != det && v.class != noun && v.class != poss || v.timex {
			return "", k
		}
	}
	return "", k
}

func (f *finder) settled(e *entity) bool { return e.kind != stemma.Person }

// country returns the country of a code; "" if it has none.
func country(code string) string {
	if c := Country(code); c != "---" {
		return c
	}
	return ""
}

func sectorPart(code string) string {
	if len(code) > 3 {
		return code[3:]
	}
	return ""
}

func hasID(es []entity, id stemma.ActorID) bool {
	for i := range es {
		if es[i].id == id {
			return true
		}
	}
	return false
}

// objectEntities returns upon whom predicate i, with the predicates up to
// last that are part of it, acts: the first phrase behind the verb that names
// somebody who is not the subject; those behind "in" and "at", which say
// where, only if there is no other.
func (f *finder) objectEntities(s *sentence, i, last int, subj []entity) []entity {
	p := &s.preds[i]
	end := f.objectEnd(s, last, true)
	var places, home, vague []entity
	by := !p.passive && (effectOf(p.lemma) == accusing || effectOf(p.lemma) == rejecting || p.lemma == "investigate") && f.byBehind(s, p.end, end) >= 0
	from := p.end
	if by {
		from = f.byBehind(s, p.end, end)
	}
	for k := from; k < end; {
		e := s.words[k].ent
		if e == 0 {
			k++
			continue
		}
		es := f.phraseEntities(s, k, end, true)
		if len(es) == 0 {
			k++
			continue
		}
		if at := s.ents[e-1].from; es[0].kind == stemma.Person && at > 0 && vessels.has(s.words[at-1].norm) {
			k = max(k+1, s.ents[e-1].to)
			continue // "the tug Anneliese"
		}
		k = max(k+1, s.ents[e-1].to)
		var keep []entity
		for _, x := range es {
			if !hasID(subj, x.id) {
				keep = append(keep, x)
			}
		}
		if len(keep) == 0 {
			continue
		}
		if b := before(s, s.ents[e-1].from); (b == "in" || b == "at" || b == "near") && keep[0].kind == stemma.Place {
			if places == nil {
				places = keep
			}
			continue
		}
		if len(countries(keep)) == 0 && keep[0].kind != stemma.Person || p.lemma == "complain" && before(s, s.ents[e-1].from) == "to" {
			if vague == nil {
				vague = keep
			}
			continue
		}
		// "warned that Russia was ready for war with Europe": whoever is of
		// the subject's own country comes last.
		if allHome(subj, keep) && !f.directObject(s, p, s.ents[e-1].from) {
			if home == nil {
				home = keep
			}
			continue
		}
		return keep
	}
	switch {
	case places != nil && places[0].code != "" && !(vague != nil && vague[0].kind == stemma.Organisation):
		return places
	case home != nil:
		return home
	}
	return vague
}

// vessels is nouns behind which the name of a ship stands.
var vessels = words("tug tugboat ship vessel tanker boat ferry trawler freighter yacht submarine frigate")

// byBehind returns the word behind a "by" among the words [from:to), which
// says who did what an accusation is about: "war crimes by rebels"; -1 if
// there is none.
func (f *finder) byBehind(s *sentence, from, to int) int {
	for k := from; k+1 < to; k++ {
		if s.words[k].norm == "by" && !s.words[k+1].timex && len(f.phraseEntities(s, k+1, to, true)) > 0 {
			return k + 1
		}
		if k > from+12 {
			return -1
		}
	}
	return -1
}

// directObject reports whether nothing but the words of the noun phrase of
// word k stands between the verb and it.
func (f *finder) directObject(s *sentence, p *predicate, k int) bool {
	for j := p.end; j < k; j++ {
		if c := s.words[j].class; c != det && c != noun && c != adv {
			return false
		}
	}
	return true
}

func allHome(subj, es []entity) bool {
	c := countries(subj)
	if len(c) == 0 {
		return false
	}
	for _, x := range countries(es) {
		if !slices.Contains(c, x) {
			return false
		}
	}
	return len(countries(es)) > 0
}

// before returns the preposition before the noun phrase in which word k
// stands; "" if none.
func before(s *sentence, k int) string {
	for j := k - 1; j >= 0 && j > k-9; j-- {
		switch w := &s.words[j]; w.class {
		case prep:
			if w.norm == "of" && j > 0 && s.words[j-1].class == noun {
				continue // "with President of France Emmanuel Macron"
			}
			return w.norm
		case det, noun, poss:
		default:
			return ""
		}
	}
	return ""
}

// byEntities returns who acts in a passive: "was killed by rebels".
func (f *finder) byEntities(s *sentence, i int) []entity {
	p := &s.preds[i]
	for k := p.end; k < len(s.words) && k < p.end+30; k++ {
		if s.words[k].norm == "by" && !s.words[k].timex {
			end := k + 1
			for end < len(s.words) && end < k+12 && !(s.words[end].class == prep && s.words[end].norm != "of" && s.words[end].norm != "from" && s.words[end].norm != "in") && s.words[end].class != verbal {
				end++
			}
			if end < len(s.words) && s.words[end-1].norm == "outside" {
				end--
			}
			if es := f.phraseEntities(s, k+1, end, false); len(es) > 0 {
				return es
			}
			return f.describe(s, k+1, min(len(s.words), k+8))
		}
	}
	return nil
}

// speakerBefore returns the subject of the verb of saying that governs
// predicate i.
func (f *finder) speakerBefore(s *sentence, i int) []entity {
	for k := i - 1; k >= 0; k-- {
		q := &s.preds[k]
		if e := effectOf(q.lemma); (e == reporting || e == demanding || e == threatening) && !q.gerund {
			return f.subjectEntities(s, k)
		}
	}
	for k := i - 1; k >= 0; k-- {
		if q := &s.preds[k]; !q.infinitive && !q.gerund && !q.reduced && !q.relative {
			return f.subjectEntities(s, k)
		}
	}
	if i+1 < len(s.preds) {
		for k := i + 1; k < len(s.preds); k++ {
			if effectOf(s.preds[k].lemma) == reporting {
				return f.subjectEntities(s, k)
			}
		}
	}
	return nil
}

// mainSubject returns the people that the first finite verb of s is about,
// for pronouns in the sentence that follows.
func (f *finder) mainSubject(s *sentence) []entity {
	for i := range s.preds {
		p := &s.preds[i]
		if p.infinitive || p.gerund || p.reduced || p.relative {
			continue
		}
		if es := f.subjectEntities(s, i); len(es) > 0 {
			return append([]entity(nil), es...)
		}
	}
	return f.lastSubject
}

// placeAfter returns the place named behind "in", "at" or "to" among the
// words [from:to).
func (f *finder) placeAfter(s *sentence, from, to int) entity {
	for k := from; k < to; k++ {
		e := s.words[k].ent
		if e == 0 || k > 0 && s.words[k-1].ent == e {
			continue
		}
		en := s.ents[e-1]
		if en.kind != stemma.Place {
			continue
		}
		if b := before(s, k); b == "in" || b == "at" || b == "near" {
			return en
		}
	}
	return entity{}
}

// time dates an event: by the expression of time that stands nearest behind
// its verb and before the next verb, else before it; "hours after" and the
// like take the time of the event to which they are tied.
func (f *finder) time(s *sentence, ev *found, from, to int) {
	doc := f.doc
	sent := doc.Sentences[s.index]
	verb := s.words[from].span
	aside := from > 0 && s.words[from].class == verbal && s.words[from].form&(participle|gerund) != 0 && s.words[from-1].class == comma
	var best *stemma.Timex
	bestCost := 1 << 30
	for k := f.firstTime(sent.Start); k < len(doc.Times) && doc.Times[k].Start < sent.End; k++ {
		t := &doc.Times[k]
		if t.When.IsZero() || t.Type == "DURATION" && t.Rule != "since" || t.Type == "SET" || t.Grain == "year" && s.ordinalBefore(t.Start) {
			continue
		}
		a, b := s.wordsIn(t.Span)
		if s.undating(ev, a) {
			continue
		}
		cost := a - to
		if cost < 0 {
			cost = from - a + 6
		}
		if s.opensClause(b, from) {
			cost = 0 // "since 2 March, when a mine damaged a tanker"
		} else if t.Type == "DURATION" {
			continue
		}
		// Other verbs between the expression and ours claim it.
		for i := range s.preds {
			h := s.words[s.preds[i].head].span
			if h.Start >= verb.Start && h.Start <= s.words[max(to-1, from)].span.Start {
				continue
			}
			if t.Start > verb.Start && h.Start > verb.Start && h.Start < t.Start || t.Start < verb.Start && h.Start < verb.Start && h.Start > t.Start {
				cost += 8
				if !s.preds[i].infinitive && !s.preds[i].gerund && !s.preds[i].reduced {
					cost += 12
					if c := s.preds[i].clause; !ev.meeting && c > to && s.words[c-1].norm == "that" && t.Start > h.Start || aside && t.Start > h.Start {
						cost += farTime // "denied that it had fired in April", "talks, mediated by X, are due on Monday"
					}
				}
			}
		}
		if cost < bestCost {
			best, bestCost = t, cost
		}
	}
	if best == nil || bestCost > farTime {
		return
	}
	ev.When, ev.Inferred = best.When, best.Inferred
	if best.Rule == "since" && bestCost == 0 {
		switch best.Grain {
		case "day":
			ev.When.To = ev.When.From.AddDate(0, 0, 1)
		case "month":
			ev.When.To = ev.When.From.AddDate(0, 1, 0)
		}
	}
	if n, unit, after := f.offset(s, from); unit != "" {
		ev.When = shift(best.When, n, unit, after)
	}
}

// farTime is the cost from which on an expression of time is not the event's.
const farTime = 60

// undating reports whether the expression of time that begins with word a
// does not say when ev was: "until the end of the year", "the proposal of
// 11 September"; "by Friday" says it only of what is still to come.
func (s *sentence) undating(ev *found, a int) bool {
	if a == 0 {
		return false
	}
	switch s.words[a-1].norm {
	case "until", "till", "before":
		return true
	case "by":
		return ev.Status == Held && !ev.meeting
	case "of":
		return a > 1 && s.words[a-2].class == noun && s.words[a-2].ent == 0 && !s.words[a-2].timex && !ev.meeting && s.words[a-2].span.Start > ev.head
	}
	return false
}

// opensClause reports whether word b is the "when" that opens the clause of
// the verb at from, so that the expression of time before it is the clause's.
func (s *sentence) opensClause(b, from int) bool {
	if b < len(s.words) && s.words[b].class == comma {
		b++
	}
	if b >= from || b >= len(s.words) || s.words[b].norm != "when" {
		return false
	}
	for k := b + 1; k < from; k++ {
		if c := s.words[k].class; c == sub || c == rel || c == comma {
			return false
		}
	}
	return true
}

// offset reads a phrase such as "only hours after" or "two days before" in
// front of the clause of the verb at from: the event then lies n units on the
// other side of what the main clause tells.
func (f *finder) offset(s *sentence, from int) (n int, unit string, after bool) {
	for k := from - 1; k > 0 && k > from-12; k-- {
		w := &s.words[k]
		if w.class == verbal || w.class == comma {
			return 0, "", false
		}
		if w.norm != "after" && w.norm != "before" {
			continue
		}
		unit = stem(s.words[k-1].norm)
		if !timeUnits[unit] {
			return 0, "", false
		}
		n = 1
		if k > 1 {
			if c, ok := counts[s.words[k-2].norm]; ok {
				n = c
			} else if s.words[k-1].norm != unit {
				return 0, unit, w.norm == "after" // "hours after": near the same time
			}
		}
		return n, unit, w.norm == "after"
	}
	return 0, "", false
}

var timeUnits = map[string]bool{"minute": true, "hour": true, "day": true, "week": true, "month": true, "year": true}

var counts = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10,
}

// shift returns the interval n units before v, or behind it. Hours and
// minutes stay within the day.
func shift(v stemma.Interval, n int, unit string, back bool) stemma.Interval {
	if back {
		n = -n
	}
	y, m, d := 0, 0, 0
	switch unit {
	case "day":
		d = n
	case "week":
		d = 7 * n
	case "month":
		m = n
	case "year":
		y = n
	}
	return stemma.Interval{From: v.From.AddDate(y, m, d), To: v.To.AddDate(y, m, d)}
}

// ordinalBefore reports whether an ordinal ("for the sixth time", "his sixth
// meeting") stands before offset in the same phrase: a year then counts, and
// does not date.
func (s *sentence) ordinalBefore(offset int) bool {
	for i := len(s.words) - 1; i >= 0; i-- {
		w := &s.words[i]
		if w.span.Start >= offset {
			continue
		}
		for k := i; k >= 0 && k > i-9; k-- {
			if s.words[k].class == verbal {
				return false
			}
			if ordinals.has(s.words[k].norm) {
				return true
			}
		}
		return false
	}
	return false
}

var ordinals = words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last 2nd 3rd 4th 5th 6th 7th 8th 9th 10th")

func (f *finder) firstTime(start int) int {
	times := f.doc.Times
	lo, hi := 0, len(times)
	for lo < hi {
		mid := (lo + hi) / 2
		if times[mid].Start < start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// assert says who vouches for an event, where that is not the report itself:
// the speaker of the statement that holds its words.
func (f *finder) assert(s *sentence, ev *found) {
	sts := f.doc.Statements
	end := sort.Search(len(sts), func(i int) bool { return sts[i].Start > ev.head })
	// Statements begin at most a paragraph or two before their words end.
	for i := max(0, end-64); i < end; i++ {
		st := &sts[i]
		for _, c := range st.Content {
			if c.Start <= ev.head && ev.head < c.End {
				ev.AssertedBy = st.Actor
				if st.Class == "deny" || st.Polarity == "negative" && st.Class == "confirm" {
					ev.Status = Denied
				}
				return
			}
		}
	}
}

// sameTime reports whether two intervals may be of one event: one is unknown,
// or they overlap.
func sameTime(a, b stemma.Interval) bool { return a.IsZero() || b.IsZero() || a.Overlaps(b) }

// finer returns the shorter of two intervals that overlap, the known one if
// the other is not.
func finer(a, b stemma.Interval) stemma.Interval {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	case length(b) < length(a):
		return b
	}
	return a
}

func length(v stemma.Interval) time.Duration { return v.To.Sub(v.From) }
