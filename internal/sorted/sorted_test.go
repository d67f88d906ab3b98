package sorted

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFindIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.StringMatching(`[a-c .é]{1,12}`), rapid.StringMatching(`[a-z\t ]{1,40}`)).Draw(t, "table")
		text := "# Source: made up\n# here\n"
		for _, k := range slices.Sorted(maps.Keys(want)) {
			text += k + "\t" + want[k] + "\n"
		}
		if rapid.Bool().Draw(t, "cut") {
			text = strings.TrimSuffix(text, "\n")
		}
		asked := append(rapid.SliceOf(rapid.StringMatching(`[#a-d .é\t]{0,13}`)).Draw(t, "asked"), slices.Sorted(maps.Keys(want))...)
		for _, table := range []*Table{New(text), NewSparse(text)} {
			for _, k := range asked {
				if got := table.Find(k); got != want[k] && !strings.Contains(k, "\t") {
					t.Fatalf("Find(%q) = %q, want %q in\n%s", k, got, want[k], text)
				}
			}
		}
	})
}
