package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// read returns the names of the captures that paths yield, errors as "!text".
func read(t *testing.T, opts Options, paths ...string) []string {
	t.Helper()
	var out []string
	for c, err := range Read(paths, opts) {
		if err != nil {
			out = append(out, "!"+err.Error())
			continue
		}
		out = append(out, c.Name()+"="+string(c.Data))
	}
	return out
}

func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFoldersAreReadInOrderOfNames(t *testing.T) {
	write(t, map[string]string{
		"d/b.txt": "B", "d/a.TXT": "A", "d/sub/c.md": "C", "d/all.jsonl": "{1}\n\n{2}",
		"d/README.md": "about", "d/.hidden.txt": "no", "d/.git/x.txt": "no", "d/picture.png": "no",
	})
	var notes []string
	got := read(t, Options{Note: func(s string) { notes = append(notes, s) }}, "d/")
	want := []string{"d/a.TXT=A", "d/all.jsonl:1={1}", "d/all.jsonl:3={2}", "d/b.txt=B", "d/sub/c.md=C"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	wantNotes := []string{"d/README.md: left out: about the folder, not part of it", "d/picture.png: left out: not a report by its name"}
	if !slices.Equal(notes, wantNotes) {
		t.Errorf("notes %q", notes)
	}
}

func TestWhatCannotBeReadIsNamedAndTheRestIsRead(t *testing.T) {
	write(t, map[string]string{"a.txt": "A", "none/x.png": "", "empty.jsonl": "\n"})
	big, err := os.Create("big.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Truncate(200 << 20); err != nil { // a hole: takes no room
		t.Fatal(err)
	}
	big.Close()
	got := read(t, Options{}, "missing.txt", "none", "empty.jsonl", "big.txt", "a.txt")
	want := []string{
		"!missing.txt: no such file or directory",
		"!none: no reports in this folder (.txt, .text, .md, .jsonl, .ndjson)",
		"!empty.jsonl: empty",
		"!big.txt: 200 MiB, more than the 8 that one report may have",
		"a.txt=A",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, err := range Read([]string{"missing.txt"}, Options{}) {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v is no fs.ErrNotExist", err)
		}
	}
}

func TestStandardInput(t *testing.T) {
	for in, want := range map[string][]string{
		"Some text.":                {"-=Some text."},
		"\n {\"a\":1}\n{\"a\":2}\n": {"-:2={\"a\":1}", "-:3={\"a\":2}"},
	} {
		if got := read(t, Options{Stdin: strings.NewReader(in)}, "-"); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// endless yields text for ever and counts what was taken.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.taken += len(p)
	return len(p), nil
}

func TestEndlessInputStopsAtTheCap(t *testing.T) {
	in := &endless{}
	got := read(t, Options{Stdin: in}, "-")
	if want := []string{"!-: more than the 8 MiB that one report may have"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if in.taken > MaxReport+1<<20 {
		t.Errorf("read %d bytes", in.taken)
	}
}

func TestLongLineIsLeftOutAndReadingGoesOn(t *testing.T) {
	in := strings.NewReader(`{"text":"` + strings.Repeat("x", 2*MaxReport) + "\"}\n{2}\n")
	got := read(t, Options{Stdin: in}, "-")
	want := []string{"!-:1: more than the 8 MiB that one report may have", "-:2={2}"}
	if !slices.Equal(got, want) {
		t.Errorf("got %.100q", got)
	}
}

func TestReadingStopsWhenTheCallerDoes(t *testing.T) {
	write(t, map[string]string{"d/a.txt": "A", "d/b.txt": "B", "c.txt": "C"})
	n := 0
	for range Read([]string{"d", "c.txt"}, Options{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("read %d", n)
	}
}
