package reuse

import (
	"cmp"
	"math/bits"
	"slices"
)

// An Index finds, for the keys of one report, the reports that share enough of
// them to be compared. Reports are numbered by the caller, up to [MaxReports].
// Reports can be added and removed at any time, and what the Index answers
// depends on the reports that it holds alone, not on how they came there. It is
// written and read back with [Index.WriteTo] and [ReadIndex].
//
// Adding a report costs the same whether the Index holds ten thousand or a
// million: a probe for each of its keys, and now and then the splitting of a
// block. The postings, each a 40-bit fingerprint of a key and a 24-bit report
// number, lie in blocks of a thousand; a full block is split in two (extendible
// hashing, Fagin et al. 1979), so no table is ever copied as a whole.
//
// Of the reports that have a key, only the first few by number are looked at,
// which bounds what a common phrase or a giant family costs. The others wait
// beside the block, should one of the first be removed.
//
// An Index is not safe for use by several goroutines at once.
type Index struct {
	blocks   []*block // by the high bits of the fingerprint; one that is less deep stands there several times
	depth    uint     // bits that choose a block
	distinct int      // different blocks
	count    int      // postings, those that wait included
	docs     int
	waiting  [][]waiting // of the blocks that have full keys
	spare    int         // bytes of its lists

	score   []float32 // by report; zero between calls
	touched []uint32
	ahead   []uint64 // what look read
	heads   uint     // read only to be read
}

// A block holds the postings of which the fingerprint begins with the same
// depth bits, in open addressing by other bits: those of one key lie behind
// each other, with those of others between. It is two pages of memory.
type block struct {
	used    uint16
	depth   uint8
	waiting uint32             // 1 + place in Index.waiting; 0 for none
	slots   [blockSlots]uint64 // fingerprint | report+1; 0 is free
}

// A waiting list holds the reports of one key beyond its Cap.
type waiting struct {
	fp      uint64
	reports []uint32 // numbers, one added to each, rising
}

// listBytes is the size of a waiting list but for its reports.
const listBytes = 32

const (
	docBits = 24
	docMask = 1<<docBits - 1

	blockSlots = 1<<10 - 1
	blockBytes = 8 << 10
	blockFull  = blockSlots * 3 / 4

	// maxSkew bounds the directory, for each block: keys are hashes, and blocks
	// that will not divide are of someone's making.
	maxSkew = 1 << 15

	// MaxReports is the highest number that a report can have. For more, use
	// one Index for each span of time.
	MaxReports = docMask - 1

	// Cap is how many reports are looked at under one key; pairCap, under a
	// pair of stems: of those there are so many that common ones would soon
	// join every report to every other.
	Cap     = 32
	pairCap = 8

	// hubs is how many of them a report is still paired with when the key is
	// full, pairHubs under a pair. The first that had a key are likely where it
	// comes from.
	hubs     = 8
	pairHubs = 2
)

func capOf(ch Channel) (limit, hubCount int) {
	if ch == Pair {
		return pairCap, pairHubs
	}
	return Cap, hubs
}

// The score of a candidate sums, over the keys shared, what each is worth: a
// key that two reports have is worth one, one that many have little.
// Candidates need MinScore. Quotations count half: who quotes the same speech
// need not have copied.
const (
	// MinScore is the least score of a candidate: 1.6, as two anchors have that
	// four reports share, less what adding up in another order may lose.
	MinScore = 1.599

	pairWorth  = 0.55 // pairs of rare stems: three make a candidate
	quoteWorth = 0.2
	fullWorth  = 0.12 // of a key that is full
)

// Worth returns what a key of channel ch that df reports have is worth to a
// pair of them, and with how many of the first of them each other one is to be
// paired: all, unless the key is full.
func Worth(ch Channel, df int) (worth float32, hubCount int) {
	w := float32(1)
	switch ch {
	case Pair:
		w = pairWorth
	case Quotation:
		w = quoteWorth
	}
	if limit, hubCount := capOf(ch); df >= limit {
		return w * fullWorth, hubCount
	}
	return 1.6 * w / (1 + float32(bits.Len(uint(df)))/3), df
}

// A Candidate is a report that shares keys, and how much that is worth.
type Candidate struct {
	Report uint32
	Score  float32
}

// NewIndex returns an Index with room for about n postings.
func NewIndex(n int) *Index {
	x := new(Index)
	for ; 1<<x.depth < n/blockFull; x.depth++ {
	}
	x.distinct = 1 << x.depth
	x.blocks = make([]*block, x.distinct)
	for i := range x.blocks {
		x.blocks[i] = &block{depth: uint8(x.depth)}
	}
	return x
}

// fingerprint returns the part of a posting that stands for the key: 38 bits
// of hash, the Channel, and zeros for the report.
func fingerprint(k Key) uint64 {
	return mix(uint64(k))&^(docMask<<2|3) | uint64(k.Channel())<<docBits
}

func (x *Index) at(fp uint64) *block { return x.blocks[fp>>1>>(63-x.depth)] }

// home is the slot from which a posting is looked for, by the ten bits of the
// fingerprint above the channel.
func home(fp uint64) int { return int(fp >> (docBits + 2) & blockSlots * blockSlots >> 10) }

// after is the slot behind slot i.
func after(i int) int {
	if i++; i == blockSlots {
		return 0
	}
	return i
}

// Add puts report number doc under keys. Adding a report twice puts it there
// twice.
func (x *Index) Add(doc uint32, keys []Key) {
	if doc > MaxReports {
		panic("reuse: report number out of range")
	}
	x.look(keys, true)
	for _, k := range keys {
		x.add(fingerprint(k) | uint64(doc+1))
	}
	x.docs++
}

// look reads the slots of all keys, so that the processor fetches them at the
// same time and not one after the other, and if need be the heads of their blocks.
func (x *Index) look(keys []Key, heads bool) {
	ahead := slices.Grow(x.ahead[:0], len(keys))[:len(keys)]
	for i, k := range keys {
		fp := fingerprint(k)
		ahead[i] = x.at(fp).slots[home(fp)]
	}
	if heads {
		for _, k := range keys {
			x.heads += uint(x.at(fingerprint(k)).used)
		}
	}
	x.ahead = ahead
}

// add adds one posting.
func (x *Index) add(p uint64) {
	fp := p &^ docMask
	b := x.at(fp)
	for b.used >= blockFull && (uint(b.depth) < x.depth || len(x.blocks) < maxSkew*x.distinct) {
		x.split(fp)
		b = x.at(fp)
	}
	x.count++
	limit, _ := capOf(Key(fp >> docBits).Channel())
	n, last := 0, -1
	i := home(fp)
	for ; b.slots[i] != 0; i = after(i) {
		if b.slots[i]&^docMask == fp {
			n++
			if last < 0 || b.slots[i] > b.slots[last] {
				last = i
			}
		}
	}
	if n < limit && b.used < blockSlots-1 {
		b.slots[i] = p
		b.used++
		return
	}
	// The key is full: the first by number stay.
	if last >= 0 && p < b.slots[last] {
		p, b.slots[last] = b.slots[last], p
	}
	x.wait(b, p)
}

// list returns the place of fp among the waiting lists of b, -1 if it has none.
func (x *Index) list(b *block, fp uint64) int {
	if b.waiting == 0 {
		return -1
	}
	return slices.IndexFunc(x.waiting[b.waiting-1], func(w waiting) bool { return w.fp == fp })
}

// wait puts a posting among those that wait.
func (x *Index) wait(b *block, p uint64) {
	fp := p &^ docMask
	w := x.list(b, fp)
	if w < 0 {
		w = x.newList(b, waiting{fp: fp})
	}
	l := &x.waiting[b.waiting-1][w].reports
	before := cap(*l)
	report := uint32(p & docMask)
	i, _ := slices.BinarySearch(*l, report)
	*l = slices.Insert(*l, i, report)
	x.spare += 4 * (cap(*l) - before)
}

// newList gives b one more waiting list and returns its place.
func (x *Index) newList(b *block, w waiting) int {
	if b.waiting == 0 {
		x.waiting = append(x.waiting, nil)
		b.waiting = uint32(len(x.waiting))
	}
	lists := &x.waiting[b.waiting-1]
	before := cap(*lists)
	*lists = append(*lists, w)
	x.spare += listBytes * (cap(*lists) - before)
	return len(*lists) - 1
}

// split divides the block of fp in two.
func (x *Index) split(fp uint64) {
	b := x.at(fp)
	if uint(b.depth) == x.depth {
		wide := make([]*block, 2*len(x.blocks))
		for i, c := range x.blocks {
			wide[2*i], wide[2*i+1] = c, c
		}
		x.blocks = wide
		x.depth++
	}
	high := uint64(1) << (63 - b.depth) // the bit that divides
	b.depth++
	c := &block{depth: b.depth}
	x.distinct++
	first := int(fp>>1>>(63-x.depth)) &^ (1<<(x.depth-uint(b.depth)+1) - 1)
	half := 1 << (x.depth - uint(b.depth))
	for i := first + half; i < first+2*half; i++ {
		x.blocks[i] = c
	}
	old := b.slots
	clear(b.slots[:])
	b.used = 0
	for _, p := range old {
		if p == 0 {
			continue
		}
		to := b
		if p&high != 0 {
			to = c
		}
		i := home(p)
		for to.slots[i] != 0 {
			i = after(i)
		}
		to.slots[i] = p
		to.used++
	}
	if b.waiting == 0 {
		return
	}
	lists := x.waiting[b.waiting-1]
	stay := lists[:0]
	for _, w := range lists {
		if w.fp&high != 0 {
			x.newList(c, w)
		} else {
			stay = append(stay, w)
		}
	}
	clear(lists[len(stay):])
	x.waiting[b.waiting-1] = stay
}

// Remove takes report number doc away from keys, which must be those it was
// added under.
func (x *Index) Remove(doc uint32, keys []Key) {
	x.look(keys, true)
	for _, k := range keys {
		x.remove(fingerprint(k) | uint64(doc+1))
	}
	x.docs--
}

func (x *Index) remove(p uint64) {
	fp := p &^ docMask
	b := x.at(fp)
	w := x.list(b, fp)
	for i := home(fp); b.slots[i] != 0; i = after(i) {
		if b.slots[i] != p {
			continue
		}
		x.count--
		if w < 0 {
			b.free(i)
		} else {
			b.slots[i] = fp | uint64(x.unwait(b, w, 0))
		}
		return
	}
	if w >= 0 {
		if i, ok := slices.BinarySearch(x.waiting[b.waiting-1][w].reports, uint32(p&docMask)); ok {
			x.count--
			x.unwait(b, w, i)
		}
	}
}

// unwait takes the report at place i from waiting list w of b.
func (x *Index) unwait(b *block, w, i int) uint32 {
	lists := x.waiting[b.waiting-1]
	l := &lists[w].reports
	report := (*l)[i]
	*l = slices.Delete(*l, i, i+1)
	if len(*l) == 0 {
		x.spare -= 4 * cap(*l)
		x.waiting[b.waiting-1] = slices.Delete(lists, w, w+1)
	}
	return report
}

// free empties slot i and moves up what was put behind it for want of room
// (Knuth, TAOCP 6.4, algorithm R).
func (b *block) free(i int) {
	b.used--
	for k := i; ; {
		k = after(k)
		p := b.slots[k]
		if p == 0 {
			break
		}
		if behind(home(p), k) >= behind(i, k) {
			b.slots[i] = p
			i = k
		}
	}
	b.slots[i] = 0
}

// behind is how many slots k stands behind i.
func behind(i, k int) int {
	if k < i {
		k += blockSlots
	}
	return k - i
}

// Candidates appends to out the reports that share enough of keys, best
// first, at most limit of them (64 if limit is 0). Reports of equal score come
// in the order of their numbers.
func (x *Index) Candidates(out []Candidate, keys []Key, limit int) []Candidate {
	if limit == 0 {
		limit = 64
	}
	var found [Cap]uint64
	x.touched = x.touched[:0]
	x.look(keys, false)
	for ki, k := range keys {
		if x.ahead[ki] == 0 {
			continue
		}
		fp := fingerprint(k)
		n := 0
		b := x.at(fp)
		for i := home(fp); b.slots[i] != 0; i = after(i) {
			if p := b.slots[i]; p&^docMask == fp {
				if found[n] = p; n == Cap-1 {
					n++
					break
				}
				n++
			}
		}
		if n == 0 {
			continue
		}
		w, first := Worth(k.Channel(), n+1)
		if first < n {
			slices.Sort(found[:n])
		}
		for _, p := range found[:min(n, first)] {
			d := uint32(p&docMask) - 1
			if int(d) >= len(x.score) {
				x.score = append(x.score, make([]float32, int(d)+1+int(d)/2-len(x.score))...)
			}
			if x.score[d] == 0 {
				x.touched = append(x.touched, d)
			}
			x.score[d] += w
		}
	}
	first := len(out)
	for _, d := range x.touched {
		if x.score[d] >= MinScore {
			out = append(out, Candidate{d, x.score[d]})
		}
		x.score[d] = 0
	}
	slices.SortFunc(out[first:], func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Report, b.Report))
	})
	return out[:min(len(out), first+limit)]
}

// Len returns how many reports the Index holds.
func (x *Index) Len() int { return x.docs }

// Postings returns how many pairs of report and key the Index holds.
func (x *Index) Postings() int { return x.count }

// Bytes returns the memory that the Index takes, exactly: its blocks and their
// directory, the postings that wait, and what Candidates works with.
func (x *Index) Bytes() int {
	return x.distinct*blockBytes + 8*cap(x.blocks) + 24*cap(x.waiting) + x.spare + 4*cap(x.score) + 4*cap(x.touched) + 8*cap(x.ahead)
}
