package reuse

import "math/bits"

// An lcs finds longest common subsequences and keeps the memory that takes.
//
// It holds the table of Wagner and Fischer (1974) as bits: of row i, which
// belongs to x[i:], bit k is 0 where one more word of y, counted from its end,
// makes the subsequence longer (Hyyrö 2004). A row is a few machine words, made
// from the one below by an addition.
type lcs struct {
	slot  []int32  // hash of a word of x -> 1 + the first place it has there
	first []int32  // place in x -> the first place of the same word
	at    []uint64 // for each such place, where y has the word
	row   []uint64
}

// mark marks the words of x that are in the longest common subsequence of x
// and y, of several the one that takes the first words of x it can, and returns
// how many are marked then.
func (l *lcs) mark(x, y []uint64, mark []bool) int {
	n, w := len(x), (len(y)+63)/64
	size := bits.Len(uint(n)) + 1
	shift := uint(64 - size)
	l.slot, l.first, l.at, l.row = grow(l.slot, 1<<size), grow(l.first, n), grow(l.at, n*w), grow(l.row, (n+1)*w)
	find := func(v uint64) (slot uint64) {
		for slot = v * keyMul >> shift; l.slot[slot] != 0 && x[l.slot[slot]-1] != v; {
			slot = (slot + 1) & (1<<size - 1)
		}
		return slot
	}
	for i, v := range x {
		k := find(v)
		if l.slot[k] == 0 {
			l.slot[k] = int32(i + 1)
		}
		l.first[i] = l.slot[k] - 1
	}
	for j, v := range y {
		if i := int(l.slot[find(v)]) - 1; i >= 0 {
			k := len(y) - 1 - j
			l.at[i*w+k/64] |= 1 << (k % 64)
		}
	}
	for k := range w {
		l.row[n*w+k] = ^uint64(0)
	}
	for i := n - 1; i >= 0; i-- {
		var carry uint64
		at := l.at[int(l.first[i])*w:]
		for k, v := range l.row[(i+1)*w : (i+2)*w] {
			var sum uint64
			sum, carry = bits.Add64(v, v&at[k], carry)
			l.row[i*w+k] = sum | v&^at[k]
		}
	}
	// length is that of the subsequence of x[i:] and y[j:]; step is 1 if it is
	// one shorter for y[j+1:].
	length := func(i, j int) (sum int) {
		bit := len(y) - j
		row := l.row[i*w : (i+1)*w]
		for k := range bit / 64 {
			sum += bits.OnesCount64(^row[k])
		}
		if bit%64 > 0 {
			sum += bits.OnesCount64(^row[bit/64] << (64 - bit%64))
		}
		return sum
	}
	step := func(i, j int) int {
		bit := len(y) - 1 - j
		return int(^l.row[i*w+bit/64] >> (bit % 64) & 1)
	}
	if n > 0 && len(y) > 0 {
		here, below := length(0, 0), length(1, 0)
		for i, j := 0, 0; ; {
			if match := x[i] == y[j]; match || below >= here-step(i, j) {
				here = below
				i++
				if match {
					mark[i-1] = true
					here -= step(i, j)
					j++
				}
				if i == n || j == len(y) {
					break
				}
				below = length(i+1, j)
				continue
			}
			here -= step(i, j)
			below -= step(i+1, j)
			if j++; j == len(y) {
				break
			}
		}
	}
	marked := 0
	for _, in := range mark {
		if in {
			marked++
		}
	}
	return marked
}
