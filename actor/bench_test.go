//go:build unix

package actor_test

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"stemma"
	"stemma/actor"
)

// reportOf800 is the text of the examples, cut to 800 words.
func reportOf800(b *testing.B) string {
	var words []string
	for _, name := range []string{"01-meridwire.txt", "06-ansel-post.txt", "09-caldmark-broadcasting.txt"} {
		text, err := os.ReadFile("../examples/kost/" + name)
		if err != nil {
			b.Fatal(err)
		}
		words = append(words, strings.SplitAfter(string(text), " ")...)
	}
	return strings.Join(words[:800], "")
}

// cpu returns the time the process has computed for, in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkFind finds the mentions of a report of 800 words, its tags and names
// given. cpu-ns/op is the time computed, garbage collection included.
func BenchmarkFind(b *testing.B) {
	text := reportOf800(b)
	d := annotate("bench", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		if len(actor.Find(d)) < 100 {
			b.Fatal("mentions lost")
		}
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
}

// BenchmarkLink links the actors of 200 reports.
func BenchmarkLink(b *testing.B) {
	text := reportOf800(b)
	var docs []*stemma.Document
	for i := range 200 {
		d := *annotate("bench", text)
		rep := *d.Report
		rep.ID = stemma.ReportID(strings.Repeat("x", i+1))
		d.Report = &rep
		docs = append(docs, &d)
	}
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		if _, actors := actor.Link(docs, nil); len(actors) < 20 {
			b.Fatal("actors lost")
		}
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N)/200, "cpu-ns/report")
}
