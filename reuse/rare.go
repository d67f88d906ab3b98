package reuse

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed en/common.txt
var commonText string

// maxWeight is the weight of a stem that the table of common words does not
// hold: ln(1000/2), as if two texts in a thousand had it.
const maxWeight = 6.2

// weights says how much a stem tells: the logarithm of the inverse share of
// texts that have it (idf, Spärck Jones 1972).
type weights struct {
	stem   []uint32 // open addressing; 0 is free
	weight []float32
	shift  uint
}

var stemWeights = sync.OnceValue(func() *weights {
	share := map[uint32]float64{}
	var t text
	for line := range strings.Lines(commonText) {
		word, count, ok := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseFloat(count, 64)
		if !ok || err != nil {
			continue // the head
		}
		if t.scan(word, nil); len(t.stem) == 1 {
			share[t.stem[0]] += n
		}
	}
	w := &weights{stem: make([]uint32, 1<<14), weight: make([]float32, 1<<14), shift: 32 - 14}
	for stem, n := range share {
		i := stem * 0x9e3779b1 >> w.shift
		for w.stem[i] != 0 {
			i = (i + 1) & (1<<14 - 1)
		}
		w.stem[i], w.weight[i] = stem, float32(max(0, math.Log(1000/min(n, 1000))))
	}
	return w
})

func (w *weights) of(stem uint32) float32 {
	for i := stem * 0x9e3779b1 >> w.shift; w.stem[i] != 0; i = (i + 1) & (1<<14 - 1) {
		if w.stem[i] == stem {
			return w.weight[i]
		}
	}
	return maxWeight
}

// Rarity says how much the word tells, from 0 for words that stand in every
// text to 6.2 for those that the table of common words does not hold: the
// logarithm of the inverse share of texts that have its stem.
func Rarity(word string) float64 {
	var t text
	if t.scan(word, nil); len(t.stem) != 1 {
		return 0
	}
	return float64(stemWeights().of(t.stem[0]))
}
