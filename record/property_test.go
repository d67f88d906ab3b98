package record

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"stemma"
)

// sentences are what the generated reports are made of.
var sentences = []string{
	"The talks between Lowmark and the Ferran League ended on Tuesday without an agreement on the dam.",
	"The talks between Lowmark and the Ferran League broke off on Tuesday with no deal about the dam.",
	"“There is a great deal of work to do,” chancellor Ottoline Varga told reporters in Aldersund.",
	"“Much work has to be done,” Chancellor Varga said.",
	"Varga said that 140 prisoners would be freed “within days”.",
	"Varga said 104 prisoners would be released “in the coming days.",
	"Who will pay for the dam? Nobody in the room could say.",
	"Why did the talks fail? Both sides blamed the other.",
	"Read also | Varga warns neighbours: “We are ready”",
	"He added that the envoys would meet again on 14 October, according to the Tidewater Post.",
	"The envoys will not meet again before Oct. 14 — if at all … they said.",
	"Lowmark’s envoy, Dana Whitlock, denied that she had threatened to cut the flow.",
	"By Anna Holt",
	"Ütlus „külm“ — 3.5bn € — 🏳️‍🌈 e\u0301 \"unclosed.",
}

func report(t *rapid.T, label string) *stemma.Report {
	picks := rapid.SliceOfN(rapid.SampledFrom(sentences), 1, 9).Draw(t, label)
	seps := rapid.SampledFrom([]string{"\n", "\n\n", " "}).Draw(t, label+" separator")
	text := strings.Join(picks, seps)
	rep := &stemma.Report{ID: stemma.NewReportID(label, text), Source: label, Text: text}
	if rapid.Bool().Draw(t, label+" dated") {
		rep.Published = stemma.Day(2031, 5, rapid.IntRange(1, 28).Draw(t, label+" day"))
		rep.PublishedFrom = "header"
	}
	return rep
}

// TestEveryLayerKeepsItsPromises: spans in bounds and on rune boundaries,
// layers in order, every token of every witness in exactly one locus, cites
// that fit the reports they name.
func TestEveryLayerKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var reps []*stemma.Report
		for i := range rapid.IntRange(1, 5).Draw(t, "reports") {
			reps = append(reps, report(t, fmt.Sprintf("r%d", i)))
		}
		res := Build(AnnotateAll(reps, 1), Options{Workers: 1})
		checkResult(t, res)
	})
}

type fataler interface{ Fatalf(string, ...any) }

func checkResult(t fataler, res *Result) {
	docs := map[stemma.ReportID]*stemma.Document{}
	for _, doc := range res.Documents {
		docs[doc.Report.ID] = doc
		if err := doc.Check(); err != nil {
			t.Fatalf("%q: %v", doc.Report.Text, err)
		}
	}
	cite := func(what string, c stemma.Cite) {
		doc := docs[c.Report]
		if doc == nil {
			t.Fatalf("%s cites unknown report %q", what, c.Report)
		}
		if err := c.Span.Check(doc.Report.Text); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	for _, col := range res.Collations {
		for w, witness := range col.Witnesses {
			doc := docs[witness.Report]
			seen := make([]int, len(doc.Tokens))
			for _, l := range col.Loci {
				if err := l.Readings[w].Span.Check(doc.Report.Text); err != nil {
					t.Fatalf("locus: %v", err)
				}
				first, end := doc.TokensIn(l.Readings[w].Span)
				for i := first; i < end; i++ {
					seen[i]++
				}
			}
			for i, n := range seen {
				if n != 1 {
					t.Fatalf("token %q of witness %d is in %d loci\n%q", doc.Text(doc.Tokens[i].Span), w, n, doc.Report.Text)
				}
			}
		}
	}
	rec := res.Record
	for _, d := range rec.Discrepancies {
		if len(d.Sides) < 2 {
			t.Fatalf("a discrepancy of %d sides", len(d.Sides))
		}
		for _, side := range d.Sides {
			for _, c := range side {
				cite("discrepancy", c)
			}
		}
	}
	for _, ev := range rec.Timeline {
		if len(ev.Evidence) == 0 {
			t.Fatalf("event %s without evidence", ev.Type)
		}
		for _, c := range ev.Evidence {
			cite("event", c)
		}
	}
	for _, u := range rec.Utterances {
		for _, w := range u.Wordings {
			cite("wording", w.Cite)
			if n := len(docs[w.Report].Statements); w.Statement < 0 || w.Statement >= n {
				t.Fatalf("wording of statement %d of %d", w.Statement, n)
			}
		}
	}
	inTree := map[stemma.ReportID]int{}
	for _, st := range rec.Stemmata {
		for i, n := range st.Nodes {
			if n.Parent >= i {
				t.Fatalf("node %d before its parent %d", i, n.Parent)
			}
			if n.Report != "" {
				inTree[n.Report]++
			}
		}
	}
	for id := range docs {
		if inTree[id] != 1 {
			t.Fatalf("report %s in %d families", id, inTree[id])
		}
	}
	for _, cp := range rec.Copies {
		if cp.Score < 0 || cp.Score > 1 || cp.Direction < .5 || cp.Direction > 1 {
			t.Fatalf("copy with score %v and direction %v", cp.Score, cp.Direction)
		}
		for _, p := range cp.Passages {
			cite("passage", stemma.Cite{Report: cp.Exemplar, Span: p.Exemplar})
			cite("passage", stemma.Cite{Report: cp.Report, Span: p.Copy})
		}
	}
}

// TestOrderOfInputChangesNothing but the order of Result.Documents; nor does
// the number of workers.
func TestOrderOfInputChangesNothing(t *testing.T) {
	files, _ := filepath.Glob("../examples/kost/*.txt")
	if len(files) < 8 {
		t.Fatalf("%d examples", len(files))
	}
	var reps []*stemma.Report
	for i, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "\n\n")
		rep := &stemma.Report{ID: stemma.NewReportID(f, text), Source: f, Text: text}
		if i != 4 {
			rep.Published = stemma.Day(2031, 3, 5+i/3)
		}
		reps = append(reps, rep)
	}
	want := canonical(t, Build(AnnotateAll(reps, 1), Options{Workers: 1}))
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		rnd.Shuffle(len(reps), func(i, j int) { reps[i], reps[j] = reps[j], reps[i] })
		if diff := cmp.Diff(want, canonical(t, Build(AnnotateAll(reps, 3), Options{Workers: 3}))); diff != "" {
			t.Fatalf("the order of the reports changed the record: %s", diff)
		}
	}
}

func canonical(t *testing.T, res *Result) string {
	t.Helper()
	own := *res
	own.Documents = slices.Clone(res.Documents)
	slices.SortFunc(own.Documents, func(a, b *stemma.Document) int { return strings.Compare(a.Report.Source, b.Report.Source) })
	data, err := json.MarshalIndent(own, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func FuzzBuild(f *testing.F) {
	for i := range sentences {
		f.Add(strings.Join(sentences[i:], " "), strings.Join(sentences[:i], "\n"))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a)+len(b) > 20_000 {
			return
		}
		reps := []*stemma.Report{
			{ID: stemma.NewReportID("a", a), Source: "a", Text: a, Published: stemma.Day(2031, 5, 14)},
			{ID: stemma.NewReportID("b", b), Source: "b", Text: b},
		}
		checkResult(t, Build(AnnotateAll(reps, 1), Options{Workers: 1}))
	})
}
