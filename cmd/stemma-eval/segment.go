package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"stemma"
	"stemma/internal/corpus"
	"stemma/segment"
)

// segmentEval measures package segment against the tokens and sentences of
// GUM's news, rebuilt as plain text.
func segmentEval(args []string) error {
	fs := flag.NewFlagSet("segment", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora")
	genre := fs.String("genre", "news", "`genre` of GUM")
	wrong := fs.Bool("wrong", false, "list the mistakes")
	fs.Parse(args)
	docs, err := corpus.GUM(filepath.Join(*data, "gum"))
	if err != nil {
		return err
	}
	var tokens, sentences, judged spanScore
	n := 0
	for _, d := range docs {
		if d.Genre != *genre {
			continue
		}
		n++
		sents, toks := segment.Split(d.Report.Text)
		var a, b []stemma.Span
		for _, t := range d.Tokens {
			a = append(a, t.Span)
		}
		for _, t := range toks {
			b = append(b, t.Span)
		}
		list := func(what string) func(s stemma.Span, missed bool) {
			return func(s stemma.Span, missed bool) {
				if *wrong {
					text := d.Report.Text
					fmt.Printf("%s missed=%v %s: %q in %q\n", what, missed, d.ID, s.Of(text),
						text[max(0, s.Start-25):s.Start]+"⟦"+s.Of(text)+"⟧"+text[s.End:min(len(text), s.End+25)])
				}
			}
		}
		tokens.add(a, b, list("token"))
		// Tokens as the corpus would have them if it split every hyphen.
		judged.add(hyphens(d.Report.Text, a), hyphens(d.Report.Text, b), nil)
		a, b = nil, nil
		for _, s := range d.Sentences {
			a = append(a, s.Span)
		}
		for _, s := range sents {
			b = append(b, s.Span)
		}
		sentences.add(a, b, list("sentence"))
	}
	fmt.Printf("# stemma-eval segment: %d %s documents of GUM as plain text (CC BY 2.5, annotation CC BY 4.0; class A)\n", n, *genre)
	fmt.Println("# Exact spans. GUM keeps prefixes (pro-Western) and names (Jong-un) together where segment splits every hyphen;")
	fmt.Println("# the second line splits both alike.")
	fmt.Println("# unit P R F1 gold")
	tokens.print("tokens")
	judged.print("tokens-hyphens-alike")
	sentences.print("sentences")
	return nil
}

// hyphens splits spans at hyphens between letters or digits.
func hyphens(text string, spans []stemma.Span) []stemma.Span {
	var out []stemma.Span
	for _, s := range spans {
		for {
			i := strings.IndexAny(text[s.Start:s.End], "-–")
			if i <= 0 || i+1 >= s.Len() {
				break
			}
			size := len("-")
			if text[s.Start+i] != '-' {
				size = len("–")
			}
			out = append(out, stemma.Span{Start: s.Start, End: s.Start + i}, stemma.Span{Start: s.Start + i, End: s.Start + i + size})
			s.Start += i + size
		}
		out = append(out, s)
	}
	return out
}

type spanScore struct{ ok, found, gold int }

func (s *spanScore) add(gold, found []stemma.Span, wrong func(s stemma.Span, missed bool)) {
	s.gold += len(gold)
	s.found += len(found)
	in := map[stemma.Span]bool{}
	for _, g := range gold {
		in[g] = true
	}
	for _, f := range found {
		if in[f] {
			s.ok++
			delete(in, f)
		} else if wrong != nil {
			wrong(f, false)
		}
	}
	for _, g := range gold {
		if in[g] && wrong != nil {
			wrong(g, true)
		}
	}
}

func (s *spanScore) print(name string) {
	p, r, f := prf(s.ok, s.found, s.gold)
	fmt.Printf("%-20s %6.2f %6.2f %6.2f %6d\n", name, p, r, f, s.gold)
}
