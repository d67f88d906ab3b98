package record

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stemma"
	"stemma/actor"
	"stemma/collate"
	"stemma/event"
	"stemma/reuse"
)

// Options say how Build works. The zero value is right for most.
type Options struct {
	Workers int              // documents or pairs worked on at a time; 0 means one for each processor
	Actors  []actor.Decision // what a person decided about actors
	Same    []collate.Pair   // readings that a person declared the same
}

// A Result is what Build finds. Its JSON is what `stemma --json` prints.
type Result struct {
	Documents  []*stemma.Document  `json:"documents"`  // in the order given, actors named across reports
	Collations []*stemma.Collation `json:"collations"` // one for each edge of the family trees, exemplar first
	Record     *stemma.Record      `json:"record"`
}

// Build gathers what only several documents can tell: actors across reports,
// copies and their family trees, collations, utterances, the timeline, and
// where reports disagree. A document that lacks a date is dated through its
// exemplar. The order of docs has no influence but on the order of
// Result.Documents; a report given twice counts once.
func Build(docs []*stemma.Document, opt Options) *Result {
	docs = distinct(docs)
	given := make([]stemma.ReportID, len(docs))
	for i, doc := range docs {
		given[i] = doc.Report.ID
	}
	docs = slices.Clone(docs)
	slices.SortFunc(docs, byPublication)

	docs, actors := actor.Link(docs, opt.Actors)
	copies := reuse.Find(docs, reuse.Options{Workers: opt.Workers})
	stemmata := reuse.Families(docs, copies, reuse.Options{Workers: opt.Workers})
	docs = dateCopies(docs, copies, stemmata)

	byID := map[stemma.ReportID]*stemma.Document{}
	for _, doc := range docs {
		byID[doc.Report.ID] = doc
	}
	collations := collateTrees(byID, stemmata, opt)
	origin := origins(stemmata)

	rec := &stemma.Record{
		Story:         story(docs),
		Outlets:       outlets(docs),
		Origins:       len(stemmata),
		Actors:        actors,
		Copies:        copies,
		Stemmata:      stemmata,
		Utterances:    Utterances(docs),
		Timeline:      timeline(docs, origin),
		Discrepancies: discrepancies(docs, collations, origin),
	}
	out := make([]*stemma.Document, len(given))
	for i, id := range given {
		out[i] = byID[id]
	}
	return &Result{Documents: out, Collations: collations, Record: rec}
}

// distinct returns docs without those whose report stood before.
func distinct(docs []*stemma.Document) []*stemma.Document {
	seen := map[stemma.ReportID]bool{}
	out := make([]*stemma.Document, 0, len(docs))
	for _, doc := range docs {
		if !seen[doc.Report.ID] {
			seen[doc.Report.ID] = true
			out = append(out, doc)
		}
	}
	return out
}

// byPublication orders documents by publication, those without a date last,
// then by source and ID.
func byPublication(a, b *stemma.Document) int {
	if az, bz := a.Report.Published.IsZero(), b.Report.Published.IsZero(); az != bz {
		if az {
			return 1
		}
		return -1
	}
	return cmp.Or(
		a.Report.Published.From.Compare(b.Report.Published.From),
		a.Report.Published.To.Compare(b.Report.Published.To),
		strings.Compare(a.Report.Source, b.Report.Source),
		strings.Compare(string(a.Report.ID), string(b.Report.ID)),
	)
}

// dateCopies returns docs with those that lack a date counted from the date of
// the report they were made from, or failing that, of one made from them: along
// the edges of the family trees first, then along the other copies, the
// nearest first.
func dateCopies(docs []*stemma.Document, copies []stemma.Copy, stemmata []stemma.Stemma) []*stemma.Document {
	docs = slices.Clone(docs)
	index := map[stemma.ReportID]int{}
	for i, doc := range docs {
		index[doc.Report.ID] = i
	}
	parent := map[stemma.ReportID]stemma.ReportID{}
	for _, st := range stemmata {
		for _, n := range st.Nodes {
			if n.Parent >= 0 {
				parent[n.Report] = st.Nodes[n.Parent].Report
			}
		}
	}
	best := slices.Clone(copies)
	slices.SortStableFunc(best, func(a, b stemma.Copy) int {
		inTree := func(c stemma.Copy) int {
			if parent[c.Report] == c.Exemplar {
				return 1
			}
			return 0
		}
		return cmp.Or(inTree(b)-inTree(a), cmp.Compare(b.Score, a.Score))
	})
	for {
		dated := map[int]stemma.Interval{}
		for _, c := range best {
			e, r := index[c.Exemplar], index[c.Report]
			for _, p := range [][2]int{{r, e}, {e, r}} {
				to, from := docs[p[0]], docs[p[1]]
				if _, done := dated[p[0]]; !done && to.Anchor.IsZero() && !from.Anchor.IsZero() {
					dated[p[0]] = from.Anchor
				}
			}
		}
		if len(dated) == 0 {
			return docs
		}
		for i, anchor := range dated {
			docs[i] = at(docs[i], anchor, "exemplar")
		}
	}
}

// collateTrees collates every report with the one it was made from.
func collateTrees(byID map[stemma.ReportID]*stemma.Document, stemmata []stemma.Stemma, opt Options) []*stemma.Collation {
	var pairs [][]*stemma.Document
	for _, st := range stemmata {
		for _, node := range st.Nodes {
			child := byID[node.Report]
			p := node.Parent
			for p >= 0 && st.Nodes[p].Report == "" && st.Nodes[p].Parent >= 0 {
				p = st.Nodes[p].Parent // a lost exemplar has no words: go on to what it was made from
			}
			if child == nil || p < 0 {
				continue
			}
			parent := byID[st.Nodes[p].Report]
			if parent == nil {
				parent = sibling(byID, st, node)
			}
			if parent != nil && parent != child {
				pairs = append(pairs, []*stemma.Document{parent, child})
			}
		}
	}
	out := make([]*stemma.Collation, len(pairs))
	each(len(pairs), opt.Workers, func(i int) {
		out[i] = collate.CollateWith(pairs[i], collate.Options{Same: opt.Same})
	})
	return out
}

// sibling returns the first report that descends from the same lost exemplar
// as node.
func sibling(byID map[stemma.ReportID]*stemma.Document, st stemma.Stemma, node stemma.Node) *stemma.Document {
	for _, n := range st.Nodes {
		if n.Parent == node.Parent && n.Report != "" {
			return byID[n.Report]
		}
	}
	return nil
}

// origins numbers the independent origins: for each report, the index of the
// Stemma that holds it.
func origins(stemmata []stemma.Stemma) map[stemma.ReportID]int {
	m := map[stemma.ReportID]int{}
	for i, st := range stemmata {
		for _, node := range st.Nodes {
			if node.Report != "" {
				m[node.Report] = i
			}
		}
	}
	return m
}

// timeline returns the events of docs, those that several reports tell of as
// one, earliest first.
func timeline(docs []*stemma.Document, origin map[stemma.ReportID]int) []stemma.Event {
	var all []stemma.Event
	for _, doc := range docs {
		for _, ev := range doc.Events {
			ev.KnownSince = doc.Anchor
			all = append(all, ev)
		}
	}
	return event.Merge(all, func(id stemma.ReportID) string { return strconv.Itoa(origin[id]) })
}

// story returns the running affair that docs, in order of publication, follow.
// Its title is the first report's, or the start of its first sentence.
func story(docs []*stemma.Document) stemma.Story {
	var s stemma.Story
	for _, doc := range docs {
		s.Reports = append(s.Reports, doc.Report.ID)
		if s.Title == "" {
			s.Title = title(doc)
		}
	}
	if len(docs) > 0 {
		s.ID = string(docs[0].Report.ID)
	}
	return s
}

// title returns the title of doc, or the longest of the headings before its
// prose (the name of the outlet or a rubric may be among them), or the start of
// its first sentence.
func title(doc *stemma.Document) string {
	const most = 14 // words
	if doc.Report.Title != "" {
		return doc.Report.Title
	}
	var words []string
	for _, sent := range doc.Sentences {
		w := strings.Fields(sent.Of(doc.Report.Text))
		if sent.Kind == stemma.Heading && len(w) > len(words) || sent.Kind == stemma.Prose && len(words) == 0 {
			words = w
		}
		if sent.Kind == stemma.Prose {
			break
		}
	}
	if len(words) > most {
		return strings.Join(words[:most], " ") + " …"
	}
	return strings.Join(words, " ")
}

// outlets returns the outlets of docs, each once, in alphabetical order.
func outlets(docs []*stemma.Document) []string {
	out := []string{}
	for _, doc := range docs {
		if o := doc.Report.Outlet; o != "" {
			out = append(out, o)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
