// Package corpus reads the annotated corpora that the trained models learn
// from and are measured on, and gives them the shape that stemma works on: a
// [stemma.Document] with spans into its text, and the gold layers beside it.
//
// It serves cmd/stemma-train and cmd/stemma-eval; no step of the analysis
// imports it. Where the corpora lie is the caller's business.
package corpus

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"stemma"
	"stemma/internal/lexicon"
	"stemma/segment"
)

// A Doc is one annotated document.
type Doc struct {
	ID     string
	Corpus string // "gum", "wikigold", "re3d", "meantime"
	Genre  string // GUM's: "news"
	stemma.Document

	Tags  []stemma.Tag // gold, one for each token; nil if the corpus has none
	Heads []int        // gold dependency heads, indices of tokens, -1 for a root; nil if none
	Rels  []string     // gold dependency relations
	Names []GoldName   // gold, in text order, disjoint
}

// A GoldName is a name as the corpus has it. Label is an ActorKind, or "other"
// for names of other things (products, events), which no one is asked to find.
type GoldName struct {
	stemma.Span
	Label string
}

// Other labels names that are of no ActorKind.
const Other = "other"

// fromText gives doc its text and lets segment find its tokens.
func (d *Doc) fromText(text string) {
	d.Report = &stemma.Report{ID: stemma.ReportID(d.ID), Text: text}
	d.Sentences, d.Tokens = segment.Split(text)
}

// BIO returns the labels of d's tokens by its gold names: "O", "B-person", …
func (d *Doc) BIO() []string {
	out := make([]string, len(d.Tokens))
	for i := range out {
		out[i] = "O"
	}
	for _, n := range d.Names {
		first, end := d.TokensIn(n.Span)
		for t := first; t < end; t++ {
			if t == first {
				out[t] = "B-" + n.Label
			} else {
				out[t] = "I-" + n.Label
			}
		}
	}
	return out
}

// Covered reports for every token whether a name of one of the labels covers it.
func (d *Doc) sortNames() {
	slices.SortStableFunc(d.Names, func(a, b GoldName) int { return a.Start - b.Start })
}

// Plain returns the form that segment gives a token as its Norm.
func Plain(form string) string {
	_, toks := segment.Split(form)
	if len(toks) == 1 {
		return toks[0].Norm
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ':
			return '\''
		case '“', '”':
			return '"'
		}
		return unicode.ToLower(r)
	}, form)
}

// Demonym reports whether norm is a word for a people: "norwegian".
func Demonym(norm string) bool { return lexicon.Word(norm).Has(lexicon.Demonym) }

// IsTitle reports whether norm stands before persons' names: "president".
func IsTitle(norm string) bool { return lexicon.Word(norm).Has(lexicon.Title) }

// Parts is the number of parts into which [Split] divides the news of GUM.
const Parts = 4

// Split leaves part (0 to Parts-1) of the news documents of GUM out of docs:
// every fourth by name. Part -1 leaves nothing out.
func Split(docs []*Doc, part int) (train, held []*Doc) {
	news := 0
	for _, d := range docs {
		if d.Corpus == "gum" && d.Genre == "news" {
			news++
			if part >= 0 && (news-1)%Parts == part {
				held = append(held, d)
				continue
			}
		}
		train = append(train, d)
	}
	return train, held
}

// Hold leaves part (0 to Parts-1) of the documents of each of the corpora out of
// docs: every fourth, in their order.
func Hold(docs []*Doc, part int, corpora ...string) (train, held []*Doc) {
	seen := map[string]int{}
	for _, d := range docs {
		if slices.Contains(corpora, d.Corpus) {
			seen[d.Corpus]++
			if (seen[d.Corpus]-1)%Parts == part {
				held = append(held, d)
				continue
			}
		}
		train = append(train, d)
	}
	return train, held
}

// Named reads the corpora that names are learned from, in the folder data: GUM,
// WikiGold, re3d and MEANTIME.
func Named(data string) ([]*Doc, error) {
	var docs []*Doc
	for _, c := range []struct {
		name string
		read func(dir string) ([]*Doc, error)
	}{{"gum", GUM}, {"wikigold", WikiGold}, {"re3d", Re3d}, {"meantime", Meantime}} {
		got, err := c.read(filepath.Join(data, c.name))
		if err != nil {
			return nil, err
		}
		docs = append(docs, got...)
	}
	return docs, nil
}

// Retokenised returns d as segment splits its text, with the same names, and
// with the gold tag of each token that is the same or a part of a gold token; a
// hyphen within a gold token is a hyphen. It has no dependencies.
func (d *Doc) Retokenised() *Doc {
	out := &Doc{ID: d.ID, Corpus: d.Corpus, Genre: d.Genre, Names: d.Names}
	out.fromText(d.Report.Text)
	if d.Tags == nil {
		return out
	}
	for _, t := range out.Tokens {
		first, end := d.TokensIn(t.Span)
		if first >= end {
			out.Tags = append(out.Tags, stemma.Tag{POS: "X", XPOS: "FW"})
			continue
		}
		tag := d.Tags[end-1]
		if whole := d.Tokens[first].Span; end-first == 1 && whole != t.Span {
			if t.Norm == "-" || t.Norm == "–" {
				tag = stemma.Tag{POS: "PUNCT", XPOS: "HYPH"}
			} else if last := t.End == whole.End; !last && tag.XPOS != "NNP" && tag.XPOS != "CD" {
				tag = stemma.Tag{POS: "ADJ", XPOS: "JJ"} // "pro" of "pro-European"
			}
		}
		out.Tags = append(out.Tags, tag)
	}
	return out
}
