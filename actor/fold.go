package actor

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stemma"
)

// slug returns the ActorID for a name: "Volodymyr Zelenskyy" is
// "volodymyr-zelenskyy".
func slug(name string) stemma.ActorID {
	var b strings.Builder
	dash := false
	for _, r := range plain(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(unicode.ToLower(r))
		case r == '.' || r == '\'' || r == '’':
			// "U.S." is "us", "N'Djamena" is "ndjamena"
		default:
			dash = true
		}
	}
	return stemma.ActorID(b.String())
}

// plain returns s without diacritics: "Élysée" is "Elysee".
func plain(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ı':
			b.WriteByte('i')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case r == '’' || r == 'ʼ':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// endings folds the ends of Russian and Ukrainian names, and folds the spellings
// within them, in the systems that newspapers mix (BGN/PCGN, ISO 9, the
// Ukrainian national system of 2010, and French and German custom). The first
// that fits is taken.
var endings = []struct{ from, to string }{
	{"skyy", "ski"}, // Zelenskyy
	{"skyi", "ski"}, // Syrskyi
	{"skiy", "ski"}, // Zelenskiy
	{"skii", "ski"},
	{"skij", "ski"},
	{"skyj", "ski"},
	{"sky", "ski"},  // Zelensky
	{"yy", "i"},     // Yermak's Andriyy
	{"yi", "i"},     //
	{"iy", "i"},     // Yuriy
	{"ij", "i"},     //
	{"ii", "i"},     // Dmitrii
	{"ey", "ei"},    // Sergey
	{"ay", "ai"},    // Nikolay
	{"oy", "oi"},    // Tolstoy
	{"y", "i"},      // Dmitry
	{"off", "ov"},   // Smirnoff
	{"eff", "ev"},   //
	{"yov", "ev"},   // Solovyov
	{"iov", "ev"},   //
	{"yev", "ev"},   // Zyuganov's Medvedyev
	{"iev", "ev"},   //
	{"yeva", "eva"}, //
	{"ieva", "eva"}, //
	{"tch", "ch"},   // Markovitch
	{"icz", "ich"},  // Lukaszewicz
}

// spellings are folded within a name, the longest that fits first.
var spellings = [...]struct{ from, to string }{
	{"shch", "sh"}, // Shcherbakov
	{"tsch", "ch"}, // Tschaikowski
	{"sch", "sh"},
	{"tch", "ch"},
	{"kh", "h"}, // Kharkiv; Mikhail
	{"zh", "z"}, // Zhukov
	{"ts", "c"},
	{"tz", "c"},
	{"ks", "x"},
	{"ya", "ia"}, // Yanukovych
	{"ja", "ia"},
	{"yu", "iu"}, // Yulia
	{"ju", "iu"},
	{"ye", "e"}, // Yeltsin
	{"je", "e"},
	{"yo", "o"},
	{"jo", "o"},
	{"ph", "f"},
	{"w", "v"},
}

// opensSpelling has the first letters of spellings.
const opensSpelling = "stkzyjpw"

// fold maps the spellings of one name to one key: "Zelensky", "Zelenskyy" and
// "Zelenskiy" have the same, and so have "Müller" and "Muller". It is for
// comparing only.
func fold(name string) string {
	var buf [64]byte
	s := buf[:0]
	for _, c := range []byte(strings.ToLower(plain(name))) {
		if c != '\'' && c != '.' && c != '`' {
			s = append(s, c)
		}
	}
	if len(s) < 4 {
		return string(s)
	}
	for i := range endings {
		e := &endings[i]
		if n := len(s) - len(e.from); n >= 0 && string(s[n:]) == e.from {
			s = append(s[:n], e.to...)
			break
		}
	}
	// No spelling grows, so that the result fits where the name was, and double
	// letters become single as in other systems: Anna, Ana; Gennady.
	out := s[:0]
	for i := 0; i < len(s); {
		n, to := 1, s[i:i+1]
		if strings.IndexByte(opensSpelling, s[i]) >= 0 {
			for k := range spellings {
				f := spellings[k].from
				if len(s)-i >= len(f) && string(s[i:i+len(f)]) == f {
					n, to = len(f), []byte(spellings[k].to)
					break
				}
			}
		}
		i += n
		for _, c := range to {
			if len(out) == 0 || out[len(out)-1] != c || c >= utf8.RuneSelf {
				out = append(out, c)
			}
		}
	}
	return string(out)
}

// roleID returns the ID of the actor that a description stands for when nobody
// is known to be meant. Countries are in their usual adjective, so that "US
// officials" and "American officials" are the same: "american-officials".
func roleID(l *lexicon, name string) stemma.ActorID {
	words := strings.Fields(name)
	var out []string
	for i := 0; i < len(words); {
		n := 0
		for k := range l.phrases[strings.ToLower(words[i])] {
			p := &l.phrases[strings.ToLower(words[i])][k]
			if adj := l.adjective[p.known.country]; adj != "" && (i == 0 || words[i-1] != "of" && words[i-1] != "in" && words[i-1] != "to" && words[i-1] != "the") && (p.known.sense == itself || p.known.sense == adjective) &&
				len(p.words) <= len(words)-i && strings.EqualFold(strings.Join(p.words, " "), strings.Join(words[i:i+len(p.words)], " ")) &&
				(p.exact == "" || p.exact == words[i]) {
				out = append(out, adj)
				n = len(p.words)
				break
			}
		}
		if n == 0 {
			out = append(out, words[i])
			n = 1
		}
		i += n
		if i < len(words) && (words[i] == "'s" || words[i] == "’s") {
			i++
		}
	}
	return slug(strings.Join(out, " "))
}

// Spelling returns a key that is the same for the spellings of one name: for
// "Zelensky" and "Zelenskyy", for "Kyiv" and "Kiev". It is for comparing only.
func Spelling(name string) string {
	l := lex()
	for _, p := range l.phrases[strings.ToLower(name)] {
		if len(p.words) == 1 && p.known.kind == stemma.Place && p.known.sense != itself {
			return fold(p.known.name)
		}
		if len(p.words) == 1 && p.known.kind == stemma.Place && p.known.country == "" {
			return fold(p.known.name)
		}
	}
	return fold(name)
}

// CountryOf returns the first country that a description names by its name, its
// adjective, its capital or its seat of power: "united-states" for "US envoy",
// "russia" for "Kremlin aide"; "" if it names none.
func CountryOf(description string) stemma.ActorID {
	l := lex()
	words := phraseWords(description)
	for i := range words {
		for _, p := range l.phrases[words[i]] {
			if p.known.country != "" && len(p.words) <= len(words)-i && slices.Equal(p.words, words[i:i+len(p.words)]) &&
				(p.exact == "" || strings.Contains(description, p.exact)) {
				return p.known.country
			}
		}
	}
	return ""
}
