package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"stemma"
	"stemma/internal/term"
)

// Show writes each of docs sentence by sentence with what was found in it, for
// people to read in a terminal.
func Show(w io.Writer, docs []*stemma.Document, rec *stemma.Record, opt BriefOptions) error {
	if opt.Columns == 0 {
		opt.Columns = term.DefaultColumns
	}
	s := &show{view: newView(docs, nil, rec), w: bufio.NewWriter(w), opt: opt, s: opt.Style}
	for i, doc := range docs {
		if i > 0 {
			fmt.Fprintln(s.w)
		}
		s.document(doc)
	}
	return s.w.Flush()
}

type show struct {
	*view
	w   *bufio.Writer
	opt BriefOptions
	s   term.Style
}

const showIndent = 5 // columns of the number of a sentence and a space

func (s *show) document(doc *stemma.Document) {
	rep := doc.Report
	title := term.Line(rep.Title)
	if title == "" {
		title = term.Line(s.name(doc))
	}
	fmt.Fprintln(s.w, s.s.Strong(title))
	date, aside := s.published(doc)
	if rep.PublishedFrom != "" {
		aside = "from " + rep.PublishedFrom
	}
	if aside != "" {
		date += " (" + aside + ")"
	}
	agency := ""
	if rep.Agency != "" && rep.Agency != rep.Outlet {
		agency = "credits " + rep.Agency
	}
	var facts []string
	for _, f := range []string{rep.Outlet, date, andList(rep.Authors), agency, rep.URL, rep.Source} {
		if f != "" {
			facts = append(facts, term.Line(f))
		}
	}
	facts = append(facts, count(len(doc.Sentences), "sentence"), "id "+string(rep.ID))
	fmt.Fprintln(s.w, s.s.Faint(term.Wrap("", strings.Join(facts, " · "), 0, s.opt.Columns)))
	paragraph := -1
	for i, sent := range doc.Sentences {
		if sent.Paragraph != paragraph {
			paragraph = sent.Paragraph
			fmt.Fprintln(s.w)
		}
		s.sentence(doc, i)
	}
}

func (s *show) sentence(doc *stemma.Document, i int) {
	sent := doc.Sentences[i]
	number := fmt.Sprintf("%*d ", showIndent-1, i+1)
	text := term.Line(doc.Text(sent.Span))
	switch sent.Kind {
	case stemma.Prose:
	case stemma.Heading:
		text = s.s.Heading(text)
	default:
		text = s.s.Faint(text + " (" + string(sent.Kind) + ")")
	}
	fmt.Fprintln(s.w, term.Wrap(s.s.Ref(number), text, showIndent, s.opt.Columns))
	in := func(span stemma.Span) bool { return doc.SentenceOf(span.Start) == i }
	for j := range doc.Statements {
		if st := &doc.Statements[j]; in(st.Span) {
			s.statement(doc, st)
		}
	}
	for _, tx := range doc.Times {
		if !in(tx.Span) {
			continue
		}
		value := when(tx.When)
		if value == "" {
			value = "not placed"
		}
		if tx.Part != "" {
			value += ", " + tx.Part
		}
		if tx.Inferred {
			value += ", from an inferred date"
		}
		s.finding("time", "“"+term.Line(doc.Text(tx.Span))+"” "+value, tx.Rule)
	}
	for j := range doc.Events {
		ev := &doc.Events[j]
		if len(ev.Evidence) > 0 && in(ev.Evidence[0].Span) {
			s.finding("event", s.eventWords(ev), ev.Rule)
		}
	}
	for _, d := range doc.Damage {
		if in(d.Span) {
			s.finding("damage", string(d.Kind)+": "+term.Cut(term.Line(doc.Text(d.Span)), 60), "")
		}
	}
}

func (s *show) statement(doc *stemma.Document, st *stemma.Statement) {
	who := s.speaker(doc, st)
	if who == "" {
		who = "somebody"
	}
	words := s.s.Strong(term.Line(who))
	if via := s.via(doc, st); via != "" {
		words += " (through " + term.Line(via) + ")"
	}
	if !st.Cue.IsZero() {
		words += " “" + term.Line(doc.Text(st.Cue)) + "”"
	}
	words += ", " + string(st.Kind)
	for _, extra := range []string{st.Class, st.Polarity, st.Modality, st.Standing} {
		if extra != "" {
			words += ", " + extra
		}
	}
	var parts []string
	for _, c := range st.Content {
		parts = append(parts, term.Line(doc.Text(c)))
	}
	if content := strings.Join(parts, " … "); content != "" {
		words += ": " + cutMiddle(content)
	}
	s.finding("says", words, st.Rule)
}

func (s *show) finding(what, text, rule string) {
	if rule != "" {
		text += s.s.Faint(" {" + term.Line(rule) + "}")
	}
	const column = 8
	lead := strings.Repeat(" ", showIndent) + s.s.Faint(pad(what, column))
	fmt.Fprintln(s.w, term.Wrap(lead, text, showIndent+column, s.opt.Columns))
}
