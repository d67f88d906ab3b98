// Stemma keeps the record of a running story out of news reports that copy
// each other: which report copies which, what was changed on the way, who said
// what in which wording, and what happened when.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Exit codes, as documented in docs/cli.md.
const (
	exitDone        = 0
	exitError       = 1
	exitUsage       = 2
	exitPartial     = 3   // some inputs could not be read; the others were done
	exitDiffer      = 6   // asked to fail where reports differ, and they do
	exitInterrupted = 130 // Ctrl-C
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel() // loops over reports stop at the next one
		select {
		case <-signals: // twice means now
		case <-time.After(time.Second):
		}
		os.Exit(exitInterrupted)
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run executes the command line args and returns the exit code. It touches no
// global state, so tests may call it in process.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	parsed := false
	root.PersistentPreRunE = func(*cobraCommand, []string) error {
		parsed = true
		return nil
	}
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case err == nil:
		return exitDone
	}
	e := asExit(err)
	if !parsed && e.code == exitError {
		e.code = exitUsage
	}
	if e.err != nil {
		fmt.Fprintf(stderr, "stemma: %s\n", oneLine(e.err.Error()))
	}
	for _, hint := range e.hints {
		fmt.Fprintf(stderr, "stemma: hint: %s\n", oneLine(hint))
	}
	if e.code == exitUsage && len(e.hints) == 0 {
		fmt.Fprintf(stderr, "stemma: hint: see %s --help\n", cmd.CommandPath())
	}
	return e.code
}
