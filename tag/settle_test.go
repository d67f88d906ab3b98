package tag

import (
	"testing"

	"stemma"
	"stemma/internal/feature"
	"stemma/internal/spantest"
)

// TestSettle gives the rules of settle what a model might have found, and tells
// what they make of it.
func TestSettle(t *testing.T) {
	for _, c := range []struct{ rule, found, want string }{
		{"hyphen", "It is ⟦person Kim Min⟧-jun.", "It is ⟦person Kim Min-jun⟧."},
		{"hyphen", "We met ⟦place Seo Chun⟧-yu.", "We met ⟦person Seo Chun-yu⟧."},
		{"hyphen", "A ⟦place Port Harun⟧-based firm.", "A ⟦place Port Harun⟧-based firm."},
		{"charge", "The ⟦organisation Nordic Council⟧ for the ⟦other Protection⟧ of Birds.", "The ⟦organisation Nordic Council for the Protection⟧ of Birds."},
		{"charge", "The ⟦organisation Nordic Council⟧ for the ⟦organisation Protection of Birds⟧.", "The ⟦organisation Nordic Council for the Protection of Birds⟧."},
		{"charge", "The ⟦organisation Treaty Commission⟧ for Trade and Customs met.", "The ⟦organisation Treaty Commission for Trade and Customs⟧ met."},
		{"charge", "The ⟦organisation Treaty Commission⟧ for Monday.", "The ⟦organisation Treaty Commission⟧ for Monday."},
		{"site", "They met at the ⟦organisation Nordby Stadium⟧.", "They met at the ⟦place Nordby Stadium⟧."},
		{"state", "The State of ⟦place Sundland⟧ agreed.", "The ⟦place State of Sundland⟧ agreed."},
		{"surname", "⟦person Anna London⟧ came. ⟦place London⟧ said so.", "⟦person Anna London⟧ came. ⟦person London⟧ said so."},
		{"thing", "The ⟦organisation Sandvik Treaty⟧ and the ⟦organisation KX9⟧.", "The ⟦other Sandvik Treaty⟧ and the ⟦other KX9⟧."},
		{"acronym", "⟦person Anna Berg⟧ of NVK said so. NVK denied it.", "⟦person Anna Berg⟧ of ⟦organisation NVK⟧ said so. ⟦organisation NVK⟧ denied it."},
		{"surname", "⟦person Anna London⟧ came. We are in London, and ⟦place London⟧ said so.", "⟦person Anna London⟧ came. We are in ⟦place London⟧, and ⟦place London⟧ said so."},
		{"surname", "The ⟦person Qvarn Velodox⟧ came, but the Velodox broke.", "The ⟦person Qvarn Velodox⟧ came, but the Velodox broke."},
		{"known", "They went to Norway and Montenegro.", "They went to ⟦place Norway⟧ and ⟦place Montenegro⟧."},
		{"known", "UK and US President Anna Berg met us.", "⟦place UK⟧ and ⟦place US⟧ President Anna Berg met us."},
		{"people", "The ⟦place Afghan⟧ team met.", "The ⟦nationality Afghan⟧ team met."},
		{"given", "⟦place Gloria⟧ was ill.", "⟦person Gloria⟧ was ill."},
		{"lone", "They met the ⟦person Protestants⟧.", "They met the ⟦other Protestants⟧."},
		{"lone", "They met the ⟦person Torquell⟧.", "They met the ⟦organisation Torquell⟧."},
		{"dash", "⟦organisation Group G — Norway⟧ 1.", "⟦organisation Group G⟧ — ⟦place Norway⟧ 1."},
		{"known", "The Norway Chess Cup.", "The Norway Chess Cup."},
	} {
		text, marks, err := spantest.Parse(c.found)
		if err != nil {
			t.Fatal(err)
		}
		d := document(text)
		w := Standard().work()
		w.words = feature.Words(d, w.words)
		Standard().words(d, w)
		w.context.Look(d, w.words)
		w.runs = w.runs[:0]
		for _, m := range marks {
			first, end := d.TokensIn(m.Span)
			s := 0
			for d.Sentences[s].EndToken <= first {
				s++
			}
			w.runs = append(w.runs, run{s, first, end, stemma.ActorKind(m.Label)})
		}
		w.settle(d, Standard())
		var got []spantest.Mark
		for _, r := range w.runs {
			if r.first < r.end {
				got = append(got, spantest.Mark{Label: string(r.kind), Span: stemma.Span{Start: d.Tokens[r.first].Start, End: d.Tokens[r.end-1].End}})
			}
		}
		if g := spantest.Format(text, got); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.rule, g, c.want)
		}
	}
}
