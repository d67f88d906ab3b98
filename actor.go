package stemma

// An ActorID names an actor across all reports: "volodymyr-zelenskyy".
type ActorID string

// An ActorKind says what sort of thing an actor is.
type ActorKind string

const (
	Person       ActorKind = "person"
	Organisation ActorKind = "organisation"
	Place        ActorKind = "place"
	Work         ActorKind = "work"        // a document: "28-point plan"
	Nationality  ActorKind = "nationality" // "Russian", "Ukrainians"
	Role         ActorKind = "role"        // an office without its holder: "a Kremlin aide"
)

// An Actor is a person, organisation, place or document that reports name.
type Actor struct {
	ID      ActorID   `json:"id"`
	Kind    ActorKind `json:"kind"`
	Name    string    `json:"name"`              // preferred form: "Volodymyr Zelenskyy"
	Aliases []string  `json:"aliases,omitempty"` // other forms seen: "Zelensky"
	Roles   []string  `json:"roles,omitempty"`   // descriptions given with the name: "US envoy"
	Related []ActorID `json:"related,omitempty"` // distinct but standing for each other: kremlin, moscow, russia
}

// A MentionForm says how a mention names its actor.
type MentionForm string

const (
	ByName        MentionForm = "name"        // "Zelensky"
	ByDescription MentionForm = "description" // "the Ukrainian president"
	ByPronoun     MentionForm = "pronoun"     // "he"
)

// A Mention is one place in a report that names an actor, be it by name
// ("Zelensky"), by description ("the Ukrainian president") or by pronoun.
type Mention struct {
	Span
	Kind  ActorKind   `json:"kind"`
	Form  MentionForm `json:"form"`
	Actor ActorID     `json:"actor,omitempty"` // empty if unresolved
	Role  Span        `json:"role,omitzero"`   // the title or office given with the name: "US envoy"
}
