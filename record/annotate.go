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
	return a.Batch([]*stemma.Report{rep})[0]
}

// BatchSize is a good number of reports for [Annotator.Batch], if they are a page
// or so each: with more, their documents drive each other out of the cache.
const BatchSize = 8

// Batch annotates reps, all of them with one step before the next. That takes
// less time than one report after the other: a step finds near in memory what
// it looked up for the report before, weights of its model above all.
func (a Annotator) Batch(reps []*stemma.Report) []*stemma.Document {
	tagger, statements := a.Tagger, a.Statements
	if tagger == nil {
		tagger = tag.Standard()
	}
	if statements == nil {
		statements = quote.Standard()
	}
	docs := make([]*stemma.Document, len(reps))
	for i, rep := range reps {
		docs[i] = &stemma.Document{Report: rep}
	}
	for _, step := range []func(doc *stemma.Document){
		func(doc *stemma.Document) { doc.Sentences, doc.Tokens = segment.Split(doc.Report.Text) },
		func(doc *stemma.Document) { doc.Tags, doc.Names = tagger.Find(doc) },
		func(doc *stemma.Document) { doc.Mentions = actor.Find(doc) },
		func(doc *stemma.Document) { doc.Statements = actor.Resolve(doc, statements.Find(doc)) },
		func(doc *stemma.Document) { doc.Damage = quote.Damage(doc) },
	} {
		for _, doc := range docs {
			step(doc)
		}
	}
	for i, doc := range docs {
		docs[i] = dated(doc)
	}
	return docs
}

// Outline returns rep with its sentences and tokens alone, which is all that
// copies and collation need. A report without a date has that of its dateline, as
// in [Annotate].
func Outline(rep *stemma.Report) *stemma.Document {
	doc := &stemma.Document{Report: rep}
	doc.Sentences, doc.Tokens = segment.Split(rep.Text)
	byDateline(doc)
	return doc
}

// byDateline dates the report of doc, if it has no date, by its dateline.
func byDateline(doc *stemma.Document) {
	if !doc.Report.Published.IsZero() {
		return
	}
	if t, ok := timex.Dateline(doc); ok {
		rep := *doc.Report
		rep.Published, rep.PublishedFrom = t.When, "dateline"
		doc.Report = &rep
	}
}

// dated returns doc with its times and events, counted from the day of its report
// or, if it has none, of its dateline.
func dated(doc *stemma.Document) *stemma.Document {
	byDateline(doc)
	from := ""
	if !doc.Report.Published.IsZero() {
		from = "published"
	}
	return at(doc, doc.Report.Published, from)
}

// at returns doc with its times and events counted from anchor.
func at(doc *stemma.Document, anchor stemma.Interval, from string) *stemma.Document {
	dated := *doc
	dated.Anchor, dated.AnchorFrom = anchor, from
	dated.Times = timex.Find(&dated)
	dated.Events = event.Find(&dated)
	return &dated
}

// Try is Batch that outlives a fault of the program: the error in the place of a
// report that a step panics on names it, and its document is nil.
func (a Annotator) Try(reps []*stemma.Report) ([]*stemma.Document, []error) {
	errs := make([]error, len(reps))
	docs, err := a.try(reps)
	if err == nil {
		return docs, errs
	}
	if len(reps) == 1 {
		return make([]*stemma.Document, 1), []error{fmt.Errorf("%s: %w", reps[0].Source, err)}
	}
	for i := range reps {
		doc, err := a.Try(reps[i : i+1])
		docs, errs[i] = append(docs, doc[0]), err[0]
	}
	return docs, errs
}

func (a Annotator) try(reps []*stemma.Report) (docs []*stemma.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			docs, err = nil, fmt.Errorf("internal error: %v", r)
		}
	}()
	return a.Batch(reps), nil
}

// TryAll tries reps, workers at a time (0 means one for each processor), and
// returns the documents in the order of reps, and an error for each report
// that has none.
func (a Annotator) TryAll(reps []*stemma.Report, workers int) ([]*stemma.Document, []error) {
	docs, errs := make([]*stemma.Document, len(reps)), make([]error, len(reps))
	batches(len(reps), workers, func(first, end int) {
		d, e := a.Try(reps[first:end])
		copy(docs[first:], d)
		copy(errs[first:], e)
	})
	docs = slices.DeleteFunc(docs, func(d *stemma.Document) bool { return d == nil })
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	return docs, errs
}

// AnnotateAll annotates reps, workers at a time (0 means one for each
// processor), and returns the documents in the order of reps.
func AnnotateAll(reps []*stemma.Report, workers int) []*stemma.Document {
	docs := make([]*stemma.Document, len(reps))
	batches(len(reps), workers, func(first, end int) {
		copy(docs[first:], Annotator{}.Batch(reps[first:end]))
	})
	return docs
}

// batches calls f for all of 0 … n-1 in batches of much the same size, as many
// for each worker.
func batches(n, workers int, f func(first, end int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	rounds := (n + workers*BatchSize - 1) / (workers * BatchSize)
	count := min(rounds*workers, n)
	each(count, workers, func(i int) { f(i*n/count, (i+1)*n/count) })
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
