// Package collate sets documents side by side, sentence by sentence and word by
// word, and says of every difference what an editor of texts would note: its
// kind, how much it matters, and the rule that says so.
//
// Collate follows the Gothenburg model of collation: the tokens come with the
// documents, package words normalises them, sentences are aligned by dynamic
// programming (Gale and Church 1993) and what is left over is searched for
// moves, words within a bead are aligned by the models of AlignWords, with
// content words before function words before punctuation, and the rules of
// rules.go classify what differs.
//
// Other entries: AlignSentences for the sentence alignment alone; AlignWords for
// two sentences word by word, many to many and in any order, where loci hold to
// the order of the text; Spans for the differences between two statements; Rank
// for the order in which to show variants to people.
package collate

import (
	"strings"

	"stemma"
)

// Options are the choices of an editor. The zero value is right for two
// reports.
type Options struct {
	// Base is 1 + the index of the witness that the others are set against,
	// in whose order the loci stand; 0 means the first of two witnesses, and
	// of more the one that is likest to all others.
	Base int
	// Same are readings that a person declared to be the same word.
	Same []Pair
	// Origins gives for each witness the number of the independent origin it
	// descends from; nil means each is its own. It decides the support of
	// readings.
	Origins []int
}

// A Pair is two readings that are held to be one: "Kiev" and "Kyiv".
type Pair struct {
	A string `json:"a"`
	B string `json:"b"`
}

// Collate sets docs side by side in their order. It is a pure function of the
// documents' texts, sentences and tokens; other layers it does not need.
func Collate(docs []*stemma.Document) *stemma.Collation { return CollateWith(docs, Options{}) }

// CollateWith is Collate with the choices of an editor.
func CollateWith(docs []*stemma.Document, opts Options) *stemma.Collation {
	c := &stemma.Collation{Witnesses: make([]stemma.Witness, len(docs)), Beads: []stemma.Bead{}, Loci: []stemma.Locus{}}
	for i, d := range docs {
		c.Witnesses[i] = stemma.Witness{Sigil: Sigil(i), Report: d.Report.ID}
	}
	if len(docs) == 0 {
		return c
	}
	tokens := 0
	for _, d := range docs {
		tokens += len(d.Tokens)
	}
	lx := newLexicon(sameWords(opts.Same), tokens)
	texts := make([]*text, len(docs))
	for i, d := range docs {
		texts[i] = prepare(lx, d)
	}
	weigh(texts)
	if len(docs) == 2 && opts.Base != 2 {
		alignPair(lx, texts[0], texts[1], false).collation(c)
		return c
	}
	collateMany(lx, texts, opts, c)
	return c
}

// Sigil returns the short name of the i-th witness: A, B, … Z, AA, AB, …
func Sigil(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// sameWords chooses one form for each class of words declared the same.
func sameWords(pairs []Pair) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	root := map[string]string{}
	find := func(w string) string {
		for root[w] != "" && root[w] != w {
			w = root[w]
		}
		return w
	}
	for _, p := range pairs {
		a, b := find(strings.ToLower(p.A)), find(strings.ToLower(p.B))
		if a == "" || b == "" || a == b {
			continue
		}
		if b < a {
			a, b = b, a
		}
		root[b] = a
	}
	out := map[string]string{}
	for w := range root {
		out[w] = find(w)
	}
	return out
}

// AlignSentences returns the sentence alignment of a and b alone.
func AlignSentences(a, b *stemma.Document) []stemma.Bead {
	lx := newLexicon(nil, len(a.Tokens)+len(b.Tokens))
	texts := []*text{prepare(lx, a), prepare(lx, b)}
	weigh(texts)
	return beadsOf(alignSentences(texts[0], texts[1]))
}

func beadsOf(beads []pairBead) []stemma.Bead {
	out := make([]stemma.Bead, len(beads))
	for i, x := range beads {
		out[i] = stemma.Bead{Sentences: [][]int{count(x.a0, x.a1), count(x.b0, x.b1)}, Score: x.score, Moved: x.moved}
	}
	return out
}

func count(from, to int) []int {
	out := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// collation fills c with the beads and loci of p.
func (p *pair) collation(c *stemma.Collation) {
	c.Beads = beadsOf(p.beads)
	c.Loci = make([]stemma.Locus, 0, len(p.items))
	for _, x := range p.items {
		v := p.classify(x)
		c.Loci = append(c.Loci, stemma.Locus{
			Kind: v.kind, Severity: v.severity, Weight: v.weight, Note: v.note, Rule: v.rule,
			Readings: []stemma.Reading{{Witness: 0, Span: p.a.span(x.a0, x.a1)}, {Witness: 1, Span: p.b.span(x.b0, x.b1)}},
			Bead:     x.bead, Quoted: v.quoted, Inner: v.inner, Move: x.move,
		})
	}
}
