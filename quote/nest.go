package quote

import (
	"slices"

	"stemma"
)

// nest turns "X quoted him as saying" round, so that the one quoted is the
// speaker and X the way it reached us, and adds the statements that stand
// inside the content of others, where words in quotation marks are at stake:
// According to X, Y called it “useful”.
func (l *layout) nest(sts []stemma.Statement) []stemma.Statement {
	n := len(sts)
	for i := range n {
		l.quotedAs(&sts[i])
		l.citedBy(&sts[i])
		if inner, ok := l.within(sts[i]); ok {
			// Each quotation is one speaker's.
			sts[i].Quoted = slices.DeleteFunc(slices.Clone(sts[i].Quoted), func(q stemma.Span) bool { return slices.Contains(inner.Quoted, q) })
			sts = append(sts, inner)
		}
	}
	return sts
}

// quotedAs handles “…,” X quoted him as saying, and he was quoted as saying by X.
func (l *layout) quotedAs(st *stemma.Statement) {
	if st.Cue.IsZero() {
		return
	}
	toks := l.doc.Tokens
	first, end := l.doc.TokensIn(st.Cue)
	verb := -1
	for i := first; i < end; i++ {
		switch toks[i].Norm {
		case "quoted", "quotes", "quoting", "cited", "cites", "citing", "paraphrased":
			verb = i
		}
	}
	if verb < 0 {
		return
	}
	// quoted NP as VERBing
	limit := l.sentenceEnd(verb)
	as := -1
	for i := verb + 1; i < limit && i < verb+16; i++ {
		if toks[i].Norm == "as" && i+1 < limit && len(toks[i+1].Norm) > 3 && toks[i+1].Norm[len(toks[i+1].Norm)-3:] == "ing" {
			as = i
			break
		}
	}
	if as < 0 {
		return
	}
	if as > verb+1 {
		quoted := stemma.Span{Start: toks[verb+1].Start, End: toks[as-1].End}
		if !st.Speaker.IsZero() && !st.Speaker.Overlaps(quoted) {
			st.Via = append([]stemma.Source{{Span: st.Speaker}}, st.Via...)
		}
		st.Speaker = quoted
		st.Cue = stemma.Span{Start: st.Cue.Start, End: toks[as+1].End}
		st.Content = cut(st.Content, stemma.Span{Start: quoted.Start, End: toks[as+1].End})
		if st.Cue.End > quoted.Start {
			st.Cue = stemma.Span{Start: toks[verb].Start, End: toks[as+1].End}
		}
		st.Span = cover(*st)
		return
	}
	// was quoted as saying (by NP)
	st.Cue.End = max(st.Cue.End, toks[as+1].End)
	st.Content = cut(st.Content, stemma.Span{Start: toks[as].Start, End: toks[as+1].End})
	if by := as + 2; by+1 < limit && toks[by].Norm == "by" {
		e := by + 1
		for e < limit && !isClose(toks[e].Norm) && toks[e].Norm != "," && !followBreak[toks[e].Norm] && markKindOf(l.doc, e) == noMark {
			e++
		}
		if e > by+1 {
			st.Via = append(st.Via, stemma.Source{Span: stemma.Span{Start: toks[by+1].Start, End: toks[e-1].End}})
			st.Content = cut(st.Content, stemma.Span{Start: toks[by].Start, End: toks[e-1].End})
		}
	}
	st.Span = cover(*st)
}

// citedBy splits a source that was itself passed on: a recording cited by X.
func (l *layout) citedBy(st *stemma.Statement) {
	if st.Speaker.IsZero() || len(st.Via) > 0 {
		return
	}
	toks := l.doc.Tokens
	first, end := l.doc.TokensIn(st.Speaker)
	for i := first + 1; i+2 < end; i++ {
		switch toks[i].Norm {
		case "cited", "quoted", "obtained", "seen", "published", "reported", "reviewed":
			if toks[i+1].Norm != "by" {
				continue
			}
			st.Via = append(st.Via, stemma.Source{Span: stemma.Span{Start: toks[i+2].Start, End: trimRight(toks, i+2, end)}})
			return
		}
	}
}

// within returns the statement that stands inside the content of st: a cue
// with a subject before it and words in quotation marks behind it.
func (l *layout) within(st stemma.Statement) (stemma.Statement, bool) {
	toks := l.doc.Tokens
	for _, k := range st.Content {
		first, end := l.doc.TokensIn(k)
		if first == end || markKindOf(l.doc, first) != noMark {
			continue
		}
		var found stemma.Statement
		for i := first + 1; i+1 < end; i++ {
			if markKindOf(l.doc, i) == doubleMark {
				break
			}
			c, ok := lexicon()[toks[i].Norm]
			if !ok || c.base || c.class == "believe" || c.class == "show" || !quotationFollows(l.doc, i+1, end) {
				continue
			}
			cueStart := i
			for cueStart > first && (verbGroup[toks[cueStart-1].Norm] || adverb(l.doc, cueStart-1)) {
				cueStart--
			}
			// The subject: back to the verb or mark before it.
			a := cueStart
			for a > first && cueStart-a < 8 {
				w := toks[a-1].Norm
				if phraseBreak[w] || isClose(w) || w == "," || markKindOf(l.doc, a-1) != noMark {
					break
				}
				if v, ok := lexicon()[w]; ok && !v.base {
					break
				}
				a--
				if pronoun[w] {
					break
				}
			}
			for a < cueStart && adverb(l.doc, a) {
				a++
			}
			if a >= cueStart || cueStart-a == 1 && opener(l.doc, a) {
				continue
			}
			in := stemma.Statement{
				Cue:     stemma.Span{Start: toks[cueStart].Start, End: toks[i].End},
				Speaker: stemma.Span{Start: toks[a].Start, End: toks[cueStart-1].End},
				Content: []stemma.Span{{Start: toks[i+1].Start, End: k.End}},
				Kind:    stemma.Mixed,
				Rule:    "nested",
			}
			for _, q := range st.Quoted {
				if in.Content[0].Contains(q) {
					in.Quoted = append(in.Quoted, q)
				}
			}
			if len(st.Via) > 0 {
				in.Via = st.Via
			} else if !st.Speaker.IsZero() {
				in.Via = []stemma.Source{{Span: st.Speaker}}
			}
			in.Span = cover(in)
			found = in // the nearest to the mark
		}
		if !found.Cue.IsZero() {
			return found, true
		}
	}
	return stemma.Statement{}, false
}

// quotationFollows reports whether double marks open within five tokens of i.
func quotationFollows(doc *stemma.Document, i, end int) bool {
	for j := i; j < end && j < i+6; j++ {
		switch w := doc.Tokens[j].Norm; {
		case markKindOf(doc, j) == doubleMark:
			return true
		case w == "," || isClose(w):
			return false
		}
	}
	return false
}

func (l *layout) sentenceEnd(tok int) int {
	s := l.doc.SentenceOf(l.doc.Tokens[tok].Start)
	return l.doc.Sentences[s].EndToken
}

func markKindOf(doc *stemma.Document, tok int) markShape {
	t := doc.Tokens[tok]
	if t.Len() > 4 {
		return noMark
	}
	return shapeOf(doc.Report.Text[t.Start:t.End])
}

func trimRight(toks []stemma.Token, first, end int) int {
	for end > first+1 && toks[end-1].Norm == "," {
		end--
	}
	return toks[end-1].End
}

// cut takes away from spans what overlaps s, and pieces of nothing but marks.
func cut(spans []stemma.Span, s stemma.Span) []stemma.Span {
	var out []stemma.Span
	for _, k := range spans {
		if !k.Overlaps(s) {
			out = append(out, k)
			continue
		}
		if k.Start < s.Start {
			out = append(out, stemma.Span{Start: k.Start, End: s.Start})
		}
		if s.End < k.End {
			out = append(out, stemma.Span{Start: s.End, End: k.End})
		}
	}
	if len(out) == 0 {
		return spans
	}
	return out
}
