package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// newHelp is help VERB: the long form of VERB --help.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Say at length what a verb does",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if len(args) == 0 {
				for _, c := range cmd.Root().Commands() {
					if c.IsAvailableCommand() {
						names = append(names, c.Name()+"\t"+c.Short)
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError(fmt.Errorf("no verb %q", strings.Join(args, " ")), verbMeant(cmd.Root(), strings.Join(args, " "))...)
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			out := cmd.OutOrStdout()
			if about.Long != "" {
				fmt.Fprintf(out, "%s\n\n", about.Long)
			} else {
				fmt.Fprintf(out, "%s.\n\n", about.Short)
			}
			printUsage(out, about)
			return nil
		},
	}
}
