package main

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"stemma/internal/testenv"
	"stemma/quote"
)

// TestStatementsScorerAgrees holds the scorer to the reference, a script in the
// shared folder, on a few annotated reports: every figure to 0.1.
func TestStatementsScorerAgrees(t *testing.T) {
	script := testenv.Shared(t, "eval", "score_statements.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3 for the reference scorer")
	}
	files, err := readCorpus(testenv.Shared(t, "data", "attributions"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var pred, got bytes.Buffer
	var sc score
	for _, f := range files[:12] {
		for _, part := range [][2]string{{"text", ".txt"}, {"ann", ".ann"}} {
			b, err := os.ReadFile(testenv.Shared(t, "data", "attributions", part[0], f.Name+part[1]))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Join(dir, part[0]), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, part[0], f.Name+part[1]), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		sts := quote.ByRule(prepare(f.Text))
		sc.add(f, sts)
		if err := writePrediction(&pred, f.Name, sts); err != nil {
			t.Fatal(err)
		}
	}
	sc.print(&got)
	predFile := filepath.Join(dir, "pred.jsonl")
	if err := os.WriteFile(predFile, pred.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command(python, script, filepath.Join(dir, "text"), filepath.Join(dir, "ann"), predFile).Output()
	if err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`\d+(?:\.\d+)?`)
	want = bytes.Replace(want, []byte(" (without prediction 0)"), nil, 1)
	g, w := number.FindAllString(got.String(), -1), number.FindAllString(string(want), -1)
	if len(g) != len(w) || len(g) < 30 {
		t.Fatalf("got %s\nwant %s", got.String(), want)
	}
	for i := range g {
		a, _ := strconv.ParseFloat(g[i], 64)
		b, _ := strconv.ParseFloat(w[i], 64)
		if math.Abs(a-b) > 0.1001 {
			t.Errorf("figure %d: %v, the reference has %v", i, a, b)
		}
	}
	if t.Failed() {
		t.Logf("got %s\nwant %s", got.String(), want)
	}
}
