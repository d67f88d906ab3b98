package record

import (
	"slices"
	"strings"

	"stemma/internal/words"
)

// The reasons that an Utterance's Why gives, weightiest first.
const (
	whyNegation    = "altered: negation"
	whyOpposite    = "altered: opposite"
	whyNumber      = "altered: number"
	whyName        = "altered: name"
	whyModality    = "altered: modality"
	whySpeaker     = "another speaker"
	whyWords       = "altered: words"
	whyReworded    = "reworded"
	whyTranslation = "same words, two translations"
	whyMode        = "direct and indirect"
	whyCut         = "cut"
	whyUnclosed    = "closing mark lost"
)

func weightOfWhy(why string) int {
	why = strings.Replace(why, "differs", "altered", 1)
	return slices.Index([]string{whyNegation, whyOpposite, whyNumber, whyName, whyModality, whySpeaker, whyWords, whyReworded, whyTranslation, whyMode, whyCut, whyUnclosed}, why)
}

// A difference is how a wording differs from the lead.
type difference struct {
	same bool // the same words, or a part of them cut out
	why  string
}

// compareWordings compares the words of w with those of the lead. english says
// that the speaker is known to hold an office where English is spoken.
//
// Words that differ while what they say stays the same are taken for two
// translations of what was said in another language, or, if that was English,
// for a rewording: numbers, names, negations and the strength of modal verbs
// agree, most words of weight are kept, and those that are not have a
// counterpart in the same place or are few. Everything else is altered.
func compareWordings(lead, w *passage, english bool) difference {
	if lead == w || slices.Equal(lead.words, w.words) {
		if w.unclosed != lead.unclosed {
			return difference{true, whyUnclosed}
		}
		return difference{same: true}
	}
	if cutOut(lead.words, w.words) || cutOut(w.words, lead.words) {
		return difference{true, whyCut}
	}
	quoted := lead.quoted && w.quoted
	gaps := gapsBetween(lead.words, w.words)
	turned := ""
	switch {
	case negations(lead.words)%2 != negations(w.words)%2:
		turned = whyNegation
	case opposed(gaps):
		turned = whyOpposite
	case !slices.Equal(numbers(lead.words), numbers(w.words)):
		turned = whyNumber
	case quoted && !sameNames(lead.names, w.names):
		turned = whyName
	}
	switch {
	case turned != "" && quoted:
		return difference{false, turned}
	case lead.quoted != w.quoted:
		return difference{false, whyMode} // a part of the words may be left out
	case !quoted:
		return difference{false, strings.Replace(turned, "altered", "differs", 1)}
	}
	switch {
	case modalityTurned(gaps):
		return difference{false, whyModality}
	case !sameMeaning(lead.words, w.words, gaps):
		return difference{false, whyWords}
	case english:
		return difference{false, whyReworded}
	}
	return difference{false, whyTranslation}
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

// opposed reports whether a word stands where its opposite stood: "rejected"
// for "accepted". In longer gaps opposites may have nothing to do with each
// other.
func opposed(gaps []gap) bool {
	const long = 4
	for _, g := range gaps {
		if len(g.a) > long || len(g.b) > long {
			continue
		}
		for _, x := range g.a {
			anti := words.Opposites(words.Lemma(x))
			for _, y := range g.b {
				if slices.Contains(anti, words.Lemma(y)) {
					return true
				}
			}
		}
	}
	return false
}

// numbers returns the numbers among ws, sorted. "One" and "once" are left out:
// they are as often a pronoun and a conjunction.
func numbers(ws []string) []float64 {
	var out []float64
	for i := 0; i < len(ws); {
		v, n := words.Number(ws[i:])
		if n > 0 && ws[i] != "one" && ws[i] != "once" {
			out = append(out, v)
		}
		i += max(n, 1)
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

// sameMeaning reports whether a and b, which differ in gaps, may be two
// renderings of one thing.
func sameMeaning(a, b []string, gaps []gap) bool {
	all := min(weighty(a), weighty(b))
	kept, onlyA, onlyB := all, 0, 0
	for _, g := range gaps {
		x, y := weighty(g.a), weighty(g.b)
		kept -= min(x, y)
		// A word may become two in translation; what is more stands alone.
		switch {
		case x == 0:
			onlyB += y
		case y == 0:
			onlyA += x
		case x < y-1:
			onlyB += y - 1 - x
		case y < x-1:
			onlyA += x - 1 - y
		}
	}
	// What stands alone in one place may have its counterpart in another.
	alone := max(onlyA, onlyB)
	return 2*kept >= all && (alone <= 1 || 4*alone <= all)
}

// weighty counts the words that are no function words.
func weighty(words []string) int {
	n := 0
	for _, w := range words {
		if !plainWords()[wordStem(w)] {
			n++
		}
	}
	return n
}

// modalityTurned reports whether a modal verb of one strength stands where one
// of another strength stood: "may" for "must".
func modalityTurned(gaps []gap) bool {
	for _, g := range gaps {
		if x, y := strength(g.a), strength(g.b); x != 0 && y != 0 && x != y {
			return true
		}
	}
	return false
}

// strength is 1 if words hold a modal verb of possibility, 2 if one of
// necessity or certainty, 0 if they hold none or both.
func strength(words []string) int {
	weak, strong := false, false
	for _, w := range words {
		switch w {
		case "may", "might", "can", "could", "perhaps", "possibly":
			weak = true
		case "must", "shall", "will", "certainly", "definitely":
			strong = true
		}
	}
	switch {
	case weak == strong:
		return 0
	case weak:
		return 1
	}
	return 2
}

// A gap is a stretch in which two wordings differ.
type gap struct{ a, b []string }

// gapsBetween aligns a and b by their longest common subsequence and returns
// the stretches that differ.
func gapsBetween(a, b []string) []gap {
	const most = 1 << 20 // cells; a thousand words a side
	if len(a)*len(b) > most {
		return []gap{{a, b}}
	}
	same := func(i, j int) bool { return a[i] == b[j] || wordStem(a[i]) == wordStem(b[j]) }
	row := len(b) + 1
	l := make([]int32, (len(a)+1)*row)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(i, j) {
				l[i*row+j] = l[(i+1)*row+j+1] + 1
			} else {
				l[i*row+j] = max(l[(i+1)*row+j], l[i*row+j+1])
			}
		}
	}
	var gaps []gap
	i, j, fromA, fromB := 0, 0, 0, 0
	flush := func() {
		if i > fromA || j > fromB {
			gaps = append(gaps, gap{a[fromA:i], b[fromB:j]})
		}
	}
	for i < len(a) && j < len(b) {
		switch {
		case same(i, j):
			flush()
			i++
			j++
			fromA, fromB = i, j
		case l[(i+1)*row+j] >= l[i*row+j+1]:
			i++
		default:
			j++
		}
	}
	i, j = len(a), len(b)
	flush()
	return gaps
}
