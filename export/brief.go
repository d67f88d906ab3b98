package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/term"
)

// BriefOptions say how Brief writes. The zero value is plain text 80 columns
// wide, long lists cut short.
type BriefOptions struct {
	Columns int        // width of lines; 0 means term.DefaultColumns
	Style   term.Style // colours
	All     bool       // cut no list short
	Next    []string   // commands to try next, printed last
}

// How much of each list is shown unless all is asked for: about a screen in
// sum for a pair of reports.
const (
	shownReasons   = 4 // of a copy; half as many where there are several
	shownChanges   = 10
	shownQuotes    = 8
	shownChecks    = 6
	shownEvents    = 12
	gutter         = 9  // columns before the text of a section: the longest name, TIMELINE, and a space
	contextWords   = 4  // words shown on either side of a change
	longestPassage = 90 // columns of one reading; more is cut in the middle
)

// Brief writes the record of docs for people to read in a terminal: the
// reports, who copied whom and why we think so, what was changed on the way,
// the quotations, where the reports disagree, and what happened when. Text
// from reports is made harmless for terminals.
func Brief(w io.Writer, docs []*stemma.Document, collations []*stemma.Collation, rec *stemma.Record, opt BriefOptions) error {
	if opt.Columns == 0 {
		opt.Columns = term.DefaultColumns
	}
	b := &brief{view: newView(docs, collations, rec), w: bufio.NewWriter(w), opt: opt, s: opt.Style}
	b.head()
	b.reports()
	b.copies()
	b.changes()
	b.quotes()
	b.check()
	b.timeline()
	b.next()
	return b.w.Flush()
}

type brief struct {
	*view
	w       *bufio.Writer
	opt     BriefOptions
	s       term.Style
	section string // name still to be printed in the gutter
}

// line prints text in the body of the section, wrapped; lines after the first
// are indented by hang more.
func (b *brief) line(text string, hang int) {
	lead := pad(b.s.Heading(b.section), gutter)
	b.section = ""
	fmt.Fprintln(b.w, strings.TrimRight(term.Wrap(lead, text, gutter+hang, b.opt.Columns), " "))
}

// row is line with a column of its own before the text; the text is wrapped
// beside it.
func (b *brief) row(column, text string) {
	left := b.body() - term.Width(column)
	for i, line := range strings.Split(term.Wrap("", text, 0, left), "\n") {
		if i > 0 {
			column = strings.Repeat(" ", term.Width(column))
		}
		b.pre(column + line)
	}
}

// pre is line for text that is laid out already: it is not wrapped.
func (b *brief) pre(text string) {
	lead := pad(b.s.Heading(b.section), gutter)
	b.section = ""
	fmt.Fprintln(b.w, strings.TrimRight(lead+text, " "))
}

// body is the width of the text of a section.
func (b *brief) body() int { return b.opt.Columns - gutter }

// most returns how many of n things to show, given how many are shown at most.
func (b *brief) most(n, shown int) int {
	if b.opt.All || n <= shown+1 { // a line that says "1 more" saves nothing
		return n
	}
	return shown
}

// rest says how many things were left out, if any.
func (b *brief) rest(n, shown int, what string) {
	if n > shown {
		b.line(b.s.Faint(fmt.Sprintf("… %d more %s: --all", n-shown, what)), 2)
	}
}

func (b *brief) ref(id stemma.ReportID) string {
	return b.s.Ref(fmt.Sprintf("[%d]", b.number[id]))
}

func (b *brief) refs(ids []stemma.ReportID) string {
	var numbers []int
	for _, id := range ids {
		numbers = append(numbers, b.number[id])
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	var words []string
	for _, n := range numbers {
		words = append(words, fmt.Sprint(n))
	}
	return b.s.Ref("[" + strings.Join(words, " ") + "]")
}

func (b *brief) head() {
	counts := []string{count(len(b.docs), "report")}
	if n := len(b.rec.Outlets); n > 0 {
		counts = append(counts, count(n, "outlet"))
	}
	counts = append(counts, count(b.rec.Origins, "independent origin"))
	fmt.Fprintln(b.w, b.s.Strong(strings.Join(counts, " · ")))
	if t := term.Line(b.rec.Story.Title); t != "" {
		fmt.Fprintln(b.w, term.Cut(t, b.opt.Columns))
	}
	fmt.Fprintln(b.w)
}

func (b *brief) reports() {
	b.section = "REPORTS"
	names, files := 0, 0
	for _, doc := range b.docs {
		names = max(names, min(term.Width(term.Line(b.name(doc))), 26))
		if doc.Report.Outlet != "" {
			files = max(files, min(term.Width(term.Line(fileOf(doc))), 28))
		}
	}
	inferred := map[string][]string{} // numbers of reports by where their date is from
	var order []string
	for i, doc := range b.docs {
		rep := doc.Report
		date, aside := b.published(doc)
		date = date[:min(len(date), 10)]
		mark := " "
		if aside != "" {
			mark = "~"
			if inferred[aside] == nil {
				order = append(order, aside)
			}
			inferred[aside] = append(inferred[aside], fmt.Sprintf("[%d]", i+1))
		}
		number := fmt.Sprintf("%*s", len(fmt.Sprint(len(b.docs)))+2, fmt.Sprintf("[%d]", i+1))
		row := b.s.Ref(number) + mark + pad(date, 11) + " " + pad(term.Cut(term.Line(b.name(doc)), names), names)
		if files > 0 {
			file := ""
			if rep.Outlet != "" {
				file = term.Line(fileOf(doc))
			}
			row += "  " + pad(term.Cut(file, files), files)
		}
		if left := b.body() - term.Width(row) - 2; rep.Title != "" && left >= 16 {
			row += "  " + b.s.Faint(term.Cut(term.Line(rep.Title), left))
		}
		b.pre(row)
	}
	for _, aside := range order {
		b.line(b.s.Faint("~ "+aside+": "+strings.Join(inferred[aside], " ")), 2)
	}
	fmt.Fprintln(b.w)
}

// pad fills text with spaces to columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-term.Width(text)))
}

// copies prints the family trees.
func (b *brief) copies() {
	b.section = "COPIES"
	copied := false
	for _, doc := range b.docs {
		id := doc.Report.ID
		if _, ok := b.parent(id); ok {
			continue
		}
		whole, parts := b.children(id)
		if len(whole)+len(parts) == 0 {
			continue
		}
		copied = true
		b.pre(b.ref(id) + " " + b.s.Strong(term.Line(b.name(doc))))
		b.branch(id, "", map[stemma.ReportID]bool{id: true})
	}
	if alone := b.alone(); !copied {
		b.line("none: no report was made from another", 0)
	} else if len(alone) > 0 {
		b.line(b.refs(alone)+b.s.Faint(" not copied, not copies"), 0)
	}
	fmt.Fprintln(b.w)
}

func (b *brief) branch(id stemma.ReportID, indent string, seen map[stemma.ReportID]bool) {
	whole, parts := b.children(id)
	all := slices.Concat(whole, parts)
	for i, c := range all {
		last := i == len(all)-1
		joint, below := "├─ ", "│  "
		if i >= len(whole) {
			joint = "├╌ " // passages only: the report has another exemplar, or a text of its own
		}
		if last {
			joint = strings.Replace(joint, "├", "└", 1)
			below = "   "
		}
		doc := b.doc(c.Report)
		head := b.ref(c.Report) + " " + term.Line(b.name(doc)) + "  " + b.s.Strong(copyWords(c))
		if d := directionWords(c); d != "" {
			head += b.s.Faint("  " + d)
		}
		b.pre(indent + joint + head)
		for _, r := range b.reasons(c) {
			b.pre(indent + below + "  " + b.s.Faint(term.Cut(r, b.body()-term.Width(indent)-5)))
		}
		if !seen[c.Report] && i < len(whole) {
			seen[c.Report] = true
			b.branch(c.Report, indent+below, seen)
		}
	}
}

// copyWords is "reworded copy, 92 % of it".
func copyWords(c stemma.Copy) string {
	var kind string
	switch c.Kind {
	case stemma.Verbatim:
		kind = "verbatim copy"
	case stemma.Near:
		kind = "near copy"
	case stemma.Reworded:
		kind = "reworded copy"
	case stemma.Partial:
		kind = "passages"
	default:
		return "copy"
	}
	return fmt.Sprintf("%s, %.0f %%", kind, 100*c.Score)
}

// directionWords says how sure we are which way round a copy was made.
func directionWords(c stemma.Copy) string {
	switch d := c.Direction; {
	case d == 0:
		return ""
	case d < 0.6:
		return fmt.Sprintf("which came first is open (%.2f)", d)
	case d < 0.75:
		return fmt.Sprintf("perhaps in this direction (%.2f)", d)
	case d < 0.95:
		return fmt.Sprintf("likely in this direction (%.2f)", d)
	default:
		return fmt.Sprintf("surely in this direction (%.2f)", d)
	}
}

// reasons says why c is held to be a copy made in its direction, and what
// speaks against it, a line each.
func (b *brief) reasons(c stemma.Copy) []string {
	shown := shownReasons
	if len(b.rec.Copies) > 1 {
		shown /= 2 // a tree is read as a whole
	}
	var pro, con []string
	for _, r := range c.Reasons {
		if r.Against || r.Weight < 0 {
			con = append(con, "against it: "+term.Line(r.Text))
		} else {
			pro = append(pro, "because "+term.Line(r.Text))
		}
	}
	n := b.most(len(pro), shown)
	for i := 1; i < n; i++ {
		pro[i] = strings.Replace(pro[i], "because", "       ", 1)
	}
	return append(pro[:n:n], con[:b.most(len(con), 0)]...)
}

// A change is a locus that differs, and where it stands.
type change struct {
	c     *stemma.Collation
	locus *stemma.Locus
}

// changes prints the variants, those that bear on the meaning first.
func (b *brief) changes() {
	if len(b.collations) == 0 {
		return
	}
	b.section = "CHANGES"
	byKind := map[stemma.Severity]map[stemma.VariantKind]int{}
	var meaning []change
	aligned, sentences := 0, 0
	for _, c := range b.collations {
		for i := range c.Beads {
			sentences++
			if both := len(c.Beads[i].Sentences); both > 1 && filled(c.Beads[i].Sentences) {
				aligned++
			}
		}
		for i := range c.Loci {
			l := &c.Loci[i]
			if l.Kind == stemma.Same {
				continue
			}
			if byKind[l.Severity] == nil {
				byKind[l.Severity] = map[stemma.VariantKind]int{}
			}
			byKind[l.Severity][l.Kind]++
			if l.Severity == stemma.MeaningBearing {
				meaning = append(meaning, change{c, l})
			}
		}
	}
	slices.SortStableFunc(meaning, func(x, y change) int { return cmp.Compare(y.locus.Weight, x.locus.Weight) })
	counts := []string{fmt.Sprintf("%d of %d sentences aligned", aligned, sentences)}
	for _, sev := range severities {
		if n := total(byKind[sev]); n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, sev))
		}
	}
	if len(counts) == 1 {
		counts = append(counts, "no change")
	}
	b.line(strings.Join(counts, " · "), 2)
	show := b.most(len(meaning), shownChanges)
	for _, ch := range meaning[:show] {
		b.change(ch)
	}
	b.rest(len(meaning), show, "that bear on the meaning")
	for _, sev := range severities[1:] {
		if len(byKind[sev]) > 0 {
			b.line(b.s.Faint(string(sev)+": ")+kindCounts(byKind[sev]), 2)
		}
	}
	if b.opt.All {
		for _, sev := range severities[1:] {
			for _, c := range b.collations {
				for i := range c.Loci {
					if l := &c.Loci[i]; l.Severity == sev && l.Kind != stemma.Same {
						b.change(change{c, l})
					}
				}
			}
		}
	}
	fmt.Fprintln(b.w)
}

func filled(groups [][]int) bool {
	for _, g := range groups {
		if len(g) == 0 {
			return false
		}
	}
	return true
}

func total(counts map[stemma.VariantKind]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// kindCounts is "12 synonym, 3 voice", in the order of kinds.
func kindCounts(counts map[stemma.VariantKind]int) string {
	var parts []string
	for _, k := range kinds {
		if n := counts[k.Kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, k.Title))
		}
	}
	return strings.Join(parts, ", ")
}

const kindColumn = 15 // glyph, space, the longest of the common names of kinds

func (b *brief) change(ch change) {
	info := infoOf(ch.locus.Kind)
	words := b.inContext(ch)
	if note := term.Line(ch.locus.Note); note != "" {
		words += b.s.Faint("  (" + note + ")")
	}
	words += " " + b.pair(ch.c)
	b.row(pad(info.Glyph+" "+info.Title, kindColumn), words)
}

// pair is "[1→4]": the reports of a collation.
func (b *brief) pair(c *stemma.Collation) string {
	var numbers []string
	for _, w := range c.Witnesses {
		numbers = append(numbers, fmt.Sprint(b.number[w.Report]))
	}
	return b.s.Ref("[" + strings.Join(numbers, "→") + "]")
}

// inContext is the words around a locus with both readings in their place.
func (b *brief) inContext(ch change) string {
	var span []stemma.Span
	var docs []*stemma.Document
	for i, r := range ch.locus.Readings {
		if i < 2 && r.Witness < len(ch.c.Witnesses) {
			docs = append(docs, b.doc(ch.c.Witnesses[r.Witness].Report))
			span = append(span, r.Span)
		}
	}
	if len(docs) < 2 || docs[0] == nil || docs[1] == nil {
		return ""
	}
	side := 0
	if span[0].Len() == 0 {
		side = 1
	}
	before, after := around(docs[side], span[side], contextWords)
	mark := b.mark(oneSpace(docs[0].Text(span[0])), oneSpace(docs[1].Text(span[1])))
	return joinWords(term.Line(before), mark, term.Line(after))
}

// mark writes a difference: [old → new], [−old], [+new]. The signs carry the
// meaning; colour repeats it.
func (b *brief) mark(old, new string) string {
	old, new = cutMiddle(term.Line(old)), cutMiddle(term.Line(new))
	switch {
	case old == "":
		return "[" + b.s.New("+"+new) + "]"
	case new == "":
		return "[" + b.s.Gone("−"+old) + "]"
	}
	return "[" + b.s.Gone(old) + " → " + b.s.New(new) + "]"
}

func cutMiddle(s string) string {
	if term.Width(s) <= longestPassage {
		return s
	}
	words := strings.Fields(s)
	head, tail := "", ""
	i, j := 0, len(words)
	for i < j && term.Width(head)+term.Width(tail) < longestPassage-12 {
		if term.Width(head) <= 2*term.Width(tail) {
			head += words[i] + " "
			i++
		} else {
			j--
			tail = " " + words[j] + tail
		}
	}
	return head + "…" + tail
}

// around returns up to n words of the same sentence before and after span,
// with … where the sentence goes on.
func around(doc *stemma.Document, span stemma.Span, n int) (before, after string) {
	i := doc.SentenceOf(span.Start)
	if i < 0 {
		return "", ""
	}
	sent := doc.Sentences[i]
	first, end := doc.TokensIn(span)
	if span.Len() == 0 {
		end = first
	}
	from := max(sent.FirstToken, first-n)
	if from < first {
		before = oneSpace(doc.Report.Text[doc.Tokens[from].Start:doc.Tokens[first-1].End])
		if from > sent.FirstToken {
			before = "… " + before
		}
	}
	j := doc.SentenceOf(max(span.Start, span.End-1))
	sent = doc.Sentences[j]
	to := min(sent.EndToken, end+n)
	if end < to {
		after = oneSpace(doc.Report.Text[doc.Tokens[end].Start:doc.Tokens[to-1].End])
		if to < sent.EndToken-1 {
			after += " …"
		}
	}
	return before, after
}

// quotes prints what was said in which wording, altered quotations first.
func (b *brief) quotes() {
	b.section = "QUOTES"
	var altered, same, single, unclosed int
	var show []stemma.Utterance
	for _, u := range b.rec.Utterances {
		quoted := 0
		open := false
		for _, w := range u.Wordings {
			if _, st := b.statement(w); st != nil && len(st.Quoted) > 0 {
				quoted++
				open = open || st.Unclosed
			}
		}
		if quoted == 0 {
			continue
		}
		if open {
			unclosed++
		}
		switch {
		case len(u.Wordings) == 1:
			single++
		case u.Altered:
			altered++
			show = append(show, u)
		default:
			same++
		}
	}
	sum := altered + same + single
	if sum == 0 {
		b.line("no quotations", 0)
		fmt.Fprintln(b.w)
		return
	}
	counts := []string{count(sum, "quotation")}
	for _, c := range []struct {
		n    int
		text string
	}{
		{altered, "reworded inside the quotation marks"}, {same, "in the same words"},
		{single, "in one report only"}, {unclosed, "unclosed"},
	} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.text))
		}
	}
	b.line(strings.Join(counts, " · "), 2)
	n := b.most(len(show), shownQuotes)
	for _, u := range show[:n] {
		b.utterance(u)
	}
	b.rest(len(show), n, "altered quotations")
	fmt.Fprintln(b.w)
}

// utterance prints the wordings that differ from the lead's, word by word.
func (b *brief) utterance(u stemma.Utterance) {
	lead := u.Wordings[min(max(u.Lead, 0), len(u.Wordings)-1)]
	ldoc, lst := b.statement(lead)
	if lst == nil {
		return
	}
	who := b.actor(u.Speaker)
	if who == "" {
		who = b.speaker(ldoc, lst)
	}
	if who = term.Line(who); who == "" {
		who = "somebody"
	}
	if via := b.via(ldoc, lst); via != "" {
		who += b.s.Faint(" (through " + term.Line(via) + ")")
	}
	for i, group := range b.wordings(u, lead) {
		text := b.ref(lead.Report) + "→" + b.refs(group.in) + " " + group.text
		if i == 0 {
			b.line(b.s.Strong(who)+" "+text, 2)
		} else {
			b.row("  ", text)
		}
	}
}

// A wordingGroup is one altered wording and the reports that print it.
type wordingGroup struct {
	text string
	in   []stemma.ReportID
}

func (b *brief) wordings(u stemma.Utterance, lead stemma.Wording) []wordingGroup {
	ldoc, lst := b.statement(lead)
	var groups []wordingGroup
	for _, w := range u.Wordings {
		doc, st := b.statement(w)
		if w.Same || st == nil || w == lead {
			continue
		}
		var parts []string
		for _, p := range compareWords(ldoc, said(lst), doc, said(st)) {
			if p.same {
				parts = append(parts, cutMiddle(term.Line(p.b)))
			} else {
				parts = append(parts, b.mark(p.a, p.b))
			}
		}
		text := joinWords(parts...)
		found := false
		for i := range groups {
			if groups[i].text == text {
				groups[i].in = append(groups[i].in, w.Report)
				found = true
			}
		}
		if !found {
			groups = append(groups, wordingGroup{text, []stemma.ReportID{w.Report}})
		}
	}
	return groups
}

// said is the stretch of a statement that holds its content: the quotation, or
// all quotations with the words between them.
func said(st *stemma.Statement) stemma.Span {
	parts := st.Content
	if len(parts) == 0 {
		parts = st.Quoted
	}
	if len(parts) == 0 {
		return st.Span
	}
	return stemma.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}
}

// check prints where the reports disagree.
func (b *brief) check() {
	ds := b.rec.Discrepancies
	if len(ds) == 0 {
		return
	}
	b.section = "CHECK"
	n := b.most(len(ds), shownChecks)
	for _, d := range ds[:n] {
		column := b.s.Alert("!") + pad(" "+infoOf(d.Kind).Title, kindColumn-1)
		text := term.Line(d.Question)
		var sides []string
		for _, cites := range d.Sides {
			if len(cites) == 0 {
				continue
			}
			var in []stemma.ReportID
			for _, c := range cites {
				in = append(in, c.Report)
			}
			sides = append(sides, b.refs(in)+" “"+cutMiddle(term.Line(b.text(cites[0])))+"”")
		}
		text += " " + strings.Join(sides, " / ")
		if d.Copied {
			text += b.s.Faint(" (changed in copying)")
		}
		b.row(column, text)
	}
	b.rest(len(ds), n, "disagreements")
	fmt.Fprintln(b.w)
}

// timeline prints the events, earliest first.
func (b *brief) timeline() {
	evs := b.rec.Timeline
	if len(evs) == 0 {
		return
	}
	b.section = "TIMELINE"
	n := b.most(len(evs), shownEvents)
	for i := range evs[:n] {
		b.event(&evs[i])
	}
	b.rest(len(evs), n, "events")
	fmt.Fprintln(b.w)
}

const dateColumn = 12

func (b *brief) event(ev *stemma.Event) {
	when := ev.When.String()
	if when == "" {
		when = "undated"
	}
	if from, _, ok := strings.Cut(when, "/"); ok && len(from) > 10 {
		when = from[:10]
	}
	if ev.Inferred {
		when += "~"
	}
	what := b.actorList(ev.Actors)
	if what == "" {
		what = "somebody"
	}
	what = b.s.Strong(term.Line(what)) + " " + strings.ToLower(string(ev.Type))
	if ev.Mode != "" {
		what += "/" + ev.Mode
	}
	if to := b.actorList(ev.Recipients); to != "" {
		what += " → " + term.Line(to)
	}
	if place := b.actor(ev.Where); place != "" {
		what += ", " + term.Line(place)
	}
	if ev.Status != "" && ev.Status != "held" {
		what += " (" + ev.Status + ")"
	}
	if by := b.actor(ev.AssertedBy); by != "" {
		what += b.s.Faint(" says " + term.Line(by))
	}
	var in []stemma.ReportID
	for _, c := range ev.Evidence {
		in = append(in, c.Report)
	}
	if len(ev.Evidence) > 0 {
		what += "  “" + cutMiddle(term.Line(b.text(ev.Evidence[0]))) + "”"
	}
	what += " " + b.refs(in)
	b.row(pad(when, dateColumn), what)
}

func (b *brief) next() {
	if len(b.opt.Next) == 0 {
		return
	}
	fmt.Fprintln(b.w, term.Wrap(b.s.Faint("next: "), strings.Join(b.opt.Next, " · "), 6, b.opt.Columns))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
