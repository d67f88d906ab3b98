package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/internal/term"
	"stemma/record"
)

func newWho() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "who [FLAGS] INPUT…",
		DisableFlagsInUseLine: true,
		Short:                 "List the persons, bodies and places that the reports speak of",
		Long: `Who lists the actors of the reports, those who say most first: under one name
all spellings, with the roles given to them. Without --all it leaves out
places, and roles without a holder ("officials") that say nothing.

Where two entries are one person, or one is two, say so in a file of decisions:
{"op":"merge","actor":"ID","into":"ID"} on a line of its own, and name the file
with --decisions. It is applied after every analysis and can be undone.`,
		Example: `  stemma who examples/kost
  stemma who --all --plain examples/kost
  stemma who --decisions decisions.jsonl examples/kost`,
		Args: cobra.ArbitraryArgs,
		RunE: runWho,
	}
	cmd.Flags().Bool("all", false, "list places and silent roles too")
	addListFlags(cmd)
	addDecisionsFlag(cmd)
	return cmd
}

// An actorRow is an actor with how often the reports have it.
type actorRow struct {
	stemma.Actor
	Reports    int `json:"reports"`    // reports that name it
	Mentions   int `json:"mentions"`   // places that do
	Statements int `json:"statements"` // statements it makes
	Passed     int `json:"passed"`     // statements of others that came through it
}

func runWho(cmd *cobra.Command, args []string) error {
	result, problems, err := build(cmd, args)
	if err != nil {
		return err
	}
	rows := actorRows(result)
	total := len(rows)
	if !asked(cmd, "all") {
		rows = slices.DeleteFunc(rows, func(r actorRow) bool {
			switch r.Kind {
			case stemma.Person, stemma.Organisation:
				return false
			}
			return r.Statements+r.Passed == 0
		})
	}
	out := cmd.OutOrStdout()
	switch {
	case asked(cmd, "json"):
		err = writeJSON(out, struct {
			Total  int        `json:"total"` // with those left out
			Actors []actorRow `json:"actors"`
		}{total, rows})
	case asked(cmd, "jsonl"):
		for _, r := range rows {
			if err = writeJSONL(out, r); err != nil {
				break
			}
		}
	case asked(cmd, "plain"):
		for _, r := range rows {
			fields := []string{string(r.ID), string(r.Kind), r.Name, strconv.Itoa(r.Statements), strconv.Itoa(r.Mentions), strconv.Itoa(r.Reports),
				strings.Join(r.Aliases, " | "), strings.Join(r.Roles, " | ")}
			for i := range fields {
				fields[i] = term.Line(fields[i])
			}
			if _, err = fmt.Fprintln(out, strings.Join(fields, "\t")); err != nil {
				return err
			}
		}
	default:
		printWho(cmd, rows, total)
	}
	if err != nil {
		return err
	}
	return problems.Err()
}

// actorRows counts what each actor does, those who say most first.
func actorRows(result *record.Result) []actorRow {
	rows := make([]actorRow, len(result.Record.Actors))
	at := map[stemma.ActorID]*actorRow{}
	for i, a := range result.Record.Actors {
		rows[i].Actor = a
		at[a.ID] = &rows[i]
	}
	for _, doc := range result.Documents {
		seen := map[stemma.ActorID]bool{}
		see := func(id stemma.ActorID) *actorRow {
			r := at[id]
			if r != nil && !seen[id] {
				seen[id] = true
				r.Reports++
			}
			return r
		}
		for _, m := range doc.Mentions {
			if r := see(m.Actor); r != nil {
				r.Mentions++
			}
		}
		for _, st := range doc.Statements {
			if r := see(st.Actor); r != nil {
				r.Statements++
			}
			for _, v := range st.Via {
				if r := see(v.Actor); r != nil {
					r.Passed++
				}
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b actorRow) int {
		return cmp.Or(-cmp.Compare(a.Statements, b.Statements), -cmp.Compare(a.Mentions, b.Mentions), cmp.Compare(a.ID, b.ID))
	})
	return rows
}

// printWho prints actors for people: a table, with other spellings and roles
// below each.
func printWho(cmd *cobra.Command, rows []actorRow, total int) {
	out, s, width := cmd.OutOrStdout(), style(cmd), columns(cmd)
	const name, indent = 32, 19
	fmt.Fprintln(out, s.Faint(fmt.Sprintf("%5s %5s %5s  %s", "said", "named", "in", "who")))
	for _, r := range rows {
		who := term.Line(r.Name)
		kind := ""
		if r.Kind != stemma.Person {
			kind = string(r.Kind) + "  "
		}
		pad := max(1, name-term.Width(who))
		fmt.Fprintf(out, "%5d %5d %5d  %s%s%s\n", r.Statements, r.Mentions, r.Reports,
			s.Strong(who), strings.Repeat(" ", pad), s.Faint(kind+string(r.ID)))
		below := func(label string, list []string) {
			if len(list) == 0 {
				return
			}
			fmt.Fprintln(out, term.Wrap(strings.Repeat(" ", indent), s.Faint(label)+term.Line(strings.Join(list, " · ")), indent+2, width))
		}
		below("also ", r.Aliases)
		below("as ", r.Roles)
	}
	fmt.Fprintf(out, "%s", count(len(rows), "actor"))
	if total > len(rows) {
		fmt.Fprintf(out, ", %d more with --all", total-len(rows))
	}
	fmt.Fprintln(out)
}
