package reuse

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/internal/copygen"
)

// prose writes a text of invented words in sentences that share grammar, so
// that reports have common words in common and nothing else.
func prose(r *rand.Rand, sentences int) string {
	syllables := strings.Fields("ka lo mi ter van so rel pun dis gar em bo ti ras nol fe qua zin")
	word := func() string {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return b.String()
	}
	var b strings.Builder
	for k := range sentences {
		if k > 0 && k%4 == 0 {
			b.WriteString("\n\n")
		}
		name := word()
		name = strings.ToUpper(name[:1]) + name[1:]
		fmt.Fprintf(&b, "The %s of the %s said on Monday that %s would %s the %s in %s. ", word(), word(), name, word(), word(), word())
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, "“We %s the %s and will not %s,” %s said. ", word(), word(), word(), name)
		}
	}
	return strings.TrimSpace(b.String())
}

// chains returns families of copies of prose and the true exemplar of each.
func chains(seed uint64, families, size int) ([]*stemma.Document, map[stemma.ReportID]stemma.ReportID) {
	r := rand.New(rand.NewPCG(seed, 1))
	vocabulary := map[string][]string{}
	for _, w := range strings.Fields(prose(r, 200)) {
		if w == strings.ToLower(w) && !strings.ContainsAny(w, ".,“”") {
			vocabulary[copygen.Ending(w)] = append(vocabulary[copygen.Ending(w)], w)
		}
	}
	c := &copygen.Copier{Vocabulary: vocabulary}
	var docs []*stemma.Document
	truth := map[stemma.ReportID]stemma.ReportID{}
	for f := range families {
		drafts := []copygen.Draft{copygen.ParseDraft(prose(r, 9))}
		docs = append(docs, document(fmt.Sprintf("f%d-0", f), drafts[0].String()))
		for k := 1; k < size; k++ {
			p := r.IntN(len(drafts))
			d := c.Copy(r, drafts[p], copygen.Options{Rate: 0.02 + 0.3*r.Float64(), Drop: 0.05})
			drafts = append(drafts, d)
			id := fmt.Sprintf("f%d-%d", f, k)
			docs = append(docs, document(id, d.String()))
			truth[stemma.ReportID(id)] = stemma.ReportID(fmt.Sprintf("f%d-%d", f, p))
		}
	}
	return docs, truth
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestChainsAreFound(t *testing.T) {
	docs, truth := chains(3, 12, 6)
	found := map[[2]stemma.ReportID]bool{}
	for _, c := range Find(docs, Options{Samples: 10}) {
		if a, b := strings.Split(string(c.Exemplar), "-")[0], strings.Split(string(c.Report), "-")[0]; a != b {
			t.Errorf("%s and %s are of two families", c.Exemplar, c.Report)
		}
		found[[2]stemma.ReportID{c.Exemplar, c.Report}] = true
		found[[2]stemma.ReportID{c.Report, c.Exemplar}] = true
	}
	for report, exemplar := range truth {
		if !found[[2]stemma.ReportID{exemplar, report}] {
			t.Errorf("%s from %s not found", report, exemplar)
		}
	}
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	docs, _ := chains(4, 10, 5) // more than allPairs: the index takes part
	want := Find(docs, Options{Samples: 2})
	wantTrees := asJSON(t, Families(docs, want, Options{Samples: 2}))
	wantCopies := asJSON(t, want)
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 100 {
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		got := Find(docs, Options{Samples: 2})
		if asJSON(t, got) != wantCopies {
			t.Fatalf("shuffle %d: other copies", n)
		}
		if asJSON(t, Families(docs, got, Options{Samples: 2})) != wantTrees {
			t.Fatalf("shuffle %d: other stemmata", n)
		}
	}
}

func TestNumberOfWorkersDoesNotMatter(t *testing.T) {
	docs, _ := chains(5, 10, 6)
	want := asJSON(t, Find(docs, Options{Workers: 1, Samples: 2}))
	for _, w := range []int{2, 3, 8} {
		if asJSON(t, Find(docs, Options{Workers: w, Samples: 2})) != want {
			t.Errorf("%d workers: other copies", w)
		}
	}
}

func TestCompareIsSymmetric(t *testing.T) {
	docs, _ := chains(6, 2, 4)
	for _, a := range docs {
		for _, b := range docs {
			c, ok := Compare(a, b)
			d, ok2 := Compare(b, a)
			if ok != ok2 || asJSON(t, c) != asJSON(t, d) {
				t.Errorf("%s and %s compare differently the other way round", a.Report.ID, b.Report.ID)
			}
		}
	}
}

func TestSpansOfCopiesFitTheTexts(t *testing.T) {
	docs, _ := chains(7, 3, 5)
	text := map[stemma.ReportID]string{}
	for _, d := range docs {
		text[d.Report.ID] = d.Report.Text
	}
	for _, c := range Find(docs, Options{Samples: 1}) {
		for _, p := range c.Passages {
			if err := p.Exemplar.Check(text[c.Exemplar]); err != nil {
				t.Error(err)
			}
			if err := p.Copy.Check(text[c.Report]); err != nil {
				t.Error(err)
			}
		}
		for _, r := range c.Reasons {
			for _, cite := range r.Cites {
				if err := cite.Span.Check(text[cite.Report]); err != nil {
					t.Errorf("%s: %v", r.Rule, err)
				}
			}
		}
	}
}

// Identical reports must not cost more than their number: 10,000 under twenty
// times what 1,000 cost.
func TestIdenticalReportsCostNoMoreThanTheirNumber(t *testing.T) {
	text := prose(rand.New(rand.NewPCG(1, 1)), 10)
	cost := func(n int) time.Duration {
		docs := make([]*stemma.Document, n)
		for i := range docs {
			docs[i] = document(fmt.Sprintf("r%05d", i), text)
		}
		start := time.Now()
		copies := Find(docs, Options{})
		st := Families(docs, copies, Options{})
		if len(copies) != n-1 || len(st) != 1 || len(st[0].Nodes) != n {
			t.Fatalf("%d reports: %d copies, %d families", n, len(copies), len(st))
		}
		return time.Since(start)
	}
	cost(1000) // warm
	small := min(cost(1000), cost(1000), cost(1000))
	large := cost(10000)
	for range 3 { // other work on the machine may be in the way
		if large <= 20*small {
			break
		}
		large = min(large, cost(10000))
	}
	if large > 20*small+time.Second/2 {
		t.Errorf("1,000 identical reports take %v, 10,000 %v", small, large)
	}
}

// A large family of near copies is one family, and the pairs compared grow as its
// reports do, not as their square.
func TestLargeFamilyIsNotQuadratic(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	words := strings.Fields(prose(rng, 6))
	pairs := func(n int) int {
		docs := make([]*stemma.Document, n)
		for i := range docs {
			w := slices.Clone(words)
			for range 3 {
				w[rng.IntN(len(w))] = fmt.Sprintf("zu%dle", i)
			}
			docs[i] = document(fmt.Sprintf("r%05d", i), strings.Join(w, " "))
		}
		copies := Find(docs, Options{})
		if st := Families(docs, copies, Options{Samples: 2}); len(st) != 1 || len(st[0].Nodes) < n {
			t.Fatalf("%d near copies of one report make %d families", n, len(st))
		}
		return len(copies)
	}
	small, large := pairs(75), pairs(300)
	if large > 5*small {
		t.Errorf("75 near copies make %d pairs, 300 make %d", small, large)
	}
}

func TestSameSpeechIsNoCopy(t *testing.T) {
	quote := "“We have waited long enough for an answer, and we shall not wait another winter; the bridge belongs to those who cross it every day, and they have a right to know when it opens,” the mayor of Tarrow said."
	a := document("a", "Hundreds of people came to the square in Tarrow on Sunday to hear the mayor.\n\n"+quote+"\n\nShe spoke for an hour in the rain, and the crowd stayed until the end. A brass band played.")
	b := document("b", "Tarrow’s dispute with the railway has reached the capital, where a committee will look into it this month.\n\n"+quote+"\n\nThe railway company did not want to comment on her words. Its shares fell by two per cent.")
	if c, ok := Compare(a, b); ok {
		t.Errorf("two reports that quote one speech are a %s copy: %v", c.Kind, c.Reasons)
	}
}

func TestIndexForgetsWhatIsRemoved(t *testing.T) {
	docs, _ := chains(8, 6, 4)
	x := NewIndex(0)
	for i, d := range docs {
		x.Add(uint32(i), Keys(d))
	}
	if x.Len() != len(docs) {
		t.Fatalf("%d reports, want %d", x.Len(), len(docs))
	}
	keys := Keys(docs[1])
	has := func(n uint32) bool {
		return slices.ContainsFunc(x.Candidates(nil, keys, 0), func(c Candidate) bool { return c.Report == n })
	}
	if !has(0) {
		t.Fatal("the original is no candidate")
	}
	x.Remove(0, Keys(docs[0]))
	if has(0) {
		t.Error("a report that was removed is still found")
	}
	x.Add(0, Keys(docs[0]))
	if !has(0) {
		t.Error("a report that was put back is not found")
	}
}

// Texts that are made to be hard: no stops, one word, marks never closed.
func TestWorstCasesEndSoon(t *testing.T) {
	cases := map[string]string{
		"one word":        strings.Repeat("no ", 100_000),
		"no stops":        strings.ReplaceAll(prose(rand.New(rand.NewPCG(2, 2)), 5_000), ".", ""),
		"unclosed marks":  strings.Repeat("“ a", 65_000),
		"empty lines":     strings.Repeat("\n", 1_000_000),
		"one letter dots": strings.Repeat("a.", 100_000),
	}
	for name, text := range cases {
		start := time.Now()
		a, b := document("a", text), document("b", text+" and one more thing")
		Find([]*stemma.Document{a, b}, Options{Samples: 2})
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("The talks ended. “We go on,” said Mr. Vane of the U.S. delegation’s 1,000.5 men.\n\nRead also | More")
	f.Add("“\xff“ \x00'’ a.b. É\u0301 …")
	f.Fuzz(func(t *testing.T, s string) {
		r := Read(document("x", s))
		if len(r.word) != len(r.pos) || len(r.word) != len(r.flag) || len(r.word) != len(r.stem) {
			t.Fatal("slices of different length")
		}
		last := int32(0)
		for _, p := range r.pos {
			if p[0] < last || p[1] <= p[0] || int(p[1]) > len(s) {
				t.Fatalf("word at %v after %d", p, last)
			}
			last = p[1]
		}
		end := int32(0)
		for _, s := range r.sent {
			if s.first != end || s.end <= s.first {
				t.Fatalf("sentence %v after %d", s, end)
			}
			end = s.end
		}
		if int(end) != len(r.word) {
			t.Fatalf("%d words in no sentence", len(r.word)-int(end))
		}
		r.Keys(nil)
	})
}

func BenchmarkAnchors(b *testing.B) {
	text := prose(rand.New(rand.NewPCG(1, 1)), 50)
	doc := document("x", text)
	var r Reading
	var keys []Key
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Reset(doc)
		keys = r.Anchors(keys[:0])
	}
	if len(keys) == 0 {
		b.Fatal("no keys")
	}
}

func BenchmarkKeys(b *testing.B) {
	text := prose(rand.New(rand.NewPCG(1, 1)), 50)
	doc := document("x", text)
	var r Reading
	var keys []Key
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Reset(doc)
		keys = r.Keys(keys[:0])
	}
}

func BenchmarkCompare(b *testing.B) {
	docs, _ := chains(9, 1, 2)
	x, y := Read(docs[0]), Read(docs[1])
	var c Comparer
	for b.Loop() {
		if _, ok := c.Compare(x, y); !ok {
			b.Fatal("no copy")
		}
	}
}
