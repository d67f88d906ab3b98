package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stemma"
	"stemma/internal/brat"
	"stemma/internal/perceptron"
	"stemma/quote"
	"stemma/segment"
	"stemma/tag"
)

// statementsCommand trains the model that finds the parts of statements.
func statementsCommand(args []string) error {
	fs := flag.NewFlagSet("statements", flag.ExitOnError)
	data := fs.String("data", filepath.Join("..", "shared", "data"), "folder of the corpora")
	corpus := fs.String("corpus", "shipped", "what to train on: \"shipped\" (data that weights may ship from, less the documents set aside) or \"polnear\" (for comparison with the board; never ship it)")
	out := fs.String("out", "", "`FILE` to write the model to")
	date := fs.String("date", "", "date of the training, for the head of the model")
	limit := fs.Int("limit", 0, "train on the first `N` documents only")
	var opt quote.TrainOptions
	fs.IntVar(&opt.Epochs, "epochs", 16, "runs over the data")
	fs.IntVar(&opt.MaxBytes, "max", 1_600_000, "largest model, in bytes")
	fs.IntVar(&opt.Runs, "runs", 4, "how often to learn, in other orders; the weights are the mean")
	fs.IntVar(&opt.Margin, "margin", 100, "by how much the right labels must win while training")
	fs.Float64Var(&opt.Drop, "drop", 0.25, "share of features left out at random")
	fs.BoolVar(&opt.Single, "single", false, "the first model alone")
	all := fs.Bool("all", false, "train on the documents set aside, too")
	fs.Parse(args)
	if *out == "" {
		return fmt.Errorf("no -out file")
	}

	var files []*brat.File
	var err error
	licence := "CC BY 2.5 (texts: Wikinews), CC BY 4.0 (annotation)"
	switch *corpus {
	case "shipped":
		files, err = brat.Read(filepath.Join(*data, "attributions", "text"), filepath.Join(*data, "attributions", "ann"))
	case "polnear":
		licence = "none given: measure only, never ship"
		files, err = brat.Read(filepath.Join(*data, "polnear", "train", "text"), filepath.Join(*data, "polnear", "train", "attributions"))
	default:
		err = fmt.Errorf("no corpus %q", *corpus)
	}
	if err != nil {
		return err
	}
	var examples []quote.Example
	for _, f := range files {
		if *corpus == "shipped" && !*all && quote.SetAside(f.Name) {
			continue
		}
		if *limit > 0 && len(examples) == *limit {
			break
		}
		examples = append(examples, example(f))
	}
	opt.Head = []perceptron.Field{
		{Key: "model", Value: "statements"},
		{Key: "version", Value: "1"},
		{Key: "data", Value: fmt.Sprintf("%s, %d documents, %s", *corpus, len(examples), quote.Fingerprint(examples))},
		{Key: "licence", Value: licence},
		{Key: "date", Value: *date},
		{Key: "seed", Value: "0"},
	}
	start := time.Now()
	opt.Progress = func(stage string, epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "%6.1fs %s epoch %d loss %.4f\n", time.Since(start).Seconds(), stage, epoch, loss)
	}
	m := quote.Train(examples, opt)
	w, err := os.Create(*out)
	if err != nil {
		return err
	}
	n, err := m.WriteTo(w)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d bytes\n", n)
	return w.Close()
}

// example runs the steps before quote on the text of f.
func example(f *brat.File) quote.Example {
	doc := &stemma.Document{Report: &stemma.Report{Text: f.Text}}
	doc.Sentences, doc.Tokens = segment.Split(f.Text)
	doc.Tags, doc.Names = tag.Find(doc)
	e := quote.Example{Doc: doc}
	for role, to := range []*[]quote.Stretches{&e.Source, &e.Cue, &e.Content} {
		for _, s := range f.Spans[role] {
			*to = append(*to, s)
		}
	}
	for _, ev := range f.Events {
		e.Events = append(e.Events, quote.Event{Source: ev[brat.Source], Cue: ev[brat.Cue], Content: ev[brat.Content]})
	}
	return e
}
