package main

import (
	"stemma"
	"stemma/record"
)

// buildRecord runs every step over reports.
func buildRecord(reports []*stemma.Report, opt record.Options) *record.Result {
	return record.Build(record.AnnotateAll(reports, 0), opt)
}
