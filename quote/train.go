package quote

import (
	"cmp"
	"encoding/hex"
	"hash/fnv"
	"maps"
	"slices"
	"sync"

	"stemma"
	"stemma/internal/perceptron"
)

// An Example is a report and its annotated statements, to learn from.
type Example struct {
	Doc     *stemma.Document
	Source  []Stretches
	Cue     []Stretches
	Content []Stretches
	Events  []Event // the statements
}

// An Event is one annotated statement: the text of each of its parts, none for
// one that it lacks.
type Event struct{ Source, Cue, Content Stretches }

// Stretches are the text of one part of a statement.
type Stretches []stemma.Span

// SetAside reports whether the document called name is kept out of training, to
// measure the shipped model: about one in ten.
func SetAside(name string) bool {
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32()%10 == 0
}

// TrainOptions say how to train. The zero value of each field but Progress is
// what the model in the program was trained with.
type TrainOptions struct {
	Epochs   int                // runs over the data; 0 means 16
	MaxBytes int                // of both models together; 0 means 1.6 MB, which costs a tenth of a point of F1
	Margin   int                // by which the right labels must win, see perceptron.Options; 0 means 100
	Drop     float64            // share of features left out at random; 0 means 0.25
	Single   bool               // the first model alone: half the time, a point of F1 less
	Runs     int                // how often to learn, in other orders: the weights are the mean; 0 means 4
	Head     []perceptron.Field // provenance
	Progress func(stage string, epoch int, loss float64)
}

// gold returns the labels that the annotation of e asks for, clause by clause.
// A unit takes the role that covers most of it, half of it at least.
func (r *reader) gold(e *Example) [][]uint8 {
	l := r.l
	n := len(l.units)
	roles, starts := make([]role, n), make([]bool, n)
	most := make([]int, n)
	for i, all := range [][]Stretches{e.Source, e.Cue, e.Content} {
		rl := role(i + 1)
		for _, st := range all {
			covered := make(map[int]int)
			for _, s := range st {
				first, end := l.doc.TokensIn(s)
				for u := l.unitOf(first); u < n && int(l.units[u].first) < end; u++ {
					covered[u] += min(end, int(l.units[u].end)) - max(first, int(l.units[u].first))
				}
			}
			for _, u := range slices.Sorted(maps.Keys(covered)) {
				c, size := covered[u], int(l.units[u].end-l.units[u].first)
				if 2*c < size || c <= most[u] {
					continue
				}
				_, joined := covered[u-1]
				roles[u], most[u] = rl, c
				starts[u] = !joined || roles[u-1] != rl
			}
		}
	}
	out := make([][]uint8, len(l.clauses))
	for ci, c := range l.clauses {
		out[ci] = encode(roles[c.first:c.end], starts[c.first:c.end])
	}
	return out
}

// unitOf returns the first unit that ends behind token tok.
func (l *layout) unitOf(tok int) int {
	lo, hi := 0, len(l.units)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(l.units[mid].end) <= tok {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Train learns a model from examples, deterministically: a first model from
// the words; then a second, which also sees what models of the first kind,
// each trained without the reports it labels, find; and weights to tie parts by,
// from what those find.
func Train(examples []Example, opt TrainOptions) *Model {
	var seqs []perceptron.Sequence
	var readers []*reader
	var docOf []int
	var clauseOf []int
	for d := range examples {
		r := newReader(examples[d].Doc)
		readers = append(readers, r)
		for ci, labels := range r.gold(&examples[d]) {
			if !r.mayAttribute(ci) || r.l.clauses[ci].endless {
				continue // Find does not ask the model
			}
			var s perceptron.Sequence
			r.rows(&s.Rows, ci, nil)
			s.Labels = labels
			seqs = append(seqs, s)
			docOf = append(docOf, d)
			clauseOf = append(clauseOf, ci)
		}
	}
	base := perceptron.Options{
		Labels: labelNames, Step: step, Method: perceptron.Averaged,
		Epochs: cmp.Or(opt.Epochs, 16), Drop: cmp.Or(opt.Drop, 0.25), Runs: cmp.Or(opt.Runs, 4), Margin: cmp.Or(opt.Margin, 100),
		MinCount: 2, // a feature seen once tells nothing: scores are no better with it, the model twice as large
	}
	maxBytes := cmp.Or(opt.MaxBytes, 1_600_000)
	stage := func(name string) perceptron.Options {
		o := base
		o.Progress = func(epoch int, loss float64) {
			if opt.Progress != nil {
				opt.Progress(name, epoch, loss)
			}
		}
		return o
	}
	if opt.Single {
		o := stage("single")
		o.MaxBytes = maxBytes
		o.Head = opt.Head
		m := perceptron.Train(seqs, o)
		return &Model{first: m, decoders: new(sync.Pool)}
	}
	found := folds(seqs, stage("folds"), readers, docOf, clauseOf)

	parts := make([][]part, len(examples))
	for i, d := range docOf {
		base := len(parts[d])
		parts[d] = readers[d].mend(readers[d].l.decode(parts[d], clauseOf[i], found[i]), base, clauseOf[i])
	}
	var lessons []*lesson
	for d, r := range readers {
		lessons = append(lessons, newLesson(r.l, parts[d], examples[d].Events))
	}
	weights := learnTies(lessons)

	o := stage("first")
	o.MaxBytes = maxBytes / 2
	o.Head = opt.Head
	first := perceptron.Train(seqs, o)

	shared := perceptron.Features(seqs)
	for i := range seqs {
		var rows perceptron.Rows
		readers[docOf[i]].rows(&rows, clauseOf[i], found[i])
		seqs[i].Rows = rows
	}
	o = stage("second")
	o.MaxBytes = maxBytes / 2
	o.Head = opt.Head
	first, second := perceptron.Stack(first, perceptron.Train(seqs, o), shared)
	return &Model{first: first, second: second, ties: weights, decoders: new(sync.Pool)}
}

// folds labels each half of the documents as Find does by a first model learned
// from the other: sequence i is clause clauseOf[i] of document docOf[i].
func folds(seqs []perceptron.Sequence, opt perceptron.Options, readers []*reader, docOf, clauseOf []int) [][]uint8 {
	found := make([][]uint8, len(seqs))
	for half := range 2 {
		var rest []perceptron.Sequence
		for i, d := range docOf {
			if d%2 != half {
				rest = append(rest, seqs[i])
			}
		}
		d := perceptron.Train(rest, opt).NewDecoder()
		for i := range seqs {
			if docOf[i]%2 == half {
				d.Rows = seqs[i].Rows
				d.Score()
				readers[docOf[i]].constrain(d, clauseOf[i])
				found[i] = slices.Clone(d.Search())
			}
		}
	}
	return found
}

// Fingerprint names the data that examples hold, for the head of a model.
func Fingerprint(examples []Example) string {
	h := fnv.New64a()
	for _, e := range examples {
		h.Write([]byte(e.Doc.Report.Text))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Oracle is [Model.Find] with the parts that the annotation of e gives: what the
// linking of parts makes of faultless ones.
func (m *Model) Oracle(e *Example) []stemma.Statement {
	r := newReader(e.Doc)
	var parts []part
	for ci, labels := range r.gold(e) {
		parts = r.l.decode(parts, ci, labels)
	}
	return m.finish(r.l, parts, "oracle")
}
