package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"stemma"
	"stemma/internal/corpus"
	"stemma/internal/train"
	"stemma/segment"
	"stemma/tag"
)

// nameSets are the documents that names are measured on.
var nameSets = []struct{ corpus, name string }{{"gum", "gum-news"}, {"wikigold", "wikigold"}, {"re3d", "re3d"}}

// namesEval measures package tag's names on the news of GUM, on WikiGold and on
// re3d. It learns both models four times without a quarter of the news of GUM,
// and the model of names four times more without a quarter of WikiGold and of
// re3d, and measures on what was left out, so that every document is measured
// once by models that never saw it. Text is split by package segment. With
// -peer it measures the names of another system, from a file that
// eval/spacy_names.py writes, by the same rule on the same documents.
func namesEval(args []string) error {
	fs := flag.NewFlagSet("names", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora")
	peer := fs.String("peer", "", "JSON lines `file` of another system's names: id, names as [start, end, label] in bytes")
	texts := fs.String("texts", "", "write the texts for another system to this JSON lines `file`, and stop")
	part := fs.Int("part", -1, "measure on this `part` only")
	news := fs.Bool("news", false, "measure on the news of GUM only")
	models := fs.String("models", "", "keep the models of the trainings in this `folder`, and use those it holds already")
	wrong := fs.Bool("wrong", false, "list the mistakes")
	fs.Parse(args)
	docs, err := corpus.Named(*data)
	if err != nil {
		return err
	}
	if *texts != "" {
		return writeTexts(*texts, docs)
	}
	ours, theirs := newNameScores("stemma"), newNameScores("spacy_sm")
	var found map[string][]stemma.Name
	if *peer != "" {
		if found, err = readPeer(*peer); err != nil {
			return err
		}
	}
	for p := range corpus.Parts {
		if *part >= 0 && p != *part {
			continue
		}
		learn, held := corpus.Split(docs, p)
		tags, err := kept(*models, fmt.Sprintf("tags-%d.model", p), func() io.WriterTo { return train.Tags(learn, train.Options{Seed: 1}) })
		if err != nil {
			return err
		}
		t, err := tag.New(tags, nil)
		if err != nil {
			return err
		}
		measure := func(name string, learn, held []*corpus.Doc) error {
			names, err := kept(*models, fmt.Sprintf("%s-%d.model", name, p), func() io.WriterTo { return train.Names(learn, t, train.Options{Seed: 1}) })
			if err != nil {
				return err
			}
			full, err := tag.New(tags, names)
			if err != nil {
				return err
			}
			for _, d := range held {
				ours[d.Corpus].add(d, findNames(full, d), *wrong)
				if *peer != "" {
					theirs[d.Corpus].add(d, found[d.ID], *wrong)
				}
			}
			return nil
		}
		if err := measure("names", learn, held); err != nil {
			return err
		}
		if *news {
			continue
		}
		learn, held = corpus.Hold(docs, p, "wikigold", "re3d")
		if err := measure("names-others", learn, held); err != nil {
			return err
		}
	}
	fmt.Println("# stemma-eval names: names in the news of GUM (CC BY 2.5, annotation CC BY 4.0; class A), WikiGold (CC BY 4.0; A) and re3d (five")
	fmt.Println("# government sources, see NOTICE; A). Cross-validated by document: every document is measured once, by models learned without it.")
	fmt.Println("# Four trainings leave out every fourth news document of GUM, four more every fourth document of WikiGold and of re3d; all else of")
	fmt.Println("# GUM, WikiGold, re3d and MEANTIME is learned from. Exact spans (a leading article and a trailing 's do not count; parts of a gold")
	fmt.Println("# token are not judged). Countries and great cities are places, also where they act. low and high: 95 % bootstrap by document.")
	fmt.Println("# corpus system kind P R F1 low high gold")
	for _, set := range nameSets {
		for _, scores := range []nameScores{ours, theirs} {
			if s := scores[set.corpus]; len(s.docs) > 0 {
				s.print(os.Stdout, set.name)
			}
		}
	}
	return nil
}

// kept returns the model in the file name of dir, or else learns it and keeps it
// there. An empty dir keeps nothing.
func kept(dir, name string, learn func() io.WriterTo) ([]byte, error) {
	path := filepath.Join(dir, name)
	if dir != "" {
		if data, err := os.ReadFile(path); err == nil {
			return data, nil
		}
	}
	var b bytes.Buffer
	if _, err := learn().WriteTo(&b); err != nil {
		return nil, err
	}
	if dir != "" {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// findNames runs segment and t on the plain text of d.
func findNames(t *tag.Tagger, d *corpus.Doc) []stemma.Name {
	doc := &stemma.Document{Report: d.Report}
	doc.Sentences, doc.Tokens = segment.Split(d.Report.Text)
	_, names := t.Find(doc)
	return names
}

// nameScores are the scores of a system by corpus.
type nameScores map[string]*nameScore

func newNameScores(system string) nameScores {
	s := nameScores{}
	for _, set := range nameSets {
		s[set.corpus] = &nameScore{name: system}
	}
	return s
}

type nameScore struct {
	name string
	docs []nameCount
}

// A nameCount counts the names of one document: persons, organisations, places, all.
type nameCount struct{ gold, found, ok [4]int }

var scoredKinds = []string{string(stemma.Person), string(stemma.Organisation), string(stemma.Place)}

func (s *nameScore) add(d *corpus.Doc, names []stemma.Name, list bool) {
	var c nameCount
	gold := map[stemma.Span]string{}
	for _, g := range d.Names {
		gold[bare(d.Report.Text, g.Span)] = g.Label
	}
	found := map[stemma.Span]string{}
	for _, n := range names {
		// What is a part of a gold token ("Oslo" of "pro-Oslo") has no gold label.
		if first, end := d.TokensIn(n.Span); end-first == 1 && d.Tokens[first].Len() > n.Len() && d.Tokens[first].Span != n.Span && gold[n.Span] == "" {
			continue
		}
		found[bare(d.Report.Text, n.Span)] = string(n.Kind)
	}
	for k, kind := range scoredKinds {
		for span, label := range gold {
			if label == kind {
				c.gold[k]++
				c.gold[3]++
			}
			if label == kind && found[span] != kind && list {
				fmt.Printf("%s missed %s %q (%s) in %s: %q\n", s.name, kind, span.Of(d.Report.Text), found[span], d.ID,
					d.Report.Text[max(0, span.Start-30):min(len(d.Report.Text), span.End+20)])
			}
		}
		for span, label := range found {
			if label != kind {
				continue
			}
			c.found[k]++
			c.found[3]++
			if gold[span] == kind {
				c.ok[k]++
				c.ok[3]++
			} else if list {
				fmt.Printf("%s wrong %s %q (%s) in %s: %q\n", s.name, kind, span.Of(d.Report.Text), gold[span], d.ID,
					d.Report.Text[max(0, span.Start-30):min(len(d.Report.Text), span.End+20)])
			}
		}
	}
	s.docs = append(s.docs, c)
}

// bare takes a leading article and a trailing possessive off s.
func bare(text string, s stemma.Span) stemma.Span {
	for _, a := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		if strings.HasPrefix(s.Of(text), a) {
			s.Start += len(a)
			break
		}
	}
	for _, p := range []string{"'s", "’s"} {
		if strings.HasSuffix(s.Of(text), p) && s.Len() > len(p) {
			s.End -= len(p)
			break
		}
	}
	return s
}

func (s *nameScore) print(w io.Writer, set string) {
	all := make([]int, len(s.docs))
	for i := range all {
		all[i] = i
	}
	for k, kind := range append(scoredKinds[:3:3], "all") {
		measure := func(draw []int) (p, r, f float64, gold int) {
			ok, found := 0, 0
			for _, i := range draw {
				c := &s.docs[i]
				ok, found, gold = ok+c.ok[k], found+c.found[k], gold+c.gold[k]
			}
			p, r, f = prf(ok, found, gold)
			return p, r, f, gold
		}
		p, r, f, gold := measure(all)
		low, high := bootstrap(len(s.docs), func(draw []int) float64 {
			_, _, f, _ := measure(draw)
			return f
		})
		fmt.Fprintf(w, "%-8s %-8s %-12s %5.1f %5.1f %5.1f %5.1f %5.1f %5d\n", set, s.name, kind, p, r, f, low, high, gold)
	}
}

type peerDoc struct {
	ID    string   `json:"id"`
	Text  string   `json:"text,omitempty"`
	Names [][3]any `json:"names,omitempty"`
}

func writeTexts(path string, docs []*corpus.Doc) error {
	f, err := os.Create(filepath.Clean(path))
	if err != nil {
		return err
	}
	enc := json.NewEncoder(f)
	for _, d := range docs {
		if d.Corpus == "gum" && d.Genre != "news" || d.Corpus == "meantime" {
			continue
		}
		if err := enc.Encode(peerDoc{ID: d.ID, Text: d.Report.Text}); err != nil {
			return err
		}
	}
	return f.Close()
}

func readPeer(path string) (map[string][]stemma.Name, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string][]stemma.Name{}
	for dec := json.NewDecoder(f); dec.More(); {
		var d peerDoc
		if err := dec.Decode(&d); err != nil {
			return nil, err
		}
		for _, n := range d.Names {
			start, ok1 := n[0].(float64)
			end, ok2 := n[1].(float64)
			label, ok3 := n[2].(string)
			if !ok1 || !ok2 || !ok3 {
				return nil, fmt.Errorf("%s: name %v", d.ID, n)
			}
			out[d.ID] = append(out[d.ID], stemma.Name{Span: stemma.Span{Start: int(start), End: int(end)}, Kind: stemma.ActorKind(label)})
		}
	}
	return out, nil
}
