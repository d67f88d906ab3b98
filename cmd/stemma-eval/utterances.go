package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/actor"
	"stemma/record"
)

// evalUtterances measures, on the families of copies, whether quotations that a
// copyist altered come together with the original's wording and are told to be
// altered; whether quotations that were left as they are come together and are
// told to be the same; and whether a statement put into another mouth is still
// known for the same one.
func evalUtterances(args []string) error {
	flags := flag.NewFlagSet("utterances", flag.ContinueOnError)
	dir := flags.String("families", "../shared/data/families", "folder of the families")
	part := flags.String("part", "other", "families to score: tune, other or all")
	worst := flags.Bool("worst", false, "print what is wrong")
	out := flags.String("o", "", "write the figures to this file instead of standard output")
	if err := flags.Parse(args); err != nil {
		return err
	}
	w, done, err := figures(*out)
	if err != nil {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(*dir, "f*", "family.json"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("no families in %s", *dir)
	}
	fmt.Fprintf(w, "stemma-eval utterances -part %s, %s\n", *part, time.Now().UTC().Format("2006-01-02"))
	fmt.Fprintf(w, "corpus: families of copied reports (own text over Wikinews, class A); families by parity of FNV-1a of their name\n\n")
	var t utteranceTally
	for _, path := range paths {
		if !inPart(filepath.Base(filepath.Dir(path)), *part) {
			continue
		}
		var show io.Writer
		if *worst {
			show = w
		}
		if err := t.family(path, show); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	row := func(what string, n, all int) {
		fmt.Fprintf(w, "%-62s %4d of %4d  %5.1f %%\n", what, n, all, 100*float64(n)/float64(max(1, all)))
	}
	row("quotations recorded as altered: found as quotations on both sides", t.found, t.altered)
	row("  of these: the two wordings in one utterance", t.paired, t.found)
	row("  of these: told to be altered", t.told, t.paired)
	row("quotations of four words or more that both have word for word", t.samePaired, t.same)
	row("  of these: told to be the same", t.sameTold, t.samePaired)
	fmt.Fprintf(w, "utterances of two or more wordings from one report that say different things: %d\n", t.mixed)
	return done()
}

type utteranceTally struct {
	altered, found, paired, told int
	same, samePaired, sameTold   int
	mixed                        int
}

func (t *utteranceTally) family(path string, show io.Writer) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var fam struct {
		ID    string
		Edges []struct {
			Copy, Exemplar string
			Changes        []struct{ Class, From, To string }
		}
	}
	if err := json.Unmarshal(b, &fam); err != nil {
		return err
	}
	annotated := map[string]*stemma.Document{}
	read := func(name string) (*stemma.Document, error) {
		if d := annotated[name]; d != nil {
			return d, nil
		}
		text, err := os.ReadFile(filepath.Join(filepath.Dir(path), name+".txt"))
		if err != nil {
			return nil, err
		}
		d := record.Annotate(&stemma.Report{ID: stemma.ReportID(fam.ID + name), Source: name, Text: string(text)})
		annotated[name] = d
		return d, nil
	}
	for _, e := range fam.Edges {
		a, err := read(e.Exemplar)
		if err != nil {
			return err
		}
		b, err := read(e.Copy)
		if err != nil {
			return err
		}
		docs, _ := actor.Link([]*stemma.Document{a, b}, nil)
		us := record.Utterances(docs)
		for _, c := range e.Changes {
			if c.Class != "quotation" {
				continue
			}
			t.altered++
			i, j := wordingAt(us, docs[0], c.From), wordingAt(us, docs[1], c.To)
			switch {
			case i < 0 || j < 0:
				if show != nil {
					fmt.Fprintf(show, "%s %s→%s not found (%d %d): %s | %s\n", fam.ID, e.Exemplar, e.Copy, i, j, c.From, c.To)
				}
				continue
			case i != j:
				if show != nil {
					fmt.Fprintf(show, "%s %s→%s apart (%s, %s): %s | %s\n", fam.ID, e.Exemplar, e.Copy, us[i].Speaker, us[j].Speaker, c.From, c.To)
				}
			case us[i].Altered:
				t.told++
				t.paired++
			default:
				t.paired++
				if show != nil {
					fmt.Fprintf(show, "%s %s→%s not told (%s): %s | %s\n", fam.ID, e.Exemplar, e.Copy, us[i].Why, c.From, c.To)
				}
			}
			t.found++
		}
		t.unaltered(us, docs, show)
	}
	return nil
}

// unaltered counts the quotations that both reports have word for word.
func (t *utteranceTally) unaltered(us []stemma.Utterance, docs []*stemma.Document, show io.Writer) {
	for i := range docs[0].Statements {
		for _, s := range docs[0].Statements[i].Quoted {
			words := docs[0].Text(s)
			if strings.Count(strings.TrimSpace(words), " ") < 3 {
				continue
			}
			j := wordingAt(us, docs[1], words)
			if j < 0 {
				continue
			}
			t.same++
			k := wordingAt(us, docs[0], words)
			if k != j {
				if show != nil {
					fmt.Fprintf(show, "%s: same words apart: %s\n", docs[0].Report.ID, words)
				}
				continue
			}
			t.samePaired++
			if !us[k].Altered {
				t.sameTold++
			} else if show != nil {
				fmt.Fprintf(show, "%s: same words told altered (%s): %s\n", docs[0].Report.ID, us[k].Why, words)
			}
		}
	}
	for _, u := range us {
		for x, v := range u.Wordings {
			for _, w := range u.Wordings[x+1:] {
				if v.Report == w.Report && v.Same != w.Same {
					t.mixed++
				}
			}
		}
	}
}

// wordingAt returns the index of the utterance whose wording holds words in
// doc, the shortest such wording; -1 if there is none.
func wordingAt(us []stemma.Utterance, doc *stemma.Document, words string) int {
	words = strings.Trim(words, "“”\"'’‘ .,")
	best, length := -1, 1<<30
	for i, u := range us {
		if slices.ContainsFunc(u.Wordings, func(w stemma.Wording) bool {
			if w.Report != doc.Report.ID || w.Span.Len() >= length || len(doc.Statements[w.Statement].Quoted) == 0 {
				return false
			}
			return strings.Contains(doc.Text(w.Span), words)
		}) {
			best = i
			for _, w := range u.Wordings {
				if w.Report == doc.Report.ID && strings.Contains(doc.Text(w.Span), words) {
					length = min(length, w.Span.Len())
				}
			}
		}
	}
	return best
}
