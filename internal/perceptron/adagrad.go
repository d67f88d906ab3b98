package perceptron

import "math"

// adagrad learns the weights of a conditional random field by gradient descent
// with a step of its own for each weight, which shrinks with the gradients that
// the weight has seen (AdaGrad: Duchi, Hazan and Singer 2011). With many
// features to an item it settles where one step for all overshoots.
//
// Margin adds to the score of every wrong label while learning (softmax-margin:
// Gimpel and Smith 2010), which asks for a clear win of the right one.
func (t *trainer) adagrad() (w, steps []float64) {
	epochs := t.opt.Epochs
	if epochs == 0 {
		epochs = 10
	}
	rate := t.opt.Rate
	if rate == 0 {
		rate = 0.1
	}
	n, width := t.n, t.n+1
	// The quadratic penalty of a weight is paid in equal parts whenever its
	// feature is seen, so that in each epoch all weights pay alike.
	decay := make([]float64, len(t.ids))
	for i := range t.seqs {
		for _, f := range t.seqs[i].Rows.ids {
			decay[f]++
		}
	}
	for f, count := range decay {
		decay[f] = t.opt.Penalty / max(count, 1)
	}
	v := make([]float32, 2*len(t.labels)) // weight and sum of squares side by side
	sv, sg := make([]float64, width*width), make([]float64, width*width)
	open := make([]bool, width*width)
	for from := range width {
		for to := range width {
			open[from*width+to] = t.allowed(from, to)
		}
	}
	var c chain
	order := make([]int, len(t.seqs))
	for i := range order {
		order[i] = i
	}
	var drop Rows
	const settle = 1e-2 // keeps the first steps of a weight short
	for epoch := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss, items := 0.0, 0
		for _, o := range order {
			s := &t.seqs[o]
			m := s.Rows.Len()
			if m == 0 {
				continue
			}
			rows := &s.Rows
			if t.opt.Drop > 0 {
				drop.Reset()
				var scratch []uint32
				for i := range m {
					scratch = t.dropped(s.Rows.Row(i), scratch)
					drop.AddAll(scratch...)
					drop.End()
				}
				rows = &drop
			}
			items += m
			c.reset(m, n)
			for i, y := range s.Labels {
				emit := c.emit[i*n : i*n+n]
				for _, f := range rows.Row(i) {
					a, b := t.starts[f], t.starts[f+1]
					labels := t.labels[a:b]
					x := v[2*a : 2*b]
					for k, l := range labels {
						emit[l] += float64(x[2*k])
					}
				}
				if t.opt.Margin != 0 {
					for l := range emit {
						if l != int(y) {
							emit[l] += t.opt.Margin
						}
					}
				}
			}
			for i, x := range sv {
				c.steps[i] = 0
				if open[i] {
					c.steps[i] = math.Exp(x)
				}
			}
			loss -= c.run(s.Labels, 1, sv)
			for i, y := range s.Labels {
				p := c.prob[i*n : i*n+n]
				p[y]-- // now minus the gradient
				for _, f := range rows.Row(i) {
					a, b := t.starts[f], t.starts[f+1]
					labels := t.labels[a:b]
					x := v[2*a : 2*b]
					for k, l := range labels {
						g := p[l] + decay[f]*float64(x[2*k])
						if g < 1e-4 && g > -1e-4 {
							continue
						}
						sum := float64(x[2*k+1]) + g*g
						x[2*k+1] = float32(sum)
						x[2*k] -= float32(rate * g / (settle + math.Sqrt(sum)))
					}
				}
			}
			for i, g := range c.stepGrad {
				if g != 0 {
					sg[i] += g * g
					sv[i] -= rate * g / (settle + math.Sqrt(sg[i]))
				}
			}
		}
		if t.opt.Progress != nil {
			t.opt.Progress(epoch+1, loss/float64(max(items, 1)))
		}
	}
	w = make([]float64, len(t.labels))
	for i := range w {
		w[i] = float64(v[2*i])
	}
	for i := range sv {
		if !open[i] {
			sv[i] = math.Inf(-1)
		}
	}
	return w, sv
}
