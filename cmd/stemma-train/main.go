// Stemma-train learns the models that stemma carries and builds the tables of
// words they use, from corpora that are not part of the project. Run without
// arguments, it lists its commands. The same data, date and seed give the same
// bytes.
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// commands are the things that can be built, by name. Each lives in a file of
// its own and parses its own flags.
var commands = map[string]func(args []string) error{
	"lexicon":    lexiconCommand,
	"names":      namesCommand,
	"scores":     scoresCommand,
	"statements": statementsCommand,
	"tags":       tagsCommand,
	"vectors":    vectorsCommand,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		names := slices.Sorted(maps.Keys(commands))
		fmt.Fprintf(os.Stderr, "usage: stemma-train COMMAND [FLAGS]\ncommands: %s\n", strings.Join(names, " "))
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "stemma-train: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
