package actor_test

import (
	"testing"
	"time"

	"stemma"
	"stemma/actor"
	"stemma/segment"
)

// An office that the report names without its holder is his who held it when
// the report was published, if that is known.
func TestOfficesAreDated(t *testing.T) {
	for _, c := range []struct {
		text, words string
		published   stemma.Interval
		want        stemma.ActorID
	}{
		{"The German chancellor left Geneva.", "The German chancellor", stemma.Day(2019, time.May, 2), "angela-merkel"},
		{"The German chancellor left Geneva.", "The German chancellor", stemma.Day(2023, time.May, 2), "olaf-scholz"},
		{"The German chancellor left Geneva.", "The German chancellor", stemma.Interval{}, "german-chancellor"},
		{"The former German chancellor left Geneva.", "The former German chancellor", stemma.Day(2023, time.May, 2), "former-german-chancellor"},
		{"The German chancellor left Geneva.", "The German chancellor", stemma.Day(2040, time.May, 2), "german-chancellor"},
		{"“The German chancellor lies,” Holt said.", "The German chancellor", stemma.Day(2019, time.May, 2), "angela-merkel"},
		{"Anna Lund, the German chancellor, spoke. The German chancellor left.", "The German chancellor", stemma.Day(2019, time.May, 2), "anna-lund"},
		{"Chancellor Merkel spoke on Monday. She left.", "Chancellor Merkel", stemma.Day(2019, time.May, 2), "angela-merkel"},
		{"Chancellor Merkel spoke on Monday. She left.", "She", stemma.Day(2019, time.May, 2), "angela-merkel"},
		{"Chancellor Merkel spoke on Monday. She left.", "Chancellor Merkel", stemma.Day(2024, time.May, 2), "merkel"},
	} {
		d := &stemma.Document{Report: &stemma.Report{ID: "r", Text: c.text, Published: c.published}}
		d.Sentences, d.Tokens = segment.Split(c.text)
		d.Mentions = actor.Find(d)
		docs, _ := actor.Link([]*stemma.Document{d}, nil)
		at := indexOf(t, c.text, c.words)
		if got := who(docs[0], stemma.Span{Start: at, End: at + len(c.words)}); got != c.want {
			t.Errorf("%s (%v): %q is %q, want %q", c.text, c.published, c.words, got, c.want)
		}
	}
}
