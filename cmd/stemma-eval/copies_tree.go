package main

import (
	"cmp"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/internal/copygen"
	"stemma/reuse"
)

// copiesTrees measures the trees: on generated families by the measures of
// Marmerola et al. (2016), on a hand-copied tradition by the average sign
// distance of Roos and Heikkilä (2009).
func copiesTrees(args []string) error {
	fs := flag.NewFlagSet("copies-trees", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "folder of corpora")
	out := fs.String("o", "eval/copies-trees.txt", "where the figures go; - for standard output")
	seed := fs.Uint64("seed", 5, "seed of the generated families")
	families := fs.Int("families", 60, "generated families of each sort")
	verbose := fs.Bool("v", false, "print the tree of the tradition")
	fs.Parse(args)
	var b strings.Builder
	fmt.Fprintf(&b, "# Family trees: go run ./cmd/stemma-eval copies-trees -seed %d -families %d\n# %s\n", *seed, *families, time.Now().UTC().Format("2006-01-02"))
	if err := generatedTrees(&b, *data, *seed, *families); err != nil {
		return err
	}
	if err := tradition(&b, *data, *verbose); err != nil {
		return err
	}
	if err := generatedTraditions(&b, *data, *seed, *families); err != nil {
		return err
	}
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, b.String())
		return err
	}
	return os.WriteFile(*out, []byte(b.String()), 0o644)
}

// tradition scores the tree of Notre Besoin, a French text copied by hand.
func tradition(w io.Writer, data string, verbose bool) error {
	texts, err := variantGraph(filepath.Join(data, "besoin/besoin.xml"))
	if err != nil {
		return err
	}
	dot, err := os.ReadFile(filepath.Join(data, "besoin/besoin.dot"))
	if err != nil {
		return err
	}
	truth := map[string][]string{}
	for _, m := range regexp.MustCompile(`(\w+) -> (\w+);`).FindAllStringSubmatch(string(dot), -1) {
		truth[m[1]] = append(truth[m[1]], m[2])
		truth[m[2]] = append(truth[m[2]], m[1])
	}
	var docs []*stemma.Document
	var names []string
	for _, n := range sortedKeys(texts) {
		if truth[n] == nil {
			continue
		}
		docs = append(docs, plainDocument(n, "", texts[n]))
		names = append(names, n)
	}
	found := foundTree(docs, verbose)
	fmt.Fprintf(w, `
## Notre Besoin (data/besoin, class C, measured only): %d witnesses of a text copied by hand, with two second sources
average sign distance %.3f   (goal .76)
Definition: over all ordered triples (A, B, C) of extant witnesses, the mean of 1 − ½·|sign(d(A,B) − d(A,C)) − sign(d′(A,B) − d′(A,C))|,
where d and d′ are the numbers of edges on the shortest path in the true graph (lost witness and second sources included) and in the tree found.
`, len(names), signDistance(names, distances(truth, names), distances(found, names)))
	fmt.Fprintf(w, "for comparison, a tree that knows nothing (all from one): %.3f\n", signDistance(names, distances(truth, names), distances(star(names), names)))
	return nil
}

// foundTree returns the neighbours of each witness and lost witness in the
// trees found.
func foundTree(docs []*stemma.Document, verbose bool) map[string][]string {
	copies := reuse.Find(docs, reuse.Options{Samples: 1})
	found := map[string][]string{}
	for k, st := range reuse.Families(docs, copies, reuse.Options{Samples: 1}) {
		label := func(i int) string {
			if r := st.Nodes[i].Report; r != "" {
				return string(r)
			}
			return fmt.Sprintf("(lost %d of %d)", i, k)
		}
		for i, n := range st.Nodes {
			if verbose {
				p := "-"
				if n.Parent >= 0 {
					p = label(n.Parent)
				}
				fmt.Fprintf(os.Stderr, "%s from %s\n", label(i), p)
			}
			if n.Parent >= 0 {
				found[label(i)] = append(found[label(i)], label(n.Parent))
				found[label(n.Parent)] = append(found[label(n.Parent)], label(i))
			}
		}
	}
	return found
}

// generatedTraditions scores the trees of texts copied by scribes.
func generatedTraditions(w io.Writer, data string, seed uint64, count int) error {
	news, err := background(filepath.Join(data, "attributions/text"), 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Generated traditions: Wikinews (data/attributions, class A) copied by scribes, %d of each sort, 8 to 40 witnesses of 800 words or more
Each copy has 3 to 12 slips in a thousand words, give or take; one in fourteen has a third from a second source, one in fourteen of those left lost half its text.
average sign distance, the tree found and one that knows nothing
`, count)
	for _, lost := range []float64{0, 0.25, 0.4} {
		sum, none, measured := 0.0, 0.0, 0
		for k := range count {
			r := rand.New(rand.NewPCG(seed, uint64(k)<<8|uint64(lost*100)))
			text := ""
			for len(strings.Fields(text)) < 800 {
				text += news[r.IntN(len(news))].Report.Text + "\n"
			}
			s := copygen.NewScribe(r, text)
			made := [][]string{s.Original()}
			truth := map[string][]string{}
			join := func(i, j int) {
				a, b := fmt.Sprintf("w%02d", i), fmt.Sprintf("w%02d", j)
				truth[a], truth[b] = append(truth[a], b), append(truth[b], a)
			}
			rate := []float64{0.003, 0.006, 0.012}[r.IntN(3)]
			for n := 8 + r.IntN(33); len(made) < n; {
				p := r.IntN(len(made))
				c := s.Copy(r, made[p], rate*float64(len(made[p]))*math.Exp(0.7*r.NormFloat64()))
				if q := r.IntN(len(made)); q != p && r.Float64() < 1.0/14 {
					from := r.IntN(len(c) * 2 / 3)
					copy(c[from:from+len(c)/3], made[q][from:])
					join(len(made), q)
				}
				join(len(made), p)
				made = append(made, c)
			}
			var docs []*stemma.Document
			var names []string
			for i, words := range made {
				if r.Float64() < lost {
					continue
				}
				if r.Float64() < 1.0/14 {
					words = words[:len(words)/2]
				}
				names = append(names, fmt.Sprintf("w%02d", i))
				docs = append(docs, plainDocument(names[len(names)-1], "", copygen.Join(words)))
			}
			if len(names) < 3 {
				continue // no triple
			}
			measured++
			d := distances(truth, names)
			sum += signDistance(names, d, distances(foundTree(docs, false), names))
			none += signDistance(names, d, distances(star(names), names))
		}
		fmt.Fprintf(w, "%2.0f%% of the witnesses lost  %.3f  %.3f\n", 100*lost, sum/float64(measured), none/float64(measured))
	}
	return nil
}

// star is a tree that knows nothing: all from the first.
func star(names []string) map[string][]string {
	g := map[string][]string{}
	for _, n := range names[1:] {
		g[n], g[names[0]] = []string{names[0]}, append(g[names[0]], n)
	}
	return g
}

// distances returns the number of edges between each two of names.
func distances(graph map[string][]string, names []string) map[[2]string]int {
	d := map[[2]string]int{}
	for _, from := range names {
		dist := map[string]int{from: 0}
		queue := []string{from}
		for len(queue) > 0 {
			n := queue[0]
			queue = queue[1:]
			for _, m := range graph[n] {
				if _, ok := dist[m]; !ok {
					dist[m] = dist[n] + 1
					queue = append(queue, m)
				}
			}
		}
		for _, to := range names {
			n, ok := dist[to]
			if !ok {
				n = 1 << 20 // not joined
			}
			d[[2]string{from, to}] = n
		}
	}
	return d
}

func signDistance(names []string, d, e map[[2]string]int) float64 {
	sum, n := 0.0, 0
	for _, a := range names {
		for _, b := range names {
			for _, c := range names {
				if a == b || b == c || a == c {
					continue
				}
				x := cmp.Compare(d[[2]string{a, b}], d[[2]string{a, c}])
				y := cmp.Compare(e[[2]string{a, b}], e[[2]string{a, c}])
				sum += 1 - 0.5*float64(max(x-y, y-x))
				n++
			}
		}
	}
	return sum / float64(n)
}

// variantGraph reads the texts of the witnesses from a collation as GraphML.
func variantGraph(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	type datum struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
	var g struct {
		Keys []struct {
			ID   string `xml:"id,attr"`
			Name string `xml:"attr.name,attr"`
			For  string `xml:"for,attr"`
		} `xml:"key"`
		Graphs []struct {
			ID    string `xml:"id,attr"`
			Nodes []struct {
				ID   string  `xml:"id,attr"`
				Data []datum `xml:"data"`
			} `xml:"node"`
			Edges []struct {
				Source string  `xml:"source,attr"`
				Target string  `xml:"target,attr"`
				Data   []datum `xml:"data"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	if err := xml.NewDecoder(f).Decode(&g); err != nil {
		return nil, err
	}
	key := map[string]string{}
	for _, k := range g.Keys {
		key[k.For+" "+k.Name] = k.ID
	}
	get := func(ds []datum, k string) string {
		for _, d := range ds {
			if d.Key == k {
				return d.Value
			}
		}
		return ""
	}
	next := map[string]map[string]string{} // witness -> node -> node
	text := map[string]string{}
	start := ""
	for _, n := range g.Graphs[0].Nodes {
		text[n.ID] = get(n.Data, key["node text"])
		if get(n.Data, key["node is_start"]) == "1" {
			start = n.ID
		}
	}
	for _, e := range g.Graphs[0].Edges {
		w := get(e.Data, key["edge witness"])
		if w == "" || get(e.Data, key["edge extra"]) == "1" {
			continue
		}
		if next[w] == nil {
			next[w] = map[string]string{}
		}
		next[w][e.Source] = e.Target
	}
	out := map[string]string{}
	for w, m := range next {
		var words []string
		for n := m[start]; n != "" && len(words) < 100000; n = m[n] {
			if t := text[n]; !strings.HasPrefix(t, "#") {
				words = append(words, t)
			}
		}
		out[w] = strings.Join(words, " ")
	}
	return out, nil
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// generatedTrees scores the trees of families generated over Wikinews.
func generatedTrees(w io.Writer, data string, seed uint64, count int) error {
	news, err := background(filepath.Join(data, "attributions/text"), 0)
	if err != nil {
		return err
	}
	copier, err := newsCopier(data, news)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Generated families over Wikinews (data/attributions, class A), %d of each sort, 5 to 40 reports
Measures of Marmerola et al. (2016), each the share of the true set that the tree has: roots, edges (parent to child), leaves, ancestry (ancestor to descendant).
Where reports are lost, the truth is the tree of those that are left, each hung from its nearest ancestor left; of several without one, any is a root.
Edges between reports of the very same words count as found either way round. No report has a date.
sort                           roots  edges  leaves ancestry undirected-edges
`, count)
	for _, sort := range []struct {
		name         string
		lost, splice float64
	}{{"all reports left", 0, 0}, {"a fifth of them lost", 0.2, 0}, {"two fifths lost", 0.4, 0}, {"a fifth lost, splices", 0.2, 0.15}} {
		var t treeTally
		for k := range count {
			r := rand.New(rand.NewPCG(seed, uint64(k)))
			base := news[r.IntN(len(news))]
			t.add(r, copier, news, base.Report.Text, 5+r.IntN(36), sort.lost, sort.splice)
		}
		fmt.Fprintf(w, "%-28s  %.3f  %.3f  %.3f  %.3f    %.3f\n", sort.name, ratio(t.roots, t.allRoots), ratio(t.edges, t.allEdges), ratio(t.leaves, t.allLeaves), ratio(t.anc, t.allAnc), ratio(t.joined, t.allEdges))
		if t.lostNodes > 0 {
			fmt.Fprintf(w, "  lost reports whose words none of those left has and that two or more come from by ways of their own: %d, shown %d; lost nodes in the trees: %d, true %d\n", t.lostNodes, t.lostShown, t.hypothetical, t.trueHypothetical)
		}
		if t.splices > 0 {
			fmt.Fprintf(w, "  second sources: %d spliced, %d edges of contamination shown, %d of them true\n", t.splices, t.contamination, t.trueContamination)
		}
	}
	return nil
}

type treeTally struct {
	roots, allRoots, edges, allEdges, leaves, allLeaves, anc, allAnc, joined                        int
	lostNodes, lostShown, hypothetical, trueHypothetical, splices, contamination, trueContamination int
}

func (t *treeTally) add(r *rand.Rand, c *copygen.Copier, news []*stemma.Document, original string, n int, lost, splice float64) {
	drafts := []copygen.Draft{copygen.ParseDraft(original)}
	parent := []int{-1}
	second := []int{-1}
	for len(drafts) < n {
		p := r.IntN(len(drafts))
		d, kind, _ := c.CopyOf(r, drafts[p], func() copygen.Draft {
			return copygen.ParseDraft(news[r.IntN(len(news))].Report.Text)
		})
		if kind == stemma.Partial {
			continue
		}
		sec := -1
		if r.Float64() < splice && len(drafts) > 2 {
			// The head from one, the tail from another.
			if q := r.IntN(len(drafts)); q != p {
				e := drafts[q]
				d, sec = append(slices.Clone(d[:max(1, len(d)*2/3)]), e[len(e)*2/3:]...), q
			}
		}
		drafts, parent, second = append(drafts, d), append(parent, p), append(second, sec)
	}
	left := make([]bool, n)
	for i := range left {
		left[i] = r.Float64() >= lost
	}
	id := func(i int) stemma.ReportID {
		return stemma.ReportID(fmt.Sprintf("r%016x", r.Uint64())[:8] + fmt.Sprint("-", i))
	}
	ids := make([]stemma.ReportID, n)
	number := map[stemma.ReportID]int{}
	same := map[string]int{}
	rep := make([]int, n)
	var docs []*stemma.Document
	for i := range n {
		ids[i] = id(i)
		number[ids[i]] = i
		rep[i] = i
		if !left[i] {
			continue
		}
		text := drafts[i].String()
		key := strings.Join(strings.Fields(text), " ")
		if k, ok := same[key]; ok {
			rep[i] = k
		} else {
			same[key] = i
		}
		docs = append(docs, plainDocument(string(ids[i]), "", text))
	}
	// The true tree of those left, reports of the same words taken as one.
	up := map[int]int{}
	kids := map[int]int{}
	for i := range n {
		if !left[i] || rep[i] != i {
			continue
		}
		p := parent[i]
		for p >= 0 && (!left[p] || rep[p] == i) {
			p = parent[p]
		}
		if p >= 0 {
			p = rep[p]
		}
		if p == i {
			p = -1
		}
		up[i] = p
		if p >= 0 {
			kids[p]++
		}
	}
	// A report is lost if its words are: no report left has them. The tree can
	// only show it if two or more of those left come from it by ways of their own.
	textOf := make([]string, n)
	kept := map[string]bool{}
	for i, d := range drafts {
		textOf[i] = strings.Join(strings.Fields(d.String()), " ")
		if left[i] {
			kept[textOf[i]] = true
		}
	}
	leftBelow := make([]bool, n)
	ways := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		leftBelow[i] = leftBelow[i] || left[i]
		if p := parent[i]; p >= 0 && leftBelow[i] {
			leftBelow[p] = true
			ways[p]++
		}
	}
	lostOne := func(i int) bool {
		return !kept[textOf[i]] && ways[i] >= 2 && (parent[i] < 0 || textOf[parent[i]] != textOf[i])
	}
	// meet returns the youngest report that two come from.
	meet := func(i, k int) int {
		for i != k {
			if i > k {
				i = parent[i]
			} else {
				k = parent[k]
			}
		}
		return i
	}
	shown := map[int]bool{}
	for i := range n {
		if lostOne(i) {
			t.lostNodes++
		}
		if second[i] >= 0 && left[i] && left[second[i]] {
			t.splices++
		}
	}
	copies := reuse.Find(docs, reuse.Options{Samples: 20})
	sts := reuse.Families(docs, copies, reuse.Options{Samples: 20})
	foundUp := map[int]int{}
	foundRoots := map[int]bool{}
	hasKid := map[int]bool{}
	for _, st := range sts {
		// The reports stand for their representatives; lost nodes are passed over.
		above := func(i int) int {
			self := rep[number[st.Nodes[i].Report]]
			for p := st.Nodes[i].Parent; p >= 0; p = st.Nodes[p].Parent {
				if st.Nodes[p].Report != "" && rep[number[st.Nodes[p].Report]] != self {
					return rep[number[st.Nodes[p].Report]]
				}
			}
			return -1
		}
		for i, n := range st.Nodes {
			if n.Report == "" {
				t.hypothetical++
				from := -1
				for _, m := range st.Nodes {
					switch k, ok := number[m.Report]; {
					case !ok || m.Parent != i:
					case from < 0:
						from = k
					default:
						from = meet(from, k)
					}
				}
				if from >= 0 && lostOne(from) {
					t.trueHypothetical++
					shown[from] = true
				}
				continue
			}
			self := rep[number[n.Report]]
			p := above(i)
			if old, ok := foundUp[self]; !ok || old < 0 {
				foundUp[self] = p
			}
			if p >= 0 {
				hasKid[p] = true
			} else {
				foundRoots[self] = true
			}
		}
		for _, e := range st.Edges {
			t.contamination++
			if st.Nodes[e.From].Report == "" || st.Nodes[e.To].Report == "" {
				continue
			}
			from, to := number[st.Nodes[e.From].Report], number[st.Nodes[e.To].Report]
			// True also if the tree took the second source for the first.
			if second[to] >= 0 && (rep[second[to]] == rep[from] || rep[parent[to]] == rep[from]) {
				t.trueContamination++
			}
		}
	}
	t.lostShown += len(shown)
	trueRoot := map[int]bool{}
	for i, p := range up {
		if p < 0 {
			trueRoot[i] = true
		} else {
			t.allEdges++
			if foundUp[i] == p {
				t.edges++
			}
			if foundUp[i] == p || foundUp[p] == i {
				t.joined++
			}
			for a := p; a >= 0; a = up[a] {
				t.allAnc++
				for b := foundUp[i]; b >= 0; b = foundUp[b] {
					if b == a {
						t.anc++
						break
					}
				}
			}
		}
		if kids[i] == 0 && p >= 0 {
			t.allLeaves++
			if !hasKid[i] {
				t.leaves++
			}
		}
	}
	t.allRoots++
	for i := range foundRoots {
		if trueRoot[i] {
			t.roots++
			break
		}
	}
}
