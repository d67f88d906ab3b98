// Package record runs the steps of the analysis in their order: [Annotate] over
// one report, [Build] over many. It alone knows that order.
package record

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"stemma"
	"stemma/actor"
	"stemma/event"
	"stemma/quote"
	"stemma/segment"
	"stemma/tag"
	"stemma/timex"
)

// Annotate returns rep with all that can be found in it alone. It is a pure
// function of rep. A report that lacks a date but opens with a line that is one,
// "3 December 2025", has that date in the document.
func Annotate(rep *stemma.Report) *stemma.Document { return Annotator{}.Annotate(rep) }

// An Annotator is [Annotate] with other models than those in the program. The
// zero value uses those.
type Annotator struct {
	Tagger     *tag.Tagger  // of parts of speech and names
	Statements *quote.Model // of statements
}

// Annotate is [Annotate] with a's models.
func (a Annotator) Annotate(rep *stemma.Report) *stemma.Document {
	doc := &stemma.Document{Report: rep}
	doc.Sentences, doc.Tokens = segment.Split(rep.Text)
	tagger := a.Tagger
	if tagger == nil {
		tagger = tag.Standard()
	}
	doc.Tags, doc.Names = tagger.Find(doc)
	doc.Mentions = actor.Find(doc)
	statements := a.Statements
	if statements == nil {
		statements = quote.Standard()
	}
	doc.Statements = actor.Resolve(doc, statements.Find(doc))
	doc.Damage = quote.Damage(doc)
	if rep.Published.IsZero() {
		t, ok := timex.Dateline(doc)
		if !ok {
			return at(doc, stemma.Interval{}, "")
		}
		dated := *rep
		dated.Published, dated.PublishedFrom = t.When, "dateline"
		doc.Report = &dated
	}
	return at(doc, doc.Report.Published, "published")
}

// at returns doc with its times and events counted from anchor.
func at(doc *stemma.Document, anchor stemma.Interval, from string) *stemma.Document {
	dated := *doc
	dated.Anchor, dated.AnchorFrom = anchor, from
	dated.Times = timex.Find(&dated)
	dated.Events = event.Find(&dated)
	return &dated
}

// Try is Annotate that outlives a fault of the program: if a step panics, the
// error names the report.
func (a Annotator) Try(rep *stemma.Report) (doc *stemma.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("%s: internal error: %v", rep.Source, r)
		}
	}()
	return a.Annotate(rep), nil
}

// TryAll tries reps, workers at a time (0 means one for each processor), and
// returns the documents in the order of reps, and an error for each report
// that has none.
func (a Annotator) TryAll(reps []*stemma.Report, workers int) ([]*stemma.Document, []error) {
	docs, errs := make([]*stemma.Document, len(reps)), make([]error, len(reps))
	each(len(reps), workers, func(i int) { docs[i], errs[i] = a.Try(reps[i]) })
	docs = slices.DeleteFunc(docs, func(d *stemma.Document) bool { return d == nil })
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	return docs, errs
}

// AnnotateAll annotates reps, workers at a time (0 means one for each
// processor), and returns the documents in the order of reps.
func AnnotateAll(reps []*stemma.Report, workers int) []*stemma.Document {
	docs := make([]*stemma.Document, len(reps))
	each(len(reps), workers, func(i int) { docs[i] = Annotate(reps[i]) })
	return docs
}

// each calls f for 0 … n-1, workers at a time.
func each(n, workers int, f func(int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(workers, n) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
