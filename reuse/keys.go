package reuse

import "stemma"

// A Key is a feature of a report that its copies are likely to have too.
// Reports that share several keys are candidates for comparison. The lowest
// two bits hold the Channel.
type Key uint64

// A Channel says what kind of feature a Key stands for.
type Channel uint8

const (
	// Anchor keys are word 5-grams of which no more than four words stand in
	// quotation marks, sampled by hash (FracMinHash): one in sixteen of a
	// long report, more of a short one. The samples are nested, so a short
	// report and a long one can be compared.
	Anchor Channel = iota
	// Pair keys are the unordered pairs of the rarest stems of a sentence.
	// They survive rewording.
	Pair
	// Quotation keys are word 4-grams within quotation marks. They bring
	// together the reports that quote one utterance.
	Quotation
)

// Channel returns what kind of feature k stands for.
func (k Key) Channel() Channel { return Channel(k & 3) }

const (
	anchorWords = 5
	quoteWords  = 4
	rareStems   = 4 // stems of a sentence that are paired: up to six keys
	minRare     = 2.3
	keyMul      = 0x9e3779b97f4a7c15
)

// sampleLimit returns the hash below which a 5-gram of a report of n words is
// an anchor: 1/16 of them, 1/8 below 600 words, 1/2 below 150. Short reports
// need the density; long ones have anchors enough.
func sampleLimit(n int) uint64 {
	switch {
	case n < 150:
		return 1 << 63
	case n < 600:
		return 1 << 61
	}
	return 1 << 60
}

// Keys returns the keys of doc, sorted and without repetition. They depend on
// the text alone, so that the keys of a report can be found again to remove it
// from an index, and different machines find the same ones.
func Keys(doc *stemma.Document) []Key {
	return Read(doc).Keys(nil)
}

// mix finishes a hash (the last steps of splitmix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

func (t *text) anchors(keys []Key) []Key {
	return t.anchorsBelow(keys, sampleLimit(len(t.word)))
}

func (t *text) anchorsBelow(keys []Key, limit uint64) []Key {
	w := t.word
	if len(w) < anchorWords {
		return keys
	}
	const (
		m1 = keyMul
		m2 = m1 * m1 & (1<<64 - 1)
		m4 = m2 * m2 & (1<<64 - 1)
	)
	h := (((w[0]*m1+w[1])*m1+w[2])*m1 + w[3])
	quoted := 0
	for _, f := range t.flag[:anchorWords-1] {
		quoted += int(f & inQuotes)
	}
	for i := anchorWords - 1; i < len(w); i++ {
		h = h*m1 + w[i]
		quoted += int(t.flag[i] & inQuotes)
		if k := mix(h); k < limit && quoted < anchorWords {
			keys = append(keys, Key(k<<4&^3)|Key(Anchor))
		}
		first := i - (anchorWords - 1)
		h -= w[first] * m4
		quoted -= int(t.flag[first] & inQuotes)
	}
	return keys
}

func (t *text) pairs(keys []Key) []Key {
	t.weigh()
	for _, s := range t.sent {
		// The rarest distinct stems; ties are broken by hash, so that another
		// wording of the sentence chooses the same.
		var stem [rareStems]uint32
		var weight [rareStems]float32
		n := 0
	words:
		for i := s.first; i < s.end; i++ {
			st := t.stem[i]
			x := t.weight[i]
			if x < minRare {
				continue
			}
			if n == rareStems && (x < weight[n-1] || x == weight[n-1] && st >= stem[n-1]) {
				continue
			}
			for k := range n {
				if stem[k] == st {
					continue words
				}
			}
			if n < rareStems {
				n++
			}
			k := n - 1
			for k > 0 && (weight[k-1] < x || weight[k-1] == x && stem[k-1] > st) {
				stem[k], weight[k] = stem[k-1], weight[k-1]
				k--
			}
			stem[k], weight[k] = st, x
		}
		for a := range n {
			for b := a + 1; b < n; b++ {
				lo, hi := min(stem[a], stem[b]), max(stem[a], stem[b])
				keys = append(keys, Key(mix(uint64(lo)<<32|uint64(hi))&^3)|Key(Pair))
			}
		}
	}
	return keys
}

func (t *text) quotations(keys []Key) []Key {
	if t.quoted < quoteWords {
		return keys
	}
	run := 0
	for i, f := range t.flag {
		if f&inQuotes == 0 {
			run = 0
			continue
		}
		if run++; run >= quoteWords {
			w := t.word[i-quoteWords+1:]
			h := ((w[0]*keyMul+w[1])*keyMul+w[2])*keyMul + w[3]
			keys = append(keys, Key(mix(h)&^3)|Key(Quotation))
		}
	}
	return keys
}

// furnitureOf returns the spans of doc's sentences that are furniture.
func furnitureOf(doc *stemma.Document) []stemma.Span {
	var spans []stemma.Span
	for _, s := range doc.Sentences {
		if s.Kind == stemma.Furniture {
			spans = append(spans, s.Span)
		}
	}
	return spans
}
