package main

import (
	"stemma"
	"stemma/record"
)

// A result is what the main job finds: what stemma --json prints.
type result = record.Result

// buildRecord runs every step over reports.
func buildRecord(reports []*stemma.Report) *result {
	return record.Build(record.AnnotateAll(reports, 0), record.Options{})
}
