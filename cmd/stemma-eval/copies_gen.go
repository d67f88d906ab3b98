package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"stemma"
	"stemma/internal/copygen"
)

// A copyTruth is what is known of one generated report.
type copyTruth struct {
	ID       stemma.ReportID `json:"id"`
	Story    int             `json:"story"`
	Family   int             `json:"family"` // number of the original
	Exemplar stemma.ReportID `json:"exemplar,omitempty"`
	Kind     stemma.CopyKind `json:"kind,omitempty"`
	Rate     float64         `json:"rate,omitempty"`
	J5       float64         `json:"j5,omitempty"` // word 5-gram Jaccard with the exemplar
}

// copiesGen writes generated reports with known families: reports.jsonl as
// stemma copies --input takes it, truth.jsonl beside it.
func copiesGen(args []string) error {
	fs := flag.NewFlagSet("copies-gen", flag.ExitOnError)
	n := fs.Int("n", 10000, "reports")
	seed := fs.Uint64("seed", 1, "seed")
	data := fs.String("data", "../shared/data", "folder of corpora; the sentence patterns come from gum/ and ewt/")
	out := fs.String("o", "reports.jsonl", "reports")
	truth := fs.String("truth", "truth.jsonl", "truth")
	fs.Parse(args)
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // little is held, much is made
	w, err := copygen.NewWorld(os.DirFS(*data), "gum/GUM_*.conllu", "ewt/*.conllu")
	if err != nil {
		return err
	}
	rf, err := os.Create(*out)
	if err != nil {
		return err
	}
	defer rf.Close()
	tf, err := os.Create(*truth)
	if err != nil {
		return err
	}
	defer tf.Close()
	rw, tw := bufio.NewWriterSize(rf, 1<<20), bufio.NewWriterSize(tf, 1<<20)
	re, te := json.NewEncoder(rw), json.NewEncoder(tw)
	// One goroutine writes the reports, this one compares copy with exemplar.
	members := make(chan *copygen.Member, 1000)
	go func() {
		defer close(members)
		for m := range w.Corpus(*seed, *n) {
			members <- m
		}
	}()
	type written struct {
		id    stemma.ReportID
		grams copygen.Grams
	}
	family, ofFamily := 0, map[int]written{}
	bytes := 0
	for m := range members {
		t := copyTruth{ID: m.Report.ID, Story: m.Story, Kind: m.Kind, Rate: m.Rate}
		if m.Parent < 0 {
			family = m.Number
			clear(ofFamily)
		}
		grams := copygen.GramsOf(m.Report.Text, 5)
		if m.Parent >= 0 {
			p := ofFamily[m.Parent]
			t.Exemplar = p.id
			t.J5 = copygen.Jaccard(p.grams, grams)
		}
		t.Family = family
		ofFamily[m.Number] = written{m.Report.ID, grams}
		bytes += len(m.Report.Text)
		if err := errors.Join(re.Encode(m.Report), te.Encode(t)); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "%d reports, %d bytes of text each\n", *n, bytes / *n)
	return errors.Join(rw.Flush(), tw.Flush(), rf.Close(), tf.Close())
}
