package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// evalCollate measures collation. Its parts: words (MultiMWA), types (ETPC),
// sentences and mutations (made of Wikinews articles).
func evalCollate(args []string) error {
	fs := flag.NewFlagSet("collate", flag.ContinueOnError)
	shared := fs.String("shared", "../shared", "the shared folder with the corpora")
	part := fs.String("part", "", "measure one part only: words, types, sentences, mutations")
	set := fs.String("set", "dev", "part of MultiMWA: dev or train")
	out := fs.String("out", "", "write the figures to this file too")
	worst := fs.Int("worst", 0, "print that many wrong results of each part")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var w io.Writer = os.Stdout
	if *out != "" {
		f, err := os.Create(*out)
		if err != nil {
			return err
		}
		defer f.Close()
		w = io.MultiWriter(w, f)
	}
	e := collateEval{w: w, data: filepath.Join(*shared, "data"), set: *set, worst: *worst}
	fmt.Fprintf(w, "stemma-eval collate · %s\n", time.Now().UTC().Format("2006-01-02"))
	for _, p := range []struct {
		name string
		run  func() error
	}{{"words", e.words}, {"types", e.types}, {"sentences", e.sentences}, {"mutations", e.mutations}} {
		if *part != "" && *part != p.name {
			continue
		}
		if err := p.run(); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

type collateEval struct {
	w     io.Writer
	data  string
	set   string
	worst int
}

// eachLine calls f with every line of the file.
func eachLine(path string, f func(string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<22)
	for sc.Scan() {
		if err := f(strings.TrimRight(sc.Text(), "\r\n")); err != nil {
			return err
		}
	}
	return sc.Err()
}
