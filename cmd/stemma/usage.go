package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stemma/internal/term"
)

// printHelp is -h and --help: what the verb is for, and its usage.
func printHelp(cmd *cobra.Command, _ []string) {
	fmt.Fprintf(cmd.OutOrStdout(), "%s.\n\n", cmd.Short)
	printUsage(cmd.OutOrStdout(), cmd)
}

// printUsage writes how to call cmd. Examples come first: most readers look
// for one to copy.
func printUsage(w io.Writer, cmd *cobra.Command) {
	if cmd.Example != "" {
		fmt.Fprintf(w, "EXAMPLES\n%s\n\n", strings.TrimRight(cmd.Example, "\n"))
	}
	use := cmd.UseLine()
	if !cmd.Runnable() {
		use = cmd.CommandPath() + " VERB"
	}
	fmt.Fprintf(w, "USAGE\n  %s\n", use)

	verbs, width := [][2]string(nil), 0
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			verbs = append(verbs, [2]string{c.Name(), c.Short})
			width = max(width, len(c.Name()))
		}
	}
	printTable(w, "VERBS", verbs)
	printTable(w, "FLAGS", flagTable(cmd.LocalFlags(), cmd.InheritedFlags()))
	printTable(w, "FLAGS OF EVERY VERB", flagTable(cmd.InheritedFlags(), nil))
}

// flagTable lists the flags of set but those of without.
func flagTable(set, without *pflag.FlagSet) [][2]string {
	var rows [][2]string
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || without != nil && without.Lookup(f.Name) != nil {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		value, about := pflag.UnquoteUsage(f)
		switch {
		case f.Value.Type() == "bool":
		case f.Value.Type() == "WHEN":
			name += " WHEN"
		case value != "":
			name += " " + value
		}
		switch f.Name {
		case "help":
			about = "say how to call it; stemma help VERB says it at length"
		case "version":
			about = "say what was built"
		}
		if d := f.DefValue; f.Value.Type() != "bool" && d != "" && d != "0" && d != "[]" && d != "0s" {
			about += " (" + d + " if not given)"
		}
		rows = append(rows, [2]string{name, about})
	})
	return rows
}

func printTable(w io.Writer, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, term.Width(r[0]))
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range rows {
		lead := "  " + r[0] + strings.Repeat(" ", width-term.Width(r[0])+2)
		fmt.Fprintln(w, term.Wrap(lead, r[1], term.Width(lead), term.DefaultColumns))
	}
}
