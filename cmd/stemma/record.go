package main

import (
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stemma/export"
)

// addRecordFlags adds the flags of the main job.
func addRecordFlags(cmd *cobra.Command) {
	addFormatFlags(cmd)
	cmd.Flags().String("html", "", "write the record as one self-contained page to `FILE` too")
	cmd.Flags().Bool("all", false, "cut no list short")
	addDecisionsFlag(cmd)
}

// runRecord is stemma without a verb.
func runRecord(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError(errors.New("no reports given"), "stemma examples reads a folder, stemma a.txt b.txt compares two reports, stemma --help says more")
	}
	result, problems, err := build(cmd, args)
	if err != nil {
		return err
	}
	if path, _ := cmd.Flags().GetString("html"); path != "" {
		err := toFile(cmd, path, func(w io.Writer) error {
			return export.Page(w, result.Documents, result.Collations, result.Record)
		})
		if err != nil {
			return err
		}
		if path == "-" {
			return problems.Err()
		}
		talk(cmd, "wrote %s", path)
	}
	if asked(cmd, "json") {
		if err := writeJSON(cmd.OutOrStdout(), result); err != nil {
			return err
		}
		return problems.Err()
	}
	err = export.Brief(cmd.OutOrStdout(), result.Documents, result.Collations, result.Record, export.BriefOptions{
		Columns: columns(cmd),
		Style:   style(cmd),
		All:     asked(cmd, "all"),
		Next:    nextCommands(cmd, args),
	})
	if err != nil {
		return err
	}
	return problems.Err()
}

// nextCommands are things to try after the record has been seen. Each is a
// command that works on the same inputs.
func nextCommands(cmd *cobra.Command, args []string) []string {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = shellWord(arg)
	}
	inputs := strings.Join(words, " ")
	if len(inputs) > 40 {
		inputs = "…"
	}
	var next []string
	verb := func(name string) bool {
		c, _, err := cmd.Root().Find([]string{name})
		return err == nil && c != cmd.Root()
	}
	if len(args) == 2 && verb("collate") {
		next = append(next, "stemma collate "+inputs)
	}
	if verb("said") {
		next = append(next, "stemma said "+inputs)
	}
	if verb("timeline") && len(args) != 2 {
		next = append(next, "stemma timeline "+inputs)
	}
	if path, _ := cmd.Flags().GetString("html"); path == "" {
		next = append(next, "stemma --html record.html "+inputs)
	}
	next = next[:min(len(next), 3)]
	if inputs == "…" {
		next[len(next)-1] += " (… are the same inputs)"
	}
	return next
}

// shellWord quotes an argument where a shell would not leave it alone.
func shellWord(arg string) string {
	if strings.ContainsFunc(arg, func(r rune) bool {
		return !(r == '/' || r == '.' || r == '-' || r == '_' || r == '=' || r == '+' || r == ',' || r == ':' ||
			r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80)
	}) || arg == "" {
		return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
	}
	return arg
}
