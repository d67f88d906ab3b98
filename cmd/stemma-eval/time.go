package main

import (
	"encoding/xml"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"stemma"
	"stemma/segment"
	"stemma/tag"
	"stemma/timex"
)

// A timeDoc is a text with the expressions of time that a reader marked.
type timeDoc struct {
	id   string
	doc  *stemma.Document
	gold []goldTime
	skip []stemma.Span // stretches that nobody marked
}

// A goldTime is one marked expression.
type goldTime struct {
	stemma.Span
	kind  string // date, time, duration, set
	value string // TIMEX3 value, ISO 8601 duration, or "FROM TO" in local time
}

// timeEval scores timex on three sorts of corpora: the intervals of
// ../shared/data/times, MEANTIME (CAT XML) and TimeML files.
func timeEval(args []string) error {
	fs := flag.NewFlagSet("time", flag.ContinueOnError)
	times := fs.String("times", "../shared/data/times", "folder of times.tsv; texts in ../attributions/text beside it")
	texts := fs.String("texts", "", "folder of the texts of times.tsv (default: ../attributions/text beside -times)")
	meantime := fs.String("meantime", "../shared/data/meantime/intra-doc_annotation", "folder of MEANTIME's CAT files")
	timeml := fs.String("timeml", "", "folder of TimeML files (*.tml), such as TempEval-3's")
	show := fs.String("show", "", "list the differences of one part: tune, rest, meantime, timeml")
	fs.SetOutput(os.Stderr)
	if err := fs.Parse(args); err != nil {
		return err
	}
	fmt.Printf("# stemma-eval time, %s\n", time.Now().Format(time.DateOnly))
	fmt.Println("# Found: an expression that shares a byte with a marked one (relaxed) or is the same (strict), one to one. Value: of those found,")
	fmt.Println("# the share whose interval (times) or TIMEX3 value (MEANTIME, TimeML) is the same. Value F1: found with the right value, as in TempEval-3.")
	fmt.Println("# MEANTIME: 120 articles, title and first sentences as far as they are annotated; two malformed values, PM6 and PY5, are read as P6M and P5Y.")
	fmt.Println("# The tuning half is the documents whose FNV-1a hash is even. Class A data. Options: times with Late18, the others with TimeML.")
	fmt.Println("part                          texts  marked  found | relaxed P     R    F1 | strict F1 | value | value F1 | type")

	if *times != "" {
		dir := *texts
		if dir == "" {
			dir = filepath.Join(*times, "../attributions/text")
		}
		docs, err := readTimes(filepath.Join(*times, "times.tsv"), dir)
		if err != nil {
			return err
		}
		var tune, rest []timeDoc
		for _, d := range docs {
			h := fnv.New32a()
			io.WriteString(h, d.id)
			if h.Sum32()%2 == 0 {
				tune = append(tune, d)
			} else {
				rest = append(rest, d)
			}
		}
		opt := timex.Options{Late18: true}
		scoreTimes("times, tuning half (A)", tune, opt, sameInterval, *show == "tune")
		scoreTimes("times, other half (A)", rest, opt, sameInterval, *show == "rest")
		scoreTimes("times, all (A)", docs, opt, sameInterval, false)
	}
	if *meantime != "" {
		docs, err := readMeantime(*meantime)
		if err != nil {
			return err
		}
		scoreTimes("MEANTIME (A)", docs, timex.Options{TimeML: true}, sameValue, *show == "meantime")
	}
	if *timeml != "" {
		docs, err := readTimeML(*timeml)
		if err != nil {
			return err
		}
		scoreTimes("TimeML "+filepath.Base(*timeml), docs, timex.Options{TimeML: true}, sameValue, *show == "timeml")
	}
	return nil
}

func scoreTimes(name string, docs []timeDoc, opt timex.Options, same func(goldTime, stemma.Timex) bool, show bool) {
	var gold, found, relaxed, strict, right, types int
	for _, d := range docs {
		got := timex.FindWith(d.doc, opt)
		got = slices.DeleteFunc(got, func(t stemma.Timex) bool {
			return slices.ContainsFunc(d.skip, func(s stemma.Span) bool { return s.Overlaps(t.Span) })
		})
		gold, found = gold+len(d.gold), found+len(got)
		used := make([]bool, len(got))
		text := d.doc.Report.Text
		for _, g := range d.gold {
			// The found expression that overlaps most.
			best, overlap := -1, 0
			for i, t := range got {
				if o := min(g.End, t.End) - max(g.Start, t.Start); !used[i] && o > overlap {
					best, overlap = i, o
				}
			}
			if best < 0 {
				if show {
					fmt.Printf("%s missed  %-22q %s %s   …%s\n", d.id, g.Of(text), g.kind, g.value, around(text, g.Span))
				}
				continue
			}
			used[best] = true
			t := got[best]
			relaxed++
			if t.Span == g.Span {
				strict++
			} else if show {
				fmt.Printf("%s extent  %q found %q\n", d.id, g.Of(text), t.Of(text))
			}
			if strings.EqualFold(g.kind, t.Type) {
				types++
			}
			if same(g, t) {
				right++
			} else if show {
				fmt.Printf("%s value   %-22q want %s %s got %s %s [%s] %s pub %s   …%s\n", d.id, g.Of(text), g.kind, g.value, t.Type, t.Value, localInterval(t.When), t.Rule, d.doc.Anchor, around(text, g.Span))
			}
		}
		if show {
			for i, t := range got {
				if !used[i] {
					fmt.Printf("%s extra   %-22q %s %s %s   …%s\n", d.id, t.Of(text), t.Type, t.Value, t.Rule, around(text, t.Span))
				}
			}
		}
	}
	f1 := func(hit int) float64 {
		if gold+found == 0 {
			return 0
		}
		return 200 * float64(hit) / float64(gold+found)
	}
	pc := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return 100 * float64(a) / float64(b)
	}
	fmt.Printf("%-28s %6d %7d %6d |     %5.1f %5.1f %5.1f |     %5.1f | %5.1f |    %5.1f | %4.1f\n",
		name, len(docs), gold, found, pc(relaxed, found), pc(relaxed, gold), f1(relaxed), f1(strict), pc(right, relaxed), f1(right), pc(types, relaxed))
}

func around(text string, s stemma.Span) string {
	a, b := max(0, s.Start-60), min(len(text), s.End+40)
	for a > 0 && !utf8.RuneStart(text[a]) {
		a--
	}
	for b < len(text) && !utf8.RuneStart(text[b]) {
		b++
	}
	return strings.ReplaceAll(text[a:s.Start]+"⟦"+text[s.Start:s.End]+"⟧"+text[s.End:b], "\n", "¶")
}

// localInterval writes v in the local time it was given in.
func localInterval(v stemma.Interval) string {
	if v.IsZero() {
		return "- -"
	}
	f := func(t time.Time) string {
		if t.Hour() == 0 && t.Minute() == 0 {
			return t.Format(time.DateOnly)
		}
		return t.Format("2006-01-02T15:04")
	}
	return f(v.From) + " " + f(v.To)
}

// sameInterval compares by interval for dates and times, by length for
// durations, by period for sets.
func sameInterval(g goldTime, t stemma.Timex) bool {
	switch g.kind {
	case "duration":
		return g.value == t.Value
	case "set":
		grain := map[string]string{"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year"}[t.Value]
		return g.value == t.Grain || g.value == grain
	}
	want := strings.ReplaceAll(g.value, "T00:00", "")
	return want == localInterval(t.When)
}

func sameValue(g goldTime, t stemma.Timex) bool { return g.value == t.Value }

// readTimes reads times.tsv and the texts it is about.
func readTimes(tsv, texts string) ([]timeDoc, error) {
	data, err := os.ReadFile(tsv)
	if err != nil {
		return nil, err
	}
	var docs []timeDoc
	var offsets []int // byte offset of each character of the last document
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 {
			continue
		}
		if len(f) != 9 {
			return nil, fmt.Errorf("%s:%d: %d fields", tsv, i+1, len(f))
		}
		if len(docs) == 0 || docs[len(docs)-1].id != f[0] {
			raw, err := os.ReadFile(filepath.Join(texts, f[0]+".txt"))
			if err != nil {
				return nil, err
			}
			pub, ok := timex.ParseDate(f[1])
			if !ok {
				return nil, fmt.Errorf("%s:%d: date %q", tsv, i+1, f[1])
			}
			docs = append(docs, timeDoc{id: f[0], doc: newTimeDoc(string(raw), pub)})
			offsets = offsets[:0]
			for b := range string(raw) {
				offsets = append(offsets, b)
			}
			offsets = append(offsets, len(raw))
		}
		d := &docs[len(docs)-1]
		start, err1 := strconv.Atoi(f[2])
		end, err2 := strconv.Atoi(f[3])
		if err1 != nil || err2 != nil || end >= len(offsets) {
			return nil, fmt.Errorf("%s:%d: bad offsets", tsv, i+1)
		}
		g := goldTime{Span: stemma.Span{Start: offsets[start], End: offsets[end]}, kind: f[4], value: f[5] + " " + f[6]}
		if f[4] == "duration" || f[4] == "set" {
			g.value = f[7]
		}
		if got := g.Of(d.doc.Report.Text); got != f[8] {
			return nil, fmt.Errorf("%s:%d: text has %q, want %q", tsv, i+1, got, f[8])
		}
		d.gold = append(d.gold, g)
	}
	return docs, nil
}

func newTimeDoc(text string, pub stemma.Interval) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{Text: text, Published: pub}, Anchor: pub}
	d.Sentences, d.Tokens = segment.Split(text)
	d.Tags, d.Names = tag.Find(d)
	return d
}

// readMeantime reads MEANTIME's CAT files. Only the title, the date line and
// the first four sentences of each article are annotated for time; the rest is
// skipped, and so is the date line.
func readMeantime(dir string) ([]timeDoc, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*/*.xml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no CAT files in %s", dir)
	}
	var docs []timeDoc
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var cat struct {
			Tokens []struct {
				ID       string `xml:"t_id,attr"`
				Sentence int    `xml:"sentence,attr"`
				Text     string `xml:",chardata"`
			} `xml:"token"`
			Markables struct {
				Marks []struct {
					XMLName  xml.Name
					Function string `xml:"functionInDocument,attr"`
					Type     string `xml:"type,attr"`
					Value    string `xml:"value,attr"`
					Anchors  []struct {
						ID string `xml:"t_id,attr"`
					} `xml:"token_anchor"`
				} `xml:",any"`
			} `xml:"Markables"`
		}
		if err := xml.Unmarshal(data, &cat); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		var b strings.Builder
		spans := map[string]stemma.Span{}
		sentence := map[string]int{}
		last, previous := -1, ""
		for _, t := range cat.Tokens {
			switch {
			case t.Sentence != last && last >= 0:
				if last < 2 {
					b.WriteString("\n")
				}
				b.WriteString("\n")
			case last >= 0 && !strings.ContainsAny(t.Text[:1], ".,;:)?!%'’") && previous != "(" && previous != "$" && previous != "€" && previous != "£":
				b.WriteByte(' ')
			}
			s := stemma.Span{Start: b.Len()}
			b.WriteString(t.Text)
			s.End = b.Len()
			spans[t.ID], sentence[t.ID] = s, t.Sentence
			last, previous = t.Sentence, t.Text
		}
		// The annotated sentences are those with any mark.
		end := 0
		for _, m := range cat.Markables.Marks {
			for _, a := range m.Anchors {
				end = max(end, sentence[a.ID])
			}
		}
		d := timeDoc{id: strings.TrimSuffix(filepath.Base(file), ".xml")[:min(24, len(filepath.Base(file))-4)]}
		var pub stemma.Interval
		text := b.String()
		for _, t := range cat.Markables.Marks {
			if t.XMLName.Local != "TIMEX3" || len(t.Anchors) == 0 && t.Function != "CREATION_TIME" {
				continue // no time, or one that no word names
			}
			var s stemma.Span
			if len(t.Anchors) > 0 {
				s = stemma.Span{Start: spans[t.Anchors[0].ID].Start, End: spans[t.Anchors[len(t.Anchors)-1].ID].End}
			}
			if t.Function == "CREATION_TIME" {
				if v, ok := timex.ParseDate(t.Value); ok {
					pub = v
				}
				if len(t.Anchors) > 0 {
					d.skip = append(d.skip, s)
				}
				continue
			}
			d.gold = append(d.gold, goldTime{Span: s, kind: t.Type, value: wellFormed(t.Value)})
		}
		slices.SortFunc(d.gold, func(a, b goldTime) int { return a.Start - b.Start })
		for _, t := range cat.Tokens {
			if t.Sentence == end+1 {
				d.skip = append(d.skip, stemma.Span{Start: spans[t.ID].Start, End: len(text)})
				break
			}
		}
		if pub.IsZero() { // two articles lack it; their second line is the date
			lines := strings.SplitN(text, "\n\n", 3)
			pub, _ = timex.ParseDate(lines[min(1, len(lines)-1)])
		}
		d.doc = newTimeDoc(text, pub)
		docs = append(docs, d)
	}
	return docs, nil
}

// wellFormed corrects two values of MEANTIME that ISO 8601 does not know: PM6
// and PY5.
func wellFormed(v string) string {
	switch v {
	case "PM6":
		return "P6M"
	case "PY5":
		return "P5Y"
	}
	return v
}

// readTimeML reads TimeML files: DCT, and TEXT with TIMEX3 elements.
func readTimeML(dir string) ([]timeDoc, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no .tml files in %s", dir)
	}
	var docs []timeDoc
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		d, err := parseTimeML(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		d.id = strings.TrimSuffix(filepath.Base(file), ".tml")
		docs = append(docs, d)
	}
	return docs, nil
}

func parseTimeML(r io.Reader) (timeDoc, error) {
	dec := xml.NewDecoder(r)
	var b strings.Builder
	var d timeDoc
	var pub stemma.Interval
	inText, inDCT := false, false
	open := -1
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return d, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Name.Local] = a.Value
			}
			switch t.Name.Local {
			case "TEXT":
				inText = true
			case "DCT":
				inDCT = true
			case "TIMEX3":
				if inDCT || attr["functionInDocument"] == "CREATION_TIME" {
					if v, ok := timex.ParseDate(attr["value"]); ok {
						pub = v
					}
				}
				if inText {
					open = len(d.gold)
					d.gold = append(d.gold, goldTime{Span: stemma.Span{Start: b.Len()}, kind: attr["type"], value: attr["value"]})
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "TEXT":
				inText = false
			case "DCT":
				inDCT = false
			case "TIMEX3":
				if open >= 0 {
					d.gold[open].End = b.Len()
					open = -1
				}
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	d.gold = slices.DeleteFunc(d.gold, func(g goldTime) bool { return g.Start == g.End })
	d.doc = newTimeDoc(b.String(), pub)
	return d, nil
}
