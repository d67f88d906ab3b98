package quote

import (
	"stemma"
	"stemma/internal/perceptron"
	"stemma/internal/vector"
)

// A view holds what the features of a document's units are made of, as numbers.
type view struct {
	word   []uint32 // hash of the folded word; a quotation's is one of a few
	pos    []uint32 // hash of the part of speech, 0 if unknown
	shape  []uint32 // capital, digits, mark …
	verb   []uint32 // class of the cue, 0 if it is none
	name   []uint32 // kind of name the unit stands in
	lemma  []uint32 // hash of the lemma
	class  []uint32 // class of meaning of a verb, 0 for other words
	fine   []uint32 // cluster of the word, see package vector
	mid    []uint32 // the larger one that it lies in
	isVerb []uint32 // 1 for verbs
}

const (
	shapeLower = iota + 1
	shapeCapital
	shapeUpper
	shapeDigit
	shapeMark
	shapeQuotation
)

func sized(s []uint32, n int) []uint32 {
	if cap(s) < n {
		return make([]uint32, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// look fills v with the units of l.
func (v *view) look(l *layout) {
	n := len(l.units)
	v.word, v.pos = sized(v.word, n), sized(v.pos, n)
	v.lemma, v.class = sized(v.lemma, n), sized(v.class, n)
	v.fine, v.mid, v.isVerb = sized(v.fine, n), sized(v.mid, n), sized(v.isVerb, n)
	v.shape, v.verb, v.name = sized(v.shape, n), sized(v.verb, n), sized(v.name, n)
	text := l.doc.Report.Text
	lex, classes := lexicon(), verbs().class
	name := 0
	names := l.doc.Names
	for i, u := range l.units {
		if u.quotation >= 0 {
			v.quotation(l, i)
			continue
		}
		t := l.doc.Tokens[u.first]
		w := t.Norm
		h := perceptron.String(w)
		v.word[i] = h
		cl := vector.Of(h).Clusters()
		v.fine[i], v.mid[i] = uint32(cl.Fine), uint32(cl.Mid)
		b := text[t.Start]
		switch {
		case 'a' <= b && b <= 'z':
			v.shape[i] = shapeLower
		case 'A' <= b && b <= 'Z':
			v.shape[i] = shapeCapital
			if t.Len() > 1 && text[t.End-1] <= 'Z' && text[t.End-1] >= 'A' {
				v.shape[i] = shapeUpper
			}
		case '0' <= b && b <= '9':
			v.shape[i] = shapeDigit
		case b < 0xC3 || t.Len() <= 3 && b >= 0xE0:
			v.shape[i] = shapeMark
		default:
			v.shape[i] = shapeCapital
			if text[t.Start:t.End] == w {
				v.shape[i] = shapeLower
			}
		}
		if len(l.doc.Tags) != 0 {
			tag := &l.doc.Tags[u.first]
			v.pos[i] = perceptron.String(tag.XPOS)
			if tag.XPOS == "" {
				v.pos[i] = perceptron.String(tag.POS)
			}
		}
		v.lemma[i] = h
		lemma, verb := w, len(l.doc.Tags) == 0
		if !verb {
			tag := &l.doc.Tags[u.first]
			if tag.Lemma != "" {
				lemma = tag.Lemma
				v.lemma[i] = perceptron.String(lemma)
			}
			verb = tag.POS == "VERB"
		}
		if verb {
			v.isVerb[i] = 1
			v.class[i] = classes[lemma]
		}
		if v.shape[i] == shapeLower || v.shape[i] == shapeCapital {
			if c, ok := lex[w]; ok {
				v.verb[i] = perceptron.String(c.class)
				if c.base {
					v.verb[i] ^= 0x55555555
				}
			}
		}
		for name < len(names) && names[name].End <= t.Start {
			name++
		}
		if name < len(names) && names[name].Start <= t.Start {
			v.name[i] = perceptron.String(string(names[name].Kind))
			if names[name].Start == t.Start {
				v.name[i] ^= 0x33333333
			}
		}
	}
}

// quotation fills in the unit i, which is a quotation: it stands for its
// length and for how it opens and closes.
func (v *view) quotation(l *layout, i int) {
	q := l.quotations[l.units[i].quotation]
	text := l.doc.Report.Text
	n := l.words(i)
	size := uint32(0)
	switch {
	case n >= 8:
		size = 4
	case n >= 5:
		size = 3
	case n >= 3:
		size = 2
	case n == 2:
		size = 1
	}
	opens, closes := uint32(0), uint32(0)
	if q.Inner.Len() > 0 {
		b := text[q.Inner.Start]
		if 'A' <= b && b <= 'Z' {
			opens = 1
		}
		switch text[q.Inner.End-1] {
		case ',':
			closes = 1
		case '.':
			closes = 2
		case '?', '!':
			closes = 3
		}
	}
	v.word[i] = 0xABCD0000 + size<<8 + opens<<4 + closes
	v.shape[i] = shapeQuotation
	v.pos[i] = 0xABCF0000 + opens<<4 + closes
	if q.Unclosed {
		v.name[i] = 1
	}
}

// A reader turns clauses into rows of features. It keeps its memory from call
// to call and serves one goroutine.
type reader struct {
	view
	l      *layout
	left   []uint32 // for each unit of the clause, what cue stands to its left
	leftD  []uint32 // how far
	right  []uint32
	rghtD  []uint32
	rghtQ  []uint32 // whether one stands right behind the cue to the right
	leftV  []uint32 // the nearest verb of any kind to the left
	leftVD []uint32 // how far
	verbs  []uint32 // how many verbs since the last that may be a cue
	leftC  []uint32 // mid cluster of the cue to the left
	leftF  []uint32 // its fine cluster
	rghtC  []uint32
	rules  []part  // what the rules find
	ruleAt []int   // where those of a clause begin
	hint   []uint8 // labels of all units by the rules
	found  found
}

func distance(n int) uint32 {
	switch {
	case n <= 4:
		return uint32(n)
	case n <= 6:
		return 5
	case n <= 10:
		return 6
	case n <= 18:
		return 7
	}
	return 8
}

const outside = 0x7FFFFFFF // what stands beyond a clause

// rows writes the rows of clause ci: for the first model if labels is nil, else
// for the second, which also sees the labels that the first one found.
func (r *reader) rows(rows *perceptron.Rows, ci int, labels []uint8) {
	l := r.l
	c := l.clauses[ci]
	a, b := int(c.first), int(c.end)
	n := b - a
	r.left, r.leftD = sized(r.left, n), sized(r.leftD, n)
	r.right, r.rghtD = sized(r.right, n), sized(r.rghtD, n)
	// Nearest verb that may be a cue on either side.
	r.rghtQ = sized(r.rghtQ, n)
	r.leftC, r.leftF, r.rghtC = sized(r.leftC, n), sized(r.leftF, n), sized(r.rghtC, n)
	for i := range n {
		r.leftC[i], r.leftF[i], r.rghtC[i] = outside, outside, outside
	}
	isQuote := func(i int) uint32 {
		switch {
		case i < a || i >= b:
			return 0
		case r.shape[i] == shapeQuotation:
			return 1 + r.word[i]&15
		case r.shape[i] == shapeMark && i > a && i < b-1:
			return 9
		}
		return 8
	}
	r.nearVerbs(a, n)
	last := -1
	for i := range n {
		if last >= 0 {
			r.left[i], r.leftD[i] = r.lemma[a+last], distance(i-last)
			r.leftC[i], r.leftF[i] = r.mid[a+last], r.fine[a+last]
		}
		if r.verb[a+i] != 0 {
			last = i
		}
	}
	last = -1
	for i := n - 1; i >= 0; i-- {
		if last >= 0 {
			r.right[i], r.rghtD[i] = r.lemma[a+last], distance(last-i)
			r.rghtC[i] = r.mid[a+last]
			r.rghtQ[i] = isQuote(a+last+1)<<4 | isQuote(a+last+2)
		}
		if r.verb[a+i] != 0 {
			last = i
		}
	}
	quotes, commas := 0, 0
	for i := a; i < b; i++ {
		if r.shape[i] == shapeQuotation {
			quotes++
		}
	}
	hasQuote := uint32(min(quotes, 2))
	seenQuote := uint32(0)
	at := func(s []uint32, i int) uint32 {
		if i < a || i >= b {
			return outside
		}
		return s[i]
	}
	firstWord, firstPos := r.word[a], r.pos[a]
	H := perceptron.Hash
	if labels != nil {
		r.prepare(ci, labels)
	}
	for i := a; i < b; i++ {
		w0, w1, w2 := r.word[i], at(r.word, i+1), at(r.word, i+2)
		v1, v2 := at(r.word, i-1), at(r.word, i-2)
		p0, p1, p2, p3 := r.pos[i], at(r.pos, i+1), at(r.pos, i+2), at(r.pos, i+3)
		q1, q2, q3 := at(r.pos, i-1), at(r.pos, i-2), at(r.pos, i-3)
		s0, s1, t1 := r.shape[i], at(r.shape, i+1), at(r.shape, i-1)
		c0, c1, c2 := r.verb[i], at(r.verb, i+1), at(r.verb, i+2)
		n0, n1, m1 := r.name[i], at(r.name, i+1), at(r.name, i-1)
		h0, h1, g1 := uint32(r.hint[i]), uint32(99), uint32(99)
		if i+1 < b {
			h1 = uint32(r.hint[i+1])
		}
		if i > a {
			g1 = uint32(r.hint[i-1])
		}
		k := i - a
		pos := distance(k)
		rows.AddAll(
			1,
			H(2, w0, 0, 0), H(3, v1, 0, 0), H(4, w1, 0, 0), H(5, v2, 0, 0), H(6, w2, 0, 0),
			H(7, v1, w0, 0),
			H(13, q2, q1, p0), H(14, p0, p1, p2),
			H(16, v1, p0, 0), H(17, p0, w1, 0), H(19, p1, p2, p3),
			H(20, s0, t1, s1), H(22, c1, p0, 0), H(24, c2, c1, p0),
			H(26, n0, m1, n1),
			H(30, r.left[k], r.leftD[k], p0), H(31, r.right[k], r.rghtD[k], p0),
			H(32, r.left[k], w0, 0),
			H(34, r.left[k], v1, p0),
			H(36, hasQuote, seenQuote, w0), H(37, hasQuote, seenQuote, r.leftD[k]<<8|r.rghtD[k]),
			H(40, firstWord, pos, p0), H(41, firstPos, r.left[k], p0),
			H(42, uint32(min(commas, 3)), p0, q1),
			H(44, r.left[k], uint32(min(commas, 3)), w0),
			H(45, r.left[k], r.right[k], p0),
			H(47, v1, w0, w1),
			H(51, at(r.class, i+1), q1, p0),
			H(52, at(r.lemma, i-1), p0, p1), H(54, r.lemma[i], c0, hasQuote),
			H(57, r.rghtQ[k], r.rghtD[k], p0),
			H(58, h0, g1, h1), H(59, h0, p0, p1), H(90, h0, w0, 0), H(92, h0, w1, 0), H(93, h0, r.left[k], r.leftD[k]),
		)
		f0, f1, e1 := r.fine[i], at(r.fine, i+1), at(r.fine, i-1)
		m0, m1c, n1c := r.mid[i], at(r.mid, i+1), at(r.mid, i-1)
		q4 := at(r.pos, i-4)
		rows.AddAll(
			H(101, f1, 0, 0), H(102, e1, 0, 0), H(104, n1c, m0, 0), H(105, m0, m1c, 0),
			H(107, f0, p0, s0),
			H(112, r.leftF[k], p0, p1),
			H(114, r.leftC[k], r.rghtC[k], p0), H(115, r.leftC[k], w0, 0),
			H(120, r.leftV[k], r.leftVD[k], p0),
			H(124, r.verbs[k], r.left[k], w0), H(125, r.leftV[k], p0, p1),
			H(130, H(1, q2, q1, p0), p1, p2), H(132, H(3, q4, q3, q2), q1, p0),
		)
		if labels != nil {
			r.addFound(rows, k)
		}
		rows.End()
		switch {
		case s0 == shapeQuotation:
			seenQuote = min(seenQuote+1, 2)
		case s0 == shapeMark && l.doc.Tokens[l.units[i].first].Norm == ",":
			commas++
		}
	}
}

// nearVerbs finds the nearest verb to the left of each of the n units from a on,
// which are a clause.
func (r *reader) nearVerbs(a, n int) {
	r.leftV, r.leftVD, r.verbs = sized(r.leftV, n), sized(r.leftVD, n), sized(r.verbs, n)
	last, count := -1, uint32(0)
	for i := range n {
		if last >= 0 {
			r.leftV[i], r.leftVD[i] = r.lemma[a+last], distance(i-last)
		}
		r.verbs[i] = min(count, 3)
		if r.isVerb[a+i] != 0 {
			last = i
			count++
		}
		if r.verb[a+i] != 0 {
			count = 0
		}
	}
}

// found is what the first model found in a clause.
type found struct {
	labels      []uint8
	start       int    // of the clause
	all         uint32 // how many parts of each role
	seen        uint32 // which roles came so far, and which last
	left, right []uint32
	leftD       []uint32
	rightD      []uint32
}

// prepare readies r.found for the units of clause ci.
func (r *reader) prepare(ci int, labels []uint8) {
	f := &r.found
	a, n := int(r.l.clauses[ci].first), len(labels)
	f.labels, f.start, f.seen, f.all = labels, a, 0, 0
	f.left, f.leftD = sized(f.left, n), sized(f.leftD, n)
	f.right, f.rightD = sized(f.right, n), sized(f.rightD, n)
	var count [4]uint32
	last := -1
	for i, y := range labels {
		if rr := labelRole(y); rr != none && (y%4 == labelB || y%4 == labelU) {
			count[rr] = min(count[rr]+1, 3)
		}
		if last >= 0 {
			f.left[i], f.leftD[i] = r.lemma[a+last], distance(i-last)
		}
		if labelRole(y) == cueRole {
			last = i
		}
	}
	f.all = count[source] | count[cueRole]<<4 | count[content]<<8
	last = -1
	for i := n - 1; i >= 0; i-- {
		if last >= 0 {
			f.right[i], f.rightD[i] = r.lemma[a+last], distance(last-i)
		}
		if labelRole(labels[i]) == cueRole {
			last = i
		}
	}
}

// addFound adds the features of unit i of the clause that tell what the first
// model found around it.
func (r *reader) addFound(rows *perceptron.Rows, i int) {
	f := &r.found
	n := len(f.labels)
	lab := func(i int) uint32 {
		if i < 0 || i >= n {
			return 99
		}
		return uint32(f.labels[i])
	}
	at := func(s []uint32, i int) uint32 {
		if i < 0 || i >= n {
			return outside
		}
		return s[f.start+i]
	}
	H := perceptron.Hash
	y0, y1, y2, z1, z2 := lab(i), lab(i+1), lab(i+2), lab(i-1), lab(i-2)
	w0, w1, v1 := at(r.word, i), at(r.word, i+1), at(r.word, i-1)
	p0, p1, q1 := at(r.pos, i), at(r.pos, i+1), at(r.pos, i-1)
	all, seen := f.all, f.seen
	rows.AddAll(
		H(60, y0, 0, 0), H(61, y0, z1, y1), H(62, z1, z2, 0), H(63, y1, y2, 0), H(64, y0, w0, 0),
		H(65, y0, p0, q1), H(66, z1, p0, p1), H(67, y0, w1, 0), H(68, y0, v1, 0),
		H(69, f.left[i], f.leftD[i], y0), H(70, f.right[i], f.rightD[i], y0),
		H(71, all, seen, 0), H(72, all, seen, y0), H(73, all, p0, w0),
		H(74, f.left[i], w0, seen), H(75, f.right[i], w0, seen),
		H(76, all, distance(i), seen), H(77, seen, f.leftD[i], f.rightD[i]<<8|y0),
		H(78, z1<<8|y0, w0, w1), H(79, lab(i-3), y0, lab(i+3)),
		H(80, f.left[i], p0, p1), H(81, seen, w0, p1), H(82, f.left[i], f.right[i], p0),
	)
	y := f.labels[i]
	if rr := labelRole(y); rr != none && (y%4 == labelB || y%4 == labelU) {
		f.seen = f.seen&15 | 1<<(rr-1) | uint32(rr)<<4
	}
}

// read lays doc out and looks at it.
func (r *reader) read(doc *stemma.Document) {
	r.l = lay(doc)
	r.look(r.l)
	r.rules = r.l.byRule()
	r.hint = r.l.labels(r.rules)
	r.ruleAt = r.ruleAt[:0]
	p := 0
	for ci := range r.l.clauses {
		for p < len(r.rules) && r.rules[p].clause < ci {
			p++
		}
		r.ruleAt = append(r.ruleAt, p)
	}
	r.ruleAt = append(r.ruleAt, len(r.rules))
}

func newReader(doc *stemma.Document) *reader {
	r := new(reader)
	r.read(doc)
	return r
}
