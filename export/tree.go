package export

import (
	"bufio"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"path"

	"strings"
	"unicode/utf8"

	"stemma"
	"stemma/internal/term"
	"stemma/reuse"
)

// Trees is what the writers of family trees need: the stemmata, the copies
// that their edges rest on, and the documents.
type Trees struct {
	Documents []*stemma.Document
	Copies    []stemma.Copy
	Stemmata  []stemma.Stemma
}

// Reports counts the reports in all families.
func (t *Trees) Reports() (n int) {
	for _, st := range t.Stemmata {
		for _, node := range st.Nodes {
			if node.Report != "" {
				n++
			}
		}
	}
	return n
}

// Outlets counts the outlets that are known.
func (t *Trees) Outlets() int {
	seen := map[string]bool{}
	for _, d := range t.Documents {
		if d.Report.Outlet != "" {
			seen[d.Report.Outlet] = true
		}
	}
	return len(seen)
}

// Origins counts the independent origins: the roots.
func (t *Trees) Origins() int { return len(t.Stemmata) }

// labels names each report: by outlet where all outlets are known and differ,
// else by the end of its source, with the number of the input if that is not
// enough.
func (t *Trees) labels() map[stemma.ReportID]string {
	labels := map[stemma.ReportID]string{}
	count := map[string]int{}
	name := func(r *stemma.Report) string {
		s := path.Base(r.Source)
		if r.Source == "" || s == "." || s == "/" {
			s = r.Outlet
		}
		if s = strings.TrimSuffix(s, ".txt"); s == "" {
			s = string(r.ID)
		}
		return s
	}
	for _, d := range t.Documents {
		count[name(d.Report)]++
	}
	for _, d := range t.Documents {
		n := name(d.Report)
		if count[n] > 1 {
			n += " " + string(d.Report.ID)
		}
		labels[d.Report.ID] = n
	}
	return labels
}

func (t *Trees) report(id stemma.ReportID) *stemma.Report {
	for _, d := range t.Documents {
		if d.Report.ID == id {
			return d.Report
		}
	}
	return &stemma.Report{ID: id}
}

// between finds the Copy that joins two reports.
func (t *Trees) between() func(exemplar, report stemma.ReportID) (stemma.Copy, bool) {
	m := make(map[[2]stemma.ReportID]stemma.Copy, len(t.Copies))
	for _, c := range t.Copies {
		m[[2]stemma.ReportID{c.Exemplar, c.Report}] = c
	}
	return func(exemplar, report stemma.ReportID) (stemma.Copy, bool) {
		c, ok := m[[2]stemma.ReportID{exemplar, report}]
		if !ok {
			c, ok = m[[2]stemma.ReportID{report, exemplar}]
		}
		return c, ok
	}
}

func (t *Trees) children(st stemma.Stemma) [][]int {
	kids := make([][]int, len(st.Nodes))
	for i, n := range st.Nodes {
		if n.Parent >= 0 {
			kids[n.Parent] = append(kids[n.Parent], i)
		}
	}
	return kids
}

// DirectionWord says in words how sure a direction is.
func DirectionWord(direction float64) string {
	switch {
	case direction < 0.6:
		return "direction undetermined"
	case direction < 0.75:
		return "direction uncertain"
	case direction < 0.95:
		return "direction likely"
	}
	return "direction clear"
}

// Text writes the trees for the terminal.
func (t *Trees) Text(w io.Writer, st term.Style) error {
	b := bufio.NewWriter(w)
	labels, between := t.labels(), t.between()
	lost := 0
	for f, s := range t.Stemmata {
		if f > 0 {
			b.WriteByte('\n')
		}
		kids := t.children(s)
		name := func(i int) string {
			n := s.Nodes[i]
			if n.Report == "" {
				lost++
				return st.Faint("(lost)")
			}
			line := st.Strong(term.Line(labels[n.Report]))
			r := t.report(n.Report)
			if r.Outlet != "" && r.Outlet != labels[n.Report] {
				line += " · " + term.Line(r.Outlet)
			}
			if !r.Published.IsZero() {
				line += " · " + r.Published.String()
			}
			return line
		}
		var walk func(i int, indent string)
		walk = func(i int, indent string) {
			for k, c := range kids[i] {
				branch, next := "├─ ", "│  "
				if k == len(kids[i])-1 {
					branch, next = "└─ ", "   "
				}
				fmt.Fprintf(b, "%s%s%s", indent, branch, name(c))
				if s.Nodes[c].Report != "" && s.Nodes[i].Report != "" {
					if cp, ok := between(s.Nodes[i].Report, s.Nodes[c].Report); ok {
						fmt.Fprintf(b, "  %s copy, %d%% of it; %s (%.2f), support %.2f", cp.Kind, int(cp.Score*100+0.5), DirectionWord(cp.Direction), cp.Direction, s.Nodes[c].Support)
					}
				}
				b.WriteByte('\n')
				walk(c, indent+next)
			}
		}
		fmt.Fprintln(b, name(0))
		walk(0, "")
		for _, e := range s.Edges {
			fmt.Fprintf(b, "%s also took %d%% from %s\n", term.Line(labels[s.Nodes[e.To].Report]), int(e.Score*100+0.5), term.Line(labels[s.Nodes[e.From].Report]))
		}
	}
	return b.Flush()
}

// nodeID names a node in formats that want plain identifiers.
func nodeID(family, node int) string { return fmt.Sprintf("n%d_%d", family, node) }

// DOT writes the trees for Graphviz in the conventions of OpenStemmata: lost
// witnesses grey, contamination dashed.
func (t *Trees) DOT(w io.Writer) error {
	b := bufio.NewWriter(w)
	labels, between := t.labels(), t.between()
	fmt.Fprintln(b, "digraph stemma {\n  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];")
	for f, s := range t.Stemmata {
		for i, n := range s.Nodes {
			if n.Report == "" {
				fmt.Fprintf(b, "  %s [label=\"\", color=grey, shape=circle, width=0.2];\n", nodeID(f, i))
			} else {
				fmt.Fprintf(b, "  %s [label=%s];\n", nodeID(f, i), dotString(labels[n.Report]))
			}
		}
		for i, n := range s.Nodes {
			if n.Parent < 0 {
				continue
			}
			label := fmt.Sprintf("%.2f", n.Support)
			extra := ""
			if cp, ok := between(s.Nodes[n.Parent].Report, n.Report); ok {
				label = fmt.Sprintf("%s, %.2f", cp.Kind, n.Support)
				if cp.Direction < 0.6 {
					extra = ", arrowhead=none"
				}
			}
			fmt.Fprintf(b, "  %s -> %s [label=%s%s];\n", nodeID(f, n.Parent), nodeID(f, i), dotString(label), extra)
		}
		for _, e := range s.Edges {
			fmt.Fprintf(b, "  %s -> %s [style=dashed, label=\"%.2f\"];\n", nodeID(f, e.From), nodeID(f, e.To), e.Score)
		}
	}
	fmt.Fprintln(b, "}")
	return b.Flush()
}

func dotString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// Newick writes one line for each tree. Inner nodes have labels, since
// exemplars survive beside their copies; branch lengths are the shares of the
// copies that do not come from their exemplars.
func (t *Trees) Newick(w io.Writer) error {
	b := bufio.NewWriter(w)
	labels, between := t.labels(), t.between()
	for _, s := range t.Stemmata {
		kids := t.children(s)
		var walk func(i int)
		walk = func(i int) {
			if len(kids[i]) > 0 {
				b.WriteByte('(')
				for k, c := range kids[i] {
					if k > 0 {
						b.WriteByte(',')
					}
					walk(c)
				}
				b.WriteByte(')')
			}
			n := s.Nodes[i]
			if n.Report != "" {
				b.WriteString(newickLabel(labels[n.Report]))
			}
			if n.Parent >= 0 {
				length := 0.0
				if cp, ok := between(s.Nodes[n.Parent].Report, n.Report); ok {
					length = 1 - cp.Score
				}
				fmt.Fprintf(b, ":%.4g", length)
			}
		}
		walk(0)
		b.WriteString(";\n")
	}
	return b.Flush()
}

func newickLabel(s string) string {
	if strings.ContainsAny(s, " ()[]{}/\\,;:=*'\"`+-<>_") || s == "" {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return s
}

// GraphML writes the trees as one graph whose nodes carry what is known of the
// reports and whose edges carry kind, score, direction and support.
func (t *Trees) GraphML(w io.Writer) error {
	b := bufio.NewWriter(w)
	labels, between := t.labels(), t.between()
	esc := func(s string) string {
		var o strings.Builder
		xml.EscapeText(&o, []byte(s))
		return o.String()
	}
	fmt.Fprintln(b, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="label" for="node" attr.name="label" attr.type="string"/>
 <key id="report" for="node" attr.name="report" attr.type="string"/>
 <key id="outlet" for="node" attr.name="outlet" attr.type="string"/>
 <key id="published" for="node" attr.name="published" attr.type="string"/>
 <key id="lost" for="node" attr.name="lost" attr.type="boolean"/>
 <key id="family" for="node" attr.name="family" attr.type="int"/>
 <key id="kind" for="edge" attr.name="kind" attr.type="string"/>
 <key id="score" for="edge" attr.name="score" attr.type="double"/>
 <key id="direction" for="edge" attr.name="direction" attr.type="double"/>
 <key id="support" for="edge" attr.name="support" attr.type="double"/>
 <graph id="stemma" edgedefault="directed">`)
	for f, s := range t.Stemmata {
		for i, n := range s.Nodes {
			fmt.Fprintf(b, "  <node id=%q><data key=\"family\">%d</data><data key=\"lost\">%v</data>", nodeID(f, i), f, n.Report == "")
			if n.Report != "" {
				r := t.report(n.Report)
				fmt.Fprintf(b, "<data key=\"label\">%s</data><data key=\"report\">%s</data>", esc(labels[n.Report]), esc(string(n.Report)))
				if r.Outlet != "" {
					fmt.Fprintf(b, "<data key=\"outlet\">%s</data>", esc(r.Outlet))
				}
				if !r.Published.IsZero() {
					fmt.Fprintf(b, "<data key=\"published\">%s</data>", r.Published)
				}
			}
			fmt.Fprintln(b, "</node>")
		}
	}
	for f, s := range t.Stemmata {
		for i, n := range s.Nodes {
			if n.Parent < 0 {
				continue
			}
			fmt.Fprintf(b, "  <edge source=%q target=%q><data key=\"support\">%.2f</data>", nodeID(f, n.Parent), nodeID(f, i), n.Support)
			if cp, ok := between(s.Nodes[n.Parent].Report, n.Report); ok {
				fmt.Fprintf(b, "<data key=\"kind\">%s</data><data key=\"score\">%.2f</data><data key=\"direction\">%.2f</data>", cp.Kind, cp.Score, cp.Direction)
			}
			fmt.Fprintln(b, "</edge>")
		}
		for _, e := range s.Edges {
			fmt.Fprintf(b, "  <edge source=%q target=%q><data key=\"kind\">contamination</data><data key=\"score\">%.2f</data></edge>\n", nodeID(f, e.From), nodeID(f, e.To), e.Score)
		}
	}
	fmt.Fprintln(b, " </graph>\n</graphml>")
	return b.Flush()
}

// NEXUS writes a block of characters for each family of three or more: one
// character for each word of the root's text that some copy does not have, 0
// where a copy has it, 1 where it reads otherwise, - where it lacks the whole
// sentence. PAUP, SplitsTree and the R package stemmatology read it.
func (t *Trees) NEXUS(w io.Writer) error {
	b := bufio.NewWriter(w)
	labels := t.labels()
	doc := map[stemma.ReportID]*stemma.Document{}
	for _, d := range t.Documents {
		doc[d.Report.ID] = d
	}
	fmt.Fprintln(b, "#NEXUS")
	for f, s := range t.Stemmata {
		var taxa []stemma.ReportID
		for _, n := range s.Nodes {
			if n.Report != "" {
				taxa = append(taxa, n.Report)
			}
		}
		if len(taxa) < 3 {
			continue
		}
		base := doc[taxa[0]]
		rows := make([][]byte, len(taxa))
		var words []stemma.Span
		for k, id := range taxa {
			for i, sw := range reuse.SharedWords(base, doc[id]) {
				if k == 0 {
					words = append(words, sw.Span)
				}
				switch {
				case k == 0 || sw.Shared:
					rows[k] = append(rows[k], '0')
				case sw.Held:
					rows[k] = append(rows[k], '1')
				default:
					rows[k] = append(rows[k], '-')
				}
				_ = i
			}
		}
		var variable []int
		for i := range words {
			for _, r := range rows {
				if r[i] != '0' {
					variable = append(variable, i)
					break
				}
			}
		}
		fmt.Fprintf(b, "\nBEGIN TAXA;\n  TITLE family_%d;\n  DIMENSIONS NTAX=%d;\n  TAXLABELS", f+1, len(taxa))
		for _, id := range taxa {
			b.WriteString(" " + newickLabel(labels[id]))
		}
		fmt.Fprintf(b, ";\nEND;\n\nBEGIN CHARACTERS;\n  TITLE words_%d;\n  LINK TAXA = family_%d;\n  DIMENSIONS NCHAR=%d;\n  FORMAT DATATYPE=STANDARD SYMBOLS=\"01\" GAP=- MISSING=?;\n  CHARLABELS", f+1, f+1, len(variable))
		for _, i := range variable {
			b.WriteString(" " + newickLabel(words[i].Of(base.Report.Text)))
		}
		b.WriteString(";\n  MATRIX\n")
		for k, id := range taxa {
			fmt.Fprintf(b, "    %s ", newickLabel(labels[id]))
			for _, i := range variable {
				b.WriteByte(rows[k][i])
			}
			b.WriteByte('\n')
		}
		b.WriteString("  ;\nEND;\n")
	}
	return b.Flush()
}

// Passim writes a line of JSON for each passage of each direct copy, in the
// fields of passim: begin and end count characters, src is where it was taken
// from, cluster is the family.
func (t *Trees) Passim(w io.Writer) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	cluster, size := map[stemma.ReportID]int{}, map[int]int{}
	for f, s := range t.Stemmata {
		for _, n := range s.Nodes {
			if n.Report != "" {
				cluster[n.Report] = f
				size[f]++
			}
		}
	}
	type source struct {
		ID    stemma.ReportID `json:"id"`
		Begin int             `json:"begin"`
		End   int             `json:"end"`
	}
	type passage struct {
		Cluster int             `json:"cluster"`
		Size    int             `json:"size"`
		ID      stemma.ReportID `json:"id"`
		Series  string          `json:"series,omitempty"`
		Begin   int             `json:"begin"`
		End     int             `json:"end"`
		Text    string          `json:"text"`
		Src     []source        `json:"src"`
		Kind    stemma.CopyKind `json:"kind"`
	}
	for _, c := range reuse.Direct(t.Copies) {
		a, r := t.report(c.Exemplar), t.report(c.Report)
		for _, p := range c.Passages {
			f := cluster[c.Report]
			runes := func(text string, s stemma.Span) (int, int) {
				n := utf8.RuneCountInString(text[:s.Start])
				return n, n + utf8.RuneCountInString(s.Of(text))
			}
			x := passage{Cluster: f, Size: size[f], ID: c.Report, Series: r.Outlet, Text: p.Copy.Of(r.Text), Kind: c.Kind}
			x.Begin, x.End = runes(r.Text, p.Copy)
			begin, end := runes(a.Text, p.Exemplar)
			x.Src = []source{{c.Exemplar, begin, end}}
			if err := enc.Encode(x); err != nil {
				return err
			}
		}
	}
	return b.Flush()
}

// Sizes of the drawing, in pixels.
const (
	boxHeight = 40
	rowHeight = 58
	boxGap    = 150
	charWidth = 7.2
)

// SVG draws the trees from left to right, families one below the other. Lost
// exemplars are grey, second sources dashed, uncertain directions without an
// arrowhead; each edge says its kind and support.
func (t *Trees) SVG(w io.Writer) error {
	b := bufio.NewWriter(w)
	labels, between := t.labels(), t.between()
	type box struct{ x, y, width float64 }
	var boxes [][]box
	width, y := 0.0, 20.0
	for _, s := range t.Stemmata {
		kids := t.children(s)
		bs := make([]box, len(s.Nodes))
		var place func(i int, x float64) float64
		place = func(i int, x float64) float64 {
			wide := 24.0
			if id := s.Nodes[i].Report; id != "" {
				wide = 24 + charWidth*float64(max(utf8.RuneCountInString(clipLabel(labels[id])), utf8.RuneCountInString(caption(t.report(id)))))
			}
			bs[i] = box{x, 0, wide}
			width = max(width, x+wide+20)
			if len(kids[i]) == 0 {
				bs[i].y = y
				y += rowHeight
				return bs[i].y
			}
			first, last := 0.0, 0.0
			for k, c := range kids[i] {
				at := place(c, x+wide+boxGap)
				if k == 0 {
					first = at
				}
				last = at
			}
			bs[i].y = (first + last) / 2
			return bs[i].y
		}
		place(0, 20)
		y += 16
		boxes = append(boxes, bs)
	}
	title := fmt.Sprintf("%d reports, %d independent origins", t.Reports(), t.Origins())
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>%s</title>
<style>
 .box{fill:#fff;stroke:#333;stroke-width:1.2} .lost{fill:#bbb;stroke:#888} .edge{fill:none;stroke:#333;stroke-width:1.4} .second{stroke-dasharray:5 4;stroke:#a33}
 text{fill:#111} .small{font-size:11px;fill:#555}
 @media (prefers-color-scheme:dark){.box{fill:#1b1b1b;stroke:#ccc}.edge{stroke:#ccc}text{fill:#eee}.small{fill:#aaa}.second{stroke:#e88}#arrow path{fill:#ccc}}
</style>
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#333"/></marker></defs>
`, width, y, width, y, title)
	for f, s := range t.Stemmata {
		bs := boxes[f]
		for i, n := range s.Nodes {
			if n.Parent < 0 {
				continue
			}
			p, c := bs[n.Parent], bs[i]
			x0, y0, x1, y1 := p.x+p.width, p.y+boxHeight/2, c.x, c.y+boxHeight/2
			arrow, label := ` marker-end="url(#arrow)"`, fmt.Sprintf("support %.2f", n.Support)
			hint := ""
			if cp, ok := between(s.Nodes[n.Parent].Report, n.Report); ok {
				label = fmt.Sprintf("%s · %.2f", cp.Kind, n.Support)
				hint = fmt.Sprintf("%s copy, %.0f%% of it, %s (%.2f)", cp.Kind, cp.Score*100, DirectionWord(cp.Direction), cp.Direction)
				for k, r := range cp.Reasons {
					if k < 6 {
						hint += "\n" + r.Text
					}
				}
				if cp.Direction < 0.6 {
					arrow = ""
				}
			}
			fmt.Fprintf(b, `<g><path class="edge" d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f"%s/><text class="small" text-anchor="end" x="%.0f" y="%.0f">%s</text><title>%s</title></g>`+"\n",
				x0, y0, x0+60, y0, x1-90, y1, x1, y1, arrow, x1-8, y1-5, html.EscapeString(label), html.EscapeString(hint))
		}
		for _, e := range s.Edges {
			p, c := bs[e.From], bs[e.To]
			fmt.Fprintf(b, `<path class="edge second" d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f" marker-end="url(#arrow)"><title>second source: %.0f%%</title></path>`+"\n",
				p.x+p.width, p.y+boxHeight*0.75, p.x+p.width+70, p.y+boxHeight*0.75, c.x-70, c.y+boxHeight*0.75, c.x, c.y+boxHeight*0.75, e.Score*100)
		}
		for i, n := range s.Nodes {
			c := bs[i]
			if n.Report == "" {
				fmt.Fprintf(b, `<g><circle class="lost" cx="%.0f" cy="%.0f" r="9"/><title>a lost report that its copies must share</title></g>`+"\n", c.x+12, c.y+boxHeight/2)
				continue
			}
			r := t.report(n.Report)
			fmt.Fprintf(b, `<g><rect class="box" x="%.0f" y="%.0f" width="%.0f" height="%d" rx="6"/><text x="%.0f" y="%.0f">%s</text><text class="small" x="%.0f" y="%.0f">%s</text><title>%s</title></g>`+"\n",
				c.x, c.y, c.width, boxHeight, c.x+12, c.y+17, html.EscapeString(clipLabel(labels[n.Report])), c.x+12, c.y+32, html.EscapeString(caption(r)), html.EscapeString(cmp.Or(r.Title, labels[n.Report])))
		}
	}
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

func clipLabel(s string) string {
	if utf8.RuneCountInString(s) > 32 {
		return string([]rune(s)[:31]) + "…"
	}
	return s
}

func caption(r *stemma.Report) string {
	var parts []string
	if r.Outlet != "" {
		parts = append(parts, clipLabel(r.Outlet))
	}
	if !r.Published.IsZero() {
		parts = append(parts, r.Published.String())
	}
	if len(parts) == 0 {
		return "no date"
	}
	return strings.Join(parts, " · ")
}

// TreeFormats are the formats that Write knows, by name.
var TreeFormats = []string{"dot", "graphml", "newick", "nexus", "passim", "svg"}

// Write writes the trees in one of TreeFormats.
func (t *Trees) Write(w io.Writer, format string) error {
	switch format {
	case "dot":
		return t.DOT(w)
	case "graphml":
		return t.GraphML(w)
	case "newick":
		return t.Newick(w)
	case "nexus":
		return t.NEXUS(w)
	case "passim":
		return t.Passim(w)
	case "svg":
		return t.SVG(w)
	}
	return fmt.Errorf("unknown format %q", format)
}
