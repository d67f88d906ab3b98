// Package tag finds parts of speech, lemmas and names with trained models that
// are part of the program. Each model says in its head what it was trained on
// and how well it did; see [Models]. The models are made by cmd/stemma-train.
package tag

import (
	_ "embed"
	"strings"
	"sync"

	"stemma"
	"stemma/internal/feature"
	"stemma/internal/lemma"
	"stemma/internal/perceptron"
)

//go:embed tags.model
var tagsFile []byte

//go:embed names.model
var namesFile []byte

// Width is how many tags are weighed for a token against those of its
// neighbours: those that the token's features score best.
const Width = 6

// A Tagger holds the models. It is safe for concurrent use.
type Tagger struct {
	tags  *perceptron.Model
	names *perceptron.Model
	tag   []stemma.Tag // by label of the model tags
	pos   []uint8      // by label, the number that [feature.Context.Naming] takes
	kinds []string     // by label of the model names
	pool  sync.Pool
}

// work is the memory of one call.
type work struct {
	tags, names *perceptron.Decoder
	words       []feature.Word
	pos         []uint8
	context     feature.Context
}

// New returns a Tagger of the models in the files tags and names, which must
// not change. An empty names finds no names.
func New(tags, names []byte) (*Tagger, error) {
	t := &Tagger{}
	var err error
	if t.tags, err = perceptron.Open(tags); err != nil {
		return nil, err
	}
	number := map[string]uint8{}
	for _, l := range t.tags.Labels {
		xpos, pos, _ := strings.Cut(l, "/")
		t.tag = append(t.tag, stemma.Tag{POS: pos, XPOS: xpos})
		if _, ok := number[xpos]; !ok {
			number[xpos] = uint8(len(number))
		}
		t.pos = append(t.pos, number[xpos])
	}
	if len(names) > 0 {
		if t.names, err = perceptron.Open(names); err != nil {
			return nil, err
		}
		t.kinds = t.names.Labels
	}
	return t, nil
}

var standard = sync.OnceValue(func() *Tagger {
	t, err := New(tagsFile, namesFile)
	if err != nil {
		panic("tag: embedded model: " + err.Error())
	}
	return t
})

// Standard returns the Tagger of the models in the program.
func Standard() *Tagger { return standard() }

// Find returns the tags of doc's tokens and the names in its text, by the
// models in the program. It reads the sentences and tokens. Names are in text
// order and do not overlap.
func Find(doc *stemma.Document) ([]stemma.Tag, []stemma.Name) { return standard().Find(doc) }

// Find is [Find] with t's models.
func (t *Tagger) Find(doc *stemma.Document) ([]stemma.Tag, []stemma.Name) {
	w, _ := t.pool.Get().(*work)
	if w == nil {
		w = &work{tags: t.tags.NewDecoder()}
		w.tags.Width = Width
		if t.names != nil {
			w.names = t.names.NewDecoder()
		}
	}
	defer t.pool.Put(w)
	w.words = feature.Words(doc, w.words)
	tags := t.words(doc, w)
	if t.names == nil {
		return tags, nil
	}
	return tags, t.find(doc, w)
}

// words tags the tokens and leaves the numbers of the tags in w.pos.
func (t *Tagger) words(doc *stemma.Document, w *work) []stemma.Tag {
	tags := make([]stemma.Tag, 0, len(doc.Tokens))
	w.pos = w.pos[:0]
	for _, s := range doc.Sentences {
		w.tags.Rows.Reset()
		feature.Tagging(w.words[s.FirstToken:s.EndToken], &w.tags.Rows)
		for i, y := range w.tags.Decode() {
			tag := t.tag[y]
			k := s.FirstToken + i
			if l := lemma.Of(doc.Tokens[k].Norm, tag.POS, tag.XPOS, w.words[k].Entry); l != doc.Tokens[k].Norm {
				tag.Lemma = l
			}
			tags = append(tags, tag)
			w.pos = append(w.pos, t.pos[y])
		}
	}
	return tags
}

// find returns the names. It needs w.words and w.pos.
func (t *Tagger) find(doc *stemma.Document, w *work) []stemma.Name {
	w.context.Look(doc, w.words)
	var names []stemma.Name
	for _, s := range doc.Sentences {
		w.names.Rows.Reset()
		w.context.Naming(w.words, w.pos, s.FirstToken, s.EndToken, &w.names.Rows)
		labels := w.names.Decode()
		for i := 0; i < len(labels); {
			kind, ok := strings.CutPrefix(t.kinds[labels[i]], "B-")
			j := i + 1
			if !ok {
				i = j
				continue
			}
			for j < len(labels) && strings.HasPrefix(t.kinds[labels[j]], "I-") {
				j++
			}
			if kind != "other" {
				a, b := doc.Tokens[s.FirstToken+i], doc.Tokens[s.FirstToken+j-1]
				names = append(names, stemma.Name{Span: stemma.Span{Start: a.Start, End: b.End}, Kind: stemma.ActorKind(kind)})
			}
			i = j
		}
	}
	return names
}

// TagNumbers returns for each token of doc the number of its part of speech
// that the features of names are made of: for the program that trains them.
func (t *Tagger) TagNumbers(doc *stemma.Document) []uint8 {
	w := &work{tags: t.tags.NewDecoder()}
	w.tags.Width = Width
	w.words = feature.Words(doc, nil)
	t.words(doc, w)
	return w.pos
}

// Models returns the heads of the models in the program, by name: what they
// were trained on, under which licence, when, and how well they do.
func Models() map[string][]perceptron.Field {
	t := standard()
	return map[string][]perceptron.Field{"tags": t.tags.Head(), "names": t.names.Head()}
}
