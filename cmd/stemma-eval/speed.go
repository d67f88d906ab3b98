package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"stemma"
	"stemma/actor"
	"stemma/event"
	"stemma/internal/corpus"
	"stemma/quote"
	"stemma/record"
	"stemma/segment"
	"stemma/tag"
	"stemma/timex"
)

// speedEval measures how fast reports are annotated, step by step and as a
// whole, over reports of 800 words made of Wikinews articles.
func speedEval(args []string) error {
	fs := flag.NewFlagSet("speed", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora")
	workers := fs.Int("workers", 2, "reports annotated at a time")
	runs := fs.Int("runs", 5, "runs over all reports; the fastest counts")
	texts := fs.String("texts", "", "write the reports for another system to this JSON lines `file`, and stop")
	fs.Parse(args)
	reports, words, err := speedReports(*data)
	if err != nil {
		return err
	}
	if *texts != "" {
		f, err := os.Create(*texts)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		enc := json.NewEncoder(w)
		for _, r := range reports {
			if err := enc.Encode(peerDoc{ID: string(r.ID), Text: r.Text}); err != nil {
				return err
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
		return f.Close()
	}
	t := tag.Standard()
	docs := make([]*stemma.Document, len(reports))
	tokens := 0
	for i, r := range reports {
		docs[i] = record.Annotate(r)
		tokens += len(docs[i].Tokens)
	}
	fmt.Printf("# stemma-eval speed: %d reports of Wikinews text (CC BY 2.5; class A), %d words and %d tokens each\n",
		len(reports), words/len(reports), tokens/len(reports))
	fmt.Printf("# %s, %s; fastest of %d runs; processor time is of the run with the fastest wall time.\n", runtime.Version(), runtime.GOARCH, *runs)
	fmt.Println("# One step at a time, one worker:")
	fmt.Printf("%-22s %12s %12s %10s %12s %10s\n", "# step", "µs/report", "cpu-µs", "share-%", "allocs", "kB")
	steps := []struct {
		name string
		do   func(doc *stemma.Document)
	}{
		{"segment", func(d *stemma.Document) { segment.Split(d.Report.Text) }},
		{"tag: parts of speech", func(d *stemma.Document) { t.Words(d) }},
		{"tag: with names", func(d *stemma.Document) { t.Find(d) }},
		{"actor", func(d *stemma.Document) { actor.Find(d) }},
		{"quote", func(d *stemma.Document) { actor.Resolve(d, quote.Find(d)); quote.Damage(d) }},
		{"timex", func(d *stemma.Document) { timex.Find(d) }},
		{"event", func(d *stemma.Document) { event.Find(d) }},
		{"all: record.Annotate", func(d *stemma.Document) { record.Annotate(d.Report) }},
	}
	took := make([]spent, len(steps))
	for i, s := range steps {
		took[i] = fastest(*runs, func() {
			for _, d := range docs {
				s.do(d)
			}
		})
	}
	all := took[len(took)-1]
	for i, s := range steps {
		u, n := took[i], float64(len(docs))
		fmt.Printf("%-22s %12.0f %12.0f %10.1f %12.0f %10.1f\n", s.name, u.wall.Seconds()*1e6/n, u.cpu.Seconds()*1e6/n,
			100*u.cpu.Seconds()/all.cpu.Seconds(), float64(u.allocs)/n, float64(u.bytes)/n/1024)
	}
	u := fastest(*runs, func() { record.AnnotateAll(reports, *workers) })
	n := float64(len(reports))
	fmt.Printf("# Whole annotation, %d workers:\n", *workers)
	fmt.Printf("%-22s %8.0f reports/s wall, %8.0f reports/s by %d times the processor time\n", "stemma", n/u.wall.Seconds(), n/(u.cpu.Seconds()/float64(*workers)), *workers)
	return nil
}

// A spent is what a run took.
type spent struct {
	wall, cpu     time.Duration
	allocs, bytes uint64
}

func fastest(runs int, do func()) spent {
	var best spent
	for i := range runs {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		cpu, start := processorTime(), time.Now()
		do()
		u := spent{wall: time.Since(start), cpu: processorTime() - cpu}
		runtime.ReadMemStats(&after)
		u.allocs, u.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
		if i == 0 || u.wall < best.wall {
			best = u
		}
	}
	return best
}

// speedReports makes reports of 800 words of the attributions' articles.
func speedReports(data string) ([]*stemma.Report, int, error) {
	docs, _, err := corpus.Attributions(filepath.Join(data, "attributions"))
	if err != nil {
		return nil, 0, err
	}
	var reports []*stemma.Report
	var text strings.Builder
	words, total := 0, 0
	flush := func() {
		if words > 0 {
			r := &stemma.Report{Text: text.String(), Published: stemma.Day(2020, 6, 3)}
			r.ID = stemma.NewReportID("speed", r.Text)
			reports = append(reports, r)
			total += words
		}
		text.Reset()
		words = 0
	}
	for _, d := range docs {
		for _, par := range strings.Split(d.Report.Text, "\n") {
			if strings.TrimSpace(par) == "" {
				continue
			}
			text.WriteString(par)
			text.WriteString("\n\n")
			if words += len(strings.Fields(par)); words >= 800 {
				flush()
			}
		}
	}
	flush()
	return reports, total, nil
}
