package quote

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"sync"

	"stemma"
	"stemma/internal/perceptron"
)

// A Model finds the parts of statements. It was trained on annotated reports:
// see [Train]. It is read-only and safe for concurrent use.
type Model struct {
	first    *perceptron.Model // from the words
	second   *perceptron.Model // from the words and what first found; nil if first is all
	ties     ties              // to tie the parts by; nil for rules
	decoders *sync.Pool
}

// headSize is where the first model begins in a file: what keeps the lines of
// its table whole.
const headSize = 64

// Open returns the model that lies in data, which must not change afterwards.
// The form is the length in bytes of the first of two perceptron models and
// that of the weights to tie parts by, each as four bytes little-endian; 56
// bytes of 0; the weights, each as two bytes little-endian, if any; and the two
// models, which are a stack. The second may be missing.
func Open(data []byte) (*Model, error) {
	if len(data) < headSize {
		return nil, errors.New("not a model of statements")
	}
	n := int(binary.LittleEndian.Uint32(data))
	t := int(binary.LittleEndian.Uint32(data[4:]))
	data = data[headSize:]
	if t > len(data) || n > len(data)-t {
		return nil, errors.New("model of statements cut short")
	}
	var weights ties
	if t > 0 {
		if t != 2<<tieBits {
			return nil, errors.New("not a model of statements: other weights")
		}
		weights = make(ties, 1<<tieBits)
		for i := range weights {
			weights[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
		}
		data = data[t:]
	}
	first, err := perceptron.Open(data[:n])
	if err != nil {
		return nil, err
	}
	m := &Model{first: first, ties: weights, decoders: new(sync.Pool)}
	columns := len(labelNames)
	if rest := data[n:]; len(rest) > 0 {
		if m.second, err = perceptron.Open(rest); err != nil {
			return nil, err
		}
		if len(m.second.Labels) != len(labelNames) {
			return nil, errors.New("not a model of statements: other labels")
		}
		columns *= 2
	}
	if len(first.Labels) != len(labelNames) || first.Columns() != columns {
		return nil, errors.New("not a model of statements: other labels")
	}
	return m, nil
}

// WriteTo writes the model in the form that Open reads.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	head := make([]byte, headSize, headSize+2*len(m.ties))
	binary.LittleEndian.PutUint32(head, uint32(m.first.Size()))
	binary.LittleEndian.PutUint32(head[4:], uint32(2*len(m.ties)))
	for _, x := range m.ties {
		head = binary.LittleEndian.AppendUint16(head, uint16(x))
	}
	k, err := w.Write(head)
	if err != nil {
		return int64(k), err
	}
	a, err := m.first.WriteTo(w)
	if err != nil || m.second == nil {
		return int64(k) + a, err
	}
	b, err := m.second.WriteTo(w)
	return int64(k) + a + b, err
}

//go:embed statements.model
var standardFile []byte

var standard = sync.OnceValue(func() *Model {
	m, err := Open(standardFile)
	if err != nil {
		panic("quote: embedded model: " + err.Error())
	}
	return m
})

// Standard returns the model in the program.
func Standard() *Model { return standard() }

// Head returns what the model says of itself: data, licence, date, seed.
func (m *Model) Head() []perceptron.Field { return m.first.Head() }

// WithHead returns the model with another head. It shares m's weights.
func (m *Model) WithHead(head []perceptron.Field) *Model {
	return &Model{first: m.first.WithHead(head), second: m.second, ties: m.ties, decoders: new(sync.Pool)}
}

// Verify reads the whole model and returns an error if it is damaged. Call it
// once for a file that somebody gave; finding with a damaged model may panic.
func (m *Model) Verify() error {
	if m.second == nil {
		return m.first.Verify()
	}
	return errors.Join(m.first.Verify(), m.second.Verify())
}

// Find is [Find] with the model m.
func (m *Model) Find(doc *stemma.Document) []stemma.Statement {
	if len(doc.Tags) == 0 {
		return ByRule(doc) // m learned from parts of speech
	}
	r, _ := readers.Get().(*reader)
	if r == nil {
		r = new(reader)
	}
	defer readers.Put(r)
	r.read(doc)
	return m.finish(r.l, m.parts(r), "model")
}

// finish makes statements of the parts of l.
func (m *Model) finish(l *layout, parts []part, rule string) []stemma.Statement {
	if m.ties == nil {
		return l.finish(parts, l.link(parts), rule)
	}
	return l.finish(parts, l.tie(parts, m.ties), rule)
}

var readers sync.Pool

// parts labels the units of r.
func (m *Model) parts(r *reader) []part {
	w, _ := m.decoders.Get().(*decoders)
	if w == nil {
		w = &decoders{first: m.first.NewDecoder()}
		if m.second != nil {
			w.second = m.second.NewDecoder()
		}
	}
	defer m.decoders.Put(w)
	var parts []part
	for ci := range r.l.clauses {
		if r.l.clauses[ci].endless {
			parts = append(parts, r.rules[r.ruleAt[ci]:r.ruleAt[ci+1]]...)
			continue
		}
		if !r.mayAttribute(ci) {
			continue
		}
		w.first.Rows.Reset()
		r.rows(&w.first.Rows, ci, nil)
		w.first.Score()
		r.constrain(w.first, ci)
		labels := w.first.Search()
		if w.second != nil && slices.ContainsFunc(labels, func(y uint8) bool { return labelRole(y) != none }) {
			r.again(w, ci, labels)
			w.second.Onto(w.first)
			r.constrain(w.second, ci)
			labels = w.second.Search()
		}
		base := len(parts)
		parts = r.mend(r.l.decode(parts, ci, labels), base, ci)
	}
	return parts
}

// mayAttribute reports whether anything in clause ci may be attributed to
// somebody: it has words in quotation marks, a word that may be a cue, or one of
// hearsay. One unit in four stands in a clause that has neither, and few contents.
func (r *reader) mayAttribute(ci int) bool {
	c := r.l.clauses[ci]
	speech := verbs().speech
	for u := c.first; u < c.end; u++ {
		if r.shape[u] == shapeQuotation || r.verb[u] != 0 || speech[r.class[u]] || hearsay[r.l.norm(int(u))] {
			return true
		}
	}
	return false
}

var hearsay = wordSet("according reportedly allegedly supposedly purportedly")

// decoders are the memory of one call.
type decoders struct{ first, second *perceptron.Decoder }

// again writes the rows of the second model: what the labels add to those of
// the first.
func (r *reader) again(w *decoders, ci int, labels []uint8) {
	rows := &w.second.Rows
	rows.Reset()
	r.prepare(ci, labels)
	for i := range labels {
		r.addFound(rows, i)
		rows.End()
	}
}

// much is an advantage that no sum of weights outdoes.
const much = 1 << 24

// sureWords is how many words in quotation marks are content without more ado:
// 97 % of such quotations of the training part of PolNeAR lie inside content.
const sureWords = 5

// lean is taken off the score of every unit that plays no part. Without it the
// model finds fewer parts than there are; what it finds too much the linker
// drops. On two folds of attributions content F1 is 64.1 with four times a weight
// of 1, 63.9 with six and 63.4 with thirteen times; on those of PolNeAR less is better.
const lean = 3 * 1024

// constrain makes quotations that are long enough content, leaves the dateline
// out of what is attributed, and lets all other units lean towards playing a part.
func (r *reader) constrain(d *perceptron.Decoder, ci int) {
	c := r.l.clauses[ci]
	for u := range r.l.text(ci) - int(c.first) {
		d.Add(u, 0, much)
	}
	for u := int(c.first); u < int(c.end); u++ {
		for y := range 4 {
			d.Add(u-int(c.first), y, -lean)
		}
		if r.l.quoted(u) && r.l.words(u) >= sureWords {
			for p := range 4 {
				d.Add(u-int(c.first), int(partLabel(content, p)), much)
			}
		}
	}
}
