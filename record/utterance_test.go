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
		return slices.IndexFunc(us, func(u stemma.Utterance) bool {
			return slices.ContainsFunc(u.Wordings, func(w stemma.Wording) bool {
				return w.Report == docs[doc].Report.ID && w.Span.Start <= start && start < w.Span.End
			})
		})
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
