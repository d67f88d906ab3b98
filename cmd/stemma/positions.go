package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/actor"
	"stemma/export"
)

func newPositions() *cobra.Command {
	cmd := newLedgerVerb("positions", "List where each actor stands on each issue, and how that moved",
		`Positions lists what actors demand, accept, offer, reject, make a condition or
draw as a red line, issue by issue, in their words, earliest first. Each is set
against the actor’s last on the same issue: new, the same, hardened, softened,
or said beside it.`,
		`  stemma positions examples/kost
  stemma positions --who Velick examples/kost
  stemma positions --who Osvia --as md examples/kost`,
		[]string{"table", "json", "csv", "md"},
		func(cmd *cobra.Command, b *books, from time.Time) (*export.Ledger, any, error) {
			list := without(b.Positions, func(p *stemma.Position) bool { return before(p.Entry, from) })
			if who, _ := cmd.Flags().GetString("who"); who != "" {
				ids := map[stemma.ActorID]bool{}
				for _, a := range actor.Named(b.Record.Actors, who) {
					ids[a.ID] = true
				}
				if len(ids) == 0 {
					return nil, nil, withHint(fmt.Errorf("nobody called %q in the reports", who), "stemma who lists who is there")
				}
				list = without(list, func(p *stemma.Position) bool { return !ids[p.Actor] })
			}
			return export.Positions(b.Documents, b.Record, list), list, nil
		})
	cmd.Flags().String("who", "", "only the positions of `ACTOR`: a name, a surname, an alias or an actor's ID")
	return cmd
}
