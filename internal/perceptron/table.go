package perceptron

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
)

// A table maps features to their weights. It is made for little reading, since
// most of the time of a look-up is waiting for memory.
//
// Features with more than a few weights, which are the ones seen most, are kept
// apart. Each has a wide row: an int16 for each column, four of them at a time
// written as one number, w0 + w1·2¹⁶ + w2·2³² + w3·2⁴⁸, so that one addition of
// uint64s adds four weights. The sums come out right as long as each stays an
// int16, which 16 rows of weights up to 2047 do. What says which features have
// wide rows, a mark of two bytes for each, is small enough for a near cache.
//
// The other features are dealt to buckets of 64 bytes, so that a look-up touches
// one cache line whether the feature is known or not:
//
//	16 bytes  marks of the features in it, eight at most, as uint16s in the
//	          order 0, 2, 4, 6, 1, 3, 5, 7
//	10 bytes  starts: where the cells of row 0, 1, … 7 begin, then twice where
//	          the last end
//	38 bytes  19 cells: uint16, the label in the lowest bits and the weight,
//	          signed, in the others
//
// A mark is the low half of a feature, 1 for 0; a mark of 0 stands for none.
type table struct {
	wide    index  // says which of marks and rows
	marks   []byte // of the features with wide rows
	rows    []byte // the wide rows, one for each mark
	near    index  // says which of buckets
	buckets []byte
	words   int   // uint64s in a wide row
	label   uint  // bits of a label in a cell
	unit    int32 // a weight of 1 in a cell or wide row is that many weight units
}

// An index says at which of count places a feature is: that depends on the
// feature and on the shift of its group (hash and displace: Pagh 1999,
// Belazzougui and others 2009). Shifts are chosen so that everything fits and
// nothing has to be looked for at a second place.
type index struct {
	shifts []byte // of the groups
	group  uint   // f >> group is the group
	count  uint64 // of places
}

const (
	bucketRows = 8
	markBytes  = 2 * bucketRows

	bucketSize  = 64
	bucketCells = 19
	cellsAt     = markBytes + bucketRows + 2

	maxWeight = 2047 // in a wide row
	maxSum    = 16   // wide rows that can be added up

	mixFeature = 0x85EBCA6B
	mixShift   = 0x9E3779B1
)

// few returns how many weights a feature without a wide row has at most.
func few(columns int) int { return min(max(columns/4, 6), bucketRows) }

// wordsFor returns how many uint64s a wide row of so many columns takes.
func wordsFor(columns int) int { return (columns + 3) / 4 }

// place returns the place of a feature whose group has the given shift.
func (x *index) place(f uint32, shift byte) int {
	return int(uint64((f^uint32(shift)*mixShift)*mixFeature) * x.count >> 32)
}

// of returns the place of feature f.
func (x *index) of(f uint32) int { return x.place(f, x.shifts[f>>x.group]) }

func markOf(f uint32) uint16 { return max(uint16(f), 1) }

const (
	laneOnes  = 0x0001000100010001
	laneHighs = 0x8000800080008000
)

// match returns which of the eight marks is that of f, 8 if none is.
func match(marks []byte, f uint32) int {
	mark := uint64(markOf(f)) * laneOnes
	even, odd := binary.LittleEndian.Uint64(marks)^mark, binary.LittleEndian.Uint64(marks[8:])^mark
	// The lowest high bit left is that of the lowest lane that is 0.
	even, odd = (even-laneOnes)&^even&laneHighs, (odd-laneOnes)&^odd&laneHighs
	lane := bits.TrailingZeros64(even>>15 | odd>>14) // 16 × half the number, and 1 if it is odd
	return lane>>3&^1 | lane&1
}

// findWide returns the number of the wide row of f, and 1 if there is one, else 0.
func (t *table) findWide(f uint32) (row uint32, there int) {
	p := t.wide.of(f)
	differs := uint32(binary.LittleEndian.Uint16(t.marks[2*p:]) ^ markOf(f))
	return uint32(p), int(1 - (differs+1<<16-1)>>16)
}

// findNear returns where the cells of feature f are, which are in the given
// bucket if anywhere: the index of the first cell in buckets, taken as uint16s,
// times 32, plus their number. A number of 0 says that f is not there.
func (t *table) findNear(f, bucket uint32) uint32 {
	at := int(bucket) * bucketSize
	b := t.buckets[at : at+bucketSize : at+bucketSize]
	row := match(b, f)
	startEnd := uint32(binary.LittleEndian.Uint16(b[markBytes+row:]))
	start, end := startEnd&0x1F, startEnd>>8&0x1F
	return (uint32(at/2+cellsAt/2)+start)<<5 + end - start
}

// fetch reads a byte of each of the given lines of data, which are of so many
// bytes, so that they are near when they are looked into: so little is done for
// each that many of these readings go on at the same time. The result tells
// nothing, but keeps the compiler from leaving the reading out.
func fetch(data []byte, lines []uint32, size int) (sum byte) {
	for _, i := range lines {
		sum += data[int(i)*size]
	}
	return sum
}

// has reports whether f has weights.
func (t *table) has(f uint32) bool {
	_, there := t.findWide(f)
	return there != 0 || t.findNear(f, uint32(t.near.of(f)))&31 != 0
}

// verify reports what is wrong with t: it must be safe to look up any feature.
func (t *table) verify(columns int) error {
	for i := 0; i < len(t.buckets); i += bucketSize {
		b := t.buckets[i : i+bucketSize]
		starts := b[markBytes:cellsAt]
		for r := range bucketRows + 1 {
			start, end := starts[r], starts[r+1]
			if end < start || end > bucketCells || r == bucketRows && start != end {
				return fmt.Errorf("%w: rows of bucket %d", errFormat, i/bucketSize)
			}
			for cells := b[cellsAt+2*int(start) : cellsAt+2*int(end)]; len(cells) > 0; cells = cells[2:] {
				if l := int(binary.LittleEndian.Uint16(cells) & (1<<t.label - 1)); l >= columns {
					return fmt.Errorf("%w: weight for label %d", errFormat, l)
				}
			}
		}
	}
	for w := t.rows; len(w) > 0; w = w[8:] {
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

// addNear adds the weights in the cells that were found.
func (t *table) addNear(found []uint32, sum *[256]int32) {
	mask := uint32(1)<<t.label - 1
	for _, v := range found {
		at, n := v>>5*2, v&31
		cells := t.buckets[at : at+2*n]
		for len(cells) >= 2 {
			c := uint32(binary.LittleEndian.Uint16(cells))
			sum[uint8(c&mask)] += int32(int16(c)) >> t.label
			cells = cells[2:]
		}
	}
}

// addWide adds the wide rows that were found.
func (t *table) addWide(found []uint32, sum *[256]int32) {
	for len(found) > 0 {
		some := found[:min(len(found), maxSum)]
		found = found[len(some):]
		for word := 0; word < t.words; {
			switch left := t.words - word; {
			case left >= 8:
				t.add8(some, word, sum)
				word += 8
			case left >= 4:
				t.add4(some, word, sum)
				word += 4
			default:
				t.add1(some, word, sum)
				word++
			}
		}
	}
}

// add8 adds 32 columns of wide rows, from the given word of the row on.
func (t *table) add8(found []uint32, word int, sum *[256]int32) {
	var a, b, c, d, e, f, g, h uint64
	for _, v := range found {
		at := 8 * (int(v)*t.words + word)
		w := t.rows[at : at+64]
		a += binary.LittleEndian.Uint64(w)
		b += binary.LittleEndian.Uint64(w[8:])
		c += binary.LittleEndian.Uint64(w[16:])
		d += binary.LittleEndian.Uint64(w[24:])
		e += binary.LittleEndian.Uint64(w[32:])
		f += binary.LittleEndian.Uint64(w[40:])
		g += binary.LittleEndian.Uint64(w[48:])
		h += binary.LittleEndian.Uint64(w[56:])
	}
	for i, v := range [8]uint64{a, b, c, d, e, f, g, h} {
		spread(v, word+i, sum)
	}
}

// add4 adds 16 columns.
func (t *table) add4(found []uint32, word int, sum *[256]int32) {
	var a, b, c, d uint64
	for _, v := range found {
		at := 8 * (int(v)*t.words + word)
		w := t.rows[at : at+32]
		a += binary.LittleEndian.Uint64(w)
		b += binary.LittleEndian.Uint64(w[8:])
		c += binary.LittleEndian.Uint64(w[16:])
		d += binary.LittleEndian.Uint64(w[24:])
	}
	for i, v := range [4]uint64{a, b, c, d} {
		spread(v, word+i, sum)
	}
}

// add1 adds four columns.
func (t *table) add1(found []uint32, word int, sum *[256]int32) {
	var a uint64
	for _, v := range found {
		at := 8 * (int(v)*t.words + word)
		a += binary.LittleEndian.Uint64(t.rows[at : at+8])
	}
	spread(a, word, sum)
}

// spread adds the four columns of a word to the sums.
func spread(v uint64, word int, sum *[256]int32) {
	x := lanes(v)
	to := (*[4]int32)(sum[4*word : 4*word+4])
	to[0] += x[0]
	to[1] += x[1]
	to[2] += x[2]
	to[3] += x[3]
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

// How full tables are packed, of what fits, and how large a group is at most:
// what can be done without searching for long.
const (
	fillRows    = 0.85
	fillBuckets = 0.90
	rowGroup    = 4
	bucketGroup = 8
)

// tableSize returns how many bytes a table takes for so many features with wide
// rows and others with so many cells.
func tableSize(wide, near, cells, columns int) int {
	return rowPlaces(wide)*(2+8*wordsFor(columns)) + 1<<groupBits(wide, rowGroup) +
		bucketPlaces(near, cells)*bucketSize + 1<<groupBits(near, bucketGroup)
}

func rowPlaces(rows int) int { return int(float64(rows)/fillRows) + 1 }

func bucketPlaces(rows, cells int) int {
	return int(max(float64(rows)/bucketRows, float64(cells)/bucketCells)/fillBuckets) + 1
}

// groupBits makes groups of half to all of size features.
func groupBits(rows, size int) uint { return uint(max(bits.Len(uint(rows/size)), 1)) }

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
	limit := int32(1)<<(15-t.label) - 1 // of a cell
	round := func(w int16) int32 {
		if w < 0 {
			return (int32(w) - t.unit/2) / t.unit
		}
		return (int32(w) + t.unit/2) / t.unit
	}
	var wide, near packing
	for _, r := range all {
		n := featureRow{feature: r.feature}
		top := int32(0)
		for _, e := range r.entries {
			if w := round(e.weight); w != 0 {
				n.entries = append(n.entries, entry{e.label, int16(w)})
				top = max(top, w, -w)
			}
		}
		switch {
		case len(n.entries) > few(columns) || top > limit:
			wide.add(n, 0)
		case len(n.entries) > 0:
			near.add(n, len(n.entries))
		}
	}
	t.wide = wide.pack(1, rowPlaces(len(wide.rows)), rowGroup)
	t.marks = make([]byte, int(t.wide.count)*2)
	t.rows = make([]byte, int(t.wide.count)*t.words*8)
	wide.each(func(place, _ int, r featureRow) {
		binary.LittleEndian.PutUint16(t.marks[2*place:], markOf(r.feature))
		row := t.rows[place*t.words*8:][:t.words*8]
		for _, e := range r.entries {
			word := row[e.label/4*8:]
			binary.LittleEndian.PutUint64(word, binary.LittleEndian.Uint64(word)+uint64(e.weight)<<(e.label%4*16))
		}
	})
	t.near = near.pack(bucketRows, bucketPlaces(len(near.rows), near.total), bucketGroup)
	t.buckets = make([]byte, int(t.near.count)*bucketSize)
	near.each(func(bucket, n int, r featureRow) {
		b := t.buckets[bucket*bucketSize:][:bucketSize]
		binary.LittleEndian.PutUint16(b[n&1*8+n>>1*2:], markOf(r.feature))
		starts := b[markBytes:cellsAt]
		at := int(starts[n])
		for i, e := range r.entries {
			binary.LittleEndian.PutUint16(b[cellsAt+2*(at+i):], uint16(e.weight)<<t.label|uint16(e.label))
		}
		for k := n + 1; k < len(starts); k++ {
			starts[k] = byte(at + len(r.entries))
		}
	})
	return t
}

// A packing is what has to be dealt to the places of an index.
type packing struct {
	rows  []featureRow
	cells []uint8 // that each row needs
	total int     // cells
	in    []int   // the place of each row
}

func (p *packing) add(r featureRow, cells int) {
	p.rows = append(p.rows, r)
	p.cells = append(p.cells, uint8(cells))
	p.total += cells
}

// pack finds an index of at least count places, each for so many rows, by which
// everything fits.
func (p *packing) pack(each uint8, count, group int) index {
	bits := groupBits(len(p.rows), group)
	x := index{shifts: make([]byte, 1<<bits), group: 32 - bits}
	groups := make([][]int, 1<<bits)
	weight := make([]int, len(groups))
	order := make([]int, len(groups))
	for i, r := range p.rows {
		g := r.feature >> x.group
		groups[g] = append(groups[g], i)
		weight[g] += int(p.cells[i]) + 2
	}
	for g := range groups {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	p.in = make([]int, len(p.rows))
	for ; ; count += count/64 + 1 {
		x.count = uint64(count)
		if p.fits(&x, each, groups, order) {
			return x
		}
	}
}

// fits finds shifts with which everything fits, the groups with most cells
// first, and reports whether there are any.
func (p *packing) fits(x *index, each uint8, groups [][]int, order []int) bool {
	type load struct {
		rows, cells uint8
		marks       [bucketRows]uint16
	}
	loads := make([]load, x.count)
	for _, g := range order {
		members := groups[g]
		fits := false
	shifts:
		for shift := range 256 {
			for k, i := range members {
				f := p.rows[i].feature
				b := x.place(f, byte(shift))
				l := &loads[b]
				if l.rows == each || l.cells+p.cells[i] > bucketCells || slices.Contains(l.marks[:l.rows], markOf(f)) {
					for _, i := range members[:k] { // take back
						l := &loads[p.in[i]]
						l.rows--
						l.cells -= p.cells[i]
					}
					continue shifts
				}
				l.marks[l.rows] = markOf(f)
				l.rows++
				l.cells += p.cells[i]
				p.in[i] = b
			}
			x.shifts[g], fits = byte(shift), true
			break
		}
		if !fits {
			return false
		}
	}
	return true
}

// each calls put for every row, place by place, with its number at the place:
// there rows stand in the order of their features.
func (p *packing) each(put func(place, n int, r featureRow)) {
	order := make([]int, len(p.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.in[a], p.in[b]), cmp.Compare(p.rows[a].feature, p.rows[b].feature))
	})
	n := 0
	for k, i := range order {
		n++
		if k == 0 || p.in[order[k-1]] != p.in[i] {
			n = 0
		}
		put(p.in[i], n, p.rows[i])
	}
}
