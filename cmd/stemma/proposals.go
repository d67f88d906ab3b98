package main

import (
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
)

func newProposals() *cobra.Command {
	return newLedgerVerb("proposals", "List the proposals and documents that are negotiated about",
		`Proposals lists plans, drafts, frameworks and documents: how the reports call
them, how many points they have, who drafted them, who put them forward and
who received them, what they go back to, what was put in or taken out, and who
accepted or rejected them in which words.`,
		`  stemma proposals examples/kost
  stemma proposals --as csv examples/kost`,
		[]string{"table", "json", "csv", "md"},
		func(_ *cobra.Command, b *books, from time.Time) (*export.Ledger, any, error) {
			list := without(b.Proposals, func(p *stemma.Proposal) bool { return before(p.Entry, from) })
			return export.Proposals(b.Documents, b.Record, list), list, nil
		})
}
