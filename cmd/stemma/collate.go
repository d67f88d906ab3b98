package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/collate"
	"stemma/export"
)

// newCollate returns stemma collate: reports side by side.
func newCollate() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "collate [FLAGS] INPUT…",
		Short: "Set reports side by side and name every change",
		Long: `Collate sets two or more reports side by side, sentence by sentence and word
by word, and says of every change what it is (a quotation altered, a number
changed, a synonym, a spelling …) and whether it bears on the meaning.

With -q it prints nothing, and the exit code says what diff's would: 0 the
reports are the same, 1 they differ, 2 trouble.

An INPUT may also be witnesses in the JSON of CollateX (a file ending in
.json). A decision that two readings are the same is a line in a file of
decisions; --same adds one, --undo takes it back.`,
		Example: `  stemma collate a.txt b.txt            two columns
  stemma collate --meaning a.txt b.txt  only what changes the meaning
  stemma collate --html page.html a.txt b.txt
  stemma collate --format tei a.txt b.txt c.txt >collation.xml
  stemma collate --decisions mine.jsonl --same Kiev=Kyiv a.txt b.txt`,
		Args: cobra.ArbitraryArgs,
		RunE: runCollate,
	}
	addFormatFlags(cmd)
	f := cmd.Flags()
	f.Var(&choice{value: "text", of: []string{"text", "inline", "tei", "graphml", "dot", "collatex", "csv", "markdown"}}, "format", "what to print: text, inline, tei, graphml, dot, collatex, csv or markdown")
	f.String("html", "", "write the collation as one self-contained page to `FILE` too")
	f.Bool("meaning", false, "show only what changes the meaning")
	f.Int("base", 0, "number of the report that the others are set against: `N` counts from 1; 0 chooses")
	f.String("decisions", "", "take the decisions of `FILE` into account")
	f.StringArray("same", nil, "decide that two readings are the same, `A=B`, and keep it in the file of decisions")
	f.StringArray("undo", nil, "take the decision `A=B` back")
	return cmd
}

func runCollate(cmd *cobra.Command, args []string) error {
	quiet := asked(cmd, "quiet")
	err := collateCommand(cmd, args, quiet)
	if e := (*exit)(nil); quiet && err != nil && !errors.As(err, &e) {
		return &exit{code: 2, err: err}
	}
	return err
}

func collateCommand(cmd *cobra.Command, args []string, quiet bool) error {
	same, err := decisions(cmd)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		if changed(cmd, "same") || changed(cmd, "undo") {
			return nil
		}
		return usageError(errors.New("no reports given"), "stemma collate a.txt b.txt")
	}
	docs, problems, err := witnesses(cmd, args)
	if err != nil {
		return err
	}
	if len(docs) < 2 {
		if err := problems.Err(); err != nil && len(docs) == 0 {
			return err
		}
		return usageError(fmt.Errorf("%s to collate, want two or more", count(len(docs), "report")))
	}
	base, _ := cmd.Flags().GetInt("base")
	if base < 0 || base > len(docs) {
		return usageError(fmt.Errorf("--base %d: there are %d reports", base, len(docs)))
	}
	c := collate.CollateWith(docs, collate.Options{Base: base, Same: same})
	opt := export.CollationOptions{Columns: columns(cmd), Style: style(cmd), Meaning: asked(cmd, "meaning")}
	if len(docs) > 2 && !quiet {
		opt.Origins = originsOf(docs)
	}
	if path, _ := cmd.Flags().GetString("html"); path != "" {
		err := toFile(cmd, path, func(w io.Writer) error { return export.CollationPage(w, docs, c, opt) })
		if err != nil {
			return err
		}
		if path == "-" {
			return problems.Err()
		}
		talk(cmd, "wrote %s", path)
	}
	if quiet {
		if problems.Err() != nil {
			return &exit{code: 2, err: problems.Err()}
		}
		for _, l := range c.Loci {
			if l.Kind != stemma.Same {
				return &exit{code: 1}
			}
		}
		return nil
	}
	out := cmd.OutOrStdout()
	format := cmd.Flags().Lookup("format").Value.String()
	if asked(cmd, "json") {
		format = "json"
	}
	switch format {
	case "json":
		err = writeJSON(out, c)
	case "tei":
		err = export.TEI(out, docs, c)
	case "graphml":
		err = export.GraphML(out, docs, c)
	case "dot":
		err = export.DOT(out, docs, c)
	case "collatex":
		err = export.CollateX(out, docs, c)
	case "csv":
		err = export.CollationCSV(out, docs, c, false)
	case "markdown":
		err = export.CollationMarkdown(out, docs, c)
	case "inline":
		opt.Inline = true
		fallthrough
	default:
		err = export.CollationText(out, docs, c, opt)
	}
	if err != nil {
		return err
	}
	return problems.Err()
}

// originsOf numbers the independent origins that docs descend from, so that a
// reading in three copies of one report counts once.
func originsOf(docs []*stemma.Document) []int {
	_, stemmata := findFamilies(docs)
	tree := map[stemma.ReportID]int{}
	for k, s := range stemmata {
		for _, n := range s.Nodes {
			tree[n.Report] = k
		}
	}
	origins := make([]int, len(docs))
	for i, d := range docs {
		k, ok := tree[d.Report.ID]
		if !ok {
			k = -1 - i // of no tree: an origin of its own
		}
		origins[i] = k
	}
	return origins
}

func changed(cmd *cobra.Command, flag string) bool { return cmd.Flags().Changed(flag) }

// witnesses reads the reports to collate. Only their sentences and tokens are
// wanted.
func witnesses(cmd *cobra.Command, args []string) ([]*stemma.Document, *problems, error) {
	var reports []*stemma.Report
	var paths []string
	for _, path := range args {
		if !strings.HasSuffix(path, ".json") {
			paths = append(paths, path)
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, nil, err
		}
		wits, err := export.ReadCollateX(f)
		f.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, wit := range wits {
			source := path + "#" + wit.Sigil
			reports = append(reports, &stemma.Report{ID: stemma.NewReportID(source, wit.Text), Source: source, Outlet: wit.Sigil, Text: wit.Text})
		}
	}
	read, problems := readReports(cmd, paths)
	reports = append(reports, read...)
	return outlines(reports), problems, nil
}

// decisions reads the file of decisions, after adding those of this call.
func decisions(cmd *cobra.Command) ([]collate.Pair, error) {
	path, _ := cmd.Flags().GetString("decisions")
	var lines []string
	for _, flag := range []string{"same", "undo"} {
		pairs, _ := cmd.Flags().GetStringArray(flag)
		for _, p := range pairs {
			a, b, ok := strings.Cut(p, "=")
			a, b = strings.TrimSpace(a), strings.TrimSpace(b)
			if !ok || a == "" || b == "" {
				return nil, usageError(fmt.Errorf("--%s %q: want two readings, A=B", flag, p))
			}
			line, err := json.Marshal(collate.Decision{Do: flag, Pair: collate.Pair{A: a, B: b}})
			if err != nil {
				return nil, err
			}
			lines = append(lines, string(line)+"\n")
		}
	}
	text := ""
	if path != "" {
		b, err := os.ReadFile(path)
		if err != nil && !(os.IsNotExist(err) && len(lines) > 0) {
			return nil, err
		}
		text = string(b)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
	}
	added := strings.Join(lines, "")
	pairs, err := collate.ReadDecisions(strings.NewReader(text + added))
	if err != nil {
		if path != "" {
			err = fmt.Errorf("%s: %w", path, err)
		}
		return nil, err
	}
	if added != "" && path != "" {
		if err := os.WriteFile(path, []byte(text+added), 0o644); err != nil {
			return nil, err
		}
	}
	return pairs, nil
}
