package stemma

// An EventType is a PLOVER event type: "CONSULT", "THREATEN".
type EventType string

// An Event is something an actor did to another, coded in PLOVER's terms.
type Event struct {
	Type       EventType `json:"type"`
	Mode       string    `json:"mode,omitempty"`    // PLOVER mode: "visit"
	Context    []string  `json:"context,omitempty"` // PLOVER contexts: "territory"
	CAMEO      string    `json:"cameo,omitempty"`   // CAMEO code, where the verb pattern gives one: "036"
	Actors     []ActorID `json:"actors"`            // who acted
	Recipients []ActorID `json:"recipients"`        // upon whom

	// ActorCodes and RecipientCodes are the CAMEO codes of Actors and
	// Recipients, one for each or none at all: "USAGOV", "" if unknown.
	ActorCodes     []string `json:"actor_codes,omitempty"`
	RecipientCodes []string `json:"recipient_codes,omitempty"`

	When       Interval `json:"when,omitzero"`
	Inferred   bool     `json:"inferred,omitempty"` // When rests on an inferred publication date
	Where      ActorID  `json:"where,omitempty"`
	Status     string   `json:"status,omitempty"`      // held, planned, proposed, conditional, denied, cancelled; empty is held
	AssertedBy ActorID  `json:"asserted_by,omitempty"` // who says so, if not the report itself
	KnownSince Interval `json:"known_since,omitzero"`  // publication of the first report that tells of it
	Origins    int      `json:"origins,omitempty"`     // independent origins among the evidence; set in a Record
	Evidence   []Cite   `json:"evidence"`              // the words that tell of it
	Rule       string   `json:"rule"`
}
