package collate

import "math"

const (
	// stepMin and stepMax are the steps that have a cost of their own.
	stepMin = -2
	stepMax = 4
	// stepFar is the cost of any other.
	stepFar = 3.2
	// What it is worth to leave a word without a partner, where a link is worth
	// its likeness.
	aloneContent  = -0.7
	aloneFunction = 0
)

// stepCosts says, from stepMin on, what it costs that the partners of two
// linked words in a row stand that far from each other: the next word costs
// nothing; the same word, a word skipped and a word before cost little.
var stepCosts = [stepMax - stepMin + 1]float64{2.4, 2, 1.5, 0, 0.7, 1, 1.5}

// chain gives for each word i of one side and j of the other how likely it is
// that they are partners, at i*m+j, if the partners of the words of the first
// side follow each other as words do: a hidden Markov model whose states are
// the words of the other side (Vogel, Ney and Tillmann 1996), solved forwards
// and backwards. like gives the likeness of i and j, alone[i] what leaving i
// without a partner is worth, both as logarithms.
//
// A word without a partner leaves the chain where it was. Time is proportional
// to the number of pairs.
func chain(n, m int, like func(i, j int) float64, alone []float64) []float64 {
	var near [len(stepCosts)]float64 // weight of a step, less the weight of a far one
	far := math.Exp(-stepFar)
	for k, c := range stepCosts {
		near[k] = math.Exp(-c) - far
	}
	// Place p of a row stands for the partner p-1 of the last word that has
	// one; place 0 for the start, m+1 for the end.
	width := m + 1
	e := make([]float64, n*m)
	forward := make([]float64, (n+1)*width)
	arrive := make([]float64, n*m) // weight of all ways to come to j before word i
	forward[0] = 1
	for i := range n {
		from, to := forward[i*width:(i+1)*width], forward[(i+1)*width:(i+2)*width]
		all := 0.0
		for _, x := range from {
			all += x
		}
		leave := math.Exp(alone[i])
		sum := 0.0
		for p := range to {
			to[p] = from[p] * leave
			if p > 0 {
				j := p - 1
				s := all * far
				for k, w := range near {
					if q := p - (k + stepMin); q >= 0 && q < width {
						s += from[q] * w
					}
				}
				e[i*m+j] = math.Exp(like(i, j))
				arrive[i*m+j] = s
				to[p] += s * e[i*m+j]
			}
			sum += to[p]
		}
		for p := range to {
			to[p] /= sum
		}
		for j := range m {
			arrive[i*m+j] /= sum
		}
	}
	back, next := make([]float64, width), make([]float64, width)
	total := 0.0
	for p := range back {
		back[p] = far
		if k := m + 1 - p - stepMin; k < len(near) {
			back[p] += near[k]
		}
		total += forward[n*width+p] * back[p]
	}
	out := make([]float64, n*m)
	for i := n - 1; i >= 0; i-- {
		leave := math.Exp(alone[i])
		all := 0.0
		for j := range m {
			g := e[i*m+j] * back[j+1]
			out[i*m+j] = arrive[i*m+j] * g / total
			e[i*m+j] = g
			all += g
		}
		sum := 0.0
		for p := range next {
			s := all*far + back[p]*leave
			for k, w := range near {
				if j := p + k + stepMin - 1; j >= 0 && j < m {
					s += e[i*m+j] * w
				}
			}
			next[p] = s
			sum += forward[i*width+p] * s
		}
		// Scaled so that the weight of all ways through row i is 1.
		for p := range next {
			next[p] /= sum
		}
		total = 1
		back, next = next, back
	}
	return out
}
