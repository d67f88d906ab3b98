// Package sorted searches tables that are text: sorted lines of a key, a tab and
// a value, behind a head of lines that begin with "#". They are searched where
// they stand.
package sorted

import (
	"math/bits"
	"strings"
)

// A Table is a text made ready for searching. One line in blockSize bytes is
// noted, so that a search looks at a few places only.
type Table struct {
	text   string
	starts []uint32 // of the first line of each block
	heads  []uint64 // the first eight bytes of its key
	some   []uint64 // a set of hashes of the keys; nil if there is none
}

const blockSize = 64

// New returns the table that text is. It passes over most of text.
func New(text string) *Table {
	n := len(text)/blockSize + 1
	t := &Table{text: text, starts: make([]uint32, 0, n), heads: make([]uint64, 0, n)}
	at := 0
	for strings.HasPrefix(text[at:], "#") {
		line, _, _ := strings.Cut(text[at:], "\n")
		at = min(at+len(line)+1, len(text))
	}
	for at < len(text) {
		key := text[at:]
		key = key[:strings.IndexByte(key, '\t')]
		t.starts, t.heads = append(t.starts, uint32(at)), append(t.heads, head(key))
		next := min(at+blockSize, len(text))
		end := strings.IndexByte(text[next:], '\n')
		if end < 0 {
			break
		}
		at = next + end + 1
	}
	return t
}

// NewSparse is New for a table that most keys asked for are not in: those it
// tells at a glance. It reads all of text.
func NewSparse(text string) *Table {
	t := New(text)
	t.some = make([]uint64, 1<<max(bits.Len(uint(strings.Count(text, "\n")/4)), 1))
	for line := range strings.Lines(text) {
		if key, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			h := hash(key)
			t.some[int(h>>6)&(len(t.some)-1)] |= 1 << (h & 63)
		}
	}
	return t
}

// head returns the first eight bytes of key in an order that numbers have too.
func head(key string) uint64 {
	var h uint64
	for i := range 8 {
		h <<= 8
		if i < len(key) {
			h |= uint64(key[i])
		}
	}
	return h
}

// hash returns the FNV-1a hash of key, its bits mixed.
func hash(key string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(key); i++ {
		h = (h ^ uint32(key[i])) * 16777619
	}
	return h ^ h>>15
}

// Find returns the value of key, "" if there is none.
func (t *Table) Find(key string) string {
	if t.some != nil {
		h := hash(key)
		if t.some[int(h>>6)&(len(t.some)-1)]>>(h&63)&1 == 0 {
			return ""
		}
	}
	h := head(key)
	// The last block whose first key is not above key.
	lo, hi := 0, len(t.starts)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		below := t.heads[mid] < h
		if t.heads[mid] == h {
			line := t.text[t.starts[mid]:]
			below = line[:strings.IndexByte(line, '\t')] <= key
		}
		if below {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return ""
	}
	block := t.text[t.starts[lo-1]:]
	if lo < len(t.starts) {
		block = t.text[t.starts[lo-1]:t.starts[lo]]
	}
	for len(block) > 0 {
		line, rest, _ := strings.Cut(block, "\n")
		if len(line) > len(key) && line[len(key)] == '\t' && line[:len(key)] == key {
			return line[len(key)+1:]
		}
		block = rest
	}
	return ""
}
