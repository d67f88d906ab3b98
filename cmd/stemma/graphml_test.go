package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// TestGraphMLLoads has another program read the graphs: NetworkX, Debian's
// package python3-networkx.
func TestGraphMLLoads(t *testing.T) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import networkx").Run(); err != nil {
		t.Skip("needs NetworkX (python3-networkx)")
	}
	kost := "../../examples/kost/"
	for _, args := range [][]string{
		{"collate", "--format", "graphml", kost + "01-meridwire.txt", kost + "02-hallin-courier.txt"},
		{"tree", "--format", "graphml", kost},
	} {
		var out, errs bytes.Buffer
		root := newRoot()
		root.SetArgs(args)
		root.SetOut(&out)
		root.SetErr(&errs)
		if err := root.Execute(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &errs)
		}
		cmd := exec.Command(python, "-c", "import networkx, sys; g = networkx.read_graphml(sys.stdin.buffer); print(type(g).__name__.replace('Multi', ''), g.number_of_nodes(), g.number_of_edges())")
		cmd.Stdin = bytes.NewReader(out.Bytes())
		got, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, got)
		}
		want := fmt.Sprintf("DiGraph %d %d", strings.Count(out.String(), "<node "), strings.Count(out.String(), "<edge "))
		if strings.TrimSpace(string(got)) != want {
			t.Errorf("%v: NetworkX reads %s, want %s", args, got, want)
		}
	}
}
