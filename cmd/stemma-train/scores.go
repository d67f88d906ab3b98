package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/internal/perceptron"
	"stemma/quote"
)

// A scoring says how the scores of a kind of model were come by, and makes of
// the columns of a line of eval/KIND.txt what a model's head says of it; ""
// leaves the line out. Only the first section of the file counts.
type scoring struct {
	how string
	row func(col []string) string
}

var scorings = map[string]scoring{
	// gold-tokens 96.50 …
	"tags": {"cross-validated", func(col []string) string {
		if len(col) < 2 || col[0] != "gold-tokens" && col[0] != "segment-tokens" {
			return ""
		}
		return "gum-news UPOS " + col[1] + " (" + col[0] + ")"
	}},
	// gum-news stemma person P R F1 …
	"names": {"cross-validated", func(col []string) string {
		if len(col) < 6 || col[1] != "stemma" {
			return ""
		}
		return col[0] + " " + col[2] + " F1 " + col[5]
	}},
	// content exact P 64.8 R 55.6 F 59.8 …
	"statements": {"documents set aside", func(col []string) string {
		if len(col) < 8 || col[1] != "exact" || col[6] != "F" {
			return ""
		}
		return col[0] + " exact F1 " + col[7]
	}},
}

// scoresOf returns what the head of a model of that kind says of the scores in
// file: "(cross-validated) gum-news person F1 85.0, …; eval/names.txt".
func scoresOf(kind, file string) (string, error) {
	scoring, ok := scorings[kind]
	if !ok {
		return "", fmt.Errorf("no scores known for a model of %q", kind)
	}
	var said []string
	sections := 0
	err := lines(file, func(line string) error {
		if strings.HasPrefix(line, "## ") {
			sections++
		}
		if col := strings.Fields(line); len(col) > 0 && col[0] != "#" && sections < 2 {
			if s := scoring.row(col); s != "" {
				said = append(said, s)
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if len(said) == 0 {
		return "", fmt.Errorf("%s: no scores", file)
	}
	return scoring.how + ": " + strings.Join(said, ", ") + "; " + filepath.ToSlash(file), nil
}

// scoresCommand writes the scores that stand in a file of stemma-eval now into
// the heads of models. Weights stay as they are.
func scoresCommand(args []string) error {
	fs := flag.NewFlagSet("scores", flag.ExitOnError)
	dir := fs.String("eval", "eval", "`folder` of the files of scores, KIND.txt")
	fs.Parse(args)
	if fs.NArg() == 0 {
		return errors.New("name the model files: tag/tags.model tag/names.model quote/statements.model")
	}
	for _, path := range fs.Args() {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head, with, err := openHead(data)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		i := slices.IndexFunc(head, func(f perceptron.Field) bool { return f.Key == "model" })
		if i < 0 {
			return fmt.Errorf("%s: a model of no kind", path)
		}
		kind := head[i].Value
		scores, err := scoresOf(kind, filepath.Join(*dir, kind+".txt"))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		head = slices.DeleteFunc(slices.Clone(head), func(f perceptron.Field) bool { return f.Key == "labels" || f.Key == "scores" })
		if err := writeModel(path, with(append(head, perceptron.Field{Key: "scores", Value: scores}))); err != nil {
			return err
		}
		fmt.Printf("%s: %s\n", path, scores)
	}
	return nil
}

// openHead returns the head of a model of any kind, and how to make the same
// model with another.
func openHead(data []byte) ([]perceptron.Field, func([]perceptron.Field) io.WriterTo, error) {
	if m, err := perceptron.Open(data); err == nil {
		return m.Head(), func(head []perceptron.Field) io.WriterTo { return m.WithHead(head) }, nil
	}
	m, err := quote.Open(data)
	if err != nil {
		return nil, nil, err
	}
	return m.Head(), func(head []perceptron.Field) io.WriterTo { return m.WithHead(head) }, nil
}
