package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"stemma/collate"
	"stemma/decision"
	"stemma/record"
)

// addDecisionsFlag adds the flag that names a file of decisions.
func addDecisionsFlag(cmd *cobra.Command) {
	cmd.Flags().String("decisions", "", "apply what people decided about actors and readings, from the JSON lines of `FILE`")
}

// recordOptions returns the options of record.Build that the flags ask for.
func recordOptions(cmd *cobra.Command) (record.Options, error) {
	var opt record.Options
	path, err := cmd.Flags().GetString("decisions")
	if err != nil || path == "" {
		return opt, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return opt, err
	}
	defer f.Close()
	ds, err := decision.Parse(f)
	if err != nil {
		return opt, fmt.Errorf("%s: %w", path, err)
	}
	opt.Actors = decision.Actors(ds)
	for _, pair := range decision.Readings(ds) {
		opt.Same = append(opt.Same, collate.Pair{A: pair[0], B: pair[1]})
	}
	return opt, nil
}
