package main

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"stemma/collate"
)

// wordTally is a count of right, found and wanted.
type wordTally struct{ right, found, wanted float64 }

func (s wordTally) p() float64 { return share(s.right, s.found) }
func (s wordTally) r() float64 { return share(s.right, s.wanted) }
func (s wordTally) f() float64 {
	if s.p()+s.r() == 0 {
		return 0
	}
	return 2 * s.p() * s.r() / (s.p() + s.r())
}

func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// words measures word alignment on the news pairs of MultiMWA, MTRef. Sure
// links must be found; possible links may be. The first line counts as AER
// does (Och and Ney 2003): precision over sure and possible links, recall over
// the sure ones. The second demands both kinds, the third the sure alone.
func (e *collateEval) words() error {
	path := filepath.Join(e.data, "multimwa", "mtref-"+e.set+".tsv")
	var lax, all, sure wordTally
	exact, pairs := 0, 0
	read := func(field string) map[[2]int]bool {
		m := map[[2]int]bool{}
		for _, f := range strings.Fields(field) {
			var x [2]int
			if n, _ := fmt.Sscanf(f, "%d-%d", &x[0], &x[1]); n == 2 {
				m[x] = true
			}
		}
		return m
	}
	shown := 0
	missed, extra := map[string]int{}, map[string]int{}
	err := eachLine(path, func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 9 {
			return nil
		}
		a, b := strings.Fields(f[1]), strings.Fields(f[3])
		s, p := read(f[7]), read(f[8])
		got := collate.AlignWords(a, b)
		pairs++
		same := len(got) == len(s)+len(p)
		var hits wordTally
		for _, x := range got {
			switch {
			case s[x]:
				sure.right++
				lax.right++
				all.right++
				hits.right++
			case p[x]:
				all.right++
				lax.right++
			default:
				same = false
				extra[a[x[0]]+" "+b[x[1]]]++
			}
		}
		n := float64(len(got))
		lax.found += n
		all.found += n
		sure.found += n
		all.wanted += float64(len(s) + len(p))
		sure.wanted += float64(len(s))
		lax.wanted += float64(len(s))
		if same {
			exact++
		}
		if shown < e.worst {
			shown++
			g := map[[2]int]bool{}
			for _, x := range got {
				g[x] = true
			}
			fmt.Printf("A %s\nB %s\n", f[1], f[3])
			for x := range s {
				if !g[x] {
					fmt.Printf("  missed %s(%d) %s(%d)\n", a[x[0]], x[0], b[x[1]], x[1])
				}
			}
			for x := range g {
				if !s[x] && !p[x] {
					fmt.Printf("  extra  %s(%d) %s(%d)\n", a[x[0]], x[0], b[x[1]], x[1])
				}
			}
		}
		g := map[[2]int]bool{}
		for _, x := range got {
			g[x] = true
		}
		for x := range s {
			if !g[x] {
				missed[a[x[0]]+" "+b[x[1]]]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if e.worst > 0 {
		show := func(name string, m map[string]int) {
			keys := slices.SortedFunc(maps.Keys(m), func(x, y string) int { return cmp.Or(m[y]-m[x], strings.Compare(x, y)) })
			fmt.Println(name)
			for _, k := range keys[:min(60, len(keys))] {
				fmt.Printf("  %s:%d", k, m[k])
			}
			fmt.Println()
		}
		show("missed", missed)
		show("extra", extra)
	}
	laxR := share(sure.right, sure.wanted)
	laxP := lax.p()
	fmt.Fprintf(e.w, "\nWord alignment: MultiMWA MTRef %s, %d pairs (class C: measured only; weights set by hand, none trained on it)\n", e.set, pairs)
	fmt.Fprintf(e.w, "%-44s P %5.1f  R %5.1f  F1 %5.1f\n", "sure wanted, possible allowed", 100*laxP, 100*laxR, 100*2*laxP*laxR/(laxP+laxR))
	fmt.Fprintf(e.w, "%-44s P %5.1f  R %5.1f  F1 %5.1f\n", "sure and possible wanted", 100*all.p(), 100*all.r(), 100*all.f())
	fmt.Fprintf(e.w, "%-44s P %5.1f  R %5.1f  F1 %5.1f\n", "sure alone", 100*sure.p(), 100*sure.r(), 100*sure.f())
	fmt.Fprintf(e.w, "%-44s %5.1f %%\n", "pairs aligned exactly", 100*float64(exact)/float64(max(pairs, 1)))
	return nil
}
