package quote

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"

	"stemma"
	"stemma/internal/perceptron"
)

// A Model finds the parts of statements. It was trained on annotated reports:
// see [Train]. It is read-only and safe for concurrent use.
type Model struct {
	first  *perceptron.Model // from the words
	second *perceptron.Model // from the words and what first found
	single bool
	bias   int32 // advantage of being part of a statement, in weight units
}

// Open returns the model that lies in data, which must not change afterwards.
// The form is the length of the first of two perceptron models, as four bytes
// little-endian, and the two.
func Open(data []byte) (*Model, error) {
	if len(data) < 4 {
		return nil, errors.New("not a model of statements")
	}
	n := int(binary.LittleEndian.Uint32(data))
	if n > len(data)-4 {
		return nil, errors.New("model of statements cut short")
	}
	first, err := perceptron.Open(data[4 : 4+n])
	if err != nil {
		return nil, err
	}
	second, err := perceptron.Open(data[4+n:])
	if err != nil {
		return nil, err
	}
	if len(first.Labels) != len(labelNames) || len(second.Labels) != len(labelNames) {
		return nil, errors.New("not a model of statements: other labels")
	}
	m := &Model{first: first, second: second}
	m.single = first.Size() == second.Size() && bytes.Equal(data[4:4+n], data[4+n:])
	if b := second.Field("bias"); b != "" {
		n, err := strconv.Atoi(b)
		if err != nil {
			return nil, fmt.Errorf("bias of the model of statements: %w", err)
		}
		m.bias = int32(n)
	}
	return m, nil
}

// WriteTo writes the model in the form that Open reads.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var head [4]byte
	binary.LittleEndian.PutUint32(head[:], uint32(m.first.Size()))
	k, err := w.Write(head[:])
	if err != nil {
		return int64(k), err
	}
	a, err := m.first.WriteTo(w)
	if err != nil {
		return int64(k) + a, err
	}
	b, err := m.second.WriteTo(w)
	return int64(k) + a + b, err
}

// Find is [Find] with the model m.
func (m *Model) Find(doc *stemma.Document) []stemma.Statement {
	r := newReader(doc)
	return r.l.finish(m.parts(r), "model")
}

// WithBias returns m with another advantage for being part of a statement: more
// finds more statements and more that are none.
func (m *Model) WithBias(bias int) *Model {
	c := *m
	c.bias = int32(bias)
	return &c
}

// parts labels the units of r.
func (m *Model) parts(r *reader) []part {
	var parts []part
	d1, d2 := m.first.NewDecoder(), m.second.NewDecoder()
	for ci := range r.l.clauses {
		d1.Rows.Reset()
		r.rows(&d1.Rows, ci, nil)
		d1.Score()
		r.constrain(d1, ci)
		if m.single {
			m.lean(d1)
		}
		labels := d1.Search()
		if m.single {
			parts = r.l.decode(parts, ci, labels)
			continue
		}
		d2.Rows.Reset()
		r.rows(&d2.Rows, ci, labels)
		d2.Score()
		r.constrain(d2, ci)
		m.lean(d2)
		parts = r.l.decode(parts, ci, d2.Search())
	}
	return parts
}

// lean gives all parts of statements the advantage of the model's bias.
func (m *Model) lean(d *perceptron.Decoder) {
	if m.bias == 0 {
		return
	}
	for i := range d.Rows.Len() {
		for _, r := range []role{source, cueRole, content} {
			d.Add(i, int(partLabel(r, labelB)), m.bias)
			d.Add(i, int(partLabel(r, labelU)), m.bias)
		}
	}
}

// much is an advantage that no sum of weights outdoes.
const much = 1 << 24

// sureWords is how many words in quotation marks are content without more ado:
// 97 % of such quotations of the training part of PolNeAR lie inside content.
const sureWords = 5

// constrain makes quotations that are long enough content.
func (r *reader) constrain(d *perceptron.Decoder, ci int) {
	c := r.l.clauses[ci]
	for u := int(c.first); u < int(c.end); u++ {
		if r.l.quoted(u) && r.l.words(u) >= sureWords {
			for p := range 4 {
				d.Add(u-int(c.first), int(partLabel(content, p)), much)
			}
		}
	}
}
