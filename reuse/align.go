package reuse

import (
	"math/bits"
	"slices"
)

// A run is a stretch of words that two texts share: a.word[i:i+n] equals
// b.word[j:j+n], and it cannot be made longer.
type run struct{ i, j, n int32 }

// minRun is the length of the shortest run that is looked for. Two words in a
// row are shared by chance all the time.
const minRun = 3

// maxChain is how many places of a three-word sequence in one text are tried
// for each place in the other; it keeps "no no no no" linear.
const maxChain = 12

// maxWork bounds the words of all runs together, for each word of the texts.
// Texts of people stay below two.
const maxWork = 32

// A matcher holds the memory that comparing needs. Its zero value is ready.
type matcher struct {
	head []int32 // hash of three words of a -> last place, 1-based
	next []int32 // place -> the one before with the same hash

	runs         []run
	coverA       []uint16 // for each word, the length of the longest run it is in
	coverB       []uint16
	stemHead     []int32
	stemNext     []int32
	acc          []float32
	accN         []int32
	touched      []int32
	weightA      []float32 // for each sentence
	weightB      []float32
	bestA, bestB []link // for each sentence, its likest on the other side
	hasA, hasB   wordSet

	spareA, spareB []float32
	sentOf         []int32 // of each word of a

	goes, goesNext []int32
	with           []uint64
	mark           []bool
	lcs            lcs
}

// A link is the likest sentence of the other text; to is -1 if there is none.
type link struct {
	to      int32
	dice    float32 // shared weight over mean weight
	contain float32 // share of this sentence's weight that the other has
	shared  int32   // stems shared, common words left out
	beside  bool    // a weak link, borne out by the sentences beside it
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

func key3(w []uint64) uint64 { return ((w[0]*keyMul+w[1])*keyMul + w[2]) * keyMul }

// findRuns fills m.runs with the runs of a and b and notes for each word the
// longest run that it is in.
func (m *matcher) findRuns(a, b *text) {
	m.runs = m.runs[:0]
	m.coverA, m.coverB = grow(m.coverA, len(a.word)), grow(m.coverB, len(b.word))
	if len(a.word) < minRun || len(b.word) < minRun {
		return
	}
	size := bits.Len(uint(len(a.word))) + 1
	shift := 64 - uint(size)
	m.head, m.next = grow(m.head, 1<<size), grow(m.next, len(a.word))
	// Later places first in the chains would favour the end of a; fill from
	// the back so that the first place is found first.
	for i := len(a.word) - minRun; i >= 0; i-- {
		k := key3(a.word[i:]) >> shift
		m.next[i] = m.head[k]
		m.head[k] = int32(i + 1)
	}
	work := maxWork * (len(a.word) + len(b.word))
	for j := 0; j+minRun <= len(b.word) && work > 0; j++ {
		tries := 0
		for p := m.head[key3(b.word[j:])>>shift]; p != 0 && tries < maxChain; p = m.next[p-1] {
			i := int(p - 1)
			if a.word[i] != b.word[j] || a.word[i+1] != b.word[j+1] || a.word[i+2] != b.word[j+2] {
				continue
			}
			tries++
			if i > 0 && j > 0 && a.word[i-1] == b.word[j-1] {
				continue // within a run already found
			}
			n := minRun
			for i+n < len(a.word) && j+n < len(b.word) && a.word[i+n] == b.word[j+n] {
				n++
			}
			work -= n
			m.runs = append(m.runs, run{int32(i), int32(j), int32(n)})
		}
	}
	for _, r := range m.runs {
		n := uint16(min(r.n, 1<<16-1))
		for k := r.i; k < r.i+r.n; k++ {
			m.coverA[k] = max(m.coverA[k], n)
		}
		for k := r.j; k < r.j+r.n; k++ {
			m.coverB[k] = max(m.coverB[k], n)
		}
	}
}

// A fact is told by rare words; whether it is told in the same way, by the
// common ones. minTold is the weight from which a stem counts as content.
const minTold = 1.6

// linkSentences finds for each sentence of either text the one of the other
// that shares most of its words, weighted by rarity; words whose flag is in
// without are left out.
func (m *matcher) linkSentences(a, b *text, without uint8) {
	wa, wb := a.weights(&m.spareA), b.weights(&m.spareB)
	na, nb := len(a.sent), len(b.sent)
	m.bestA, m.bestB = grow(m.bestA, na), grow(m.bestB, nb)
	m.weightA, m.weightB = grow(m.weightA, na), grow(m.weightB, nb)
	for i := range m.bestA {
		m.bestA[i].to = -1
	}
	size := bits.Len(uint(len(a.word))) + 1
	shift := 32 - uint(size)
	m.stemHead, m.stemNext, m.sentOf = grow(m.stemHead, 1<<size), grow(m.stemNext, len(a.word)), grow(m.sentOf, len(a.word))
	for s := na - 1; s >= 0; s-- {
		for i := a.sent[s].end - 1; i >= a.sent[s].first; i-- {
			m.sentOf[i] = int32(s)
			if a.flag[i]&without != 0 {
				continue
			}
			x := wa[i]
			m.weightA[s] += x
			if x >= minTold {
				k := a.stem[i] * 0x9e3779b1 >> shift
				m.stemNext[i] = m.stemHead[k]
				m.stemHead[k] = i + 1
			}
		}
	}
	m.acc, m.accN = grow(m.acc, na), grow(m.accN, na)
	for t := range b.sent {
		m.bestB[t].to = -1
		m.touched = m.touched[:0]
		for j := b.sent[t].first; j < b.sent[t].end; j++ {
			if b.flag[j]&without != 0 {
				continue
			}
			x := wb[j]
			m.weightB[t] += x
			if x < minTold {
				continue
			}
			last, tries := int32(-1), 0
			for p := m.stemHead[b.stem[j]*0x9e3779b1>>shift]; p != 0 && tries < maxChain; p = m.stemNext[p-1] {
				if a.stem[p-1] != b.stem[j] {
					continue
				}
				tries++
				s := m.sentOf[p-1]
				if s == last {
					continue
				}
				last = s
				if m.accN[s] == 0 {
					m.touched = append(m.touched, s)
				}
				m.acc[s] += x
				m.accN[s]++
			}
		}
		for _, s := range m.touched {
			shared, n := m.acc[s], m.accN[s]
			m.acc[s], m.accN[s] = 0, 0
			dice := min(1, 2*shared/(m.weightA[s]+m.weightB[t]))
			inB, inA := min(1, shared/m.weightB[t]), min(1, shared/m.weightA[s])
			if l := &m.bestB[t]; dice > l.dice || dice == l.dice && s < l.to {
				*l = link{to: s, dice: dice, contain: inB, shared: n}
			}
			if l := &m.bestA[s]; dice > l.dice || dice == l.dice && int32(t) < l.to {
				*l = link{to: int32(t), dice: dice, contain: inA, shared: n}
			}
		}
	}
}

// borneOut marks the weak links, as short sentences have, whose neighbours are
// counterparts.
func borneOut(best []link) {
	for t := range best {
		l := &best[t]
		if l.counterpart() || l.to < 0 || l.dice < 0.15 {
			continue
		}
		before := t > 0 && best[t-1].counterpart() && best[t-1].to == l.to-1
		after := t+1 < len(best) && best[t+1].counterpart() && best[t+1].to == l.to+1
		l.beside = before && after || (before || after) && l.dice >= 0.2
	}
}

// rising returns the length of the longest strictly rising subsequence.
func rising(seq []int32) int {
	var tails []int32
	for _, x := range seq {
		i, _ := slices.BinarySearch(tails, x)
		if i == len(tails) {
			tails = append(tails, x)
		} else {
			tails[i] = x
		}
	}
	return len(tails)
}
