package main

import (
	"math/rand/v2"
	"slices"
)

// bootstrap returns the bounds between which lie 95 in a hundred of the figures
// that measure gives for n documents drawn at random out of n, any of them more
// than once: the percentile bootstrap of Efron (1979). The draws are the same
// in every run.
func bootstrap(n int, measure func(draw []int) float64) (low, high float64) {
	if n == 0 {
		return 0, 0
	}
	const draws = 1000
	rng := rand.New(rand.NewPCG(1979, uint64(n)))
	draw, got := make([]int, n), make([]float64, draws)
	for k := range got {
		for i := range draw {
			draw[i] = rng.IntN(n)
		}
		got[k] = measure(draw)
	}
	slices.Sort(got)
	return got[draws/40], got[draws-1-draws/40]
}
