package event

import (
	"strings"
	"sync"
)

// An effect is what a governing verb makes of what hangs on it: to agree to
// provide aid is to agree, to threaten to cut it off is to threaten.
type effect uint8

const (
	plain effect = iota
	agreeing
	threatening
	rejecting
	demanding
	accusing
	supporting
	stopping
	reporting
	planning
	failing
)

// governors is the verbs that say what becomes of the act they govern.
var governors = map[effect][]string{
	agreeing: { // "agreed to provide aid", "offered talks"
		"agree", "offer", "promise", "pledge", "volunteer", "consent", "accept", "commit", "propose", "vow", "decide", "resolve",
	},
	threatening: { // "threatened to cut off supplies", "warned that Russia was ready for war"
		"threaten", "warn",
	},
	rejecting: { // "refused to lift the curfew", "rejected an offer of talks"
		"refuse", "reject", "decline", "veto", "oppose", "rebuff", "spurn", "dismiss", "snub", "rule_out", "turn_down", "resist", "disallow", "deny",
	},
	demanding: { // "demanded the withdrawal of forces", "urged both to halt fighting"
		"demand", "urge", "request", "insist", "press", "pressure", "push", "appeal", "call_on", "call_for", "ask", "implore", "plead", "beg", "exhort", "order",
	},
	accusing: { // "accused rebels of violating a ceasefire"
		"accuse", "denounce", "condemn", "criticize", "criticise", "blame", "decry", "deplore", "censure", "rebuke", "reprimand", "slam", "castigate",
		"lambast", "lambaste", "chide", "assail", "deride", "indict", "complain", "denigrate", "scold", "fault",
	},
	supporting: { // "welcomed the statement", "defended the deal"
		"welcome", "praise", "endorse", "hail", "commend", "applaud", "laud", "congratulate", "apologize", "apologise", "back", "recognize", "recognise",
	},
	stopping: { // "halted economic aid", "lifted a curfew", "cancelled a visit"
		"halt", "stop", "cancel", "suspend", "break_off", "call_off", "cut", "cut_off", "end", "lift", "ease", "reduce", "withdraw", "scrap", "freeze",
		"abandon", "postpone", "relax", "remove", "drop", "discontinue", "sever", "terminate", "cease", "loosen", "rescind", "revoke", "repeal", "abolish", "curtail",
	},
	planning: { // "plans to impose restrictions", "is ready to send troops"
		"plan", "intend", "prepare", "aim", "hope", "expect", "want", "schedule", "set", "be", "consider", "seek", "wish", "mull",
	},
	reporting: { // "said it had halted aid"
		"say", "announce", "report", "confirm", "declare", "tell", "state", "add", "note", "quote", "reiterate", "claim", "believe", "think",
		"suggest", "indicate", "stress", "explain", "repeat", "describe", "maintain", "acknowledge", "reveal", "disclose",
	},
	failing: { // "failed to reach agreement", "avoided a visit"
		"fail", "avoid", "try", "attempt", "manage", "begin", "start", "continue", "resume", "help", "allow", "let", "get", "keep", "need", "tend", "seem", "appear",
	},
}

// effectOf returns what a verb makes of what it governs.
func effectOf(lemma string) effect { return effects()[lemma] }

var effects = sync.OnceValue(func() map[string]effect {
	m := map[string]effect{}
	for e := plain; e <= failing; e++ {
		for _, v := range governors[e] {
			m[v] = e
		}
	}
	return m
})

// bare is the verbs that tell of an event by themselves; of others only a
// pattern with more words does, for what the dictionary gives the verb alone
// is most often said in another sense ("the storm hit", "she held").
var bare = words(`visit host phone telephone meet arrive mediate broker negotiate tour
	thank forgive congratulate
	aid assist evacuate rescue donate airlift arm shelter
	extradite cooperate collaborate
	pardon acquit exonerate surrender capitulate cede concede withdraw retreat resign quit abdicate demobilize demobilise disarm
	investigate inspect interrogate
	ban outlaw prohibit censor confiscate nationalize nationalise annex fine sentence sue prosecute convict detain arrest imprison jail deport expel evict oust
	blockade boycott besiege embargo blacklist sabotage secede defy
	kill murder behead assassinate kidnap abduct rape torture stab ambush attack assault bomb bombard shell raid invade overrun recapture massacre
	slaughter storm clash shoot injure wound demolish loot riot protest demonstrate march mobilize mobilise patrol overthrow hijack torch abuse pound strafe lynch execute maim gun poison rally shuttle`)

// light is the verbs whose sense lies in their object: of the dictionary's
// patterns those of one word are not trusted with them.
var light = words(`have hold take give make get go come put set keep find see show lead leave call bring run turn work play look use
	stand raise draw move pass reach meet hear follow carry lose fall open begin start end fly mark name share add enter`)

// phrasal is the verbs with a particle that tell of an event by themselves.
var phrasal = words("crack pull call gun shoot blow step break back") // down, out, off, up

// silent is what people decline to do when they only say nothing.
var silent = words("say comment answer speak name identify elaborate discuss disclose reveal give provide confirm respond be specify explain talk")

// A wordSet is a set of words that is made when it is first asked.
type wordSet struct {
	once sync.Once
	list string
	set  map[string]bool
}

// words returns the set of the words of list.
func words(list string) *wordSet { return &wordSet{list: list} }

func (s *wordSet) has(word string) bool {
	s.once.Do(func() {
		s.set = map[string]bool{}
		for _, w := range strings.Fields(s.list) {
			s.set[w] = true
		}
	})
	return s.set[word]
}

// A matter is what a governed noun or verb is about, as a CAMEO root: "04"
// for talks. It decides what becomes of it under a governor.
//
// agreeCode, rejectCode and demandCode turn the code of the act into that of
// the agreement to it, the refusal and the demand, by CAMEO's own parallel
// subdivision (07 aid: 033, 122, 103).

func agreeCode(code string) string {
	switch root(code) {
	case "03":
		return code
	case "04":
		return "036"
	case "05":
		if code == "057" {
			return "037"
		}
		return "032"
	case "06":
		switch code {
		case "061":
			return "0311"
		case "062":
			return "0312"
		case "063":
			return "0313"
		case "064":
			return "0314"
		}
		return "031"
	case "07":
		switch code {
		case "071":
			return "0331"
		case "072":
			return "0332"
		case "073", "075":
			return "0333"
		case "074":
			return "0334"
		}
		return "033"
	case "08":
		switch {
		case code == "0871" || code == "0872" || code == "0873" || code == "0874" || code == "087":
			return "0356"
		case code == "0841" || code == "0842" || code == "084":
			return "0353"
		case code == "085":
			return "0354"
		case len(code) >= 3 && code[:3] == "086":
			return "0355"
		case len(code) >= 3 && code[:3] == "083":
			return "034"
		case code == "082":
			return "0352"
		}
		return "035"
	}
	return "030"
}

func threatCode(code string) string {
	switch root(code) {
	case "13":
		return code
	case "14":
		return "133"
	case "15", "18", "20":
		return "138"
	case "19":
		if code == "191" {
			return "1381"
		}
		return "138"
	case "16":
		switch code {
		case "161":
			return "1313"
		case "163":
			return "1312"
		case "164":
			return "134"
		case "165":
			return "135"
		case "166":
			return "136"
		}
		return "131"
	case "17":
		switch code {
		case "1723":
			return "1323"
		case "1724":
			return "1324"
		case "175":
			return "137"
		}
		return "132"
	}
	return "130"
}

func rejectCode(code string) string {
	switch root(code) {
	case "12":
		return code
	case "04":
		if code == "045" {
			return "126"
		}
		return "125"
	case "05":
		if code == "057" {
			return "127"
		}
		return "121"
	case "06":
		return "121"
	case "07":
		return "122"
	case "08":
		switch code {
		case "085":
			return "1244"
		case "0841", "084":
			return "1243"
		case "0871", "087", "0872", "0873", "0874":
			return "1246"
		case "081", "0811", "0812", "0813", "0814":
			return "1241"
		}
		if len(code) >= 3 && code[:3] == "086" {
			return "1245"
		}
		return "124"
	}
	return "120"
}

func demandCode(code string) string {
	switch root(code) {
	case "10":
		return code
	case "04":
		if code == "045" {
			return "108"
		}
		return "106"
	case "05":
		return "102"
	case "06":
		return "101"
	case "07":
		return "103"
	case "08":
		switch code {
		case "085":
			return "1054"
		case "0841", "084":
			return "1053"
		case "0871", "087", "0872", "0873", "0874":
			return "1056"
		}
		if len(code) >= 3 && code[:3] == "086" {
			return "1055"
		}
		if len(code) >= 3 && code[:3] == "083" {
			return "104"
		}
		return "105"
	}
	return "100"
}

// root returns the two digits under which CAMEO files a code.
func root(code string) string {
	if len(code) < 2 {
		return ""
	}
	return code[:2]
}
