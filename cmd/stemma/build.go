package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/internal/term"
	"stemma/record"
)

// documents reads and annotates the reports that args name. It shows on bar how
// far it is, and stops when the user does. A report that the program fails on is
// told on stderr like one that cannot be read, and the rest goes on.
func documents(cmd *cobra.Command, args []string, bar *progress) ([]*stemma.Document, *problems, error) {
	const batch = 64 // reports: a fraction of a second
	reports, p := readReports(cmd, args)
	docs := make([]*stemma.Document, 0, len(reports))
	for done := 0; done < len(reports); {
		if ctx := cmd.Context(); ctx != nil && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		next := reports[done:min(done+batch, len(reports))]
		read, errs := record.Annotator{}.TryAll(next, 0)
		docs = append(docs, read...)
		for _, err := range errs {
			say(cmd, "%v", err)
		}
		p.read -= len(errs)
		p.failed += len(errs)
		done += len(next)
		bar.show(fmt.Sprintf("read %d of %s", done, count(len(reports), "report")))
	}
	if len(docs) > 0 {
		return docs, p, nil
	}
	if err := p.Err(); err != nil {
		return nil, nil, err
	}
	return nil, nil, errors.New("no reports found")
}

// build reads the reports that args name and builds their record.
func build(cmd *cobra.Command, args []string) (*record.Result, *problems, error) {
	if err := oneFormat(cmd); err != nil {
		return nil, nil, err
	}
	if len(args) == 0 {
		return nil, nil, usageError(errors.New("no reports given"), cmd.CommandPath()+" --help shows examples")
	}
	opt, err := recordOptions(cmd)
	if err != nil {
		return nil, nil, err
	}
	bar := newProgress(cmd)
	defer bar.end()
	docs, problems, err := documents(cmd, args, bar)
	if err != nil {
		return nil, nil, err
	}
	bar.show("comparing " + count(len(docs), "report"))
	return record.Build(docs, opt), problems, nil
}

// progress says on standard error how far a long run is: on a terminal in one
// line that is written over, else in a line every ten seconds.
type progress struct {
	cmd      *cobra.Command
	terminal bool
	last     time.Time
	width    int // of what stands on the line
}

func newProgress(cmd *cobra.Command) *progress {
	return &progress{cmd: cmd, terminal: term.IsTerminal(cmd.ErrOrStderr()), last: time.Now()}
}

func (p *progress) show(what string) {
	pause := 10 * time.Second
	if p.terminal {
		pause = time.Second
	}
	if asked(p.cmd, "quiet") || time.Since(p.last) < pause {
		return
	}
	p.last = time.Now()
	text := "stemma: " + what
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
