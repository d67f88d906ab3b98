// Package stemma holds the words of the trade: the types in which every other
// package of this module talks about news reports.
//
// A [Report] is one text as one outlet published it. It never changes. What we
// find in it lies beside it in a [Document]: sentences, tokens, mentions,
// statements and events, each with a [Span] that points back at the words.
// What we find by comparing reports — copies, collations, stories,
// discrepancies — points at them through a [Cite].
//
// The JSON that the program prints is these types' own encoding. Spans are
// bytes of UTF-8 into Report.Text, half-open.
//
// The package imports only the standard library and does no I/O.
package stemma
