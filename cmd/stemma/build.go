package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/internal/term"
	"stemma/record"
)

// buildRecord runs every step over reports.
func buildRecord(reports []*stemma.Report, opt record.Options) *record.Result {
	return record.Build(record.AnnotateAll(reports, 0), opt)
}

// recordOf is buildRecord for many reports: it shows how far it is, and stops
// when the user does.
func recordOf(cmd *cobra.Command, reports []*stemma.Report, opt record.Options) (*record.Result, error) {
	const batch = 64 // reports: a fraction of a second
	bar := newProgress(cmd, len(reports))
	docs := make([]*stemma.Document, 0, len(reports))
	for len(docs) < len(reports) {
		if ctx := cmd.Context(); ctx != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		next := reports[len(docs):min(len(docs)+batch, len(reports))]
		docs = append(docs, record.AnnotateAll(next, 0)...)
		bar.show("read", len(docs))
	}
	bar.show("comparing", len(docs))
	result := record.Build(docs, opt)
	bar.end()
	return result, nil
}

// progress says on standard error how far a long run is: on a terminal in one
// line that is written over, else in a line every ten seconds.
type progress struct {
	cmd      *cobra.Command
	total    int
	terminal bool
	last     time.Time
	width    int // of what stands on the line
}

func newProgress(cmd *cobra.Command, total int) *progress {
	return &progress{cmd: cmd, total: total, terminal: term.IsTerminal(cmd.ErrOrStderr()), last: time.Now()}
}

func (p *progress) show(what string, done int) {
	pause := 10 * time.Second
	if p.terminal {
		pause = time.Second
	}
	if asked(p.cmd, "quiet") || time.Since(p.last) < pause {
		return
	}
	p.last = time.Now()
	text := fmt.Sprintf("stemma: %s %d of %s", what, done, count(p.total, "report"))
	if !p.terminal {
		fmt.Fprintln(p.cmd.ErrOrStderr(), text)
		return
	}
	fmt.Fprintf(p.cmd.ErrOrStderr(), "\r%-*s", p.width, text)
	p.width = len(text)
}

// end wipes the line.
func (p *progress) end() {
	if p.width > 0 {
		fmt.Fprintf(p.cmd.ErrOrStderr(), "\r%s\r", strings.Repeat(" ", p.width))
	}
}
