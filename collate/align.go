package collate

import (
	"cmp"
	"slices"
	"strings"

	"stemma"
)

// AlignWords aligns two sentences, given as tokens in lower case, word by
// word. It returns pairs of indices, many to many and in any order: first the
// words that collation links, then words that stand elsewhere, then what is
// left between two links on both sides, as phrase to phrase.
func AlignWords(a, b []string) [][2]int {
	lx := newLexicon(nil)
	ta, tb := fromTokens(lx, a), fromTokens(lx, b)
	weigh([]*text{ta, tb})
	p := &pair{lx: lx, a: ta, b: tb, flip: ta.doc.Report.Text > tb.doc.Report.Text}
	ua, ub := ta.units(lx, 0, len(ta.words)), tb.units(lx, 0, len(tb.words))
	links := p.dropLone(ua, ub, p.links(ua, ub))
	links = lx.addCrossing(ua, ub, links)
	links = lx.addPhrases(ua, ub, links)
	links = lx.addSole(ua, ub, links)
	links = lx.addAcronyms(ua, ub, links)
	links = lx.addArticles(ua, ub, links)
	var out [][2]int
	for _, l := range links {
		for i := ua[l.a].first; i < ua[l.a].end; i++ {
			for j := ub[l.b].first; j < ub[l.b].end; j++ {
				// Numbers and dates of several words: word to word where they
				// are the same.
				if na, nb := ua[l.a].end-ua[l.a].first, ub[l.b].end-ub[l.b].first; na == nb && na > 1 && i-ua[l.a].first != j-ub[l.b].first {
					continue
				}
				out = append(out, [2]int{i, j})
			}
		}
	}
	slices.SortFunc(out, func(x, y [2]int) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	return slices.Compact(out)
}

// fromTokens makes a text of one sentence. Capitals are lost: words that no
// table knows are held to be names.
func fromTokens(lx *lexicon, tokens []string) *text {
	d := &stemma.Document{Report: &stemma.Report{Text: strings.Join(tokens, " ")}}
	at := 0
	for _, tok := range tokens {
		d.Tokens = append(d.Tokens, stemma.Token{Span: stemma.Span{Start: at, End: at + len(tok)}, Norm: tok})
		at += len(tok) + 1
	}
	d.Sentences = []stemma.Sentence{{Span: stemma.Span{End: len(d.Report.Text)}, Kind: stemma.Prose, EndToken: len(tokens)}}
	t := prepare(lx, d)
	for i := range t.words {
		if e := lx.look(t.words[i].id); !e.punct && !e.digit && e.class == 0 && len(e.senses) == 0 && len(e.norm) > 2 {
			t.words[i].capped = true
		}
	}
	return t
}

// dropLone removes links between function words or marks that have no linked
// neighbour on either side.
func (p *pair) dropLone(ua, ub []unit, links []link) []link {
	lx := p.lx
	var out []link
	for k, l := range links {
		ea, eb := &lx.entries[ua[l.a].id], &lx.entries[ub[l.b].id]
		if !ea.function() || !eb.function() {
			out = append(out, l)
			continue
		}
		near := func(m link) bool {
			da, db := m.a-l.a, m.b-l.b
			return da >= -2 && da <= 2 && db >= -2 && db <= 2
		}
		if k > 0 && near(links[k-1]) || k+1 < len(links) && near(links[k+1]) || ea.punct && (l.a == len(ua)-1 || l.b == len(ub)-1) {
			out = append(out, l)
		}
	}
	return out
}

// addCrossing links words that are alike but stand in another order.
func (lx *lexicon) addCrossing(ua, ub []unit, links []link) []link {
	doneA, doneB := make([]bool, len(ua)), make([]bool, len(ub))
	linked := map[[2]int]bool{}
	mark := func(l link) {
		doneA[l.a], doneB[l.b] = true, true
		linked[[2]int{l.a, l.b}] = true
	}
	for _, l := range links {
		mark(l)
	}
	for range 3 {
		type cand struct {
			link
			score float32
		}
		var cands []cand
		for i := range ua {
			if doneA[i] {
				continue
			}
			for j := range ub {
				if doneB[j] {
					continue
				}
				r := lx.relate(&ua[i], &ub[j])
				if r.sim == 0 {
					continue
				}
				ctx := context(linked, i, j)
				fn := lx.entries[ua[i].id].function() || lx.entries[ub[j].id].function()
				s := r.sim*(ua[i].w+ub[j].w)/2 + 0.5*min(ctx, 1)
				switch {
				case fn && (ctx < 0.4 || r.sim < 0.9 && ctx < 0.5):
					continue
				case !fn && r.sim < 0.6 && ctx < 0.4:
					continue
				case !fn && r.sim < 0.45 && ctx < 0.5:
					continue
				}
				s -= 0.1 * abs(float32(i)/float32(len(ua))-float32(j)/float32(len(ub)))
				cands = append(cands, cand{link{i, j, r}, s})
			}
		}
		if len(cands) == 0 {
			break
		}
		slices.SortStableFunc(cands, func(x, y cand) int { return cmp.Compare(y.score, x.score) })
		for _, c := range cands {
			if !doneA[c.a] && !doneB[c.b] {
				mark(c.link)
				links = append(links, c.link)
			}
		}
	}
	slices.SortFunc(links, func(x, y link) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return links
}

// context is how well the neighbourhoods of i and j are linked, 0 to 1.
func context(linked map[[2]int]bool, i, j int) float32 {
	ctx := float32(0)
	for _, sign := range []int{1, -1} {
		best := float32(0)
		for da := 1; da <= 3; da++ {
			for db := 1; db <= 3; db++ {
				if linked[[2]int{i + sign*da, j + sign*db}] {
					best = max(best, 0.6-0.1*float32(da+db-2))
				}
			}
		}
		ctx += best
	}
	return min(ctx, 1)
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}

// addPhrases links what stands between two neighbouring links on both sides,
// if it is short: phrase to phrase.
func (lx *lexicon) addPhrases(ua, ub []unit, links []link) []link {
	toB := make([]int, len(ua)+2) // 1 + the unit of b that unit i-1 of a is linked with
	doneB := make([]bool, len(ub))
	toB[0], toB[len(ua)+1] = 0, len(ub)+1
	for _, l := range links {
		toB[l.a+1] = l.b + 1
		doneB[l.b] = true
	}
	content := func(u []unit, lo, hi int) (n int) {
		for i := lo; i < hi; i++ {
			if !lx.entries[u[i].id].function() {
				n++
			}
		}
		return n
	}
	var out []link
	for i := 1; i <= len(ua); i++ {
		if toB[i] != 0 {
			continue
		}
		k := i
		for k <= len(ua) && toB[k] == 0 {
			k++
		}
		lo, hi := 0, 0 // units of b strictly between the neighbours
		if i == 1 {
			lo = 1
		} else {
			lo = toB[i-1] + 1
		}
		hi = toB[k]
		na, nb := k-i, hi-lo
		free := nb > 0 && nb <= 4 && na <= 4
		for j := lo; free && j < hi; j++ {
			free = !doneB[j-1]
		}
		if free {
			ca, cb := content(ua, i-1, k-1), content(ub, lo-1, hi-1)
			if ca > 0 && cb > 0 && ca <= 2 && cb <= 2 || ca == 0 && cb == 0 && na == 1 && nb == 1 && !lx.entries[ua[i-1].id].punct && !lx.entries[ub[lo-1].id].punct {
				for x := i - 1; x < k-1; x++ {
					for y := lo - 1; y < hi-1; y++ {
						if lx.entries[ua[x].id].punct != lx.entries[ub[y].id].punct {
							continue
						}
						out = append(out, link{x, y, relation{weak, 0.3}})
					}
				}
			}
		}
		i = k
	}
	return append(links, out...)
}

// addSole links the only two content words that are left between two pairs of
// linked content words.
func (lx *lexicon) addSole(ua, ub []unit, links []link) []link {
	content := func(u *unit) bool { return !lx.entries[u.id].function() }
	toB, doneB := make([]int, len(ua)), make([]bool, len(ub))
	for i := range toB {
		toB[i] = -1
	}
	for _, l := range links {
		toB[l.a], doneB[l.b] = l.b, true
	}
	lone := func(u []unit, done func(int) bool, lo, hi int) (at int) {
		at = -1
		for i := lo; i < hi; i++ {
			if done(i) || !content(&u[i]) {
				continue
			}
			if at >= 0 {
				return -1
			}
			at = i
		}
		return at
	}
	var out []link
	last := -1
	for i := 0; i <= len(ua); i++ {
		if i < len(ua) && (toB[i] < 0 || !content(&ua[i])) {
			continue
		}
		lo, hi := 0, len(ub)
		if last >= 0 {
			lo = toB[last] + 1
		}
		if i < len(ua) {
			hi = toB[i]
		}
		if lo < hi && hi-lo <= 5 && i-last <= 6 {
			x := lone(ua, func(k int) bool { return toB[k] >= 0 }, last+1, i)
			y := lone(ub, func(k int) bool { return doneB[k] }, lo, hi)
			if x >= 0 && y >= 0 {
				out = append(out, link{x, y, relation{weak, 0.3}})
			}
		}
		last = i
	}
	return append(links, out...)
}

// addAcronyms links an abbreviation with the words whose initials it is.
func (lx *lexicon) addAcronyms(ua, ub []unit, links []link) []link {
	doneA, doneB := map[int]bool{}, map[int]bool{}
	for _, l := range links {
		doneA[l.a], doneB[l.b] = true, true
	}
	match := func(short *unit, u []unit, done map[int]bool) []int {
		name := strings.ReplaceAll(lx.entries[short.id].norm, ".", "")
		if len(name) < 2 || len(name) > 6 || len(lx.look(short.id).senses) > 0 || lx.entries[short.id].function() {
			return nil
		}
		for i := range u {
			k, j := 0, i
			var at []int
			for ; j < len(u) && k < len(name); j++ {
				n := lx.entries[u[j].id].norm
				switch {
				case n[0] == name[k] && !done[j]:
					k++
				case lx.entries[u[j].id].function() && k > 0:
				default:
					k = -100
				}
				if k < 0 {
					break
				}
				at = append(at, j)
			}
			if k == len(name) {
				return at
			}
		}
		return nil
	}
	for j := range ub {
		if !doneB[j] {
			for _, i := range match(&ub[j], ua, doneA) {
				links = append(links, link{i, j, relation{formatted, 0.8}})
			}
		}
	}
	for i := range ua {
		if !doneA[i] {
			for _, j := range match(&ua[i], ub, doneB) {
				links = append(links, link{i, j, relation{formatted, 0.8}})
			}
		}
	}
	return links
}

// addArticles links an article that the other side lacks with what its noun is
// linked with.
func (lx *lexicon) addArticles(ua, ub []unit, links []link) []link {
	doneA, doneB := map[int]bool{}, map[int]bool{}
	for _, l := range links {
		doneA[l.a], doneB[l.b] = true, true
	}
	article := func(u *unit) bool {
		n := lx.entries[u.id].norm
		return n == "the" || n == "a" || n == "an"
	}
	var out []link
	for _, l := range links {
		if l.rel.kind == equal {
			continue
		}
		if l.a > 0 && !doneA[l.a-1] && article(&ua[l.a-1]) {
			out = append(out, link{l.a - 1, l.b, l.rel})
		}
		if l.b > 0 && !doneB[l.b-1] && article(&ub[l.b-1]) {
			out = append(out, link{l.a, l.b - 1, l.rel})
		}
	}
	return append(links, out...)
}
