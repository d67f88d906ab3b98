package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stemma"
	"stemma/collate"
	"stemma/internal/testenv"
	"stemma/segment"
)

func collated(texts ...string) ([]*stemma.Document, *stemma.Collation) {
	var docs []*stemma.Document
	for i, text := range texts {
		source := fmt.Sprintf("%d.txt", i)
		d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(source, text), Source: source, Text: text}}
		d.Sentences, d.Tokens = segment.Split(text)
		docs = append(docs, d)
	}
	return docs, collate.Collate(docs)
}

var samples = [][]string{
	{"", ""},
	{"One report.", ""},
	{
		"Velmar & Ostrana sent nineteen boats late on Monday. “We will <not> withdraw,” the minister said. In the evening, the council met.",
		"Velmar & Ostrana sent 90 boats. “We may withdraw,” the minister said. The council met in the evening.",
	},
	{
		"The cat sat on the mat. Nobody saw it.", "Nobody saw it. The black cat sat on the mat.", "The cat lay on the mat. \x01Nobody saw it.", "A dog ran.",
	},
}

// wellFormed reads all of an XML document.
func wellFormed(t *testing.T, b []byte) (elements map[string]int) {
	t.Helper()
	elements = map[string]int{}
	dec := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return elements
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, b)
		}
		if e, ok := tok.(xml.StartElement); ok {
			elements[e.Name.Local]++
		}
	}
}

func TestTEIHasAnAppForEachVariant(t *testing.T) {
	for _, texts := range samples {
		docs, c := collated(texts...)
		var b bytes.Buffer
		if err := TEI(&b, docs, c); err != nil {
			t.Fatal(err)
		}
		variants := len(collate.Rank(c))
		if got := wellFormed(t, b.Bytes()); got["app"] != variants || got["witness"] != len(docs) {
			t.Errorf("%d <app> for %d variants, %d <witness> for %d reports", got["app"], variants, got["witness"], len(docs))
		}
	}
}

// TestTEIFollowsTheSchema needs jing and a RELAX NG schema of TEI P5 named by
// STEMMA_TEI_SCHEMA.
func TestTEIFollowsTheSchema(t *testing.T) {
	schema := os.Getenv("STEMMA_TEI_SCHEMA")
	if schema == "" {
		t.Skip("needs STEMMA_TEI_SCHEMA, a RELAX NG schema of TEI P5 (tei_all.rng)")
	}
	jing, err := exec.LookPath("jing")
	if err != nil {
		t.Skip("needs jing")
	}
	args := []string{schema}
	dir := t.TempDir()
	for i, texts := range samples {
		docs, c := collated(texts...)
		var b bytes.Buffer
		if err := TEI(&b, docs, c); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command(jing, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestGraphMLLeadsEachWitnessThroughItsText(t *testing.T) {
	for _, texts := range samples {
		docs, c := collated(texts...)
		var b bytes.Buffer
		if err := GraphML(&b, docs, c); err != nil {
			t.Fatal(err)
		}
		wellFormed(t, b.Bytes())
		g := newVariantGraph(docs, c)
		for w, d := range docs {
			var words []string
			for at, steps := 0, 0; at != 1; steps++ {
				if steps > len(g.nodes) {
					t.Fatalf("witness %d does not reach the end", w)
				}
				next := -1
				for _, e := range g.edges {
					if !e.move && e.from == at {
						for _, x := range e.wits {
							if x == w {
								next = e.to
							}
						}
					}
				}
				if next < 0 {
					t.Fatalf("witness %d is stuck at node %d", w, at)
				}
				at = next
				words = append(words, strings.Fields(g.nodes[at].text)...)
			}
			if got, want := strings.Join(words, ""), strings.Join(strings.Fields(d.Report.Text), ""); got != want {
				t.Errorf("witness %d reads %q, want %q", w, got, want)
			}
		}
	}
}

func TestCollateXComesBack(t *testing.T) {
	docs, c := collated("The cat sat on the mat.", "The black cat sat on a mat.")
	var b bytes.Buffer
	if err := CollateX(&b, docs, c); err != nil {
		t.Fatal(err)
	}
	wits, err := ReadCollateX(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range wits {
		if w.Text != docs[i].Report.Text || w.Sigil != c.Witnesses[i].Sigil {
			t.Errorf("%s came back as %q", w.Sigil, w.Text)
		}
	}
	in := `{"witnesses":[{"id":"W1","content":"a b c"},{"id":"W2","tokens":[{"t":"a "},{"t":"c","n":"c"}]}]}`
	wits, err = ReadCollateX(strings.NewReader(in))
	if err != nil || len(wits) != 2 || wits[0].Text != "a b c" || strings.TrimSpace(wits[1].Text) != "a c" {
		t.Errorf("%v, %v", wits, err)
	}
	for _, bad := range []string{"", "[]", "{}", `{"witnesses":["A","B"],"table":[[[]]]}`} {
		if _, err := ReadCollateX(strings.NewReader(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestCSVIsNoFormula(t *testing.T) {
	docs, c := collated("It cost much.", "It cost =1+1 much.")
	var b bytes.Buffer
	if err := CollationCSV(&b, docs, c, true); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("cell %q", cell)
			}
		}
	}
}

func TestEveryKindHasItsTypeAndGlyph(t *testing.T) {
	for _, k := range kinds {
		if id, name := ETPC(k.Kind); id == 0 || name == "" {
			t.Errorf("kind %s has no type of the Extended Typology of Paraphrase", k.Kind)
		}
	}
}

func TestCollationPageStandsAlone(t *testing.T) {
	for _, texts := range samples {
		docs, c := collated(texts...)
		var b bytes.Buffer
		if err := CollationPage(&b, docs, c, CollationOptions{}); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, bad := range []string{"http://", "https://", "<link", "src=", "@import", "ZgotmplZ", "<not>"} {
			if strings.Contains(page, bad) {
				t.Errorf("page holds %q", bad)
			}
		}
		for i, l := range c.Loci {
			if id := fmt.Sprintf(`id="l%d"`, i); l.Kind != stemma.Same && strings.Count(page, id) != 1 {
				t.Errorf("%s stands %d times in the page (%s)", id, strings.Count(page, id), l.Kind)
			}
		}
	}
}

func TestTextKeepsToItsColumns(t *testing.T) {
	for _, texts := range samples {
		docs, c := collated(texts...)
		for _, columns := range []int{40, 60, 80, 132} {
			for _, opt := range []CollationOptions{{}, {Inline: true}, {Meaning: true}} {
				opt.Columns = columns
				var b bytes.Buffer
				if err := CollationText(&b, docs, c, opt); err != nil {
					t.Fatal(err)
				}
				for line := range strings.Lines(b.String()) {
					if n := len([]rune(strings.TrimRight(line, "\n"))); n > columns+1 {
						t.Errorf("%d columns wide, want %d: %s", n, columns, line)
					}
				}
			}
		}
	}
}

func TestCollationJSONHasItsNames(t *testing.T) {
	_, c := collated("a.", "b.")
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{`"witnesses"`, `"beads"`, `"loci"`, `"kind"`, `"severity"`, `"readings"`, `"rule"`} {
		if !bytes.Contains(b, []byte(name)) {
			t.Errorf("no %s in %s", name, b)
		}
	}
}

// TestCollationPageInABrowser draws the page once: a page whose style or
// script is broken still parses as HTML.
func TestCollationPageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := testenv.Browser(t)
	docs, c := collated(samples[2]...)
	dir := t.TempDir()
	var b bytes.Buffer
	if err := CollationPage(&b, docs, c, CollationOptions{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "page.html")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+dir, "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Skipf("the browser did not start: %v", err)
	}
	if !bytes.Contains(out, []byte(`<p class="keys">`)) {
		t.Error("the script did not run: the keys are not shown")
	}
}
