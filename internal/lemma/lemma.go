// Package lemma gives the base form of an English word of known part of
// speech: by a table of exceptions, then by rules of spelling that ask the
// lexicon which base exists.
package lemma

import (
	_ "embed"
	"strings"

	"stemma/internal/lexicon"
)

//go:embed exceptions.txt
var exceptions string

// Of returns the lemma of the word norm (lower case, plain quotation marks) as
// the Universal Dependencies have it, given its UPOS and Penn tag. Proper nouns
// keep their form but for a plural's ending.
func Of(norm, pos, xpos string, e lexicon.Entry) string {
	switch pos {
	case "VERB", "AUX":
		if l, ok := closed(norm, pos, xpos); ok {
			return l
		}
		if xpos == "VB" || xpos == "VBP" || xpos == "MD" {
			return norm
		}
		if e.Has(lexicon.Irregular) {
			if l, ok := exception(norm, "VERB"); ok {
				return l
			}
		}
		return Rules(norm, "VERB", inLexicon)
	case "NOUN", "PROPN":
		if xpos != "NNS" && xpos != "NNPS" {
			return norm
		}
		if e.Has(lexicon.Irregular) {
			if l, ok := exception(norm, "NOUN"); ok {
				return l
			}
		}
		return Rules(norm, "NOUN", inLexicon)
	case "ADJ", "ADV":
		if xpos != "JJR" && xpos != "JJS" && xpos != "RBR" && xpos != "RBS" {
			if norm == "n't" {
				return "not"
			}
			return norm
		}
		if norm == "more" || norm == "most" {
			return norm // "much" or "many": the treebanks differ
		}
		if e.Has(lexicon.Irregular) {
			if l, ok := exception(norm, "ADJ"); ok {
				return l
			}
		}
		return Rules(norm, "ADJ", inLexicon)
	}
	if l, ok := closed(norm, pos, xpos); ok {
		return l
	}
	return norm
}

func inLexicon(word string, f lexicon.Flags) bool { return lexicon.Word(word).Has(f) }

// closed gives the lemmas of function words.
func closed(norm, pos, xpos string) (string, bool) {
	switch pos {
	case "VERB", "AUX":
		switch norm {
		case "is", "are", "was", "were", "been", "being", "am", "'m", "'re", "be", "ai":
			return "be", true
		case "'s":
			if xpos == "VBZ" {
				return "be", true
			}
		case "has", "had", "having", "'ve", "have":
			return "have", true
		case "'d":
			if xpos == "MD" {
				return "would", true
			}
			return "have", true
		case "'ll", "wo":
			return "will", true
		case "ca":
			return "can", true
		case "sha":
			return "shall", true
		case "does", "did", "doing", "done", "do":
			return "do", true
		}
	case "PRON":
		switch norm {
		case "me":
			return "I", true
		case "i":
			return "I", true
		case "him":
			return "he", true
		case "them", "'em":
			return "they", true
		case "us", "'s":
			return "we", true
		case "her":
			if xpos == "PRP" {
				return "she", true
			}
		case "these":
			return "this", true
		case "those":
			return "that", true
		case "whom":
			return "who", true
		case "mine":
			return "my", true
		case "yours":
			return "your", true
		case "hers":
			return "her", true
		case "ours":
			return "our", true
		case "theirs":
			return "their", true
		}
	case "DET":
		switch norm {
		case "an":
			return "a", true
		case "these":
			return "this", true
		case "those":
			return "that", true
		}
	case "PART":
		switch norm {
		case "n't":
			return "not", true
		case "'":
			return "'s", true // "the envoys' talks"
		}
	}
	return "", false
}

// exception searches the sorted lines of exceptions.txt.
func exception(norm, pos string) (string, bool) {
	lo, hi := 0, len(exceptions)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(exceptions[lo:mid], '\n') + 1 + lo
		end := strings.IndexByte(exceptions[start:], '\n')
		if end < 0 {
			end = len(exceptions) - start
		}
		line := exceptions[start : start+end]
		form, rest, _ := strings.Cut(line, "\t")
		p, base, _ := strings.Cut(rest, "\t")
		switch {
		case strings.HasPrefix(line, "#") || form < norm || form == norm && p < pos:
			lo = start + end + 1
		case form == norm && p == pos:
			return base, true
		default:
			hi = start
		}
	}
	return "", false
}

// Rules undoes the regular endings: plurals, verb forms, comparison. Of the
// bases that the spelling allows it takes the first that has says is a word.
//
//	talks → talk    cities → city    boxes → box
//	making → make   stopped → stop   carried → carry
//	larger → large  biggest → big    happier → happy
func Rules(norm, pos string, has func(word string, f lexicon.Flags) bool) string {
	switch pos {
	case "NOUN":
		switch {
		case strings.HasSuffix(norm, "ies") && len(norm) > 4:
			return pick(has, lexicon.Noun, norm[:len(norm)-3]+"y", norm[:len(norm)-1])
		case strings.HasSuffix(norm, "ses") && len(norm) > 5 && has(norm[:len(norm)-2]+"is", lexicon.Noun) && !has(norm[:len(norm)-1], lexicon.Noun):
			return norm[:len(norm)-2] + "is" // "crises"
		case strings.HasSuffix(norm, "es") && len(norm) > 3:
			stem := norm[:len(norm)-2]
			if strings.HasSuffix(stem, "s") || strings.HasSuffix(stem, "x") || strings.HasSuffix(stem, "z") || strings.HasSuffix(stem, "ch") || strings.HasSuffix(stem, "sh") || strings.HasSuffix(stem, "o") {
				return pick(has, lexicon.Noun, stem, norm[:len(norm)-1])
			}
			return norm[:len(norm)-1]
		case strings.HasSuffix(norm, "men") && len(norm) > 4:
			return norm[:len(norm)-2] + "an"
		case strings.HasSuffix(norm, "s") && !strings.HasSuffix(norm, "ss") && len(norm) > 2:
			return norm[:len(norm)-1]
		}
	case "VERB":
		switch {
		case strings.HasSuffix(norm, "ies") && len(norm) > 4:
			return norm[:len(norm)-3] + "y"
		case strings.HasSuffix(norm, "ied") && len(norm) > 4:
			return norm[:len(norm)-3] + "y"
		case strings.HasSuffix(norm, "es") && len(norm) > 3:
			stem := norm[:len(norm)-2]
			if strings.HasSuffix(stem, "s") || strings.HasSuffix(stem, "x") || strings.HasSuffix(stem, "z") || strings.HasSuffix(stem, "ch") || strings.HasSuffix(stem, "sh") || strings.HasSuffix(stem, "o") {
				return pick(has, lexicon.Verb, stem, norm[:len(norm)-1])
			}
			return norm[:len(norm)-1]
		case strings.HasSuffix(norm, "s") && !strings.HasSuffix(norm, "ss") && len(norm) > 2:
			return norm[:len(norm)-1]
		case strings.HasSuffix(norm, "ing") && len(norm) > 4:
			return unwind(norm[:len(norm)-3], lexicon.Verb, has)
		case strings.HasSuffix(norm, "ed") && len(norm) > 3:
			if l := norm[:len(norm)-1]; strings.HasSuffix(l, "ee") {
				return l // "agreed"
			}
			return unwind(norm[:len(norm)-2], lexicon.Verb, has)
		}
	case "ADJ":
		switch {
		case strings.HasSuffix(norm, "ier") && len(norm) > 4:
			return norm[:len(norm)-3] + "y"
		case strings.HasSuffix(norm, "iest") && len(norm) > 5:
			return norm[:len(norm)-4] + "y"
		case strings.HasSuffix(norm, "er") && len(norm) > 3:
			return unwind(norm[:len(norm)-2], lexicon.Adjective|lexicon.Adverb, has)
		case strings.HasSuffix(norm, "est") && len(norm) > 4:
			return unwind(norm[:len(norm)-3], lexicon.Adjective|lexicon.Adverb, has)
		}
	}
	return norm
}

// unwind finds the base of a stem that lost its ending: as it is, with an e, or
// with its doubled consonant halved.
func unwind(stem string, f lexicon.Flags, has func(string, lexicon.Flags) bool) string {
	n := len(stem)
	if n >= 3 && stem[n-1] == stem[n-2] && !strings.ContainsRune("aeiou", rune(stem[n-1])) {
		return pick(has, f, stem, stem[:n-1])
	}
	if has(stem+"e", f) && has(stem, f) {
		// Both are words: "hoping" is of "hope", "fasting" of "fast".
		if endsCVC(stem) {
			return stem + "e"
		}
		return stem
	}
	if has(stem+"e", f) {
		return stem + "e"
	}
	return stem
}

// endsCVC reports whether stem ends in one vowel and one consonant: a verb like
// that doubles the consonant, so an undoubled one has lost an e.
func endsCVC(stem string) bool {
	n := len(stem)
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	return n >= 2 && !vowel(stem[n-1]) && vowel(stem[n-2]) && (n == 2 || !vowel(stem[n-3])) && stem[n-1] != 'w' && stem[n-1] != 'x' && stem[n-1] != 'y'
}

func pick(has func(string, lexicon.Flags) bool, f lexicon.Flags, bases ...string) string {
	for _, b := range bases {
		if has(b, f) {
			return b
		}
	}
	return bases[0]
}
