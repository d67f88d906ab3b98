package extract

import (
	"fmt"
	"regexp"
	"strings"

	"stemma"
)

// header are the names of header lines, lower case, and what they set.
var header = map[string]string{
	"title": "title", "headline": "title",
	"outlet": "outlet", "source": "outlet", "publisher": "outlet",
	"date": "date", "published": "date",
	"by": "by", "author": "by", "authors": "by", "byline": "by",
	"url":      "url",
	"language": "language", "lang": "language",
}

// takeHeader reads header lines from the start of text, up to an empty line,
// and returns the rest:
//
//	Title: Talks end without agreement
//	Outlet: Vardo Telegraph
//	Date: 2031-03-04
//
// Unless every line up to the empty one has a name that it knows, there is no
// header and the lines are text.
func takeHeader(rep *stemma.Report, text string) (string, error) {
	rest := strings.TrimLeft(text, "\n")
	var lines [][2]string
	for {
		line, after, more := strings.Cut(rest, "\n")
		line = strings.TrimSpace(line)
		if line == "" {
			rest = after
			break
		}
		name, value, ok := strings.Cut(line, ":")
		field := header[strings.ToLower(strings.TrimSpace(name))]
		if !ok || field == "" || !more {
			return text, nil
		}
		lines = append(lines, [2]string{field, strings.TrimSpace(value)})
		rest = after
	}
	for _, l := range lines {
		value := l[1]
		switch l[0] {
		case "title":
			rep.Title = value
		case "outlet":
			rep.Outlet = value
		case "url":
			rep.URL = value
		case "language":
			rep.Language = value
		case "by":
			for name := range strings.SplitSeq(strings.ReplaceAll(value, " and ", ","), ",") {
				if name = strings.TrimSpace(name); name != "" {
					rep.Authors = append(rep.Authors, name)
				}
			}
		case "date":
			when, ok := parseDate(value)
			if !ok {
				return "", fmt.Errorf("header Date: %q is not a date (want 2025-12-03)", value)
			}
			rep.Published, rep.PublishedFrom = when, "header"
		}
	}
	return rest, nil
}

// marker is a date that some collections of news glue to the first line:
// " date 2025-12-03 Russia and the United States …".
var marker = regexp.MustCompile(`^\s*date (\d{4}-\d{2}-\d{2})(?:\s+|$)`)

// takeMarker reads the marker at the start of text and returns the rest.
func takeMarker(rep *stemma.Report, text string) string {
	m := marker.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	when, ok := parseDate(text[m[2]:m[3]])
	if !ok {
		return text
	}
	if rep.Published.IsZero() {
		rep.Published, rep.PublishedFrom = when, "marker"
	}
	return text[m[1]:]
}

// dateline is the start of an agency report: place in capitals, perhaps the
// date, the agency in brackets, a dash. `OSLO, March 3, 2031 (Nordwire) —`
var dateline = regexp.MustCompile(`^(?:\p{Lu}[\p{Lu}'’.\-]+(?: \p{Lu}[\p{Lu}'’.\-]+){0,3})(?:, \p{Lu}\p{L}+)?` +
	`(?:, (\p{L}+\.? \d{1,2}(?:, \d{4})?|\d{1,2} \p{L}+\.?(?: \d{4})?))?` +
	`(?: \(([\p{L}][\p{L}\p{N} .&\-]{1,30})\))? ?(?:—|–|--|-) `)

// readDateline notes the agency and the date that a dateline gives. The line
// stays part of the text. A date without a year is no publication date.
func readDateline(rep *stemma.Report) {
	text := rep.Text
	for range 2 { // the first line, or the one after a heading
		text = strings.TrimLeft(text, "\n ")
		line, after, _ := strings.Cut(text, "\n")
		if m := dateline.FindStringSubmatch(line); m != nil {
			rep.Agency = m[2]
			if when, ok := parseDate(m[1]); ok && rep.Published.IsZero() {
				rep.Published, rep.PublishedFrom = when, "dateline"
			}
			return
		}
		text = after
	}
}

// longestTitle is in bytes. Headlines of news agencies keep below 100.
const longestTitle = 160

// firstLineTitle returns the first line of text if it looks like a title:
// short, apart from what follows, and no sentence with a full stop. The line
// stays part of the text, where it becomes a heading.
func firstLineTitle(text string) string {
	line, after, more := strings.Cut(text, "\n")
	line = strings.TrimSpace(strings.TrimLeft(line, "# "))
	if !more || len(line) > longestTitle || strings.TrimSpace(after) == "" || strings.HasSuffix(line, ".") || !strings.HasPrefix(after, "\n") {
		return ""
	}
	return line
}
