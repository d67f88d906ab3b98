// Package lexicon says what is known of an English word apart from its
// context: its parts of speech and inflections, the sense that WordNet puts
// first, whether it is a given name, a surname, a place, a nation's word or a
// title. It is one embedded table, searched where it lies.
//
// The table is written by "stemma-train lexicon"; its sources stand in NOTICE.
package lexicon

import (
	_ "embed"
	"encoding/binary"
)

// Flags are what a word can be.
type Flags uint32

const (
	Noun        Flags = 1 << iota // singular or mass noun: "talk"
	Plural                        // plural noun: "talks"
	Verb                          // base form: "say"
	Past                          // past tense: "said"
	Participle                    // past participle: "given"
	Gerund                        // "saying"
	Third                         // third person singular: "says"
	Adjective                     // "bilateral"
	Adverb                        // "quickly"
	Comparative                   // "larger"
	Superlative                   // "largest"
	Irregular                     // the lemma of one of its readings stands in the table of exceptions
	Given                         // given name: "Maria"
	Surname                       // "Johnson"
	Common                        // one of the 4,000 commonest surnames
	City                          // a city of more than 15,000 people, a county or a state
	BigCity                       // a city of more than 300,000 people
	Country                       // "Norway"
	Demonym                       // "Norwegian", "Norwegians"
	Title                         // "President", "Dr."
	Org                           // a word in names of organisations: "Ministry", "Inc."
	OrgName                       // a whole name of an organisation: "NATO"
	Time                          // month or day of the week
	Starts                        // the first word of an entry of several words
	Lower                         // seen in a word list in lower case
	Capital                       // in WordNet only with a capital
)

// An Entry is what the table has for a word. Noun and Verb senses are the
// numbers of WordNet's lexicographer files of the first sense, counted from 1
// for noun.Tops and verb.body (0: none).
type Entry struct {
	Flags
	NounSense, VerbSense uint8
}

// The noun senses that rules ask for.
const (
	SenseGroup    = 12
	SenseLocation = 13
	SensePerson   = 16
	SenseTime     = 26
)

// Table is the table's file: "stemmaL1", log2 of the number of slots in 4
// bytes, then slots of 8 bytes: 2 to check the word, 1 noun and 1 verb sense, 4
// flags. An empty slot is all zero. Words are hashed with FNV-1a in lower case,
// entries of several words with one space between them.
//
//go:embed lexicon.bin
var table string

const headSize = 12

// Of returns the entry of the word with that hash (see [Hash]).
func Of(hash uint32) Entry { return lookup(table, hash) }

func lookup(table string, hash uint32) Entry {
	if len(table) < headSize {
		return Entry{}
	}
	bits := uint(table[8])
	i := (hash * 0x9E3779B1) >> (32 - bits)
	last := uint32(1)<<bits - 1
	for {
		at := headSize + int(i)*8
		s := table[at : at+8]
		flags := Flags(uint32(s[4]) | uint32(s[5])<<8 | uint32(s[6])<<16 | uint32(s[7])<<24)
		if flags == 0 {
			return Entry{}
		}
		if uint16(s[0])|uint16(s[1])<<8 == uint16(hash) {
			return Entry{flags, s[2], s[3]}
		}
		i = (i + 1) & last
	}
}

// Word returns the entry of word, which is in lower case.
func Word(word string) Entry { return Of(Hash(0, word)) }

// Hash returns the hash of word, or, with the hash of the words before it, that
// of the longer entry.
func Hash(before uint32, word string) uint32 {
	h := before
	if h == 0 {
		h = 2166136261
	} else {
		h = (h ^ ' ') * 16777619
	}
	for i := 0; i < len(word); i++ {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h
}

// Has reports whether e has one of the flags.
func (e Entry) Has(f Flags) bool { return e.Flags&f != 0 }

// Build lays out a table of entries, which it takes in the order of words.
func Build(words []string, entries map[string]Entry) []byte {
	bits := uint(4)
	for 1<<bits*3/4 < len(words) {
		bits++
	}
	b := append([]byte("stemmaL1"), byte(bits), 0, 0, 0)
	b = append(b, make([]byte, 8<<bits)...)
	for _, w := range words {
		e := entries[w]
		if e.Flags == 0 {
			continue
		}
		h := hashEntry(w)
		i := (h * 0x9E3779B1) >> (32 - bits)
		for {
			s := b[headSize+int(i)*8:]
			if binary.LittleEndian.Uint32(s[4:]) == 0 {
				binary.LittleEndian.PutUint16(s, uint16(h))
				s[2], s[3] = e.NounSense, e.VerbSense
				binary.LittleEndian.PutUint32(s[4:], uint32(e.Flags))
				break
			}
			i = (i + 1) & (1<<bits - 1)
		}
	}
	return b
}

// hashEntry hashes words with one space between them: FNV-1a over the bytes.
func hashEntry(words string) uint32 { return Hash(0, words) }
