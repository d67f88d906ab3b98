package copygen

import (
	"bufio"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"strings"
	"time"

	"stemma"
)

// A World writes reports about invented stories.
type World struct {
	Copier
	patterns [][]slot // sentence patterns
	words    map[string]*urn
	outlets  []outlet
}

type slot struct {
	word, tag string
	glued     bool // no space before it
	name      bool // stands for a name
	number    bool // stands for a number
	urn       *urn // words it stands for; nil if the word is fixed
}

// An urn holds words with the chance of each.
type urn struct {
	words []string
	upto  []float64
}

func (u *urn) draw(r *rand.Rand) string {
	x := r.Float64() * u.upto[len(u.upto)-1]
	return u.words[min(len(u.words)-1, sort.SearchFloat64s(u.upto, x))]
}

type outlet struct {
	name string
	note string // boilerplate under its reports; empty for most
}

// open are the tags whose words a pattern leaves open.
var open = map[string]bool{"NN": true, "NNS": true, "JJ": true, "VB": true, "VBD": true, "VBG": true, "VBN": true, "VBZ": true, "VBP": true, "RB": true}

// NewWorld reads the patterns and the vocabulary from the CoNLL-U files in
// data that match the globs.
func NewWorld(data fs.FS, globs ...string) (*World, error) {
	w := &World{words: map[string]*urn{}}
	counts := map[string]map[string]int{}
	for _, g := range globs {
		names, err := fs.Glob(data, g)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := w.read(data, name, counts); err != nil {
				return nil, err
			}
		}
	}
	if len(w.patterns) == 0 {
		return nil, fmt.Errorf("no sentences in %v", globs)
	}
	w.Vocabulary = map[string][]string{}
	for tag, m := range counts {
		u := &urn{}
		total := 0.0
		words := make([]string, 0, len(m))
		for word := range m {
			words = append(words, word)
		}
		slices.Sort(words)
		for _, word := range words {
			total += math.Pow(float64(m[word]), 0.8)
			u.words, u.upto = append(u.words, word), append(u.upto, total)
			if tag == "NN" || tag == "JJ" || tag == "NNS" || tag == "VBD" || tag == "VBG" || tag == "RB" {
				e := Ending(word)
				w.Vocabulary[e] = append(w.Vocabulary[e], word)
			}
		}
		w.words[tag] = u
	}
	for _, list := range w.Vocabulary {
		slices.Sort(list)
	}
	for _, pattern := range w.patterns {
		for i := range pattern {
			sl := &pattern[i]
			sl.name = sl.tag == "NNP" || sl.tag == "NNPS"
			sl.number = sl.tag == "CD" && sl.word[0] >= '0' && sl.word[0] <= '9'
			if open[sl.tag] {
				sl.urn = w.words[sl.tag]
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		o := outlet{name: w.name(r) + " " + []string{"Post", "Times", "Herald", "Courier", "Wire", "Today"}[r.IntN(6)]}
		if r.IntN(5) == 0 {
			o.note = strings.Join(w.fill(r, w.patterns[r.IntN(len(w.patterns))], w.newStory(r)), " ") + " " +
				strings.Join(w.fill(r, w.patterns[r.IntN(len(w.patterns))], w.newStory(r)), " ")
		}
		w.outlets = append(w.outlets, o)
	}
	return w, nil
}

func (w *World) read(data fs.FS, name string, counts map[string]map[string]int) error {
	f, err := data.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var cur []slot
	glued := false
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		if line == "" {
			if n := len(cur); n >= 8 && n <= 45 && cur[n-1].word == "." {
				w.patterns = append(w.patterns, cur)
			}
			cur, glued = nil, false
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) < 10 || strings.ContainsAny(col[0], "-.") {
			continue
		}
		tag := col[4]
		word := col[1]
		if open[tag] && strings.ToLower(word) == word && len(word) > 2 && strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
			if counts[tag] == nil {
				counts[tag] = map[string]int{}
			}
			counts[tag][word]++
		}
		if strings.ContainsAny(word, "“”\"()[]") || tag == "``" || tag == "''" {
			continue
		}
		cur = append(cur, slot{word: word, tag: tag, glued: glued})
		glued = strings.Contains(col[9], "SpaceAfter=No")
	}
	return sc.Err()
}

// A story is what its reports have in common: names, words, things said.
type story struct {
	people, places []string
	nouns          []string
	numbers        []string
	said           []Sentence // quotations, speaker included
}

var syllables = strings.Fields("ba be bo bra da de dor el en fa gar ha hol il ka ke kor la le lin lo ma mar mi mon na nel no o pa per ra ri ro sa sel so ta te tor u va ve vin wa we wi zan ze")

func (w *World) name(r *rand.Rand) string {
	n := 2 + r.IntN(2)
	var b strings.Builder
	for range n {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	b.WriteString([]string{"n", "s", "r", "ck", "ski", "ova", "ton", "l", "y", "man"}[r.IntN(10)])
	return title(b.String())
}

func (w *World) newStory(r *rand.Rand) *story {
	s := &story{}
	for range 5 {
		s.people = append(s.people, w.name(r)+" "+w.name(r))
	}
	for range 4 {
		s.places = append(s.places, w.name(r))
	}
	for range 25 {
		s.nouns = append(s.nouns, w.words["NN"].draw(r))
	}
	for range 6 {
		s.numbers = append(s.numbers, fmt.Sprint(2+int(lognormal(r, 30, 1.5))))
	}
	return s
}

func (w *World) quotations(r *rand.Rand, s *story, n int) {
	for range n {
		q := w.fill(r, w.patterns[r.IntN(len(w.patterns))], s)
		if r.IntN(2) == 0 {
			q = append(q, w.fill(r, w.patterns[r.IntN(len(w.patterns))], s)...)
		}
		q[0] = "“" + q[0]
		q[len(q)-1] = strings.TrimSuffix(q[len(q)-1], ".") + ",”"
		s.said = append(s.said, append(q, "said", s.people[r.IntN(len(s.people))]+"."))
	}
}

// fill writes a sentence by a pattern.
func (w *World) fill(r *rand.Rand, pattern []slot, s *story) Sentence {
	out := make(Sentence, 0, len(pattern)+4)
	for i := range pattern {
		sl := &pattern[i]
		word := sl.word
		switch {
		case sl.name:
			if i > 0 && pattern[i-1].name {
				continue
			}
			if r.IntN(5) < 3 {
				word = s.people[r.IntN(len(s.people))]
				first, last, _ := strings.Cut(word, " ")
				word = last
				if r.IntN(2) == 0 && !sl.glued {
					out = append(out, first)
				}
			} else {
				word = s.places[r.IntN(len(s.places))]
			}
		case sl.number:
			word = s.numbers[r.IntN(len(s.numbers))]
		case sl.tag == "NN" && r.IntN(3) == 0:
			word = s.nouns[r.IntN(len(s.nouns))]
		case sl.urn != nil && r.IntN(8) > 0:
			word = sl.urn.draw(r)
		}
		if sl.glued && len(out) > 0 {
			out[len(out)-1] += word
			continue
		}
		out = append(out, word)
	}
	if len(out) == 0 {
		return Sentence{"Nothing."}
	}
	out[0] = title(out[0])
	return out
}

// report writes one report of s in sentences of its own, with some of the
// things said in it.
func (w *World) report(r *rand.Rand, s *story) Draft {
	n := max(5, min(80, int(lognormal(r, 24, 0.5))))
	var d Draft
	var para []Sentence
	for k := range n {
		if len(s.said) > 0 && r.IntN(6) == 0 {
			para = append(para, s.said[r.IntN(len(s.said))])
		} else {
			para = append(para, w.fill(r, w.patterns[r.IntN(len(w.patterns))], s))
		}
		if r.IntN(3) == 0 || k == n-1 {
			d, para = append(d, para), nil
		}
	}
	return d
}

// A Member is a generated report and the truth about it.
type Member struct {
	Report stemma.Report
	Number int // in the corpus, from 0
	Story  int
	Parent int // number of the report it was copied from; -1 for an original
	Kind   stemma.CopyKind
	Rate   float64
	Draft  Draft
}

// Corpus yields n reports, story by story. Per story one to four reporters
// write independently and quote the same speeches; a quarter of the reports are
// copied, in families with a long tail.
func (w *World) Corpus(seed uint64, n int) iter.Seq[*Member] {
	return func(yield func(*Member) bool) {
		// Stories are written at once and yielded in their order.
		stop := make(chan struct{})
		defer close(stop)
		queue := make(chan chan []*Member, 4*runtime.GOMAXPROCS(0))
		go func() {
			gate := make(chan struct{}, runtime.GOMAXPROCS(0))
			for id := 0; ; id++ {
				written := make(chan []*Member, 1)
				select {
				case queue <- written:
				case <-stop:
					return
				}
				gate <- struct{}{}
				go func() {
					written <- w.write(seed, id)
					<-gate
				}()
			}
		}()
		for number := 0; number < n; {
			members := <-<-queue
			first := number
			for _, m := range members {
				m.Number = number
				if m.Parent >= 0 {
					m.Parent += first
				}
				m.Report.Source = fmt.Sprintf("gen:%d", number)
				m.Report.ID = stemma.NewReportID(m.Report.Source, m.Report.Text)
				if number++; !yield(m) || number >= n {
					return
				}
			}
		}
	}
}

// write returns the reports of a story, numbered from 0.
func (w *World) write(seed uint64, id int) []*Member {
	r := rand.New(rand.NewPCG(seed, uint64(id)))
	s := w.newStory(r)
	w.quotations(r, s, 6)
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(300*24)) * time.Hour)
	var all []*Member
	for range 1 + r.IntN(4) {
		orig := &Member{Number: len(all), Story: id, Parent: -1, Draft: w.report(r, s)}
		w.publish(r, orig, at)
		all = append(all, orig)
		if r.IntN(4) == 0 {
			all = append(all, w.family(r, orig, 1+min(60, int(lognormal(r, 2, 0.9))))...)
		}
	}
	return all
}

func (w *World) publish(r *rand.Rand, m *Member, at time.Time) {
	o := w.outlets[r.IntN(len(w.outlets))]
	text := m.Draft.String()
	if o.note != "" {
		text += "\n\n" + o.note
	}
	from := at.Add(time.Duration(r.IntN(48)) * time.Hour)
	m.Report = stemma.Report{Outlet: o.name, Published: stemma.Interval{From: from, To: from.Add(time.Hour)}, Language: "en", Text: text}
}

// family returns n copies of orig, each made from orig or an earlier copy.
// Numbers are given from orig's upward.
func (w *World) family(r *rand.Rand, orig *Member, n int) []*Member {
	all := []*Member{orig}
	var out []*Member
	for k := range n {
		p := all[0]
		if r.IntN(2) == 0 {
			p = all[r.IntN(len(all))]
		}
		m := &Member{Number: orig.Number + 1 + k, Story: orig.Story, Parent: p.Number}
		m.Draft, m.Kind, m.Rate = w.CopyOf(r, p.Draft, func() Draft { return w.report(r, w.newStory(r)) })
		w.publish(r, m, p.Report.Published.From.Add(time.Hour))
		out = append(out, m)
		if m.Kind != stemma.Partial { // a text of its own is not copied on
			all = append(all, m)
		}
	}
	return out
}

// CopyOf makes one copy of d of a kind drawn by chance; own writes a text of
// the copyist's own, for partial copies.
func (c *Copier) CopyOf(r *rand.Rand, d Draft, own func() Draft) (Draft, stemma.CopyKind, float64) {
	switch x := r.IntN(20); {
	case x < 3:
		return d.clone(), stemma.Verbatim, 0
	case x < 9:
		o := Options{Rate: 0.005 + 0.02*r.Float64(), Cut: 0.15 * r.Float64(), Drop: 0.06 * r.Float64(), Move: 0.03, Furniture: r.IntN(3) == 0, Respell: r.IntN(6) == 0, Damage: r.IntN(8) == 0}
		return c.Copy(r, d, o), stemma.Near, o.Rate
	case x < 17:
		o := Options{Rate: 0.1 + 0.4*r.Float64(), Cut: 0.1 * r.Float64(), Drop: 0.12 * r.Float64(), Move: 0.05, Translate: r.IntN(2) == 0, Furniture: r.IntN(2) == 0, Respell: r.IntN(3) == 0, Damage: r.IntN(5) == 0}
		return c.Copy(r, d, o), stemma.Reworded, o.Rate
	}
	// Partial: two to five sentences in a row, in a text of another's.
	o := own()
	var flat []Sentence
	for _, p := range d {
		flat = append(flat, p...)
	}
	k := min(len(flat), 2+r.IntN(4))
	at := r.IntN(len(flat) - k + 1)
	passage := append([]Sentence(nil), flat[at:at+k]...)
	i := r.IntN(len(o))
	o = slices.Insert(o, i, passage)
	return o, stemma.Partial, 0
}
