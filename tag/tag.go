// Package tag finds parts of speech, lemmas and names with trained models that
// are part of the program. Each model says in its head what it was trained on
// and how well it did; see [Models]. The models are made by cmd/stemma-train.
package tag

import (
	_ "embed"
	"fmt"
	"iter"
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
	kinds []label      // by label of the model names
	nouns []bool       // by number of a tag: a proper noun
	pool  sync.Pool
}

// A label of the model of names: "B-person" begins a name, "I-person" is inside.
type label struct {
	kind   stemma.ActorKind // "" for "O"
	inside bool
}

// other is the kind of names that are of no ActorKind, which are not returned.
const other stemma.ActorKind = "other"

// work is the memory of one call.
type work struct {
	tags, names *perceptron.Decoder
	words       []feature.Word
	pos         []uint8
	context     feature.Context
	runs        []run
	vote        vote
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
			t.nouns = append(t.nouns, xpos == "NNP" || xpos == "NNPS")
		}
		t.pos = append(t.pos, number[xpos])
	}
	if len(names) > 0 {
		if t.names, err = perceptron.Open(names); err != nil {
			return nil, err
		}
		for _, l := range t.names.Labels {
			prefix, kind, _ := strings.Cut(l, "-")
			t.kinds = append(t.kinds, label{stemma.ActorKind(kind), prefix == "I"})
		}
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
	w := t.work()
	defer t.pool.Put(w)
	w.words = feature.Words(doc, w.words)
	tags := t.words(doc, w)
	if t.names == nil {
		return tags, nil
	}
	return tags, t.find(doc, w)
}

// Words returns the tags of doc's tokens, without looking for names.
func (t *Tagger) Words(doc *stemma.Document) []stemma.Tag {
	w := t.work()
	defer t.pool.Put(w)
	w.words = feature.Words(doc, w.words)
	return t.words(doc, w)
}

func (t *Tagger) work() *work {
	if w, _ := t.pool.Get().(*work); w != nil {
		return w
	}
	w := &work{tags: t.tags.NewDecoder()}
	w.tags.Width = Width
	if t.names != nil {
		w.names = t.names.NewDecoder()
		w.names.Plain = true
	}
	return w
}

// words tags the tokens and leaves the numbers of the tags in w.pos.
func (t *Tagger) words(doc *stemma.Document, w *work) []stemma.Tag {
	tags := make([]stemma.Tag, 0, len(doc.Tokens))
	w.pos = w.pos[:0]
	for first, end := range stretches(doc.Sentences) {
		w.tags.Rows.Reset()
		feature.Tagging(w.words[first:end], &w.tags.Rows)
		for i, y := range w.tags.Decode() {
			tag := t.tag[y]
			k := first + i
			if l := lemma.Of(doc.Tokens[k].Norm, tag.POS, tag.XPOS, w.words[k].Entry); l != doc.Tokens[k].Norm {
				tag.Lemma = l
			}
			tags = append(tags, tag)
			w.pos = append(w.pos, t.pos[y])
		}
	}
	return tags
}

// stretch is the largest number of tokens labelled at once. Sentences are shorter
// but for what is none: tables, lists, a text without full stops.
const stretch = 1000

// stretches yields the token ranges to be labelled: the sentences, in pieces
// where one is longer than a stretch, so that memory does not grow with it.
func stretches(sentences []stemma.Sentence) iter.Seq2[int, int] {
	return func(yield func(first, end int) bool) {
		for _, s := range sentences {
			for first := s.FirstToken; first < s.EndToken; first += stretch {
				if !yield(first, min(first+stretch, s.EndToken)) {
					return
				}
			}
		}
	}
}

// find returns the names. It needs w.words and w.pos.
func (t *Tagger) find(doc *stemma.Document, w *work) []stemma.Name {
	w.context.Look(doc, w.words)
	w.runs = w.runs[:0]
	si := 0
	for first, end := range stretches(doc.Sentences) {
		for doc.Sentences[si].EndToken <= first {
			si++
		}
		w.names.Rows.Reset()
		w.context.Naming(w.words, w.pos, first, end, &w.names.Rows)
		labels := w.names.Decode()
		for i := 0; i < len(labels); {
			l := t.kinds[labels[i]]
			j := i + 1
			if l.kind == "" {
				i = j
				continue
			}
			for j < len(labels) && t.kinds[labels[j]].inside {
				j++
			}
			w.runs = append(w.runs, run{si, first + i, first + j, l.kind})
			i = j
		}
	}
	w.settle(doc, t)
	names := make([]stemma.Name, 0, len(w.runs))
	for _, r := range w.runs {
		if r.kind != other && r.first < r.end {
			names = append(names, stemma.Name{Span: stemma.Span{Start: doc.Tokens[r.first].Start, End: doc.Tokens[r.end-1].End}, Kind: r.kind})
		}
	}
	return names
}

// TagNumbers returns for each token of doc the number of its part of speech
// that the features of names are made of: for the program that trains them.
func (t *Tagger) TagNumbers(doc *stemma.Document) []uint8 {
	w := t.work()
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

// With returns the Tagger of the models in the program, but for those that
// files replace; a file's head says of which kind it is ("tags", "names").
// Files are read through once to see that they are whole.
func With(files ...[]byte) (*Tagger, error) {
	if len(files) == 0 {
		return standard(), nil
	}
	tags, names := tagsFile, namesFile
	for _, f := range files {
		m, err := perceptron.Open(f)
		if err != nil {
			return nil, err
		}
		if err := m.Verify(); err != nil {
			return nil, err
		}
		switch kind := m.Field("model"); kind {
		case "tags":
			tags = f
		case "names":
			names = f
		default:
			return nil, fmt.Errorf("a model of %q: want tags or names", kind)
		}
	}
	return New(tags, names)
}
