package ledger

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed issues.txt
var issueTable string

// An issue is a matter that is negotiated about.
type issue struct {
	name    string
	phrases []string // with a space before, and one after unless any ending will do
}

var issues = sync.OnceValue(func() []issue {
	var out []issue
	for line := range strings.Lines(issueTable) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		is := issue{name: name}
		for p := range strings.SplitSeq(list, ",") {
			p = " " + strings.TrimSpace(p)
			if q, any := strings.CutSuffix(p, "*"); any {
				is.phrases = append(is.phrases, q)
			} else {
				is.phrases = append(is.phrases, p+" ")
			}
		}
		out = append(out, is)
	}
	return out
})

// issueOf returns the issue that norms speak of most; "" if none. norms is a
// text of lower-case words with a space before and after each.
func issueOf(norms string) string {
	best, n := "", 0
	for _, is := range issues() {
		k := 0
		for _, p := range is.phrases {
			k += strings.Count(norms, p)
		}
		if k > n {
			best, n = is.name, k
		}
	}
	return best
}
