package actor

import (
	"slices"
	"strings"

	"stemma"
)

// cluster gathers the names that name one actor. Full names found somebody,
// whatever their order; single names then join the one they are part of.
func (r *reading) cluster() {
	known := map[stemma.ActorID]*entity{}
	bySurname := map[string][]*entity{} // persons by the fold of their last name
	byGiven := map[string][]*entity{}
	byName := map[string]*entity{} // others by the fold of the whole
	byFirst := map[string][]*entity{}
	byMedium := map[string][]*entity{} // papers and stations by their last word
	acronym := map[string]*entity{}

	enter := func(x *ref, e *entity) {
		x.entity = e
		e.count++
		if e.count == 1 || x.first < e.first {
			e.first = x.first
		}
		if e.gender == unknownGender {
			e.gender = x.gender
		}
		if x.office.head != "" {
			e.addOffice(x.office)
		}
	}
	for _, x := range r.refs {
		if x.form == stemma.ByName && x.known != nil {
			k := x.known
			if k.sense == adjective {
				if c := r.lex.byID[k.country]; c != nil {
					k = c
				}
			}
			e := known[k.id]
			if e == nil {
				e = &entity{kind: k.kind, name: k.name, known: k, id: k.id}
				known[k.id] = e
				r.ents = append(r.ents, e)
				byName[fold(k.name)] = e
			}
			enter(x, e)
		}
	}
	// Persons with more than one name.
	for _, x := range r.refs {
		if x.form != stemma.ByName || x.known != nil || x.kind != stemma.Person || x.end-x.first < 2 {
			continue
		}
		parts := r.parts(x)
		last := parts[len(parts)-1]
		var found *entity
		for _, e := range bySurname[last] {
			if sameGiven(r.lex, e.parts[0], parts[0]) && !e.gender.clashes(x.gender) {
				found = e
				break
			}
		}
		if found == nil {
			found = &entity{kind: stemma.Person, name: r.text(x.first, x.end), parts: parts, guess: x.guess}
			r.ents = append(r.ents, found)
			bySurname[last] = append(bySurname[last], found)
			byGiven[parts[0]] = append(byGiven[parts[0]], found)
			if len(parts) > 2 {
				two := strings.Join(parts[len(parts)-2:], " ")
				bySurname[two] = append(bySurname[two], found)
			}
		} else if len(parts) > len(found.parts) {
			found.parts, found.name = parts, r.text(x.first, x.end)
		}
		found.guess = found.guess && x.guess
		enter(x, found)
	}
	// Bodies, places and works with more than one word. A body of a country may
	// go without it: "the Air Force".
	byBare := map[string]*entity{}
	for _, x := range r.refs {
		if x.form != stemma.ByName || x.entity != nil || x.kind == stemma.Person || x.end-x.first < 2 {
			continue
		}
		parts := r.parts(x)
		key := strings.Join(parts, " ")
		e := byName[key]
		if e == nil {
			e = byBare[key]
		}
		if e == nil {
			e = &entity{kind: x.kind, name: r.text(x.first, x.end), parts: parts, guess: x.guess}
			r.ents = append(r.ents, e)
			byName[key] = e
			if bare := r.withoutCountry(x); bare < x.end {
				k := strings.Join(r.parts(&ref{first: bare, end: x.end}), " ")
				if other := byName[k]; other != nil && other.kind == stemma.Organisation {
					e = other
					e.name, e.parts = r.text(x.first, x.end), parts
					r.ents = r.ents[:len(r.ents)-1]
					byName[key] = e
				}
				if byBare[k] == nil {
					byBare[k] = e
				}
			}
			if corporate(r.words[x.first+1 : x.end]) {
				byFirst[parts[0]] = append(byFirst[parts[0]], e)
			}
			if last := parts[len(parts)-1]; r.words[x.end-1].lexeme.flags&media != 0 {
				byMedium[last] = append(byMedium[last], e)
			}
			if a := initials(parts); len(a) > 1 && acronym[a] == nil {
				acronym[a] = e
			}
		}
		enter(x, e)
	}
	// Places of one word, and then their adjectives.
	byNation := map[stemma.ActorID]*entity{}
	for _, x := range r.refs {
		if x.form != stemma.ByName || x.entity != nil || x.kind != stemma.Place || x.end-x.first != 1 {
			continue
		}
		key := r.key(x.first)
		e := byName[key]
		if e == nil {
			e = &entity{kind: x.kind, name: r.text(x.first, x.end), parts: []string{key}}
			r.ents = append(r.ents, e)
			byName[key] = e
		}
		byNation[r.nation(x.first)] = e
		enter(x, e)
	}
	for _, x := range r.refs {
		if x.form == stemma.ByName && x.entity == nil && x.kind == stemma.Nationality && x.end-x.first == 1 {
			if e := byNation[r.nation(x.first)]; e != nil {
				enter(x, e)
			}
		}
	}
	// Single names: nearest before in the text first, so in text order.
	seen := map[string]*entity{}
	for _, x := range r.refs {
		if x.form != stemma.ByName || x.entity != nil {
			continue
		}
		parts := r.parts(x)
		key := strings.Join(parts, " ")
		e := r.pick(x, bySurname[key])
		if e == nil {
			e = seen[key]
		}
		if e == nil {
			e = byName[key]
		}
		if e == nil {
			e = r.explained(x)
		}
		if e == nil && (x.kind == stemma.Organisation || x.guess) {
			if r.words[x.first].form == caps {
				e = acronym[strings.ToLower(strings.ReplaceAll(key, ".", ""))]
			} else if len(byFirst[key]) == 1 {
				e = byFirst[key][0]
			} else if len(byMedium[key]) == 1 {
				e = byMedium[key][0]
			}
		}
		if e == nil && x.guess {
			e = r.pick(x, byGiven[key])
		}
		if e == nil {
			e = &entity{kind: x.kind, name: r.text(x.first, x.end), parts: parts, guess: x.guess}
			r.ents = append(r.ents, e)
			seen[key] = e
			if x.kind == stemma.Person {
				bySurname[key] = append(bySurname[key], e)
			}
		}
		if e.guess && !x.guess {
			e.kind, e.guess = x.kind, false
		}
		enter(x, e)
	}
	r.nameEntities()
}

// withoutCountry returns where the name x begins if the country before it is
// left out: "United States Air Force"; x.end if it opens with none.
func (r *reading) withoutCountry(x *ref) int {
	p := r.phraseAt(x.first, x.end)
	if p == nil || p.known.country == "" || p.known.sense > adjective || x.first+len(p.words)+1 >= x.end {
		return x.end
	}
	return x.first + len(p.words)
}

// corporate reports whether words, behind the first of a name, say that the
// first alone may stand for it: "Ford Motor Company", not "Lyon Observer".
func corporate(words []word) bool {
	all := flag(0)
	for _, w := range words {
		all |= w.lexeme.flags
	}
	return all&orgWord != 0 && all&media == 0
}

// explained returns the body that the acronym x stands for, if it is given in
// parentheses right behind the full name: "General Motors (GM)".
func (r *reading) explained(x *ref) *entity {
	if x.first < 2 || x.end-x.first != 1 || r.words[x.first].form != caps || r.words[x.first-1].text != "(" {
		return nil
	}
	at, _ := slices.BinarySearchFunc(r.refs, x.first, func(y *ref, first int) int { return y.first - first })
	for k := at - 1; k >= 0 && k >= at-3; k-- {
		y := r.refs[k]
		if y.form == stemma.ByName && y.end == x.first-1 && y.entity != nil && y.kind != stemma.Person && y.end-y.first > 1 {
			return y.entity
		}
	}
	return nil
}

// pick returns the person among es whom the single name x may name: the one
// named most, for it is others of the name that are given it in full; among
// equals, the one introduced last before x.
func (r *reading) pick(x *ref, es []*entity) *entity {
	var best *entity
	for _, e := range es {
		if !e.gender.clashes(x.gender) && (best == nil || e.count > best.count || e.count == best.count && e.first < x.first && e.first > best.first) {
			best = e
		}
	}
	return best
}

func (r *reading) parts(x *ref) []string {
	parts := make([]string, 0, x.end-x.first)
	for i := x.first; i < x.end; i++ {
		parts = append(parts, r.key(i))
	}
	return parts
}

// sameGiven reports whether a and b, folded, may be one given name: equal, an
// initial and its name, variants of one name, or a short form.
func sameGiven(l *lexicon, a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	if va := l.variant[a]; va != "" && va == l.variant[b] {
		return true
	}
	return slices.Contains(l.nick[a], b) || slices.Contains(l.nick[b], a)
}

func initials(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		if p != "" && p != "-" && p != "of" && p != "the" && p != "for" && p != "and" {
			b.WriteByte(p[0])
		}
	}
	return b.String()
}

func (e *entity) addOffice(o office) {
	for i := range e.offices {
		h := &e.offices[i]
		if h.head == o.head && (h.country == o.country || h.country == "" || o.country == "") && len(h.quals) >= len(o.quals) {
			if h.country == "" {
				h.country = o.country
			}
			if len(h.nearby) < 40 {
				h.nearby = append(h.nearby, o.nearby...)
			}
			return
		}
	}
	e.offices = append(e.offices, o)
}

// nameEntities gives every entity its ID: the slug of its fullest name, with
// its kind behind it where two share it.
func (r *reading) nameEntities() {
	taken := map[stemma.ActorID]*entity{}
	for _, e := range r.ents {
		if e.id != "" {
			taken[e.id] = e
		}
	}
	for _, e := range r.ents {
		if e.id == "" {
			e.id = freeID(taken, e)
		}
	}
}

func freeID(taken map[stemma.ActorID]*entity, e *entity) stemma.ActorID {
	id := slug(e.name)
	if id == "" {
		id = "x"
	}
	if o := taken[id]; o != nil && o != e {
		id += "-" + stemma.ActorID(e.kind)
	}
	for taken[id] != nil && taken[id] != e {
		id += "-2"
	}
	taken[id] = e
	return id
}
