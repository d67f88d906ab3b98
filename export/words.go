package export

import (
	"strings"

	"stemma"
)

// A piece is a stretch of two wordings: the words of each, equal or not.
type piece struct {
	a, b string
	same bool
}

// compareWords sets the tokens of two spans side by side: a longest common
// subsequence over their Norms. Spans are of sentences or quotations, so the
// square of their lengths is small; longer ones are shown whole.
func compareWords(a *stemma.Document, as stemma.Span, b *stemma.Document, bs stemma.Span) []piece {
	af, ae := a.TokensIn(as)
	bf, be := b.TokensIn(bs)
	at, bt := a.Tokens[af:ae], b.Tokens[bf:be]
	const most = 2000 // tokens; a table of 4 million cells takes 10 ms
	if len(at) > most || len(bt) > most {
		return []piece{{oneSpace(a.Text(as)), oneSpace(b.Text(bs)), false}}
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
	words := func(doc *stemma.Document, toks []stemma.Token, from, to int) string {
		if from == to {
			return ""
		}
		return oneSpace(doc.Report.Text[toks[from].Start:toks[to-1].End])
	}
	for i, j := 0, 0; i < n || j < m; {
		i0, j0 := i, j
		for i < n && j < m && at[i].Norm == bt[j].Norm {
			i, j = i+1, j+1
		}
		if i > i0 {
			pieces = append(pieces, piece{words(a, at, i0, i), words(b, bt, j0, j), true})
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
			pieces = append(pieces, piece{words(a, at, i0, i), words(b, bt, j0, j), false})
		}
	}
	return joinIslands(pieces)
}

// joinIslands merges differences with only a short common word between them:
// "There is a lot of → Much" reads better than three small changes.
func joinIslands(pieces []piece) []piece {
	var out []piece
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		last := len(out) - 1
		if p.same && last >= 0 && !out[last].same && i+1 < len(pieces) && len(p.a) <= 3 {
			next := pieces[i+1]
			out[last].a = joinWords(out[last].a, p.a, next.a)
			out[last].b = joinWords(out[last].b, p.b, next.b)
			i++
			continue
		}
		out = append(out, p)
	}
	return out
}

func joinWords(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 && !strings.ContainsAny(p[:1], ",.;:!?)") {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	return b.String()
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
