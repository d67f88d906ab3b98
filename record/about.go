package record

import (
	"strings"

	"stemma"
)

// About reports whether every word of topic occurs, in any inflection or
// spelling, in the sentences of doc that s stands in.
func About(doc *stemma.Document, s stemma.Span, topic string) bool {
	from, to := max(0, doc.SentenceOf(s.Start)), doc.SentenceOf(max(s.Start, s.End-1))
	have := map[string]bool{}
	for i := from; i <= to; i++ {
		for t := doc.Sentences[i].FirstToken; t < doc.Sentences[i].EndToken; t++ {
			if w := wordOf(doc, t); w != "" {
				have[wordStem(w)] = true
				have[wordStem(doc.Tokens[t].Norm)] = true
			}
		}
	}
	for f := range strings.FieldsSeq(strings.ReplaceAll(topic, "-", " ")) {
		if !have[wordStem(american(strings.ToLower(f)))] && !have[wordStem(spellingOf(f))] {
			return false
		}
	}
	return true
}
