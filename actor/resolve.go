package actor

import (
	"slices"
	"strings"

	"stemma"
)

// Resolve returns sts with Actor set from the Speaker, and that of every Via
// from its words, by the mentions of doc. A speaker who is described but never
// named is an actor of his own: "a Kremlin aide" is "kremlin-aide". A statement
// in quotation marks that names no speaker is by the one who spoke before it in
// the paragraph.
func Resolve(doc *stemma.Document, sts []stemma.Statement) []stemma.Statement {
	out := slices.Clone(sts)
	r := resolver{doc: doc, lex: lex()}
	for i := range out {
		st := &out[i]
		switch {
		case !st.Speaker.IsZero():
			st.Actor = r.who(st.Speaker)
		case st.Cue.IsZero() && st.Kind == stemma.Direct:
			st.Actor = r.carried(out[:i], st)
		}
		if len(st.Via) > 0 {
			st.Via = slices.Clone(st.Via)
			for k := range st.Via {
				st.Via[k].Actor = r.who(st.Via[k].Span)
			}
		}
	}
	return out
}

type resolver struct {
	doc *stemma.Document
	lex *lexicon
}

// carried returns the speaker of the nearest statement before st in its
// paragraph.
func (r *resolver) carried(before []stemma.Statement, st *stemma.Statement) stemma.ActorID {
	at := r.doc.SentenceOf(st.Start)
	for i := len(before) - 1; i >= 0 && i >= len(before)-8; i-- {
		b := &before[i]
		if b.Actor == "" || b.Start > st.Start {
			continue
		}
		s := r.doc.SentenceOf(b.Start)
		if s < 0 || at < 0 || r.doc.Sentences[s].Paragraph != r.doc.Sentences[at].Paragraph {
			return ""
		}
		return b.Actor
	}
	return ""
}

// who returns the actor that the words of span name.
func (r *resolver) who(span stemma.Span) stemma.ActorID {
	if span.IsZero() {
		return ""
	}
	ms := r.doc.Mentions
	i, _ := slices.BinarySearchFunc(ms, span.Start, func(m stemma.Mention, at int) int { return m.Start - at })
	for i > 0 && ms[i-1].End > span.Start {
		i--
	}
	var in []stemma.Mention
	for ; i < len(ms) && ms[i].Start < span.End; i++ {
		m := ms[i]
		if m.Kind == stemma.Nationality && m.End >= span.End && m.Actor != "" && r.bare(span, m.Start) {
			return m.Actor // "the Armenians"
		}
		// A description that reaches out of the phrase names something else:
		// "Holt" in "Holt’s statement".
		if m.Overlaps(span) && m.Kind != stemma.Nationality && (m.Form != stemma.ByDescription || m.End <= span.End+1) {
			in = append(in, m)
		}
	}
	text := strings.TrimSpace(r.doc.Text(span))
	if len(in) == 0 {
		return r.described(text, span)
	}
	// What stands within the role of a name, or within a description, is not
	// the head of the phrase.
	within := func(m, o stemma.Mention) bool {
		if m.Span == o.Span {
			return false
		}
		return o.Contains(m.Span) || o.Role.Contains(m.Span) && !o.Role.IsZero()
	}
	heads := in[:0:0]
	for _, m := range in {
		if !slices.ContainsFunc(in, func(o stemma.Mention) bool { return within(m, o) }) {
			heads = append(heads, m)
		}
	}
	// The head is the first that neither owns the next nor hangs on a
	// preposition; but somebody named in apposition names him better: "the
	// coach of the team, Anna Holt".
	var first *stemma.Mention
	for k := range heads {
		m := &heads[k]
		if m.Form == stemma.ByName && r.modifies(m.End, span.End) {
			continue
		}
		named := m.Form == stemma.ByName && m.Kind == stemma.Person
		if first != nil {
			if m.Form == stemma.ByName && (first.Form != stemma.ByName || named && first.Kind != stemma.Person) && r.renames(first, m, named, span) {
				first = m
			}
			continue
		}
		if r.oblique(m, span) && !(named && (r.afterComma(m.Start) || !r.afterPreposition(m, span))) {
			if r.author(m, span) {
				first = m
			}
			continue
		}
		first = m
	}
	if first == nil {
		return r.described(text, span)
	}
	if first.Actor == "" && first.Form != stemma.ByPronoun {
		return r.described(text, span)
	}
	return first.Actor
}

// bare reports whether nothing but a determiner stands in span before offset.
func (r *resolver) bare(span stemma.Span, offset int) bool {
	first, end := r.doc.TokensIn(stemma.Span{Start: span.Start, End: max(offset, span.Start+1)})
	for ; first < end && r.doc.Tokens[first].Start < offset; first++ {
		if !isDeterminer(r.doc.Tokens[first].Norm) {
			return false
		}
	}
	return true
}

// modifies reports whether the name that ends at offset only describes what
// follows before end: "Iran’s foreign ministry", "Yemen-based".
func (r *resolver) modifies(offset, end int) bool {
	i, _ := r.doc.TokensIn(stemma.Span{Start: offset, End: offset + 1})
	if i >= len(r.doc.Tokens) || r.doc.Tokens[i].Start >= end {
		return false
	}
	switch norm := r.doc.Tokens[i].Norm; norm {
	case "'s", "-", "'":
		i++
		if i >= len(r.doc.Tokens) || r.doc.Tokens[i].Start >= end {
			return false
		}
	default:
		// "the Holt campaign"
		x := r.lex.word(norm)
		if norm[0] < 'a' || norm[0] > 'z' || x.flags&(function|said|inPrep|link|notName) != 0 || formOf(r.doc.Text(r.doc.Tokens[i].Span)) != lower {
			return false
		}
	}
	// Documents speak for those who issue them: "the ministry’s statement".
	for ; i < len(r.doc.Tokens) && r.doc.Tokens[i].End <= end; i++ {
		if r.lex.word(r.doc.Tokens[i].Norm).flags&document != 0 {
			return false
		}
	}
	return true
}

// renames reports whether the name m says who first is: in apposition behind a
// comma ("the next country, Osvia"), straight behind a description ("the news
// agency Meridwire"), or, a person's, at the end of all that describes him
// ("former ambassador to the United Nations Anna Holt").
func (r *resolver) renames(first, m *stemma.Mention, named bool, span stemma.Span) bool {
	if m.Start < first.End {
		return false
	}
	i, end := r.doc.TokensIn(stemma.Span{Start: first.End, End: max(m.Start, first.End+1)})
	for ; i < end && r.doc.Tokens[i].Start < m.Start; i++ {
		switch norm := r.doc.Tokens[i].Norm; norm {
		case "and", "or", "who", "which", "that", "along", ";":
			return false
		default:
			if r.lex.word(norm).flags&said != 0 && formOf(r.doc.Text(r.doc.Tokens[i].Span)) == lower {
				return false
			}
		}
	}
	if named {
		return !r.afterPreposition(m, span)
	}
	return first.Form != stemma.ByName && (r.afterComma(m.Start) || m.Start-first.End <= 1)
}

func (r *resolver) afterComma(offset int) bool {
	i, _ := r.doc.TokensIn(stemma.Span{Start: offset, End: offset + 1})
	for i--; i >= 0; i-- {
		switch norm := r.doc.Tokens[i].Norm; {
		case norm == ",":
			return true
		case r.lex.word(norm).flags&(title|before) != 0, norm == "the":
			continue
		}
		return false
	}
	return false
}

// afterPreposition reports whether m, with its role, is the object of a
// preposition, straight behind it: "a spokesman for Anna Holt", but not "the
// minister of education Anna Holt".
func (r *resolver) afterPreposition(m *stemma.Mention, span stemma.Span) bool {
	start := m.Start
	if !m.Role.IsZero() && m.Role.End <= m.Start {
		start = min(start, m.Role.Start)
	}
	if start <= span.Start {
		return false
	}
	i, _ := r.doc.TokensIn(stemma.Span{Start: start, End: start + 1})
	for i--; i >= 0 && isDeterminer(r.doc.Tokens[i].Norm); i-- {
	}
	if i < 0 {
		return false
	}
	switch r.doc.Tokens[i].Norm {
	case "of", "for", "from", "at", "in", "with", "by", "to", "on", "against", "near", "and":
		return true
	}
	return false
}

// author reports whether m, after "by" or "from", issued the document that span
// names: "a report by Meridwire".
func (r *resolver) author(m *stemma.Mention, span stemma.Span) bool {
	first, end := r.doc.TokensIn(stemma.Span{Start: span.Start, End: m.Start})
	for end > first && (isDeterminer(r.doc.Tokens[end-1].Norm) || r.doc.Tokens[end-1].Start >= m.Start) {
		end--
	}
	if end-first < 2 {
		return false
	}
	switch r.doc.Tokens[end-1].Norm {
	case "by", "from":
		return r.lex.word(r.doc.Tokens[end-2].Norm).flags&document != 0
	}
	return false
}

// oblique reports whether a preposition stands before m within span, so that
// the head of the phrase is another word: "a spokesman for Boeing".
func (r *resolver) oblique(m *stemma.Mention, span stemma.Span) bool {
	start := m.Start
	if !m.Role.IsZero() && m.Role.End <= m.Start {
		start = min(start, m.Role.Start)
	}
	first, end := r.doc.TokensIn(stemma.Span{Start: span.Start, End: max(start, span.Start+1)})
	if end > first && r.doc.Tokens[end-1].Start >= start {
		end--
	}
	for i := first; i < end; i++ {
		switch r.doc.Tokens[i].Norm {
		case "of", "for", "from", "at", "in", "with", "by", "to", "on", "against", "near":
			return i > first // "according to X" is no such phrase
		case ",":
			return false
		}
	}
	return false
}

// described returns an actor of its own for a phrase that names nobody.
func (r *resolver) described(text string, span stemma.Span) stemma.ActorID {
	first, end := r.doc.TokensIn(span)
	if first >= end {
		return ""
	}
	switch norm := r.doc.Tokens[first].Norm; norm {
	case "who", "which", "that":
		return r.antecedent(span.Start)
	case "he", "she", "they", "it", "i", "we", "you", "him", "her", "them", "me", "us", "one":
		if end == first+1 {
			return ""
		}
	}
	for first < end-1 && (isDeterminer(r.doc.Tokens[first].Norm) || r.doc.Tokens[first].Norm == "of") {
		first++
	}
	const longest = 6
	var words []string
	for i := first; i < end && len(words) < longest; i++ {
		norm := r.doc.Tokens[i].Norm
		if norm == "," || norm == "who" || norm == "which" || norm == "(" {
			break
		}
		if len(words) == 0 && isDeterminer(norm) {
			continue
		}
		words = append(words, r.doc.Text(r.doc.Tokens[i].Span))
	}
	return roleID(r.lex, strings.Join(words, " "))
}

// antecedent returns the actor of the mention that ends before a relative
// pronoun at offset.
func (r *resolver) antecedent(offset int) stemma.ActorID {
	ms := r.doc.Mentions
	i, _ := slices.BinarySearchFunc(ms, offset, func(m stemma.Mention, at int) int { return m.Start - at })
	for i--; i >= 0; i-- {
		if ms[i].End <= offset && ms[i].Kind != stemma.Nationality {
			if offset-ms[i].End > 40 {
				return ""
			}
			return ms[i].Actor
		}
	}
	return ""
}
