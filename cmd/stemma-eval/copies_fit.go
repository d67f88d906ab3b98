package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/internal/copygen"
	"stemma/reuse"
)

// A directed pair is one whose exemplar is known.
type directed struct {
	x      []float64 // finds of each rule for the true direction, less those against it
	weight float64
	family int
}

// odds are the log-odds of the true direction.
func (e *directed) odds(w []float64) (z float64) {
	for k, v := range e.x {
		z += w[k] * v
	}
	return z
}

// fitDirection fits weights to examples but for those of the family without.
func fitDirection(examples []directed, without int) []float64 {
	w := make([]float64, len(examples[0].x))
	for k := range w {
		w[k] = 0.5
	}
	const ridge = 1.0
	grad := make([]float64, len(w))
	for step := range 4000 {
		clear(grad)
		for i := range examples {
			e := &examples[i]
			if e.family == without {
				continue
			}
			g := e.weight * (1 - 1/(1+math.Exp(-e.odds(w))))
			for k, v := range e.x {
				grad[k] += g * v
			}
		}
		rate := 0.05 / (1 + float64(step)/500)
		for k := range w {
			w[k] = max(0, w[k]+rate*(grad[k]-ridge*(w[k]-0.3))) // towards a weak prior; a reason never counts for its contrary
		}
	}
	return w
}

// copiesFit fits the weights of the rules of direction by logistic regression
// without intercept on copies whose direction is known: the written families,
// and chains generated over Wikinews, half and half. It prints what to write
// into reuse's table of clues.
func copiesFit(args []string) error {
	fs := flag.NewFlagSet("copies-fit", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "folder of corpora")
	out := fs.String("o", "eval/copies-direction.txt", "where the figures go; - for standard output")
	seed := fs.Uint64("seed", 101, "seed of the generated copies")
	fs.Parse(args)
	rules := reuse.ClueNames()
	var examples []directed
	add := func(exemplar, copy *stemma.Document, family int) {
		c, ok := reuse.Compare(exemplar, copy)
		if !ok || c.Kind == stemma.Verbatim {
			return
		}
		x := make([]float64, len(rules))
		for _, r := range c.Reasons {
			if w := reuse.ClueWeight(r.Rule); w > 0 {
				v := r.Weight / w
				if c.Exemplar != exemplar.Report.ID {
					v = -v
				}
				x[slices.Index(rules, r.Rule)] += v
			}
		}
		examples = append(examples, directed{x, 1, family})
	}
	// Written families.
	dirs, _ := filepath.Glob(filepath.Join(*data, "families/f*"))
	for f, d := range dirs {
		var fam writtenFamily
		raw, err := os.ReadFile(filepath.Join(d, "family.json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &fam); err != nil {
			return err
		}
		read := func(id string) *stemma.Document {
			t, _ := os.ReadFile(filepath.Join(d, id+".txt"))
			return plainDocument(filepath.Base(d)+"/"+id, "", string(t))
		}
		for _, e := range fam.Edges {
			add(read(e.Exemplar), read(e.Copy), f)
		}
		add(read("A"), read("C"), f)
	}
	written := len(examples)
	// Generated copies.
	news, err := background(filepath.Join(*data, "attributions/text"), 0)
	if err != nil {
		return err
	}
	copier, err := newsCopier(*data, news)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(*seed, 1))
	for f, d := range news {
		for k := range 2 {
			base := copygen.ParseDraft(d.Report.Text)
			draft, _, _ := copier.CopyOf(r, base, func() copygen.Draft { return copygen.ParseDraft(news[r.IntN(len(news))].Report.Text) })
			again, _, _ := copier.CopyOf(r, draft, func() copygen.Draft { return copygen.ParseDraft(news[r.IntN(len(news))].Report.Text) })
			a, b, c := plainDocument("a", "", d.Report.Text), plainDocument(fmt.Sprint("b", k), "", draft.String()), plainDocument(fmt.Sprint("c", k), "", again.String())
			add(a, b, len(dirs)+f)
			add(b, c, len(dirs)+f)
		}
	}
	for i := written; i < len(examples); i++ {
		examples[i].weight = float64(written) / float64(len(examples)-written)
	}
	w := fitDirection(examples, -1)
	var b strings.Builder
	fmt.Fprintf(&b, "# Weights of the rules of direction: go run ./cmd/stemma-eval copies-fit -seed %d\n# %s; trained on data/families and copies generated over data/attributions (both class A)\n", *seed, time.Now().UTC().Format("2006-01-02"))
	fmt.Fprintf(&b, "# %d pairs of the written families, %d generated; half the weight each; ridge 1 towards 0.3. Dates and credits do not occur in the data: their weights are set by hand.\n", written, len(examples)-written)
	fmt.Fprintf(&b, "rule                  fitted  now   finds for  against\n")
	now := make([]float64, len(rules))
	for k, name := range rules {
		now[k] = reuse.ClueWeight(name)
		n, against := 0, 0
		for _, e := range examples {
			switch v := e.x[k]; {
			case v > 0:
				n++
			case v < 0:
				against++
			}
		}
		fmt.Fprintf(&b, "%-20s  %5.2f  %5.2f  %6d  %6d\n", name, w[k], now[k], n, against)
	}
	score := func(part []directed, w []float64) (claimed, right int) {
		for _, e := range part {
			if z := e.odds(w); math.Abs(z) >= math.Log(0.6/0.4) {
				claimed++
				if z > 0 {
					right++
				}
			}
		}
		return
	}
	for _, part := range []struct {
		name string
		of   []directed
	}{{"written", examples[:written]}, {"generated", examples[written:]}} {
		c, ok := score(part.of, now)
		c2, ok2 := score(part.of, w)
		fmt.Fprintf(&b, "%s pairs alone, without tree: weights now claim %d of %d, right %.3f; fitted ones (on the same pairs) claim %d, right %.3f\n", part.name, c, len(part.of), ratio(ok, c), c2, ratio(ok2, c2))
	}
	// Each written family by weights fitted to all else.
	claimed, right := 0, 0
	for f := range dirs {
		held := slices.DeleteFunc(slices.Clone(examples), func(e directed) bool { return e.family != f })
		c, ok := score(held, fitDirection(examples, f))
		claimed, right = claimed+c, right+ok
	}
	fmt.Fprintf(&b, "leave one family out: each of the %d written families by weights fitted to all other pairs: claim %d of %d, right %.3f\n", len(dirs), claimed, written, ratio(right, claimed))
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, b.String())
		return err
	}
	return os.WriteFile(*out, []byte(b.String()), 0o644)
}
