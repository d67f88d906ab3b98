package perceptron

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"sync"
)

// A Sequence is one example to learn from: the features of its items and the
// label of each, an index into Options.Labels.
type Sequence struct {
	Rows   Rows
	Labels []uint8
}

// A Method is a way of learning weights.
type Method int

const (
	Averaged Method = iota // averaged structured perceptron
	CRF                    // linear-chain conditional random field
)

// Options say what to learn and how. The zero value of each field but Labels is
// a fair choice.
type Options struct {
	Labels []string                // at most MaxLabels; Labels[0] is the one that is always allowed: "O"
	Step   func(from, to int) bool // which labels may follow which, see [BIO]; nil allows all
	Method Method

	Epochs   int    // runs over the data; 0 means 10 for Averaged and 20 for CRF
	Seed     uint64 // of the order in which the sequences are seen
	Runs     int    // how often to learn, in other orders; the weights are the mean; 0 means 1
	MinCount int    // features seen in fewer items are left out; 0 means 1
	Width    int    // see [Decoder.Width]; while training, Averaged only

	// Seen keeps weights only for labels that a feature was seen with. It makes
	// models several times smaller and a little worse.
	Seen bool

	// Penalty is the strength of the CRF's quadratic penalty, per sequence
	// (L2); 0 means 1.
	Penalty float64

	// Rate is the CRF's first step; 0 means 0.2.
	Rate float64

	// Drop is the share of features left out at random each time an item is
	// seen, so that no weight leans on one feature alone; 0 keeps all.
	Drop float64

	// Margin is by how much the right labels must beat others while training, for
	// each item that these label wrongly, for all to stay as it is; Averaged only
	// (Taskar and others 2003). An error changes each weight by 1. 0 asks for no
	// more than the right labels.
	Margin int

	// MaxBytes makes Train leave out the smallest weights until the model fits;
	// 0 means no limit. Floor leaves out weights below it in any case (a weight
	// of 1 multiplies a label's odds by e).
	MaxBytes int
	Floor    float64

	// Head is the provenance written into the model, in this order.
	Head []Field

	// Progress, if set, hears of every epoch: how many items were labelled
	// wrongly (Averaged) or the mean loss per item (CRF).
	Progress func(epoch int, loss float64)
}

// weightUnit is how many steps of an int16 make up a weight of 1.
const weightUnit = 1024

// A trainer holds the weights while they are learned. The weights of feature f
// (an index into ids) are w[starts[f]:starts[f+1]], of the labels in labels at
// the same places.
type trainer struct {
	opt    Options
	n      int // number of labels
	ids    []uint32
	starts []int32
	labels []uint8
	seqs   []Sequence // Rows.ids replaced by indices into ids
	rng    *rand.Rand
}

// Train learns a model from seqs. It panics if the options or labels make no
// sense. The seqs are not changed.
func Train(seqs []Sequence, opt Options) *Model {
	if len(opt.Labels) == 0 || len(opt.Labels) > MaxLabels {
		panic(fmt.Sprintf("perceptron: %d labels", len(opt.Labels)))
	}
	t := newTrainer(seqs, opt)
	w, steps := t.learn()
	return t.model(w, steps)
}

// learn returns the mean of the weights that opt.Runs runs of the learner
// find, which differ in the order they see the sequences in.
func (t *trainer) learn() (w, steps []float64) {
	runs := max(t.opt.Runs, 1)
	ws, all := make([][]float64, runs), make([][]float64, runs)
	free := make(chan bool, runtime.GOMAXPROCS(0)) // so many runs at a time
	var wg sync.WaitGroup
	for k := range runs {
		free <- true
		wg.Go(func() {
			one := *t
			one.rng = rand.New(rand.NewPCG(t.opt.Seed+uint64(k), 0x5eed))
			if k > 0 {
				one.opt.Progress = nil
			}
			if t.opt.Method == CRF {
				ws[k], all[k] = one.crf()
			} else {
				ws[k], all[k] = one.averaged()
			}
			<-free
		})
	}
	wg.Wait()
	return mean(ws), mean(all)
}

// mean returns the mean of rows, place by place, in the first of them.
func mean(rows [][]float64) []float64 {
	m, by := rows[0], 1/float64(len(rows))
	for _, r := range rows[1:] {
		for i, x := range r {
			m[i] += x
		}
	}
	for i := range m {
		m[i] *= by
	}
	return m
}

func newTrainer(seqs []Sequence, opt Options) *trainer {
	t := &trainer{opt: opt, n: len(opt.Labels)}
	var count tally
	for s := range seqs {
		if len(seqs[s].Labels) != seqs[s].Rows.Len() {
			panic(fmt.Sprintf("perceptron: sequence %d has %d labels for %d items", s, len(seqs[s].Labels), seqs[s].Rows.Len()))
		}
		for _, f := range seqs[s].Rows.ids {
			*count.of(f)++
		}
	}
	t.ids = count.atLeast(max(opt.MinCount, 1))
	for i, f := range t.ids {
		*count.of(f) = -int32(i) - 1
	}
	for s := range seqs {
		old := &seqs[s].Rows
		r := Rows{make([]uint32, 0, len(old.ids)), make([]int32, 0, len(old.ends))}
		for i := range old.Len() {
			for _, f := range old.Row(i) {
				if x := *count.of(f); x < 0 {
					r.Add(uint32(-x - 1))
				}
			}
			r.End()
		}
		t.seqs = append(t.seqs, Sequence{r, seqs[s].Labels})
	}
	t.starts = make([]int32, len(t.ids)+1)
	if !opt.Seen {
		t.labels = make([]uint8, len(t.ids)*t.n)
		for i := range t.labels {
			t.labels[i] = uint8(i % t.n)
		}
		for i := range t.starts {
			t.starts[i] = int32(i * t.n)
		}
		return t
	}
	seen := make(map[uint64]bool)
	for _, s := range t.seqs {
		for i, y := range s.Labels {
			for _, f := range s.Rows.Row(i) {
				seen[uint64(f)<<8|uint64(y)] = true
			}
		}
	}
	pairs := make([]uint64, 0, len(seen))
	for p := range seen {
		pairs = append(pairs, p)
	}
	slices.Sort(pairs)
	for _, p := range pairs {
		t.labels = append(t.labels, uint8(p))
		t.starts[p>>8+1]++
	}
	for i := range t.ids {
		t.starts[i+1] += t.starts[i]
	}
	return t
}

func (t *trainer) allowed(from, to int) bool {
	if from == t.n {
		from = -1
	}
	if to == t.n {
		to = -1
	}
	return t.opt.Step == nil || t.opt.Step(from, to)
}

// dropped returns the row with a share of the features left out.
func (t *trainer) dropped(row, dst []uint32) []uint32 {
	if t.opt.Drop <= 0 {
		return row
	}
	dst = dst[:0]
	limit := uint64(t.opt.Drop * (1 << 32))
	for i := 0; i < len(row); i += 2 {
		r := t.rng.Uint64()
		if r>>32 >= limit {
			dst = append(dst, row[i])
		}
		if i+1 < len(row) && r&(1<<32-1) >= limit {
			dst = append(dst, row[i+1])
		}
	}
	return dst
}

func (t *trainer) averaged() (w, steps []float64) {
	epochs := t.opt.Epochs
	if epochs == 0 {
		epochs = 10
	}
	// The average of a weight over time is its last value less the sum of its
	// changes, each times the moment it came, divided by the time.
	n, size := t.n, len(t.labels)
	cur, late := make([]int32, size), make([]int64, size)
	width := n + 1
	d := &Decoder{Width: t.opt.Width, labels: n, width: n, steps: make([]int32, width*width)}
	stepLate := make([]int64, width*width)
	for from := range width {
		for to := range width {
			if !t.allowed(from, to) {
				d.steps[to*width+from] = never
			}
		}
	}
	d.link()
	clock := int64(0)
	bump := func(i int32, by int32) {
		cur[i] += by
		late[i] += int64(by) * clock
	}
	bumpStep := func(from, to uint8, by int32) {
		i := int(to)*width + int(from)
		if d.steps[i] == never {
			return
		}
		d.steps[i] += by
		stepLate[i] += int64(by) * clock
	}
	order := make([]int, len(t.seqs))
	for i := range order {
		order[i] = i
	}
	var scratch []uint32
	for epoch := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, items := 0, 0
		for _, o := range order {
			s := &t.seqs[o]
			rows := &s.Rows
			if t.opt.Drop > 0 {
				d.Rows.Reset()
				for i := range s.Rows.Len() {
					scratch = t.dropped(s.Rows.Row(i), scratch)
					d.Rows.AddAll(scratch...)
					d.Rows.End()
				}
				rows = &d.Rows
			} else {
				d.Rows = s.Rows
			}
			m := rows.Len()
			items += m
			d.emit = grow(d.emit, m*n)
			clear(d.emit)
			for i := range m {
				emit := d.emit[i*n : i*n+n]
				t.add(cur, rows.Row(i), emit)
				emit[s.Labels[i]] -= int32(t.opt.Margin)
			}
			got := d.viterbi()
			for i, y := range s.Labels {
				g := got[i]
				if g != y {
					wrong++
					for _, f := range rows.Row(i) {
						a, b := t.starts[f], t.starts[f+1]
						if !t.opt.Seen {
							bump(a+int32(y), 1)
							bump(a+int32(g), -1)
							continue
						}
						for k := a; k < b; k++ {
							switch t.labels[k] {
							case y:
								bump(k, 1)
							case g:
								bump(k, -1)
							}
						}
					}
				}
				pg, py := uint8(n), uint8(n)
				if i > 0 {
					pg, py = got[i-1], s.Labels[i-1]
				}
				if pg != py || g != y {
					bumpStep(py, y, 1)
					bumpStep(pg, g, -1)
				}
			}
			clock++
		}
		if t.opt.Progress != nil {
			t.opt.Progress(epoch+1, float64(wrong)/float64(max(items, 1)))
		}
	}
	clock = max(clock, 1)
	w, steps = make([]float64, size), make([]float64, width*width)
	for i, c := range cur {
		w[i] = float64(int64(c)*clock-late[i]) / float64(clock)
	}
	for from := range width {
		for to := range width {
			i := to*width + from
			if d.steps[i] == never {
				steps[from*width+to] = math.Inf(-1)
				continue
			}
			steps[from*width+to] = float64(int64(d.steps[i])*clock-stepLate[i]) / float64(clock)
		}
	}
	return w, steps
}

// add adds the weights of features to the sums of the labels.
func (t *trainer) add(w []int32, features []uint32, emit []int32) {
	n := len(emit)
	switch {
	case t.opt.Seen:
		for _, f := range features {
			a, b := t.starts[f], t.starts[f+1]
			labels := t.labels[a:b]
			for k, v := range w[a:b] {
				emit[labels[k]] += v
			}
		}
	case n == 16: // so many have statements; one line of memory each
		var sum [16]int32
		for _, f := range features {
			row := (*[16]int32)(w[int(f)*16:])
			for y := range sum {
				sum[y] += row[y]
			}
		}
		copy(emit, sum[:])
	default:
		for _, f := range features {
			row := w[int(f)*n : int(f)*n+n]
			for y := range emit {
				emit[y] += row[y]
			}
		}
	}
}

// model quantises, prunes and lays out the weights. Steps come by from then to.
func (t *trainer) model(w, steps []float64) *Model {
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(x))
	}
	for _, x := range steps {
		if !math.IsInf(x, -1) {
			top = max(top, math.Abs(x))
		}
	}
	unit := float64(weightUnit)
	if top*unit > 32000 {
		unit = 32000 / top
	}
	q := make([]int16, len(steps))
	for i, x := range steps {
		if math.IsInf(x, -1) {
			q[i] = forbid
			continue
		}
		q[i] = int16(math.Round(x * unit))
	}
	w16 := make([]int16, len(w))
	least := max(t.opt.Floor, 0)
	for i, x := range w {
		if math.Abs(x) >= least {
			w16[i] = int16(math.Round(x * unit))
		}
	}
	floor := int16(1)
	if limit := t.opt.MaxBytes; limit > 0 {
		// The smallest floor with which the weights fit.
		floor = int16(1 + sort.Search(32000, func(f int) bool { return t.size(w16, int16(f+1)) <= limit }))
	}
	var rows []featureRow
	for f, id := range t.ids {
		r := featureRow{feature: id}
		for k := t.starts[f]; k < t.starts[f+1]; k++ {
			if x := w16[k]; x >= floor || x <= -floor {
				r.entries = append(r.entries, entry{t.labels[k], x})
			}
		}
		if len(r.entries) > 0 {
			rows = append(rows, r)
		}
	}
	return build(t.opt.Head, t.opt.Labels, t.n, q, rows)
}

// size returns about how many bytes the weights that are not smaller than floor
// take in a file.
func (t *trainer) size(w []int16, floor int16) int {
	wide, near, cells := 0, 0, 0
	for f := range t.ids {
		n := 0
		for _, x := range w[t.starts[f]:t.starts[f+1]] {
			if x >= floor || x <= -floor {
				n++
			}
		}
		switch {
		case n > few(t.n):
			wide++
		case n > 0:
			near++
			cells += n
		}
	}
	return tableSize(wide, near, cells, t.n)
}

// A tally counts features. The zero tally is empty.
type tally struct {
	slots []tallied // a power of two of them, at most half in use
	used  int
}

type tallied struct {
	feature uint32
	used    bool
	n       int32
}

// of returns the count of f; the pointer is good until the next call.
func (t *tally) of(f uint32) *int32 {
	if 2*t.used >= len(t.slots) {
		old := t.slots
		t.slots = make([]tallied, max(2*len(old), 1024))
		for _, s := range old {
			if s.used {
				*t.slot(s.feature) = s
			}
		}
	}
	s := t.slot(f)
	if !s.used {
		*s = tallied{feature: f, used: true}
		t.used++
	}
	return &s.n
}

func (t *tally) slot(f uint32) *tallied {
	last := uint32(len(t.slots) - 1)
	for i := f * mixFeature >> 3 & last; ; i = (i + 1) & last {
		if s := &t.slots[i]; !s.used || s.feature == f {
			return s
		}
	}
}

// atLeast returns the features counted n times or more, sorted.
func (t *tally) atLeast(n int) []uint32 {
	var out []uint32
	for _, s := range t.slots {
		if s.used && int(s.n) >= n {
			out = append(out, s.feature)
		}
	}
	slices.Sort(out)
	return out
}
