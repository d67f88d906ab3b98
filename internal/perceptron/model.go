package perceptron

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// The file format, version 1. Numbers are little-endian; the file is used where
// it lies, in memory or mapped, and never decoded as a whole.
//
//	magic   "stemmaP1"
//	uint32  length of the head in bytes, then the head: lines "key: value" of
//	        text, among them "labels: …", the labels in order
//	uint16  number of labels, L
//	uint16  log2 of the number of slots
//	uint32  number of bytes of rows
//	steps   (L+1)×(L+1) int16: weight of label j after label i; row L is the
//	        start of the sequence, column L its end; -32768 forbids the step
//	slots   5 bytes each: 16 bits to tell features apart, then 24 bits, the
//	        offset of the feature's row plus 1; 0 is an empty slot. A feature f
//	        is looked for from slot f·odd >> shift onwards, one by one.
//	rows    byte n, then n entries: byte label, int16 weight
//	3 bytes of padding
const (
	magic    = "stemmaP1"
	slotSize = 5
	padding  = 3
	forbid   = math.MinInt16
	maxRows  = 1<<24 - 2
)

// A Model scores labels. It is read-only and safe for concurrent use.
type Model struct {
	Labels []string
	head   []Field
	steps  []byte
	slots  []byte
	rows   []byte
	shift  uint
	data   []byte
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

// Size returns the size of the model in bytes.
func (m *Model) Size() int { return len(m.data) }

// WriteTo writes the model file.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(m.data)
	return int64(n), err
}

var errFormat = errors.New("not a model file of version 1")

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
	if len(rest) < 8 {
		return nil, fmt.Errorf("%w: cut short", errFormat)
	}
	l := int(binary.LittleEndian.Uint16(rest))
	bits := uint(binary.LittleEndian.Uint16(rest[2:]))
	rowBytes := int(binary.LittleEndian.Uint32(rest[4:]))
	rest = rest[8:]
	if l == 0 || l > MaxLabels || l != len(m.Labels) || bits == 0 || bits > 28 {
		return nil, fmt.Errorf("%w: %d labels in the head, %d in the body", errFormat, len(m.Labels), l)
	}
	stepBytes, slotBytes := (l+1)*(l+1)*2, slotSize<<bits
	if len(rest) != stepBytes+slotBytes+rowBytes+padding {
		return nil, fmt.Errorf("%w: %d bytes of weights, want %d", errFormat, len(rest), stepBytes+slotBytes+rowBytes+padding)
	}
	m.steps = rest[:stepBytes]
	m.slots = rest[stepBytes:]          // with what follows, so that 8 bytes can be read at any slot
	m.rows = rest[stepBytes+slotBytes:] // with the padding, so that 4 bytes can be read at any entry
	m.shift = 32 - bits
	return m, nil
}

// Verify reads the whole model and returns an error if a weight lies outside
// the file or belongs to no label. Call it once for a file that somebody gave;
// decoding with a damaged model may panic.
func (m *Model) Verify() error {
	empty := 0
	for i := range 1 << (32 - m.shift) {
		at := int(binary.LittleEndian.Uint64(m.slots[i*slotSize:]) >> 16 & (1<<24 - 1))
		if at == 0 {
			empty++
			continue
		}
		at--
		if end := len(m.rows) - padding; at >= end || at+1+3*int(m.rows[at]) > end {
			return fmt.Errorf("%w: slot %d points outside", errFormat, i)
		}
		for n := int(m.rows[at]); n > 0; n-- {
			if l := int(m.rows[at+1+3*(n-1)]); l >= len(m.Labels) {
				return fmt.Errorf("%w: weight for label %d", errFormat, l)
			}
		}
	}
	if empty == 0 {
		return fmt.Errorf("%w: no empty slot", errFormat)
	}
	return nil
}

const slotHash = 0x9E3779B1

// next returns where the entries of feature f begin in rows, 0 if the model has
// none, looking from the slot after i onwards.
func (m *Model) next(f, i uint32) uint32 {
	last := uint32(1)<<(32-m.shift) - 1
	for {
		i = (i + 1) & last
		slot := binary.LittleEndian.Uint64(m.slots[i*slotSize:])
		at := uint32(slot >> 16 & (1<<24 - 1))
		if at == 0 || uint16(slot) == uint16(f) {
			return at
		}
	}
}

// Has reports whether the model holds a weight for feature f.
func (m *Model) Has(f uint32) bool { return m.next(f, (f*slotHash)>>m.shift-1) != 0 }

type entry struct {
	label  uint8
	weight int16
}

type featureRow struct {
	feature uint32
	entries []entry
}

// build lays out a model file. Rows must come in a fixed order; two features
// that the format cannot tell apart share the row of the first.
func build(head []Field, labels []string, steps []int16, rows []featureRow) *Model {
	bits := uint(4)
	for 1<<bits*17/20 < len(rows) { // at most 85 % full: about 3.8 slots read for a feature that is not there
		bits++
	}
	slots := make([]byte, slotSize<<bits+padding)
	var body []byte
	same := make(map[string]int) // equal rows are kept once
	for _, r := range rows {
		enc := []byte{uint8(len(r.entries))}
		for _, e := range r.entries {
			enc = append(enc, e.label, byte(uint16(e.weight)), byte(uint16(e.weight)>>8))
		}
		at, ok := same[string(enc)]
		if !ok {
			at = len(body)
			same[string(enc)] = at
			body = append(body, enc...)
		}
		if at > maxRows {
			panic("perceptron: model too large for its format")
		}
		i := (r.feature * slotHash) >> (32 - bits)
		for {
			s := slots[i*slotSize:]
			if s[2]|s[3]|s[4] == 0 {
				binary.LittleEndian.PutUint16(s, uint16(r.feature))
				s[2], s[3], s[4] = byte(at+1), byte((at+1)>>8), byte((at+1)>>16)
				break
			}
			i = (i + 1) & (1<<bits - 1)
		}
	}
	var text strings.Builder
	for _, f := range head {
		fmt.Fprintf(&text, "%s: %s\n", f.Key, strings.ReplaceAll(f.Value, "\n", " "))
	}
	fmt.Fprintf(&text, "labels: %s\n", strings.Join(labels, " "))
	var b bytes.Buffer
	b.WriteString(magic)
	num := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	num(uint32(text.Len()))
	b.WriteString(text.String())
	num(uint16(len(labels)))
	num(uint16(bits))
	num(uint32(len(body)))
	num(steps)
	b.Write(slots[:slotSize<<bits])
	b.Write(body)
	b.Write(make([]byte, padding))
	m, err := Open(b.Bytes())
	if err != nil {
		panic("perceptron: built " + err.Error())
	}
	return m
}

// WithHead returns the model with other lines in its head: provenance and
// scores are known only when the training is over. "labels" is kept.
func (m *Model) WithHead(head []Field) *Model {
	var text strings.Builder
	for _, f := range head {
		if f.Key != "labels" {
			fmt.Fprintf(&text, "%s: %s\n", f.Key, strings.ReplaceAll(f.Value, "\n", " "))
		}
	}
	fmt.Fprintf(&text, "labels: %s\n", strings.Join(m.Labels, " "))
	old := int(binary.LittleEndian.Uint32(m.data[len(magic):]))
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(text.Len()))
	b = append(b, text.String()...)
	b = append(b, m.data[len(magic)+4+old:]...)
	n, err := Open(b)
	if err != nil {
		panic("perceptron: " + err.Error())
	}
	return n
}

// Pruned returns m without the weights smaller than floor (a weight of 1
// multiplies a label's odds by e): a smaller model that is faster to apply.
func (m *Model) Pruned(floor float64) *Model {
	least := int16(min(floor*weightUnit, 32000))
	type kept struct {
		slot uint64
		row  []byte
	}
	count := 0
	var slots []kept
	for i := range 1 << (32 - m.shift) {
		s := binary.LittleEndian.Uint64(m.slots[i*slotSize:])
		at := uint32(s >> 16 & (1<<24 - 1))
		if at == 0 {
			slots = append(slots, kept{})
			continue
		}
		var row []byte
		for e := m.rows[at : at+3*uint32(m.rows[at-1])]; len(e) >= 3; e = e[3:] {
			if w := int16(binary.LittleEndian.Uint16(e[1:])); w >= least || w <= -least {
				row = append(row, e[:3]...)
			}
		}
		count++
		slots = append(slots, kept{s & 0xFFFF, row})
	}
	// A slot cannot be emptied without breaking the search for the slots after
	// it, and the features themselves are not kept, so an emptied row stays as a
	// row of no entries.
	same := make(map[string]int)
	var body []byte
	table := make([]byte, len(slots)*slotSize)
	for i, k := range slots {
		if count == 0 || k.slot == 0 && k.row == nil && binary.LittleEndian.Uint64(m.slots[i*slotSize:])>>16&(1<<24-1) == 0 {
			continue
		}
		enc := append([]byte{uint8(len(k.row) / 3)}, k.row...)
		at, ok := same[string(enc)]
		if !ok {
			at = len(body)
			same[string(enc)] = at
			body = append(body, enc...)
		}
		s := table[i*slotSize:]
		binary.LittleEndian.PutUint16(s, uint16(k.slot))
		s[2], s[3], s[4] = byte(at+1), byte((at+1)>>8), byte((at+1)>>16)
	}
	start := len(m.data) - len(m.rows) - len(table) - len(m.steps)
	b := append([]byte(nil), m.data[:start]...)
	binary.LittleEndian.PutUint32(b[start-4:], uint32(len(body)))
	b = append(b, m.steps...)
	b = append(b, table...)
	b = append(b, body...)
	b = append(b, make([]byte, padding)...)
	n, err := Open(b)
	if err != nil {
		panic("perceptron: pruned " + err.Error())
	}
	return n
}
