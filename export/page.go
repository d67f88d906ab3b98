package export

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"stemma"
	"stemma/internal/term"
)

//go:embed page.css
var pageCSS string

//go:embed page.html
var pageHTML string

//go:embed collation.html
var collationHTML string

// pages holds the templates of all pages. Whatever comes from a report passes
// through html/template's escaping.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.Must(template.New("").Parse(collationHTML)).Parse(pageHTML))
})

// Page writes the record of docs as one HTML page that stands alone: it needs
// no network and runs no script.
func Page(w io.Writer, docs []*stemma.Document, collations []*stemma.Collation, rec *stemma.Record) error {
	v := newView(docs, collations, rec)
	return pages().ExecuteTemplate(w, "page", v.page())
}

type pageData struct {
	Title      string
	CSS        template.CSS
	Counts     []pageCount
	Origins    []pageOrigin
	Nav        []pageSection
	Reports    []pageReport
	HasOutlets bool
	HasTitles  bool
	Trees      []pageTree
	Alone      []pageRef
	Legend     []kindInfo
	Collations []collationData
	Quotes     []pageQuote
	QuoteSum   string
	Checks     []pageCheck
	Events     []pageEvent
	Texts      []pageText
}

type (
	pageCount struct {
		N    int
		What string
	}
	pageOrigin struct {
		Name    string
		Reports int
	}
	pageSection struct{ ID, Title string }
	pageReport  struct {
		N                                     int
		Date, Aside, Outlet, Title, URL, File string
	}
	// A pageRef is a link to a report, or to a sentence in it.
	pageRef struct {
		N        int
		ID, Name string
	}
	pageTree struct {
		Ref                    pageRef
		Kind, Class, Direction string
		Parts                  bool // passages only
		Why, MoreWhy           []pageReason
		Children               []pageTree
	}
	pageReason struct {
		Text    string
		Against bool
	}
	pageQuote struct {
		Who, Via, Lead string
		In             []pageRef
		Unclosed       bool
		Others         []pageWording
	}
	pageWording struct {
		Pieces   []pagePiece
		In       []pageRef
		Unclosed bool
	}
	pagePiece struct {
		A, B        string
		Same, Space bool
	}
	pageCheck struct {
		Kind     kindInfo
		Question string
		Copied   bool
		Sides    []pageSide
	}
	// A pageSide is an answer in its sentence.
	pageSide struct {
		Before, Text, After string
		In                  []pageRef
	}
	pageEvent struct {
		When, Who, Type, To, Where, Status, By, Text string
		Inferred                                     bool
		Origins                                      int
		In                                           []pageRef
	}
	pageText struct {
		N           int
		Name, Title string
		Paragraphs  [][]pageSentence
	}
	pageSentence struct{ ID, Class, Text string }
)

func (v *view) page() pageData {
	p := pageData{
		Title: term.Line(v.rec.Story.Title),
		CSS:   template.CSS(pageCSS), // our own file
		Counts: []pageCount{
			{len(v.docs), plural(len(v.docs), "report")},
			{len(v.rec.Outlets), plural(len(v.rec.Outlets), "outlet")},
			{v.rec.Origins, plural(v.rec.Origins, "independent origin")},
		},
		Origins: v.pageOrigins(),
		Quotes:  v.pageQuotes(),
		Checks:  v.pageChecks(),
		Events:  v.pageEvents(),
	}
	if p.Title == "" {
		p.Title = "The record of " + count(len(v.docs), "report")
	}
	if len(v.rec.Outlets) == 0 {
		p.Counts = append(p.Counts[:1], p.Counts[2])
	}
	for _, doc := range v.docs {
		row := v.pageReport(doc)
		p.Reports = append(p.Reports, row)
		p.HasOutlets = p.HasOutlets || row.Outlet != ""
		p.HasTitles = p.HasTitles || row.Title != "" || row.URL != ""
		p.Texts = append(p.Texts, v.pageText(doc))
		if _, ok := v.parent(doc.Report.ID); !ok {
			if t := v.pageTree(doc.Report.ID, map[stemma.ReportID]bool{}); len(t.Children) > 0 {
				p.Trees = append(p.Trees, t)
			}
		}
	}
	for _, id := range v.alone() {
		p.Alone = append(p.Alone, v.pageRef(stemma.Cite{Report: id}))
	}
	used := map[stemma.VariantKind]bool{}
	for _, c := range v.collations {
		p.Collations = append(p.Collations, v.collation(c))
		for i := range c.Loci {
			used[c.Loci[i].Kind] = true
		}
	}
	for _, k := range kinds {
		if used[k.Kind] && k.Kind != stemma.Same {
			p.Legend = append(p.Legend, k)
		}
	}
	altered := 0
	for _, q := range p.Quotes {
		if len(q.Others) > 0 {
			altered++
		}
	}
	p.QuoteSum = count(len(p.Quotes), "quotation") + fmt.Sprintf(", %d of them reworded inside the quotation marks", altered)
	for _, s := range []struct {
		has       bool
		id, title string
	}{
		{true, "reports", "Reports"}, {len(p.Trees) > 0, "copies", "Copies"}, {len(p.Collations) > 0, "changes", "Changes"},
		{len(p.Quotes) > 0, "quotations", "Who said what"}, {len(p.Checks) > 0, "disagreements", "Disagreements"},
		{len(p.Events) > 0, "timeline", "Timeline"}, {true, "full", "Full texts"},
	} {
		if s.has {
			p.Nav = append(p.Nav, pageSection{s.id, s.title})
		}
	}
	return p
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// pageRef links to the sentence that c cites, or to the report if c has no
// words.
func (v *view) pageRef(c stemma.Cite) pageRef {
	n := v.number[c.Report]
	ref := pageRef{N: n, ID: fmt.Sprintf("r%d", n)}
	if doc := v.doc(c.Report); doc != nil {
		ref.Name = term.Line(v.name(doc))
		if i := doc.SentenceOf(c.Span.Start); i >= 0 && !c.Span.IsZero() {
			ref.ID = sentenceID(n, i)
		}
	}
	return ref
}

func (v *view) pageRefs(cites []stemma.Cite) []pageRef {
	var refs []pageRef
	seen := map[stemma.ReportID]bool{}
	for _, c := range cites {
		if !seen[c.Report] {
			seen[c.Report] = true
			refs = append(refs, v.pageRef(c))
		}
	}
	return refs
}

func sentenceID(report, sentence int) string { return fmt.Sprintf("r%ds%d", report, sentence+1) }

func (v *view) pageOrigins() []pageOrigin {
	var out []pageOrigin
	for _, st := range v.rec.Stemmata {
		o := pageOrigin{}
		for _, node := range st.Nodes {
			if doc := v.doc(node.Report); doc != nil {
				if o.Reports++; o.Name == "" {
					o.Name = term.Line(v.name(doc))
				}
			}
		}
		if o.Reports > 0 {
			out = append(out, o)
		}
	}
	return out
}

func (v *view) pageReport(doc *stemma.Document) pageReport {
	rep := doc.Report
	date, aside := v.published(doc)
	return pageReport{
		N: v.number[rep.ID], Date: date, Aside: aside,
		Outlet: term.Line(rep.Outlet), Title: term.Line(rep.Title), URL: webURL(rep.URL), File: term.Line(v.file(doc)),
	}
}

// webURL returns url if it leads to the web, else "": a report may claim
// anything.
func webURL(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// published is a report's date and, where it was inferred, from what.
func (v *view) published(doc *stemma.Document) (date, aside string) {
	date = doc.Report.Published.String()
	switch {
	case date == "" && doc.AnchorFrom == "exemplar":
		date, aside = doc.Anchor.String(), "date inferred"
		if c, ok := v.parent(doc.Report.ID); ok {
			aside += fmt.Sprintf(" from [%d]", v.number[c.Exemplar])
		}
	case date == "":
		return "undated", ""
	}
	if from, _, ok := strings.Cut(date, "/"); ok && len(from) > 10 {
		date = from[:10] + " " + strings.TrimSuffix(from[11:], "Z")
	}
	return date, aside
}

func (v *view) pageTree(id stemma.ReportID, seen map[stemma.ReportID]bool) pageTree {
	t := pageTree{Ref: v.pageRef(stemma.Cite{Report: id})}
	if seen[id] {
		return t
	}
	seen[id] = true
	whole, parts := v.children(id)
	for i, c := range append(whole, parts...) {
		child := pageTree{Ref: v.pageRef(stemma.Cite{Report: c.Report})}
		if i < len(whole) {
			child = v.pageTree(c.Report, seen)
		} else {
			child.Parts = true
		}
		child.Kind, child.Class, child.Direction = copyWords(c), string(c.Kind), directionWords(c)
		for _, r := range c.Reasons {
			child.Why = append(child.Why, pageReason{term.Line(r.Text), r.Against || r.Weight < 0})
		}
		if len(child.Why) > shownReasons+1 {
			child.Why, child.MoreWhy = child.Why[:shownReasons], child.Why[shownReasons:]
		}
		t.Children = append(t.Children, child)
	}
	return t
}

func (v *view) pageQuotes() []pageQuote {
	var out []pageQuote
	for _, u := range v.rec.Utterances {
		lead := u.Wordings[min(max(u.Lead, 0), len(u.Wordings)-1)]
		doc, st := v.statement(lead)
		if st == nil || len(st.Quoted) == 0 {
			continue
		}
		q := pageQuote{
			Who: term.Line(v.actor(u.Speaker)), Via: term.Line(v.via(doc, st)),
			Lead: term.Line(doc.Text(v.said(lead))), In: []pageRef{v.pageRef(lead.Cite)}, Unclosed: st.Unclosed,
		}
		if q.Who == "" {
			q.Who = term.Line(v.speaker(doc, st))
		}
		if q.Who == "" {
			q.Who = "Somebody"
		}
		for _, w := range u.Wordings {
			if w == lead {
				continue
			}
			other, ost := v.statement(w)
			if ost == nil {
				continue
			}
			if w.Same && !ost.Unclosed {
				q.In = append(q.In, v.pageRef(w.Cite))
				continue
			}
			wording := pageWording{In: []pageRef{v.pageRef(w.Cite)}, Unclosed: ost.Unclosed}
			if w.Same { // the same words, but their end is lost
				q.In = append(q.In, v.pageRef(w.Cite))
				q.Unclosed = true
				continue
			}
			wording.Pieces = pagePieces(doc, v.said(lead), other, v.said(w))
			q.Others = append(q.Others, wording)
		}
		out = append(out, q)
	}
	return out
}

func pagePieces(a *stemma.Document, as stemma.Span, b *stemma.Document, bs stemma.Span) []pagePiece {
	var out []pagePiece
	pieces := compareWords(a, as, b, bs)
	for i, p := range pieces {
		out = append(out, pagePiece{
			A: term.Line(a.Text(p.a)), B: term.Line(b.Text(p.b)), Same: p.same, Space: i > 0 && p.gapAfter(pieces[i-1], a, b),
		})
	}
	return out
}

func (v *view) pageChecks() []pageCheck {
	var out []pageCheck
	for _, d := range apartFirst(v.rec.Discrepancies) {
		c := pageCheck{Kind: infoOf(d.Kind), Question: term.Line(d.Question), Copied: d.Copied}
		if c.Question == "" {
			c.Question = c.Kind.Title + ": " + c.Kind.About
		}
		for _, cites := range d.Sides {
			if len(cites) > 0 {
				before, text, after := v.inSentence(cites[0])
				c.Sides = append(c.Sides, pageSide{before, text, after, v.pageRefs(cites)})
			}
		}
		out = append(out, c)
	}
	return out
}

// inSentence returns the words that c cites and those around them in their
// sentences.
func (v *view) inSentence(c stemma.Cite) (before, text, after string) {
	doc := v.doc(c.Report)
	if doc == nil || c.Span.Check(doc.Report.Text) != nil {
		return "", "", ""
	}
	from, to := c.Span.Start, c.Span.End
	if i := doc.SentenceOf(c.Span.Start); i >= 0 {
		from = min(from, doc.Sentences[i].Start)
	}
	if i := doc.SentenceOf(max(c.Span.Start, c.Span.End-1)); i >= 0 {
		to = max(to, doc.Sentences[i].End)
	}
	clean := func(s string) string { return term.Clean(oneSpaceEach(s)) }
	return clean(doc.Report.Text[from:c.Span.Start]), clean(doc.Text(c.Span)), clean(doc.Report.Text[c.Span.End:to])
}

func (v *view) pageEvents() []pageEvent {
	var out []pageEvent
	for _, ev := range v.rec.Timeline {
		e := pageEvent{
			When: when(ev.When), Who: term.Line(v.actorList(ev.Actors)), Type: strings.ToLower(string(ev.Type)),
			To: term.Line(v.actorList(ev.Recipients)), Where: term.Line(v.actor(ev.Where)), By: term.Line(v.actor(ev.AssertedBy)),
			Inferred: ev.Inferred, Origins: ev.Origins, In: v.pageRefs(ev.Evidence),
		}
		if e.When == "" {
			e.When = "undated"
		}
		if ev.Mode != "" {
			e.Type += " · " + ev.Mode
		}
		if ev.Status != "held" {
			e.Status = ev.Status
		}
		if len(ev.Evidence) > 0 {
			e.Text = term.Line(v.text(ev.Evidence[0]))
		}
		out = append(out, e)
	}
	return out
}

func (v *view) pageText(doc *stemma.Document) pageText {
	n := v.number[doc.Report.ID]
	t := pageText{N: n, Name: term.Line(v.name(doc)), Title: term.Line(doc.Report.Title)}
	paragraph := -1
	for i, s := range doc.Sentences {
		if s.Paragraph != paragraph {
			t.Paragraphs = append(t.Paragraphs, nil)
			paragraph = s.Paragraph
		}
		last := len(t.Paragraphs) - 1
		t.Paragraphs[last] = append(t.Paragraphs[last], pageSentence{sentenceID(n, i), sentenceClass(s.Kind), term.Line(doc.Text(s.Span))})
	}
	return t
}

func sentenceClass(kind stemma.SentenceKind) string {
	if kind == stemma.Prose {
		return ""
	}
	return string(kind)
}
