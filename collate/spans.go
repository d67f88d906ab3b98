package collate

import (
	"cmp"
	"slices"

	"stemma"
	"stemma/internal/words"
)

// Spans compares two wordings of what may be one utterance: the words of a in
// as with the words of b in bs, both in text order. It returns the loci of
// both, those with the same words too, with a as witness 0 and b as witness 1;
// Bead is 0 throughout.
func Spans(a *stemma.Document, as []stemma.Span, b *stemma.Document, bs []stemma.Span) []stemma.Locus {
	lx := newLexicon(nil, 100)
	ta, tb := excerpt(lx, a, as), excerpt(lx, b, bs)
	weigh([]*text{ta, tb})
	p := &pair{lx: lx, a: ta, b: tb, flip: a.Report.Text > b.Report.Text}
	p.beads = []pairBead{{0, len(ta.sents), 0, len(tb.sents), 1, false}}
	p.alignTokens(0, 0, len(ta.words), 0, len(tb.words), 0)
	p.findMoves()
	var c stemma.Collation
	p.collation(&c)
	return c.Loci
}

// SameWords reports whether two wordings have the same words, punctuation,
// quotation marks and the spelling of words and names aside.
func SameWords(a *stemma.Document, as []stemma.Span, b *stemma.Document, bs []stemma.Span) bool {
	return !slices.ContainsFunc(Spans(a, as, b, bs), func(l stemma.Locus) bool { return Altered(l) })
}

// Altered reports whether the words at l differ, and not only their spelling,
// their format or the marks about them.
func Altered(l stemma.Locus) bool {
	switch l.Kind {
	case stemma.Same, stemma.Spelling, stemma.Format, stemma.DamageVar, stemma.Division, stemma.FurnitureVar, stemma.Mode:
		return false
	}
	return true
}

// excerpt is prepare for the tokens in spans alone, as one sentence.
func excerpt(lx *lexicon, d *stemma.Document, spans []stemma.Span) *text {
	sub := &stemma.Document{Report: d.Report}
	quoted := false
	for _, s := range spans {
		first, end := d.TokensIn(s)
		if n := len(sub.Tokens); n > 0 && first < end && d.Tokens[first].Start < sub.Tokens[n-1].End {
			continue // spans that overlap count once
		}
		if first > 0 && isQuote(d.Tokens[first-1].Norm) {
			quoted = true
		}
		sub.Tokens = append(sub.Tokens, d.Tokens[first:end]...)
	}
	if n := len(sub.Tokens); n > 0 {
		sub.Sentences = []stemma.Sentence{{Span: stemma.Span{Start: sub.Tokens[0].Start, End: sub.Tokens[n-1].End}, Kind: stemma.Prose, EndToken: n}}
	}
	t := prepare(lx, sub)
	if quoted && len(t.quotes) == 0 {
		t.quotes = []quotation{{0, len(t.words), -1, true}}
		for i := range t.words {
			t.words[i].quote = 1
		}
	}
	return t
}

// Rank returns the indices of the variants of c in the order in which to show
// them: those that change the meaning first, the weightiest first, then as
// they stand in the text.
func Rank(c *stemma.Collation) []int {
	var out []int
	for i, l := range c.Loci {
		if l.Kind != stemma.Same {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int {
		x, y := &c.Loci[i], &c.Loci[j]
		return cmp.Or(cmp.Compare(severityRank[y.Severity], severityRank[x.Severity]), cmp.Compare(y.Weight, x.Weight))
	})
	return out
}

// A Group is a reading and the witnesses that have it.
type Group struct {
	Text      string `json:"text"` // of the first of them; "" if they omit the words
	Witnesses []int  `json:"witnesses"`
	Origins   int    `json:"origins"` // how many independent origins the witnesses descend from
}

// Groups joins the readings at l that are the same words, and counts for each
// how many independent origins support it: origins[w] is the origin of witness
// w, as in Options. The best supported comes first.
func Groups(docs []*stemma.Document, l stemma.Locus, origins []int) []Group {
	var out []Group
	var keys []string
	for _, r := range l.Readings {
		d := docs[r.Witness]
		key := ""
		if r.Span.Len() > 0 {
			first, end := d.TokensIn(r.Span)
			for _, tok := range d.Tokens[first:end] {
				key += words.American(tok.Norm) + " "
			}
		}
		k := slices.Index(keys, key)
		if k < 0 {
			k = len(out)
			keys = append(keys, key)
			out = append(out, Group{Text: d.Text(r.Span)})
		}
		out[k].Witnesses = append(out[k].Witnesses, r.Witness)
	}
	for k := range out {
		seen := map[int]bool{}
		for _, w := range out[k].Witnesses {
			o := w
			if w < len(origins) {
				o = origins[w]
			}
			if !seen[o] {
				seen[o] = true
				out[k].Origins++
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Group) int {
		return cmp.Or(cmp.Compare(y.Origins, x.Origins), cmp.Compare(len(y.Witnesses), len(x.Witnesses)))
	})
	return out
}
