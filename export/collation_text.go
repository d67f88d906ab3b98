package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"stemma"
	"stemma/collate"
	"stemma/internal/term"
)

// CollationOptions say how a collation is written for people.
type CollationOptions struct {
	Columns int        // width of lines; 0 means term.DefaultColumns
	Style   term.Style // colours
	Inline  bool       // one text with its changes inside, not two columns
	Meaning bool       // only what changes the meaning
	Origins []int      // origin of each witness, for the support of readings; nil: each its own
}

// CollationText writes c for a terminal: two columns where there are two
// witnesses and room for them, else the text of the first with its changes
// inside or, for more witnesses, with an apparatus below. What changes the
// meaning comes first, as a list.
func CollationText(w io.Writer, docs []*stemma.Document, c *stemma.Collation, opt CollationOptions) error {
	if opt.Columns == 0 {
		opt.Columns = term.DefaultColumns
	}
	t := &collationText{w: bufio.NewWriter(w), docs: docs, c: c, opt: opt, s: opt.Style}
	t.head()
	t.list()
	switch {
	case len(docs) > 2:
		t.apparatus()
	case opt.Inline || opt.Columns < 60:
		t.inline()
	default:
		t.columns()
	}
	return t.w.Flush()
}

type collationText struct {
	w    *bufio.Writer
	docs []*stemma.Document
	c    *stemma.Collation
	opt  CollationOptions
	s    term.Style
}

// witnessName is the outlet of d, or else the name of its file.
func witnessName(d *stemma.Document) string {
	name := d.Report.Outlet
	if name == "" {
		name = path.Base(d.Report.Source)
	}
	return term.Line(name)
}

func (t *collationText) head() {
	for i, wit := range t.c.Witnesses {
		fmt.Fprintf(t.w, "%s  %s\n", t.s.Ref(wit.Sigil), term.Cut(witnessName(t.docs[i]), t.opt.Columns-4))
	}
	n := map[stemma.Severity]int{}
	for _, l := range t.c.Loci {
		if l.Kind != stemma.Same {
			n[l.Severity]++
		}
	}
	var parts []string
	for _, s := range severities {
		if n[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[s], s))
		}
	}
	if len(parts) == 0 {
		parts = []string{"no change"}
	}
	fmt.Fprintln(t.w, t.s.Faint(term.Wrap("", strings.Join(parts, " · "), 0, t.opt.Columns)))
}

// list names the variants that change the meaning, weightiest first.
func (t *collationText) list() {
	n := 0
	for _, i := range collate.Rank(t.c) {
		l := t.c.Loci[i]
		if l.Severity != stemma.MeaningBearing {
			break
		}
		if n == 0 {
			fmt.Fprintf(t.w, "\n%s\n", t.s.Heading("WHAT CHANGES THE MEANING"))
		}
		n++
		if n > 20 && !t.opt.Meaning {
			fmt.Fprintf(t.w, "%s\n", t.s.Faint("… and more below; --meaning lists them all"))
			break
		}
		info := infoOf(l.Kind)
		lead := fmt.Sprintf("%3d %s %-12s ", n, info.Glyph, info.Title)
		note := ""
		if l.Note != "" {
			note = "  [" + term.Line(l.Note) + "]"
		}
		fmt.Fprintln(t.w, term.Wrap(lead, t.readings(l)+note, term.Width(lead), t.opt.Columns))
	}
}

// readings is "A words → B words", or for many witnesses each reading with the
// witnesses that have it.
func (t *collationText) readings(l stemma.Locus) string {
	show := func(s string) string {
		if s == "" {
			return "–"
		}
		return "“" + term.Cut(term.Line(s), 90) + "”"
	}
	if len(t.docs) == 2 {
		return show(t.docs[0].Text(l.Readings[0].Span)) + " → " + show(t.docs[1].Text(l.Readings[1].Span))
	}
	var out []string
	for _, g := range collate.Groups(t.docs, l, t.opt.Origins) {
		support := ""
		if t.opt.Origins != nil {
			support = fmt.Sprintf(" (%s)", fmt.Sprintf("%d %s", g.Origins, plural(g.Origins, "origin")))
		}
		out = append(out, show(g.Text)+" "+sigla(t.c, g.Witnesses)+support)
	}
	return strings.Join(out, " | ")
}

// beads calls f with each bead to be shown and its loci.
func (t *collationText) beads(f func(b stemma.Bead, loci []stemma.Locus)) {
	i := 0
	for k, b := range t.c.Beads {
		from := i
		for i < len(t.c.Loci) && t.c.Loci[i].Bead == k {
			i++
		}
		loci := t.c.Loci[from:i]
		if t.opt.Meaning && !slices.ContainsFunc(loci, func(l stemma.Locus) bool { return l.Severity == stemma.MeaningBearing }) {
			continue
		}
		f(b, loci)
	}
}

func (t *collationText) shown(l stemma.Locus) bool {
	return l.Kind != stemma.Same && (!t.opt.Meaning || l.Severity == stemma.MeaningBearing)
}

// mark writes one reading with its glyph. Without colour the words stand in
// brackets: no mark by colour alone.
func (t *collationText) mark(l stemma.Locus, text string, w int) string {
	g := infoOf(l.Kind).Glyph
	if !t.s.On {
		return "[" + g + " " + text + "]"
	}
	if w == 0 {
		return g + t.s.Gone(text)
	}
	return g + t.s.New(text)
}

// side returns the words of witness w in a bead, changes marked, in its own
// order.
func (t *collationText) side(w int, loci []stemma.Locus) string {
	own := slices.Clone(loci)
	slices.SortStableFunc(own, func(x, y stemma.Locus) int {
		return cmp.Compare(x.Readings[w].Span.Start, y.Readings[w].Span.Start)
	})
	var b strings.Builder
	end := -1
	text := t.docs[w].Report.Text
	for _, l := range own {
		r := l.Readings[w].Span
		if r.Len() == 0 {
			continue
		}
		if end >= 0 && r.Start > end {
			b.WriteByte(' ')
		}
		end = r.End
		words := term.Line(r.Of(text))
		if t.shown(l) {
			words = t.mark(l, words, w)
		}
		b.WriteString(words)
	}
	return b.String()
}

func (t *collationText) columns() {
	width := (t.opt.Columns - 3) / 2
	fmt.Fprintln(t.w)
	t.beads(func(b stemma.Bead, loci []stemma.Locus) {
		left, right := t.side(0, loci), t.side(1, loci)
		if b.Moved {
			right = "⇄ " + right
		}
		ls, rs := lines(left, width), lines(right, width)
		for i := range max(len(ls), len(rs)) {
			l, r := "", ""
			if i < len(ls) {
				l = ls[i]
			}
			if i < len(rs) {
				r = rs[i]
			}
			bar := "│"
			if i == 0 && (left == "" || right == "") {
				bar = "+"
				if right == "" {
					bar = "−"
				}
			}
			line := l + strings.Repeat(" ", max(0, width-term.Width(l))) + " " + t.s.Faint(bar)
			if r != "" {
				line += " " + r
			}
			fmt.Fprintln(t.w, line)
		}
		fmt.Fprintln(t.w, strings.Repeat(" ", width+1)+t.s.Faint("│"))
	})
}

// lines breaks text into lines of at most width columns. Colour that is open
// at the end of a line is closed there and opened again on the next.
func lines(text string, width int) []string {
	if text == "" {
		return nil
	}
	var out []string
	open := ""
	for _, line := range strings.Split(term.Wrap("", text, 0, width), "\n") {
		line = open + strings.TrimRight(line, " ")
		open = ""
		if i := strings.LastIndex(line, "\x1b["); i >= 0 && !strings.HasPrefix(line[i:], "\x1b[0m") && !strings.HasPrefix(line[i:], "\x1b[m") {
			if j := strings.IndexByte(line[i:], 'm'); j > 0 {
				open = line[i : i+j+1]
				line += "\x1b[0m"
			}
		}
		out = append(out, line)
	}
	return out
}

// inline writes the text of the first witness with what the second has in its
// place.
func (t *collationText) inline() {
	fmt.Fprintln(t.w)
	t.beads(func(b stemma.Bead, loci []stemma.Locus) {
		var s strings.Builder
		for _, l := range loci {
			a, c := term.Line(t.docs[0].Text(l.Readings[0].Span)), term.Line(t.docs[1].Text(l.Readings[1].Span))
			if s.Len() > 0 {
				s.WriteByte(' ')
			}
			if !t.shown(l) {
				if a == "" {
					a = c
				}
				s.WriteString(a)
				continue
			}
			g := infoOf(l.Kind).Glyph
			s.WriteString(g)
			if a != "" {
				s.WriteString("[-" + t.s.Gone(a) + "-]")
			}
			if c != "" && !(l.Kind == stemma.Reordering) {
				s.WriteString("{+" + t.s.New(c) + "+}")
			}
		}
		fmt.Fprintln(t.w, term.Wrap("", s.String(), 0, t.opt.Columns))
		fmt.Fprintln(t.w)
	})
}

// apparatus writes the text of the witness with most words in each bead, and
// below it the readings of the others.
func (t *collationText) apparatus() {
	fmt.Fprintln(t.w)
	t.beads(func(b stemma.Bead, loci []stemma.Locus) {
		var text strings.Builder
		var notes []string
		for _, l := range loci {
			words := ""
			for _, g := range collate.Groups(t.docs, l, t.opt.Origins) {
				if g.Text != "" {
					words = term.Line(g.Text)
					break
				}
			}
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			if !t.shown(l) {
				text.WriteString(words)
				continue
			}
			notes = append(notes, fmt.Sprintf("%s %s", infoOf(l.Kind).Glyph, t.readings(l)))
			fmt.Fprintf(&text, "%s%s", words, superscript(len(notes)))
		}
		fmt.Fprintln(t.w, term.Wrap("", text.String(), 0, t.opt.Columns))
		for i, n := range notes {
			lead := fmt.Sprintf("  %s ", superscript(i+1))
			fmt.Fprintln(t.w, t.s.Faint(term.Wrap(lead, n, 5, t.opt.Columns)))
		}
		fmt.Fprintln(t.w)
	})
}

func superscript(n int) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(n))
}
