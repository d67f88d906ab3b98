package record

import (
	"testing"

	"stemma"
	"stemma/segment"
)

func TestStoryTitle(t *testing.T) {
	for text, want := range map[string]string{
		"Norvik Press Agency\nTalks on the canal to resume next week\nORVALA, 14 May 2029 — Envoys will meet again, it said.": "Talks on the canal to resume next week",
		"Envoys will meet again, it said. Nobody knows when.":                                                                 "Envoys will meet again, it said.",
	} {
		doc := &stemma.Document{Report: &stemma.Report{Text: text}}
		doc.Sentences, doc.Tokens = segment.Split(text)
		if got := story([]*stemma.Document{doc}).Title; got != want {
			t.Errorf("title %q, want %q", got, want)
		}
	}
}
