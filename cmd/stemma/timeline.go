package main

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
)

func newTimeline() *cobra.Command {
	return newLedgerVerb("timeline", "List what happened when",
		`Timeline lists the events that the reports tell of, earliest first, in the
terms of PLOVER: who did what to whom, where, whether it was held, planned,
cancelled or denied, who says so, and the words that tell of it. One event told
by several reports stands once.`,
		`  stemma timeline examples/kost
  stemma timeline --since 2031-03-07 examples/kost
  stemma timeline --as ical examples/kost > kost.ics
  stemma timeline --as-of 2031-03-05 examples/kost`,
		append(slices.Clone(ledgerFormats), "plover"),
		func(_ *cobra.Command, b *books, from time.Time) (*export.Ledger, any, error) {
			rec := *b.Record
			rec.Timeline = without(rec.Timeline, func(e *stemma.Event) bool {
				return before(stemma.Entry{When: e.When, KnownSince: e.KnownSince}, from)
			})
			return export.Timeline(b.Documents, &rec), rec.Timeline, nil
		})
}
