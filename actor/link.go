package actor

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"stemma"
)

// Link brings together the actors of docs that are one, whatever the spelling,
// and returns the documents with the common IDs written into them, and the
// actors, in the order of their IDs. decisions, made by people, have the last
// word.
//
// Persons are one if their surnames are the same but for transliteration and
// their given names may be the same; a surname alone joins the one person who
// bears it, or whose office fits. Bodies are one by name, short form or
// acronym. A country, its capital and its seat of power ("Paris", "Élysée")
// stay apart but name each other as related. The order of docs has no
// influence on the result but on the order of the documents.
func Link(docs []*stemma.Document, decisions []Decision) ([]*stemma.Document, []stemma.Actor) {
	l := &linker{lex: lex()}
	order := slices.Clone(docs)
	slices.SortStableFunc(order, func(a, b *stemma.Document) int {
		return strings.Compare(string(a.Report.ID), string(b.Report.ID))
	})
	for _, doc := range order {
		l.gather(doc)
	}
	l.join()
	l.decide(decisions)
	actors, ids := l.result()
	out := make([]*stemma.Document, len(docs))
	for i, doc := range docs {
		out[i] = Rename(doc, ids[doc.Report.ID])
	}
	return out, actors
}

// Rename returns doc with every actor's ID replaced by what ids says of it;
// IDs that ids lacks are kept.
func Rename(doc *stemma.Document, ids map[stemma.ActorID]stemma.ActorID) *stemma.Document {
	to := func(id stemma.ActorID) stemma.ActorID {
		if n, ok := ids[id]; ok {
			return n
		}
		return id
	}
	list := func(in []stemma.ActorID) []stemma.ActorID {
		out := slices.Clone(in)
		for i := range out {
			out[i] = to(out[i])
		}
		return out
	}
	out := *doc
	out.Mentions = slices.Clone(doc.Mentions)
	for i := range out.Mentions {
		out.Mentions[i].Actor = to(out.Mentions[i].Actor)
	}
	out.Statements = slices.Clone(doc.Statements)
	for i := range out.Statements {
		st := &out.Statements[i]
		st.Actor = to(st.Actor)
		st.Via = slices.Clone(st.Via)
		for k := range st.Via {
			st.Via[k].Actor = to(st.Via[k].Actor)
		}
	}
	out.Events = slices.Clone(doc.Events)
	for i := range out.Events {
		ev := &out.Events[i]
		ev.Actors, ev.Recipients = list(ev.Actors), list(ev.Recipients)
		ev.Where, ev.AssertedBy = to(ev.Where), to(ev.AssertedBy)
	}
	return &out
}

// A local is an actor as one report knows it.
type local struct {
	report stemma.ReportID
	id     stemma.ActorID
	kind   stemma.ActorKind
	forms  map[string]int // names, as written
	roles  map[string]int // roles given with the names
	parts  []string       // folded words of the fullest name
	name   string
	gender gender
	known  *known
	table  string // full name by the table of offices, where the report has the surname alone
	class  *class
}

// A class is an actor across reports.
type class struct {
	locals []*local
	parts  []string
	gender gender
	kind   stemma.ActorKind
	known  *known
	name   string         // if a person decided it
	id     stemma.ActorID // if a decision made the class
}

type linker struct {
	lex     *lexicon
	locals  []*local
	classes []*class
}

// gather adds the actors of one report.
func (l *linker) gather(doc *stemma.Document) {
	at := map[stemma.ActorID]*local{}
	get := func(id stemma.ActorID, kind stemma.ActorKind) *local {
		lo := at[id]
		if lo == nil {
			lo = &local{report: doc.Report.ID, id: id, kind: kind, forms: map[string]int{}, roles: map[string]int{}, known: l.lex.byID[id]}
			at[id] = lo
			l.locals = append(l.locals, lo)
		}
		return lo
	}
	for _, m := range doc.Mentions {
		if m.Actor == "" {
			continue
		}
		kind := m.Kind
		if kind == stemma.Nationality {
			kind = stemma.Place
		}
		lo := get(m.Actor, kind)
		switch {
		case m.Form == stemma.ByName && m.Kind != stemma.Nationality:
			lo.forms[oneLine(doc.Text(m.Span))]++
		case m.Form == stemma.ByDescription && lo.kind == stemma.Role:
			lo.forms[withoutDeterminer(oneLine(doc.Text(m.Span)))]++
		case m.Form == stemma.ByDescription && lo.kind == stemma.Person:
			lo.roles[withoutDeterminer(oneLine(doc.Text(m.Span)))]++
		}
		if !m.Role.IsZero() { // what titles of courtesy say of gender counts, but they are no roles
			lo.roles[withoutDeterminer(oneLine(doc.Text(m.Role)))]++
		}
	}
	for _, st := range doc.Statements {
		if st.Actor != "" && at[st.Actor] == nil && !st.Speaker.IsZero() {
			get(st.Actor, stemma.Role).forms[withoutDeterminer(oneLine(doc.Text(st.Speaker)))]++
		}
		for _, v := range st.Via {
			if v.Actor != "" && at[v.Actor] == nil {
				get(v.Actor, stemma.Role).forms[withoutDeterminer(oneLine(doc.Text(v.Span)))]++
			}
		}
	}
	for _, lo := range at {
		lo.name = fullest(lo.forms, lo.kind)
		if lo.name == "" {
			lo.name = l.lex.held[lo.id] // known by the office alone
		}
		if h := l.titled(lo, published(doc)); h != nil {
			lo.name = h.name // "President Holt", never in full
			lo.table = h.name
		}
		for f := range strings.FieldsSeq(strings.ReplaceAll(lo.name, "-", " ")) {
			if p := fold(f); p != "" {
				lo.parts = append(lo.parts, p)
			}
		}
		if lo.kind == stemma.Person {
			lo.gender = l.genderOf(lo)
		}
	}
}

// titled returns the holder of the office that the roles of lo, who goes by the
// surname alone, give him at a time; nil if none is known.
func (l *linker) titled(lo *local, at time.Time) *holder {
	if lo.kind != stemma.Person || lo.name == "" || strings.ContainsAny(lo.name, " -") {
		return nil
	}
	for _, role := range slices.Sorted(maps.Keys(lo.roles)) {
		words := phraseWords(role)
		past := slices.ContainsFunc(words, func(w string) bool { return w == "former" || w == "ex" || w == "late" })
		if past || len(words) == 0 {
			continue
		}
		head := words[len(words)-1]
		if head == "minister" && slices.Contains(words, "prime") {
			head = "prime-minister"
		}
		if head == "president" && slices.Contains(words, "vice") {
			head = "vice-president"
		}
		h := l.lex.titleHolder(head, fold(lo.name), at)
		if h != nil && !h.gender.clashes(lo.gender) {
			return h
		}
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func withoutDeterminer(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	if ok && isDeterminer(strings.ToLower(first)) {
		return rest
	}
	return s
}

// fullest returns the form with the most words (for persons, two or three
// serve as well as four), then the most frequent, then the first in the
// alphabet.
func fullest(forms map[string]int, kind stemma.ActorKind) string {
	words := func(s string) int {
		n := strings.Count(s, " ") + 1
		if kind == stemma.Person {
			return min(n, 2)
		}
		return n
	}
	keys := slices.SortedFunc(maps.Keys(forms), func(a, b string) int {
		return cmp.Or(-cmp.Compare(words(a), words(b)), -cmp.Compare(forms[a], forms[b]), cmp.Compare(a, b))
	})
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}

func (l *linker) genderOf(lo *local) gender {
	words := strings.Fields(lo.name)
	if len(words) > 1 {
		if x := l.lex.word(strings.ToLower(words[0])); x.flags&given != 0 && x.gender != unknownGender {
			return x.gender
		}
		if g := genderOfSurname(strings.ToLower(words[len(words)-1])); g != unknownGender {
			return g
		}
	}
	for _, role := range slices.Sorted(maps.Keys(lo.roles)) {
		for f := range strings.FieldsSeq(strings.ToLower(role)) {
			x := l.lex.word(f)
			if x.holder != unknownGender {
				return x.holder
			}
			if x.flags&title != 0 && x.gender != unknownGender {
				return x.gender
			}
		}
	}
	return unknownGender
}

// agree gives locals of one word that reports take for different kinds the
// kind that most mentions have.
func (l *linker) agree() {
	votes := map[string]map[stemma.ActorKind]int{}
	alone := func(lo *local) bool {
		return lo.known == nil && len(lo.parts) == 1 && len(lo.roles) == 0 && lo.table == "" &&
			(lo.kind == stemma.Person || lo.kind == stemma.Organisation || lo.kind == stemma.Place)
	}
	for _, lo := range l.locals {
		if !alone(lo) && !(lo.kind == stemma.Organisation && len(lo.parts) > 1 && l.corporate(lo.name)) {
			continue // "Ford Motor Company" speaks for "Ford" too
		}
		v := votes[lo.parts[0]]
		if v == nil {
			v = map[stemma.ActorKind]int{}
			votes[lo.parts[0]] = v
		}
		for _, n := range lo.forms {
			v[lo.kind] += n
		}
	}
	for _, lo := range l.locals {
		if !alone(lo) {
			continue
		}
		v := votes[lo.parts[0]]
		for _, k := range [...]stemma.ActorKind{stemma.Person, stemma.Organisation, stemma.Place} {
			if v[k] > v[lo.kind] {
				lo.kind = k
			}
		}
	}
}

// join puts every local into a class.
func (l *linker) join() {
	l.agree()
	byID := map[stemma.ActorID]*class{}
	bySurname := map[string][]*class{}
	byName := map[string]*class{}
	byFirst := map[string][]*class{}
	byAcronym := map[string][]*class{}
	add := func(c *class, lo *local) {
		lo.class = c
		c.locals = append(c.locals, lo)
		if c.gender == unknownGender {
			c.gender = lo.gender
		}
	}
	fresh := func(lo *local) *class {
		c := &class{parts: lo.parts, kind: lo.kind, known: lo.known}
		l.classes = append(l.classes, c)
		add(c, lo)
		return c
	}
	pass := func(f func(lo *local) bool) {
		for _, lo := range l.locals {
			if lo.class == nil && f(lo) && lo.class == nil {
				fresh(lo)
			}
		}
	}
	// Names of the tables, and roles: by ID.
	pass(func(lo *local) bool {
		if lo.known == nil && lo.kind != stemma.Role {
			return false
		}
		if c := byID[lo.id]; c != nil {
			add(c, lo)
		} else {
			byID[lo.id] = fresh(lo)
			if lo.known != nil {
				byName[fold(strings.ReplaceAll(lo.known.name, "-", " "))] = byID[lo.id]
			}
		}
		return true
	})
	// Persons by full name: given names in full before initials.
	for _, initial := range []bool{false, true} {
		pass(func(lo *local) bool {
			if lo.kind != stemma.Person || len(lo.parts) < 2 || (len(lo.parts[0]) == 1) != initial {
				return false
			}
			last := lo.parts[len(lo.parts)-1]
			var fit []*class
			for _, c := range bySurname[last] {
				if sameGiven(l.lex, c.parts[0], lo.parts[0]) && !c.gender.clashes(lo.gender) {
					fit = append(fit, c)
				}
			}
			if i := slices.IndexFunc(fit, func(c *class) bool { return c.parts[0] == lo.parts[0] }); i >= 0 {
				fit = fit[i : i+1]
			}
			if len(fit) == 1 || len(fit) > 1 && !initial {
				add(fit[0], lo)
				return true
			}
			c := fresh(lo)
			bySurname[last] = append(bySurname[last], c)
			return true
		})
	}
	// Persons by surname alone.
	single := map[string]*class{}
	pass(func(lo *local) bool {
		if lo.kind != stemma.Person || len(lo.parts) != 1 {
			return false
		}
		if c := l.bearer(lo, bySurname[lo.parts[0]]); c != nil {
			add(c, lo)
		} else if c := single[lo.parts[0]]; c != nil && !c.gender.clashes(lo.gender) && len(bySurname[lo.parts[0]]) == 0 {
			add(c, lo)
		} else {
			single[lo.parts[0]] = fresh(lo)
		}
		return true
	})
	// Others by name; longer names first, so that short forms find them. A state
	// by its official name is the one that goes by the short name.
	short := map[string]bool{}
	for _, lo := range l.locals {
		if lo.kind == stemma.Place && len(lo.parts) == 1 {
			short[lo.parts[0]] = true
		}
	}
	name := func(lo *local) string {
		if last := lo.parts[max(0, len(lo.parts)-1):]; lo.kind == stemma.Place && len(last) == 1 && short[last[0]] && official(lo.name) {
			return last[0]
		}
		return strings.Join(bareName(lo.parts), " ")
	}
	pass(func(lo *local) bool {
		parts, key := bareName(lo.parts), name(lo)
		if !strings.Contains(key, " ") {
			return false
		}
		if c := byName[key]; c != nil {
			add(c, lo)
			return true
		}
		c := fresh(lo)
		byName[key] = c
		if l.corporate(lo.name) {
			byFirst[parts[0]] = append(byFirst[parts[0]], c)
		}
		if a := initials(parts); len(a) > 1 {
			byAcronym[a] = append(byAcronym[a], c)
		}
		return true
	})
	pass(func(lo *local) bool {
		key := name(lo)
		if c := byName[key]; c != nil {
			add(c, lo)
			return true
		}
		if isUpper(lo.name) && len(byAcronym[key]) == 1 {
			add(byAcronym[key][0], lo)
			return true
		}
		if lo.kind == stemma.Organisation && !isUpper(lo.name) {
			if c := l.bearer(lo, bySurname[key]); c != nil {
				add(c, lo)
				return true
			}
		}
		if lo.kind == stemma.Organisation && len(key) >= 4 && len(byFirst[key]) == 1 && l.lex.word(strings.ToLower(lo.name)).flags&(common|function|orgWord|placeTag) == 0 {
			add(byFirst[key][0], lo)
			return true
		}
		c := fresh(lo)
		if key != "" {
			byName[key] = c
		}
		return true
	})
}

// bearer returns the class among those of one surname that lo, who goes by the
// surname alone, belongs to: the only one, or the only one whose role is
// worded the same.
func (l *linker) bearer(lo *local, cs []*class) *class {
	cs = slices.DeleteFunc(slices.Clone(cs), func(c *class) bool { return c.gender.clashes(lo.gender) })
	if len(cs) < 2 {
		if len(cs) == 1 {
			return cs[0]
		}
		return nil
	}
	var best *class
	bestShared, tie := 0, false
	for _, c := range cs {
		n := 0
		for _, o := range c.locals {
			for role := range lo.roles {
				n += min(1, o.roles[role])
			}
		}
		switch {
		case n > bestShared:
			best, bestShared, tie = c, n, false
		case n == bestShared:
			tie = true
		}
	}
	if tie {
		return nil
	}
	return best
}

// corporate reports whether the first word of name alone may stand for it:
// "Ford Motor Company", not "Chrysler Aspen" or "Lyon Observer".
func (l *linker) corporate(name string) bool {
	all := flag(0)
	for i, w := range strings.Fields(strings.ToLower(name)) {
		if i > 0 {
			all |= l.lex.word(w).flags
		}
	}
	return all&orgWord != 0 && all&media == 0
}

// bareName returns the words of a name without article and legal form.
func bareName(parts []string) []string {
	if len(parts) > 1 && parts[0] == "the" {
		parts = parts[1:]
	}
	for len(parts) > 1 {
		switch parts[len(parts)-1] {
		case "inc", "ltd", "limited", "corp", "corporation", "co", "companii", "compani", "plc", "llc", "ag", "sa", "nv", "gmbh", "incorporated", "group":
			parts = parts[:len(parts)-1]
			continue
		}
		break
	}
	return parts
}

// official reports whether name is the official name of a state whose short name
// is its last word: "the Republic of Osvia", "Islamic Republic of …".
func official(name string) bool {
	ws := strings.Fields(strings.ToLower(name))
	if n := len(ws); n >= 3 && ws[n-2] == "of" {
		switch ws[n-3] {
		case "republic", "kingdom", "federation", "commonwealth", "principality", "emirate", "sultanate":
			return n == 3 || ws[n-4] != "democratic" // that may be another state than the one with the short name
		}
	}
	return false
}

// result names the classes.
func (l *linker) result() ([]stemma.Actor, map[stemma.ReportID]map[stemma.ActorID]stemma.ActorID) {
	actors := make([]stemma.Actor, 0, len(l.classes))
	ids := map[stemma.ReportID]map[stemma.ActorID]stemma.ActorID{}
	taken := map[stemma.ActorID]bool{}
	live := slices.DeleteFunc(l.classes, func(c *class) bool { return len(c.locals) == 0 })
	type named struct {
		c    *class
		a    stemma.Actor
		want stemma.ActorID
		size int
	}
	var list []named
	for _, c := range live {
		a, size := l.actor(c)
		list = append(list, named{c, a, a.ID, size})
	}
	// Who is named most keeps the plain ID; among equals, the first report's.
	slices.SortStableFunc(list, func(x, y named) int {
		return cmp.Or(cmp.Compare(x.want, y.want), -cmp.Compare(x.size, y.size),
			cmp.Compare(x.a.Kind, y.a.Kind), cmp.Compare(x.c.locals[0].report, y.c.locals[0].report),
			cmp.Compare(x.c.locals[0].id, y.c.locals[0].id))
	})
	for _, n := range list {
		id := n.want
		if taken[id] {
			id += "-" + stemma.ActorID(n.a.Kind)
		}
		for taken[id] {
			id += "-2"
		}
		taken[id] = true
		n.a.ID = id
		actors = append(actors, n.a)
		for _, lo := range n.c.locals {
			if ids[lo.report] == nil {
				ids[lo.report] = map[stemma.ActorID]stemma.ActorID{}
			}
			ids[lo.report][lo.id] = id
		}
	}
	l.relate(actors)
	slices.SortFunc(actors, func(a, b stemma.Actor) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return actors, ids
}

// actor returns what is known of c, and how often it is named.
func (l *linker) actor(c *class) (stemma.Actor, int) {
	forms, roles, size := map[string]int{}, map[string]int{}, 0
	for _, lo := range c.locals {
		for f, n := range lo.forms {
			forms[f] += n
			size += n
		}
		for f, n := range lo.roles {
			roles[f] += n
		}
	}
	inSmall(forms)
	a := stemma.Actor{Kind: c.kind, Name: fullest(forms, c.kind)}
	if i := strings.LastIndexByte(a.Name, ' '); i > 0 && c.kind == stemma.Place && official(a.Name) && forms[a.Name[i+1:]] > 0 {
		a.Name = a.Name[i+1:]
	}
	if c.kind == stemma.Person && !strings.Contains(a.Name, " ") {
		for _, lo := range c.locals {
			if lo.table != "" {
				a.Name = lo.table
			} else if a.Name == "" {
				a.Name = lo.name
			}
		}
	}
	switch {
	case c.known != nil:
		a.Name, a.ID, a.Kind = c.known.name, c.known.id, c.known.kind
	case c.kind == stemma.Role:
		a.ID = c.locals[0].id
	default:
		a.ID = slug(a.Name)
	}
	if a.Name == "" {
		a.Name = string(c.locals[0].id)
	}
	if a.ID == "" {
		a.ID = c.locals[0].id
	}
	if c.name != "" {
		forms[a.Name]++
		a.Name = c.name
	}
	if c.id != "" {
		a.ID = c.id
	}
	delete(forms, a.Name)
	a.Aliases = byCount(forms)
	maps.DeleteFunc(roles, func(role string, _ int) bool { return l.courtesy(role) })
	a.Roles = byCount(roles)
	return a, size
}

// inSmall takes the forms in capitals, as a dateline has them, for those that
// have the same letters in small: "VARO" for "Varo".
func inSmall(forms map[string]int) {
	for _, caps := range slices.Sorted(maps.Keys(forms)) {
		if !isUpper(caps) {
			continue
		}
		for _, f := range slices.Sorted(maps.Keys(forms)) {
			if f != caps && strings.EqualFold(f, caps) {
				forms[f] += forms[caps]
				delete(forms, caps)
				break
			}
		}
	}
}

// courtesy reports whether role is no more than a title of courtesy: "Mrs".
func (l *linker) courtesy(role string) bool {
	x := l.lex.word(strings.ToLower(role))
	return x.flags&title != 0 && x.role == "" && x.gender != unknownGender
}

func byCount(m map[string]int) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(-cmp.Compare(m[a], m[b]), cmp.Compare(a, b))
	})
}

// relate names for each actor those that may stand for it: a country, its
// capital and its seat of power, and the roles that belong to them.
func (l *linker) relate(actors []stemma.Actor) {
	byCountry := map[stemma.ActorID][]stemma.ActorID{}
	country := func(a *stemma.Actor) stemma.ActorID {
		if k := l.lex.byID[a.ID]; k != nil && k.country != "" {
			return k.country
		}
		return ""
	}
	for i := range actors {
		if c := country(&actors[i]); c != "" {
			byCountry[c] = append(byCountry[c], actors[i].ID)
		}
	}
	for i := range actors {
		a := &actors[i]
		if c := country(a); c != "" {
			for _, id := range byCountry[c] {
				if id != a.ID {
					a.Related = append(a.Related, id)
				}
			}
		} else if a.Kind == stemma.Role {
			for _, id := range l.belongsTo(a.Name) {
				if len(byCountry[l.lex.byID[id].country]) > 0 && slices.Contains(byCountry[l.lex.byID[id].country], id) {
					a.Related = append(a.Related, id)
				}
			}
		}
		slices.Sort(a.Related)
		a.Related = slices.Compact(a.Related)
	}
}

// belongsTo returns the countries and seats of power that a role names.
func (l *linker) belongsTo(role string) []stemma.ActorID {
	words := phraseWords(role)
	written := strings.Fields(strings.ReplaceAll(role, "-", " - "))
	var out []stemma.ActorID
	for i := range words {
		for _, p := range l.lex.phrases[words[i]] {
			if len(p.words) > len(words)-i || !slices.Equal(p.words, words[i:i+len(p.words)]) || p.known.country == "" {
				continue
			}
			if i < len(written) && written[i] == words[i] || p.exact != "" && i < len(written) && written[i] != p.exact {
				continue
			}
			switch p.known.sense {
			case adjective:
				out = append(out, p.known.country)
			default:
				out = append(out, p.known.id)
			}
			break
		}
	}
	return out
}

// Named returns the actors whom query may mean: by ID, by name or alias in any
// spelling, or by a part of the name such as the surname. Exact matches shut out
// partial ones.
func Named(actors []stemma.Actor, query string) []stemma.Actor {
	key := func(s string) []string {
		var out []string
		for f := range strings.FieldsSeq(strings.ReplaceAll(s, "-", " ")) {
			out = append(out, fold(f))
		}
		return out
	}
	want := key(query)
	if len(want) == 0 {
		return nil
	}
	var exact, part []stemma.Actor
	for _, a := range actors {
		names := append([]string{a.Name}, a.Aliases...)
		switch {
		case string(a.ID) == query || slices.ContainsFunc(names, func(n string) bool { return slices.Equal(key(n), want) }):
			exact = append(exact, a)
		case slices.ContainsFunc(names, func(n string) bool {
			have := key(n)
			return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
		}):
			part = append(part, a)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return part
}
