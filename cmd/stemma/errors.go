package main

import (
	"errors"
	"fmt"

	"stemma/internal/term"
)

// An exit is an error that knows the exit code it ends with and, apart from
// what went wrong, what the user may try. A nil err says nothing: whatever
// was to be said has been said already.
type exit struct {
	code  int
	err   error
	hints []string
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// asExit returns err as an exit; one that is not is an ordinary error.
func asExit(err error) *exit {
	var e *exit
	if errors.As(err, &e) {
		return e
	}
	return &exit{code: exitError, err: err}
}

// usageError is an error in how the command was called, with hints.
func usageError(err error, hints ...string) error {
	return &exit{code: exitUsage, err: err, hints: hints}
}

// withHint adds what to try to an error.
func withHint(err error, hints ...string) error {
	e := asExit(err)
	return &exit{code: e.code, err: e.err, hints: append(e.hints, hints...)}
}

// oneLine makes text that may come from file names or reports fit to print on
// a terminal, on one line.
func oneLine(s string) string { return term.Line(s) }
