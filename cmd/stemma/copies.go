package main

import (
	"context"

	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/export"
	"stemma/internal/bulk"
	"stemma/internal/term"
	"stemma/record"
	"stemma/reuse"
)

func newCopies() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "copies [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "List which report was made from which, and why",
		Long: `Copies lists the reports that were made from others: verbatim, near (cut or
lightly edited), reworded, or partial (passages of another's in a text of its
own), which way round, how sure that is, and the reasons. Reports that tell of
the same event in words of their own, or only quote the same speech, are no
copies.

With --input it reads a file of reports, one JSON object a line, of any size,
and writes a file of copies, one JSON object a line: each verified pair by
itself, without family trees. Memory stays within --memory; what does not fit
waits in a folder beside the output. A run that was cut off goes on where it
was when it is started again.`,
		Example: `  stemma copies examples/kost
  stemma copies --plain examples/kost | cut -f1,3,4
  stemma copies --json examples/kost | jq '.copies[] | select(.kind == "partial")'
  stemma copies --input reports.jsonl --output copies.jsonl --memory 8GiB`,
		Args: cobra.ArbitraryArgs,
		RunE: runCopies,
	}
	cmd.Flags().Bool("all", false, "list also the pairs that are related only by way of others")
	addListFlags(cmd)
	cmd.Flags().String("input", "", "read reports from `FILE`, one JSON object a line")
	cmd.Flags().String("output", "", "write copies to `FILE`, one JSON object a line")
	cmd.Flags().String("memory", "4GiB", "with --input: stay within `SIZE` of memory")
	cmd.Flags().Duration("window", 0, "with --input: compare only reports published within `TIME` of each other (720h)")
	cmd.Flags().Int("workers", 0, "with --input: how many processors to use (default all)")
	cmd.Flags().Bool("anchors", false, "with --input: verbatim and near copies only, faster")
	return cmd
}

// familyTrees reads the inputs and finds their copies and stemmata. It needs
// no more than outlines.
func familyTrees(cmd *cobra.Command, args []string) (*export.Trees, *problems, error) {
	if len(args) == 0 {
		return nil, nil, usageError(errors.New("no input given"), "name files or folders, or - for standard input")
	}
	reports, problems := readReports(cmd, args)
	if len(reports) == 0 {
		return nil, problems, problems.Err()
	}
	docs := outlines(reports)
	copies, stemmata := findFamilies(docs)
	return &export.Trees{Documents: docs, Copies: copies, Stemmata: stemmata}, problems, nil
}

// outlines returns the documents of reports as far as copies and collation
// need them.
func outlines(reports []*stemma.Report) []*stemma.Document {
	docs := make([]*stemma.Document, len(reports))
	for i, rep := range reports {
		docs[i] = record.Outline(rep)
	}
	return docs
}

// findFamilies finds the copies among docs and their stemmata.
func findFamilies(docs []*stemma.Document) ([]stemma.Copy, []stemma.Stemma) {
	copies := reuse.Find(docs, reuse.Options{})
	return copies, reuse.Families(docs, copies, reuse.Options{})
}

func runCopies(cmd *cobra.Command, args []string) error {
	if err := oneFormat(cmd); err != nil {
		return err
	}
	input, _ := cmd.Flags().GetString("input")
	output, _ := cmd.Flags().GetString("output")
	if input != "" || output != "" {
		if input == "" || output == "" {
			return usageError(errors.New("--input and --output go together"))
		}
		if len(args) > 0 {
			return usageError(fmt.Errorf("%s: no more inputs with --input", args[0]))
		}
		return runBulk(cmd, input, output)
	}
	trees, problems, err := familyTrees(cmd, args)
	if err != nil || trees == nil {
		return err
	}
	switch {
	case asked(cmd, "json"):
		err = writeJSON(cmd.OutOrStdout(), struct {
			Total  int           `json:"total"`
			Copies []stemma.Copy `json:"copies"`
		}{len(trees.Copies), orEmpty(trees.Copies)})
	case asked(cmd, "jsonl"):
		for _, c := range trees.Copies {
			err = errors.Join(err, writeJSONL(cmd.OutOrStdout(), c))
		}
	case asked(cmd, "plain"):
		for _, c := range trees.Copies {
			fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%s\t%s\n", c.Exemplar, c.Report, c.Kind, c.Score, c.Direction, c.Support,
				term.Line(sourceOf(trees, c.Exemplar)), term.Line(sourceOf(trees, c.Report)))
		}
	default:
		printCopies(cmd, trees)
	}
	return errors.Join(err, problems.Err())
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func sourceOf(t *export.Trees, id stemma.ReportID) string {
	for _, d := range t.Documents {
		if d.Report.ID == id {
			return d.Report.Source
		}
	}
	return string(id)
}

// printCopies lists copies for people, those that are edges of a tree first.
func printCopies(cmd *cobra.Command, t *export.Trees) {
	w, st := cmd.OutOrStdout(), style(cmd)
	all, _ := cmd.Flags().GetBool("all")
	shown, related := 0, 0
	for _, c := range t.Copies {
		if c.Support == 0 && !all {
			related++
			continue
		}
		shown++
		arrow := "→"
		if c.Direction < 0.6 {
			arrow = "–"
		}
		fmt.Fprintf(w, "%s %s %s  %s\n", st.Strong(term.Line(sourceOf(t, c.Exemplar))), arrow, st.Strong(term.Line(sourceOf(t, c.Report))),
			fmt.Sprintf("%s copy, %.0f%% of it; %s (%.2f)", c.Kind, 100*c.Score, export.DirectionWord(c.Direction), c.Direction))
		for _, r := range c.Reasons {
			sign := "  "
			switch {
			case r.Against:
				sign = "− "
			case r.Weight > 0 && r.Rule != "shared-wording":
				sign = "+ "
			}
			fmt.Fprintf(w, "    %s%s\n", sign, term.Line(r.Text))
		}
	}
	if shown == 0 {
		fmt.Fprintln(w, "no copies")
	}
	fmt.Fprintf(w, "%s\n", originsLine(t))
	if related > 0 {
		talk(cmd, "%s more related by way of others; --all lists them", count(related, "pair"))
	}
}

// originsLine is the number that users lack: "9 reports · 8 outlets · 3
// independent origins".
func originsLine(t *export.Trees) string {
	parts := []string{count(t.Reports(), "report")}
	if n := t.Outlets(); n > 0 {
		parts = append(parts, count(n, "outlet"))
	}
	return strings.Join(append(parts, count(t.Origins(), "independent origin")), " · ")
}

// runBulk finds the copies in a file too big for memory.
func runBulk(cmd *cobra.Command, input, output string) error {
	memory, _ := cmd.Flags().GetString("memory")
	bytes, err := parseSize(memory)
	if err != nil {
		return usageError(err)
	}
	opt := bulk.Options{Memory: bytes}
	opt.Window, _ = cmd.Flags().GetDuration("window")
	opt.Workers, _ = cmd.Flags().GetInt("workers")
	opt.Anchors, _ = cmd.Flags().GetBool("anchors")
	// On a terminal the line is written over; elsewhere one every ten seconds.
	live := term.IsTerminal(cmd.ErrOrStderr())
	every := 10 * time.Second
	if live {
		every = 200 * time.Millisecond
	}
	quiet, _ := cmd.Flags().GetBool("quiet")
	start := time.Now()
	last := start
	opt.Progress = func(stage string, done, total int64) {
		if quiet || time.Since(last) < every {
			return
		}
		last = time.Now()
		line := fmt.Sprintf("%s %.0f%% of stage, %.0f s", stage, 100*float64(done)/math.Max(1, float64(total)), time.Since(start).Seconds())
		if live {
			fmt.Fprintf(cmd.ErrOrStderr(), "\r\x1b[K%s", line)
		} else {
			say(cmd, "%s", line)
		}
	}
	failed := 0
	opt.Failed = func(offset int64, err error) {
		if failed++; failed <= maxFailedShown {
			if live {
				fmt.Fprint(cmd.ErrOrStderr(), "\r\x1b[K")
			}
			say(cmd, "%s, byte %d: %v", input, offset, err)
		}
	}
	ctx := cmd.Context()
	if ctx == nil {
		ctx = context.Background()
	}
	res, err := bulk.Run(ctx, input, output, opt)
	if live {
		fmt.Fprint(cmd.ErrOrStderr(), "\r\x1b[K")
	}
	if err != nil {
		if _, statErr := os.Stat(output + ".work"); statErr == nil {
			return withHint(err, "start the same command again to go on where it was; to start anew, delete "+output+".work")
		}
		return err
	}
	if asked(cmd, "json") {
		return writeJSON(cmd.OutOrStdout(), res)
	}
	talk(cmd, "%s, %s found (%d of them word for word), %.1f s", count(int(res.Reports), "report"), count(int(res.Copies), "copied pair"), res.Twins, time.Since(start).Seconds())
	if res.Skipped+res.Failed > 0 {
		err := fmt.Errorf("%s: %s passed over", input, count(int(res.Skipped), "line"))
		if res.Failed > 0 {
			err = fmt.Errorf("%w; %s could not be compared", err, count(int(res.Failed), "pair"))
		}
		return &exit{code: exitPartial, err: err}
	}
	return nil
}

// maxFailedShown is how many of the lines passed over are named.
const maxFailedShown = 20

// parseSize reads "8GiB", "500MB" or a number of bytes.
func parseSize(s string) (int64, error) {
	number := strings.TrimRight(s, "BiKMGTkmgt")
	unit := strings.ToLower(s[len(number):])
	n, err := strconv.ParseFloat(number, 64)
	factor, ok := map[string]float64{"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
		"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}[unit]
	if err != nil || !ok || n <= 0 {
		return 0, fmt.Errorf("%q is no size: say 8GiB or 500MB", s)
	}
	return int64(n * factor), nil
}

func newTree() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "tree [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "Draw the family trees of reports that were copied",
		Long: `Tree draws for each family of copies which report was made from which: the
stemma. Roots are independent origins. Support says in which share of samples
of the sentences an edge comes out the same; "(lost)" is a report that several
others must share and that is not among the inputs.`,
		Example: `  stemma tree examples/kost
  stemma tree --format svg --output tree.svg examples/kost
  stemma tree --format newick examples/kost
  stemma tree --json examples/kost | jq '.stemmata[0].nodes'`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			format := cmd.Flags().Lookup("format").Value.String()
			trees, problems, err := familyTrees(cmd, args)
			if err != nil || trees == nil {
				return err
			}
			output, _ := cmd.Flags().GetString("output")
			err = toFile(cmd, output, func(w io.Writer) error {
				switch {
				case asked(cmd, "json"):
					return writeJSON(w, struct {
						Reports  int             `json:"reports"`
						Origins  int             `json:"origins"`
						Copies   []stemma.Copy   `json:"copies"`
						Stemmata []stemma.Stemma `json:"stemmata"`
					}{trees.Reports(), trees.Origins(), orEmpty(trees.Copies), orEmpty(trees.Stemmata)})
				case format == "text":
					st := style(cmd)
					st.On = st.On && output == "-"
					if err := trees.Text(w, st); err != nil {
						return err
					}
					_, err := fmt.Fprintf(w, "\n%s\n", originsLine(trees))
					return err
				}
				return trees.Write(w, format)
			})
			return errors.Join(err, problems.Err())
		},
	}
	cmd.Flags().VarP(&choice{value: "text", of: append([]string{"text"}, export.TreeFormats...)}, "format", "f", "text, svg, dot, newick, graphml, nexus (a matrix of variants) or passim (passages as JSON lines)")
	cmd.Flags().StringP("output", "o", "-", "write to `FILE`")
	addFormatFlags(cmd)
	return cmd
}

func newOrigins() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "origins [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "Count the independent origins of a story",
		Long: `Origins counts how many of the reports are independent of each other: the roots
of the family trees. Forty outlets that print one agency's text are one origin.
Each origin is listed with the reports that come from it.`,
		Example: `  stemma origins examples/kost
  stemma origins --json examples/kost | jq .origins`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			trees, problems, err := familyTrees(cmd, args)
			if err != nil || trees == nil {
				return err
			}
			type origin struct {
				Report stemma.ReportID   `json:"report,omitempty"` // empty if it is lost
				Source string            `json:"source,omitempty"`
				From   []stemma.ReportID `json:"from_it"`
			}
			origins := []origin{}
			for _, s := range trees.Stemmata {
				o := origin{Report: s.Nodes[0].Report, From: []stemma.ReportID{}}
				if o.Report != "" {
					o.Source = sourceOf(trees, o.Report)
				}
				for _, n := range s.Nodes[1:] {
					if n.Report != "" {
						o.From = append(o.From, n.Report)
					}
				}
				origins = append(origins, o)
			}
			if asked(cmd, "json") {
				err = writeJSON(cmd.OutOrStdout(), struct {
					Reports int      `json:"reports"`
					Outlets int      `json:"outlets"`
					Origins int      `json:"origins"`
					Roots   []origin `json:"roots"`
				}{trees.Reports(), trees.Outlets(), trees.Origins(), origins})
				return errors.Join(err, problems.Err())
			}
			w, st := cmd.OutOrStdout(), style(cmd)
			fmt.Fprintln(w, st.Strong(originsLine(trees)))
			for _, o := range origins {
				name := o.Source
				if o.Report == "" {
					name = "(a lost report)"
				}
				fmt.Fprintf(w, "%s", term.Line(name))
				if n := len(o.From); n > 0 {
					fmt.Fprintf(w, "  and %s made from it:", count(n, "report"))
					for _, id := range o.From {
						fmt.Fprintf(w, "\n    %s", term.Line(sourceOf(trees, id)))
					}
				}
				fmt.Fprintln(w)
			}
			return problems.Err()
		},
	}
	addFormatFlags(cmd)
	return cmd
}
