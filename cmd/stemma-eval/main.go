// Stemma-eval scores the steps of stemma against corpora and writes the
// committed figures in eval/. Run without arguments, it lists its commands.
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// commands are the measurements, by name. Each lives in a file of its own and
// parses its own flags.
var commands = map[string]func(args []string) error{
	"utterances":    evalUtterances,
	"actors":        evalActors,
	"copies":        copiesQuality,
	"copies-batch":  copiesBatch,
	"copies-fit":    copiesFit,
	"copies-gen":    copiesGen,
	"copies-index":  copiesIndex,
	"copies-report": copiesReport,
	"copies-score":  copiesScoreCmd,
	"copies-speed":  copiesSpeed,
	"copies-trees":  copiesTrees,
	"changes":       evalChanges,
	"collate":       evalCollate,
	"discrepancies": evalDiscrepancies,
	"events":        evalEvents,
	"ledgers":       evalLedgers,
	"names":         namesEval,
	"segment":       segmentEval,
	"speed":         speedEval,
	"tags":          tagsEval,
	"statements":    statementsEval,
	"time":          timeEval,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		names := slices.Sorted(maps.Keys(commands))
		fmt.Fprintf(os.Stderr, "usage: stemma-eval COMMAND [FLAGS]\ncommands: %s\n", strings.Join(names, " "))
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "stemma-eval: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
