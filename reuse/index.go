package reuse

import (
	"cmp"
	"math/bits"
	"slices"
)

// An Index finds, for the keys of one report, the reports that share enough of
// them to be compared. Reports are numbered by the caller, below [MaxReports].
// Adding a report costs the same whether the Index holds ten thousand or a
// million: a probe for each of its keys.
//
// It is a table of postings, each a 40-bit fingerprint of a key and a 24-bit
// report number, in open addressing by the fingerprint: the postings of one
// key lie side by side. Only the first Cap reports that have a key are kept
// under it, which bounds what a common phrase or a giant family costs.
//
// An Index is not safe for use by several goroutines at once.
type Index struct {
	slots []uint64 // fingerprint<<24 | report+1; 0 is free
	shift uint
	used  int // slots not free
	dead  int // of these, postings removed
	count int // postings alive
	docs  int

	score   []float32 // by report; zero between calls
	touched []uint32
}

const (
	docBits = 24
	docMask = 1<<docBits - 1
	deadDoc = docMask

	// MaxReports is how many reports one Index can number. For more, use one
	// Index for each span of time.
	MaxReports = docMask - 2

	// Cap is how many reports are kept under one key; pairCap, under a pair of
	// stems: of those there are so many that common ones would soon join every
	// report to every other.
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
	size := max(10, bits.Len(uint(n*4/3)))
	return &Index{slots: make([]uint64, 1<<size), shift: uint(64 - size)}
}

func fingerprint(k Key) uint64 { return mix(uint64(k)) &^ docMask }

// Add puts report number doc under keys. Adding a report twice puts it there
// twice.
func (x *Index) Add(doc uint32, keys []Key) {
	if doc > MaxReports {
		panic("reuse: report number out of range")
	}
	if (x.used+len(keys))*10 > len(x.slots)*7 {
		x.grow(len(keys))
	}
	mask := len(x.slots) - 1
	for _, k := range keys {
		fp := fingerprint(k)
		limit, _ := capOf(k.Channel())
		i, n, free := int(fp>>x.shift), 0, -1
		for ; x.slots[i] != 0; i = (i + 1) & mask {
			if x.slots[i]&^docMask != fp {
				continue
			}
			if x.slots[i]&docMask == deadDoc {
				if free < 0 {
					free = i
				}
			} else if n++; n == limit {
				break
			}
		}
		if n == limit {
			continue
		}
		if free >= 0 {
			i = free
			x.dead--
		} else {
			x.used++
		}
		x.slots[i] = fp | uint64(doc+1)
		x.count++
	}
	x.docs++
}

// Remove takes report number doc away from keys, which must be those it was
// added under. Postings that were not kept because a key was full do not come
// back.
func (x *Index) Remove(doc uint32, keys []Key) {
	mask := len(x.slots) - 1
	for _, k := range keys {
		fp := fingerprint(k)
		for i := int(fp >> x.shift); x.slots[i] != 0; i = (i + 1) & mask {
			if x.slots[i] == fp|uint64(doc+1) {
				x.slots[i] = fp | deadDoc
				x.dead++
				x.count--
				break
			}
		}
	}
	x.docs--
}

func (x *Index) grow(more int) {
	size := bits.Len(uint(len(x.slots) - 1))
	for (x.used-x.dead+more)*10 > (1<<size)*6 {
		size++
	}
	old := x.slots
	x.slots, x.shift = make([]uint64, 1<<size), uint(64-size)
	x.used, x.dead = 0, 0
	mask := len(x.slots) - 1
	// Start at a free slot, so that the postings of one key keep their order
	// where they wrap around the end.
	start := slices.Index(old, 0)
	for n := range old {
		s := old[(start+n)&(len(old)-1)]
		if s == 0 || s&docMask == deadDoc {
			continue
		}
		i := int(s >> x.shift)
		for x.slots[i] != 0 {
			i = (i + 1) & mask
		}
		x.slots[i] = s
		x.used++
	}
}

// Candidates appends to out the reports that share enough of keys, best
// first, at most limit of them (64 if limit is 0). Reports of equal score come
// in the order of their numbers.
func (x *Index) Candidates(out []Candidate, keys []Key, limit int) []Candidate {
	if limit == 0 {
		limit = 64
	}
	mask := len(x.slots) - 1
	var found [Cap]uint32
	x.touched = x.touched[:0]
	for _, k := range keys {
		fp := fingerprint(k)
		n := 0
		for i := int(fp >> x.shift); x.slots[i] != 0 && n < Cap; i = (i + 1) & mask {
			if s := x.slots[i]; s&^docMask == fp && s&docMask != deadDoc {
				found[n] = uint32(s&docMask) - 1
				n++
			}
		}
		if n == 0 {
			continue
		}
		w, first := Worth(k.Channel(), n+1)
		for _, d := range found[:min(n, first)] {
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

// Bytes returns the memory that the Index takes, exactly: its table of
// postings, and the scores that Candidates works with.
func (x *Index) Bytes() int { return 8*cap(x.slots) + 4*cap(x.score) + 4*cap(x.touched) }
