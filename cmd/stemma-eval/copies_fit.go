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

	"strings"
	"time"

	"stemma"
	"stemma/internal/copygen"
	"stemma/reuse"
)

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
	type example struct {
		x      map[string]float64 // find of the rule for the true direction, less that against it
		weight float64
		kind   stemma.CopyKind
	}
	var examples []example
	add := func(exemplar, copy *stemma.Document, weight float64) {
		c, ok := reuse.Compare(exemplar, copy)
		if !ok || c.Kind == stemma.Verbatim {
			return
		}
		x := map[string]float64{}
		for _, r := range c.Reasons {
			if w := reuse.ClueWeight(r.Rule); w > 0 {
				v := r.Weight / w
				if c.Exemplar != exemplar.Report.ID {
					v = -v
				}
				x[r.Rule] += v
			}
		}
		examples = append(examples, example{x, weight, c.Kind})
	}
	// Written families.
	dirs, _ := filepath.Glob(filepath.Join(*data, "families/f*"))
	for _, d := range dirs {
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
			add(read(e.Exemplar), read(e.Copy), 1)
		}
		add(read("A"), read("C"), 1)
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
	for _, d := range news {
		for k := range 2 {
			base := copygen.ParseDraft(d.Report.Text)
			draft, _, _ := copier.CopyOf(r, base, func() copygen.Draft { return copygen.ParseDraft(news[r.IntN(len(news))].Report.Text) })
			again, _, _ := copier.CopyOf(r, draft, func() copygen.Draft { return copygen.ParseDraft(news[r.IntN(len(news))].Report.Text) })
			a, b, c := plainDocument("a", "", d.Report.Text), plainDocument(fmt.Sprint("b", k), "", draft.String()), plainDocument(fmt.Sprint("c", k), "", again.String())
			add(a, b, 1)
			add(b, c, 1)
		}
	}
	for i := written; i < len(examples); i++ {
		examples[i].weight = float64(written) / float64(len(examples)-written)
	}
	rules := reuse.ClueNames()
	w := map[string]float64{}
	for _, name := range rules {
		w[name] = 0.5
	}
	const ridge = 1.0
	for step := range 4000 {
		grad := map[string]float64{}
		for _, e := range examples {
			z := 0.0
			for k, v := range e.x {
				z += w[k] * v
			}
			g := e.weight * (1 - 1/(1+math.Exp(-z)))
			for k, v := range e.x {
				grad[k] += g * v
			}
		}
		rate := 0.05 / (1 + float64(step)/500)
		for _, name := range rules {
			w[name] = max(0, w[name]+rate*(grad[name]-ridge*(w[name]-0.3))) // towards a weak prior; a reason never counts for its contrary
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Weights of the rules of direction: go run ./cmd/stemma-eval copies-fit -seed %d\n# %s; trained on data/families and copies generated over data/attributions (both class A)\n", *seed, time.Now().UTC().Format("2006-01-02"))
	fmt.Fprintf(&b, "# %d pairs of the written families, %d generated; half the weight each; ridge %.0f towards 0.3. Dates and credits do not occur in the data: their weights are set by hand.\n", written, len(examples)-written, ridge)
	fmt.Fprintf(&b, "rule                  fitted  now   finds for  against\n")
	for _, name := range rules {
		n, against := 0, 0
		for _, e := range examples {
			switch v := e.x[name]; {
			case v > 0:
				n++
			case v < 0:
				against++
			}
		}
		fmt.Fprintf(&b, "%-20s  %5.2f  %5.2f  %6d  %6d\n", name, w[name], reuse.ClueWeight(name), n, against)
	}
	score := func(from, to int, weights func(string) float64) (claimed, right int) {
		for _, e := range examples[from:to] {
			z := 0.0
			for k, v := range e.x {
				z += weights(k) * v
			}
			if math.Abs(z) >= math.Log(0.6/0.4) {
				claimed++
				if z > 0 {
					right++
				}
			}
		}
		return
	}
	for _, part := range []struct {
		name     string
		from, to int
	}{{"written", 0, written}, {"generated", written, len(examples)}} {
		c, ok := score(part.from, part.to, reuse.ClueWeight)
		c2, ok2 := score(part.from, part.to, func(s string) float64 { return w[s] })
		fmt.Fprintf(&b, "%s pairs alone, without tree: weights now claim %d of %d, right %.3f; fitted ones (on the same pairs) claim %d, right %.3f\n", part.name, c, part.to-part.from, ratio(ok, c), c2, ratio(ok2, c2))
	}
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, b.String())
		return err
	}
	return os.WriteFile(*out, []byte(b.String()), 0o644)
}
