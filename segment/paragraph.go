package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// paragraphs returns the paragraphs of text: its lines, or where the text is
// hard-wrapped, the lines between blank ones taken together. White space at
// the edges is left out, and so are blank lines.
func paragraphs(text string) []para {
	var lines []para
	blank := false // a blank line stood before
	var afterBlank []bool
	for i := 0; i < len(text); {
		j := strings.IndexAny(text[i:], "\n\r\u2028\u2029\v\f")
		if j < 0 {
			j = len(text)
		} else {
			j += i
		}
		line := stemma.Span{Start: i, End: j}
		line = trim(text, line)
		if line.Len() == 0 {
			blank = blank || j > i || j < len(text) && text[j] == '\n'
		} else {
			lines = append(lines, para{Span: line, kind: stemma.Prose})
			afterBlank = append(afterBlank, blank)
			blank = false
		}
		_, n := utf8.DecodeRuneInString(text[j:])
		if strings.HasPrefix(text[j:], "\r\n") {
			n = 2
		}
		i = j + max(n, 1)
	}
	if !hardWrapped(text, lines, afterBlank) {
		return lines
	}
	out := lines[:0]
	for i, l := range lines {
		if i > 0 && !afterBlank[i] {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, l)
	}
	return out
}

// hardWrapped reports whether most lines break in the middle of a sentence
// because a column was reached: blank lines divide the paragraphs, and the
// lines within one are of nearly one length and go on.
func hardWrapped(text string, lines []para, afterBlank []bool) bool {
	inner, wrapped := 0, 0
	for i := 1; i < len(lines); i++ {
		if afterBlank[i] {
			continue
		}
		inner++
		prev := lines[i-1].Of(text)
		n := utf8.RuneCountInString(prev)
		last, _ := utf8.DecodeLastRuneInString(prev)
		first, _ := utf8.DecodeRuneInString(lines[i].Of(text))
		goesOn := !strings.ContainsRune(".?!:”\"", last) || unicode.IsLower(first)
		if 40 <= n && n <= 120 && goesOn {
			wrapped++
		}
	}
	return inner >= 3 && wrapped*10 >= inner*6
}

func trim(text string, s stemma.Span) stemma.Span {
	w := s.Of(text)
	s.Start += len(w) - len(strings.TrimLeftFunc(w, blankRune))
	s.End = s.Start + len(strings.TrimFunc(w, blankRune))
	return s
}

func blankRune(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// classify sets the kind of each paragraph as a whole.
func (s *splitter) classify(paras []para) {
	for i := range paras {
		p := &paras[i]
		next := i+1 < len(paras)
		switch {
		case s.isFurniture(*p):
			p.kind = stemma.Furniture
		case s.isByline(*p, i, len(paras)):
			p.kind = stemma.Byline
		case next && s.isHeading(*p):
			p.kind = stemma.Heading
		}
	}
}

func (s *splitter) isFurniture(p para) bool {
	words := p.end - p.first
	if words == 0 {
		return true // no token at all: only signs that are not words
	}
	if words > 60 {
		return false
	}
	// Signs that point ("►", "*", "|") may stand before the words.
	first := p.first
	for first+1 < p.end && first < p.first+3 && len(s.toks[first].Norm) <= 3 && strings.Contains("*•>→▶►-·|[(#", s.toks[first].Norm) {
		first++
	}
	lines := furniture()[s.toks[first].Norm]
	if lines == nil {
		return false
	}
	line := fold(s.text[s.toks[first].Start:p.End])
	whole := strings.TrimRight(line, " .:!…>»→|])*")
	for _, f := range lines {
		switch f.class {
		case "whole":
			if whole == f.text {
				return true
			}
		case "line":
			if words <= 24 && strings.HasPrefix(line, f.text) {
				return true
			}
		case "mark":
			rest, ok := strings.CutPrefix(line, f.text)
			if !ok {
				continue
			}
			trimmed := strings.TrimLeft(rest, " ")
			if trimmed == "" {
				return true
			}
			switch trimmed[0] {
			case '|', ':', '>':
				return true
			case '-':
				if trimmed != rest { // "Read - more", not "read-only"
					return true
				}
			}
		}
	}
	return false
}

// isByline reports whether p says who wrote the report and no more: "By Anna
// Holt", "(Reporting by Anna Holt; editing by Jo Ray)".
func (s *splitter) isByline(p para, i, n int) bool {
	words := p.end - p.first
	if words > 40 {
		return false
	}
	line := fold(p.Of(s.text))
	line = strings.TrimLeft(line, "([*_ ")
	for _, head := range []string{"reporting by ", "additional reporting by ", "editing by ", "writing by ", "compiled by ", "translated by ", "edited by "} {
		if strings.HasPrefix(line, head) {
			return true
		}
	}
	if (i <= 3 || i == n-1) && strings.HasPrefix(line, "by ") && words <= 14 {
		w := s.toks[p.first+1].Of(s.text)
		r, _ := utf8.DecodeRuneInString(w)
		last := s.toks[p.end-1].Of(s.text)
		return unicode.IsUpper(r) && last != "." && last != "?" && last != "!"
	}
	return false
}

// isHeading reports whether the paragraph p is a title or cross-heading: short,
// and either without an end mark or a question that stands alone.
func (s *splitter) isHeading(p para) bool {
	words := p.end - p.first
	if words == 0 || words > 24 {
		return false
	}
	if first := s.toks[p.first]; s.text[first.Start] == '#' && first.End < p.End && s.text[first.End] == ' ' {
		return true // Markdown
	}
	last := s.toks[p.end-1].Of(s.text)
	if isCloser(last) && p.end-p.first > 1 {
		last = s.toks[p.end-2].Of(s.text)
	}
	first, _ := utf8.DecodeRuneInString(s.toks[p.first].Of(s.text))
	switch {
	case first == '-' || first == '–' || first == '—' || first == '•' || first == '*' || unicode.IsLower(first):
		return false // list item, or the middle of something
	case last == "?":
		// A question alone: a heading unless it is part of a quotation.
		return !isQuote(s.toks[p.first].Of(s.text)) && s.onlyEnd(p)
	case isEnd(last) || last == "," || last == ";" || last == ":" || isDash(last):
		return false
	case isQuote(s.toks[p.end-1].Of(s.text)) && isQuote(s.toks[p.first].Of(s.text)):
		return false // a quotation in its own paragraph
	}
	return words <= 18 || s.onlyEnd(p)
}

// onlyEnd reports whether no sentence ends inside p.
func (s *splitter) onlyEnd(p para) bool {
	for i := p.first; i+1 < p.end; i++ {
		if w := s.toks[i].Of(s.text); isEnd(w) && !isEllipsis(w) {
			if e, ok := s.boundary(i, p.end); ok && e < p.end {
				return false
			}
		}
	}
	return true
}

// runInHeadings marks the questions that run into the paragraph they head:
//
//	What did Oslo say? The foreign ministry told reporters that …
//
// One such question may be rhetoric, so there must be two at least, each the
// first sentence of a paragraph, outside quotation marks, and with nobody in it
// who speaks or is spoken to.
func (s *splitter) runInHeadings() {
	var found []int
	for i, sent := range s.sents {
		if sent.Kind != stemma.Prose || i > 0 && s.sents[i-1].Paragraph == sent.Paragraph {
			continue
		}
		if i+1 == len(s.sents) || s.sents[i+1].Paragraph != sent.Paragraph || !s.asks(sent) {
			continue
		}
		found = append(found, i)
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		s.sents[i].Kind = stemma.Heading
		s.sents[i].Paragraph = -2 - i // a paragraph of its own
	}
}

// asks reports whether sent is a question in a heading's style.
func (s *splitter) asks(sent stemma.Sentence) bool {
	n := sent.EndToken - sent.FirstToken
	if n < 4 || n > 22 || s.toks[sent.EndToken-1].Of(s.text) != "?" {
		return false
	}
	switch s.toks[sent.FirstToken].Norm {
	case "what", "why", "who", "how", "where", "when", "which", "whose", "is", "are", "was", "were",
		"will", "can", "could", "did", "does", "do", "has", "have", "should", "would":
	default:
		return false
	}
	for _, t := range s.toks[sent.FirstToken:sent.EndToken] {
		switch t.Norm {
		case "i", "you", "we", "me", "us", "your", "our", "my", `"`:
			if t.Of(s.text) != "US" {
				return false
			}
		}
	}
	return true
}
