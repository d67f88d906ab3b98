package record

import (
	"slices"
	"strings"
)

// The reasons that an Utterance's Why gives, weightiest first.
const (
	whyNegation    = "altered: negation"
	whyNumber      = "altered: number"
	whyName        = "altered: name"
	whySpeaker     = "another speaker"
	whyWords       = "altered: words"
	whyTranslation = "same words, two translations"
	whyMode        = "direct and indirect"
	whyCut         = "cut"
	whyUnclosed    = "closing mark lost"
)

func weightOfWhy(why string) int {
	return slices.Index([]string{whyNegation, whyNumber, whyName, whySpeaker, whyWords, whyTranslation, whyMode, whyCut, whyUnclosed}, why)
}

// A difference is how a wording differs from the lead.
type difference struct {
	same bool // the same words, or a part of them cut out
	why  string
}

// compareWordings compares the words of w with those of the lead.
//
// Words that differ all along while what they say stays the same are taken for
// two translations of the same words: numbers, names and negations agree, the
// words that are kept are in the same order, and what is not kept has a
// counterpart of about its own length in the same place. A change here and
// there in words otherwise the same was made by somebody who had the words.
func compareWordings(lead, w *unit) difference {
	if lead == w || slices.Equal(lead.words, w.words) {
		if w.unclosed != lead.unclosed {
			return difference{true, whyUnclosed}
		}
		return difference{same: true}
	}
	if cutOut(lead.words, w.words) || cutOut(w.words, lead.words) {
		return difference{true, whyCut}
	}
	if !lead.quoted || !w.quoted {
		why := whyMode
		if lead.quoted == w.quoted {
			why = ""
		}
		return difference{false, why}
	}
	switch {
	case negations(lead.words)%2 != negations(w.words)%2:
		return difference{false, whyNegation}
	case !slices.Equal(numbers(lead.words), numbers(w.words)):
		return difference{false, whyNumber}
	case !sameNames(lead.names, w.names):
		return difference{false, whyName}
	}
	if twoTranslations(lead.words, w.words) {
		return difference{false, whyTranslation}
	}
	return difference{false, whyWords}
}

// cutOut reports whether part is whole with words taken off its ends: more
// than two, for one or two at the edge are a change of wording.
func cutOut(part, whole []string) bool {
	return len(part) > 0 && len(whole)-len(part) > 2 && within(part, whole)
}

func negations(words []string) int {
	n := 0
	for _, w := range words {
		switch w {
		case "not", "no", "never", "neither", "nor", "none", "nothing", "nobody", "without", "cannot":
			n++
		}
	}
	return n
}

var numberWords = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000",
}

// numbers returns the numbers among words, sorted. "One" is left out: it is as
// often a pronoun.
func numbers(words []string) []string {
	var out []string
	for _, w := range words {
		if n := numberWords[w]; n != "" && w != "one" {
			out = append(out, n)
		} else if w[0] >= '0' && w[0] <= '9' {
			out = append(out, strings.ReplaceAll(w, ",", ""))
		}
	}
	slices.Sort(out)
	return out
}

// sameNames reports whether every name of the one that has fewer is among the
// other's.
func sameNames(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, n := range a {
		if !slices.Contains(b, n) {
			return false
		}
	}
	return true
}

// twoTranslations reports whether a and b differ as two translations do: in
// several places, or in the only place of a short one, and nowhere by more
// than a phrase that is missing on one side.
func twoTranslations(a, b []string) bool {
	gaps := gapsBetween(a, b)
	kept := len(a)
	for _, g := range gaps {
		kept -= g[0]
		// A phrase on one side that has nothing opposite was added or left out.
		if g[0] == 0 && g[1] > 3 || g[1] == 0 && g[0] > 3 {
			return false
		}
	}
	n := max(len(a), len(b))
	return 4*kept >= n && (len(gaps) > 1 || n < 8 || 10*kept < 7*n)
}

// gapsBetween aligns a and b by their longest common subsequence and returns
// the lengths, on either side, of the stretches that differ.
func gapsBetween(a, b []string) [][2]int {
	const most = 1 << 20
	if len(a)*len(b) > most {
		return [][2]int{{len(a), len(b)}}
	}
	row := len(b) + 1
	l := make([]int32, (len(a)+1)*row)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] || stem(a[i]) == stem(b[j]) {
				l[i*row+j] = l[(i+1)*row+j+1] + 1
			} else {
				l[i*row+j] = max(l[(i+1)*row+j], l[i*row+j+1])
			}
		}
	}
	var gaps [][2]int
	i, j := 0, 0
	var g [2]int
	flush := func() {
		if g != [2]int{} {
			gaps = append(gaps, g)
		}
		g = [2]int{}
	}
	for i < len(a) && j < len(b) {
		switch {
		case (a[i] == b[j] || stem(a[i]) == stem(b[j])) && l[i*row+j] == l[(i+1)*row+j+1]+1:
			flush()
			i++
			j++
		case l[(i+1)*row+j] >= l[i*row+j+1]:
			g[0]++
			i++
		default:
			g[1]++
			j++
		}
	}
	g[0] += len(a) - i
	g[1] += len(b) - j
	flush()
	return gaps
}
