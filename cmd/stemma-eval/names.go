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

// namesEval measures package tag's names on the news of GUM. It learns both
// models four times, each time without a quarter of the news documents, and
// measures on the quarter left out, so that every document is measured once by
// a model that never saw it. Text is split by package segment. With -peer it
// measures the spans of another system, from a file that eval/spacy_names.py
// writes, by the same rule on the same documents.
func namesEval(args []string) error {
	fs := flag.NewFlagSet("names", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora")
	peer := fs.String("peer", "", "JSON lines `file` of another system's names: id, names as [start, end, label] in bytes")
	texts := fs.String("texts", "", "write the texts for another system to this JSON lines `file`, and stop")
	part := fs.Int("part", -1, "measure on this `part` only")
	models := fs.String("models", "", "keep the models of the four trainings in this `folder`, and use those it holds already")
	wrong := fs.Bool("wrong", false, "list the mistakes")
	fs.Parse(args)
	docs, err := corpus.Named(*data)
	if err != nil {
		return err
	}
	if *texts != "" {
		return writeTexts(*texts, docs)
	}
	ours := nameScore{name: "stemma"}
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
		names, err := kept(*models, fmt.Sprintf("names-%d.model", p), func() io.WriterTo { return train.Names(learn, t, train.Options{Seed: 1}) })
		if err != nil {
			return err
		}
		if t, err = tag.New(tags, names); err != nil {
			return err
		}
		for _, d := range held {
			ours.add(d, findNames(t, d), *wrong)
		}
	}
	fmt.Printf("# stemma-eval names: names in the %d news documents of GUM (CC BY 2.5, annotation CC BY 4.0; class A)\n", ours.docs)
	fmt.Println("# Cross-validated by document: four trainings, each without every fourth news document. Exact spans (a leading")
	fmt.Println("# article and a trailing 's do not count; parts of a gold token are not judged). Countries and great cities are places, also where they act.")
	fmt.Println("# system kind P R F1 gold")
	ours.print(os.Stdout)
	if *peer != "" {
		found, err := readPeer(*peer)
		if err != nil {
			return err
		}
		theirs := nameScore{name: "spacy_sm"}
		for p := range corpus.Parts {
			if *part >= 0 && p != *part {
				continue
			}
			_, held := corpus.Split(docs, p)
			for _, d := range held {
				theirs.add(d, found[d.ID], *wrong)
			}
		}
		theirs.print(os.Stdout)
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

type nameScore struct {
	name            string
	docs            int
	gold, found, ok [4]int // person, organisation, place, all
}

var scoredKinds = []string{string(stemma.Person), string(stemma.Organisation), string(stemma.Place)}

func (s *nameScore) add(d *corpus.Doc, names []stemma.Name, list bool) {
	s.docs++
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
				s.gold[k]++
				s.gold[3]++
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
			s.found[k]++
			s.found[3]++
			if gold[span] == kind {
				s.ok[k]++
				s.ok[3]++
			} else if list {
				fmt.Printf("%s wrong %s %q (%s) in %s: %q\n", s.name, kind, span.Of(d.Report.Text), gold[span], d.ID,
					d.Report.Text[max(0, span.Start-30):min(len(d.Report.Text), span.End+20)])
			}
		}
	}
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

func (s *nameScore) print(w io.Writer) {
	for k, kind := range append(scoredKinds[:3:3], "all") {
		p, r, f := prf(s.ok[k], s.found[k], s.gold[k])
		fmt.Fprintf(w, "%-9s %-13s %5.1f %5.1f %5.1f %5d\n", s.name, kind, p, r, f, s.gold[k])
	}
}

// prf returns precision, recall and F1 in per cent.
func prf(ok, found, gold int) (p, r, f float64) {
	if found > 0 {
		p = 100 * float64(ok) / float64(found)
	}
	if gold > 0 {
		r = 100 * float64(ok) / float64(gold)
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
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
	for p := range corpus.Parts {
		_, held := corpus.Split(docs, p)
		for _, d := range held {
			if err := enc.Encode(peerDoc{ID: d.ID, Text: d.Report.Text}); err != nil {
				return err
			}
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
