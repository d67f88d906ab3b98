// Package deps_test holds the import graph of the module to ARCHITECTURE.md.
package deps_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// steps are the packages that analyse text. They know the domain types, and
// nothing of each other, of storage, of the network or of the log.
var steps = []string{"extract", "segment", "tag", "actor", "quote", "timex", "event", "collate", "reuse"}

var forbidden = map[string]bool{
	"database/sql": true, "log": true, "log/slog": true,
	"net": true, "net/http": true, "os": true, "os/exec": true,
}

func TestStepsArePure(t *testing.T) {
	for _, step := range steps {
		dir := filepath.Join("..", "..", step)
		entries, err := os.ReadDir(dir)
		if os.IsNotExist(err) {
			continue
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range f.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				if forbidden[path] {
					t.Errorf("%s/%s imports %s", step, e.Name(), path)
				}
				// A step may use internal packages (tables, the learner), but
				// no other step; reuse alone calls collate.
				own, ok := strings.CutPrefix(path, "stemma/")
				if ok && !strings.HasPrefix(own, "internal/") && !(step == "reuse" && own == "collate") {
					t.Errorf("%s/%s imports %s", step, e.Name(), path)
				}
			}
		}
	}
}
