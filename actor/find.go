// Package actor finds who a report speaks of and tells which mentions name the
// same actor, within one report and across reports.
//
// [Find] returns the mentions of one report, each resolved within it; [Resolve]
// says who the speakers of its statements are; [Link] brings the actors of
// several reports together, whatever the spelling, and [Rename] writes the
// common IDs into a document.
//
// Names come first, then descriptions, then pronouns, each resolved against
// what is already known (the order that Citron, BBC 2018, found best).
package actor

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"stemma"
)

// Find returns the mentions in doc, in text order: names, descriptions such as
// "the Ukrainian president", and pronouns that may stand for a speaker. Each
// carries the ID of its actor within this report, made from the fullest name
// the report gives: "volodymyr-zelensky". A mention that cannot be resolved has
// none.
//
// Find reads Sentences and Tokens, and Names where they are filled. Furniture
// and by-lines hold no mentions.
func Find(doc *stemma.Document) []stemma.Mention {
	r := read(doc)
	r.findNames()
	r.useNames()
	r.dropDoubtful()
	r.findPlaces()
	r.findDescriptions()
	r.readNearby()
	r.cluster()
	r.resolveInOrder()
	out := r.mentions()
	list := r.words
	clear(list) // no text is held on to
	wordLists.Put(&list)
	return out
}

// A reading is a report as it is being worked through.
type reading struct {
	doc   *stemma.Document
	lex   *lexicon
	words []word
	refs  []*ref // names and descriptions, then pronouns; in text order once sorted
	ents  []*entity
}

// A word is a Token with what the steps ask of it again and again.
type word struct {
	text     string
	norm     string
	lexeme   *lexeme // never nil
	key      string  // fold of text, once asked for
	nation   stemma.ActorID
	sentence int32
	form     wordForm
	quoted   bool // within quotation marks
	joined   bool // no space before it
	first    bool // opens a sentence, or what follows a mark within one
	claimed  bool // part of a name or of the role before it
}

type wordForm byte

const (
	lower wordForm = iota // "talks"
	upper                 // "Talks"
	caps                  // "EU", "U.S."
	digit                 // "28"
	mark                  // "," "’s"
)

// A ref is a mention in the making; its extent is in tokens.
type ref struct {
	form       stemma.MentionForm
	kind       stemma.ActorKind
	first, end int
	role       [2]int // tokens of the role before a name; empty if equal
	office     office
	gender     gender
	known      *known
	definite   bool
	plural     bool
	possessed  bool // a possessive stands before it: "his aide"
	quoted     bool
	heading    bool
	guess      bool // the kind is only a guess
	entity     *entity
}

// An office is what a role phrase says of its holder: the noun, the country or
// body it belongs to, and what else stands before the noun.
type office struct {
	head    string           // "envoy"
	stands  string           // what head may also stand for
	country stemma.ActorID   // "united-states"; empty if none is named
	body    stemma.ActorID   // "kremlin", where it is not the country itself
	quals   []string         // "foreign", "policy"
	class   flag             // person, group or document
	past    bool             // former, late
	nearby  []stemma.ActorID // countries named in the sentence, where country is empty
}

// An entity is an actor within the report.
type entity struct {
	id      stemma.ActorID
	kind    stemma.ActorKind
	name    string   // fullest form
	parts   []string // folded words of name
	known   *known
	gender  gender
	offices []office
	plural  bool
	guess   bool
	count   int
	first   int // token of the name that gave it first
}

// wordLists are the empty words of readings that are over, for their memory.
var wordLists sync.Pool

func read(doc *stemma.Document) *reading {
	r := &reading{doc: doc, lex: lex()}
	if list, _ := wordLists.Get().(*[]word); list != nil && cap(*list) >= len(doc.Tokens) {
		r.words = (*list)[:len(doc.Tokens)]
	} else {
		r.words = make([]word, len(doc.Tokens))
	}
	text := doc.Report.Text
	for si, s := range doc.Sentences {
		first := true
		for i := s.FirstToken; i < s.EndToken; i++ {
			t := &doc.Tokens[i]
			w := &r.words[i]
			w.text = text[t.Start:t.End]
			w.norm = t.Norm
			w.sentence = int32(si)
			w.form = formOf(w.text)
			w.joined = i > s.FirstToken && doc.Tokens[i-1].End == t.Start
			w.lexeme = &unknown
			if w.form != mark && w.form != digit {
				w.lexeme = r.lex.word(w.norm)
				if w.joined && i-1 > s.FirstToken && r.words[i-1].text == "-" && r.words[i-1].joined {
					r.compound(i, s.FirstToken)
				}
			}
			w.first = first
			first = w.form == mark && (first || w.text == ":" || isOpener(w.text))
		}
	}
	r.markQuotes()
	return r
}

// compound gives the last word of "son-in-law" what the tables say of the whole.
func (r *reading) compound(i, first int) {
	start := i
	for start-1 > first && i-start < 6 && r.words[start].joined {
		start--
	}
	if x := r.lex.word(strings.ToLower(r.text(start, i+1))); x.role != "" {
		r.words[i].lexeme = x
	}
}

func formOf(s string) wordForm {
	if s == "" {
		return mark
	}
	switch c := s[0]; {
	case 'a' <= c && c <= 'z':
		return lower
	case '0' <= c && c <= '9':
		return digit
	case c < utf8.RuneSelf && (c < 'A' || c > 'Z'):
		return mark
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsDigit(r):
		return digit
	case !unicode.IsLetter(r):
		return mark
	case !unicode.IsUpper(r):
		return lower
	}
	letters := 1
	for _, r := range s[n:] {
		if unicode.IsLower(r) {
			return upper
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 2 {
		return upper // "A", "J."
	}
	return caps
}

func isOpener(s string) bool {
	switch s {
	case "“", "‘", "«", "\"", "'", "(", "[", "„":
		return true
	}
	return false
}

// markQuotes marks the words in quotation marks. A mark that is never closed
// reaches to the end of its paragraph, a straight one closes what a straight
// one opened, and single marks are left alone: they are mostly apostrophes.
func (r *reading) markQuotes() {
	paragraph, open := -1, ""
	for i := range r.words {
		w := &r.words[i]
		if p := r.doc.Sentences[w.sentence].Paragraph; p != paragraph {
			paragraph, open = p, ""
		}
		switch w.text {
		case "“", "«", "„":
			open = w.text
		case "”", "»":
			open = ""
		case "\"":
			if open == "" {
				open = w.text
			} else {
				open = ""
			}
		default:
			w.quoted = open != ""
		}
	}
}

// key returns the fold of the word at i.
func (r *reading) key(i int) string {
	w := &r.words[i]
	if w.key == "" {
		w.key = fold(w.text)
	}
	return w.key
}

// nation returns the key of the nation that the word at i may name.
func (r *reading) nation(i int) stemma.ActorID {
	w := &r.words[i]
	if w.nation == "" {
		w.nation = nation(r.key(i))
	}
	return w.nation
}

// sentences calls f for every sentence that may hold mentions.
func (r *reading) sentences(f func(index int, s *stemma.Sentence)) {
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		if s.Kind == stemma.Furniture || s.Kind == stemma.Byline {
			continue
		}
		f(i, s)
	}
}

// text returns the words of the tokens [first, end).
func (r *reading) text(first, end int) string {
	return r.doc.Report.Text[r.doc.Tokens[first].Start:r.doc.Tokens[end-1].End]
}

func (r *reading) span(first, end int) stemma.Span {
	if first >= end {
		return stemma.Span{}
	}
	return stemma.Span{Start: r.doc.Tokens[first].Start, End: r.doc.Tokens[end-1].End}
}

func (r *reading) mentions() []stemma.Mention {
	out := make([]stemma.Mention, 0, len(r.refs))
	for _, x := range r.refs {
		m := stemma.Mention{Span: r.span(x.first, x.end), Kind: x.kind, Form: x.form}
		if x.entity != nil {
			m.Actor = x.entity.id
			m.Kind = x.entity.kind
		}
		if x.kind == stemma.Nationality {
			m.Kind = stemma.Nationality
		}
		m.Role = r.span(x.role[0], x.role[1])
		out = append(out, m)
	}
	return out
}

func sortRefs(refs []*ref) {
	slices.SortStableFunc(refs, func(a, b *ref) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return b.end - a.end
	})
}

// canonical writes the words of a description without its determiner, in the
// form that its role actor is named by: "Kremlin aide".
func canonical(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.joined {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}
