package export

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestEveryKindIsShownAndDescribed reads the kinds of variant from the source
// of the domain types: each must have a glyph and a line in docs/changes.md.
func TestEveryKindIsShownAndDescribed(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../collation.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := os.ReadFile("../docs/changes.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != "VariantKind" {
			return true
		}
		kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		var info *kindInfo
		for i := range kinds {
			if string(kinds[i].Kind) == kind {
				info = &kinds[i]
			}
		}
		if info == nil {
			t.Errorf("kinds has no entry for %q", kind)
			return true
		}
		if line := "| `" + kind + "` | " + strings.TrimSpace(info.Glyph); !strings.Contains(string(docs), strings.TrimSpace(line)) {
			t.Errorf("docs/changes.md has no line %q", line)
		}
		return true
	})
	if found == 0 || found != len(kinds) {
		t.Errorf("%d kinds declared, %d in the table", found, len(kinds))
	}
	glyphs := map[string]string{}
	for _, k := range kinds {
		if other := glyphs[k.Glyph]; other != "" {
			t.Errorf("%s and %s share the glyph %s", k.Kind, other, k.Glyph)
		}
		glyphs[k.Glyph] = string(k.Kind)
	}
}
