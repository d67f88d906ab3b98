package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// tokenise appends the tokens of the paragraph p.
func (s *splitter) tokenise(p stemma.Span) {
	text := s.text
	for i := p.Start; i < p.End; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:p.End])
		}
		switch {
		case unicode.IsSpace(r) || isInvisible(r):
			i += n
		case isWordRune(r):
			i = s.word(i, p.End)
		case isRepeating(r):
			j := i + n
			for j < p.End && strings.HasPrefix(text[j:p.End], text[i:i+n]) {
				j += n
			}
			s.add(i, j)
			i = j
		default:
			j := i + n
			if c := s.clitic(i, p.End); c > 0 {
				j = c
			}
			// A variation selector or a skin tone belongs to its sign.
			for j < p.End {
				m, k := utf8.DecodeRuneInString(text[j:p.End])
				if !unicode.Is(unicode.M, m) && m != '\u200d' {
					break
				}
				j += k
			}
			s.add(i, j)
			i = j
		}
	}
}

func (s *splitter) add(start, end int) {
	s.toks = append(s.toks, stemma.Token{Span: stemma.Span{Start: start, End: end}, Norm: fold(s.text[start:end])})
}

// word appends the token or tokens of the word that starts at i and returns
// where it ends.
func (s *splitter) word(i, limit int) int {
	text := s.text
	if j := address(text[i:limit]); j > 0 {
		s.add(i, i+j)
		return i + j
	}
	// The run of letters and digits, with the marks that stand inside words.
	j, apostrophe := i, -1
	digits, dotted := false, false
	for j < limit {
		r, n := rune(text[j]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[j:limit])
		}
		if isWordRune(r) {
			digits = digits || unicode.IsDigit(r)
			j += n
			continue
		}
		if r == '\u00ad' || r == '\u200d' || r == '\u200c' { // soft hyphen, joiners
			j += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[j+n : limit])
		prev, _ := utf8.DecodeLastRuneInString(text[i:j])
		switch {
		case isApostrophe(r) && unicode.IsLetter(next) && apostrophe < 0:
			apostrophe = j
		case (r == '.' || r == ',' || r == ':' || r == '/') && unicode.IsDigit(prev) && unicode.IsDigit(next):
		case r == '.' && unicode.IsLetter(next) && single(text[i:j]) && single1(text[j+n:limit]):
			dotted = true // U.S, e.g
		case r == '&' && unicode.IsUpper(prev) && unicode.IsUpper(next) && j-i <= 2: // R&D, AT&T
		default:
			goto done
		}
		j += n
	}
done:
	end := j
	if j < limit && text[j] == '.' && !digits {
		w := text[i:j]
		switch class := abbreviation(fold(w) + "."); {
		case dotted,
			class == "number" && nextIsDigit(text[j+1:limit]),
			class != "" && class != "number" && (j-i > 1 || class == "title" || class == "other") && abbreviates(w, class, text[j+1:limit]),
			initial(w) && nextIsUpper(text[j+1:limit]):
			end = j + 1
		}
	}
	if apostrophe >= 0 {
		if cut := cliticStart(text, i, apostrophe, j); cut > i {
			s.add(i, cut)
			s.add(cut, end)
			return end
		}
	}
	if w := text[i:end]; len(w) == 6 && strings.EqualFold(w, "cannot") {
		s.add(i, i+3)
		s.add(i+3, end)
		return end
	}
	s.add(i, end)
	return end
}

// cliticStart returns where a clitic starts in the word text[i:j] with an
// apostrophe at a: "Putin|’s", "is|n’t", "they|’re"; i if there is none.
func cliticStart(text string, i, a, j int) int {
	_, n := utf8.DecodeRuneInString(text[a:])
	switch strings.ToLower(text[a+n : j]) {
	case "s", "m", "d", "re", "ve", "ll":
		return a
	case "t":
		if a-i >= 2 && (text[a-1] == 'n' || text[a-1] == 'N') {
			return a - 1
		}
	}
	return i
}

// clitic returns where a clitic that stands alone at i ends ("’s" behind a
// closing mark or a space: “the ‘plan’’s”), or 0.
func (s *splitter) clitic(i, limit int) int {
	r, n := utf8.DecodeRuneInString(s.text[i:limit])
	if !isApostrophe(r) || len(s.toks) == 0 || s.toks[len(s.toks)-1].End != i {
		return 0
	}
	j := i + n
	for j < limit && j < i+n+3 && 'a' <= s.text[j] && s.text[j] <= 'z' {
		j++
	}
	switch s.text[i+n : j] {
	case "s", "re", "ve", "ll", "d", "m":
	default:
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s.text[j:limit]); j < limit && isWordRune(r) {
		return 0
	}
	return j
}

// address returns the length of the web or mail address that w starts with, or 0.
func address(w string) int {
	if !strings.HasPrefix(w, "http://") && !strings.HasPrefix(w, "https://") && !strings.HasPrefix(w, "www.") {
		// A mail address or a bare domain: letters, digits and .-_+ around one @.
		at := -1
		j := 0
		for j < len(w) && j < 254 {
			c := w[j]
			if c == '@' && at < 0 && j > 0 {
				at = j
			} else if !(isASCIIAlnum(c) || c == '.' || c == '-' || c == '_' || c == '+') {
				break
			}
			if at < 0 && j > 64 {
				return 0
			}
			j++
		}
		if at < 0 || !strings.Contains(w[at:j], ".") {
			return 0
		}
		return len(strings.TrimRight(w[:j], ".-_+"))
	}
	j := strings.IndexFunc(w, func(r rune) bool {
		return unicode.IsSpace(r) || r == '"' || r == '“' || r == '”' || r == '»' || r == '<' || r == '>' || r == '’'
	})
	if j < 0 {
		j = len(w)
	}
	return len(strings.TrimRight(w[:j], ".,;:!?)]'"))
}

// abbreviates decides for an abbreviation that is also a plain word or a name
// ("st", "co", "mar", "v"), looking at the word and what follows its stop.
func abbreviates(w, class, rest string) bool {
	switch strings.ToLower(w) {
	case "co", "inc", "corp", "ltd", "sr", "jr", "dept", "est", "max", "min", "al", "ave", "rd":
		return strings.ToLower(w) != w || strings.HasPrefix(rest, ",") || w == "al"
	case "mar", "jun", "mon", "sun", "fri", "wed", "sec", "rep", "gen", "det", "fig", "col", "hon", "art", "mt", "ft", "no", "st", "fr", "gov", "pres", "v":
		return nextIsUpper(rest) || nextIsDigit(rest)
	}
	if class == "month" {
		r, _ := utf8.DecodeRuneInString(w)
		return unicode.IsUpper(r)
	}
	return true
}

// initial reports whether w is one capital letter, as in "J. Holt".
func initial(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return n == len(w) && unicode.IsUpper(r)
}

// single reports whether w ends in a word of one letter: "U", "U.S".
func single(w string) bool {
	r, n := utf8.DecodeLastRuneInString(w)
	if !unicode.IsLetter(r) {
		return false
	}
	return len(w) == n || w[len(w)-n-1] == '.'
}

// single1 reports whether w starts with a word of one letter.
func single1(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	if !unicode.IsLetter(r) {
		return false
	}
	r, _ = utf8.DecodeRuneInString(w[n:])
	return n == len(w) || !isWordRune(r)
}

func nextIsUpper(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r)
}

func nextIsDigit(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	return rest != "" && '0' <= rest[0] && rest[0] <= '9'
}

func isASCIIAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIIAlnum(byte(r)) || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// isInvisible reports whether r is a format character: zero-width spaces and
// joiners, soft hyphens, marks of direction.
func isInvisible(r rune) bool { return r >= 0x80 && unicode.Is(unicode.Cf, r) }

// isRepeating reports whether a run of r is one token: "...", "--", "***".
func isRepeating(r rune) bool {
	switch r {
	case '.', '-', '*', '=', '_', '~', '!', '?', '#', '…', '–', '—':
		return true
	}
	return false
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

func isEllipsis(w string) bool {
	return strings.HasPrefix(w, "…") || len(w) > 1 && strings.Trim(w, ".") == ""
}

func isEnd(w string) bool {
	return w == "." || strings.Trim(w, "?!") == "" || isEllipsis(w)
}

func isQuote(w string) bool {
	switch w {
	case `"`, "“", "”", "„", "‟", "«", "»", "'", "’", "‘", "‚", "‹", "›":
		return true
	}
	return false
}

func isCloser(w string) bool {
	switch w {
	case `"`, "”", "’", "'", "»", "›", ")", "]", "}", "“": // “ closes German quotations
		return true
	}
	return false
}

func isOpener(w string) bool {
	switch w {
	case `"`, "“", "„", "‘", "'", "«", "‹", "(", "[":
		return true
	}
	return false
}

func isDash(w string) bool {
	switch r, _ := utf8.DecodeRuneInString(w); r {
	case '-', '–', '—', '―', '‒':
		return true
	}
	return false
}
