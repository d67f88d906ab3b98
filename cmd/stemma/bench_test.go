//go:build unix

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"stemma/internal/testenv"
)

// The benchmarks run the program as users do, as a process of its own. To
// write the committed figures:
//
//	go test -run - -bench . -benchtime 10x ./cmd/stemma

// binary builds the program.
func binary(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "stemma")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// measure runs the program with args until the benchmark ends and reports,
// besides the time, the processor time and the most memory one run took. The
// first run must print want.
func measure(b *testing.B, want string, args ...string) {
	program := binary(b)
	out, err := exec.Command(program, args...).Output()
	if err != nil || !bytes.Contains(out, []byte(want)) {
		b.Fatalf("%v: no %q in\n%s", err, want, out)
	}
	var cpu, memory int64
	for b.Loop() {
		cmd := exec.Command(program, args...)
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		cpu += int64(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime())
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			memory = max(memory, usage.Maxrss)
		}
	}
	b.ReportMetric(float64(cpu)/float64(b.N)/1e6, "cpu-ms/op")
	b.ReportMetric(float64(memory)/1024, "MB-at-most") // Linux counts KiB
}

// BenchmarkStart is the program saying its version. Promise: under 50 ms.
func BenchmarkStart(b *testing.B) { measure(b, "stemma ", "--version") }

// BenchmarkPair is the main job on two reports of 550 words. Promise: under
// 0.5 s and 150 MB.
func BenchmarkPair(b *testing.B) {
	measure(b, "2 reports", "../../examples/kost/01-meridwire.txt", "../../examples/kost/04-osvia-today.txt")
}

// BenchmarkPairJSON is the same with all spans printed as JSON.
func BenchmarkPairJSON(b *testing.B) {
	measure(b, `"documents"`, "--json", "../../examples/kost/01-meridwire.txt", "../../examples/kost/04-osvia-today.txt")
}

// BenchmarkSeeds is the main job on the two reports that the project was made
// from, where they are at hand.
func BenchmarkSeeds(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(testenv.Shared(b, "seeds"), "*.txt"))
	if err != nil || len(files) != 2 {
		b.Fatal(files, err)
	}
	measure(b, "2 reports", files...)
}

// BenchmarkStory is the main job on the nine reports of the examples.
func BenchmarkStory(b *testing.B) { measure(b, "9 reports", "../../examples/kost") }
