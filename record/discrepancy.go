package record

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"stemma"
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
		ca := stemma.Cite{Report: c.Witnesses[0].Report, Span: a}
		cb := stemma.Cite{Report: c.Witnesses[1].Report, Span: b}
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
	words := func(c stemma.Cite) string { return strings.ToLower(byID[c.Report].Text(c.Span)) }
	at := map[string]int{}
	var out []stemma.Discrepancy
	for _, d := range ds {
		if !d.Copied || len(d.Sides) != 2 {
			out = append(out, d)
			continue
		}
		key := string(d.Kind) + "\x00" + words(d.Sides[0][0]) + "\x00" + words(d.Sides[1][0])
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
	kind   stemma.VariantKind // Number or Date
	class  string             // claims are compared within one: "number", "$", "day", …
	doc    int
	words  map[string]float64 // stems of the sentence, weighted by rarity; unit length
	heavy  []string           // stems in order
	linked []int
}

// minLikeness is the least likeness (cosine of the sentences' words, weighted
// by rarity, and a bonus for counting the same thing) at which two claims are
// taken to be of the same matter. See eval/discrepancies.txt.
const (
	minLikeness = 0.42
	sameUnit    = 0.25
)

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
						scores[j] += c.words[w] * claims[j].words[w]
					}
				}
			}
		}
		for j, s := range scores {
			if c.unit != "" && c.unit == claims[j].unit {
				s += sameUnit
			}
			p, ok := best[i][claims[j].doc]
			// Of claims equally alike, the one that agrees; then the first.
			if a := c.agrees(claims[j].figure); !ok || s > p.score+1e-9 ||
				s > p.score-1e-9 && (a && !c.agrees(claims[p.claim].figure) || a == c.agrees(claims[p.claim].figure) && j < p.claim) {
				best[i][claims[j].doc] = partner{j, s}
			}
		}
	}
	group := make([]int, len(claims))
	for i := range group {
		group[i] = i
	}
	var find func(int) int
	find = func(i int) int {
		if group[i] != i {
			group[i] = find(group[i])
		}
		return group[i]
	}
	likeness := map[int]float64{}
	for i, c := range claims {
		for d := range docs {
			p, ok := best[i][d]
			if !ok || p.score < minLikeness || best[p.claim][c.doc].claim != i {
				continue
			}
			a, b := find(i), find(p.claim)
			l := max(likeness[a], likeness[b])
			if !c.agrees(claims[p.claim].figure) {
				l = max(l, p.score)
			}
			group[max(a, b)] = min(a, b)
			likeness[min(a, b)] = l
		}
	}
	members := map[int][]int{}
	for i := range claims {
		members[find(i)] = append(members[find(i)], i)
	}
	var out []stemma.Discrepancy
	for i := range claims {
		if m := members[i]; len(m) > 1 && likeness[i] > 0 {
			if d, ok := disagreement(docs, claims, m, origin); ok {
				d.Weight = 1 + likeness[i]
				if !d.Copied {
					d.Weight++ // independent reports disagree
				}
				out = append(out, d)
			}
		}
	}
	return out
}

// disagreement divides claims of one matter into sides; it reports false if
// they agree.
func disagreement(docs []*stemma.Document, claims []claim, members []int, origin map[stemma.ReportID]int) (stemma.Discrepancy, bool) {
	first := claims[members[0]]
	d := stemma.Discrepancy{Kind: first.kind, Severity: stemma.MeaningBearing}
	var sides []figure
	originsOf := []map[int]bool{}
	unitWords := ""
next:
	for _, i := range members {
		c := claims[i]
		rep := docs[c.doc].Report
		cite := stemma.Cite{Report: rep.ID, Span: c.span}
		if unitWords == "" && c.unit != "" && len(c.unit) > 2 {
			unitWords = docs[c.doc].Text(c.span)
		}
		for s := range sides {
			if sides[s].agrees(c.figure) {
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
	text := func(c stemma.Cite) string {
		for _, doc := range docs {
			if doc.Report.ID == c.Report {
				return doc.Text(c.Span)
			}
		}
		return ""
	}
	d.Question = which(text(a), text(b))
	return d, true
}

// claimsOf returns the figures and dates of docs with the words around them.
func claimsOf(docs []*stemma.Document) []claim {
	df := map[string]int{}
	n := 0
	stems := make([][][]string, len(docs))
	for d, doc := range docs {
		stems[d] = make([][]string, len(doc.Sentences))
		for i, sent := range doc.Sentences {
			n++
			seen := map[string]bool{}
			for t := sent.FirstToken; t < sent.EndToken; t++ {
				w := doc.Tokens[t].Norm
				if !isWord(w) || functionWords()[w] || small[w] > 0 || scales[w] > 0 {
					continue
				}
				if w = stem(w); !seen[w] {
					seen[w] = true
					df[w]++
					stems[d][i] = append(stems[d][i], w)
				}
			}
		}
	}
	var out []claim
	for d, doc := range docs {
		add := func(f figure, kind stemma.VariantKind, class string) {
			c := claim{figure: f, kind: kind, class: class, doc: d, words: map[string]float64{}}
			sum := 0.0
			for _, w := range stems[d][f.sent] {
				idf := math.Log(1 + float64(n)/float64(df[w]))
				c.words[w] = idf
				sum += idf * idf
			}
			for _, w := range stems[d][f.sent] {
				c.words[w] /= math.Sqrt(sum)
			}
			c.heavy = stems[d][f.sent]
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
			if s < 0 || tx.When.IsZero() || tx.Type != "DATE" || doc.Sentences[s].Kind == stemma.Furniture {
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
