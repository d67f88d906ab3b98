// Command gen makes the tables of package words out of the sources that their
// heads name:
//
//	go run ./internal/words/gen -varcon varcon.txt -agid infl.txt -wordnet dict/ -out internal/words/data
//
// Its output is sorted, so that the tables can be searched where they stand.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	varcon := flag.String("varcon", "", "varcon.txt of VarCon 2020.12.07")
	agid := flag.String("agid", "", "infl.txt of AGID 2016.01.19")
	wordnet := flag.String("wordnet", "", "folder of the WordNet 3.1 database")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()

	syn, known := readWordNet(*wordnet)
	write(*out, "variants.txt", "VarCon 2020.12.07, Kevin Atkinson and Benjamin Titze, http://wordlist.aspell.net; free to use with its notice (see NOTICE)",
		"form TAB American form", readVarcon(*varcon))
	write(*out, "inflections.txt", "AGID 2016.01.19, Kevin Atkinson, http://wordlist.aspell.net; free to use with its notice (see NOTICE)",
		"inflected form TAB lemmas, nouns and verbs and adjectives alike", readAGID(*agid, known))
	write(*out, "senses.txt", "WordNet 3.1, Princeton University; WordNet licence (see NOTICE)",
		"lemma TAB senses, commonest first: part of speech (n v a r), number of the lexicographer's file, synset", syn.lemmas())
	write(*out, "hypernyms.txt", "WordNet 3.1, Princeton University; WordNet licence (see NOTICE)",
		"synset TAB hypernyms (nouns, verbs) or clusters (adjectives)", syn.hypernyms())
	write(*out, "antonyms.txt", "WordNet 3.1, Princeton University; WordNet licence (see NOTICE)",
		"lemma TAB antonyms", syn.antonyms())
}

func write(dir, name, source, format string, lines []string) {
	slices.Sort(lines)
	lines = slices.Compact(lines)
	text := "# Source: " + source + "\n# Format: " + format + "; sorted\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d lines, %d bytes\n", name, len(lines), len(text))
}

func eachLine(path string, f func(string)) {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		f(sc.Text())
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
}

func plain(w string) bool {
	for _, r := range w {
		if (r < 'a' || r > 'z') && r != '-' {
			return false
		}
	}
	return w != ""
}

// readVarcon maps every spelling of a word to the American one. Of lines that
// hold for one sense only ("| …") it takes the spellings that are never
// American: "programme", but not "practice".
func readVarcon(path string) []string {
	to := map[string]string{}
	clash := map[string]bool{}
	usual := map[string]bool{}
	eachLine(path, func(line string) {
		line, _, _ = strings.Cut(line, " | ")
		for _, part := range strings.Split(line, " / ") {
			if tags, form, ok := strings.Cut(part, ": "); ok && slices.ContainsFunc(strings.Fields(tags), func(t string) bool { return t == "A" || t == "Av" || t == "_" || t == "A." }) {
				usual[strings.TrimSpace(form)] = true
			}
		}
	})
	eachLine(path, func(line string) {
		if strings.HasPrefix(line, "#") {
			return
		}
		line, _, oneSense := strings.Cut(line, " | ")
		var forms []string
		american := ""
		for _, part := range strings.Split(line, " / ") {
			tags, form, ok := strings.Cut(part, ": ")
			form = strings.TrimSpace(form)
			if !ok || !plain(form) {
				continue
			}
			forms = append(forms, form)
			for _, tag := range strings.Fields(tags) {
				if (tag == "A" || tag == "_") && american == "" {
					american = form
				}
			}
		}
		if american == "" {
			return
		}
		for _, f := range forms {
			if f == american || oneSense && usual[f] {
				continue
			}
			if old, ok := to[f]; ok && old != american {
				clash[f] = true
			}
			to[f] = american
		}
	})
	var lines []string
	for f, a := range to {
		if !clash[f] {
			lines = append(lines, f+"\t"+a)
		}
	}
	return lines
}

// readAGID maps inflected forms to the lemmas that WordNet knows.
func readAGID(path string, known map[string]bool) []string {
	to := map[string][]string{}
	eachLine(path, func(line string) {
		head, forms, ok := strings.Cut(line, ": ")
		if !ok {
			return
		}
		lemma, pos, _ := strings.Cut(head, " ")
		if !plain(lemma) || !known[lemma] {
			return
		}
		if strings.HasSuffix(pos, "?") { // AGID itself doubts the part of speech
			return
		}
		for _, group := range strings.Split(forms, " | ") {
			for _, f := range strings.Split(group, ", ") {
				f, _, _ = strings.Cut(strings.TrimSpace(f), " ")
				doubt := strings.Trim(f, "abcdefghijklmnopqrstuvwxyz-")
				f = strings.TrimRight(f, "~<!?")
				if strings.ContainsAny(doubt, "!?") || !plain(f) || f == lemma {
					continue
				}
				if !slices.Contains(to[f], lemma) {
					to[f] = append(to[f], lemma)
				}
			}
		}
	})
	var lines []string
	for f, lemmas := range to {
		sort.Slice(lemmas, func(i, j int) bool {
			if len(lemmas[i]) != len(lemmas[j]) {
				return len(lemmas[i]) < len(lemmas[j])
			}
			return lemmas[i] < lemmas[j]
		})
		lines = append(lines, f+"\t"+strings.Join(lemmas, " "))
	}
	return lines
}

type synsets struct {
	number map[string]int // "n00001740" → number
	file   map[string]int
	hyper  map[string][]string
	senses map[string][]string // lemma → synset keys
	words  map[string][]string // synset key → its words
	anti   map[string][]string // "synset key/word number" → the same of its antonyms
}

func (s *synsets) id(key string) int {
	if n, ok := s.number[key]; ok {
		return n
	}
	s.number[key] = len(s.number) + 1
	return s.number[key]
}

func readWordNet(dir string) (*synsets, map[string]bool) {
	s := &synsets{map[string]int{}, map[string]int{}, map[string][]string{}, map[string][]string{}, map[string][]string{}, map[string][]string{}}
	known := map[string]bool{}
	common := map[string]bool{} // senses of words that are no proper names
	for _, part := range []struct{ name, pos string }{{"noun", "n"}, {"verb", "v"}, {"adj", "a"}, {"adv", "r"}} {
		eachLine(filepath.Join(dir, "data."+part.name), func(line string) {
			f := strings.Fields(line)
			if strings.HasPrefix(line, " ") || len(f) < 6 {
				return
			}
			key := part.pos + f[0]
			s.file[key], _ = strconv.Atoi(f[1])
			words, _ := strconv.ParseInt(f[3], 16, 0)
			for w := range int(words) {
				word, _, _ := strings.Cut(f[4+2*w], "(")
				s.words[key] = append(s.words[key], strings.ToLower(word))
				if word == strings.ToLower(word) {
					common[key+strings.ReplaceAll(word, "_", " ")] = true
				}
			}
			at := 4 + 2*int(words)
			pointers, _ := strconv.Atoi(f[at])
			for p := range pointers {
				q := f[at+1+4*p:]
				if q[0] == "@" || q[0] == "@i" || q[0] == "&" {
					s.hyper[key] = append(s.hyper[key], part.pos+q[1])
				}
				if q[0] == "!" {
					from, _ := strconv.ParseInt(q[3][:2], 16, 0)
					to, _ := strconv.ParseInt(q[3][2:], 16, 0)
					at := fmt.Sprintf("%s/%d", key, from)
					s.anti[at] = append(s.anti[at], fmt.Sprintf("%s/%d", part.pos+q[1], to))
				}
			}
		})
		eachLine(filepath.Join(dir, "index."+part.name), func(line string) {
			f := strings.Fields(line)
			if strings.HasPrefix(line, " ") {
				return
			}
			lemma := strings.ReplaceAll(f[0], "_", " ")
			if !plain(strings.ReplaceAll(lemma, " ", "")) {
				return
			}
			if strings.Contains(lemma, " ") && (part.name != "verb" || strings.Count(lemma, " ") > 1) {
				return
			}
			n, _ := strconv.Atoi(f[2])
			const most = 6 // rarer senses bring more chance synonyms than true ones
			kept := 0
			for _, k := range f[len(f)-n:] {
				if key := part.pos + k; kept < most && common[key+lemma] {
					s.senses[lemma] = append(s.senses[lemma], key)
					kept++
				}
			}
			if kept > 0 && !strings.Contains(lemma, " ") {
				known[lemma] = true
			}
		})
	}
	return s, known
}

func (s *synsets) lemmas() []string {
	var words []string
	for w := range s.senses {
		words = append(words, w)
	}
	slices.Sort(words)
	var lines []string
	for _, w := range words {
		var b strings.Builder
		b.WriteString(w + "\t")
		for i, key := range s.senses[w] {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%c%d:%s", key[0], s.file[key], strconv.FormatInt(int64(s.id(key)), 36))
		}
		lines = append(lines, b.String())
	}
	return lines
}

func (s *synsets) hypernyms() []string {
	var lines []string
	for key, n := range s.number {
		var up []string
		for _, h := range s.hyper[key] {
			if m, ok := s.number[h]; ok {
				up = append(up, strconv.FormatInt(int64(m), 36))
			}
		}
		if len(up) > 0 {
			lines = append(lines, strconv.FormatInt(int64(n), 36)+"\t"+strings.Join(up, " "))
		}
	}
	return lines
}

// antonyms pairs the words of opposite senses among the first three of each.
func (s *synsets) antonyms() []string {
	word := func(at string) string {
		key, n, _ := strings.Cut(at, "/")
		i, _ := strconv.Atoi(n)
		return s.words[key][i-1]
	}
	to := map[string][]string{}
	for at, others := range s.anti {
		key, _, _ := strings.Cut(at, "/")
		w := word(at)
		rank := slices.Index(s.senses[w], key)
		if !plain(w) || rank < 0 || rank > 2 {
			continue
		}
		for _, o := range others {
			if x := word(o); plain(x) && !slices.Contains(to[w], x) {
				to[w] = append(to[w], x)
			}
		}
	}
	var lines []string
	for w, xs := range to {
		slices.Sort(xs)
		lines = append(lines, w+"\t"+strings.Join(xs, " "))
	}
	return lines
}
