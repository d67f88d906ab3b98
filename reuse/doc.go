// Package reuse finds which reports were made from which, among two or among
// millions, and builds their family trees.
//
// [Find] is the whole: candidates by shared [Keys], [Compare] for each pair,
// direction and tree for each family. [Families] gives the trees as stemmata.
// For a distributed engine, Keys of a document and Compare of a pair are all
// it takes: map, group by key, compare. An [Index] holds the keys of a growing
// collection.
//
// What is compared is prose: furniture ("Read also | …") takes no part, and
// words in quotation marks are counted apart, since who quotes the same speech
// has not copied the report.
package reuse
