// Package term writes text on terminals: colour where it is wanted, the width
// of what is written, and text of others made harmless.
package term

import (
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// IsTerminal reports whether w is a terminal that people look at.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// DefaultColumns is the width assumed where nothing says otherwise: in a file
// or a pipe.
const DefaultColumns = 80

// Columns returns how many columns lines written to w may have: COLUMNS if
// set, else the width of the terminal, else DefaultColumns.
func Columns(w io.Writer, getenv func(string) string) int {
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		return max(n, 40)
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return max(n, 40)
		}
	}
	return DefaultColumns
}

// Colour decides whether to colour what is written to w. The choice of the
// user, "always" or "never", comes before the environment, and that before
// whether w is a terminal (no-color.org, force-color.org).
func Colour(choice string, w io.Writer, getenv func(string) string) bool {
	switch {
	case choice == "always":
		return true
	case choice == "never":
		return false
	case getenv("NO_COLOR") != "":
		return false
	case getenv("FORCE_COLOR") != "" && getenv("FORCE_COLOR") != "0":
		return true
	case getenv("TERM") == "dumb":
		return false
	}
	return IsTerminal(w)
}

// Line returns s fit to print within a line: text from reports and file names
// can hold escape sequences, line ends and marks that turn the direction of
// writing, and none of them may reach the terminal. Control characters become
// their Unicode pictures, bidirectional controls their names in brackets, and
// each run of white space one space.
func Line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// Clean is Line, but keeps line ends and other white space as they are.
func Clean(s string) string {
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unsafe(r):
			b.WriteRune(r)
		case r < 0x20:
			b.WriteRune('\u2400' + r) // ␛ for the escape character
		case r == 0x7f:
			b.WriteRune('␡')
		case r < 0xa0:
			b.WriteRune('�') // C1 controls: U+009B starts an escape sequence too
		default:
			b.WriteString("⟨" + bidi[r] + "⟩")
		}
	}
	return b.String()
}

// bidi names the characters that turn or isolate the direction of writing,
// and those of no width that hide differences between words.
var bidi = map[rune]string{
	'\u061c': "ALM", '\u200e': "LRM", '\u200f': "RLM",
	'\u202a': "LRE", '\u202b': "RLE", '\u202c': "PDF", '\u202d': "LRO", '\u202e': "RLO",
	'\u2066': "LRI", '\u2067': "RLI", '\u2068': "FSI", '\u2069': "PDI",
	'\u200b': "ZWSP", '\u2060': "WJ", '\ufeff': "BOM",
	'\u2028': "LS", '\u2029': "PS",
}

func unsafe(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return true
	}
	return bidi[r] != ""
}

// Width returns the number of columns that s takes, escape sequences of
// Styles left out.
func Width(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] == 0x1b {
			if end := strings.IndexByte(s[i:], 'm'); end >= 0 {
				i += end + 1
				continue
			}
		}
		r, size := rune(s[i]), 1
		if r >= 0x80 {
			for j, c := range s[i:] {
				if j > 0 {
					size = j
					break
				}
				r, size = c, len(s)-i
			}
		}
		n += runeWidth(r)
		i += size
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r < 0x370, r >= 0x200b && r <= 0x200f, r >= 0xfe00 && r <= 0xfe0f:
		return 0 // combining marks, joiners, variation selectors
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// A Style colours text, or leaves it alone where colour is off.
type Style struct{ On bool }

func (s Style) sgr(code, text string) string {
	if !s.On || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// The styles say what a piece of text is rather than how it looks.
func (s Style) Heading(text string) string { return s.sgr("1", text) }    // name of a section
func (s Style) Strong(text string) string  { return s.sgr("1", text) }    // what matters most
func (s Style) Faint(text string) string   { return s.sgr("2", text) }    // asides
func (s Style) Gone(text string) string    { return s.sgr("31", text) }   // words the copy has not
func (s Style) New(text string) string     { return s.sgr("32", text) }   // words the exemplar has not
func (s Style) Alert(text string) string   { return s.sgr("1;33", text) } // look here
func (s Style) Ref(text string) string     { return s.sgr("36", text) }   // number of a report

// Wrap breaks text into lines of at most columns, at spaces. The first line
// starts after lead, the others after as many spaces as indent says. No-break
// spaces do not break, and become spaces.
func Wrap(lead, text string, indent, columns int) string {
	var b strings.Builder
	b.WriteString(lead)
	col := Width(lead)
	start := true
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		word = strings.ReplaceAll(word, "\u00a0", " ")
		w := Width(word)
		switch {
		case start:
		case col+1+w > columns:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			col = indent
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += w
		start = false
	}
	return b.String()
}

// Cut shortens text to at most columns, with … where something was left out.
func Cut(text string, columns int) string {
	if Width(text) <= columns {
		return text
	}
	n := 0
	for i, r := range text {
		if n += runeWidth(r); n > columns-1 {
			return strings.TrimRight(text[:i], " ,.;:") + "…"
		}
	}
	return text
}
