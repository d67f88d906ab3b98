package copygen

import (
	"os"
	"strings"
	"testing"

	"stemma/internal/testenv"
)

func TestDraftKeepsTheWords(t *testing.T) {
	text := "The talks ended on Monday. “We go on,” said Mr. Vane of the U.S. delegation.\n\nNothing was signed."
	d := ParseDraft(text)
	if got := d.String(); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(text), " ") {
		t.Errorf("got %q", got)
	}
	if n := d.sentences(); n != 3 {
		t.Errorf("%d sentences, want 3: %q", n, d)
	}
}

func TestCorpusFollowsFromTheSeed(t *testing.T) {
	dir := testenv.Shared(t, "data")
	w, err := NewWorld(os.DirFS(dir), "gum/GUM_news_*.conllu")
	if err != nil {
		t.Fatal(err)
	}
	ids := func() (out []string) {
		for m := range w.Corpus(7, 200) {
			out = append(out, string(m.Report.ID))
		}
		return out
	}
	a, b := ids(), ids()
	if len(a) != 200 || strings.Join(a, " ") != strings.Join(b, " ") {
		t.Errorf("%d reports, not the same twice", len(a))
	}
}
