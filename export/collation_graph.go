package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"stemma"
)

// A variantGraph is a collation as a graph (Schmidt and Colomb 2009): nodes are
// readings, edges lead each witness from its first word to its last.
type variantGraph struct {
	nodes []graphNode
	edges []graphEdge
}

type graphNode struct {
	text, norm string
	wits       []int
	locus      int
	kind       stemma.VariantKind
	severity   stemma.Severity
	move       int
}

type graphEdge struct {
	from, to int // nodes; 0 is the start, 1 the end
	wits     []int
	move     bool // joins the two places of a move
}

// newVariantGraph joins the equal readings of a locus into a node. A witness
// whose words stand elsewhere has a node of its own, tied to the others by an
// edge that no witness takes.
func newVariantGraph(docs []*stemma.Document, c *stemma.Collation) *variantGraph {
	g := &variantGraph{nodes: []graphNode{{text: "", locus: -1}, {text: "", locus: -1}}}
	type step struct{ at, node int }
	paths := make([][]step, len(c.Witnesses))
	reach := make([]int, len(c.Witnesses)) // end of what each witness has read so far
	for i, l := range c.Loci {
		byText := map[string]int{}
		var nodes []int
		for _, r := range l.Readings {
			if r.Span.Len() == 0 {
				continue
			}
			d := docs[r.Witness]
			text := d.Text(r.Span)
			first, end := d.TokensIn(r.Span)
			var norms []string
			for _, t := range d.Tokens[first:end] {
				norms = append(norms, t.Norm)
			}
			key := text
			if l.Move > 0 {
				apart := r.Span.Start < reach[r.Witness]
				if later := nextStart(c, i, r.Witness); later >= 0 && later < r.Span.Start {
					apart = true
				}
				if apart {
					key += "\x00moved"
				}
			}
			n, ok := byText[key]
			if !ok {
				n = len(g.nodes)
				byText[key] = n
				nodes = append(nodes, n)
				g.nodes = append(g.nodes, graphNode{text: text, norm: strings.Join(norms, " "), locus: i, kind: l.Kind, severity: l.Severity, move: l.Move})
			}
			g.nodes[n].wits = append(g.nodes[n].wits, r.Witness)
			paths[r.Witness] = append(paths[r.Witness], step{r.Span.Start, n})
			reach[r.Witness] = max(reach[r.Witness], r.Span.End)
		}
		if l.Move > 0 && len(nodes) > 1 {
			for _, n := range nodes[1:] {
				g.edges = append(g.edges, graphEdge{from: nodes[0], to: n, move: true})
			}
		}
	}
	index := map[[2]int]int{}
	for w, p := range paths {
		slices.SortFunc(p, func(x, y step) int { return cmp.Compare(x.at, y.at) })
		from := 0
		for k := 0; k <= len(p); k++ {
			to := 1
			if k < len(p) {
				to = p[k].node
			}
			e, ok := index[[2]int{from, to}]
			if !ok {
				e = len(g.edges)
				index[[2]int{from, to}] = e
				g.edges = append(g.edges, graphEdge{from: from, to: to})
			}
			g.edges[e].wits = append(g.edges[e].wits, w)
			from = to
		}
	}
	return g
}

// nextStart returns where the words of witness w start that stand in the next
// locus after i which has any and is no move; -1 if there is none.
func nextStart(c *stemma.Collation, i, w int) int {
	for _, l := range c.Loci[i+1:] {
		if r := l.Readings[w]; l.Move == 0 && r.Span.Len() > 0 {
			return r.Span.Start
		}
	}
	return -1
}

func sigla(c *stemma.Collation, wits []int) string {
	var out []string
	for _, w := range wits {
		out = append(out, c.Witnesses[w].Sigil)
	}
	return strings.Join(out, ", ")
}

// GraphML writes c as a variant graph in GraphML, which Gephi, yEd and others
// read. Nodes keep the words as they stand (text) and as compared (norm).
func GraphML(w io.Writer, docs []*stemma.Document, c *stemma.Collation) error {
	g := newVariantGraph(docs, c)
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="text" for="node" attr.name="text" attr.type="string"/>
<key id="norm" for="node" attr.name="norm" attr.type="string"/>
<key id="locus" for="node" attr.name="locus" attr.type="int"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="severity" for="node" attr.name="severity" attr.type="string"/>
<key id="nwit" for="node" attr.name="witnesses" attr.type="string"/>
<key id="wit" for="edge" attr.name="witnesses" attr.type="string"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
<graph id="collation" edgedefault="directed">
`)
	for i, n := range g.nodes {
		fmt.Fprintf(b, "<node id=\"n%d\">", i)
		switch i {
		case 0, 1:
			fmt.Fprintf(b, `<data key="text">%s</data>`, []string{"#START#", "#END#"}[i])
		default:
			fmt.Fprintf(b, `<data key="text">%s</data><data key="norm">%s</data><data key="locus">%d</data><data key="kind">%s</data>`, teiText(n.text), teiText(n.norm), n.locus, n.kind)
			if n.severity != "" {
				fmt.Fprintf(b, `<data key="severity">%s</data>`, n.severity)
			}
			fmt.Fprintf(b, `<data key="nwit">%s</data>`, sigla(c, n.wits))
		}
		b.WriteString("</node>\n")
	}
	for i, e := range g.edges {
		kind := "path"
		if e.move {
			kind = "transposition"
		}
		fmt.Fprintf(b, "<edge id=\"e%d\" source=\"n%d\" target=\"n%d\"><data key=\"wit\">%s</data><data key=\"type\">%s</data></edge>\n", i, e.from, e.to, sigla(c, e.wits), kind)
	}
	b.WriteString("</graph>\n</graphml>\n")
	return b.Flush()
}

// DOT writes c as a variant graph for Graphviz.
func DOT(w io.Writer, docs []*stemma.Document, c *stemma.Collation) error {
	g := newVariantGraph(docs, c)
	b := bufio.NewWriter(w)
	quote := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(s) + `"`
	}
	b.WriteString("digraph collation {\nrankdir=LR;\nnode [shape=box, style=rounded];\nn0 [label=\"\", shape=circle];\nn1 [label=\"\", shape=doublecircle];\n")
	for i, n := range g.nodes {
		if i < 2 {
			continue
		}
		style := ""
		switch n.severity {
		case stemma.MeaningBearing:
			style = ", color=firebrick, penwidth=2"
		case stemma.Stylistic:
			style = ", color=steelblue"
		}
		fmt.Fprintf(b, "n%d [label=%s%s];\n", i, quote(n.text), style)
	}
	for _, e := range g.edges {
		if e.move {
			fmt.Fprintf(b, "n%d -> n%d [style=dashed, dir=none, constraint=false];\n", e.from, e.to)
			continue
		}
		fmt.Fprintf(b, "n%d -> n%d [label=%s];\n", e.from, e.to, quote(sigla(c, e.wits)))
	}
	b.WriteString("}\n")
	return b.Flush()
}
