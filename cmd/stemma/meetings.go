package main

import (
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
)

func newMeetings() *cobra.Command {
	return newLedgerVerb("meetings", "List meetings, held, announced and called off, with each side’s read-out",
		`Meetings lists talks, calls, visits and summits: who, at what level, where,
how long, whether held, announced or called off and since when that is known,
and what each side said of it, side by side. A side that took part and of which
no report gives a read-out is named.`,
		`  stemma meetings examples/kost
  stemma meetings --as csv examples/kost > meetings.csv
  stemma meetings --as ical examples/kost > meetings.ics
  stemma meetings --as-of 2031-03-05 examples/kost`,
		ledgerFormats,
		func(_ *cobra.Command, b *books, from time.Time) (*export.Ledger, any, error) {
			list := without(b.Meetings, func(m *stemma.Meeting) bool { return before(m.Entry, from) })
			return export.Meetings(b.Documents, b.Record, list), list, nil
		})
}
