package actor

import (
	"strings"

	"stemma"
)

// findNames finds the places where something is named by a proper name.
func (r *reading) findNames() {
	r.sentences(func(_ int, s *stemma.Sentence) {
		heading := s.Kind == stemma.Heading
		if heading && r.titleCase(s) {
			heading = true
		}
		from := len(r.refs)
		for i := s.FirstToken; i < s.EndToken; {
			end := r.run(i, s.EndToken)
			if end == i {
				i++
				continue
			}
			r.split(i, end, s)
			i = end
		}
		for _, x := range r.refs[from:] {
			x.heading = heading
			x.quoted = r.words[x.first].quoted
		}
	})
}

// titleCase reports whether s capitalises its words as headlines do, so that
// capitals say nothing about names.
func (r *reading) titleCase(s *stemma.Sentence) bool {
	capital, all := 0, 0
	for _, w := range r.words[s.FirstToken:s.EndToken] {
		if w.form == mark || w.form == digit || w.lexeme.flags&function != 0 {
			continue
		}
		all++
		if w.form != lower {
			capital++
		}
	}
	return all > 3 && capital*5 >= all*4
}

// opensName reports whether the word at i may open a run of name words.
func (r *reading) opensName(i int) bool {
	w := &r.words[i]
	if w.form != upper && w.form != caps || w.lexeme.flags&notName != 0 {
		return false
	}
	if w.form == caps {
		return true
	}
	if !w.first {
		return w.lexeme.flags&function == 0 || w.lexeme.flags&(given|title) != 0 && r.capitalAt(i+1)
	}
	// At the start of a sentence everything has a capital.
	f := w.lexeme.flags
	if f&(title|given) != 0 && r.capitalAt(i+1) {
		return f&function == 0 || f&given != 0 && r.words[i+1].lexeme.flags&(common|orgWord) == 0
	}
	if r.phraseAt(i, len(r.words)) != nil {
		return true
	}
	if f&(function|said|before|person|group|inPrep) != 0 && f&given == 0 {
		return r.capitalAt(i+1) && f&(before|person|group) != 0 && f&function == 0
	}
	if f&common != 0 {
		return r.capitalAt(i+1) && f&(orgWord|title) != 0
	}
	return true
}

func (r *reading) capitalAt(i int) bool {
	return i < len(r.words) && (r.words[i].form == upper || r.words[i].form == caps) &&
		r.words[i].sentence == r.words[i-1].sentence
}

// run returns the end of the run of name words that starts at i, or i.
func (r *reading) run(i, limit int) int {
	if !r.opensName(i) {
		return i
	}
	end := i + 1
	for end < limit {
		w := &r.words[end]
		switch {
		case w.form == upper || w.form == caps:
			if w.lexeme.flags&notName != 0 || w.quoted != r.words[i].quoted {
				return end
			}
			end++
		case w.text == "-" && w.joined && r.capitalAt(end+1) && r.words[end+1].joined:
			end += 2
		case w.text == "&" && r.capitalAt(end+1):
			end += 2
		case w.lexeme.flags&link != 0 && w.norm != "the" && r.capitalAt(end+1) && r.linkHolds(i, end):
			end += 2
		case (w.norm == "of" || w.norm == "for") && end+2 < limit && r.words[end+1].norm == "the" &&
			r.capitalAt(end+2) && r.linkHolds(i, end):
			end += 3
		default:
			return end
		}
	}
	return end
}

// linkHolds reports whether the link word at i continues the name that began
// at first: "of" only after a word for a body, an office or a place ("Ministry
// of Defence", "Secretary of State"), others always ("bin", "van der").
func (r *reading) linkHolds(first, i int) bool {
	w := &r.words[i]
	if w.norm != "of" && w.norm != "for" {
		return w.norm != "e" && w.norm != "y" || r.words[i-1].form == upper
	}
	f := r.words[i-1].lexeme.flags
	if w.norm == "of" && f&title != 0 && (r.words[i+1].lexeme.flags&(orgWord|before|common) != 0 || r.phraseAt(i+1, len(r.words)) != nil) {
		return true // Secretary of State, President of Argentina
	}
	if w.norm == "for" {
		switch r.words[i-1].norm {
		case "center", "centre", "centers", "centres", "institute", "council", "society", "campaign", "organization", "organisation", "association", "foundation", "ministry", "department", "party", "office", "committee", "agency", "movement", "programme", "program", "coalition", "fund", "conference":
			return true
		}
		return false
	}
	return f&(orgWord|placeTag) != 0
}

// split breaks the run of name words [first, end) into known names, roles and
// the names they belong to.
func (r *reading) split(first, end int, s *stemma.Sentence) {
	i := first
	for i < end {
		w := &r.words[i]
		if w.form == mark || w.form == lower { // a link left over
			i++
			continue
		}
		if w.lexeme.flags&function != 0 && w.lexeme.flags&(given|title) == 0 && w.form == upper {
			i++
			continue
		}
		p := r.phraseAt(i, end)
		if p != nil {
			n := len(p.words)
			switch {
			case p.known.kind == stemma.Organisation && p.known.country == "" && i+n < end && r.words[i+n].text != "-" && r.titlesFrom(i+n, end) == i+n && r.words[i+n].form == upper && !r.isVerb(i+n):
				// "Apple Computer", "Boeing Commercial Airplanes": a name of its own
				stop := r.coreEnd(i, end)
				r.addName(i, stop, "", nil, s)
				i = stop
				continue
			case p.known.sense == itself && p.known.country == "" || i+n == end:
				if r.wholeIsOrg(i, end) && i+n < end {
					r.addName(i, end, stemma.Organisation, nil, s)
					return
				}
				if i+n < end && r.words[i].lexeme.flags&given != 0 && r.plainName(i+n, end) {
					break // a given name that is a place: "Paris Hilton"
				}
				r.addKnown(i, i+n, p.known)
				i += n
				continue
			case r.words[i+n].text == "-" || r.titlesFrom(i+n, end) > i+n:
				r.addKnown(i, i+n, p.known)
				i += n
				continue
			case r.wholeIsOrg(i, end):
				// "Ukrainian Parliament", "China Eastern Airlines"
				r.addName(i, end, stemma.Organisation, nil, s)
				return
			case n == 1 && r.words[i].lexeme.flags&given != 0 && r.plainName(i+n, end):
				// "Jordan Henderson"
			default:
				r.addKnown(i, i+n, p.known)
				i += n
				continue
			}
		}
		if t := r.titlesFrom(i, end); t > i {
			if t < end && r.words[t].lexeme.flags&orgWord != 0 && r.words[t].lexeme.flags&given == 0 {
				stop := r.coreEnd(t, end)
				r.addName(i, stop, stemma.Organisation, nil, s) // "General Motors"
				i = stop
				continue
			}
			i = r.titled(i, t, end, s)
			continue
		}
		stop := r.coreEnd(i, end)
		r.addName(i, stop, "", nil, s)
		i = stop
	}
}

// plainName reports whether [first, end) could be a surname: one or two plain
// words.
func (r *reading) plainName(first, end int) bool {
	if end-first > 2 {
		return false
	}
	for _, w := range r.words[first:end] {
		if w.form != upper || w.lexeme.flags&(orgWord|placeTag|workTag|title|function) != 0 {
			return false
		}
	}
	return true
}

// wholeIsOrg reports whether one of the words [first, end) marks an
// organisation, and no person is named in them.
func (r *reading) wholeIsOrg(first, end int) bool {
	org := false
	for i := first; i < end; i++ {
		w := &r.words[i]
		if i > first && w.lexeme.flags&title != 0 && w.lexeme.flags&orgWord == 0 {
			return false
		}
		org = org || i > first && w.lexeme.flags&orgWord != 0
	}
	return org
}

// titlesFrom returns the end of the titles that begin at i: "Deputy Prime
// Minister", "Secretary of State"; i if none does.
func (r *reading) titlesFrom(i, end int) int {
	j, titled := i, i
	for j < end {
		w := &r.words[j]
		switch {
		case w.lexeme.flags&title != 0:
			j++
			titled = j
			if j+1 < end && r.words[j].norm == "of" && w.lexeme.role != "" {
				k := j + 1
				if r.words[k].norm == "the" && k+1 < end {
					k++
				}
				if p := r.phraseAt(k, end); p != nil && k+len(p.words) < end {
					j = k + len(p.words) // President of Argentina Alberto …
					titled = j
				} else if r.words[k].lexeme.flags&(orgWord|placeTag|before|common) != 0 {
					j = k + 1
					titled = j
				}
			} else if j+1 < end && r.words[j].text == "-" && r.words[j+1].lexeme.flags&(before|title) != 0 {
				j += 2 // Secretary-General
				titled = j
			}
		case w.lexeme.flags&before != 0:
			j++
			if j < end && r.words[j].text == "-" {
				j++
			}
		case j > i && w.lexeme.flags&(person|group) != 0 && w.lexeme.flags&given == 0:
			j++ // "White House Press Secretary"
		default:
			return titled
		}
	}
	return titled
}

// titled adds the name that follows the titles [i, t), or a description where
// none does ("the President"), and returns the token after it.
func (r *reading) titled(i, t, end int, s *stemma.Sentence) int {
	if t >= end || r.words[t].form == mark || r.phraseAt(t, end) != nil && r.words[t].lexeme.flags&given == 0 {
		return t // left to findDescriptions
	}
	stop := r.coreEnd(t, end)
	x := r.addName(t, stop, stemma.Person, nil, s)
	start := r.roleStart(i, s)
	x.role = [2]int{r.owner(start, s), t}
	r.readOffice(x, start, t)
	for k := start; k < t; k++ {
		r.words[k].claimed = true
		if g := r.words[k].lexeme.gender; r.words[k].lexeme.flags&title != 0 && g != unknownGender {
			x.gender = g
		}
	}
	return stop
}

// coreEnd returns where the name that begins at i ends within its run: before
// a known name that is none of its words, before a title.
func (r *reading) coreEnd(i, end int) int {
	j := i + 1
	for j < end {
		w := &r.words[j]
		if w.text == "-" && j+1 < end {
			// "Al-Sharif" holds together, "Party-Russia" does not.
			if r.phraseAt(j+1, end) != nil && r.words[j+1].lexeme.flags&given == 0 {
				return j
			}
			j += 2
			continue
		}
		if p := r.phraseAt(j, end); p != nil && p.known.sense == adjective {
			return j
		}
		f := w.lexeme.flags
		if f&title != 0 && f&(orgWord|given) == 0 && r.titlesFrom(j, end) < end && (r.words[j-1].lexeme.flags&(orgWord|placeTag) != 0 || r.words[j-1].form == caps) {
			return j // "District Court Judge Anna Holt"
		}
		if f&given != 0 && f&orgWord == 0 && j+1 < end && r.words[j-1].lexeme.flags&orgWord != 0 && r.plainName(j+1, end) {
			return j // "Refugee Council Anna Holt"
		}
		j++
	}
	for j > i+1 && r.words[j-1].form != upper && r.words[j-1].form != caps {
		j--
	}
	return j
}

// phraseAt returns the longest known name that stands at i and ends before
// end, or nil.
func (r *reading) phraseAt(i, end int) *phrase {
	w := &r.words[i]
	if w.form != upper && w.form != caps && w.norm != "the" && w.norm != "al" && w.form != digit {
		return nil
	}
	list := r.lex.phrases[w.norm]
next:
	for k := range list {
		p := &list[k]
		if i+len(p.words) > len(r.words) {
			continue
		}
		for n, word := range p.words {
			if r.words[i+n].norm != word || r.words[i+n].sentence != w.sentence {
				continue next
			}
		}
		if p.exact != "" && r.text(i, i+len(p.words)) != p.exact {
			continue
		}
		if w.form == lower {
			continue
		}
		return p
	}
	return nil
}

func (r *reading) addKnown(first, end int, k *known) *ref {
	x := &ref{form: stemma.ByName, kind: k.kind, first: first, end: end, known: k}
	r.refs = append(r.refs, x)
	r.claim(first, end)
	return x
}

func (r *reading) claim(first, end int) {
	for i := first; i < end; i++ {
		r.words[i].claimed = true
	}
}

// addName adds the name [first, end); an empty kind is worked out from its
// words and from what stands around it.
func (r *reading) addName(first, end int, kind stemma.ActorKind, k *known, s *stemma.Sentence) *ref {
	for first < end-1 && r.words[first].form != upper && r.words[first].form != caps {
		first++ // "of the Republic"
	}
	x := &ref{form: stemma.ByName, kind: kind, first: first, end: end, known: k}
	r.refs = append(r.refs, x)
	r.claim(first, end)
	if kind == "" {
		x.kind, x.guess = r.kindOf(first, end, s)
	}
	if x.kind == stemma.Person || x.guess {
		r.roleBefore(x, s)
	}
	if x.kind == stemma.Person && x.gender == unknownGender {
		x.gender = r.genderOfName(first, end)
	}
	return x
}

// kindOf says what the name [first, end) names, and whether that is a guess.
func (r *reading) kindOf(first, end int, s *stemma.Sentence) (stemma.ActorKind, bool) {
	var all flag
	dictionary := 0
	for i := first; i < end; i++ {
		f := r.words[i].lexeme.flags
		if i > first || end-first == 1 {
			all |= f
		}
		if f&common != 0 && f&given == 0 {
			dictionary++
		}
	}
	f0 := r.words[first].lexeme.flags
	n := end - first
	switch {
	case n > 1 && all&orgWord != 0:
		return stemma.Organisation, false
	case n > 1 && all&workTag != 0:
		return stemma.Work, false
	case n > 1 && (all&placeTag != 0 && f0&given == 0 || f0&placeTag != 0):
		return stemma.Place, false
	case n > 1 && f0&given != 0 && r.words[first].form == upper:
		return stemma.Person, false
	case n > 1 && len(r.words[first].text) <= 2 && r.words[first].form == upper:
		return stemma.Person, false // "J. Smith"
	case n == 1 && r.words[first].form == caps:
		return stemma.Organisation, true
	case first > s.FirstToken && r.words[first-1].lexeme.flags&inPrep != 0 && n == 1:
		return stemma.Place, true
	case n == 2 || n == 3:
		if dictionary == 0 {
			return stemma.Person, true
		}
		return stemma.Organisation, true
	case n == 1 && f0&given != 0:
		return stemma.Person, true
	}
	return stemma.Organisation, true
}

// roleBefore finds the role that stands before a name, up to a word that can
// be no part of it: "Chancellery press aide" Anna Holt.
func (r *reading) roleBefore(x *ref, s *stemma.Sentence) {
	i := x.first - 1
	if i < s.FirstToken {
		return
	}
	w := &r.words[i]
	if w.form != lower || w.lexeme.plural || w.quoted != r.words[x.first].quoted {
		return
	}
	kind := stemma.Person
	switch {
	case w.lexeme.flags&person != 0:
	case w.lexeme.flags&group != 0 && w.lexeme.flags&(function|said) == 0 && x.kind != stemma.Person:
		kind = stemma.Organisation // "the news agency Meridwire"
	case x.kind == stemma.Person && x.end-x.first > 1 && w.lexeme.role == "" && w.lexeme.flags&(function|said|inPrep|link) == 0 && isAgentNoun(w.norm):
		// "astronomer Anna Holt"
	default:
		return
	}
	start := r.roleStart(i, s)
	x.role = [2]int{r.owner(start, s), x.first}
	r.readOffice(x, start, x.first)
	x.kind, x.guess = kind, false
	r.claim(start, x.first)
}

// isAgentNoun reports whether a noun ends as those do that say what somebody
// is: "astronomer", "guitarist", "technician".
func isAgentNoun(norm string) bool {
	if len(norm) < 6 {
		return false
	}
	for _, end := range [...]string{"er", "or", "ist", "ian", "ant", "eer", "ess", "man", "ive", "star"} {
		if strings.HasSuffix(norm, end) {
			return true
		}
	}
	return false
}

// roleStart returns where the role that ends with token i begins.
func (r *reading) roleStart(i int, s *stemma.Sentence) int {
	const longest = 8 // "Russian sovereign wealth fund head" has five words
	start := i
	for start > s.FirstToken && i-start < longest {
		w := &r.words[start-1]
		f := w.lexeme.flags
		switch {
		case w.quoted != r.words[i].quoted:
			return start
		case w.text == "-" && w.joined && start-1 > s.FirstToken:
			start -= 2
			continue
		case w.form == mark || w.form == digit:
			return start
		case w.form == lower && f&(function|said|inPrep) != 0 && f&before == 0:
			return start
		case w.form == lower && r.isVerb(start-1):
			return start
		case w.form != lower && w.claimed && !r.mayModify(start-1):
			return start
		case w.form == upper && w.first && !w.claimed && f&(function|inPrep|said) != 0:
			return start
		}
		start--
	}
	return start
}

// owner returns where the owner of the role that starts at i begins: "Donald
// Trump’s son-in-law"; i if it has none.
func (r *reading) owner(i int, s *stemma.Sentence) int {
	if i-2 < s.FirstToken || r.words[i-1].norm != "'s" || !r.words[i-2].claimed || r.words[i-2].form == lower {
		return i
	}
	for k := len(r.refs) - 1; k >= 0 && k >= len(r.refs)-3; k-- {
		if x := r.refs[k]; x.end == i-1 {
			if x.role[0] < x.role[1] {
				return x.role[0]
			}
			return x.first
		}
	}
	return i
}

// mayModify reports whether the name that holds token i may stand before a
// role: a country, a nationality or a body may, a person may not.
func (r *reading) mayModify(i int) bool {
	for k := len(r.refs) - 1; k >= 0 && k >= len(r.refs)-6; k-- {
		if x := r.refs[k]; x.first <= i && i < x.end {
			return x.kind != stemma.Person
		}
	}
	return true
}

// isVerb reports whether the tags call token i a verb; without tags, whether
// it ends as a past tense does and is no known adjective.
func (r *reading) isVerb(i int) bool {
	if len(r.doc.Tags) == len(r.words) {
		p := r.doc.Tags[i].POS
		return p == "VERB" || p == "AUX"
	}
	switch n := r.words[i].norm; n {
	case "met", "saw", "led", "won", "sent", "hit", "left", "made", "took", "gave", "brought", "beat", "sees", "meets", "joins", "leads":
		return true
	default:
		return len(n) > 4 && n[len(n)-2:] == "ed" && n != "united"
	}
}

func (r *reading) genderOfName(first, end int) gender {
	if end-first < 2 {
		return unknownGender
	}
	w := &r.words[first]
	if w.lexeme.flags&given != 0 && w.lexeme.gender != unknownGender {
		return w.lexeme.gender
	}
	return genderOfSurname(r.words[end-1].norm)
}

// genderOfSurname reads the gender that Russian and Ukrainian surnames show.
func genderOfSurname(s string) gender {
	for _, e := range [...]string{"ova", "eva", "ina", "skaya", "skaia", "ska"} {
		if len(s) > len(e)+2 && s[len(s)-len(e):] == e {
			return female
		}
	}
	for _, e := range [...]string{"ov", "ev", "sky", "skyy", "skiy", "skyi"} {
		if len(s) > len(e)+2 && s[len(s)-len(e):] == e {
			return male
		}
	}
	return unknownGender
}

// dropDoubtful takes back names that only the capital at the start of a
// sentence speaks for, and parts pairs such as "Trump-Putin".
func (r *reading) dropDoubtful() {
	alone := map[string]bool{} // words capitalised within a sentence, outside compounds
	for i := range r.words {
		w := &r.words[i]
		if w.form != upper && w.form != caps || !w.claimed {
			continue
		}
		compound := w.joined && i > 0 && r.words[i-1].text == "-" || i+1 < len(r.words) && r.words[i+1].text == "-" && r.words[i+1].joined
		if !compound && (!w.first || i+1 < len(r.words) && r.speaks(i+1)) {
			alone[r.key(i)] = true
		}
	}
	kept := r.refs[:0]
	var extra []*ref
	for _, x := range r.refs {
		w := &r.words[x.first]
		n := x.end - x.first
		if n == 1 && x.known == nil && w.first && w.form == upper && x.role[0] == x.role[1] && !alone[r.key(x.first)] {
			w.claimed = false
			continue
		}
		if n > 3 && x.known == nil && r.words[x.first+1].text == "-" && alone[r.key(x.first)] && w.lexeme.flags&given == 0 {
			second := *x
			second.first, second.role = x.first+2, [2]int{}
			x.end = x.first + 1
			x.kind, x.guess = r.kindOf(x.first, x.end, &r.doc.Sentences[w.sentence])
			extra = append(extra, &second)
		}
		if n == 3 && x.known == nil && r.words[x.first+1].text == "-" && alone[r.key(x.first)] && alone[r.key(x.end-1)] {
			second := *x
			second.first, second.role = x.end-1, [2]int{}
			x.end = x.first + 1
			extra = append(extra, &second)
		}
		kept = append(kept, x)
	}
	r.refs = append(kept, extra...)
	if len(extra) > 0 {
		sortRefs(r.refs)
	}
}

// useNames lets the trained name finder, where the document has its names,
// decide what the rules only guess at: the kind and the extent of names that
// are in no table and bear no title, names that the rules overlook, and whether
// a capital at the start of a sentence is one.
func (r *reading) useNames() {
	names := r.doc.Names
	if len(names) == 0 {
		return
	}
	var out []*ref
	n := 0
	for _, x := range r.refs {
		start, end := r.doc.Tokens[x.first].Start, r.doc.Tokens[x.end-1].End
		for n < len(names) && names[n].End <= start {
			out = r.addFound(out, &names[n])
			n++
		}
		var over []*stemma.Name
		for k := n; k < len(names) && names[k].Start < end; k++ {
			over = append(over, &names[k])
		}
		for n < len(names) && names[n].Start < end {
			n++ // the rules have it
		}
		switch {
		case x.known != nil:
		case len(over) == 0:
			if x.guess && x.kind == stemma.Person && x.end-x.first > 1 {
				x.kind = stemma.Organisation // two capitals do not make a person
			}
		case !x.guess:
			// The rules are sure, but the finder may see more of the name, or a
			// person whose surname is a word: "Kanye West".
			if len(over) != 1 || x.role[0] < x.role[1] {
				break
			}
			o := over[0]
			first, stop := r.doc.TokensIn(o.Span)
			switch {
			case first == x.first && stop == x.end && o.Kind == stemma.Person && r.words[x.first].lexeme.flags&(orgWord|title) == 0:
				r.setKind(x, o.Kind)
			case first == x.first && stop > x.end && o.Kind == x.kind && x.kind != stemma.Person && !r.anyClaimed(x.end, stop):
				r.claimOnly(x, first, stop)
			}
		case len(over) == 1:
			o := over[0]
			first, stop := r.doc.TokensIn(o.Span)
			if first >= x.first && stop <= x.end && o.Kind != stemma.Nationality && o.Kind != stemma.Role {
				if first > x.first && x.role[0] == x.role[1] || stop < x.end {
					r.claimOnly(x, first, stop)
				}
			}
			r.setKind(x, o.Kind)
		default:
			for _, o := range over {
				first, stop := r.doc.TokensIn(o.Span)
				first, stop = max(first, x.first), min(stop, x.end)
				if first >= stop {
					continue
				}
				part := *x
				part.role = [2]int{}
				if first == x.first {
					part.role = x.role
				}
				part.first, part.end = first, stop
				r.setKind(&part, o.Kind)
				out = append(out, &part)
			}
			continue
		}
		out = append(out, x)
	}
	for ; n < len(names); n++ {
		out = r.addFound(out, &names[n])
	}
	r.refs = out
	sortRefs(r.refs)
}

func (r *reading) anyClaimed(first, end int) bool {
	for i := first; i < end; i++ {
		if r.words[i].claimed {
			return true
		}
	}
	return false
}

func (r *reading) claimOnly(x *ref, first, end int) {
	for i := min(first, x.first); i < max(end, x.end); i++ {
		r.words[i].claimed = i >= first && i < end
	}
	x.first, x.end = first, end
}

func (r *reading) setKind(x *ref, kind stemma.ActorKind) {
	if x.kind == stemma.Person && x.role[0] < x.role[1] || kind == stemma.Role || kind == "" {
		return
	}
	x.kind, x.guess = kind, false
	if kind == stemma.Person && x.gender == unknownGender {
		x.gender = r.genderOfName(x.first, x.end)
	}
}

// addFound adds a name that only the name finder saw.
func (r *reading) addFound(refs []*ref, name *stemma.Name) []*ref {
	first, end := r.doc.TokensIn(name.Span)
	for first < end && (r.words[first].claimed || r.words[first].lexeme.flags&(title|function) != 0) {
		first++
	}
	if first >= end || name.Kind == stemma.Role || name.Kind == stemma.Nationality {
		return refs
	}
	for _, w := range r.words[first:end] {
		if w.claimed || w.form == lower && w.lexeme.flags&common != 0 && end-first == 1 || w.form == mark && end-first == 1 || w.lexeme.flags&notName != 0 {
			return refs
		}
	}
	s := &r.doc.Sentences[r.words[first].sentence]
	if s.Kind == stemma.Furniture || s.Kind == stemma.Byline {
		return refs
	}
	r.claim(first, end)
	x := &ref{form: stemma.ByName, kind: name.Kind, first: first, end: end, quoted: r.words[first].quoted, heading: s.Kind == stemma.Heading}
	if x.kind == stemma.Person {
		r.roleBefore(x, s)
		x.gender = r.genderOfName(first, end)
	}
	return append(refs, x)
}

// findPlaces makes places of names that no table holds, where one of their
// occurrences shows it: "in Osvia", "the river Sel", "Osvia’s president", or an
// adjective, "Osvian"; and nationalities of their adjectives.
func (r *reading) findPlaces() {
	surname := map[string]bool{}
	for _, x := range r.refs {
		if x.kind == stemma.Person && (x.end-x.first > 1 || x.role[0] < x.role[1]) {
			surname[r.key(x.end-1)] = true
		}
	}
	r.unite(surname)
	open := func(x *ref) bool { // whether x may be a place yet
		return x.known == nil && x.role[0] == x.role[1] && (x.end-x.first == 1 && !surname[r.key(x.first)] || x.guess)
	}
	sure, likely := map[string]bool{}, map[string]bool{}
	adjective := map[stemma.ActorID]bool{} // of nations: it has an adjective here
	for _, x := range r.refs {
		if !open(x) {
			continue
		}
		key := r.text(x.first, x.end)
		switch {
		case r.placeBefore(x) || r.placeBehind(x) || r.ownsState(x):
			sure[key] = true
		case x.kind == stemma.Place && x.guess || r.within(x):
			likely[key] = true
		}
		if norm := r.words[x.first].norm; x.end-x.first == 1 && isDemonym(norm) {
			adjective[r.nation(x.first)] = true
		}
	}
	nations := map[stemma.ActorID]bool{}
	for _, x := range r.refs {
		if !open(x) {
			continue
		}
		key, norm := r.text(x.first, x.end), r.words[x.first].norm
		single := x.end-x.first == 1
		named := single && !isDemonym(norm) && adjective[r.nation(x.first)]
		if sure[key] || named || likely[key] && (x.guess || x.kind == stemma.Person || x.kind == stemma.Place) {
			x.kind, x.guess = stemma.Place, false
			if single {
				nations[r.nation(x.first)] = true
			}
		}
	}
	for _, x := range r.refs {
		if norm := r.words[x.first].norm; open(x) && x.end-x.first == 1 && isDemonym(norm) &&
			(nations[r.nation(x.first)] && !sure[r.text(x.first, x.end)] ||
				x.end < len(r.words) && r.words[x.end].form == lower && r.words[x.end].lexeme.flags&(person|group) != 0 && x.kind != stemma.Organisation) {
			x.kind, x.guess = stemma.Nationality, false
		}
	}
}

// within reports whether x is what something is in: "in Osvia", "near Kost".
func (r *reading) within(x *ref) bool {
	i := x.first - 1
	if i < 0 || r.words[i].sentence != r.words[x.first].sentence || r.words[i].form != lower && !r.words[i].first {
		return false
	}
	switch r.words[i].norm {
	case "in", "near", "across", "throughout", "inside", "outside":
		return true
	case "at":
		return x.kind == stemma.Person && !x.guess // nobody is at a person
	}
	return false
}

// unite makes persons of single names that are the surname of one, however the
// name finder took them in this place, unless it mostly takes them for a body.
func (r *reading) unite(surname map[string]bool) {
	body := map[string]int{}
	single := func(x *ref) (string, bool) {
		if x.known != nil || x.end-x.first != 1 {
			return "", false
		}
		key := r.key(x.first)
		return key, surname[key]
	}
	for _, x := range r.refs {
		if key, ok := single(x); ok {
			switch {
			case x.kind == stemma.Person:
				body[key]--
			case x.kind == stemma.Organisation && !x.guess:
				body[key]++
			}
		}
	}
	for _, x := range r.refs {
		if key, ok := single(x); ok && body[key] <= 1 && x.kind != stemma.Person {
			x.kind, x.guess = stemma.Person, false
		}
	}
	// What the finder takes for one thing here and for another there is what
	// it takes it for most often.
	votes := map[string]*[3]int{}
	kinds := [3]stemma.ActorKind{stemma.Person, stemma.Organisation, stemma.Place}
	for _, x := range r.refs {
		if x.known != nil || x.end-x.first != 1 || x.guess || surname[r.key(x.first)] {
			continue
		}
		v := votes[r.words[x.first].norm]
		if v == nil {
			v = &[3]int{}
			votes[r.words[x.first].norm] = v
		}
		for k := range kinds {
			if x.kind == kinds[k] {
				v[k]++
			}
		}
	}
	for _, x := range r.refs {
		if x.known != nil || x.end-x.first != 1 || x.role[0] < x.role[1] {
			continue
		}
		v := votes[r.words[x.first].norm]
		if v == nil || x.kind == stemma.Nationality {
			continue
		}
		best := 0
		for k := range kinds {
			if v[k] > v[best] {
				best = k
			}
		}
		if v[best] > 0 {
			x.kind = kinds[best]
		}
	}
}

// placeBefore reports whether a word for a place stands before x: "the river
// Sel", "the village of Ternish".
func (r *reading) placeBefore(x *ref) bool {
	i := x.first - 1
	if i > 0 && r.words[i].norm == "of" {
		i--
	}
	return i >= 0 && r.words[i].form == lower && r.words[i].lexeme.flags&placeTag != 0 && r.words[i].sentence == r.words[x.first].sentence
}

// placeBehind reports whether a word for land or water stands behind x: "the
// Sel river", "the Ternish border".
func (r *reading) placeBehind(x *ref) bool {
	if x.end >= len(r.words) || r.words[x.end].sentence != r.words[x.first].sentence || r.words[x.end].form != lower {
		return false
	}
	switch r.words[x.end].norm {
	case "river", "canal", "strait", "straits", "gulf", "bay", "lake", "lagoon", "reservoir", "dam", "valley", "basin", "peninsula", "island", "islands", "archipelago",
		"mountain", "mountains", "region", "province", "district", "oblast", "county", "border", "frontier", "enclave", "village", "town", "crossing", "checkpoint":
		return true
	}
	return false
}

// ownsState reports whether x owns what only states have: "Osvia’s president".
func (r *reading) ownsState(x *ref) bool {
	if x.end >= len(r.words) || r.words[x.end].norm != "'s" {
		return false
	}
	for i := x.end + 1; i < len(r.words) && i < x.end+4; i++ {
		switch r.words[i].norm {
		case "government", "parliament", "army", "capital", "foreign", "interior", "defence", "border", "borders", "prime", "embassy", "ambassador", "constitution", "supreme":
			return true
		}
		if r.words[i].form != lower {
			break
		}
	}
	return false
}

// isDemonym reports whether a word ends as adjectives of countries do.
func isDemonym(norm string) bool {
	for _, end := range [...]string{"ian", "an", "ish", "ese", "i", "ic"} {
		if len(norm) > len(end)+2 && strings.HasSuffix(norm, end) {
			return true
		}
	}
	return false
}

// speaks reports whether the word at i makes a name of the one before it: a
// verb of speech or in the singular, or a possessive.
func (r *reading) speaks(i int) bool {
	w := &r.words[i]
	switch w.norm {
	case "'s", "has", "had", "is", "was":
		return true
	}
	return w.form == lower && w.lexeme.flags&said != 0
}
