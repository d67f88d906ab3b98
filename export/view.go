// Package export writes a record for people and for programs: [Brief] for the
// terminal, [Page] for a browser.
package export

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/term"
)

// A view answers what the writers of this package ask again and again: which
// number a report has, how to call it, and who an actor is.
type view struct {
	docs       []*stemma.Document
	collations []*stemma.Collation
	rec        *stemma.Record

	files  map[stemma.ReportID]string // as much of the path as tells the files apart
	number map[stemma.ReportID]int    // from 1, in the order of docs
	actors map[stemma.ActorID]string
	copyOf map[stemma.ReportID][]stemma.Copy // copies by the report that was made, best first
}

func newView(docs []*stemma.Document, collations []*stemma.Collation, rec *stemma.Record) *view {
	v := &view{
		docs: docs, collations: collations, rec: rec,
		files:  map[stemma.ReportID]string{},
		number: map[stemma.ReportID]int{},
		actors: map[stemma.ActorID]string{},
		copyOf: map[stemma.ReportID][]stemma.Copy{},
	}
	for i, doc := range docs {
		v.number[doc.Report.ID] = i + 1
	}
	same := map[string]int{}
	for _, doc := range docs {
		same[path.Base(doc.Report.Source)]++
	}
	for _, doc := range docs {
		switch dir, file := path.Split(doc.Report.Source); {
		case file == "":
		case same[file] > 1 && dir != "":
			v.files[doc.Report.ID] = path.Join(path.Base(dir), file)
		default:
			v.files[doc.Report.ID] = file
		}
	}
	for _, a := range rec.Actors {
		v.actors[a.ID] = a.Name
	}
	for _, c := range rec.Copies {
		v.copyOf[c.Report] = append(v.copyOf[c.Report], c)
	}
	return v
}

// doc returns the document of a report, nil if it is none of ours.
func (v *view) doc(id stemma.ReportID) *stemma.Document {
	if n := v.number[id]; n > 0 {
		return v.docs[n-1]
	}
	return nil
}

// text returns the words that c points at, as one line.
func (v *view) text(c stemma.Cite) string {
	doc := v.doc(c.Report)
	if doc == nil || c.Span.Check(doc.Report.Text) != nil {
		return ""
	}
	return strings.Join(strings.Fields(doc.Text(c.Span)), " ")
}

// name is what to call a report: its outlet, else its file.
func (v *view) name(doc *stemma.Document) string {
	return cmp.Or(doc.Report.Outlet, v.file(doc), "a report")
}

// file is the last element of a report's source, or the last two where files
// in several folders have the same name.
func (v *view) file(doc *stemma.Document) string { return v.files[doc.Report.ID] }

// actor is the name of an actor, "" if there is none.
func (v *view) actor(id stemma.ActorID) string { return cmp.Or(v.actors[id], string(id)) }

func (v *view) actorList(ids []stemma.ActorID) string {
	var names []string
	for _, id := range ids {
		if n := v.actor(id); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return andList(names)
}

// andList is "A", "A and B", "A, B and C".
func andList(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// speaker is who made a statement: the actor, else the words that name one.
func (v *view) speaker(doc *stemma.Document, st *stemma.Statement) string {
	if n := v.actor(st.Actor); n != "" {
		return n
	}
	if !st.Speaker.IsZero() {
		return doc.Text(st.Speaker)
	}
	return ""
}

// statement returns the statement that w cites, nil if there is none.
func (v *view) statement(w stemma.Wording) (*stemma.Document, *stemma.Statement) {
	doc := v.doc(w.Report)
	if doc == nil || w.Statement < 0 || w.Statement >= len(doc.Statements) {
		return doc, nil
	}
	return doc, &doc.Statements[w.Statement]
}

// parent returns the copy that says what id was mainly made from.
func (v *view) parent(id stemma.ReportID) (stemma.Copy, bool) {
	for _, st := range v.rec.Stemmata {
		for _, node := range st.Nodes {
			if node.Report != id || node.Parent < 0 {
				continue
			}
			p := node.Parent
			for p >= 0 && st.Nodes[p].Report == "" {
				p = st.Nodes[p].Parent
			}
			if p < 0 {
				return stemma.Copy{}, false
			}
			for _, c := range v.copyOf[id] {
				if c.Exemplar == st.Nodes[p].Report {
					return c, true
				}
			}
			return stemma.Copy{Exemplar: st.Nodes[p].Report, Report: id}, true
		}
	}
	return stemma.Copy{}, false
}

// secondSource reports whether a tree says that child drew on exemplar besides
// what it was mainly made from, or whether no tree joins the two. Other copies
// are only seen because both have the words from a common exemplar.
func (v *view) secondSource(exemplar, child stemma.ReportID) bool {
	for _, st := range v.rec.Stemmata {
		from, to := -1, -1
		for i, node := range st.Nodes {
			switch node.Report {
			case exemplar:
				from = i
			case child:
				to = i
			}
		}
		if from >= 0 && to >= 0 {
			return slices.ContainsFunc(st.Edges, func(e stemma.Edge) bool { return e.From == from && e.To == to })
		}
	}
	return true
}

// children returns the copies that were made from id, in the order of reports,
// and apart from them those that took only passages.
func (v *view) children(id stemma.ReportID) (whole, parts []stemma.Copy) {
	for _, doc := range v.docs {
		child := doc.Report.ID
		main, ok := v.parent(child)
		if ok && main.Exemplar == id {
			whole = append(whole, main)
		}
		for _, c := range v.copyOf[child] {
			if c.Exemplar == id && !(ok && main.Exemplar == id) && v.secondSource(id, child) {
				parts = append(parts, c)
			}
		}
	}
	return whole, parts
}

// alone returns the reports that take no part in a copy.
func (v *view) alone() []stemma.ReportID {
	tied := map[stemma.ReportID]bool{}
	for _, c := range v.rec.Copies {
		tied[c.Exemplar], tied[c.Report] = true, true
	}
	var out []stemma.ReportID
	for _, doc := range v.docs {
		if _, ok := v.parent(doc.Report.ID); !ok && !tied[doc.Report.ID] {
			out = append(out, doc.Report.ID)
		}
	}
	return out
}

// via is through whom a statement reached the report.
func (v *view) via(doc *stemma.Document, st *stemma.Statement) string {
	var names []string
	for _, src := range st.Via {
		if n := v.actor(src.Actor); n != "" {
			names = append(names, n)
		} else {
			names = append(names, oneSpace(doc.Text(src.Span)))
		}
	}
	return andList(names)
}

// said is the words that w cites: a quotation, or a statement as a whole.
func (v *view) said(w stemma.Wording) stemma.Span {
	if !w.Span.IsZero() {
		return w.Span
	}
	_, st := v.statement(w)
	return st.Span
}

// when writes the time of an event as short as it can be said: a day, a
// month, a year, or the first and the last of them.
func when(v stemma.Interval) string {
	s := v.String()
	from, _, ok := strings.Cut(s, "/")
	if !ok {
		return s
	}
	first, last := v.From, v.To.Add(-1) // To is not in it
	switch {
	case len(from) > len("2006-01-02"), first.Format("2006-01-02") == last.Format("2006-01-02"):
		return first.Format("2006-01-02")
	case first.Day() == 1 && v.To.Day() == 1 && first.Month() == 1 && v.To.Month() == 1:
		return first.Format("2006") + "–" + last.Format("2006")
	case first.Day() == 1 && v.To.Day() == 1 && first.Year() == last.Year():
		return first.Format("2006-01") + "–" + last.Format("01")
	case first.Day() == 1 && v.To.Day() == 1:
		return first.Format("2006-01") + "–" + last.Format("2006-01")
	case first.Format("2006-01") == last.Format("2006-01"):
		return first.Format("2006-01-02") + "–" + last.Format("02")
	}
	return first.Format("2006-01-02") + "–" + last.Format("01-02")
}

// kindOf is how the second witness of c was made from the first, "" if that
// is not known.
func (v *view) kindOf(c *stemma.Collation) stemma.CopyKind {
	if len(c.Witnesses) == 2 {
		for _, copied := range v.copyOf[c.Witnesses[1].Report] {
			if copied.Exemplar == c.Witnesses[0].Report {
				return copied.Kind
			}
		}
	}
	return ""
}

// apartFirst returns ds with disagreements between independent origins before
// those that were made in copying.
func apartFirst(ds []stemma.Discrepancy) []stemma.Discrepancy {
	ds = slices.Clone(ds)
	slices.SortStableFunc(ds, func(x, y stemma.Discrepancy) int {
		switch {
		case x.Copied == y.Copied:
			return 0
		case y.Copied:
			return -1
		}
		return 1
	})
	return ds
}

// eventWords says what an event is: who, what kind, upon whom, where, and how
// real it is.
func (v *view) eventWords(ev *stemma.Event) string {
	what := v.actorList(ev.Actors)
	if what == "" {
		what = "somebody"
	}
	what = term.Line(what) + " " + strings.ToLower(string(ev.Type))
	if ev.Mode != "" {
		what += "/" + ev.Mode
	}
	if to := v.actorList(ev.Recipients); to != "" {
		what += " → " + term.Line(to)
	}
	if place := v.actor(ev.Where); place != "" {
		what += ", " + term.Line(place)
	}
	if ev.Status != "" && ev.Status != "held" {
		what += " (" + ev.Status + ")"
	}
	if by := v.actor(ev.AssertedBy); by != "" {
		what += ", says " + term.Line(by)
	}
	return what
}

// tells reports whether bead i of c says something about how the second
// witness was made from the first. A report that took passages has a text of
// its own: only sentences that it really took are compared.
func (v *view) tells(c *stemma.Collation, i int) bool {
	if v.kindOf(c) != stemma.Partial {
		return true
	}
	const taken = 0.6 // likeness; below it the sentence is its own, with a clause taken over
	return i >= 0 && i < len(c.Beads) && filled(c.Beads[i].Sentences) && c.Beads[i].Score >= taken
}
