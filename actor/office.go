package actor

import (
	"strings"
	"time"

	"stemma"
)

// A holder is somebody who held an office for a time.
type holder struct {
	id          stemma.ActorID
	name        string
	parts       []string // folded words of name
	gender      gender
	from, until time.Time
}

// heldUntil is how long an office that was held when the table was made is
// taken to be held: half a year on.
var heldUntil = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func (l *lexicon) readOffices() {
	for line := range dataLines(officesText) {
		f := strings.Split(line, "|")
		h := holder{id: slug(f[2]), name: f[2], gender: genderOf(f[3]), until: heldUntil}
		h.from, _ = time.Parse(time.DateOnly, f[4])
		if f[5] != "" {
			h.until, _ = time.Parse(time.DateOnly, f[5])
		}
		for w := range strings.FieldsSeq(strings.ReplaceAll(f[2], "-", " ")) {
			h.parts = append(h.parts, fold(w))
		}
		key := f[0] + " " + f[1]
		l.holders[key] = append(l.holders[key], h)
		l.held[h.id] = h.name
		l.heads[f[1]] = append(l.heads[f[1]], h)
	}
}

// holder returns who held the office head of country at a time, or nil if that
// is not known.
func (l *lexicon) holder(country stemma.ActorID, head string, at time.Time) *holder {
	if at.IsZero() || country == "" {
		return nil
	}
	list := l.holders[string(country)+" "+head]
	for i := range list {
		if h := &list[i]; !at.Before(h.from) && at.Before(h.until) {
			return h
		}
	}
	return nil
}

// titleHolder returns who, of all that held the office head at a time, has the
// surname; nil if it is none or several.
func (l *lexicon) titleHolder(head, surname string, at time.Time) *holder {
	if at.IsZero() {
		return nil
	}
	var found *holder
	list := l.heads[head]
	for i := range list {
		h := &list[i]
		if h.parts[len(h.parts)-1] == surname && !at.Before(h.from) && at.Before(h.until) {
			if found != nil && found.id != h.id {
				return nil
			}
			found = h
		}
	}
	return found
}

// published returns when the report was published, or the time its relative
// expressions are counted from; zero if neither is known.
func published(doc *stemma.Document) time.Time {
	if !doc.Report.Published.IsZero() {
		return doc.Report.Published.From
	}
	return doc.Anchor.From
}
