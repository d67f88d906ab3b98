package export

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"stemma"
	"stemma/internal/term"
)

// CSV writes the ledger as comma-separated values in UTF-8, a header first. A
// cell that a spreadsheet would take for a formula gets an apostrophe before
// it.
func (l *Ledger) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(l.Columns); err != nil {
		return err
	}
	row := make([]string, len(l.Columns))
	for _, e := range l.Entries {
		for i, c := range e.Cells {
			row[i] = guarded(c)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func guarded(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Markdown writes the ledger as a list, with the reports it cites as
// footnotes.
func (l *Ledger) Markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	title := strings.ToUpper(l.Name[:1]) + l.Name[1:]
	fmt.Fprintf(out, "# %s\n\n", title)
	used := map[int]bool{}
	for _, e := range l.Entries {
		date := when(e.When)
		if date == "" {
			date = "undated"
		}
		if e.Inferred {
			date += " (inferred)"
		}
		fmt.Fprintf(out, "- **%s** %s", date, mdEscape(e.Head))
		if e.Where != "" {
			fmt.Fprintf(out, ", %s", mdEscape(e.Where))
		}
		if e.Status != "" && e.Status != "held" && e.Status != "same" {
			fmt.Fprintf(out, " (%s)", mdEscape(e.Status))
		}
		fmt.Fprintln(out)
		for _, n := range e.Notes {
			l.mdNote(out, n, used)
		}
	}
	l.mdSources(out, used)
	return out.Flush()
}

// mdNote writes a note under an entry.
func (l *Ledger) mdNote(out io.Writer, n ledgerNote, used map[int]bool) {
	var parts []string
	if n.text != "" {
		parts = append(parts, mdEscape(n.text))
	}
	seen := map[string]int{}
	var words []string
	var marks [][]string
	for _, c := range n.cites {
		t := l.view.text(c)
		if t == "" {
			continue
		}
		k, ok := seen[t]
		if !ok {
			k = len(words)
			seen[t] = k
			words = append(words, t)
			marks = append(marks, nil)
		}
		num := l.view.number[c.Report]
		used[num] = true
		if m := fmt.Sprintf("[^%d]", num); len(marks[k]) == 0 || marks[k][len(marks[k])-1] != m {
			marks[k] = append(marks[k], m)
		}
	}
	for k, t := range words {
		if !strings.HasPrefix(t, "“") && !strings.HasPrefix(t, "\"") {
			t = "“" + t + "”"
		}
		parts = append(parts, mdEscape(t)+strings.Join(marks[k], ""))
	}
	label := ""
	if n.label != "" {
		label = "*" + n.label + ":* "
	}
	fmt.Fprintf(out, "  - %s%s\n", label, strings.Join(parts, " · "))
}

func (l *Ledger) mdSources(out io.Writer, used map[int]bool) {
	fmt.Fprintln(out)
	for i, doc := range l.view.docs {
		if used[i+1] {
			date, aside := l.view.published(doc)
			if aside != "" {
				date += " (inferred)"
			}
			fmt.Fprintf(out, "[^%d]: %s\n", i+1, mdEscape(strings.Join(strings.Fields(strings.Join([]string{date, doc.Report.Outlet, doc.Report.Title, doc.Report.Source}, " ")), " ")))
		}
	}
}

// mdEscape makes text from reports harmless in Markdown and on terminals.
func mdEscape(s string) string {
	s = term.Line(s)
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>#|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ICalendar writes the entries that bear a date as iCalendar events (RFC
// 5545). What was called off is CANCELLED, what is planned TENTATIVE.
func (l *Ledger) ICalendar(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(s string) { foldLine(out, s) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//stemma//" + l.Name + "//EN")
	line("CALSCALE:GREGORIAN")
	for _, e := range l.Entries {
		if e.When.IsZero() {
			continue
		}
		line("BEGIN:VEVENT")
		line("UID:" + e.ID + "@stemma")
		line("DTSTAMP:" + icalTime(cmp.Or(e.KnownSince.From, e.When.From)))
		if day(e.When.From) && day(e.When.To) {
			line("DTSTART;VALUE=DATE:" + e.When.From.Format("20060102"))
			line("DTEND;VALUE=DATE:" + e.When.To.Format("20060102"))
		} else {
			line("DTSTART:" + icalTime(e.When.From))
			line("DTEND:" + icalTime(e.When.To))
		}
		line("SUMMARY:" + icalText(e.Head))
		if e.Where != "" {
			line("LOCATION:" + icalText(e.Where))
		}
		switch e.Status {
		case "cancelled", "denied", "off":
			line("STATUS:CANCELLED")
		case "planned", "proposed", "conditional", "open":
			line("STATUS:TENTATIVE")
		default:
			line("STATUS:CONFIRMED")
		}
		line("DESCRIPTION:" + icalText(l.described(&e)))
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return out.Flush()
}

func day(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

func icalTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// icalText escapes a text value.
func icalText(s string) string {
	return strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\n", "\\n", "\r", "").Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return -1
		}
		return r
	}, s))
}

// foldLine writes a content line, folded after at most 75 bytes.
func foldLine(w *bufio.Writer, s string) {
	first := true
	for len(s) > 0 {
		n := 75
		if !first {
			n = 74
			w.WriteByte(' ')
		}
		if len(s) <= n {
			n = len(s)
		} else {
			for n > 0 && !utf8.RuneStart(s[n]) {
				n--
			}
		}
		w.WriteString(s[:n])
		w.WriteString("\r\n")
		s = s[n:]
		first = false
	}
}

// described gives the words of an entry with where they stand, a line each.
func (l *Ledger) described(e *LedgerEntry) string {
	var lines []string
	seen := map[string]bool{}
	for _, n := range e.Notes {
		s := n.text
		for _, c := range n.cites {
			t := l.view.text(c)
			if t == "" || seen[n.label+t] {
				continue
			}
			seen[n.label+t] = true
			if s != "" {
				s += " "
			}
			s += "“" + t + "” (" + l.view.name(l.view.doc(c.Report)) + ")"
		}
		if s == "" {
			continue
		}
		if n.label != "" {
			s = n.label + ": " + s
		}
		lines = append(lines, s)
	}
	if e.Inferred {
		lines = append(lines, "date inferred")
	}
	return strings.Join(lines, "\n")
}

// TimelineJS writes the entries that bear a date as the JSON that TimelineJS 3
// reads.
func (l *Ledger) TimelineJS(w io.Writer) error {
	type date struct {
		Year   int `json:"year"`
		Month  int `json:"month,omitempty"`
		Day    int `json:"day,omitempty"`
		Hour   int `json:"hour,omitempty"`
		Minute int `json:"minute,omitempty"`
	}
	type text struct {
		Headline string `json:"headline"`
		Text     string `json:"text,omitempty"`
	}
	type slide struct {
		ID    string `json:"unique_id,omitempty"`
		Start *date  `json:"start_date,omitempty"`
		End   *date  `json:"end_date,omitempty"`
		Text  text   `json:"text"`
		Group string `json:"group,omitempty"`
	}
	result := struct {
		Title  slide   `json:"title"`
		Events []slide `json:"events"`
	}{Title: slide{Text: text{Headline: htmlText(cmp.Or(l.view.rec.Story.Title, l.Name))}}, Events: []slide{}}
	for _, e := range l.Entries {
		if e.When.IsZero() {
			continue
		}
		s := slide{ID: e.ID, Text: text{Headline: htmlText(e.Head)}, Group: e.Status}
		f, last := e.When.From, e.When.To.Add(-time.Second)
		start := date{Year: f.Year()}
		end := date{Year: last.Year()}
		if whole := f.Month() == 1 && f.Day() == 1 && last.Month() == 12 && last.Day() == 31; !whole {
			start.Month, end.Month = int(f.Month()), int(last.Month())
			if f.Day() != 1 || last.AddDate(0, 0, 1).Day() != 1 || f.Month() == last.Month() && last.Day() < 28 {
				start.Day, end.Day = f.Day(), last.Day()
			}
		}
		if !day(f) {
			start.Hour, start.Minute = f.Hour(), f.Minute()
		}
		s.Start = &start
		if end != start && day(e.When.To) {
			s.End = &end
		}
		var body strings.Builder
		for line := range strings.SplitSeq(l.described(&e), "\n") {
			if line != "" {
				body.WriteString("<p>" + htmlText(line) + "</p>")
			}
		}
		s.Text.Text = body.String()
		result.Events = append(result.Events, s)
	}
	return indented(w, result)
}

func htmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&#34;", "'", "&#39;").Replace(term.Line(s))
}

func indented(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

// PLOVER writes the events of a timeline as an array of records with the field
// names of the PLOVER data format (Open Event Data Alliance, manual of 2021).
// Only what happened or was said is in it: what is planned has its status in
// the comment.
func (l *Ledger) PLOVER(w io.Writer) error {
	type party struct {
		Text string `json:"actorText"`
		Code string `json:"code,omitempty"`
	}
	type source struct {
		Publication string `json:"publication,omitempty"`
		URL         string `json:"url,omitempty"`
		Text        string `json:"text"`
		Start       int    `json:"start"` // bytes into the report's text
		End         int    `json:"end"`
	}
	type event struct {
		ID        string   `json:"id"`
		Date      string   `json:"date,omitempty"`
		EndDate   string   `json:"dateEnd,omitempty"`
		Actor     []party  `json:"source"`
		Recipient []party  `json:"target"`
		Event     string   `json:"event"`
		Mode      string   `json:"mode,omitempty"`
		Context   []string `json:"context,omitempty"`
		CAMEO     string   `json:"cameo,omitempty"`
		Location  string   `json:"location,omitempty"`
		Text      string   `json:"eventText,omitempty"`
		Comment   string   `json:"comment,omitempty"`
		Sources   []source `json:"textInfo"`
	}
	v := l.view
	parties := func(ids []stemma.ActorID, codes []string) []party {
		out := []party{}
		for i, id := range ids {
			p := party{Text: v.actor(id)}
			if i < len(codes) {
				p.Code = codes[i]
			}
			out = append(out, p)
		}
		return out
	}
	records := []event{}
	for _, e := range l.Entries {
		ev := e.Event
		if ev == nil {
			continue
		}
		r := event{
			ID: e.ID, Actor: parties(ev.Actors, ev.ActorCodes), Recipient: parties(ev.Recipients, ev.RecipientCodes), Event: string(ev.Type), Mode: ev.Mode,
			Context: ev.Context, CAMEO: ev.CAMEO, Location: v.actor(ev.Where),
		}
		if !ev.When.IsZero() {
			r.Date = ev.When.From.Format(time.DateOnly)
			if end := ev.When.To.Add(-time.Second).Format(time.DateOnly); end != r.Date {
				r.EndDate = end
			}
		}
		var comment []string
		if e.Status != "held" {
			comment = append(comment, "status "+e.Status)
		}
		if ev.Inferred {
			comment = append(comment, "date inferred")
		}
		if n := v.actor(ev.AssertedBy); n != "" {
			comment = append(comment, "asserted by "+n)
		}
		r.Comment = strings.Join(comment, "; ")
		for i, c := range ev.Evidence {
			doc := v.doc(c.Report)
			if doc == nil {
				continue
			}
			t := v.text(c)
			if i == 0 {
				r.Text = t
			}
			r.Sources = append(r.Sources, source{Publication: v.name(doc), URL: doc.Report.Source, Text: t, Start: c.Span.Start, End: c.Span.End})
		}
		records = append(records, r)
	}
	return indented(w, records)
}
