package lexicon

import "testing"

func TestBuild(t *testing.T) {
	words := []string{"new", "new york", "said"}
	b := string(Build(words, map[string]Entry{
		"new":      {Flags: Adjective | Starts},
		"new york": {Flags: BigCity, NounSense: SenseLocation},
		"said":     {Flags: Past | Participle, VerbSense: 3},
	}))
	h := Hash(0, "new")
	if e := lookup(b, h); !e.Has(Starts) {
		t.Errorf("new: %v", e)
	}
	if e := lookup(b, Hash(h, "york")); !e.Has(BigCity) || e.NounSense != SenseLocation {
		t.Errorf("new york: %v", e)
	}
	if e := lookup(b, Hash(0, "absent")); e != (Entry{}) {
		t.Errorf("absent: %v", e)
	}
}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		word string
		want Flags
	}{
		{"talks", Plural | Third}, {"said", Past | Participle}, {"norway", Country}, {"norwegian", Demonym},
		{"president", Title | Noun}, {"ministry", Org | Noun}, {"maria", Given}, {"johnson", Surname | Common},
		{"tuesday", Time}, {"larger", Comparative}, {"bilateral", Adjective | Lower}, {"bergen", City},
	} {
		if e := Word(c.word); e.Flags&c.want != c.want {
			t.Errorf("%s: %b lacks %b", c.word, e.Flags, c.want&^e.Flags)
		}
	}
}
