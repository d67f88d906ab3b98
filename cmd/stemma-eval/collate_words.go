package main

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"stemma"
	"stemma/collate"
)

// linkTally counts links of words: those found, those of them that are sure or
// at least possible, and those that are wanted.
type linkTally struct{ found, sure, possible, wantSure, wantAll int }

func (t *linkTally) add(o linkTally) {
	t.found += o.found
	t.sure += o.sure
	t.possible += o.possible
	t.wantSure += o.wantSure
	t.wantAll += o.wantAll
}

// wordTally is a count of right, found and wanted.
type wordTally struct{ right, found, wanted float64 }

func (s wordTally) p() float64 { return share(s.right, s.found) }
func (s wordTally) r() float64 { return share(s.right, s.wanted) }
func (s wordTally) f() float64 { return f1(s.p(), s.r()) }

func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// linkScore returns precision, recall and F1 in per cent.
func linkScore(rightFound, found, rightWanted, wanted int) (p, r, f float64) {
	p, r = 100*share(float64(rightFound), float64(found)), 100*share(float64(rightWanted), float64(wanted))
	return p, r, f1(p, r)
}

type wordLinks map[[2]int]bool

// readLinks reads "0-0 1-2".
func readLinks(field string) wordLinks {
	m := wordLinks{}
	for _, f := range strings.Fields(field) {
		var x [2]int
		if n, _ := fmt.Sscanf(f, "%d-%d", &x[0], &x[1]); n == 2 {
			m[x] = true
		}
	}
	return m
}

// tallyLinks counts the links of got.
func tallyLinks(got, sure, possible wordLinks) linkTally {
	t := linkTally{found: len(got), wantSure: len(sure), wantAll: len(sure) + len(possible)}
	for x := range got {
		if sure[x] {
			t.sure++
		}
		if sure[x] || possible[x] {
			t.possible++
		}
	}
	return t
}

// apparatusLinks returns the words that the loci of a and b set against each
// other: those of equal runs one by one, those of a variant each with each.
func apparatusLinks(a, b []string) wordLinks {
	docs := [2]*stemma.Document{stemma.OfTokens(a), stemma.OfTokens(b)}
	all := func(d *stemma.Document) []stemma.Span { return []stemma.Span{d.Sentences[0].Span} }
	m := wordLinks{}
	for _, l := range collate.Spans(docs[0], all(docs[0]), docs[1], all(docs[1])) {
		i0, i1 := docs[0].TokensIn(l.Readings[0].Span)
		j0, j1 := docs[1].TokensIn(l.Readings[1].Span)
		run := (l.Kind == stemma.Same || l.Move > 0) && i1-i0 == j1-j0
		for i := i0; i < i1; i++ {
			for j := j0; j < j1; j++ {
				if !run || i-i0 == j-j0 {
					m[[2]int{i, j}] = true
				}
			}
		}
	}
	return m
}

// words measures word alignment on the news pairs of MultiMWA, MTRef. Sure
// links must be found; possible links may be. The first line counts as AER
// does (Och and Ney 2003): precision over sure and possible links, recall over
// the sure ones. The second demands both kinds, the third the sure alone.
func (e *collateEval) words() error {
	path := filepath.Join(e.data, "multimwa", "mtref-"+e.set+".tsv")
	var halves [2]linkTally // pairs with an even number, from 0, and with an odd one
	var apparatus linkTally
	exact, pairs := 0, 0
	missed, extra := map[string]int{}, map[string]int{}
	err := eachLine(path, func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 9 {
			return nil
		}
		a, b := strings.Fields(f[1]), strings.Fields(f[3])
		sure, possible := readLinks(f[7]), readLinks(f[8])
		got := wordLinks{}
		for _, x := range collate.AlignWords(a, b) {
			got[x] = true
		}
		apparatus.add(tallyLinks(apparatusLinks(a, b), sure, possible))
		t := tallyLinks(got, sure, possible)
		show := pairs < e.worst
		if show {
			fmt.Printf("A %s\nB %s\n", f[1], f[3])
		}
		for x := range got {
			switch {
			case sure[x], possible[x]:
			default:
				extra[a[x[0]]+" "+b[x[1]]]++
				if show {
					fmt.Printf("  extra  %s(%d) %s(%d)\n", a[x[0]], x[0], b[x[1]], x[1])
				}
			}
		}
		for x := range sure {
			if !got[x] {
				missed[a[x[0]]+" "+b[x[1]]]++
				if show {
					fmt.Printf("  missed %s(%d) %s(%d)\n", a[x[0]], x[0], b[x[1]], x[1])
				}
			}
		}
		if t.found == t.possible && t.possible == t.wantAll {
			exact++
		}
		halves[pairs%2].add(t)
		pairs++
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
	t := halves[0]
	t.add(halves[1])
	fmt.Fprintf(e.w, "\nWord alignment: MultiMWA MTRef %s, %d pairs (class C: measured only; weights set by hand, none trained on it)\n", e.set, pairs)
	line := func(name string, rightFound, found, rightWanted, wanted int) {
		p, r, f := linkScore(rightFound, found, rightWanted, wanted)
		fmt.Fprintf(e.w, "%-44s P %5.1f  R %5.1f  F1 %5.1f\n", name, p, r, f)
	}
	line("sure wanted, possible allowed", t.possible, t.found, t.sure, t.wantSure)
	line("  pairs 0, 2, 4 …: looked at for the weights", halves[0].possible, halves[0].found, halves[0].sure, halves[0].wantSure)
	line("  pairs 1, 3, 5 …: not looked at", halves[1].possible, halves[1].found, halves[1].sure, halves[1].wantSure)
	line("the apparatus: words set against each other ", apparatus.possible, apparatus.found, apparatus.sure, apparatus.wantSure)
	line("sure and possible wanted", t.possible, t.found, t.possible, t.wantAll)
	line("sure alone", t.sure, t.found, t.sure, t.wantSure)
	fmt.Fprintf(e.w, "%-44s %5.1f %%\n", "pairs aligned exactly", 100*float64(exact)/float64(max(pairs, 1)))
	return nil
}
