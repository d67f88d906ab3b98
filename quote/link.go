package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"stemma"
)

func sortParts(parts []part) {
	slices.SortStableFunc(parts, func(a, b part) int { return a.first - b.first })
}

// A bond is a statement in the making: indices of parts.
type bond struct {
	cue       int  // -1 if none
	source    int  // -1 if none
	shared    bool // the source is that of the cue before
	content   []int
	carried   bool // some content joined from another clause
	paragraph int
	clause    int    // where its cue stands, or its content if it has none
	verb      uint32 // of its cue: see linker.verb
}

// link ties contents to cues and cues to sources, clause by clause, and gives
// quotations without a cue of their own to the statement before them.
func (l *layout) link(parts []part) []bond {
	var bonds []bond
	for i := 0; i < len(parts); {
		j := i + 1
		for j < len(parts) && parts[j].clause == parts[i].clause {
			j++
		}
		bonds = l.linkClause(bonds, parts, i, j)
		i = j
	}
	return bonds
}

func (l *layout) linkClause(bonds []bond, parts []part, from, to int) []bond {
	base := len(bonds)
	for i := from; i < to; i++ {
		if parts[i].role == cueRole {
			bonds = append(bonds, bond{cue: i, source: -1, paragraph: parts[i].paragraph})
		}
	}
	own := bonds[base:]
	// Sources without a word are none, nor is a lone "Despite".
	wordless := func(i int) bool {
		for u := parts[i].first; u < parts[i].end; u++ {
			if w := l.norm(u); isWord(w) && !(parts[i].end-parts[i].first == 1 && l.opener(u)) {
				return false
			}
		}
		return true
	}
	// Each cue takes the nearest free one with no cue between.
	usedSource := make(map[int]bool)
	for pass := range 2 {
		for k := range own {
			b := &own[k]
			if b.source >= 0 {
				continue
			}
			best, bestGap := -1, 1<<30
			for i := b.cue - 1; i >= from && parts[i].role != cueRole; i-- {
				if parts[i].role == source && !usedSource[i] && !wordless(i) {
					if gap := 2 * (parts[b.cue].first - parts[i].end); gap < bestGap {
						best, bestGap = i, gap
					}
					break
				}
			}
			for i := b.cue + 1; i < to && parts[i].role != cueRole; i++ {
				if parts[i].role == source && !usedSource[i] && !wordless(i) {
					gap := 2*(parts[i].first-parts[b.cue].end) + 1
					// A source that stands right before the next cue is that one's.
					if pass == 0 && i+1 < to && parts[i+1].role == cueRole && parts[i+1].first-parts[i].end < parts[i].first-parts[b.cue].end+1 {
						break
					}
					if gap < bestGap {
						best, bestGap = i, gap
					}
					break
				}
			}
			if best >= 0 {
				b.source = best
				usedSource[best] = true
			}
		}
	}
	for k := 1; k < len(own); k++ {
		if own[k].source < 0 && own[k-1].source >= 0 {
			own[k].source, own[k].shared = own[k-1].source, true
		}
	}
	for k := len(own) - 2; k >= 0; k-- {
		if own[k].source < 0 && own[k+1].source >= 0 && l.participle(parts[own[k].cue].end-1) {
			own[k].source, own[k].shared = own[k+1].source, true // describing it as “useful”, X said
		}
	}
	// Contents: each goes to the nearest cue.
	for i := from; i < to; i++ {
		if parts[i].role != content {
			continue
		}
		best, bestGap := -1, 1<<30
		for k := range own {
			cu := parts[own[k].cue]
			gap := cu.first - parts[i].end
			if gap < 0 {
				gap = parts[i].first - cu.end
				if len(own[k].content) > 0 && parts[own[k].content[0]].first > cu.first {
					gap += 2 // it has one behind it already
				}
				if l.norm(parts[i].first-1) == ":" {
					gap = 0 // she scolded him: “…,” she said
				}
			}
			// What stands between, other than the sources of that cue, counts.
			for j := min(i, own[k].cue) + 1; j < max(i, own[k].cue); j++ {
				if parts[j].role == source && j == own[k].source {
					gap -= parts[j].end - parts[j].first
				} else if parts[j].role == cueRole {
					gap += 20
				}
			}
			if gap < bestGap {
				best, bestGap = k, gap
			}
		}
		if best >= 0 {
			own[best].content = append(own[best].content, i)
			continue
		}
		// No cue in the clause.
		q := l.quoted(parts[i].first)
		if n := len(bonds); n > 0 && q && len(bonds[n-1].content) > 0 {
			prev := &bonds[n-1]
			if prev.paragraph == parts[i].paragraph || l.quotations[l.units[parts[i].first].quotation].Continues ||
				prev.paragraph+1 == parts[i].paragraph && l.quotedBond(parts, prev) {
				prev.content = append(prev.content, i)
				prev.carried = true
				prev.paragraph = parts[i].paragraph
				continue
			}
		}
		if !slices.ContainsFunc(l.units[parts[i].first:parts[i].end], func(u unit) bool { return u.quotation >= 0 }) {
			continue // nobody says it
		}
		b := bond{cue: -1, source: -1, content: []int{i}, paragraph: parts[i].paragraph}
		bonds = append(bonds, b)
	}
	for k := range own {
		l.complete(parts, &own[k])
	}
	// A cue without content says nothing.
	return slices.DeleteFunc(bonds, func(b bond) bool { return len(b.content) == 0 })
}

// complete takes away from a statement that leads with its whole content in
// quotation marks, “…,” she said, the words behind the cue that the quotation
// has no need of: what is not in quotation marks, and marks that no comma or
// stop precedes.
func (l *layout) complete(parts []part, b *bond) {
	if len(b.content) < 2 {
		return
	}
	first, cu := parts[b.content[0]], parts[b.cue]
	if first.end > cu.first || !l.quoted(first.first) || !l.quoted(first.end-1) || !l.talk(first.end-1) {
		return
	}
	b.content = slices.DeleteFunc(b.content, func(i int) bool {
		p := parts[i]
		if p.first < cu.end || p.clause != cu.clause {
			return false
		}
		if !l.quoted(p.first) {
			return true
		}
		w := l.norm(p.first - 1)
		return w != "," && !isClose(w)
	})
}

// participle reports whether the word of unit u is a present participle.
func (l *layout) participle(u int) bool {
	w := l.norm(u)
	return len(w) > 4 && w[len(w)-3:] == "ing"
}

// quotedBond reports whether the last content of b is a quotation.
func (l *layout) quotedBond(parts []part, b *bond) bool {
	last := parts[b.content[len(b.content)-1]]
	return l.quoted(last.end - 1)
}

// statement makes a Statement of a bond.
func (l *layout) statement(parts []part, b bond, rule string) stemma.Statement {
	var st stemma.Statement
	st.Rule = rule
	for _, i := range b.content {
		s := parts[i]
		span := l.span(s.first, s.end)
		st.Content = append(st.Content, span)
		for u := s.first; u < s.end; u++ {
			if q := l.units[u].quotation; q >= 0 {
				st.Quoted = append(st.Quoted, l.quotations[q].Inner)
				st.Unclosed = st.Unclosed || l.quotations[q].Unclosed
			}
		}
	}
	if b.cue >= 0 {
		st.Cue = l.span(parts[b.cue].first, parts[b.cue].end)
	}
	if b.source >= 0 {
		st.Speaker = l.span(parts[b.source].first, parts[b.source].end)
	}
	return st
}

// kind returns how st is given: by how much of its content stands in quotation
// marks.
func kind(doc *stemma.Document, st stemma.Statement) stemma.StatementKind {
	count := func(s stemma.Span) (words int) {
		first, end := doc.TokensIn(s)
		for _, t := range doc.Tokens[first:end] {
			if isWord(t.Norm) {
				words++
			}
		}
		return words
	}
	total, inside := 0, 0
	for _, k := range st.Content {
		total += count(k)
	}
	for _, q := range st.Quoted {
		inside += count(q)
	}
	switch {
	case len(st.Quoted) == 0:
		return stemma.Indirect
	case inside*20 > total*19:
		return stemma.Direct
	}
	return stemma.Mixed
}

// isWord reports whether a token is a word or a number: by its first character.
func isWord(norm string) bool {
	r, _ := utf8.DecodeRuneInString(norm)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// cover returns the span of all parts of st.
func cover(st stemma.Statement) stemma.Span {
	var out stemma.Span
	add := func(s stemma.Span) {
		if s.IsZero() {
			return
		}
		if out.IsZero() {
			out = s
		}
		out.Start, out.End = min(out.Start, s.Start), max(out.End, s.End)
	}
	for _, s := range st.Content {
		add(s)
	}
	add(st.Cue)
	add(st.Speaker)
	return out
}
