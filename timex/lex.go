package timex

import (
	"unicode"
	"unicode/utf8"

	"stemma"
)

// A kind says what sort of lexeme a lex is.
type kind uint8

const (
	word kind = iota + 1
	number
	mark
)

// A lex is a word, a number or a mark of a sentence, as the grammar reads it.
// The grammar has lexemes of its own so that it depends on no particular way
// of dividing "a.m.", "10:30" or "five-hour" into tokens.
type lex struct {
	stemma.Span
	kind   kind
	glued  bool // no space before it
	plain  bool // a number of digits only
	mark   byte // the mark; '-' for every dash, '\'' for every apostrophe, '"' for quotation marks
	digits int  // digits of a number
	n      int  // value of a number, its whole part
	frac   float64
	entry       // what the lexicon knows of a word
	upper  bool // begins with a capital
	quoted bool // stands within quotation marks
}

// lexer turns the sentences of a document into lexemes.
type lexer struct {
	text   string
	words  map[string]entry
	buf    [24]byte
	quoted bool // within quotation marks
	out    []lex
}

// sentence appends the lexemes of text[s.Start:s.End] to l.out.
func (l *lexer) sentence(s stemma.Span) {
	l.out = l.out[:0]
	text := l.text
	glued := false
	for i := s.Start; i < s.End; {
		c := text[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			glued = false
			i++
			continue
		case '0' <= c && c <= '9':
			i = l.number(i, s.End, glued)
		case isLetter(c):
			i = l.word(i, s.End, glued)
		case c < utf8.RuneSelf:
			if c == '"' {
				l.quoted = !l.quoted
			}
			l.out = append(l.out, lex{Span: stemma.Span{Start: i, End: i + 1}, kind: mark, mark: c, glued: glued})
			i++
		default:
			r, n := utf8.DecodeRuneInString(text[i:s.End])
			switch {
			case unicode.IsSpace(r):
				glued = false
				i += n
				continue
			case unicode.IsLetter(r):
				i = l.word(i, s.End, glued)
			default:
				m := byte('*')
				switch r {
				case '–', '—', '‐', '‑', '−':
					m = '-'
				case '’', '‘', '′':
					m = '\''
				case '“', '„', '«':
					m, l.quoted = '"', true
				case '”', '»':
					m, l.quoted = '"', false
				}
				l.out = append(l.out, lex{Span: stemma.Span{Start: i, End: i + n}, kind: mark, mark: m, glued: glued})
				i += n
			}
		}
		l.out[len(l.out)-1].quoted = l.quoted
		glued = true
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// number reads digits, with groups of thousands and a decimal part: "8,000",
// "2.5". A comma or point that no digit follows is left alone.
func (l *lexer) number(i, end int, glued bool) int {
	x := lex{Span: stemma.Span{Start: i}, kind: number, glued: glued, plain: true}
	text := l.text
	for i < end && '0' <= text[i] && text[i] <= '9' {
		if x.digits < 9 {
			x.n = x.n*10 + int(text[i]-'0')
		}
		x.digits++
		i++
	}
	for i+3 < end && text[i] == ',' && digitsAt(text, i+1, end) == 3 {
		x.plain = false
		for _, c := range []byte(text[i+1 : i+4]) {
			if x.digits < 9 {
				x.n = x.n*10 + int(c-'0')
			}
			x.digits++
		}
		i += 4
	}
	if i+1 < end && text[i] == '.' && (x.Start == 0 || text[x.Start-1] != '.') {
		if d := digitsAt(text, i+1, end); d > 0 && (i+1+d >= end || text[i+1+d] != '.' || digitsAt(text, i+2+d, end) == 0) {
			x.plain = false
			scale := 0.1
			for _, c := range []byte(text[i+1 : i+1+d]) {
				x.frac += scale * float64(c-'0')
				scale /= 10
			}
			i += 1 + d
		}
	}
	x.End = i
	l.out = append(l.out, x)
	return i
}

// digitsAt counts the digits at i, to at most 4.
func digitsAt(text string, i, end int) int {
	n := 0
	for i+n < end && n < 4 && '0' <= text[i+n] && text[i+n] <= '9' {
		n++
	}
	return n
}

// word reads letters and looks them up in the lexicon.
func (l *lexer) word(i, end int, glued bool) int {
	start, text := i, l.text
	n := 0
	for i < end {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:end])
			if !unicode.IsLetter(r) {
				break
			}
			n = len(l.buf) // no word of the lexicon has such letters
			i += size
			continue
		}
		if !isLetter(c) {
			break
		}
		if n < len(l.buf) {
			l.buf[n] = c | 0x20
			n++
		}
		i++
	}
	x := lex{Span: stemma.Span{Start: start, End: i}, kind: word, glued: glued}
	x.upper = 'A' <= text[start] && text[start] <= 'Z'
	if n < len(l.buf) {
		x.entry = l.words[string(l.buf[:n])]
	}
	l.out = append(l.out, x)
	return i
}
