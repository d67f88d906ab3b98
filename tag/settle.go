package tag

import (
	"slices"
	"strings"

	"stemma"
	"stemma/internal/feature"
	"stemma/internal/lexicon"
)

// A run is a name while it is found: tokens [first, end) of a sentence.
type run struct {
	sentence, first, end int
	kind                 stemma.ActorKind
}

// vote is what a document's names say about its words.
type vote struct {
	kinds    map[uint32][4]int           // by hash of a whole name: how often it was found, by number of kind
	surnames map[uint32]bool             // last words of persons' names of several words
	short    map[uint32]stemma.ActorKind // "Baltic Trade Council (BTC)" says what BTC is
}

var numbered = [4]stemma.ActorKind{stemma.Person, stemma.Organisation, stemma.Place, stemma.Nationality}

// settle mends the names of a document by rules of what names are like, and
// makes what is written alike in one document alike in kind:
//
//	hyphen    "Kim Min" + "-jun" is one person
//	charge    "Council" + "for the Protection of Birds" is one organisation
//	site      "the Nordby Stadium" is a place
//	state     "State of" + "Sundland" is one place
//	thing     "the Sandvik Treaty" and "KX9" are no organisations
//	acronym   "Anna Berg of NVK": an organisation
//	whose     "Norway's Defence Research Board" is a place and an organisation
//	of        "Anna Berg of Norsk Vind" is a person and an organisation
//	short     "Baltic Trade Council (BTC) … BTC": the same kind
//	surname   "Anna Berg … Berg": a person, not the place, unless "in Berg"
//	people    "the Afghan", "the Rohingya" are nationalities
//	given     "Gloria" is a person, unless "in Gloria"
//	lone      "the Sandvik", "in Sandvik": no person, if no full name or title is given;
//	          nor is a plural: "the Protestants"
//	dash      "Group G — Norway" ends at the dash
//	majority  "Sandvik" found twice as an organisation and once as a place
//	again     "Sandvik" found once and overlooked another time
//	known     "Norway" overlooked
func (w *work) settle(doc *stemma.Document, t *Tagger) {
	w.shapes(doc)
	v := &w.vote
	if v.kinds == nil {
		*v = vote{map[uint32][4]int{}, map[uint32]bool{}, map[uint32]stemma.ActorKind{}}
	}
	clear(v.kinds)
	clear(v.surnames)
	clear(v.short)
	for _, r := range w.runs {
		k := slices.Index(numbered[:], r.kind)
		if k < 0 || r.first == r.end {
			continue
		}
		h := w.hash(r.first, r.end)
		n := v.kinds[h]
		n[k]++
		v.kinds[h] = n
		if r.kind == stemma.Person && r.end-r.first > 1 && w.surname(r.end-1) {
			v.surnames[w.words[r.end-1].Hash] = true
		}
		if r.end-r.first > 2 && r.end+2 < len(doc.Tokens) && (doc.Tokens[r.end].Norm == "(" || doc.Tokens[r.end].Norm == "[") && w.words[r.end+1].Form&feature.Caps != 0 {
			v.short[w.words[r.end+1].Hash] = r.kind
		}
	}
	for i := range w.runs {
		r := &w.runs[i]
		if r.kind == stemma.Nationality || r.first == r.end {
			continue
		}
		one := r.end-r.first == 1
		h := w.hash(r.first, r.end)
		if kind, ok := v.short[h]; ok && one {
			r.kind = kind
			continue
		}
		e := w.words[r.first].Entry
		if one && v.surnames[h] && w.alone(r.first) {
			r.kind = stemma.Person
			continue
		}
		if one && e.Has(lexicon.Demonym) && (r.kind == stemma.Place && w.context.Seen(r.first)&feature.AfterPlace == 0 || r.kind == stemma.Person && w.lone(r.first)) {
			r.kind = stemma.Nationality
			continue
		}
		if one && r.kind == stemma.Place && e.Has(lexicon.Given) && !e.Has(lexicon.Country|lexicon.BigCity) && e.NounSense != lexicon.SenseLocation &&
			w.context.Seen(r.first)&feature.AfterPlace == 0 {
			r.kind = stemma.Person
			continue
		}
		if one && r.kind == stemma.Person && w.lone(r.first) {
			switch seen := w.context.Seen(r.first); {
			case e.Has(lexicon.Plural):
				r.kind = other
				continue
			case seen&feature.AfterPlace != 0:
				r.kind = stemma.Place
				continue
			case seen&feature.AfterArticle != 0:
				r.kind = stemma.Organisation
				continue
			}
		}
		if r.kind != stemma.Person && r.end-r.first == 2 && v.surnames[w.words[r.end-1].Hash] && e.Has(lexicon.Given) && !e.Has(lexicon.City|lexicon.Country) {
			r.kind = stemma.Person
			continue
		}
		n := v.kinds[h]
		if k := slices.Index(numbered[:], r.kind); k >= 0 {
			for j := range 3 {
				if n[j] > n[k] {
					k = j
				}
			}
			r.kind = numbered[k]
		}
	}
	w.again(doc, t)
}

// surname reports whether the word at i, the last of a person's name, may be
// taken for a surname where it stands alone: not "Polaroids" of "Warhol
// Polaroids", when the document has "the Polaroids" and no sign of a person.
func (w *work) surname(i int) bool {
	const person = feature.AfterTitle | feature.AfterGiven
	seen := w.context.Seen(i)
	return seen&feature.AfterArticle == 0 || seen&person != 0
}

// alone reports whether the word at i, a surname of the document, means the
// person also where it stands alone, though it may be a city's name.
func (w *work) alone(i int) bool {
	e := w.words[i].Entry
	return !e.Has(lexicon.Country|lexicon.Demonym) && (!e.Has(lexicon.BigCity) || w.context.Seen(i)&feature.AfterPlace == 0)
}

func (w *work) hash(first, end int) uint32 {
	h := w.words[first].Hash
	for _, x := range w.words[first+1 : end] {
		h = h*16777619 ^ x.Hash
	}
	return h
}

// shapes applies the rules that look at one name alone.
func (w *work) shapes(doc *stemma.Document) {
	var extra []run
	floor, sentence := 0, -1
	for i := range w.runs {
		r := &w.runs[i]
		if r.sentence != sentence {
			sentence, floor = r.sentence, doc.Sentences[r.sentence].FirstToken
		}
		if r.first == r.end {
			continue // a part of the name before
		}
		limit := doc.Sentences[r.sentence].EndToken
		if i+1 < len(w.runs) {
			limit = min(limit, w.runs[i+1].first)
		}
		for r.end+1 < limit && doc.Tokens[r.end].Norm == "-" {
			hyphen, next := &w.words[r.end], &w.words[r.end+1]
			if hyphen.Form&feature.Glued == 0 || next.Form&feature.Glued == 0 || next.Form&feature.Letters == 0 {
				break
			}
			if next.Form&feature.Capital == 0 && r.kind != stemma.Person && w.romanised(doc, r.first, r.end, limit) {
				r.kind = stemma.Person
			}
			if next.Form&feature.Capital == 0 && (r.kind != stemma.Person || !given(&w.words[r.end-1], next, doc.Tokens[r.end+1].Norm)) {
				break // "Geneva-based", "Lindqvist-era"
			}
			r.end += 2
		}
		for k := r.first + 1; k < r.end; k++ {
			if doc.Tokens[k].Norm == "-" && w.words[k].Form&feature.Glued == 0 {
				r.end = k
			}
		}
		if r.kind == stemma.Person {
			for r.first < r.end-1 && w.words[r.first].Entry.Has(lexicon.Title) {
				r.first++
			}
			if r.end-r.first > 2 && w.words[r.end-1].Entry.Has(lexicon.Time) && !w.words[r.end-1].Entry.Has(lexicon.Given|lexicon.Surname) {
				r.end--
			}
		}
		if r.kind == stemma.Person {
			for k := r.first + 1; k+1 < r.end; k++ {
				if doc.Tokens[k].Norm != "of" {
					continue
				}
				kind := stemma.Organisation
				if w.words[k+1].Entry.Has(lexicon.City|lexicon.Country) && r.end-k == 2 {
					kind = stemma.Place
				}
				extra = append(extra, run{r.sentence, k + 1, r.end, kind})
				r.end = k
				break
			}
		}
		if r.kind == stemma.Organisation {
			if k := w.member(doc, r.first, r.end); k > 0 {
				extra = append(extra, run{r.sentence, r.first, k, stemma.Person})
				r.first = k + 1
			}
		}
		if r.kind == stemma.Organisation || r.kind == stemma.Place {
			if k := w.owner(doc, r.first, r.end); k > 0 {
				extra = append(extra, run{r.sentence, r.first, k, stemma.Place})
				r.first = k + 1
			}
		}
		if r.kind == stemma.Place && r.first-2 >= floor && doc.Tokens[r.first-1].Norm == "of" && slices.Contains(states, doc.Tokens[r.first-2].Norm) && w.words[r.first-2].Form&feature.Capital != 0 {
			r.first -= 2
		}
		floor = r.end
		if r.kind == stemma.Organisation && slices.Contains(bodies, doc.Tokens[r.end-1].Norm) {
			r.end = w.charge(doc, r.end, doc.Sentences[r.sentence].EndToken)
			for k := i + 1; k < len(w.runs) && w.runs[k].first < r.end; k++ { // "Visual Arts" of "Foundation for the Visual Arts"
				r.end = max(r.end, w.runs[k].end)
				w.runs[k].first, w.runs[k].end = r.end, r.end
			}
		}
		if r.kind == stemma.Organisation && w.thing(doc, r.first, r.end) {
			r.kind = other
		}
		if r.kind == stemma.Person && r.end+1 < limit && doc.Tokens[r.end].Norm == "of" && w.words[r.end+1].Form&(feature.Caps|feature.Digits) == feature.Caps &&
			!w.words[r.end+1].Entry.Has(lexicon.Country|lexicon.City) && (r.end+2 >= limit || w.words[r.end+2].Form&feature.Capital == 0 || w.words[r.end+2].Form&feature.First != 0) {
			extra = append(extra, run{r.sentence, r.end + 1, r.end + 2, stemma.Organisation})
		}
		if r.kind == stemma.Organisation && r.end-r.first > 1 && slices.Contains(sites, doc.Tokens[r.end-1].Norm) {
			r.kind = stemma.Place
		}
		for r.first < r.end && doc.Tokens[r.first].Norm == "the" {
			r.first++
		}
	}
	if extra != nil {
		w.runs = append(w.runs, extra...)
		slices.SortFunc(w.runs, func(a, b run) int { return a.first - b.first })
	}
}

// lone reports whether the word at i is in no way known to be a person's name: it
// is no surname of the document, stands after no title or given name anywhere,
// and is in no list of names. News gives a person's full name or title first.
func (w *work) lone(i int) bool {
	x := &w.words[i]
	return !w.vote.surnames[x.Hash] && !x.Entry.Has(lexicon.Given|lexicon.Surname) && w.context.Seen(i)&(feature.AfterTitle|feature.AfterGiven) == 0
}

// sites are words that end names of what is built or lies somewhere: "the
// Nordby Stadium" is a place, also where it looks like an organisation.
var sites = []string{"airport", "arena", "avenue", "base", "basilica", "bay", "beach", "boulevard", "bridge", "canal", "castle", "cathedral", "cave", "dam", "desert",
	"fortress", "harbor", "harbour", "highway", "hotel", "island", "islands", "lake", "monastery", "mosque", "mountain", "mountains", "palace", "park",
	"peninsula", "plaza", "prison", "river", "road", "square", "stadium", "station", "strait", "street", "synagogue", "temple", "terminal", "tower", "towers",
	"valley", "zoo"}

// things are words that end names of no organisation: "the Sandvik Agreement".
var things = []string{"act", "agreement", "award", "bill", "championship", "championships", "collection", "collections", "cup", "games", "law", "manifesto", "memorandum",
	"plan", "prize", "protocol", "report", "series", "shuttle", "study", "summit", "survey", "treaty", "war"}

// thing reports whether what was taken for an organisation is named like
// something else: a treaty, or a product, road or weapon, whose name of one word
// ends in a number.
func (w *work) thing(doc *stemma.Document, first, end int) bool {
	norm := doc.Tokens[end-1].Norm
	if end-first > 1 {
		return slices.Contains(things, norm)
	}
	c := norm[len(norm)-1]
	return c >= '0' && c <= '9' && !w.words[first].Entry.Has(lexicon.OrgName)
}

// states are words that go with "of" before a place's name.
var states = []string{"city", "commonwealth", "county", "district", "gulf", "isle", "kingdom", "municipality", "province", "region", "republic", "state", "strait", "town"}

// known returns how many tokens from i on are the name of a country or great
// city that is no other word and stands alone or before an office: "US President
// Anna Berg"; 0 if they are none.
func (w *work) known(doc *stemma.Document, i, first, end int) int {
	if i > first && (w.words[i-1].Form&feature.Capital != 0 && w.words[i-1].Form&feature.First == 0 || doc.Tokens[i-1].Norm == "-" && w.words[i].Form&feature.Glued != 0) {
		return 0
	}
	size := 0
	for k, h := i, uint32(0); k < end && k < i+3 && w.words[k].Form&feature.Capital != 0; k++ {
		norm := doc.Tokens[k].Norm
		if w.words[k].Form&feature.Caps != 0 && strings.Contains(norm, ".") {
			norm = strings.ReplaceAll(norm, ".", "") // "U.S."
		}
		h = lexicon.Hash(h, norm)
		switch e := lexicon.Of(h); {
		case e.Has(lexicon.Country) && e.NounSense == lexicon.SenseLocation,
			e.Has(lexicon.Country|lexicon.BigCity) && !e.Has(lexicon.Given|lexicon.Surname|lexicon.Lower),
			k == i && w.words[k].Form&feature.Caps != 0 && e.Has(lexicon.City) && e.NounSense == lexicon.SenseLocation: // "US"
			size = k + 1 - i
		}
	}
	if k := i + size; size > 0 && k < end && w.words[k].Form&feature.Capital != 0 && !w.words[k].Entry.Has(lexicon.Title) {
		return 0
	}
	return size
}

// bodies are words that end the names of what is set up for something.
var bodies = []string{"agency", "alliance", "association", "authority", "board", "bureau", "campaign", "center", "centre", "coalition", "college", "commission",
	"committee", "council", "court", "department", "directorate", "federation", "forum", "foundation", "front", "fund", "initiative", "institute", "mission", "movement",
	"ministry", "office", "organisation", "organization", "party", "secretariat", "society", "tribunal", "union"}

// charge returns the end of an organisation's name that ends at end, or goes on
// to say what it is for: "Council for the Protection of Animals".
func (w *work) charge(doc *stemma.Document, end, limit int) int {
	k := end
	if k+1 >= limit || doc.Tokens[k].Norm != "for" && doc.Tokens[k].Norm != "of" {
		return end
	}
	if k++; doc.Tokens[k].Norm == "the" {
		k++
	}
	start := k
	for k < limit && k < start+8 && w.words[k].Form&feature.Capital != 0 && !w.words[k].Entry.Has(lexicon.Time|lexicon.Given) {
		k++
	}
	if k == start || k < limit && w.words[k].Form&feature.Glued != 0 && doc.Tokens[k].Norm == "'s" {
		return end
	}
	if k+1 < limit && doc.Tokens[k].Norm == "and" && w.words[k+1].Form&feature.Capital != 0 && !w.words[k+1].Entry.Has(lexicon.Given|lexicon.Country|lexicon.City) {
		k += 2
	}
	return k
}

// romanised reports whether the run [first, end), which a hyphen and a word in
// lower case follow, reads like a name with a given name of two syllables: "Seo
// Chun-yu", where the second is short, no word, and the last.
func (w *work) romanised(doc *stemma.Document, first, end, limit int) bool {
	next := &w.words[end+1]
	return end-first == 2 && w.words[end-1].Size <= 5 && next.Size <= 5 && !next.Entry.Has(lexicon.Lower) && (end+2 >= limit || doc.Tokens[end+2].Norm != "-")
}

// given reports whether next, in lower case, is the second half of a given name
// whose first half is w: "Min" + "jun". If it is a word of its own, both must be
// short, and it must be none that follows names.
func given(w, next *feature.Word, norm string) bool {
	if !next.Entry.Has(lexicon.Lower) {
		return true
	}
	return w.Size <= 5 && next.Size <= 5 && !slices.Contains(followers, norm)
}

var followers = []string{"based", "born", "led", "era", "style", "like", "owned", "run", "free", "wide", "only", "made"}

// member returns where the "of" stands in what was taken for an organisation but
// begins with a person's name: "Maria Berg of Norsk Vind"; 0 if it does not.
func (w *work) member(doc *stemma.Document, first, end int) int {
	if !w.words[first].Entry.Has(lexicon.Given) {
		return 0
	}
	for k := first; k+1 < end; k++ {
		if doc.Tokens[k].Norm == "of" && k > first+1 {
			return k
		}
		if e := w.words[k].Entry; e.Has(lexicon.Org) && !e.Has(lexicon.Surname) {
			return 0
		}
	}
	return 0
}

// owner returns where the "'s" stands in the name [first, end) that begins with
// a country or city and its "'s"; 0 if it does not.
func (w *work) owner(doc *stemma.Document, first, end int) int {
	h := uint32(0)
	for k := first; k+1 < end; k++ {
		if norm := doc.Tokens[k].Norm; norm == "'s" {
			if lexicon.Of(h).Has(lexicon.Country | lexicon.City) {
				return k
			}
			return 0
		}
		h = lexicon.Hash(h, doc.Tokens[k].Norm)
	}
	return 0
}

// again adds names of one word, and surnames, where they were overlooked.
func (w *work) again(doc *stemma.Document, t *Tagger) {
	v := &w.vote
	n, at := len(w.runs), 0
	for si, s := range doc.Sentences {
		for i := s.FirstToken; i < s.EndToken; i++ {
			for at < n && w.runs[at].end <= i {
				at++
			}
			x := &w.words[i]
			if x.Form&feature.Capital == 0 || at < n && w.runs[at].first <= i {
				continue
			}
			if size := w.known(doc, i, s.FirstToken, s.EndToken); size > 0 && (at == n || w.runs[at].first >= i+size) {
				w.runs = append(w.runs, run{si, i, i + size, stemma.Place})
				i += size - 1
				continue
			}
			if x.Size < 3 || !t.nouns[w.pos[i]] {
				continue
			}
			kind := stemma.ActorKind("")
			switch c := v.kinds[x.Hash]; {
			case v.short[x.Hash] != "":
				kind = v.short[x.Hash]
			case v.surnames[x.Hash] && w.alone(i):
				kind = stemma.Person
			case c != [4]int{}:
				k := 0
				for j := range c {
					if c[j] > c[k] {
						k = j
					}
				}
				kind = numbered[k]
			default:
				continue
			}
			if i > s.FirstToken && w.words[i-1].Form&feature.Capital != 0 && w.words[i-1].Form&feature.First == 0 ||
				i+1 < s.EndToken && w.words[i+1].Form&feature.Capital != 0 {
				continue // within a longer run of capitals that was taken for something else
			}
			w.runs = append(w.runs, run{si, i, i + 1, kind})
		}
	}
	if len(w.runs) > n {
		slices.SortFunc(w.runs, func(a, b run) int { return a.first - b.first })
	}
}
