package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/term"
)

// collationData is a collation as its template shows it: rows of aligned
// sentences, a cell for each witness, and notes beside them.
type collationData struct {
	ID        string
	Witnesses []pageRef
	Sum       string
	Unchanged bool // the rows are folded away
	Rows      []collationRow
}

type (
	collationRow struct {
		Class string // only, omitted, added, moved, bears (has a change that bears on the meaning)
		Cells []collationCell
		Notes []collationNote
	}
	collationCell struct {
		N     int
		Runs  []run
		Empty string // what to say if the witness has nothing here
	}
	collationNote struct {
		Severity           stemma.Severity
		Glyph, Title, Text string
	}
	// A run is a stretch of a cell: plain text, or one reading of a variant.
	run struct {
		Tag                       string // del in the first witness, ins in the others, "" if nothing differs
		Class, Glyph, Label, Text string
	}
)

// collation prepares c for its template.
func (v *view) collation(c *stemma.Collation) collationData {
	data := collationData{}
	var numbers []string
	for _, w := range c.Witnesses {
		ref := v.pageRef(stemma.Cite{Report: w.Report})
		data.Witnesses = append(data.Witnesses, ref)
		numbers = append(numbers, fmt.Sprint(ref.N))
	}
	data.ID = "c" + strings.Join(numbers, "-")
	counts := map[stemma.Severity]int{}
	byBead := make([][]*stemma.Locus, len(c.Beads))
	for i := range c.Loci {
		l := &c.Loci[i]
		if l.Kind == stemma.Same || !v.tells(c, l.Bead) {
			continue
		}
		counts[l.Severity]++
		if l.Bead >= 0 && l.Bead < len(byBead) {
			byBead[l.Bead] = append(byBead[l.Bead], l)
		}
	}
	var sums []string
	for _, sev := range severities {
		if n := counts[sev]; n > 0 {
			sums = append(sums, fmt.Sprintf("%d %s", n, sev))
		}
	}
	if data.Sum = strings.Join(sums, " · "); data.Sum == "" {
		data.Sum, data.Unchanged = "no change", true
	}
	if v.kindOf(c) == stemma.Partial {
		data.Sum += " · only the passages that were taken; the rest is a text of its own"
	}
	for i, bead := range c.Beads {
		if !v.tells(c, i) {
			continue
		}
		data.Rows = append(data.Rows, v.row(c, bead, byBead[i]))
	}
	return data
}

func (v *view) row(c *stemma.Collation, bead stemma.Bead, loci []*stemma.Locus) collationRow {
	var row collationRow
	var class []string
	filled, missing := 0, 0
	for w, sents := range bead.Sentences {
		doc := v.doc(c.Witnesses[w].Report)
		cell := collationCell{N: v.number[c.Witnesses[w].Report]}
		for k, i := range sents {
			if k > 0 {
				cell.Runs = append(cell.Runs, run{Text: " "})
			}
			cell.Runs = append(cell.Runs, v.runs(c, doc, doc.Sentences[i], w, loci)...)
		}
		if len(sents) > 0 {
			filled++
		} else {
			missing++
			cell.Empty = "left out"
			if w == 0 {
				cell.Empty = "not there"
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	if missing > 0 && filled > 0 {
		class = append(class, "only")
		if len(bead.Sentences[0]) == 0 {
			class = append(class, "added")
		} else {
			class = append(class, "omitted")
		}
	}
	if bead.Moved {
		class = append(class, "moved")
		row.Notes = append(row.Notes, collationNote{stemma.Stylistic, infoOf(stemma.Reordering).Glyph, "moved", "stands elsewhere in the other report"})
	}
	bears := false
	ordered := slices.Clone(loci)
	slices.SortStableFunc(ordered, func(a, b *stemma.Locus) int { return cmp.Compare(rank(a.Severity), rank(b.Severity)) })
	for _, l := range ordered {
		bears = bears || l.Severity == stemma.MeaningBearing
		if l.Severity == stemma.Cosmetic {
			continue
		}
		info := infoOf(l.Kind)
		note := collationNote{Severity: l.Severity, Glyph: info.Glyph, Title: info.Title, Text: term.Line(l.Note)}
		if note.Text == "" {
			note.Text = v.readings(c, l)
		}
		row.Notes = append(row.Notes, note)
	}
	if bears {
		class = append(class, "bears")
	}
	row.Class = strings.Join(class, " ")
	return row
}

func rank(s stemma.Severity) int { return slices.Index(severities, s) }

// readings is "old → new", shortened.
func (v *view) readings(c *stemma.Collation, l *stemma.Locus) string {
	var words []string
	for _, r := range l.Readings {
		doc := v.doc(c.Witnesses[r.Witness].Report)
		text := "–"
		if doc != nil && r.Span.Len() > 0 {
			text = term.Cut(term.Line(doc.Text(r.Span)), 48)
		}
		words = append(words, text)
	}
	return strings.Join(words, " → ")
}

// runs cuts a sentence of witness w at the readings of loci.
func (v *view) runs(c *stemma.Collation, doc *stemma.Document, sent stemma.Sentence, w int, loci []*stemma.Locus) []run {
	type mark struct {
		span  stemma.Span
		locus *stemma.Locus
	}
	var marks []mark
	for _, l := range loci {
		for _, r := range l.Readings {
			if r.Witness == w && r.Span.Len() > 0 && r.Span.Overlaps(sent.Span) {
				marks = append(marks, mark{stemma.Span{Start: max(r.Span.Start, sent.Start), End: min(r.Span.End, sent.End)}, l})
			}
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Compare(a.span.Start, b.span.Start) })
	plain := sentenceClass(sent.Kind)
	var out []run
	add := func(s stemma.Span) {
		if s.Len() > 0 {
			out = append(out, run{Class: plain, Text: term.Clean(oneSpaceEach(doc.Text(s)))})
		}
	}
	at := sent.Start
	for _, m := range marks {
		if m.span.Start < at {
			continue
		}
		add(stemma.Span{Start: at, End: m.span.Start})
		info := infoOf(m.locus.Kind)
		tag := "del"
		if w > 0 {
			tag = "ins"
		}
		label := info.Title
		if others := v.readings(c, m.locus); others != "" {
			label += ": " + others
		}
		out = append(out, run{
			Tag: tag, Class: strings.TrimSpace(fmt.Sprintf("%s k-%s %s", m.locus.Severity, m.locus.Kind, plain)),
			Glyph: info.Glyph, Label: label, Text: term.Clean(oneSpaceEach(doc.Text(m.span))),
		})
		at = m.span.End
	}
	add(stemma.Span{Start: at, End: sent.End})
	return out
}

// oneSpaceEach turns line ends into spaces and keeps the rest.
func oneSpaceEach(s string) string { return strings.ReplaceAll(s, "\n", " ") }
