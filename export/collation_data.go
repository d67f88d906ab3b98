package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"stemma"
	"stemma/collate"
)

// Here a collation is written for other programs: CollateX JSON, CSV, JSON
// with the classes of others. TEI and graphs are in files of their own.

// etpc are the types of the Extended Typology of Paraphrase (Kovatchev, Martí
// and Salamó 2018) that a kind of variant comes nearest to, by number; 0 where
// there is none. Same is Identity.
var etpc = map[stemma.VariantKind]struct {
	id   int
	name string
}{
	stemma.Same:         {29, "Identity"},
	stemma.Spelling:     {4, "Spelling changes"},
	stemma.Format:       {8, "Change of format"},
	stemma.Inflection:   {1, "Inflectional changes"},
	stemma.Function:     {25, "Addition/Deletion"},
	stemma.Synonym:      {5, "Same polarity substitution (habitual)"},
	stemma.Phrase:       {11, "Synthetic/analytic substitution"},
	stemma.Voice:        {14, "Diathesis alternation"},
	stemma.Reordering:   {26, "Change of order"},
	stemma.Division:     {24, "Syntax/discourse structure changes"},
	stemma.Mode:         {22, "Direct/indirect style alternations"},
	stemma.Quotation:    {6, "Same polarity substitution (contextual)"},
	stemma.Attribution:  {6, "Same polarity substitution (contextual)"},
	stemma.NameChange:   {7, "Same polarity substitution (named entities)"},
	stemma.Number:       {7, "Same polarity substitution (named entities)"},
	stemma.Date:         {7, "Same polarity substitution (named entities)"},
	stemma.Negation:     {15, "Negation switching"},
	stemma.Modality:     {2, "Modal verb changes"},
	stemma.Scope:        {6, "Same polarity substitution (contextual)"},
	stemma.Roles:        {13, "Converse substitution"},
	stemma.Omission:     {25, "Addition/Deletion"},
	stemma.Addition:     {25, "Addition/Deletion"},
	stemma.FurnitureVar: {25, "Addition/Deletion"},
	stemma.DamageVar:    {21, "Punctuation changes"},
	stemma.Substitution: {6, "Same polarity substitution (contextual)"},
}

// ETPC returns the number and name of the type of the Extended Typology of
// Paraphrase that kind comes nearest to.
func ETPC(kind stemma.VariantKind) (id int, name string) { return etpc[kind].id, etpc[kind].name }

// Action returns what was done to a sentence in the words of NewsEdits
// (Spangher and others 2022): Addition, Deletion, Edit or Refactor; "" if it
// stands unchanged.
func Action(c *stemma.Collation, bead int) string {
	b := c.Beads[bead]
	first, others := len(b.Sentences[0]) > 0, false
	for _, s := range b.Sentences[1:] {
		others = others || len(s) > 0
	}
	switch {
	case !first:
		return "Addition"
	case !others:
		return "Deletion"
	case b.Moved:
		return "Refactor"
	}
	for _, l := range c.Loci {
		if l.Bead == bead && l.Kind != stemma.Same {
			return "Edit"
		}
	}
	return ""
}

// collatexToken is a token of CollateX: as it stands, and as compared.
type collatexToken struct {
	T string `json:"t"`
	N string `json:"n,omitempty"`
}

type collatexOut struct {
	Witnesses []string            `json:"witnesses"`
	Table     [][][]collatexToken `json:"table"` // segment, witness, token; null where a witness omits
	Moves     []collatexMove      `json:"moves,omitempty"`
	Kinds     []string            `json:"kinds"` // of each segment
}

// A collatexMove says that a segment of the table stands elsewhere in other
// witnesses than the order of the table shows, which CollateX's own tables
// cannot say.
type collatexMove struct {
	Move    int `json:"move"`
	Segment int `json:"segment"`
}

// CollateX writes c as an alignment table in the JSON of CollateX, segment by
// segment, with moves added.
func CollateX(w io.Writer, docs []*stemma.Document, c *stemma.Collation) error {
	out := collatexOut{Table: [][][]collatexToken{}}
	for _, wit := range c.Witnesses {
		out.Witnesses = append(out.Witnesses, wit.Sigil)
	}
	for i, l := range c.Loci {
		row := make([][]collatexToken, len(c.Witnesses))
		for k, r := range l.Readings {
			if r.Span.Len() == 0 {
				continue
			}
			d := docs[r.Witness]
			first, end := d.TokensIn(r.Span)
			for j := first; j < end; j++ {
				tok := d.Tokens[j]
				next := tok.End
				if j+1 < len(d.Tokens) {
					next = d.Tokens[j+1].Start
				}
				row[k] = append(row[k], collatexToken{T: d.Report.Text[tok.Start:next], N: tok.Norm})
			}
		}
		out.Table = append(out.Table, row)
		out.Kinds = append(out.Kinds, string(l.Kind))
		if l.Move > 0 {
			out.Moves = append(out.Moves, collatexMove{l.Move, i})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(out)
}

// A WitnessText is a witness as read from other tools.
type WitnessText struct{ Sigil, Text string }

// ReadCollateX reads the witnesses of a CollateX input, {"witnesses": [{"id",
// "content"} or {"id", "tokens": [{"t"}]}]}, or of a table that it printed,
// {"witnesses": [sigil], "table": [segment][witness][token]}.
func ReadCollateX(r io.Reader) ([]WitnessText, error) {
	var in struct {
		Witnesses []json.RawMessage   `json:"witnesses"`
		Table     [][][]collatexToken `json:"table"`
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return nil, fmt.Errorf("read CollateX JSON: %w", err)
	}
	if len(in.Witnesses) == 0 {
		return nil, fmt.Errorf("read CollateX JSON: no witnesses")
	}
	var out []WitnessText
	join := func(tokens []collatexToken) string {
		var b strings.Builder
		for _, t := range tokens {
			b.WriteString(t.T)
			if !strings.HasSuffix(t.T, " ") && !strings.HasSuffix(t.T, "\n") && in.Table == nil {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	for i, raw := range in.Witnesses {
		var sigil string
		if json.Unmarshal(raw, &sigil) == nil {
			var all []collatexToken
			for n, row := range in.Table {
				if i >= len(row) {
					return nil, fmt.Errorf("read CollateX JSON: segment %d of the table has %d witnesses, want %d", n, len(row), len(in.Witnesses))
				}
				all = append(all, row[i]...)
			}
			out = append(out, WitnessText{sigil, join(all)})
			continue
		}
		var wit struct {
			ID      string          `json:"id"`
			Content string          `json:"content"`
			Tokens  []collatexToken `json:"tokens"`
		}
		if err := json.Unmarshal(raw, &wit); err != nil {
			return nil, fmt.Errorf("read CollateX JSON: witness %d: %w", i, err)
		}
		if wit.Content == "" {
			wit.Content = join(wit.Tokens)
		}
		out = append(out, WitnessText{wit.ID, wit.Content})
	}
	return out, nil
}

// CollationCSV writes one line for each locus of c, variants and, if all is
// set, same words too. Cells that a spreadsheet would take for a formula are
// led by an apostrophe.
func CollationCSV(w io.Writer, docs []*stemma.Document, c *stemma.Collation, all bool) error {
	cw := csv.NewWriter(w)
	head := []string{"locus", "bead", "kind", "severity", "weight", "rule", "note", "quoted", "move", "etpc", "action"}
	for _, wit := range c.Witnesses {
		head = append(head, wit.Sigil)
	}
	if err := cw.Write(head); err != nil {
		return err
	}
	actions := make([]string, len(c.Beads))
	for i := range c.Beads {
		actions[i] = Action(c, i)
	}
	for i, l := range c.Loci {
		if l.Kind == stemma.Same && !all {
			continue
		}
		id, _ := ETPC(l.Kind)
		row := []string{fmt.Sprint(i), fmt.Sprint(l.Bead), string(l.Kind), string(l.Severity), fmt.Sprintf("%.3f", l.Weight), l.Rule, l.Note,
			fmt.Sprint(l.Quoted), fmt.Sprint(l.Move), fmt.Sprint(id), actions[l.Bead]}
		for _, r := range l.Readings {
			row = append(row, docs[r.Witness].Text(r.Span))
		}
		for k := range row {
			if row[k] != "" && strings.ContainsAny(row[k][:1], "=+-@\t\r") {
				row[k] = "'" + row[k]
			}
		}
		if err := cw.Write(row); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// CollationMarkdown writes the variants of c as tables, weightiest first.
func CollationMarkdown(w io.Writer, docs []*stemma.Document, c *stemma.Collation) error {
	var b strings.Builder
	cell := func(s string) string {
		s = strings.Join(strings.Fields(s), " ")
		return strings.NewReplacer("|", `\|`, "*", `\*`, "_", `\_`, "<", "&lt;", "`", "\\`").Replace(s)
	}
	b.WriteString("# Collation\n\n")
	for i, wit := range c.Witnesses {
		name := docs[i].Report.Outlet
		if name == "" {
			name = docs[i].Report.Source
		}
		fmt.Fprintf(&b, "- **%s** %s\n", wit.Sigil, cell(name))
	}
	last := stemma.Severity("none")
	for _, i := range collate.Rank(c) {
		l := c.Loci[i]
		if l.Severity != last {
			last = l.Severity
			fmt.Fprintf(&b, "\n## %s\n\n| kind |", strings.ToUpper(string(last[:1]))+string(last[1:]))
			for _, wit := range c.Witnesses {
				fmt.Fprintf(&b, " %s |", wit.Sigil)
			}
			b.WriteString(" note |\n|---|")
			b.WriteString(strings.Repeat("---|", len(c.Witnesses)+1) + "\n")
		}
		info := infoOf(l.Kind)
		fmt.Fprintf(&b, "| %s %s |", cell(info.Glyph), info.Title)
		for _, r := range l.Readings {
			text := cell(docs[r.Witness].Text(r.Span))
			if text == "" {
				text = "–"
			}
			fmt.Fprintf(&b, " %s |", text)
		}
		fmt.Fprintf(&b, " %s |\n", cell(l.Note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
