package collate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestAlignWords gives for each pair links that must be found, as words, and
// links that must not be, behind "-".
func TestAlignWords(t *testing.T) {
	for _, c := range []struct{ a, b, links string }{
		{"the envoy left the harbour on monday", "the envoy left the harbour on monday", "the=the envoy=envoy harbour=harbour monday=monday"},
		{"the envoys talked about the frozen assets", "ambassadors discussed the frozen assets", "envoys=ambassadors the=ambassadors talked=discussed about=discussed assets=assets"},
		{"on tuesday the council of norland met the envoy", "the norland council met the envoy on tuesday", "tuesday=tuesday council=council norland=norland met=met envoy=envoy"},
		{"in order to end the blockade they met", "to end the blockade they met", "in=to order=to to=to end=end they=they"},
		{"the united nations sent aid", "the un sent aid", "united=un nations=un sent=sent"},
		{"he held talks with the minister", "he talked to the minister", "held=talked talks=talked minister=minister"},
		{"a 200-room hotel burned", "a hotel with 200 rooms burned", "200-room=200 200-room=rooms hotel=hotel burned=burned"},
		{"the ministers of spain agreed", "the spanish ministers agreed", "of=spanish spain=spanish ministers=ministers agreed=agreed"},
		{"she pointed out that the bridge was safe", "she said that the bridge was safe", "pointed=said out=said bridge=bridge"},
		{"the army denied the report by the agency .", "the agency said so .", "agency=agency .=. -report=so"},
	} {
		a, b := strings.Fields(c.a), strings.Fields(c.b)
		got := map[string]bool{}
		for _, l := range AlignWords(a, b) {
			got[a[l[0]]+"="+b[l[1]]] = true
		}
		for _, link := range strings.Fields(c.links) {
			without, not := strings.CutPrefix(link, "-")
			if got[without] == not {
				t.Errorf("%q / %q: %s is %v; links %v", c.a, c.b, without, got[without], got)
			}
		}
	}
}

func TestAlignWordsProperties(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("the a of to in said was not council envoy ship ships sank 5 five three hundred monday un united nations north-south , . \" 's")), 0, 25)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		links := AlignWords(a, b)
		for _, l := range links {
			if l[0] < 0 || l[0] >= len(a) || l[1] < 0 || l[1] >= len(b) {
				t.Fatalf("link %v of %d and %d words", l, len(a), len(b))
			}
		}
		if !slices.EqualFunc(links, AlignWords(a, b), func(x, y [2]int) bool { return x == y }) {
			t.Fatal("not the same twice")
		}
		linked := map[[2]int]bool{}
		for _, l := range AlignWords(a, a) {
			linked[l] = true
		}
		for i := range a {
			if e := newLexicon(nil, 1); !linked[[2]int{i, i}] && !e.look(e.id(a[i])).function() {
				t.Fatalf("%v: word %d is not linked with itself", a, i)
			}
		}
	})
}

// TestChain holds chain to the sum over all alignments, written out.
func TestChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 4).Draw(t, "n"), rapid.IntRange(1, 5).Draw(t, "m")
		like := make([]float64, n*m)
		for i := range like {
			like[i] = rapid.Float64Range(-5, 5).Draw(t, "like")
		}
		alone := make([]float64, n)
		for i := range alone {
			alone[i] = math.Exp(rapid.Float64Range(-1, 1).Draw(t, "alone"))
		}
		cost := func(d int) float64 {
			if d < stepMin || d > stepMax {
				return 3.2
			}
			return []float64{2.4, 2, 1.5, 0, 0.7, 1, 1.5}[d-stepMin]
		}
		want := make([]float64, n*m)
		total := 0.0
		partners := make([]int, n)
		var walk func(i, last int, logs float64)
		walk = func(i, last int, logs float64) {
			if i == n {
				w := math.Exp(logs - cost(m-last))
				total += w
				for x, j := range partners {
					if j >= 0 {
						want[x*m+j] += w
					}
				}
				return
			}
			partners[i] = -1
			walk(i+1, last, logs+math.Log(alone[i]))
			for j := range m {
				partners[i] = j
				walk(i+1, j, logs-cost(j-last)+like[i*m+j])
			}
		}
		walk(0, -1, 0)
		weight, turned := make([]float64, n*m), make([]float64, n*m)
		for i := range n {
			for j := range m {
				weight[i*m+j] = math.Exp(like[i*m+j])
				turned[j*n+i] = weight[i*m+j]
			}
		}
		for _, got := range [][]float64{chain(n, m, weight, m, 1, alone, new(arena)), chain(n, m, turned, 1, n, alone, new(arena))} {
			for k := range got {
				if math.Abs(got[k]-want[k]/total) > 1e-9 {
					t.Fatalf("pair %d: %v, want %v", k, got[k], want[k]/total)
				}
			}
		}
	})
}

func TestAlignWordsLong(t *testing.T) {
	start := time.Now()
	for _, n := range []int{500, 20000} {
		var a, b []string
		for i := range n {
			a = append(a, fmt.Sprint("w", i%97))
			b = append(b, fmt.Sprint("w", i%89))
		}
		AlignWords(a, b)
		AlignWords(slices.Repeat([]string{"of"}, n), slices.Repeat([]string{"o.f."}, n/20))
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("%v", d)
	}
}

func FuzzAlignWords(f *testing.F) {
	f.Add("the envoy left", "the envoys have left")
	f.Add("in order to", "to - to")
	f.Add("- -- a-b-c", "a b \" \xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := strings.Fields(a), strings.Fields(b)
		for _, l := range AlignWords(x, y) {
			if l[0] < 0 || l[0] >= len(x) || l[1] < 0 || l[1] >= len(y) {
				t.Fatalf("link %v of %d and %d words", l, len(x), len(y))
			}
		}
	})
}
