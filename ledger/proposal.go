package ledger

import (
	"cmp"
	"slices"
	"strings"

	"stemma"
)

// proposalNouns are the words for what is negotiated about in writing.
var proposalNouns = map[string]string{
	"proposal": "proposal", "proposals": "proposal", "plan": "plan", "plans": "plan", "framework": "framework", "frameworks": "framework",
	"document": "document", "documents": "document", "draft": "draft", "drafts": "draft", "blueprint": "plan", "roadmap": "plan",
	"memorandum": "memorandum", "memorandums": "memorandum", "initiative": "initiative", "counterproposal": "proposal", "counterproposals": "proposal",
	"treaty": "treaty", "communique": "document", "paper": "paper", "protocol": "document",
}

// handed are the words for what is a proposal only once somebody puts it
// forward: "tabled a detailed schedule".
var handed = map[string]string{"schedule": "schedule", "timetable": "schedule", "package": "package", "offer": "offer", "formula": "formula"}

// versions are modifiers that tell one version of a proposal from another.
var versions = map[string]string{
	"original": "original", "initial": "original", "first": "original", "revised": "revised", "updated": "revised", "amended": "revised", "modified": "revised",
	"earlier": "earlier", "previous": "earlier", "final": "final", "alternative": "alternative", "rival": "alternative", "joint": "joint",
}

// topics are modifiers that say what a proposal is about.
var topics = map[string]bool{"peace": true, "ceasefire": true, "truce": true, "draft": true, "settlement": true, "partition": true, "withdrawal": true, "reconstruction": true}

var numerals = map[string]int{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}

func numeral(w string) int {
	if n, ok := numerals[w]; ok {
		return n
	}
	n := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' || n > 9999 {
			return 0
		}
		n = 10*n + int(w[i]-'0')
	}
	return n
}

// nominal are the parts of speech of noun phrases with their "of" and "for".
var nominal = map[string]bool{"NOUN": true, "PROPN": true, "ADJ": true, "DET": true, "ADP": true, "NUM": true}

// drafts are what a "draft" is one of.
var drafts = map[string]bool{"agreement": true, "accord": true, "resolution": true, "text": true, "deal": true, "law": true, "statement": true}

// A paper is one place that speaks of a proposal.
type paper struct {
	doc      int
	head     int // token
	span     stemma.Span
	noun     string
	points   int
	count    int
	version  string
	topic    string
	side     stemma.ActorID // whose it is said to be: "American proposals"
	owner    stemma.ActorID // "Trump's plan"
	definite bool
	drafted  []stemma.ActorID
	from     []stemma.ActorID
	to       []stemma.ActorID
	basedOn  int // index of the paper it goes back to, plus one
	when     stemma.Timex
	proposal int // index into the result, -1
}

// qualified reports whether the words say which proposal is meant.
func (p *paper) qualified() bool {
	if handed[p.noun] != "" {
		return len(p.from) > 0
	}
	if p.noun == "draft" && len(p.from) > 0 {
		return true
	}
	return p.points > 0 || p.count > 0 || p.version != "" || p.topic != "" || p.side != "" || p.owner != "" || len(p.drafted) > 0
}

// proposals makes the ledger of proposals and documents.
func (b *book) proposals() []stemma.Proposal {
	var papers []paper
	for i := range b.docs {
		papers = append(papers, b.papers(i, len(papers))...)
	}
	var out []stemma.Proposal
	keys := []paper{} // the fullest description of each proposal
	for i := range papers {
		p := &papers[i]
		p.proposal = -1
		if !p.qualified() {
			continue
		}
		for k := range keys {
			if b.samePaper(&keys[k], p) {
				p.proposal = k
				break
			}
		}
		if p.proposal < 0 {
			p.proposal = len(keys)
			keys = append(keys, *p)
			out = append(out, stemma.Proposal{Name: b.paperName(p), Noun: p.noun, Points: p.points, Count: p.count})
		}
		b.fill(&out[p.proposal], &keys[p.proposal], p)
	}
	// "That plan": the one last spoken of in the same report; "the proposal of
	// 11 September": the one of that day.
	for i := range papers {
		p := &papers[i]
		if p.proposal >= 0 || !p.definite {
			continue
		}
		if k := b.ofDay(p, out); k >= 0 {
			p.proposal = k
			b.fill(&out[k], &keys[k], p)
			continue
		}
		for k := i - 1; k >= 0 && papers[k].doc == p.doc; k-- {
			if q := &papers[k]; q.proposal >= 0 && (q.noun == p.noun || handed[p.noun] == "" && p.noun != "document" && q.noun != "document") {
				p.proposal = q.proposal
				b.fill(&out[p.proposal], &keys[p.proposal], p)
				break
			}
		}
	}
	for i := range papers {
		p := &papers[i]
		if p.proposal >= 0 && p.basedOn > 0 {
			if q := papers[p.basedOn-1].proposal; q >= 0 && q != p.proposal {
				out[p.proposal].BasedOn = out[q].Name
			}
		}
	}
	for i := range out {
		p := &out[i]
		p.Mentions = len(p.Cites)
		p.Entry = mergeEntry(b.entry(p.Cites), p.Entry)
		b.changes(p)
	}
	out = append(out, b.offers(out)...)
	slices.SortStableFunc(out, func(x, y stemma.Proposal) int { return b.before(x.Cites[0], y.Cites[0]) })
	return out
}

// ofDay returns the index of the proposal among ps that p, dated by "of", means:
// the only one of that noun and day; -1 if there is none.
func (b *book) ofDay(p *paper, ps []stemma.Proposal) int {
	d := b.docs[p.doc]
	if p.head+2 >= len(d.Tokens) || d.Tokens[p.head+1].Norm != "of" {
		return -1
	}
	at := -1
	for _, t := range d.Times {
		if t.Start != d.Tokens[p.head+2].Start || t.Grain != "day" || t.When.IsZero() {
			continue
		}
		for i := range ps {
			if ps[i].Noun != p.noun || ps[i].When != t.When {
				continue
			}
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// mergeEntry keeps the time of old.
func mergeEntry(e, old stemma.Entry) stemma.Entry {
	e.When, e.Inferred = old.When, old.Inferred
	return e
}

// papers finds the places of one document that speak of proposals. base is the
// number of papers before.
func (b *book) papers(i, base int) []paper {
	d := b.docs[i]
	var out []paper
	for k := range d.Tokens {
		noun := cmp.Or(proposalNouns[d.Tokens[k].Norm], handed[d.Tokens[k].Norm])
		if noun == "" {
			continue
		}
		s := sentence(d, d.Tokens[k].Start)
		if s == nil || s.Kind == stemma.Furniture || s.Kind == stemma.Byline {
			continue
		}
		p, ok := b.paper(d, s, k, noun)
		if !ok {
			continue
		}
		p.doc = i
		b.relations(d, s, &p)
		// "based on an earlier 28-point proposal"
		if n := len(out); n > 0 && out[n-1].span.Start >= s.Start && p.head-out[n-1].head < 9 {
			between := norms(d, stemma.Span{Start: out[n-1].span.End, End: p.span.Start})
			if strings.Contains(between, " based on ") || strings.Contains(between, " version of ") || strings.Contains(between, " builds on ") || strings.Contains(between, " building on ") || strings.Contains(between, " on the basis of ") {
				out[n-1].basedOn = base + n + 1
			}
		}
		out = append(out, p)
	}
	return out
}

// paper reads the noun phrase whose head is token k.
func (b *book) paper(d *stemma.Document, s *stemma.Sentence, k int, noun string) (paper, bool) {
	p := paper{head: k, noun: noun}
	t := d.Tokens[k]
	next := func(i int) string {
		if i < s.EndToken {
			return d.Tokens[i].Norm
		}
		return ""
	}
	if k+1 < s.EndToken && proposalNouns[next(k+1)] != "" {
		return p, false // "draft plan": the second is the head
	}
	if t.Norm == "plans" && (next(k+1) == "to" || next(k+1) == "for" || next(k+1) == "of") {
		return p, false // what somebody means to do
	}
	if len(d.Tags) > k && d.Tags[k].POS == "VERB" {
		return p, false
	}
	first := k
	for j := k - 1; j >= s.FirstToken && j >= k-8; j-- {
		w := d.Tokens[j].Norm
		if w == "-" {
			continue
		}
		if stop := b.modifier(d, &p, j); stop {
			break
		}
		first = j
		if p.count > 0 && numeral(w) == p.count {
			break // a number opens the phrase
		}
	}
	for first < k && d.Tokens[first].Norm == "-" {
		first++
	}
	p.span = stemma.Span{Start: d.Tokens[first].Start, End: t.End}
	if noun == "draft" && drafts[next(k+1)] {
		p.span.End = d.Tokens[k+1].End
	}
	if handed[t.Norm] != "" && (next(k+1) == "for" || next(k+1) == "of") && len(d.Tags) > 0 {
		// "a detailed schedule for the removal of the mines"
		for j := k + 1; j < s.EndToken && j < k+9 && nominal[d.Tags[j].POS]; j++ {
			if d.Tags[j].POS == "NOUN" || d.Tags[j].POS == "PROPN" {
				p.span.End = d.Tokens[j].End
			}
		}
	}
	// "a paper", "a plan to end the war": nothing that can be pointed at.
	for _, m := range mentionsIn(d, stemma.Span{Start: p.span.Start, End: t.Start}) {
		if m.Kind == stemma.Work || m.Form == stemma.ByPronoun {
			continue
		}
		if s := b.side(m.Actor); s != "" {
			p.side = s
		}
	}
	if t.Norm == "plans" && p.points == 0 && p.count == 0 && p.topic == "" && p.version == "" {
		return p, false // "attack plans"
	}
	if noun == "paper" && p.points == 0 && p.count == 0 && p.version == "" {
		return p, false
	}
	return p, true
}

// modifier reads token j as part of the noun phrase before its head; it
// returns true if the phrase begins after j.
func (b *book) modifier(d *stemma.Document, p *paper, j int) bool {
	w := d.Tokens[j].Norm
	switch w {
	case "the", "that", "this", "these", "those", "its", "their", "his", "her", "our":
		p.definite = true
		return true
	case "a", "an", "some", "any", "no", "of", "on", "in", "to", "and", "or", "with", "by", "from", "for", "at", "as", "into", ",", ".", ";", ":", "\"", "(", ")", "'s", "s", "about", "over", "is", "was", "are", "were", "be":
		if w == "'s" && j > 0 {
			// "Trump's plan"
			if ms := mentionsIn(d, stemma.Span{Start: d.Tokens[max(0, j-4)].Start, End: d.Tokens[j].End}); len(ms) > 0 {
				p.owner = ms[len(ms)-1].Actor
				p.side = b.side(p.owner)
			}
		}
		return true
	}
	if giveVerbs[w] || takeVerbs[w] || draftVerbs[w] || verbal[w] {
		return true
	}
	if len(d.Tags) > j {
		switch d.Tags[j].POS {
		case "VERB", "AUX", "ADP", "PRON", "SCONJ", "CCONJ", "PUNCT", "DET", "ADV":
			if versions[w] == "" {
				return true
			}
		}
	}
	if w == "point" || w == "points" {
		for q := j - 1; q >= 0 && q >= j-2; q-- {
			if n := numeral(d.Tokens[q].Norm); n > 1 {
				p.points = n
			}
		}
		return false
	}
	if n := numeral(w); n > 1 {
		if p.points == 0 && n < 200 && d.Tokens[j+1].Norm != "-" { // a "five-page proposal" is one
			p.count = n
		}
		return false
	}
	if v := versions[w]; v != "" {
		p.version = v
	}
	if topics[w] {
		p.topic = w
	}
	return len(w) == 1 || w[0] < '0' || w[0] > 'z'
}

// verbal are words that end the search for modifiers where no tags are at hand.
var verbal = map[string]bool{
	"had": true, "has": true, "have": true, "said": true, "discussed": true, "discussing": true, "discuss": true, "rejected": true, "accepted": true, "alarmed": true,
	"would": true, "will": true, "could": true, "that": true, "who": true, "which": true, "we": true, "they": true, "he": true, "she": true, "it": true, "not": true,
	"called": true, "saw": true, "including": true, "containing": true, "under": true, "between": true, "than": true, "if": true, "but": true, "while": true,
	"after": true, "before": true, "against": true, "through": true, "all": true, "both": true, "each": true, "only": true, "most": true, "more": true, "mr.": true,
}

// draftVerbs and giveVerbs say who wrote a proposal and who put it forward.
var (
	draftVerbs = map[string]bool{"drafted": true, "written": true, "drawn": true, "prepared": true, "authored": true, "devised": true, "wrote": true, "compiled": true}
	giveVerbs  = map[string]bool{
		"presented": true, "submitted": true, "tabled": true, "circulated": true, "offered": true, "put": true, "proposed": true, "handed": true, "transmitted": true,
		"sent": true, "delivered": true, "unveiled": true, "distributed": true, "given": true, "gave": true, "brought": true, "floated": true, "outlined": true, "arrived": true,
	}
	takeVerbs = map[string]bool{"received": true, "receive": true, "got": true, "obtained": true}
)

// relations reads who drafted, gave and received the paper p.
func (b *book) relations(d *stemma.Document, s *stemma.Sentence, p *paper) {
	firstPerson := func(span stemma.Span) (stemma.ActorID, bool) {
		ms := mentionsIn(d, span)
		for _, m := range ms {
			if m.Kind == stemma.Person && m.Form == stemma.ByName {
				return m.Actor, true
			}
		}
		if len(ms) > 0 {
			return ms[0].Actor, true
		}
		return "", false
	}
	end := func(k int) int { return d.Tokens[min(k, s.EndToken-1)].End }
	subject := func(verb int) stemma.ActorID {
		ms := mentionsIn(d, stemma.Span{Start: s.Start, End: d.Tokens[verb].Start})
		if w := d.Tokens[max(0, verb-1)].Norm; w == "-" || w == "," || w == "–" || w == "—" {
			slices.Reverse(ms) // "X – who was there – arrived": the first, not the nearest
		}
		who := stemma.ActorID("")
		for i := len(ms) - 1; i >= 0; i-- {
			if ms[i].Kind != stemma.Place || i == 0 {
				who = ms[i].Actor
				break
			}
		}
		if b.generic(who) { // "his delegation had handed over": that of the speaker
			if st, _ := b.statementIn(d, s); st != nil && st.Actor != "" {
				who = st.Actor
			}
		}
		return who
	}
	// After the noun: "drafted with X", "that X circulated in January", "from the US".
	for k := p.head + 1; k < s.EndToken && k <= p.head+10; k++ {
		w := d.Tokens[k].Norm
		if proposalNouns[w] != "" {
			break
		}
		switch {
		case giveVerbs[w] && (d.Tokens[k-1].Norm == "was" || d.Tokens[k-1].Norm == "were") && k+1 < s.EndToken && d.Tokens[k+1].Norm == "to":
			if id, ok := firstPerson(stemma.Span{Start: d.Tokens[k+1].End, End: end(k + 12)}); ok {
				p.to = addID(p.to, id)
			}
			k = s.EndToken
		case w == "from" && k <= p.head+2:
			if id, ok := firstPerson(stemma.Span{Start: d.Tokens[k].End, End: end(k + 5)}); ok {
				p.from = addID(p.from, id)
			}
		case draftVerbs[w] || giveVerbs[w]:
			by := k + 1
			for by < s.EndToken && by <= k+3 && d.Tokens[by].Norm != "by" && d.Tokens[by].Norm != "with" {
				by++
			}
			who := stemma.ActorID("")
			if by < s.EndToken && by <= k+3 {
				who, _ = firstPerson(stemma.Span{Start: d.Tokens[by].End, End: end(by + 14)})
			} else if ms := mentionsIn(d, stemma.Span{Start: d.Tokens[p.head].End, End: d.Tokens[k].Start}); len(ms) > 0 {
				who = ms[len(ms)-1].Actor
			}
			if who != "" {
				if draftVerbs[w] {
					p.drafted = addID(p.drafted, who)
				} else {
					p.from = addID(p.from, who)
				}
			}
			for _, t := range d.Times {
				if by <= k+3 && d.Tokens[k-1].Norm == d.Tokens[p.head].Norm {
					break // "rejected the plan put forward by X on Thursday": the day of either
				}
				if t.Start >= d.Tokens[k].End && t.End <= end(k+8) && !t.When.IsZero() && t.Type == "DATE" {
					p.when = t
					break
				}
			}
		case w == "." || w == ";" || w == ",":
			if k > p.head+1 {
				k = s.EndToken
			}
		}
	}
	// Before it: "X handed over three documents", "X received four documents from Y".
	start, _ := d.TokensIn(p.span)
	for k := start - 1; k >= s.FirstToken && k >= start-5; k-- {
		w := d.Tokens[k].Norm
		switch {
		case takeVerbs[w]:
			p.to = addID(p.to, subject(k))
			k = -1
		case giveVerbs[w]:
			if w == "put" && (k+1 >= len(d.Tokens) || d.Tokens[k+1].Norm != "forward") || w == "arrived" && d.Tokens[k+1].Norm != "with" {
				continue
			}
			if k > 0 && (d.Tokens[k-1].Norm == "was" || d.Tokens[k-1].Norm == "were" || d.Tokens[k-1].Norm == "been") {
				continue
			}
			p.from = addID(p.from, subject(k))
			for _, t := range d.Times {
				if t.Start >= p.span.End && t.End <= end(p.head+4) && t.Grain == "day" && !t.When.IsZero() {
					p.when = t // "submitted a revised proposal on Wednesday"
				}
			}
			k = -1
		case draftVerbs[w]:
			p.drafted = addID(p.drafted, subject(k))
			k = -1
		}
	}
}

// samePaper reports whether two descriptions can be of one proposal.
func (b *book) samePaper(x, y *paper) bool {
	if x.points > 0 && y.points > 0 {
		return x.points == y.points
	}
	if x.noun != y.noun {
		return false
	}
	giver := func(p *paper) stemma.ActorID {
		if p.side != "" {
			return p.side
		}
		if len(p.from) == 0 {
			return ""
		}
		return cmp.Or(b.side(p.from[0]), p.from[0])
	}
	gx, gy := giver(x), giver(y)
	if gx != "" && gy != "" && gx != gy {
		return false
	}
	if x.version != y.version || x.points != y.points {
		return false
	}
	if x.count > 0 && y.count > 0 {
		return true
	}
	if (x.count > 0) != (y.count > 0) {
		return gx != "" && gx == gy
	}
	if x.version == "" && x.points == 0 {
		return gx == gy && (x.topic == y.topic || gx != "")
	}
	return true
}

// paperName names a proposal as the report does, without its article.
func (b *book) paperName(p *paper) string {
	name := strings.Fields(b.docs[p.doc].Text(p.span))
	for p.points > 0 && len(name) > 2 && placing[strings.ToLower(name[0])] {
		name = name[1:] // "earlier 28-point proposal": its points name it
	}
	return strings.Join(name, " ")
}

// placing are words that place a proposal among others and are no part of its
// name.
var placing = map[string]bool{"earlier": true, "latest": true, "previous": true, "recent": true, "new": true, "current": true, "same": true}

// fill adds what p says to the proposal out, whose description is key.
func (b *book) fill(out *stemma.Proposal, key, p *paper) {
	out.Cites = append(out.Cites, stemma.Cite{Report: b.docs[p.doc].Report.ID, Span: p.span})
	for _, id := range p.drafted {
		out.Drafted = addID(out.Drafted, id)
	}
	for _, id := range p.from {
		out.From = addID(out.From, id)
	}
	if p.qualified() && len(out.From) == 0 && p.side != "" && p.points == 0 {
		out.From = addID(out.From, cmp.Or(p.owner, p.side))
	}
	for _, id := range p.to {
		out.To = addID(out.To, id)
	}
	if out.When.IsZero() && !p.when.When.IsZero() {
		out.When, out.Inferred = p.when.When, p.when.Inferred
	}
	if key.side == "" {
		key.side = p.side
	}
	if len(key.from) == 0 {
		key.from = p.from
	}
}

// changes finds what reports say of points put in or taken out of p.
func (b *book) changes(p *stemma.Proposal) {
	for _, c := range p.Cites {
		d := b.doc(c)
		k := d.SentenceOf(c.Span.Start)
		for j := k; j <= k+1 && j >= 0 && j < len(d.Sentences); j++ {
			s := d.Sentences[j].Span
			n := norms(d, s)
			if !containsAny(n, " point ", " points ", " clause ", " clauses ", " article ", " provision ", " provisions ", " paragraph ") {
				continue
			}
			if strings.Contains(n, "- point ") && strings.Count(n, " point ") == strings.Count(n, "- point ") && !containsAny(n, " points ", " clause ", " provision ") {
				continue
			}
			if !containsAny(n, " dropped ", " removed ", " deleted ", " added ", " included ", " struck ", " cut ", " taken out ", " inserted ", " left out ", " watered down ") {
				continue
			}
			cite := stemma.Cite{Report: c.Report, Span: s}
			if !slices.Contains(p.Changes, cite) {
				p.Changes = append(p.Changes, cite)
			}
		}
	}
}

func containsAny(s string, subs ...string) bool {
	return slices.ContainsFunc(subs, func(x string) bool { return strings.Contains(s, x) })
}

// answers sets the positions on a proposal beside it.
func (b *book) answers(l *stemma.Ledgers) {
	for i := range l.Proposals {
		p := &l.Proposals[i]
		for k := range l.Positions {
			q := &l.Positions[k]
			if !overlapSentence(b, q.Cites, p.Cites) || q.Stance != stemma.Accepts && q.Stance != stemma.Rejects && b.madeBy(p, q.Actor) {
				continue
			}
			if !slices.ContainsFunc(p.Answers, func(r stemma.Reaction) bool { return r.Actor == q.Actor && r.Stance == q.Stance }) {
				p.Answers = append(p.Answers, stemma.Reaction{Actor: q.Actor, Stance: q.Stance, Cite: q.Cites[0]})
			}
		}
	}
}

// madeBy reports whether actor or its side put p forward.
func (b *book) madeBy(p *stemma.Proposal, actor stemma.ActorID) bool {
	return slices.ContainsFunc(p.From, func(id stemma.ActorID) bool {
		return id == actor || b.side(id) != "" && b.side(id) == b.side(actor)
	})
}

// overlapSentence reports whether a cite of y lies within one of x.
func overlapSentence(b *book, x, y []stemma.Cite) bool {
	for _, c := range x {
		for _, e := range y {
			if c.Report == e.Report && c.Span.Contains(e.Span) {
				return true
			}
		}
	}
	return false
}
