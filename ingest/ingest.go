// Package ingest reads sources — files, folders, standard input — and yields
// captures: bytes, and where they came from. What the bytes say is for package
// extract to find out.
package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// A Capture is one report as it was read, before anything is made of it.
type Capture struct {
	Source string // path as given, cleaned, with forward slashes; "-" for standard input
	Line   int    // line of a JSONL file, from 1; 0 if the capture is the whole source
	Format Format
	Data   []byte
}

// Name is how to call the capture in a message: "a.txt", "all.jsonl:12".
func (c Capture) Name() string {
	if c.Line > 0 {
		return fmt.Sprintf("%s:%d", c.Source, c.Line)
	}
	return c.Source
}

// A Format says what the bytes of a Capture are.
type Format int

const (
	Text  Format = iota // a text file
	JSONL               // one line of a file of reports as JSON
)

// MaxReport is the largest report that is read, in bytes. News reports have a
// few thousand; a file a thousand times as large is something else.
const MaxReport = 8 << 20

// Options say how to read. The zero value is right for most.
type Options struct {
	Stdin io.Reader         // what "-" stands for; nil is os.Stdin
	Note  func(text string) // told what was left out and why; may be nil
}

// Extensions are the endings of file names that are read from a folder. Files
// that are named themselves are read whatever their ending.
var Extensions = []string{".txt", ".text", ".md", ".jsonl", ".ndjson"}

// Read yields the captures that paths name, in order: a file, each file of a
// folder and of the folders in it in the order of their names, or "-" for
// standard input. What cannot be read is yielded as an error that names it;
// reading goes on with the next.
//
// From a folder, only files with one of Extensions are taken; those whose name
// begins with a dot, and README files, which are about a folder rather than
// part of it, are not.
func Read(paths []string, opts Options) iter.Seq2[Capture, error] {
	return func(yield func(Capture, error) bool) {
		for _, path := range paths {
			if !readPath(path, opts, yield) {
				return
			}
		}
	}
}

func readPath(path string, opts Options, yield func(Capture, error) bool) bool {
	if path == "-" {
		in := opts.Stdin
		if in == nil {
			in = os.Stdin
		}
		return readStream("-", in, -1, false, yield)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(Capture{}, pathError(path, err))
	}
	if info.IsDir() {
		return readFolder(path, opts, yield)
	}
	return readFile(path, info, yield)
}

func readFolder(dir string, opts Options, yield func(Capture, error) bool) bool {
	found, more := false, true
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if more = yield(Capture{}, pathError(path, err)); !more {
				return fs.SkipAll
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if path != dir && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if why := leftOut(d.Name()); why != "" {
			opts.note(path, why)
			return nil
		}
		info, err := os.Stat(path) // follows a link to a file
		if err != nil {
			more = yield(Capture{}, pathError(path, err))
		} else if !info.Mode().IsRegular() {
			opts.note(path, "not a regular file")
		} else {
			found = true
			more = readFile(path, info, yield)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if more && err == nil && !found {
		more = yield(Capture{}, fmt.Errorf("%s: no reports in this folder (%s)", clean(dir), strings.Join(Extensions, ", ")))
	}
	return more
}

// leftOut says why a file of a folder is not read, or "" if it is.
func leftOut(name string) string {
	base := strings.TrimSuffix(name, filepath.Ext(name))
	if strings.EqualFold(base, "readme") {
		return "about the folder, not part of it"
	}
	ext := strings.ToLower(filepath.Ext(name))
	for _, e := range Extensions {
		if ext == e {
			return ""
		}
	}
	return "not a report by its name"
}

func (o Options) note(path, why string) {
	if o.Note != nil {
		o.Note(clean(path) + ": left out: " + why)
	}
}

func readFile(path string, info fs.FileInfo, yield func(Capture, error) bool) bool {
	lines := isLines(path)
	if size := info.Size(); !lines && size > MaxReport {
		return yield(Capture{}, tooLarge(clean(path), size))
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(Capture{}, pathError(path, err))
	}
	defer f.Close()
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return readStream(clean(path), f, size, lines, yield)
}

func isLines(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".jsonl" || ext == ".ndjson"
}

// readStream reads one source of size bytes, -1 if unknown. A stream that
// starts with "{" holds reports as JSON lines, whatever its name.
func readStream(source string, r io.Reader, size int64, lines bool, yield func(Capture, error) bool) bool {
	in := bufio.NewReaderSize(r, int(min(max(size, 4096), 1<<16)))
	if !lines && source == "-" {
		start, _ := in.Peek(64)
		lines = bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n\ufeff"), []byte("{"))
	}
	if lines {
		return readLines(source, in, yield)
	}
	var data []byte
	var err error
	if size >= 0 {
		data = make([]byte, 0, size+1)
	}
	buf := bytes.NewBuffer(data)
	_, err = buf.ReadFrom(io.LimitReader(in, MaxReport+1))
	switch {
	case err != nil:
		return yield(Capture{}, pathError(source, err))
	case buf.Len() > MaxReport:
		return yield(Capture{}, tooLarge(source, -1))
	}
	return yield(Capture{Source: source, Data: buf.Bytes()}, nil)
}

func readLines(source string, in *bufio.Reader, yield func(Capture, error) bool) bool {
	found := false
	for n := 1; ; n++ {
		line, long, err := readLine(in)
		if data := bytes.TrimSpace(line); long || len(data) > 0 {
			c := Capture{Source: source, Line: n, Format: JSONL, Data: data}
			found = true
			var more bool
			if long {
				more = yield(Capture{}, tooLarge(c.Name(), -1))
			} else {
				more = yield(c, nil)
			}
			if !more {
				return false
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			if !found {
				return yield(Capture{}, fmt.Errorf("%s: empty", source))
			}
			return true
		case err != nil:
			return yield(Capture{}, pathError(source, err))
		}
	}
}

// readLine returns the next line in memory of its own. Of a line longer than
// MaxReport it keeps nothing and says so.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > 2*MaxReport; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func tooLarge(name string, size int64) error {
	if size < 0 {
		return fmt.Errorf("%s: more than the %d MiB that one report may have", name, MaxReport>>20)
	}
	return fmt.Errorf("%s: %d MiB, more than the %d that one report may have", name, size>>20, MaxReport>>20)
}

func clean(path string) string { return filepath.ToSlash(filepath.Clean(path)) }

// pathError says "PATH: reason" and keeps the cause for errors.Is.
func pathError(path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", clean(path), err)
}
