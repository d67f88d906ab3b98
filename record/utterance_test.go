package record_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"stemma"
	"stemma/actor"
	"stemma/internal/testenv"
	"stemma/quote"
	"stemma/record"
	"stemma/segment"
)

// spoken returns documents with mentions and statements, their actors common.
func spoken(texts ...string) []*stemma.Document {
	var docs []*stemma.Document
	for i, text := range texts {
		source := fmt.Sprint("report ", i)
		d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(source, text), Source: source, Text: text}}
		d.Sentences, d.Tokens = segment.Split(text)
		d.Mentions = actor.Find(d)
		d.Statements = actor.Resolve(d, quote.Find(d))
		docs = append(docs, d)
	}
	docs, _ = actor.Link(docs, nil)
	return docs
}

// Every quotation of the first real report comes together with its wording in
// the second, and the two are told to differ where they do.
func TestUtterancesOfTheSeeds(t *testing.T) {
	b, err := os.ReadFile(testenv.Shared(t, "seeds", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Quotations []struct {
			N             int
			First, Second string
			SameWords     bool `json:"same_words"`
			Closed        bool `json:"closed_in_second"`
		}
	}
	if err := json.Unmarshal(b, &gold); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, name := range []string{"000_b30bf6e8da73e073.txt", "001_bd595c01e11d1c26.txt"} {
		b, err := os.ReadFile(testenv.Shared(t, "seeds", name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	docs := spoken(texts...)
	us := record.Utterances(docs)
	at := func(doc int, words string) int {
		inner := strings.TrimSuffix(strings.Trim(words, "“”"), ",")
		start := strings.Index(texts[doc], words) + strings.Index(words, inner)
		best, length := -1, 1<<30
		for i, u := range us {
			for _, w := range u.Wordings {
				if w.Report == docs[doc].Report.ID && w.Span.Start <= start && start < w.Span.End && w.Span.Len() < length {
					best, length = i, w.Span.Len() // the innermost
				}
			}
		}
		return best
	}
	altered, same, lost := 0, 0, 0
	seen := map[int]bool{}
	for _, q := range gold.Quotations {
		a, b := at(0, q.First), at(1, q.Second)
		if a != b || a < 0 {
			t.Errorf("quotation %d: its wordings are in utterances %d and %d", q.N, a, b)
			continue
		}
		if seen[a] {
			t.Errorf("quotation %d: in one utterance with another", q.N)
		}
		seen[a] = true
		if us[a].Altered == q.SameWords {
			t.Errorf("quotation %d: altered %v (%s)", q.N, us[a].Altered, us[a].Why)
		}
		if us[a].Altered {
			altered++
		} else {
			same++
		}
		if strings.Contains(us[a].Why, "closing mark lost") {
			lost++
		}
		t.Logf("%2d %-30s %v %s", q.N, us[a].Speaker, us[a].Altered, us[a].Why)
		for _, w := range us[a].Wordings {
			d := docs[slices.IndexFunc(docs, func(d *stemma.Document) bool { return d.Report.ID == w.Report })]
			t.Logf("      %s %v %q", d.Statements[w.Statement].Actor, w.Same, d.Text(w.Span))
		}
	}
	if altered != 13 || same != 6 || lost != 1 {
		t.Errorf("%d altered, %d the same, %d with a lost mark; want 13, 6, 1", altered, same, lost)
	}
	for _, u := range us {
		if len(u.Wordings) < 2 {
			d := docs[slices.IndexFunc(docs, func(d *stemma.Document) bool { return d.Report.ID == u.Wordings[0].Report })]
			t.Logf("alone: %s: %s", u.Speaker, d.Text(u.Wordings[0].Span))
		}
	}
}

// The quotations of the examples that were altered in the rewording, by
// TRUTH.json.
func TestUtterancesOfTheExamples(t *testing.T) {
	b, err := os.ReadFile("../examples/TRUTH.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Altered [][4]string `json:"altered_quotations"`
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir("../examples/kost")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	index := map[string]int{}
	for _, f := range files {
		b, err := os.ReadFile("../examples/kost/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		index[f.Name()] = len(texts)
		texts = append(texts, string(b))
	}
	docs := spoken(texts...)
	us := record.Utterances(docs)
	for _, row := range truth.Altered {
		a, b := index[row[0]], index[row[2]]
		has := func(u *stemma.Utterance, doc int, words string) bool {
			return slices.ContainsFunc(u.Wordings, func(w stemma.Wording) bool {
				return w.Report == docs[doc].Report.ID && strings.Contains(docs[doc].Text(w.Span), words)
			})
		}
		found := false
		for i := range us {
			if u := &us[i]; has(u, a, row[1]) && has(u, b, row[3]) {
				found = true
				if !u.Altered {
					t.Errorf("%q and %q: not told to be altered (%s)", row[1], row[3], u.Why)
				}
				t.Logf("%q | %q: %s", row[1], row[3], u.Why)
			}
		}
		if !found {
			t.Errorf("%q and %q: apart", row[1], row[3])
		}
	}
}

// What the difference between two wordings is called.
func TestWhyWordingsDiffer(t *testing.T) {
	frame := "Talks were held in Bergen. Minister Anna Holt of Osvia, the Osvian foreign minister, said: “%s” She left."
	for _, c := range []struct{ a, b, why string }{
		{"We will sign the paper on Friday with three partners.", "We will sign the paper on Friday with three partners.", ""},
		{"We will sign the paper on Friday with three partners.", "We will not sign the paper on Friday with three partners.", "altered: negation"},
		{"We will sign the paper on Friday with three partners.", "We will sign the paper on Friday with four partners.", "altered: number"},
		{"We will sign the paper with Caldmark in Bergen.", "We will sign the paper with Marenland in Bergen.", "altered: name"},
		{"We will sign the paper with all our partners.", "We may sign the paper with all our partners.", "altered: modality"},
		{"There is much work to be done on the river.", "A lot of work remains to be done on the river.", "same words, two translations"},
		{"We will sign the paper with all our partners.", "We will sign the paper with all our partners and close the border with the northern provinces.", "cut"},
		{"We will sign the paper with all our partners.", "We will sign the paper once the last of the northern provinces has voted on it.", "altered: words"},
	} {
		docs := spoken(fmt.Sprintf(frame, c.a), fmt.Sprintf(frame, c.b))
		us := record.Utterances(docs)
		found := false
		for _, u := range us {
			if len(u.Wordings) == 2 && strings.HasPrefix(docs[0].Text(u.Wordings[0].Span), "We") || len(u.Wordings) == 2 && strings.HasPrefix(docs[0].Text(u.Wordings[0].Span), "There") {
				found = true
				if u.Why != c.why {
					t.Errorf("%q | %q: %q, want %q", c.a, c.b, u.Why, c.why)
				}
				if want := c.why != "" && c.why != "cut"; u.Altered != want {
					t.Errorf("%q | %q: altered %v", c.a, c.b, u.Altered)
				}
			}
		}
		if !found {
			t.Errorf("%q | %q: apart", c.a, c.b)
		}
	}
}

// The time that utterances take grows with their number, not with its square:
// a thousand reports with one quotation, and a thousand quotations alike.
func TestUtterancesOfManyReports(t *testing.T) {
	var texts []string
	for i := range 600 {
		texts = append(texts, fmt.Sprintf("Talks went on in Bergen. “We will sign the paper on the river on Friday,” said Minister Anna Holt. “The patrols of the %d provinces will stay on the river,” she said.", i))
	}
	us := record.Utterances(spoken(texts...))
	if n := len(us[0].Wordings); n != 600 {
		t.Errorf("%d wordings of one utterance, want 600", n)
	}
}

// A speaker's name around two statements does not make them one; a word put for
// its opposite is told.
func TestOneSpeakerSaysTwoThings(t *testing.T) {
	docs := spoken(
		"His counterpart, Lena Morav, who leads the Sulian delegation, rejected the criticism.",
		"Lena Morav, who leads the Sulian delegation, said on Thursday that the Sulian side had accepted the presence of observers at the locks.",
		"Lena Morav, who leads the Sulian delegation, said that the Sulian side had rejected the presence of observers at the locks.",
	)
	us := record.Utterances(docs)
	for _, u := range us {
		in := map[stemma.ReportID]bool{}
		for _, w := range u.Wordings {
			in[w.Report] = true
		}
		if in[docs[1].Report.ID] && (in[docs[0].Report.ID] || !in[docs[2].Report.ID] || u.Why != "differs: opposite") {
			t.Errorf("what was accepted and rejected: wordings in %d reports, %q; want those of the last two, differs: opposite", len(in), u.Why)
		}
	}
}
