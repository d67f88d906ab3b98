package perceptron

import (
	"bytes"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// toy makes sequences whose labels follow from the features and from the label
// before: "O", "B-x" at feature 1, "I-x" at feature 2 after B or I.
func toy(n int) []Sequence {
	var seqs []Sequence
	state := uint32(1)
	next := func(k uint32) uint32 { state = state*1664525 + 1013904223; return state >> 16 % 32 % k }
	for range n {
		var s Sequence
		last := uint8(0)
		for range 3 + next(8) {
			f := next(4)
			y := uint8(0)
			switch {
			case f == 1:
				y = 1
			case f == 2 && last != 0:
				y = 2
			}
			s.Rows.AddAll(Hash(1, f, 0, 0), Hash(2, next(50), 0, 0))
			s.Rows.End()
			s.Labels = append(s.Labels, y)
			last = y
		}
		seqs = append(seqs, s)
	}
	return seqs
}

var toyLabels = []string{"O", "B-x", "I-x"}

func TestTrainLearns(t *testing.T) {
	train, test := toy(400)[:300], toy(400)[300:]
	for _, opt := range []Options{
		{Method: Averaged}, {Method: Averaged, Seen: true}, {Method: Averaged, Width: 2},
		{Method: CRF, Penalty: 0.1}, {Method: CRF, Penalty: 0.1, Seen: true},
	} {
		opt.Labels, opt.Step = toyLabels, BIO(toyLabels)
		m := Train(train, opt)
		if err := m.Verify(); err != nil {
			t.Fatal(err)
		}
		d := m.NewDecoder()
		wrong := 0
		for _, s := range test {
			d.Rows = s.Rows
			got := d.Decode()
			for i, y := range s.Labels {
				if got[i] != y {
					wrong++
				}
			}
			for i, p := range d.Confidence(nil) {
				if math.IsNaN(p) || p < 0 || p > 1+1e-9 {
					t.Fatalf("confidence %v of item %d", p, i)
				}
			}
		}
		if wrong > 8 { // of about 650
			t.Errorf("%+v: %d items wrong", opt.Method, wrong)
		}
	}
}

// Items of thousands of features swing the scores far with every step; no sum
// may overflow for that.
func TestCRFStaysFinite(t *testing.T) {
	seqs := toy(60)
	for i := range seqs {
		old := seqs[i].Rows
		var rows Rows
		for k := range old.Len() {
			for _, f := range old.Row(k) {
				for j := range uint32(2000) {
					rows.Add(Hash(j, f, 0, 0))
				}
			}
			rows.End()
		}
		seqs[i].Rows = rows
	}
	o := Options{Labels: toyLabels, Step: BIO(toyLabels), Method: CRF, Epochs: 3}
	o.Progress = func(epoch int, loss float64) {
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			t.Fatalf("epoch %d: loss %g", epoch, loss)
		}
	}
	w, steps := newTrainer(seqs, o).learn()
	for i, x := range w {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("weight %d is %g", i, x)
		}
	}
	for i, x := range steps {
		if math.IsNaN(x) {
			t.Fatalf("step %d is %g", i, x)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	for _, method := range []Method{Averaged, CRF} {
		opt := Options{Labels: toyLabels, Step: BIO(toyLabels), Method: method, Seed: 7, Drop: 0.1, Head: []Field{{"data", "toy"}}}
		a, b := Train(toy(50), opt), Train(toy(50), opt)
		if !bytes.Equal(a.data, b.data) {
			t.Error("two trainings differ")
		}
		if a.Field("data") != "toy" {
			t.Errorf("head %v", a.Head())
		}
		c := a.WithHead([]Field{{"version", "2"}, {"scores", "f1 90"}})
		if c.Field("version") != "2" || len(c.Labels) != 3 || c.Verify() != nil {
			t.Errorf("WithHead: %v", c.Head())
		}
	}
}

// The head of a model in a file can be written anew, whatever its length; the
// weights stay.
func TestWithHead(t *testing.T) {
	seqs := toy(50)
	fresh := Train(seqs, Options{Labels: toyLabels, Step: BIO(toyLabels), Head: []Field{{"model", "toy"}}})
	m, err := Open(fresh.data)
	if err != nil {
		t.Fatal(err)
	}
	head := []Field{{"model", "toy"}, {"scores", "F1 90 on what was left out, of a hundred and one documents that nobody had seen before"}}
	again := m.WithHead(head)
	if !bytes.Equal(again.data, fresh.WithHead(head).data) {
		t.Error("another head makes another file of a model from a file than of one just trained")
	}
	if err := again.Verify(); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(again.WithHead(fresh.Head()).data, fresh.data) {
		t.Error("the first head does not give the first file")
	}
}

func TestMaxBytes(t *testing.T) {
	m := Train(toy(200), Options{Labels: toyLabels, MaxBytes: 600})
	if m.Size() > 900 {
		t.Errorf("%d bytes", m.Size())
	}
}

// The CRF's gradient is the derivative of its loss.
func TestGradient(t *testing.T) {
	const n = 3
	gold := []uint8{1, 2, 0, 1}
	sv := make([]float64, (n+1)*(n+1))
	emit := make([]float64, len(gold)*n)
	for i := range sv {
		sv[i] = math.Sin(float64(i))
	}
	for i := range emit {
		emit[i] = math.Cos(float64(3 * i))
	}
	var c chain
	run := func() float64 {
		c.reset(len(gold), n)
		copy(c.emit, emit)
		for i, x := range sv {
			c.steps[i] = math.Exp(x)
		}
		return c.run(gold, 1, sv)
	}
	run()
	prob, grad := append([]float64(nil), c.prob...), append([]float64(nil), c.stepGrad...)
	const h = 1e-6
	for i := range emit {
		emit[i] += h
		up := run()
		emit[i] -= 2 * h
		down := run()
		emit[i] += h
		want := prob[i]
		if gold[i/n] == uint8(i%n) {
			want--
		}
		if got := -(up - down) / (2 * h); math.Abs(got-want) > 1e-6 {
			t.Errorf("emission %d: derivative %v, gradient %v", i, got, want)
		}
	}
	for i := range sv {
		sv[i] += h
		up := run()
		sv[i] -= 2 * h
		down := run()
		sv[i] += h
		if got := -(up - down) / (2 * h); math.Abs(got-grad[i]) > 1e-6 {
			t.Errorf("step %d: derivative %v, gradient %v", i, got, grad[i])
		}
	}
}

// Viterbi finds what trying every row of labels finds.
func TestDecodeIsBest(t *testing.T) {
	m := Train(toy(30), Options{Labels: toyLabels, Step: BIO(toyLabels), Epochs: 2})
	d := m.NewDecoder()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		d.Rows.Reset()
		for range n {
			d.Rows.AddAll(Hash(1, rapid.Uint32Range(0, 4).Draw(t, "f"), 0, 0), Hash(2, rapid.Uint32Range(0, 50).Draw(t, "g"), 0, 0))
			d.Rows.End()
		}
		got := append([]uint8(nil), d.Decode()...)
		score := func(path []uint8) int64 {
			sum, from := int64(0), 3
			for i, y := range path {
				sum += int64(d.emit[i*3+int(y)]) + int64(d.steps[int(y)*4+from])
				from = int(y)
			}
			return sum + int64(d.steps[3*4+from])
		}
		best := score(got)
		path := make([]uint8, n)
		for code := range int(math.Pow(3, float64(n))) {
			for i := range path {
				path[i] = uint8(code % 3)
				code /= 3
			}
			if score(path) > best {
				t.Fatalf("%v scores %d, found %v with %d", path, score(path), got, best)
			}
		}
	})
}

func FuzzOpen(f *testing.F) {
	m := Train(toy(5), Options{Labels: toyLabels})
	f.Add(m.data)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Open(data)
		if err != nil || m.Verify() != nil {
			return
		}
		d := m.NewDecoder()
		d.Rows.AddAll(1, 2, 3)
		d.Rows.End()
		d.Decode()
	})
}

func BenchmarkDecode(b *testing.B) {
	seqs := toy(200)
	m := Train(seqs, Options{Labels: toyLabels, Step: BIO(toyLabels)})
	d := m.NewDecoder()
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range seqs {
			d.Rows = s.Rows
			d.Decode()
		}
	}
}
