package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stemma"
	"stemma/internal/brat"
	"stemma/quote"
	"stemma/segment"
	"stemma/tag"
)

// statementsEval scores quote.Find against a corpus of attributions, by the rule of
// the board on PolNeAR: spans are compared as runs of tokens.
func statementsEval(args []string) error {
	fs := flag.NewFlagSet("statements", flag.ExitOnError)
	corpus := fs.String("corpus", "", "folder with text and ann (or attributions)")
	modelFile := fs.String("model", "", "model `FILE` instead of the one shipped")
	only := fs.String("part", "", "score only the documents that are \"kept\" (set aside from training) or \"rest\"")
	pred := fs.String("pred", "", "also write the predictions to `FILE`, as JSON lines")
	worst := fs.Int("worst", 0, "list the `N` worst errors with their class")
	bare := fs.Bool("bare", false, "list errors by place, without words, for texts that may not be copied")
	oracle := fs.Bool("oracle", false, "link the annotated parts, to see what linking alone loses")
	rules := fs.Bool("rules", false, "without a model")
	fs.Parse(args)

	files, err := readCorpus(*corpus)
	if err != nil {
		return err
	}
	switch *only {
	case "kept":
		files = slices.DeleteFunc(files, func(f *brat.File) bool { return !quote.SetAside(f.Name) })
	case "rest":
		files = slices.DeleteFunc(files, func(f *brat.File) bool { return quote.SetAside(f.Name) })
	}
	m := quote.Standard()
	if *modelFile != "" {
		b, err := os.ReadFile(*modelFile)
		if err != nil {
			return err
		}
		if m, err = quote.Open(b); err != nil {
			return err
		}
	}
	find := m.Find
	if *rules {
		find = quote.ByRule
	}

	var out io.Writer = io.Discard
	if *pred != "" {
		f, err := os.Create(*pred)
		if err != nil {
			return err
		}
		defer f.Close()
		out = f
	}
	var sc score
	done := make(map[string]bool)
	var took time.Duration
	tokens := 0
	for _, f := range files {
		doc := prepare(f.Text)
		start := time.Now()
		var sts []stemma.Statement
		if *oracle {
			sts = m.Oracle(example(f, doc))
		} else {
			sts = find(doc)
		}
		took += time.Since(start)
		tokens += len(doc.Tokens)
		sc.add(f, sts)
		if !done[f.Name] {
			done[f.Name] = true
			if err := writePrediction(out, f.Name, sts); err != nil {
				return err
			}
		}
	}
	sc.print(os.Stdout)
	fmt.Printf("%d tokens, %.0f tokens/s in this step\n", tokens, float64(tokens)/took.Seconds())
	if *worst > 0 {
		sc.printWorst(os.Stdout, *worst, *bare)
	}
	return nil
}

func readCorpus(dir string) ([]*brat.File, error) {
	ann := filepath.Join(dir, "ann")
	if _, err := os.Stat(ann); err != nil {
		ann = filepath.Join(dir, "attributions")
	}
	return brat.Read(filepath.Join(dir, "text"), ann)
}

// prepare runs the steps before quote on text.
func prepare(text string) *stemma.Document {
	doc := &stemma.Document{Report: &stemma.Report{Text: text}}
	doc.Sentences, doc.Tokens = segment.Split(text)
	doc.Tags, doc.Names = tag.Find(doc)
	return doc
}

func example(f *brat.File, doc *stemma.Document) *quote.Example {
	e := &quote.Example{Doc: doc}
	for role, to := range []*[]quote.Stretches{&e.Source, &e.Cue, &e.Content} {
		for _, s := range f.Spans[role] {
			*to = append(*to, s)
		}
	}
	for _, ev := range f.Events {
		e.Events = append(e.Events, quote.Event{Source: ev[brat.Source], Cue: ev[brat.Cue], Content: ev[brat.Content]})
	}
	return e
}

func writePrediction(w io.Writer, name string, sts []stemma.Statement) error {
	type line struct {
		Content [][2]int `json:"content"`
		Cue     *[2]int  `json:"cue"`
		Speaker *[2]int  `json:"speaker"`
	}
	pair := func(s stemma.Span) *[2]int {
		if s.IsZero() {
			return nil
		}
		return &[2]int{s.Start, s.End}
	}
	lines := []line{}
	for _, st := range sts {
		l := line{Cue: pair(st.Cue), Speaker: pair(st.Speaker)}
		for _, k := range st.Content {
			l.Content = append(l.Content, *pair(k))
		}
		lines = append(lines, l)
	}
	b, err := json.Marshal(map[string]any{"file": name + ".txt", "statements": lines})
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// A score counts what scoring needs, over documents.
type score struct {
	docs, gold, pred int
	role             [brat.Roles]struct{ tp, gold, pred, ttp, tgold, tpred int }
	kind             map[string]*kindScore
	partial, exact   int
	errors           []scoredError
}

type kindScore struct{ n, found, exact, sourced, speaker int }

type scoredError struct {
	class string
	lost  int    // tokens
	text  string // the words
	place string // where they are
}

var scoreToken = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[^\p{L}\p{N}\s\p{Z}\x{85}\x{1c}-\x{1f}]`)

type tokenSet map[int]bool

func coverOf(toks [][]int, spans []stemma.Span) tokenSet {
	hit := make(tokenSet)
	for _, s := range spans {
		i, _ := slices.BinarySearchFunc(toks, s.Start, func(t []int, at int) int { return cmp.Compare(t[1], at+1) })
		for ; i < len(toks) && toks[i][0] < s.End; i++ {
			if toks[i][1] > s.Start {
				hit[i] = true
			}
		}
	}
	return hit
}

func runsOf(set tokenSet) map[[2]int]bool {
	out := make(map[[2]int]bool)
	first, prev := -1, -2
	for _, i := range slices.Sorted(maps.Keys(set)) {
		if i != prev+1 {
			if first >= 0 {
				out[[2]int{first, prev}] = true
			}
			first = i
		}
		prev = i
	}
	if first >= 0 {
		out[[2]int{first, prev}] = true
	}
	return out
}

func overlap(a, b tokenSet) int {
	n := 0
	for i := range a {
		if b[i] {
			n++
		}
	}
	return n
}

// isWord reports whether a token is a word or a number: by its first character.
func isWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// add scores the statements found in the text of f.
func (sc *score) add(f *brat.File, sts []stemma.Statement) {
	if sc.kind == nil {
		sc.kind = map[string]*kindScore{"direct": {}, "mixed": {}, "indirect": {}}
	}
	sc.docs++
	sc.pred += len(sts)
	toks := scoreToken.FindAllStringIndex(f.Text, -1)
	quoted := insideQuotes(f.Text, toks)
	type triple [brat.Roles]tokenSet
	got := make([]triple, len(sts))
	for i, st := range sts {
		got[i][brat.Content] = coverOf(toks, st.Content)
		if !st.Cue.IsZero() {
			got[i][brat.Cue] = coverOf(toks, []stemma.Span{st.Cue})
		}
		if !st.Speaker.IsZero() {
			got[i][brat.Source] = coverOf(toks, []stemma.Span{st.Speaker})
		}
	}
	for r := range brat.Roles {
		goldTok, goldRuns := make(tokenSet), make(map[[2]int]bool)
		for _, sp := range f.Spans[r] {
			set := coverOf(toks, sp)
			maps.Copy(goldTok, set)
			maps.Copy(goldRuns, runsOf(set))
		}
		predTok, predRuns := make(tokenSet), make(map[[2]int]bool)
		for _, g := range got {
			maps.Copy(predTok, g[r])
			maps.Copy(predRuns, runsOf(g[r]))
		}
		c := &sc.role[r]
		for run := range predRuns {
			if goldRuns[run] {
				c.tp++
			}
		}
		c.gold += len(goldRuns)
		c.pred += len(predRuns)
		c.ttp += overlap(goldTok, predTok)
		c.tgold += len(goldTok)
		c.tpred += len(predTok)
	}
	type event struct {
		kind string
		at   triple
	}
	var gold []event
	for _, ev := range f.Events {
		k := coverOf(toks, ev[brat.Content])
		words, inside := 0, 0
		for i := range k {
			if isWord(f.Text[toks[i][0]:toks[i][1]]) {
				words++
				if quoted[i] {
					inside++
				}
			}
		}
		if words == 0 {
			continue
		}
		kind := "mixed"
		switch share := float64(inside) / float64(words); {
		case share > .95:
			kind = "direct"
		case share < .05:
			kind = "indirect"
		}
		gold = append(gold, event{kind, triple{coverOf(toks, ev[brat.Source]), coverOf(toks, ev[brat.Cue]), k}})
	}
	type match struct {
		jaccard float64
		gold    int
		pred    int
	}
	var matches []match
	for gi, g := range gold {
		for pi, p := range got {
			if n := overlap(g.at[brat.Content], p[brat.Content]); n > 0 {
				j := float64(n) / float64(len(g.at[brat.Content])+len(p[brat.Content])-n)
				matches = append(matches, match{j, gi, pi})
			}
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.jaccard, a.jaccard), b.gold-a.gold, b.pred-a.pred)
	})
	usedGold, usedPred := make(map[int]match), make(map[int]bool)
	for _, m := range matches {
		if _, ok := usedGold[m.gold]; m.jaccard >= .5 && !ok && !usedPred[m.pred] {
			usedGold[m.gold], usedPred[m.pred] = m, true
		}
	}
	sc.gold += len(gold)
	for gi, g := range gold {
		k := sc.kind[g.kind]
		k.n++
		m, ok := usedGold[gi]
		src, cu := g.at[brat.Source], g.at[brat.Cue]
		if !ok {
			sc.fail(f, toks, g.kind+" not found", g.at, nil)
			continue
		}
		p := got[m.pred]
		k.found++
		if m.jaccard == 1 {
			k.exact++
		} else {
			sc.fail(f, toks, g.kind+" with other bounds", g.at, &p[brat.Content])
		}
		sourceOK := len(p[brat.Source]) == 0
		if len(src) > 0 {
			k.sourced++
			sourceOK = overlap(src, p[brat.Source]) > 0
			if sourceOK {
				k.speaker++
			} else {
				sc.fail(f, toks, g.kind+" with another speaker", g.at, &p[brat.Source])
			}
		}
		if sourceOK && overlap(cu, p[brat.Cue]) > 0 {
			sc.partial++
		}
		if m.jaccard == 1 && maps.Equal(cu, p[brat.Cue]) && maps.Equal(src, p[brat.Source]) {
			sc.exact++
		}
	}
	for pi, p := range got {
		if !usedPred[pi] {
			sc.fail(f, toks, "spurious", triple{}, &p[brat.Content])
		}
	}
}

func (sc *score) fail(f *brat.File, toks [][]int, class string, gold [brat.Roles]tokenSet, got *tokenSet) {
	say := func(set tokenSet) string {
		var parts []string
		for _, r := range slices.SortedFunc(maps.Keys(runsOf(set)), func(a, b [2]int) int { return a[0] - b[0] }) {
			parts = append(parts, f.Text[toks[r[0]][0]:toks[r[1]][1]])
		}
		return strings.Join(parts, " … ")
	}
	e := scoredError{class: class, lost: len(gold[brat.Content])}
	if got == nil {
		e.text = fmt.Sprintf("%s: [%s] [%s] [%s]", f.Name, say(gold[0]), say(gold[1]), say(gold[2]))
	} else {
		if e.lost == 0 {
			e.lost = len(*got)
		}
		e.text = fmt.Sprintf("%s: [%s] [%s] [%s] got [%s]", f.Name, say(gold[0]), say(gold[1]), say(gold[2]), say(*got))
	}
	at := gold[brat.Content]
	if len(at) == 0 && got != nil {
		at = *got
	}
	if tok := slices.Sorted(maps.Keys(at)); len(tok) > 0 {
		e.place = fmt.Sprintf("%s %d-%d", f.Name, toks[tok[0]][0], toks[tok[len(tok)-1]][1])
	}
	sc.errors = append(sc.errors, e)
}

func insideQuotes(text string, toks [][]int) []bool {
	flags := make([]bool, len(toks))
	state, last := false, 0
	for i, t := range toks {
		if strings.Contains(text[last:t[0]], "\n") {
			state = false
		}
		switch text[t[0]:t[1]] {
		case "“":
			state = true
			flags[i] = true
		case "”":
			flags[i] = true
			state = false
		case "\"":
			flags[i] = true
			state = !state
		default:
			flags[i] = state
		}
		last = t[1]
	}
	return flags
}

func percentOf(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func (sc *score) print(w io.Writer) {
	fmt.Fprintf(w, "documents %d, gold statements %d, predicted %d\n", sc.docs, sc.gold, sc.pred)
	for r, name := range []string{"source", "cue", "content"} {
		c := sc.role[r]
		p, rec, f := prf(c.tp, c.pred, c.gold)
		tp, tr, tf := prf(c.ttp, c.tpred, c.tgold)
		fmt.Fprintf(w, "%-8s exact P %.1f R %.1f F %.1f | token P %.1f R %.1f F %.1f\n", name, p, rec, f, tp, tr, tf)
	}
	for _, name := range []string{"direct", "mixed", "indirect"} {
		k := sc.kind[name]
		fmt.Fprintf(w, "%-8s n %d found %.1f exact %.1f speaker of found %.1f\n", name, k.n, percentOf(k.found, k.n), percentOf(k.exact, k.n), percentOf(k.speaker, k.sourced))
	}
	_, _, ex := prf(sc.exact, sc.pred, sc.gold)
	_, _, pa := prf(sc.partial, sc.pred, sc.gold)
	fmt.Fprintf(w, "relation exact F %.1f partial F %.1f\n", ex, pa)
}

// printWorst lists how many errors of each class there are, and the n that
// lose the most words.
func (sc *score) printWorst(w io.Writer, n int, bare bool) {
	count := make(map[string]int)
	for _, e := range sc.errors {
		count[e.class]++
	}
	fmt.Fprintln(w, "\nerrors by class:")
	for _, c := range slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) }) {
		fmt.Fprintf(w, "%6d  %s\n", count[c], c)
	}
	slices.SortStableFunc(sc.errors, func(a, b scoredError) int { return b.lost - a.lost })
	if bare {
		fmt.Fprintf(w, "\nthe worst %d, by words lost (document, bytes of the content):\n", n)
	} else {
		fmt.Fprintf(w, "\nthe worst %d, by words lost ([source] [cue] [content]):\n", n)
	}
	for _, e := range sc.errors[:min(n, len(sc.errors))] {
		if bare {
			e.text = e.place
		}
		fmt.Fprintf(w, "%-28s %3d words %s\n", e.class, e.lost, e.text)
	}
}
