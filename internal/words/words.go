// Package words holds tables of English words that several steps share:
// spelling variants, inflections, senses (synonyms, kinds of noun and verb),
// classes of function words, forms of the names of places, and numbers.
//
// All words are given and returned in lower case, as in [stemma.Token.Norm].
// The large tables are sorted text, searched where they stand, so that a
// program that does not use them pays nothing for them. Package words/gen
// makes them; the head of each says where it comes from and under what licence.
package words

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"stemma/internal/sorted"
)

//go:embed data/variants.txt
var variantsText string

//go:embed data/inflections.txt
var inflectionsText string

//go:embed data/senses.txt
var sensesText string

//go:embed data/hypernyms.txt
var hypernymsText string

//go:embed data/antonyms.txt
var antonymsText string

//go:embed data/opposites.txt
var oppositesText string

//go:embed data/classes.txt
var classesText string

//go:embed data/places.txt
var placesText string

//go:embed data/alike.txt
var alikeText string

//go:embed data/numbers.txt
var numbersText string

var (
	variants    = sync.OnceValue(func() *sorted.Table { return sorted.NewSparse(variantsText) })
	inflections = sync.OnceValue(func() *sorted.Table { return sorted.New(inflectionsText) })
	senses      = sync.OnceValue(func() *sorted.Table { return sorted.New(sensesText) })
	hypernyms   = sync.OnceValue(func() *sorted.Table { return sorted.New(hypernymsText) })
	antonyms    = sync.OnceValue(func() *sorted.Table { return sorted.New(antonymsText) })
)

// American returns the American spelling of w, or w itself if it has no other:
// "travelled" gives "traveled".
func American(w string) string {
	if a := variants().Find(w); a != "" {
		return a
	}
	return w
}

// Lemmas returns the words that w may be an inflected form of, shortest first;
// w itself where it is known as a word of its own, or where nothing is known.
func Lemmas(w string) []string {
	var out []string
	if s := inflections().Find(w); s != "" {
		out = strings.Fields(s)
	}
	if len(out) == 0 || senses().Find(w) != "" {
		out = append(out, w)
	}
	return out
}

// Lemma returns the likeliest of Lemmas: that of an inflected form if w is
// one, else w.
func Lemma(w string) string {
	s := inflections().Find(w)
	if s == "" {
		return w
	}
	first, _, _ := strings.Cut(s, " ")
	return first
}

// A Sense is one meaning of a word: a synset of WordNet.
type Sense struct {
	POS    byte  // 'n', 'v', 'a' or 'r'
	File   uint8 // lexicographer's file: the field of meaning, one of the constants below
	Synset int32
}

// Fields of meaning: the lexicographer's files of WordNet that are asked for.
const (
	NounAct           = 4
	NounCommunication = 10
	NounGroup         = 14
	NounPerson        = 18
	VerbChange        = 30
	VerbCommunication = 32
	VerbMotion        = 38
	VerbPossession    = 40
	VerbStative       = 42
)

// Senses returns the commonest senses of the lemma w, commonest first.
func Senses(w string) []Sense {
	line := senses().Find(w)
	if line == "" {
		return nil
	}
	out := make([]Sense, 0, 6)
	for f := range strings.FieldsSeq(line) {
		file, id, _ := strings.Cut(f[1:], ":")
		n, _ := strconv.Atoi(file)
		s, _ := strconv.ParseInt(id, 36, 32)
		out = append(out, Sense{f[0], uint8(n), int32(s)})
	}
	return out
}

// Hypernyms returns the synsets directly above synset: a kind of what it is.
func Hypernyms(synset int32) []int32 {
	line := hypernyms().Find(strconv.FormatInt(int64(synset), 36))
	var out []int32
	for f := range strings.FieldsSeq(line) {
		n, _ := strconv.ParseInt(f, 36, 32)
		out = append(out, int32(n))
	}
	return out
}

type opposed struct{ line, side int }

var opposing = sync.OnceValue(func() [][2][]string {
	var out [][2][]string
	lines(oppositesText, func(line, _ string) {
		left, right, _ := strings.Cut(line, " / ")
		out = append(out, [2][]string{strings.Fields(left), strings.Fields(right)})
	})
	return out
})

var opposites = sync.OnceValue(func() map[string][]opposed {
	m := map[string][]opposed{}
	for n, sides := range opposing() {
		for side, group := range sides {
			for _, w := range group {
				m[w] = append(m[w], opposed{n, side})
			}
		}
	}
	return m
})

// Opposites returns the words that deny the lemma w: "reject" for "accept".
func Opposites(w string) []string {
	var out []string
	for _, x := range opposites()[w] {
		out = append(out, opposing()[x.line][1-x.side]...)
	}
	for x := range strings.FieldsSeq(antonyms().Find(w)) {
		out = append(out, x)
	}
	return out
}

// A Class is a set of classes of words; see data/classes.txt.
type Class uint64

// The classes of data/classes.txt, in the order of classNames.
const (
	Negation Class = 1 << iota
	NegVerb
	Modal
	Certainty
	Quantifier
	Determiner
	Pronoun
	Preposition
	Conjunction
	Auxiliary
	Adverb
	Clitic
	Month
	Weekday
	TimeWord
	Title
	CueSay
	CueWeak
	CueStrong
	CueDeny
	CueAdmit
	CueAsk
	Giving
	Receiving
	Starting
	Stopping
	Keeping
	Phase
	Light
	Discourse
	General
)

// Function is the union of the classes of words that carry grammar rather
// than matter.
const Function = Determiner | Pronoun | Preposition | Conjunction | Auxiliary | Clitic | Modal | Adverb

// Cue is the union of the classes of verbs that introduce what somebody says.
const Cue = CueSay | CueWeak | CueStrong | CueDeny | CueAdmit | CueAsk

var classNames = []string{
	"negation", "negverb", "modal", "certainty", "quantifier", "determiner", "pronoun", "preposition", "conjunction",
	"auxiliary", "adverb", "clitic", "month", "weekday", "timeword", "title", "cue-say", "cue-weak", "cue-strong",
	"cue-deny", "cue-admit", "cue-ask", "giving", "receiving", "starting", "stopping", "keeping", "phase", "light",
	"discourse", "general",
}

// lines yields the lines of table that are not its head.
func lines(table string, f func(key, value string)) {
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, "\t")
		f(key, value)
	}
}

var classes = sync.OnceValue(func() map[string]Class {
	bit := map[string]Class{}
	for i, name := range classNames {
		bit[name] = 1 << i
	}
	m := map[string]Class{}
	lines(classesText, func(name, members string) {
		for w := range strings.FieldsSeq(members) {
			m[w] |= bit[name]
		}
	})
	return m
})

// ClassOf returns the classes that the very form w is listed under. For
// classes of verbs ask for the lemma.
func ClassOf(w string) Class { return classes()[w] }

// Is reports whether c has one of the classes of d.
func (c Class) Is(d Class) bool { return c&d != 0 }

var alike = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	n := 0
	lines(alikeText, func(group, _ string) {
		for w := range strings.FieldsSeq(group) {
			m[w] = append(m[w], n)
		}
		n++
	})
	return m
})

// Alike reports whether the small words a and b may stand for each other:
// "but" and "however", "after" and "following".
func Alike(a, b string) bool {
	for _, x := range alike()[a] {
		for _, y := range alike()[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}

type placeForm struct {
	name string
	adj  bool
}

var places = sync.OnceValue(func() map[string]placeForm {
	m := map[string]placeForm{}
	lines(placesText, func(name, forms string) {
		names, adjectives, _ := strings.Cut(forms, "|")
		m[name] = placeForm{name, false}
		for w := range strings.FieldsSeq(names) {
			m[strings.ReplaceAll(w, "-", " ")] = placeForm{name, false}
		}
		for w := range strings.FieldsSeq(adjectives) {
			m[strings.ReplaceAll(w, "-", " ")] = placeForm{name, true}
		}
	})
	return m
})

// Place returns the name that collation uses for the place that w names, or
// that w is the adjective or the people of: "kiev" gives "kyiv", "american"
// gives "united states" and true. It returns "" if w is in no table.
func Place(w string) (name string, adjective bool) {
	p := places()[w]
	return p.name, p.adj
}

var placeStarts = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for name := range places() {
		if first, _, ok := strings.Cut(name, " "); ok {
			m[first] = true
		}
	}
	return m
})

// PlaceStart reports whether the name of a place may start with w and go on:
// "united", "new".
func PlaceStart(w string) bool { return placeStarts()[w] }

var numbers = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	lines(numbersText, func(word, value string) { m[word] = value })
	return m
})

// NumberStart reports whether a number may start with w.
func NumberStart(w string) bool {
	return w == "a" || w == "an" || numbers()[w] != "" || strings.ContainsAny(w, "0123456789")
}

// Number reads the number that starts ws, as digits or as words: "twenty",
// "-", "five" is 25, "3.2", "million" is 3200000, "1,000" is 1000, "14th" is
// 14. It returns the value and how many words it took; 0 words if ws starts
// with no number. Lone "m" and "second" are not numbers here: they are too
// often something else.
func Number(ws []string) (value float64, n int) {
	total, part, some := 0.0, 0.0, false
	i := 0
loop:
	for i < len(ws) {
		w := ws[i]
		switch {
		case w == "-" && some && i+1 < len(ws) && isSmall(ws[i+1]) && part >= 20 && part < 100:
			i++
			continue
		case w == "and" && some && (part >= 100 || total > 0) && i+1 < len(ws) && isWordNumber(ws[i+1]):
			i++
			continue
		case (w == "a" || w == "an") && !some && i+1 < len(ws) && strings.HasPrefix(numbers()[ws[i+1]], "*") && len(ws[i+1]) > 2:
			part, some = 1, true
			i++
			continue
		}
		if v, ok := digits(w); ok {
			if some {
				break loop
			}
			part, some = v, true
			i++
			continue
		}
		v, ok := numbers()[w]
		switch {
		case !ok, w == "second" && !some, len(w) <= 2 && !some && v[0] == '*':
			break loop
		case v[0] == '*':
			f, _ := strconv.ParseFloat(v[1:], 64)
			if !some {
				part, some = 1, true
			}
			if f >= 1000 {
				total += part * f
				part = 0
			} else {
				part *= f
			}
		default:
			f, _ := strconv.ParseFloat(v, 64)
			switch {
			case some && part >= 20 && part < 100 && f < 10 && i > 0 && ws[i-1] != "and", some && part >= 100, some && part == 0 && total > 0:
				part += f
			case some:
				break loop
			default:
				part, some = f, true
			}
		}
		i++
	}
	if !some || i == 0 {
		return 0, 0
	}
	return total + part, i
}

// Ordinal reports whether w, as a number, says which one or how often and not
// how many: "28th", "third", "1990s", "twice".
func Ordinal(w string) bool {
	switch w {
	case "first", "second", "third", "once", "twice", "thrice":
		return true
	case "":
		return false
	}
	if '0' <= w[0] && w[0] <= '9' {
		return slices.ContainsFunc([]string{"st", "nd", "rd", "th", "s"}, func(end string) bool { return strings.HasSuffix(w, end) })
	}
	return strings.HasSuffix(w, "th") && numbers()[w] != ""
}

func isSmall(w string) bool {
	v, ok := numbers()[w]
	return ok && len(v) == 1
}

func isWordNumber(w string) bool {
	v, ok := numbers()[w]
	return ok && v[0] != '*'
}

// digits reads "28", "1,000", "3.5", "14th", "$5", "40%".
func digits(w string) (float64, bool) {
	w = strings.TrimLeft(w, "$€£¥")
	w = strings.TrimRight(w, "%")
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	for _, suffix := range []string{"st", "nd", "rd", "th", "s"} {
		if c, ok := strings.CutSuffix(w, suffix); ok {
			w = c
			break
		}
	}
	scale := 1.0
	for _, suffix := range []struct {
		s string
		f float64
	}{{"bn", 1e9}, {"mn", 1e6}, {"m", 1e6}, {"k", 1e3}} {
		if c, ok := strings.CutSuffix(w, suffix.s); ok {
			w, scale = c, suffix.f
			break
		}
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil {
		return 0, false
	}
	return f * scale, true
}
