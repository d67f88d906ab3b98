package reuse

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"stemma"
)

// Options say how to look for copies. The zero value is right for most.
type Options struct {
	// MinScore is the least share of a report that must come from another;
	// 0 means that the evidence alone decides.
	MinScore float64
	// Workers is how many comparisons run at once; 0 means one a processor.
	// The result does not depend on it.
	Workers int
	// Samples is how many bootstrap samples the support of a tree's edges
	// rests on; 0 means 100.
	Samples int
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o Options) samples() int {
	if o.Samples > 0 {
		return o.Samples
	}
	return 100
}

// allPairs is the number of reports up to which every pair is compared.
const allPairs = 48

// Find returns the copies among docs: every pair of reports of which one was
// made from the other, or both from a third, in the order of their exemplars.
// It does not depend on the order of docs.
//
// The Direction of each weighs the reasons found in the two texts together
// with the whole family's tree. An edge of that tree has Support; the other
// pairs have none and a Reason that says by way of whom they are related. Pairs
// of which neither was made from the other have Direction 0.5. Of reports with
// the very same words, each is paired with the first alone.
func Find(docs []*stemma.Document, opt Options) []stemma.Copy {
	c := newCorpus(docs, opt)
	verdicts := c.compareAll(c.candidates(), opt)
	var out []stemma.Copy
	for _, f := range c.families(verdicts, opt) {
		out = append(out, f.copies(c)...)
	}
	for i, r := range c.twin {
		if r >= 0 {
			out = append(out, verbatim(c.docs[r], c.docs[i]))
		}
	}
	if opt.MinScore > 0 {
		out = slices.DeleteFunc(out, func(cp stemma.Copy) bool { return cp.Score < opt.MinScore })
	}
	rank := map[stemma.ReportID]int{}
	for i, r := range c.docs {
		rank[r.doc.Report.ID] = i
	}
	slices.SortFunc(out, func(a, b stemma.Copy) int {
		return cmp.Or(rank[a.Exemplar]-rank[b.Exemplar], rank[a.Report]-rank[b.Report])
	})
	return out
}

// A corpus is the documents of one call, in the order of less, each once.
type corpus struct {
	docs []*Reading
	twin []int // index of the first document with the very same words; -1 if it is the first
}

func newCorpus(docs []*stemma.Document, opt Options) *corpus {
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, order)
	seen := map[stemma.ReportID]bool{}
	docs = slices.DeleteFunc(docs, func(d *stemma.Document) bool {
		dup := seen[d.Report.ID]
		seen[d.Report.ID] = true
		return dup
	})
	c := &corpus{docs: make([]*Reading, len(docs)), twin: make([]int, len(docs))}
	parallel(len(docs), opt.workers(), func(_, i int) { c.docs[i] = Read(docs[i]) })
	var edges []Edge
	for _, r := range c.docs {
		edges = r.Edges(edges)
	}
	if b := FindBoilerplate(edges); len(b) > 0 {
		for _, r := range c.docs {
			r.Mask(b)
		}
	}
	first := map[uint64]int{}
	for i, r := range c.docs {
		c.twin[i] = -1
		h := r.Hash()
		if len(r.word) == 0 {
			continue
		}
		if j, ok := first[h]; ok && slices.Equal(c.docs[j].word, r.word) {
			c.twin[i] = j
		} else if !ok {
			first[h] = i
		}
	}
	return c
}

// candidates returns the pairs (i, j), i < j, that are worth comparing.
func (c *corpus) candidates() [][2]int {
	var firsts []int
	for i, t := range c.twin {
		if t < 0 && len(c.docs[i].word) > 0 {
			firsts = append(firsts, i)
		}
	}
	var pairs [][2]int
	if len(firsts) <= allPairs {
		for n, j := range firsts {
			for _, i := range firsts[:n] {
				pairs = append(pairs, [2]int{i, j})
			}
		}
		return pairs
	}
	x := NewIndex(len(firsts) * 160)
	var keys []Key
	var cands []Candidate
	for _, j := range firsts {
		keys = c.docs[j].Keys(keys[:0])
		cands = x.Candidates(cands[:0], keys, 0)
		for _, cand := range cands {
			pairs = append(pairs, [2]int{int(cand.Report), j})
		}
		x.Add(uint32(j), keys)
	}
	return pairs
}

// compareAll compares pairs and keeps the verdicts on those that are copies,
// in the order of the pairs.
func (c *corpus) compareAll(pairs [][2]int, opt Options) []*verdict {
	all := make([]*verdict, len(pairs))
	workers := opt.workers()
	ms := make([]matcher, workers)
	parallel(len(pairs), workers, func(w, i int) {
		p := pairs[i]
		if v, ok := ms[w].compare(c.docs[p[0]], c.docs[p[1]]); ok {
			v.i, v.j = p[0], p[1]
			all[i] = v
		}
	})
	return slices.DeleteFunc(all, func(v *verdict) bool { return v == nil })
}

// verbatim returns the Copy that says that b has the words of a.
func verbatim(a, b *Reading) stemma.Copy {
	cp := stemma.Copy{Exemplar: a.doc.Report.ID, Report: b.doc.Report.ID, Kind: stemma.Verbatim, Score: 1, Direction: 0.5, Support: 1,
		Reasons: []stemma.Reason{{Rule: "same-words", Text: fmt.Sprintf("has the same %d words", len(a.word))}}}
	if n := len(a.word); n > 0 {
		cp.Passages = []stemma.Passage{{Exemplar: span(&a.text, 0, n), Copy: span(&b.text, 0, n)}}
		cp.Reasons[0].Cites = []stemma.Cite{{Report: b.doc.Report.ID, Span: cp.Passages[0].Copy}}
	}
	p := &pair{docA: a.doc, docB: b.doc, a: &a.text, b: &b.text, kind: stemma.Verbatim, hasA: &wordSet{}, hasB: &wordSet{}}
	odds, reasons := p.direct()
	if odds < 0 {
		odds = 0 // the first is the first: twins are in the order of less
	}
	cp.Direction = round(logistic(odds))
	cp.Reasons = append(cp.Reasons, reasons...)
	return cp
}

// parallel calls do(worker, i) for each i below n.
func parallel(n, workers int, do func(worker, i int)) {
	workers = max(1, min(workers, n))
	var wg sync.WaitGroup
	const batch = 16
	next := make(chan int, workers)
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for first := range next {
				for i := first; i < min(n, first+batch); i++ {
					do(w, i)
				}
			}
		}()
	}
	for i := 0; i < n; i += batch {
		next <- i
	}
	close(next)
	wg.Wait()
}
