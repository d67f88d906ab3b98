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
		Epochs: 12, Penalty: 1, Rate: 0.2, MinCount: 2, MaxBytes: 4_000_000,
	}
	var seqs []perceptron.Sequence
	for _, d := range docs {
		if d.Tags != nil {
			seqs = append(seqs, tagSequences(d, o.Labels)...)
		}
	}
	return perceptron.Train(seqs, o)
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
		Epochs: 15, Penalty: 1, Rate: 0.2, MinCount: 1, MaxBytes: 5_000_000,
	}
	number := index(labels)
	var seqs []perceptron.Sequence
	var context feature.Context
	for _, d := range docs {
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
			out := seq
			seqs = append(seqs, out)
		}
	}
	return perceptron.Train(seqs, o)
}
