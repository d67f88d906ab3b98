// Package testenv finds what some tests need and most machines lack, and
// skips the test with a reason where it is missing.
package testenv

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Shared returns the path of elem in the shared folder that stands beside the
// project ("../shared" from the module's root), or skips the test if it is
// not there.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{root(t), "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs the shared folder beside the project: %v", err)
	}
	return path
}

// Browser returns the path of a Chromium, or skips the test if none is
// installed.
func Browser(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("needs a browser: no chromium on this machine")
	return ""
}

// root returns the directory that holds go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
