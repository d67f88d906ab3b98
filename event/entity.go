package event

import (
	"strings"

	"stemma"
)

// An entity is somebody or some place that a sentence names.
type entity struct {
	from, to int // words [from:to)
	id       stemma.ActorID
	kind     stemma.ActorKind
	code     string // CAMEO actor code: "RUSGOV"; "" if unknown
	party    string // on whose side: a country's code, or the ID of what a title ties to
	named    bool   // by a name, or described by one: "Osvian officials"
}

// side returns on whose side e is: its country, else its party; "" if unknown.
func (e *entity) side() string {
	if c := country(e.code); c != "" {
		return c
	}
	return e.party
}

// Code returns the CAMEO actor code of the name or description in words, as
// petrarch2's dictionaries (of 2014) give it: "FRA" for "Paris", "USAGOV"
// for "US officials"; "" if they know none.
func Code(words string) string {
	f := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r == ' ' || r == '-' || r == ',' })
	for i := 0; i < len(f); i++ {
		for n := min(maxName, len(f)-i); n > 0; n-- {
			if c := nameCode(clean(strings.Join(f[i:i+n], " "))); c != "" {
				return c + sectorOf(c, f[i+n:])
			}
		}
	}
	return ""
}

func sectorOf(code string, rest []string) string {
	if len(code) > 3 {
		return ""
	}
	for i := range rest {
		for n := min(3, len(rest)-i); n > 0; n-- {
			if a := agentCode(stem(strings.Join(rest[i:i+n], " "))); a != "" {
				return a
			}
			if a := agentCode(strings.Join(rest[i:i+n], " ")); a != "" {
				return a
			}
		}
	}
	return ""
}

// maxName is the most words of a name that are looked up: with more, names
// are given in full, and their first words suffice.
const maxName = 5

func clean(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "'")
	return name
}

// Country returns the ISO 3166 code of the country to which an actor's code
// belongs, "IGO" and the like for what is above countries, or "".
func Country(code string) string {
	if len(code) < 3 {
		return ""
	}
	return code[:3]
}

// findEntities finds who is named in s: by the document's mentions, and by
// the table of names where there are none.
func (f *finder) findEntities(s *sentence, sent stemma.Sentence) {
	ms := f.doc.Mentions
	for f.mentionAt < len(ms) && ms[f.mentionAt].Start < sent.Start {
		f.mentionAt++
	}
	for k := f.mentionAt; k < len(ms) && ms[k].Start < sent.End; k++ {
		m := ms[k]
		from, to := s.wordsIn(m.Span)
		if m.Form == stemma.ByDescription {
			// A description holds no verb: "that police", "release prisoners".
			for k := from; k < to; k++ {
				if c := s.words[k].class; c == verbal || c == sub || c == conj {
					from = k + 1
				}
			}
		}
		if from == to || m.Kind == stemma.Work || s.words[from].ent != 0 {
			continue
		}
		e := entity{from: from, to: to, id: m.Actor, kind: m.Kind}
		e.code = f.codeOf(s, m, from, to)
		e.party = f.partyOf(s, &e)
		e.named = m.Actor != "" && (m.Kind != stemma.Role || country(e.code) != "" || capital(s.words[from:to]))
		if m.Form == stemma.ByPronoun && country(e.code) == "" && (e.id == "" || m.Kind != stemma.Person && !e.named) {
			continue
		}
		if e.id == "" {
			e.id = f.slug(s, from, to)
		}
		f.addEntity(s, e)
	}
	f.findNames(s)
}

// capital reports whether a name is among ws.
func capital(ws []word) bool {
	for i := range ws {
		if ws[i].up && ws[i].class == noun && (i > 0 || ws[i].tok > 0 && len(ws) == 1) {
			return true
		}
	}
	return len(ws) > 0 && ws[0].up && ws[0].class == noun
}

// partyOf returns on whose side an entity is that no country's code tells: a
// place or nationality its own, a person that of the name before his title
// ("Lowmark envoy Dana Whitlock"), or what was told of him before.
func (f *finder) partyOf(s *sentence, e *entity) string {
	if c := country(e.code); c != "" {
		return c
	}
	switch e.kind {
	case stemma.Place, stemma.Nationality, stemma.Organisation:
		return string(e.id)
	}
	for k := e.from - 1; k >= 0 && k > e.from-6; k-- {
		w := &s.words[k]
		if w.ent != 0 {
			if p := &s.ents[w.ent-1]; p.kind != stemma.Person && p.party != "" {
				f.parties[e.id] = p.party
			}
			break
		}
		if w.class != noun && w.class != poss || w.timex {
			break
		}
	}
	return f.parties[e.id]
}

func (f *finder) addEntity(s *sentence, e entity) {
	s.ents = append(s.ents, e)
	for i := e.from; i < e.to; i++ {
		s.words[i].ent = len(s.ents)
	}
}

// wordsIn returns the words of s that span covers.
func (s *sentence) wordsIn(span stemma.Span) (from, to int) {
	lo, hi := 0, len(s.words)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.words[mid].span.End <= span.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	to = lo
	for to < len(s.words) && s.words[to].span.Start < span.End {
		to++
	}
	return lo, to
}

// findNames adds the entities that the table of names knows and no mention
// covers.
func (f *finder) findNames(s *sentence) {
	for i := 0; i < len(s.words); i++ {
		w := &s.words[i]
		if !w.up || w.timex || w.class != noun || w.ent != 0 && s.ents[w.ent-1].from != i {
			continue
		}
		held := 0 // words of a mention that begins here
		if w.ent != 0 {
			held = s.ents[w.ent-1].to - i
			if s.ents[w.ent-1].code != "" {
				continue
			}
		}
		for n := min(maxName, len(s.words)-i); n > held; n-- {
			last := &s.words[i+n-1]
			if n > 1 && !last.up || last.ent != 0 && s.ents[last.ent-1].to > i+n {
				continue
			}
			code := f.nameCode(s, i, i+n)
			if code == "" {
				continue
			}
			// "President Mirela Draskova" is in the table, "Mirela Draskova" a
			// mention: the mention stays.
			if p := last.ent; p != 0 && s.ents[p-1].kind == stemma.Person {
				if s.ents[p-1].code == "" {
					s.ents[p-1].code = code
				}
				break
			}
			id := f.slug(s, i, i+n)
			if c := countryName(code); c != "" && len(code) == 3 {
				id = stemma.ActorID(c)
			}
			kind := stemma.Place
			if len(code) > 3 {
				kind = stemma.Organisation
			}
			f.addEntity(s, entity{from: i, to: i + n, id: id, kind: kind, code: code, party: Country(code), named: true})
			i += n - 1
			break
		}
	}
}

// nameCode looks the words [from:to) up in the table of names.
func (f *finder) nameCode(s *sentence, from, to int) string {
	b := f.buf[:0]
	for i := from; i < to; i++ {
		w := &s.words[i]
		if w.norm == "-" {
			continue
		}
		if len(b) > 0 && w.norm != "." && w.norm != "'s" {
			b = append(b, ' ')
		}
		b = append(b, w.norm...)
	}
	f.buf = b
	if c := nameCode(string(b)); c != "" {
		return c
	}
	if st := stem(string(b)); st != string(b) {
		return nameCode(st)
	}
	return ""
}

// codeOf returns the code of a mention: of its name, of the office given with
// it ("US envoy"), or of what an earlier mention of the same actor told.
func (f *finder) codeOf(s *sentence, m stemma.Mention, from, to int) string {
	known := f.codes[m.Actor]
	if m.Form == stemma.ByPronoun {
		return known
	}
	if m.Kind == stemma.Person {
		// "Osvian President Mirela Draskova", "US envoy Anna Holt"
		lo := from
		for lo > 0 && lo > from-6 && (s.words[lo-1].class == noun || s.words[lo-1].class == poss) && !s.words[lo-1].timex && s.words[lo-1].ent == 0 {
			lo--
		}
		if !m.Role.IsZero() {
			if r, _ := s.wordsIn(m.Role); r < lo {
				lo = r
			}
		}
		for i := lo; i < from; i++ {
			if e := s.words[i].ent; e != 0 && s.ents[e-1].code != "" {
				known = Country(s.ents[e-1].code)
			}
		}
		if c := f.wordsCode(f.span(s, lo, from)); c != "" {
			known = c
		} else if lo > 0 && s.words[lo-1].ent != 0 && s.words[lo-1].class == noun {
			if c := s.ents[s.words[lo-1].ent-1].code; c != "" && s.ents[s.words[lo-1].ent-1].kind != stemma.Person {
				known = c
			}
		}
	}
	if m.Kind == stemma.Person && to+1 < len(s.words) && s.words[to].norm == "of" && s.words[to+1].up {
		// "King Hassan of Morocco"
		c := f.nameCode(s, to+1, min(to+3, len(s.words)))
		if c == "" {
			c = f.nameCode(s, to+1, to+2)
		}
		if c != "" {
			known = Country(c)
		}
	}
	if known == "" && m.Actor != "" && (m.Kind == stemma.Place || m.Kind == stemma.Nationality) {
		known = nameCode(strings.ReplaceAll(string(m.Actor), "-", " "))
	}
	if known == "" {
		if c := f.nameCode(s, from, to); c != "" {
			known = c
		} else if c := f.wordsCode(m.Span); c != "" {
			known = c
		}
	}
	if known == "" && m.Kind != stemma.Place && m.Kind != stemma.Nationality {
		lo := from
		if m.Kind == stemma.Person {
			for lo > 0 && lo > from-3 && s.words[lo-1].class == noun && !s.words[lo-1].timex && s.words[lo-1].ent == 0 {
				lo--
			}
		}
		for k := lo; k < to; k++ {
			if a := agentCode(stem(s.words[k].norm)); a != "" {
				known = "---" + a
			}
		}
		return known
	}
	if m.Actor != "" && known != "" {
		if f.codes[m.Actor] == "" {
			f.codes[m.Actor] = known
		}
	}
	return known
}

// wordsCode is [Code] of the words of span, which are looked up once.
func (f *finder) wordsCode(span stemma.Span) string {
	if span.IsZero() {
		return ""
	}
	words := f.doc.Text(span)
	code, ok := f.told[words]
	if !ok {
		code = Code(words)
		f.told[words] = code
	}
	return code
}

func (f *finder) span(s *sentence, from, to int) stemma.Span {
	if from >= to {
		return stemma.Span{}
	}
	return stemma.Span{Start: s.words[from].span.Start, End: s.words[to-1].span.End}
}

// slug returns an identifier made of the words [from:to).
func (f *finder) slug(s *sentence, from, to int) stemma.ActorID {
	b := f.buf[:0]
	for i := from; i < to; i++ {
		w := s.words[i].norm
		if s.words[i].class == det && len(b) == 0 || s.words[i].class == poss || s.words[i].class == punct {
			continue
		}
		if len(b) > 0 {
			b = append(b, '-')
		}
		for k := 0; k < len(w); k++ {
			if c := w[k]; c != '.' && c != '\'' && c != ' ' {
				b = append(b, c)
			}
		}
	}
	f.buf = b
	return stemma.ActorID(b)
}

// moreNames is names that the dictionaries of 2014 lack or spell otherwise.
var moreNames = map[string]string{
	"kyiv": "UKR", "u.s": "USA", "u.k.": "GBR", "u.k": "GBR", "u.n": "IGOUNO", "e.u.": "IGOEUREEC", "europe": "EUR", "european": "EUR",
	"americans": "USA", "europeans": "EUR", "eswatini": "SWZ", "czechia": "CZE", "türkiye": "TUR", "turkiye": "TUR",
	"european community": "IGOEUREEC", "european economic community": "IGOEUREEC", "common market": "IGOEUREEC", "european common market": "IGOEUREEC", "ec": "IGOEUREEC", "organization of african unity": "IGOAFR",
	"osce": "IGOEURSEC", "au": "IGOAFR", "african union": "IGOAFR", "g7": "IGO", "g8": "IGO", "g20": "IGO", "brics": "IGO", "apec": "IGOASA",
	"asia-pacific economic cooperation": "IGOASA", "asia pacific economic cooperation": "IGOASA", "wto": "IGOBUS", "gcc": "IGOMEA",
	"gulf cooperation council": "IGOMEA", "oecd": "IGOBUS", "commonwealth": "IGO", "international criminal court": "IGOJUDICC",
	"state department": "USAGOV", "downing street": "GBRGOV", "house of commons": "GBRLEG", "élysée": "FRAGOV", "elysee": "FRAGOV",
	"isis": "IMGREB", "ira": "GBRREB", "unita": "AGOREB", "azeri": "AZE", "bosniak": "BIH", "chechen": "RUS", "english": "GBR", "icelandic": "ISL",
	"kampuchean": "KHM", "kampuchea": "KHM", "kazakh": "KAZ", "nepali": "NPL", "serb": "SRB", "slovenian": "SVN", "swedish": "SWE", "tibetan": "CHN",
	"scottish": "GBR", "kurdish": "KRD", "kurd": "KRD", "naypyidaw": "MMR", "east timor": "TLS", "brussels": "BEL", "hague": "NLD", "khartoum": "SDN", "african": "AFR", "africa": "AFR", "arab": "ARB", "asia": "ASA",
}

// countryName returns the identifier of the country with the code: "russia".
func countryName(code string) string {
	if id, ok := countryIDs[code]; ok {
		return id
	}
	return strings.ReplaceAll(strings.ReplaceAll(countryTable().Find(code), " ", "-"), "'", "")
}

// countryIDs is the countries that the dictionary calls by another name than
// reports do, or lacks.
var countryIDs = map[string]string{
	"USA": "united-states", "RUS": "russia", "UKR": "ukraine", "IRQ": "iraq", "BLR": "belarus", "GEO": "georgia",
	"ARM": "armenia", "AZE": "azerbaijan", "KAZ": "kazakhstan", "UZB": "uzbekistan", "TKM": "turkmenistan", "TJK": "tajikistan",
	"KGZ": "kyrgyzstan", "EST": "estonia", "LVA": "latvia", "LTU": "lithuania", "MDA": "moldova", "SRB": "serbia",
	"BIH": "bosnia-and-herzegovina", "HRV": "croatia", "SVN": "slovenia", "MKD": "north-macedonia", "MNE": "montenegro", "KSV": "kosovo",
	"ERI": "eritrea", "SSD": "south-sudan", "TLS": "east-timor", "ZAF": "south-africa", "TZA": "tanzania", "MDG": "madagascar",
	"CZE": "czechia", "COD": "dr-congo", "EUR": "europe", "BHS": "bahamas", "KNT": "", "PSE": "palestine",
}
