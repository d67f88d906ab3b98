package actor

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"stemma"
)

//go:embed data/countries.txt
var countriesText string

//go:embed data/places.txt
var placesText string

//go:embed data/organisations.txt
var organisationsText string

//go:embed data/given-us.txt
var givenUSText string

//go:embed data/given-own.txt
var givenOwnText string

//go:embed data/roles.txt
var rolesText string

//go:embed data/titles.txt
var titlesText string

//go:embed data/words.txt
var wordsText string

//go:embed data/common.txt
var commonText string

//go:embed data/offices.txt
var officesText string

//go:embed data/nicknames.csv
var nicknamesText string

// A lexeme is what the tables say of one word in lower case.
type lexeme struct {
	flags  flag
	gender gender // of the bearers of a given name or title
	holder gender // of those whom a role noun names: "spokeswoman"
	role   string // canonical noun of an office: "president" for President, "envoy" for ambassador
	stands string // what the noun may stand for besides: "president" for leader
	plural bool   // the role noun is in the plural
}

type flag uint32

const (
	given    flag = 1 << iota // a given name: "Vladimir"
	title                     // stands before a name: "President"
	before                    // stands before a title: "Deputy"
	orgWord                   // marks an organisation: "Ministry"
	media                     // marks a paper or a station: "Observer"
	placeTag                  // marks a place: "River"
	workTag                   // marks a document: "Treaty"
	link                      // stands inside a name: "of", "bin"
	said                      // a verb whose subject speaks: "said"
	inPrep                    // a preposition before places: "in"
	notName                   // capitalised, but names nobody: "Monday"
	function                  // ends a name or description: "the", "with"
	common                    // an everyday word in lower case: "talks"
	person                    // a role noun for a person: "envoy"
	group                     // a role noun for a body or for people: "government"
	document                  // a role noun for a document: "report"
)

type gender byte

const (
	unknownGender gender = iota
	male
	female
)

func (g gender) clashes(h gender) bool { return g != h && g != unknownGender && h != unknownGender }

// A sense says how a word stands for a country.
type sense byte

const (
	itself    sense = iota // "France", or a name that is not of a country
	adjective              // "French"
	capital                // "Paris"
	seat                   // "Élysée"
)

// A known is a name that the tables hold.
type known struct {
	id      stemma.ActorID
	name    string
	kind    stemma.ActorKind
	sense   sense
	country stemma.ActorID // the country that it is, or stands for; may be empty
}

// A phrase is one form of a known name, as tokens in lower case.
type phrase struct {
	words []string
	exact string // the form must be written so: "US"; empty if any capitalised spelling will do
	known *known
}

type lexicon struct {
	words     map[string]*lexeme
	phrases   map[string][]phrase // by first word, longest first
	byID      map[stemma.ActorID]*known
	adjective map[stemma.ActorID]string // the usual adjective of a country: "American"
	variant   map[string]string         // folded given name -> the first of its variants: "volodymyr" -> "vladimir"
	holders   map[string][]holder       // by country and office: "russia president"
	heads     map[string][]holder       // by office: all that held it anywhere
	held      map[stemma.ActorID]string // their names
	nick      map[string][]string
}

// lex returns the tables, which are read on first use (some 15,000 lines, two
// or three milliseconds).
var lex = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		words:     make(map[string]*lexeme, 12000),
		phrases:   make(map[string][]phrase, 1000),
		byID:      map[stemma.ActorID]*known{},
		adjective: map[stemma.ActorID]string{},
		variant:   map[string]string{},
		nick:      map[string][]string{},
		holders:   map[string][]holder{},
		heads:     map[string][]holder{},
		held:      map[stemma.ActorID]string{},
	}
	l.readWords()
	l.readRoles()
	l.readTitles()
	l.readGiven()
	l.readCountries()
	l.readOffices()
	for line := range dataLines(placesText) {
		l.addKnown(stemma.Place, "", itself, strings.Split(line, ","))
	}
	for line := range dataLines(organisationsText) {
		l.addKnown(stemma.Organisation, "", itself, strings.Split(line, ","))
	}
	return l
})

// unknown is what the tables say of a word that they lack.
var unknown lexeme

// word returns what the tables say of a word in lower case.
func (l *lexicon) word(norm string) *lexeme {
	if x := l.words[norm]; x != nil {
		return x
	}
	return &unknown
}

// entry returns the lexeme of a word that is being read into the tables.
func (l *lexicon) entry(word string) *lexeme {
	x := l.words[word]
	if x == nil {
		x = &lexeme{}
		l.words[word] = x
	}
	return x
}

func (l *lexicon) mark(word string, f flag) { l.entry(word).flags |= f }

func (l *lexicon) readWords() {
	classes := map[string]flag{
		"before": before, "org": orgWord, "media": media, "place": placeTag, "work": workTag, "link": link,
		"said": said, "in": inPrep, "not": notName, "function": function,
	}
	for line := range dataLines(wordsText) {
		class, list, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(list) {
			l.mark(w, classes[class])
		}
	}
	for line := range dataLines(commonText) {
		l.mark(line, common)
	}
}

func (l *lexicon) readRoles() {
	classes := map[string]flag{"person": person, "group": group, "document": document}
	for line := range dataLines(rolesText) {
		class, list, _ := strings.Cut(line, ":")
		f := classes[class]
		for w := range strings.FieldsSeq(list) {
			w, stands, _ := strings.Cut(w, "=")
			noun, plural, irregular := strings.Cut(w, "/")
			if !irregular {
				plural = noun + "s"
			}
			if l.entry(noun).role != "" {
				continue // the first class wins
			}
			g := genderOfNoun(noun)
			x := l.entry(noun)
			x.flags |= f
			x.role, x.stands, x.holder = noun, stands, g
			x.plural = irregular && plural == "" && f == group
			if plural != "" {
				y := l.entry(plural)
				y.flags |= f
				y.role, y.stands, y.holder, y.plural = noun, stands, g, true
			}
		}
	}
}

func genderOfNoun(noun string) gender {
	switch {
	case strings.HasSuffix(noun, "woman"), strings.HasSuffix(noun, "ess") && noun != "witness":
		return female
	case strings.HasSuffix(noun, "man"):
		return male
	}
	switch noun {
	case "mother", "daughter", "daughter-in-law", "sister", "wife", "widow", "girl", "queen":
		return female
	case "father", "son", "son-in-law", "brother", "husband", "boy", "king", "prince", "pope", "emperor":
		return male
	}
	return unknownGender
}

func (l *lexicon) readTitles() {
	for line := range dataLines(titlesText) {
		f := strings.Split(line, "|")
		word := strings.ToLower(f[0])
		x := l.entry(word)
		x.flags |= title
		switch f[1] {
		case "m":
			x.gender = male
		case "f":
			x.gender = female
		}
		if x.role == "" && f[2] != "-" {
			x.role = f[2]
		}
	}
}

func (l *lexicon) readGiven() {
	for line := range dataLines(givenUSText) {
		name, g, _ := strings.Cut(line, " ")
		x := l.entry(name)
		if x.flags&(function|said|inPrep) != 0 && name != "will" {
			continue // "In", "So", "See" are borne by somebody too
		}
		x.flags |= given
		x.gender = genderOf(g)
	}
	for line := range dataLines(givenOwnText) {
		f := strings.Fields(line)
		for _, name := range f[1:] {
			x := l.entry(name)
			x.flags |= given
			x.gender = genderOf(f[0])
			if k := fold(name); l.variant[k] == "" {
				l.variant[k] = fold(f[1])
			}
		}
	}
	for line := range dataLines(nicknamesText) {
		f := strings.Split(line, ",")
		if len(f) == 3 && f[1] == "has_nickname" {
			a, b := fold(f[0]), fold(f[2])
			l.nick[a] = append(l.nick[a], b)
		}
	}
}

func genderOf(g string) gender {
	switch g {
	case "m":
		return male
	case "f":
		return female
	}
	return unknownGender
}

func (l *lexicon) readCountries() {
	for line := range dataLines(countriesText) {
		f := strings.Split(line, "|")
		for len(f) < 5 {
			f = append(f, "")
		}
		list := func(s string) []string {
			if s == "" {
				return nil
			}
			return strings.Split(s, ",")
		}
		id := slug(f[0])
		l.addKnown(stemma.Place, id, itself, append([]string{f[0]}, list(f[1])...))
		if adj := list(f[2]); len(adj) > 0 {
			l.addKnown(stemma.Nationality, id, adjective, adj)
			l.adjective[id] = adj[0]
		}
		if c := list(f[3]); len(c) > 0 {
			l.addKnown(stemma.Place, id, capital, c)
		}
		for _, s := range list(f[4]) {
			l.addKnown(stemma.Organisation, id, seat, []string{s})
		}
	}
}

func (l *lexicon) addKnown(kind stemma.ActorKind, country stemma.ActorID, s sense, forms []string) {
	k := &known{id: slug(forms[0]), name: forms[0], kind: kind, sense: s, country: country}
	if l.byID[k.id] == nil {
		l.byID[k.id] = k
	}
	for _, form := range forms {
		words := phraseWords(form)
		p := phrase{words: words, known: k}
		if isUpper(form) {
			p.exact = form
		}
		list := append(l.phrases[words[0]], p)
		for i := len(list) - 1; i > 0 && len(list[i-1].words) < len(list[i].words); i-- {
			list[i-1], list[i] = list[i], list[i-1]
		}
		l.phrases[words[0]] = list
	}
}

// phraseWords splits form as package segment would: hyphens and clitics apart.
func phraseWords(form string) []string {
	form = strings.ToLower(strings.ReplaceAll(form, "-", " - "))
	form = strings.ReplaceAll(form, "'s ", " 's ")
	return strings.Fields(form)
}

func isUpper(s string) bool {
	return s == strings.ToUpper(s) && s != strings.ToLower(s)
}

// dataLines yields the lines of an embedded table, without comments.
func dataLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}
