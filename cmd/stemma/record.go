package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// addRecordFlags adds the flags of the main job.
func addRecordFlags(cmd *cobra.Command) {
	addFormatFlags(cmd)
	cmd.Flags().String("html", "", "write the record as one self-contained page to `FILE` too")
	cmd.Flags().Bool("all", false, "cut no list short")
}

// runRecord is stemma without a verb.
func runRecord(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError(errors.New("no reports given"), "stemma examples reads a folder, stemma a.txt b.txt compares two reports, stemma --help says more")
	}
	reports, problems := readReports(cmd, args)
	if len(reports) == 0 {
		if err := problems.Err(); err != nil {
			return err
		}
		return errors.New("no reports found")
	}
	result := buildRecord(reports)
	if asked(cmd, "json") {
		if err := writeJSON(cmd.OutOrStdout(), result); err != nil {
			return err
		}
		return problems.Err()
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n", count(len(reports), "report"))
	return problems.Err()
}
