package export

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"stemma"
	"stemma/collate"
	"stemma/internal/term"
)

//go:embed collation_page.html
var collationPageHTML string

//go:embed collation_page.css
var collationPageCSS string

//go:embed collation_page.js
var collationPageJS string

// mostColumns is how many witnesses stand in columns of their own; more share
// one column of text with an apparatus beside it.
const mostColumns = 3

// CollationPage writes c as one self-contained page: docs are the witnesses, in
// the order of c.Witnesses. Of opt it takes the origins. Nothing is fetched. Without its script the page
// can be read and filtered all the same; the script adds the keys n and N (to
// the next and the previous change) and lights up a change in all witnesses.
func CollationPage(w io.Writer, docs []*stemma.Document, c *stemma.Collation, opt CollationOptions) error {
	t, err := template.New("page").Parse(collationPageHTML)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if err := t.Execute(b, newCollationPage(docs, c, opt.Origins)); err != nil {
		return err
	}
	return b.Flush()
}

type (
	colPage struct {
		Title     string
		CSS       template.CSS
		FilterCSS template.CSS
		JS        template.JS
		Witnesses []colWitness
		Columns   int
		Counts    []colCount
		Kinds     []colKind
		Top       []colEntry
		Rows      []colRow
		Apparatus bool

		origins []int
	}
	colWitness struct{ Sigil, Name, Date string }
	colCount   struct {
		N     int
		Class stemma.Severity
	}
	colKind struct {
		kindInfo
		N int
	}
	colEntry struct {
		Locus         int
		Glyph, Title  string
		Severity      stemma.Severity
		Readings      []colReading
		Note, Where   string
		MeaningfulNum int
	}
	colReading struct{ Sigla, Text string }
	colRow     struct {
		N       int
		Class   string
		Action  string
		Cells   []colCell
		Entries []colEntry
	}
	colCell struct {
		Sigil string
		Class string
		Runs  []colRun
		Empty string
	}
	colRun struct {
		Changed               bool
		Locus, Move           int
		Class, Glyph, Label   string
		Text, Before          string
		First, Gap, MoveStart bool
	}
)

func newCollationPage(docs []*stemma.Document, c *stemma.Collation, origins []int) *colPage {
	p := &colPage{origins: origins, CSS: template.CSS(collationPageCSS), JS: template.JS(collationPageJS)}
	var names []string
	for i, wit := range c.Witnesses {
		p.Witnesses = append(p.Witnesses, colWitness{wit.Sigil, witnessName(docs[i]), docs[i].Report.Published.String()})
		names = append(names, witnessName(docs[i]))
	}
	p.Title = strings.Join(names, " · ")
	if len(names) > 3 {
		p.Title = fmt.Sprintf("%d reports side by side", len(names))
	}
	p.Columns = len(docs)
	p.Apparatus = len(docs) > mostColumns
	if p.Apparatus {
		p.Columns = 1
	}
	bySeverity, byKind := map[stemma.Severity]int{}, map[stemma.VariantKind]int{}
	byBead := make([][]int, len(c.Beads))
	for i, l := range c.Loci {
		byBead[l.Bead] = append(byBead[l.Bead], i)
		if l.Kind != stemma.Same {
			bySeverity[l.Severity]++
			byKind[l.Kind]++
		}
	}
	for _, s := range severities {
		if bySeverity[s] > 0 {
			p.Counts = append(p.Counts, colCount{bySeverity[s], s})
		}
	}
	var filter strings.Builder
	for _, k := range kinds {
		if byKind[k.Kind] == 0 || k.Kind == stemma.Same {
			continue
		}
		p.Kinds = append(p.Kinds, colKind{k, byKind[k.Kind]})
		// A kind that is not ticked loses its marks and its notes.
		fmt.Fprintf(&filter, "main:has(#f-%[1]s:not(:checked)) .v.k-%[1]s{all:unset}main:has(#f-%[1]s:not(:checked)) .v.k-%[1]s :is(sup,.caret){display:none}main:has(#f-%[1]s:not(:checked)) li.k-%[1]s{display:none}\n", k.Kind)
	}
	p.FilterCSS = template.CSS(filter.String())
	order := collate.Rank(c)
	for _, i := range order {
		if c.Loci[i].Severity != stemma.MeaningBearing || len(p.Top) == 12 {
			break
		}
		e := p.entry(docs, c, i)
		e.MeaningfulNum = len(p.Top) + 1
		p.Top = append(p.Top, e)
	}
	for k, b := range c.Beads {
		p.Rows = append(p.Rows, p.row(docs, c, k, b, byBead[k]))
	}
	return p
}

// entry describes locus i for a list.
func (p *colPage) entry(docs []*stemma.Document, c *stemma.Collation, i int) colEntry {
	l := c.Loci[i]
	info := infoOf(l.Kind)
	e := colEntry{Locus: i, Glyph: info.Glyph, Title: info.Title, Severity: l.Severity, Note: term.Line(l.Note), Where: string(l.Kind)}
	if l.Quoted && l.Kind == stemma.Quotation {
		e.Title = "quotation altered"
	}
	for _, g := range collate.Groups(docs, l, p.origins) {
		text := term.Cut(term.Line(g.Text), 160)
		who := sigla(c, g.Witnesses)
		if p.origins != nil {
			who += fmt.Sprintf(" (%d %s)", g.Origins, plural(g.Origins, "origin"))
		}
		e.Readings = append(e.Readings, colReading{who, text})
	}
	if len(docs) == 2 && len(e.Readings) == 2 && e.Readings[0].Sigla != c.Witnesses[0].Sigil {
		e.Readings[0], e.Readings[1] = e.Readings[1], e.Readings[0]
	}
	return e
}

func (p *colPage) row(docs []*stemma.Document, c *stemma.Collation, k int, b stemma.Bead, loci []int) colRow {
	row := colRow{N: k + 1, Action: Action(c, k)}
	var class []string
	bears, changed := false, false
	for _, i := range loci {
		l := c.Loci[i]
		changed = changed || l.Kind != stemma.Same
		bears = bears || l.Severity == stemma.MeaningBearing
		if l.Kind == stemma.Same || l.Severity == stemma.Cosmetic && !p.Apparatus {
			continue
		}
		row.Entries = append(row.Entries, p.entry(docs, c, i))
	}
	slices.SortStableFunc(row.Entries, func(x, y colEntry) int {
		return cmp.Compare(slices.Index(severities, x.Severity), slices.Index(severities, y.Severity))
	})
	if bears {
		class = append(class, "bears")
	}
	if !changed {
		class = append(class, "plain")
	}
	if b.Moved {
		class = append(class, "moved")
	}
	seen := map[int]bool{}
	if p.Apparatus {
		row.Cells = []colCell{p.cell(docs, c, -1, loci, seen)}
		row.Class = strings.Join(class, " ")
		return row
	}
	for w := range docs {
		cell := p.cell(docs, c, w, loci, seen)
		cell.Sigil = c.Witnesses[w].Sigil
		if s := b.Sentences[w]; len(s) == 0 {
			cell.Empty = "left out"
			if w == 0 {
				cell.Empty = "not here"
			}
		} else {
			cell.Class = string(docs[w].Sentences[s[0]].Kind)
		}
		row.Cells = append(row.Cells, cell)
	}
	if row.Action == "Addition" {
		class = append(class, "added")
	} else if row.Action == "Deletion" {
		class = append(class, "omitted")
	}
	row.Class = strings.Join(class, " ")
	return row
}

// cell writes what witness w has at loci, in its own order. For w < 0 it takes
// the best supported words of each locus.
func (p *colPage) cell(docs []*stemma.Document, c *stemma.Collation, w int, loci []int, seen map[int]bool) colCell {
	type place struct {
		locus int
		d     *stemma.Document
		span  stemma.Span
	}
	var places []place
	any := false
	for _, i := range loci {
		l := c.Loci[i]
		if w >= 0 {
			places = append(places, place{i, docs[w], l.Readings[w].Span})
			any = any || l.Readings[w].Span.Len() > 0
			continue
		}
		for _, r := range l.Readings {
			if r.Span.Len() > 0 {
				places = append(places, place{i, docs[r.Witness], r.Span})
				any = true
				break
			}
		}
	}
	if !any {
		return colCell{}
	}
	if w >= 0 {
		slices.SortStableFunc(places, func(x, y place) int { return cmp.Compare(x.span.Start, y.span.Start) })
	}
	var cell colCell
	end := -1
	for _, pl := range places {
		l := c.Loci[pl.locus]
		run := colRun{Locus: pl.locus, Move: l.Move, Text: term.Clean(oneSpaceEach(pl.d.Text(pl.span)))}
		if pl.span.Len() > 0 {
			if end >= 0 && pl.span.Start > end || w < 0 && end >= 0 {
				run.Before = " "
			}
			end = pl.span.End
		}
		if l.Kind != stemma.Same {
			info := infoOf(l.Kind)
			run.Changed = true
			run.Class = fmt.Sprintf("%s k-%s", l.Severity, l.Kind)
			run.Glyph = info.Glyph
			if l.Kind == stemma.Quotation {
				run.Glyph = "❝!"
			}
			run.Label = info.Title
			if l.Note != "" {
				run.Label += ": " + term.Line(l.Note)
			}
			run.Gap = pl.span.Len() == 0
			if run.Gap && l.Kind == stemma.Division {
				run.Gap = false
				run.Text = ""
			}
			run.First = !seen[pl.locus]
			seen[pl.locus] = true
		} else if pl.span.Len() == 0 {
			continue
		}
		cell.Runs = append(cell.Runs, run)
	}
	return cell
}
