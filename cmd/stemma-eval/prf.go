package main

// prf returns precision, recall and their F1, in per cent, where ok of found are
// right and gold are wanted; what has nothing to be measured on is 0.
func prf(ok, found, gold int) (p, r, f float64) {
	if found > 0 {
		p = 100 * float64(ok) / float64(found)
	}
	if gold > 0 {
		r = 100 * float64(ok) / float64(gold)
	}
	return p, r, f1(p, r)
}

// f1 returns the harmonic mean of precision and recall.
func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
