package perceptron

// Rows holds the features of the items of one sequence, one row for each item,
// in two flat arrays, so that a Rows used again costs no allocation.
type Rows struct {
	ids  []uint32
	ends []int32
}

// Reset empties r and keeps its memory.
func (r *Rows) Reset() { r.ids, r.ends = r.ids[:0], r.ends[:0] }

// Add adds a feature to the row being built.
func (r *Rows) Add(id uint32) { r.ids = append(r.ids, id) }

// AddAll adds features to the row being built.
func (r *Rows) AddAll(ids ...uint32) { r.ids = append(r.ids, ids...) }

// End ends the row being built.
func (r *Rows) End() { r.ends = append(r.ends, int32(len(r.ids))) }

// Len returns the number of rows ended.
func (r *Rows) Len() int { return len(r.ends) }

// Row returns the features of item i.
func (r *Rows) Row(i int) []uint32 {
	start := int32(0)
	if i > 0 {
		start = r.ends[i-1]
	}
	return r.ids[start:r.ends[i]]
}

// Clone returns a copy of r that shares no memory with it.
func (r *Rows) Clone() Rows {
	return Rows{append([]uint32(nil), r.ids...), append([]int32(nil), r.ends...)}
}

// Hash returns the feature of template kind with the values a, b and c (leave
// unused ones 0): Hash(7, word, nextWord, 0). Values are hashes of strings (see
// [String]) or small numbers.
func Hash(kind, a, b, c uint32) uint32 {
	h := uint64(kind)*0x9E3779B97F4A7C15 ^ uint64(a)<<32 ^ uint64(b)
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 32
	h += uint64(c) * 0x94D049BB133111EB
	h ^= h >> 31
	h *= 0xD6E8FEB86659FD93
	return uint32(h >> 32)
}

// String returns the hash of s (FNV-1a).
func String(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
