package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"stemma"
	"stemma/internal/term"
	"stemma/ledger"
)

// A DigestEntry is a line of a digest: what is new, changed, contested.
type digestEntry struct {
	item ledger.Item
	kind string // meeting, proposal …
	date string
	head string
	note ledgerNote
}

// shownDigest is how many entries of a section are shown unless all are asked
// for.
const shownDigest = 12

var digestTitles = map[ledger.Section]string{
	ledger.New: "NEW", ledger.Changed: "CHANGED", ledger.Contested: "CONTESTED", ledger.Unchanged: "AS BEFORE",
}

// digestKinds names an entry of each ledger.
var digestKinds = map[string]string{
	"meetings": "meeting", "proposals": "proposal", "positions": "position", "open": "open", "denials": "denial", "incidents": "incident", "discrepancies": "differing",
}

// digest turns items into lines.
func (v *view) digest(l *stemma.Ledgers, items []ledger.Item) []digestEntry {
	ledgers := map[string]*Ledger{
		"meetings":  Meetings(v.docs, v.rec, l.Meetings),
		"proposals": Proposals(v.docs, v.rec, l.Proposals),
		"positions": Positions(v.docs, v.rec, l.Positions),
		"open":      Open(v.docs, v.rec, l.Open),
	}
	var out []digestEntry
	for _, it := range items {
		d := digestEntry{item: it, kind: digestKinds[it.Ledger], note: ledgerNote{cites: it.Cites}}
		switch it.Ledger {
		case "denials":
			x := &l.Denials[it.Index]
			d.kind, d.head = x.Kind, v.actor(x.Actor)
			if d.head == "" {
				d.head = "the report"
			}
		case "incidents":
			x := &l.Incidents[it.Index]
			d.date = when(x.When)
			d.head = v.actorList(x.Actors) + " " + strings.ToLower(string(x.Type))
			if to := v.actorList(x.Recipients); to != "" {
				d.head += " → " + to
			}
		case "discrepancies":
			x := &v.rec.Discrepancies[it.Index]
			d.head = x.Question
			if d.head == "" {
				d.head = string(x.Kind)
			}
		default:
			e := ledgers[it.Ledger].Entries[it.Index]
			d.date, d.head = when(e.When), e.Head
			if e.Where != "" {
				d.head += ", " + e.Where
			}
			if e.Status != "" && e.Status != "held" && it.Ledger != "positions" {
				d.head += " (" + e.Status + ")"
			}
			if e.Inferred {
				d.date += "~"
			}
		}
		out = append(out, d)
	}
	return out
}

// Digest writes what is new, changed, contested and as before since a day, for
// people to read in a terminal, every line with the words it rests on.
func Digest(w io.Writer, docs []*stemma.Document, rec *stemma.Record, l *stemma.Ledgers, items []ledger.Item, since time.Time, opt BriefOptions) error {
	if opt.Columns == 0 {
		opt.Columns = term.DefaultColumns
	}
	b := &brief{view: newView(docs, nil, rec), w: bufio.NewWriter(w), opt: opt, s: opt.Style}
	fmt.Fprintf(b.w, "%s since %s · %s · %s\n", b.s.Strong("Brief"), since.Format(time.DateOnly), count(len(docs), "report"), count(rec.Origins, "independent origin"))
	if t := term.Line(rec.Story.Title); t != "" {
		fmt.Fprintln(b.w, term.Cut(t, opt.Columns))
	}
	all := b.digest(l, items)
	for _, section := range []ledger.Section{ledger.New, ledger.Changed, ledger.Contested, ledger.Unchanged} {
		var list []digestEntry
		for _, d := range all {
			if d.item.Section == section {
				list = append(list, d)
			}
		}
		fmt.Fprintf(b.w, "\n%s", b.s.Heading(digestTitles[section]))
		if len(list) == 0 {
			fmt.Fprintf(b.w, "  %s\n", b.s.Faint("nothing"))
			continue
		}
		if section == ledger.Unchanged && !opt.All {
			fmt.Fprintf(b.w, "  %s\n", b.digestCounts(list))
			continue
		}
		fmt.Fprintln(b.w)
		n := b.most(len(list), shownDigest)
		for _, d := range list[:n] {
			lead := "  " + pad(d.kind, dateColumn-2)
			head := b.s.Strong(term.Line(d.head))
			if d.date != "" {
				head = d.date + " " + head
			}
			if d.item.Why != "" {
				head += " " + b.s.Alert(d.item.Why)
			}
			if len(d.note.cites) > 0 {
				head += ": " + b.cited(d.note.cites)
			}
			fmt.Fprintln(b.w, term.Wrap(lead, head, dateColumn, opt.Columns))
		}
		if len(list) > n {
			fmt.Fprintf(b.w, "  %s\n", b.s.Faint(fmt.Sprintf("… %d more: --all", len(list)-n)))
		}
	}
	b.sources()
	return b.w.Flush()
}

// digestCounts says how many entries of each kind there are.
func (b *brief) digestCounts(list []digestEntry) string {
	var kinds []string
	counts := map[string]int{}
	for _, d := range list {
		if counts[d.kind] == 0 {
			kinds = append(kinds, d.kind)
		}
		counts[d.kind]++
	}
	var out []string
	for _, k := range kinds {
		noun := k
		if k == "open" {
			noun = "open item"
		}
		out = append(out, count(counts[k], noun))
	}
	return strings.Join(out, " · ") + ": --all"
}

// DigestMarkdown is Digest in Markdown, nothing left out.
func DigestMarkdown(w io.Writer, docs []*stemma.Document, rec *stemma.Record, l *stemma.Ledgers, items []ledger.Item, since time.Time) error {
	out := bufio.NewWriter(w)
	v := newView(docs, nil, rec)
	md := &Ledger{view: v}
	used := map[int]bool{}
	fmt.Fprintf(out, "# Brief since %s\n", since.Format(time.DateOnly))
	all := v.digest(l, items)
	for _, section := range []ledger.Section{ledger.New, ledger.Changed, ledger.Contested, ledger.Unchanged} {
		title := digestTitles[section]
		fmt.Fprintf(out, "\n## %s\n\n", title[:1]+strings.ToLower(title[1:]))
		if !slices.ContainsFunc(all, func(d digestEntry) bool { return d.item.Section == section }) {
			fmt.Fprintln(out, "Nothing.")
		}
		for _, d := range all {
			if d.item.Section != section {
				continue
			}
			fmt.Fprintf(out, "- %s: **%s**", d.kind, mdEscape(strings.TrimSpace(d.date+" "+d.head)))
			if d.item.Why != "" {
				fmt.Fprintf(out, " – %s", mdEscape(d.item.Why))
			}
			fmt.Fprintln(out)
			md.mdNote(out, d.note, used)
		}
	}
	md.mdSources(out, used)
	return out.Flush()
}
