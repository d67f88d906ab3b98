package actor_test

import (
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/actor"
	"stemma/segment"
)

// Whatever the text, mentions fit it, and so do the statements' actors.
func FuzzFind(f *testing.F) {
	f.Add("President Anna Holt said she would go. “I will,” the Osvian president added.")
	f.Add("US-driven Trump–Putin talks, Mr. President, of Russia’s ’s")
	f.Add("\"A - B\" - the of the Of Of The Ministry of the")
	f.Add("É-É Éé-Éé said É. Jean-Luc’s son-in-law-in-law")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := annotate("fuzz", text)
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		for _, m := range d.Mentions {
			if m.Len() == 0 {
				t.Errorf("empty mention at %v", m.Span)
			}
			if err := m.Role.Check(text); err != nil {
				t.Error(err)
			}
			who(d, m.Span)
		}
		linked, _ := actor.Link([]*stemma.Document{d, d}, nil)
		if err := linked[0].Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// Texts that would show quadratic time: each must be done in a few seconds.
func TestWorstCases(t *testing.T) {
	for name, text := range map[string]string{
		"unclosed marks":  strings.Repeat("“ Holt said ", 65000),
		"one sentence":    strings.Repeat("Anna Holt and the envoy, ", 20000),
		"one name":        strings.Repeat("Holt ", 40000),
		"hyphens":         strings.Repeat("Holt-", 65000),
		"pronouns":        strings.Repeat("He said. ", 40000),
		"many persons":    persons(5000),
		"one surname":     strings.Repeat("Anna Holt met Bert Holt. Holt left. ", 10000),
		"role nouns":      strings.Repeat("the president envoy aide of ", 20000),
		"the same office": offices(5000),
	} {
		t.Run(name, func(t *testing.T) {
			d := untagged(text)
			start := time.Now()
			d.Mentions = actor.Find(d)
			actor.Link([]*stemma.Document{d}, nil)
			took := time.Since(start)
			t.Log(len(text), "bytes in", took)
			if took > 10*time.Second {
				t.Errorf("%d bytes took %v", len(text), took)
			}
		})
	}
}

func persons(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("Minister ")
		for _, k := range []int{i, i / 7} {
			b.WriteString("Ba" + string(rune('a'+k%26)) + string(rune('a'+k/26%26)) + string(rune('a'+k/676%26)) + "on ")
		}
		b.WriteString("spoke. ")
	}
	return b.String()
}

func offices(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("President Anna Ho" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + "t spoke. The president left. ")
	}
	return b.String()
}

func untagged(text string) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{ID: "big", Text: text}}
	d.Sentences, d.Tokens = segment.Split(text)
	return d
}
