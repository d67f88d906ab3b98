package export

import (
	"strings"
	"unicode"

	"stemma"
)

// A piece is a stretch of two wordings, equal or not: where it stands in
// either. The span of a wording that has no words here is empty.
type piece struct {
	a, b stemma.Span
	same bool
}

// compareWords sets the tokens of two spans side by side: a longest common
// subsequence over their Norms. Spans are of sentences or quotations, so the
// square of their lengths is small; longer ones are one piece that differs.
func compareWords(a *stemma.Document, as stemma.Span, b *stemma.Document, bs stemma.Span) []piece {
	af, ae := a.TokensIn(as)
	bf, be := b.TokensIn(bs)
	at, bt := a.Tokens[af:ae], b.Tokens[bf:be]
	const most = 2000 // tokens; a table of 4 million cells takes 10 ms
	if len(at) > most || len(bt) > most {
		return []piece{{as, bs, false}}
	}
	n, m := len(at), len(bt)
	table := make([]uint16, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if at[i].Norm == bt[j].Norm {
				table[i*(m+1)+j] = table[(i+1)*(m+1)+j+1] + 1
			} else {
				table[i*(m+1)+j] = max(table[(i+1)*(m+1)+j], table[i*(m+1)+j+1])
			}
		}
	}
	var pieces []piece
	for i, j := 0, 0; i < n || j < m; {
		i0, j0 := i, j
		for i < n && j < m && at[i].Norm == bt[j].Norm {
			i, j = i+1, j+1
		}
		if i > i0 {
			pieces = append(pieces, piece{spanOf(at, i0, i), spanOf(bt, j0, j), true})
		}
		i0, j0 = i, j
		for (i < n || j < m) && !(i < n && j < m && at[i].Norm == bt[j].Norm) {
			if j == m || i < n && table[(i+1)*(m+1)+j] >= table[i*(m+1)+j+1] {
				i++
			} else {
				j++
			}
		}
		if i > i0 || j > j0 {
			pieces = append(pieces, piece{spanOf(at, i0, i), spanOf(bt, j0, j), false})
		}
	}
	for i, p := range pieces { // a comma more or less alters no word
		pieces[i].same = p.same || !hasWord(a.Text(p.a)) && !hasWord(b.Text(p.b))
	}
	return joinIslands(joinSame(pieces))
}

// joinSame merges neighbours that are both the same.
func joinSame(pieces []piece) []piece {
	var out []piece
	for _, p := range pieces {
		if last := len(out) - 1; last >= 0 && out[last].same && p.same {
			out[last].a, out[last].b = join(out[last].a, p.a), join(out[last].b, p.b)
			continue
		}
		out = append(out, p)
	}
	return out
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func spanOf(toks []stemma.Token, from, to int) stemma.Span {
	switch {
	case from < to:
		return stemma.Span{Start: toks[from].Start, End: toks[to-1].End}
	case from < len(toks):
		return stemma.Span{Start: toks[from].Start, End: toks[from].Start}
	case len(toks) > 0:
		return stemma.Span{Start: toks[len(toks)-1].End, End: toks[len(toks)-1].End}
	}
	return stemma.Span{}
}

// joinIslands merges differences with only a short word between them: "[There
// is a lot of → Much]" reads better than three small changes.
func joinIslands(pieces []piece) []piece {
	var out []piece
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		last := len(out) - 1
		if p.same && p.a.Len() <= 3 && last >= 0 && !out[last].same && i+1 < len(pieces) {
			next := pieces[i+1]
			out[last].a = join(join(out[last].a, p.a), next.a)
			out[last].b = join(join(out[last].b, p.b), next.b)
			i++
			continue
		}
		out = append(out, p)
	}
	return out
}

// join is the span from the first word of s to the last of t, which follows.
func join(s, t stemma.Span) stemma.Span {
	switch {
	case s.Len() == 0:
		return t
	case t.Len() == 0:
		return s
	}
	return stemma.Span{Start: s.Start, End: t.End}
}

// spaceBefore reports whether white space stands before offset in text.
func spaceBefore(text string, offset int) bool {
	return offset > 0 && strings.ContainsAny(text[offset-1:offset], " \n\t\u00a0")
}

// gapAfter reports whether a space belongs between prev and p where both are
// shown: as it is in a text that has words of both.
func (p piece) gapAfter(prev piece, a, b *stemma.Document) bool {
	if prev.b.Len() == 0 || p.b.Len() == 0 {
		return spaceBefore(a.Report.Text, p.a.Start)
	}
	return spaceBefore(b.Report.Text, p.b.Start)
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
