package collate

import (
	"strings"

	"stemma"
)

// A quotation is a run of words within quotation marks.
type quotation struct {
	first, end int // tokens, marks excluded
	open       int // token of the opening mark
	closed     bool
}

func isQuote(norm string) bool {
	switch norm {
	case `"`, "“", "”", "„", "«", "»", "``", "''", "‟", "‘", "‚", "‹", "›":
		return true
	}
	return false
}

// findQuotes marks the words in quotation marks, paragraph by paragraph: a
// mark left open ends with its paragraph.
func (t *text) findQuotes(lx *lexicon) {
	src := t.doc.Report.Text
	open, single, para := -1, false, -1
	shut := func(end int, closed bool) {
		if open < 0 {
			return
		}
		t.quotes = append(t.quotes, quotation{open + 1, end, open, closed})
		n := int32(len(t.quotes))
		for i := open + 1; i < end; i++ {
			t.words[i].quote = n
		}
		open = -1
	}
	for _, s := range t.doc.Sentences {
		if s.Paragraph != para || s.Kind == stemma.Furniture {
			shut(s.FirstToken, false)
			para = s.Paragraph
		}
		for i := s.FirstToken; i < s.EndToken; i++ {
			tok := t.doc.Tokens[i]
			switch raw := src[tok.Start:tok.End]; raw {
			case "“", "„", "«", "``", "‟":
				if open >= 0 && !single {
					continue // a mark within a quotation: the outer one counts
				}
				shut(i, false)
				open, single = i, false
			case "”", "»", "''":
				if open >= 0 && !single {
					shut(i, true)
				}
			case `"`:
				if open >= 0 && !single {
					shut(i, true)
				} else if open < 0 {
					open, single = i, false
				}
			case "‘", "’", "'", "`":
				before := tok.Start == 0 || strings.ContainsRune(" \n\t(", rune(src[tok.Start-1]))
				after := tok.End == len(src) || strings.ContainsRune(" \n\t.,;:)?!", rune(src[tok.End]))
				switch {
				case open < 0 && before && !after && t.closesSingle(i, s):
					open, single = i, true
				case open >= 0 && single && raw != "‘" && after:
					shut(i, true)
				}
			}
		}
	}
	shut(len(t.words), false)
}

// closesSingle reports whether a single mark opened at token i is closed in
// the next two hundred tokens of its paragraph; else it is an apostrophe.
func (t *text) closesSingle(i int, s stemma.Sentence) bool {
	src := t.doc.Report.Text
	for j := i + 1; j < len(t.words) && j < i+200; j++ {
		tok := t.doc.Tokens[j]
		if strings.ContainsRune(src[t.doc.Tokens[j-1].End:tok.Start], '\n') {
			return false
		}
		if raw := src[tok.Start:tok.End]; raw == "’" || raw == "'" {
			if tok.End == len(src) || strings.ContainsRune(" \n\t.,;:)?!", rune(src[tok.End])) {
				return true
			}
		}
	}
	return false
}
