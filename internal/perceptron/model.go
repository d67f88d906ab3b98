package perceptron

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// The file format, version 2. Numbers are little-endian; the file is used where
// it lies, in memory or mapped, and never decoded as a whole.
//
//	magic   "stemmaP2"
//	uint32  length of the head in bytes, then the head: lines "key: value" of
//	        text, among them "labels: …", the labels in order
//	uint16  number of labels, L
//	uint16  number of columns, C: L, and the labels of the second model of a
//	        stack (see Stack), for whom the weights stand in the same table
//	uint16  bits of a label in a cell of the table
//	uint16  weight units (1/1024) that make up a weight of 1 in the table
//	uint16  log2 of the number of groups of features with wide rows
//	uint16  and of that of the others
//	uint32  number of wide rows
//	uint32  number of buckets
//	steps   (L+1)×(L+1) int16: weight of label j after label i; row L is the
//	        start of the sequence, column L its end; -32768 forbids the step
//	table   shifts, one byte for each group, for wide rows and for the others;
//	        buckets; marks of the wide rows; these. See table. Up to 63 bytes
//	        of 0 stand before buckets, marks and rows, so that they begin at a
//	        multiple of 64 in the file, and at its end.
const (
	magic  = "stemmaP2"
	forbid = math.MinInt16
	fixed  = 6*2 + 2*4 // bytes between head and steps
)

// A Model scores labels. It is read-only and safe for concurrent use.
type Model struct {
	Labels  []string
	columns int
	head    []Field
	steps   []byte
	table   table
	data    []byte
	rows    []featureRow // of a model just trained, by feature
}

// A Field is one line of the head of a model file: its provenance.
type Field struct{ Key, Value string }

// Head returns what the file says of itself: version, data, licence, date,
// seed, scores.
func (m *Model) Head() []Field { return m.head }

// Field returns the value that the head gives for key, or "".
func (m *Model) Field(key string) string {
	for _, f := range m.head {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// Columns returns the number of labels that the weights are for: those of the
// model and those of the second model of its stack, if there is one.
func (m *Model) Columns() int { return m.columns }

// Size returns the size of the model in bytes.
func (m *Model) Size() int { return len(m.data) }

// WriteTo writes the model file.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(m.data)
	return int64(n), err
}

var errFormat = errors.New("not a model file of version 2")

// Open returns the model that lies in data, which must not change afterwards.
// It reads the head and checks the sizes, no more; see [Model.Verify].
func Open(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < 4 {
		return nil, errFormat
	}
	n := binary.LittleEndian.Uint32(rest)
	rest = rest[4:]
	if uint64(n) > uint64(len(rest)) {
		return nil, fmt.Errorf("%w: head cut short", errFormat)
	}
	m := &Model{data: data}
	for line := range strings.Lines(string(rest[:n])) {
		key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok {
			return nil, fmt.Errorf("%w: head line %q", errFormat, line)
		}
		m.head = append(m.head, Field{key, value})
	}
	m.Labels = strings.Fields(m.Field("labels"))
	rest = rest[n:]
	if len(rest) < fixed {
		return nil, fmt.Errorf("%w: cut short", errFormat)
	}
	var b body
	if _, err := binary.Decode(rest, binary.LittleEndian, &b); err != nil {
		return nil, err
	}
	rest = rest[fixed:]
	l := int(b.Labels)
	if l == 0 || l > MaxLabels || l != len(m.Labels) {
		return nil, fmt.Errorf("%w: %d labels in the head, %d in the body", errFormat, len(m.Labels), l)
	}
	if int(b.Columns) < l || b.Columns > MaxLabels || b.Bits > 8 || b.Unit == 0 || b.Unit > 1<<15 ||
		b.WideGroups == 0 || b.WideGroups > 24 || b.NearGroups == 0 || b.NearGroups > 24 ||
		b.Wide == 0 || b.Wide > 1<<24 || b.Near == 0 || b.Near > maxBuckets {
		return nil, fmt.Errorf("%w: impossible sizes", errFormat)
	}
	m.columns = int(b.Columns)
	sizes := [...]int{
		(l + 1) * (l + 1) * 2, 1 << b.WideGroups, 1 << b.NearGroups,
		int(b.Near) * bucketSize, int(b.Wide) * 2, int(b.Wide) * wordsFor(m.columns) * 8,
	}
	start := len(data) - len(rest)
	weights := padded(start + sizes[0] + sizes[1] + sizes[2])
	marks := padded(weights + sizes[3])
	rows := padded(marks + sizes[4])
	if want := padded(rows + sizes[5]); len(data) != want {
		return nil, fmt.Errorf("%w: %d bytes, want %d", errFormat, len(data), want)
	}
	near := aligned(data[weights:])
	part := func(data []byte, at, part int) []byte { return data[at : at+sizes[part] : at+sizes[part]] }
	m.steps = part(data, start, 0)
	m.table = table{
		wide:    index{part(data, start+sizes[0], 1), 32 - uint(b.WideGroups), uint64(b.Wide)},
		near:    index{part(data, start+sizes[0]+sizes[1], 2), 32 - uint(b.NearGroups), uint64(b.Near)},
		buckets: part(near, 0, 3),
		marks:   part(near, marks-weights, 4),
		rows:    part(near, rows-weights, 5),
		words:   wordsFor(m.columns),
		label:   uint(b.Bits),
		unit:    int32(b.Unit),
	}
	return m, nil
}

// body is what comes after the head.
type body struct {
	Labels, Columns, Bits, Unit, WideGroups, NearGroups uint16
	Wide, Near                                          uint32
}

// padded returns the next multiple of the size of a bucket.
func padded(n int) int { return (n + bucketSize - 1) &^ (bucketSize - 1) }

// maxBuckets is how many buckets the numbers that table.findNear returns can name.
const maxBuckets = 1 << 21

// Verify reads the whole model and returns an error if a weight lies outside
// the file or belongs to no label. Call it once for a file that somebody gave;
// decoding with a damaged model may panic.
func (m *Model) Verify() error { return m.table.verify(m.columns) }

// Has reports whether the model holds a weight for feature f.
func (m *Model) Has(f uint32) bool { return m.table.has(f) }

// build lays out a model file. Rows must come in the order of their features.
// "labels" is left out of the head that is given.
func build(head []Field, labels []string, columns int, steps []int16, rows []featureRow) *Model {
	t := buildTable(rows, columns)
	m := layOut(head, labels, columns, steps, t)
	m.rows = rows
	return m
}

func layOut(head []Field, labels []string, columns int, steps []int16, t *table) *Model {
	var text strings.Builder
	for _, f := range head {
		if f.Key != "labels" {
			fmt.Fprintf(&text, "%s: %s\n", f.Key, strings.ReplaceAll(f.Value, "\n", " "))
		}
	}
	fmt.Fprintf(&text, "labels: %s\n", strings.Join(labels, " "))
	var b bytes.Buffer
	b.WriteString(magic)
	num := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	num(uint32(text.Len()))
	b.WriteString(text.String())
	num(body{
		Labels: uint16(len(labels)), Columns: uint16(columns), Bits: uint16(t.label), Unit: uint16(t.unit),
		WideGroups: uint16(32 - t.wide.group), NearGroups: uint16(32 - t.near.group),
		Wide: uint32(t.wide.count), Near: uint32(t.near.count),
	})
	num(steps)
	b.Write(t.wide.shifts)
	b.Write(t.near.shifts)
	for _, part := range [][]byte{t.buckets, t.marks, t.rows} {
		b.Write(make([]byte, padded(b.Len())-b.Len()))
		b.Write(part)
	}
	b.Write(make([]byte, padded(b.Len())-b.Len()))
	m, err := Open(b.Bytes())
	if err != nil {
		panic("perceptron: built " + err.Error())
	}
	return m
}

// stepWeights returns the weights of the steps, by from then to.
func (m *Model) stepWeights() []int16 {
	steps := make([]int16, len(m.steps)/2)
	for i := range steps {
		steps[i] = int16(binary.LittleEndian.Uint16(m.steps[2*i:]))
	}
	return steps
}

// trained panics if m is not fresh from training: a file does not tell which
// features its weights are of.
func (m *Model) trained() {
	if m.rows == nil {
		panic("perceptron: a model from a file cannot be changed")
	}
}

// WithHead returns m with other lines in its head: provenance and scores are
// known only when the training is over. "labels" is kept.
func (m *Model) WithHead(head []Field) *Model {
	h := layOut(head, m.Labels, m.columns, m.stepWeights(), &m.table)
	h.rows = m.rows
	return h
}

// Pruned returns m, a model just trained, without the weights smaller than
// floor (a weight of 1 multiplies a label's odds by e): a smaller model that is
// faster to apply.
func (m *Model) Pruned(floor float64) *Model {
	m.trained()
	least := int16(min(floor*weightUnit, 32000))
	var rows []featureRow
	for _, r := range m.rows {
		var kept []entry
		for _, e := range r.entries {
			if e.weight >= least || e.weight <= -least {
				kept = append(kept, e)
			}
		}
		if kept != nil {
			rows = append(rows, featureRow{r.feature, kept})
		}
	}
	return build(m.head, m.Labels, m.columns, m.stepWeights(), rows)
}

// Stack lays two models just trained out for use one after the other: first
// decides, and what it decided adds features to those that it looked up itself,
// which second sees, too. Shared says which features are those. The weights
// that second has for them come into the table of first, so that one look-up
// serves both: see [Decoder.Onto].
func Stack(first, second *Model, shared func(feature uint32) bool) (a, b *Model) {
	first.trained()
	second.trained()
	l := len(first.Labels)
	if l+len(second.Labels) > MaxLabels || first.columns != l || second.columns != len(second.Labels) {
		panic("perceptron: cannot stack these models")
	}
	var own, both []featureRow
	i := 0
	for _, r := range second.rows {
		if !shared(r.feature) {
			own = append(own, r)
			continue
		}
		for ; i < len(first.rows) && first.rows[i].feature < r.feature; i++ {
			both = append(both, first.rows[i])
		}
		n := featureRow{feature: r.feature}
		if i < len(first.rows) && first.rows[i].feature == r.feature {
			n.entries = append(n.entries, first.rows[i].entries...)
			i++
		}
		for _, e := range r.entries {
			n.entries = append(n.entries, entry{e.label + uint8(l), e.weight})
		}
		both = append(both, n)
	}
	both = append(both, first.rows[i:]...)
	return build(first.head, first.Labels, l+len(second.Labels), first.stepWeights(), both),
		build(second.head, second.Labels, len(second.Labels), second.stepWeights(), own)
}

// Features returns which features seqs hold, for [Stack].
func Features(seqs []Sequence) func(feature uint32) bool {
	var all []uint32
	for i := range seqs {
		all = append(all, seqs[i].Rows.ids...)
		if i%1000 == 999 || i == len(seqs)-1 {
			slices.Sort(all)
			all = slices.Compact(all)
		}
	}
	return func(f uint32) bool {
		_, ok := slices.BinarySearch(all, f)
		return ok
	}
}
