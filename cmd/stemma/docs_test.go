package main

import (
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
