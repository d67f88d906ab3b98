package stemma

import (
	"errors"
	"fmt"
	"strings"
)

// A Document is a Report and the layers of annotation found in it. Each step
// of the analysis reads some layers and returns one more; no step alters a
// layer that another returned. Every layer is in text order.
type Document struct {
	Report     *Report     `json:"report"`
	Sentences  []Sentence  `json:"sentences"`
	Tokens     []Token     `json:"tokens"`
	Tags       []Tag       `json:"tags,omitempty"` // one for each Token, or none at all
	Names      []Name      `json:"names,omitempty"`
	Mentions   []Mention   `json:"mentions"`
	Times      []Timex     `json:"times"`
	Statements []Statement `json:"statements"`
	Events     []Event     `json:"events"`
	Damage     []Damage    `json:"damage,omitempty"` // what the text has lost

	// Anchor is the time from which relative expressions ("on Tuesday") were
	// counted, and AnchorFrom what gave it: "published" for the report's own
	// date, "exemplar" where the date was inferred from the report that this
	// one was copied from, "" where nothing is known.
	Anchor     Interval `json:"anchor,omitzero"`
	AnchorFrom string   `json:"anchor_from,omitempty"`
}

// OfTokens returns a document of one sentence, whose tokens are given and stand
// in its text with a space between them.
func OfTokens(tokens []string) *Document {
	d := &Document{Report: &Report{Text: strings.Join(tokens, " ")}}
	at := 0
	for _, tok := range tokens {
		d.Tokens = append(d.Tokens, Token{Span: Span{Start: at, End: at + len(tok)}, Norm: tok})
		at += len(tok) + 1
	}
	d.Sentences = []Sentence{{Span: Span{End: len(d.Report.Text)}, Kind: Prose, EndToken: len(tokens)}}
	return d
}

// SentenceOf returns the index of the sentence that holds offset, or of the
// last one before it; -1 if there is none.
func (d *Document) SentenceOf(offset int) int {
	lo, hi := 0, len(d.Sentences)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Sentences[mid].Start <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// TokensIn returns the half-open range of indices of the tokens that overlap s.
func (d *Document) TokensIn(s Span) (first, end int) {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Tokens[mid].End <= s.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	end = lo
	for end < len(d.Tokens) && d.Tokens[end].Start < s.End {
		end++
	}
	return lo, end
}

// Text returns the words that s covers.
func (d *Document) Text(s Span) string { return s.Of(d.Report.Text) }

// A SentenceKind says what part a sentence plays in the report.
type SentenceKind string

const (
	Prose     SentenceKind = "prose"     // running text
	Heading   SentenceKind = "heading"   // title or cross-heading
	Byline    SentenceKind = "byline"    // who wrote it, or which agency it came from
	Furniture SentenceKind = "furniture" // not part of what is told: "Read also | …"
)

// A Sentence is one sentence, headline or list item. Sentences are in text
// order, do not overlap, and together cover every Token.
type Sentence struct {
	Span
	Kind       SentenceKind `json:"kind"`
	Paragraph  int          `json:"paragraph"`   // counted from 0; a heading is a paragraph of its own
	FirstToken int          `json:"first_token"` // Tokens[FirstToken:EndToken]
	EndToken   int          `json:"end_token"`
	Dateline   int          `json:"dateline,omitempty"` // its first tokens say where, when and by whom it was filed: how many
}

// A Token is a word, number or punctuation mark. Clitics stand apart, as in
// Universal Dependencies: "Russia" + "’s", "is" + "n’t"; so do the parts of a
// hyphenated word. Only white space lies between tokens.
type Token struct {
	Span
	Norm string `json:"norm"` // the form compared in collation: lower case, plain quotes: "talks", "kyiv", "'s"
}

// A Tag is what grammar says of a Token.
type Tag struct {
	POS   string `json:"pos"`             // Universal Dependencies UPOS: "NOUN", "PROPN"
	XPOS  string `json:"xpos,omitempty"`  // Penn Treebank tag: "VBD"
	Lemma string `json:"lemma,omitempty"` // empty if it is the Token's Norm
}

// A Name is a place in the text that names something by a proper name, before
// it is known whom: the layer that the trained name finder returns.
type Name struct {
	Span
	Kind ActorKind `json:"kind"`
}

// A Timex is an expression of time and what it was resolved to, counted from
// the day of publication: "late on Tuesday". (The word is TimeML's.)
type Timex struct {
	Span
	When     Interval `json:"when,omitzero"`      // zero if it could not be placed
	Type     string   `json:"type,omitempty"`     // TIMEX3 type: DATE, TIME, DURATION, SET
	Value    string   `json:"value,omitempty"`    // TIMEX3 value: "2025-12-02TNI", "P3D"
	Grain    string   `json:"grain,omitempty"`    // year, quarter, month, week, day, part, hour, minute
	Part     string   `json:"part,omitempty"`     // part of the day, week, month or year: "late", "morning"
	Rule     string   `json:"rule,omitempty"`     // the rule that found it
	Inferred bool     `json:"inferred,omitempty"` // placed from a date that was itself inferred
}

// Damage is a place where the text has visibly lost something.
type Damage struct {
	Span
	Kind DamageKind `json:"kind"`
}

// A DamageKind says what was lost.
type DamageKind string

const (
	Unclosed  DamageKind = "unclosed"  // a quotation mark opened and never closed in its paragraph
	Unopened  DamageKind = "unopened"  // a quotation mark closed that was never opened
	Truncated DamageKind = "truncated" // the last sentence breaks off
	Encoding  DamageKind = "encoding"  // characters lost: U+FFFD, mojibake
)

// Check returns an error that names every place where d breaks the promises of
// its types: a Span outside the text or inside a rune, a layer out of order, a
// token in no sentence or in two. Tests, fuzz targets and stores call it.
func (d *Document) Check() error {
	if d.Report == nil {
		return errors.New("document without report")
	}
	c := checker{text: d.Report.Text}
	c.ordered("sentence", len(d.Sentences), func(i int) Span { return d.Sentences[i].Span }, true)
	c.ordered("token", len(d.Tokens), func(i int) Span { return d.Tokens[i].Span }, true)
	c.ordered("name", len(d.Names), func(i int) Span { return d.Names[i].Span }, false)
	c.ordered("mention", len(d.Mentions), func(i int) Span { return d.Mentions[i].Span }, false)
	c.ordered("timex", len(d.Times), func(i int) Span { return d.Times[i].Span }, false)
	c.ordered("statement", len(d.Statements), func(i int) Span { return d.Statements[i].Span }, false)
	c.ordered("damage", len(d.Damage), func(i int) Span { return d.Damage[i].Span }, false)
	tok := 0
	for i, s := range d.Sentences {
		if s.FirstToken != tok || s.EndToken < s.FirstToken || s.EndToken > len(d.Tokens) {
			c.addf("sentence %d has tokens [%d:%d), want them to start at %d", i, s.FirstToken, s.EndToken, tok)
			break
		}
		if s.Dateline < 0 || s.Dateline > s.EndToken-s.FirstToken {
			c.addf("sentence %d has a dateline of %d tokens", i, s.Dateline)
		}
		for ; tok < s.EndToken; tok++ {
			if !s.Contains(d.Tokens[tok].Span) {
				c.addf("token %d %v outside its sentence %v", tok, d.Tokens[tok].Span, s.Span)
			}
		}
	}
	if tok != len(d.Tokens) {
		c.addf("%d tokens in no sentence", len(d.Tokens)-tok)
	}
	if n := len(d.Tags); n != 0 && n != len(d.Tokens) {
		c.addf("%d tags for %d tokens", n, len(d.Tokens))
	}
	for i, st := range d.Statements {
		for _, group := range [][]Span{st.Content, st.Quoted, {st.Cue, st.Speaker}} {
			for _, s := range group {
				c.span("statement", i, s)
				if !s.IsZero() && !st.Contains(s) {
					c.addf("statement %d %v does not contain its part %v", i, st.Span, s)
				}
			}
		}
		for _, v := range st.Via {
			c.span("statement via", i, v.Span)
		}
	}
	for i, ev := range d.Events {
		for _, cite := range ev.Evidence {
			if cite.Report != d.Report.ID {
				c.addf("event %d cites report %q", i, cite.Report)
				continue
			}
			c.span("event", i, cite.Span)
		}
	}
	return errors.Join(c.errs...)
}

type checker struct {
	text string
	errs []error
}

func (c *checker) addf(format string, args ...any) {
	if len(c.errs) < 20 {
		c.errs = append(c.errs, fmt.Errorf(format, args...))
	}
}

func (c *checker) span(what string, i int, s Span) {
	if err := s.Check(c.text); err != nil {
		c.addf("%s %d: %w", what, i, err)
	}
}

func (c *checker) ordered(what string, n int, at func(int) Span, disjoint bool) {
	for i := range n {
		s := at(i)
		c.span(what, i, s)
		if i == 0 {
			continue
		}
		if p := at(i - 1); s.Start < p.Start || disjoint && s.Start < p.End {
			c.addf("%s %d %v after %v", what, i, s, p)
		}
	}
}
