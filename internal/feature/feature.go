// Package feature describes the tokens of a document to the learner: what each
// looks like, what the lexicon has on it, and, as hashes, the templates that
// the models of parts of speech and of names are made of. A model is only good
// for the templates it was trained with, so they live in one place.
package feature

import (
	"unicode"
	"unicode/utf8"

	"stemma"
	"stemma/internal/lexicon"
	"stemma/internal/perceptron"
	"stemma/internal/vector"
)

// A Word is what is known of a token on its own.
type Word struct {
	Hash   uint32          // of the Norm, with every digit as 0
	Shape  uint32          // "Xx" for "Kremlin", "d-d" for "2014-15": a hash
	Suffix uint32          // the last four bytes of the Norm, the last lowest
	Prefix uint32          // the first four bytes
	Size   uint8           // bytes of the Norm, up to 255
	Form   Form            // how it is written
	Class  uint32          // the lexicon's flags that concern parts of speech
	Entry  lexicon.Entry   // all that the lexicon has
	Group  vector.Clusters // words that keep the same company
}

// Form says how a token is written.
type Form uint8

const (
	Capital Form = 1 << iota // begins with a capital
	Caps                     // all letters are capitals, at least two
	Digits                   // has a digit
	Letters                  // has a letter
	First                    // first word of its sentence, or after an opening quotation mark
	Heading                  // in a heading
	Glued                    // no space before it
)

const classMask = lexicon.Noun | lexicon.Plural | lexicon.Verb | lexicon.Past | lexicon.Participle | lexicon.Gerund | lexicon.Third |
	lexicon.Adjective | lexicon.Adverb | lexicon.Comparative | lexicon.Superlative | lexicon.Demonym | lexicon.Time | lexicon.Capital

// Words describes the tokens of doc, into dst.
func Words(doc *stemma.Document, dst []Word) []Word {
	dst = dst[:0]
	text := doc.Report.Text
	for _, s := range doc.Sentences {
		first := true
		for t := s.FirstToken; t < s.EndToken; t++ {
			tok := &doc.Tokens[t]
			w := describe(text[tok.Start:tok.End], tok.Norm)
			if t > 0 && doc.Tokens[t-1].End == tok.Start {
				w.Form |= Glued
			}
			if s.Kind == stemma.Heading {
				w.Form |= Heading
			}
			if first {
				w.Form |= First
			}
			if w.Form&(Letters|Digits) != 0 {
				first = false
			} else if opens(tok.Norm) {
				first = true
			}
			dst = append(dst, w)
		}
	}
	return dst
}

func opens(norm string) bool {
	switch norm {
	case `"`, "“", "«", ":", "(", "•", "``":
		return true
	}
	return false
}

func describe(form, norm string) Word {
	w := Word{Size: uint8(min(len(norm), 255))}
	h, raw := uint32(2166136261), uint32(2166136261)
	for i := 0; i < len(norm); i++ {
		c := norm[i]
		raw = (raw ^ uint32(c)) * 16777619
		if c >= '0' && c <= '9' {
			c = '0'
		}
		h = (h ^ uint32(c)) * 16777619
		w.Suffix = w.Suffix<<8 | uint32(c)
		if i < 4 {
			w.Prefix = w.Prefix<<8 | uint32(c)
		}
	}
	w.Hash = h
	w.Entry = lexicon.Of(raw)
	w.Group = vector.Of(raw).Clusters()
	w.Class = uint32(w.Entry.Flags & classMask)
	w.shape(form)
	return w
}

// shape fills Shape and Form. A run of letters of one case, or of digits,
// counts once: "McDonald" is "XxXx", "2014-15" is "d-d", "U.S." is "X.X.".
func (w *Word) shape(form string) {
	h := uint32(2166136261)
	last := byte(0)
	upper, lower := 0, 0
	for i := 0; i < len(form); {
		c := form[i]
		k := c
		size := 1
		switch {
		case c >= 'a' && c <= 'z':
			k = 'x'
			lower++
		case c >= 'A' && c <= 'Z':
			k = 'X'
			upper++
		case c >= '0' && c <= '9':
			k = 'd'
			w.Form |= Digits
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(form[i:])
			size = n
			switch {
			case unicode.IsUpper(r):
				k = 'X'
				upper++
			case unicode.IsLetter(r):
				k = 'x'
				lower++
			case unicode.IsDigit(r):
				k = 'd'
				w.Form |= Digits
			case r == '’':
				k = '\''
			default:
				k = '?'
			}
		}
		if i == 0 && k == 'X' {
			w.Form |= Capital
		}
		if k != last || k != 'x' && k != 'X' && k != 'd' {
			h = (h ^ uint32(k)) * 16777619
		}
		last = k
		i += size
	}
	if upper+lower > 0 {
		w.Form |= Letters
	}
	if upper > 1 && lower == 0 {
		w.Form |= Caps
	}
	w.Shape = h
}

var edge = [3]Word{{Hash: 1, Shape: 1}, {Hash: 2, Shape: 2}, {Hash: 3, Shape: 3}}

// Tagging writes the features of the tokens of one sentence, words, for the
// model of parts of speech.
func Tagging(words []Word, rows *perceptron.Rows) {
	at := func(i int) *Word {
		switch {
		case i < 0:
			return &edge[0]
		case i >= len(words):
			return &edge[1]
		}
		return &words[i]
	}
	for i := range words {
		w, p, n, pp, nn := at(i), at(i-1), at(i+1), at(i-2), at(i+2)
		form := uint32(w.Form)
		rows.AddAll(
			perceptron.Hash(1, w.Hash, 0, 0),
			perceptron.Hash(5, p.Hash, 0, 0),
			perceptron.Hash(6, n.Hash, 0, 0),
			perceptron.Hash(7, pp.Hash, 0, 0),
			perceptron.Hash(8, nn.Hash, 0, 0),
			perceptron.Hash(11, w.Suffix, 0, 0),
			perceptron.Hash(12, w.Suffix&0xFFFFFF, form, 0),
			perceptron.Hash(13, w.Suffix&0xFFFF, form, 0),
			perceptron.Hash(14, w.Suffix&0xFF, w.Shape, 0),
			perceptron.Hash(15, w.Prefix, 0, 0),
			perceptron.Hash(16, w.Shape, form&uint32(First|Heading), 0),
			perceptron.Hash(17, w.Class, form&uint32(Capital), 0),
			perceptron.Hash(18, w.Class, p.Class, p.Suffix&0xFFFF),
			perceptron.Hash(20, w.Class, p.Hash, 0),
			perceptron.Hash(24, w.Suffix&0xFFFFFF, n.Suffix&0xFFFFFF, 0),
			perceptron.Hash(25, uint32(w.Entry.NounSense), uint32(w.Entry.VerbSense), w.Class),
			perceptron.Hash(26, uint32(w.Entry.Flags)&^uint32(classMask), form, 0),
			perceptron.Hash(30, uint32(w.Group.Coarse), w.Suffix&0xFFFF, 0),
			perceptron.Hash(29, uint32(w.Group.Mid), 0, 0),
			perceptron.Hash(28, uint32(w.Group.Fine), 0, 0),
		)
		rows.End()
	}
}
