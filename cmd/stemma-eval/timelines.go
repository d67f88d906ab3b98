package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stemma"
	"stemma/event"
	"stemma/record"
	"stemma/timex"
)

// evalTimelines scores timelines of entities on SemEval-2015 task 4, track A
// (from raw text): for each target entity, every verb that it is subject or
// object of, dated and in order.
func evalTimelines(w io.Writer, dir string) error {
	fmt.Fprintf(w, "\nSemEval-2015 task 4, TimeLine: cross-document event ordering, track A, from raw text (CC BY 3.0, class A)\n")
	fmt.Fprintf(w, "  Scorer: our reading of the task's definition, not its program. A timeline is a set of relations between event\n")
	fmt.Fprintf(w, "  mentions (document, sentence, word), and between them and their dates; events of unknown date (rank 0) take no\n")
	fmt.Fprintf(w, "  part. Precision is the share of the system's relations without the inferable ones that are in the closure of\n")
	fmt.Fprintf(w, "  the gold's, recall the reverse (temporal awareness, UzZaman and Allen 2011); micro-averaged over entities.\n")
	fmt.Fprintf(w, "  Published best of this track: F 7.85 (Minard and others 2015, abstract).\n")
	var all relTally
	for _, corpus := range []string{"corpus_1", "corpus_2", "corpus_3"} {
		t, err := scoreCorpus(filepath.Join(dir, "SemEval_Task4_data", corpus))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s  %v\n", corpus, t)
		all.add(t)
	}
	fmt.Fprintf(w, "  all       %v\n", all)
	return nil
}

type relTally struct{ hitP, nP, hitR, nR, mentions, sysMentions, goldMentions int }

func (t *relTally) add(u relTally) {
	t.hitP += u.hitP
	t.nP += u.nP
	t.hitR += u.hitR
	t.nR += u.nR
	t.mentions += u.mentions
	t.sysMentions += u.sysMentions
	t.goldMentions += u.goldMentions
}

func (t relTally) String() string {
	p, r := 100*float64(t.hitP)/float64(max(t.nP, 1)), 100*float64(t.hitR)/float64(max(t.nR, 1))
	mp, mr := 100*float64(t.mentions)/float64(max(t.sysMentions, 1)), 100*float64(t.mentions)/float64(max(t.goldMentions, 1))
	return fmt.Sprintf("P %5.2f R %5.2f F %5.2f; mentions alone P %5.2f R %5.2f F %5.2f", p, r, f1(p, r), mp, mr, f1(mp, mr))
}

// A timelineDoc is a document of the task, annotated.
type timelineDoc struct {
	id     string
	doc    *stemma.Document
	starts []int // byte offset of each sentence of the task
	acts   []event.Act
}

func readTimelineDoc(path string) (*timelineDoc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var t struct {
		ID  string `xml:"DOCID"`
		DCT struct {
			Timex struct {
				Value string `xml:"value,attr"`
			} `xml:"TIMEX3"`
		} `xml:"DCT"`
		S []string `xml:"TEXT>s"`
	}
	if err := xml.NewDecoder(f).Decode(&t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	d := &timelineDoc{id: strings.TrimSpace(t.ID)}
	var b strings.Builder
	for _, s := range t.S {
		d.starts = append(d.starts, b.Len())
		b.WriteString(strings.TrimSpace(s))
		b.WriteString("\n\n")
	}
	day, _ := timex.ParseDate(t.DCT.Timex.Value)
	d.doc = record.Annotate(&stemma.Report{ID: stemma.NewReportID(path, b.String()), Text: b.String(), Published: day})
	d.acts = event.Acts(d.doc)
	return d, nil
}

// A mention is an event mention as the task writes it: "1173-2-deal".
type timeline []timelineRow

type timelineRow struct {
	date     string
	mentions []string
}

func scoreCorpus(dir string) (relTally, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "corpus_trackA_TimeML", "*"))
	if err != nil || len(paths) == 0 {
		return relTally{}, fmt.Errorf("%s: no documents", dir)
	}
	var docs []*timelineDoc
	for _, p := range paths {
		d, err := readTimelineDoc(p)
		if err != nil {
			return relTally{}, err
		}
		docs = append(docs, d)
	}
	golds, err := filepath.Glob(filepath.Join(dir, "TimeLines_Gold_Standard", "*.txt"))
	if err != nil {
		return relTally{}, err
	}
	var sum relTally
	for _, g := range golds {
		entity, gold, err := readTimeline(g)
		if err != nil {
			return relTally{}, err
		}
		sum.add(scoreTimeline(gold, systemTimeline(docs, entity)))
	}
	return sum, nil
}

func readTimeline(path string) (entity string, tl timeline, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if i == 0 {
			entity = f[0]
			continue
		}
		if len(f) < 3 || f[0] == "0" {
			continue
		}
		// The list is by rank; events of one rank and date share a row.
		tl = append(tl, timelineRow{date: f[0] + " " + f[1], mentions: f[2:]})
	}
	return entity, tl, nil
}

// systemTimeline returns the timeline that the acts of docs make for entity.
func systemTimeline(docs []*timelineDoc, entity string) timeline {
	rows := map[string][]string{}
	for _, d := range docs {
		text := d.doc.Report.Text
		ids := map[stemma.ActorID]bool{}
		for _, m := range d.doc.Mentions {
			if m.Actor != "" && m.Form == stemma.ByName && sameName(m.Of(text), entity) {
				ids[m.Actor] = true
			}
		}
		about := func(s stemma.Span) bool {
			if s.IsZero() {
				return false
			}
			if strings.Contains(strings.ToLower(s.Of(text)), strings.ToLower(entity)) {
				return true
			}
			for _, m := range d.doc.Mentions {
				if m.Start >= s.End {
					break
				}
				if s.Contains(m.Span) && ids[m.Actor] {
					return true
				}
			}
			return false
		}
		for _, a := range d.acts {
			if a.Negated || !(about(a.Subject) || about(a.Object)) {
				continue
			}
			when := a.When
			if when.IsZero() {
				if !a.Past {
					continue
				}
				when = d.doc.Report.Published
			}
			sent, _ := slices.BinarySearch(d.starts, a.Verb.Start+1)
			date := timelineDate(when)
			rows[date] = append(rows[date], d.id+"-"+strconv.Itoa(sent-1)+"-"+a.Verb.Of(text))
		}
	}
	var dates []string
	for date := range rows {
		dates = append(dates, date)
	}
	slices.Sort(dates)
	var tl timeline
	for _, date := range dates {
		tl = append(tl, timelineRow{date: "x " + date, mentions: rows[date]})
	}
	return tl
}

// sameName reports whether two names are one, "Inc." and the like aside.
func sameName(a, b string) bool {
	norm := func(s string) string {
		s = strings.ToLower(s)
		for _, cut := range []string{" inc.", " inc", " corporation", " company", " co.", " corp.", "the "} {
			s = strings.ReplaceAll(s, cut, "")
		}
		return strings.TrimSpace(s)
	}
	return norm(a) == norm(b)
}

// timelineDate writes the first day, month or year of an interval as the task
// does: "2008-03-01", "2008-03-XX", "2008-XX-XX".
func timelineDate(v stemma.Interval) string {
	switch days := v.To.Sub(v.From).Hours() / 24; {
	case days > 45:
		return v.From.Format("2006-XX-XX")
	case days > 8:
		return v.From.Format("2006-01-XX")
	}
	return v.From.Format("2006-01-02")
}

// relations returns the relations of a timeline without those that follow
// from others, and all of them.
func relations(tl timeline) (reduced, closed map[string]bool) {
	reduced, closed = map[string]bool{}, map[string]bool{}
	for i, row := range tl {
		_, date, _ := strings.Cut(row.date, " ")
		for k, m := range row.mentions {
			closed[m+" = "+date] = true
			if k == 0 {
				reduced[m+" = "+date] = true
			} else {
				reduced[row.mentions[k-1]+" = "+m] = true
			}
			for _, n := range row.mentions {
				if m != n {
					closed[m+" = "+n] = true
				}
			}
			for j := i + 1; j < len(tl); j++ {
				for _, n := range tl[j].mentions {
					closed[m+" < "+n] = true
				}
			}
		}
		if i > 0 {
			prev := tl[i-1].mentions
			reduced[prev[len(prev)-1]+" < "+row.mentions[0]] = true
		}
	}
	return reduced, closed
}

func scoreTimeline(gold, sys timeline) relTally {
	var t relTally
	gr, gc := relations(gold)
	sr, sc := relations(sys)
	t.nP, t.nR = len(sr), len(gr)
	for r := range sr {
		if gc[r] {
			t.hitP++
		}
	}
	for r := range gr {
		if sc[r] {
			t.hitR++
		}
	}
	have := map[string]bool{}
	for _, row := range gold {
		for _, m := range row.mentions {
			have[m] = true
		}
	}
	t.goldMentions = len(have)
	seen := map[string]bool{}
	for _, row := range sys {
		for _, m := range row.mentions {
			if !seen[m] {
				seen[m] = true
				t.sysMentions++
				if have[m] {
					t.mentions++
				}
			}
		}
	}
	return t
}
