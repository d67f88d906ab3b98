package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma"
	"stemma/collate"
	"stemma/record"
)

// kindsOf gives the kinds of variant that answer to a class of recorded change.
var kindsOf = map[string][]stemma.VariantKind{
	"number":        {stemma.Number},
	"date":          {stemma.Date},
	"quotation":     {stemma.Quotation},
	"quantifier":    {stemma.Scope},
	"omission":      {stemma.Omission},
	"addition":      {stemma.Addition},
	"negation":      {stemma.Negation},
	"place":         {stemma.NameChange},
	"name":          {stemma.NameChange},
	"role":          {stemma.NameChange},
	"attribution":   {stemma.Attribution},
	"modality":      {stemma.Modality},
	"roles_swapped": {stemma.Roles},
	"move":          {stemma.Reordering},
}

// evalChanges collates the edges of the written families and looks for the
// changes that were planted in them.
func evalChanges(args []string) error {
	fs := flag.NewFlagSet("changes", flag.ExitOnError)
	dir := fs.String("data", "../shared/data/families", "the folder of families")
	verbose := fs.Bool("v", false, "print every change that is not found or named otherwise")
	fs.Parse(args)
	files, _ := filepath.Glob(filepath.Join(*dir, "f*", "family.json"))
	if len(files) == 0 {
		return fmt.Errorf("no families in %s", *dir)
	}
	type tally struct{ all, found, bearing, named int }
	tallies := map[string]*tally{}
	for _, file := range files {
		var fam struct {
			ID    string
			Edges []struct {
				Copy, Exemplar string
				Changes        []struct{ Class, From, To string }
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &fam); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, e := range fam.Edges {
			var docs []*stemma.Document
			for _, name := range []string{e.Exemplar, e.Copy} {
				text, err := os.ReadFile(filepath.Join(filepath.Dir(file), name+".txt"))
				if err != nil {
					return err
				}
				docs = append(docs, record.Annotate(&stemma.Report{ID: stemma.NewReportID(name, string(text)), Source: name, Text: string(text)}))
			}
			col := collate.Collate(docs)
			for _, ch := range e.Changes {
				t := tallies[ch.Class]
				if t == nil {
					t = &tally{}
					tallies[ch.Class] = t
				}
				t.all++
				kinds := map[stemma.VariantKind]bool{}
				bearing := false
				for _, l := range lociAt(col, docs, ch.From, ch.To) {
					kinds[l.Kind] = true
					if l.Inner != "" {
						kinds[l.Inner] = true
					}
					bearing = bearing || l.Severity == stemma.MeaningBearing
				}
				named := slices.ContainsFunc(kindsOf[ch.Class], func(k stemma.VariantKind) bool { return kinds[k] })
				if len(kinds) > 0 {
					t.found++
				}
				if bearing {
					t.bearing++
				}
				if named {
					t.named++
				}
				if *verbose && (!named || !bearing) {
					fmt.Printf("%s %s→%s %-13s bearing %-5v kinds %v: %q → %q\n", fam.ID, e.Exemplar, e.Copy, ch.Class, bearing, slices.Sorted(maps.Keys(kinds)), ch.From, ch.To)
				}
			}
		}
	}
	fmt.Println("# stemma-eval changes: the changes planted in the written families, as collation reports them")
	fmt.Println("# corpus: families (class A), every edge collated alone; class as recorded in family.json")
	fmt.Println("# found: a variant overlaps the words on both sides; bearing: one of these is meaning-bearing; named: one is of the recorded class")
	fmt.Printf("%-14s %5s %6s %8s %6s\n", "class", "all", "found", "bearing", "named")
	var sum tally
	for _, class := range slices.Sorted(maps.Keys(tallies)) {
		t := tallies[class]
		fmt.Printf("%-14s %5d %6d %8d %6d\n", class, t.all, t.found, t.bearing, t.named)
		sum.all, sum.found, sum.bearing, sum.named = sum.all+t.all, sum.found+t.found, sum.bearing+t.bearing, sum.named+t.named
	}
	fmt.Printf("%-14s %5d %6d %8d %6d\n", "all", sum.all, sum.found, sum.bearing, sum.named)
	return nil
}

// lociAt returns the variants of col that overlap the words from of the
// exemplar and to of the copy; where one is empty, the other decides.
func lociAt(col *stemma.Collation, docs []*stemma.Document, from, to string) []stemma.Locus {
	at := func(doc *stemma.Document, words string) stemma.Span {
		i := strings.Index(doc.Report.Text, words)
		if words == "" || i < 0 {
			return stemma.Span{}
		}
		return stemma.Span{Start: i, End: i + len(words)}
	}
	a, b := at(docs[0], from), at(docs[1], to)
	var out []stemma.Locus
	for _, l := range col.Loci {
		ra, rb := l.Readings[0].Span, l.Readings[1].Span
		touches := func(r, want stemma.Span) bool {
			return want.IsZero() || r.Overlaps(want) || r.Len() == 0 && want.Start <= r.Start && r.Start <= want.End
		}
		if l.Kind != stemma.Same && touches(ra, a) && touches(rb, b) && (ra.Overlaps(a) || rb.Overlaps(b)) {
			out = append(out, l)
		}
	}
	return out
}
