package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"stemma"
	"stemma/collate"
)

// A piece is a stretch of a made copy and the sentences of the original that
// it was made from; none for an insertion.
type piece struct {
	text string
	from []int
	kind string
}

// sentences measures sentence alignment on copies made of Wikinews articles:
// sentences split, merged, moved, left out and put in, at several rates of
// rewording. Truth is known from the making.
func (e *collateEval) sentences() error {
	docs, err := e.wikinews()
	if err != nil {
		return err
	}
	fmt.Fprintf(e.w, "\nSentence alignment: copies made of Wikinews articles (class A) with splits, merges, moves, omissions, insertions\n")
	fmt.Fprintf(e.w, "%-26s %7s   %-24s %-24s\n", "words replaced or dropped", "beads", "beads exact  P    R    F1", "sentence links  P    R    F1")
	for _, rate := range []float64{0, 0.1, 0.2, 0.3, 0.4} {
		rng := rand.New(rand.NewPCG(7, uint64(rate*100)))
		var beads, links wordTally
		kinds := map[string]*wordTally{}
		shown := 0
		for k, d := range docs {
			other := docs[(k+1)%len(docs)]
			pieces, ok := makeCopy(d, other, rng, rate)
			if !ok {
				continue
			}
			var b strings.Builder
			type stretch struct {
				stemma.Span
				piece
			}
			var made []stretch
			for _, p := range pieces {
				start := b.Len()
				b.WriteString(p.text)
				made = append(made, stretch{stemma.Span{Start: start, End: b.Len()}, p})
				b.WriteString("\n\n")
			}
			copied := document("copy", b.String())
			// Truth: each stretch is a bead of its sentences and its origin's.
			want := map[string]string{}
			wantLinks := map[[2]int]bool{}
			for _, m := range made {
				var sb []int
				for j, s := range copied.Sentences {
					if s.Overlaps(m.Span) {
						sb = append(sb, j)
					}
				}
				want[fmt.Sprint(m.from, sb)] = m.kind
				for _, i := range m.from {
					for _, j := range sb {
						wantLinks[[2]int{i, j}] = true
					}
				}
			}
			for _, bead := range collate.AlignSentences(d, copied) {
				sa, sb := bead.Sentences[0], bead.Sentences[1]
				if len(sa) > 0 && len(sb) > 0 {
					beads.found++
					key := fmt.Sprint(sa, sb)
					if _, ok := want[key]; ok {
						beads.right++
					} else if shown < e.worst {
						shown++
						fmt.Printf("  wrong bead %s at %.1f in %s\n", key, rate, d.Report.Source)
						for _, i := range sa {
							fmt.Printf("    A%d %s\n", i, d.Text(d.Sentences[i].Span))
						}
						for _, j := range sb {
							fmt.Printf("    B%d %s\n", j, copied.Text(copied.Sentences[j].Span))
						}
					}
				}
				for _, i := range sa {
					for _, j := range sb {
						links.found++
						if wantLinks[[2]int{i, j}] {
							links.right++
						}
					}
				}
			}
			got := map[string]bool{}
			for _, bead := range collate.AlignSentences(d, copied) {
				got[fmt.Sprint(bead.Sentences[0], bead.Sentences[1])] = true
			}
			for key, kind := range want {
				if strings.HasPrefix(key, "[] ") {
					continue
				}
				beads.wanted++
				if kinds[kind] == nil {
					kinds[kind] = &wordTally{}
				}
				kinds[kind].wanted++
				if got[key] {
					kinds[kind].right++
				}
			}
			links.wanted += float64(len(wantLinks))
		}
		fmt.Fprintf(e.w, "%-26s %7.0f   %6.3f %.3f %.3f     %10.3f %.3f %.3f   recall:", fmt.Sprintf("%.0f %%", 100*rate), beads.wanted, beads.p(), beads.r(), beads.f(), links.p(), links.r(), links.f())
		for _, kind := range []string{"kept", "split", "merged", "moved"} {
			if k := kinds[kind]; k != nil {
				fmt.Fprintf(e.w, " %s %.3f", kind, share(k.right, k.wanted))
			}
		}
		fmt.Fprintln(e.w)
	}
	return nil
}

// makeCopy copies the prose of d, changing one sentence in three.
func makeCopy(d, other *stemma.Document, rng *rand.Rand, rate float64) ([]piece, bool) {
	var prose []int
	for i, s := range d.Sentences {
		if s.Kind == stemma.Prose && s.EndToken-s.FirstToken >= 6 {
			prose = append(prose, i)
		}
	}
	if len(prose) < 10 {
		return nil, false
	}
	var vocabulary []string
	for _, t := range other.Tokens {
		if w := other.Text(t.Span); lower(w) && len(w) > 3 {
			vocabulary = append(vocabulary, w)
		}
	}
	reword := func(text string) string {
		ws := strings.Fields(text)
		for i := 1; i+1 < len(ws); i++ {
			if lower(ws[i]) && rng.Float64() < rate {
				if rng.IntN(3) == 0 {
					ws[i] = ""
				} else if len(vocabulary) > 0 {
					ws[i] = vocabulary[rng.IntN(len(vocabulary))]
				}
			}
		}
		return strings.Join(slices.DeleteFunc(ws, func(w string) bool { return w == "" }), " ")
	}
	sentence := func(i int) string { return reword(strings.Join(strings.Fields(d.Text(d.Sentences[i].Span)), " ")) }
	var out []piece
	for k := 0; k < len(prose); k++ {
		i := prose[k]
		text := sentence(i)
		switch rng.IntN(9) {
		case 0: // split at a comma with a conjunction, far from both ends
			for _, conj := range []string{", and ", ", but ", ", while ", ", which "} {
				if at := strings.Index(text, conj); at > 30 && len(text)-at > 40 && !strings.ContainsAny(text, `“"”`) {
					rest := text[at+len(conj):]
					text = text[:at] + ". " + strings.ToUpper(rest[:1]) + rest[1:]
					out = append(out, piece{text, []int{i}, "split"})
					text = ""
					break
				}
			}
			if text != "" {
				out = append(out, piece{text, []int{i}, "kept"})
			}
		case 1: // merge with the next sentence
			if k+1 < len(prose) && prose[k+1] == i+1 && strings.HasSuffix(text, ".") {
				next := sentence(prose[k+1])
				out = append(out, piece{strings.TrimSuffix(text, ".") + ", and " + next, []int{i, i + 1}, "merged"})
				k++
			} else {
				out = append(out, piece{text, []int{i}, "kept"})
			}
		case 2: // move
			out = append(out, piece{text, []int{i}, "moved"})
		case 3: // leave out, or put in another
			if rng.IntN(2) == 0 {
				continue
			}
			out = append(out, piece{text, []int{i}, "kept"})
			if o := other.Sentences[rng.IntN(len(other.Sentences))]; o.Kind == stemma.Prose {
				out = append(out, piece{other.Text(o.Span), nil, "inserted"})
			}
		default:
			out = append(out, piece{text, []int{i}, "kept"})
		}
	}
	// Move what is to be moved by three to eight places.
	for i := 0; i < len(out); i++ {
		if out[i].kind != "moved" {
			continue
		}
		to := i + 3 + rng.IntN(6)
		if rng.IntN(2) == 0 {
			to = i - 3 - rng.IntN(6)
		}
		if to < 0 || to >= len(out) {
			out[i].kind = "kept"
			continue
		}
		p := out[i]
		p.kind = "moved "
		out = slices.Delete(out, i, i+1)
		out = slices.Insert(out, to, p)
	}
	for i := range out {
		out[i].kind = strings.TrimSpace(out[i].kind)
	}
	return out, true
}
