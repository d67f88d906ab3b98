// Package train learns the models of package tag from annotated documents. It
// serves cmd/stemma-train, which writes the models, and cmd/stemma-eval, which
// learns them from all documents but those it measures on.
package train

import (
	"slices"
	"strings"

	"stemma/internal/corpus"
	"stemma/internal/feature"
	"stemma/internal/perceptron"
	"stemma/tag"
)

// Options say how to learn.
type Options struct {
	Seed     uint64
	Progress func(epoch int, loss float64) // see [perceptron.Options]
}

// Tags learns parts of speech, labels "XPOS/UPOS", from the documents that have
// them.
func Tags(docs []*corpus.Doc, opt Options) *perceptron.Model {
	o := perceptron.Options{
		Labels: tagLabels(docs), Method: perceptron.CRF, Seed: opt.Seed, Progress: opt.Progress,
		Epochs: 12, Penalty: 1, Rate: 0.05, MinCount: 2, MaxBytes: 4_000_000,
	}
	var seqs []perceptron.Sequence
	for _, d := range docs {
		if d.Tags != nil {
			seqs = append(seqs, tagSequences(d, o.Labels)...)
			seqs = append(seqs, resplit(d, o.Labels)...)
		}
	}
	return perceptron.Train(seqs, o).Pruned(0.02) // half the size, and no tag in a thousand changes
}

// resplit returns as examples the sentences of d whose tokens segment splits
// otherwise than the corpus: names with hyphens, above all.
func resplit(d *corpus.Doc, labels []string) []perceptron.Sequence {
	r := d.Retokenised()
	seqs := tagSequences(r, labels)
	var out []perceptron.Sequence
	for i, s := range r.Sentences {
		for _, t := range r.Tokens[s.FirstToken:s.EndToken] {
			first, end := d.TokensIn(t.Span)
			if end-first != 1 || d.Tokens[first].Span != t.Span {
				out = append(out, seqs[i])
				break
			}
		}
	}
	return out
}

// tagLabels returns the labels seen at least three times, the most frequent
// first.
func tagLabels(docs []*corpus.Doc) []string {
	count := map[string]int{}
	for _, d := range docs {
		for _, t := range d.Tags {
			count[t.XPOS+"/"+t.POS]++
		}
	}
	return byCount(count, 3)
}

func byCount(count map[string]int, least int) []string {
	var labels []string
	for l, n := range count {
		if n >= least {
			labels = append(labels, l)
		}
	}
	slices.SortFunc(labels, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	return labels
}

func index(labels []string) map[string]uint8 {
	m := map[string]uint8{}
	for i, l := range labels {
		m[l] = uint8(i)
	}
	return m
}

// tagSequences returns the sentences of d as examples. A tag too rare to be a
// label becomes the commonest label.
func tagSequences(d *corpus.Doc, labels []string) []perceptron.Sequence {
	number := index(labels)
	words := feature.Words(&d.Document, nil)
	var out []perceptron.Sequence
	for _, s := range d.Sentences {
		var seq perceptron.Sequence
		feature.Tagging(words[s.FirstToken:s.EndToken], &seq.Rows)
		for _, t := range d.Tags[s.FirstToken:s.EndToken] {
			seq.Labels = append(seq.Labels, number[t.XPOS+"/"+t.POS])
		}
		out = append(out, seq)
	}
	return out
}

// nameLabels are the labels of the model of names, "O" first.
func nameLabels() []string {
	labels := []string{"O"}
	for _, k := range []string{"person", "organisation", "place", "nationality", "work", corpus.Other} {
		labels = append(labels, "B-"+k, "I-"+k)
	}
	return labels
}

// Names learns names from docs, with the parts of speech that t gives them.
func Names(docs []*corpus.Doc, t *tag.Tagger, opt Options) *perceptron.Model {
	labels := nameLabels()
	o := perceptron.Options{
		Labels: labels, Step: perceptron.BIO(labels), Method: perceptron.CRF, Seed: opt.Seed, Progress: opt.Progress,
		Epochs: 15, Runs: 3, Penalty: 4, Rate: 0.05, MaxBytes: 5_000_000,
	}
	number := index(labels)
	var seqs []perceptron.Sequence
	var context feature.Context
	for _, d := range docs {
		if d.Tags != nil {
			d = d.Retokenised() // as the text comes in use
		}
		words := feature.Words(&d.Document, nil)
		pos := t.TagNumbers(&d.Document)
		context.Look(&d.Document, words)
		bio := d.BIO()
		for _, s := range d.Sentences {
			var seq perceptron.Sequence
			context.Naming(words, pos, s.FirstToken, s.EndToken, &seq.Rows)
			for _, l := range bio[s.FirstToken:s.EndToken] {
				seq.Labels = append(seq.Labels, number[l])
			}
			times := 1
			if d.Corpus == "gum" {
				times = 3 // its conventions are those of the names sought
			}
			for range times {
				seqs = append(seqs, seq)
			}
		}
	}
	return perceptron.Train(seqs, o).Pruned(0.01) // a third of the size, and as good
}

// Silver gives docs the names that t finds in them, set right where a speaker
// is known to be a person or an organisation: examples of a kind of text of
// which there is too little that people have annotated.
func Silver(docs []*corpus.Doc, speakers map[string][]corpus.Speaker, t *tag.Tagger) {
	for _, d := range docs {
		known := map[string]string{} // word → kind, of the words of speakers' names
		for _, sp := range speakers[d.ID] {
			if sp.Kind != "person" && sp.Kind != "organisation" {
				continue
			}
			words := strings.Fields(strings.ToLower(sp.Name))
			if sp.Kind == "person" {
				for _, w := range words {
					known[w] = sp.Kind
				}
			}
			known[strings.Join(words, " ")] = sp.Kind
		}
		_, names := t.Find(&d.Document)
		d.Names = d.Names[:0]
		for _, n := range names {
			label := string(n.Kind)
			words := strings.Fields(strings.ToLower(d.Text(n.Span)))
			if k := known[strings.Join(words, " ")]; k != "" && label != "place" && label != "nationality" {
				label = k
			} else if len(words) == 1 && label != "nationality" && known[words[0]] == "person" && label != "place" {
				label = "person"
			} else if len(words) > 1 && known[words[0]] == "person" && known[words[len(words)-1]] == "person" {
				label = "person"
			}
			d.Names = append(d.Names, corpus.GoldName{Span: n.Span, Label: label})
		}
	}
}
