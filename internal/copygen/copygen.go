// Package copygen generates reports, and copies of reports, whose true family
// trees are known, to measure the finding of copies by.
//
// A [World] writes reports that read like news in shape, not in sense: the
// sentence patterns and the vocabulary come from treebanks that the caller
// names, the names and numbers are invented for each story. A [Copier] rewrites
// any text as copyists do. Everything follows from the seed.
package copygen

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Draft is a text as copyists see it: paragraphs of sentences of words, the
// punctuation on the words.
type Draft [][]Sentence

// A Sentence is the words of a sentence with their punctuation.
type Sentence []string

// ParseDraft cuts text into paragraphs at line ends and sentences at stops.
func ParseDraft(text string) Draft {
	var d Draft
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		var para []Sentence
		start := 0
		for i, w := range words {
			last := strings.TrimRight(w, "\"”’')")
			if i+1 < len(words) && (!strings.HasSuffix(last, ".") && !strings.HasSuffix(last, "?") && !strings.HasSuffix(last, "!") ||
				utf8.RuneCountInString(last) <= 4 && unicode.IsUpper(first(last)) || !startsLikeSentence(words[i+1])) {
				continue
			}
			para = append(para, Sentence(words[start:i+1]))
			start = i + 1
		}
		if start < len(words) {
			para = append(para, Sentence(words[start:]))
		}
		d = append(d, para)
	}
	return d
}

func first(w string) rune { r, _ := utf8.DecodeRuneInString(w); return r }

func startsLikeSentence(w string) bool {
	r := first(strings.TrimLeft(w, "\"“‘'("))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// String writes the draft, one paragraph a line with an empty line between.
func (d Draft) String() string {
	var b strings.Builder
	size := 0
	for _, para := range d {
		size += 2
		for _, s := range para {
			for _, w := range s {
				size += len(w) + 1
			}
		}
	}
	b.Grow(size)
	for i, para := range d {
		if i > 0 {
			b.WriteString("\n\n")
		}
		for j, s := range para {
			if j > 0 {
				b.WriteByte(' ')
			}
			for k, w := range s {
				if k > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(w)
			}
		}
	}
	return b.String()
}

func (d Draft) clone() Draft {
	out := make(Draft, len(d))
	for i, p := range d {
		out[i] = make([]Sentence, len(p))
		for j, s := range p {
			out[i][j] = append(Sentence(nil), s...)
		}
	}
	return out
}

func (d Draft) sentences() (n int) {
	for _, p := range d {
		n += len(p)
	}
	return n
}

// A Copier rewrites texts.
type Copier struct {
	// Synonyms gives the words that stand for a word; words without any are
	// replaced by words of the same ending from Vocabulary.
	Synonyms   map[string][]string
	Vocabulary map[string][]string // by ending: "ed", "ing", "s", "ly", ""
}

// The Options of one act of copying.
type Options struct {
	Rate      float64 // share of words touched
	Cut       float64 // chance of each paragraph after the first to be left out
	Drop      float64 // chance of each sentence to be left out
	Move      float64 // chance of each paragraph to change places with the next
	Translate bool    // calques, contractions spelt out, "that" after "said"
	Furniture bool    // lines that tell nothing added
	Respell   bool    // one name spelt otherwise in some places
	Damage    bool    // a closing quotation mark lost
}

// Copy rewrites d with r as the source of chance.
func (c *Copier) Copy(r *rand.Rand, d Draft, o Options) Draft {
	out := make(Draft, 0, len(d))
	for i, p := range d {
		if i > 0 && len(d) > 3 && r.Float64() < o.Cut {
			continue
		}
		var para []Sentence
		for j, s := range p {
			if (i > 0 || j > 0) && r.Float64() < o.Drop {
				continue
			}
			para = append(para, c.reword(r, s, o))
		}
		para = c.splitAndMerge(r, para, o)
		if len(para) > 0 {
			out = append(out, para)
		}
	}
	for i := 1; i+1 < len(out); i++ {
		if r.Float64() < o.Move {
			out[i], out[i+1] = out[i+1], out[i]
		}
	}
	if o.Respell {
		c.respell(r, out)
	}
	if o.Damage {
		damage(r, out)
	}
	if o.Furniture {
		out = furnish(r, out)
	}
	return out
}

var calques = [][2]string{
	{"these days", "in these days"}, {"on Monday", "on the Monday"}, {"told reporters", "told to the reporters"}, {"recently", "in the recent time"},
	{"because of", "for the reason of"}, {"talks", "negotiations"}, {"about", "on the matter of"}, {"also", "as well"}, {"however", "nevertheless"},
	{"after", "following"}, {"before", "prior to"}, {"said", "stated"}, {"says", "states"}, {"more than", "over"}, {"must", "has to"}, {"can", "is able to"},
	{"will", "is going to"}, {"near", "in the vicinity of"}, {"start", "begin"}, {"started", "began"}, {"help", "assist"}, {"end", "finish"},
	{"isn't", "is not"}, {"wasn't", "was not"}, {"don't", "do not"}, {"didn't", "did not"}, {"doesn't", "does not"}, {"can't", "cannot"}, {"won't", "will not"},
	{"it's", "it is"}, {"they're", "they are"}, {"we've", "we have"}, {"we're", "we are"}, {"I'm", "I am"},
}

// reword touches a share of the words of s: three in five substitutions, one
// in five deletions and insertions each. Names and numbers are four times as
// safe.
func (c *Copier) reword(r *rand.Rand, s Sentence, o Options) Sentence {
	out := make(Sentence, 0, len(s)+2)
	if o.Translate {
		s = c.translate(r, s)
	}
	for i, w := range s {
		core, before, after := trim(w)
		rate := o.Rate
		if core == "" {
			rate = 0
		} else if f := first(core); unicode.IsDigit(f) || unicode.IsUpper(f) && i > 0 {
			rate /= 4
		}
		if r.Float64() >= rate {
			out = append(out, w)
			continue
		}
		switch x := r.IntN(5); {
		case x < 3 || before != "" || after != "":
			out = append(out, before+c.substitute(r, core)+after)
		case x == 3: // delete
		default:
			if list := c.Vocabulary[""]; len(list) > 0 {
				out = append(out, list[r.IntN(len(list))])
			}
			out = append(out, w)
		}
	}
	// Sometimes the clauses around a comma change places.
	if len(out) > 10 && r.Float64() < o.Rate/2 {
		for k := len(out) / 3; k < 2*len(out)/3; k++ {
			if strings.HasSuffix(out[k], ",") && !strings.ContainsAny(strings.Join(out, ""), "“”\"") {
				tail := append(Sentence(nil), out[k+1:]...)
				head := append(Sentence(nil), out[:k+1]...)
				head[k] = strings.TrimSuffix(head[k], ",")
				stop := ""
				if last := tail[len(tail)-1]; strings.HasSuffix(last, ".") {
					tail[len(tail)-1], stop = strings.TrimSuffix(last, "."), "."
				}
				tail[0] = title(tail[0])
				tail[len(tail)-1] += ","
				head[len(head)-1] += stop
				out = append(tail, head...)
				break
			}
		}
	}
	return out
}

func (c *Copier) translate(r *rand.Rand, s Sentence) Sentence {
	text := " " + strings.Join(s, " ") + " "
	for _, q := range calques {
		if strings.Contains(text, " "+q[0]+" ") && r.Float64() < 0.6 {
			text = strings.Replace(text, " "+q[0]+" ", " "+q[1]+" ", 1)
		}
	}
	if r.Float64() < 0.6 {
		for _, p := range []string{"he", "she", "it", "they", "the"} {
			text = strings.Replace(text, " said "+p+" ", " said that "+p+" ", 1)
		}
	}
	return strings.Fields(text)
}

func (c *Copier) substitute(r *rand.Rand, w string) string {
	low := strings.ToLower(w)
	list := c.Synonyms[low]
	if len(list) == 0 || r.IntN(4) == 0 {
		list = c.Vocabulary[Ending(low)]
	}
	if len(list) == 0 {
		return w
	}
	if f := first(w); unicode.IsDigit(f) {
		b := []byte(w)
		k := r.IntN(len(b))
		if '0' <= b[k] && b[k] <= '9' {
			b[k] = byte('1' + r.IntN(9))
		}
		return string(b)
	}
	// Each word has few favourites, so that two copyists may choose the same.
	n := list[(hash(low)+uint64(r.IntN(3)))%uint64(len(list))]
	if unicode.IsUpper(first(w)) {
		n = title(n)
	}
	return n
}

const emptyHash, hashMul = uint64(14695981039346656037), 1099511628211

func hash(s string) uint64 {
	h := emptyHash
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * hashMul
	}
	return h ^ h>>31
}

// Ending returns the class of ending by which Vocabulary is kept.
func Ending(w string) string {
	for _, e := range []string{"ing", "ed", "ly", "s"} {
		if strings.HasSuffix(w, e) {
			return e
		}
	}
	return ""
}

func title(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}

// trim splits the punctuation off a word.
func trim(w string) (core, before, after string) {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	i := strings.IndexFunc(w, isWord)
	if i < 0 {
		return "", w, ""
	}
	j := strings.LastIndexFunc(w, isWord)
	_, n := utf8.DecodeRuneInString(w[j:])
	return w[i : j+n], w[:i], w[j+n:]
}

func (c *Copier) splitAndMerge(r *rand.Rand, para []Sentence, o Options) []Sentence {
	var out []Sentence
	for i := 0; i < len(para); i++ {
		s := para[i]
		switch {
		case len(s) > 16 && r.Float64() < o.Rate/2:
			for k := 5; k < len(s)-5; k++ {
				if w := strings.ToLower(s[k]); (w == "and" || w == "but" || w == "while") && strings.HasSuffix(s[k-1], ",") {
					a, b := append(Sentence(nil), s[:k]...), append(Sentence(nil), s[k+1:]...)
					a[len(a)-1] = strings.TrimSuffix(a[len(a)-1], ",") + "."
					b[0] = title(b[0])
					out = append(out, a)
					s = b
					break
				}
			}
		case i+1 < len(para) && len(s)+len(para[i+1]) < 40 && r.Float64() < o.Rate/3 && strings.HasSuffix(s[len(s)-1], "."):
			n := append(Sentence(nil), s...)
			n[len(n)-1] = strings.TrimSuffix(n[len(n)-1], ".") + ","
			n = append(n, "and")
			next := append(Sentence(nil), para[i+1]...)
			if len(next) > 0 && unicode.IsUpper(first(next[0])) && len(next[0]) < 5 {
				next[0] = strings.ToLower(next[0])
			}
			s = append(n, next...)
			i++
		}
		out = append(out, s)
	}
	return out
}

// respell changes the spelling of one name in some of its places.
func (c *Copier) respell(r *rand.Rand, d Draft) {
	type place struct{ p, s, w int }
	places := map[string][]place{}
	var names []string
	for p := range d {
		for s := range d[p] {
			for w := range d[p][s] {
				core, _, _ := trim(d[p][s][w])
				if w > 0 && len(core) >= 5 && unicode.IsUpper(first(core)) {
					if len(places[core]) == 1 {
						names = append(names, core)
					}
					places[core] = append(places[core], place{p, s, w})
				}
			}
		}
	}
	if len(names) == 0 {
		return
	}
	name := names[r.IntN(len(names))]
	var other string
	switch {
	case strings.HasSuffix(name, "y"):
		other = name + "y"
	case strings.ContainsAny(name[1:], "i"):
		other = name[:1] + strings.Replace(name[1:], "i", "y", 1)
	case strings.ContainsAny(name[1:], "a"):
		other = name[:1] + strings.Replace(name[1:], "a", "e", 1)
	default:
		other = name + name[len(name)-1:]
	}
	for k, at := range places[name] {
		if k%2 == 1 {
			d[at.p][at.s][at.w] = strings.Replace(d[at.p][at.s][at.w], name, other, 1)
		}
	}
}

// damage takes the closing mark of one quotation away.
func damage(r *rand.Rand, d Draft) {
	var marks []*string
	for _, p := range d {
		for _, s := range p {
			for w := range s {
				if strings.HasSuffix(s[w], "”") || strings.HasSuffix(s[w], "\"") && len(s[w]) > 1 {
					marks = append(marks, &s[w])
				}
			}
		}
	}
	if len(marks) > 0 {
		m := marks[r.IntN(len(marks))]
		*m = strings.TrimSuffix(strings.TrimSuffix(*m, "”"), "\"")
	}
}

var lines = []string{
	"Read also | Five things to know about the week", "Read more: what happens next", "Follow us on social media", "Image credit: press office",
	"Subscribe to our newsletter", "See also: the story so far", "Sign up for the morning briefing", "Watch: the moment it happened",
}

func furnish(r *rand.Rand, d Draft) Draft {
	out := make(Draft, 0, len(d)+3)
	for i, p := range d {
		out = append(out, p)
		if i > 0 && r.IntN(max(2, len(d)/2)) == 0 {
			out = append(out, []Sentence{strings.Fields(lines[r.IntN(len(lines))])})
		}
	}
	return out
}

// Jaccard returns the Jaccard similarity of two sets of word n-grams.
func Jaccard(x, y Grams) float64 {
	both := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	if len(x)+len(y) == both {
		return 0
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// LongestRun returns the length in words of the longest sequence that a and b
// share.
func LongestRun(a, b string) int {
	x, y := hashes(a), hashes(b)
	best := 0
	row := make([]int, len(y)+1)
	for _, u := range x {
		diag := 0
		for j, v := range y {
			up := row[j+1]
			row[j+1] = 0
			if u == v {
				row[j+1] = diag + 1
				best = max(best, diag+1)
			}
			diag = up
		}
	}
	return best
}

// hashes returns the hashes of the words of s in lower case.
func hashes(s string) []uint64 {
	out := make([]uint64, 0, len(s)/6)
	h, in := emptyHash, false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '’' && r != '\'':
			if in {
				out = append(out, h^h>>31)
			}
			h, in = emptyHash, false
			continue
		default:
			r = unicode.ToLower(r)
		}
		h, in = (h^uint64(r))*hashMul, true
	}
	if in {
		out = append(out, h^h>>31)
	}
	return out
}

// Grams are the hashes of the word n-grams of a text, each once, rising.
type Grams []uint64

// GramsOf returns the word n-grams of s: lower case, letters and digits only.
func GramsOf(s string, n int) Grams {
	hs := hashes(s)
	g := make(Grams, 0, len(hs))
	for i := 0; i+n <= len(hs); i++ {
		h := uint64(0)
		for _, x := range hs[i : i+n] {
			h = (h^x)*0x9fb21c651e98df25 + 1
		}
		g = append(g, h)
	}
	slices.Sort(g)
	return slices.Compact(g)
}

// lognormal draws from a log-normal distribution with the given median.
func lognormal(r *rand.Rand, median, sigma float64) float64 {
	return median * math.Exp(sigma*r.NormFloat64())
}
