// Gen compiles the dictionaries of petrarch2 (Open Event Data Alliance, MIT
// licence) into the compact tables that package event embeds:
//
//	go run ./event/gen -from ../shared/data/petrarch2 -to event/data
//
// It writes cameo.txt (verb patterns), names.txt (who belongs to which
// country or organisation) and agents.txt (what sort of people do things).
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const licence = `# Compiled by event/gen from the dictionaries of petrarch2,
# https://github.com/openeventdata/petrarch2: %s
# Copyright (c) 2014-2015 Open Event Data Alliance, MIT licence; funded by the
# U.S. National Science Foundation (see NOTICE).
# %s
`

func main() {
	log.SetFlags(0)
	from := flag.String("from", "../shared/data/petrarch2", "folder with the dictionaries")
	to := flag.String("to", "event/data", "folder to write to")
	flag.Parse()
	write(*to, "cameo.txt", fmt.Sprintf(licence, "CAMEO.2.0.txt",
		"Lines: & synonym set and words; @ block and its code; v verb, its code or -, its forms; p code, pattern (* is the verb)."),
		verbs(filepath.Join(*from, "CAMEO.2.0.txt")))
	table, countries := names(*from)
	write(*to, "names.txt", fmt.Sprintf(licence, "Phoenix.Countries, Phoenix.International and Phoenix.MilNonState actors",
		"Lines, sorted: name in lower case, tab, code. Codes of people are cut to the country: the offices there end in 2014."),
		table)
	write(*to, "countries.txt", fmt.Sprintf(licence, "Phoenix.Countries.actors.txt",
		"Lines, sorted: code, tab, name of the country."), countries)
	write(*to, "agents.txt", fmt.Sprintf(licence, "Phoenix.agents.txt",
		"Lines, sorted: noun in lower case, tab, code of its sector."),
		agents(filepath.Join(*from, "Phoenix.agents.txt")))
}

func write(dir, name, head string, lines []string) {
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(head+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d lines\n", path, len(lines))
}

// lines returns the lines of a file without comments and space at their ends.
func lines(path string) []string {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	var out []string
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		line, _, _ := strings.Cut(sc.Text(), "#")
		out = append(out, strings.TrimSpace(line))
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
	return out
}

var (
	codeRE  = regexp.MustCompile(`\[([^\]]*)\]`)
	formsRE = regexp.MustCompile(`\{([^}]*)\}`)
)

func lower(s string) string { return strings.ToLower(strings.Trim(s, "_ ")) }

// verbs compiles the verb dictionary.
func verbs(path string) []string {
	var out []string
	inBlock := false
	for _, l := range lines(path) {
		switch {
		case l == "":
		case strings.HasPrefix(l, "~"): // transformations: not used
		case strings.HasPrefix(l, "&"):
			out = append(out, "& "+lower(l[1:]))
			inBlock = false
		case strings.HasPrefix(l, "---"):
			code := "-"
			if m := codeRE.FindStringSubmatch(l); m != nil && digit(m[1]) {
				code = first(m[1])
			}
			name := lower(strings.Trim(codeRE.ReplaceAllString(l, ""), "- "))
			out = append(out, "@ "+strings.ReplaceAll(name, " ", "_")+" "+code)
			inBlock = true
		case strings.HasPrefix(l, "- "):
			m := codeRE.FindStringSubmatch(l)
			if m == nil {
				continue
			}
			code := first(m[1])
			if !digit(code) {
				code = "-"
			}
			pat := strings.ToLower(strings.TrimSpace(codeRE.ReplaceAllString(l[2:], "")))
			if !strings.Contains(pat, "*") {
				continue
			}
			out = append(out, "p "+code+" "+strings.Join(strings.Fields(pat), " "))
		case strings.HasPrefix(l, "+") && !inBlock:
			out[len(out)-1] += " " + lower(l[1:])
		case inBlock:
			code := "-"
			if m := codeRE.FindStringSubmatch(l); m != nil && digit(m[1]) {
				code = first(m[1])
			}
			var forms []string
			if m := formsRE.FindStringSubmatch(l); m != nil {
				forms = strings.Fields(strings.ToLower(m[1]))
			}
			word := codeRE.ReplaceAllString(formsRE.ReplaceAllString(l, ""), "")
			f := strings.Fields(strings.ToLower(word))
			if len(f) == 0 {
				continue
			}
			out = append(out, strings.TrimSpace("v "+f[0]+" "+code+" "+strings.Join(forms, " ")))
		}
	}
	return out
}

// first returns the code of the acting side of a paired code "042:043".
func first(code string) string {
	c, _, _ := strings.Cut(strings.TrimSpace(code), ":")
	return c
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// names compiles the actor dictionaries, and the name of every country: the
// first entry under its code.
func names(dir string) (table, countries []string) {
	type entry struct {
		names []string
		codes []string
	}
	got := map[string]string{}
	clash := map[string]bool{}
	seen := map[string]string{}
	inCountries := false
	add := func(e entry) {
		code, person := "", false
		for _, c := range e.codes {
			f := strings.Fields(c)
			if len(f) == 0 || f[0] == "---" || f[0] == "ELI" {
				continue
			}
			if len(f) > 1 && len(f[0]) > 3 {
				person = true
			}
			code = f[0]
		}
		// A country has a code of three letters in some years at least.
		for _, c := range e.codes {
			if f := strings.Fields(c); len(f) > 0 && len(f[0]) == 3 && f[0] != "---" && f[0] != "ELI" {
				code, person = f[0], false
			}
		}
		if len(code) < 3 {
			return
		}
		if inCountries && len(code) == 3 && !person && seen[code] == "" && len(e.names) > 0 {
			seen[code] = "-"
			if n := strings.ToLower(strings.Trim(e.names[0], "_ +")); !strings.ContainsAny(n, "(.") {
				seen[code] = strings.ReplaceAll(n, "_", " ")
				countries = append(countries, code+"\t"+seen[code])
			}
		}
		if person || strings.HasSuffix(code, "ELI") {
			code = code[:3]
		}
		for _, n := range e.names {
			n = strings.ToLower(strings.ReplaceAll(strings.Trim(n, "_ +"), "_", " "))
			n = strings.Join(strings.Fields(n), " ")
			n = strings.TrimPrefix(n, "the ")
			if len(n) < 3 && n != "us" && n != "uk" && n != "eu" && n != "un" || strings.ContainsAny(n, "()/{}[]\t;") {
				continue
			}
			// A name of one word that is a person's is kept only where it is
			// long ("brown" and "mark" are words), and none of more than three:
			// reports seldom give them in full.
			if person && (!strings.Contains(n, " ") && len(n) < 6 || strings.Count(n, " ") > 2) {
				continue
			}
			if old, ok := got[n]; ok && old[:3] != code[:3] {
				// A country keeps its name; else nobody does.
				if len(old) > 3 || strings.Contains(n, " ") {
					clash[n] = true
				}
				continue
			}
			if old, ok := got[n]; !ok || len(code) > len(old) && !person {
				got[n] = code
			}
		}
	}
	for _, file := range []string{"Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt"} {
		var e entry
		inCountries = strings.Contains(file, "Countries")
		for _, l := range lines(filepath.Join(dir, file)) {
			if l == "" {
				continue
			}
			word := strings.TrimSpace(codeRE.ReplaceAllString(l, ""))
			if word != "" && !strings.HasPrefix(word, "+") {
				add(e)
				e = entry{}
			}
			if word != "" {
				e.names = append(e.names, word)
			}
			for _, m := range codeRE.FindAllStringSubmatch(l, -1) {
				e.codes = append(e.codes, m[1])
			}
		}
		add(e)
	}
	for n, c := range got {
		if !clash[n] {
			table = append(table, n+"\t"+c)
		}
	}
	slices.Sort(table)
	slices.Sort(countries)
	return table, countries
}

// agents compiles the dictionary of agents.
func agents(path string) []string {
	sets := map[string][]string{}
	got := map[string]string{}
	for _, l := range lines(path) {
		if name, list, ok := strings.Cut(l, "="); ok && strings.HasPrefix(l, "!") {
			for _, w := range strings.Split(list, ",") {
				name := strings.TrimSpace(name)
				sets[name] = append(sets[name], strings.TrimSpace(w))
			}
			continue
		}
		m := codeRE.FindStringSubmatch(l)
		if m == nil || !strings.Contains(m[1], "~") && !strings.HasSuffix(m[1], "~") {
			continue
		}
		code := strings.Trim(m[1], "~ ")
		word := strings.TrimSpace(codeRE.ReplaceAllString(l, ""))
		var all []string
		if f := formsRE.FindStringSubmatch(word); f != nil {
			all = append(all, strings.Fields(f[1])...)
			word = strings.TrimSpace(formsRE.ReplaceAllString(word, ""))
		}
		all = append(all, word)
		for name, list := range sets {
			for _, w := range slices.Clone(all) {
				if strings.Contains(w, name) {
					all = slices.DeleteFunc(all, func(s string) bool { return s == w })
					for _, x := range list {
						all = append(all, strings.ReplaceAll(w, name, x))
					}
				}
			}
		}
		for _, w := range all {
			w = strings.ToLower(strings.ReplaceAll(strings.Trim(w, "_ "), "_", " "))
			if w != "" && code != "" && !strings.Contains(w, "!") {
				if _, ok := got[w]; !ok {
					got[w] = code
				}
			}
		}
	}
	var out []string
	for n, c := range got {
		out = append(out, n+"\t"+c)
	}
	slices.Sort(out)
	return out
}
