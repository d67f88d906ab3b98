package ledger

import (
	"slices"
	"strings"

	"stemma"
)

// correcting are words by which a report corrects another or itself.
var correcting = []string{
	" correction ", " corrected ", " corrects ", " figure was wrong ", " were wrong ", " was wrong ", " was incorrect ", " incorrectly ", " erroneously ", " mistakenly ",
	" retracted ", " retraction ", " misquoted ", " misstated ", " an earlier version ", " clarified that ",
}

// denials makes the ledger of denials and corrections, each with what it
// denies where another place of the reports has that.
func (b *book) denials() []stemma.Denial {
	var out []stemma.Denial
	add := func(d *stemma.Document, kind, rule string, span stemma.Span, actor stemma.ActorID) {
		c := stemma.Cite{Report: d.Report.ID, Span: span}
		w := b.wordsOf(c)
		for i := range out {
			o := &out[i]
			if o.Kind == kind && o.Actor == actor && likeness(b.wordsOf(o.Cites[0]), w) >= 0.4 {
				e := b.entry(append(slices.Clone(o.Cites), c))
				o.Cites, o.Origins, o.KnownSince = e.Cites, e.Origins, e.KnownSince
				return
			}
		}
		out = append(out, stemma.Denial{Entry: b.entry([]stemma.Cite{c}), Kind: kind, Actor: actor, Rule: rule})
	}
	for _, d := range b.docs {
		for i := range d.Sentences {
			s := &d.Sentences[i]
			if s.Kind != stemma.Prose && s.Kind != stemma.Heading {
				continue
			}
			n := norms(d, s.Span)
			if containsAny(n, correcting...) {
				actor := stemma.ActorID("")
				if st, _ := b.statementIn(d, s); st != nil {
					actor = st.Actor
				}
				add(d, "correction", "corrects", s.Span, actor)
			}
		}
		for i := range d.Statements {
			st := &d.Statements[i]
			if st.Class == "deny" && st.Polarity != "negative" && !overDispute(d, st) {
				add(d, "denial", "cue-deny", st.Span, st.Actor)
			}
		}
	}
	for i := range b.rec.Timeline {
		e := &b.rec.Timeline[i]
		if e.Type == "REJECT" && len(e.Actors) == 1 {
			for _, c := range e.Evidence {
				d := b.doc(c)
				if d == nil || !containsAny(norms(d, c.Span), charges...) || slices.ContainsFunc(out, func(o stemma.Denial) bool { return overlapCites(o.Cites, []stemma.Cite{c}) }) {
					continue
				}
				add(d, "denial", "event-rejects-charge", c.Span, e.Actors[0])
			}
			continue
		}
		if e.Status != "denied" || len(e.Evidence) == 0 {
			continue
		}
		c := e.Evidence[0]
		d := b.doc(c)
		if d == nil {
			continue
		}
		s := sentence(d, c.Span.Start)
		if s == nil || slices.ContainsFunc(out, func(o stemma.Denial) bool {
			return overlapCites(o.Cites, []stemma.Cite{{Report: c.Report, Span: s.Span}})
		}) {
			continue
		}
		if containsAny(norms(d, s.Span), " denied ", " denies ", " deny ", " denial ", " refuted ", " dismissed ") {
			add(d, "denial", "event-denied", s.Span, e.AssertedBy)
		}
	}
	for i := range out {
		b.denied(&out[i])
	}
	slices.SortStableFunc(out, func(x, y stemma.Denial) int { return b.before(x.Cites[0], y.Cites[0]) })
	return out
}

// overDispute reports whether the cue of st speaks of a dispute between parties,
// "ending a dispute that", and of no denial.
func overDispute(d *stemma.Document, st *stemma.Statement) bool {
	first, end := d.TokensIn(st.Cue)
	for k := first; k < end && k < len(d.Tags); k++ {
		if d.Tokens[k].Norm == "dispute" && d.Tags[k].POS == "NOUN" {
			return true
		}
	}
	return false
}

// denied finds what a denial or correction is about: the sentences of reports
// that were out by then and say most of its words, of other actors; for a
// correction with numbers, those that have one of its numbers.
func (b *book) denied(o *stemma.Denial) {
	c := o.Cites[0]
	d := b.doc(c)
	at := b.byID[c.Report]
	// The sentence before tells what is denied as often as not: "A report of
	// 5 March put the number at 140. The mediators said that was wrong."
	span := c.Span
	if k := d.SentenceOf(span.Start); k > 0 && o.Kind == "correction" && d.Sentences[k-1].Paragraph == d.Sentences[k].Paragraph {
		span.Start = d.Sentences[k-1].Start
	}
	w := b.wordsOf(stemma.Cite{Report: c.Report, Span: span})
	numbers := map[string]bool{}
	for x := range w {
		if numeral(x) > 31 && numeral(x) < 1900 {
			numbers[x] = true
		}
	}
	for x := range w {
		if strings.HasPrefix(x, "deni") || x == "wrong" || x == "figure" || strings.HasPrefix(x, "correct") {
			delete(w, x)
		}
	}
	type hit struct {
		cite  stemma.Cite
		score float64
	}
	var best []hit
	for i := 0; i <= at && i < len(b.docs); i++ {
		e := b.docs[i]
		top := hit{}
		for k := range e.Sentences {
			s := &e.Sentences[k]
			if s.Kind != stemma.Prose || i == at && s.Start >= span.Start {
				continue
			}
			cite := stemma.Cite{Report: e.Report.ID, Span: s.Span}
			v := b.wordsOf(cite)
			n := 0
			num := false
			for x := range w {
				if v[x] {
					n++
					num = num || numbers[x]
				}
			}
			score := float64(n) / float64(max(4, min(len(w), len(v))))
			if num {
				score += 0.3
			}
			if len(numbers) > 0 && !num {
				score = 0
			}
			if score > top.score {
				top = hit{cite, score}
			}
		}
		if top.score >= 0.35 && i != at {
			best = append(best, top)
		}
	}
	for _, h := range best {
		o.Of = append(o.Of, h.cite)
	}
	o.Of = b.ordered(o.Of)
}
