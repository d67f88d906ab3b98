package perceptron

import "math"

// crf learns the weights of a linear-chain conditional random field by
// stochastic gradient descent, one sequence at a time. The penalty shrinks all
// weights at once through a common factor (scale), so that a step touches only
// the features of its sequence.
func (t *trainer) crf() (w, steps []float64) {
	epochs := t.opt.Epochs
	if epochs == 0 {
		epochs = 20
	}
	penalty := t.opt.Penalty
	if penalty == 0 {
		penalty = 1
	}
	rate := t.opt.Rate
	if rate == 0 {
		rate = 0.2
	}
	n, width := t.n, t.n+1
	lambda := penalty / float64(max(len(t.seqs), 1))
	v := make([]float64, len(t.labels)) // weights are scale·v
	sv := make([]float64, width*width)  // by from then to
	open := make([]bool, width*width)
	for from := range width {
		for to := range width {
			open[from*width+to] = t.allowed(from, to)
		}
	}
	scale := 1.0
	t0 := 1 / (lambda * rate)
	clock := 0.0
	var c chain
	order := make([]int, len(t.seqs))
	for i := range order {
		order[i] = i
	}
	var drop Rows
	var steep []slope
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
			for i := range m {
				emit := c.emit[i*n : i*n+n]
				if !t.opt.Seen {
					for _, f := range rows.Row(i) {
						for y, x := range v[int(f)*n : int(f)*n+n : int(f)*n+n] {
							emit[y] += x
						}
					}
				} else {
					for _, f := range rows.Row(i) {
						a, b := t.starts[f], t.starts[f+1]
						labels := t.labels[a:b]
						for k, x := range v[a:b] {
							emit[labels[k]] += x
						}
					}
				}
				for y := range emit {
					emit[y] *= scale
				}
			}
			for i, x := range sv {
				c.steps[i] = 0
				if open[i] {
					c.steps[i] = math.Exp(min(max(scale*x, -farthest), farthest))
				}
			}
			loss -= c.run(s.Labels, scale, sv)

			eta := 1 / (lambda * (t0 + clock))
			clock++
			scale *= 1 - eta*lambda
			by := eta / scale
			for i, y := range s.Labels {
				p := c.prob[i*n : i*n+n]
				p[y]-- // now minus the gradient
				if !t.opt.Seen {
					steep = steep[:0]
					for y, g := range p {
						if g > 1e-5 || g < -1e-5 {
							steep = append(steep, slope{y, by * g})
						}
					}
					if len(steep) == 0 {
						continue
					}
					for _, f := range rows.Row(i) {
						vs := v[int(f)*n : int(f)*n+n]
						for _, g := range steep {
							vs[g.label] -= g.step
						}
					}
					continue
				}
				for _, f := range rows.Row(i) {
					a, b := t.starts[f], t.starts[f+1]
					labels := t.labels[a:b]
					vs := v[a:b]
					for k := range vs {
						if g := p[labels[k]]; g > 1e-5 || g < -1e-5 {
							vs[k] -= by * g
						}
					}
				}
			}
			for i, g := range c.stepGrad {
				if g != 0 {
					sv[i] -= by * g
				}
			}
			if scale < 1e-6 {
				for i := range v {
					v[i] *= scale
				}
				for i := range sv {
					sv[i] *= scale
				}
				scale = 1
			}
		}
		if t.opt.Progress != nil {
			t.opt.Progress(epoch+1, loss/float64(max(items, 1)))
		}
	}
	for i := range v {
		v[i] *= scale
	}
	for i := range sv {
		sv[i] *= scale
		if !open[i] {
			sv[i] = math.Inf(-1)
		}
	}
	return v, sv
}

// farthest is how far apart scores may lie before they are brought nearer: e to
// the power of twice as much is still a number, so that no sum becomes 0 or
// infinite where only an unlikely label is allowed.
const farthest = 200

// A slope is a step of the weights of one label.
type slope struct {
	label int
	step  float64
}

// A chain holds the sums of the forward-backward procedure for one sequence,
// in plain numbers scaled so that every item's forward sums add up to 1.
type chain struct {
	n        int
	emit     []float64 // scores, then their exponentials
	steps    []float64 // exp of the step weights, by from then to, (n+1)²
	alpha    []float64
	beta     []float64
	norm     []float64
	prob     []float64 // probability of each label of each item
	stepGrad []float64 // expected minus observed count of each step
	tmp      []float64
}

func (c *chain) reset(m, n int) {
	c.n = n
	c.emit, c.alpha, c.beta = grow(c.emit, m*n), grow(c.alpha, m*n), grow(c.beta, m*n)
	c.prob, c.norm = grow(c.prob, m*n), grow(c.norm, m)
	c.steps, c.stepGrad = grow(c.steps, (n+1)*(n+1)), grow(c.stepGrad, (n+1)*(n+1))
	c.tmp = grow(c.tmp, n)
	clear(c.emit)
	clear(c.stepGrad)
}

// run fills prob and stepGrad and returns the logarithm of the probability of
// the labels given.
func (c *chain) run(gold []uint8, scale float64, sv []float64) float64 {
	n, w := c.n, c.n+1
	m := len(gold)
	logp := 0.0
	for i := range m {
		e := c.emit[i*n : i*n+n]
		top := math.Inf(-1)
		for _, x := range e {
			top = max(top, x)
		}
		logp += e[gold[i]] - top
		for y, x := range e {
			e[y] = math.Exp(max(x-top, -farthest))
		}
	}
	for i := range m {
		a, e := c.alpha[i*n:i*n+n], c.emit[i*n:i*n+n]
		if i == 0 {
			for y := range a {
				a[y] = c.steps[n*w+y] * e[y]
			}
		} else {
			clear(a)
			prev := c.alpha[(i-1)*n : i*n]
			for from, x := range prev {
				if x == 0 {
					continue
				}
				st := c.steps[from*w : from*w+n]
				for y := range a {
					a[y] += x * st[y]
				}
			}
			for y := range a {
				a[y] *= e[y]
			}
		}
		if i == m-1 {
			for y := range a {
				a[y] *= c.steps[y*w+n]
			}
		}
		sum := 0.0
		for _, x := range a {
			sum += x
		}
		if sum < 1e-300 {
			sum = 1e-300
		}
		c.norm[i] = sum
		logp -= math.Log(sum)
		for y := range a {
			a[y] /= sum
		}
	}
	for y := range n {
		c.beta[(m-1)*n+y] = 1
		c.prob[(m-1)*n+y] = c.alpha[(m-1)*n+y]
	}
	for i := m - 2; i >= 0; i-- {
		b, next, e := c.beta[i*n:i*n+n], c.beta[(i+1)*n:(i+2)*n], c.emit[(i+1)*n:(i+2)*n]
		a := c.alpha[i*n : i*n+n]
		for y := range n {
			c.tmp[y] = next[y] * e[y] / c.norm[i+1]
			if i == m-2 {
				c.tmp[y] *= c.steps[y*w+n]
			}
		}
		for from := range n {
			st := c.steps[from*w : from*w+n]
			sum := 0.0
			for y, x := range c.tmp {
				sum += st[y] * x
			}
			b[from] = sum
			c.prob[i*n+from] = a[from] * sum
			if af := a[from]; af > 1e-8 {
				g := c.stepGrad[from*w : from*w+n]
				for y, x := range c.tmp {
					g[y] += af * st[y] * x
				}
			}
		}
	}
	for y := range n {
		c.stepGrad[n*w+y] += c.prob[y]
		c.stepGrad[y*w+n] += c.prob[(m-1)*n+y]
	}
	from := n
	for _, y := range gold {
		i := from*w + int(y)
		c.stepGrad[i]--
		logp += scale * sv[i]
		from = int(y)
	}
	c.stepGrad[from*w+n]--
	logp += scale * sv[from*w+n]
	return logp
}
