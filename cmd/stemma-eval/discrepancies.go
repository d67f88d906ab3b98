package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"stemma"
	"stemma/record"
)

// evalDiscrepancies scores the disagreements found between independent reports
// of one event: in each of the written families, report I disagrees with the
// original A on one recorded fact.
func evalDiscrepancies(args []string) error {
	fs := flag.NewFlagSet("discrepancies", flag.ExitOnError)
	dir := fs.String("data", "../shared/data/families", "the folder of families")
	verbose := fs.Bool("v", false, "print every disagreement")
	fs.Parse(args)
	files, _ := filepath.Glob(filepath.Join(*dir, "f*", "family.json"))
	if len(files) == 0 {
		return fmt.Errorf("no families in %s", *dir)
	}
	fmt.Println("# stemma-eval discrepancies: figures and dates on which two independent reports disagree")
	fmt.Println("# corpus: families (class A), original A beside independent report I; one recorded disagreement each.")
	fmt.Println("# \"other\" are further disagreements claimed; nearly all of these are wrong. minLikeness was set on this set.")
	found, other, in := 0, 0, map[string][2]int{}
	for _, file := range files {
		var fam struct {
			ID          string
			Independent []struct {
				Disagrees struct{ Class, Original, Here string }
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &fam); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		var docs []*stemma.Document
		for _, name := range []string{"A.txt", "I.txt"} {
			text, err := os.ReadFile(filepath.Join(filepath.Dir(file), name))
			if err != nil {
				return err
			}
			docs = append(docs, record.Annotate(&stemma.Report{ID: stemma.NewReportID(name, string(text)), Source: name, Text: string(text)}))
		}
		gold := fam.Independent[0].Disagrees
		res := record.Build(docs, record.Options{})
		hit := false
		for _, d := range res.Record.Discrepancies {
			right := cites(d, docs[0], gold.Original) && cites(d, docs[1], gold.Here)
			hit = hit || right
			if !right {
				other++
			}
			if *verbose {
				fmt.Printf("  %s %v %.2f %s %s\n", fam.ID, right, d.Weight, d.Kind, d.Question)
			}
		}
		n := in[gold.Class]
		n[1]++
		if hit {
			found++
			n[0]++
		}
		in[gold.Class] = n
		if *verbose {
			fmt.Printf("%s found=%v %s: %s | %s\n", fam.ID, hit, gold.Class, gold.Original, gold.Here)
		}
	}
	fmt.Printf("found %d of %d; other %d; precision %.2f\n", found, len(files), other, float64(found)/float64(max(found+other, 1)))
	for _, class := range []string{"number", "date", "place", "name"} {
		if n := in[class]; n[1] > 0 {
			fmt.Printf("%-7s %d of %d\n", class, n[0], n[1])
		}
	}
	return nil
}

// cites reports whether d cites words of doc that overlap where doc has words.
func cites(d stemma.Discrepancy, doc *stemma.Document, words string) bool {
	at := strings.Index(doc.Report.Text, words)
	span := stemma.Span{Start: at, End: at + len(words)}
	for _, side := range d.Sides {
		for _, c := range side {
			if c.Report == doc.Report.ID && at >= 0 && c.Span.Overlaps(span) {
				return true
			}
		}
	}
	return false
}
