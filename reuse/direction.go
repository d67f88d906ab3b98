package reuse

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"stemma"
)

// A clue is a rule that tells exemplar from copy. Find counts how often the
// pair shows it, if a is the exemplar and b the copy; the same rule is then
// asked with the roles exchanged, and what it finds there speaks against.
type clue struct {
	rule   string
	weight float64 // log-odds of the first find; see strength
	find   func(p *pair) (count float64, text string, cites []stemma.Cite)
}

// clues are all rules of direction, with an example each. The weights follow
// stemma-eval copies-fit on generated chains of copies and the written families
// (eval/copies-direction.txt), rounded, and drawn towards the middle where the
// generator may exaggerate; those of credit and published-later are set by hand.
var clues = []clue{
	{"furniture-added", 0.5, furnitureAdded},         // “Read also | …” between paragraphs of the copy
	{"unclosed-quotation", 1.2, quotationDamaged},    // the copy lost the closing mark of a quotation
	{"mixed-spelling", 1.3, spellingMixed},           // “Kyiv” in one place of the copy, “Kiev” in another
	{"specific-dropped", 0.5, specificsDropped},      // “late on Tuesday” left out
	{"name-shortened", 0.7, namesShortened},          // “Jane Doe” became “Doe”
	{"sentence-dropped", 1.6, sentencesDropped},      // a sentence of the exemplar is not in the copy
	{"translated", 0.7, translated},                  // “isn’t” became “is not”, “said he was” became “said that he is”
	{"credit", 1.8, credited},                        // “…, the Daily Bugle reported”
	{"published-later", 1.2, publishedLater},         // a prior only
	{"passage-foreign", 2.0, passageForeign},         // names of the passage come up nowhere else in the copy
	{"quotation-shortened", 0.5, quotationShortened}, // words of a quotation left out
	{"term-varied", 1.0, termsVaried},                // “convoy” everywhere in the exemplar, “convoy” and “column” in the copy
}

// strength returns the log-odds of finding a clue count times: the first find
// counts in full, each further one half as much again, up to twice the weight.
func strength(weight, count float64) float64 {
	if count <= 0 {
		return 0
	}
	return weight * (2 - math.Pow(0.5, count-1)) * min(1, count)
}

// A pair is a candidate exemplar a and a candidate copy b, as the rules see
// them.
type pair struct {
	docA, docB     *stemma.Document
	a, b           *text
	linksA, linksB []link
	coverA, coverB []uint16
	kind           stemma.CopyKind
	hasA, hasB     *wordSet
}

func (p *pair) swap() *pair {
	q := *p
	q.docA, q.docB, q.a, q.b = p.docB, p.docA, p.b, p.a
	q.linksA, q.linksB, q.coverA, q.coverB = p.linksB, p.linksA, p.coverB, p.coverA
	q.hasA, q.hasB = p.hasB, p.hasA
	return &q
}

func (p *pair) citeA(s stemma.Span) stemma.Cite {
	return stemma.Cite{Report: p.docA.Report.ID, Span: s}
}
func (p *pair) citeB(s stemma.Span) stemma.Cite {
	return stemma.Cite{Report: p.docB.Report.ID, Span: s}
}

// direct returns the log-odds that b was made from a rather than a from b,
// and the reasons, weightiest first.
func (p *pair) direct() (odds float64, reasons []stemma.Reason) {
	mirror := p.swap()
	for _, c := range clues {
		for _, q := range []*pair{p, mirror} {
			n, text, cites := c.find(q)
			w := strength(c.weight, n)
			if w < 0.05 {
				continue
			}
			if q == mirror {
				w = -w
			}
			odds += w
			reasons = append(reasons, stemma.Reason{Rule: c.rule, Weight: round(w), Text: text, Cites: cites, Against: w < 0})
		}
	}
	slices.SortStableFunc(reasons, func(x, y stemma.Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)), cmp.Compare(x.Rule, y.Rule))
	})
	return damped(odds), reasons
}

// damped bounds odds: the clues are not independent of each other, and no
// number of them makes a direction surer than 29 in 30.
func damped(odds float64) float64 { return maxOdds * math.Tanh(odds/maxOdds) }

// oddsBut returns the odds without a rule.
func (v *verdict) oddsBut(rule string) float64 {
	odds := 0.0
	for _, r := range v.reasons {
		if r.Rule != rule {
			odds += r.Weight
		}
	}
	return damped(odds)
}

const maxOdds = 3.4

// exchange turns reasons for a→b into reasons for b→a.
func exchange(reasons []stemma.Reason) []stemma.Reason {
	for i := range reasons {
		if r := &reasons[i]; r.Weight != 0 {
			r.Weight = -r.Weight
			r.Against = r.Weight < 0
		}
	}
	return reasons
}

func round(x float64) float64 { return math.Round(x*100) / 100 }

const maxCites = 8

// furnitureAdded counts the furniture of b that a does not have.
func furnitureAdded(p *pair) (float64, string, []stemma.Cite) {
	have := map[string]bool{}
	for _, s := range p.a.furniture {
		have[s.Of(p.a.src)] = true
	}
	var cites []stemma.Cite
	n := 0
	for _, s := range p.b.furniture {
		if !have[s.Of(p.b.src)] {
			n++
			if len(cites) < maxCites {
				cites = append(cites, p.citeB(s))
			}
		}
	}
	if n == 0 {
		return 0, "", nil
	}
	return float64(n), fmt.Sprintf("adds %s of furniture: %s", plural(n, "line"), excerpt(cites[0].Span.Of(p.b.src))), cites
}

// quotationDamaged counts quotation marks of b that are never closed, where
// a's text of the same words is whole.
func quotationDamaged(p *pair) (float64, string, []stemma.Cite) {
	n := len(p.b.unclosed) - len(p.a.unclosed)
	if n <= 0 {
		return 0, "", nil
	}
	var cites []stemma.Cite
	for _, s := range p.b.unclosed {
		end := min(len(p.b.src), s.End+60)
		if k := strings.IndexByte(p.b.src[s.End:end], '\n'); k >= 0 {
			end = s.End + k
		}
		for end < len(p.b.src) && !utf8.RuneStart(p.b.src[end]) {
			end++
		}
		if len(cites) < maxCites {
			cites = append(cites, p.citeB(stemma.Span{Start: s.Start, End: end}))
		}
	}
	return float64(n), "lost the closing mark of a quotation: " + excerpt(strings.TrimPrefix(cites[0].Span.Of(p.b.src), "“")), cites
}

// spellingMixed counts the names that b spells in two ways, one of them a's,
// where a keeps to one.
func spellingMixed(p *pair) (float64, string, []stemma.Cite) {
	var cites []stemma.Cite
	var texts, shown []string
	for t, l := range p.linksB {
		if !l.counterpart() {
			continue
		}
		s := p.a.sent[l.to]
		for j := p.b.sent[t].first; j < p.b.sent[t].end; j++ {
			if p.b.flag[j]&capital == 0 || p.hasA.has(p.b.word[j]) {
				continue
			}
			sj := span(p.b, int(j), int(j)+1)
			y := bare(sj.Of(p.b.src))
			for i := s.first; i < s.end; i++ {
				if p.a.flag[i]&capital == 0 || !p.hasB.has(p.a.word[i]) {
					continue
				}
				si := span(p.a, int(i), int(i)+1)
				x := bare(si.Of(p.a.src))
				if !respelt(x, y) || slices.Contains(texts, x+" and "+y) {
					continue
				}
				k := slices.Index(p.b.word, p.a.word[i])
				texts = append(texts, x+" and "+y)
				shown = append(shown, trimClitic(si.Of(p.a.src))+" and "+trimClitic(sj.Of(p.b.src)))
				cites = append(cites, p.citeB(span(p.b, k, k+1)), p.citeB(sj), p.citeA(si))
			}
		}
	}
	if len(cites) == 0 {
		return 0, "", nil
	}
	return float64(len(texts)), "spells one name in two ways: " + strings.Join(shown[:min(3, len(shown))], ", "), clip(cites)
}

// respelt reports whether two names in lower case are likely spellings of one:
// the same first letter, at most two letters apart and those vowels or doubled
// (another consonant is more often a slip, which copies mend), and not one made
// from the other as "russian" is from "russia".
func respelt(x, y string) bool {
	if x == y || len(x) < 4 || len(y) < 4 || x[0] != y[0] {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if rest, ok := strings.CutPrefix(y, x); ok {
		switch rest {
		case "n", "s", "es", "an", "ns", "i", "is", "ed", "er", "ese", "ish":
			return false
		}
		return len(rest) <= 1 || rest == x[len(x)-1:]+"y"
	}
	return distance(x, y) <= 2 && consonants(x) == consonants(y)
}

// consonants returns the letters of w that are not vowels, y counted as one,
// and doubled letters once: what transliterations agree on.
func consonants(w string) string {
	var b []byte
	for i := 0; i < len(w); i++ {
		switch c := w[i]; c {
		case 'a', 'e', 'i', 'o', 'u', 'y':
		default:
			if len(b) == 0 || b[len(b)-1] != c {
				b = append(b, c)
			}
		}
	}
	return string(b)
}

// distance is the Levenshtein distance of two short words.
func distance(x, y string) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := diag
			if x[i-1] != y[j-1] {
				cost++
			}
			diag, row[j] = row[j], min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(y)]
}

// specificsDropped counts the numbers, dates, times of day and names of a's
// sentences that their counterparts in b, and all the rest of b, do without.
// A specific that b replaces with another is not counted: that shows a change
// but not its direction.
func specificsDropped(p *pair) (float64, string, []stemma.Cite) {
	var cites []stemma.Cite
	var first string
	n := 0
	for s, l := range p.linksA {
		if !l.counterpart() || p.a.sent[s].title {
			continue
		}
		lost, _ := lostSpecifics(p.a, p.coverA, p.a.sent[s], p.hasB)
		if len(lost) == 0 {
			continue
		}
		_, gained := lostSpecifics(p.b, p.coverB, p.b.sent[l.to], p.hasA)
		for _, x := range lost {
			if gained[x.class] > 0 {
				gained[x.class]--
				continue
			}
			n++
			if first == "" {
				first = x.Of(p.a.src)
			}
			if len(cites) < maxCites {
				cites = append(cites, p.citeA(x.Span))
			}
		}
	}
	if n == 0 {
		return 0, "", nil
	}
	return float64(n) / 2, fmt.Sprintf("drops %s%s", quoted(first), andMore(n)), cites
}

// A detail is a stretch of words with a specific of the given class.
type detail struct {
	stemma.Span
	class byte
}

// lostSpecifics returns the stretches of sentence s with a specific that has
// not, and how many of each class there are.
func lostSpecifics(t *text, cover []uint16, s sentence, has *wordSet) (lost []detail, n [128]int8) {
	lx := lexicon()
	for i := int(s.first); i < int(s.end); i++ {
		if t.flag[i]&inQuotes != 0 || has.has(t.word[i]) {
			continue
		}
		c := specific(t, i)
		if c == 0 {
			continue
		}
		// Widen to the stretch that is not shared, as "late on Tuesday".
		lo, hi := i, i+1
		for lo > int(s.first) && i-lo < 3 && cover[lo-1] < minRun && lx.time.has(t.word[lo-1]) {
			lo--
		}
		for hi < int(s.end) && hi-i < 3 && cover[hi] < minRun && specific(t, hi) == c {
			hi++
		}
		lost = append(lost, detail{span(t, lo, hi), c})
		n[c]++
		i = hi - 1
	}
	return lost, n
}

// specific returns the class of a word that says when, how many or who: t, n
// or c; 0 for others. The first word of a sentence is no name.
func specific(t *text, i int) byte {
	f := t.flag[i]
	switch lx := lexicon(); {
	case f&digits != 0:
		return 'n'
	case lx.time.has(t.word[i]) && !lx.link.has(t.word[i]):
		return 't'
	case f&(capital|opens) == capital && t.pos[i][1]-t.pos[i][0] > 3:
		return 'c'
	}
	return 0
}

// A lexicon holds the words that the rules look for, as hashes.
type lexiconOf struct {
	time, link, saying, pastSaying, present, that wordSet
	calques, agencies                             [][]uint64
}

var lexicon = sync.OnceValue(func() *lexiconOf {
	lx := &lexiconOf{}
	fill := func(s *wordSet, words string) {
		var t text
		t.scan(words, nil)
		s.build(t.word)
	}
	fill(&lx.time, timeWords)
	fill(&lx.link, linkWords)
	fill(&lx.saying, sayingVerbs)
	fill(&lx.pastSaying, pastSaying)
	fill(&lx.present, presentAux)
	fill(&lx.that, "that")
	phrases := func(list []string) (out [][]uint64) {
		for _, c := range list {
			var t text
			t.scan(c, nil)
			out = append(out, t.word)
		}
		return out
	}
	lx.calques, lx.agencies = phrases(calques), phrases(agencies)
	return lx
})

// timeWords are the words of expressions of time.
const timeWords = "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december " +
	"morning afternoon evening night noon midnight yesterday today tomorrow tonight late early on in at the last next weekend"

// linkWords only take part in an expression of time.
const linkWords = "late early on in at the last next march"

// namesShortened counts the names of a that b gives without the forename or
// title before them.
func namesShortened(p *pair) (float64, string, []stemma.Cite) {
	var cites []stemma.Cite
	first := ""
	n := 0
	for s, l := range p.linksA {
		if !l.counterpart() {
			continue
		}
		t := p.b.sent[l.to]
		for i := p.a.sent[s].first; i+1 < p.a.sent[s].end; i++ {
			if p.a.flag[i]&capital == 0 || p.a.flag[i+1]&capital == 0 || p.a.flag[i]&inQuotes != 0 || p.a.pos[i+1][0] != p.a.pos[i][1]+1 {
				continue
			}
			short := false
			for j := t.first; j < t.end; j++ {
				if p.b.word[j] != p.a.word[i+1] {
					continue
				}
				if j > t.first && (p.b.word[j-1] == p.a.word[i] || p.b.flag[j-1]&capital != 0) {
					short = false
					break
				}
				short = true
			}
			if !short {
				continue
			}
			n++
			sp := span(p.a, int(i), int(i)+2)
			if first == "" {
				first = sp.Of(p.a.src)
			}
			if len(cites) < maxCites {
				cites = append(cites, p.citeA(sp))
			}
		}
	}
	if n == 0 {
		return 0, "", nil
	}
	return float64(n) / 2, fmt.Sprintf("shortens %s%s", quoted(first), andMore(n)), cites
}

// sentencesDropped weighs the prose of a that has no counterpart in b against
// a tenth of a. Asked the other way round it finds additions.
func sentencesDropped(p *pair) (float64, string, []stemma.Cite) {
	if p.kind == stemma.Partial {
		return 0, "", nil
	}
	words, all, n := 0, 0, 0
	var cites []stemma.Cite
	for s, l := range p.linksA {
		sent := p.a.sent[s]
		size := int(sent.end - sent.first)
		all += size
		if sent.title || size < 5 || l.counterpart() || l.to >= 0 && (l.dice >= minLike || l.contain >= 0.4) {
			continue
		}
		words += size
		n++
		if len(cites) < maxCites {
			cites = append(cites, p.citeA(span(p.a, int(sent.first), int(sent.end))))
		}
	}
	if n == 0 {
		return 0, "", nil
	}
	return min(3, max(10*float64(words)/float64(all), 0.5*float64(n))), fmt.Sprintf("lacks %s: %s", plural(n, "sentence"), excerpt(cites[0].Span.Of(p.a.src))), cites
}

// translated counts marks that a translation, or a translation back, leaves:
// contractions spelt out and "that" put after verbs of saying (explicitation;
// Olohan and Baker 2000), tenses not shifted back, and phrases that are
// idiomatic in another language.
func translated(p *pair) (float64, string, []stemma.Cite) {
	var cites []stemma.Cite
	var what []string
	n := 0.0
	note := func(x float64, label string, c stemma.Cite) {
		n += x
		if !slices.Contains(what, label) {
			what = append(what, label)
		}
		if len(cites) < maxCites {
			cites = append(cites, c)
		}
	}
	for t, l := range p.linksB {
		if !l.counterpart() {
			continue
		}
		sa, sb := p.a.sent[l.to], p.b.sent[t]
		if n := contractions(p.a, sa) - contractions(p.b, sb); n > 0 {
			note(0.5*float64(n), "contractions spelt out", p.citeB(span(p.b, int(sb.first), int(sb.end))))
		}
		if !says(p.a, sa) {
			continue
		}
		if tb := saidThat(p.b, sb); len(tb) > len(saidThat(p.a, sa)) {
			note(0.5, "“that” put after “said”", p.citeB(tb[0]))
		}
		if pb := unshifted(p.b, sb); len(pb) > len(unshifted(p.a, sa)) {
			note(0.5, "tense not shifted back after “said”", p.citeB(pb[0]))
		}
	}
	for _, c := range lexicon().calques {
		if i := sequence(p.b, p.hasB, c); i >= 0 && sequence(p.a, p.hasA, c) < 0 {
			sp := span(p.b, i, i+len(c))
			note(1, quoted(sp.Of(p.b.src)), p.citeB(sp))
		}
	}
	if n == 0 {
		return 0, "", nil
	}
	return n, "reads like a translation: " + strings.Join(what[:min(3, len(what))], ", "), cites
}

// calques are phrases that come from word-by-word translation into English.
var calques = []string{
	"in the frame of", "in the frames of", "in this connection", "on the part of", "in the near time",
	"informations", "as is known", "it should be noted", "within the framework of", "according to him", "by his words", "according to his words",
	"the situation around", "carried out a meeting", "held a telephone conversation", "discussed about", "in the same time", "actual problem",
}

func wordIndex(s, phrase string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], phrase)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(phrase)
		if (i == 0 || !isWordByte(s[i-1])) && (end == len(s) || !isWordByte(s[end])) {
			return i
		}
		from = end
	}
}

// sequence returns the place of words in t, -1 if it has none.
func sequence(t *text, has *wordSet, words []uint64) int {
	for _, w := range words {
		if !has.has(w) {
			return -1
		}
	}
	for i := 0; i+len(words) <= len(t.word); i++ {
		if slices.Equal(t.word[i:i+len(words)], words) {
			return i
		}
	}
	return -1
}

func contractions(t *text, s sentence) (n int) {
	for i := s.first; i < s.end; i++ {
		if t.flag[i]&clitic == 0 {
			continue
		}
		w := strings.Replace(t.src[t.pos[i][0]:t.pos[i][1]], "’", "'", 1)
		switch w[strings.IndexByte(w, '\'')+1:] {
		case "t", "re", "ve", "ll", "m", "d":
			n++
		}
	}
	return n
}

const (
	sayingVerbs = "said says say told tells added adds stressed stated noted claimed warned announced confirmed explained insisted argued declared believes hopes thinks"
	pastSaying  = "said told added stressed stated noted claimed warned announced explained insisted declared"
	presentAux  = "is are has have will can may does do"
)

func says(t *text, s sentence) bool {
	lx := lexicon()
	for i := s.first; i < s.end; i++ {
		if t.flag[i]&inQuotes == 0 && lx.saying.has(t.word[i]) {
			return true
		}
	}
	return false
}

func saidThat(t *text, s sentence) (out []stemma.Span) {
	lx := lexicon()
	for i := s.first; i+1 < s.end; i++ {
		if t.flag[i]&inQuotes == 0 && lx.saying.has(t.word[i]) && lx.that.has(t.word[i+1]) {
			out = append(out, span(t, int(i), int(i)+2))
		}
	}
	return out
}

// unshifted finds present tenses that depend on a past verb of saying.
func unshifted(t *text, s sentence) (out []stemma.Span) {
	lx := lexicon()
	for i := s.first; i < s.end; i++ {
		if t.flag[i]&inQuotes != 0 || !lx.pastSaying.has(t.word[i]) {
			continue
		}
		for j := i + 1; j < min(s.end, i+6); j++ {
			if t.flag[j]&inQuotes != 0 {
				break
			}
			if lx.present.has(t.word[j]) {
				out = append(out, span(t, int(i), int(j)+1))
				break
			}
		}
	}
	return out
}

// agencies are the names under which news travels.
var agencies = []string{"Reuters", "Associated Press", "AFP", "Agence France-Presse", "TASS", "Interfax", "Bloomberg", "DPA", "ANSA", "EFE", "Xinhua", "Kyodo", "UPI", "PA Media", "Ukrinform"}

// credited counts places where b names a's outlet, or has a line that credits
// an agency which a does not name.
func credited(p *pair) (float64, string, []stemma.Cite) {
	if out := p.docA.Report.Outlet; len(out) >= 3 && out != p.docB.Report.Outlet {
		if i := wordIndex(p.b.src, out); i >= 0 && wordIndex(p.a.src, out) < 0 {
			return 1, "names the other's outlet: " + quoted(out), []stemma.Cite{p.citeB(stemma.Span{Start: i, End: i + len(out)})}
		}
		for _, by := range p.docB.Report.Authors {
			if strings.EqualFold(by, out) {
				return 1, "is signed by the other's outlet: " + quoted(out), nil
			}
		}
	}
	for k, ag := range lexicon().agencies {
		if i := sequence(p.b, p.hasB, ag); i >= 0 && sequence(p.a, p.hasA, ag) < 0 {
			return 0.3, "credits " + agencies[k], []stemma.Cite{p.citeB(span(p.b, i, i+len(ag)))}
		}
	}
	return 0, "", nil
}

// publishedLater holds if all that is known of the times says that b came
// after a.
func publishedLater(p *pair) (float64, string, []stemma.Cite) {
	a, b := p.docA.Report.Published, p.docB.Report.Published
	if a.IsZero() || b.IsZero() || b.From.Before(a.To) {
		if a.IsZero() || b.IsZero() || !a.From.Before(b.From) || !a.To.Before(b.To) {
			return 0, "", nil
		}
	}
	return 1, fmt.Sprintf("published later: %s, the other %s", b, a), nil
}

// passageForeign asks of a partial copy where the shared passages are at home:
// there the names in them come up elsewhere too.
func passageForeign(p *pair) (float64, string, []stemma.Cite) {
	if p.kind != stemma.Partial {
		return 0, "", nil
	}
	homeA, homeB := atHome(p.a, p.coverA), atHome(p.b, p.coverB)
	x := (homeA - homeB) / 0.3
	if x < 0.2 {
		return 0, "", nil
	}
	return min(2, x), fmt.Sprintf("the shared passages are at home in the other text: %.0f%% of their rare words recur there, %.0f%% here", 100*homeA, 100*homeB), nil
}

// atHome returns the share of the rare stems in t's shared passages that t
// also has outside them.
func atHome(t *text, cover []uint16) float64 {
	wt := stemWeights()
	var outside wordSet
	var rest []uint64
	for i, c := range cover {
		if c < 3 {
			rest = append(rest, uint64(t.stem[i])|1<<40)
		}
	}
	outside.build(rest)
	var seen []uint32
	n := 0
	for i, c := range cover {
		if c < 5 || wt.of(t.stem[i]) < 3 || slices.Contains(seen, t.stem[i]) {
			continue
		}
		seen = append(seen, t.stem[i])
		if outside.has(uint64(t.stem[i]) | 1<<40) {
			n++
		}
	}
	return share(n, len(seen))
}

// quotationShortened counts words in a's quotations that b's version of the
// sentence lacks, beyond those that b has and a lacks, in tens.
func quotationShortened(p *pair) (float64, string, []stemma.Cite) {
	na, nb := 0, 0
	var cites []stemma.Cite
	for s, l := range p.linksA {
		if !l.counterpart() {
			continue
		}
		qa, qb := quotedWords(p.a, p.a.sent[s]), quotedWords(p.b, p.b.sent[l.to])
		if qa == 0 || qb == 0 {
			continue
		}
		na, nb = na+qa, nb+qb
		if qa > qb+2 && len(cites) < maxCites {
			cites = append(cites, p.citeA(span(p.a, int(p.a.sent[s].first), int(p.a.sent[s].end))))
		}
	}
	if na-nb < 4 || len(cites) == 0 {
		return 0, "", nil
	}
	return min(2, float64(na-nb)/10), fmt.Sprintf("leaves out %d words of quotations", na-nb), cites
}

// Sentences and pairs beyond this are not looked at by termsVaried.
const (
	maxVaried    = 200 // words of a sentence
	maxVariedTry = 64  // pairs of words in the same place
)

// termsVaried counts the words that a has twice or more and that b keeps in
// one place and replaces by a word of its own in another, between the same
// neighbours: who rewords does so sentence by sentence, who writes keeps to his
// terms.
func termsVaried(p *pair) (float64, string, []stemma.Cite) {
	wt := stemWeights()
	var cites []stemma.Cite
	var seen []uint32
	var shown string
	tries := 0
	for t, l := range p.linksB {
		if !l.counterpart() {
			continue
		}
		sa, sb := p.a.sent[l.to], p.b.sent[t]
		if sa.end-sa.first > maxVaried || sb.end-sb.first > maxVaried {
			continue
		}
		for j := sb.first + 1; j+1 < sb.end; j++ {
			if p.hasA.has(p.b.word[j]) || !isTerm(wt, p.b, j) {
				continue
			}
			for i := sa.first + 1; i+1 < sa.end && tries < maxVariedTry; i++ {
				if p.a.word[i-1] != p.b.word[j-1] || p.a.word[i+1] != p.b.word[j+1] || !isTerm(wt, p.a, i) {
					continue
				}
				tries++
				u := p.a.stem[i]
				if slices.Contains(seen, u) || slices.Contains(p.a.stem, p.b.stem[j]) || !slices.Contains(p.b.stem, u) || occurs(p.a.stem, u) < 2 {
					continue
				}
				seen = append(seen, u)
				si, sj := span(p.a, int(i), int(i)+1), span(p.b, int(j), int(j)+1)
				if shown == "" {
					shown = quoted(si.Of(p.a.src)) + " and " + quoted(sj.Of(p.b.src))
				}
				if len(cites) < maxCites {
					cites = append(cites, p.citeB(sj), p.citeA(si))
				}
			}
		}
	}
	if len(seen) == 0 {
		return 0, "", nil
	}
	return float64(len(seen)), "has two words where the other has one: " + shown + andMore(len(seen)), cites
}

// isTerm reports whether word i of t is neither a name nor a number nor so
// common that anybody varies it, and outside quotation marks.
func isTerm(wt *weights, t *text, i int32) bool {
	return t.flag[i]&(inQuotes|capital|digits) == 0 && wt.of(t.stem[i]) >= 1.5
}

func occurs(stems []uint32, stem uint32) (n int) {
	for _, s := range stems {
		if s == stem {
			n++
		}
	}
	return n
}

func quotedWords(t *text, s sentence) (n int) {
	for i := s.first; i < s.end; i++ {
		n += int(t.flag[i] & inQuotes)
	}
	return n
}

// span returns the bytes of words i to j.
func span(t *text, i, j int) stemma.Span {
	return stemma.Span{Start: int(t.pos[i][0]), End: int(t.pos[j-1][1])}
}

// bare returns a name in lower case without a possessive ending.
func bare(w string) string { return strings.ToLower(trimClitic(w)) }

func trimClitic(w string) string {
	w, _, _ = strings.Cut(w, "’")
	w, _, _ = strings.Cut(w, "'")
	return w
}

func clip(c []stemma.Cite) []stemma.Cite { return c[:min(len(c), maxCites)] }

func quoted(s string) string { return "“" + s + "”" }

func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 60 {
		s = string([]rune(s)[:59]) + "…"
	}
	return quoted(s)
}

func andMore(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-1)
}

func plural(n int, what string) string {
	if n == 1 {
		return "a " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// ClueNames returns the names of the rules of direction.
func ClueNames() []string {
	var names []string
	for _, c := range clues {
		names = append(names, c.rule)
	}
	return names
}

// ClueWeight returns the log-odds of the first find of a rule; 0 if there is
// no such rule.
func ClueWeight(rule string) float64 {
	for _, c := range clues {
		if c.rule == rule {
			return c.weight
		}
	}
	return 0
}
