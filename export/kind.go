package export

import "stemma"

// A kindInfo says how a kind of variant is shown: never by colour alone, but
// by a glyph and by its name too.
type kindInfo struct {
	Kind  stemma.VariantKind
	Glyph string
	Title string // what a reader sees: "number"
	About string // one line for legends and tooltips
}

// kinds lists every kind of variant in the order in which legends show them.
var kinds = []kindInfo{
	{stemma.Quotation, "❝", "quotation", "words within quotation marks altered"},
	{stemma.Number, "#", "number", "a number differs"},
	{stemma.Date, "@", "date", "a date differs"},
	{stemma.Negation, "¬", "negation", "said and denied"},
	{stemma.Modality, "?", "modality", "certainty changed: will, may"},
	{stemma.Scope, "∀", "scope", "all became some, or some all"},
	{stemma.Roles, "⇆", "roles", "who does what to whom is turned round"},
	{stemma.Attribution, "¶", "attribution", "said by another, or by nobody"},
	{stemma.NameChange, "◆", "name", "another name or role"},
	{stemma.Omission, "−", "omission", "words left out"},
	{stemma.Addition, "+", "addition", "words added"},
	{stemma.Substitution, "≠", "substitution", "other words"},
	{stemma.Synonym, "≈", "synonym", "a word for another of like meaning"},
	{stemma.Phrase, "≋", "phrase", "said again in other words"},
	{stemma.Voice, "↺", "voice", "active became passive, or passive active"},
	{stemma.Mode, "”", "mode", "direct speech became indirect, or indirect direct"},
	{stemma.Reordering, "⇄", "reordering", "the same words elsewhere"},
	{stemma.Division, "∥", "division", "sentences split or merged"},
	{stemma.Inflection, "÷", "inflection", "another form of the word"},
	{stemma.Function, "·", "function", "a function word: the, of"},
	{stemma.Spelling, "~", "spelling", "another spelling"},
	{stemma.Format, "=", "format", "the same written otherwise: 14 October, Oct. 14"},
	{stemma.FurnitureVar, "▭", "furniture", "lines around the text, added or dropped"},
	{stemma.DamageVar, "⚡", "damage", "a mark lost, a sentence cut"},
	{stemma.Same, " ", "same", "no difference"},
}

// infoOf returns how to show kind. A kind it does not know shows as itself.
func infoOf(kind stemma.VariantKind) kindInfo {
	for _, k := range kinds {
		if k.Kind == kind {
			return k
		}
	}
	return kindInfo{kind, "≠", string(kind), ""}
}

// severities in the order in which they are shown.
var severities = []stemma.Severity{stemma.MeaningBearing, stemma.Stylistic, stemma.Cosmetic}
