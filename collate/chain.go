package collate

import "slices"

const (
	// stepMin and stepMax are the steps that have a cost of their own.
	stepMin = -2
	stepMax = 4
	// stepFar is the weight of any other: exp(-3.2).
	stepFar = 0.04076220397836621
	// What it weighs to leave a word without a partner, where a link weighs the
	// power of its likeness.
	aloneContent  = 0.5
	aloneFunction = 1
)

// stepWeights says, from stepMin on, what it weighs, beyond stepFar, that the
// partners of two linked words in a row stand that far from each other:
// exp(-cost) less stepFar, where the next word costs nothing, and the same word,
// a word skipped and a word before cost little.
var stepWeights = [stepMax - stepMin + 1]float64{
	0.0499557493110463, // -2, cost 2.4
	0.0945730792582465, // -1, cost 2
	0.1823679561700636, // 0, cost 1.5
	0.9592377960216338, // 1, cost 0
	0.4558230998130433, // 2, cost 0.7
	0.3271172371930761, // 3, cost 1
	0.1823679561700636, // 4, cost 1.5
}

// chain gives for each word i of one side and j of the other how likely it is
// that they are partners, at i*m+j, if the partners of the words of the first
// side follow each other as words do: a hidden Markov model whose states are
// the words of the other side (Vogel, Ney and Tillmann 1996), solved forwards
// and backwards. weight[i*di+j*dj] is the weight of i and j as partners,
// alone[i] that of leaving i without one.
//
// A word without a partner leaves the chain where it was. Time is proportional
// to the number of pairs. The result lies in space.
func chain(n, m int, weight []float64, di, dj int, alone []float64, space *arena) []float64 {
	// Rows have room on both sides for the steps beyond their ends.
	const left, right = stepMax, -stepMin
	// Place p of a row stands for the partner p-1 of the last word that has
	// one; place 0 for the start, m+1 for the end.
	width := m + 1
	stride := left + width + right
	rows := space.floats((n + 1) * stride)
	row := func(i int) []float64 { return rows[i*stride : (i+1)*stride] }
	row(0)[left] = 1
	out := space.floats(n * m) // at first the weight of all ways to come to j before word i
	for i := range n {
		from, to := row(i), row(i+1)
		all := 0.0
		for _, x := range from {
			all += x
		}
		all *= stepFar
		leave := alone[i]
		arrive := out[i*m : (i+1)*m]
		to[left] = from[left] * leave
		sum := to[left]
		for j := range arrive {
			f := (*[len(stepWeights)]float64)(from[j+1:]) // places j+1-stepMax … j+1-stepMin
			s := all + f[6]*stepWeights[0] + f[5]*stepWeights[1] + f[4]*stepWeights[2] + f[3]*stepWeights[3] +
				f[2]*stepWeights[4] + f[1]*stepWeights[5] + f[0]*stepWeights[6]
			arrive[j] = s
			x := f[left]*leave + s*weight[i*di+j*dj]
			to[left+j+1] = x
			sum += x
		}
		scale := 1 / sum
		for p := range to {
			to[p] *= scale
		}
		for j := range arrive {
			arrive[j] *= scale
		}
	}
	back, next := space.floats(width), space.floats(width)
	total := 0.0
	for p := range back {
		back[p] = stepFar
		if k := m + 1 - p - stepMin; k < len(stepWeights) {
			back[p] += stepWeights[k]
		}
		total += row(n)[left+p] * back[p]
	}
	// The weight of going on from j, with room for the steps beyond both ends.
	const before, behind = 1 - stepMin, stepMax
	on := space.floats(before + m + behind)
	for i := n - 1; i >= 0; i-- {
		all := 0.0
		arrived := out[i*m : (i+1)*m]
		for j := range arrived {
			g := weight[i*di+j*dj] * back[j+1]
			arrived[j] *= g / total
			on[before+j] = g
			all += g
		}
		all *= stepFar
		sum := 0.0
		from := row(i)[left:]
		for p := range next {
			o := (*[len(stepWeights)]float64)(on[p:])
			s := all + back[p]*alone[i] + o[0]*stepWeights[0] + o[1]*stepWeights[1] + o[2]*stepWeights[2] + o[3]*stepWeights[3] +
				o[4]*stepWeights[4] + o[5]*stepWeights[5] + o[6]*stepWeights[6]
			next[p] = s
			sum += from[p] * s
		}
		// Scaled so that the weight of all ways through row i is 1.
		scale := 1 / sum
		for p := range next {
			next[p] *= scale
		}
		total = 1
		back, next = next, back
	}
	return out
}

// An arena is memory that one alignment of words after another uses.
type arena struct {
	floating []float64
	used     int
	related  []relation
}

// floats returns n zeros, good until the next reset.
func (a *arena) floats(n int) []float64 {
	if a.used+n > len(a.floating) {
		const least = 1 << 13 // for two sentences of thirty words
		a.floating, a.used = make([]float64, max(least, 2*len(a.floating)+n)), 0
	}
	s := a.floating[a.used : a.used+n : a.used+n]
	a.used += n
	clear(s)
	return s
}

// relations returns n relations, which hold anything, good until the next call.
func (a *arena) relations(n int) []relation {
	a.related = slices.Grow(a.related[:0], n)[:n]
	return a.related
}

func (a *arena) reset() { a.used = 0 }
