package words

import (
	"slices"
	"strings"
	"testing"

	"stemma/internal/sorted"
)

func TestTablesAreSortedAndHaveAHead(t *testing.T) {
	for name, table := range map[string]string{
		"variants": variantsText, "inflections": inflectionsText, "senses": sensesText, "hypernyms": hypernymsText, "antonyms": antonymsText,
	} {
		if !strings.HasPrefix(table, "# Source: ") {
			t.Errorf("%s: no head that says where it comes from", name)
		}
		last := ""
		lines(table, func(key, value string) {
			if key <= last && last != "" && strings.Compare(last+"\t", key+"\t") >= 0 {
				t.Errorf("%s: %q after %q", name, key, last)
			}
			if value == "" {
				t.Errorf("%s: %q has no value", name, key)
			}
			last = key
		})
	}
}

func TestEveryLineIsFound(t *testing.T) {
	for text, table := range map[string]*sorted.Table{
		variantsText: variants(), inflectionsText: inflections(), sensesText: senses(), hypernymsText: hypernyms(), antonymsText: antonyms(),
	} {
		lines(text, func(key, value string) {
			if got := table.Find(key); got != value {
				t.Fatalf("Find(%q) = %q, want %q", key, got, value)
			}
		})
	}
	for _, key := range []string{"", "#", "zzzz", "a'", "\xff"} {
		variants().Find(key)
	}
}

func TestAmerican(t *testing.T) {
	for w, want := range map[string]string{"travelled": "traveled", "traveled": "traveled", "organisation": "organization", "programme": "program", "talks": "talks", "harbour": "harbor"} {
		if got := American(w); got != want {
			t.Errorf("American(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestLemmas(t *testing.T) {
	for w, want := range map[string]string{"said": "say", "talks": "talk", "went": "go", "children": "child", "better": "good", "agreed": "agree", "envoys": "envoy"} {
		if !slices.Contains(Lemmas(w), want) {
			t.Errorf("Lemmas(%q) = %v, want %q among them", w, Lemmas(w), want)
		}
	}
}

func TestSenses(t *testing.T) {
	share := func(a, b string) bool {
		for _, x := range Senses(a) {
			for _, y := range Senses(b) {
				if x.Synset == y.Synset {
					return true
				}
			}
		}
		return false
	}
	if !share("start", "begin") || share("begin", "river") {
		t.Error("start and begin share a sense, begin and river do not")
	}
	if s := Senses("envoy"); len(s) == 0 || s[0].File != NounPerson {
		t.Errorf("Senses(envoy) = %v, want a person first", s)
	}
	if s := Senses("texas"); len(s) != 0 {
		t.Errorf("a proper name has senses: %v", s)
	}
}

func TestOpposites(t *testing.T) {
	for _, p := range [][2]string{{"accept", "reject"}, {"support", "oppose"}, {"rise", "fall"}, {"far", "near"}} {
		if !slices.Contains(Opposites(p[0]), p[1]) {
			t.Errorf("Opposites(%q) = %v, want %q among them", p[0], Opposites(p[0]), p[1])
		}
	}
}

func TestPlace(t *testing.T) {
	for w, want := range map[string]string{"kiev": "kyiv", "u.s.": "united states", "american": "united states", "ukrainians": "ukraine", "north korea": "north korea", "lamp": ""} {
		if got, _ := Place(w); got != want {
			t.Errorf("Place(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		words string
		value float64
		n     int
	}{
		{"five", 5, 1}, {"twenty - five boats", 25, 3}, {"3.2 million", 3.2e6, 2}, {"1,000", 1000, 1}, {"14th", 14, 1}, {"two hundred and six men", 206, 4},
		{"a dozen", 12, 2}, {"three thousand five hundred", 3500, 4}, {"$5bn", 5e9, 1}, {"40%", 40, 1}, {"one hundred", 100, 2}, {"five 6", 5, 1},
		{"second", 0, 0}, {"m", 0, 0}, {"boats", 0, 0}, {"and five", 0, 0}, {"", 0, 0}, {"thirty", 30, 1}, {"sixth", 6, 1}, {"two million", 2e6, 2},
	} {
		v, n := Number(strings.Fields(c.words))
		if v != c.value || n != c.n {
			t.Errorf("Number(%q) = %v in %d words, want %v in %d", c.words, v, n, c.value, c.n)
		}
		if first, _, _ := strings.Cut(c.words, " "); n > 0 && !NumberStart(first) {
			t.Errorf("%q is the start of a number", first)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for w, want := range map[string]bool{"28th": true, "third": true, "1990s": true, "thirtieth": true, "twice": true, "28": false, "ten": false, "month": false, "": false} {
		if got := Ordinal(w); got != want {
			t.Errorf("Ordinal(%q) = %v", w, got)
		}
	}
}

func TestClasses(t *testing.T) {
	for w, c := range map[string]Class{"not": Negation, "may": Modal, "all": Quantifier, "the": Determiner, "said": 0, "say": CueSay, "october": Month} {
		if c != 0 && !ClassOf(w).Is(c) {
			t.Errorf("ClassOf(%q) lacks %b", w, c)
		}
	}
	lines(classesText, func(name, _ string) {
		if !slices.Contains(classNames, name) {
			t.Errorf("class %q has no constant", name)
		}
	})
	if !Alike("but", "however") || Alike("but", "lamp") {
		t.Error("but and however are alike, but and lamp are not")
	}
}

func TestPhrases(t *testing.T) {
	if !strings.HasPrefix(phrasesText, "# Source: ") {
		t.Error("no head that says where the table comes from")
	}
	lines(phrasesText, func(line, _ string) {
		several := false
		for p := range strings.SplitSeq(line, "|") {
			several = several || strings.Contains(strings.TrimSpace(p), " ")
		}
		if !several {
			t.Errorf("%q: no expression of several words", line)
		}
	})
	if n := PhraseLen(strings.Fields("in order to end it")); n != 3 {
		t.Errorf("in order to: %d words", n)
	}
	if n := PhraseLen(strings.Fields("order to end it")); n != 0 {
		t.Errorf("order: %d words", n)
	}
	if !SamePhrase("due to", "because of") || SamePhrase("due to", "instead of") {
		t.Error("due to is because of, not instead of")
	}
}
