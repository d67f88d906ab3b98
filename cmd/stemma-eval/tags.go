package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/corpus"
	"stemma/internal/train"
	"stemma/segment"
	"stemma/tag"
)

// tagsEval measures parts of speech and lemmas on the news of GUM,
// cross-validated by document as namesEval does, with the tokens of the corpus
// and with those of package segment, and, as a view from outside, on the test
// part of UD English EWT (which nothing is learned from).
func tagsEval(args []string) error {
	fs := flag.NewFlagSet("tags", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora")
	part := fs.Int("part", -1, "measure on this `part` only")
	models := fs.String("models", "", "keep the models of the four trainings in this `folder`, and use those it holds already")
	wrong := fs.Int("wrong", 0, "list the `N` commonest mistakes")
	fs.Parse(args)
	docs, err := corpus.GUM(filepath.Join(*data, "gum"))
	if err != nil {
		return err
	}
	var gold, plain, ewt tagScore
	mistakes := map[string]int{}
	for p := range corpus.Parts {
		if *part >= 0 && p != *part {
			continue
		}
		learn, held := corpus.Split(docs, p)
		model, err := kept(*models, fmt.Sprintf("tags-%d.model", p), func() io.WriterTo { return train.Tags(learn, train.Options{Seed: 1}) })
		if err != nil {
			return err
		}
		t, err := tag.New(model, nil)
		if err != nil {
			return err
		}
		for _, d := range held {
			tags, _ := t.Find(&d.Document)
			gold.add(d, &d.Document, tags, mistakes)
			doc := &stemma.Document{Report: d.Report}
			doc.Sentences, doc.Tokens = segment.Split(d.Report.Text)
			tags, _ = t.Find(doc)
			plain.add(d, doc, tags, nil)
		}
		if p == 0 {
			test, err := corpus.CoNLLU(filepath.Join(*data, "ewt", "en_ewt-ud-test.conllu"))
			if err != nil {
				return err
			}
			for _, d := range test {
				tags, _ := t.Find(&d.Document)
				ewt.add(d, &d.Document, tags, nil)
			}
		}
	}
	fmt.Println("# stemma-eval tags: parts of speech and lemmas in the news of GUM (CC BY 2.5, annotation CC BY 4.0; class A),")
	fmt.Printf("# %d documents, cross-validated by document: four trainings, each without every fourth news document. With the\n", len(gold.docs))
	fmt.Println("# tokens of segment, a gold token that segment splits otherwise counts as wrong. EWT (CC BY-SA 4.0; class B) is")
	fmt.Println("# measured only: web text, its test part, by the first of the four models. low and high: 95 % bootstrap of upos by document.")
	fmt.Println("# tokens upos low high xpos lemma n")
	gold.print("gold-tokens")
	plain.print("segment-tokens")
	ewt.print("ewt-gold-tokens")
	keys := slices.SortedFunc(maps.Keys(mistakes), func(a, b string) int {
		return cmp.Or(mistakes[b]-mistakes[a], strings.Compare(a, b))
	})
	for _, k := range keys[:min(*wrong, len(keys))] {
		fmt.Printf("%4d %s\n", mistakes[k], k)
	}
	return nil
}

// A tagScore counts tokens and those tagged right, in each document.
type tagScore struct{ docs []tagCount }

type tagCount struct{ n, upos, xpos, lemma int }

// add compares tags, one for each token of doc, with the gold tags of d.
func (s *tagScore) add(d *corpus.Doc, doc *stemma.Document, tags []stemma.Tag, mistakes map[string]int) {
	var c tagCount
	at := map[stemma.Span]int{}
	for i, t := range doc.Tokens {
		at[t.Span] = i
	}
	for i, t := range d.Tokens {
		c.n++
		k, ok := at[t.Span]
		if !ok {
			continue
		}
		g, got := d.Tags[i], tags[k]
		lemma := cmp.Or(got.Lemma, doc.Tokens[k].Norm)
		if g.POS == got.POS {
			c.upos++
		} else if mistakes != nil {
			mistakes[g.POS+" for "+got.POS]++
			mistakes[g.POS+" for "+got.POS+" "+doc.Text(t.Span)]++
		}
		if g.XPOS == got.XPOS {
			c.xpos++
		}
		if strings.EqualFold(corpus.Plain(g.Lemma), lemma) {
			c.lemma++
		} else if mistakes != nil && g.POS == got.POS {
			mistakes["lemma "+g.POS+" "+t.Norm+": "+lemma+", gold "+g.Lemma]++
		}
	}
	s.docs = append(s.docs, c)
}

func (s *tagScore) print(name string) {
	share := func(draw []int, of func(*tagCount) int) float64 {
		right, n := 0, 0
		for _, i := range draw {
			right, n = right+of(&s.docs[i]), n+s.docs[i].n
		}
		return 100 * float64(right) / float64(max(n, 1))
	}
	all, n := make([]int, len(s.docs)), 0
	for i := range all {
		all[i] = i
		n += s.docs[i].n
	}
	upos := func(c *tagCount) int { return c.upos }
	low, high := bootstrap(len(s.docs), func(draw []int) float64 { return share(draw, upos) })
	fmt.Printf("%-15s %5.2f %5.2f %5.2f %5.2f %5.2f %6d\n", name, share(all, upos), low, high,
		share(all, func(c *tagCount) int { return c.xpos }), share(all, func(c *tagCount) int { return c.lemma }), n)
}
