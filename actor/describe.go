package actor

import (
	"strings"

	"stemma"
)

// findDescriptions finds the places where something is named by what it is:
// "the Ukrainian president", "a Kremlin aide", "Russian officials".
func (r *reading) findDescriptions() {
	names := r.refs // by position; descriptions come after them
	at := 0
	r.sentences(func(_ int, s *stemma.Sentence) {
		for i := s.FirstToken; i < s.EndToken; i++ {
			w := &r.words[i]
			if w.lexeme.flags&(person|group|document) == 0 && (w.lexeme.flags&title == 0 || w.lexeme.role == "") {
				continue
			}
			for at < len(names) && names[at].end <= i {
				at++
			}
			if w.claimed {
				continue
			}
			if w.form == upper && w.lexeme.flags&title == 0 && !w.first {
				continue
			}
			if i+1 < s.EndToken && r.nounFollows(i+1) {
				continue // "government talks": not a description but what describes
			}
			if x := r.description(i, s, names); x != nil {
				r.refs = append(r.refs, x)
				if x.end > i+1 {
					i = x.end - 1
				}
			}
		}
	})
	sortRefs(r.refs)
}

// nounFollows reports whether the word at i continues a noun phrase that the
// word before it is only a part of.
func (r *reading) nounFollows(i int) bool {
	w := &r.words[i]
	if w.text == "-" && w.joined {
		return true // "government-led"
	}
	if len(r.doc.Tags) == len(r.words) {
		p := r.doc.Tags[i].POS
		return (p == "NOUN" || p == "PROPN") && w.form == lower
	}
	f := w.lexeme.flags
	if w.form == lower && f&(person|group|document) != 0 && f&(said|function) == 0 {
		return true
	}
	switch r.words[i-1].norm { // as often an adjective
	case "major", "general", "chief", "public", "state", "intelligence", "capital", "press", "media", "paper", "local", "marine", "party", "minor", "principal", "academic", "representative", "executive", "head", "office", "police", "family", "court", "board":
		return w.form == lower && f&common != 0 && f&(said|function|inPrep) == 0 && !r.verbAt(i)
	}
	return false
}

// description returns the description whose noun is the token head, or nil if
// the words around it describe nobody in particular.
func (r *reading) description(head int, s *stemma.Sentence, names []*ref) *ref {
	const longest = 7
	start := head
	for start > s.FirstToken && head-start < longest {
		w := &r.words[start-1]
		f := w.lexeme.flags
		if w.quoted != r.words[head].quoted || w.form == digit {
			break
		}
		if w.text == "-" && w.joined && start-1 > s.FirstToken && r.words[start].joined {
			start -= 2
			continue
		}
		if (w.norm == "'s" || w.norm == "'") && start-1 > s.FirstToken && r.words[start-2].form != lower {
			start -= 2 // "Russia’s president": the owner is a modifier
			for start > s.FirstToken && r.words[start-1].claimed && r.words[start-1].form != lower {
				start--
			}
			continue
		}
		if w.form == lower && w.joined && start-2 > s.FirstToken && r.words[start-2].text == "-" && r.words[start-2].joined {
			start -= 3 // "Yemen-based"
			continue
		}
		if w.form == mark || w.form == lower && (f&(function|said|inPrep) != 0 && f&before == 0 || r.isVerb(start-1) && !r.modifies(start-1, s)) {
			break
		}
		if w.form != lower && w.first && f&(function|said|inPrep) != 0 {
			break
		}
		start--
	}
	x := &ref{form: stemma.ByDescription, kind: stemma.Role, end: head + 1, quoted: r.words[head].quoted, heading: s.Kind == stemma.Heading}
	w := &r.words[head]
	x.plural = w.lexeme.plural && w.form != upper || w.lexeme.plural && w.first
	x.gender = w.lexeme.holder
	x.first = start
	x.office.class = w.lexeme.flags & (person | group | document)
	if x.office.class == 0 {
		x.office.class = person
	}
	bare := true
	if start > s.FirstToken {
		switch d := r.words[start-1].norm; d {
		case "the", "this", "that", "these", "those", "both":
			x.definite, bare = true, false
		case "a", "an", "another", "one", "some", "several", "many", "any", "two", "three", "four", "few", "other", "most", "each", "every", "no", "all", "more":
			bare = false
		case "his", "her", "its", "their", "our", "my", "your":
			x.possessed, bare = true, false
		}
		if !bare {
			x.first = start - 1
		}
	}
	r.readOffice(x, start, head+1)
	if w.form == upper && w.lexeme.flags&title != 0 && (!w.first || start < head || !bare) {
		x.definite, bare = true, false // "the President", "Mr President"
		if w.lexeme.role == "" {
			return nil
		}
	} else if w.form == upper && bare && !x.plural {
		return nil
	}
	if bare && !x.plural && x.office.country == "" && x.office.body == "" && x.office.class != person {
		return nil // "government sources say": one bare noun names nobody
	}
	if bare && !x.plural && !(start < head) {
		return nil
	}
	if bare && (x.office.country != "" || x.office.body != "") && !x.plural {
		x.definite = true // "Russia’s president"
	}
	if end := r.belongsTo(head+1, s, names); end > head+1 {
		x.end = end
		r.readOwner(x, head+1, end)
	}
	return x
}

// modifies reports whether the participle at i stands before a noun: "the
// Ukrainian armed forces".
func (r *reading) modifies(i int, s *stemma.Sentence) bool {
	if i == s.FirstToken || len(r.doc.Tags) == len(r.words) && r.doc.Tags[i].POS == "VERB" && r.words[i-1].form == lower && !isDeterminer(r.words[i-1].norm) {
		return false
	}
	w := &r.words[i-1]
	if isDeterminer(w.norm) {
		return true
	}
	p := r.phraseAt(i-1, len(r.words))
	return p != nil && p.known.sense == adjective
}

// belongsTo returns the end of "of France", "of the opposition" after a role
// noun, or i.
func (r *reading) belongsTo(i int, s *stemma.Sentence, _ []*ref) int {
	if i+1 >= s.EndToken || r.words[i].norm != "of" {
		return i
	}
	j := i + 1
	if r.words[j].norm == "the" && j+1 < s.EndToken {
		j++
	}
	if r.words[j].form != upper && r.words[j].form != caps {
		return i
	}
	end := j
	for end < s.EndToken && end-j < 6 {
		w := &r.words[end]
		name := w.form == upper || w.form == caps
		if !name && !(w.text == "-" && w.joined) && !(w.lexeme.flags&link != 0 && r.capitalAt(end+1)) {
			break
		}
		end++
	}
	for end > j+1 && r.words[end-1].form == mark {
		end--
	}
	// "of Russia’s sovereign wealth fund"
	if end+1 < s.EndToken && r.words[end].norm == "'s" && r.words[end+1].form == lower {
		for end++; end < s.EndToken && end-j < 8; end++ {
			w := &r.words[end]
			if w.form != lower || w.lexeme.flags&(function|said|inPrep) != 0 || r.isVerb(end) {
				break
			}
		}
	}
	return end
}

func (r *reading) readOwner(x *ref, first, end int) {
	for i := first; i < end; i++ {
		if p := r.phraseAt(i, end); p != nil {
			r.setCountry(&x.office, p.known)
			i += len(p.words) - 1
			continue
		}
		if w := &r.words[i]; w.form != mark && w.lexeme.flags&function == 0 {
			x.office.quals = append(x.office.quals, w.norm)
		}
	}
}

func (r *reading) setCountry(o *office, k *known) {
	switch {
	case k.sense == seat:
		o.body = k.id
		if o.country == "" {
			o.country = k.country
		}
	case k.country != "":
		o.country = k.country
	case k.kind == stemma.Organisation:
		o.body = k.id
	}
}

// readOffice reads the office that the words [first, end) give: "US President",
// "Kremlin foreign policy aide".
func (r *reading) readOffice(x *ref, first, end int) {
	o := &x.office
	for i := first; i < end; i++ {
		w := &r.words[i]
		if p := r.phraseAt(i, len(r.words)); p != nil && i+len(p.words) <= end {
			r.setCountry(o, p.known)
			i += len(p.words) - 1
			continue
		}
		f := w.lexeme.flags
		last := i == end-1
		if w.lexeme.role != "" && (last || f&(title|person) != 0 && f&before == 0) {
			if o.head != "" && !last {
				o.quals = append(o.quals, o.head)
			}
			o.head, o.stands = w.lexeme.role, w.lexeme.stands
			if x.gender == unknownGender {
				x.gender = w.lexeme.holder
			}
			continue
		}
		if w.form == mark || f&function != 0 {
			continue
		}
		switch w.norm {
		case "former", "ex", "late", "then", "elect":
			o.past = true
			continue
		case "current", "new", "outgoing", "incoming", "veteran", "top", "senior", "own", "longtime", "right", "state":
			continue
		}
		if f&title != 0 && w.lexeme.role == "" {
			continue // Mr, Dr
		}
		if w.form == upper && o.country == "" && f == 0 && (!w.first || i+1 < end && r.words[i+1].norm == "'s") {
			o.country = r.nation(i)
			continue
		}
		o.quals = append(o.quals, w.norm)
	}
	// "prime minister" and "vice president" are offices of their own.
	for i, q := range o.quals {
		switch {
		case q == "prime" && o.head == "minister":
			o.head, o.quals = "prime-minister", append(o.quals[:i:i], o.quals[i+1:]...)
		case q == "vice" && o.head == "president":
			o.head, o.quals = "vice-president", append(o.quals[:i:i], o.quals[i+1:]...)
		default:
			continue
		}
		break
	}
}

// nation returns, for the fold of a word, a key for a country that the tables do not hold, the same for
// its name and its adjective: "Osvia" and "Osvian". Nothing else has such a key.
func nation(key string) stemma.ActorID {
	stem := key
	for _, end := range [...]string{"ian", "ish", "ese", "ia", "an", "a", "i"} {
		if len(stem) >= len(end)+3 && strings.HasSuffix(stem, end) {
			stem = stem[:len(stem)-len(end)]
			break
		}
	}
	return stemma.ActorID("~" + stem)
}

// fits says how well the description o fits somebody who holds held: 0 not at
// all, more is better. A country that one of them does not name does not
// speak against it, another country does.
func (o *office) fits(held *office) int {
	if o.head != held.head && (o.stands == "" || o.stands != held.head) && (held.stands == "" || held.stands != o.head) {
		return 0
	}
	if o.past != held.past {
		return 0
	}
	score := 2
	if o.head != held.head {
		// "The Russian leader" may be the president, but not the head of a fund.
		if len(o.quals) > 0 || len(held.quals) > 0 || o.body != held.body {
			return 0
		}
		score = 1
	}
	switch {
	case o.country == "":
	case held.country == "":
		// "President Holt" is the Osvian president if Osvia is spoken of there.
		found := false
		for _, c := range held.nearby {
			found = found || c == o.country
		}
		if !found {
			return 0
		}
	case o.country != held.country:
		return 0
	default:
		score += 2
	}
	if o.body != "" && held.body != "" && o.body != held.body {
		return 0
	}
	for _, q := range o.quals {
		found := false
		for _, h := range held.quals {
			found = found || h == q
		}
		if !found {
			return 0
		}
		score++
	}
	return score
}

// readNearby notes, for persons whose office names no country, the countries
// that the sentence speaks of.
func (r *reading) readNearby() {
	from := 0
	for i, x := range r.refs {
		if r.words[r.refs[from].first].sentence != r.words[x.first].sentence {
			from = i
		}
		if x.form != stemma.ByName || x.office.head == "" || x.office.country != "" {
			continue
		}
		const most = 40 // names in a sentence
		for k := from; k < len(r.refs) && k < from+most && r.words[r.refs[k].first].sentence == r.words[x.first].sentence; k++ {
			y := r.refs[k]
			switch {
			case y.form != stemma.ByName || y == x:
			case y.known != nil && y.known.country != "":
				x.office.nearby = append(x.office.nearby, y.known.country)
			case y.known == nil && y.kind != stemma.Person && y.end-y.first == 1:
				x.office.nearby = append(x.office.nearby, r.nation(y.first))
			}
		}
	}
}

// roleName names the actor that a description stands for when nobody is known
// to be meant: "Kremlin aide", "Russian officials".
func (r *reading) roleName(x *ref) string {
	first := x.first
	for first < x.end-1 && isDeterminer(r.words[first].norm) {
		first++
	}
	name := canonical(r.words[first:x.end])
	if r.words[first].form == upper && r.words[first].first && r.phraseAt(first, x.end) == nil {
		name = strings.ToLower(name[:1]) + name[1:]
	}
	return name
}

func isDeterminer(norm string) bool {
	switch norm {
	case "the", "a", "an", "this", "that", "these", "those", "another", "some", "several", "many", "any",
		"one", "two", "three", "four", "his", "her", "its", "their", "our", "my", "your", "other", "both", "all", "few", "most":
		return true
	}
	return false
}
