package actor

import (
	"slices"

	"stemma"
)

// A Decision is what a person decided about actors. It is kept apart from what
// the reports say, and is applied anew after every analysis.
type Decision struct {
	Op     string          `json:"op"`               // "merge", "split" or "rename"
	Actor  stemma.ActorID  `json:"actor"`            // whom it is about
	Into   stemma.ActorID  `json:"into,omitempty"`   // merge: with whom; split: the new actor's ID
	Name   string          `json:"name,omitempty"`   // rename: the new name; split: of the new actor
	Report stemma.ReportID `json:"report,omitempty"` // split: the report whose mentions are somebody else's; empty for all that use Form
	Form   string          `json:"form,omitempty"`   // split: the form of the name that is somebody else's; empty for all in Report
}

// decide applies decisions in their order. One that names an actor who is not
// there does nothing: its reports may be elsewhere.
func (l *linker) decide(decisions []Decision) {
	for _, d := range decisions {
		c := l.find(d.Actor)
		if c == nil {
			continue
		}
		switch d.Op {
		case "merge":
			into := l.find(d.Into)
			if into == nil || into == c {
				continue
			}
			into.locals = append(into.locals, c.locals...)
			c.locals = nil
		case "split":
			n := &class{parts: c.parts, kind: c.kind, id: d.Into, name: d.Name}
			c.locals = slices.DeleteFunc(c.locals, func(lo *local) bool {
				out := (d.Report == "" || lo.report == d.Report) && (d.Form == "" || lo.forms[d.Form] > 0) && (d.Report != "" || d.Form != "")
				if out {
					n.locals = append(n.locals, lo)
				}
				return out
			})
			if len(n.locals) > 0 {
				l.classes = append(l.classes, n)
			}
		case "rename":
			c.name = d.Name
		}
	}
}

// find returns the class that goes by id: as its own ID or as the slug of a
// form of its name, so that a decision still finds its actor when more reports
// have changed which form is preferred.
func (l *linker) find(id stemma.ActorID) *class {
	if id == "" {
		return nil
	}
	var alias *class
	for _, c := range l.classes {
		if len(c.locals) == 0 {
			continue
		}
		if a, _ := l.actor(c); a.ID == id {
			return c
		}
		for _, lo := range c.locals {
			if lo.id == id {
				alias = c
			}
			for f := range lo.forms {
				if slug(f) == id {
					alias = c
				}
			}
		}
	}
	return alias
}
