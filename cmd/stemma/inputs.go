package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/extract"
	"stemma/ingest"
)

// problems counts the inputs that could not be read. Each was told on stderr
// when it was met.
type problems struct {
	read   int
	failed int
	first  error    // the last word if nothing was read at all
	hints  []string // what to try
}

// Err returns nil if every input was read, else the exit to end with once the
// others are done: exitPartial, or exitError if there were none.
func (p *problems) Err() error {
	switch {
	case p.failed == 0:
		return nil
	case p.read == 0:
		return &exit{code: exitError, hints: p.hints}
	}
	return &exit{code: exitPartial, err: fmt.Errorf("%s read, %d could not be", count(p.read, "report"), p.failed), hints: p.hints}
}

// readReports reads all reports that paths name: files, folders, "-". It
// tells on stderr what it cannot read and goes on with the rest; callers
// return problems.Err() when their own work is done. Reports come in the order
// of paths, those of a folder in the order of their names, each once.
func readReports(cmd *cobra.Command, paths []string) ([]*stemma.Report, *problems) {
	var reports []*stemma.Report
	seen := map[stemma.ReportID]bool{}
	p := eachReport(cmd, paths, func(rep *stemma.Report) error {
		if seen[rep.ID] {
			note(cmd, "%s: given twice, read once", rep.Source)
			return nil
		}
		seen[rep.ID] = true
		reports = append(reports, rep)
		return nil
	})
	return reports, p
}

// eachReport is readReports for streams: it hands each report to do as soon
// as it is read and keeps none. An error from do ends the reading.
func eachReport(cmd *cobra.Command, paths []string, do func(*stemma.Report) error) *problems {
	p := &problems{}
	fail := func(err error) {
		p.failed++
		if p.first == nil {
			p.first = err
		}
		say(cmd, "%v", err)
		if len(paths) > 0 && errors.Is(err, fs.ErrNotExist) && len(p.hints) == 0 {
			p.hints = verbMeant(cmd.Root(), paths[0])
		}
	}
	opts := ingest.Options{Stdin: cmd.InOrStdin(), Note: func(s string) { note(cmd, "%s", s) }}
	for capture, err := range ingest.Read(paths, opts) {
		if cmd.Context() != nil && cmd.Context().Err() != nil {
			p.failed++
			return p
		}
		if err != nil {
			fail(err)
			continue
		}
		var rep *stemma.Report
		if capture.Format == ingest.JSONL {
			rep, err = extract.JSON(capture.Data)
		} else {
			rep, err = extract.Text(capture.Source, capture.Data)
		}
		if err != nil {
			fail(fmt.Errorf("%s: %w", capture.Name(), err))
			continue
		}
		p.read++
		if err := do(rep); err != nil {
			fail(err)
			return p
		}
	}
	return p
}

// needInputs is the Args of a verb that reads reports.
func needInputs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError(errors.New("no reports given"), "see "+cmd.CommandPath()+" --help")
	}
	return nil
}

// count is "1 report", "2 reports".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
