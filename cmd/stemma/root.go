package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type cobraCommand = cobra.Command

// verbs make the commands below the root, one a line. Each lives in a file of
// its own that bears its name.
var verbs = []func() *cobra.Command{
	newCopies,
	newBrief,
	newMeetings,
	newOpen,
	newOrigins,
	newPositions,
	newProposals,
	newAnnotate,
	newShow,
	newCollate,
	newSaid,
	newTimeline,
	newTree,
	newWho,
}

// newRoot returns the whole command line. Without a verb, stemma reads the
// inputs and prints the record.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:                   "stemma [VERB] [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "Keep the record of a running story out of news reports that copy each other",
		Long: `Stemma reads news reports and prints the record of the story they tell: which
report copies which, what was changed on the way, who said what in which
wording, where the reports disagree, and what happened when. Everything it
says is borne out by words in the reports; nothing is invented.

An INPUT is a text file, a folder of them, a file of reports as JSON lines
(.jsonl), or - for standard input. Without a VERB the record is printed.`,
		Example: `  stemma examples                     the record of a folder of reports
  stemma a.txt b.txt                  compare two reports
  stemma --html record.html a.txt b.txt
                                      the same as a page, side by side
  stemma --json examples | jq .record.copies`,
		Version:           version(),
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		ValidArgsFunction: completeInputs,
		RunE:              runRecord,
	}
	addRecordFlags(root)
	addTalkFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(printHelp)
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		printUsage(cmd.OutOrStderr(), cmd)
		return nil
	})
	root.SetVersionTemplate("stemma {{.Version}}\n")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveDefault)
	help := newHelp()
	root.SetHelpCommand(help)
	root.AddCommand(help)
	for _, verb := range verbs {
		cmd := verb()
		if cmd.ValidArgsFunction == nil {
			cmd.ValidArgsFunction = completeInputs
		}
		root.AddCommand(cmd)
	}
	return root
}

// version says what was built: the module's version where Go knows it, and the
// commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && !strings.Contains(v, s.Value[:12]) {
			v += " " + s.Value[:12]
		}
	}
	return v + " " + info.GoVersion
}

// completeInputs completes arguments with the names of files and folders.
func completeInputs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// flagError names the flag that was meant where a wrong one is close to it.
func flagError(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	_, wrong, ok := strings.Cut(err.Error(), "unknown flag: --")
	if !ok {
		return usageError(err)
	}
	var near []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && editDistance(wrong, f.Name) <= 2 {
			near = append(near, "--"+f.Name)
		}
	})
	if len(near) == 0 {
		return usageError(err)
	}
	return usageError(err, "did you mean "+strings.Join(near, " or ")+"?")
}

// verbMeant returns a hint if arg, which names no file, looks like a verb
// typed wrong.
func verbMeant(root *cobra.Command, arg string) []string {
	if strings.ContainsAny(arg, "./\\") {
		return nil
	}
	if _, err := os.Lstat(arg); err == nil {
		return nil
	}
	var hints []string
	for _, cmd := range root.Commands() {
		if !cmd.Hidden && editDistance(arg, cmd.Name()) <= 2 {
			hints = append(hints, fmt.Sprintf("did you mean the verb %s?", cmd.Name()))
		}
	}
	return hints
}

// editDistance is the number of insertions, deletions and substitutions of
// bytes that turn a into b (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
