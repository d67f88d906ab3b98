package event

import "stemma"

// An Act is a verb with those around it, whatever it tells of: the raw matter
// of timelines of any subject, where [Find] keeps to what PLOVER counts.
type Act struct {
	Verb    stemma.Span
	Lemma   string
	Subject stemma.Span // the words in which its subject stands; zero if none
	Object  stemma.Span // the words behind it that it governs
	When    stemma.Interval
	Past    bool // in the past tense, and not in a clause of condition
	Negated bool
}

// Acts returns the verbs of doc that are no auxiliaries, in text order, those
// within quotation marks left out.
func Acts(doc *stemma.Document) []Act {
	f := newFinder(doc)
	var out []Act
	for i, sent := range doc.Sentences {
		if !toldIn(sent.Kind) || sent.EndToken-sent.FirstToken > maxSentence {
			continue
		}
		s := f.prepare(i)
		f.findEntities(s, sent)
		f.findPredicates(s)
		for k := range s.preds {
			p := &s.preds[k]
			if p.lemma == "be" || s.words[p.head].quoted {
				continue
			}
			ev := found{}
			f.time(s, &ev, p.start, p.end)
			a := Act{Verb: s.words[p.head].span, Lemma: p.lemma, When: ev.When, Negated: p.negated}
			from, to, shared := f.subject(s, k)
			for hops := 0; shared >= 0 && shared != k && hops < 6; hops++ {
				from, to, shared = f.subject(s, shared)
			}
			a.Subject = f.span(s, from, to)
			a.Object = f.span(s, p.end, f.objectEnd(s, k, false))
			a.Past = (s.words[p.head].form&past != 0 || p.passive || p.start < p.head) && p.modal == "" && !p.infinitive && !f.inIf(s, k)
			out = append(out, a)
		}
	}
	return out
}
