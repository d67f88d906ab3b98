package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"stemma/internal/corpus"
	"stemma/internal/perceptron"
	"stemma/internal/train"
	"stemma/tag"
)

// modelFlags are the flags that all trainings of package tag share.
type modelFlags struct {
	*flag.FlagSet
	data, out, date *string
	scores          *string
	seed            *uint64
	hold            *int
}

func newModelFlags(name string) modelFlags {
	fs := flag.NewFlagSet(name, flag.ExitOnError)
	return modelFlags{
		FlagSet: fs,
		data:    fs.String("data", "../shared/data", "`folder` of the corpora"),
		out:     fs.String("out", "tag/"+name+".model", "model `file` to write"),
		date:    fs.String("date", "", "`date` of the training, written into the model"),
		scores:  fs.String("scores", "eval/"+name+".txt", "`file` of stemma-eval with the scores to be written into the model"),
		seed:    fs.Uint64("seed", 1, "`seed` of the order of examples"),
		hold:    fs.Int("hold", -1, "leave out `part` 0 to 3 of the news documents of GUM; -1: learn from all"),
	}
}

func (f modelFlags) options() train.Options {
	start := time.Now()
	return train.Options{Seed: *f.seed, Progress: func(epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "%s: run %d, loss %.4f, %.0f s\n", f.Name(), epoch, loss, time.Since(start).Seconds())
	}}
}

// write writes m with its provenance. Without scores its head names the file
// that will have them; the command scores puts them in.
func (f modelFlags) write(m *perceptron.Model, data, licence string) error {
	scores, err := scoresOf(f.Name(), *f.scores)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: no scores yet: %v\n", f.Name(), err)
		scores = *f.scores
	}
	m = m.WithHead([]perceptron.Field{
		{Key: "model", Value: f.Name()}, {Key: "version", Value: "1"},
		{Key: "data", Value: data}, {Key: "licence", Value: licence},
		{Key: "date", Value: *f.date}, {Key: "seed", Value: fmt.Sprint(*f.seed)}, {Key: "left-out", Value: fmt.Sprint(*f.hold)},
		{Key: "scores", Value: scores},
	})
	fmt.Fprintf(os.Stderr, "%s: %d bytes in %s\n", f.Name(), m.Size(), *f.out)
	return writeModel(*f.out, m)
}

func writeModel(path string, m io.WriterTo) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := m.WriteTo(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

const gumLicence = "annotations CC BY 4.0; texts CC BY 2.5 to 4.0 or public domain (academic, court, interview, news, speech; two documents under other terms left out)"

// tagsCommand learns parts of speech from GUM.
func tagsCommand(args []string) error {
	f := newModelFlags("tags")
	f.Parse(args)
	docs, err := corpus.GUM(filepath.Join(*f.data, "gum"))
	if err != nil {
		return err
	}
	learn, _ := corpus.Split(docs, *f.hold)
	return f.write(train.Tags(learn, f.options()), "GUM", gumLicence)
}

// namesCommand learns names from GUM, WikiGold, re3d and MEANTIME.
func namesCommand(args []string) error {
	f := newModelFlags("names")
	tags := f.String("tags", "tag/tags.model", "`file` of the model of parts of speech")
	silver := f.Bool("silver", false, "learn from the articles of the attributions too, with the names that a first model finds in them")
	f.Parse(args)
	docs, err := corpus.Named(*f.data)
	if err != nil {
		return err
	}
	file, err := os.ReadFile(*tags)
	if err != nil {
		return err
	}
	t, err := tag.New(file, nil)
	if err != nil {
		return err
	}
	learn, _ := corpus.Split(docs, *f.hold)
	if *silver {
		first := train.Names(learn, t, f.options())
		var b bytes.Buffer
		first.WriteTo(&b)
		t1, err := tag.New(file, b.Bytes())
		if err != nil {
			return err
		}
		more, speakers, err := corpus.Attributions(filepath.Join(*f.data, "attributions"))
		if err != nil {
			return err
		}
		train.Silver(more, speakers, t1)
		learn = append(learn, more...)
	}
	return f.write(train.Names(learn, t, f.options()), "GUM, WikiGold, re3d (five government sources), MEANTIME",
		gumLicence+"; WikiGold and MEANTIME CC BY 4.0; re3d public domain, CC BY 3.0 AU, OGL 3.0, European Union reuse decision")
}
