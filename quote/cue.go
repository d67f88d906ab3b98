package quote

import (
	_ "embed"
	"strings"
	"sync"

	"stemma"
)

//go:embed cues.txt
var cueTable string

// A cue is a verb that may report what somebody says: see cues.txt.
type cue struct {
	lemma string
	class string
	takes string // letters of cues.txt
	base  bool   // this form is also a noun or an infinitive: "report", "claims"
}

// lexicon maps the forms of the cues to them. It is built when first asked
// for, in under a millisecond.
var lexicon = sync.OnceValue(func() map[string]cue {
	m := make(map[string]cue, 1600)
	put := func(form string, c cue) {
		if old, ok := m[form]; !ok || old.base && !c.base {
			m[form] = c
		}
	}
	for line := range strings.Lines(cueTable) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		c := cue{lemma: f[0], class: f[1], takes: f[2]}
		forms := f[3:]
		if len(forms) == 0 {
			forms = regular(f[0])
		} else if !strings.HasSuffix(forms[0], "s") || len(forms) < 3 {
			forms = append([]string{third(f[0])}, forms...)
		}
		c.base = true
		put(f[0], c)
		put(forms[0], c)
		c.base = false
		for _, form := range forms[1:] {
			put(form, c)
		}
	}
	return m
})

//go:embed verbs.txt
var verbTable string

// verbs are the verbs of verbs.txt.
var verbs = sync.OnceValue(func() (t struct {
	class  map[string]uint32 // by lemma, a number for the class of meaning
	speech []bool            // by that number: saying, thinking, wanting, judging, naming, allowing, refusing
}) {
	t.class = make(map[string]uint32, 6000)
	t.speech = []bool{false} // 0 is no class
	for line := range strings.Lines(verbTable) {
		if line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		for _, v := range f[1:] {
			t.class[v] = uint32(len(t.speech))
		}
		group, _, _ := strings.Cut(f[0], ".")
		t.speech = append(t.speech, speechClasses[f[0]] || speechClasses[group])
	}
	return t
})

var speechClasses = wordSet(`13.3 29 30 31.2 32 33 34 36.1.1 36.1.2 37 55.5 58 62 64 71 72.3 77 78 79 81 84 87 88 95 97 102`)

// third returns the third person singular of a regular verb.
func third(v string) string {
	switch {
	case strings.HasSuffix(v, "y") && !isVowel(v[len(v)-2]):
		return v[:len(v)-1] + "ies"
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"):
		return v + "es"
	}
	return v + "s"
}

// regular returns the third person, past and participle of a regular verb.
func regular(v string) []string {
	switch {
	case strings.HasSuffix(v, "e"):
		ing := v[:len(v)-1] + "ing"
		if strings.HasSuffix(v, "ee") {
			ing = v + "ing"
		}
		return []string{third(v), v + "d", ing}
	case strings.HasSuffix(v, "y") && !isVowel(v[len(v)-2]):
		return []string{third(v), v[:len(v)-1] + "ied", v + "ing"}
	}
	return []string{third(v), v + "ed", v + "ing"}
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// auxiliaries and the like that belong to the verb group of a cue.
var verbGroup = map[string]bool{
	"has": true, "have": true, "had": true, "is": true, "are": true, "was": true, "were": true, "be": true, "been": true,
	"being": true, "'s": true, "'ve": true, "'d": true, "'re": true, "'m": true, "'ll": true, "did": true, "does": true, "do": true, "not": true, "n't": true,
	"never": true, "also": true, "later": true, "then": true, "again": true, "once": true, "has't": true,
	"would": true, "will": true, "could": true, "can": true, "may": true, "might": true, "must": true, "should": true,
	"further": true, "earlier": true, "often": true, "even": true, "just": true, "still": true, "now": true, "to": true,
	"went": true, "on": true, "soon": true, "first": true, "long": true,
}

// isAdverb reports whether norm looks like an adverb; adverb, whether a token
// is one, and not a Kelly.
func isAdverb(norm string) bool {
	return len(norm) > 4 && strings.HasSuffix(norm, "ly") && norm != "family" && norm != "italy" && norm != "july" && norm != "ally" && norm != "assembly"
}

func adverb(doc *stemma.Document, tok int) bool {
	return isAdverb(doc.Tokens[tok].Norm) && (len(doc.Tags) == 0 || doc.Tags[tok].POS != "PROPN")
}
