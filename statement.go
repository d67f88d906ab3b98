package stemma

// A StatementKind says how a statement is given.
type StatementKind string

const (
	Direct   StatementKind = "direct"   // in quotation marks throughout
	Indirect StatementKind = "indirect" // in the reporter's words
	Mixed    StatementKind = "mixed"    // indirect, with words in quotation marks
)

// A Statement is one place where a report says what somebody said. Of
//
//	“There is a lot of work to be done,” Mr Ushakov told reporters.
//
// the Content is the words in quotation marks, the Cue is "told" and the
// Speaker is "Mr Ushakov". Span covers all parts but Via; it may overlap other
// statements.
type Statement struct {
	Span
	Kind       StatementKind `json:"kind"`
	Content    []Span        `json:"content"` // in text order; several if the cue interrupts; outermost quotation marks included
	Quoted     []Span        `json:"quoted"`  // parts of Content in quotation marks, marks excluded
	Cue        Span          `json:"cue,omitzero"`
	Speaker    Span          `json:"speaker,omitzero"`
	Actor      ActorID       `json:"actor,omitempty"`      // who Speaker is, once resolved
	Via        []Source      `json:"via,omitempty"`        // through whom it reached us, nearest the speaker first
	Class      string        `json:"class,omitempty"`      // class of the cue: say, deny, demand, promise, threaten, ask, believe, rule …
	Polarity   string        `json:"polarity,omitempty"`   // "negative" for "did not say"; empty if plain
	Modality   string        `json:"modality,omitempty"`   // "would", "may": of what is said; empty if plain
	Condition  Span          `json:"condition,omitzero"`   // "if …" that what is said hangs on
	Standing   string        `json:"standing,omitempty"`   // "record", "unnamed", "document"
	Unclosed   bool          `json:"unclosed,omitempty"`   // its closing quotation mark is lost
	Confidence float64       `json:"confidence,omitempty"` // 0 to 1; 0 if the rule gives none
	Rule       string        `json:"rule"`                 // the rule that found it: "cue-after"
}

// A Source is somebody, or something, that passed a statement on.
type Source struct {
	Span  Span    `json:"span"`
	Actor ActorID `json:"actor,omitempty"`
}

// An Utterance is one thing once said, in all the wordings reports give it.
type Utterance struct {
	Speaker  ActorID   `json:"speaker,omitempty"`
	Wordings []Wording `json:"wordings"` // earliest report first
	Lead     int       `json:"lead"`     // index of the earliest and fullest wording
	Altered  bool      `json:"altered"`  // two wordings differ inside quotation marks
	Why      string    `json:"why,omitempty"`
}

// A Wording is an Utterance as one report gives it.
type Wording struct {
	Cite
	Statement int  `json:"statement"` // index into the Document's Statements
	Same      bool `json:"same"`      // the same words as the lead, marks and spelling of names aside
}
