package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// A Quotation is a stretch of text between quotation marks.
type Quotation struct {
	stemma.Span             // from the opening to the closing mark, both included
	Inner       stemma.Span // without the marks
	Depth       int         // 0 for the outermost, 1 for one within it, …
	Unclosed    bool        // its closing mark is lost: it ends with a sentence or paragraph
	Continues   bool        // it goes on from the quotation before, over the end of a paragraph
	First, End  int         // its tokens are Document.Tokens[First:End]
}

// Marks pairs the quotation marks of doc: straight, curly and low double
// marks, guillemets, and single marks as far as they are not apostrophes.
//
// Marks pair within a paragraph, and where a mark stands decides what it does
// before its shape does: behind a space and before a letter it opens. What
// surprises:
//
//   - An unclosed quotation ends with its paragraph. If the next paragraph
//     opens with a mark too, it is the same speech going on (Continues) and
//     nothing is lost.
//   - A mark that opens inside an open quotation of its kind begins a
//     quotation within it if the paragraph has closing marks enough for both;
//     else the first is taken to have lost its closing mark and ends with the
//     sentence before the new one.
//   - Two marks side by side, ““so””, count as one.
//
// The result is in text order, outer before inner. Furniture has none.
func Marks(doc *stemma.Document) []Quotation {
	qs, _ := pair(doc)
	return qs
}

// Damage returns the quotation marks of doc that lack their fellow.
func Damage(doc *stemma.Document) []stemma.Damage {
	qs, unopened := pair(doc)
	for _, q := range qs {
		if q.Unclosed && !q.single(doc) {
			t := doc.Tokens[q.First]
			unopened = append(unopened, stemma.Damage{Span: t.Span, Kind: stemma.Unclosed})
		}
	}
	slices.SortStableFunc(unopened, func(a, b stemma.Damage) int { return a.Start - b.Start })
	return unopened
}

// single reports whether q stands in single quotation marks.
func (q Quotation) single(doc *stemma.Document) bool {
	r, _ := utf8.DecodeRuneInString(doc.Report.Text[q.Start:])
	return markKind(r) == singleMark
}

type markShape int

const (
	noMark markShape = iota
	doubleMark
	guillemet
	singleMark
)

// shapeOf returns the shape of the mark w, noMark if w is anything else.
func shapeOf(w string) markShape {
	r, n := utf8.DecodeRuneInString(w)
	if n != len(w) {
		return noMark
	}
	return markKind(r)
}

func markKind(r rune) markShape {
	switch r {
	case '"', '“', '”', '„', '‟', '＂':
		return doubleMark
	case '«', '»', '‹', '›':
		return guillemet
	case '\'', '‘', '’', '‚', '`', '´':
		return singleMark
	}
	return noMark
}

// A mark is a token that may open or close a quotation.
type mark struct {
	tok    int // its first token
	end    int // behind its last token: '' and `` are two
	kind   markShape
	opens  bool
	closes bool
	weakly bool // a closing single mark that may be a possessive: the ministers’ meeting
}

type pairing struct {
	doc      *stemma.Document
	text     string
	sentence []int32 // sentence of each token of the paragraph, from base
	base     int
	out      []Quotation
	unopened []stemma.Damage
}

func pair(doc *stemma.Document) ([]Quotation, []stemma.Damage) {
	p := pairing{doc: doc, text: doc.Report.Text}
	carried := -1 // quotation left open by the paragraph before
	for i := 0; i < len(doc.Sentences); {
		j := i + 1
		for j < len(doc.Sentences) && doc.Sentences[j].Paragraph == doc.Sentences[i].Paragraph {
			j++
		}
		switch kind := doc.Sentences[i].Kind; kind {
		case stemma.Furniture, stemma.Byline:
		default:
			carried = p.paragraph(i, j, carried, kind == stemma.Heading)
		}
		i = j
	}
	if carried >= 0 {
		p.out[carried].Unclosed = true
	}
	slices.SortStableFunc(p.out, func(a, b Quotation) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return p.out, p.unopened
}

// paragraph pairs the marks of the sentences [from, to) and returns the index
// of the quotation that its end leaves open, or -1.
func (p *pairing) paragraph(from, to, carried int, heading bool) int {
	doc := p.doc
	first, end := doc.Sentences[from].FirstToken, doc.Sentences[to-1].EndToken
	ms := p.marks(first, end)
	if len(ms) == 0 {
		if carried >= 0 {
			p.out[carried].Unclosed = true
		}
		return -1
	}
	p.base = first
	p.sentence = p.sentence[:0]
	for s := from; s < to; s++ {
		for range doc.Sentences[s].EndToken - doc.Sentences[s].FirstToken {
			p.sentence = append(p.sentence, int32(s))
		}
	}

	// How many marks of a kind close, less those that open, behind each mark.
	var surplus [4]int
	after := make([]int, len(ms))
	for i := len(ms) - 1; i >= 0; i-- {
		m := &ms[i]
		after[i] = surplus[m.kind]
		switch {
		case m.opens && !m.closes:
			surplus[m.kind]--
		case m.closes && !m.opens:
			surplus[m.kind]++
		}
	}

	var stack []openMark
	continues := false
	if carried >= 0 {
		k := p.markKindAt(p.out[carried].First)
		switch m := ms[0]; {
		case heading:
		case m.tok == first && m.kind == k && m.opens:
			continues = true
		case m.kind == k && m.closes && !m.opens && m.tok > first:
			// The speech runs on without a mark at the start of the paragraph.
			stack = append(stack, openMark{tok: first, kind: k, continues: true, bare: true})
		}
		p.out[carried].Unclosed = !continues && len(stack) == 0
	}
	lastClosed := -1
	for i, m := range ms {
		top, open := -1, 0 // the innermost open quotation of the kind; how many are open
		for k, o := range stack {
			if o.kind == m.kind {
				top = k
				open++
			}
		}
		opens := m.opens
		if m.opens && m.closes {
			opens = top < 0
		}
		switch {
		case opens && top >= 0 && stack[top].tok == m.tok-1:
			// ““so: one mark doubled.
		case opens && len(stack) == maxDepth:
		case opens:
			if top >= 0 && m.kind == singleMark {
				continue // an apostrophe within
			}
			if top >= 0 && after[i] <= open {
				// Not marks enough to close both: the first has lost its own.
				for len(stack) > top {
					p.lose(stack[len(stack)-1], len(stack)-1, m.tok)
					stack = stack[:len(stack)-1]
				}
			}
			stack = append(stack, openMark{tok: m.tok, kind: m.kind, continues: continues && m.tok == first})
		case top >= 0:
			stack = stack[:top+1] // single marks within that nothing closed
			o := stack[top]
			p.add(o, m.end, top, false)
			stack = stack[:top]
			lastClosed = m.end
		case m.kind == singleMark:
			// An apostrophe.
		case m.tok == lastClosed:
			// so””: one mark doubled.
			q := &p.out[len(p.out)-1]
			q.Span.End, q.End = doc.Tokens[m.end-1].End, m.end
			lastClosed = m.end
		default:
			p.unopened = append(p.unopened, stemma.Damage{Span: doc.Tokens[m.tok].Span, Kind: stemma.Unopened})
		}
	}
	if len(stack) == 0 || stack[0].kind == singleMark {
		return -1
	}
	p.add(stack[0], end, 0, false)
	if heading {
		p.out[len(p.out)-1].Unclosed = true
		return -1
	}
	return len(p.out) - 1
}

// maxDepth is how deep quotations nest: far more than people do, and few
// enough that a page of nothing but opening marks takes linear time.
const maxDepth = 8

type openMark struct {
	tok       int
	kind      markShape
	continues bool
	bare      bool // no mark stands here
}

func (p *pairing) markKindAt(tok int) markShape {
	r, _ := utf8.DecodeRuneInString(p.text[p.doc.Tokens[tok].Start:])
	if k := markKind(r); k != noMark {
		return k
	}
	return doubleMark
}

// lose ends a quotation that lost its closing mark, because another opens at
// the token limit: with the sentence before that one, or where it must.
func (p *pairing) lose(o openMark, depth, limit int) {
	if o.kind == singleMark {
		return
	}
	end := limit
	if s := p.sentence[limit-p.base]; s != p.sentence[o.tok-p.base] {
		end = p.doc.Sentences[s].FirstToken
	}
	p.add(o, end, depth, true)
}

func (p *pairing) add(o openMark, end, depth int, unclosed bool) {
	toks := p.doc.Tokens
	q := Quotation{
		Span:      stemma.Span{Start: toks[o.tok].Start, End: toks[end-1].End},
		Depth:     depth,
		Unclosed:  unclosed,
		Continues: o.continues,
		First:     o.tok,
		End:       end,
	}
	q.Inner = q.Span
	lo, hi := o.tok, end
	for lo < hi && !o.bare && p.isMark(lo, o.kind) {
		lo++
	}
	for hi > lo && p.isMark(hi-1, o.kind) {
		hi--
	}
	if lo < hi {
		q.Inner = stemma.Span{Start: toks[lo].Start, End: toks[hi-1].End}
	} else {
		q.Inner = stemma.Span{Start: toks[o.tok].End, End: toks[o.tok].End}
	}
	p.out = append(p.out, q)
}

func (p *pairing) isMark(tok int, kind markShape) bool {
	t := p.doc.Tokens[tok]
	k := shapeOf(p.text[t.Start:t.End])
	return k != noMark && (k == kind || kind == doubleMark && k == singleMark)
}

// marks returns the tokens of [first, end) that may be quotation marks.
func (p *pairing) marks(first, end int) []mark {
	var ms []mark
	toks := p.doc.Tokens
	limit := stemma.Span{Start: toks[first].Start, End: toks[end-1].End}
	for i := first; i < end; i++ {
		t := toks[i]
		if t.Len() > 4 {
			continue
		}
		r, n := utf8.DecodeRuneInString(p.text[t.Start:t.End])
		kind := markKind(r)
		if kind == noMark || n != t.Len() {
			continue
		}
		m := mark{tok: i, end: i + 1, kind: kind}
		span := t.Span
		// `` and '' as typewriters and the Penn Treebank write them.
		if (r == '\'' || r == '`') && i+1 < end && toks[i+1].Start == t.End && p.text[toks[i+1].Start:toks[i+1].End] == string(r) {
			m.kind, m.end, span.End = doubleMark, i+2, toks[i+1].End
			i++
		}
		before, _ := utf8.DecodeLastRuneInString(p.text[limit.Start:span.Start])
		behind, _ := utf8.DecodeRuneInString(p.text[span.End:limit.End])
		free := span.Start == limit.Start || opensBehind(before)
		done := span.End == limit.End || closesBefore(behind)
		switch {
		case m.kind == singleMark:
			switch {
			case r == '`' || r == '´' || r == '‚':
				continue
			case r != '’' && free && !done && !elision(p.text[span.End:limit.End]):
				m.opens = true
			case !free && done && r != '‘':
				m.closes = true
				m.weakly = (before == 's' || before == 'S') && unicode.IsSpace(behind)
			default:
				continue
			}
		case free && !done:
			m.opens, m.closes = true, r == '”' || r == '»' // ”so” as well as “so. ”He
		case done && !free && (r == '“' || r == '«'):
			m.opens, m.closes = true, true // “so“ as well as said“ so”
		case done && !free:
			if r == '"' && unicode.IsDigit(before) && len(ms) == 0 {
				continue // 5'11"
			}
			m.closes = true
		case r == '“' || r == '„' || r == '‟' || r == '«' || r == '‹':
			m.opens = true
		case r == '”' || r == '»' || r == '›':
			m.closes = true
		default:
			m.opens, m.closes = true, true
		}
		ms = append(ms, m)
	}
	return strong(ms)
}

// strong drops the single marks that are apostrophes: those that open with
// nothing to close them, and possessives inside a quotation that a better
// mark closes.
func strong(ms []mark) []mark {
	closer := -1 // nearest mark behind i that closes a single one, before the next that opens
	keep := make([]bool, len(ms))
	for i := len(ms) - 1; i >= 0; i-- {
		m := ms[i]
		switch {
		case m.kind != singleMark:
			keep[i] = true
		case m.closes:
			if closer < 0 || !m.weakly {
				closer = i
			}
		case m.opens:
			if closer >= 0 {
				keep[i], keep[closer] = true, true
			}
			closer = -1
		}
	}
	out := ms[:0]
	for i, m := range ms {
		if keep[i] {
			out = append(out, m)
		}
	}
	return out
}

// opensBehind reports whether a mark behind r can open a quotation.
func opensBehind(r rune) bool {
	switch r {
	case '(', '[', '{', '-', '–', '—', '‑', '/', '=', '“', '‘', '„', '"', '\'', '«', '‹', '¿', '¡', '…':
		return true
	}
	return unicode.IsSpace(r)
}

// closesBefore reports whether a mark before r can close a quotation.
func closesBefore(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', ')', ']', '}', '-', '–', '—', '‑', '/', '”', '’', '"', '\'', '»', '›', '…', '*':
		return true
	}
	return unicode.IsSpace(r)
}

// elision reports whether a single mark before rest stands for letters left
// out: '90s, 'em.
func elision(rest string) bool {
	if rest != "" && '0' <= rest[0] && rest[0] <= '9' {
		return len(rest) > 2 && rest[2] == 's' || len(rest) == 2 || len(rest) > 2 && rest[2] == ' '
	}
	n := 0
	for n < len(rest) && n < 6 && (rest[n]|0x20) >= 'a' && (rest[n]|0x20) <= 'z' {
		n++
	}
	switch rest[:n] {
	case "em", "til", "till", "tis", "twas", "cause", "n", "bout", "round", "Tis", "Twas", "Em", "cos":
		return true
	}
	return false
}
