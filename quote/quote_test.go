package quote_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma"
	"stemma/internal/spantest"
	"stemma/internal/testenv"
	"stemma/quote"
	"stemma/segment"
	"stemma/tag"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// plain returns text as a document of sentences and tokens.
func plain(text string) *stemma.Document {
	doc := &stemma.Document{Report: &stemma.Report{Text: text}}
	doc.Sentences, doc.Tokens = segment.Split(text)
	return doc
}

// read returns text as a document with the layers that Find reads.
func read(text string) *stemma.Document {
	doc := plain(text)
	doc.Tags, doc.Names = tag.Find(doc)
	return doc
}

// TestGolden finds the statements of testdata/*.txt, which hold marked text:
// the parts of statement n are ⟦speaker:n⟧, ⟦cue:n:class⟧, ⟦content:n:kind⟧
// and ⟦via:n⟧.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, _, err := spantest.Parse(string(b))
			if err != nil {
				t.Fatal(err)
			}
			doc := read(text)
			doc.Statements = quote.Find(doc)
			if err := doc.Check(); err != nil {
				t.Error(err)
			}
			got := marked(doc)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(b), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func marked(doc *stemma.Document) string {
	var marks []spantest.Mark
	for i, st := range doc.Statements {
		n := i + 1
		if !st.Speaker.IsZero() {
			marks = append(marks, spantest.Mark{Label: fmt.Sprintf("speaker:%d", n), Span: st.Speaker})
		}
		if !st.Cue.IsZero() {
			label := fmt.Sprintf("cue:%d:%s", n, st.Class)
			if st.Polarity != "" {
				label += ":" + st.Polarity
			}
			marks = append(marks, spantest.Mark{Label: label, Span: st.Cue})
		}
		for _, k := range st.Content {
			label := fmt.Sprintf("content:%d:%s", n, st.Kind)
			if st.Unclosed {
				label += ":unclosed"
			}
			if st.Modality != "" {
				label += ":" + st.Modality
			}
			marks = append(marks, spantest.Mark{Label: label, Span: k})
		}
		if !st.Condition.IsZero() {
			marks = append(marks, spantest.Mark{Label: fmt.Sprintf("condition:%d", n), Span: st.Condition})
		}
		for _, v := range st.Via {
			marks = append(marks, spantest.Mark{Label: fmt.Sprintf("via:%d", n), Span: v.Span})
		}
	}
	return spantest.Format(doc.Report.Text, marks)
}

// TestSeeds holds Find to what a careful reader found in the two real reports.
func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	var gold struct {
		Reports    []struct{ File string }
		Quotations []struct {
			N              int
			Speaker, Via   string
			First, Second  string
			ClosedInSecond bool `json:"closed_in_second"`
		}
		Indirect []struct{ Speaker, First, Second string }
	}
	b, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &gold); err != nil {
		t.Fatal(err)
	}
	// How each report names the speakers where they speak.
	names := map[string][]string{
		"Vladimir Putin":     {"Putin", "he", "He", "him", "The Russian president"},
		"Yuri Ushakov":       {"Ushakov", "He"},
		"Steve Witkoff":      {"the American envoy", "the U.S. envoy"},
		"Kirill Dmitriev":    {"Dmitriev"},
		"Kremlin":            {"the Kremlin", "The Kremlin"},
		"Volodymyr Zelensky": {"Zelensky", "Zelenskyy", "he", "He"},
	}
	for i, rep := range gold.Reports {
		b, err := os.ReadFile(filepath.Join(dir, rep.File))
		if err != nil {
			t.Fatal(err)
		}
		doc := read(string(b))
		sts := quote.Find(doc)
		found := func(words string, quoted bool, speaker, via string) {
			for _, st := range sts {
				spans := st.Content
				if quoted {
					spans = st.Quoted
				}
				if !slices.ContainsFunc(spans, func(s stemma.Span) bool {
					w := doc.Text(s)
					return w == words || !quoted && strings.Contains(w, words)
				}) || via != "" && len(st.Via) == 0 {
					continue
				}
				who, _, _ := strings.Cut(doc.Text(st.Speaker), ", who")
				if !slices.ContainsFunc(names[speaker], func(n string) bool { return strings.HasSuffix(who, n) }) {
					t.Errorf("report %d: %q said by %q, want %s", i, words, who, speaker)
				}
				if via != "" && !strings.HasSuffix(doc.Text(st.Via[0].Span), via) {
					t.Errorf("report %d: %q via %q, want %s", i, words, doc.Text(st.Via[0].Span), via)
				}
				return
			}
			t.Errorf("report %d: nobody says %q (via %q)", i, words, via)
		}
		for _, q := range gold.Quotations {
			words, via := q.First, q.Via
			if i == 1 {
				words = q.Second
			}
			if via == "a Kremlin aide" && i == 1 {
				via = "the Kremlin adviser"
			}
			found(strings.Trim(words, "“”"), true, q.Speaker, via)
		}
		for _, q := range gold.Indirect {
			words := q.First
			if i == 1 {
				words = q.Second
			}
			if words != "" {
				found(words, false, q.Speaker, "")
			}
		}
	}
}
