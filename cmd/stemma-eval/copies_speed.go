package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"stemma"
	"stemma/reuse"
)

// copiesSpeed measures in processor time what keys cost, on one core and with
// the reports in memory: the anchor channel alone, and all channels.
func copiesSpeed(args []string) error {
	fs := flag.NewFlagSet("copies-speed", flag.ExitOnError)
	in := fs.String("i", "reports.jsonl", "reports")
	out := fs.String("o", "bench/copies-keys.txt", "where the figures go; - for standard output")
	fs.Parse(args)
	f, err := os.Open(*in)
	if err != nil {
		return err
	}
	defer f.Close()
	var docs []*stemma.Document
	bytes := 0
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for len(docs) < 20000 {
		rep := new(stemma.Report)
		if err := dec.Decode(rep); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		bytes += len(rep.Text)
		docs = append(docs, &stemma.Document{Report: rep})
	}
	var r reuse.Reading
	var keys []reuse.Key
	measure := func(do func(i int)) (perSecond, megabytes float64) {
		start, _ := usage()
		const rounds = 3
		for range rounds {
			for i := range docs {
				do(i)
			}
		}
		end, _ := usage()
		return rounds * float64(len(docs)) / (end - start), rounds * float64(bytes) / 1e6 / (end - start)
	}
	a, am := measure(func(i int) { r.Reset(docs[i]); keys = r.Anchors(keys[:0]) })
	k, km := measure(func(i int) { r.Reset(docs[i]); keys = r.Keys(keys[:0]) })
	// Candidates by an index, each report looked for and added.
	withIndex := func(find func([]reuse.Key) []reuse.Key) (perSecond, bytesEach float64) {
		x := reuse.NewIndex(0)
		var cands []reuse.Candidate
		p, _ := measure(func(i int) {
			r.Reset(docs[i])
			keys = find(keys[:0])
			cands = x.Candidates(cands[:0], keys, 0)
			if x.Len() < len(docs) {
				x.Add(uint32(i), keys)
			}
		})
		return p, float64(x.Bytes()) / float64(max(1, x.Len()))
	}
	ax, ab := withIndex(r.Anchors)
	kx, kb := withIndex(r.Keys)
	text := fmt.Sprintf(`# What keys cost: go run ./cmd/stemma-eval copies-speed -i reports.jsonl (of copies-gen -n 10000)
# %s; processor time, one core of an AMD EPYC; %d reports of %d bytes in memory
# The anchor channel is measured from the text of a report in memory to its candidates: cut into words, anchor keys, look-up
# among all reports before it, and adding it (three rounds look, the first adds). Reading JSON and comparing the pairs are not in it;
# they are in the rows "anchors only" of bench/copies.txt.
reading and anchor keys               %6.0f reports/s  %5.0f MB/s
the anchor channel, with its index    %6.0f reports/s               %5.0f bytes of index a report   (goal 20,000 reports/s)
reading and all keys                  %6.0f reports/s  %5.0f MB/s
all channels, with their index        %6.0f reports/s               %5.0f bytes of index a report
`, time.Now().UTC().Format("2006-01-02"), len(docs), bytes/max(1, len(docs)), a, am, ax, ab, k, km, kx, kb)
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, text)
		return err
	}
	return os.WriteFile(*out, []byte(text), 0o644)
}
