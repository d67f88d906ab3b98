package stemma

// A Witness is a report as it takes part in a collation.
type Witness struct {
	Sigil  string   `json:"sigil"` // short name in the apparatus: "A"
	Report ReportID `json:"report"`
}

// A Reading is what one witness has at a locus. An empty Span at the place
// where the words would stand means the witness omits them.
type Reading struct {
	Witness int  `json:"witness"` // index into Collation.Witnesses
	Span    Span `json:"span"`
}

// A VariantKind says how the readings at a locus differ.
type VariantKind string

const (
	Same         VariantKind = "same"
	Spelling     VariantKind = "spelling"   // Kyiv / Kiev
	Format       VariantKind = "format"     // 14 October / Oct. 14; “ / "
	Inflection   VariantKind = "inflection" // agrees / agreed
	Function     VariantKind = "function"   // a function word: the, of
	Synonym      VariantKind = "synonym"    // core issues / key issues
	Phrase       VariantKind = "phrase"     // said again in other words
	Voice        VariantKind = "voice"      // active / passive
	Reordering   VariantKind = "reordering" // the same words elsewhere
	Division     VariantKind = "division"   // sentences split or merged
	Mode         VariantKind = "mode"       // direct / indirect speech
	Quotation    VariantKind = "quotation"  // words within quotation marks altered
	Attribution  VariantKind = "attribution"
	NameChange   VariantKind = "name"     // another name or role
	Number       VariantKind = "number"   // a number differs
	Date         VariantKind = "date"     // a date differs
	Negation     VariantKind = "negation" // polarity turned
	Modality     VariantKind = "modality" // certainty changed
	Scope        VariantKind = "scope"    // quantifier changed: all / some
	Roles        VariantKind = "roles"    // who does what to whom is turned round
	Omission     VariantKind = "omission"
	Addition     VariantKind = "addition"
	FurnitureVar VariantKind = "furniture" // furniture added or dropped
	DamageVar    VariantKind = "damage"    // a mark lost, a sentence cut
	Substitution VariantKind = "substitution"
)

// A Severity says how much a variant matters to what is told.
type Severity string

const (
	Cosmetic       Severity = "cosmetic"
	Stylistic      Severity = "stylistic"
	MeaningBearing Severity = "meaning-bearing"
)

// A Locus is one place in the text and what each witness reads there.
type Locus struct {
	Kind     VariantKind `json:"kind"`
	Severity Severity    `json:"severity,omitempty"` // empty for Same
	Readings []Reading   `json:"readings"`           // one for each witness, in their order
	Bead     int         `json:"bead"`               // index into Collation.Beads
	Weight   float64     `json:"weight,omitempty"`   // order among variants of one severity: more is weightier
	Note     string      `json:"note,omitempty"`     // the values that differ: "nineteen / 90 (×4.7)"
	Quoted   bool        `json:"quoted,omitempty"`   // within quotation marks
	Inner    VariantKind `json:"inner,omitempty"`    // of kind Quotation: the kind that the words would have outside of the marks
	Move     int         `json:"move,omitempty"`     // number shared by the two ends of a move; 0 if none
	Rule     string      `json:"rule"`
}

// A Bead is a place in the sentence alignment: the sentences of each witness
// that say the same thing (Gale and Church 1993). A witness without any omits
// them.
type Bead struct {
	Sentences [][]int `json:"sentences"` // for each witness, indices into its Document's Sentences
	Score     float64 `json:"score"`     // likeness, 0 to 1; 0 where only one side has sentences
	Moved     bool    `json:"moved,omitempty"`
}

// A Collation is two or more witnesses set side by side, locus by locus, in
// the order of the first. Every token of every witness is in exactly one
// locus; tokens of sentences that moved stand at the place of the first.
type Collation struct {
	Witnesses []Witness `json:"witnesses"`
	Beads     []Bead    `json:"beads"`
	Loci      []Locus   `json:"loci"`
}
