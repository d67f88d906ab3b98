package main

import (
	"stemma"
	"stemma/quote"
	"stemma/reuse"
	"stemma/segment"
)

// A result is what the main job finds: what stemma --json prints.
type result struct {
	Documents  []*stemma.Document  `json:"documents"`
	Collations []*stemma.Collation `json:"collations"`
	Record     *stemma.Record      `json:"record"`
}

// buildRecord runs every step over reports.
func buildRecord(reports []*stemma.Report) *result {
	r := &result{Documents: []*stemma.Document{}, Collations: []*stemma.Collation{}, Record: &stemma.Record{}}
	for _, rep := range reports {
		doc := &stemma.Document{Report: rep}
		doc.Sentences, doc.Tokens = segment.Split(rep.Text)
		doc.Statements = quote.Find(doc)
		doc.Damage = quote.Damage(doc)
		r.Documents = append(r.Documents, doc)
	}
	r.Record.Copies = reuse.Find(r.Documents, reuse.Options{})
	r.Record.Stemmata = reuse.Families(r.Documents, r.Record.Copies, reuse.Options{})
	r.Record.Origins = len(r.Record.Stemmata)
	return r
}
