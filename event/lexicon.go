package event

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"stemma/internal/sorted"
)

//go:embed data/cameo.txt
var cameoText string

//go:embed data/own.txt
var ownText string

//go:embed data/names.txt
var namesText string

//go:embed data/countries.txt
var countriesText string

//go:embed data/agents.txt
var agentsText string

// A lexicon is the verb patterns that say what a clause tells of, made ready
// for matching: every word a number, every synonym set a bit.
type lexicon struct {
	ids    map[string]int32   // words of patterns and verbs, by stem
	sets   map[int32]uint64   // synonym sets that hold a word
	stems  map[string]stemmed // ids and sets, by stem
	multi  map[int32][]multi  // synonyms of several words, by their first
	verbs  map[string]*verb   // by form
	blocks []block
}

// A multi is a synonym of several words.
type multi struct {
	rest []int32
	set  uint64
}

// A stemmed is what the patterns know of a word.
type stemmed struct {
	id   int32
	sets uint64
}

// A verb is a form of a verb of the dictionary.
type verb struct {
	lemma   string
	lemmaID int32 // -1 if no pattern has it
	form    form
	light   bool // see light
	senses  []sense
}

// A form says how a verb is inflected; a word can be several.
type form uint8

const (
	base form = 1 << iota
	third
	past
	participle
	gerund
)

// A sense is a block of patterns that a verb shares with its synonyms.
type sense struct {
	block    int
	code     string  // of the verb alone; "" if it tells of nothing
	particle []int32 // words that must follow: "off" of "call off"
	own      bool
}

type block struct {
	name     string
	patterns []pattern
}

// A pattern is words before and after the verb, and the code they give it.
type pattern struct {
	code      string // "" if the words mean that nothing is told of
	pre, post []elem
}

// An elem is one word of a pattern, or any word of a synonym set.
type elem struct {
	id   int32
	set  uint64
	prep bool // opens a prepositional phrase
}

func (e elem) matches(w *word) bool {
	return e.set != 0 && e.set&w.sets != 0 || e.set == 0 && (e.id == w.stem || e.id == w.lemmaID)
}

// dictionary returns the compiled verb patterns. Those of own.txt stand
// before those of CAMEO.2.0.
var dictionary = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		ids: map[string]int32{"": 0}, sets: map[int32]uint64{},
		multi: map[int32][]multi{}, verbs: map[string]*verb{},
	}
	names := map[string]uint64{}
	l.read(ownText, names, true)
	l.read(cameoText, names, false)
	l.blocks = append(l.blocks, block{name: "govern", patterns: make([]pattern, 1)})
	for e := agreeing; e <= failing; e++ {
		for _, v := range governors[e] {
			if !strings.Contains(v, "_") && l.verbs[v] == nil {
				l.addVerb(v, "-", nil, false)
			}
		}
	}
	l.stems = make(map[string]stemmed, len(l.ids))
	for stem, id := range l.ids {
		if id != 0 {
			l.stems[stem] = stemmed{id, l.sets[id]}
		}
	}
	for _, v := range l.verbs {
		v.light = light.has(v.lemma)
		if v.lemmaID = l.ids[v.lemma]; v.lemmaID == 0 {
			v.lemmaID = -1
		}
	}
	return l
})

func (l *lexicon) id(stem string) int32 {
	id, ok := l.ids[stem]
	if !ok {
		id = int32(len(l.ids))
		l.ids[stem] = id
	}
	return id
}

func (l *lexicon) read(text string, sets map[string]uint64, own bool) {
	set := func(name string) uint64 {
		if sets[name] == 0 {
			sets[name] = 1 << len(sets)
		}
		return sets[name]
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		switch f[0] {
		case "&":
			bit := set(f[1])
			for _, w := range f[2:] {
				parts := strings.Split(w, "_")
				first := l.id(stem(parts[0]))
				if len(parts) == 1 {
					l.sets[first] |= bit
					continue
				}
				m := multi{set: bit}
				for _, p := range parts[1:] {
					m.rest = append(m.rest, l.id(stem(p)))
				}
				l.multi[first] = append(l.multi[first], m)
			}
		case "@":
			l.blocks = append(l.blocks, block{name: f[1]})
			code := ""
			if f[2] != "-" {
				code = f[2]
			}
			l.blocks[len(l.blocks)-1].patterns = []pattern{{code: code}} // the block's own code
		case "v":
			l.addVerb(f[1], f[2], f[3:], own)
		case "p":
			l.addPattern(f[1], f[2:], set)
		}
	}
}

func (l *lexicon) addVerb(word, code string, forms []string, own bool) {
	b := len(l.blocks) - 1
	s := sense{block: b, code: l.blocks[b].patterns[0].code, own: own}
	if code != "-" {
		s.code = code
	}
	head, particle := word, ""
	if rest, ok := strings.CutPrefix(word, "+"); ok {
		head, particle, _ = strings.Cut(rest, "_")
	} else if strings.Contains(word, "_") {
		return // the verb comes last, behind words of its own: not used
	}
	if particle != "" {
		for _, p := range strings.Split(particle, "_") {
			s.particle = append(s.particle, l.id(stem(p)))
		}
	}
	all := map[string]form{}
	if particle != "" && strings.HasSuffix(head, "ed") { // "killed and"
		all[head] = past | participle
	} else {
		for _, f := range inflect(head) {
			all[f.text] |= f.form
		}
	}
	for _, f := range forms {
		f, _, _ = strings.Cut(strings.TrimPrefix(f, "+"), "_")
		all[f] |= guessForm(f, head)
	}
	for _, text := range slices.Sorted(mapKeys(all)) {
		v := l.verbs[text]
		if v == nil {
			v = &verb{lemma: head, form: all[text]}
			l.verbs[text] = v
		}
		if v.lemma == text && head != text && all[text]&base == 0 {
			v.lemma = head
		}
		v.form |= all[text]
		if !slices.ContainsFunc(v.senses, func(o sense) bool { return o.block == s.block && slices.Equal(o.particle, s.particle) }) {
			v.senses = append(v.senses, s)
		}
	}
}

func mapKeys(m map[string]form) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (l *lexicon) addPattern(code string, words []string, set func(string) uint64) {
	var p pattern
	if code != "-" {
		p.code = code
	}
	after := false
	for _, w := range words {
		prep := strings.HasPrefix(w, "(")
		w = strings.Trim(w, "(){}")
		if w == "*" {
			after = true
			continue
		}
		if strings.Trim(w, "$+^%!|") == "" {
			continue
		}
		var e []elem
		if name, ok := strings.CutPrefix(w, "&"); ok {
			e = []elem{{set: set(name), prep: prep}}
		} else {
			for _, part := range strings.Split(w, "_") {
				e = append(e, elem{id: l.id(stem(part)), prep: prep})
			}
		}
		if after {
			p.post = append(p.post, e...)
		} else {
			p.pre = append(p.pre, e...)
		}
	}
	b := &l.blocks[len(l.blocks)-1]
	b.patterns = append(b.patterns, p)
}

// stem returns the form under which a noun is compared: its singular, or
// near it ("talks", "talk"; "countries", "country").
func stem(w string) string {
	switch n := len(w); {
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes")):
		return w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i':
		return w[:n-1]
	}
	return w
}

type inflected struct {
	text string
	form form
}

// inflect returns the regular forms of a verb.
func inflect(v string) []inflected {
	n := len(v)
	if n < 2 {
		return []inflected{{v, base}}
	}
	es, ed, ing := v+"s", v+"ed", v+"ing"
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	switch last := v[n-1]; {
	case last == 'e':
		ed, ing = v+"d", v[:n-1]+"ing"
	case last == 'y' && !vowel(v[n-2]):
		es, ed = v[:n-1]+"ies", v[:n-1]+"ied"
	case last == 's' || last == 'x' || last == 'z' || strings.HasSuffix(v, "ch") || strings.HasSuffix(v, "sh"):
		es = v + "es"
	}
	out := []inflected{{v, base}, {es, third}, {ed, past | participle}, {ing, gerund}}
	// "plan", "planned": the last consonant doubled behind one short vowel.
	if n >= 3 && !vowel(v[n-1]) && vowel(v[n-2]) && !vowel(v[n-3]) && strings.IndexByte("wxy", v[n-1]) < 0 {
		c := v[n-1:]
		out = append(out, inflected{v + c + "ed", past | participle}, inflected{v + c + "ing", gerund})
	}
	return out
}

// guessForm says what an irregular form of a verb is.
func guessForm(f, lemma string) form {
	switch {
	case strings.HasSuffix(f, "ing") && f != lemma:
		return gerund
	case strings.HasSuffix(f, "s") && !strings.HasSuffix(lemma, "s"):
		return third
	}
	return past | participle
}

// nameCode returns the code of who bears the name, which is in lower case;
// "" if nobody known does.
func nameCode(name string) string {
	if c, ok := moreNames[name]; ok {
		return c
	}
	return nameTable().Find(name)
}

// agentCode returns the code of the sector to which a noun assigns people:
// "GOV" for "minister".
func agentCode(noun string) string {
	if c, ok := moreAgents[noun]; ok {
		return c
	}
	return agentTable().Find(noun)
}

// moreAgents is agents that the dictionary lacks.
var moreAgents = map[string]string{
	"official": "GOV", "leader": "GOV", "delegation": "GOV", "negotiator": "GOV", "authorities": "GOV", "aide": "GOV", "side": "GOV",
	"adviser": "GOV", "advisor": "GOV", "spokesman": "GOV", "spokeswoman": "GOV", "spokesperson": "GOV", "force": "MIL", "warplane": "MIL",
	"aircraft": "MIL", "navy": "MIL", "vessel": "MIL", "team": "",
}

var (
	nameTable    = sync.OnceValue(func() *sorted.Table { return sorted.NewSparse(namesText) })
	agentTable   = sync.OnceValue(func() *sorted.Table { return sorted.NewSparse(agentsText) })
	countryTable = sync.OnceValue(func() *sorted.Table { return sorted.NewSparse(countriesText) })
)
