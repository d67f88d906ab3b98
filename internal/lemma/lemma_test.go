package lemma

import (
	"testing"

	"stemma/internal/lexicon"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ norm, pos, xpos, want string }{
		{"talks", "NOUN", "NNS", "talk"}, {"cities", "NOUN", "NNS", "city"}, {"crises", "NOUN", "NNS", "crisis"}, {"men", "NOUN", "NNS", "man"},
		{"boxes", "NOUN", "NNS", "box"}, {"houses", "NOUN", "NNS", "house"}, {"states", "PROPN", "NNPS", "state"}, {"geneva", "PROPN", "NNP", "geneva"},
		{"said", "VERB", "VBD", "say"}, {"making", "VERB", "VBG", "make"}, {"stopped", "VERB", "VBD", "stop"}, {"carried", "VERB", "VBN", "carry"},
		{"agreed", "VERB", "VBD", "agree"}, {"hoping", "VERB", "VBG", "hope"}, {"told", "VERB", "VBN", "tell"}, {"goes", "VERB", "VBZ", "go"},
		{"passes", "VERB", "VBZ", "pass"}, {"is", "AUX", "VBZ", "be"}, {"'s", "AUX", "VBZ", "be"}, {"'s", "PART", "POS", "'s"}, {"n't", "PART", "RB", "not"},
		{"larger", "ADJ", "JJR", "large"}, {"biggest", "ADJ", "JJS", "big"}, {"happier", "ADJ", "JJR", "happy"}, {"better", "ADJ", "JJR", "good"},
		{"them", "PRON", "PRP", "they"}, {"his", "PRON", "PRP$", "his"}, {"an", "DET", "DT", "a"}, {"found", "VERB", "VB", "found"},
	} {
		if got := Of(c.norm, c.pos, c.xpos, lexicon.Word(c.norm)); got != c.want {
			t.Errorf("%s/%s: %q, want %q", c.norm, c.xpos, got, c.want)
		}
	}
}
