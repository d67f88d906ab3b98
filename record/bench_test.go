package record

import (
	"os"
	"path/filepath"
	"testing"

	"stemma"
	"stemma/internal/testenv"
)

// BenchmarkAnnotate annotates the example reports, about 330 words each.
func BenchmarkAnnotate(b *testing.B) {
	files, _ := filepath.Glob("../examples/kost/*.txt")
	var reps []*stemma.Report
	words := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		reps = append(reps, &stemma.Report{ID: stemma.NewReportID(f, string(data)), Source: f, Text: string(data), Published: stemma.Day(2031, 3, 5)})
		words += len(Annotate(reps[len(reps)-1]).Tokens)
	}
	if words < 2000 {
		b.Fatalf("%d words in %d examples", words, len(files))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, rep := range reps {
			Annotate(rep)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkBuild makes the record of the examples from their documents.
func BenchmarkBuild(b *testing.B) {
	files, _ := filepath.Glob("../examples/kost/*.txt")
	var reps []*stemma.Report
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		reps = append(reps, &stemma.Report{ID: stemma.NewReportID(f, string(data)), Source: f, Text: string(data), Published: stemma.Day(2031, 3, 5)})
	}
	docs := AnnotateAll(reps, 0)
	b.ReportAllocs()
	for b.Loop() {
		Build(docs, Options{})
	}
}

// BenchmarkBuildUnrelated makes the record of the articles of
// data/attributions, which have little to do with each other.
func BenchmarkBuildUnrelated(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join(testenv.Shared(b, "data", "attributions", "text"), "*.txt"))
	var reps []*stemma.Report
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		reps = append(reps, &stemma.Report{ID: stemma.NewReportID(f, string(data)), Source: f, Text: string(data)})
	}
	docs := AnnotateAll(reps, 0)
	b.ReportAllocs()
	for b.Loop() {
		Build(docs, Options{Workers: 1})
	}
}
