package collate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
	"stemma/internal/vector"
	"stemma/internal/words"
)

// A lexicon numbers the words of one collation, so that words are compared as
// numbers and each is looked up in the tables once.
type lexicon struct {
	byNorm  map[string]int32
	entries []entry
	keys    map[string]int32
	same    map[string]string // regularisation: a norm that a person declared the same as another
	sims    []remembered      // relations found lately, by the numbers of the two words
	space   arena             // of the alignment of words that is going on
}

// An entry is what the tables say of one word form.
type entry struct {
	norm   string
	key    int32 // equal for forms that are spellings of one word
	class  words.Class
	lclass words.Class // classes of its lemmas
	// american is its American spelling; empty until it is asked for.
	american string
	lemma    string
	lemmas   []string
	senses   []words.Sense
	looked   bool // lclass, senses and vec are filled
	vec      vector.ID
	stem     int32   // 1 + the key that its inflected forms share; 0 until it is asked for
	up       []int32 // synsets above its commonest senses
	hasUp    bool
	anti     []string // its opposites
	hasAnti  bool
	punct    bool
	quote    bool
	digit    bool
	numeral  bool // a number may start with it
	grouped  bool // it, or its lemma, is among the small words that stand for each other
	place    string
	adj      bool // the adjective or people of place
	skel     string
	hasSkel  bool
	seen     int // tokens of the collation with this form
	within   int // of them, with a capital and not first in their sentence
	small    int // of them, without a capital
}

// A remembered relation. A slot holds one pair of words; the next pair that
// falls there takes its place.
type remembered struct {
	pair uint64 // 0: none
	rel  relation
}

// newLexicon makes a lexicon for texts of that many tokens together.
func newLexicon(same map[string]string, tokens int) *lexicon {
	const least, most = 1 << 8, 1 << 17 // slots
	slots := least
	for slots < most && slots < 4*tokens {
		slots *= 2
	}
	kinds := tokens/2 + 16 // words that differ: about half as many in short reports
	return &lexicon{
		byNorm: make(map[string]int32, kinds), keys: make(map[string]int32, kinds), entries: make([]entry, 0, kinds),
		sims: make([]remembered, slots), same: same,
	}
}

// contractions are clitics and their full words.
var contractions = map[string]string{
	"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "ca": "can", "wo": "will", "sha": "shall", "an": "a",
}

// decades are written in words or in figures.
var decades = map[string]string{
	"twenties": "20s", "thirties": "30s", "forties": "40s", "fifties": "50s", "sixties": "60s", "seventies": "70s", "eighties": "80s", "nineties": "90s",
}

func (lx *lexicon) id(norm string) int32 {
	if id, ok := lx.byNorm[norm]; ok {
		return id
	}
	id := int32(len(lx.entries))
	lx.byNorm[norm] = id
	e := entry{norm: norm}
	r, _ := utf8.DecodeRuneInString(norm)
	letters := strings.ContainsFunc(norm, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	e.punct = !letters && norm != "%" && norm != "$" && norm != "€" && norm != "£"
	e.quote = isQuote(norm)
	e.digit = unicode.IsDigit(r)
	e.numeral = words.NumberStart(norm)
	key := norm
	if !e.punct {
		e.class = words.ClassOf(norm)
		e.place, e.adj = words.Place(norm)
		switch {
		case contractions[norm] != "":
			key = contractions[norm]
		case decades[norm] != "":
			key = decades[norm]
		case lx.same[norm] != "":
			key = lx.same[norm]
		case e.place != "" && !e.adj:
			key = e.place
		default:
			e.american = words.American(norm)
			key = e.american
			if c := lx.same[key]; c != "" {
				key = c
			}
		}
	} else if strings.Trim(norm, "–—-") == "" {
		key = "-"
	} else if norm == "…" || norm == "..." {
		key = "..."
	}
	e.key = lx.keyOf(key)
	lx.entries = append(lx.entries, e)
	return id
}

// keyOf numbers the words that others are spellings or forms of.
func (lx *lexicon) keyOf(word string) int32 {
	k, ok := lx.keys[word]
	if !ok {
		k = int32(len(lx.keys))
		lx.keys[word] = k
	}
	return k
}

// lemmatise fills the lemmas of a word.
func (lx *lexicon) lemmatise(id int32) *entry {
	e := &lx.entries[id]
	if e.lemma != "" {
		return e
	}
	if e.american == "" {
		e.american = words.American(e.norm)
	}
	e.lemmas = words.Lemmas(e.american)
	if e.american != e.norm {
		e.lemmas = append(e.lemmas, e.american)
	}
	for i, l := range e.lemmas {
		if l != e.american {
			e.lemmas[i] = words.American(l)
		}
	}
	// The shortest lemma of an inflected form is the likeliest.
	e.lemma = e.lemmas[0]
	switch e.norm {
	case "%":
		e.lemma = "percent"
	case "$":
		e.lemma = "dollar"
	case "€":
		e.lemma = "euro"
	}
	if e.lemma != e.lemmas[0] {
		e.lemmas = append(e.lemmas, e.lemma)
	}
	return e
}

// look fills what needs the largest tables; only words that differ ask for it.
func (lx *lexicon) look(id int32) *entry {
	e := &lx.entries[id]
	if e.looked {
		return e
	}
	e = lx.lemmatise(id)
	e.looked = true
	e.grouped = words.Alike(e.lemma, e.lemma) || words.Alike(e.norm, e.norm)
	for _, l := range e.lemmas {
		e.lclass |= words.ClassOf(l)
		e.senses = append(e.senses, words.Senses(l)...)
	}
	if len(e.senses) == 0 && e.small > 0 {
		e.senses = hyphened(e.lemma)
	}
	e.vec = vector.Word(e.norm)
	if !e.vec.HasVector() {
		e.vec = vector.Word(e.lemma)
	}
	return e
}

// hyphened returns the senses of a compound that the tables have with a hyphen:
// "ceasefire".
func hyphened(word string) []words.Sense {
	const least, most = 7, 16 // letters
	if len(word) < least || len(word) > most {
		return nil
	}
	for i := 3; i <= len(word)-3; i++ {
		if s := words.Senses(word[:i] + "-" + word[i:]); len(s) > 0 {
			return s
		}
	}
	return nil
}

// few is how many of its commonest senses a word is held to be near to others
// by: neighbours of rarer ones are chance.
const few = 3

func (lx *lexicon) hypernyms(e *entry) []int32 {
	if !e.hasUp {
		e.hasUp = true
		for i, s := range e.senses {
			if i >= few {
				break
			}
			e.up = append(e.up, words.Hypernyms(s.Synset)...)
		}
	}
	return e.up
}

func (lx *lexicon) opposites(e *entry) []string {
	if !e.hasAnti {
		e.hasAnti = true
		e.anti = words.Opposites(e.lemma)
		if e.norm != e.lemma {
			e.anti = append(e.anti, words.Opposites(e.norm)...)
		}
	}
	return e.anti
}

// areOpposite reports whether a and b, or their lemmas, are opposites.
func (lx *lexicon) areOpposite(a, b *entry) bool {
	for _, x := range [2][2]*entry{{a, b}, {b, a}} {
		for _, o := range lx.opposites(x[0]) {
			if o == x[1].norm || o == x[1].lemma {
				return true
			}
		}
	}
	return false
}

// skeleton returns a form of a name that its transliterations share:
// "Zelensky", "Zelenskyy" and "Zelenskiy" are all "zelenski".
func (lx *lexicon) skeleton(id int32) string {
	e := &lx.entries[id]
	if e.hasSkel {
		return e.skel
	}
	e.hasSkel = true
	e.skel = skeleton(e.norm)
	return e.skel
}

var skeletonParts = strings.NewReplacer(
	"sch", "s", "sh", "s", "kh", "h", "gh", "g", "zh", "j", "ph", "f", "th", "t", "tz", "z", "ts", "z", "ck", "k", "dh", "d",
	"ou", "o", "oo", "o", "aa", "a", "ee", "i", "ii", "i", "iy", "i", "yy", "i", "yi", "i", "ij", "i", "ay", "a", "ai", "a", "ei", "a", "ey", "a",
	"'", "", "’", "", "-", "",
	"c", "k", "q", "k", "y", "i", "w", "v", "u", "o", "e", "a",
	"á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "é", "a", "è", "a", "ê", "a", "ë", "a", "ě", "a", "í", "i", "ì", "i", "î", "i", "ï", "i", "ı", "i",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ú", "o", "ù", "o", "û", "o", "ü", "o", "ñ", "n", "ń", "n", "ç", "k", "č", "k", "ć", "k",
	"š", "s", "ś", "s", "ş", "s", "ž", "z", "ź", "z", "ż", "z", "ł", "l", "ý", "i", "ř", "r", "ğ", "g",
)

func skeleton(norm string) string {
	s := skeletonParts.Replace(norm)
	var b []byte
	for i := range len(s) {
		if len(b) > 0 && b[len(b)-1] == s[i] {
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// A word is a token as collation sees it.
type word struct {
	id     int32
	key    int32
	quote  int32 // number of the quotation it stands in, counted from 1; 0 outside
	capped bool  // starts with a capital letter
	first  bool  // first word of its sentence or quotation: its capital says nothing
	w      float32
}

// A text is a Document prepared for collation.
type text struct {
	doc    *stemma.Document
	words  []word
	quotes []quotation
	sents  []sentence
	dates  []dateSpan
}

func prepare(lx *lexicon, doc *stemma.Document) *text {
	t := &text{doc: doc, words: make([]word, len(doc.Tokens))}
	src := doc.Report.Text
	for i, tok := range doc.Tokens {
		id := lx.id(tok.Norm)
		e := &lx.entries[id]
		e.seen++
		r, _ := utf8.DecodeRuneInString(src[tok.Start:tok.End])
		t.words[i] = word{id: id, key: e.key, capped: unicode.IsUpper(r), w: e.weight()}
	}
	t.findQuotes(lx)
	for _, s := range doc.Sentences {
		first := true
		for i := s.FirstToken; i < s.EndToken; i++ {
			e := &lx.entries[t.words[i].id]
			if e.punct {
				first = first || e.quote
				continue
			}
			t.words[i].first = first
			switch {
			case !t.words[i].capped:
				e.small++
			case !first:
				e.within++
			}
			first = false
		}
	}
	t.dates = findDates(lx, t)
	t.sents = make([]sentence, len(doc.Sentences))
	for i := range t.sents {
		t.sents[i] = newSentence(lx, t, i)
	}
	return t
}

// weight is how much a word counts in likeness: content words before function
// words before punctuation, as CollateX's users ask (interedition/collatex
// issues 58 and 66).
func (e *entry) weight() float32 {
	switch {
	case e.punct:
		return 0.06
	case e.class.Is(words.Negation | words.Quantifier | words.Certainty | words.Modal):
		return 0.5
	case e.class.Is(words.Function):
		return 0.25
	case e.class.Is(words.Light | words.CueSay):
		return 0.7
	}
	return 1
}

func (e *entry) function() bool {
	return e.punct || e.class.Is(words.Function) && !e.class.Is(words.TimeWord)
}

// name reports whether the word at i is, or is part of, a proper name, as far
// as spelling shows.
func (t *text) name(lx *lexicon, i int) bool {
	w := t.words[i]
	e := &lx.entries[w.id]
	if e.punct || e.digit || !w.capped {
		return false
	}
	if e.class.Is(words.Month | words.Weekday) {
		return false
	}
	if e.place != "" {
		return true
	}
	if e.class.Is(words.Function|words.Negation|words.Quantifier) || e.class.Is(words.Title) {
		return false
	}
	if t.headline(i) {
		return len(lx.look(w.id).senses) == 0
	}
	return !w.first || e.within > 0 && e.small == 0 || len(lx.look(w.id).senses) == 0
}

// headline reports whether token i stands in a line set in capitals at the
// start of most words.
func (t *text) headline(i int) bool {
	s := t.doc.SentenceOf(t.doc.Tokens[i].Start)
	return s >= 0 && s < len(t.sents) && t.sents[s].titled
}
