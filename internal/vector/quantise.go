package vector

import "math"

// quantise scales v so that its largest number is 127, rounds, and returns the
// bytes and eight times their length.
func quantise(v []float32) (row []byte, norm uint16) {
	top := float32(0)
	for _, x := range v {
		top = max(top, max(x, -x))
	}
	if top == 0 {
		top = 1
	}
	sum := 0.0
	for _, x := range v {
		q := math.Round(float64(x / top * 127))
		row = append(row, byte(int8(q)))
		sum += q * q
	}
	return row, uint16(math.Round(8 * math.Sqrt(max(sum, 1))))
}
