package event

import "stemma"

// PLOVER's event types, after the manual of 2021 (version 0.8).
const (
	Agree     stemma.EventType = "AGREE"
	Consult   stemma.EventType = "CONSULT"
	Support   stemma.EventType = "SUPPORT"
	Concede   stemma.EventType = "CONCEDE"
	Cooperate stemma.EventType = "COOPERATE"
	Aid       stemma.EventType = "AID"
	Retreat   stemma.EventType = "RETREAT"
	Request   stemma.EventType = "REQUEST"
	Accuse    stemma.EventType = "ACCUSE"
	Reject    stemma.EventType = "REJECT"
	Threaten  stemma.EventType = "THREATEN"
	Protest   stemma.EventType = "PROTEST"
	Sanction  stemma.EventType = "SANCTION"
	Mobilize  stemma.EventType = "MOBILIZE"
	Coerce    stemma.EventType = "COERCE"
	Assault   stemma.EventType = "ASSAULT"
)

// What became of an event. "" is read as Held.
const (
	Held        = "held"
	Planned     = "planned"
	Proposed    = "proposed"
	Conditional = "conditional"
	Denied      = "denied"
	Cancelled   = "cancelled"
)

// TypeOf returns the PLOVER type of a CAMEO code: "CONSULT" of "046"; "" for
// statements and appeals (01, 02), which PLOVER does not count as events.
func TypeOf(code string) stemma.EventType {
	switch root(code) {
	case "03":
		return Agree
	case "04":
		return Consult
	case "05":
		return Support
	case "06":
		return Cooperate
	case "07":
		return Aid
	case "08":
		if len(code) >= 3 && code[2] >= '4' {
			return Retreat
		}
		return Concede
	case "09", "11":
		return Accuse
	case "10":
		return Request
	case "12":
		return Reject
	case "13":
		return Threaten
	case "14":
		return Protest
	case "15":
		return Mobilize
	case "16":
		return Sanction
	case "17":
		return Coerce
	case "18", "20":
		return Assault
	case "19":
		if code == "191" { // blockades restrict
			return Coerce
		}
		return Assault
	}
	return ""
}

// A Quad is PLOVER's coarsest class of an event type: whether words or deeds,
// in cooperation or in conflict.
type Quad string

const (
	VerbalCooperation   Quad = "verbal cooperation"
	MaterialCooperation Quad = "material cooperation"
	VerbalConflict      Quad = "verbal conflict"
	MaterialConflict    Quad = "material conflict"
)

// QuadOf returns the quad class of a type, after the manual of 2021.
func QuadOf(t stemma.EventType) Quad {
	switch t {
	case Agree, Consult, Support, Concede:
		return VerbalCooperation
	case Cooperate, Aid, Retreat:
		return MaterialCooperation
	case Request, Accuse, Reject, Threaten:
		return VerbalConflict
	case Protest, Sanction, Mobilize, Coerce, Assault:
		return MaterialConflict
	}
	return ""
}

// modes is the PLOVER mode that a CAMEO code implies, by the longest code
// that begins it.
var modes = map[string]string{
	"041": "phone", "042": "visit", "043": "visit", "044": "third-party",
	"0841": "release", "0842": "return", "086": "access", "087": "disarm", "0871": "ceasefire", "0872": "withdraw", "0874": "withdraw",
	"09": "investigate", "101": "assist", "102": "assist", "103": "assist", "104": "change", "105": "yield", "106": "meet", "107": "meet", "108": "meet",
	"110": "disapprove", "111": "disapprove", "112": "allege", "113": "disapprove", "114": "disapprove", "115": "allege", "116": "allege",
	"121": "assist", "122": "assist", "123": "change", "124": "yield", "125": "meet", "126": "meet", "127": "meet",
	"1312": "restrict", "1313": "relations", "131": "relations", "132": "restrict", "134": "relations", "135": "relations", "136": "expel",
	"137": "violence", "138": "violence", "1381": "restrict", "1382": "territory",
	"141": "demo", "142": "hunger", "143": "strike", "144": "obstruct", "145": "riot",
	"151": "police", "152": "troops", "153": "police", "154": "troops",
	"161": "discontinue", "162": "discontinue", "163": "discontinue", "164": "withdraw", "165": "withdraw", "166": "expel",
	"1711": "seize", "1721": "restrict", "1722": "restrict", "1723": "curfew", "1724": "martial-law", "173": "arrest", "174": "deport",
	"181": "abduct", "182": "beat", "1821": "sexual", "1822": "torture", "183": "explosives", "1831": "suicide-attack", "185": "targeted", "186": "targeted",
	"193": "firearms", "194": "heavy-weapons", "195": "aerial", "204": "unconventional",
}

// modeOf returns the PLOVER mode that a CAMEO code implies; "" if none.
func modeOf(code string) string {
	for n := len(code); n >= 2; n-- {
		if m, ok := modes[code[:n]]; ok {
			return m
		}
	}
	return ""
}
