package reuse

import (
	"slices"
	"strings"

	"stemma"
)

// A Reading is a report cut into words for comparing.
type Reading struct {
	doc *stemma.Document
	text
}

// Read cuts doc into words. Of its layers, only the kinds of the sentences are
// used, if it has any: furniture takes no part.
func Read(doc *stemma.Document) *Reading {
	r := new(Reading)
	r.room(doc.Report.Text)
	r.Reset(doc)
	r.weigh()
	return r
}

// Reset makes r a reading of doc and uses its memory again.
func (r *Reading) Reset(doc *stemma.Document) {
	r.doc = doc
	r.scan(doc.Report.Text, furnitureOf(doc))
}

// Report returns the report that was read.
func (r *Reading) Report() *stemma.Report { return r.doc.Report }

// Keys appends the keys of the report to keys, sorted and each once.
func (r *Reading) Keys(keys []Key) []Key {
	n := len(keys)
	keys = r.anchors(keys)
	keys = r.pairs(keys)
	keys = r.quotations(keys)
	slices.Sort(keys[n:])
	return keys[:n+len(slices.Compact(keys[n:]))]
}

// Anchors appends the Anchor keys of the report alone, which are the quickest
// to find and enough for verbatim and near copies.
func (r *Reading) Anchors(keys []Key) []Key {
	n := len(keys)
	keys = r.anchors(keys)
	slices.Sort(keys[n:])
	return keys[:n+len(slices.Compact(keys[n:]))]
}

// Hash returns a hash of the words in their order: reports of equal hash have
// the same words. It is 0 for a report without words.
func (r *Reading) Hash() uint64 {
	if len(r.word) == 0 {
		return 0
	}
	h := uint64(len(r.word))
	for _, w := range r.word {
		h = mix(h ^ w)
	}
	return max(h, 1)
}

// SameWords reports whether r and s have the same words in the same order.
func (r *Reading) SameWords(s *Reading) bool { return slices.Equal(r.word, s.word) }

// Bytes returns about how much memory r takes, its report included.
func (r *Reading) Bytes() int {
	return 25*cap(r.word) + 16*cap(r.sent) + len(r.src) + 256
}

// An Edge is a paragraph near the beginning or the end of a report, where
// outlets put the notes that they put under all their reports.
type Edge struct {
	Para   uint64 // hash of the outlet and the words of the paragraph
	Report uint32 // tells different reports apart, but not near copies of one
}

// Boilerplate is a set of paragraphs, as Edge.Para, that an outlet repeats in
// reports of different content.
type Boilerplate map[uint64]bool

const (
	edgeParagraphs   = 3 // looked at from either end
	edgeWords        = 6 // in the shortest paragraph looked at
	boilerplateTimes = 3 // different reports that make a paragraph boilerplate
)

// Edges appends the first and last paragraphs of the report. It has none if
// its outlet is not known.
func (r *Reading) Edges(edges []Edge) []Edge {
	if r.doc.Report.Outlet == "" || len(r.sent) == 0 {
		return edges
	}
	// The least hash of the text's middle stands for its content (MinHash,
	// Broder 1997).
	paras := int(r.sent[len(r.sent)-1].para) + 1
	least := ^uint64(0)
	for _, s := range r.sent {
		if paras > 2 && (s.para == 0 || int(s.para) == paras-1) {
			continue
		}
		for i := s.first; i+2 < s.end; i++ {
			least = min(least, mix(key3(r.word[i:])))
		}
	}
	r.paragraphs(func(para, first, end int, hash uint64) {
		if (para < edgeParagraphs || para >= paras-edgeParagraphs) && end-first >= edgeWords {
			edges = append(edges, Edge{hash, uint32(least >> 32)})
		}
	})
	return edges
}

// paragraphs calls do for each paragraph with its range of sentences' words
// and its hash.
func (r *Reading) paragraphs(do func(para, first, end int, hash uint64)) {
	outlet := uint64(hashSeed)
	for i := 0; i < len(r.doc.Report.Outlet); i++ {
		outlet = (outlet ^ uint64(r.doc.Report.Outlet[i])) * hashMul
	}
	for k := 0; k < len(r.sent); {
		first, para := r.sent[k].first, r.sent[k].para
		for k < len(r.sent) && r.sent[k].para == para {
			k++
		}
		end := r.sent[k-1].end
		h := outlet
		for _, w := range r.word[first:end] {
			h = mix(h ^ w)
		}
		do(int(para), int(first), int(end), h)
	}
}

// FindBoilerplate returns the paragraphs that stand at the edges of several
// reports with different content. It sorts edges.
func FindBoilerplate(edges []Edge) Boilerplate {
	slices.SortFunc(edges, func(a, b Edge) int {
		switch {
		case a.Para != b.Para:
			if a.Para < b.Para {
				return -1
			}
			return 1
		case a.Report != b.Report:
			if a.Report < b.Report {
				return -1
			}
			return 1
		}
		return 0
	})
	b := Boilerplate{}
	for i := 0; i < len(edges); {
		j, n := i, 0
		for ; j < len(edges) && edges[j].Para == edges[i].Para; j++ {
			if j == i || edges[j].Report != edges[j-1].Report {
				n++
			}
		}
		if n >= boilerplateTimes {
			b[edges[i].Para] = true
		}
		i = j
	}
	return b
}

// Mask takes the paragraphs in b out of the reading: they become furniture.
func (r *Reading) Mask(b Boilerplate) {
	if len(b) == 0 || r.doc.Report.Outlet == "" {
		return
	}
	var drop [][2]int
	r.paragraphs(func(_, first, end int, hash uint64) {
		if b[hash] {
			drop = append(drop, [2]int{first, end})
		}
	})
	if len(drop) == 0 {
		return
	}
	out, next := 0, 0
	sents := r.sent[:0]
	k := 0
	for i := range r.word {
		if next < len(drop) && i == drop[next][1] {
			next++
		}
		if k < len(r.sent) && i == int(r.sent[k].end) {
			k++
		}
		if next < len(drop) && i >= drop[next][0] {
			if i == drop[next][0] {
				start, end := int(r.pos[i][0]), int(r.pos[drop[next][1]-1][1])
				r.furniture = append(r.furniture, stemma.Span{Start: start, End: end + len(r.src[end:]) - len(strings.TrimLeft(r.src[end:], ".!?”\""))})
			}
			continue
		}
		if s := r.sent[k]; i == int(s.first) {
			sents = append(sents, sentence{int32(out), int32(out) + s.end - s.first, s.para, s.title})
		}
		r.word[out], r.stem[out], r.pos[out], r.flag[out] = r.word[i], r.stem[i], r.pos[i], r.flag[i]
		out++
	}
	r.word, r.stem, r.pos, r.flag, r.sent = r.word[:out], r.stem[:out], r.pos[:out], r.flag[:out], sents
	r.weigh()
	slices.SortFunc(r.furniture, func(a, b stemma.Span) int { return a.Start - b.Start })
}

// ParagraphKeys appends the keys of the paragraphs in b that the report has:
// what to leave out of an index that was filled before b was known.
func (r *Reading) ParagraphKeys(keys []Key, b Boilerplate) []Key {
	r.paragraphs(func(_, first, end int, hash uint64) {
		if !b[hash] {
			return
		}
		t := text{word: r.word[first:end], stem: r.stem[first:end], flag: r.flag[first:end]}
		for _, s := range r.sent {
			if int(s.first) >= first && int(s.end) <= end {
				t.sent = append(t.sent, sentence{s.first - int32(first), s.end - int32(first), 0, s.title})
			}
		}
		// The sample of anchors depends on the length of the whole report.
		keys = t.anchorsBelow(keys, sampleLimit(0))
		keys = t.pairs(keys)
		keys = t.quotations(keys)
	})
	return keys
}
