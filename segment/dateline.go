package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// A dateline is looked for in the first sentences, and has so many tokens at
// most, its dash included.
const (
	datelineIn  = 8
	maxDateline = 16
)

// datelines finds the datelines of the sentences with which the text opens.
func (s *splitter) datelines() {
	paragraph := -1
	for i := range s.sents[:min(len(s.sents), datelineIn)] {
		sent := &s.sents[i]
		if sent.Paragraph != paragraph && sent.Kind == stemma.Prose {
			sent.Dateline = s.dateline(sent.FirstToken, sent.EndToken)
		}
		paragraph = sent.Paragraph
	}
}

// dateline returns how many of the tokens [first, end) are a dateline: a place
// in capitals or an agency in parentheses, perhaps a date, and a dash.
//
//	VARO, 3 May 2031 — Talks …
//	PORT ANSEL, Osvia (Meridwire) – Talks …
//	Varo (Meridwire) -- Talks …
func (s *splitter) dateline(first, end int) int {
	place := s.toks[first].Of(s.text)
	if r, _ := utf8.DecodeRuneInString(place); !unicode.IsUpper(r) {
		return 0
	}
	filed := utf8.RuneCountInString(place) > 1 && strings.ToUpper(place) == place
	agency := false // within parentheses
	for i := first + 1; i < min(end-1, first+maxDateline); i++ {
		word := s.toks[i].Of(s.text)
		r, _ := utf8.DecodeRuneInString(word)
		switch {
		case word == "(":
			agency = true
		case word == ")":
			agency, filed = false, true
		case isDash(word) && s.toks[i].Start > s.toks[i-1].End:
			if filed && !agency {
				return i + 1 - first
			}
			return 0
		case isQuote(word), unicode.IsLower(r) && !agency && !particles[word]:
			return 0
		}
	}
	return 0
}

// particles are words in lower case that stand in names of places.
var particles = map[string]bool{"of": true, "de": true, "da": true, "do": true, "del": true, "la": true, "al": true, "el": true}
