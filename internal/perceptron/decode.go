package perceptron

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// MaxLabels is the largest number of labels of a model.
const MaxLabels = 250

// never is the weight of a forbidden step: low enough that no sum of real
// weights makes up for it, high enough that many of them do not overflow.
const never = -1 << 30

// BIO returns the rule of steps for labels of the form "O", "B-x", "I-x": "I-x"
// may only follow "B-x" or "I-x". From or to is -1 at the ends of a sequence.
func BIO(labels []string) func(from, to int) bool {
	return func(from, to int) bool {
		if to < 0 {
			return true
		}
		kind, inside := strings.CutPrefix(labels[to], "I-")
		if !inside {
			return true
		}
		return from >= 0 && (labels[from] == "B-"+kind || labels[from] == "I-"+kind)
	}
}

// A Decoder labels sequences with one model. It keeps its memory from call to
// call and serves one goroutine.
type Decoder struct {
	// Rows are the features of the sequence to be labelled: fill, then Decode.
	Rows Rows

	// Width is how many labels are kept for an item before the steps between
	// labels are weighed: those with the best sums of features. 0 keeps all.
	Width int

	// Plain gives an item with one feature alone that feature's best label: for
	// items that are known to be of no interest.
	Plain bool

	m      *Model
	labels int
	width  int       // columns of emit: labels, and those of the second model of a stack
	steps  []int32   // (L+1)×(L+1), by to then from
	before [][]uint8 // the labels that may stand before label 0, before 1, … and at the end
	emit   []int32   // scores of the features, item by item, all columns
	// Of some items at a time:
	wide []uint32   // numbers of the wide rows of their features
	rest []uint32   // their other features
	at   []uint32   // the buckets of those
	near []uint32   // where the cells are of those that the model has, see table.findNear
	ends [][2]int32 // where the near and the wide of each item end
	sum  byte       // see fetch

	cand   []uint8 // labels kept, item by item
	candAt []int32 // end of the item's candidates in cand
	best   []int64 // best sum up to a candidate
	back   []uint8 // index of the candidate before
	out    []uint8
	alpha  []float64
	beta   []float64
}

// NewDecoder returns a Decoder for m.
func (m *Model) NewDecoder() *Decoder {
	n := len(m.Labels) + 1
	d := &Decoder{m: m, labels: n - 1, width: m.columns, steps: make([]int32, n*n)}
	for from := range n {
		for to := range n {
			w := int32(int16(binary.LittleEndian.Uint16(m.steps[2*(from*n+to):])))
			if w == forbid {
				w = never
			}
			d.steps[to*n+from] = w
		}
	}
	d.link()
	return d
}

// link fills before.
func (d *Decoder) link() {
	l, w := d.labels, d.labels+1
	d.before = make([][]uint8, w)
	for to := range w {
		for from := range l {
			if d.steps[to*w+from] != never {
				d.before[to] = append(d.before[to], uint8(from))
			}
		}
	}
}

// Decode returns the best label of every row of d.Rows. The result is good
// until the next call.
func (d *Decoder) Decode() []uint8 {
	d.score()
	return d.viterbi()
}

// Add gives label an advantage (or, negative, a handicap) of w weight units at
// item i; call it between Score and Search.
func (d *Decoder) Add(i, label int, w int32) { d.emit[i*d.width+label] += w }

// Score and Search are the two halves of Decode, for those who want to add
// something of their own between them.
func (d *Decoder) Score() { d.score() }

// Search finds the best labels for the scores of the last Score.
func (d *Decoder) Search() []uint8 { return d.viterbi() }

// Onto is Score for the second model of a stack: d.Rows holds the features that
// are its own, and first has scored the same items with the others.
func (d *Decoder) Onto(first *Decoder) {
	d.score()
	for i := range d.Rows.Len() {
		from := first.emit[i*first.width+first.labels : (i+1)*first.width]
		for y, e := range from {
			d.emit[i*d.width+y] += e
		}
	}
}

// block is how many features are looked up before their weights are added: the
// look-ups do not wait for each other, and what they fetch is still
// near when it is added up.
const block = 512

// score sums the weights of the features, item by item.
func (d *Decoder) score() {
	n, l := d.Rows.Len(), d.width
	t := &d.m.table
	d.emit = grow(d.emit, n*l)
	ids, ends := d.Rows.ids, d.Rows.ends
	start := int32(0)
	for i := 0; i < n; {
		k := i
		for k < n && (k == i || int(ends[k]-start) <= block) {
			k++
		}
		d.lookUp(ids[start:ends[k-1]], ends[i:k], start)
		start = ends[k-1]
		from := [2]int32{}
		for j, end := range d.ends {
			var sum [256]int32
			t.addNear(d.near[from[0]:end[0]], &sum)
			t.addWide(d.wide[from[1]:end[1]], &sum)
			from = end
			emit := d.emit[(i+j)*l : (i+j+1)*l]
			for y := range emit {
				emit[y] = sum[y] * t.unit
			}
		}
		i = k
	}
}

// lookUp looks for the weights of the features of some items, which end at ends,
// counted from start.
func (d *Decoder) lookUp(features []uint32, ends []int32, start int32) {
	// A slot is always written and kept or not: it cannot be foreseen which
	// features are where, and a wrong guess takes longer.
	t := &d.m.table
	size := len(features) + 1
	d.near, d.wide, d.rest, d.at = grow(d.near, size), grow(d.wide, size), grow(d.rest, size), grow(d.at, size)
	near, wide, rest, at := d.near[:size], d.wide[:size], d.rest[:size], d.at[:size]
	d.ends = grow(d.ends, len(ends))
	w, r, i := 0, 0, 0
	for item, end := range ends {
		for ; i < int(end-start); i++ {
			f := features[i]
			row, there := t.findWide(f)
			wide[w], rest[r] = row, f
			w += there
			r += 1 - there
		}
		d.ends[item] = [2]int32{int32(r), int32(w)}
	}
	for i, f := range rest[:r] {
		at[i] = uint32(t.near.of(f))
	}
	d.sum += fetch(t.buckets, at[:r], bucketSize) + fetch(t.rows, wide[:w], 8*t.words)
	n, i := 0, 0
	for item := range ends {
		for ; i < int(d.ends[item][0]); i++ {
			v := t.findNear(rest[i], at[i])
			near[n] = v
			n += int(v&31+31) >> 5
		}
		d.ends[item][0] = int32(n)
	}
}

// pick chooses the candidates of item i.
func (d *Decoder) pick(i int) {
	l := d.labels
	emit := d.emit[i*d.width : i*d.width+l]
	if d.Plain && d.single(i) {
		best := 0
		for y, e := range emit {
			if e > emit[best] {
				best = y
			}
		}
		d.cand = append(d.cand, uint8(best))
		return
	}
	if d.Width <= 0 || d.Width >= l {
		d.cand = append(d.cand, allLabels[:l]...)
		return
	}
	// The best, sorted, ties to the lower label. Label 0 is kept in any case, so
	// that a rule of steps finds a way through.
	if d.Width > len(bestOf{}) {
		d.pickMany(emit)
		return
	}
	var top bestOf
	for i := range top {
		top[i] = math.MinInt64
	}
	last := &top[d.Width-1]
	for y, e := range emit {
		key := int64(e)<<8 | int64(MaxLabels-y)
		if key <= *last {
			continue
		}
		for i := range top { // no branch: each keeps the larger and hands the smaller on
			top[i], key = max(top[i], key), min(top[i], key)
		}
	}
	zero := false
	for _, key := range top[:d.Width] {
		y := MaxLabels - int(uint8(key))
		zero = zero || y == 0
		d.cand = append(d.cand, uint8(y))
	}
	if !zero {
		d.cand = append(d.cand, 0)
	}
}

// bestOf has room for the candidates of an item.
type bestOf [6]int64

// pickMany is pick for many candidates.
func (d *Decoder) pickMany(emit []int32) {
	order := slices.Clone(allLabels[:len(emit)])
	slices.SortStableFunc(order, func(a, b uint8) int { return cmp.Compare(emit[b], emit[a]) })
	zero := slices.Index(order, 0)
	d.cand = append(d.cand, order[:d.Width]...)
	if zero >= d.Width {
		d.cand = append(d.cand, 0)
	}
}

// allLabels are the numbers of labels, in order.
var allLabels = func() (all [MaxLabels]uint8) {
	for y := range all {
		all[y] = uint8(y)
	}
	return all
}()

// single reports whether item i has one feature.
func (d *Decoder) single(i int) bool {
	if i == 0 {
		return d.Rows.ends[0] == 1
	}
	return d.Rows.ends[i]-d.Rows.ends[i-1] == 1
}

func (d *Decoder) candidates(i int) []uint8 {
	start := int32(0)
	if i > 0 {
		start = d.candAt[i-1]
	}
	return d.cand[start:d.candAt[i]]
}

func (d *Decoder) viterbi() []uint8 {
	n, l := d.Rows.Len(), d.labels
	if n == 0 {
		return nil
	}
	w := l + 1
	d.cand, d.candAt = d.cand[:0], d.candAt[:0]
	for i := range n {
		d.pick(i)
		d.candAt = append(d.candAt, int32(len(d.cand)))
	}
	d.best, d.back = grow(d.best, len(d.cand)), grow(d.back, len(d.cand))
	all := d.Width <= 0 || d.Width >= l
	prev, prevBest := []uint8(nil), []int64(nil)
	at := 0
	for i := range n {
		cand := d.candidates(i)
		best := d.best[at : at+len(cand)]
		emit := d.emit[i*d.width : i*d.width+l]
		for k, y := range cand {
			steps := d.steps[int(y)*w : int(y)*w+w]
			if i == 0 {
				best[k] = int64(emit[y]) + int64(steps[l])
				continue
			}
			// The sum and, below it, which candidate it comes from, the first
			// of equals above: the largest is found without branching.
			top := int64(math.MinInt64)
			if before := d.before[y]; all && len(prev) == l && len(before) > 0 {
				// All labels are candidates, each at its own place; the
				// forbidden steps need not be looked at.
				for _, p := range before {
					top = max(top, (prevBest[p]+int64(steps[p]))<<8|int64(^p))
				}
			} else {
				for j, p := range prev {
					top = max(top, (prevBest[j]+int64(steps[p]))<<8|int64(^uint8(j)))
				}
			}
			best[k] = top>>8 + int64(emit[y])
			d.back[at+k] = ^uint8(top)
		}
		prev, prevBest = cand, best
		at += len(cand)
	}
	top, from := int64(math.MinInt64), 0
	for j, p := range prev {
		if s := prevBest[j] + int64(d.steps[l*w+int(p)]); s > top {
			top, from = s, j
		}
	}
	d.out = grow(d.out, n)
	for i := n - 1; i >= 0; i-- {
		cand := d.candidates(i)
		at -= len(cand)
		d.out[i] = cand[from]
		from = int(d.back[at+from])
	}
	return d.out
}

// Confidence returns for every item the probability of the label that the last
// Decode gave it, as the model has it (forward-backward over the labels kept).
// It is calibrated for a [CRF] model; for a perceptron it is only a rank.
func (d *Decoder) Confidence(dst []float64) []float64 {
	n, l := d.Rows.Len(), d.labels
	dst = dst[:0]
	if n == 0 {
		return dst
	}
	const unit = 1.0 / weightUnit
	w := l + 1
	d.alpha, d.beta = grow(d.alpha, len(d.cand)), grow(d.beta, len(d.cand))
	logsum := func(k int, term func(j int) float64) float64 {
		top := math.Inf(-1)
		for j := range k {
			top = max(top, term(j))
		}
		if math.IsInf(top, -1) {
			return top
		}
		sum := 0.0
		for j := range k {
			sum += math.Exp(term(j) - top)
		}
		return top + math.Log(sum)
	}
	at := 0
	for i := range n {
		cand := d.candidates(i)
		for k, y := range cand {
			e := float64(d.emit[i*d.width+int(y)]) * unit
			if i == 0 {
				d.alpha[k] = e + float64(d.steps[int(y)*w+l])*unit
				continue
			}
			prev := d.candidates(i - 1)
			base := at - len(prev)
			d.alpha[at+k] = e + logsum(len(prev), func(j int) float64 {
				return d.alpha[base+j] + float64(d.steps[int(y)*w+int(prev[j])])*unit
			})
		}
		at += len(cand)
	}
	end := at
	last := d.candidates(n - 1)
	for k, y := range last {
		d.beta[end-len(last)+k] = float64(d.steps[l*w+int(y)]) * unit
	}
	at = end - len(last)
	for i := n - 2; i >= 0; i-- {
		cand, next := d.candidates(i), d.candidates(i+1)
		base := at - len(cand)
		for k, y := range cand {
			d.beta[base+k] = logsum(len(next), func(j int) float64 {
				z := next[j]
				return d.beta[at+j] + (float64(d.emit[(i+1)*d.width+int(z)])+float64(d.steps[int(z)*w+int(y)]))*unit
			})
		}
		at = base
	}
	at = 0
	for i := range n {
		cand := d.candidates(i)
		total := logsum(len(cand), func(k int) float64 { return d.alpha[at+k] + d.beta[at+k] })
		p := 0.0
		for k, y := range cand {
			if y == d.out[i] {
				p = math.Exp(d.alpha[at+k] + d.beta[at+k] - total)
			}
		}
		dst = append(dst, p)
		at += len(cand)
	}
	return dst
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
