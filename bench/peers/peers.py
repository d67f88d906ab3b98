"""Run the de-duplication tools of others on a file of reports, one JSON object a line.

    python -m venv v && v/bin/pip install -r requirements.txt
    go run ./cmd/stemma-eval copies-gen -n 100000 -o reports.jsonl -truth truth.jsonl
    v/bin/python peers.py datasketch reports.jsonl found.jsonl --threshold 0.5 >> figures.jsonl
    go run ./cmd/stemma-eval copies-score -truth truth.jsonl -found found.jsonl

The pairs (or clusters) found go to the second file; a line of figures to standard output. Reading the file and making
the n-grams count, as they do for stemma.
"""
import argparse, json, re, resource, sys, time

word = re.compile(r"\w+")


def shingles(text, n):
    w = word.findall(text.lower())
    return {" ".join(w[i:i + n]) for i in range(max(1, len(w) - n + 1))}


def reports(name):
    with open(name, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            yield r["id"], r["text"]


def run_datasketch(a, put):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=a.threshold, num_perm=a.perms) if not a.bands else MinHashLSH(num_perm=a.perms, params=(a.bands, a.rows))
    n = 0
    for rid, text in reports(a.reports):
        m = MinHash(num_perm=a.perms)
        m.update_batch([s.encode() for s in shingles(text, a.ngram)])
        for other in lsh.query(m):
            put(other, rid)
        lsh.insert(rid, m, check_duplication=False)
        n += 1
    return n, f"datasketch {a.ngram}-grams, {a.perms} permutations, bands×rows {lsh.b}×{lsh.r}"


def run_rensa(a, put):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=a.threshold, num_perm=a.perms, num_bands=a.bands)
    ids = []
    for rid, text in reports(a.reports):
        m = RMinHash(a.perms, 42)
        m.update(list(shingles(text, a.ngram)))
        for k in lsh.query(m):
            put(ids[k], rid)
        lsh.insert(len(ids), m)
        ids.append(rid)
    return len(ids), f"rensa {a.ngram}-grams, {a.perms} permutations, {a.bands} bands"


def run_textdedup(a, put):
    """Clusters by the functions of text_dedup.minhash: embed_func and the union-find of its main loop."""
    import numpy as np
    from text_dedup.minhash import embed_func
    from text_dedup.utils import UnionFind
    from text_dedup.utils.hashfunc import xxh3_32hash
    RNG = np.random.RandomState(42)
    NON_ALPHA = re.compile(r"\W", re.UNICODE)
    modulus = np.uint32((1 << 31) - 1)
    perm = (RNG.randint(1, modulus, size=(a.perms,), dtype=np.uint32), RNG.randint(0, modulus, size=(a.perms,), dtype=np.uint32))
    ranges = [(i * a.rows, (i + 1) * a.rows) for i in range(a.bands)]
    tables = [dict() for _ in range(a.bands)]
    uf = UnionFind()
    ids = []
    for rid, text in reports(a.reports):
        idx = len(ids)
        ids.append(rid)
        h = embed_func(content=text, idx=idx, num_perm=a.perms, ngram_size=a.ngram, min_length=0, hashranges=ranges, permutations=perm,
                       hash_func=xxh3_32hash, dtype=np.uint32, max_hash=np.uint32((1 << 32) - 1), modulo_prime=modulus)["__signatures__"]
        for t, s in zip(tables, h):
            first = t.setdefault(s, idx)
            if first != idx:
                uf.union(first, idx)
    for i, rid in enumerate(ids):
        put.cluster(rid, int(uf.find(i)))
    return len(ids), f"text-dedup {a.ngram}-grams, {a.perms} permutations, {a.bands}×{a.rows}, clusters"


class Put:
    def __init__(self, f):
        self.f, self.n = f, 0

    def __call__(self, a, b):
        self.n += 1
        self.f.write('{"exemplar":"%s","report":"%s"}\n' % (a, b))

    def cluster(self, a, c):
        self.f.write('{"id":"%s","cluster":%d}\n' % (a, c))


p = argparse.ArgumentParser()
p.add_argument("tool", choices=["datasketch", "rensa", "textdedup"])
p.add_argument("reports")
p.add_argument("found")
p.add_argument("--threshold", type=float, default=0.5)
p.add_argument("--perms", type=int, default=128)
p.add_argument("--ngram", type=int, default=5)
p.add_argument("--bands", type=int, default=0)
p.add_argument("--rows", type=int, default=0)
a = p.parse_args()
t0 = time.time()
with open(a.found, "w") as f:
    put = Put(f)
    n, label = {"datasketch": run_datasketch, "rensa": run_rensa, "textdedup": run_textdedup}[a.tool](a, put)
u = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"Label": label, "Reports": n, "Wall": round(time.time() - t0, 1), "User": round(u.ru_utime + u.ru_stime, 1), "PeakMB": u.ru_maxrss / 1024, "Pairs": put.n}))
