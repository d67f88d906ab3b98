package stemma

// The ledgers of a negotiation: what an analyst keeps by hand. Every entry
// rests on words in reports, which its Cites give, and says when it happened
// and since when it is known.

// An Entry is what the entries of all ledgers have.
type Entry struct {
	When       Interval `json:"when,omitzero"`        // when it happened, or is to happen; zero if no report says
	Inferred   bool     `json:"inferred,omitempty"`   // When rests on an inferred publication date
	KnownSince Interval `json:"known_since,omitzero"` // publication of the first report that tells of it
	Origins    int      `json:"origins,omitempty"`    // independent origins among the reports that tell of it
	Cites      []Cite   `json:"cites"`                // the words that tell of it, earliest report first
}

// A Meeting is talks, a call, a visit or a summit: held, announced or
// cancelled.
type Meeting struct {
	Entry
	Format       string    `json:"format"`               // talks, meeting, call, visit, summit
	Level        string    `json:"level,omitempty"`      // leaders, ministers, envoys, officials: the highest named
	Participants []ActorID `json:"participants"`         // persons and offices, then countries
	Sides        []ActorID `json:"sides,omitempty"`      // the countries or bodies that the participants stand for
	Mediator     ActorID   `json:"mediator,omitempty"`   // who chaired or mediated
	Where        ActorID   `json:"where,omitempty"`      //
	Duration     string    `json:"duration,omitempty"`   // ISO 8601: "PT5H"
	DurationSaid []Cite    `json:"said,omitempty"`       // the words for it: "nearly five-hour"
	Status       string    `json:"status"`               // held, planned, proposed, conditional, denied, cancelled: as last known
	History      []Turn    `json:"history,omitempty"`    // what it was said to be, earliest first; left out if it never changed
	Readouts     []Readout `json:"readouts,omitempty"`   // what each side said of it, side by side
	NoReadout    []ActorID `json:"no_readout,omitempty"` // sides of which no report gives a read-out
}

// A Turn is one state of an entry and since when it was known.
type Turn struct {
	Status     string   `json:"status"`
	KnownSince Interval `json:"known_since,omitzero"`
	Cite       Cite     `json:"cite"`
}

// A Readout is what one actor said of a meeting.
type Readout struct {
	Side  ActorID `json:"side,omitempty"`  // whom the actor stands for; empty if unknown
	Actor ActorID `json:"actor,omitempty"` // who said it
	Cites []Cite  `json:"cites"`
}

// A Proposal is what is negotiated about: a plan, draft, framework or
// document, or an offer or demand that has no name.
type Proposal struct {
	Entry
	Name     string     `json:"name"`               // as the reports first call it: "28-point proposal"; of an offer, what is offered: "to clear the mines within 60 days"
	Noun     string     `json:"noun"`               // plan, proposal, framework, document, draft; offer, demand
	Points   int        `json:"points,omitempty"`   // of a "28-point" plan
	Count    int        `json:"count,omitempty"`    // of "four new documents"
	Drafted  []ActorID  `json:"drafted,omitempty"`  // who wrote it
	From     []ActorID  `json:"from,omitempty"`     // who put it forward
	To       []ActorID  `json:"to,omitempty"`       // who received it
	BasedOn  string     `json:"based_on,omitempty"` // Name of the proposal it goes back to
	Terms    []Cite     `json:"terms,omitempty"`    // the condition on which it is made: "if Osvia withdrew its boats"
	Changes  []Cite     `json:"changes,omitempty"`  // words on points put in or taken out
	Answers  []Reaction `json:"answers,omitempty"`  // who accepted or rejected it, in their words
	Mentions int        `json:"mentions"`           // how often reports speak of it
}

// A Reaction is what one actor holds of a proposal.
type Reaction struct {
	Actor  ActorID `json:"actor"`
	Stance Stance  `json:"stance"`
	Cite   Cite    `json:"cite"`
}

// A Stance is how an actor stands to an issue.
type Stance string

const (
	Accepts    Stance = "accept"
	Offers     Stance = "offer" // promises, is ready to
	Conditions Stance = "condition"
	Demands    Stance = "demand"
	Rejects    Stance = "reject"
	RedLine    Stance = "red line" // never, under no circumstances
)

// A Position is where an actor stands on an issue at a time, in the actor's
// words.
type Position struct {
	Entry
	Actor    ActorID  `json:"actor"`
	Issue    string   `json:"issue"`
	Stance   Stance   `json:"stance"`
	Quoted   bool     `json:"quoted,omitempty"`   // given in quotation marks
	Via      []Source `json:"via,omitempty"`      // through whom it reached the reports
	Movement string   `json:"movement"`           // new, same, beside, hardened, softened: against the actor's last on this issue; beside: said together with it
	Previous *Cite    `json:"previous,omitempty"` // the last one
	Rule     string   `json:"rule"`
}

// An OpenItem is what is not settled: a condition, a deadline, a promise, a
// meeting announced, or what else is to happen on a day.
type OpenItem struct {
	Entry
	Kind     string   `json:"kind"`            // condition, deadline, promise, meeting, plan
	Actor    ActorID  `json:"actor,omitempty"` // whose condition or promise
	Due      Interval `json:"due,omitzero"`    // when it falls due, if a report says
	Status   string   `json:"status"`          // open, met, off, passed: its day is past and no report tells what came of it
	ClosedBy *Cite    `json:"closed_by,omitempty"`
	Closed   Interval `json:"closed,omitzero"` // since when it is known to be closed
	Rule     string   `json:"rule"`
}

// A Denial is a denial or a correction, with what it denies or corrects where
// the reports have it.
type Denial struct {
	Entry
	Kind  string  `json:"kind"`            // denial, correction
	Actor ActorID `json:"actor,omitempty"` // who denies or corrects; empty for the report itself
	Of    []Cite  `json:"of,omitempty"`    // the words denied or corrected, where other reports have them
	Rule  string  `json:"rule"`
}

// An Incident is a threat or an act of force.
type Incident struct {
	Entry
	Type       EventType `json:"type"`   // THREATEN, MOBILIZE, COERCE, ASSAULT …
	Threat     bool      `json:"threat"` // words, not deeds
	Status     string    `json:"status,omitempty"`
	Actors     []ActorID `json:"actors"`
	Recipients []ActorID `json:"recipients"`
	Where      ActorID   `json:"where,omitempty"`
}

// Ledgers are all the ledgers of one record.
type Ledgers struct {
	Meetings  []Meeting  `json:"meetings"`
	Proposals []Proposal `json:"proposals"`
	Positions []Position `json:"positions"`
	Open      []OpenItem `json:"open"`
	Denials   []Denial   `json:"denials"`
	Incidents []Incident `json:"incidents"`
}
