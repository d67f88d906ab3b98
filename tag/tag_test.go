package tag

import (
	"strings"
	"testing"

	"stemma"
	"stemma/segment"
)

func document(text string) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{ID: "t", Text: text}}
	d.Sentences, d.Tokens = segment.Split(text)
	return d
}

func TestFind(t *testing.T) {
	d := document("OSLO — President Maria Lindqvist said on Tuesday that the talks in Geneva had failed. “We weren’t told,” a Norwegian diplomat said.\n\n" +
		"Ms Lindqvist met envoys of the United Nations and the Ministry of Defence twice.")
	d.Tags, d.Names = Find(d)
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for i, tok := range d.Tokens {
		got[d.Text(tok.Span)] = d.Tags[i].XPOS + " " + d.Tags[i].Lemma
	}
	for word, want := range map[string]string{
		"said": "VBD say", "talks": "NNS talk", "failed": "VBN fail", "were": "VBD be", "n’t": "RB not", "Lindqvist": "NNP ", "envoys": "NNS envoy", "in": "IN ",
	} {
		if got[word] != want {
			t.Errorf("%s: %q, want %q", word, got[word], want)
		}
	}
	var names []string
	for _, n := range d.Names {
		names = append(names, string(n.Kind)+" "+d.Text(n.Span))
	}
	all := strings.Join(names, "; ")
	for _, want := range []string{"person Maria Lindqvist", "place Geneva", "nationality Norwegian", "organisation United Nations", "organisation Ministry of Defence"} {
		if !strings.Contains(all, want) {
			t.Errorf("names %s lack %q", all, want)
		}
	}
}

func TestFindIsPure(t *testing.T) {
	d := document("Anna Berg spoke to Reuters in Oslo.")
	tags, names := Find(d)
	for range 3 {
		Find(document("Nothing of the kind happened in Geneva, Mr Olsen said."))
		again, namesAgain := Find(d)
		if len(again) != len(tags) || len(names) != len(namesAgain) {
			t.Fatal("a second call gives something else")
		}
		for i := range tags {
			if tags[i] != again[i] {
				t.Fatalf("tag %d: %v, then %v", i, tags[i], again[i])
			}
		}
	}
}

func TestModels(t *testing.T) {
	for name, head := range Models() {
		for _, f := range head {
			if f.Value == "" {
				t.Errorf("model %s: no %s", name, f.Key)
			}
		}
	}
	for _, m := range []interface{ Verify() error }{Standard().tags, Standard().names} {
		if err := m.Verify(); err != nil {
			t.Error(err)
		}
	}
}

// A sentence of megabytes and one of nothing but openers end in good time.
func TestWorstCases(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("“", 65_000), strings.Repeat("Oslo ", 200_000), strings.Repeat("x", 1_000_000), "", "\n\n",
	} {
		d := document(text)
		d.Tags, d.Names = Find(d)
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Mr. Berg’s envoy said: “No.”")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		d := document(text)
		d.Tags, d.Names = Find(d)
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	d := document(strings.Repeat("The minister, Maria Lindqvist, told Reuters in Geneva on Tuesday that her delegation would not accept the offer, which the mediators had put forward a week before. ", 30))
	b.ReportAllocs()
	for b.Loop() {
		Find(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
