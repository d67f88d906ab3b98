package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/actor"
	"stemma/internal/term"
	"stemma/record"
)

func newSaid() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "said [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "List who said what, in all its wordings",
		Long: `Said lists the utterances in the reports, earliest first: who said it, through
whom it reached us, the wording that leads (the earliest and fullest), the
reports that have it, and under it every wording that differs, with what the
difference is: a negation, a number or a name altered, other words, two
translations of the same words, a cut.`,
		Example: `  stemma said examples/kost
  stemma said --who Velick examples/kost
  stemma said --about prisoners --since 2031-03-06 examples/kost
  stemma said --plain examples/kost | sort | less`,
		Args: cobra.ArbitraryArgs,
		RunE: runSaid,
	}
	cmd.Flags().String("who", "", "only what `NAME` said: a name, a surname, an alias or an actor's ID")
	cmd.Flags().String("about", "", "only where all words of `TOPIC` occur, in any form, in what is said or around it")
	cmd.Flags().String("since", "", "only from reports published on `DATE` (2025-12-03, 2025-12) or later")
	addListFlags(cmd)
	addDecisionsFlag(cmd)
	return cmd
}

// addListFlags adds the formats of a verb that prints a list.
func addListFlags(cmd *cobra.Command) {
	addFormatFlags(cmd)
	cmd.Flags().Bool("jsonl", false, "print one JSON object a line")
	cmd.Flags().Bool("plain", false, "print one line for each, its fields parted by tabs")
}

// oneFormat returns an error if more than one format is asked for.
func oneFormat(cmd *cobra.Command) error {
	var set []string
	for _, name := range []string{"json", "jsonl", "plain"} {
		if asked(cmd, name) {
			set = append(set, "--"+name)
		}
	}
	if len(set) > 1 {
		return usageError(fmt.Errorf("%s and %s shut each other out", set[0], set[1]))
	}
	return nil
}

// An utteranceRow is an utterance with what a reader needs to go back to its
// words.
type utteranceRow struct {
	stemma.Utterance
	Name     string       `json:"name,omitempty"` // of the speaker
	Wordings []wordingRow `json:"wordings"`
}

type wordingRow struct {
	stemma.Wording
	Words     string          `json:"words"`
	Source    string          `json:"source"`
	Outlet    string          `json:"outlet,omitempty"`
	Published stemma.Interval `json:"published,omitzero"`
	Kind      string          `json:"kind"`
	Cue       string          `json:"cue,omitempty"`
	Said      string          `json:"speaker_words,omitempty"` // how the report names the speaker here
	Via       []string        `json:"via,omitempty"`
	Class     string          `json:"class,omitempty"`
	Polarity  string          `json:"polarity,omitempty"`
	Modality  string          `json:"modality,omitempty"`
	Standing  string          `json:"standing,omitempty"`
	Unclosed  bool            `json:"unclosed,omitempty"`
	doc       *stemma.Document
	statement *stemma.Statement
}

func runSaid(cmd *cobra.Command, args []string) error {
	who, _ := cmd.Flags().GetString("who")
	about, _ := cmd.Flags().GetString("about")
	since, _ := cmd.Flags().GetString("since")
	var from time.Time
	if since != "" {
		var err error
		if from, err = parseDay(since); err != nil {
			return usageError(err)
		}
	}
	result, problems, err := build(cmd, args)
	if err != nil {
		return err
	}
	rows := utteranceRows(result)
	if who != "" {
		ids := map[stemma.ActorID]bool{}
		for _, a := range actor.Named(result.Record.Actors, who) {
			ids[a.ID] = true
		}
		if len(ids) == 0 {
			return withHint(fmt.Errorf("nobody called %q in the reports", who), "stemma who lists who is there")
		}
		rows = slices.DeleteFunc(rows, func(u utteranceRow) bool {
			return !ids[u.Speaker] && !slices.ContainsFunc(u.Wordings, func(w wordingRow) bool { return ids[w.statement.Actor] })
		})
	}
	if about != "" {
		rows = slices.DeleteFunc(rows, func(u utteranceRow) bool {
			return !slices.ContainsFunc(u.Wordings, func(w wordingRow) bool {
				return record.About(w.doc, w.statement.Span, about)
			})
		})
	}
	if !from.IsZero() {
		rows = slices.DeleteFunc(rows, func(u utteranceRow) bool {
			return !slices.ContainsFunc(u.Wordings, func(w wordingRow) bool { return w.Published.To.After(from) })
		})
	}
	out := cmd.OutOrStdout()
	switch {
	case asked(cmd, "json"):
		err = writeJSON(out, struct {
			Total      int            `json:"total"`
			Utterances []utteranceRow `json:"utterances"`
		}{len(rows), rows})
	case asked(cmd, "jsonl"):
		for _, u := range rows {
			if err = writeJSONL(out, u); err != nil {
				break
			}
		}
	case asked(cmd, "plain"):
		for _, u := range rows {
			for _, w := range u.Wordings {
				fields := []string{w.Published.String(), u.Name, w.Kind, w.Class, w.Polarity, strings.Join(w.Via, ", "), u.Why,
					w.Source, strconv.Itoa(w.Span.Start), strconv.Itoa(w.Span.End), w.Words}
				for i := range fields {
					fields[i] = term.Line(fields[i])
				}
				if _, err = fmt.Fprintln(out, strings.Join(fields, "\t")); err != nil {
					return err
				}
			}
		}
	default:
		printSaid(cmd, result, rows)
	}
	if err != nil {
		return err
	}
	return problems.Err()
}

// parseDay reads a day, a month or a year, and returns when it begins.
func parseDay(s string) (time.Time, error) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("no date: %q (want 2025-12-03, 2025-12 or 2025)", s)
}

// utteranceRows gathers what the utterances of result point at.
func utteranceRows(result *record.Result) []utteranceRow {
	docs := map[stemma.ReportID]*stemma.Document{}
	for _, doc := range result.Documents {
		docs[doc.Report.ID] = doc
	}
	name := map[stemma.ActorID]string{}
	for _, a := range result.Record.Actors {
		name[a.ID] = a.Name
	}
	rows := []utteranceRow{}
	for _, u := range result.Record.Utterances {
		row := utteranceRow{Utterance: u, Name: name[u.Speaker]}
		for _, w := range u.Wordings {
			doc := docs[w.Report]
			st := &doc.Statements[w.Statement]
			r := wordingRow{
				Wording: w, Words: doc.Text(w.Span), Source: doc.Report.Source, Outlet: doc.Report.Outlet,
				Published: doc.Report.Published, Kind: string(st.Kind), Class: st.Class, Polarity: st.Polarity,
				Modality: st.Modality, Standing: st.Standing, Unclosed: st.Unclosed, doc: doc, statement: st,
			}
			if r.Published.IsZero() {
				r.Published = doc.Anchor
			}
			if !st.Cue.IsZero() {
				r.Cue = doc.Text(st.Cue)
			}
			if !st.Speaker.IsZero() {
				r.Said = doc.Text(st.Speaker)
			}
			for _, v := range st.Via {
				if n := name[v.Actor]; n != "" {
					r.Via = append(r.Via, n)
				} else {
					r.Via = append(r.Via, doc.Text(v.Span))
				}
			}
			row.Wordings = append(row.Wordings, r)
		}
		rows = append(rows, row)
	}
	return rows
}

// printSaid prints utterances for people.
func printSaid(cmd *cobra.Command, result *record.Result, rows []utteranceRow) {
	out, s, width := cmd.OutOrStdout(), style(cmd), columns(cmd)
	number := map[stemma.ReportID]int{}
	for i, doc := range result.Documents {
		number[doc.Report.ID] = i + 1
	}
	const gutter = 12 // a date and two spaces
	block := func(lead, text string) {
		fmt.Fprintln(out, term.Wrap(lead, text, gutter, width))
	}
	refs := func(ws []wordingRow) string {
		var ns []string
		for _, w := range ws {
			if n := strconv.Itoa(number[w.Report]); !slices.Contains(ns, n) {
				ns = append(ns, n)
			}
		}
		return s.Ref("[" + strings.Join(ns, " ") + "]")
	}
	marked := func(w wordingRow) string {
		words := term.Line(w.Words)
		switch {
		case len(w.statement.Quoted) == 0:
			return words
		case w.Unclosed:
			return "“" + words
		}
		return "“" + words + "”"
	}
	speakers := map[stemma.ActorID]bool{}
	for _, u := range rows {
		lead := u.Wordings[u.Lead]
		who := u.Name
		if who == "" {
			who = lead.Said
		}
		if who == "" {
			who = "somebody"
		}
		speakers[u.Speaker] = true
		head := s.Strong(term.Line(who))
		if len(lead.Via) > 0 {
			head += s.Faint(" (through " + term.Line(strings.Join(lead.Via, ", ")) + ")")
		}
		switch {
		case lead.Cue == "":
		case lead.Polarity == "negative":
			head += " " + s.Alert(term.Line(lead.Cue))
		case lead.Class != "say": // who denies or demands something has not said that it is so
			head += " " + term.Line(lead.Cue)
		}
		date := lead.Published.String()
		if len(date) > gutter-2 {
			date = date[:gutter-2]
		}
		same, other := []wordingRow{}, [][]wordingRow{}
		for _, w := range u.Wordings {
			if w.Same {
				same = append(same, w)
				continue
			}
			i := slices.IndexFunc(other, func(o []wordingRow) bool { return o[0].Words == w.Words })
			if i < 0 {
				other = append(other, nil)
				i = len(other) - 1
			}
			other[i] = append(other[i], w)
		}
		block(fmt.Sprintf("%-*s", gutter, date), head+": "+marked(lead)+" "+refs(same))
		for _, o := range other {
			block(strings.Repeat(" ", gutter), refs(o)+" "+marked(o[0]))
		}
		if u.Why != "" {
			block(strings.Repeat(" ", gutter), s.Faint("— "+u.Why))
		}
	}
	fmt.Fprintln(out)
	for i, doc := range result.Documents {
		block(fmt.Sprintf("%-*s", gutter, "["+strconv.Itoa(i+1)+"]"), term.Line(strings.TrimSpace(doc.Report.Published.String()+"  "+doc.Report.Outlet+"  "+doc.Report.Source)))
	}
	fmt.Fprintf(out, "%s by %s in %s\n", count(len(rows), "utterance"), count(len(speakers), "speaker"), count(len(result.Documents), "report"))
}
