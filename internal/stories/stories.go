// Package stories reads invented stories, each a few reports and the ledgers
// that a careful reader would keep of them, and sets what was found beside
// what is wanted.
package stories

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"

	"stemma"
	"stemma/extract"
)

// A Story is reports and the entries wanted of them.
type Story struct {
	Reports []*stemma.Report
	Want    []Want
}

// A Want is an entry that is wanted or not. Its pattern is an entry as
// [Entries] writes it, "*" for any words.
type Want struct {
	Mark    Mark
	Pattern string
}

// A Mark says what is held of an entry.
type Mark byte

const (
	Found   Mark = '+' // wanted, and found: it must stay so
	Missing Mark = '?' // wanted, not found yet
	Right   Mark = '=' // not asked for, but right
	Wrong   Mark = '!' // must not be there
)

// Read reads a story in txtar form: reports, and a file "want" of lines of a
// mark, a space and a pattern, empty lines and those that begin with "#" left
// out.
func Read(file string) (*Story, error) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		return nil, err
	}
	s := &Story{}
	for _, f := range ar.Files {
		if f.Name != "want" {
			rep, err := extract.Text(f.Name, f.Data)
			if err != nil {
				return nil, err
			}
			s.Reports = append(s.Reports, rep)
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if len(line) < 3 || line[1] != ' ' || !strings.ContainsRune("+?=!", rune(line[0])) {
				return nil, fmt.Errorf("%s: want %q: no mark", file, line)
			}
			s.Want = append(s.Want, Want{Mark(line[0]), line[2:]})
		}
	}
	return s, nil
}

// Entries writes the entries of the timeline and the ledgers, one a line, each
// beginning with the name of its ledger.
func Entries(docs []*stemma.Document, rec *stemma.Record, l *stemma.Ledgers) []string {
	names := map[stemma.ActorID]string{}
	for _, a := range rec.Actors {
		names[a.ID] = a.Name
	}
	name := func(id stemma.ActorID) string { return cmp.Or(names[id], string(id)) }
	list := func(ids ...stemma.ActorID) string {
		var out []string
		for _, id := range ids {
			out = append(out, name(id))
		}
		return strings.Join(out, "+")
	}
	texts := map[stemma.ReportID]string{}
	for _, d := range docs {
		texts[d.Report.ID] = d.Report.Text
	}
	words := func(cites []stemma.Cite) string {
		return strings.Join(strings.Fields(cites[0].Span.Of(texts[cites[0].Report])), " ")
	}
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, e := range rec.Timeline {
		add("event %v %s %s %s > %s: %s", e.When, cmp.Or(e.Status, "held"), e.Type, list(e.Actors...), list(e.Recipients...), words(e.Evidence))
	}
	for _, m := range l.Meetings {
		add("meeting %v %s %s %s (%s) at %s %s by %s", m.When, m.Status, m.Format, list(m.Participants...), list(m.Sides...), name(m.Where), m.Duration, name(m.Mediator))
	}
	for _, p := range l.Proposals {
		add("proposal %s %s > %s: %s", p.Noun, list(append(p.From, p.Drafted...)...), list(p.To...), p.Name)
	}
	for _, p := range l.Positions {
		add("position %s %s %s %s: %s", name(p.Actor), p.Stance, p.Issue, p.Movement, words(p.Cites))
	}
	for _, o := range l.Open {
		add("open %s %s %v %s: %s", o.Kind, o.Status, o.Due, name(o.Actor), words(o.Cites))
	}
	for _, d := range l.Denials {
		add("denial %s %s: %s", d.Kind, name(d.Actor), words(d.Cites))
	}
	return out
}

// Ledger returns the first word of an entry or pattern: its ledger.
func Ledger(entry string) string {
	name, _, _ := strings.Cut(entry, " ")
	return name
}

// Match reports whether entry is as pattern says. A pattern without "*" at its
// end needs no more than the beginning of the entry.
func Match(pattern, entry string) bool {
	for i, part := range strings.Split(pattern, "*") {
		at := strings.Index(entry, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		entry = entry[at+len(part):]
	}
	return true
}
