package reuse

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
)

// ErrDamaged says that a stored index, or its journal, is not as it was written.
var ErrDamaged = errors.New("reuse: stored index is damaged")

// The form of a stored Index: a line that names it, the number of reports, the
// number of postings, then the postings in rising order, each as its distance
// from the one before, and a checksum (CRC-32C) over all that. Numbers are
// varints of encoding/binary. Six bytes or seven go for a posting.
const indexHead = "stemma index 1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// WriteTo writes the Index to w. Indexes that hold the same reports are written
// as the same bytes, whatever happened to them before.
func (x *Index) WriteTo(w io.Writer) (int64, error) {
	s := &summed{w: w, sum: crc32.New(castagnoli)}
	out := bufio.NewWriterSize(s, 1<<16)
	b := append([]byte(nil), indexHead...)
	b = binary.AppendUvarint(b, uint64(x.docs))
	b = binary.AppendUvarint(b, uint64(x.count))
	out.Write(b)
	last := uint64(0)
	var posts []uint64
	for i := 0; i < len(x.blocks); {
		b := x.blocks[i]
		i += 1 << (x.depth - uint(b.depth))
		posts = posts[:0]
		for _, p := range b.slots {
			if p != 0 {
				posts = append(posts, p)
			}
		}
		if b.waiting > 0 {
			for _, l := range x.waiting[b.waiting-1] {
				for _, r := range l.reports {
					posts = append(posts, l.fp|uint64(r))
				}
			}
		}
		slices.Sort(posts)
		for _, p := range posts {
			out.Write(binary.AppendUvarint(out.AvailableBuffer(), p-last))
			last = p
		}
	}
	if err := out.Flush(); err != nil {
		return s.n, err
	}
	_, err := s.w.Write(s.sum.Sum(nil))
	return s.n + 4, err
}

// A summed writer counts and sums up what goes through it.
type summed struct {
	w   io.Writer
	sum hash.Hash32
	n   int64
}

func (s *summed) Write(b []byte) (int, error) {
	s.sum.Write(b)
	n, err := s.w.Write(b)
	s.n += int64(n)
	return n, err
}

// ReadIndex reads an Index that WriteTo wrote. The error is [ErrDamaged] if it
// is cut off or altered.
func ReadIndex(r io.Reader) (*Index, error) {
	in := &scanned{r: bufio.NewReaderSize(r, 1<<16)}
	var head [len(indexHead)]byte
	for i := range head {
		head[i] = in.byte()
	}
	if in.err == nil && string(head[:]) != indexHead {
		return nil, fmt.Errorf("%w: it does not begin like one", ErrDamaged)
	}
	docs, count := in.uvarint(), in.uvarint()
	x := NewIndex(int(min(count, 1<<20))) // more only as it comes: the number may be damaged
	last := uint64(0)
	for n := uint64(0); n < count && in.err == nil; n++ {
		d := in.uvarint()
		p := last + d
		if p < last || p&docMask == 0 {
			in.fail("a posting is out of order")
			break
		}
		last = p
		x.add(p)
	}
	in.checksum("its checksum is another")
	if in.err != nil {
		return nil, in.err
	}
	x.docs = int(docs)
	return x, nil
}

// A scanned reader reads bytes and numbers up to the first error.
type scanned struct {
	r   *bufio.Reader
	sum uint32
	n   int64
	cut bool // the end came too soon
	err error
}

func (s *scanned) fail(why string) { s.err = fmt.Errorf("%w: %s", ErrDamaged, why) }

func (s *scanned) end() {
	s.fail("it is cut off")
	s.cut = true
}

// checksum reads the checksum of what was read up to here, and fails with what
// if it is another.
func (s *scanned) checksum(what string) {
	sum := s.sum
	var want [4]byte
	for i := range want {
		want[i] = s.byte()
	}
	if s.err == nil && binary.BigEndian.Uint32(want[:]) != sum {
		s.fail(what)
	}
}

func (s *scanned) byte() (b byte) {
	if p := s.peek(1); p != nil {
		b = p[0]
		s.skip(1)
	}
	return b
}

// peek returns the next n bytes, or nil at the end.
func (s *scanned) peek(n int) []byte {
	if s.err != nil {
		return nil
	}
	b, err := s.r.Peek(n)
	switch {
	case err == io.EOF && len(b) < n:
		s.end()
		return nil
	case err != nil:
		s.err = err
		return nil
	}
	return b
}

func (s *scanned) skip(n int) {
	b, _ := s.r.Peek(n)
	s.sum = crc32.Update(s.sum, castagnoli, b)
	s.n += int64(n)
	s.r.Discard(n)
}

func (s *scanned) uvarint() uint64 {
	if s.err != nil {
		return 0
	}
	b, err := s.r.Peek(binary.MaxVarintLen64)
	v, n := binary.Uvarint(b)
	switch {
	case n > 0:
		s.skip(n)
	case err != nil && err != io.EOF:
		s.err = err
	case n == 0:
		s.end()
	default:
		s.fail("a number is too large")
	}
	return v
}

// A Change is one report added to an Index, or removed from it.
type Change struct {
	Report  uint32
	Removed bool
	Keys    []Key
}

// Apply makes the change to x.
func (x *Index) Apply(c Change) {
	if c.Removed {
		x.Remove(c.Report, c.Keys)
	} else {
		x.Add(c.Report, c.Keys)
	}
}

// AppendTo appends c to b in the form that [Replay] reads: what a journal of
// changes is made of. Its keys must be sorted, as [Keys] returns them.
func (c Change) AppendTo(b []byte) []byte {
	start := len(b)
	op := byte('+')
	if c.Removed {
		op = '-'
	}
	b = append(b, op)
	b = binary.AppendUvarint(b, uint64(c.Report))
	b = binary.AppendUvarint(b, uint64(len(c.Keys)))
	last := Key(0)
	for _, k := range c.Keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// Replay makes the changes of a journal to x. It returns how many bytes of the
// journal are whole changes: a change that the end cuts off, as a crash leaves
// it, is not made, and what comes next is to be written in its place. The error
// is [ErrDamaged] if a change is altered; those before it are made.
func (x *Index) Replay(journal io.Reader) (whole int64, err error) {
	in := &scanned{r: bufio.NewReaderSize(journal, 1<<16)}
	var c Change
	for {
		if _, err := in.r.Peek(1); err == io.EOF {
			return in.n, nil
		}
		whole = in.n
		in.sum = 0
		op := in.byte()
		report, n := in.uvarint(), in.uvarint()
		if in.err == nil && (op != '+' && op != '-' || report > MaxReports) {
			in.fail("what stands in the journal is no change")
		}
		c = Change{Report: uint32(report), Removed: op == '-', Keys: c.Keys[:0]}
		last := Key(0)
		for i := uint64(0); i < n && in.err == nil; i++ {
			last += Key(in.uvarint())
			c.Keys = append(c.Keys, last)
		}
		in.checksum("the checksum of a change is another")
		if in.err != nil {
			if _, err := in.r.Peek(1); in.cut || err == io.EOF {
				return whole, nil // the last change, cut off
			}
			return whole, in.err
		}
		x.Apply(c)
	}
}
