package record

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"stemma"
	"stemma/internal/words"
	"stemma/reuse"
)

// discrepancies lists the matters on which the documents do not agree,
// weightiest first: what copies changed of the meaning of their exemplars, and
// the figures and dates that reports give differently for the same thing.
func discrepancies(docs []*stemma.Document, collations []*stemma.Collation, origin map[stemma.ReportID]int) []stemma.Discrepancy {
	out := disagreements(docs, origin)
	taken := map[stemma.ReportID][]stemma.Span{}
	for _, d := range out {
		for _, side := range d.Sides {
			for _, c := range side {
				taken[c.Report] = append(taken[c.Report], c.Span)
			}
		}
	}
	byID := map[stemma.ReportID]*stemma.Document{}
	for _, doc := range docs {
		byID[doc.Report.ID] = doc
	}
	for _, c := range collations {
		out = append(out, alterations(c, byID, taken)...)
	}
	out = sameAlteration(out, byID)
	slices.SortStableFunc(out, func(a, b stemma.Discrepancy) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), byCite(a.Sides[0][0], b.Sides[0][0]))
	})
	return out
}

func byCite(a, b stemma.Cite) int {
	return cmp.Or(strings.Compare(string(a.Report), string(b.Report)), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
}

// A change is a disagreement only within sentences that tell of the same thing,
// and if it is not a whole clause written anew. (examples/kost: a passage put
// over other words has likeness .29, sentences reworded throughout .55 and more.)
const (
	minBead  = 0.4
	maxWords = 8
)

func wordCount(doc *stemma.Document, s stemma.Span) int {
	first, end := doc.TokensIn(s)
	return end - first
}

// alterations returns the meaning-bearing changes of c in which both sides say
// something. (What only one side says is no disagreement.)
func alterations(c *stemma.Collation, byID map[stemma.ReportID]*stemma.Document, taken map[stemma.ReportID][]stemma.Span) []stemma.Discrepancy {
	var out []stemma.Discrepancy
	for _, locus := range c.Loci {
		if locus.Severity != stemma.MeaningBearing || len(locus.Readings) != 2 {
			continue
		}
		a, b := locus.Readings[0].Span, locus.Readings[1].Span
		if a.Len() == 0 || b.Len() == 0 {
			continue
		}
		if locus.Bead < len(c.Beads) && c.Beads[locus.Bead].Score < minBead {
			continue
		}
		ca := stemma.Cite{Report: c.Witnesses[0].Report, Span: a}
		cb := stemma.Cite{Report: c.Witnesses[1].Report, Span: b}
		if max(wordCount(byID[ca.Report], a), wordCount(byID[cb.Report], b)) > maxWords && locus.Kind != stemma.Roles {
			continue // written anew, not said otherwise
		}
		if overlaps(taken[ca.Report], a) && overlaps(taken[cb.Report], b) {
			continue
		}
		out = append(out, stemma.Discrepancy{
			Kind:     locus.Kind,
			Severity: locus.Severity,
			Question: which(byID[ca.Report].Text(a), byID[cb.Report].Text(b)),
			Sides:    [][]stemma.Cite{{ca}, {cb}},
			Weight:   locus.Weight,
			Copied:   true,
		})
	}
	return out
}

func which(a, b string) string {
	return fmt.Sprintf("Is it “%s” or “%s”?", short(a), short(b))
}

// short returns words on one line, cut to a dozen.
func short(text string) string {
	words := strings.Fields(strings.Trim(text, "“”\"‘’"))
	if len(words) > 12 {
		words = append(words[:12:12], "…")
	}
	return strings.Join(words, " ")
}

func overlaps(spans []stemma.Span, s stemma.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}

// sameAlteration joins discrepancies that have the same words on each side: a
// change that a copy of the copy kept is one change, borne by both.
func sameAlteration(ds []stemma.Discrepancy, byID map[stemma.ReportID]*stemma.Document) []stemma.Discrepancy {
	said := func(c stemma.Cite) string { return strings.ToLower(byID[c.Report].Text(c.Span)) }
	at := map[string]int{}
	var out []stemma.Discrepancy
	for _, d := range ds {
		if !d.Copied || len(d.Sides) != 2 {
			out = append(out, d)
			continue
		}
		key := string(d.Kind) + "\x00" + said(d.Sides[0][0]) + "\x00" + said(d.Sides[1][0])
		i, ok := at[key]
		if !ok {
			at[key] = len(out)
			out = append(out, d)
			continue
		}
		for s := range d.Sides {
			for _, c := range d.Sides[s] {
				if !slices.Contains(out[i].Sides[s], c) {
					out[i].Sides[s] = append(out[i].Sides[s], c)
				}
			}
		}
	}
	return out
}

// A claim is a figure or a date that a report gives, with the words around it
// by which it is known what it is a figure of.
type claim struct {
	figure
	kind  stemma.VariantKind // Number or Date
	class string             // claims are compared within one: "number", "$", "day", …
	doc   int
	words map[string]float64 // rarities of the stems of the sentence
	heavy []string           // stems in order
	near  map[string]bool    // those of the words next to the claim
}

// Two claims are taken to be of the same matter if their likeness, the sum of
// the rarities of the words that their sentences share (as reuse.Rarity gives
// them), reaches minLikeness. Counting the same thing counts as sameUnit more.
// Set on eval/discrepancies.txt.
const (
	minLikeness = 8
	sameUnit    = 4
)

// besides reports whether c and d stand beside a word in common that tells
// something: the sentences may share much that is not about the claims.
func (c claim) besides(d claim) bool {
	for w := range c.near {
		if d.near[w] && c.words[w] >= 2 {
			return true
		}
	}
	return false
}

// far reports whether two figures are so far apart that they will be of
// different things.
func far(f, g figure) bool { return f.lo > 8*g.hi || g.lo > 8*f.hi }

// lengths are the units that are only compared with themselves.
var lengths = map[string]bool{
	"second": true, "minute": true, "hour": true, "day": true, "night": true, "week": true, "month": true, "year": true, "decade": true, "century": true, "time": true,
	"metre": true, "meter": true, "kilometre": true, "kilometer": true, "km": true, "mile": true, "mph": true, "foot": true, "feet": true, "acre": true, "hectare": true,
	"ton": true, "tonne": true, "kilogram": true, "kg": true, "litre": true, "liter": true, "barrel": true, "degree": true, "dollar": true, "age": true, "euro": true, "pound": true, "crown": true,
}

// disagreements returns the figures and dates that documents give differently
// for the same matter. Two claims are of the same matter if each is the most
// alike to the other between their documents.
func disagreements(docs []*stemma.Document, origin map[stemma.ReportID]int) []stemma.Discrepancy {
	claims := claimsOf(docs)
	postings := map[string][]int{}
	for i, c := range claims {
		for _, w := range c.heavy {
			postings[w] = append(postings[w], i)
		}
	}
	type partner struct {
		claim int
		score float64
	}
	best := make([]map[int]partner, len(claims)) // by document
	for i, c := range claims {
		best[i] = map[int]partner{}
		scores := map[int]float64{}
		for _, w := range c.heavy {
			if list := postings[w]; len(list) <= 400 { // a word of every sentence tells nothing
				for _, j := range list {
					if claims[j].doc != c.doc && claims[j].class == c.class {
						scores[j] += c.words[w]
					}
				}
			}
		}
		for j, s := range scores {
			switch {
			case c.unit != "" && c.unit == claims[j].unit && !far(c.figure, claims[j].figure):
				s += sameUnit
			case c.kind == stemma.Number && far(c.figure, claims[j].figure):
				continue
			case !c.besides(claims[j]):
				continue
			case c.kind == stemma.Number && (lengths[c.unit] || lengths[claims[j].unit]):
				continue // hours are not days
			}
			p, ok := best[i][claims[j].doc]
			// Of claims equally alike, the one that agrees; then the first.
			if a := c.agrees(claims[j].figure); !ok || s > p.score+1e-9 ||
				s > p.score-1e-9 && (a && !c.agrees(claims[p.claim].figure) || a == c.agrees(claims[p.claim].figure) && j < p.claim) {
				best[i][claims[j].doc] = partner{j, s}
			}
		}
	}
	// Join the pairs, the most alike first, unless that would put two claims
	// of one report on the same matter.
	type pair struct {
		a, b  int
		score float64
	}
	var pairs []pair
	for i, c := range claims {
		for d := range docs {
			if p, ok := best[i][d]; ok && i < p.claim && p.score >= minLikeness && best[p.claim][c.doc].claim == i {
				pairs = append(pairs, pair{i, p.claim, p.score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(y.score, x.score) })
	matter := make([]*matter, len(claims))
	for i, c := range claims {
		matter[i] = newMatter(i, c.doc)
	}
	for _, p := range pairs {
		m, n := matter[p.a], matter[p.b]
		if m == n || m.shares(n) {
			continue
		}
		if !claims[p.a].agrees(claims[p.b].figure) {
			m.likeness = max(m.likeness, p.score)
		}
		for _, i := range n.claims {
			matter[i] = m
		}
		m.join(n)
	}
	var out []stemma.Discrepancy
	for i, m := range matter {
		if i != slices.Min(m.claims) || m.likeness == 0 {
			continue
		}
		slices.Sort(m.claims)
		if d, ok := disagreement(docs, claims, m.claims, origin); ok {
			d.Weight = 1 + m.likeness/40
			if !d.Copied {
				d.Weight++ // independent reports disagree
			}
			out = append(out, d)
		}
	}
	return out
}

// A matter is what several claims, one for each report at most, are about.
type matter struct {
	claims   []int
	docs     map[int]bool
	likeness float64 // of the most alike claims that disagree; 0 if all agree
}

func newMatter(claim, doc int) *matter {
	return &matter{claims: []int{claim}, docs: map[int]bool{doc: true}}
}

func (m *matter) shares(n *matter) bool {
	for d := range n.docs {
		if m.docs[d] {
			return true
		}
	}
	return false
}

func (m *matter) join(n *matter) {
	m.claims = append(m.claims, n.claims...)
	for d := range n.docs {
		m.docs[d] = true
	}
	m.likeness = max(m.likeness, n.likeness)
}

// disagreement divides claims of one matter into sides; it reports false if
// they agree.
func disagreement(docs []*stemma.Document, claims []claim, members []int, origin map[stemma.ReportID]int) (stemma.Discrepancy, bool) {
	first := claims[members[0]]
	d := stemma.Discrepancy{Kind: first.kind, Severity: stemma.MeaningBearing}
	var sides []figure
	originsOf := []map[int]bool{}
next:
	for _, i := range members {
		c := claims[i]
		rep := docs[c.doc].Report
		cite := stemma.Cite{Report: rep.ID, Span: c.span}
		words := strings.ToLower(docs[c.doc].Text(c.span))
		for s := range sides {
			if sides[s].agrees(c.figure) || originsOf[s][origin[rep.ID]] && strings.ToLower(textOf(docs, d.Sides[s][0])) == words {
				d.Sides[s] = append(d.Sides[s], cite)
				sides[s].lo, sides[s].hi = max(sides[s].lo, c.lo), min(sides[s].hi, c.hi)
				originsOf[s][origin[rep.ID]] = true
				continue next
			}
		}
		d.Sides = append(d.Sides, []stemma.Cite{cite})
		sides = append(sides, c.figure)
		originsOf = append(originsOf, map[int]bool{origin[rep.ID]: true})
	}
	if len(d.Sides) < 2 {
		return d, false
	}
	d.Copied = true
	all := map[int]bool{}
	for _, set := range originsOf {
		for o := range set {
			all[o] = true
		}
	}
	d.Copied = len(all) == 1
	a, b := d.Sides[0][0], d.Sides[1][0]
	d.Question = which(textOf(docs, a), textOf(docs, b))
	for _, i := range members {
		switch c := claims[i]; {
		case c.unit == "age":
			d.Question = fmt.Sprintf("How old: %s or %s?", textOf(docs, a), textOf(docs, b))
		case c.kind == stemma.Number && plural(c.noun):
			d.Question = fmt.Sprintf("How many %s: %s or %s?", c.noun, textOf(docs, a), textOf(docs, b))
		default:
			continue
		}
		break
	}
	return d, true
}

// nearWords returns the stems of the eight words on each side of f, within its
// sentence, names aside: they stand beside everything that is told of them.
func nearWords(doc *stemma.Document, f figure) map[string]bool {
	sent := doc.Sentences[f.sent]
	first, end := doc.TokensIn(f.span)
	near := map[string]bool{}
	for i := max(sent.FirstToken, first-8); i < min(sent.EndToken, end+8); i++ {
		if len(doc.Tags) == 0 || doc.Tags[i].POS != "PROPN" {
			near[stem(doc.Tokens[i].Norm)] = true
		}
	}
	return near
}

// textOf returns the words that c cites.
func textOf(docs []*stemma.Document, c stemma.Cite) string {
	for _, doc := range docs {
		if doc.Report.ID == c.Report {
			return doc.Text(c.Span)
		}
	}
	return ""
}

// claimsOf returns the figures and dates of docs with the words around them.
func claimsOf(docs []*stemma.Document) []claim {
	stems := make([][][]string, len(docs))
	for d, doc := range docs {
		stems[d] = make([][]string, len(doc.Sentences))
		for i, sent := range doc.Sentences {
			seen := map[string]bool{}
			for t := sent.FirstToken; t < sent.EndToken; t++ {
				w := doc.Tokens[t].Norm
				if !isWord(w) || functionWords()[w] || words.NumberStart(w) {
					continue
				}
				if w = stem(w); !seen[w] {
					seen[w] = true
					stems[d][i] = append(stems[d][i], w)
				}
			}
		}
	}
	// A word that stands in many sentences of a report tells little of what
	// one of them is about: the sentences per report that have it.
	perDoc := map[string]float64{}
	in := map[string]int{}
	for d := range stems {
		seen := map[string]bool{}
		for _, sent := range stems[d] {
			for _, w := range sent {
				perDoc[w]++
				if !seen[w] {
					seen[w] = true
					in[w]++
				}
			}
		}
	}
	for w, n := range in {
		perDoc[w] /= float64(n)
	}
	var out []claim
	for d, doc := range docs {
		add := func(f figure, kind stemma.VariantKind, class string) {
			c := claim{figure: f, kind: kind, class: class, doc: d, words: map[string]float64{}}
			for _, w := range stems[d][f.sent] {
				c.words[w] = reuse.Rarity(w) / math.Sqrt(perDoc[w])
			}
			c.heavy = stems[d][f.sent]
			c.near = nearWords(doc, f)
			out = append(out, c)
		}
		for _, f := range figures(doc) {
			class := "number"
			if f.unit == "$" || f.unit == "%" {
				class = f.unit
			}
			add(f, stemma.Number, class)
		}
		for _, tx := range doc.Times {
			s := doc.SentenceOf(tx.Start)
			if s < 0 || tx.When.IsZero() || tx.Type != "DATE" || tx.Part != "" && tx.Grain != "day" || strings.HasSuffix(tx.Value, "_REF") || doc.Sentences[s].Kind == stemma.Furniture {
				continue
			}
			switch tx.Grain {
			case "day", "month", "year":
				f := figure{sent: s, span: tx.Span, lo: float64(tx.When.From.Unix()), hi: float64(tx.When.To.Unix() - 1)}
				add(f, stemma.Date, tx.Grain)
			}
		}
	}
	return out
}
