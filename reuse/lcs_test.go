package reuse

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestLCS holds the table of bits against the table of Wagner and Fischer.
func TestLCS(t *testing.T) {
	var l lcs
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.Uint64Range(1, rapid.Uint64Range(1, 40).Draw(t, "words"))
		x := rapid.SliceOfN(word, 0, 40).Draw(t, "x")
		y := rapid.SliceOfN(word, 0, 200).Draw(t, "y")
		got := make([]bool, len(x))
		n := l.mark(x, y, got)
		table := make([][]int, len(x)+1)
		for i := range table {
			table[i] = make([]int, len(y)+1)
		}
		for i := len(x) - 1; i >= 0; i-- {
			for j := len(y) - 1; j >= 0; j-- {
				if table[i][j] = max(table[i+1][j], table[i][j+1]); x[i] == y[j] {
					table[i][j] = table[i+1][j+1] + 1
				}
			}
		}
		want := make([]bool, len(x))
		for i, j := 0, 0; i < len(x) && j < len(y); {
			switch {
			case x[i] == y[j]:
				want[i] = true
				i, j = i+1, j+1
			case table[i+1][j] >= table[i][j+1]:
				i++
			default:
				j++
			}
		}
		if n != table[0][0] || !slices.Equal(got, want) {
			t.Fatalf("x %v y %v: %d %v, want %d %v", x, y, n, got, table[0][0], want)
		}
	})
}
