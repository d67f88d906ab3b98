package actor_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"stemma"
	"stemma/actor"
	"stemma/internal/testenv"
	"stemma/quote"
)

// Every quotation of the two real reports has the speaker, and the one through
// whom it came, that gold.json gives.
func TestQuotationsOfTheSeeds(t *testing.T) {
	b, err := os.ReadFile(testenv.Shared(t, "seeds", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Quotations []struct {
			N             int
			Speaker       string
			Via           string
			First, Second string
		}
	}
	if err := json.Unmarshal(b, &gold); err != nil {
		t.Fatal(err)
	}
	var docs []*stemma.Document
	for _, name := range []string{"000_b30bf6e8da73e073.txt", "001_bd595c01e11d1c26.txt"} {
		b, err := os.ReadFile(testenv.Shared(t, "seeds", name))
		if err != nil {
			t.Fatal(err)
		}
		d := annotate(name, string(b))
		d.Statements = actor.Resolve(d, quote.Find(d))
		docs = append(docs, d)
	}
	docs, actors := actor.Link(docs, nil)
	name := map[stemma.ActorID]string{}
	for _, a := range actors {
		name[a.ID] = a.Name
	}
	for _, q := range gold.Quotations {
		for i, words := range []string{q.First, q.Second} {
			d := docs[i]
			at := strings.Index(d.Report.Text, words)
			if at < 0 {
				t.Errorf("report %d: no %s", i, words)
				continue
			}
			inner := strings.Trim(words, "“”")
			at += strings.Index(words, inner)
			var found *stemma.Statement
			for k := range d.Statements {
				st := &d.Statements[k]
				for _, s := range st.Content {
					if s.Start <= at && at < s.End && (found == nil || st.Len() < found.Len()) {
						found = st
					}
				}
			}
			if found == nil {
				t.Errorf("report %d: no statement with %s", i, words)
				continue
			}
			if got := name[found.Actor]; got != q.Speaker {
				t.Errorf("report %d, quotation %d: speaker %q, want %q (%s)", i, q.N, got, q.Speaker, d.Text(found.Span))
			}
			if q.Via != "" {
				if len(found.Via) != 1 {
					t.Errorf("report %d, quotation %d: %d via, want %q", i, q.N, len(found.Via), q.Via)
				} else {
					t.Logf("report %d, quotation %d: via %q (%q)", i, q.N, name[found.Via[0].Actor], d.Text(found.Via[0].Span))
				}
			}
		}
	}
}
