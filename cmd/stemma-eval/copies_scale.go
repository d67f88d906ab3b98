package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"slices"
	"syscall"
	"time"

	"stemma"
	"stemma/internal/bulk"
)

// copiesBatch runs the batch over generated reports and scores what it found
// against their truth.
func copiesBatch(args []string) error {
	fs := flag.NewFlagSet("copies-batch", flag.ExitOnError)
	in := fs.String("i", "reports.jsonl", "reports")
	truth := fs.String("truth", "truth.jsonl", "truth")
	out := fs.String("o", "copies.jsonl", "copies found")
	memory := fs.Int64("memory", 4<<30, "bytes")
	workers := fs.Int("workers", 2, "workers")
	anchors := fs.Bool("anchors", false, "anchor channel only")
	jsonOut := fs.String("json", "", "append the figures to this file as a line of JSON")
	label := fs.String("label", "stemma", "name of this run in the figures")
	profile := fs.String("cpuprofile", "", "write a profile of processor time to this file")
	fs.Parse(args)
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	last := time.Now()
	start := time.Now()
	res, err := bulk.Run(context.Background(), *in, *out, bulk.Options{Memory: *memory, Workers: *workers, Anchors: *anchors, Progress: func(stage string, done, total int64) {
		if time.Since(last) > 10*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "%s %d/%d %.0f s\n", stage, done, total, time.Since(start).Seconds())
		}
	}})
	if err != nil {
		return err
	}
	wall := time.Since(start).Seconds()
	user, peak := usage()
	s, err := scoreCopies(*truth, *out)
	if err != nil {
		return err
	}
	s.Label, s.Reports, s.Wall, s.User, s.PeakMB, s.Batch = *label, res.Reports, wall, user, peak, res
	s.print(os.Stdout)
	return appendFigures(*jsonOut, s)
}

// usage returns the processor seconds of this process and the most memory it
// held, in megabytes.
func usage() (seconds, peak float64) {
	var ru syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &ru) != nil {
		return 0, 0
	}
	t := func(v syscall.Timeval) float64 { return float64(v.Sec) + float64(v.Usec)/1e6 }
	return t(ru.Utime) + t(ru.Stime), float64(ru.Maxrss) / 1024
}

// A copiesScore says how well copies were found in generated reports.
type copiesScore struct {
	Label     string
	Reports   int64
	Wall      float64 // seconds
	User      float64 // processor seconds, system time included
	PeakMB    float64
	Planted   int // copies in the truth
	Found     int // of them
	Bins      []bin
	Pairs     int // pairs found
	Related   int // of them of one family
	SameStory int // of them of one story but independent
	Kinds     int // planted copies found with the right kind
	Claimed   int // with a direction of at least .6
	Right     int // of them the right one
	Batch     bulk.Result
}

type bin struct {
	Name  string
	Lo    float64
	N, OK int
}

func newBins() []bin {
	return []bin{{"verbatim or J5 ≥ .5", 0.5, 0, 0}, {".2 ≤ J5 < .5", 0.2, 0, 0}, {".1 ≤ J5 < .2", 0.1, 0, 0}, {".05 ≤ J5 < .1", 0.05, 0, 0}, {".02 ≤ J5 < .05", 0.02, 0, 0}, {"J5 < .02", 0, 0, 0}, {"partial", -1, 0, 0}}
}

func (t *copyTruth) bin(bins []bin) *bin {
	switch {
	case t.Kind == stemma.Partial:
		return &bins[len(bins)-1]
	case t.Kind == stemma.Verbatim:
		return &bins[0]
	}
	for i := range bins {
		if t.J5 >= bins[i].Lo {
			return &bins[i]
		}
	}
	return nil
}

// scoreCopies compares the pairs in found, lines with exemplar and report,
// with the truth.
func scoreCopies(truthFile, found string) (*copiesScore, error) {
	truth, byID, err := readTruth(truthFile)
	if err != nil {
		return nil, err
	}
	s := &copiesScore{Bins: newBins()}
	type pair struct{ a, b int32 }
	type verdict struct {
		report    int32 // which of the two is said to be the copy
		direction float32
		kind      stemma.CopyKind
	}
	hit := map[pair]verdict{}
	pairOf := func(i, k int) pair { return pair{int32(min(i, k)), int32(max(i, k))} }
	f, err := os.Open(found)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	twin := make([]int, len(truth)) // towards the one that stands for all reports with the same words
	for i := range twin {
		twin[i] = i
	}
	rep := func(i int) int {
		for twin[i] != i {
			twin[i] = twin[twin[i]]
			i = twin[i]
		}
		return i
	}
	rd := bufio.NewReaderSize(f, 1<<20)
	dec := json.NewDecoder(rd)
	for {
		var c struct {
			Exemplar, Report stemma.ReportID
			Kind             stemma.CopyKind
			Direction        float64
		}
		if err := dec.Decode(&c); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		i, ok := byID[c.Exemplar]
		k, ok2 := byID[c.Report]
		if !ok || !ok2 {
			return nil, fmt.Errorf("copy of unknown reports %s %s", c.Exemplar, c.Report)
		}
		s.Pairs++
		switch {
		case truth[i].Family == truth[k].Family:
			s.Related++
		case truth[i].Story == truth[k].Story:
			s.SameStory++
		}
		if c.Kind == stemma.Verbatim {
			x, y := rep(i), rep(k)
			twin[max(x, y)] = min(x, y)
		}
		hit[pairOf(i, k)] = verdict{int32(k), float32(c.Direction), shared(c.Kind)}
	}
	// Of reports with the same words one is compared for all; which, is the
	// tool's choice.
	between := map[pair]bool{}
	for p := range hit {
		if q := pairOf(rep(int(p.a)), rep(int(p.b))); q != p {
			between[q] = true
		}
	}
	for i := range truth {
		t := &truth[i]
		if t.Exemplar == "" {
			continue
		}
		s.Planted++
		b := t.bin(s.Bins)
		b.N++
		k := byID[t.Exemplar]
		c, direct := hit[pairOf(i, k)]
		x, y := rep(i), rep(k)
		p := pairOf(x, y)
		if _, ok := hit[p]; ok || direct || between[p] || x == y {
			s.Found++
			b.OK++
		}
		if direct {
			if c.kind == t.Kind {
				s.Kinds++
			}
			if c.direction >= 0.6 {
				s.Claimed++
				if int(c.report) == i {
					s.Right++
				}
			}
		}
	}
	return s, nil
}

// shared returns the kind as a string that takes no memory of its own.
func shared(k stemma.CopyKind) stemma.CopyKind {
	for _, known := range []stemma.CopyKind{stemma.Verbatim, stemma.Near, stemma.Reworded, stemma.Partial} {
		if k == known {
			return known
		}
	}
	return k
}

func readTruth(name string) ([]copyTruth, map[stemma.ReportID]int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var truth []copyTruth
	byID := map[stemma.ReportID]int{}
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var t copyTruth
		if err := dec.Decode(&t); err == io.EOF {
			return truth, byID, nil
		} else if err != nil {
			return nil, nil, err
		}
		t.Kind = shared(t.Kind)
		byID[t.ID] = len(truth)
		truth = append(truth, t)
	}
}

func (s *copiesScore) print(w io.Writer) {
	rate := func(n, of int) string {
		if of == 0 {
			return "-"
		}
		return fmt.Sprintf("%.4f", float64(n)/float64(of))
	}
	fmt.Fprintf(w, "%s: %d reports, %.1f s wall, %.1f s processor (%.0f reports per processor second), peak %.0f MB\n",
		s.Label, s.Reports, s.Wall, s.User, float64(s.Reports)/max(s.User, 0.01), s.PeakMB)
	if s.Batch.Reports > 0 {
		fmt.Fprintf(w, "  stages: map %.1f s, group %.1f s, compare %.1f s; %.1f keys and %.2f candidates a report\n",
			s.Batch.MapTime, s.Batch.GroupTime, s.Batch.PairTime, float64(s.Batch.Keys)/float64(s.Reports), float64(s.Batch.Candidates)/float64(s.Reports))
	}
	fmt.Fprintf(w, "  planted copies %d, found %s\n", s.Planted, rate(s.Found, s.Planted))
	bins := slices.Clone(s.Bins)
	slices.SortStableFunc(bins, func(a, b bin) int { return cmp.Compare(b.Lo, a.Lo) })
	for _, b := range bins {
		fmt.Fprintf(w, "    %-22s %7d  recall %s\n", b.Name, b.N, rate(b.OK, b.N))
	}
	fmt.Fprintf(w, "  pairs found %d: of one family %s; independent of one story %d, of different stories %d\n",
		s.Pairs, rate(s.Related, s.Pairs), s.SameStory, s.Pairs-s.Related-s.SameStory)
	if s.Claimed > 0 || s.Kinds > 0 {
		fmt.Fprintf(w, "  kind right %s of %d; direction claimed for %d, right %s\n", rate(s.Kinds, s.Found), s.Found, s.Claimed, rate(s.Right, s.Claimed))
	}
}

// copiesScoreCmd scores pairs or clusters that another tool found.
func copiesScoreCmd(args []string) error {
	fs := flag.NewFlagSet("copies-score", flag.ExitOnError)
	truth := fs.String("truth", "truth.jsonl", "truth")
	found := fs.String("found", "found.jsonl", "pairs, or clusters with -clusters")
	clusters := fs.Bool("clusters", false, "the file found gives the cluster of each report")
	figures := fs.String("figures", "", "file with the tool's own line of figures")
	jsonOut := fs.String("json", "", "append the figures to this file as a line of JSON")
	fs.Parse(args)
	var s *copiesScore
	var err error
	if *clusters {
		s, err = scoreClusters(*truth, *found)
	} else {
		s, err = scoreCopies(*truth, *found)
	}
	if err != nil {
		return err
	}
	if *figures != "" {
		b, err := os.ReadFile(*figures)
		if err != nil {
			return err
		}
		pairs := s.Pairs
		if err := json.Unmarshal(b, s); err != nil {
			return err
		}
		s.Pairs = pairs
	}
	s.print(os.Stdout)
	return appendFigures(*jsonOut, s)
}

// appendFigures adds figures to the file as a line of JSON; without a name it
// does nothing.
func appendFigures(file string, figures any) error {
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(figures)
}

// scoreClusters scores clusters as the pairs that they imply.
func scoreClusters(truthFile, found string) (*copiesScore, error) {
	truth, byID, err := readTruth(truthFile)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(found)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cluster := make([]int, len(truth))
	members := map[int][]int{}
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var c struct {
			ID      stemma.ReportID
			Cluster int
		}
		if err := dec.Decode(&c); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		i := byID[c.ID]
		cluster[i] = c.Cluster
		members[c.Cluster] = append(members[c.Cluster], i)
	}
	s := &copiesScore{Bins: newBins()}
	choose := func(n int) int { return n * (n - 1) / 2 }
	for _, m := range members {
		s.Pairs += choose(len(m))
		family, story := map[int]int{}, map[int]int{}
		for _, i := range m {
			family[truth[i].Family]++
			story[truth[i].Story]++
		}
		inFamily, inStory := 0, 0
		for _, n := range family {
			inFamily += choose(n)
		}
		for _, n := range story {
			inStory += choose(n)
		}
		s.Related += inFamily
		s.SameStory += inStory - inFamily
	}
	for i := range truth {
		t := &truth[i]
		if t.Exemplar == "" {
			continue
		}
		s.Planted++
		b := t.bin(s.Bins)
		b.N++
		if cluster[i] == cluster[byID[t.Exemplar]] {
			s.Found++
			b.OK++
		}
	}
	return s, nil
}
