// Package quote finds statements: what a report says that somebody said, the
// words that signal it, and the words that name who said it.
package quote

import (
	"cmp"
	"slices"

	"stemma"
)

// Find returns the statements of doc, in text order, by the model in the
// program. It reads Sentences, Tokens, Tags and Names; a document without Tags
// gets what [ByRule] finds.
//
// Speaker is the words that name the speaker in this place: "he" for “…,” he
// said; whose words a quotation without cue of its own carries on is named
// where the cue before it names him. A statement whose Speaker was himself
// quoted by somebody has that one in Via.
func Find(doc *stemma.Document) []stemma.Statement { return standard().Find(doc) }

// ByRule is [Find] without a model: by the table of cues alone.
func ByRule(doc *stemma.Document) []stemma.Statement {
	l := lay(doc)
	parts := l.byRule()
	return l.finish(parts, l.link(parts), "rule")
}

// finish makes statements of bonds.
func (l *layout) finish(parts []part, bonds []bond, rule string) []stemma.Statement {
	sts := make([]stemma.Statement, 0, len(bonds))
	for _, b := range bonds {
		sts = append(sts, l.statement(parts, b, rule))
	}
	sts = l.nest(sts)
	for i := range sts {
		trimContent(l.doc, &sts[i])
		sense(l.doc, &sts[i])
	}
	slices.SortStableFunc(sts, func(a, b stemma.Statement) int {
		return cmp.Or(a.Start-b.Start, a.End-b.End)
	})
	return sts
}

// trimContent takes the white space and commas that cutting left at the edges
// of the contents away.
func trimContent(doc *stemma.Document, st *stemma.Statement) {
	for i, k := range st.Content {
		if slices.ContainsFunc(st.Quoted, func(q stemma.Span) bool { return q.End == k.End }) {
			continue // the comma of a quotation that was never closed
		}
		first, end := doc.TokensIn(k)
		for end > first+1 && doc.Tokens[end-1].Norm == "," {
			end--
		}
		for first+1 < end && doc.Tokens[first].Norm == "," {
			first++
		}
		if first < end {
			st.Content[i] = stemma.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].End}
		}
	}
	st.Kind = kind(doc, *st)
	st.Span = cover(*st)
}
