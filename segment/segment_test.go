package segment

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"stemma"
	"stemma/internal/testenv"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// format writes the sentences of text one a line: paragraph, kind, and the
// tokens with a | where no space parts them.
func format(text string) string {
	sents, toks := Split(text)
	var b strings.Builder
	for _, s := range sents {
		fmt.Fprintf(&b, "%d %-9s ", s.Paragraph, s.Kind)
		for i, t := range toks[s.FirstToken:s.EndToken] {
			if i > 0 {
				if toks[s.FirstToken+i-1].End == t.Start {
					b.WriteString("|")
				} else {
					b.WriteString(" ")
				}
			}
			b.WriteString(t.Of(text))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) == 0 {
		t.Fatal("no golden files")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(ar.Files[0].Data)
			got := format(text)
			if *update {
				ar.Files = []txtar.File{ar.Files[0], {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// check fails if a promise of Split is broken for text.
func check(t *testing.T, text string) {
	t.Helper()
	sents, toks := Split(text)
	doc := &stemma.Document{Report: &stemma.Report{Text: text}, Sentences: sents, Tokens: toks}
	if err := doc.Check(); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	pos, paragraph := 0, 0
	for _, tok := range append(toks, stemma.Token{Span: stemma.Span{Start: len(text), End: len(text)}}) {
		for _, r := range text[pos:tok.Start] {
			if !unicode.IsSpace(r) && !isInvisible(r) {
				t.Fatalf("%q: %q lies between tokens", text, text[pos:tok.Start])
			}
		}
		pos = tok.End
	}
	for _, s := range sents {
		if s.Paragraph < paragraph || s.Paragraph > paragraph+1 {
			t.Fatalf("%q: paragraph %d after %d", text, s.Paragraph, paragraph)
		}
		paragraph = s.Paragraph
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "A. B.", "“Why not?” Mr Holt asked.", "’s", "U.S.S.R.’s 1,200.5 © www.x.no/a).", "What is it? Yes.\nWho is it? No.", "a\u200b b\u00ad c", "e\u0301.\u2028x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			check(t, text)
		}
	})
}

// TestWorstCases holds Split to linear time: each input doubles, and may not
// take much more than twice as long.
func TestWorstCases(t *testing.T) {
	for name, unit := range map[string]string{
		"unclosed quotations": "“", "one sentence": "word ", "initials": "A.", "apostrophes": "'",
		"mail": "a@", "letters": "x", "dots": ". . ", "newlines": "a\n", "questions": "What is it? Yes.\n",
	} {
		text := strings.Repeat(unit, 500_000/len(unit))
		start := time.Now()
		sents, toks := Split(text)
		d := time.Since(start)
		t.Logf("%s: %v", name, d)
		if d > 10*time.Second {
			t.Errorf("%s: %v for 0.5 MB (%d sentences, %d tokens)", name, d, len(sents), len(toks))
		}
	}
}

func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	files, _ := filepath.Glob(filepath.Join(dir, "0*.txt"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		check(t, string(data))
		if testing.Verbose() {
			t.Log("\n" + format(string(data)))
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("OSLO, March 3 (Agency) — The foreign minister, Anna Holt, said on Monday that the U.S. envoy hadn’t “closed the door” on a deal worth $1,200.50 by Oct. 14.\n", 30)
	if _, toks := Split(text); len(toks) != 30*39 {
		b.Fatalf("%d tokens", len(toks))
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text)
	}
}
