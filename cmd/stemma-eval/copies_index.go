package main

import (
	"bytes"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"stemma"
	"stemma/internal/copygen"
	"stemma/reuse"
)

// copiesIndex measures what adding one more report to an index costs, by how
// many it holds: finding its candidates, adding it, and removing it again; and
// what storing the index takes.
func copiesIndex(args []string) error {
	fs := flag.NewFlagSet("copies-index", flag.ExitOnError)
	sizes := fs.String("sizes", "1000,10000,100000", "reports held, in rising order")
	more := fs.Int("more", 2000, "reports that are then added one by one")
	data := fs.String("data", "../shared/data", "folder of corpora; the sentence patterns come from gum/ and ewt/")
	machine := fs.String("machine", "one core of an AMD EPYC, shared with other work while this ran", "where it ran")
	out := fs.String("o", "bench/copies-index.txt", "where the figures go; - for standard output")
	fs.Parse(args)
	w, err := copygen.NewWorld(os.DirFS(*data), "gum/GUM_*.conllu", "ewt/*.conllu")
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `# What one more report costs an index, by how many it holds: go run ./cmd/stemma-eval copies-index -sizes %s
# %s; %s. Corpus: that of copies-gen (sentence patterns and vocabulary of GUM, class A, and EWT, class B; only measured).
# Microseconds of processor time a report, mean over the %d reports that come next: keys from its text, candidates among those held, adding it, removing it again.
# slowest: wall time of the slowest addition of these, in microseconds (other work takes the processor now and then).
# stored: what WriteTo writes, a report; write and read: processor seconds for the whole (read: up to 60 million postings). change: bytes of a journal for each report.
# "anchors" holds anchor keys alone, as for verbatim and near copies.
`, *sizes, time.Now().UTC().Format("2006-01-02"), *machine, *more)
	var steps []int
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			return err
		}
		steps = append(steps, n)
	}
	grown := []*grownIndex{{name: "all keys", x: reuse.NewIndex(0), find: (*reuse.Reading).Keys}, {name: "anchors", x: reuse.NewIndex(0), find: (*reuse.Reading).Anchors}}
	var next []*stemma.Report
	n := 0
	for m := range w.Corpus(7, steps[len(steps)-1]+*more) {
		rep := m.Report
		if n < steps[0] {
			for _, g := range grown {
				g.x.Add(uint32(n), g.read(&rep))
			}
			n++
			continue
		}
		if next = append(next, &rep); len(next) < *more {
			continue
		}
		for _, g := range grown {
			if err := g.oneMore(n, next); err != nil {
				return err
			}
			for i, rep := range next {
				g.x.Add(uint32(n+i), g.read(rep))
			}
		}
		n += len(next)
		next = next[:0]
		if steps = steps[1:]; len(steps) == 0 {
			break
		}
	}
	for _, g := range grown {
		fmt.Fprintf(&b, "\n%s\n%10s %10s %10s %10s %8s %8s %8s %8s %8s %10s %10s %10s %10s %8s\n%s", g.name, "reports", "keys/rep.", "cand./rep.", "MB memory", "keys", "candid.", "add", "remove", "slowest", "B/report", "stored", "write s", "read s", "change", g.rows.String())
	}
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, b.String())
		return err
	}
	return os.WriteFile(*out, []byte(b.String()), 0o644)
}

// A grownIndex is an index under measurement.
type grownIndex struct {
	name string
	x    *reuse.Index
	find func(*reuse.Reading, []reuse.Key) []reuse.Key
	r    reuse.Reading
	keys []reuse.Key
	rows strings.Builder
}

// read returns the keys of rep, until the next call.
func (g *grownIndex) read(rep *stemma.Report) []reuse.Key {
	g.r.Reset(&stemma.Document{Report: rep})
	g.keys = g.find(&g.r, g.keys[:0])
	return g.keys
}

// oneMore measures adding each of next to the index, which holds n reports, and
// leaves it as it was.
func (g *grownIndex) oneMore(n int, next []*stemma.Report) error {
	x := g.x
	keys := make([][]reuse.Key, len(next))
	each := func(do func(i int)) float64 { // microseconds of processor time
		start, _ := usage()
		for i := range next {
			do(i)
		}
		end, _ := usage()
		return (end - start) * 1e6 / float64(len(next))
	}
	keyTime := each(func(i int) { keys[i] = slices.Clone(g.read(next[i])) })
	perReport, found := 0, 0
	for _, k := range keys {
		perReport += len(k)
	}
	bytesHeld, before := x.Bytes(), x.Postings()
	var cands []reuse.Candidate
	candidates := func(i int) { cands = x.Candidates(cands[:0], keys[i], 0); found += len(cands) }
	var slowest time.Duration
	// Adding follows the search for candidates, as it does in use; what the
	// search alone takes is measured by itself and subtracted.
	both := each(func(i int) {
		candidates(i)
		start := time.Now()
		x.Add(uint32(n+i), keys[i])
		slowest = max(slowest, time.Since(start))
	})
	removeTime := each(func(i int) { x.Remove(uint32(n+i), keys[i]) })
	if x.Postings() != before || x.Len() != n {
		return fmt.Errorf("%d postings of %d reports after removing what was added, want %d of %d", x.Postings(), x.Len(), before, n)
	}
	candidateTime := each(func(i int) { cands = x.Candidates(cands[:0], keys[i], 0) })
	var size counter
	start, _ := usage()
	if _, err := x.WriteTo(&size); err != nil {
		return err
	}
	end, _ := usage()
	writeTime := end - start
	// Reading back is measured on a copy, which must be the same.
	readTime, same := "-", true
	if x.Postings() < 60e6 {
		var buf bytes.Buffer
		if _, err := x.WriteTo(&buf); err != nil {
			return err
		}
		start, _ = usage()
		y, err := reuse.ReadIndex(&buf)
		if err != nil {
			return err
		}
		end, _ = usage()
		readTime = fmt.Sprintf("%.1f", end-start)
		var again counter
		if _, err := y.WriteTo(&again); err != nil {
			return err
		}
		same = again == size
		for _, k := range keys[:min(200, len(keys))] {
			same = same && slices.Equal(x.Candidates(nil, k, 0), y.Candidates(nil, k, 0))
		}
	}
	if !same {
		return fmt.Errorf("the index of %d reports is another once written and read", n)
	}
	change := len(reuse.Change{Report: uint32(n), Keys: keys[0]}.AppendTo(nil))
	count := float64(len(next))
	_, err := fmt.Fprintf(&g.rows, "%10d %10.1f %10.2f %10.0f %8.1f %8.1f %8.1f %8.1f %8d %10.0f %10.0f %10.1f %10s %8d\n", n, float64(perReport)/count, float64(found)/count, float64(bytesHeld)/1e6,
		keyTime, candidateTime, both-candidateTime, removeTime, slowest.Microseconds(), float64(bytesHeld)/float64(n), float64(size.n)/float64(n), writeTime, readTime, change)
	return err
}

// A counter counts the bytes written to it and sums them up.
type counter struct {
	n   int
	sum uint32
}

func (c *counter) Write(b []byte) (int, error) {
	c.n += len(b)
	c.sum = crc32.Update(c.sum, crc32.IEEETable, b)
	return len(b), nil
}
