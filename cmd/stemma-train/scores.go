package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/internal/perceptron"
)

// scoreRows makes of the columns of a line of eval/KIND.txt what a model's head
// says of it; "" leaves the line out.
var scoreRows = map[string]func(col []string) string{
	// gold-tokens 96.50 …
	"tags": func(col []string) string {
		if len(col) < 2 || col[0] != "gold-tokens" && col[0] != "segment-tokens" {
			return ""
		}
		return "gum-news UPOS " + col[1] + " (" + col[0] + ")"
	},
	// gum-news stemma person P R F1 …
	"names": func(col []string) string {
		if len(col) < 6 || col[1] != "stemma" {
			return ""
		}
		return col[0] + " " + col[2] + " F1 " + col[5]
	},
}

// scoresOf returns what the head of a model of that kind says of the scores in
// file: "(cross-validated) gum-news person F1 85.0, …; eval/names.txt".
func scoresOf(kind, file string) (string, error) {
	row := scoreRows[kind]
	if row == nil {
		return "", fmt.Errorf("no scores known for a model of %q", kind)
	}
	var said []string
	err := lines(file, func(line string) error {
		if col := strings.Fields(line); len(col) > 0 && col[0] != "#" {
			if s := row(col); s != "" {
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
	return "cross-validated: " + strings.Join(said, ", ") + "; " + filepath.ToSlash(file), nil
}

// scoresCommand writes the scores that stand in a file of stemma-eval now into
// the heads of models. Weights stay as they are.
func scoresCommand(args []string) error {
	fs := flag.NewFlagSet("scores", flag.ExitOnError)
	dir := fs.String("eval", "eval", "`folder` of the files of scores, KIND.txt")
	fs.Parse(args)
	if fs.NArg() == 0 {
		return errors.New("name the model files: tag/tags.model tag/names.model")
	}
	for _, path := range fs.Args() {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		m, err := perceptron.Open(data)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		kind := m.Field("model")
		scores, err := scoresOf(kind, filepath.Join(*dir, kind+".txt"))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		head := slices.DeleteFunc(slices.Clone(m.Head()), func(f perceptron.Field) bool { return f.Key == "labels" || f.Key == "scores" })
		if err := writeModel(path, m.WithHead(append(head, perceptron.Field{Key: "scores", Value: scores}))); err != nil {
			return err
		}
		fmt.Printf("%s: %s\n", path, scores)
	}
	return nil
}
