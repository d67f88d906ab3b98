package stemma

// A CopyKind says how closely a copy keeps to its exemplar.
type CopyKind string

const (
	Verbatim CopyKind = "verbatim" // the same words
	Near     CopyKind = "near"     // cut or lightly edited
	Reworded CopyKind = "reworded" // the same sentences in other words
	Partial  CopyKind = "partial"  // passages of the exemplar in a text of its own
)

// A Copy says that one report, or part of it, was made from another.
type Copy struct {
	Exemplar  ReportID  `json:"exemplar"` // what was copied from
	Report    ReportID  `json:"report"`   // the copy
	Kind      CopyKind  `json:"kind"`
	Score     float64   `json:"score"`             // share of Report that comes from Exemplar, 0 to 1
	Direction float64   `json:"direction"`         // how sure we are which way round, 0.5 to 1; 0.5 is undetermined
	Support   float64   `json:"support,omitempty"` // share of bootstrap samples with this edge in the tree, 0 to 1
	Reasons   []Reason  `json:"reasons"`           // why a copy, and why this way round; weightiest first
	Passages  []Passage `json:"passages"`
}

// A Reason is a piece of evidence for the direction of a Copy.
type Reason struct {
	Rule    string  `json:"rule"`            // "specific-dropped", "unclosed-quotation"
	Weight  float64 `json:"weight"`          // log-odds; below 0 it speaks against
	Text    string  `json:"text"`            // for people: `drops "late on Tuesday"`
	Cites   []Cite  `json:"cites,omitempty"` // the words it rests on
	Against bool    `json:"against,omitempty"`
}

// A Passage is a stretch of text that both sides of a Copy share.
type Passage struct {
	Exemplar Span `json:"exemplar"`
	Copy     Span `json:"copy"`
}

// A Stemma is the family tree of reports that descend from one another.
type Stemma struct {
	Nodes []Node `json:"nodes"`           // parents before children
	Edges []Edge `json:"edges,omitempty"` // contamination: second sources, besides the tree's own edges
}

// A Node is a report in a Stemma, or a lost exemplar that several reports
// must share; Report is empty then.
type Node struct {
	Report  ReportID `json:"report,omitempty"`
	Parent  int      `json:"parent"`            // index into Nodes; -1 at the root
	Support float64  `json:"support,omitempty"` // of the edge to Parent, 0 to 1
}

// An Edge joins two Nodes of a Stemma beside its tree.
type Edge struct {
	From  int     `json:"from"` // index into Nodes: the second source
	To    int     `json:"to"`
	Score float64 `json:"score"` // share of To that comes from From and not from its parent
}
