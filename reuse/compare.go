package reuse

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"stemma"
)

// features are what the decision on a pair rests on. All are shares from 0 to
// 1 unless they say otherwise; "told" words are those outside quotation marks.
type features struct {
	run3A, run3B   float64 // told words within shared runs of at least 3 words
	run5A, run5B   float64 // of at least 5 words
	run8A, run8B   float64
	quoteA, quoteB float64 // quoted words within shared runs of at least 3
	longest        int     // words of the longest run of told words
	linkA, linkB   float64 // told words in sentences that have a counterpart
	order          float64 // counterparts that stand in the same order
	rephrased      float64 // mean likeness of the counterparts
	links          int     // sentences with a counterpart, of the side with fewer
	evidence       float64 // told runs weighed by rarity; unbounded
	solid          int     // told words of b in runs of at least 8 words, 4 of them told
	toldA, toldB   int     // words
}

// A sentence has a counterpart if the two share this much of their weight…
const (
	minDice    = 0.33 // Sanchez-Perez, Gelbukh and Sidorov 2014 took the same
	minContain = 0.55 // …or one has most of the other's: split and merged sentences
	minShared  = 3    // and this many stems
)

func (l link) counterpart() bool {
	return l.beside || l.to >= 0 && l.shared >= minShared && (l.dice >= minDice || l.contain >= minContain)
}

// measure compares a and b. It leaves the runs in m.
func (m *matcher) measure(a, b *text) (f features) {
	m.findRuns(a, b)
	m.linkSentences(a, b, inQuotes)
	side := func(t *text, cover []uint16) (run3, run5, run8, quote float64, told int) {
		var n3, n5, n8, nq, q int
		for i, c := range cover {
			if t.flag[i]&inQuotes != 0 {
				q++
				if c >= 3 {
					nq++
				}
				continue
			}
			told++
			if c >= 3 {
				n3++
			}
			if c >= 5 {
				n5++
			}
			if c >= 8 {
				n8++
			}
		}
		return share(n3, told), share(n5, told), share(n8, told), share(nq, q), told
	}
	f.run3A, f.run5A, f.run8A, f.quoteA, f.toldA = side(a, m.coverA)
	f.run3B, f.run5B, f.run8B, f.quoteB, f.toldB = side(b, m.coverB)
	wb := b.weights(&m.spareB)
	for _, r := range m.runs {
		told, n := 0.0, 0
		for k := r.j; k < r.j+r.n; k++ {
			if b.flag[k]&inQuotes == 0 {
				told += float64(wb[k])
				n++
			}
		}
		f.longest = max(f.longest, n)
		if n >= 4 {
			f.evidence += told
			if r.n >= 8 {
				f.solid += n
			}
		}
	}
	linked := func(t *text, best []link) (float64, int) {
		n, all, links := 0, 0, 0
		for s, l := range best {
			told := 0
			for i := t.sent[s].first; i < t.sent[s].end; i++ {
				if t.flag[i]&inQuotes == 0 {
					told++
				}
			}
			all += told
			if l.counterpart() && told > 0 {
				n += told
				links++
			}
		}
		return share(n, all), links
	}
	var la, lb int
	f.linkA, la = linked(a, m.bestA)
	f.linkB, lb = linked(b, m.bestB)
	f.links = min(la, lb)
	var seq []int32
	sum := 0.0
	for _, l := range m.bestB {
		if l.counterpart() {
			seq = append(seq, l.to)
			sum += float64(l.dice)
		}
	}
	if len(seq) > 0 {
		f.order = float64(rising(dedupe(seq))) / float64(len(dedupe(seq)))
		f.rephrased = sum / float64(len(seq))
	}
	return f
}

func dedupe(seq []int32) []int32 { return slices.Compact(slices.Clone(seq)) }

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// decide returns the log-odds that one of the two texts was made from the
// other or both from a third, and whether as a whole or in passages only.
func (f *features) decide(sameOutlet bool) (odds float64, passages bool) {
	whole := max(f.linkA, f.linkB) * (1 - math.Exp(-float64(f.links)/3))
	w := -7 + 10*whole + 12*max(f.run3A, f.run3B) + 0.02*min(f.evidence, 200)
	p := -6 + 0.15*float64(f.solid) + 1.2*float64(min(f.links, 3))
	if sameOutlet {
		p -= 2 // a note that the outlet puts under all its reports
	}
	return max(w, p), p > w
}

// Compare decides whether one of two reports was made from the other, wholly
// or in part, and which from which. It returns false for independent reports,
// also where they tell of the same event or quote the same speech. It gives
// the same answer for (a, b) and (b, a).
func Compare(a, b *stemma.Document) (stemma.Copy, bool) {
	if less(b, a) {
		a, b = b, a
	}
	var c Comparer
	return c.Compare(Read(a), Read(b))
}

// A Comparer compares Readings and keeps the memory that takes for the next
// comparison. Its zero value is ready to use, by one goroutine at a time.
type Comparer struct{ m matcher }

// Compare is like the function Compare, for texts already read.
func (c *Comparer) Compare(a, b *Reading) (stemma.Copy, bool) {
	if less(b.doc, a.doc) {
		a, b = b, a
	}
	v, ok := c.m.compare(a, b)
	if !ok {
		return stemma.Copy{}, false
	}
	return v.copy(), true
}

// Same returns the Copy that says that a and b have the same words. The
// earlier of the two is held to be the exemplar.
func (c *Comparer) Same(a, b *Reading) stemma.Copy {
	if less(b.doc, a.doc) {
		a, b = b, a
	}
	return verbatim(a, b)
}

// less is the order in which documents are taken up, so that the order in
// which they come does not matter: by time of publication, undated ones last,
// then by source (whose order, unlike that of IDs, does not hang on the folder
// that a set of files stands in), then by ID.
func less(a, b *stemma.Document) bool { return order(a, b) < 0 }

func order(a, b *stemma.Document) int {
	p, q := a.Report.Published, b.Report.Published
	switch {
	case p.IsZero() != q.IsZero():
		if q.IsZero() {
			return -1
		}
		return 1
	case !p.From.Equal(q.From):
		return p.From.Compare(q.From)
	}
	return cmp.Or(strings.Compare(a.Report.Source, b.Report.Source), strings.Compare(string(a.Report.ID), string(b.Report.ID)))
}

// A verdict is what comparing two readings found: b is held to be the copy if
// odds > 0, a if odds < 0.
type verdict struct {
	a, b     *Reading
	i, j     int     // their places in the corpus
	odds     float64 // of the direction a→b
	reasons  []stemma.Reason
	kindAB   stemma.CopyKind // if b is the copy
	kindBA   stemma.CopyKind // if a is
	scoreAB  float64
	scoreBA  float64
	passages []stemma.Passage // Exemplar is in a
	evidence stemma.Reason    // why a copy at all
	sideA    side             // what b accounts for in a
	sideB    side
	lackA    int // sentences of b that a lacks
	lackB    int
}

// kindOf returns the kind of copy that document i is.
func (v *verdict) kindOf(i int) stemma.CopyKind {
	if i == v.j {
		return v.kindAB
	}
	return v.kindBA
}

// compare compares two readings.
func (m *matcher) compare(a, b *Reading) (*verdict, bool) {
	f := m.measure(&a.text, &b.text)
	sameOutlet := a.doc.Report.Outlet != "" && a.doc.Report.Outlet == b.doc.Report.Outlet
	odds, _ := f.decide(sameOutlet)
	if odds <= 0 {
		return nil, false
	}
	if a.quoted+b.quoted > 0 { // else they are linked as they should be
		m.linkSentences(&a.text, &b.text, 0)
	}
	borneOut(m.bestA)
	borneOut(m.bestB)
	v := &verdict{a: a, b: b}
	v.sideA, v.scoreBA = m.accounted(&a.text, &b.text, m.coverA, m.bestA, m.bestB)
	v.sideB, v.scoreAB = m.accounted(&b.text, &a.text, m.coverB, m.bestB, m.bestA)
	same := slices.Equal(a.word, b.word)
	v.kindAB = kindOf(same, v.scoreAB, &b.text, m.coverB, m.bestB)
	v.kindBA = kindOf(same, v.scoreBA, &a.text, m.coverA, m.bestA)
	v.passages = m.passages(&a.text, &b.text)
	v.evidence = stemma.Reason{Rule: "shared-wording", Weight: round(odds), Text: fmt.Sprintf(
		"%.0f%% of the text is the other's, %.0f%% of its own words in runs of five or more, the longest of %d",
		100*v.scoreAB, 100*f.run5B, f.longest)}
	for _, p := range v.passages[:min(len(v.passages), 3)] {
		v.evidence.Cites = append(v.evidence.Cites, stemma.Cite{Report: b.doc.Report.ID, Span: p.Copy})
	}
	p := &pair{docA: a.doc, docB: b.doc, a: &a.text, b: &b.text, linksA: m.bestA, linksB: m.bestB,
		coverA: m.coverA, coverB: m.coverB, hasA: &m.hasA, hasB: &m.hasB}
	m.hasA.build(a.word)
	m.hasB.build(b.word)
	p.kind = v.kindAB
	if v.kindAB != stemma.Partial || v.kindBA != stemma.Partial {
		p.kind = stemma.Reworded
	}
	v.odds, v.reasons = p.direct()
	v.lackB, v.lackA = lacking(&a.text, m.bestA), lacking(&b.text, m.bestB)
	return v, true
}

// minLike is the likeness below which two sentences have nothing to do with
// each other.
const minLike = 0.25

// lacking counts the sentences of prose in t without anything like them in the
// other text.
func lacking(t *text, best []link) (n int) {
	for s, l := range best {
		if sent := t.sent[s]; !sent.title && sent.end-sent.first >= 6 && !l.counterpart() && (l.to < 0 || l.dice < minLike && l.contain < 0.4) {
			n++
		}
	}
	return n
}

// kindBounds: see eval/copies-families.txt.
const (
	wholeShare = 0.40 // of a copy's words; the written partial copies have at most .28, the others .48 or more
	nearShare  = 0.78 // of those, in runs of five; near copies .86 or more, reworded ones .66 or less
)

func kindOf(same bool, score float64, t *text, cover []uint16, best []link) stemma.CopyKind {
	if same {
		return stemma.Verbatim
	}
	in5, linked, counterpart := 0, 0, 0
	for s, l := range best {
		for i := t.sent[s].first; i < t.sent[s].end; i++ {
			if l.counterpart() {
				counterpart++
			} else if cover[i] < 5 {
				continue
			}
			linked++
			if cover[i] >= 5 {
				in5++
			}
		}
	}
	all := len(t.word)
	// Passages are taken over word for word; a text that says in other words
	// most of what the other says is reworded, however freely.
	if score < wholeShare && (share(counterpart, all) < wholeShare || share(in5, all) > score/2) {
		return stemma.Partial
	}
	if share(in5, linked) >= nearShare {
		return stemma.Near
	}
	return stemma.Reworded
}

// accounted returns how many words of each sentence of t the other text
// accounts for, and the share of t that comes from it: sentences made from
// others and runs of five words. A word is accounted for if it is in a run of
// five or in the longest common subsequence with the counterpart and the
// sentences whose own counterpart this is.
//
// The cost of what is not accounted for counts stretches, not words: a passage
// that was lost or put in is one act of the copyist, however long it is.
func (m *matcher) accounted(t, o *text, cover []uint16, best, back []link) (side, float64) {
	sd := side{words: make([]uint16, len(t.sent)), cost: make([]uint16, len(t.sent))}
	m.mark = grow(m.mark, len(t.word))
	// The sentences of o that go with each of t, chained.
	m.goes, m.goesNext = grow(m.goes, len(t.sent)), grow(m.goesNext, len(o.sent))
	for u := len(back) - 1; u >= 0; u-- {
		if l := back[u]; l.counterpart() && !(best[l.to].counterpart() && int(best[l.to].to) == u) {
			m.goesNext[u] = m.goes[l.to]
			m.goes[l.to] = int32(u + 1)
		}
	}
	sum, all := 0.0, 0
	for s := range t.sent {
		first, end := t.sent[s].first, t.sent[s].end
		size := int(end - first)
		m.with = m.with[:0]
		add := func(u int32) { m.with = append(m.with, o.word[o.sent[u].first:o.sent[u].end]...) }
		own := int32(-1)
		if best[s].counterpart() {
			own = best[s].to
		}
		for u := m.goes[s] - 1; u >= 0; u = m.goesNext[u] - 1 {
			if own >= 0 && own < u {
				add(own)
				own = -1
			}
			add(u)
		}
		if own >= 0 {
			add(own)
		}
		n, in5 := 0, 0
		for i := first; i < end; i++ {
			if cover[i] >= 5 {
				m.mark[i] = true
				in5++
			}
		}
		if n = in5; len(m.with) > 0 && in5 < size {
			n = m.lcs.mark(t.word[first:end], m.with, m.mark[first:end])
		}
		took := float64(in5)
		if best[s].counterpart() {
			// Any two sentences about one thing have a quarter of their words
			// in common; of a sentence that was made from another, a half.
			took = max(took, float64(size)*min(1, max(0, (float64(n)/float64(size)-0.25)/0.25)))
		}
		sum += took
		all += size
		sd.words[s] = uint16(min(n, 1<<16-1))
	}
	stretch := 0
	for s := range t.sent {
		for i := t.sent[s].first; i < t.sent[s].end; i++ {
			if m.mark[i] {
				stretch = 0
			} else if stretch++; stretch <= maxStretch {
				sd.cost[s]++
			}
		}
	}
	return sd, sum / float64(max(1, all))
}

// maxStretch is the number of words above which a stretch costs no more.
const maxStretch = 5

// A side says of each sentence of one of two texts compared how many of its
// words the other accounts for, and what the rest costs.
type side struct{ words, cost []uint16 }

// passages returns the stretches that a and b share, in the order of b:
// sentences with a counterpart, joined where they follow each other in both,
// and runs of eight words or more outside them.
func (m *matcher) passages(a, b *text) []stemma.Passage {
	var out []stemma.Passage
	lastS, lastT := int32(-2), int32(-2)
	inside := make([]bool, len(b.word))
	for t, l := range m.bestB {
		if !l.counterpart() {
			continue
		}
		sa, sb := span(a, int(a.sent[l.to].first), int(a.sent[l.to].end)), span(b, int(b.sent[t].first), int(b.sent[t].end))
		for j := b.sent[t].first; j < b.sent[t].end; j++ {
			inside[j] = true
		}
		if n := len(out); n > 0 && int32(t) == lastT+1 && (l.to == lastS+1 || l.to == lastS) {
			out[n-1].Copy.End = sb.End
			out[n-1].Exemplar.End = max(out[n-1].Exemplar.End, sa.End)
		} else {
			out = append(out, stemma.Passage{Exemplar: sa, Copy: sb})
		}
		lastS, lastT = l.to, int32(t)
	}
	for _, r := range m.runs {
		if r.n < 8 {
			continue
		}
		free := true
		for j := r.j; j < r.j+r.n; j++ {
			free = free && !inside[j]
		}
		if free {
			out = append(out, stemma.Passage{Exemplar: span(a, int(r.i), int(r.i+r.n)), Copy: span(b, int(r.j), int(r.j+r.n))})
		}
	}
	slices.SortFunc(out, func(p, q stemma.Passage) int {
		return cmp.Or(p.Copy.Start-q.Copy.Start, p.Exemplar.Start-q.Exemplar.Start)
	})
	return out
}

// A wordSet is a set of word hashes; 0 is never in it.
type wordSet struct {
	slot  []uint64
	shift uint
}

func (s *wordSet) build(words []uint64) {
	size := bits.Len(uint(len(words))) + 1
	s.slot, s.shift = grow(s.slot, 1<<size), uint(64-size)
	for _, w := range words {
		i := w * keyMul >> s.shift
		for s.slot[i] != 0 && s.slot[i] != w {
			i = (i + 1) & uint64(len(s.slot)-1)
		}
		s.slot[i] = w
	}
}

func (s *wordSet) has(w uint64) bool {
	if len(s.slot) == 0 {
		return false
	}
	for i := w * keyMul >> s.shift; s.slot[i] != 0; i = (i + 1) & uint64(len(s.slot)-1) {
		if s.slot[i] == w {
			return true
		}
	}
	return false
}

// copy states the verdict in the direction that its own odds favour.
func (v *verdict) copy() stemma.Copy { return v.directed(v.odds) }

// directed states the verdict with the given log-odds for a→b.
func (v *verdict) directed(odds float64) stemma.Copy {
	reasons := append([]stemma.Reason{v.evidence}, v.reasons...)
	if odds >= 0 {
		return stemma.Copy{Exemplar: v.a.doc.Report.ID, Report: v.b.doc.Report.ID, Kind: v.kindAB, Score: round(v.scoreAB),
			Direction: round(logistic(odds)), Reasons: reasons, Passages: v.passages}
	}
	reasons = append([]stemma.Reason{v.evidence}, exchange(slices.Clone(v.reasons))...)
	passages := make([]stemma.Passage, len(v.passages))
	for i, p := range v.passages {
		passages[i] = stemma.Passage{Exemplar: p.Copy, Copy: p.Exemplar}
	}
	slices.SortFunc(passages, func(p, q stemma.Passage) int {
		return cmp.Or(p.Copy.Start-q.Copy.Start, p.Exemplar.Start-q.Exemplar.Start)
	})
	return stemma.Copy{Exemplar: v.b.doc.Report.ID, Report: v.a.doc.Report.ID, Kind: v.kindBA, Score: round(v.scoreBA),
		Direction: round(logistic(-odds)), Reasons: reasons, Passages: passages}
}
