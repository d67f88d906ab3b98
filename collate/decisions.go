package collate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A Decision is what a person decided about readings: one line of a file of
// decisions. Lines are only ever added; "undo" takes back the latest "same"
// of the same two readings.
type Decision struct {
	Do string `json:"do"` // "same" or "undo"
	Pair
	By  string `json:"by,omitempty"`
	Why string `json:"why,omitempty"`
}

// ReadDecisions reads a file of decisions, JSON lines, and returns the pairs
// that hold at its end, in the order in which they were decided. Empty lines
// are allowed. Errors name the line.
func ReadDecisions(r io.Reader) ([]Pair, error) {
	var out []Pair
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" {
			continue
		}
		var d Decision
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return nil, fmt.Errorf("decision in line %d: %w", n, err)
		}
		if d.A == "" || d.B == "" {
			return nil, fmt.Errorf("decision in line %d: want two readings, \"a\" and \"b\"", n)
		}
		switch d.Do {
		case "same":
			out = append(out, d.Pair)
		case "undo":
			at := -1
			for i, p := range out {
				if p == d.Pair || p.A == d.B && p.B == d.A {
					at = i
				}
			}
			if at < 0 {
				return nil, fmt.Errorf("decision in line %d: nothing to undo for %q = %q", n, d.A, d.B)
			}
			out = append(out[:at], out[at+1:]...)
		default:
			return nil, fmt.Errorf("decision in line %d: unknown %q, want \"same\" or \"undo\"", n, d.Do)
		}
	}
	return out, sc.Err()
}
