// Package segment splits the text of a report into paragraphs, sentences and
// tokens, and tells what part each sentence plays: prose, heading, byline or
// furniture.
//
// Tokens follow Universal Dependencies' English treebanks: clitics stand apart
// ("Russia" "’s", "is" "n’t", "can" "not") and so do the parts of hyphenated
// words; abbreviations keep their full stop ("Mr.", "U.S.", "Oct.").
// Sentences end where a full stop, question or exclamation mark ends one, with
// the quotation marks and brackets that close behind it, and always with their
// paragraph.
package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stemma"
)

// Split returns the sentences and tokens of text, which must be valid UTF-8.
// Nothing but white space and
// invisible format characters lies between two tokens. It takes time linear in the
// length of text.
func Split(text string) ([]stemma.Sentence, []stemma.Token) {
	paras := paragraphs(text)
	s := splitter{text: text, toks: make([]stemma.Token, 0, len(text)/5+8)}
	for i, p := range paras {
		p.first = len(s.toks)
		s.tokenise(p.Span)
		p.end = len(s.toks)
		paras[i] = p
	}
	s.classify(paras)
	for _, p := range paras {
		s.sentences(p)
	}
	s.runInHeadings()
	s.number()
	s.datelines()
	return s.sents, s.toks
}

type splitter struct {
	text  string
	toks  []stemma.Token
	sents []stemma.Sentence
}

// A para is a paragraph: a line, or several where the text is hard-wrapped.
type para struct {
	stemma.Span
	first, end int // tokens
	kind       stemma.SentenceKind
}

// sentences splits the tokens of p into sentences.
func (s *splitter) sentences(p para) {
	if p.first == p.end {
		return
	}
	first := p.first
	for i := p.first; i < p.end; i++ {
		end, ok := i+1, false
		if p.kind == stemma.Prose {
			end, ok = s.boundary(i, p.end)
		}
		if !ok && i+1 < p.end {
			continue
		}
		if !ok {
			end = p.end
		}
		s.sents = append(s.sents, stemma.Sentence{
			Span:       stemma.Span{Start: s.toks[first].Start, End: s.toks[end-1].End},
			Kind:       p.kind,
			Paragraph:  p.first, // renumbered at the end
			FirstToken: first,
			EndToken:   end,
		})
		first = end
		i = end - 1
	}
}

// boundary reports whether a sentence ends with token i, and the index after
// its last token: the marks that close behind it belong to it.
func (s *splitter) boundary(i, limit int) (end int, ok bool) {
	t := s.toks[i]
	word := t.Of(s.text)
	class := ""
	switch {
	case word == "." || word == "?" || word == "!" || isEllipsis(word):
	case strings.HasSuffix(word, ".") && len(word) > 1:
		class = abbreviation(t.Norm)
		if class == "" {
			class = "initials" // "J.", "U.S.S.R."
		}
	default:
		return 0, false
	}
	end = i + 1
	quoted := false
	for end < limit {
		w := s.toks[end].Of(s.text)
		glued := s.toks[end].Start == s.toks[end-1].End
		if glued && (isEnd(w) || isCloser(w)) {
			quoted = quoted || isQuote(w)
			end++
			continue
		}
		break
	}
	if end == limit {
		return end, true
	}
	next := s.toks[end]
	nw := next.Of(s.text)
	r, _ := utf8.DecodeRuneInString(nw)
	glued := next.Start == s.toks[end-1].End
	if class != "" {
		// Behind an abbreviation, only a word that begins sentences shows
		// that one has ended, or a mark that already closed.
		if class == "title" || class == "number" || glued {
			return 0, false
		}
		if isOpener(nw) && end+1 < limit {
			next = s.toks[end+1]
			nw = next.Of(s.text)
			r, _ = utf8.DecodeRuneInString(nw)
		}
		if quoted && unicode.IsUpper(r) {
			return end, true
		}
		return end, unicode.IsUpper(r) && starters().has(next.Norm)
	}
	if glued {
		// "…in Geneva.The talks": a space was lost. Not "3.x" or "a.b".
		p, _ := utf8.DecodeLastRuneInString(s.text[:t.Start])
		return end, word == "." && unicode.IsUpper(r) && len(nw) > 1 && unicode.IsLower(p)
	}
	switch {
	case unicode.IsLower(r):
		return 0, false
	case isDash(nw), nw == ",", nw == ";", nw == ":", nw == ")":
		return 0, false
	}
	if isOpener(nw) && end+1 < limit {
		// A quotation that goes on in lower case continues the sentence only
		// behind an ellipsis.
		q, _ := utf8.DecodeRuneInString(s.toks[end+1].Of(s.text))
		if isEllipsis(word) && unicode.IsLower(q) {
			return 0, false
		}
	}
	if quoted {
		// “Why not?” Mr Holt asked. “It is done.” Mr Holt said.
		if verb := s.tagFollows(end, limit); verb > 0 && (word != "." || verb+1 < limit && s.toks[verb+1].Norm == ".") {
			return 0, false
		}
	}
	return end, true
}

// tagFollows returns the verb of saying that the tokens from i lead up to by a
// name, which may have an apposition, as they stand behind a quotation: “Why
// not?” Anna Holt, the foreign minister, asked. It returns 0 if they do not.
func (s *splitter) tagFollows(i, limit int) int {
	comma := -1 // where an apposition began
	for n := 0; i < limit; n, i = n+1, i+1 {
		if _, ok := sayVerbs[s.toks[i].Norm]; ok && (comma < 0 || s.toks[i-1].Norm == ",") {
			if n == 0 || comma == i-1 {
				return 0
			}
			return i
		}
		w := s.toks[i].Of(s.text)
		switch {
		case comma >= 0:
			if i > comma+maxApposition || isEnd(w) || isOpener(w) {
				return 0
			}
			continue
		case w == ",":
			if n == 0 {
				return 0
			}
			comma = i
			continue
		case n >= 5:
			return 0
		}
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && w != "the" && w != "of" {
			return 0
		}
	}
	return 0
}

// maxApposition is how many words an apposition has at most.
const maxApposition = 15

var sayVerbs = map[string]struct{}{
	"said": {}, "says": {}, "asked": {}, "asks": {}, "added": {}, "told": {}, "wrote": {},
	"replied": {}, "warned": {}, "insisted": {}, "declared": {}, "shouted": {}, "responded": {},
	"tweeted": {}, "pressed": {}, "questioned": {}, "exclaimed": {}, "yelled": {}, "cried": {},
	"argued": {}, "joked": {}, "demanded": {}, "wondered": {}, "retorted": {}, "quipped": {},
	"countered": {}, "explained": {}, "remarked": {}, "complained": {}, "concluded": {}, "chanted": {},
}

// number sets the sentences' paragraphs, counted from 0.
func (s *splitter) number() {
	n, prev := -1, -1 // no sentence has paragraph -1 before they are numbered
	for i := range s.sents {
		if s.sents[i].Paragraph != prev {
			prev = s.sents[i].Paragraph
			n++
		}
		s.sents[i].Paragraph = n
	}
}

// fold returns the form of word that collation compares: NFKC, lower case,
// plain quotation marks, apostrophes and dashes.
func fold(word string) string {
	ascii, lower := true, true
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			ascii = false
		}
		if 'A' <= c && c <= 'Z' {
			lower = false
		}
	}
	if ascii {
		if lower {
			return word
		}
		return strings.ToLower(word)
	}
	switch word {
	case "’", "‘":
		return "'"
	case "“", "”":
		return `"`
	case "–", "—":
		return "-"
	case "’s":
		return "'s"
	}
	folded := strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '‛', 'ʼ', '′', '＇', '`', '´':
			return '\''
		case '“', '”', '„', '‟', '«', '»', '″':
			return '"'
		case '–', '—', '‒', '―', '‐', '‑', '−':
			return '-'
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff':
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	if folded == "" {
		return word
	}
	return norm.NFKC.String(folded)
}
