package timex

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed words.txt
var wordTable string

// A class says what a word can be in the grammar.
type class uint8

const (
	cMonth class = iota + 1
	cWeekday
	cUnit
	cUnits // plural of a unit
	cNumber
	cOrdinal
	cDecade
	cPart
	cSeason
	cDeictic
	cPresent
	cPast
	cFuture
	cVague
	cFrequency
	cZone
	cTense
	cPlan
)

var classNames = [...]string{
	cMonth: "month", cWeekday: "weekday", cUnit: "unit", cUnits: "units", cNumber: "number", cOrdinal: "ordinal",
	cDecade: "decade", cPart: "part", cSeason: "season", cDeictic: "deictic", cPresent: "present", cPast: "past",
	cFuture: "future", cVague: "vague", cFrequency: "frequency", cZone: "zone", cTense: "tense", cPlan: "plan",
}

// A wordID names a word that the grammar asks for by itself.
type wordID uint8

const (
	wA wordID = iota + 1
	wAn
	wThe
	wOf
	wOn
	wIn
	wAt
	wTo
	wBy
	wAnd
	wOr
	wFrom
	wBetween
	wSince
	wUntil
	wFor
	wDuring
	wThis
	wThese
	wThat
	wThose
	wLast
	wPast
	wNext
	wPrevious
	wPreceding
	wFollowing
	wComing
	wUpcoming
	wSame
	wCurrent
	wEarly
	wMid
	wMiddle
	wLate
	wEarlier
	wLater
	wStart
	wBeginning
	wEnd
	wAgo
	wBefore
	wAfter
	wThereafter
	wAfterwards
	wHence
	wAbout
	wAround
	wNearly
	wAlmost
	wApproximately
	wRoughly
	wSome
	wMore
	wLess
	wFewer
	wThan
	wOver
	wUnder
	wUp
	wLeast
	wMost
	wJust
	wHalf
	wEvery
	wEach
	wPer
	wOnce
	wTwice
	wTime
	wTimes
	wLocal
	wOclock
	wO
	wClock
	wPm
	wAm
	wP
	wM
	wS
	wT
	wZ
	wQ
	wFY
	wFiscal
	wFinancial
	wYear
	wMonth
	wWeek
	wDay
	wBc
	wBce
	wAd
	wCe
	wB
	wC
	wE
	wOld
	wLong
	wLived
	wFew
	wCouple
	wAnother
	wHours
	wRush
	wHour
	wDawn
	wPre
	wNow
	wRight
	wBeing
	wDate
	wEra
	wFuture
	wPresent
	wMoment
	wYears
	wDays
	wRecent
	wTerm
	wShort
	wSoon
	wVery
	wNot
	wNo
	wStraight
	wConsecutive
	wFull
	wWhole
	wEntire
	wAll
	wFirst
	wSecond
	wOther
	wOne
	wTwo
	wEastern
	wPacific
	wCentral
	wMountain
	wMoscow
	wStandard
	wDaylight
	wExactly
	wAm2
	wEve
	wMorning
	wNight
	wThousands
	wHundreds
	wPoint
	wMinus
	wTermed
	wPeriod
	wCentury
	wDecade
	wOut
	wThough
	wCheck
	wBe
	wHave
	wWorking
	wBusiness
	wTrading
	wCalendar
	wMere
	wWithin
	wWill
	wWould
	wMay
	wMidst
	wOff
	wModern
	wSometime
	wTimeWord
	wStill
	wSmall
	wFurther
	wAdditional
	wAge
	wAs
	wNear
	wFinal
	wPost
	wMiles
	wKilometers
	wKilometres
	wKm
	wLight
	wOpening
	wBeen
	wHas
	wNumIDs
)

var idNames = [wNumIDs]string{
	wA: "a", wAn: "an", wThe: "the", wOf: "of", wOn: "on", wIn: "in", wAt: "at", wTo: "to", wBy: "by", wAnd: "and",
	wOr: "or", wFrom: "from", wBetween: "between", wSince: "since", wUntil: "until", wFor: "for", wDuring: "during",
	wThis: "this", wThese: "these", wThat: "that", wThose: "those", wLast: "last", wPast: "past", wNext: "next",
	wPrevious: "previous", wPreceding: "preceding", wFollowing: "following", wComing: "coming", wUpcoming: "upcoming",
	wSame: "same", wCurrent: "current", wEarly: "early", wMid: "mid", wMiddle: "middle", wLate: "late",
	wEarlier: "earlier", wLater: "later", wStart: "start", wBeginning: "beginning", wEnd: "end", wAgo: "ago",
	wBefore: "before", wAfter: "after", wThereafter: "thereafter", wAfterwards: "afterwards", wHence: "hence",
	wAbout: "about", wAround: "around", wNearly: "nearly", wAlmost: "almost", wApproximately: "approximately",
	wRoughly: "roughly", wSome: "some", wMore: "more", wLess: "less", wFewer: "fewer", wThan: "than", wOver: "over",
	wUnder: "under", wUp: "up", wLeast: "least", wMost: "most", wJust: "just", wHalf: "half", wEvery: "every",
	wEach: "each", wPer: "per", wOnce: "once", wTwice: "twice", wTime: "time", wTimes: "times", wLocal: "local",
	wOclock: "oclock", wO: "o", wClock: "clock", wPm: "pm", wAm: "am", wP: "p", wM: "m", wS: "s", wT: "t", wZ: "z",
	wQ: "q", wFY: "fy", wFiscal: "fiscal", wFinancial: "financial", wYear: "year", wMonth: "month", wWeek: "week",
	wDay: "day", wBc: "bc", wBce: "bce", wAd: "ad", wCe: "ce", wB: "b", wC: "c", wE: "e", wOld: "old", wLong: "long",
	wFew: "few", wCouple: "couple", wAnother: "another", wHours: "hours", wRush: "rush", wHour: "hour", wDawn: "dawn",
	wPre: "pre", wNow: "now", wRight: "right", wBeing: "being", wDate: "date", wEra: "era", wFuture: "future",
	wPresent: "present", wMoment: "moment", wYears: "years", wDays: "days", wRecent: "recent", wTerm: "term",
	wShort: "short", wSoon: "soon", wVery: "very", wNot: "not", wNo: "no", wStraight: "straight",
	wConsecutive: "consecutive", wFull: "full", wWhole: "whole", wEntire: "entire", wAll: "all", wFirst: "first",
	wSecond: "second", wOther: "other", wOne: "one", wTwo: "two", wEastern: "eastern", wPacific: "pacific",
	wCentral: "central", wMountain: "mountain", wMoscow: "moscow", wStandard: "standard", wDaylight: "daylight",
	wExactly: "exactly", wEve: "eve", wMorning: "morning", wNight: "night", wPoint: "point", wPeriod: "period",
	wCentury: "century", wDecade: "decade", wWorking: "working", wBusiness: "business", wTrading: "trading",
	wCalendar: "calendar", wMere: "mere", wWithin: "within", wWill: "will", wWould: "would", wMay: "may",
	wModern: "modern", wSometime: "sometime", wStill: "still", wBe: "be", wHave: "have", wBeen: "been", wHas: "has", wPost: "post", wMiles: "miles", wKilometers: "kilometers", wKilometres: "kilometres", wKm: "km", wLight: "light", wOpening: "opening", wFinal: "final", wNear: "near", wAs: "as", wAge: "age", wAdditional: "additional", wFurther: "further", wSmall: "small",
}

// An entry is what the lexicon knows of a word.
type entry struct {
	class class
	weak  bool // needs something beside it
	value int16
	id    wordID
	also  class // a second class: "second" is a unit and an ordinal
	val2  int16
}

// lexicon returns the words of the grammar by their lower-case form. It is
// made on first use, so that a program that finds no times pays nothing.
var lexicon = sync.OnceValue(func() map[string]entry {
	m := make(map[string]entry, 512)
	for id, name := range idNames {
		if name != "" {
			m[name] = entry{id: wordID(id)}
		}
	}
	for line := range strings.Lines(wordTable) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		var c class
		for i, name := range classNames {
			if name == f[0] {
				c = class(i)
			}
		}
		v, err := strconv.Atoi(f[1])
		if c == 0 || err != nil {
			panic("timex: words.txt: " + line)
		}
		for _, w := range f[2:] {
			w, weak := strings.CutPrefix(w, "~")
			e := m[w]
			if e.class != 0 {
				e.also, e.val2 = c, int16(v)
			} else {
				e.class, e.value, e.weak = c, int16(v), weak
			}
			m[w] = e
		}
	}
	return m
})
