package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
	"stemma/ledger"
	"stemma/record"
	"stemma/timex"
)

// The verbs that print ledgers share their flags and formats.

// ledgerFormats are the values of --as.
var ledgerFormats = []string{"table", "json", "csv", "md", "ical", "timelinejs"}

// addLedgerFlags adds the flags of a verb that prints a ledger.
func addLedgerFlags(cmd *cobra.Command, formats []string) {
	as := &choice{value: "table", of: formats, kind: "FORMAT"}
	cmd.Flags().Var(as, "as", "print as "+strings.Join(formats, ", "))
	cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	addFormatFlags(cmd)
	cmd.Flags().String("as-of", "", "the record as it stood on `DAY`: from the reports published by then")
	cmd.Flags().Bool("all", false, "cut no list short")
	addDecisionsFlag(cmd)
}

// ledgerFormat returns what --as and --json ask for.
func ledgerFormat(cmd *cobra.Command) (string, error) {
	as := cmd.Flags().Lookup("as").Value.String()
	if !asked(cmd, "json") {
		return as, nil
	}
	if as != "table" && as != "json" {
		return "", usageError(fmt.Errorf("--json and --as %s shut each other out", as))
	}
	return "json", nil
}

// A books is a record with its ledgers.
type books struct {
	*record.Result
	*stemma.Ledgers
}

// buildBooks reads reports and builds their record and its ledgers, as of the
// day that --as-of names.
func buildBooks(cmd *cobra.Command, args []string) (*books, *problems, error) {
	asOf, _ := cmd.Flags().GetString("as-of")
	day, ok := timex.ParseDate(asOf)
	if asOf != "" && !ok {
		return nil, nil, usageError(fmt.Errorf("no date: %q (want 2025-12-03)", asOf))
	}
	result, problems, err := build(cmd, args)
	if err != nil {
		return nil, nil, err
	}
	if asOf != "" {
		early := ledger.AsOf(result.Documents, day)
		if n := len(result.Documents) - len(early); n > 0 {
			talk(cmd, "as of %s: %s left out as later or of unknown date", day, count(n, "report"))
		}
		if len(early) == 0 {
			return nil, nil, errors.Join(fmt.Errorf("no report was out by %s", day), problems.Err())
		}
		opt, err := recordOptions(cmd)
		if err != nil {
			return nil, nil, err
		}
		// Read again: what later reports added must not stay in the documents.
		docs, _ := record.Annotator{}.TryAll(early, 0)
		result = record.Build(docs, opt)
	}
	return &books{result, ledger.Build(result.Documents, result.Record)}, problems, nil
}

// writeLedger prints a ledger in the format that is asked for; entries is what
// its JSON holds.
func writeLedger(cmd *cobra.Command, b *books, l *export.Ledger, entries any) error {
	format, err := ledgerFormat(cmd)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	switch format {
	case "json":
		return writeJSON(out, ledgerJSON(b, l.Name, entries))
	case "csv":
		return l.CSV(out)
	case "md":
		return l.Markdown(out)
	case "ical":
		return l.ICalendar(out)
	case "timelinejs":
		return l.TimelineJS(out)
	case "plover":
		return l.PLOVER(out)
	}
	return l.Text(out, export.BriefOptions{Columns: columns(cmd), Style: style(cmd), All: asked(cmd, "all")})
}

// ledgerJSON is the object that --json prints: the entries, and the reports
// and actors that they point at.
func ledgerJSON(b *books, name string, entries any) map[string]any {
	reports := []*stemma.Report{}
	for _, d := range b.Documents {
		reports = append(reports, d.Report)
	}
	return map[string]any{"reports": reports, "actors": b.Record.Actors, name: entries}
}

// sinceFlag adds --since to a verb that lists what has a time.
func sinceFlag(cmd *cobra.Command) {
	cmd.Flags().String("since", "", "only what happened, or if that is not said became known, on `DAY` or later")
}

// since returns when --since begins; zero if it is not given.
func since(cmd *cobra.Command) (time.Time, error) {
	s, _ := cmd.Flags().GetString("since")
	if s == "" {
		return time.Time{}, nil
	}
	t, err := parseDay(s)
	if err != nil {
		return t, usageError(err)
	}
	return t, nil
}

// before reports whether an entry is over before t.
func before(e stemma.Entry, t time.Time) bool {
	switch {
	case t.IsZero():
		return false
	case !e.When.IsZero():
		return !e.When.To.After(t)
	}
	return !e.KnownSince.IsZero() && !e.KnownSince.To.After(t)
}

// newLedgerVerb makes a verb that prints one ledger.
func newLedgerVerb(use, short, long, example string, formats []string, run func(*cobra.Command, *books, time.Time) (*export.Ledger, any, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   use + " [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 short,
		Long:                  long,
		Example:               example,
		Args:                  cobra.ArbitraryArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		from, err := since(cmd)
		if err != nil {
			return err
		}
		if _, err := ledgerFormat(cmd); err != nil {
			return err
		}
		b, problems, err := buildBooks(cmd, args)
		if err != nil {
			return err
		}
		l, entries, err := run(cmd, b, from)
		if err != nil {
			return err
		}
		if err := writeLedger(cmd, b, l, entries); err != nil {
			return err
		}
		return problems.Err()
	}
	addLedgerFlags(cmd, formats)
	sinceFlag(cmd)
	return cmd
}

// without returns list without the entries that drop names.
func without[T any](list []T, drop func(*T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return drop(&x) })
}
