// Package decision reads what people decided about what stemma found: that two
// actors are one, that one is two, what somebody is to be called, that two
// readings are the same word.
//
// Decisions are kept apart from the evidence, in a file of JSON lines that only
// grows. They are applied anew after every analysis, in the order in which they
// were made; one is taken back by a later one that undoes it, never by deleting
// it.
//
//	{"id":"1","op":"merge","actor":"v-zelensky","into":"volodymyr-zelenskyy","by":"ah","at":"2025-12-03T09:00:00Z"}
//	{"id":"2","op":"split","actor":"john-smith","into":"john-smith-mp","report":"4f1c…","name":"John Smith MP"}
//	{"id":"3","op":"rename","actor":"kyiv","name":"Kiev"}
//	{"id":"4","op":"regularise","a":"programme","b":"program"}
//	{"id":"5","op":"undo","undo":"3"}
package decision

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"stemma"
	"stemma/actor"
)

// An Op says what was decided.
type Op string

const (
	Merge      Op = "merge"      // Actor is Into
	Split      Op = "split"      // Actor is Into in Report, or where he goes by Form
	Rename     Op = "rename"     // Actor is called Name
	Regularise Op = "regularise" // the readings A and B are the same word
	Undo       Op = "undo"       // the decision Undo does not hold
)

// A Decision is one line of the file.
type Decision struct {
	ID     string          `json:"id"`
	Op     Op              `json:"op"`
	Actor  stemma.ActorID  `json:"actor,omitempty"`
	Into   stemma.ActorID  `json:"into,omitempty"`
	Name   string          `json:"name,omitempty"`
	Report stemma.ReportID `json:"report,omitempty"`
	Form   string          `json:"form,omitempty"`
	A      string          `json:"a,omitempty"`
	B      string          `json:"b,omitempty"`
	Undo   string          `json:"undo,omitempty"`
	By     string          `json:"by,omitempty"`   // who decided
	At     time.Time       `json:"at,omitzero"`    // and when
	Note   string          `json:"note,omitempty"` // and why
}

// check returns an error that says what d lacks.
func (d *Decision) check() error {
	lacks := func(field string) error { return fmt.Errorf("%s without %s", d.Op, field) }
	switch d.Op {
	case Merge:
		switch {
		case d.Actor == "":
			return lacks("actor")
		case d.Into == "":
			return lacks("into")
		}
	case Split:
		switch {
		case d.Actor == "":
			return lacks("actor")
		case d.Into == "":
			return lacks("into")
		case d.Report == "" && d.Form == "":
			return lacks("report or form")
		}
	case Rename:
		switch {
		case d.Actor == "":
			return lacks("actor")
		case d.Name == "":
			return lacks("name")
		}
	case Regularise:
		if d.A == "" || d.B == "" {
			return lacks("a and b")
		}
	case Undo:
		if d.Undo == "" {
			return lacks("undo")
		}
	case "":
		return fmt.Errorf("no op")
	default:
		return fmt.Errorf("no such op: %q", d.Op)
	}
	return nil
}

// Parse reads decisions, one a line; empty lines are skipped. A decision
// without an ID has the number of its line. The error names the line.
func Parse(r io.Reader) ([]Decision, error) {
	var out []Decision
	seen := map[string]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	n := 0
	for sc.Scan() {
		n++
		line := bytes.TrimSpace(sc.Bytes())
		if len(line) == 0 {
			continue
		}
		var d Decision
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&d); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err := d.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if d.ID == "" {
			d.ID = fmt.Sprint(n)
		}
		if at, ok := seen[d.ID]; ok {
			return nil, fmt.Errorf("line %d: id %q is taken by line %d", n, d.ID, at)
		}
		if d.Op == Undo && seen[d.Undo] == 0 {
			return nil, fmt.Errorf("line %d: undoes %q, which no line before it has", n, d.Undo)
		}
		seen[d.ID] = n
		out = append(out, d)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return out, nil
}

// Standing returns the decisions that hold, without undoings and what they
// undo. An undoing can be undone too.
func Standing(ds []Decision) []Decision {
	undone := map[string]bool{}
	for i := len(ds) - 1; i >= 0; i-- {
		if d := &ds[i]; d.Op == Undo && !undone[d.ID] {
			undone[d.Undo] = true
		}
	}
	var out []Decision
	for _, d := range ds {
		if d.Op != Undo && !undone[d.ID] {
			out = append(out, d)
		}
	}
	return out
}

// Actors returns what holds of ds about actors, for actor.Link.
func Actors(ds []Decision) []actor.Decision {
	var out []actor.Decision
	for _, d := range Standing(ds) {
		switch d.Op {
		case Merge, Split, Rename:
			out = append(out, actor.Decision{Op: string(d.Op), Actor: d.Actor, Into: d.Into, Name: d.Name, Report: d.Report, Form: d.Form})
		}
	}
	return out
}

// Readings returns what holds of ds about readings: pairs that are the same
// word.
func Readings(ds []Decision) [][2]string {
	var out [][2]string
	for _, d := range Standing(ds) {
		if d.Op == Regularise {
			out = append(out, [2]string{d.A, d.B})
		}
	}
	return out
}
