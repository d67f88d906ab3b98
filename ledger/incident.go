package ledger

import (
	"slices"

	"stemma"
)

// incidents makes the ledger of threats and acts of force.
func (b *book) incidents() []stemma.Incident {
	var out []stemma.Incident
	for i := range b.rec.Timeline {
		e := &b.rec.Timeline[i]
		switch e.Type {
		case "THREATEN", "MOBILIZE", "COERCE", "ASSAULT", "SANCTION":
		default:
			continue
		}
		if len(e.Actors)+len(e.Recipients) == 0 || e.Status == "denied" {
			continue // what is denied stands among the denials
		}
		cites := slices.DeleteFunc(slices.Clone(e.Evidence), func(c stemma.Cite) bool { return b.doc(c) == nil })
		if len(cites) == 0 {
			continue
		}
		in := stemma.Incident{
			Entry: b.entry(cites), Type: e.Type, Threat: e.Type == "THREATEN", Status: e.Status,
			Actors: e.Actors, Recipients: e.Recipients, Where: e.Where,
		}
		in.When, in.Inferred = e.When, e.Inferred
		out = append(out, in)
	}
	return out
}
