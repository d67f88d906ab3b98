package export

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"stemma"
	"stemma/collate"
)

// TEI writes c in TEI P5 by the method of parallel segmentation: each variant
// an <app> with a <rdg> for each different reading, equal readings together.
// The kind is the @type of the <app>, its severity a category that @ana points
// at, and the places of a move correspond by @corresp.
func TEI(w io.Writer, docs []*stemma.Document, c *stemma.Collation) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>Collation of ` + teiText(fmt.Sprint(len(c.Witnesses))) + ` reports</title></titleStmt>
<publicationStmt><p>Made by stemma.</p></publicationStmt>
<sourceDesc>
<listWit>
`)
	for i, wit := range c.Witnesses {
		rep := docs[i].Report
		fmt.Fprintf(b, "<witness xml:id=\"%s\">%s</witness>\n", wit.Sigil, teiText(strings.Join(nonEmpty(rep.Outlet, rep.Title, rep.Source), ", ")))
	}
	b.WriteString(`</listWit>
</sourceDesc>
</fileDesc>
<encodingDesc>
<variantEncoding method="parallel-segmentation" location="internal"/>
<classDecl><taxonomy xml:id="severity">
<category xml:id="cosmetic"><catDesc>cosmetic</catDesc></category>
<category xml:id="stylistic"><catDesc>stylistic</catDesc></category>
<category xml:id="meaning-bearing"><catDesc>meaning-bearing</catDesc></category>
</taxonomy></classDecl>
</encodingDesc>
</teiHeader>
<text>
<body>
`)
	ends := map[int][]string{} // move → ids of its places
	for i, l := range c.Loci {
		if l.Move > 0 {
			ends[l.Move] = append(ends[l.Move], fmt.Sprintf("m%d", i))
		}
	}
	bead := -1
	for i, l := range c.Loci {
		if l.Bead != bead {
			if bead >= 0 {
				b.WriteString("</p>\n")
			}
			bead = l.Bead
			fmt.Fprintf(b, "<p n=\"%d\">", bead+1)
		}
		if l.Kind == stemma.Same {
			b.WriteString(teiText(firstReading(docs, l)))
			b.WriteByte(' ')
			continue
		}
		fmt.Fprintf(b, `<app type="%s" ana="#%s"`, l.Kind, l.Severity)
		if l.Move > 0 {
			id := fmt.Sprintf("m%d", i)
			fmt.Fprintf(b, ` xml:id="%s"`, id)
			var others []string
			for _, o := range ends[l.Move] {
				if o != id {
					others = append(others, "#"+o)
				}
			}
			if len(others) > 0 {
				fmt.Fprintf(b, ` corresp="%s"`, strings.Join(others, " "))
			}
		}
		b.WriteString(">")
		for _, g := range collate.Groups(docs, l, nil) {
			var wits []string
			for _, k := range g.Witnesses {
				wits = append(wits, "#"+c.Witnesses[k].Sigil)
			}
			fmt.Fprintf(b, `<rdg wit="%s" cause="%s">%s</rdg>`, strings.Join(wits, " "), teiText(strings.ReplaceAll(l.Rule, " ", "-")), teiText(g.Text))
		}
		b.WriteString("</app> ")
	}
	if bead >= 0 {
		b.WriteString("</p>\n")
	} else {
		b.WriteString("<p/>\n")
	}
	b.WriteString("</body>\n</text>\n</TEI>\n")
	return b.Flush()
}

// firstReading returns the words of the first witness that has any at l.
func firstReading(docs []*stemma.Document, l stemma.Locus) string {
	for _, r := range l.Readings {
		if r.Span.Len() > 0 {
			return docs[r.Witness].Text(r.Span)
		}
	}
	return ""
}

// teiText escapes s for XML and leaves out what XML cannot hold.
func teiText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

func nonEmpty(ss ...string) []string {
	var out []string
	for _, s := range ss {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
