package event

import (
	"fmt"
	"os"
	"testing"

	"stemma"
	"stemma/actor"
	"stemma/quote"
	"stemma/segment"
)

func TestDump(t *testing.T) {
	text := os.Getenv("DUMP")
	if text == "" {
		t.Skip()
	}
	doc := &stemma.Document{Report: &stemma.Report{ID: "r", Text: text}}
	doc.Sentences, doc.Tokens = segment.Split(text)
	doc.Mentions = actor.Find(doc)
	doc.Statements = actor.Resolve(doc, quote.Find(doc))
	f := &finder{doc: doc, lex: dictionary(), codes: map[stemma.ActorID]string{}}
	names := []string{"N", "det", "prep", "to", "be", "have", "do", "modal", "neg", "adv", "conj", "sub", "rel", "pron", "poss", "punct", "comma", "VERB"}
	for i, sent := range doc.Sentences {
		s := f.prepare(i)
		f.findEntities(s, sent)
		f.findPredicates(s)
		for _, w := range s.words {
			fmt.Printf("%s/%s", w.norm, names[w.class])
			if w.timex {
				fmt.Print("T")
			}
			if w.ent != 0 {
				fmt.Printf("[%s %s %s]", s.ents[w.ent-1].id, s.ents[w.ent-1].kind, s.ents[w.ent-1].code)
			}
			if w.quoted {
				fmt.Print("Q")
			}
			fmt.Print(" ")
		}
		fmt.Println()
		for k, p := range s.preds {
			a, b, sh := f.subject(s, k)
			m := f.match(s, k)
			fmt.Printf("  %s start %d clause %d pass %v neg %v modal %s inf %v ger %v rel %v red %v | subj %q shared %d | end %d | match %+v | code %+v\n", p.lemma, p.start, p.clause, p.passive, p.negated, p.modal, p.infinitive, p.gerund, p.relative, p.reduced, doc.Text(f.span(s, a, b)), sh, f.objectEnd(s, k, true), m, f.code(s, k, 0))
		}
		f.codeVerbs(s)
		f.codeNouns(s)
		f.lastSubject = f.mainSubject(s)
	}
	for _, e := range f.join() {
		fmt.Println(e.Type, e.CAMEO, e.Status, e.Actors, e.ActorCodes, e.Recipients, e.RecipientCodes, e.Where, e.Rule, doc.Text(e.Evidence[0].Span))
	}
}
