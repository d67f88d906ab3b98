package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestDocsNameEveryVerbAndFlag holds docs/ to the program: what can be typed
// must be described.
func TestDocsNameEveryVerbAndFlag(t *testing.T) {
	var docs strings.Builder
	err := filepath.WalkDir("../../docs", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		docs.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	has := func(word string) bool {
		for text := docs.String(); ; {
			i := strings.Index(text, word)
			if i < 0 {
				return false
			}
			text = text[i+len(word):]
			if text == "" || !strings.ContainsAny(text[:1], "-abcdefghijklmnopqrstuvwxyz") {
				return true
			}
		}
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Hidden {
			return
		}
		if !has(cmd.CommandPath()) {
			t.Errorf("docs/ say nothing of %q", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !has("--"+f.Name) {
				t.Errorf("docs/ say nothing of --%s of %s", f.Name, cmd.CommandPath())
			}
		})
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(newRoot())
}

// TestHelpStartsWithExamples: most readers look for one to copy.
func TestHelpStartsWithExamples(t *testing.T) {
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if !cmd.Hidden && cmd.Name() != "help" && cmd.Name() != "completion" && cmd.Parent().Name() != "completion" && cmd.Example == "" {
			t.Errorf("%s --help has no example", cmd.CommandPath())
		}
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	for _, c := range newRoot().Commands() {
		walk(c)
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"json", "json", 0}, {"jsn", "json", 1}, {"collat", "collate", 1}, {"hepl", "help", 2}, {"abc", "", 3}} {
		if got := editDistance(c.a, c.b); got != c.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

var update = flag.Bool("update", false, "write what commands print into docs/")

// TestDocsShowRealOutput runs the commands that README and docs/ show after
// "$ " in fenced blocks marked console: each must work. With -update it writes
// what they print below them; a line "…" ends what is kept of a long output.
func TestDocsShowRealOutput(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("COLUMNS", "80")
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, "README.md")
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		rest := string(text)
		for {
			before, after, ok := strings.Cut(rest, "```console\n")
			out.WriteString(before)
			if !ok {
				break
			}
			block, tail, ok := strings.Cut(after, "\n```")
			if !ok {
				t.Fatalf("%s: a block is not closed", page)
			}
			out.WriteString("```console\n" + runBlock(t, page, block) + "\n```")
			rest = tail
		}
		if *update && out.String() != string(text) {
			if err := os.WriteFile(page, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// runBlock runs the command in the first line of block and returns the block
// with what it prints now.
func runBlock(t *testing.T, page, block string) string {
	first, old, _ := strings.Cut(block, "\n")
	line, ok := strings.CutPrefix(first, "$ stemma ")
	if !ok {
		return block
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), strings.Fields(line), strings.NewReader(""), &stdout, &stderr)
	if code != 0 || stdout.Len() == 0 {
		t.Errorf("%s: %s: exit code %d, %d bytes printed\n%s", page, line, code, stdout.Len(), &stderr)
		return block
	}
	now := strings.TrimRight(stdout.String(), "\n")
	if strings.HasSuffix(old, "\n…") {
		lines := strings.Split(now, "\n")
		now = strings.Join(lines[:min(len(lines), strings.Count(old, "\n"))], "\n") + "\n…"
	}
	return first + "\n" + now
}
