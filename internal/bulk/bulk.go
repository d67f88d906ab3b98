// Package bulk finds the copies among more reports than memory holds: it
// reads a file of reports, one JSON object a line, and writes a file of
// copies, one a line.
//
// It works in three stages, as a distributed engine would with the same
// functions of package reuse:
//
//	map      each report → its keys, spread over partitions by key
//	group    each partition sorted by key → scores of pairs, spread over
//	         blocks by the later report of the pair
//	compare  each block sorted by pair → best candidates → copies
//
// Partitions and blocks are files in a work folder beside the output; each is
// small enough to be sorted in memory. A manifest records what is done, so a
// run that was cut off goes on where it was.
package bulk

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"stemma"
	"stemma/reuse"
)

// Options say how to run. The zero value is right for most.
type Options struct {
	Memory  int64         // bytes to stay below; 0 means 4 GiB
	Workers int           // 0 means one a processor
	Window  time.Duration // compare only reports published within it; 0 means all
	Limit   int           // candidates compared for each report, best first; 0 means 64
	Anchors bool          // use anchor keys alone: verbatim and near copies only, faster
	Keep    bool          // keep the work folder
	// Progress is called now and then with the stage and how far it is.
	Progress func(stage string, done, total int64)
	// Failed is called for each line of the input that is passed over, with the
	// byte at which it starts, and for each pair that could not be compared.
	Failed func(offset int64, err error)
}

// A Result says what a run did.
type Result struct {
	Reports    int64   `json:"reports"`
	Skipped    int64   `json:"skipped"` // lines passed over: no report, or none that can be read
	Keys       int64   `json:"keys"`
	Candidates int64   `json:"candidates"`
	Copies     int64   `json:"copies"`
	Twins      int64   `json:"twins"`  // copies with the very same words
	Failed     int64   `json:"failed"` // pairs that could not be compared
	MapTime    float64 `json:"map_seconds"`
	GroupTime  float64 `json:"group_seconds"`
	PairTime   float64 `json:"compare_seconds"`
}

// maxLine is the longest line that is read; longer ones are passed over.
const maxLine = 64 << 20

// Run reads reports from input and writes their copies to output, which is
// complete once Run returns nil. A run that was cut off leaves
// output+".work"; the next Run with the same input and options goes on there.
func Run(ctx context.Context, input, output string, opt Options) (Result, error) {
	if opt.Memory == 0 {
		opt.Memory = 4 << 30
	}
	if opt.Workers == 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	// What is held fits; garbage must not wait until it no longer does.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(opt.Memory / 16 * 15))
	if opt.Progress == nil {
		opt.Progress = func(string, int64, int64) {}
	}
	if opt.Failed == nil {
		opt.Failed = func(int64, error) {}
	}
	in, err := os.Open(input)
	if err != nil {
		return Result{}, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return Result{}, err
	}
	j := &job{ctx: ctx, opt: opt, in: in, size: info.Size(), dir: output + ".work", output: output}
	if err := j.open(info); err != nil {
		return Result{}, err
	}
	for _, stage := range []struct {
		run  func() error
		time *float64
	}{{j.mapKeys, &j.Result.MapTime}, {j.prepare, &j.Result.MapTime}, {j.group, &j.Result.GroupTime}, {j.compare, &j.Result.PairTime}} {
		start := time.Now()
		err := stage.run()
		*stage.time += time.Since(start).Seconds()
		if err != nil {
			return j.Result, errors.Join(err, j.save())
		}
	}
	if !opt.Keep {
		return j.Result, os.RemoveAll(j.dir)
	}
	return j.Result, nil
}

// A manifest says what is done.
type manifest struct {
	Input    string // size and time of the input, and the options that matter
	Parts    int
	Blocks   int
	Offset   int64   // of the input, up to which the map stage is done
	Reports  int     // of which this many reports
	Sizes    []int64 // of the partition files up to there
	Mapped   bool
	Grouped  int     // partitions done
	Blocked  []int64 // sizes of the block files up to there
	Compared int     // blocks done
	Written  int64   // size of the output up to there
	Result   Result
}

type job struct {
	manifest
	ctx    context.Context
	opt    Options
	in     *os.File
	size   int64
	dir    string
	output string

	table  []entry  // one for each report, by number
	rank   []uint32 // number → place in the order of reuse
	byRank []uint32
	twin   []uint32 // number → 1 + number of the first report with the same words; 0 if itself the first
	boiler reuse.Boilerplate
	masked map[uint64]bool // outlet and key: keys of boilerplate
}

// An entry is what is kept in memory of each report: 40 bytes.
type entry struct {
	Offset    int64
	Length    int32
	Outlet    uint32
	Published int64 // Unix seconds; noDate if unknown
	Hash      uint64
	ID        uint64
}

const noDate = math.MaxInt64

func (j *job) path(name string, n int) string {
	return filepath.Join(j.dir, fmt.Sprintf("%s-%04d", name, n))
}

func (j *job) open(info os.FileInfo) error {
	if err := os.MkdirAll(j.dir, 0o755); err != nil {
		return err
	}
	input := fmt.Sprintf("%d bytes of %s, window %s, limit %d, anchors %v, memory %d, format 1",
		info.Size(), info.ModTime().UTC().Format(time.RFC3339Nano), j.opt.Window, j.opt.Limit, j.opt.Anchors, j.opt.Memory)
	b, err := os.ReadFile(filepath.Join(j.dir, "manifest.json"))
	if err == nil && json.Unmarshal(b, &j.manifest) == nil && j.Input == input {
		return nil
	}
	// Some 255 keys of 12 bytes for each 3.4 kB of report: nine tenths of the
	// input. A partition, the space to sort it in (four thirds of it) and the
	// scores of its pairs (as much again) fit an eighth of the memory.
	parts := int(float64(info.Size()) * 0.9 * 3.5 * 8 / float64(j.opt.Memory))
	parts = min(256, max(8, parts+1))
	j.manifest = manifest{Input: input, Parts: parts, Blocks: parts * 2, Sizes: make([]int64, parts+2), Blocked: make([]int64, parts*2)}
	return nil
}

func (j *job) save() error {
	b, err := json.Marshal(j.manifest)
	if err != nil {
		return err
	}
	name := filepath.Join(j.dir, "manifest.json")
	if err := os.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// A writer appends to a file that may hold more than is vouched for.
type writer struct {
	*bufio.Writer
	f    *os.File
	size int64
}

func (j *job) append(name string, size int64) (*writer, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := f.Truncate(size); err != nil {
		return nil, err
	}
	if _, err := f.Seek(size, io.SeekStart); err != nil {
		return nil, err
	}
	return &writer{bufio.NewWriterSize(f, 64<<10), f, size}, nil
}

func (w *writer) put(b []byte) error {
	n, err := w.Write(b)
	w.size += int64(n)
	return err
}

// A batch of lines goes through the map stage together.
type batch struct {
	offsets []int64
	lines   [][]byte
	done    chan struct{}

	entries []entry
	edges   []reuse.Edge
	keys    []reuse.Key
	ends    []int // of each report's keys
	failed  []failure
	end     int64 // offset after the last line
}

// A failure says that the line at offset is passed over, and why.
type failure struct {
	offset int64
	err    error
}

const (
	batchBytes = 1 << 20
	saveEvery  = 256 << 20 // bytes of input between checkpoints
)

// mapKeys writes the keys of every report to the partitions, its table entry
// and its edges to files of their own.
func (j *job) mapKeys() error {
	if j.Mapped {
		return nil
	}
	out := make([]*writer, j.Parts+2)
	for p := range out {
		name := "keys"
		if p >= j.Parts {
			name = "table"
		}
		w, err := j.append(j.path(name, p), j.Sizes[p])
		if err != nil {
			return err
		}
		defer w.f.Close()
		out[p] = w
	}
	// What is counted here becomes the manifest's at a checkpoint, together
	// with the files it goes with.
	reports, res := j.Reports, j.Result
	checkpoint := func(end int64) error {
		j.Reports, j.Result = reports, res
		for p, w := range out {
			if err := w.Flush(); err != nil {
				return err
			}
			j.Sizes[p] = w.size
		}
		j.Offset = end
		return j.save()
	}

	work := make(chan *batch, j.opt.Workers)
	order := make(chan *batch, 2*j.opt.Workers)
	var wg sync.WaitGroup
	for range j.opt.Workers {
		wg.Go(func() {
			var r reuse.Reading
			for b := range work {
				j.mapBatch(&r, b)
				close(b.done)
			}
		})
	}
	var readErr error
	wg.Go(func() {
		defer close(order)
		defer close(work)
		readErr = j.readBatches(j.Offset, func(b *batch) bool {
			if j.ctx.Err() != nil {
				return false
			}
			work <- b
			order <- b
			return true
		})
	})
	var err error
	last := j.Offset
	var rec [40]byte
	for b := range order {
		<-b.done
		if err != nil {
			continue // drain
		}
		first := 0
		for i, e := range b.entries {
			n := uint32(reports)
			reports++
			binary.LittleEndian.PutUint64(rec[0:], uint64(e.Offset))
			binary.LittleEndian.PutUint32(rec[8:], uint32(e.Length))
			binary.LittleEndian.PutUint32(rec[12:], e.Outlet)
			binary.LittleEndian.PutUint64(rec[16:], uint64(e.Published))
			binary.LittleEndian.PutUint64(rec[24:], e.Hash)
			binary.LittleEndian.PutUint64(rec[32:], e.ID)
			err = errors.Join(err, out[j.Parts].put(rec[:40]))
			for _, k := range b.keys[first:b.ends[i]] {
				// The low bits hold the channel; the partition comes from the high ones.
				p := int(uint64(k) >> 32 * uint64(j.Parts) >> 32)
				binary.LittleEndian.PutUint64(rec[0:], uint64(k))
				binary.LittleEndian.PutUint32(rec[8:], n)
				err = errors.Join(err, out[p].put(rec[:12]))
			}
			first = b.ends[i]
		}
		for _, e := range b.edges {
			binary.LittleEndian.PutUint64(rec[0:], e.Para)
			binary.LittleEndian.PutUint32(rec[8:], e.Report)
			err = errors.Join(err, out[j.Parts+1].put(rec[:12]))
		}
		res.Reports = int64(reports)
		res.Keys += int64(len(b.keys))
		res.Skipped += int64(len(b.failed))
		for _, f := range b.failed {
			j.opt.Failed(f.offset, f.err)
		}
		if b.end-last >= saveEvery && err == nil {
			err = checkpoint(b.end)
			last = b.end
		}
		j.opt.Progress("map", b.end, j.size)
	}
	wg.Wait()
	if err = errors.Join(err, readErr); err != nil {
		return err
	}
	if err := j.ctx.Err(); err != nil {
		return err
	}
	j.Mapped = true
	return checkpoint(j.size)
}

// readBatches reads lines from offset on and hands them over in batches.
func (j *job) readBatches(offset int64, give func(*batch) bool) error {
	if _, err := j.in.Seek(offset, io.SeekStart); err != nil {
		return err
	}
	rd := bufio.NewReaderSize(j.in, 1<<20)
	b := &batch{done: make(chan struct{}), end: offset}
	size := 0
	for {
		part, err := rd.ReadSlice('\n')
		line, length := slices.Clone(part), len(part)
		for err == bufio.ErrBufferFull {
			part, err = rd.ReadSlice('\n')
			if length += len(part); length <= maxLine {
				line = append(line, part...)
			}
		}
		if err != nil && err != io.EOF {
			return err
		}
		switch {
		case length > maxLine:
			b.failed = append(b.failed, failure{offset, fmt.Errorf("longer than %d MiB", maxLine>>20)})
			size += batchBytes
		case len(bytes.TrimSpace(line)) > 0:
			b.offsets = append(b.offsets, offset)
			b.lines = append(b.lines, line)
			size += length
		}
		offset += int64(length)
		b.end = offset
		if size >= batchBytes || err == io.EOF {
			if !give(b) || err == io.EOF {
				return nil
			}
			b, size = &batch{done: make(chan struct{}), end: offset}, 0
		}
	}
}

func (j *job) mapBatch(r *reuse.Reading, b *batch) {
	for i, line := range b.lines {
		keys, edges := len(b.keys), len(b.edges)
		var e entry
		err := attempt(func() (err error) {
			e, err = j.mapLine(r, b, line)
			return err
		})
		if err != nil {
			*r = reuse.Reading{}
			b.keys, b.edges = b.keys[:keys], b.edges[:edges]
			b.failed = append(b.failed, failure{b.offsets[i], err})
			continue
		}
		e.Offset = b.offsets[i]
		b.entries = append(b.entries, e)
		b.ends = append(b.ends, len(b.keys))
		b.lines[i] = nil
	}
	slices.SortFunc(b.failed, func(x, y failure) int { return cmp.Compare(x.offset, y.offset) })
}

// mapLine adds the keys and the edges of the report in line to b.
func (j *job) mapLine(r *reuse.Reading, b *batch, line []byte) (entry, error) {
	var rep stemma.Report
	if err := decode(line, &rep); err != nil {
		return entry{}, err
	}
	if rep.Text == "" {
		return entry{}, errors.New("no text")
	}
	name(&rep)
	r.Reset(&stemma.Document{Report: &rep})
	e := entry{Length: int32(len(line)), Published: noDate, Hash: r.Hash(), Outlet: hash32(rep.Outlet), ID: hash64(string(rep.ID))}
	if !rep.Published.IsZero() {
		e.Published = rep.Published.From.Unix()
	}
	if j.opt.Anchors {
		b.keys = r.Anchors(b.keys)
	} else {
		b.keys = r.Keys(b.keys)
	}
	b.edges = r.Edges(b.edges)
	return e, nil
}

// attempt calls do and returns its error. A panic is a *panicked: one report
// must not stop millions.
func attempt(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicked{r}
		}
	}()
	return do()
}

type panicked struct{ value any }

func (p *panicked) Error() string { return fmt.Sprint("panic: ", p.value) }

// name gives a report that came without ID its own.
func name(rep *stemma.Report) {
	if rep.ID == "" {
		rep.ID = stemma.NewReportID(rep.Source, rep.Text)
	}
}

func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

func hash32(s string) uint32 {
	if s == "" {
		return 0
	}
	return uint32(hash64(s)>>32) | 1
}

// prepare reads back the table and works out the order of the reports, the
// twins and the boilerplate.
func (j *job) prepare() error {
	b, err := os.ReadFile(j.path("table", j.Parts))
	if err != nil {
		return err
	}
	j.table = make([]entry, j.Reports)
	for n := range j.table {
		r := b[n*40:]
		j.table[n] = entry{int64(binary.LittleEndian.Uint64(r)), int32(binary.LittleEndian.Uint32(r[8:])), binary.LittleEndian.Uint32(r[12:]),
			int64(binary.LittleEndian.Uint64(r[16:])), binary.LittleEndian.Uint64(r[24:]), binary.LittleEndian.Uint64(r[32:])}
	}
	j.byRank = make([]uint32, j.Reports)
	for n := range j.byRank {
		j.byRank[n] = uint32(n)
	}
	slices.SortFunc(j.byRank, func(x, y uint32) int {
		a, b := &j.table[x], &j.table[y]
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID), cmp.Compare(x, y))
	})
	j.rank = make([]uint32, j.Reports)
	for r, n := range j.byRank {
		j.rank[n] = uint32(r)
	}
	// Twins: equal hashes of all words.
	byHash := slices.Clone(j.byRank)
	slices.SortStableFunc(byHash, func(x, y uint32) int { return cmp.Compare(j.table[x].Hash, j.table[y].Hash) })
	j.twin = make([]uint32, j.Reports)
	for i := 1; i < len(byHash); i++ {
		x, y := byHash[i-1], byHash[i]
		if h := j.table[y].Hash; h != 0 && h == j.table[x].Hash {
			if j.twin[y] = j.twin[x]; j.twin[y] == 0 {
				j.twin[y] = x + 1
			}
		}
	}
	// Boilerplate.
	b, err = os.ReadFile(j.path("table", j.Parts+1))
	if err != nil {
		return err
	}
	edges := make([]reuse.Edge, len(b)/12)
	for i := range edges {
		edges[i] = reuse.Edge{Para: binary.LittleEndian.Uint64(b[i*12:]), Report: binary.LittleEndian.Uint32(b[i*12+8:])}
	}
	j.boiler = reuse.FindBoilerplate(edges)
	return j.maskKeys()
}

// maskKeys finds the keys of the boilerplate, once for each outlet.
func (j *job) maskKeys() error {
	j.masked = map[uint64]bool{}
	if len(j.boiler) == 0 {
		return nil
	}
	// One report for each paragraph is enough; look until all are found.
	seen := map[uint64]bool{}
	perOutlet := map[uint32]int{}
	var r reuse.Reading
	var buf []byte
	for n := range j.table {
		if len(seen) == len(j.boiler) {
			break
		}
		o := j.table[n].Outlet
		if o == 0 || perOutlet[o] > 200 {
			continue
		}
		perOutlet[o]++
		rep, err := j.report(uint32(n), &buf)
		if err != nil {
			return err
		}
		r.Reset(&stemma.Document{Report: rep})
		var fresh bool
		for _, e := range r.Edges(nil) {
			if j.boiler[e.Para] && !seen[e.Para] {
				seen[e.Para], fresh = true, true
			}
		}
		if fresh {
			for _, k := range r.ParagraphKeys(nil, j.boiler) {
				j.masked[maskKey(o, uint64(k))] = true
			}
		}
	}
	return nil
}

func maskKey(outlet uint32, key uint64) uint64 { return key ^ uint64(outlet)*0x9e3779b97f4a7c15 }

// report reads report number n from the input, by way of buf.
func (j *job) report(n uint32, buf *[]byte) (*stemma.Report, error) {
	e := j.table[n]
	*buf = slices.Grow((*buf)[:0], int(e.Length))[:e.Length]
	if _, err := j.in.ReadAt(*buf, e.Offset); err != nil {
		return nil, err
	}
	rep := new(stemma.Report)
	if err := decode(*buf, rep); err != nil {
		return nil, err
	}
	name(rep)
	return rep, nil
}

// A posting says that the report of this rank has the key.
type posting struct {
	key  uint64
	rank uint32
}

// A score is what one pair of reports got from one partition.
type score struct {
	hi, lo uint32 // ranks
	worth  float32
}

// group turns the postings of each partition into scores of pairs.
func (j *job) group() error {
	if j.Grouped == j.Parts {
		return nil
	}
	out := make([]*writer, j.Blocks)
	for b := range out {
		w, err := j.append(j.path("pairs", b), j.Blocked[b])
		if err != nil {
			return err
		}
		defer w.f.Close()
		out[b] = w
	}
	type result struct {
		scores []score
		err    error
	}
	// Partitions are sorted at once, as many as fit, and written in their order.
	results := make([]chan result, j.Parts)
	for p := range results {
		results[p] = make(chan result, 1)
	}
	gate := make(chan struct{}, min(j.opt.Workers, 5))
	ctx, cancel := context.WithCancel(j.ctx)
	defer cancel()
	go func() {
		for p := j.Grouped; p < j.Parts; p++ {
			select {
			case gate <- struct{}{}:
			case <-ctx.Done():
				results[p] <- result{nil, ctx.Err()}
				return
			}
			go func() {
				s, err := j.groupPart(p)
				results[p] <- result{s, err}
			}()
		}
	}()
	var rec [12]byte
	for p := j.Grouped; p < j.Parts; p++ {
		res := <-results[p]
		if res.err != nil {
			return res.err
		}
		for _, s := range res.scores {
			if s.worth == 0 {
				continue
			}
			b := int(uint64(s.hi) * uint64(j.Blocks) / uint64(max(1, j.Reports)))
			binary.LittleEndian.PutUint32(rec[0:], s.hi)
			binary.LittleEndian.PutUint32(rec[4:], s.lo)
			binary.LittleEndian.PutUint32(rec[8:], math.Float32bits(s.worth))
			if err := out[b].put(rec[:]); err != nil {
				return err
			}
		}
		<-gate
		for b, w := range out {
			if err := w.Flush(); err != nil {
				return err
			}
			j.Blocked[b] = w.size
		}
		j.Grouped = p + 1
		if err := j.save(); err != nil {
			return err
		}
		j.opt.Progress("group", int64(j.Grouped), int64(j.Parts))
		if !j.opt.Keep {
			os.Remove(j.path("keys", p))
		}
	}
	return nil
}

func (j *job) groupPart(p int) ([]score, error) {
	b, err := os.ReadFile(j.path("keys", p))
	if err != nil {
		return nil, err
	}
	b = b[:min(int64(len(b)), j.Sizes[p])]
	// Postings of one key are brought together by sorting them into small heaps
	// by a hash of the key first, of some eight each.
	shift := 64
	for size := len(b) / 12 / 8; size > 0; size >>= 1 {
		shift--
	}
	heap := func(k uint64) int { return int(k * heapMul >> shift) }
	ends := make([]uint32, 1<<(64-shift)+1)
	kept := b[:0]
	for i := 0; i+12 <= len(b); i += 12 {
		k, n := binary.LittleEndian.Uint64(b[i:]), binary.LittleEndian.Uint32(b[i+8:])
		if j.twin[n] != 0 {
			continue
		}
		if o := j.table[n].Outlet; o != 0 && len(j.masked) > 0 && j.masked[maskKey(o, k)] {
			continue
		}
		kept = binary.LittleEndian.AppendUint64(kept, k)
		kept = binary.LittleEndian.AppendUint32(kept, j.rank[n])
		ends[heap(k)+1]++
	}
	for h := 1; h < len(ends); h++ {
		ends[h] += ends[h-1]
	}
	posts := make([]posting, len(kept)/12)
	for i := 0; i < len(kept); i += 12 {
		k := binary.LittleEndian.Uint64(kept[i:])
		at := &ends[heap(k)]
		posts[*at] = posting{k, binary.LittleEndian.Uint32(kept[i+8:])}
		*at++
	}
	var pairs scores
	var ranks []uint32
	first := uint32(0)
	for _, end := range ends[:len(ends)-1] {
		sortPostings(posts[first:end])
		for i := first; i < end; {
			k := posts[i].key
			ranks = ranks[:0]
			for ; i < end && posts[i].key == k; i++ {
				ranks = append(ranks, posts[i].rank)
			}
			if len(ranks) < 2 {
				continue
			}
			worth, hubs := reuse.Worth(reuse.Key(k).Channel(), len(ranks))
			for x := 1; x < len(ranks); x++ {
				for y := range min(x, hubs) {
					if j.within(ranks[x], ranks[y]) {
						pairs.add(ranks[x], ranks[y], worth)
					}
				}
			}
		}
		first = end
	}
	return pairs.slot, nil
}

const heapMul = 0x9e3779b97f4a7c15

func sortPostings(p []posting) {
	less := func(x, y posting) bool { return x.key < y.key || x.key == y.key && x.rank < y.rank }
	if len(p) > 24 {
		slices.SortFunc(p, func(x, y posting) int {
			if less(x, y) {
				return -1
			}
			return 1
		})
		return
	}
	for i := 1; i < len(p); i++ {
		for k := i; k > 0 && less(p[k], p[k-1]); k-- {
			p[k], p[k-1] = p[k-1], p[k]
		}
	}
}

// scores adds up what pairs of reports got: a table in open addressing.
type scores struct {
	slot []score // worth 0: free
	used int
}

func (s *scores) add(hi, lo uint32, worth float32) {
	if 3*s.used >= 2*len(s.slot) {
		old := s.slot
		s.slot, s.used = make([]score, max(1<<10, 2*len(old))), 0
		for _, x := range old {
			if x.worth != 0 {
				s.add(x.hi, x.lo, x.worth)
			}
		}
	}
	mask := uint64(len(s.slot) - 1)
	for i := (uint64(hi)<<32 | uint64(lo)) * heapMul >> 20; ; i++ {
		x := &s.slot[i&mask]
		if x.worth == 0 {
			*x = score{hi, lo, worth}
			s.used++
			return
		}
		if x.hi == hi && x.lo == lo {
			x.worth += worth
			return
		}
	}
}

// within reports whether two reports were published near enough in time.
func (j *job) within(x, y uint32) bool {
	if j.opt.Window == 0 {
		return true
	}
	a, b := j.table[j.byRank[x]].Published, j.table[j.byRank[y]].Published
	return a == noDate || b == noDate || time.Duration(max(a-b, b-a))*time.Second <= j.opt.Window
}

// compare compares the candidates of each block and writes the copies.
func (j *job) compare() error {
	out, err := j.append(j.output+".new", j.Written)
	if err != nil {
		return err
	}
	defer out.f.Close()
	cache := newCache(j.opt.Memory / 2)
	for b := j.Compared; b < j.Blocks; b++ {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		before := j.Result
		if err := j.compareBlock(b, cache, out); err != nil {
			j.Result = before
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
		j.Compared, j.Written = b+1, out.size
		if err := j.save(); err != nil {
			return err
		}
		j.opt.Progress("compare", int64(j.Compared), int64(j.Blocks))
		if !j.opt.Keep {
			os.Remove(j.path("pairs", b))
		}
	}
	if err := out.f.Sync(); err != nil {
		return err
	}
	return os.Rename(j.output+".new", j.output)
}

func (j *job) compareBlock(block int, cache *cache, out *writer) error {
	b, err := os.ReadFile(j.path("pairs", block))
	if err != nil {
		return err
	}
	b = b[:min(int64(len(b)), j.Blocked[block])]
	var sums scores
	for i := 0; i+12 <= len(b); i += 12 {
		sums.add(binary.LittleEndian.Uint32(b[i:]), binary.LittleEndian.Uint32(b[i+4:]), math.Float32frombits(binary.LittleEndian.Uint32(b[i+8:])))
	}
	pairs := slices.DeleteFunc(sums.slot, func(s score) bool { return s.worth < reuse.MinScore })
	slices.SortFunc(pairs, func(x, y score) int {
		return cmp.Or(cmp.Compare(x.hi, y.hi), cmp.Compare(y.worth, x.worth), cmp.Compare(x.lo, y.lo))
	})
	limit := j.opt.Limit
	if limit == 0 {
		limit = 64
	}
	of := 0 // candidates of the report before
	kept := pairs[:0]
	for i, p := range pairs {
		if of++; i == 0 || p.hi != kept[len(kept)-1].hi {
			of = 1
		}
		if of <= limit {
			kept = append(kept, p)
		}
	}
	pairs = kept
	j.Result.Candidates += int64(len(pairs))

	// Twins whose rank lies in this block.
	lo := uint32((uint64(block)*uint64(j.Reports) + uint64(j.Blocks) - 1) / uint64(j.Blocks))
	hi := uint32((uint64(block+1)*uint64(j.Reports) + uint64(j.Blocks) - 1) / uint64(j.Blocks))
	for r := lo; r < min(hi, uint32(j.Reports)); r++ {
		if n := j.byRank[r]; j.twin[n] != 0 {
			pairs = append(pairs, score{r, j.rank[j.twin[n]-1], -1})
		}
	}
	const chunk = 64
	lines := make([][][]byte, (len(pairs)+chunk-1)/chunk)
	errs := make([]error, j.opt.Workers)
	failed := make([][]failure, len(lines))
	var next sync.Mutex
	at := 0
	var wg sync.WaitGroup
	for w := range j.opt.Workers {
		wg.Go(func() {
			var c reuse.Comparer
			var buf []byte
			for {
				next.Lock()
				k := at
				at++
				next.Unlock()
				if k >= len(lines) || j.ctx.Err() != nil {
					return
				}
				for _, p := range pairs[k*chunk : min(len(pairs), (k+1)*chunk)] {
					var line []byte
					err := attempt(func() (err error) {
						line, err = j.pair(&c, cache, p, &buf)
						return err
					})
					if bad := new(panicked); errors.As(err, &bad) {
						c = reuse.Comparer{}
						a, b := j.table[j.byRank[p.lo]].Offset, j.table[j.byRank[p.hi]].Offset
						failed[k] = append(failed[k], failure{b, fmt.Errorf("compared with the report at byte %d: %w", a, err)})
						continue
					}
					if err != nil {
						errs[w] = err
						return
					}
					if line != nil {
						lines[k] = append(lines[k], line)
					}
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(append(errs, j.ctx.Err())...); err != nil {
		return err
	}
	for k, ls := range lines {
		for _, l := range ls {
			if err := out.put(l); err != nil {
				return err
			}
		}
		j.Result.Copies += int64(len(ls))
		j.Result.Failed += int64(len(failed[k]))
		for _, f := range failed[k] {
			j.opt.Failed(f.offset, f.err)
		}
	}
	for _, p := range pairs {
		if p.worth < 0 {
			j.Result.Twins++
		}
	}
	return nil
}

// pair compares one pair and returns the line to write, nil if it is no copy.
func (j *job) pair(c *reuse.Comparer, cache *cache, p score, buf *[]byte) ([]byte, error) {
	a, err := cache.get(j, j.byRank[p.lo], buf)
	if err != nil {
		return nil, err
	}
	b, err := cache.get(j, j.byRank[p.hi], buf)
	if err != nil {
		return nil, err
	}
	var cp stemma.Copy
	switch {
	case p.worth < 0 && a.SameWords(b):
		cp = c.Same(a, b)
	default:
		var ok bool
		if cp, ok = c.Compare(a, b); !ok {
			return nil, nil
		}
	}
	line, err := json.Marshal(cp)
	return append(line, '\n'), err
}

// A cache keeps readings, the least recently used of a shard going first.
type cache struct {
	shards [16]shard
	limit  int
}

type shard struct {
	sync.Mutex
	readings map[uint32]*cached
	bytes    int
	tick     uint64
}

type cached struct {
	r    *reuse.Reading
	used uint64
}

func newCache(bytes int64) *cache {
	c := &cache{limit: int(bytes / 16)}
	for i := range c.shards {
		c.shards[i].readings = map[uint32]*cached{}
	}
	return c
}

func (c *cache) get(j *job, n uint32, buf *[]byte) (*reuse.Reading, error) {
	s := &c.shards[n%16]
	s.Lock()
	s.tick++
	if e := s.readings[n]; e != nil {
		e.used = s.tick
		s.Unlock()
		return e.r, nil
	}
	s.Unlock()
	rep, err := j.report(n, buf)
	if err != nil {
		return nil, err
	}
	r := reuse.Read(&stemma.Document{Report: rep})
	r.Mask(j.boiler)
	s.Lock()
	defer s.Unlock()
	if s.readings[n] == nil {
		s.readings[n] = &cached{r, s.tick}
		s.bytes += r.Bytes()
	}
	if s.bytes > c.limit {
		// Drop the older half.
		used := make([]uint64, 0, len(s.readings))
		for _, e := range s.readings {
			used = append(used, e.used)
		}
		slices.Sort(used)
		mid := used[len(used)/2]
		for k, e := range s.readings {
			if e.used < mid {
				s.bytes -= e.r.Bytes()
				delete(s.readings, k)
			}
		}
	}
	return r, nil
}
