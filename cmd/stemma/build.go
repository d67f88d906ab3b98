package main

import (
	"stemma"
)

// A result is what the main job finds: what stemma --json prints.
type result struct {
	Documents  []*stemma.Document `json:"documents"`
	Collations []stemma.Collation `json:"collations"`
	Record     *stemma.Record     `json:"record"`
}

// buildRecord runs every step over reports.
func buildRecord(reports []*stemma.Report) *result {
	r := &result{Documents: []*stemma.Document{}, Collations: []stemma.Collation{}, Record: &stemma.Record{}}
	for _, rep := range reports {
		r.Documents = append(r.Documents, &stemma.Document{Report: rep})
	}
	return r
}
