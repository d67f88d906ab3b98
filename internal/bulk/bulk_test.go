package bulk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"stemma"
	"stemma/reuse"
)

// reportsFile writes reports, some of them copies of others, and returns the
// file and the reports.
func reportsFile(t *testing.T) (string, []*stemma.Document) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	syllables := strings.Fields("ka lo mi ter van so rel pun dis gar em bo ti ras nol fe qua zin")
	word := func() string {
		return syllables[r.IntN(18)] + syllables[r.IntN(18)] + syllables[r.IntN(18)]
	}
	var docs []*stemma.Document
	var buf bytes.Buffer
	put := func(text string) {
		rep := &stemma.Report{Source: fmt.Sprint("r", len(docs)), Text: text}
		rep.ID = stemma.NewReportID(rep.Source, text)
		docs = append(docs, &stemma.Document{Report: rep})
		if err := json.NewEncoder(&buf).Encode(rep); err != nil {
			t.Fatal(err)
		}
	}
	for range 60 {
		var b strings.Builder
		for range 8 {
			fmt.Fprintf(&b, "The %s of the %s said on Monday that the %s would %s the %s in %s. ", word(), word(), word(), word(), word(), word())
		}
		text := b.String()
		put(text)
		switch r.IntN(4) {
		case 0:
			put(text)
		case 1:
			put(strings.ReplaceAll(text[:len(text)*2/3], "Monday", "Tuesday") + ".")
		}
	}
	name := filepath.Join(t.TempDir(), "reports.jsonl")
	if err := os.WriteFile(name, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name, docs
}

func lines(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The batch finds the pairs that Find finds.
func TestRunFindsWhatFindFinds(t *testing.T) {
	in, docs := reportsFile(t)
	out := filepath.Join(t.TempDir(), "copies.jsonl")
	res, err := Run(context.Background(), in, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, c := range reuse.Find(docs, reuse.Options{Samples: 1}) {
		want[min(string(c.Exemplar), string(c.Report))+max(string(c.Exemplar), string(c.Report))] = true
	}
	got := map[string]bool{}
	for line := range strings.Lines(lines(t, out)) {
		var c stemma.Copy
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		got[min(string(c.Exemplar), string(c.Report))+max(string(c.Exemplar), string(c.Report))] = true
	}
	if len(want) < 10 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("batch found %d pairs, Find %d", len(got), len(want))
	}
	if int(res.Reports) != len(docs) || int(res.Copies) != len(got) {
		t.Errorf("result %+v", res)
	}
}

// A run that is cut off anywhere goes on and ends with the same file.
func TestRunGoesOnWhereItWasCutOff(t *testing.T) {
	in, _ := reportsFile(t)
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.jsonl")
	if _, err := Run(context.Background(), in, whole, Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	for _, after := range []int{1, 3, 7, 12, 20} {
		out := filepath.Join(dir, fmt.Sprintf("cut%d.jsonl", after))
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		_, err := Run(ctx, in, out, Options{Workers: 2, Progress: func(string, int64, int64) {
			if n++; n == after {
				cancel()
			}
		}})
		if err == nil {
			t.Logf("%d: done before it was cut off", after)
		} else if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		res, err := Run(context.Background(), in, out, Options{Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		if lines(t, out) != lines(t, whole) {
			t.Errorf("cut off after %d steps, the result differs: %+v", after, res)
		}
		if _, err := os.Stat(out + ".work"); !os.IsNotExist(err) {
			t.Error("the work folder is left")
		}
	}
}

func TestRunPassesOverWhatIsNoReport(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in.jsonl")
	long := strings.Repeat("x", maxLine)
	if err := os.WriteFile(in, []byte("{\"text\":\"One report and nothing else.\"}\nnot json\n\n"+long+"\n{\"title\":\"no text\"}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var failed []int64
	res, err := Run(context.Background(), in, in+".out", Options{Failed: func(offset int64, _ error) { failed = append(failed, offset) }})
	if err != nil || res.Reports != 1 || res.Skipped != 3 || res.Copies != 0 {
		t.Errorf("%+v, %v", res, err)
	}
	if want := []int64{40, 50, int64(50 + len(long) + 1)}; fmt.Sprint(failed) != fmt.Sprint(want) {
		t.Errorf("failed at bytes %d, want %d", failed, want)
	}
}

func TestAttemptTurnsAPanicIntoAnError(t *testing.T) {
	err := attempt(func() error { var m []int; _ = m[3]; return nil })
	if bad := new(panicked); !errors.As(err, &bad) {
		t.Errorf("got %v", err)
	}
	if err := attempt(func() error { return os.ErrNotExist }); err != os.ErrNotExist {
		t.Errorf("got %v", err)
	}
}

// While it runs, garbage is collected before Memory is full; afterwards as before.
func TestMemoryLimit(t *testing.T) {
	input, _ := reportsFile(t)
	before := debug.SetMemoryLimit(-1)
	during := before
	opt := Options{Memory: 64 << 20, Progress: func(string, int64, int64) { during = debug.SetMemoryLimit(-1) }}
	if _, err := Run(context.Background(), input, filepath.Join(t.TempDir(), "copies.jsonl"), opt); err != nil {
		t.Fatal(err)
	}
	if during >= opt.Memory || debug.SetMemoryLimit(-1) != before {
		t.Errorf("limit %d while running, %d afterwards; want less than %d, then %d", during, debug.SetMemoryLimit(-1), opt.Memory, before)
	}
}
