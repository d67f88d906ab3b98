package record

import (
	"testing"

	"stemma"
	"stemma/segment"
)

func document(text string) *stemma.Document {
	doc := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID("", text), Text: text}}
	doc.Sentences, doc.Tokens = segment.Split(text)
	return doc
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		text, words, unit string
		lo, hi            float64
	}{
		{"They freed 1,035 prisoners.", "1,035", "prisoner", 1035, 1035},
		{"They freed twenty-one prisoners.", "twenty-one", "prisoner", 21, 21},
		{"They freed six hundred and two people.", "six hundred and two", "people", 602, 602},
		{"Nearly 800 thousand customers sat in the dark.", "800 thousand", "customer", 680000, 800000},
		{"It cost about $1.2bn in all.", "1.2bn", "$", 1.2e9, 1.2e9},
		{"Prices rose by more than 40 per cent.", "40", "%", 40, 60},
		{"He is Anna Holt, 75, of Lund.", "75", "age", 75, 75},
		{"It was a nearly five-hour meeting.", "five", "hour", 4.25, 5},
		{"The list has a dozen names.", "a dozen", "name", 12, 12},
		{"He took two thousand, three hundred men.", "two thousand", "", 2000, 2000},
	} {
		doc := document(c.text)
		var got figure
		found := false
		for _, f := range figures(doc) {
			if doc.Text(f.span) == c.words {
				got, found = f, true
			}
		}
		if !found {
			t.Errorf("%s: %q is no figure (%v)", c.text, c.words, figures(doc))
			continue
		}
		if got.unit != c.unit || abs(got.lo-c.lo) > 1e-6*c.lo || abs(got.hi-c.hi) > 1e-6*c.hi {
			t.Errorf("%s: %q is %v to %v %s, want %v to %v %s", c.text, c.words, got.lo, got.hi, got.unit, c.lo, c.hi, c.unit)
		}
	}
	for _, text := range []string{"One of them left.", "71 of the prisoners left.", "See No. 5.", "It was the 28th time.", "Nobody left."} {
		if f := figures(document(text)); len(f) > 0 {
			t.Errorf("%s: figures %v, want none", text, f)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestDisagreementNeedsOneMatter: figures of different things, and figures that
// can both be right, are no disagreement.
func TestDisagreementNeedsOneMatter(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want string
	}{
		{"The mediators put 140 prisoners on the list of the exchange.", "The mediators’ list names 104 prisoners for the exchange.", "How many prisoners: 140 or 104?"},
		{"The mediators put about 140 prisoners on the list of the exchange.", "The mediators’ list names 135 prisoners for the exchange.", ""},
		{"The mediators put 140 prisoners on the list of the exchange.", "The harbour lost 12 fishing boats in the storm.", ""},
		{"The talks took five hours at the customs house.", "The talks took five days at the customs house.", ""},
	} {
		docs := []*stemma.Document{document(c.a), document(c.b)}
		origin := map[stemma.ReportID]int{docs[0].Report.ID: 0, docs[1].Report.ID: 1}
		got := ""
		for _, d := range disagreements(docs, origin) {
			got += d.Question
		}
		if got != c.want {
			t.Errorf("%q / %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
