package reuse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// A text is a report cut into words for comparing: prose only, folded so that
// case, punctuation, quotation style, apostrophes and the full stops of
// abbreviations do not tell two wordings apart. The slices word, stem, pos and
// flag run side by side.
type text struct {
	src  string
	word []uint64   // hash of the folded word
	stem []uint32   // hash of its stem: the first six letters, plural s dropped
	pos  [][2]int32 // byte range in src
	flag []uint8
	sent []sentence // sentences of at least one word

	weight []float32 // of each stem, once weigh was called

	furniture []stemma.Span // paragraphs that are not part of what is told
	unclosed  []stemma.Span // opening quotation marks that are never closed
	quoted    int           // words in quotation marks
}

// A sentence is a range of words.
type sentence struct {
	first, end int32
	para       int32
	title      bool // a line without final stop: headline or cross-heading
}

const (
	inQuotes = 1 << iota
	capital  // begins with a capital letter
	digits   // begins with a digit
	opens    // first word of its sentence
	clitic   // has an apostrophe inside
)

const (
	hashSeed = 0xcbf29ce484222325
	hashMul  = 0x9fb21c651e98df25
)

// Byte classes of the scanner.
const (
	cOther = iota
	cLetter
	cUpper
	cDigit
	cSpace
	cNewline
	cApostrophe
	cQuote
	cStop
	cHigh // first byte of a rune above ASCII
)

var class = func() (t [256]uint8) {
	for b := range t {
		switch {
		case 'a' <= b && b <= 'z':
			t[b] = cLetter
		case 'A' <= b && b <= 'Z':
			t[b] = cUpper
		case '0' <= b && b <= '9':
			t[b] = cDigit
		case b == ' ' || b == '\t' || b == '\r':
			t[b] = cSpace
		case b == '\n':
			t[b] = cNewline
		case b == '\'':
			t[b] = cApostrophe
		case b == '"':
			t[b] = cQuote
		case b == '.' || b == '!' || b == '?':
			t[b] = cStop
		case b >= 0x80:
			t[b] = cHigh
		}
	}
	return t
}()

func (t *text) reset(src string) {
	t.src = src
	t.word, t.stem, t.pos, t.flag, t.sent = t.word[:0], t.stem[:0], t.pos[:0], t.flag[:0], t.sent[:0]
	t.furniture, t.unclosed, t.quoted = nil, nil, 0
	t.weight = t.weight[:0]
}

// room makes room for the words of src, of which there are seldom more than
// one in five bytes.
func (t *text) room(src string) {
	n := len(src)/5 + 16
	t.word, t.stem, t.pos, t.flag, t.weight = make([]uint64, 0, n), make([]uint32, 0, n), make([][2]int32, 0, n), make([]uint8, 0, n), make([]float32, 0, n)
}

// weigh looks the weight of each stem up.
func (t *text) weigh() { t.weights(&t.weight) }

// weights returns the weight of each stem: looked up before, or now, in spare.
func (t *text) weights(spare *[]float32) []float32 {
	if len(t.weight) == len(t.stem) {
		return t.weight
	}
	wt := stemWeights()
	w := (*spare)[:0]
	for _, s := range t.stem {
		w = append(w, wt.of(s))
	}
	*spare = w
	return w
}

// scan cuts src into words, in one pass over the bytes. Paragraphs that begin
// inside a span of skip, and those that look like furniture, are left out.
func (t *text) scan(src string, skip []stemma.Span) {
	t.reset(src)
	var (
		n         = len(src)
		i         int
		para      int32
		paraStart int // byte offset
		paraWord  int // first word of the paragraph
		paraSent  int
		sentWord  int // first word of the sentence
		quoteAt   = -1
		quoteLen  int
		lastOpen  = stemma.Span{Start: -1} // quotation left open by the paragraph before
		stopped   bool                     // a sentence end was seen and no word since
		nextSkip  int
	)
	endSentence := func(title bool) {
		if len(t.word) > sentWord {
			t.sent = append(t.sent, sentence{int32(sentWord), int32(len(t.word)), para, title})
			t.flag[sentWord] |= opens
		}
		sentWord, stopped = len(t.word), false
	}
	endParagraph := func(end int) {
		if len(t.word) == paraWord {
			paraStart = end
			return
		}
		title := !stopped && !endsStopped(src[paraStart:end])
		endSentence(title)
		for nextSkip < len(skip) && skip[nextSkip].End <= paraStart {
			nextSkip++
		}
		begin := int(t.pos[paraWord][0])
		masked := nextSkip < len(skip) && skip[nextSkip].Start <= begin && begin < skip[nextSkip].End
		if masked && skip[nextSkip].End < int(t.pos[len(t.word)-1][0]) {
			masked = false // the span covers only the head of the paragraph
		}
		if masked || len(t.word)-paraWord <= maxFurnitureWords && isFurniture(src[begin:end]) {
			t.furniture = append(t.furniture, stemma.Span{Start: begin, End: begin + len(strings.TrimRight(src[begin:end], " \t\r\n"))})
			t.word, t.stem = t.word[:paraWord], t.stem[:paraWord]
			t.pos, t.flag = t.pos[:paraWord], t.flag[:paraWord]
			t.sent = t.sent[:paraSent]
			quoteAt = -1
		} else {
			// A quotation may run on into the next paragraph, which then opens
			// with a mark of its own.
			if lastOpen.Start >= 0 && !opensQuoted(src[begin0(src, paraStart):]) {
				t.unclosed = append(t.unclosed, lastOpen)
			}
			lastOpen = stemma.Span{Start: -1}
			if quoteAt >= 0 {
				lastOpen = stemma.Span{Start: quoteAt, End: quoteAt + quoteLen}
			}
			para++
		}
		quoteAt = -1
		paraStart, paraWord, paraSent, sentWord = end, len(t.word), len(t.sent), len(t.word)
		stopped = false
	}
	quote := func(at, size int, opening, closing bool) {
		switch {
		case opening || !closing && quoteAt < 0:
			quoteAt, quoteLen = at, size
		default:
			quoteAt = -1
		}
	}
	for i < n {
		c := src[i]
		switch class[c] {
		case cLetter, cUpper, cDigit:
		case cHigh:
			r, size := utf8.DecodeRuneInString(src[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				switch r {
				case '“', '«', '„':
					quote(i, size, true, false)
				case '”', '»':
					quote(i, size, false, true)
				case '\u2028', '\u2029':
					endParagraph(i)
				}
				i += size
				continue
			}
		case cNewline:
			if breaksAt(src, paraStart, i) {
				endParagraph(i)
			}
			i++
			continue
		case cQuote:
			quote(i, 1, false, false)
			i++
			continue
		case cStop:
			if len(t.word) > sentWord && endsSentence(src, i, t) {
				stopped = true
			}
			i++
			continue
		default:
			i++
			continue
		}
		if n := len(t.word) - sentWord; stopped || n >= longSentence && (n == maxSentence || t.word[len(t.word)-1]>>60 == 0) {
			endSentence(false)
		}
		// A word.
		start := i
		h, prev, stem := uint64(hashSeed), uint64(0), uint64(0)
		var f uint8
		switch class[c] {
		case cUpper:
			f = capital
		case cDigit:
			f = digits
		}
		letters := 0
		var last, last2 byte
	word:
		for i < n {
			c := src[i]
			switch class[c] {
			case cUpper:
				c |= 0x20
			case cLetter, cDigit:
			case cApostrophe:
				if i+1 < n && isWordByte(src[i+1]) && letters > 0 {
					f |= clitic
					i++
					continue
				}
				break word
			case cStop: // u.s. and 3.5
				if c != '.' || i+1 >= n {
					break word
				}
				d := class[src[i+1]]
				if f&digits != 0 && d == cDigit {
					break
				}
				if (d == cUpper || d == cLetter) && isInitials(src, start, i) {
					i++
					continue
				}
				break word
			case cOther:
				if c == ',' && f&digits != 0 && i+1 < n && class[src[i+1]] == cDigit {
					i++ // 1,000
					continue
				}
				break word
			case cHigh:
				r, size := utf8.DecodeRuneInString(src[i:])
				if r == '’' || r == '‘' || r == 'ʼ' || r == '\u00ad' {
					if i+size < n && isWordByte(src[i+size]) && letters > 0 {
						f |= clitic
						i += size
						continue
					}
					break word
				}
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
					break word
				}
				if letters == 0 && unicode.IsUpper(r) {
					f |= capital
				}
				r = foldRune(r)
				prev = h
				for r >= 0x80 {
					h = (h ^ uint64(r&0x7f|0x80)) * hashMul
					h ^= h >> 29
					r >>= 7
				}
				h = (h ^ uint64(r)) * hashMul
				h ^= h >> 29
				i += size
				letters++
				last2, last = last, 0
				if letters == stemLetters {
					stem = h
				}
				continue
			default:
				break word
			}
			prev = h
			h = (h ^ uint64(c)) * hashMul
			h ^= h >> 29
			last2, last = last, c
			letters++
			i++
			if letters == stemLetters {
				stem = h
			}
		}
		if letters <= stemLetters {
			stem = h
			if last == 's' && last2 != 's' && letters > 3 {
				stem = prev
			}
		}
		if quoteAt >= 0 {
			f |= inQuotes
			t.quoted++
		}
		t.word = append(t.word, h)
		t.stem = append(t.stem, uint32(stem>>32)^uint32(stem))
		t.pos = append(t.pos, [2]int32{int32(start), int32(i)})
		t.flag = append(t.flag, f)
	}
	endParagraph(n)
	if lastOpen.Start >= 0 {
		t.unclosed = append(t.unclosed, lastOpen)
	}
}

// Text without stops should not pass for one sentence: from longSentence words
// on, a sentence is cut after one word in sixteen, the same words in every
// text, and at maxSentence at the latest. Few sentences of news are as long.
const (
	longSentence = 48
	maxSentence  = 96
)

// stemLetters is the length to which stems are cut. Truncation is a stemmer
// for any language written in letters; six keeps "president" and "presidency"
// together and "minister" and "minimal" apart.
const stemLetters = 6

func isWordByte(c byte) bool {
	switch class[c] {
	case cLetter, cUpper, cDigit, cHigh:
		return true
	}
	return false
}

// maxInitials is the length of the longest abbreviation of initials, in bytes.
const maxInitials = 12

// isInitials reports whether src[start:stop] is single letters with full
// stops between them, as the start of "U.S." is.
func isInitials(src string, start, stop int) bool {
	if stop-start > maxInitials {
		return false
	}
	for k := start; k < stop; k++ {
		if odd := (k-start)%2 == 1; odd != (src[k] == '.') {
			return false
		}
	}
	return (stop-start)%2 == 1
}

// foldRune folds case and the accents of Latin letters.
func foldRune(r rune) rune {
	r = unicode.ToLower(r)
	if 0xe0 <= r && r <= 0x17f {
		if b := latin[r-0xe0]; b != 0 {
			return rune(b)
		}
	}
	return r
}

// latin maps the letters U+00E0 to U+017F to the plain letter under the
// accent, 0 where there is none.
var latin = func() (t [0x180 - 0xe0]byte) {
	for _, s := range []string{
		"aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ",
		"kķ", "lĺļľŀł", "nñńņňŉ", "oòóôõöøōŏő", "rŕŗř", "sśŝşš", "tţťŧ", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
	} {
		for _, r := range s[1:] {
			t[r-0xe0] = s[0]
		}
	}
	return t
}()

// breaksAt reports whether the newline at src[i] ends a paragraph. It does,
// unless the line looks hard-wrapped: long, without final stop, and going on
// in lower case.
func breaksAt(src string, paraStart, i int) bool {
	if i+1 >= len(src) || class[src[i+1]] != cLetter {
		return true
	}
	lineStart := strings.LastIndexByte(src[paraStart:i], '\n') + 1 + paraStart
	return i-lineStart < 50 || endsStopped(src[lineStart:i])
}

// endsStopped reports whether line ends with a final stop, closing marks aside.
func endsStopped(line string) bool {
	for len(line) > 0 {
		r, size := utf8.DecodeLastRuneInString(line)
		switch r {
		case ' ', '\t', '\r', '\n', '"', '\'', '”', '’', '»', ')', ']':
			line = line[:len(line)-size]
			continue
		case '.', '!', '?', '…', ':', ';', ',':
			return true
		}
		return false
	}
	return false
}

func begin0(src string, i int) int {
	for i < len(src) && (class[src[i]] == cSpace || class[src[i]] == cNewline) {
		i++
	}
	return i
}

func opensQuoted(s string) bool {
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "«") || strings.HasPrefix(s, "„")
}

// endsSentence reports whether the stop at src[i] ends the sentence: what
// follows must look like a beginning, and the word before not like an
// abbreviation.
func endsSentence(src string, i int, t *text) bool {
	j := i + 1
	for j < len(src) {
		if c := src[j]; c == '"' || c == '\'' || c == ')' || c == ']' || c == '.' || c == '!' || c == '?' {
			j++
		} else if strings.HasPrefix(src[j:], "”") || strings.HasPrefix(src[j:], "’") {
			j += len("”")
		} else {
			break
		}
	}
	if j >= len(src) {
		return true
	}
	if k := class[src[j]]; k != cSpace && k != cNewline {
		return false
	}
	for j < len(src) && class[src[j]] == cSpace {
		j++
	}
	if j >= len(src) {
		return true
	}
	if class[src[j]] == cLetter {
		return false
	}
	if src[i] != '.' {
		return true
	}
	last := t.pos[len(t.pos)-1]
	w := src[last[0]:last[1]]
	return int(last[1]) != i || len(w) > 1 && !abbreviations[strings.ToLower(w)]
}

// abbreviations are the words whose full stop does not end a sentence.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "gen": true, "sen": true, "rep": true, "gov": true,
	"lt": true, "col": true, "capt": true, "sgt": true, "st": true, "rev": true, "hon": true, "vs": true, "no": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true,
}

// maxFurnitureWords is the length above which a paragraph is taken for prose
// however it begins.
const maxFurnitureWords = 30

// furnitureHeads begin the lines that sites put between or after the
// paragraphs of a report.
var furnitureHeads = []string{
	"read also", "also read", "read more", "see also", "read next", "more on this", "more on", "related:", "related stories", "related articles",
	"recommended:", "don't miss", "editor's picks", "most read", "watch:", "watch |", "listen:", "video:", "photo:", "image:", "image credit", "photo credit",
	"picture:", "credit:", "follow us", "follow our", "subscribe", "sign up", "newsletter", "join us", "join our", "share this", "click here",
	"advertisement", "need someone to talk to", "download our", "get the app", "all rights reserved", "copyright ©", "©", "support us", "donate",
	"this article was", "this story was", "continue reading", "load more", "comments", "tags:", "topics:",
}

// isFurniture reports whether a short paragraph is furniture by how it begins.
func isFurniture(para string) bool {
	var buf [24]byte
	k := 0
	for i := 0; i < len(para) && k < len(buf); i++ {
		c := para[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
		case c == 0xe2 && strings.HasPrefix(para[i:], "’"):
			c = '\''
			i += 2
		}
		buf[k] = c
		k++
	}
	head := string(buf[:k])
	for _, f := range furnitureHeads {
		if strings.HasPrefix(head, f) {
			return !endsProse(para)
		}
	}
	return false
}

// endsProse reports whether a line that begins like furniture reads like a
// sentence after all: "Related prosecutions went ahead."
func endsProse(para string) bool {
	para = strings.TrimRight(para, " \t\r\n")
	return strings.HasSuffix(para, ".") && !strings.Contains(para, "|") && len(para) > 60
}
