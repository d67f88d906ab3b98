// Package brat reads corpora of attributions in brat standoff, the form of
// PolNeAR (Newell, Margolin and Ruths 2018): NAME.txt, and NAME.ann or
// NAME_ANNOTATOR.ann with T lines for spans and E lines that tie them.
package brat

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stemma"
)

// Roles of a span in an attribution, in the order of Event's fields.
const (
	Source = iota
	Cue
	Content
	Roles
)

var roleNames = [Roles]string{"source", "cue", "content"}

// A File is one annotation of one text.
type File struct {
	Name   string // of the text, without .txt
	Text   string
	Spans  [Roles][][]stemma.Span // the T lines of each role, each as its stretches
	Events []Event
}

// An Event is one attribution: the stretches of each role, all T lines united.
type Event [Roles][]stemma.Span

// Read reads the annotations of annDir, by name, with their texts of textDir.
// Offsets become bytes.
func Read(textDir, annDir string) ([]*File, error) {
	anns, err := filepath.Glob(filepath.Join(annDir, "*.ann"))
	if err != nil {
		return nil, err
	}
	if len(anns) == 0 {
		return nil, fmt.Errorf("no annotations in %s", annDir)
	}
	slices.Sort(anns)
	var files []*File
	for _, ann := range anns {
		f, err := read(textDir, ann)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ann, err)
		}
		files = append(files, f)
	}
	return files, nil
}

func read(textDir, ann string) (*File, error) {
	name := strings.TrimSuffix(filepath.Base(ann), ".ann")
	text, err := os.ReadFile(filepath.Join(textDir, name+".txt"))
	if err != nil {
		// NAME_ANNOTATOR.ann
		i := strings.LastIndexByte(name, '_')
		if i < 0 {
			return nil, err
		}
		name = name[:i]
		if text, err = os.ReadFile(filepath.Join(textDir, name+".txt")); err != nil {
			return nil, err
		}
	}
	b, err := os.ReadFile(ann)
	if err != nil {
		return nil, err
	}
	f := &File{Name: name, Text: string(text)}
	var offset []int // of each character
	for i := range f.Text {
		offset = append(offset, i)
	}
	offset = append(offset, len(f.Text))
	type span struct {
		role int
		at   []stemma.Span
	}
	spans := make(map[string]span)
	for line := range strings.Lines(string(b)) {
		parts := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(parts) < 2 {
			continue
		}
		switch line[0] {
		case 'T':
			label, where, ok := strings.Cut(parts[1], " ")
			role := slices.Index(roleNames[:], strings.ToLower(label))
			if !ok || role < 0 {
				continue
			}
			s := span{role: role}
			for piece := range strings.SplitSeq(where, ";") {
				a, z, _ := strings.Cut(piece, " ")
				start, err1 := strconv.Atoi(a)
				end, err2 := strconv.Atoi(z)
				if err1 != nil || err2 != nil || start > end || end >= len(offset) {
					return nil, fmt.Errorf("bad offsets %q", where)
				}
				s.at = append(s.at, stemma.Span{Start: offset[start], End: offset[end]})
			}
			spans[parts[0]] = s
			f.Spans[role] = append(f.Spans[role], s.at)
		case 'E':
			var ev Event
			for arg := range strings.FieldsSeq(parts[1]) {
				label, ref, _ := strings.Cut(arg, ":")
				label = strings.ToLower(strings.TrimRight(label, "0123456789"))
				if s, ok := spans[ref]; ok && slices.Contains(roleNames[:], label) {
					role := slices.Index(roleNames[:], label)
					ev[role] = append(ev[role], s.at...)
				}
			}
			f.Events = append(f.Events, ev)
		}
	}
	return f, nil
}
