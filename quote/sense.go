package quote

import (
	"strings"

	"stemma"
)

// sense fills in what kind of saying st is: the class of its cue, whether it
// is denied, what modal verb and condition it hangs on, and who stands for it.
func sense(doc *stemma.Document, st *stemma.Statement) {
	st.Class, st.Polarity = cueSense(doc, st.Cue)
	st.Modality, st.Condition = contentSense(doc, st.Content)
	st.Standing = standing(doc, st.Speaker)
}

// cueSense returns the class of the cue, and "negative" if it is negated: did
// not say.
func cueSense(doc *stemma.Document, span stemma.Span) (class, polarity string) {
	if span.IsZero() {
		return "", ""
	}
	first, end := doc.TokensIn(span)
	for i := first; i < end; i++ {
		w := doc.Tokens[i].Norm
		switch w {
		case "not", "n't", "never", "neither", "without", "nor":
			polarity = "negative"
		}
		c, ok := lexicon()[w]
		if !ok && len(doc.Tags) != 0 && doc.Tags[i].Lemma != "" {
			c, ok = lexicon()[doc.Tags[i].Lemma]
		}
		if !ok {
			c.class = nounClass[w]
		}
		// The first verb decides, unless it says no more than "say".
		if c.class != "" && (class == "" || class == "say") {
			class = c.class
		}
	}
	if class == "" {
		class = "say"
	}
	return class, polarity
}

// nounClass gives the class of nouns and adjectives that report.
var nounClass = map[string]string{
	"warning": "warn", "warnings": "warn", "claim": "say", "demand": "demand", "threat": "threaten", "threats": "threaten",
	"promise": "promise", "pledge": "promise", "vow": "promise", "belief": "believe", "denial": "deny", "call": "demand", "calls": "demand",
	"hope": "believe", "fear": "believe", "fears": "believe", "plan": "believe", "plans": "believe", "proposal": "propose", "offer": "propose",
	"ruling": "rule", "verdict": "rule", "decision": "rule", "question": "ask", "accusation": "accuse", "accusations": "accuse",
	"allegation": "accuse", "allegations": "accuse", "order": "order", "request": "demand", "requests": "demand",
	"confident": "believe", "unsure": "believe", "sure": "believe", "certain": "believe", "convinced": "believe",
	"supposedly": "believe", "reportedly": "say", "allegedly": "accuse", "willing": "promise", "ready": "promise",
}

// contentSense returns the modal verb that governs what is said, and the
// condition it is said to hang on: would accept it ⟦if the border holds⟧.
func contentSense(doc *stemma.Document, spans []stemma.Span) (modality string, condition stemma.Span) {
	for _, span := range spans {
		first, end := doc.TokensIn(span)
		for i := first; i < end; i++ {
			w := doc.Tokens[i].Norm
			switch w {
			case "would", "may", "might", "could", "should", "must", "'d":
				if w == "'d" {
					w = "would"
				}
				if modality == "" && (condition.IsZero() || doc.Tokens[i].Start >= condition.End) {
					modality = w
				}
			case "if", "unless", "provided", "providing":
				// “said if …” and “asked if” open a content; that “if” is no condition
				// unless a main clause follows it.
				if !condition.IsZero() || i == first && !commaWithin(doc, i, end) {
					continue
				}
				if (w == "provided" || w == "providing") && (i+1 == end || doc.Tokens[i+1].Norm != "that") {
					continue
				}
				condition = stemma.Span{Start: doc.Tokens[i].Start, End: clauseEnd(doc, i, end)}
			case "as":
				if condition.IsZero() && i+2 < end && doc.Tokens[i+1].Norm == "long" && doc.Tokens[i+2].Norm == "as" {
					condition = stemma.Span{Start: doc.Tokens[i].Start, End: clauseEnd(doc, i, end)}
				}
			case "on":
				if condition.IsZero() && i+2 < end && doc.Tokens[i+1].Norm == "condition" && doc.Tokens[i+2].Norm == "that" {
					condition = stemma.Span{Start: doc.Tokens[i].Start, End: clauseEnd(doc, i, end)}
				}
			}
		}
	}
	return modality, condition
}

func commaWithin(doc *stemma.Document, i, end int) bool {
	for ; i < end; i++ {
		switch doc.Tokens[i].Norm {
		case ",":
			return true
		case ".", ";", "?", "!":
			return false
		}
	}
	return false
}

// clauseEnd returns where the clause that begins at token i ends.
func clauseEnd(doc *stemma.Document, i, end int) int {
	j := i + 1
	for j < end {
		w := doc.Tokens[j].Norm
		if w == "," || w == ";" || w == "." || w == "?" || w == "!" || w == "\"" || w == "–" || w == "—" {
			break
		}
		j++
	}
	return doc.Tokens[j-1].End
}

// standing says who answers for a statement: somebody named ("record"),
// somebody unnamed, or a document.
func standing(doc *stemma.Document, span stemma.Span) string {
	if span.IsZero() {
		return ""
	}
	first, end := doc.TokensIn(span)
	named := false // a name behind the last common noun of the phrase
	kind := ""
	definite := false
	for i := first; i < end; i++ {
		t := doc.Tokens[i]
		w := t.Norm
		if i == first {
			switch w {
			case "the", "his", "her", "its", "their":
				definite = true
			}
		}
		if w == "who" || w == "," || w == "in" && kind != "" || w == "familiar" {
			break // what follows describes the head
		}
		switch {
		case pronoun[w]:
			return "record"
		case unnamedHeads[w]:
			kind, named = "unnamed", false
		case documentHeads[w]:
			kind, named = "document", false
		case doc.Report.Text[t.Start:t.End] != w && strings.ToUpper(w[:1]) == doc.Report.Text[t.Start:t.Start+1] && i > first:
			named = true
		}
	}
	switch {
	case kind == "", named:
		return "record"
	case kind == "unnamed" && definite && !strings.HasSuffix(doc.Tokens[end-1].Norm, "s"):
		return "record" // the envoy: named elsewhere
	}
	return kind
}

var unnamedHeads = wordSet(`official officials source sources aide aides adviser advisers advisor advisors diplomat diplomats
	person people insider insiders analyst analysts expert experts critic critics observer observers witness witnesses resident residents
	officer officers lawmaker lawmakers authorities spokesman spokeswoman spokesperson some others many man woman men women negotiator negotiators
	delegate delegates journalist journalists reporter reporters supporter supporters envoy envoys ambassador`)

var documentHeads = wordSet(`report reports statement document documents letter memo poll polls survey surveys study studies filing filings
	recording transcript communique communiqué readout article law bill treaty draft text plan ruling indictment complaint email emails
	affidavit book website website record records data figures declaration resolution paper post tweet`)

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
