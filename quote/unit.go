package quote

import "stemma"

// A unit is what a statement's parts are made of: a token, or a whole
// outermost quotation, which no part of a statement divides.
type unit struct {
	first, end int32 // Tokens[first:end]
	quotation  int32 // index into layout.quotations, -1 for a token
	clause     int32 // which clause of the document it stands in
}

// A clause is a sentence, or several that a quotation ties together.
type clause struct {
	first, end int32 // units[first:end]
	paragraph  int32
	heading    bool
	dateline   int32 // units that are one
	endless    bool  // a piece of a sentence longer than maxClause
}

// maxClause is where a sentence without end is cut, in units: longer than what
// people write. The model takes no pains with it.
const maxClause = 500

// layout is a document cut into units.
type layout struct {
	doc        *stemma.Document
	quotations []Quotation
	units      []unit
	clauses    []clause
}

// lay cuts doc into units. Furniture and bylines have none.
func lay(doc *stemma.Document) *layout {
	l := &layout{doc: doc, quotations: Marks(doc)}
	l.units = make([]unit, 0, len(doc.Tokens))
	q := 0
	for i := 0; i < len(doc.Sentences); i++ {
		s := doc.Sentences[i]
		if s.Kind == stemma.Furniture || s.Kind == stemma.Byline || s.FirstToken == s.EndToken {
			continue
		}
		c := clause{first: int32(len(l.units)), paragraph: int32(s.Paragraph), heading: s.Kind == stemma.Heading, dateline: int32(s.Dateline)}
		t, end := s.FirstToken, s.EndToken
		for t < end {
			if len(l.units)-int(c.first) == maxClause {
				c.end, c.endless = int32(len(l.units)), true
				l.clauses = append(l.clauses, c)
				c.first, c.dateline = c.end, 0
			}
			for q < len(l.quotations) && (l.quotations[q].Depth > 0 || l.quotations[q].First < t) {
				q++
			}
			u := unit{first: int32(t), end: int32(t + 1), quotation: -1, clause: int32(len(l.clauses))}
			if q < len(l.quotations) && l.quotations[q].First == t {
				u.end, u.quotation = int32(l.quotations[q].End), int32(q)
				for int(u.end) > end { // the quotation runs over the sentence
					i++
					end = doc.Sentences[i].EndToken
				}
			}
			l.units = append(l.units, u)
			t = int(u.end)
		}
		c.end = int32(len(l.units))
		l.clauses = append(l.clauses, c)
	}
	return l
}

// text returns where the text of clause ci begins: behind its dateline.
func (l *layout) text(ci int) int { return int(l.clauses[ci].first + l.clauses[ci].dateline) }

// norm returns the folded word of unit u, "“" for a quotation.
func (l *layout) norm(u int) string {
	if l.units[u].quotation >= 0 {
		return "“"
	}
	return l.doc.Tokens[l.units[u].first].Norm
}

func (l *layout) quoted(u int) bool { return l.units[u].quotation >= 0 }

// words returns the number of tokens inside the quotation unit u.
func (l *layout) words(u int) int {
	return int(l.units[u].end-l.units[u].first) - 2
}

// lastByte returns the last byte inside the quotation unit u, 0 if it holds
// nothing.
func (l *layout) lastByte(u int) byte {
	q := l.quotations[l.units[u].quotation]
	if q.Inner.Len() == 0 {
		return 0
	}
	return l.doc.Report.Text[q.Inner.End-1]
}

// span returns the text that the units [first, end) cover.
func (l *layout) span(first, end int) stemma.Span {
	toks := l.doc.Tokens
	return stemma.Span{Start: toks[l.units[first].first].Start, End: toks[l.units[end-1].end-1].End}
}

// capital reports whether the word of unit u is written with a capital.
func (l *layout) capital(u int) bool {
	t := l.doc.Tokens[l.units[u].first]
	b := l.doc.Report.Text[t.Start]
	return 'A' <= b && b <= 'Z' || b >= 0xC3 && t.Norm != "" && l.doc.Report.Text[t.Start:t.End] != t.Norm && t.Len() > 3
}

// A role is the part that units play in a statement.
type role uint8

const (
	none role = iota
	source
	cueRole
	content
)

// A part is a run of units that play one role in a statement.
type part struct {
	role       role
	first, end int // units[first:end]
	paragraph  int
	clause     int
}
