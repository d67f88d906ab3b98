package term

import (
	"bytes"
	"strings"
	"testing"
)

func TestLineMakesTextHarmless(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain “text”", "plain “text”"},
		{"a\tb\nc", "a b c"},
		{"red \x1b[31malert\x1b[0m", "red ␛[31malert␛[0m"},
		{"title \x1b]0;owned\x07", "title ␛]0;owned␇"},
		{"C1 \u009b31m", "C1 �31m"},
		{"bidi \u202egnp.exe", "bidi ⟨RLO⟩gnp.exe"},
		{"isolate \u2066x\u2069", "isolate ⟨LRI⟩x⟨PDI⟩"},
		{"no\u200bwidth", "no⟨ZWSP⟩width"},
		{"delete\x7f", "delete␡"},
		{"back\rover", "back␍over"},
		{"naïve Kyïv 語", "naïve Kyïv 語"},
	} {
		if got := Line(c.in); got != c.want {
			t.Errorf("Line(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add("a\x1b[2Jb\u202e\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := Line(s)
		if i := strings.IndexFunc(got, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || bidi[r] != "" }); i >= 0 {
			t.Errorf("Line(%q) = %q lets %q through", s, got, got[i:])
		}
	})
}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{
		{"", 0}, {"abc", 3}, {"“é”", 3}, {"e\u0301", 1}, {"語", 2}, {"├─ →", 4}, {"\x1b[31mred\x1b[0m", 3},
	} {
		if got := Width(c.in); got != c.want {
			t.Errorf("Width(%q) = %d, want %d", c.in, got, c.want)
		}
	}
}

func TestWrapKeepsToColumns(t *testing.T) {
	got := Wrap("HEAD  ", strings.Repeat("words ", 20), 6, 30)
	for line := range strings.SplitSeq(got, "\n") {
		if Width(line) > 30 {
			t.Errorf("line of %d columns: %q", Width(line), line)
		}
	}
	if !strings.HasPrefix(got, "HEAD  words") || !strings.Contains(got, "\n      words") {
		t.Errorf("got %q", got)
	}
}

func TestCut(t *testing.T) {
	if got := Cut("one two three", 8); got != "one two…" {
		t.Errorf("got %q", got)
	}
	if got := Cut("short", 8); got != "short" {
		t.Errorf("got %q", got)
	}
}

func TestColourDecision(t *testing.T) {
	for _, c := range []struct {
		choice, env string
		want        bool
	}{
		{"auto", "", false}, // a buffer is no terminal
		{"always", "NO_COLOR=1", true},
		{"never", "FORCE_COLOR=1", false},
		{"auto", "FORCE_COLOR=1", true},
		{"auto", "FORCE_COLOR=0", false},
		{"auto", "TERM=dumb", false},
	} {
		env := func(name string) string {
			if key, value, _ := strings.Cut(c.env, "="); key == name {
				return value
			}
			return ""
		}
		if got := Colour(c.choice, &bytes.Buffer{}, env); got != c.want {
			t.Errorf("--color=%s %s: %v, want %v", c.choice, c.env, got, c.want)
		}
	}
	both := func(name string) string { return map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}[name] }
	if Colour("auto", &bytes.Buffer{}, both) {
		t.Error("FORCE_COLOR wins over NO_COLOR")
	}
}
