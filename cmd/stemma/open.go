package main

import (
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
)

func newOpen() *cobra.Command {
	cmd := newLedgerVerb("open", "List what is not settled: conditions, deadlines, promises, meetings announced",
		`Open lists conditions, deadlines, promises and meetings that were announced.
One that a later report tells the end of is closed and says by which words; one
whose day has passed without a word of what came of it says so. Closed ones are
left out unless --all is given.`,
		`  stemma open examples/kost
  stemma open --all --as csv examples/kost`,
		[]string{"table", "json", "csv", "md", "ical"},
		func(cmd *cobra.Command, b *books, from time.Time) (*export.Ledger, any, error) {
			list := without(b.Open, func(o *stemma.OpenItem) bool {
				return before(o.Entry, from) || !asked(cmd, "all") && (o.Status == "met" || o.Status == "off")
			})
			return export.Open(b.Documents, b.Record, list), list, nil
		})
	return cmd
}
