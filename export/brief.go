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
	shownReports   = 30
	shownTrees     = 8
	shownReasons   = 4 // of a copy; half as many where there are several
	shownChanges   = 10
	shownQuotes    = 8
	shownChecks    = 6
	shownEvents    = 12
	gutter         = 9  // columns before the text of a section: the longest name, TIMELINE, and a space
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

// context is how many words are shown on either side of a change.
func (b *brief) context() int {
	if b.opt.Columns >= 110 {
		return 7
	}
	return 4
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
func (b *brief) rest(n, shown int, one, many string) {
	if n > shown {
		what := many
		if n-shown == 1 {
			what = one
		}
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
	return b.s.Ref("[" + strings.Join(words, "\u00a0") + "]")
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
			files = max(files, min(term.Width(term.Line(b.file(doc))), 28))
		}
	}
	inferred := map[string][]string{} // numbers of reports by where their date is from
	var order []string
	show := b.most(len(b.docs), shownReports)
	for i, doc := range b.docs[:show] {
		rep := doc.Report
		date, aside := b.published(doc)
		date = date[:min(len(date), 10)]
		if aside != "" {
			date += "~"
			if inferred[aside] == nil {
				order = append(order, aside)
			}
			inferred[aside] = append(inferred[aside], fmt.Sprintf("[%d]", i+1))
		}
		number := fmt.Sprintf("%*s", len(fmt.Sprint(len(b.docs)))+2, fmt.Sprintf("[%d]", i+1))
		row := b.s.Ref(number) + " " + pad(date, 11) + " " + pad(term.Cut(term.Line(b.name(doc)), names), names)
		if files > 0 {
			file := ""
			if rep.Outlet != "" {
				file = term.Line(b.file(doc))
			}
			row += "  " + pad(term.Cut(file, files), files)
		}
		if left := b.body() - term.Width(row) - 2; rep.Title != "" && left >= 16 {
			row += "  " + b.s.Faint(term.Cut(term.Line(rep.Title), left))
		}
		b.pre(row)
	}
	b.rest(len(b.docs), show, "report", "reports")
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
	var roots []stemma.ReportID
	for _, doc := range b.docs {
		id := doc.Report.ID
		if _, ok := b.parent(id); ok {
			continue
		}
		if whole, parts := b.children(id); len(whole)+len(parts) > 0 {
			roots = append(roots, id)
		}
	}
	show := b.most(len(roots), shownTrees)
	for _, id := range roots[:show] {
		b.pre(b.ref(id) + " " + b.s.Strong(term.Line(b.name(b.doc(id)))))
		b.branch(id, "", map[stemma.ReportID]bool{id: true})
	}
	b.rest(len(roots), show, "family", "families")
	switch alone := b.alone(); {
	case len(roots) == 0:
		b.line("none: no report was made from another", 0)
	case len(alone) > 12 && !b.opt.All:
		b.line(b.s.Faint(count(len(alone), "report")+" not copied, not copies"), 0)
	case len(alone) > 0:
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
		kind := "  " + b.s.Strong(copyWords(c))
		if d := directionWords(c); d != "" {
			kind += b.s.Faint(" · " + d)
		}
		head := indent + joint + b.ref(c.Report) + " "
		name := term.Cut(term.Line(b.name(doc)), max(12, b.body()-term.Width(head)-term.Width(kind)))
		b.pre(head + name + kind)
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
	if c.Direction == 0 {
		return ""
	}
	return fmt.Sprintf("%s %.2f", DirectionWord(c.Direction), c.Direction)
}

// reasons says why c is held to be a copy made in its direction, and what
// speaks against it, a line each.
func (b *brief) reasons(c stemma.Copy) []string {
	shown := shownReasons
	if len(b.rec.Copies) > 1 {
		shown /= 2 // a tree is read as a whole
	}
	var pro, con []string
	for i, r := range c.Reasons {
		if r.Rule == "shared-wording" && len(c.Reasons) > 1 && i == 0 && !b.opt.All {
			continue // the share of the words stands above already
		}
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
			if !b.tells(c, i) {
				continue
			}
			sentences++
			if both := len(c.Beads[i].Sentences); both > 1 && filled(c.Beads[i].Sentences) {
				aligned++
			}
		}
		for i := range c.Loci {
			l := &c.Loci[i]
			if l.Kind == stemma.Same || !b.tells(c, l.Bead) {
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
	if !b.opt.All {
		meaning = mixed(meaning)
	}
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
	b.rest(len(meaning), show, "that bears on the meaning", "that bear on the meaning")
	for _, sev := range severities[1:] {
		if len(byKind[sev]) > 0 {
			b.line(b.s.Faint(string(sev)+": ")+kindCounts(byKind[sev]), 2)
		}
	}
	if b.opt.All {
		for _, sev := range severities[1:] {
			for _, c := range b.collations {
				for i := range c.Loci {
					if l := &c.Loci[i]; l.Severity == sev && l.Kind != stemma.Same && b.tells(c, l.Bead) {
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

// mixed moves changes back that would be the fourth of their kind, so that
// what one copy left out does not hide what another turned round.
func mixed(changes []change) []change {
	const most = 3
	seen := map[stemma.VariantKind]int{}
	var first, later []change
	for _, ch := range changes {
		if seen[ch.locus.Kind]++; seen[ch.locus.Kind] <= most {
			first = append(first, ch)
		} else {
			later = append(later, ch)
		}
	}
	return append(first, later...)
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
	before, after := around(docs[side], span[side], b.context())
	mark := b.mark(oneSpace(docs[0].Text(span[0])), oneSpace(docs[1].Text(span[1])))
	doc := docs[side]
	text := term.Line(before)
	if text != "" && (span[side].Len() > 0 && spaceBefore(doc.Report.Text, span[side].Start) || span[side].Len() == 0) {
		text += " "
	}
	text += mark
	if after = term.Line(after); after != "" && (span[side].Len() == 0 || startsApart(doc, span[side])) {
		text += " "
	}
	return text + after
}

// startsApart reports whether white space follows span.
func startsApart(doc *stemma.Document, span stemma.Span) bool {
	_, end := doc.TokensIn(span)
	return end < len(doc.Tokens) && spaceBefore(doc.Report.Text, doc.Tokens[end].Start)
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
	for from > sent.FirstToken && from < first && !hasWord(doc.Tokens[from].Norm) {
		from++ // do not start with a comma
	}
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
	b.rest(len(show), n, "altered quotation", "altered quotations")
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
	ldoc, _ := b.statement(lead)
	var groups []wordingGroup
	for _, w := range u.Wordings {
		doc, st := b.statement(w)
		if w.Same || st == nil || w == lead {
			continue
		}
		var text strings.Builder
		pieces := compareWords(ldoc, b.said(lead), doc, b.said(w))
		for i, p := range pieces {
			if i > 0 && p.gapAfter(pieces[i-1], ldoc, doc) {
				text.WriteByte(' ')
			}
			if p.same {
				text.WriteString(cutMiddle(term.Line(doc.Text(p.b))))
			} else {
				text.WriteString(b.mark(ldoc.Text(p.a), doc.Text(p.b)))
			}
		}
		if wording := text.String(); !strings.HasPrefix(strings.TrimLeft(wording, "[−+"), "“") {
			text.Reset()
			text.WriteString("“" + wording + "”")
		}
		found := false
		for i := range groups {
			if groups[i].text == text.String() {
				groups[i].in = append(groups[i].in, w.Report)
				found = true
			}
		}
		if !found {
			groups = append(groups, wordingGroup{text.String(), []stemma.ReportID{w.Report}})
		}
	}
	return groups
}

// check prints where the reports disagree.
func (b *brief) check() {
	ds := b.rec.Discrepancies
	if len(ds) == 0 {
		return
	}
	b.section = "CHECK"
	ds = apartFirst(ds)
	apart := 0 // disagreements between independent origins
	for apart < len(ds) && !ds[apart].Copied {
		apart++
	}
	counts := []string{count(len(ds), "disagreement")}
	if apart > 0 {
		counts = append(counts, fmt.Sprintf("%d between independent origins", apart))
	}
	if n := len(ds) - apart; n > 0 {
		counts = append(counts, fmt.Sprintf("%d made in copying", n))
	}
	b.line(strings.Join(counts, " · "), 2)
	n := b.most(len(ds), shownChecks)
	for _, d := range ds[:n] {
		b.discrepancy(d, apart > 0)
	}
	b.rest(len(ds), n, "disagreement", "disagreements")
	fmt.Fprintln(b.w)
}

func (b *brief) discrepancy(d stemma.Discrepancy, bothSorts bool) {
	info := infoOf(d.Kind)
	column := b.s.Alert(info.Glyph) + pad(" "+info.Title, kindColumn-1)
	question := term.Line(d.Question)
	var sides []string
	told := 0
	for _, cites := range d.Sides {
		if len(cites) == 0 {
			continue
		}
		var in []stemma.ReportID
		for _, c := range cites {
			in = append(in, c.Report)
		}
		words := cutMiddle(term.Line(b.text(cites[0])))
		if strings.Contains(question, words) {
			told++
		}
		sides = append(sides, "“"+words+"” "+b.refs(in))
	}
	text := strings.Join(sides, " / ")
	if told < len(sides) && question != "" {
		text = question + " " + text
	}
	if d.Copied && bothSorts {
		text += b.s.Faint(" in copying")
	}
	b.row(column, text)
}

// timeline prints the events, earliest first.
func (b *brief) timeline() {
	evs := b.rec.Timeline
	if len(evs) == 0 {
		return
	}
	b.section = "TIMELINE"
	var dated, undated []*stemma.Event
	for i := range evs {
		if evs[i].When.IsZero() {
			undated = append(undated, &evs[i])
		} else {
			dated = append(dated, &evs[i])
		}
	}
	n := b.most(len(dated), shownEvents)
	for _, ev := range dated[:n] {
		b.event(ev)
	}
	b.rest(len(dated), n, "dated event", "dated events")
	n = len(undated)
	if len(dated) > 0 && !b.opt.All {
		n = 0
	} else {
		n = b.most(n, shownEvents)
	}
	for _, ev := range undated[:n] {
		b.event(ev)
	}
	b.rest(len(undated), n, "event that bears no date", "events that bear no date")
	fmt.Fprintln(b.w)
}

const dateColumn = 14 // "2030-12-24–31" and a space

func (b *brief) event(ev *stemma.Event) {
	date := when(ev.When)
	if date == "" {
		date = "undated"
	}
	if ev.Inferred {
		date += "~"
	}
	what := b.s.Strong(b.eventWords(ev))
	var in []stemma.ReportID
	for _, c := range ev.Evidence {
		in = append(in, c.Report)
	}
	if len(ev.Evidence) > 0 {
		what += " “" + term.Cut(term.Line(b.text(ev.Evidence[0])), 2*(b.body()-dateColumn)-term.Width(what)-12) + "”"
	}
	what += " " + b.refs(in)
	b.row(pad(date, dateColumn-1)+" ", what)
}

func (b *brief) next() {
	if len(b.opt.Next) == 0 {
		return
	}
	var commands []string
	for _, c := range b.opt.Next { // a command is not broken
		commands = append(commands, strings.ReplaceAll(c, " ", "\u00a0"))
	}
	fmt.Fprintln(b.w, term.Wrap(b.s.Faint("next: "), strings.Join(commands, " · "), 6, b.opt.Columns))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
