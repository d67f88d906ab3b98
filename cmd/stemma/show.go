package main

import (
	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
)

func newShow() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "show [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "Show what is found in each report, sentence by sentence",
		Long: `Show prints each report sentence by sentence, and under each sentence what was
found in it: who said what, times and the days they stand for, events, and
what the text has lost. Each line names the rule that found it, so that a
wrong one can be reported or looked up.`,
		Example: `  stemma show examples/kost/01-meridwire.txt
  stemma show --json a.txt | jq '.documents[0].statements'`,
		Args: needInputs,
		RunE: runShow,
	}
	addFormatFlags(cmd)
	return cmd
}

func runShow(cmd *cobra.Command, args []string) error {
	result, problems, err := build(cmd, args)
	if err != nil {
		return err
	}
	if asked(cmd, "json") {
		err := writeJSON(cmd.OutOrStdout(), struct {
			Documents []*stemma.Document `json:"documents"`
		}{result.Documents})
		if err != nil {
			return err
		}
		return problems.Err()
	}
	err = export.Show(cmd.OutOrStdout(), result.Documents, result.Record, export.BriefOptions{Columns: columns(cmd), Style: style(cmd)})
	if err != nil {
		return err
	}
	return problems.Err()
}
