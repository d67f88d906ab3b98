package quote

// Labels of units, as the models learn them. A part begins (B), goes on (I)
// and ends (L), or is one unit (U); a unit outside is O with what part the
// clause had last, so that the model remembers it: a cue still waits for its
// content ("Oc"), a content for its cue ("Ok").
var labelNames = []string{
	"O", "Os", "Oc", "Ok",
	"Bs", "Is", "Ls", "Us",
	"Bc", "Ic", "Lc", "Uc",
	"Bk", "Ik", "Lk", "Uk",
}

const (
	labelB = iota
	labelI
	labelL
	labelU
)

func partLabel(r role, place int) uint8 { return uint8(4*int(r) + place) }

// labelRole returns the role that label gives a unit.
func labelRole(label uint8) role { return role(label / 4) }

// step reports whether label to may follow label from; -1 stands for the ends
// of a clause.
func step(from, to int) bool {
	if from < 0 {
		return to < 0 || to == 0 || to >= 4 && (to%4 == labelB || to%4 == labelU)
	}
	opened := from >= 4 && (from%4 == labelB || from%4 == labelI)
	if to < 0 {
		return !opened
	}
	if opened {
		return to >= 4 && to/4 == from/4 && (to%4 == labelI || to%4 == labelL)
	}
	if to >= 4 {
		return to%4 == labelB || to%4 == labelU
	}
	// O remembers.
	if from < 4 {
		return to == from
	}
	return to == from/4
}

// encode writes the labels of a clause's units for the roles given to them;
// starts says where a new part begins although the role is the same.
func encode(roles []role, starts []bool) []uint8 {
	out := make([]uint8, len(roles))
	last := none
	for i := 0; i < len(roles); {
		r := roles[i]
		if r == none {
			out[i] = uint8(last)
			i++
			continue
		}
		j := i + 1
		for j < len(roles) && roles[j] == r && !starts[j] {
			j++
		}
		for k := i; k < j; k++ {
			place := labelI
			switch {
			case j-i == 1:
				place = labelU
			case k == i:
				place = labelB
			case k == j-1:
				place = labelL
			}
			out[k] = partLabel(r, place)
		}
		last = r
		i = j
	}
	return out
}

// decode appends the parts that labels give to the units from first on.
func (l *layout) decode(parts []part, ci int, labels []uint8) []part {
	c := l.clauses[ci]
	for i := 0; i < len(labels); {
		r := labelRole(labels[i])
		if r == none {
			i++
			continue
		}
		j := i + 1
		if p := labels[i] % 4; p == labelB || p == labelI {
			for j < len(labels) && labelRole(labels[j]) == r && (labels[j]%4 == labelI || labels[j]%4 == labelL) {
				j++
				if labels[j-1]%4 == labelL {
					break
				}
			}
		}
		parts = append(parts, part{r, int(c.first) + i, int(c.first) + j, int(c.paragraph), ci})
		i = j
	}
	return parts
}

// labels returns the labels of all units that make parts.
func (l *layout) labels(parts []part) []uint8 {
	n := len(l.units)
	roles, starts := make([]role, n), make([]bool, n)
	for _, p := range parts {
		for u := p.first; u < p.end; u++ {
			roles[u] = p.role
		}
		starts[p.first] = true
	}
	out := make([]uint8, 0, n)
	for _, c := range l.clauses {
		out = append(out, encode(roles[c.first:c.end], starts[c.first:c.end])...)
	}
	return out
}
