package feature

import (
	"stemma"
	"stemma/internal/lexicon"
	"stemma/internal/perceptron"
)

const nameMask = lexicon.Given | lexicon.Surname | lexicon.Common | lexicon.City | lexicon.BigCity | lexicon.Country | lexicon.Demonym |
	lexicon.Title | lexicon.Org | lexicon.OrgName | lexicon.Time | lexicon.Lower | lexicon.Capital

// A Context is what a whole document says about its capitalised words. It keeps
// its memory from call to call.
type Context struct {
	evidence map[uint32]Evidence
	phrase   []lexicon.Flags // of the gazetteer entry of several words that covers the token
	seen     []Evidence
}

// Evidence is how a word is used anywhere in a document.
type Evidence uint16

const (
	AfterTitle   Evidence = 1 << iota // "President Word"
	AfterGiven                        // "Maria Word"
	BeforeSays                        // "Word said"
	AfterPlace                        // "in Word", "near Word"
	BeforeOrg                         // "Word Ministry"
	AfterArticle                      // "the Word"
	Possessive                        // "Word's"
	Inside                            // in the middle of a sentence with a capital
	Uncapital                         // without a capital
	Long                              // in a run of several capitalised words
	ParenAfter                        // "Long Name (Word)"
	AfterComma                        // "Bergen, Word"
)

// Look fills c from the words of a document.
func (c *Context) Look(doc *stemma.Document, words []Word) {
	if c.evidence == nil {
		c.evidence = make(map[uint32]Evidence)
	}
	clear(c.evidence)
	c.phrase = c.phrase[:0]
	for range words {
		c.phrase = append(c.phrase, 0)
	}
	for _, s := range doc.Sentences {
		ws := words[s.FirstToken:s.EndToken]
		c.phrases(doc, ws, s.FirstToken)
		for i := range ws {
			w := &ws[i]
			if w.Form&Letters == 0 || w.Size < 2 {
				continue
			}
			var e Evidence
			if w.Form&Capital == 0 {
				if w.Form&First == 0 && s.Kind != stemma.Heading {
					if _, ok := c.evidence[w.Hash]; ok {
						c.evidence[w.Hash] |= Uncapital
					}
				}
				continue
			}
			if w.Form&First == 0 && s.Kind != stemma.Heading {
				e |= Inside
			}
			if i > 0 {
				p := &ws[i-1]
				switch {
				case p.Entry.Has(lexicon.Title) && p.Form&Capital != 0:
					e |= AfterTitle | Long
				case p.Entry.Has(lexicon.Given) && p.Form&Capital != 0 && p.Form&Caps == 0:
					e |= AfterGiven | Long
				case p.Form&Capital != 0:
					e |= Long
				case p.Hash == hashIn || p.Hash == hashAt || p.Hash == hashNear || p.Hash == hashFrom:
					e |= AfterPlace
				case p.Hash == hashThe:
					e |= AfterArticle
				case p.Hash == hashParen:
					e |= ParenAfter
				case p.Hash == hashComma && i > 1 && ws[i-2].Form&Capital != 0:
					e |= AfterComma
				}
			}
			if i+1 < len(ws) {
				n := &ws[i+1]
				switch {
				case n.Entry.VerbSense == senseSays && n.Form&Capital == 0:
					e |= BeforeSays
				case n.Entry.Has(lexicon.Org) && n.Form&Capital != 0:
					e |= BeforeOrg | Long
				case n.Form&Capital != 0:
					e |= Long
				case n.Hash == hashPoss || n.Hash == hashPoss2:
					e |= Possessive
				}
			}
			c.evidence[w.Hash] |= e
		}
	}
	c.seen = c.seen[:0]
	for i := range words {
		if words[i].Form&Capital != 0 {
			c.seen = append(c.seen, c.evidence[words[i].Hash])
		} else {
			c.seen = append(c.seen, 0)
		}
	}
}

// Seen returns how the word of token i is used anywhere in the document.
func (c *Context) Seen(i int) Evidence { return c.seen[i] }

// senseSays is WordNet's verb.communication, counted from verb.body as 1.
const senseSays = 4

var (
	hashIn    = perceptron.String("in")
	hashAt    = perceptron.String("at")
	hashNear  = perceptron.String("near")
	hashFrom  = perceptron.String("from")
	hashThe   = perceptron.String("the")
	hashParen = perceptron.String("(")
	hashComma = perceptron.String(",")
	hashPoss  = perceptron.String("'s")
	hashPoss2 = perceptron.String("'")
)

// phrases marks the tokens that entries of several words cover, the longest
// first from the left: "New York", "House of Representatives".
func (c *Context) phrases(doc *stemma.Document, ws []Word, first int) {
	for i := 0; i < len(ws); i++ {
		if !ws[i].Entry.Has(lexicon.Starts) || ws[i].Form&Capital == 0 {
			continue
		}
		h := lexicon.Hash(0, doc.Tokens[first+i].Norm)
		end, flags := 0, lexicon.Flags(0)
		for j := i + 1; j < len(ws) && j < i+5; j++ {
			h = lexicon.Hash(h, doc.Tokens[first+j].Norm)
			if e := lexicon.Of(h); e.Flags != 0 && ws[j].Form&Capital != 0 {
				end, flags = j+1, e.Flags
			}
		}
		for j := i; j < end; j++ {
			c.phrase[first+j] = flags | begins
			if j > i {
				c.phrase[first+j] &^= begins
			}
		}
		if end > i {
			i = end - 1
		}
	}
}

// begins marks, in Context.phrase, the first token of an entry; lexicon entries
// of several words never have this flag.
const begins = lexicon.Starts

// Naming writes the features of the tokens [first, end) of doc, which are one
// sentence, for the model of names. Tags are numbers of their parts of speech,
// one for each token of the document.
func (c *Context) Naming(words []Word, tags []uint8, first, end int, rows *perceptron.Rows) {
	at := func(i int) *Word {
		switch {
		case i < first:
			return &edge[0]
		case i >= end:
			return &edge[1]
		}
		return &words[i]
	}
	tag := func(i int) uint32 {
		if i < first || i >= end {
			return 255
		}
		return uint32(tags[i])
	}
	for i := first; i < end; i++ {
		w, p, n, pp, nn := at(i), at(i-1), at(i+1), at(i-2), at(i+2)
		form := uint32(w.Form)
		gaz := uint32(w.Entry.Flags & nameMask)
		gazP, gazN := uint32(p.Entry.Flags&nameMask), uint32(n.Entry.Flags&nameMask)
		t, tp, tn := tag(i), tag(i-1), tag(i+1)
		seen := uint32(c.seen[i])
		phrase := uint32(c.phrase[i])
		if !mayName(w, p, n, pp) {
			// Most words are like that, and this saves most of the work.
			rows.Add(perceptron.Hash(100, 0, 0, 0))
			rows.End()
			continue
		}
		rows.AddAll(
			perceptron.Hash(101, w.Hash, form&uint32(Capital), 0),
			perceptron.Hash(102, w.Shape, form, 0),
			perceptron.Hash(103, p.Hash, form&uint32(Capital), 0),
			perceptron.Hash(104, n.Hash, form&uint32(Capital), 0),
			perceptron.Hash(105, p.Hash, w.Hash, 0),
			perceptron.Hash(106, w.Hash, n.Hash, 0),
			perceptron.Hash(107, t, form, 0),
			perceptron.Hash(108, t, tp, tn),
			perceptron.Hash(109, gaz, form, 0),
			perceptron.Hash(112, p.Shape, w.Shape, n.Shape),
		)
		rows.AddAll(
			perceptron.Hash(110, gaz, gazP, form&uint32(Capital)),
			perceptron.Hash(111, gaz, gazN, form&uint32(Capital)),
			perceptron.Hash(113, pp.Hash, p.Hash, 0),
			perceptron.Hash(140, uint32(pp.Form), uint32(p.Form&(Glued|Letters)), form),
			perceptron.Hash(114, n.Hash, nn.Hash, 0),
			perceptron.Hash(115, pp.Hash, form&uint32(Capital), 0),
			perceptron.Hash(116, nn.Hash, form&uint32(Capital), 0),
			perceptron.Hash(117, w.Suffix, form&uint32(Capital), 0),
			perceptron.Hash(118, w.Suffix&0xFFFFFF, form&uint32(Capital), 0),
			perceptron.Hash(119, w.Prefix, form&uint32(Capital), 0),
			perceptron.Hash(120, gazN, n.Shape, gaz&uint32(lexicon.Given|lexicon.Surname)),
			perceptron.Hash(121, gazP, p.Shape, gaz&uint32(lexicon.Given|lexicon.Surname)),
			perceptron.Hash(122, p.Hash, gaz, 0),
			perceptron.Hash(123, n.Hash, gaz, 0),
			perceptron.Hash(124, uint32(n.Entry.VerbSense), uint32(n.Form&Capital), tn),
			perceptron.Hash(125, uint32(p.Entry.NounSense), uint32(p.Form&Capital), tp),
			perceptron.Hash(126, uint32(w.Entry.NounSense), form, 0),
			perceptron.Hash(127, phrase, 0, 0),
			perceptron.Hash(128, seen, 0, 0),
			perceptron.Hash(129, seen&uint32(AfterTitle|AfterGiven|BeforeSays), seen&uint32(AfterPlace|BeforeOrg|AfterArticle), gaz),
			perceptron.Hash(130, seen&uint32(AfterTitle|AfterGiven), form, uint32(p.Form)),
			perceptron.Hash(131, seen&uint32(BeforeOrg|AfterPlace|AfterComma), form, uint32(p.Form)),
			perceptron.Hash(132, seen&uint32(Inside|Uncapital|Long), form, gaz&uint32(lexicon.Lower)),
			perceptron.Hash(133, uint32(at(i+3).Hash), form&uint32(Capital), 0),
		)
		// The last word of the run of capitals says what the whole is: "the
		// National Assembly", "Bergen University Hospital".
		k := i
		for k+1 < end && k < i+6 && (words[k+1].Form&Capital != 0 || (words[k+1].Hash == hashOf && k+2 < end && words[k+2].Form&Capital != 0)) {
			k++
		}
		j := i
		for j > first && j > i-6 && words[j-1].Form&Capital != 0 {
			j--
		}
		rows.AddAll(
			perceptron.Hash(134, words[k].Hash, form&uint32(Capital), 0),
			perceptron.Hash(135, uint32(words[k].Entry.Flags&nameMask), uint32(min(k-i, 3)), uint32(min(i-j, 3))),
			perceptron.Hash(136, words[j].Hash, uint32(min(i-j, 3)), 0),
			perceptron.Hash(137, at(j-1).Hash, form&uint32(Capital), 0),
			perceptron.Hash(138, at(k+1).Hash, form&uint32(Capital), 0),
			perceptron.Hash(139, uint32(at(k+1).Entry.VerbSense), uint32(words[k].Entry.NounSense), tag(k+1)),
		)
		capital := form & uint32(Capital)
		rows.AddAll(
			perceptron.Hash(150, uint32(w.Group.Fine), capital, 0),
			perceptron.Hash(151, uint32(w.Group.Mid), capital, 0),
			perceptron.Hash(152, uint32(w.Group.Coarse), capital, 0),
			perceptron.Hash(153, uint32(p.Group.Fine), capital, 0),
			perceptron.Hash(154, uint32(n.Group.Fine), capital, 0),
			perceptron.Hash(155, uint32(p.Group.Mid), capital, 0),
			perceptron.Hash(156, uint32(n.Group.Mid), capital, 0),
			perceptron.Hash(157, uint32(pp.Group.Mid), capital, 0),
			perceptron.Hash(158, uint32(nn.Group.Mid), capital, 0),
			perceptron.Hash(159, uint32(words[k].Group.Fine), capital, 0),
			perceptron.Hash(160, uint32(words[k].Group.Mid), capital, uint32(min(k-i, 1))),
			perceptron.Hash(161, uint32(words[j].Group.Mid), capital, uint32(min(i-j, 1))),
			perceptron.Hash(162, uint32(at(j-1).Group.Mid), capital, 0),
			perceptron.Hash(163, uint32(at(k+1).Group.Mid), capital, 0),
		)
		rows.End()
	}
}

// mayName reports whether w, behind pp and p and before n, may be part of a name:
//
//	capital   Bergen, 7th
//	behind    Bank of the North, al-Sandvik's
//	between   Sandvik & Partners
//	hyphen    Min-jun
//
// Of the tokens of names in the training data 1.3 % are none of these.
func mayName(w, p, n, pp *Word) bool {
	switch {
	case w.Form&(Capital|Digits) != 0:
		return true
	case p.Form&Capital != 0:
		return n.Form&Capital != 0 || w.Form&Letters != 0 || w.Hash == hashHyphen
	}
	return pp.Form&Capital != 0 && (n.Form&Capital != 0 || w.Form&(Glued|Letters) == Glued|Letters)
}

var (
	hashOf     = perceptron.String("of")
	hashHyphen = perceptron.String("-")
)
