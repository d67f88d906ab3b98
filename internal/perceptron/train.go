package perceptron

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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
	var w, steps []float64
	if opt.Method == CRF {
		w, steps = t.crf()
	} else {
		w, steps = t.averaged()
	}
	return t.model(w, steps)
}

func newTrainer(seqs []Sequence, opt Options) *trainer {
	t := &trainer{opt: opt, n: len(opt.Labels), rng: rand.New(rand.NewPCG(opt.Seed, 0x5eed))}
	count := make(map[uint32]int32)
	for s := range seqs {
		if len(seqs[s].Labels) != seqs[s].Rows.Len() {
			panic(fmt.Sprintf("perceptron: sequence %d has %d labels for %d items", s, len(seqs[s].Labels), seqs[s].Rows.Len()))
		}
		for _, f := range seqs[s].Rows.ids {
			count[f]++
		}
	}
	for f, c := range count {
		if int(c) >= max(opt.MinCount, 1) {
			t.ids = append(t.ids, f)
		}
	}
	slices.Sort(t.ids)
	index := make(map[uint32]uint32, len(t.ids))
	for i, f := range t.ids {
		index[f] = uint32(i)
	}
	for s := range seqs {
		var r Rows
		for i := range seqs[s].Rows.Len() {
			for _, f := range seqs[s].Rows.Row(i) {
				if x, ok := index[f]; ok {
					r.Add(x)
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
	for _, f := range row {
		if t.rng.Float64() >= t.opt.Drop {
			dst = append(dst, f)
		}
	}
	return dst
}

func (t *trainer) averaged() (w, steps []float64) {
	epochs := t.opt.Epochs
	if epochs == 0 {
		epochs = 10
	}
	n, size := t.n, len(t.labels)
	cur, sum, at := make([]int32, size), make([]float64, size), make([]int32, size)
	width := n + 1
	d := &Decoder{Width: t.opt.Width, labels: n, steps: make([]int32, width*width)}
	stepSum, stepAt := make([]float64, width*width), make([]int32, width*width)
	for from := range width {
		for to := range width {
			if !t.allowed(from, to) {
				d.steps[to*width+from] = never
			}
		}
	}
	clock := int32(0)
	bump := func(i int32, by int32) {
		sum[i] += float64(cur[i]) * float64(clock-at[i])
		at[i] = clock
		cur[i] += by
	}
	bumpStep := func(from, to uint8, by int32) {
		i := int(to)*width + int(from)
		if d.steps[i] == never {
			return
		}
		stepSum[i] += float64(d.steps[i]) * float64(clock-stepAt[i])
		stepAt[i] = clock
		d.steps[i] += by
	}
	order := make([]int, len(t.seqs))
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, items := 0, 0
		for _, o := range order {
			s := &t.seqs[o]
			rows := &s.Rows
			if t.opt.Drop > 0 {
				d.Rows.Reset()
				var scratch []uint32
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
				for _, f := range rows.Row(i) {
					a, b := t.starts[f], t.starts[f+1]
					labels := t.labels[a:b]
					for k, v := range cur[a:b] {
						emit[labels[k]] += v
					}
				}
			}
			got := d.viterbi()
			clock++
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
		}
		if t.opt.Progress != nil {
			t.opt.Progress(epoch+1, float64(wrong)/float64(max(items, 1)))
		}
	}
	clock++
	w, steps = make([]float64, size), make([]float64, width*width)
	for i := range cur {
		bump(int32(i), 0)
		w[i] = sum[i] / float64(clock)
	}
	for from := range width {
		for to := range width {
			i := to*width + from
			if d.steps[i] == never {
				steps[from*width+to] = math.Inf(-1)
				continue
			}
			bumpStep(uint8(from), uint8(to), 0)
			steps[from*width+to] = stepSum[i] / float64(clock)
		}
	}
	return w, steps
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
	make16 := func(floor float64) []featureRow {
		var rows []featureRow
		for f, id := range t.ids {
			r := featureRow{feature: id}
			for k := t.starts[f]; k < t.starts[f+1]; k++ {
				x := int16(math.Round(w[k] * unit))
				if x != 0 && math.Abs(w[k]) >= floor {
					r.entries = append(r.entries, entry{t.labels[k], x})
				}
			}
			if len(r.entries) > 0 {
				rows = append(rows, r)
			}
		}
		return rows
	}
	rows := make16(t.opt.Floor)
	if limit := t.opt.MaxBytes; limit > 0 {
		floor := max(t.opt.Floor, 0.5/unit)
		for estimate(rows) > limit && len(rows) > 0 {
			floor *= 1.05
			rows = prune(rows, int16(min(floor*unit, 32000)))
		}
	}
	return build(t.opt.Head, t.opt.Labels, q, rows)
}

// prune leaves out weights below floor.
func prune(rows []featureRow, floor int16) []featureRow {
	out := rows[:0]
	for _, r := range rows {
		kept := r.entries[:0]
		for _, e := range r.entries {
			if e.weight >= floor || e.weight <= -floor {
				kept = append(kept, e)
			}
		}
		if len(kept) > 0 {
			out = append(out, featureRow{r.feature, kept})
		}
	}
	return out
}

// estimate returns about how many bytes rows take in a file.
func estimate(rows []featureRow) int {
	slots := 16
	for slots*17/20 < len(rows) {
		slots *= 2
	}
	size := slots * slotSize
	same := make(map[uint64]bool)
	for _, r := range rows {
		h := uint64(14695981039346656037)
		for _, e := range r.entries {
			h = (h ^ uint64(e.label)<<16 ^ uint64(uint16(e.weight))) * 1099511628211
		}
		if !same[h] {
			same[h] = true
			size += 1 + 3*len(r.entries)
		}
	}
	return size
}

// Folds labels every sequence by a model that was trained on the others, in k
// parts: sequence i belongs to part of(i). It serves to give a second model,
// which takes the labels of a first as features, examples with the mistakes
// that the first really makes.
func Folds(seqs []Sequence, k int, of func(i int) int, opt Options) [][]uint8 {
	out := make([][]uint8, len(seqs))
	for part := range k {
		var rest []Sequence
		for i := range seqs {
			if of(i)%k != part {
				rest = append(rest, seqs[i])
			}
		}
		d := Train(rest, opt).NewDecoder()
		d.Width = opt.Width
		for i := range seqs {
			if of(i)%k == part {
				d.Rows = seqs[i].Rows
				out[i] = slices.Clone(d.Decode())
			}
		}
	}
	return out
}
