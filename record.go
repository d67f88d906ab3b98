package stemma

// A Story is the reports that follow one running affair. (The literature on
// topic detection calls this a topic and one report a story.)
type Story struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	Reports []ReportID `json:"reports"` // earliest first
}

// A Discrepancy is a matter on which reports do not agree: a number, a date, a
// speaker, a wording, a denial.
type Discrepancy struct {
	Kind     VariantKind `json:"kind"`
	Severity Severity    `json:"severity"`
	Question string      `json:"question"` // "How many documents were handed over?"
	Sides    [][]Cite    `json:"sides"`    // one per answer
	Weight   float64     `json:"weight"`   // order: more is weightier
	Copied   bool        `json:"copied"`   // between a copy and its exemplar, not between independent origins
}

// A Record is all that is known of one story.
type Record struct {
	Story         Story         `json:"story"`
	Outlets       []string      `json:"outlets"`
	Origins       int           `json:"origins"` // independent origins: roots of the Stemmata
	Actors        []Actor       `json:"actors"`
	Copies        []Copy        `json:"copies"`
	Stemmata      []Stemma      `json:"stemmata"`
	Utterances    []Utterance   `json:"utterances"`
	Timeline      []Event       `json:"timeline"` // earliest first
	Discrepancies []Discrepancy `json:"discrepancies"`
}
