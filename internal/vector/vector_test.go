package vector

import (
	"bytes"
	"testing"

	"stemma/internal/perceptron"
)

// TestSimilarity holds the table to what a reader would say.
func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		word, near, far string
	}{
		{"monday", "tuesday", "treaty"},
		{"talks", "negotiations", "bananas"},
		{"envoy", "ambassador", "piano"},
		{"said", "told", "green"},
		{"kyiv", "ukraine", "violin"},
		{"ceasefire", "truce", "salary"},
		{"begin", "start", "cousin"},
		{"killed", "wounded", "signed"},
	} {
		near, far := Similarity(Word(c.word), Word(c.near)), Similarity(Word(c.word), Word(c.far))
		if near < .35 || far > .25 {
			t.Errorf("%s: %s %.2f, %s %.2f", c.word, c.near, near, c.far, far)
		}
		if back := Similarity(Word(c.near), Word(c.word)); back != near {
			t.Errorf("%s, %s: not symmetric", c.word, c.near)
		}
	}
	if s := Similarity(Word("monday"), Word("monday")); s != 1 {
		t.Errorf("a word to itself: %v", s)
	}
}

func TestUnknown(t *testing.T) {
	id := Word("xqzzvw")
	if id != 0 || id.HasVector() || id.Clusters() != (Clusters{}) || Similarity(id, Word("the")) != 0 {
		t.Errorf("a word that is not there: %d %v", id, id.Clusters())
	}
}

// TestClusters: words of a kind share clusters, and each fine cluster lies in
// one mid and one coarse one.
func TestClusters(t *testing.T) {
	for _, c := range [][2]string{{"monday", "tuesday"}, {"denied", "claimed"}, {"four", "five"}, {"agreement", "treaty"}} {
		a, b := Word(c[0]).Clusters(), Word(c[1]).Clusters()
		if a != b || a.Fine == 0 {
			t.Errorf("%s %v, %s %v", c[0], a, c[1], b)
		}
	}
	for i := 1; i <= 80_000; i++ {
		c := ID(i).Clusters()
		if c.Fine == 0 || c.Mid == 0 || c.Coarse == 0 {
			t.Fatalf("word %d: %v", i, c)
		}
	}
}

func TestBuild(t *testing.T) {
	rows := []Row{
		{"a", 0, []float32{1, 0}}, {"b", 1, []float32{0, 2}}, {"c", 1, []float32{1, 1}}, {"d", 2, nil},
	}
	b := Build(rows, 2, [][2]int{{0, 0}, {1, 0}, {1, 0}})
	tab, err := open(string(b))
	if err != nil {
		t.Fatal(err)
	}
	word := func(s string) ID { return tab.of(perceptron.String(s)) }
	if s := tab.similarity(word("a"), word("c")); s < .705 || s > .709 {
		t.Errorf("45 degrees: %v", s)
	}
	if s := tab.similarity(word("a"), word("d")); s != 0 {
		t.Errorf("a word without a vector: %v", s)
	}
	if c := tab.clusters(word("d")); c != (Clusters{3, 2, 1}) {
		t.Errorf("clusters of d: %v", c)
	}
	for n := range b {
		if _, err := open(string(b[:n])); err == nil {
			t.Fatalf("cut to %d bytes: no error", n)
		}
	}
	if _, err := open(string(bytes.Replace(b, []byte(magic), []byte("stemmaV0"), 1))); err == nil {
		t.Error("another version: no error")
	}
}

func BenchmarkSimilarity(b *testing.B) {
	x, y := Word("talks"), Word("meeting")
	for b.Loop() {
		Similarity(x, y)
	}
}
