// Package spantest writes annotated text the way people read it, with marks
// around the words:
//
//	⟦speaker Mr Velick⟧ ⟦cue said⟧ the talks were ⟦content “useful”⟧.
//
// Marks may nest. Tests keep their inputs and golden outputs in this form, so
// that a change in what is found shows up in review as a moved bracket.
package spantest

import (
	"fmt"
	"slices"
	"strings"

	"stemma"
)

// A Mark is a labelled span.
type Mark struct {
	Label string
	Span  stemma.Span
}

// Parse returns the text of marked without its marks, and the marks, outer
// before inner.
func Parse(marked string) (text string, marks []Mark, err error) {
	var b strings.Builder
	var open []int
	for marked != "" {
		i := strings.IndexAny(marked, "⟦⟧")
		if i < 0 {
			break
		}
		b.WriteString(marked[:i])
		if rest, ok := strings.CutPrefix(marked[i:], "⟧"); ok {
			if len(open) == 0 {
				return "", nil, fmt.Errorf("unopened ⟧ after %q", b.String())
			}
			marks[open[len(open)-1]].Span.End = b.Len()
			open = open[:len(open)-1]
			marked = rest
			continue
		}
		label, rest, ok := strings.Cut(marked[i+len("⟦"):], " ")
		if !ok {
			return "", nil, fmt.Errorf("mark without text: %q", marked[i:])
		}
		open = append(open, len(marks))
		marks = append(marks, Mark{label, stemma.Span{Start: b.Len()}})
		marked = rest
	}
	b.WriteString(marked)
	if len(open) > 0 {
		return "", nil, fmt.Errorf("unclosed ⟦%s", marks[open[len(open)-1]].Label)
	}
	return b.String(), marks, nil
}

// Format is the inverse of Parse. The marks must nest.
func Format(text string, marks []Mark) string {
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	var b strings.Builder
	pos := 0
	var open []int // ends of open marks
	closeTo := func(limit int) {
		for len(open) > 0 && open[len(open)-1] <= limit {
			end := open[len(open)-1]
			b.WriteString(text[pos:end])
			pos = end
			b.WriteString("⟧")
			open = open[:len(open)-1]
		}
	}
	for _, m := range marks {
		closeTo(m.Span.Start)
		b.WriteString(text[pos:m.Span.Start])
		pos = m.Span.Start
		fmt.Fprintf(&b, "⟦%s ", m.Label)
		open = append(open, m.Span.End)
	}
	closeTo(len(text))
	b.WriteString(text[pos:])
	return b.String()
}
