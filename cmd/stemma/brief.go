package main

import (
	"github.com/spf13/cobra"

	"stemma/export"
	"stemma/ledger"
)

// newBrief is stemma brief.
func newBrief() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "brief [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "Say what is new, changed and contested since a day",
		Long: `Brief sets the ledgers of the reports against a day: what became known since
then, what changed (a meeting announced that was then held or called off, a
position hardened or softened, a figure corrected), what independent reports do
not agree on, and how much is as it was before. Every line is borne out by
words of the reports; nothing is summed up in words of our own.`,
		Example: `  stemma brief examples/kost
  stemma brief --since 2031-03-07 examples/kost
  stemma brief --as md --since 2031-03-07 examples/kost > brief.md`,
		Args: cobra.ArbitraryArgs,
		RunE: runBrief,
	}
	addLedgerFlags(cmd, []string{"table", "json", "md"})
	cmd.Flags().String("since", "", "set against `DAY`; without it the day of the latest report")
	return cmd
}

func runBrief(cmd *cobra.Command, args []string) error {
	from, err := since(cmd)
	if err != nil {
		return err
	}
	format, err := ledgerFormat(cmd)
	if err != nil {
		return err
	}
	b, problems, err := buildBooks(cmd, args)
	if err != nil {
		return err
	}
	if from.IsZero() {
		for _, d := range b.Documents {
			if d.Anchor.From.After(from) {
				from = d.Anchor.From
			}
		}
	}
	items := ledger.Digest(b.Documents, b.Record, b.Ledgers, from)
	out := cmd.OutOrStdout()
	switch format {
	case "json":
		v := ledgerJSON(b, "items", items)
		v["since"], v["ledgers"], v["discrepancies"] = from, b.Ledgers, b.Record.Discrepancies
		err = writeJSON(out, v)
	case "md":
		err = export.DigestMarkdown(out, b.Documents, b.Record, b.Ledgers, items, from)
	default:
		err = export.Digest(out, b.Documents, b.Record, b.Ledgers, items, from, export.BriefOptions{
			Columns: columns(cmd), Style: style(cmd), All: asked(cmd, "all"),
		})
	}
	if err != nil {
		return err
	}
	return problems.Err()
}
