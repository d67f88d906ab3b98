package reuse

import "stemma"

// A SharedWord is a word of one document and whether another has it in the
// same place.
type SharedWord struct {
	stemma.Span
	Shared bool // the other has it
	Held   bool // the other has a counterpart of its sentence
}

// SharedWords sets other against base and says of each word of base's prose
// whether other has it: the readings that a matrix of variants is made of.
func SharedWords(base, other *stemma.Document) []SharedWord {
	var m matcher
	a, b := Read(base), Read(other)
	m.measure(&a.text, &b.text)
	m.linkSentences(&a.text, &b.text, 0)
	borneOut(m.bestA)
	borneOut(m.bestB)
	m.accounted(&a.text, &b.text, m.coverA, m.bestA, m.bestB)
	out := make([]SharedWord, len(a.word))
	for s, l := range m.bestA {
		for i := a.sent[s].first; i < a.sent[s].end; i++ {
			out[i] = SharedWord{Span: span(&a.text, int(i), int(i)+1), Shared: m.mark[i], Held: l.counterpart() || m.mark[i]}
		}
	}
	return out
}

// Direct returns those of copies that are edges of a family's tree: the copies
// that were made straight from their exemplars, for all that can be told.
func Direct(copies []stemma.Copy) []stemma.Copy {
	var out []stemma.Copy
	for _, c := range copies {
		if c.Support > 0 {
			out = append(out, c)
		}
	}
	return out
}
