package perceptron

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
)

// A table maps features to their weights. It is made for little reading: a
// look-up touches one cache line, whether the feature is known or not.
//
// The features are dealt to buckets of 64 bytes:
//
//	16 bytes  marks: eight uint16, the low half of the features in the bucket,
//	          0 for none. In memory: mark 0, 2, 4, 6, 1, 3, 5, 7
//	10 bytes  starts: where the cells of row 0, 1, … 7 begin, then twice where
//	          the last end; the high bit of a row's start says that its two
//	          cells are not weights but the number of its wide row
//	38 bytes  19 cells: uint16
//
// A weight is a cell: the label in the lowest bits, the weight, signed, in the
// others. Features with more than a few weights, which are the ones seen most,
// have a wide row: an int16 for each column, four of them at a time written as
// one number, w0 + w1·2¹⁶ + w2·2³² + w3·2⁴⁸, so that one addition of uint64s
// adds four weights. The sums come out right as long as each stays an int16,
// which 16 rows of weights up to 2047 do.
//
// Which bucket a feature f is in depends on f and on the shift of the group of
// features that it belongs to (hash and displace: Pagh 1999, Belazzougui and
// others 2009): shifts are chosen so that everything fits, and no bucket spills
// into another.
type table struct {
	shifts  []byte // of the groups
	buckets []byte
	wide    []byte
	words   int    // uint64s in a wide row
	group   uint   // f >> group is the group
	count   uint64 // of buckets
	label   uint   // bits of a label
	unit    int32  // a weight of 1 in a cell is that many weight units
}

const (
	bucketSize  = 64
	bucketRows  = 8
	bucketCells = 19
	startsAt    = 2 * bucketRows
	cellsAt     = startsAt + bucketRows + 2
	wideBit     = 0x80
	near        = 8    // weights that a row has at most within its bucket
	maxWeight   = 2047 // of a wide row
	maxSum      = 16   // wide rows that can be added up

	mixFeature = 0x85EBCA6B
	mixShift   = 0x9E3779B1
)

// wordsFor returns how many uint64s a wide row of so many columns takes.
func wordsFor(columns int) int { return (columns + 3) / 4 }

// place returns the bucket of a feature whose group has the given shift.
func (t *table) place(f uint32, shift byte) int {
	return int(uint64(f*mixFeature+uint32(shift)*mixShift) * t.count >> 32)
}

const (
	laneOnes  = 0x0001000100010001
	laneHighs = 0x8000800080008000
)

// find returns where the cells of feature f are: the index of the first cell in
// buckets, taken as uint16s, times 64, plus 32 if they name a wide row, plus
// their number. A number of 0 says that f is not there.
func (t *table) find(f uint32) uint32 {
	at := t.place(f, t.shifts[f>>t.group]) * bucketSize
	b := t.buckets[at : at+bucketSize : at+bucketSize]
	mark := uint64(uint16(f)) * laneOnes
	even, odd := binary.LittleEndian.Uint64(b)^mark, binary.LittleEndian.Uint64(b[8:])^mark
	// The lowest high bit left is that of the lowest lane that is 0.
	even, odd = (even-laneOnes)&^even&laneHighs, (odd-laneOnes)&^odd&laneHighs
	lane := bits.TrailingZeros64(even>>15 | odd>>14) // 16 × half the row, and 1 if odd
	row := lane>>3&^1 | lane&1                       // 8 if there is none
	se := uint32(binary.LittleEndian.Uint16(b[startsAt+row:]))
	start, end := se&0x7F, se>>8&0x7F
	return (uint32(at/2+cellsAt/2)+start)<<6 | se&wideBit>>2 | (end - start)
}

// verify reports what is wrong with t: it must be safe to look up any feature.
func (t *table) verify(columns int) error {
	wide := len(t.wide) / (8 * t.words)
	for i := 0; i < len(t.buckets); i += bucketSize {
		b := t.buckets[i : i+bucketSize]
		starts := b[startsAt:cellsAt]
		for r := range bucketRows + 1 {
			start, end := starts[r]&^wideBit, starts[r+1]&^wideBit
			if end < start || end > bucketCells || r == bucketRows && (starts[r] != start || starts[r] != starts[r+1]) {
				return fmt.Errorf("%w: rows of bucket %d", errFormat, i/bucketSize)
			}
			cells := b[cellsAt+2*int(start) : cellsAt+2*int(end)]
			if starts[r]&wideBit != 0 {
				if len(cells) != 4 || int(binary.LittleEndian.Uint32(cells)) >= wide {
					return fmt.Errorf("%w: wide row in bucket %d", errFormat, i/bucketSize)
				}
				continue
			}
			for ; len(cells) > 0; cells = cells[2:] {
				if l := int(binary.LittleEndian.Uint16(cells) & (1<<t.label - 1)); l >= columns {
					return fmt.Errorf("%w: weight for label %d", errFormat, l)
				}
			}
		}
	}
	for w := t.wide; len(w) > 0; w = w[8:] {
		for _, x := range lanes(binary.LittleEndian.Uint64(w)) {
			if x > maxWeight || x < -maxWeight {
				return fmt.Errorf("%w: weight too large", errFormat)
			}
		}
	}
	return nil
}

// lanes takes four numbers written as one apart.
func lanes(v uint64) [4]int32 {
	a := int16(v)
	v -= uint64(a)
	b := int16(v >> 16)
	v -= uint64(b) << 16
	c := int16(v >> 32)
	v -= uint64(c) << 32
	return [4]int32{int32(a), int32(b), int32(c), int32(int16(v >> 48))}
}

// aligned returns data moved, if need be, so that buckets do not straddle cache
// lines: half of the look-ups would touch two.
func aligned(data []byte) []byte {
	if len(data) == 0 || reflect.ValueOf(data).Pointer()%bucketSize == 0 {
		return data
	}
	moved := make([]byte, len(data)+bucketSize-1)
	skip := -int(reflect.ValueOf(moved).Pointer()) & (bucketSize - 1)
	moved = moved[skip : skip+len(data) : skip+len(data)]
	copy(moved, data)
	return moved
}

type entry struct {
	label  uint8
	weight int16
}

type featureRow struct {
	feature uint32
	entries []entry
}

// fill is how full tables are packed, of the rows or cells that fit: what can be
// done without searching for long.
const fill = 0.90

// tableSize returns how many bytes a table takes for so many features, cells in
// buckets and wide rows.
func tableSize(rows, cells, wide, columns int) int {
	return bucketSize*bucketsFor(rows, cells) + 1<<groupBits(rows) + 8*wordsFor(columns)*wide
}

func bucketsFor(rows, cells int) int {
	return int(max(float64(rows)/bucketRows, float64(cells)/bucketCells)/fill) + 1
}

// groupBits makes groups of 8 to 16 features.
func groupBits(rows int) uint { return uint(max(bits.Len(uint(rows/8)), 1)) }

// isWide reports whether a row of so many weights, the largest top, cannot stand
// in a bucket whose cells hold weights up to limit.
func isWide(weights int, top, limit int32) bool { return weights > near || top > limit }

// buildTable lays rows out, which must come in a fixed order and have distinct
// features. Weights are rounded to the table's unit.
func buildTable(all []featureRow, columns int) *table {
	t := &table{label: uint(max(bits.Len(uint(columns-1)), 1)), unit: 1, words: wordsFor(columns)}
	top := int32(0)
	for _, r := range all {
		for _, e := range r.entries {
			top = max(top, int32(e.weight), -int32(e.weight))
		}
	}
	t.unit = max((top+maxWeight-1)/maxWeight, 1)
	limit := int32(1)<<(15-t.label) - 1
	round := func(w int16) int32 {
		if w < 0 {
			return (int32(w) - t.unit/2) / t.unit
		}
		return (int32(w) + t.unit/2) / t.unit
	}
	type laid struct {
		feature uint32
		entries []entry
		wide    bool
		cells   uint8
	}
	var rows []laid
	cells := 0
	for _, r := range all {
		n := laid{feature: r.feature}
		top := int32(0)
		for _, e := range r.entries {
			if w := round(e.weight); w != 0 {
				n.entries = append(n.entries, entry{e.label, int16(w)})
				top = max(top, w, -w)
			}
		}
		if n.wide = isWide(len(n.entries), top, limit); n.wide {
			n.cells = 2
		} else {
			n.cells = uint8(len(n.entries))
		}
		if n.cells > 0 {
			rows = append(rows, n)
			cells += int(n.cells)
		}
	}
	t.group = 32 - groupBits(len(rows))
	groups := make([][]int32, 1<<groupBits(len(rows)))
	weight := make([]int, len(groups))
	p := packing{features: make([]uint32, len(rows)), cells: make([]uint8, len(rows)), groups: groups}
	for i, r := range rows {
		p.features[i], p.cells[i] = r.feature, r.cells
		g := r.feature >> t.group
		groups[g] = append(groups[g], int32(i))
		weight[g] += int(r.cells) + 2
	}
	for g := range groups {
		p.order = append(p.order, g)
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	t.shifts = make([]byte, len(groups))
	p.in = make([]int32, len(rows))
	for count := bucketsFor(len(rows), cells); ; count += count/64 + 1 {
		t.count = uint64(count)
		if t.pack(&p) {
			break
		}
	}
	// In each bucket rows stand in the order of their features.
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.in[a], p.in[b]), cmp.Compare(rows[a].feature, rows[b].feature))
	})
	t.buckets = make([]byte, int(t.count)*bucketSize)
	for len(order) > 0 {
		bucket := t.buckets[int(p.in[order[0]])*bucketSize:][:bucketSize]
		at, n := 0, 0
		for ; n < len(order) && p.in[order[n]] == p.in[order[0]]; n++ {
			r := rows[order[n]]
			binary.LittleEndian.PutUint16(bucket[n&1*8+n>>1*2:], uint16(r.feature))
			bucket[startsAt+n] = byte(at)
			if r.wide {
				bucket[startsAt+n] |= wideBit
				binary.LittleEndian.PutUint32(bucket[cellsAt+2*at:], uint32(len(t.wide)/(8*t.words)))
				row := make([]uint64, t.words)
				for _, e := range r.entries {
					row[e.label/4] += uint64(e.weight) << (e.label % 4 * 16)
				}
				for _, x := range row {
					t.wide = binary.LittleEndian.AppendUint64(t.wide, x)
				}
			} else {
				for i, e := range r.entries {
					binary.LittleEndian.PutUint16(bucket[cellsAt+2*(at+i):], uint16(e.weight)<<t.label|uint16(e.label))
				}
			}
			at += int(r.cells)
		}
		for k := n; k < bucketRows+2; k++ {
			bucket[startsAt+k] = byte(at)
		}
		order = order[n:]
	}
	return t
}

// A packing is what has to be dealt to buckets.
type packing struct {
	features []uint32
	cells    []uint8
	groups   [][]int32 // features by group
	order    []int     // groups, those with most cells first
	in       []int32   // the bucket of each feature
}

// pack finds shifts with which everything fits into t.count buckets, and
// reports whether there are any.
func (t *table) pack(p *packing) bool {
	type load struct {
		rows, cells uint8
		marks       [bucketRows]uint16
	}
	loads := make([]load, t.count)
	for _, g := range p.order {
		members := p.groups[g]
		fits := false
	shifts:
		for shift := range 256 {
			for k, i := range members {
				f := p.features[i]
				b := t.place(f, byte(shift))
				l := &loads[b]
				if l.rows == bucketRows || l.cells+p.cells[i] > bucketCells || slices.Contains(l.marks[:l.rows], uint16(f)) {
					for _, i := range members[:k] { // take back
						l := &loads[p.in[i]]
						l.rows--
						l.cells -= p.cells[i]
					}
					continue shifts
				}
				l.marks[l.rows] = uint16(f)
				l.rows++
				l.cells += p.cells[i]
				p.in[i] = int32(b)
			}
			t.shifts[g], fits = byte(shift), true
			break
		}
		if !fits {
			return false
		}
	}
	return true
}
