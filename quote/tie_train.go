package quote

import (
	"math"
	"math/rand/v2"
	"slices"

	"stemma"
)

// A lesson is a document whose parts are to be tied as annotated.
type lesson struct {
	l       *layout
	parts   []part
	event   []int   // of each cue and content, the event it belongs to, -1 if none
	of      [][]int // of each source, the events it belongs to
	sourced []bool  // whether an event has a source
}

func newLesson(l *layout, parts []part, events []Event) *lesson {
	s := &lesson{l: l, parts: parts, event: make([]int, len(parts)), of: make([][]int, len(parts))}
	for _, e := range events {
		s.sourced = append(s.sourced, len(e.Source) > 0)
	}
	for i, p := range parts {
		span := l.span(p.first, p.end)
		s.event[i] = -1
		most := 0
		for j, e := range events {
			at := e.Content
			switch p.role {
			case source:
				at = e.Source
			case cueRole:
				at = e.Cue
			}
			n := shared(span, at)
			if n == 0 {
				continue
			}
			if p.role == source {
				s.of[i] = append(s.of[i], j)
			}
			if n > most {
				s.event[i], most = j, n
			}
		}
	}
	return s
}

// shared returns how many bytes of s lie in at.
func shared(s stemma.Span, at Stretches) int {
	n := 0
	for _, t := range at {
		n += max(0, min(s.End, t.End)-max(s.Start, t.Start))
	}
	return n
}

// right tells which options of choice c of k are what the annotation asks for;
// known is false if it does not say.
func (s *lesson) right(k *linker, c choice, of int) (ok []bool, known bool) {
	ok = make([]bool, len(k.options))
	if c == where {
		e := s.event[of]
		for i, o := range k.options {
			if o.what >= 0 && e >= 0 {
				b := k.bonds[o.what]
				at := b.cue
				if at < 0 {
					at = b.content[0]
				}
				ok[i] = s.event[at] == e
				known = known || ok[i]
			}
		}
		if known {
			return ok, true
		}
		// Its cue was not found: with another that is none, or alone.
		ok[0] = true
		for i, o := range k.options {
			if o.what >= 0 && e >= 0 && k.bonds[o.what].cue >= 0 && k.bonds[o.what].clause == s.parts[of].clause && s.event[k.bonds[o.what].cue] < 0 {
				ok[i] = true
				ok[0] = ok[0] && s.l.quoted(s.parts[of].first)
			}
		}
		return ok, true
	}
	at := of // a content, or a bond that wants a source
	if c == whose {
		at = k.bonds[of].cue
	}
	e := s.event[at]
	if e < 0 {
		return ok, false
	}
	for i, o := range k.options {
		if o.what < 0 {
			ok[i] = !s.sourced[e]
		} else {
			ok[i] = slices.Contains(s.of[o.what], e)
		}
		known = known || ok[i]
	}
	return ok, known
}

// learnTies learns weights from lessons: the mean of what a few runs find that
// see them in other orders, without which the scores of small corpora vary by a
// point.
func learnTies(lessons []*lesson) ties {
	const runs = 8
	w := make([]float64, 1<<tieBits)
	for seed := range uint64(runs) {
		for i, x := range learnOnce(lessons, seed) {
			w[i] += x / runs
		}
	}
	most := 1.0
	for _, x := range w {
		most = max(most, x, -x)
	}
	out := make(ties, len(w))
	for i, x := range w {
		out[i] = int16(math.Round(x / most * math.MaxInt16))
	}
	return out
}

// learnOnce learns weights from lessons: those of a model that gives each
// option of a choice a probability (maximum entropy), by AdaGrad with a
// quadratic penalty. Epochs, rate and penalty were set on three folds of the
// training part of PolNeAR; half or twice the rate changes the
// relations' F1 by 0.2 at most.
func learnOnce(lessons []*lesson, seed uint64) []float64 {
	const (
		epochs  = 5
		rate    = 0.05
		penalty = 0.01
	)
	const n = 1 << tieBits
	w, grown := make([]float64, n), make([]float64, n)
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(seed, 0x71e5))
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, d := range order {
			s := lessons[d]
			k := &linker{l: s.l, parts: s.parts}
			var p []float64
			k.pick = func(c choice, of int) int {
				ok, known := s.right(k, c, of)
				p = p[:0]
				best, want, from := 0, -1, 0
				for i, o := range k.options {
					x := 0.0
					for _, f := range k.features[from:o.end] {
						x += w[place(f)]
					}
					from = o.end
					p = append(p, x)
					if x > p[best] {
						best = i
					}
					if ok[i] && (want < 0 || x > p[want]) {
						want = i
					}
				}
				if !known {
					return best
				}
				var all, good float64
				top := p[best]
				for i := range p {
					p[i] = math.Exp(p[i] - top)
					all += p[i]
					if ok[i] {
						good += p[i]
					}
				}
				from = 0
				for i, o := range k.options {
					g := p[i] / all
					if ok[i] {
						g -= p[i] / good
					}
					for _, f := range k.features[from:o.end] {
						j := place(f)
						d := g + penalty*w[j]
						grown[j] += d * d
						w[j] -= rate * d / math.Sqrt(grown[j]+1e-6)
					}
					from = o.end
				}
				return want
			}
			k.run()
		}
	}
	return w
}
