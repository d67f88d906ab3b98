package quote

import (
	"testing"

	"stemma"
	"stemma/segment"
	"stemma/tag"
)

// A dateline ends behind its dash; a dash within a sentence makes none.
func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"VARO, Marenland (Osvia Wire) — Talks failed, the envoy said.": "Talks",
		"VARO, 3 May – Talks failed, the envoy said.":                  "Talks",
		"Port Ansel (Osvia Wire) - Talks failed, the envoy said.":      "Talks",
		"The envoy — who is ill — said talks had failed.":              "The",
		"Talks failed, the envoy said.":                                "Talks",
		"“Talks failed,” the envoy (Osvia) — said.":                    "“",
	} {
		doc := &stemma.Document{Report: &stemma.Report{Text: text}}
		doc.Sentences, doc.Tokens = segment.Split(text)
		doc.Tags, doc.Names = tag.Find(doc)
		r := newReader(doc)
		u := r.l.units[r.dateline(0)]
		if got := doc.Text(doc.Tokens[u.first].Span); got != want {
			t.Errorf("%s\nbegins with %q, want %q", text, got, want)
		}
	}
}
