package lexicon

import _ "embed"

// The word lists of our own that go into the table, for the program that
// builds it.
//
//go:embed en/titles.txt
var Titles string

//go:embed en/orgwords.txt
var OrgWords string

//go:embed en/organisations.txt
var Organisations string

//go:embed en/demonyms.txt
var Demonyms string
