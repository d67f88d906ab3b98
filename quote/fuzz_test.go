package quote_test

import (
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/quote"
)

// FuzzFind holds Find to its promises on any text: spans within the text and
// on rune boundaries, parts within their statement, text order.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"“We have a text,” Varo said. 'No,' said Brenn: \"never",
		"““”” « ‹ › » „so“ ''x'' ``y''",
		"According to a memo cited by the Times, she was quoted as saying by him “a",
		"He said “", "”“", "said", "“\n“\n“",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD") // what extract gives
		doc := read(text)
		doc.Statements = quote.Find(doc)
		doc.Damage = quote.Damage(doc)
		if err := doc.Check(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		for _, st := range doc.Statements {
			if len(st.Content) == 0 {
				t.Errorf("%q: statement without content", text)
			}
		}
	})
}

// TestWorstCases gives Find the pages that make a careless one quadratic.
// The limit is generous, since other tests share the machine.
func TestWorstCases(t *testing.T) {
	if testing.Short() {
		t.Skip("seconds long")
	}
	for name, text := range map[string]string{
		"unclosed marks":       strings.Repeat("“a ", 65_000),
		"unclosed paragraphs":  strings.Repeat("“He said no.\n\n", 20_000),
		"straight marks":       strings.Repeat("\" a", 65_000),
		"single marks":         strings.Repeat("'a ", 65_000),
		"marks of three kinds": strings.Repeat("«a “b ‘c ", 30_000),
		"one long sentence":    strings.Repeat("he said that the talks, which she called “useful”, went on and ", 80_000),
		"nothing but said":     strings.Repeat("said ", 200_000),
		"according":            strings.Repeat("according to Varo, ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			doc := plain(text)
			doc.Tags = make([]stemma.Tag, len(doc.Tokens)) // as the model wants them
			start := time.Now()
			doc.Statements = quote.Find(doc)
			doc.Damage = quote.Damage(doc)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%v for %d bytes", took, len(text))
			} else {
				t.Logf("%v for %d bytes, %d statements", took, len(text), len(doc.Statements))
			}
			if err := doc.Check(); err != nil {
				t.Error(err)
			}
		})
	}
}
