package ledger

import (
	"slices"
	"strings"

	"stemma"
)

// A stanceRule says which words show a stance. The first rule of the table
// that holds decides.
type stanceRule struct {
	stance  stemma.Stance
	rule    string
	example string
	phrases []string // of lower-case tokens; "*" stands for any ending
	classes []string // classes of the cue: demand, deny …
}

var stanceRules = []stanceRule{
	{stemma.RedLine, "never", "would never accept foreign guards", []string{
		"never accept", "never agree", "never recogni*", "never allow", "never surrender", "never give up", "red line", "red lines", "non - negotiable", "not negotiable",
		"not a subject of negotiation", "not up for negotiation", "not up for discussion", "not open to negotiation", "under no circumstances", "out of the question", "no compromise on", "must not come at the cost"}, nil},
	{stemma.Rejects, "reject", "the wording isn’t acceptable", []string{
		"not acceptable", "n't acceptable", "are not , and", "unacceptable", "reject*", "refus*", "rule out", "ruled out", "rules out", "can not accept", "cannot accept", "will not accept",
		"would not accept", "not agree to", "not agree", "opposed to", "opposes", "dismissed the", "turned down", "cannot stay as it is", "can not stay as it is", "not be allowed", "negative attitude"}, []string{"reject", "refuse"}},
	{stemma.Conditions, "condition", "ready to talk provided that the patrols leave", []string{
		"provided that", "on condition that", "on the condition", "only if", "only one that", "as long as", "unless", "depend on", "depends on", "depended on", "conditional on", "subject to", "in exchange for", "in return for", "tied to", "not while", "until the", "there will be no agreement", "there will be no deal", "there can be no agreement", "there can be no deal", "there will be no talks"}, nil},
	{stemma.Demands, "demand", "demanded that they be withdrawn without delay", []string{
		"must", "demand*", "insist*", "called on", "calls on", "urged", "urges", "needs to be", "need to be", "has to be", "have to be", "should be withdrawn", "sovereign right"}, []string{"demand", "urge", "request"}},
	{stemma.Offers, "offer", "ready to receive all signals", []string{
		"ready to", "prepared to", "willing to", "open to", "remains open", "will agree", "would agree", "could agree", "can agree", "readiness to", "offered to", "offer to", "promised", "promise*", "pledge*", "undertook to"}, []string{"promise", "offer", "propose"}},
	{stemma.Accepts, "accept", "some proposals seem acceptable", []string{
		"acceptable", "agreed to", "agree to", "agrees to", "agreed in principle", "accept", "accepts", "accepted", "supports", "supported", "welcomes", "welcomed", "approved", "endorse*", "look better", "praised"}, []string{"accept", "agree", "approve"}},
}

// stanceOf returns the stance that norms show, with the rule that says so.
func stanceOf(norms, class string) (stemma.Stance, string) {
	for i := range stanceRules {
		r := &stanceRules[i]
		if slices.Contains(r.classes, class) && class != "" {
			return r.stance, "cue-" + class
		}
		for _, p := range r.phrases {
			q, any := strings.CutSuffix(p, "*")
			if !any {
				q += " "
			}
			if strings.Contains(norms, " "+q) {
				return r.stance, r.rule
			}
		}
	}
	return "", ""
}

// norms returns the tokens of s in lower case, a space before and after each.
func norms(d *stemma.Document, s stemma.Span) string {
	first, end := d.TokensIn(s)
	var sb strings.Builder
	sb.WriteByte(' ')
	for _, t := range d.Tokens[first:end] {
		sb.WriteString(t.Norm)
		sb.WriteByte(' ')
	}
	return sb.String()
}

// hardness orders stances: a move up hardens a position.
var hardness = map[stemma.Stance]int{
	stemma.Accepts: 0, stemma.Offers: 1, stemma.Conditions: 2, stemma.Demands: 3, stemma.Rejects: 4, stemma.RedLine: 5,
}

// positions makes the ledger of positions: from what actors say, piece by
// piece, and from what reports say that they demand, reject or accept.
func (b *book) positions() []stemma.Position {
	var all []stemma.Position
	for _, d := range b.docs {
		for i := range d.Statements {
			st := &d.Statements[i]
			if i := d.SentenceOf(st.Start); i >= 0 && d.Sentences[i].Kind == stemma.Heading || st.Polarity == "negative" {
				continue // what a heading announces the text tells
			}
			who := b.holder(d, st)
			if who == "" || b.generic(who) {
				continue
			}
			all = append(all, b.stated(d, st, who)...)
		}
	}
	stated := len(all)
	for i := range b.rec.Timeline {
		for _, p := range b.told(&b.rec.Timeline[i]) {
			if !slices.ContainsFunc(all[:stated], func(q stemma.Position) bool { return b.restates(&q, &p) }) {
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y stemma.Position) int { return b.before(x.Cites[0], y.Cites[0]) })
	all = b.sameWords(all)
	b.movement(all)
	return all
}

// restates reports whether q, which somebody states, is p, which a report tells
// in the same words: "X said his country accepted …, but insisted that …".
func (b *book) restates(q, p *stemma.Position) bool {
	return q.Stance == p.Stance && q.Issue == p.Issue && overlapCites(q.Cites, p.Cites) &&
		(b.side(q.Actor) == b.side(p.Actor) || b.side(q.Actor) == "" || b.side(p.Actor) == "")
}

// holder returns who holds the position that st states: its speaker; of "the
// government in Hallin" its country; of "Her government" the one that the
// sentence before was about.
func (b *book) holder(d *stemma.Document, st *stemma.Statement) stemma.ActorID {
	if st.Actor == "" || !b.generic(st.Actor) {
		return st.Actor
	}
	first, end := d.TokensIn(st.Speaker)
	for k := first + 1; k < len(d.Tokens) && k <= end; k++ {
		if w := d.Tokens[k].Norm; w != "in" && w != "of" {
			continue
		}
		for _, m := range mentionsIn(d, stemma.Span{Start: d.Tokens[k].End, End: d.Tokens[min(k+3, len(d.Tokens)-1)].End}) {
			if b.lands[m.Actor] && b.side(m.Actor) != "" {
				return b.side(m.Actor)
			}
		}
	}
	if first >= end || !ownWords[d.Tokens[first].Norm] {
		return st.Actor
	}
	from := d.Sentences[max(0, d.SentenceOf(st.Speaker.Start)-1)].Start
	ms := mentionsIn(d, stemma.Span{Start: from, End: st.Speaker.Start})
	for i := len(ms) - 1; i >= 0; i-- {
		if ms[i].Kind == stemma.Person {
			return ms[i].Actor
		}
	}
	return ""
}

var ownWords = map[string]bool{"his": true, "her": true, "their": true, "its": true}

// stated returns the positions of who that one statement shows.
func (b *book) stated(d *stemma.Document, st *stemma.Statement, who stemma.ActorID) []stemma.Position {
	var out []stemma.Position
	for _, content := range st.Content {
		for k := max(0, d.SentenceOf(content.Start)); k < len(d.Sentences) && d.Sentences[k].Start < content.End; k++ {
			piece := intersect(content, d.Sentences[k].Span)
			if piece.Len() == 0 {
				continue
			}
			piece, rest := mainClause(d, piece)
			n := strings.ReplaceAll(norms(d, piece), " until the end ", " until ") // a time, no condition
			class := ""
			if len(out) == 0 {
				class = st.Class
			}
			stance, rule := stanceOf(n, class)
			if stance == "" || b.ofAnother(d, st, piece) || stance == stemma.Rejects && b.rejectsCharge(d, st) {
				continue
			}
			for _, r := range stanceRules {
				for _, p := range r.phrases {
					if strings.Contains(p, " ") { // "not up for negotiation" is no word on negotiations
						n = strings.ReplaceAll(n, " "+p+" ", " ")
					}
				}
			}
			is := issueOf(n)
			if is == "" && stance != stemma.Accepts {
				is = b.issueIn(d, piece, n)
			}
			if is == "" {
				continue
			}
			p := stemma.Position{
				Entry: b.entry([]stemma.Cite{{Report: d.Report.ID, Span: piece}}),
				Actor: who, Issue: is, Stance: stance, Via: st.Via, Rule: rule,
			}
			if before, _ := stanceOf(norms(d, rest), ""); before != "" && before != stance && containsAny(norms(d, rest), untilNow...) {
				p.Previous, p.Movement = &stemma.Cite{Report: d.Report.ID, Span: rest}, moved(before, stance)
			}
			for _, q := range st.Quoted {
				p.Quoted = p.Quoted || q.Overlaps(piece)
			}
			if j := slices.IndexFunc(out, func(o stemma.Position) bool { return o.Issue == is && o.Stance == stance }); j >= 0 {
				continue
			}
			out = append(out, p)
		}
	}
	return out
}

// untilNow are words by which a report says where somebody stood before.
var untilNow = []string{" until now ", " so far ", " until then ", " until recently ", " until last ", " previously ", " had long ", " had earlier ", " up to now "}

// formerly are those that say that it is over.
var formerly = []string{" until now ", " until then ", " until recently ", " previously ", " had long ", " had earlier ", " up to now "}

// rejectsCharge reports whether st denies a report or charge: "rejected reports
// that".
func (b *book) rejectsCharge(d *stemma.Document, st *stemma.Statement) bool {
	first, end := d.TokensIn(st.Cue)
	for k := first; k < len(d.Tokens) && k < end+4; k++ {
		if slices.Contains(charges, " "+d.Tokens[k].Norm+" ") {
			return true
		}
	}
	return false
}

// mainClause returns s without what is set behind it by a comma, and that: a
// clause of "which" or "who", or a noun in apposition, "a demand it had
// rejected until now".
func mainClause(d *stemma.Document, s stemma.Span) (main, rest stemma.Span) {
	first, end := d.TokensIn(s)
	for k := first + 1; k+1 < end; k++ {
		if d.Tokens[k].Norm != "," {
			continue
		}
		switch w := d.Tokens[k+1].Norm; w {
		case "which", "who", "whose", "something", "a", "an":
			if (w == "a" || w == "an") && !(k+2 < end && standing[d.Tokens[k+2].Norm]) {
				continue
			}
			return stemma.Span{Start: s.Start, End: d.Tokens[k-1].End}, stemma.Span{Start: d.Tokens[k+1].Start, End: s.End}
		}
	}
	return s, stemma.Span{}
}

// standing are nouns for what somebody stands for.
var standing = map[string]bool{
	"demand": true, "proposal": true, "idea": true, "condition": true, "step": true, "move": true, "offer": true, "request": true, "plan": true, "suggestion": true,
	"concession": true, "point": true, "measure": true,
}

// attitudes begin the verbs whose subject holds the position.
var attitudes = []string{"reject", "refus", "demand", "insist", "oppos", "dismiss", "promis", "pledg", "accept", "agree", "ruled", "rules", "urge", "welcom"}

// ofAnother reports whether what st says in s is the position of somebody else:
// "X noted that Y rejected the border".
func (b *book) ofAnother(d *stemma.Document, st *stemma.Statement, s stemma.Span) bool {
	first, end := d.TokensIn(s)
	for k := first; k < end; k++ {
		w := d.Tokens[k].Norm
		if !slices.ContainsFunc(attitudes, func(a string) bool { return strings.HasPrefix(w, a) }) || strings.HasSuffix(w, "able") {
			continue
		}
		ms := mentionsIn(d, stemma.Span{Start: d.Tokens[max(first, k-8)].Start, End: d.Tokens[k].Start})
		if len(ms) == 0 {
			continue
		}
		m := ms[len(ms)-1]
		if m.Actor != st.Actor && (b.side(m.Actor) == "" || b.side(m.Actor) != b.side(st.Actor)) {
			return true
		}
	}
	return false
}

func intersect(x, y stemma.Span) stemma.Span {
	s := stemma.Span{Start: max(x.Start, y.Start), End: min(x.End, y.End)}
	if s.End <= s.Start {
		return stemma.Span{}
	}
	return s
}

// told returns the positions that an event shows: a demand, a refusal, a
// concession, an agreement of several, that a report tells of in its own words.
func (b *book) told(e *stemma.Event) []stemma.Position {
	var stance stemma.Stance
	switch {
	case e.Status == "denied" || e.Status == "cancelled":
		return nil
	case e.Type == "AGREE" && (e.Rule == "governor:agree" || e.Rule == "pattern:reach_agreement") && e.Status == "held" && len(e.Actors) > 1:
		stance = stemma.Accepts
	case len(e.Actors) != 1:
		return nil
	case e.Type == "REQUEST":
		stance = stemma.Demands
	case e.Type == "REJECT" && e.CAMEO != "125":
		stance = stemma.Rejects
	case e.Type == "AGREE" && e.Rule == "governor:accept" && e.Status == "held":
		stance = stemma.Accepts
	case e.Type == "CONCEDE":
		stance = stemma.Accepts
	default:
		return nil
	}
	var out []stemma.Position
	for _, actor := range e.Actors {
		if b.generic(actor) {
			continue
		}
		var cites []stemma.Cite
		is := ""
		for _, c := range e.Evidence {
			d := b.doc(c)
			if d == nil || b.withinStatement(d, c.Span, actor) {
				continue
			}
			n := norms(d, c.Span)
			if stance == stemma.Rejects && (containsAny(n, charges...) || containsAny(n, formerly...)) {
				continue // a denial; a stance given up
			}
			got := issueOf(n)
			if s := sentence(d, c.Span.Start); got == "" && s != nil && e.Type != "AGREE" {
				got = issueOf(norms(d, s.Span))
			}
			if got == "" {
				got = b.issueIn(d, c.Span, n)
			}
			if got == "" || is != "" && got != is {
				continue
			}
			is = got
			cites = append(cites, c)
		}
		if is == "" {
			continue
		}
		p := stemma.Position{Entry: b.entry(cites), Actor: actor, Issue: is, Stance: stance, Rule: "event-" + strings.ToLower(string(e.Type))}
		p.When, p.Inferred = e.When, e.Inferred
		out = append(out, p)
	}
	return out
}

// charges are what one rejects without holding a position.
var charges = []string{" criticism ", " accusation ", " accusations ", " allegation ", " allegations ", " reports ", " claim ", " claims ", " charge ", " charges ", " suggestion ", " suggestions "}

// withinStatement reports whether s lies in what actor says.
func (b *book) withinStatement(d *stemma.Document, s stemma.Span, actor stemma.ActorID) bool {
	for i := range d.Statements {
		st := &d.Statements[i]
		if st.Start > s.End {
			break
		}
		for _, c := range st.Content {
			if c.Contains(s) && st.Actor == actor {
				return true
			}
		}
	}
	return false
}

// sameWords joins positions that several reports give in nearly the same
// words.
func (b *book) sameWords(all []stemma.Position) []stemma.Position {
	type key struct {
		actor  stemma.ActorID
		issue  string
		stance stemma.Stance
	}
	at := map[key][]int{}
	var out []stemma.Position
	for _, p := range all {
		k := key{p.Actor, p.Issue, p.Stance}
		joined := false
		for _, i := range at[k] {
			q := &out[i]
			if q.Cites[0].Report == p.Cites[0].Report && !overlapCites(q.Cites, p.Cites) {
				continue
			}
			if likeness(b.wordsOf(q.Cites[0]), b.wordsOf(p.Cites[0])) < 0.4 && !overlapCites(q.Cites, p.Cites) {
				continue
			}
			e := b.entry(append(slices.Clone(q.Cites), p.Cites...))
			q.Cites, q.Origins, q.KnownSince = e.Cites, e.Origins, e.KnownSince
			q.Quoted = q.Quoted || p.Quoted
			joined = true
			break
		}
		if !joined {
			at[k] = append(at[k], len(out))
			out = append(out, p)
		}
	}
	for i := range out {
		out[i].Cites = widest(out[i].Cites)
	}
	return out
}

// widest drops the cites that lie within another.
func widest(cites []stemma.Cite) []stemma.Cite {
	return slices.DeleteFunc(slices.Clone(cites), func(c stemma.Cite) bool {
		return slices.ContainsFunc(cites, func(o stemma.Cite) bool {
			return o != c && o.Report == c.Report && o.Span.Contains(c.Span)
		})
	})
}

func overlapCites(x, y []stemma.Cite) bool {
	for _, c := range x {
		for _, e := range y {
			if c.Report == e.Report && c.Span.Overlaps(e.Span) {
				return true
			}
		}
	}
	return false
}

// wordsOf returns the words of c that bear meaning.
func (b *book) wordsOf(c stemma.Cite) map[string]bool {
	d := b.doc(c)
	if d == nil {
		return nil
	}
	out := map[string]bool{}
	for _, w := range words(d, c.Span) {
		if len(w) > 2 && !empty[w] {
			out[w] = true
		}
	}
	return out
}

// empty are words that say nothing of the matter.
var empty = map[string]bool{
	"the": true, "and": true, "that": true, "this": true, "with": true, "for": true, "was": true, "were": true, "are": true, "has": true, "had": true,
	"have": true, "not": true, "but": true, "from": true, "they": true, "their": true, "its": true, "his": true, "her": true, "would": true, "will": true,
	"which": true, "who": true, "been": true, "there": true, "than": true, "into": true, "also": true, "said": true, "she": true, "all": true,
}

// likeness is the share of words that two sets have in common (Jaccard).
func likeness(x, y map[string]bool) float64 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	n := 0
	for w := range x {
		if y[w] {
			n++
		}
	}
	return float64(n) / float64(len(x)+len(y)-n)
}

// movement sets each position against the actor's last on the same issue.
func (b *book) movement(all []stemma.Position) {
	type key struct {
		actor stemma.ActorID
		issue string
	}
	last := map[key]int{}
	for i := range all {
		p := &all[i]
		k := key{p.Actor, p.Issue}
		j, ok := last[k]
		last[k] = i
		if p.Movement != "" {
			continue // the report itself tells it
		}
		if !ok {
			p.Movement = "new"
			continue
		}
		q := &all[j]
		p.Previous = &q.Cites[0]
		switch {
		case p.Stance == q.Stance:
			p.Movement = "same"
		case p.Cites[0].Report == q.Cites[0].Report || p.KnownSince == q.KnownSince:
			p.Movement = "beside" // two sides of one position, said together
		default:
			p.Movement = moved(q.Stance, p.Stance)
		}
	}
}

// moved says how a position moved from one stance to another.
func moved(from, to stemma.Stance) string {
	if hardness[to] > hardness[from] {
		return "hardened"
	}
	return "softened"
}
