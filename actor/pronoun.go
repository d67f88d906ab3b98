package actor

import (
	"slices"
	"strings"

	"stemma"
)

// resolveInOrder walks the report once and resolves descriptions, then
// pronouns, against what stands before them.
func (r *reading) resolveInOrder() {
	sortRefs(r.refs)
	r.resolveDescriptions()
	r.findPronouns()
	sortRefs(r.refs)
	r.resolvePronouns()
}

// resolveDescriptions gives every description its actor: somebody named whose
// office it fits, or an actor of its own.
func (r *reading) resolveDescriptions() {
	r.apposition()
	roles := map[stemma.ActorID]*entity{}
	taken := map[stemma.ActorID]*entity{}
	for _, e := range r.ents {
		taken[e.id] = e
	}
	told := map[string]*entity{}      // by noun, who was described by it last in more words
	holders := map[string][]*entity{} // by noun, those who hold such an office
	for _, e := range r.ents {
		if e.kind != stemma.Person {
			continue
		}
		for _, o := range e.offices {
			holders[o.head] = append(holders[o.head], e)
		}
	}
	recent := map[string][]*entity{} // the same, as they are mentioned
	mention := func(e *entity) {
		for _, o := range e.offices {
			recent[o.head] = append(recent[o.head], e)
		}
	}
	for i, x := range r.refs {
		if x.form != stemma.ByDescription {
			if x.entity != nil {
				mention(x.entity)
			}
			continue
		}
		if x.entity == nil && x.quoted && x.office.country == "" {
			continue // "the president" of whoever speaks
		}
		if x.entity == nil && !x.plural && x.office.class == group {
			if x.entity = r.namedGroup(x); x.entity == nil && x.definite && len(x.office.quals) == 0 && x.office.country == "" {
				x.entity = r.spokenOf(i, x)
			}
		}
		if x.entity == nil && x.definite && !x.plural && x.office.class == person {
			if x.entity = bestHolder(x, recent, holders); x.entity == nil {
				x.entity = r.holderOf(x)
			}
		}
		kind := x.office.head
		if x.plural {
			kind += "s"
		}
		plain := len(x.office.quals) == 0 && x.office.country == "" && x.office.body == "" && !x.possessed
		if x.entity == nil && plain && (x.definite || x.office.head == "police") && !x.quoted {
			x.entity = told[kind] // "the study", "the employees", told of before
		}
		if x.entity == nil {
			name := r.roleName(x)
			id := roleID(r.lex, name)
			if id == "" {
				continue
			}
			e := roles[id]
			if e == nil {
				e = &entity{kind: stemma.Role, name: name, plural: x.plural, gender: x.gender, offices: []office{x.office}}
				if e.id = id; taken[id] != nil {
					e.id += "-role"
				}
				taken[e.id] = e
				roles[id] = e
				r.ents = append(r.ents, e)
			}
			x.entity = e
			if !x.quoted && (!plain || told[kind] == nil) {
				told[kind] = e
			}
		}
		x.entity.count++
		if x.entity.kind == stemma.Person {
			mention(x.entity)
		}
	}
}

// holderOf returns the person who, by the table of offices, held the office
// that x describes when the report was published: "the Russian president" in a
// report that does not name him; nil if that is not known.
func (r *reading) holderOf(x *ref) *entity {
	if x.office.past || len(x.office.quals) > 0 || x.office.body != "" {
		return nil
	}
	at := published(r.doc)
	h := r.lex.holder(x.office.country, x.office.head, at)
	if h == nil && x.office.stands != "" {
		h = r.lex.holder(x.office.country, x.office.stands, at)
	}
	if h == nil {
		return nil
	}
	last := h.parts[len(h.parts)-1]
	for _, e := range r.ents {
		if e.kind != stemma.Person || len(e.parts) == 0 || e.parts[len(e.parts)-1] != last {
			continue
		}
		if len(e.parts) == 1 || sameGiven(r.lex, e.parts[0], h.parts[0]) {
			e.addOffice(x.office)
			return e // named, but without the office
		}
	}
	e := &entity{id: h.id, kind: stemma.Person, name: h.name, parts: h.parts, gender: h.gender, offices: []office{x.office}}
	r.ents = append(r.ents, e)
	return e
}

// namedGroup returns the body whose name stands right before the noun that says
// what it is: "the Houthi movement"; nil if there is none.
func (r *reading) namedGroup(x *ref) *entity {
	switch x.office.head {
	case "party", "movement", "group", "agency", "company", "firm", "airline", "chain", "network", "newspaper", "magazine", "website", "bank", "foundation":
	default:
		return nil
	}
	at, _ := slices.BinarySearchFunc(r.refs, x.first, func(y *ref, first int) int { return y.first - first })
	for k := at; k < len(r.refs) && k < at+6 && r.refs[k].first < x.end; k++ {
		if y := r.refs[k]; y != x && y.form == stemma.ByName && y.entity != nil && y.entity.kind == stemma.Organisation && y.end == x.end-1 {
			return y.entity
		}
	}
	return nil
}

// spokenOf returns the body named last before "the company", ref i; one with
// the noun in its name if there is any, for "the ministry" always.
func (r *reading) spokenOf(i int, x *ref) *entity {
	generic := false
	switch x.office.head {
	case "company", "firm", "corporation", "manufacturer", "maker", "carrier", "automaker", "carmaker", "retailer", "giant", "organisation", "organization", "group", "chain", "brand", "airline", "agency", "publisher", "studio", "startup":
		generic = true
	}
	const reach = 60 // mentions
	var last, named *entity
	stem := x.office.head
	for k := i - 1; k >= 0 && k > i-reach; k-- {
		y := r.refs[k]
		if y.form != stemma.ByName || y.entity == nil || y.entity.kind != stemma.Organisation || y.heading && last != nil {
			continue
		}
		if named == nil && r.holdsWord(y, stem) {
			named = y.entity
		}
		if last == nil && !r.isPublicBody(y) && r.proseBetween(int(r.words[y.first].sentence), int(r.words[x.first].sentence)) <= 4 {
			last = y.entity
		}
	}
	if named != nil || !generic {
		return named
	}
	return last
}

// holdsWord reports whether the name x holds the noun, or its plural.
func (r *reading) holdsWord(x *ref, noun string) bool {
	for i := x.first; i < x.end; i++ {
		if n := r.words[i].norm; n == noun || n == noun+"s" {
			return true
		}
	}
	return false
}

// isPublicBody reports whether x names what nobody would call a company.
func (r *reading) isPublicBody(x *ref) bool {
	if x.known != nil && x.known.sense == seat {
		return true
	}
	switch r.words[x.end-1].norm {
	case "court", "ministry", "parliament", "congress", "senate", "army", "navy", "force", "police", "department", "nations", "government", "house", "committee", "council", "commission", "assembly":
		return true
	}
	return false
}

// bestHolder returns the person whose office the description x fits best, the
// one mentioned last among equals, or failing that, one mentioned later; nil if
// it fits none.
func bestHolder(x *ref, recent, holders map[string][]*entity) *entity {
	const reach = 64 // mentions; more would make long reports quadratic
	var best *entity
	score := 0
	try := func(es []*entity) {
		for i := len(es) - 1; i >= 0 && i >= len(es)-reach; i-- {
			if es[i].gender.clashes(x.gender) {
				continue
			}
			for k := range es[i].offices {
				if f := x.office.fits(&es[i].offices[k]); f > score {
					best, score = es[i], f
				}
			}
		}
	}
	for _, from := range []map[string][]*entity{recent, holders} {
		if best == nil {
			try(from[x.office.head])
		}
		if best == nil && x.office.stands != "" {
			try(from[x.office.stands])
		}
	}
	return best
}

// apposition joins a description with the name beside it: "Anna Holt, the
// Oskavian envoy, …", "the envoy, Anna Holt, …", "her envoy, Anna Holt, …".
func (r *reading) apposition() {
	for i, x := range r.refs {
		if x.form != stemma.ByDescription || x.plural || x.office.class != person {
			continue
		}
		// The name before: "NAME, the …" or "NAME, head of …".
		for k := i - 1; k >= 0 && k >= i-3; k-- {
			y := r.refs[k]
			if y.form == stemma.ByName && (y.kind == stemma.Person || y.guess) && y.end == x.first-1 && r.words[y.end].text == "," && r.closed(x.end) {
				r.join(x, y)
				break
			}
		}
		for k := i + 1; x.entity == nil && k < len(r.refs) && k <= i+5; k++ {
			y := r.refs[k]
			if y.form != stemma.ByName || y.kind != stemma.Person && !y.guess || y.first < x.end {
				continue
			}
			gap := r.words[x.end:y.first]
			comma := len(gap) > 0 && gap[len(gap)-1].text == ","
			if comma && (len(gap) == 1 && (x.definite || x.possessed) || r.onlyOwner(gap[:len(gap)-1])) && r.closed(y.end) {
				r.join(x, y)
			}
			break
		}
	}
}

// onlyOwner reports whether gap is no more than "of …" after a role noun.
func (r *reading) onlyOwner(gap []word) bool {
	if len(gap) == 0 || len(gap) > 8 || gap[0].norm != "of" {
		return false
	}
	for _, w := range gap {
		if w.form == mark && w.norm != "'s" && w.norm != "-" || w.lexeme.flags&said != 0 && w.form == lower {
			return false
		}
	}
	return true
}

// closed reports whether an apposition may end before token i: at a comma, a
// full stop, or the verb that the two share.
func (r *reading) closed(i int) bool {
	if i >= len(r.words) {
		return true
	}
	w := &r.words[i]
	return w.form == mark && w.norm != "'s" && w.norm != "'" || w.lexeme.flags&said != 0 || w.lexeme.flags&function != 0
}

func (r *reading) join(x, name *ref) {
	x.entity = name.entity
	if x.entity.guess && name.entity.known == nil {
		x.entity.kind, x.entity.guess = stemma.Person, false
		name.kind = stemma.Person
	}
	if x.entity.kind != stemma.Person {
		x.entity = nil
		return
	}
	if x.office.head != "" {
		x.entity.addOffice(x.office)
	}
	if x.entity.gender == unknownGender {
		x.entity.gender = x.gender
	}
	if name.role[0] == name.role[1] {
		name.role = [2]int{x.first, x.end}
	}
}

// pronouns that may stand for a speaker.
var pronouns = map[string]struct {
	gender gender
	plural bool
	thing  bool
	object bool
}{
	"he":    {gender: male},
	"she":   {gender: female},
	"him":   {gender: male, object: true},
	"her":   {gender: female, object: true},
	"they":  {plural: true},
	"it":    {thing: true},
	"his":   {gender: male},
	"their": {plural: true},
	"its":   {thing: true},
}

func (r *reading) findPronouns() {
	r.sentences(func(_ int, s *stemma.Sentence) {
		if s.Kind == stemma.Heading {
			return
		}
		for i := s.FirstToken; i < s.EndToken; i++ {
			w := &r.words[i]
			if len(w.norm) < 2 || len(w.norm) > 5 || w.lexeme.flags&function == 0 {
				continue
			}
			p, ok := pronouns[w.norm]
			if !ok || w.form == caps {
				continue
			}
			r.refs = append(r.refs, &ref{
				form: stemma.ByPronoun, kind: stemma.Person, first: i, end: i + 1,
				gender: p.gender, plural: p.plural, quoted: w.quoted,
			})
		}
	})
}

// A standing is how prominent a mention is where it stands: subjects outlast
// the rest (centering; Grosz, Joshi and Weinstein 1995).
type standing byte

const (
	oblique   standing = iota // in a quotation, a heading, or after a preposition
	object                    //
	subject                   // of a clause
	mainTopic                 // subject of the sentence
)

// standings gives every ref its standing.
func (r *reading) standings() []standing {
	out := make([]standing, len(r.refs))
	i := 0
	r.sentences(func(_ int, s *stemma.Sentence) {
		for i < len(r.refs) && r.refs[i].first < s.FirstToken {
			i++
		}
		topic := false
		for ; i < len(r.refs) && r.refs[i].first < s.EndToken; i++ {
			x := r.refs[i]
			if x.quoted || x.heading || x.kind == stemma.Nationality {
				continue
			}
			switch {
			case !topic && x.first == s.FirstToken && r.owns(x, s):
				out[i] = subject // "Putin’s warning overshadowed …" is about him
			case r.isSubject(x, s):
				out[i] = subject
				if !topic && !r.subordinate(x, s) {
					out[i], topic = mainTopic, true
				}
			case !r.afterPreposition(x, s):
				out[i] = object
			}
		}
	})
	return out
}

// isSubject reports whether a verb follows x, with at most an apposition or an
// adverb between, and no preposition stands before it.
func (r *reading) isSubject(x *ref, s *stemma.Sentence) bool {
	if r.afterPreposition(x, s) {
		return false
	}
	i := x.end
	// A parenthesis: ", the envoy," or "– who … –".
	if i < s.EndToken && (r.words[i].text == "," || isDash(r.words[i].text)) {
		closer := r.words[i].text
		for j := i + 1; j < s.EndToken && j < i+40; j++ {
			if r.words[j].text == closer || closer != "," && isDash(r.words[j].text) {
				i = j + 1
				break
			}
		}
	}
	for n := 0; n < 3 && i < s.EndToken; n++ {
		if r.verbAt(i) {
			return true
		}
		if w := &r.words[i]; w.form != lower || !strings.HasSuffix(w.norm, "ly") && w.norm != "also" && w.norm != "then" && w.norm != "later" && w.norm != "repeatedly" {
			break
		}
		i++
	}
	// The verb may stand before it: "said Holt".
	if j := x.first - 1; j >= s.FirstToken {
		if x.role[0] < x.role[1] && x.role[1] == x.first {
			j = x.role[0] - 1
		}
		if j >= s.FirstToken && r.words[j].lexeme.flags&said != 0 && r.words[j].form == lower && !r.words[j].quoted {
			// "told Holt" has another subject
			switch r.words[j].norm {
			case "told", "tells", "tell", "asked", "asks", "urged", "urges", "accused", "accuses", "warned", "described", "called", "criticised", "criticized", "condemned", "quoted":
				return false
			}
			return true
		}
	}
	return false
}

func isDash(s string) bool { return s == "–" || s == "—" || s == "-" }

func (r *reading) verbAt(i int) bool {
	w := &r.words[i]
	if w.form != lower {
		return false
	}
	if len(r.doc.Tags) == len(r.words) {
		p := r.doc.Tags[i].POS
		return p == "VERB" || p == "AUX"
	}
	if w.lexeme.flags&said != 0 || r.isVerb(i) {
		return true
	}
	switch w.norm {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "shall", "should", "does", "do", "did", "met", "went", "made", "took", "gave", "left", "held", "came", "began", "told", "said", "kept", "won", "lost", "saw", "led", "sent", "set", "put", "cut", "hit", "let":
		return true
	}
	return false
}

// afterPreposition reports whether x is the object of a preposition or owns
// what follows ("Putin’s warning").
func (r *reading) afterPreposition(x *ref, s *stemma.Sentence) bool {
	if r.owns(x, s) {
		return true
	}
	i := x.first
	if x.role[0] < x.role[1] && x.role[1] == x.first {
		i = x.role[0]
	}
	for i--; i >= s.FirstToken && i > x.first-5; i-- {
		w := &r.words[i]
		switch w.norm {
		case "the", "a", "an", "his", "her", "its", "their":
			continue
		case "with", "of", "in", "at", "by", "for", "from", "to", "on", "between", "against", "about", "over", "under", "meeting", "following", "despite", "during", "among", "near":
			return true
		}
		return false
	}
	return false
}

// owns reports whether a possessive follows x.
func (r *reading) owns(x *ref, s *stemma.Sentence) bool {
	return x.end < s.EndToken && r.words[x.end].norm == "'s" && r.words[x.end].joined
}

// subordinate reports whether x stands in a clause that opens with a
// conjunction within the sentence: "while Holt was welcome".
func (r *reading) subordinate(x *ref, s *stemma.Sentence) bool {
	i := x.first
	if x.role[0] < x.role[1] && x.role[1] == x.first {
		i = x.role[0]
	}
	if i > s.FirstToken {
		switch r.words[i-1].norm {
		case "while", "when", "because", "although", "though", "if", "that", "whether", "as", "since", "until", "who", "which":
			return true
		}
	}
	return false
}

// resolvePronouns gives every pronoun the most prominent actor before it that
// agrees with it in gender and number. Words in quotation marks are somebody
// else's, and neither give nor take a referent outside them.
func (r *reading) resolvePronouns() {
	const reach = 12 // mentions looked back over; beyond, nobody is salient
	st := r.standings()
	sent := func(x *ref) int { return int(r.words[x.first].sentence) }
	for i, x := range r.refs {
		if x.form != stemma.ByPronoun || x.quoted {
			continue
		}
		p := pronouns[r.words[x.first].norm]
		if y := r.ahead(i); y != nil && !p.object && agrees(y, p.gender, p.plural, p.thing) {
			x.entity = y.entity
			x.entity.count++
			continue
		}
		var best *entity
		bestScore := -1.0
		looked := 0
		for k := i - 1; k >= 0 && looked < 4*reach; k-- {
			y := r.refs[k]
			looked++
			if y.entity == nil || y.quoted || y.heading || !agrees(y, p.gender, p.plural, p.thing) {
				continue
			}
			distance := r.proseBetween(sent(y), sent(x))
			if distance > 6 {
				break
			}
			if p.object && distance == 0 && st[k] >= subject && r.sameClause(y, x) {
				continue // "the aide quoted him": not the aide
			}
			score := 10 + 3*float64(st[k]) - 4*float64(distance) - 0.01*float64(i-k)
			if p.plural && !y.entity.plural {
				score -= 3 // "they" may be a body, but rather is several
			}
			if score > bestScore {
				best, bestScore = y.entity, score
			}
		}
		x.entity = best
		if best != nil {
			best.count++
		}
	}
}

// ahead returns the subject of the main clause, if ref i, a pronoun, is the
// subject of the clause that leads its sentence: "Although it called the talks
// frank, the Chancellery said …" (cataphora); nil otherwise.
func (r *reading) ahead(i int) *ref {
	x := r.refs[i]
	s := r.doc.Sentences[r.words[x.first].sentence]
	if x.first != s.FirstToken+1 {
		return nil
	}
	switch r.words[s.FirstToken].norm {
	case "although", "though", "while", "whereas", "when", "as", "if", "because", "since", "before", "after", "once", "until":
	default:
		return nil
	}
	comma := x.end
	for comma < s.EndToken && (r.words[comma].text != "," || r.words[comma].quoted) {
		comma++
	}
	for _, y := range r.refs[i+1:] {
		switch {
		case y.first > comma+3 || y.first >= s.EndToken:
			return nil
		case y.first > comma:
			if y.entity == nil || y.form == stemma.ByPronoun {
				return nil
			}
			return y
		case y.entity != nil && y.form != stemma.ByPronoun && !y.quoted && y.first == x.end:
			return nil
		}
	}
	return nil
}

// proseBetween counts the sentences from a to b, leaving out those that are
// wholly quoted, headings and furniture.
func (r *reading) proseBetween(a, b int) int {
	n := 0
	for s := a; s < b && n < 10; s++ {
		k := r.doc.Sentences[s]
		if k.Kind == stemma.Heading || k.Kind == stemma.Furniture {
			continue
		}
		if s > a && k.EndToken > k.FirstToken && r.allQuoted(&r.doc.Sentences[s]) {
			continue
		}
		n++
	}
	return n
}

func (r *reading) allQuoted(s *stemma.Sentence) bool {
	for i := s.FirstToken; i < s.EndToken; i++ {
		if w := &r.words[i]; w.form != mark && !w.quoted {
			return false
		}
	}
	return true
}

func (r *reading) sameClause(y, x *ref) bool {
	for i := y.end; i < x.first; i++ {
		switch r.words[i].text {
		case ",", ";", ":", "that", "while", "and":
			return false
		}
	}
	return true
}

func agrees(y *ref, g gender, plural, thing bool) bool {
	e := y.entity
	switch {
	case y.kind == stemma.Nationality:
		return false
	case plural:
		return e.plural || e.kind == stemma.Organisation || e.kind == stemma.Role && len(e.offices) > 0 && e.offices[0].class == group
	case thing:
		return !e.plural && (e.kind == stemma.Organisation || e.kind == stemma.Place || e.kind == stemma.Role && len(e.offices) > 0 && e.offices[0].class == group)
	}
	if e.plural {
		return false
	}
	if e.kind == stemma.Role {
		return len(e.offices) > 0 && e.offices[0].class == person && !e.gender.clashes(g)
	}
	return e.kind == stemma.Person && !e.gender.clashes(g)
}
