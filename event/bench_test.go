package event_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"stemma"
	"stemma/event"
	"stemma/internal/testenv"
	"stemma/record"
	"stemma/timex"
)

// BenchmarkTimeAndEvents measures times and events together on annotated
// documents: the articles of the shared attributions, one each time round.
// Its metric reports/s is for one core.
func BenchmarkTimeAndEvents(b *testing.B) {
	dir := testenv.Shared(b, "data", "attributions", "text")
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	var docs []*stemma.Document
	size := 0
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			b.Fatal(err)
		}
		rep := &stemma.Report{ID: stemma.NewReportID(e.Name(), string(raw)), Text: string(raw), Published: stemma.Day(2020, 1, 8)}
		docs = append(docs, record.Annotate(rep))
		size += len(raw)
	}
	b.SetBytes(int64(size / len(docs)))
	cpu := cpuTime()
	b.ResetTimer()
	for i := range b.N {
		doc := *docs[i%len(docs)]
		doc.Times = timex.Find(&doc)
		doc.Events = event.Find(&doc)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
	b.ReportMetric(float64(b.N)/(cpuTime()-cpu).Seconds(), "reports/cpu-s")
}

// cpuTime returns the processor time that the process has used, which other
// work on the machine does not stretch.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
