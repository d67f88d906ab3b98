package quote_test

import (
	"bytes"
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
	"stemma/internal/perceptron"
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

// A key is what a careful reader finds in two reports of one event.
type key struct {
	Quotations []struct {
		Speaker, Via   string
		First, Second  string
		Unclosed       bool
		ClosedInSecond *bool `json:"closed_in_second"`
	}
	Indirect []struct{ Speaker, First, Second string }
}

// check holds the statements of the two reports to the key. Names gives, for
// each speaker, the words that may name him in a report; via may be several
// words with | between.
func (k key) check(t *testing.T, reports [2]string, names map[string][]string) {
	t.Helper()
	for i, text := range reports {
		doc := read(text)
		doc.Statements = quote.Find(doc)
		if err := doc.Check(); err != nil {
			t.Error(err)
		}
		find := func(words string, quoted bool) (found []stemma.Statement) {
			for _, st := range doc.Statements {
				spans := st.Content
				if quoted {
					spans = st.Quoted
				}
				if slices.ContainsFunc(spans, func(s stemma.Span) bool {
					w := doc.Text(s)
					return w == words || !quoted && strings.Contains(w, words)
				}) {
					found = append(found, st)
				}
			}
			return found
		}
		said := func(st stemma.Statement, speaker string) bool {
			who, _, _ := strings.Cut(doc.Text(st.Speaker), ", who")
			return slices.ContainsFunc(names[speaker], func(n string) bool { return strings.HasSuffix(who, n) })
		}
		for _, q := range k.Quotations {
			words := q.First
			if i == 1 {
				words = q.Second
			}
			words = strings.Trim(words, "“”")
			found := find(words, true)
			if len(found) != 1 {
				t.Errorf("report %d: %q is %d statements, want 1", i+1, words, len(found))
				continue
			}
			st := found[0]
			if !said(st, q.Speaker) {
				t.Errorf("report %d: %q said by %q, want %s", i+1, words, doc.Text(st.Speaker), q.Speaker)
			}
			via := ""
			if len(st.Via) > 0 {
				via = doc.Text(st.Via[0].Span)
			}
			if (q.Via == "") != (via == "") || q.Via != "" && !slices.ContainsFunc(strings.Split(q.Via, "|"), func(v string) bool { return strings.HasSuffix(via, v) }) {
				t.Errorf("report %d: %q via %q, want %q", i+1, words, via, q.Via)
			}
			unclosed := i == 1 && (q.Unclosed || q.ClosedInSecond != nil && !*q.ClosedInSecond)
			if st.Unclosed != unclosed {
				t.Errorf("report %d: %q unclosed: %t", i+1, words, st.Unclosed)
			}
		}
		for _, q := range k.Indirect {
			words := q.First
			if i == 1 {
				words = q.Second
			}
			if words != "" && !slices.ContainsFunc(find(words, false), func(st stemma.Statement) bool { return said(st, q.Speaker) }) {
				t.Errorf("report %d: %s does not say %q", i+1, q.Speaker, words)
			}
		}
		if n := len(quote.Damage(doc)); n != i {
			t.Errorf("report %d: %d places of damage, want %d", i+1, n, i)
		}
	}
}

func readKey(t *testing.T, file string) (k key) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &k); err != nil {
		t.Fatal(err)
	}
	return k
}

func readText(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestPair holds Find to two reports of an invented event, with the traps of
// real ones.
func TestPair(t *testing.T) {
	dir := filepath.Join("testdata", "pair")
	readKey(t, filepath.Join(dir, "gold.json")).check(t,
		[2]string{readText(t, filepath.Join(dir, "first.txt")), readText(t, filepath.Join(dir, "second.txt"))},
		map[string][]string{
			"Holm":        {"Holm", "he", "He", "him", "The chancellor"},
			"Varo":        {"Varo", "She", "she"},
			"Lomas":       {"the Tessin envoy"},
			"Brenn":       {"Brenn"},
			"Quist":       {"Quist", "she", "She"},
			"Chancellery": {"the Chancellery", "The Chancellery"},
		})
}

// TestSeeds holds Find to what a careful reader found in the two real reports.
func TestSeeds(t *testing.T) {
	dir := testenv.Shared(t, "seeds")
	k := readKey(t, filepath.Join(dir, "gold.json"))
	for i := range k.Quotations {
		if k.Quotations[i].Via == "a Kremlin aide" {
			k.Quotations[i].Via = "a Kremlin aide|the Kremlin adviser"
		}
	}
	k.check(t,
		[2]string{readText(t, filepath.Join(dir, "000_b30bf6e8da73e073.txt")), readText(t, filepath.Join(dir, "001_bd595c01e11d1c26.txt"))},
		// How the reports name the speakers where they speak.
		map[string][]string{
			"Vladimir Putin":     {"Putin", "he", "He", "him", "The Russian president"},
			"Yuri Ushakov":       {"Ushakov", "He"},
			"Steve Witkoff":      {"the American envoy", "the U.S. envoy"},
			"Kirill Dmitriev":    {"Dmitriev"},
			"Kremlin":            {"the Kremlin", "The Kremlin"},
			"Volodymyr Zelensky": {"Zelensky", "Zelenskyy", "he", "He"},
		})
}

// TestModelFile holds a model with another head to what the one it was made of
// finds, and Open to files cut short.
func TestModelFile(t *testing.T) {
	var file bytes.Buffer
	head := []perceptron.Field{{Key: "model", Value: "statements"}, {Key: "scores", Value: "none"}}
	if _, err := quote.Standard().WithHead(head).WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	m, err := quote.Open(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Head()[1].Value; got != "none" {
		t.Errorf("head says %q", got)
	}
	doc := read("“The boats are ours,” Mirela Draskova told reporters. “We shall keep them.”\n")
	if diff := cmp.Diff(quote.Find(doc), m.Find(doc)); diff != "" {
		t.Error(diff)
	}
	for _, n := range []int{0, 63, 64, 5000, file.Len() - 1} {
		if _, err := quote.Open(file.Bytes()[:n]); err == nil {
			t.Errorf("a file of %d bytes opens", n)
		}
	}
}
