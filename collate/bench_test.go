package collate

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/internal/testenv"
)

// stock is the sentences that made-up reports are put together from.
func stock(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, f := range []string{"testdata/pair/first.txt", "testdata/pair/second.txt"} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d := document(f, string(b))
		for _, s := range d.Sentences {
			if s.Kind == stemma.Prose && s.EndToken-s.FirstToken > 8 {
				out = append(out, strings.ReplaceAll(d.Text(s.Span), "\n", " "))
			}
		}
	}
	return out
}

// fresh makes n sentences that differ from each other: each takes half its
// words from one sentence of the stock and half from another, with a number.
func fresh(rng *rand.Rand, from []string, n int) []string {
	out := make([]string, n)
	for i := range out {
		a, b := strings.Fields(from[rng.IntN(len(from))]), strings.Fields(from[rng.IntN(len(from))])
		out[i] = strings.Join(a[:len(a)/2], " ") + fmt.Sprintf(" w%d ", rng.IntN(n)) + strings.TrimRight(strings.Join(b[len(b)/2:], " "), ".”") + fmt.Sprintf(" in %d.", 1000+i)
	}
	return out
}

// reworded replaces one word in ten, drops one sentence in twenty and moves
// one in thirty.
func reworded(rng *rand.Rand, sents []string) []string {
	var out []string
	for _, s := range sents {
		if rng.IntN(20) == 0 {
			continue
		}
		ws := strings.Fields(s)
		for i := range ws {
			if rng.IntN(10) == 0 {
				ws[i] = []string{"swift", "ambassadors", "the", "twelve", "agreed", "harbour"}[rng.IntN(6)]
			}
		}
		s = strings.Join(ws, " ")
		if rng.IntN(30) == 0 && len(out) > 0 {
			k := rng.IntN(len(out))
			out = append(out[:k], append([]string{s}, out[k:]...)...)
			continue
		}
		out = append(out, s)
	}
	return out
}

func text800(rng *rand.Rand, from []string) []string { return fresh(rng, from, 36) }

func BenchmarkPair800Words(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	sents := text800(rng, stock(b))
	x, y := document("a", strings.Join(sents, "\n\n")), document("b", strings.Join(reworded(rng, sents), "\n\n"))
	docs := []*stemma.Document{x, y}
	check(b, docs, Collate(docs))
	b.SetBytes(int64(len(x.Report.Text) + len(y.Report.Text)))
	b.ReportMetric(float64(len(strings.Fields(x.Report.Text))), "words")
	b.ReportAllocs()
	done := measureCPU(b)
	for b.Loop() {
		Collate(docs)
	}
	done()
}

func Benchmark50Witnesses(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	sents := text800(rng, stock(b))
	var docs []*stemma.Document
	for i := range 50 {
		docs = append(docs, document(fmt.Sprint(i), strings.Join(reworded(rng, sents), "\n\n")))
	}
	check(b, docs, Collate(docs))
	b.ReportAllocs()
	done := measureCPU(b)
	for b.Loop() {
		Collate(docs)
	}
	done()
}

func BenchmarkSentences(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, uint64(n)))
			sents := fresh(rng, stock(b), n)
			docs := []*stemma.Document{document("a", strings.Join(sents, "\n\n")), document("b", strings.Join(reworded(rng, sents), "\n\n"))}
			check(b, docs, Collate(docs))
			b.ReportAllocs()
			done := measureCPU(b)
			for b.Loop() {
				Collate(docs)
			}
			done()
		})
	}
}

// Inputs that make a careless program take quadratic time.
func TestWorstCases(t *testing.T) {
	big := func(s string, n int) string { return strings.Repeat(s, n) }
	for _, c := range []struct{ name, a, b string }{
		{"65,000 unclosed marks", big("“a ", 65_000), big("“a “b ", 32_000)},
		{"one long sentence", big("the envoys agreed and ", 8_000) + ".", big("the envoys did not agree and ", 7_000) + "."},
		{"equal sentences", big("Nobody came. ", 8_000), big("Nobody came. ", 7_990)},
		{"nothing shared", big("alpha beta gamma. ", 4_000), big("delta epsilon zeta. ", 4_000)},
		{"one long sentence, other words", big("alpha 5 up not beta ", 8_000) + ".", big("gamma 7 down delta ", 8_000) + "."},
		{"one word", big("no ", 100_000), big("no ", 90_000)},
	} {
		start := time.Now()
		docs := []*stemma.Document{document("a", c.a), document("b", c.b)}
		check(t, docs, Collate(docs))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", c.name, d)
		} else {
			t.Logf("%s took %v", c.name, d)
		}
		runtime.GC()
	}
}

// BenchmarkRealPair wants the two real reports of the shared folder.
func BenchmarkRealPair(b *testing.B) {
	dir := testenv.Shared(b, "seeds")
	var docs []*stemma.Document
	for _, f := range []string{"000_b30bf6e8da73e073.txt", "001_bd595c01e11d1c26.txt"} {
		text, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, document(f, string(text)))
	}
	check(b, docs, Collate(docs))
	b.ReportAllocs()
	done := measureCPU(b)
	for b.Loop() {
		Collate(docs)
	}
	done()
}
