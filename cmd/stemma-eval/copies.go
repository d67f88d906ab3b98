package main

import (
	"archive/zip"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/internal/copygen"
	"stemma/reuse"
)

// copiesQuality measures the finding of copies, their kinds, directions and
// trees: on the written families with news of the same sort as background, on
// generated families over real news, and on that news alone.
func copiesQuality(args []string) error {
	fs := flag.NewFlagSet("copies", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "folder of corpora")
	out := fs.String("o", "eval/copies.txt", "where the figures go; - for standard output")
	seed := fs.Uint64("seed", 11, "seed of the generated families")
	misses := fs.Bool("v", false, "list what was missed, on standard error")
	fs.Parse(args)
	var b strings.Builder
	fmt.Fprintf(&b, "# Finding copies: go run ./cmd/stemma-eval copies -seed %d\n# %s\n", *seed, time.Now().UTC().Format("2006-01-02"))
	if err := writtenFamilies(&b, *data, *misses); err != nil {
		return err
	}
	if err := generatedFamilies(&b, *data, *seed, *misses); err != nil {
		return err
	}
	if *out == "-" {
		_, err := io.WriteString(os.Stdout, b.String())
		return err
	}
	return os.WriteFile(*out, []byte(b.String()), 0o644)
}

func plainDocument(id, outlet, text string) *stemma.Document {
	return &stemma.Document{Report: &stemma.Report{ID: stemma.ReportID(id), Outlet: outlet, Text: text}}
}

// background returns the texts of a folder as documents.
func background(dir string, limit int) ([]*stemma.Document, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	if limit > 0 {
		names = names[:min(limit, len(names))]
	}
	var docs []*stemma.Document
	for _, n := range names {
		t, err := os.ReadFile(n)
		if err != nil {
			return nil, err
		}
		outlet, _, _ := strings.Cut(filepath.Base(n), "_")
		docs = append(docs, plainDocument(filepath.Base(n), outlet, string(t)))
	}
	return docs, nil
}

type writtenFamily struct {
	Edges []struct {
		Copy, Exemplar string
		Kind           stemma.CopyKind
	}
}

func writtenFamilies(w io.Writer, data string, misses bool) error {
	docs, err := background(filepath.Join(data, "polnear/dev/text"), 0)
	if err != nil {
		return err
	}
	nBack := len(docs)
	dirs, _ := filepath.Glob(filepath.Join(data, "families/f*"))
	type edge struct{ family, exemplar, copy string }
	truth := map[edge]stemma.CopyKind{}
	parent := map[stemma.ReportID]stemma.ReportID{}
	for _, d := range dirs {
		f := filepath.Base(d)
		var fam writtenFamily
		raw, err := os.ReadFile(filepath.Join(d, "family.json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &fam); err != nil {
			return err
		}
		for _, e := range fam.Edges {
			truth[edge{f, e.Exemplar, e.Copy}] = e.Kind
			parent[stemma.ReportID(f+"/"+e.Copy)] = stemma.ReportID(f + "/" + e.Exemplar)
		}
		texts, _ := filepath.Glob(filepath.Join(d, "*.txt"))
		for _, n := range texts {
			t, err := os.ReadFile(n)
			if err != nil {
				return err
			}
			docs = append(docs, plainDocument(f+"/"+strings.TrimSuffix(filepath.Base(n), ".txt"), "", string(t)))
		}
	}
	copies := reuse.Find(docs, reuse.Options{})
	stemmata := reuse.Families(docs, copies, reuse.Options{})
	var found, kinds, claimed, right, withI, across, inBackground int
	seen := map[edge]bool{}
	bins := map[string][2]int{}
	for _, c := range copies {
		f, a, ok := strings.Cut(string(c.Exemplar), "/")
		g, b, ok2 := strings.Cut(string(c.Report), "/")
		switch {
		case !ok && !ok2:
			inBackground++
			if misses {
				fmt.Fprintln(os.Stderr, "background:", c.Exemplar, c.Report, c.Kind, c.Score, c.Reasons[0].Text)
			}
			continue
		case f != g:
			across++
			continue
		case a == "I" || b == "I":
			withI++
			continue
		}
		kind, forward := truth[edge{f, a, b}]
		back, backward := truth[edge{f, b, a}]
		if !forward && !backward {
			continue
		}
		if backward {
			kind = back
			seen[edge{f, b, a}] = true
		} else {
			seen[edge{f, a, b}] = true
		}
		found++
		if c.Kind == kind {
			kinds++
		} else if misses {
			fmt.Fprintln(os.Stderr, "kind:", c.Exemplar, c.Report, c.Kind, "want", kind, c.Score)
		}
		if c.Direction >= 0.6 {
			claimed++
			name := fmt.Sprintf("%.1f", c.Direction-0.05)
			n := bins[name]
			n[0]++
			if forward {
				right++
				n[1]++
			} else if misses {
				fmt.Fprintln(os.Stderr, "direction:", c.Exemplar, c.Report, c.Kind, c.Direction)
			}
			bins[name] = n
		}
	}
	if misses {
		for e := range truth {
			if !seen[e] {
				fmt.Fprintln(os.Stderr, "missed:", e)
			}
		}
	}
	roots, edges, anc, ancAll := 0, 0, 0, 0
	for _, st := range stemmata {
		for i, n := range st.Nodes {
			f, who, ok := strings.Cut(string(n.Report), "/")
			if !ok || who == "I" {
				continue
			}
			if n.Parent < 0 {
				if who == "A" {
					roots++
				}
			} else if st.Nodes[n.Parent].Report == parent[n.Report] {
				edges++
			} else if misses {
				fmt.Fprintln(os.Stderr, "tree:", n.Report, "from", st.Nodes[n.Parent].Report, "support", n.Support)
			}
			above := map[stemma.ReportID]bool{}
			for p := st.Nodes[i].Parent; p >= 0; p = st.Nodes[p].Parent {
				above[st.Nodes[p].Report] = true
			}
			for p := parent[n.Report]; p != ""; p = parent[p] {
				ancAll++
				if above[p] {
					anc++
				}
			}
			_ = f
		}
	}
	fmt.Fprintf(w, `
## Written families (data/families, class A; %d families of A, near N, reworded R, copy C of R, partial P, independent I)
with PolNeAR dev (class C, measured only; %d reports) as background, all in one run
true edges found            %d of %d = %.3f   (goal .95)
pairs with the independent  %d                (goal 0)
pairs across families       %d
pairs in the background     %d (not annotated)
kinds right                 %d of %d = %.3f   (goal .95)
directions claimed (≥ .6)   %d, right %d = %.3f (goal .8)
`, len(dirs), nBack, found, len(truth), ratio(found, len(truth)), withI, across, inBackground, kinds, found, ratio(kinds, found), claimed, right, ratio(right, claimed))
	for _, k := range []string{"0.6", "0.7", "0.8", "0.9", "1.0"} {
		if n := bins[k]; n[0] > 0 {
			fmt.Fprintf(w, "  said about %s: %d right of %d\n", k, n[1], n[0])
		}
	}
	fmt.Fprintf(w, "tree: roots %d of %d, edges %d of %d = %.3f, ancestry %d of %d = %.3f\n", roots, len(dirs), edges, len(truth), ratio(edges, len(truth)), anc, ancAll, ratio(anc, ancAll))
	return nil
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// synonyms reads the members of VerbNet's classes as words that may stand for
// one another.
func synonyms(name string) (map[string][]string, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	m := map[string][]string{}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		dec := xml.NewDecoder(r)
		dec.Strict = false
		var members []string
		for {
			t, err := dec.Token()
			if err != nil {
				break
			}
			if e, ok := t.(xml.StartElement); ok && e.Name.Local == "MEMBER" {
				for _, a := range e.Attr {
					if a.Name.Local == "name" && !strings.ContainsAny(a.Value, "_ ") {
						members = append(members, a.Value)
					}
				}
			}
		}
		r.Close()
		for _, a := range members {
			for _, b := range members {
				if a != b && len(m[a]) < 40 {
					m[a] = append(m[a], b)
				}
			}
		}
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m, nil
}

// newsCopier returns a Copier whose vocabulary is that of the texts.
func newsCopier(data string, docs []*stemma.Document) (*copygen.Copier, error) {
	syn, err := synonyms(filepath.Join(data, "words/verbnet3.zip"))
	if err != nil {
		return nil, err
	}
	c := &copygen.Copier{Synonyms: syn, Vocabulary: map[string][]string{}}
	seen := map[string]bool{}
	for _, d := range docs {
		for _, w := range strings.Fields(d.Report.Text) {
			if len(w) > 3 && !seen[w] && strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
				seen[w] = true
				e := copygen.Ending(w)
				c.Vocabulary[e] = append(c.Vocabulary[e], w)
			}
		}
	}
	return c, nil
}

// reusedRun is the number of words in a row from which two originals are held
// to share a passage in truth.
const reusedRun = 10

func generatedFamilies(w io.Writer, data string, seed uint64, misses bool) error {
	news, err := background(filepath.Join(data, "attributions/text"), 0)
	if err != nil {
		return err
	}
	polnear, err := background(filepath.Join(data, "polnear/dev/text"), 0)
	if err != nil {
		return err
	}
	copier, err := newsCopier(data, news)
	if err != nil {
		return err
	}
	var docs []*stemma.Document
	docs = append(docs, polnear...)
	type info struct {
		family int
		kind   stemma.CopyKind
		parent stemma.ReportID
		text   string
	}
	truth := map[stemma.ReportID]info{}
	parentOf := map[stemma.ReportID]stemma.ReportID{}
	stand := map[stemma.ReportID]stemma.ReportID{} // of reports with the same words, the first made
	words := map[string]stemma.ReportID{}
	r := rand.New(rand.NewPCG(seed, 0))
	for f, d := range news {
		d.Report.Outlet = ""
		docs = append(docs, d)
		truth[d.Report.ID] = info{family: f, text: d.Report.Text}
		if f%2 == 1 {
			continue // not copied
		}
		words[strings.Join(strings.Fields(d.Report.Text), " ")] = d.Report.ID
		drafts := []copygen.Draft{copygen.ParseDraft(d.Report.Text)}
		ids := []stemma.ReportID{d.Report.ID}
		for k := range 4 + r.IntN(8) {
			p := r.IntN(len(drafts))
			draft, kind, _ := copier.CopyOf(r, drafts[p], func() copygen.Draft {
				return copygen.ParseDraft(polnear[r.IntN(len(polnear))].Report.Text) // a text of its own: here, one of the background with the passage put in
			})
			id := stemma.ReportID(fmt.Sprintf("%s.%d", d.Report.ID, k))
			text := draft.String()
			if kind == stemma.Partial {
				continue // its host is in the background too
			}
			docs = append(docs, plainDocument(string(id), "", text))
			truth[id] = info{f, kind, ids[p], text}
			parentOf[id] = ids[p]
			drafts, ids = append(drafts, draft), append(ids, id)
			key := strings.Join(strings.Fields(text), " ")
			if other, ok := words[key]; ok {
				stand[id] = other
			} else {
				words[key] = id
			}
		}
	}
	start := time.Now()
	copies := reuse.Find(docs, reuse.Options{})
	wall := time.Since(start).Seconds()
	hit := map[[2]stemma.ReportID]bool{}
	related, across, reused, inBackground := 0, 0, 0, 0
	for _, c := range copies {
		hit[[2]stemma.ReportID{c.Exemplar, c.Report}] = true
		hit[[2]stemma.ReportID{c.Report, c.Exemplar}] = true
		a, ok := truth[c.Exemplar]
		b, ok2 := truth[c.Report]
		switch {
		case !ok && !ok2:
			inBackground++
		case ok && ok2 && a.family == b.family:
			related++
		default:
			if copygen.LongestRun(news[a.family].Report.Text, news[b.family].Report.Text) >= reusedRun {
				reused++
				break
			}
			across++
			if misses {
				fmt.Fprintln(os.Stderr, "across:", c.Exemplar, c.Report, c.Kind, c.Score, c.Reasons[0].Text)
			}
		}
	}
	rep := func(id stemma.ReportID) stemma.ReportID {
		if s, ok := stand[id]; ok {
			return s
		}
		return id
	}
	type tally struct{ n, ok int }
	at := func(min float64) tally {
		var t tally
		for id, in := range truth {
			if in.parent == "" {
				continue
			}
			j := copygen.Jaccard(copygen.GramsOf(in.text, 5), copygen.GramsOf(truth[in.parent].text, 5))
			if j < min {
				continue
			}
			t.n++
			found := false
			if found = hit[[2]stemma.ReportID{id, in.parent}] || hit[[2]stemma.ReportID{rep(id), rep(in.parent)}] || rep(id) == rep(in.parent); found {
				t.ok++
			} else if misses && min == 0 {
				fmt.Fprintf(os.Stderr, "missed: %s from %s, %s, J5 %.3f\n", id, in.parent, in.kind, j)
			}
		}
		return t
	}
	fmt.Fprintf(w, `
## Generated families over Wikinews (data/attributions, class A; %d reports, every other one copied, seed %d)
with PolNeAR dev as background: %d reports in one run, %.1f s wall
`, len(news), seed, len(docs), wall)
	for _, x := range []struct{ min, goal float64 }{{0.2, 0.99}, {0.05, 0.95}, {0, 0}} {
		t := at(x.min)
		goal := ""
		if x.goal > 0 {
			goal = fmt.Sprintf("   (goal %.2f)", x.goal)
		}
		fmt.Fprintf(w, "recall of planted copies, J5 ≥ %.2f:  %d of %d = %.4f%s\n", x.min, t.ok, t.n, ratio(t.ok, t.n), goal)
	}
	fmt.Fprintf(w, "pairs of one family %d, others %d: precision %.4f (goal .99); in the background %d\n", related, across, ratio(related, related+across), inBackground)
	fmt.Fprintf(w, "not counted: %d pairs of families whose originals share %d or more words in a row (Wikinews takes up its own passages)\n", reused, reusedRun)

	// Candidates on the same-topic background.
	x := reuse.NewIndex(1 << 16)
	cands := 0
	all, err := background(filepath.Join(data, "polnear/train/text"), 0)
	if err != nil {
		return err
	}
	all = append(all, polnear...)
	for i, d := range all {
		keys := reuse.Keys(d)
		cands += len(x.Candidates(nil, keys, 0))
		x.Add(uint32(i), keys)
	}
	fmt.Fprintf(w, "\n## Candidates on same-topic news (PolNeAR train and dev, class C, measured only)\n%d reports: %.2f candidates a report (goal ≤ 5), index %.0f bytes a report\n",
		len(all), float64(cands)/float64(len(all)), float64(x.Bytes())/float64(len(all)))
	return nil
}
