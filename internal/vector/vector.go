// Package vector says how near in meaning two English words are. It holds, for
// the commonest words of newswire and encyclopaedia, short vectors whose cosine
// tells how alike the company is that two words keep (GloVe: Pennington, Socher
// and Manning 2014), and clusters of words at three grains, which models use as
// features of words they have not met.
//
// It is one embedded file, searched where it lies. The file is written by
// "stemma-train vectors"; its source stands in NOTICE.
package vector

import (
	_ "embed"
	"encoding/binary"
	"errors"

	"stemma/internal/perceptron"
)

// An ID stands for a word of the table; 0 stands for a word that is not there.
type ID uint32

// Clusters are the groups that a word belongs to, each within the next: one of
// 1,024, of 192 and of 40 groups. They are numbered from 1; 0 is no group.
type Clusters struct{ Fine, Mid, Coarse uint16 }

// Of returns the word whose hash, by [perceptron.String], is given. The words are
// in lower case.
func Of(hash uint32) ID { return standard.of(hash) }

// Word returns the ID of a word in lower case.
func Word(s string) ID { return standard.of(perceptron.String(s)) }

// Clusters returns the clusters of id, zeros if there are none.
func (id ID) Clusters() Clusters { return standard.clusters(id) }

// HasVector reports whether id has a vector: the rarer words have clusters only.
func (id ID) HasVector() bool { return id != 0 && int(id) <= standard.vectors }

// Similarity returns the cosine of the vectors of a and b, from -1 to 1: above
// .9 for "monday" and "tuesday", about .7 for "talks" and "meeting", about 0
// for words that have nothing to do with each other. It is 0 if either has
// none. Words that contradict each other keep the same company, so that
// "accept" and "reject" are alike.
func Similarity(a, b ID) float64 { return standard.similarity(a, b) }

// The file: "stemmaV1"; as 4 bytes each, little-endian: the number of words, of
// vectors, of dimensions, log2 of the number of slots, the number of fine
// clusters; then
//
//	slots   4 bytes each: 12 bits to check the hash, 20 bits of ID; 0 is empty
//	fine    2 bytes for each word
//	groups  for each fine cluster 2 bytes of mid, 2 bytes of coarse
//	norms   2 bytes for each vector: eight times its length
//	rows    one signed byte for each dimension of each vector
//
//go:embed vectors.bin
var file string

const (
	magic    = "stemmaV1"
	headSize = len(magic) + 5*4
	idBits   = 20
	slotHash = 0x9E3779B1
)

// A table is the file, cut into its parts.
type table struct {
	vectors, dims       int
	shift               uint
	slots, fine, groups string
	norms, rows         string
}

// standard costs nothing to make: it only slices the file.
var standard = func() table {
	t, err := open(file)
	if err != nil {
		panic("vector: embedded file: " + err.Error())
	}
	return t
}()

func open(s string) (table, error) {
	if len(s) < headSize || s[:len(magic)] != magic {
		return table{}, errors.New("not a file of vectors")
	}
	num := func(i int) int { return int(u32(s, len(magic)+4*i)) }
	words, vectors, dims, bits, fine := num(0), num(1), num(2), num(3), num(4)
	if vectors > words || bits < 1 || bits > 24 || words >= 1<<idBits || words >= 1<<bits {
		return table{}, errors.New("a damaged file of vectors")
	}
	t := table{vectors: vectors, dims: dims, shift: uint(32 - bits)}
	s = s[headSize:]
	ok := true
	take := func(n int) string {
		if n < 0 || n > len(s) {
			ok = false
			return ""
		}
		part := s[:n]
		s = s[n:]
		return part
	}
	t.slots, t.fine, t.groups = take(4<<bits), take(2*words), take(4*fine)
	t.norms, t.rows = take(2*vectors), take(dims*vectors)
	if !ok || len(s) != 0 {
		return table{}, errors.New("a damaged file of vectors: other length")
	}
	return t, nil
}

func u16(s string, i int) uint16 { return uint16(s[i]) | uint16(s[i+1])<<8 }

func u32(s string, i int) uint32 {
	return uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
}

// check is the part of a hash that a slot keeps.
func check(hash uint32) uint32 { return hash & 0xFFF }

func (t *table) of(hash uint32) ID {
	last := uint32(1)<<(32-t.shift) - 1
	for i := (hash * slotHash) >> t.shift; ; i = (i + 1) & last {
		s := u32(t.slots, int(4*i))
		if s == 0 {
			return 0
		}
		if s>>idBits == check(hash) {
			return ID(s & (1<<idBits - 1))
		}
	}
}

func (t *table) clusters(id ID) Clusters {
	if id == 0 {
		return Clusters{}
	}
	f := u16(t.fine, int(2*(id-1)))
	if f == 0 {
		return Clusters{}
	}
	g := int(4 * (f - 1))
	return Clusters{f, u16(t.groups, g), u16(t.groups, g+2)}
}

func (t *table) similarity(a, b ID) float64 {
	n := ID(t.vectors)
	if a == 0 || b == 0 || a > n || b > n {
		return 0
	}
	if a == b {
		return 1
	}
	i, j := int(a-1), int(b-1)
	x, y := t.rows[i*t.dims:(i+1)*t.dims], t.rows[j*t.dims:(j+1)*t.dims]
	dot := int32(0)
	for k := range len(x) {
		dot += int32(int8(x[k])) * int32(int8(y[k]))
	}
	return float64(dot) * 64 / (float64(u16(t.norms, 2*i)) * float64(u16(t.norms, 2*j)))
}

// A Row is a word to be written into a table.
type Row struct {
	Word   string
	Fine   int       // number of its cluster, from 0
	Vector []float32 // nil for words without
}

// Build lays out a file. Rows with vectors come first; groups gives the mid and
// the coarse cluster, from 0, of every fine one. A word whose hash another one
// has is left out.
func Build(rows []Row, dims int, groups [][2]int) []byte {
	bits := 4
	for 1<<bits*7/10 < len(rows) {
		bits++
	}
	vectors := 0
	for _, r := range rows {
		if r.Vector != nil {
			vectors++
		}
	}
	b := []byte(magic)
	for _, n := range []int{len(rows), vectors, dims, bits, len(groups)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	slots := make([]uint32, 1<<bits)
	for k, r := range rows {
		h := perceptron.String(r.Word)
		i := (h * slotHash) >> (32 - bits)
		for slots[i] != 0 && slots[i]>>idBits != check(h) {
			i = (i + 1) & (1<<bits - 1)
		}
		if slots[i] == 0 {
			slots[i] = check(h)<<idBits | uint32(k+1)
		}
	}
	for _, s := range slots {
		b = binary.LittleEndian.AppendUint32(b, s)
	}
	for _, r := range rows {
		b = binary.LittleEndian.AppendUint16(b, uint16(r.Fine+1))
	}
	for _, g := range groups {
		b = binary.LittleEndian.AppendUint16(b, uint16(g[0]+1))
		b = binary.LittleEndian.AppendUint16(b, uint16(g[1]+1))
	}
	var body []byte
	for _, r := range rows[:vectors] {
		row, norm := quantise(r.Vector)
		b = binary.LittleEndian.AppendUint16(b, norm)
		body = append(body, row...)
	}
	return append(b, body...)
}
