package copygen

import (
	"math/rand/v2"
	"strings"
)

// A Scribe copies by hand: he keeps to his exemplar word for word, but for
// slips. Some places of a text tempt every scribe, some slips are made again
// by others, and some are mended.
type Scribe struct {
	original []string
	tempting []float64 // rising: how often a slip falls up to each place
}

// NewScribe returns a Scribe of the text.
func NewScribe(r *rand.Rand, text string) *Scribe {
	s := &Scribe{original: strings.Fields(text)}
	sum := 0.0
	for range s.original {
		sum += lognormal(r, 1, 1.2)
		s.tempting = append(s.tempting, sum)
	}
	return s
}

// Original returns the words of the text. In those of copies, a word left out
// is empty.
func (s *Scribe) Original() []string { return append([]string(nil), s.original...) }

// Copy copies words with about the given number of slips: three in eight are
// one that others make too, one in eight mends what was there before, one in
// eight leaves up to three words out, the rest are the scribe's own.
func (s *Scribe) Copy(r *rand.Rand, words []string, slips float64) []string {
	out := append([]string(nil), words...)
	n := int(slips)
	if r.Float64() < slips-float64(n) {
		n++
	}
	for range max(1, n) {
		x := r.Float64() * s.tempting[len(s.tempting)-1]
		k := 0
		for s.tempting[k] < x {
			k++
		}
		switch c := r.IntN(8); {
		case c == 0:
			for i := k; i < min(len(out), k+1+r.IntN(3)); i++ {
				out[i] = ""
			}
		case c == 1:
			out[k] = s.original[k]
		case c < 5:
			out[k] = misread(s.original[k], c%2)
		default:
			out[k] = misread(s.original[k], 2+r.IntN(1000))
		}
	}
	return out
}

// misread returns a word like w, the nth of those that it may be taken for.
func misread(w string, n int) string {
	core, before, after := trim(w)
	if core == "" {
		return w
	}
	letters := "aeioulnrstmbdk"
	h := int((hash(core) + uint64(n)*0x9e3779b97f4a7c15) >> 33)
	at := h % len(core)
	for at > 0 && core[at] >= 0x80 {
		at--
	}
	end := at + 1
	for end < len(core) && core[end]&0xc0 == 0x80 {
		end++
	}
	return before + core[:at] + letters[h/64%len(letters):][:1] + core[end:] + after
}

// Join writes the words as a text.
func Join(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
