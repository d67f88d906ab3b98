package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// copiesReport turns the lines of figures that copies-batch and copies-score
// append into a table and a plot.
func copiesReport(args []string) error {
	fs := flag.NewFlagSet("copies-report", flag.ExitOnError)
	figures := fs.String("figures", "bench/copies-figures.jsonl", "lines of figures")
	out := fs.String("o", "bench/copies.txt", "table")
	plot := fs.String("plot", "bench/copies-growth.svg", "plot of the growth; empty for none")
	machine := fs.String("machine", "two cores of an AMD EPYC, shared with other work while this ran", "where it ran")
	note := fs.String("note", "", "a line to add")
	fs.Parse(args)
	f, err := os.Open(*figures)
	if err != nil {
		return err
	}
	defer f.Close()
	var runs []copiesScore
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var s copiesScore
		if err := json.Unmarshal(sc.Bytes(), &s); err != nil {
			return err
		}
		runs = append(runs, s)
	}
	slices.SortStableFunc(runs, func(a, b copiesScore) int { return cmp.Compare(a.Reports, b.Reports) })
	var b strings.Builder
	fmt.Fprintf(&b, `# Copies in generated reports: time, memory, recall, precision
# %s; %s. Since the machine was shared, processor time is the measure; wall time is given beside it.
# Corpus: go run ./cmd/stemma-eval copies-gen (sentence patterns and vocabulary of GUM, class A, and EWT, class B; only measured). %d runs.
# Steps: copies-gen -n N; copies-batch -json FILE of figures; copies-report. The tools of others, and stemma beside them in one run: bench/peers/run.sh.
# Recall is over planted copies, by word 5-gram Jaccard (J5) with the exemplar. Precision is the share of pairs that are of one family;
# the rest are independent reports of one story, which quote the same speeches.

`, time.Now().UTC().Format("2006-01-02"), *machine, len(runs))
	if *note != "" {
		fmt.Fprintf(&b, "# %s\n\n", *note)
	}
	find := func(s copiesScore, min float64) string {
		n, ok := 0, 0
		for _, x := range s.Bins {
			if x.Lo >= min && x.Lo >= 0 {
				n, ok = n+x.N, ok+x.OK
			}
		}
		if n == 0 {
			return "-"
		}
		return fmt.Sprintf("%.4f", float64(ok)/float64(n))
	}
	bin := func(s copiesScore, name string) string {
		for _, x := range s.Bins {
			if x.Name == name && x.N > 0 {
				return fmt.Sprintf("%.4f", float64(x.OK)/float64(x.N))
			}
		}
		return "-"
	}
	fmt.Fprintf(&b, "%-58s %8s %9s %9s %9s %8s %8s %8s %8s %9s %10s\n", "run", "reports", "wall s", "proc. s", "rep./p.s", "peak MB", "J5≥.2", "J5≥.05", ".05–.1", "partial", "precision")
	for _, s := range runs {
		fmt.Fprintf(&b, "%-58s %8d %9.1f %9.1f %9.0f %8.0f %8s %8s %8s %9s %10.4f\n", s.Label, s.Reports, s.Wall, s.User, float64(s.Reports)/max(s.User, 0.01), s.PeakMB,
			find(s, 0.2), find(s, 0.05), bin(s, ".05 ≤ J5 < .1"), bin(s, "partial"), ratio(s.Related, s.Pairs))
	}
	b.WriteString("\nstemma, by stage (wall seconds), and what a report costs\n")
	fmt.Fprintf(&b, "%-58s %8s %8s %8s %9s %12s %12s %10s\n", "run", "map", "group", "compare", "keys/rep.", "candid./rep.", "ms proc./rep.", "kinds right")
	for _, s := range runs {
		if s.Batch.Reports > 0 {
			n := float64(s.Reports)
			fmt.Fprintf(&b, "%-58s %8.1f %8.1f %8.1f %9.1f %12.2f %12.3f %10.4f\n", fmt.Sprintf("%s, %d", s.Label, s.Reports), s.Batch.MapTime, s.Batch.GroupTime, s.Batch.PairTime,
				float64(s.Batch.Keys)/n, float64(s.Batch.Candidates)/n, 1000*s.User/n, ratio(s.Kinds, s.Found))
		}
	}
	if err := os.WriteFile(*out, []byte(b.String()), 0o644); err != nil {
		return err
	}
	if *plot == "" {
		return nil
	}
	return os.WriteFile(*plot, []byte(growthPlot(runs)), 0o644)
}

// growthPlot draws processor time and peak memory over the number of reports,
// both axes logarithmic.
func growthPlot(runs []copiesScore) string {
	var b strings.Builder
	const w, h, left, bottom = 720, 420, 70, 50
	x := func(n float64) float64 { return left + (math.Log10(n)-3.7)/(6.9-3.7)*(w-left-170) }
	y := func(v float64) float64 { return h - bottom - (math.Log10(v)-0)/(4.5-0)*(h-bottom-30) }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img"><title>Cost of finding copies, by number of reports</title><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", w, h)
	for _, n := range []float64{1e4, 1e5, 1e6, 5e6} {
		fmt.Fprintf(&b, `<line x1="%.0f" y1="30" x2="%.0f" y2="%d" stroke="#ddd"/><text x="%.0f" y="%d" text-anchor="middle">%s</text>`+"\n", x(n), x(n), h-bottom, x(n), h-bottom+18, map[float64]string{1e4: "10⁴", 1e5: "10⁵", 1e6: "10⁶", 5e6: "5·10⁶"}[n])
	}
	for _, v := range []float64{1, 10, 100, 1000, 10000} {
		fmt.Fprintf(&b, `<line x1="%d" y1="%.0f" x2="%d" y2="%.0f" stroke="#ddd"/><text x="%d" y="%.0f" text-anchor="end">%.0f</text>`+"\n", left, y(v), w-170, y(v), left-6, y(v)+4, v)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">reports</text><text x="16" y="20">processor seconds · megabytes</text>`+"\n", (left+w-170)/2, h-10)
	colours := []string{"#1f5fa8", "#b3541e", "#3a7d44", "#7a4b9a"}
	labels := map[string][]copiesScore{}
	var order []string
	for _, s := range runs {
		if s.Batch.Reports == 0 {
			continue
		}
		if labels[s.Label] == nil {
			order = append(order, s.Label)
		}
		labels[s.Label] = append(labels[s.Label], s)
	}
	row := 0
	line := func(name, colour, dash string, points []copiesScore, value func(copiesScore) float64) {
		var d strings.Builder
		for i, s := range points {
			fmt.Fprintf(&d, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[i == 0], x(float64(s.Reports)), y(max(1, value(s))))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, x(float64(s.Reports)), y(max(1, value(s))), colour)
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><text x="%d" y="%d">%s</text>`+"\n",
			d.String(), colour, dash, w-160, 44+row*20, w-136, 44+row*20, colour, dash, w-130, 48+row*20, name)
		row++
	}
	for i, l := range order {
		c := colours[i%len(colours)]
		short := strings.TrimPrefix(l, "stemma, ")
		line(short+": s", c, "", labels[l], func(s copiesScore) float64 { return s.User })
		line(short+": MB", c, "5 4", labels[l], func(s copiesScore) float64 { return s.PeakMB })
	}
	b.WriteString("</svg>\n")
	return b.String()
}
