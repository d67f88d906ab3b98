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
		"not a subject of negotiation", "not up for negotiation", "under no circumstances", "out of the question", "no compromise on", "must not come at the cost"}, nil},
	{stemma.Rejects, "reject", "the wording isn’t acceptable", []string{
		"not acceptable", "n't acceptable", "are not , and", "unacceptable", "reject*", "refus*", "rule out", "ruled out", "rules out", "can not accept", "cannot accept", "will not accept",
		"would not accept", "not agree to", "not agree", "opposed to", "opposes", "dismissed the", "turned down", "cannot stay as it is", "can not stay as it is", "not be allowed", "negative attitude"}, []string{"reject", "refuse"}},
	{stemma.Conditions, "condition", "ready to talk provided that the patrols leave", []string{
		"provided that", "on condition that", "on the condition", "only if", "only one that", "as long as", "unless", "depend on", "depends on", "depended on", "conditional on", "subject to", "in exchange for", "in return for", "tied to", "not while", "until the"}, nil},
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
			if st.Actor == "" || b.actors[st.Actor] == nil || b.crowd(st.Actor) || st.Polarity == "negative" {
				continue
			}
			all = append(all, b.stated(d, st)...)
		}
	}
	for i := range b.rec.Timeline {
		if p, ok := b.told(&b.rec.Timeline[i]); ok {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(x, y stemma.Position) int { return b.before(x.Cites[0], y.Cites[0]) })
	all = b.sameWords(all)
	b.movement(all)
	return all
}

// stated returns the positions that one statement shows.
func (b *book) stated(d *stemma.Document, st *stemma.Statement) []stemma.Position {
	var out []stemma.Position
	for _, content := range st.Content {
		for k := max(0, d.SentenceOf(content.Start)); k < len(d.Sentences) && d.Sentences[k].Start < content.End; k++ {
			piece := intersect(content, d.Sentences[k].Span)
			if piece.Len() == 0 {
				continue
			}
			n := norms(d, piece)
			for _, other := range []string{" , which ", " , who ", " , whose "} { // what somebody else does
				if main, _, ok := strings.Cut(n, other); ok {
					n = main + " "
				}
			}
			class := ""
			if len(out) == 0 {
				class = st.Class
			}
			stance, rule := stanceOf(n, class)
			is := issueOf(n)
			if stance == "" || is == "" || b.ofAnother(d, st, piece) {
				continue
			}
			p := stemma.Position{
				Entry: b.entry([]stemma.Cite{{Report: d.Report.ID, Span: piece}}),
				Actor: st.Actor, Issue: is, Stance: stance, Via: st.Via, Rule: rule,
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

// told returns the position that an event shows: a demand, a refusal, a
// concession that a report tells of in its own words.
func (b *book) told(e *stemma.Event) (stemma.Position, bool) {
	if len(e.Actors) != 1 || b.actors[e.Actors[0]] == nil || b.crowd(e.Actors[0]) {
		return stemma.Position{}, false
	}
	var stance stemma.Stance
	switch {
	case e.Status == "denied" || e.Status == "cancelled":
		return stemma.Position{}, false
	case e.Type == "REQUEST":
		stance = stemma.Demands
	case e.Type == "REJECT" && e.CAMEO != "125":
		stance = stemma.Rejects
	case e.Type == "CONCEDE":
		stance = stemma.Accepts
	default:
		return stemma.Position{}, false
	}
	var cites []stemma.Cite
	is := ""
	for _, c := range e.Evidence {
		d := b.doc(c)
		if d == nil || b.withinStatement(d, c.Span, e.Actors[0]) {
			continue
		}
		got := issueOf(norms(d, c.Span))
		if got == "" {
			if s := sentence(d, c.Span.Start); s != nil {
				got = issueOf(norms(d, s.Span))
			}
		}
		if got == "" || is != "" && got != is {
			continue
		}
		is = got
		cites = append(cites, c)
	}
	if is == "" {
		return stemma.Position{}, false
	}
	p := stemma.Position{Entry: b.entry(cites), Actor: e.Actors[0], Issue: is, Stance: stance, Rule: "event-" + strings.ToLower(string(e.Type))}
	p.When, p.Inferred = e.When, e.Inferred
	return p, true
}

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
		if !ok {
			p.Movement = "new"
			continue
		}
		q := &all[j]
		p.Previous = &q.Cites[0]
		switch h := hardness[p.Stance] - hardness[q.Stance]; {
		case h == 0:
			p.Movement = "same"
		case p.Cites[0].Report == q.Cites[0].Report || p.KnownSince == q.KnownSince:
			p.Movement = "beside" // two sides of one position, said together
		case h > 0:
			p.Movement = "hardened"
		default:
			p.Movement = "softened"
		}
	}
}
