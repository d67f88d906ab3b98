package record

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"stemma"
	"stemma/actor"
)

// Utterances gathers the statements of docs that are wordings of one utterance.
// A statement gives one passage for each passage it has in quotation marks, or
// one for its whole content if it has none. Units of the same speaker that say
// the same, by their words and by the sentences they stand in, come together,
// best matches first; a passage cut out of a longer one joins that; the words
// of one put into the mouth of another do too, if they are many and the same.
//
// Every passage is in exactly one utterance. Utterances are in the order of their
// first wording. docs are to bear common actors (actor.Link).
func Utterances(docs []*stemma.Document) []stemma.Utterance {
	g := &gathering{docs: docs, ids: map[string]int32{}, english: englishSpeakers(docs)}
	g.collect()
	g.weigh()
	g.joinBest()
	return g.utterances()
}

// A passage is one passage that takes part in the gathering.
type passage struct {
	doc, statement int
	span           stemma.Span // without quotation marks
	quoted         bool
	unclosed       bool
	speaker        stemma.ActorID
	role           bool // the speaker is described, not named
	at             stemma.Interval
	words          []string // lower case, names by their spelling key, without marks
	stems          []int32  // ids of the stems of words, sorted
	names          []string // actors named in it
	context        []int32  // distinct stems of the sentences it stands in and before it, its own aside
	who            []int32  // stems of the words in context that name the speaker
	weight         float64  // of its stems
	group          int      // parent in the union-find forest
}

type gathering struct {
	docs     []*stemma.Document
	passages []*passage
	ids      map[string]int32 // stem -> id
	df       []int32          // by stem id: sentences that hold it
	plain    []bool           // by stem id: a function word
	idf      []float64
	sents    int
	groups   [][]int                 // by root: its passages
	english  map[stemma.ActorID]bool // speakers whose office is in a country where English is spoken
}

func (g *gathering) collect() {
	for d, doc := range g.docs {
		sentence := g.readSentences(doc)
		named := map[stemma.ActorID]bool{}
		for i := range doc.Mentions {
			if m := &doc.Mentions[i]; m.Form == stemma.ByName {
				named[m.Actor] = true
			}
		}
		at := doc.Anchor
		if at.IsZero() {
			at = doc.Report.Published
		}
		for i := range doc.Statements {
			st := &doc.Statements[i]
			add := func(s stemma.Span, quoted bool) {
				u := &passage{doc: d, statement: i, span: s, quoted: quoted, speaker: st.Actor, at: at, group: len(g.passages)}
				u.unclosed = quoted && st.Unclosed
				u.role = !named[st.Actor]
				g.read(u, doc)
				if len(u.words) == 0 {
					return
				}
				u.context, u.who = g.contextOf(doc, st, s, sentence)
				g.passages = append(g.passages, u)
			}
			for _, s := range st.Quoted {
				add(s, true)
			}
			if len(st.Quoted) == 0 && len(st.Content) > 0 {
				add(stemma.Span{Start: st.Content[0].Start, End: st.Content[len(st.Content)-1].End}, false)
			}
		}
	}
	// The same quoted passage may be part of two statements, one within the
	// other: it counts once, for the one that ends up innermost.
	slices.SortStableFunc(g.passages, func(a, b *passage) int {
		return cmp.Or(a.doc-b.doc, a.span.Start-b.span.Start, b.span.End-a.span.End, a.statement-b.statement)
	})
	g.passages = slices.CompactFunc(g.passages, func(a, b *passage) bool { return a.doc == b.doc && a.span == b.span })
	for i, u := range g.passages {
		u.group = i
		g.groups = append(g.groups, []int{i})
	}
}

// readSentences counts the stems of doc and returns those of each sentence.
func (g *gathering) readSentences(doc *stemma.Document) [][]int32 {
	out := make([][]int32, len(doc.Sentences))
	for i, s := range doc.Sentences {
		if s.Kind == stemma.Furniture || s.Kind == stemma.Byline {
			continue
		}
		g.sents++
		for t := s.FirstToken; t < s.EndToken; t++ {
			if w := wordOf(doc, t); w != "" {
				out[i] = append(out[i], g.id(wordStem(w)))
			}
		}
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
		for _, id := range out[i] {
			g.df[id]++
		}
	}
	return out
}

func (g *gathering) id(stem string) int32 {
	id, ok := g.ids[stem]
	if !ok {
		id = int32(len(g.ids))
		g.ids[stem] = id
		g.df = append(g.df, 0)
		g.plain = append(g.plain, plainWords()[stem])
	}
	return id
}

// wordOf returns the token as it is compared: lower case, a name by its
// spelling key, a clitic as the word it stands for; "" for a mark.
func wordOf(doc *stemma.Document, t int) string {
	tok := &doc.Tokens[t]
	norm := tok.Norm
	switch norm {
	case "": // a token of characters that are not compared, as a soft hyphen
		return ""
	case "n't":
		return "not"
	case "'re":
		return "are"
	case "'ve":
		return "have"
	case "'ll":
		return "will"
	case "'m":
		return "am"
	}
	c := norm[0]
	if c < 0x80 && !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '$') {
		if norm != "'s" && norm != "'d" {
			return ""
		}
	}
	first := doc.Report.Text[tok.Start]
	if 'A' <= first && first <= 'Z' && len(norm) > 2 {
		return spellingOf(norm)
	}
	return american(norm)
}

// spellingOf returns the key of the spellings of a name.
func spellingOf(name string) string { return actor.Spelling(name) }

// american folds the commonest British spellings to the American ones.
func american(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, r := range [...][2]string{{"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"ise", "ize"},
		{"ours", "ors"}, {"our", "or"}, {"oured", "ored"}, {"lled", "led"}, {"lling", "ling"}, {"ence", "ense"}} {
		if s, ok := strings.CutSuffix(w, r[0]); ok {
			return s + r[1]
		}
	}
	return w
}

// wordStem takes the commonest inflections off a word.
func wordStem(w string) string {
	for _, end := range [...]string{"'s", "ing", "ies", "ied", "es", "ed", "ly", "s", "e", "y"} {
		if len(w) > len(end)+3 && strings.HasSuffix(w, end) && !strings.HasSuffix(w, "ss") {
			return w[:len(w)-len(end)]
		}
	}
	return w
}

// plainWords are stems that say little of what an utterance is about.
var plainWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a an the this that these those of in on at by for with from to into over under about as and or but nor so if
		is are was were be been being am has have had do does did will would can could may might must shall should not no 's 'd
		he she it they we you i him her them us me his hers its their our my your who whom which what there here then than
		ther thei wer wher very more most some any all also just only`) {
		m[w] = true
	}
	return m
})

func (g *gathering) read(u *passage, doc *stemma.Document) {
	first, end := doc.TokensIn(u.span)
	for t := first; t < end; t++ {
		w := wordOf(doc, t)
		if w == "" {
			continue
		}
		u.words = append(u.words, w)
		u.stems = append(u.stems, g.id(wordStem(w)))
	}
	at, _ := slices.BinarySearchFunc(doc.Mentions, u.span.Start, func(m stemma.Mention, at int) int { return m.Start - at })
	for ; at < len(doc.Mentions) && doc.Mentions[at].Start < u.span.End; at++ {
		if m := &doc.Mentions[at]; m.Form == stemma.ByName && m.Actor != "" {
			u.names = append(u.names, string(m.Actor))
		}
	}
}

// contextOf returns the stems of the sentences that s stands in, and of the one
// before them, and those of the words there that name who says st.
func (g *gathering) contextOf(doc *stemma.Document, st *stemma.Statement, s stemma.Span, sentence [][]int32) (context, who []int32) {
	from, to := max(0, doc.SentenceOf(s.Start)), doc.SentenceOf(s.End-1)
	if from > 0 && doc.Sentences[from].Paragraph == doc.Sentences[from-1].Paragraph {
		from--
	}
	for i := from; i <= to; i++ {
		context = append(context, sentence[i]...)
	}
	slices.Sort(context)
	name := func(span stemma.Span) {
		first, end := doc.TokensIn(span)
		for t := first; t < end; t++ {
			if w := wordOf(doc, t); w != "" {
				who = append(who, g.id(wordStem(w)))
			}
		}
	}
	name(st.Speaker)
	at := stemma.Span{Start: doc.Sentences[from].Start, End: doc.Sentences[to].End}
	i, _ := slices.BinarySearchFunc(doc.Mentions, at.Start, func(m stemma.Mention, at int) int { return m.Start - at })
	for ; i < len(doc.Mentions) && doc.Mentions[i].Start < at.End; i++ {
		if m := &doc.Mentions[i]; m.Actor == st.Actor && m.Actor != "" {
			name(m.Span)
			name(m.Role)
		}
	}
	slices.Sort(who)
	return slices.Compact(context), slices.Compact(who)
}

// weigh gives every stem its weight: the rarer in the reports, the more.
func (g *gathering) weigh() {
	g.idf = make([]float64, len(g.df))
	for i, n := range g.df {
		g.idf[i] = math.Log(2 + float64(g.sents)/float64(1+n))
		if g.plain[i] {
			g.idf[i] = 0.3 // enough to tell fragments apart, too little to join others
		}
	}
	for _, u := range g.passages {
		slices.Sort(u.stems)
		u.context = slices.DeleteFunc(u.context, func(id int32) bool {
			_, found := slices.BinarySearch(u.stems, id)
			return found || g.plain[id]
		})
		for _, id := range u.stems {
			u.weight += g.idf[id]
		}
	}
}

// A likeness is how much two passages say the same.
type likeness struct {
	words   float64 // weighted Dice over the words, 0 to 1
	part    float64 // the share of the shorter's words that the longer has
	context float64 // Dice over the words around
	same    bool    // the same words in the same order
}

func (g *gathering) compare(u, v *passage) likeness {
	l := g.compareWords(u, v)
	l.context = g.compareContext(u, v)
	return l
}

// compareWords is compare but for the context.
func (g *gathering) compareWords(u, v *passage) likeness {
	common := 0.0
	for i, j := 0, 0; i < len(u.stems) && j < len(v.stems); {
		switch a, b := u.stems[i], v.stems[j]; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			common += g.idf[a]
			i++
			j++
		}
	}
	return likeness{
		words: 2 * common / (u.weight + v.weight),
		part:  common / min(u.weight, v.weight),
		same:  slices.Equal(u.words, v.words),
	}
}

// compareContext returns how alike the words around u and v are: Dice, 0 to 1.
func (g *gathering) compareContext(u, v *passage) float64 {
	// That one speaker is named around both says nothing of what he says.
	one := u.speaker == v.speaker
	rest := func(context []int32, i int) int {
		for one && i < len(context) && (slices.Contains(u.who, context[i]) || slices.Contains(v.who, context[i])) {
			i++
		}
		return i
	}
	shared, all := 0.0, 0.0
	for i, j := rest(u.context, 0), rest(v.context, 0); i < len(u.context) || j < len(v.context); i, j = rest(u.context, i), rest(v.context, j) {
		switch {
		case j == len(v.context) || i < len(u.context) && u.context[i] < v.context[j]:
			all += g.idf[u.context[i]]
			i++
		case i == len(u.context) || v.context[j] < u.context[i]:
			all += g.idf[v.context[j]]
			j++
		default:
			shared += 2 * g.idf[u.context[i]]
			all += 2 * g.idf[u.context[i]]
			i++
			j++
		}
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

func (l likeness) score() float64 {
	s := 0.7*l.words + 0.3*l.context
	if l.same {
		s += 0.2
	}
	return s
}

// join reports whether l is enough to hold u and v for wordings of one
// utterance; more likeness in any way is never less enough. The bounds were set on the families of copies (eval/utterances.txt).
func (l likeness) join(u, v *passage) bool {
	short := min(len(u.words), len(v.words)) < 4
	if u.speaker != v.speaker && u.speaker != "" && v.speaker != "" {
		switch {
		case !near(u.at, v.at) || short:
			return false
		case u.role || v.role || kin(u.speaker, v.speaker):
			// "The ministry" and its spokesman; a name that a copyist changed.
			return l.words >= 0.45 || l.words >= 0.25 && l.context >= 0.3
		}
		return l.words >= 0.6 && min(len(u.words), len(v.words)) >= 6 || l.words >= 0.4 && l.context >= 0.4
	}
	switch {
	case !near(u.at, v.at):
		return l.words >= 0.8 && min(len(u.words), len(v.words)) >= 8
	case l.same:
		return !short || l.context >= 0.2
	case short:
		return l.words >= 0.45 && l.context >= 0.25 || l.words > 0 && l.context >= 0.5 || l.context >= 0.7
	case u.quoted != v.quoted:
		return l.words >= 0.4 || l.part >= 0.75 && l.context >= 0.2
	}
	return l.words >= 0.45 || l.words >= 0.2 && l.context >= 0.35 || l.part >= 0.9 || l.part >= 0.7 && l.words >= 0.3
}

// kin reports whether two IDs share a word of four letters or more, as those of
// persons with one surname do.
func kin(a, b stemma.ActorID) bool {
	for x := range strings.SplitSeq(string(a), "-") {
		if len(x) < 4 {
			continue
		}
		for y := range strings.SplitSeq(string(b), "-") {
			if x == y {
				return true
			}
		}
	}
	return false
}

// near reports whether two dates, if both are known, lie within a week: later,
// the same words are said again.
func near(a, b stemma.Interval) bool {
	if a.IsZero() || b.IsZero() {
		return true
	}
	const week = 7 * 24 * time.Hour
	return a.From.Before(b.To.Add(week)) && b.From.Before(a.To.Add(week))
}

type match struct {
	u, v  int
	score float64
}

// joinBest brings passages together, best matches first. Two passages of one report
// that say different things never end up together.
func (g *gathering) joinBest() {
	var matches []match
	for b, cands := range g.candidates() {
		for _, a := range cands { // before b
			u, v := g.passages[a], g.passages[b]
			if u.doc == v.doc && u.span.Overlaps(v.span) {
				continue
			}
			// What the dearer comparison cannot help any more is left at once.
			l := likeness{words: 1, part: 1, context: 1, same: true}
			if !l.join(u, v) {
				continue
			}
			l = g.compareWords(u, v)
			if u.doc == v.doc && !repeats(u, v, l) {
				continue
			}
			if l.context = 1; !l.join(u, v) {
				continue
			}
			if l.context = g.compareContext(u, v); l.join(u, v) {
				matches = append(matches, match{a, b, l.score()})
			}
		}
	}
	slices.SortFunc(matches, func(x, y match) int {
		return cmp.Or(-cmp.Compare(x.score, y.score), x.u-y.u, x.v-y.v)
	})
	for _, m := range matches {
		a, b := g.root(m.u), g.root(m.v)
		if a == b || !g.compatible(a, b) {
			continue
		}
		if len(g.groups[a]) < len(g.groups[b]) {
			a, b = b, a
		}
		g.passages[b].group = a
		g.groups[a] = append(g.groups[a], g.groups[b]...)
		g.groups[b] = nil
	}
}

func (g *gathering) root(i int) int {
	for g.passages[i].group != i {
		g.passages[i].group = g.passages[g.passages[i].group].group
		i = g.passages[i].group
	}
	return i
}

// compatible reports whether no report has two different things in a and b.
func (g *gathering) compatible(a, b int) bool {
	const most = 64 // reports looked at; a group so large is well founded
	for n, i := range g.groups[a] {
		if n == most {
			break
		}
		for k, j := range g.groups[b] {
			if k == most {
				break
			}
			u, v := g.passages[i], g.passages[j]
			if u.doc != v.doc {
				continue
			}
			if u.span.Overlaps(v.span) {
				return false // what is quoted within what somebody else said
			}
			if !repeats(u, v, g.compare(u, v)) && !g.halves(u, v, a, b) {
				return false
			}
		}
	}
	return true
}

// repeats reports whether u and v, of one report, are the same said twice: in
// nearly the same words, or three words or more of one within the other.
func repeats(u, v *passage, l likeness) bool {
	if l.words >= 0.85 {
		return true
	}
	if len(u.words) > len(v.words) {
		u, v = v, u
	}
	return len(u.words) >= 3 && within(u.words, v.words)
}

// halves reports whether u and v, of one report, are both part of one longer
// passage in the groups: a quotation that this report interrupts.
func (g *gathering) halves(u, v *passage, a, b int) bool {
	for _, root := range [2]int{a, b} {
		for _, k := range g.groups[root] {
			w := g.passages[k]
			if w.doc == u.doc || w.weight < 0.7*(u.weight+v.weight) || w.weight < max(u.weight, v.weight) {
				continue
			}
			if g.compare(u, w).part >= 0.6 && g.compare(v, w).part >= 0.6 {
				return true
			}
		}
	}
	return false
}

// within reports whether part stands in whole, word for word.
func within(part, whole []string) bool {
	if len(part) == 0 || len(part) > len(whole) {
		return false
	}
	for i := 0; i+len(part) <= len(whole); i++ {
		if slices.Equal(part, whole[i:i+len(part)]) {
			return true
		}
	}
	return false
}

// candidates returns for each passage those before it that it may be a wording
// of: they share a word that few passages have, or speaker and surroundings.
func (g *gathering) candidates() [][]int {
	const (
		many = 300 // passages that share a word: too common to point at anything
		most = 400 // candidates for one passage
	)
	posting := map[int32][]int{}
	byContext := map[int32][]int{}
	byWords := map[string]int{}               // the last to say the same words, for all that say them
	count := make([]float64, len(g.passages)) // what each shares with the one looked at
	var list []int                            // those that share something
	out := make([][]int, len(g.passages))
	for i, u := range g.passages {
		if len(u.words) >= 4 {
			key := string(u.speaker) + "\x00" + strings.Join(u.words, " ")
			if j, ok := byWords[key]; ok && near(g.passages[j].at, u.at) {
				out[i] = []int{j}
				byWords[key] = i
				continue
			}
			byWords[key] = i
		}
		list = list[:0]
		look := func(ids []int32, in map[int32][]int, factor float64) {
			for _, id := range ids {
				if p := in[id]; len(p) <= many {
					for _, j := range p {
						if count[j] == 0 {
							list = append(list, j)
						}
						count[j] += factor * g.idf[id]
					}
				}
			}
		}
		look(u.stems, posting, 1)
		look(u.context, byContext, 0.3)
		if len(list) > most {
			slices.SortFunc(list, func(a, b int) int { return cmp.Or(-cmp.Compare(count[a], count[b]), a-b) })
		}
		for _, j := range list {
			count[j] = 0
		}
		out[i] = slices.Clone(list[:min(len(list), most)])
		for _, id := range slices.Compact(slices.Clone(u.stems)) {
			if !g.plain[id] || len(u.words) < 4 {
				posting[id] = append(posting[id], i)
			}
		}
		for _, id := range u.context {
			byContext[id] = append(byContext[id], i)
		}
	}
	return out
}

// utterances makes an Utterance of every group.
func (g *gathering) utterances() []stemma.Utterance {
	out := []stemma.Utterance{}
	first := []*passage{}
	for _, group := range g.groups {
		if len(group) == 0 {
			continue
		}
		us := make([]*passage, len(group))
		for i, k := range group {
			us[i] = g.passages[k]
		}
		slices.SortStableFunc(us, g.earlier)
		out = append(out, g.utterance(us))
		first = append(first, us[0])
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return g.earlier(first[a], first[b]) })
	sorted := make([]stemma.Utterance, len(out))
	for i, k := range order {
		sorted[i] = out[k]
	}
	return sorted
}

// earlier orders passages by publication, those without a date last, then by
// report and place.
func (g *gathering) earlier(a, b *passage) int {
	if az, bz := a.at.IsZero(), b.at.IsZero(); az != bz {
		if az {
			return 1
		}
		return -1
	}
	return cmp.Or(a.at.From.Compare(b.at.From),
		strings.Compare(g.docs[a.doc].Report.Source, g.docs[b.doc].Report.Source),
		strings.Compare(string(g.docs[a.doc].Report.ID), string(g.docs[b.doc].Report.ID)),
		a.span.Start-b.span.Start)
}

// utterance makes an Utterance of passages in order.
func (g *gathering) utterance(us []*passage) stemma.Utterance {
	lead := leadOf(us)
	u := stemma.Utterance{Speaker: us[lead].speaker, Lead: lead}
	var why []string
	for i, w := range us {
		d := compareWordings(us[lead], w, g.english[us[lead].speaker])
		u.Wordings = append(u.Wordings, stemma.Wording{
			Cite:      stemma.Cite{Report: g.docs[w.doc].Report.ID, Span: w.span},
			Statement: w.statement,
			Same:      i == lead || d.same,
		})
		if i == lead {
			continue
		}
		if w.quoted && us[lead].quoted && !d.same {
			u.Altered = true
		}
		if d.why != "" && !slices.Contains(why, d.why) {
			why = append(why, d.why)
		}
		if w.speaker != us[lead].speaker && w.speaker != "" && us[lead].speaker != "" && !slices.Contains(why, "another speaker") {
			why = append(why, "another speaker")
		}
		if u.Speaker == "" {
			u.Speaker = w.speaker
		}
	}
	slices.SortStableFunc(why, func(a, b string) int { return weightOfWhy(a) - weightOfWhy(b) })
	u.Why = strings.Join(why, "; ")
	return u
}

// leadOf returns the index of the wording that leads: one in quotation marks
// if there is any, the fullest of those, the earliest among equals. A wording
// counts as fuller only if it has more by a quarter.
func leadOf(us []*passage) int {
	best := 0
	for i, u := range us {
		b := us[best]
		switch {
		case u.quoted != b.quoted:
			if u.quoted {
				best = i
			}
		case len(u.words)*4 > len(b.words)*5 && len(u.words) > len(b.words)+2:
			best = i
		}
	}
	return best
}

// englishSpeakers returns the actors who are described, somewhere in docs, by
// an office of a country where English is spoken, and of no other.
func englishSpeakers(docs []*stemma.Document) map[stemma.ActorID]bool {
	out := map[stemma.ActorID]bool{}
	for _, doc := range docs {
		for i := range doc.Mentions {
			m := &doc.Mentions[i]
			role := m.Role
			if m.Form == stemma.ByDescription {
				role = m.Span
			}
			if m.Actor == "" || role.IsZero() {
				continue
			}
			var english bool
			switch actor.CountryOf(doc.Text(role)) {
			case "":
				continue
			case "united-states", "united-kingdom", "canada", "australia", "new-zealand", "ireland", "england", "scotland", "wales", "northern-ireland":
				english = true
			}
			if was, seen := out[m.Actor]; !seen || was {
				out[m.Actor] = english
			}
		}
	}
	return out
}
