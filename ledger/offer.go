package ledger

import (
	"slices"
	"strings"

	"stemma"
)

// offering are the rules of events by which somebody offers or demands
// something, with the words that the offer or demand follows.
var offering = map[string]struct{ noun, example string }{
	"governor:offer":     {"offer", "offered to monitor a ceasefire"},
	"governor:propose":   {"offer", "had proposed a joint commission"},
	"governor:volunteer": {"offer", "volunteered to host the talks"},
	"governor:be":        {"offer", "was ready to clear the mines"},
	"governor:prepare":   {"offer", "was prepared to postpone the tariffs"},
	"governor:demand":    {"demand", "demands that Osvia pay $120 million"},
	"governor:insist":    {"demand", "insisted that the army must pull back its tanks"},
	"governor:want":      {"demand", "wants the union to drop its tariff"},
}

// offers finds the proposals that have no name: what somebody offers to do, is
// ready to do, would do on a condition, or demands. ps are those that have one.
func (b *book) offers(ps []stemma.Proposal) []stemma.Proposal {
	var out []stemma.Proposal
	for i := range b.rec.Timeline {
		e := &b.rec.Timeline[i]
		noun := offering[e.Rule].noun
		if e.Type == "AGREE" && e.Status == "conditional" {
			noun = "offer" // "would withdraw its guns if the rebels left"
		}
		if noun == "" || len(e.Actors) != 1 || b.actors[e.Actors[0]] == nil || b.generic(e.Actors[0]) || e.Status == "denied" || strings.HasPrefix(e.CAMEO, "036") {
			continue
		}
		for _, c := range e.Evidence {
			p, ok := b.offer(c, noun)
			if !ok || slices.ContainsFunc(ps, func(o stemma.Proposal) bool { return overlapCites(o.Cites, p.Cites) }) {
				continue
			}
			p.From = addID(nil, e.Actors[0])
			if noun == "demand" || len(p.Terms) > 0 {
				for _, id := range e.Recipients {
					if b.actors[id] != nil && !b.generic(id) && (b.actors[id].Kind != stemma.Place || b.lands[id]) {
						p.To = addID(p.To, id)
					}
				}
			}
			b.addOffer(&out, p)
		}
	}
	for i := range out {
		out[i].Mentions = len(out[i].Cites)
		out[i].Entry = mergeEntry(b.entry(out[i].Cites), out[i].Entry)
	}
	b.spokenOffers(out)
	return out
}

// addOffer adds p to ps, or to the offer of the same side in nearly the same
// words.
func (b *book) addOffer(ps *[]stemma.Proposal, p stemma.Proposal) {
	for i := range *ps {
		o := &(*ps)[i]
		if o.Noun != p.Noun || !b.madeBy(o, p.From[0]) || likeness(b.wordsOf(o.Cites[0]), b.wordsOf(p.Cites[0])) < 0.4 && !overlapCites(o.Cites, p.Cites) {
			continue
		}
		o.Cites = append(o.Cites, p.Cites...)
		for _, t := range p.Terms {
			if !slices.Contains(o.Terms, t) {
				o.Terms = append(o.Terms, t)
			}
		}
		for _, id := range p.To {
			o.To = addID(o.To, id)
		}
		return
	}
	*ps = append(*ps, p)
}

// offerVerbs are the words behind which what is offered or demanded stands.
var offerVerbs = map[string]bool{
	"offered": true, "offers": true, "offering": true, "offer": true, "proposed": true, "proposes": true, "propose": true, "volunteered": true,
	"ready": true, "willing": true, "prepared": true, "demanded": true, "demands": true, "demand": true, "demanding": true,
	"insisted": true, "insists": true, "insist": true, "wants": true, "wanted": true, "want": true,
	"would": true, "will": true,
}

// offer reads what the event at c offers or demands: the words behind the verb
// up to the end of its clause, and its condition.
func (b *book) offer(c stemma.Cite, noun string) (stemma.Proposal, bool) {
	d := b.doc(c)
	if d == nil {
		return stemma.Proposal{}, false
	}
	s := sentence(d, c.Span.Start)
	first, end := d.TokensIn(c.Span)
	verb := -1
	for k := first; k < end; k++ {
		if offerVerbs[d.Tokens[k].Norm] {
			verb = k
			break
		}
	}
	if verb < 0 || verb+2 >= s.EndToken {
		return stemma.Proposal{}, false
	}
	from := verb + 1
	if w := d.Tokens[verb].Norm; w == "would" || w == "will" {
		from = verb
	}
	if from+2 < s.EndToken && d.Tokens[from].Norm == "," && d.Tokens[from+2].Norm == "," {
		from += 3 // ", however,"
	}
	stop, term := clauseEnd(d, s, from)
	if stop-from < 2 || b.vague(d, from, stop) {
		return stemma.Proposal{}, false
	}
	span := stemma.Span{Start: d.Tokens[from].Start, End: d.Tokens[stop-1].End}
	p := stemma.Proposal{Name: d.Text(span), Noun: noun}
	p.Cites = []stemma.Cite{{Report: d.Report.ID, Span: stemma.Span{Start: min(c.Span.Start, d.Tokens[verb].Start), End: span.End}}}
	if !term.IsZero() {
		p.Terms = []stemma.Cite{{Report: d.Report.ID, Span: term}}
		p.Cites[0].Span.End = term.End
	}
	return p, true
}

// vague reports whether the tokens [from:stop) offer nothing in particular:
// "ready to talk".
func (b *book) vague(d *stemma.Document, from, stop int) bool {
	n := 0
	for _, t := range d.Tokens[from:stop] {
		if len(t.Norm) > 2 && !empty[t.Norm] {
			n++
		}
	}
	return n < 2
}

// terms open the condition of an offer.
var terms = []string{"if", "unless", "provided", "once"}

// clauseEnd returns the token behind the clause that begins at token from of
// s, and the condition that follows it.
func clauseEnd(d *stemma.Document, s *stemma.Sentence, from int) (stop int, term stemma.Span) {
	norm := func(k int) string {
		if k < s.EndToken {
			return d.Tokens[k].Norm
		}
		return ""
	}
	opens := func(k int) bool {
		return slices.Contains(terms, norm(k)) || norm(k) == "on" && (norm(k+1) == "condition" || norm(k+1) == "the" && norm(k+2) == "condition") ||
			norm(k) == "as" && norm(k+1) == "long" || norm(k) == "in" && (norm(k+1) == "return" || norm(k+1) == "exchange") && norm(k+2) == "for"
	}
	k, opened := from, false
	for ; k < s.EndToken; k++ {
		if k > from && opens(k) {
			break
		}
		w := norm(k)
		if w == "," && opens(k+1) || w == "," && k > from && digits(norm(k-1)) && digits(norm(k+1)) {
			continue
		}
		if w == "\"" {
			if opened = !opened; !opened {
				continue // what was opened in the clause closes
			}
			if clauseMark(norm(k + 1)) {
				break // what was opened before it
			}
		}
		if clauseMark(w) {
			break
		}
	}
	stop = k
	if k < s.EndToken && opens(k) {
		for k++; k < s.EndToken && !clauseMark(norm(k)); k++ {
		}
		term = stemma.Span{Start: d.Tokens[stop].Start, End: d.Tokens[k-1].End}
	}
	for stop > from+1 && norm(stop-1) == "," {
		stop--
	}
	return stop, term
}

// clauseMark reports whether a clause ends before w.
func clauseMark(w string) bool {
	switch w {
	case ",", ".", ";", ":", "—", "–", "?", "!", "but", "while", "although", "because", "which", "who", "after", "when":
		return true
	}
	return false
}

func digits(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// spokenOffers adds to offers the places nearby that speak of them again: "We
// have made an offer. It is on the table.", "the offer was a step".
func (b *book) spokenOffers(ps []stemma.Proposal) {
	for i := range ps {
		p := &ps[i]
		if p.Noun != "offer" {
			continue
		}
		c := p.Cites[0]
		d := b.doc(c)
		at := d.SentenceOf(c.Span.Start)
		for k := at + 1; k < len(d.Sentences) && k <= at+maxSpoken; k++ {
			s := &d.Sentences[k]
			if slices.ContainsFunc(ps, func(o stemma.Proposal) bool {
				return o.Noun == "offer" && o.Cites[0].Report == c.Report && s.Contains(o.Cites[0].Span)
			}) {
				break
			}
			for t := s.FirstToken + 1; t < s.EndToken; t++ {
				if w := d.Tokens[t-1].Norm; d.Tokens[t].Norm == "offer" && (w == "the" || w == "that" || w == "this" || w == "an" && t > s.FirstToken+1 && d.Tokens[t-2].Norm == "made") {
					if w == "an" && !b.spokenBy(d, d.Tokens[t].Span, p) {
						continue
					}
					p.Cites = append(p.Cites, stemma.Cite{Report: c.Report, Span: stemma.Span{Start: d.Tokens[t-1].Start, End: d.Tokens[t].End}})
				}
			}
		}
		p.Cites = b.ordered(p.Cites)
		p.Mentions = len(p.Cites)
	}
}

// maxSpoken is how many sentences on "the offer" is still the one just made.
const maxSpoken = 5

// spokenBy reports whether s lies in what those say who put p forward.
func (b *book) spokenBy(d *stemma.Document, s stemma.Span, p *stemma.Proposal) bool {
	for i := range d.Statements {
		st := &d.Statements[i]
		for _, c := range st.Content {
			if c.Contains(s) {
				return b.madeBy(p, st.Actor)
			}
		}
	}
	return false
}
