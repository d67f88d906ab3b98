package event

import (
	"slices"
	"strings"
	"sync"
)

// contextWords is the words that put an event into one of PLOVER's contexts,
// which say what it is about: "territory" of a demand to withdraw from land.
// Each list is of nouns and adjectives in the singular.
var contextWords = []struct{ name, list string }{
	{"military", "military army troop soldier missile weapon tank warship navy artillery airstrike drone battalion ammunition garrison frontline arms"},
	{"intelligence", "intelligence espionage spy spying surveillance"},
	{"executive", "cabinet decree inauguration"},
	{"legislative", "parliament congress senate legislature bill lawmaker legislator duma knesset bundestag"},
	{"election", "election vote ballot poll campaign referendum voter candidate"},
	{"political_institutions", "constitution constitutional coalition"},
	{"pro_democracy", "democracy democratic democratization"},
	{"pro_autocracy", "coup junta"},
	{"economic", "economic economy trade tariff loan debt export import investment currency inflation budget sanction embargo"},
	{"legal", "court judge trial lawsuit tribunal verdict prosecutor extradition"},
	{"reparations", "reparation compensation"},
	{"rights_freedoms", "censorship freedom liberty press"},
	{"repression", "crackdown repression"},
	{"human_security", "food water housing shelter electricity heating"},
	{"gender", "abortion feminist gender"},
	{"lgbt", "gay lesbian lgbt lgbtq transgender"},
	{"religion_ethnicity", "religious church mosque ethnic synagogue"},
	{"diplomatic", "diplomatic ambassador envoy embassy summit diplomacy diplomat consulate negotiation talks treaty"},
	{"territory", "territory territorial border annexation enclave sovereignty occupied land"},
	{"peacekeeping", "peacekeeper peacekeeping"},
	{"health", "health disease pandemic epidemic vaccine virus outbreak hospital"},
	{"asylum", "asylum"},
	{"migration", "refugee migrant immigrant migration displaced"},
	{"disasters", "earthquake flood hurricane tsunami drought famine"},
	{"natural_resource", "oil gas mineral mining pipeline dam river fishery fishing"},
	{"environment", "climate pollution emission environmental"},
	{"technology", "technology satellite semiconductor"},
	{"terrorism", "terrorism terrorist terror"},
	{"cbrn", "nuclear chemical biological radiation uranium"},
	{"cyber", "cyber hacker hacking cyberattack ransomware"},
	{"misinformation", "misinformation disinformation propaganda"},
	{"crime", "crime criminal murder theft fraud piracy pirate"},
	{"corruption", "corruption bribery bribe nepotism embezzlement"},
	{"illegal_drugs", "cocaine heroin cartel narcotic"},
	{"trafficking", "trafficking smuggling smuggler trafficker"},
}

var contextOf = sync.OnceValue(func() map[string]uint8 {
	m := map[string]uint8{}
	for i, c := range contextWords {
		for _, w := range strings.Fields(c.list) {
			m[w] = uint8(i + 1)
		}
	}
	return m
})

// contexts returns the contexts that the words of s put its events into, in
// the order of PLOVER's table.
func (f *finder) contexts(s *sentence) []string {
	table := contextOf()
	var seen uint64
	for i := range s.words {
		w := &s.words[i]
		k := table[w.norm]
		if k == 0 {
			k = table[stem(w.norm)]
		}
		if k != 0 && w.ent == 0 {
			seen |= 1 << (k - 1)
		}
		if w.norm == "rights" && i > 0 && s.words[i-1].norm == "human" {
			seen |= 1 << 63
		}
	}
	var out []string
	for i, c := range contextWords {
		if seen&(1<<i) != 0 {
			out = append(out, c.name)
		}
	}
	if seen&(1<<63) != 0 {
		out = append(out, "human_rights")
		slices.Sort(out)
	}
	return out
}
