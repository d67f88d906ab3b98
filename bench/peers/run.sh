#!/bin/sh
# Stemma and the tools of others on the same generated reports, one after another in one run; from the root of the repository:
#
#	python3 -m venv v && v/bin/pip install -r bench/peers/requirements.txt
#	PYTHON=v/bin/python bench/peers/run.sh
#
# REPORTS says how many (100,000 if not said), DATA where the corpora are, WORK where the files go (some 2 GB). The figures go to
# bench/copies-peers.jsonl and, as a table, bench/copies-peers.txt. The tools of others use one thread, stemma two.
set -eu
reports=${REPORTS:-100000}
data=${DATA:-../shared/data}
python=${PYTHON:-python3}
work=${WORK:-$(mktemp -d)}
figures=${FIGURES:-bench/copies-peers.jsonl}
table=${TABLE:-bench/copies-peers.txt}

go build -o "$work/eval" ./cmd/stemma-eval
"$work/eval" copies-gen -n "$reports" -data "$data" -o "$work/reports.jsonl" -truth "$work/truth.jsonl"
: > "$figures"

stemma() {
	label=$1
	shift
	"$work/eval" copies-batch -i "$work/reports.jsonl" -truth "$work/truth.jsonl" -o "$work/found.jsonl" -workers 2 -label "$label" -json "$figures" "$@"
}

# peer TOOL FLAGS… runs one of the others; its clusters or pairs are scored as stemma's are.
peer() {
	tool=$1
	shift
	clusters=
	if [ "$tool" = textdedup ]; then clusters=-clusters; fi
	"$python" bench/peers/peers.py "$tool" "$work/reports.jsonl" "$work/found.jsonl" "$@" > "$work/figures.json"
	"$work/eval" copies-score $clusters -truth "$work/truth.jsonl" -found "$work/found.jsonl" -figures "$work/figures.json" -json "$figures"
}

stemma "stemma, all channels"
stemma "stemma, anchors only" -anchors
peer rensa --bands 16                                           # its recommended setting, 16×8
peer rensa --bands 64                                           # its lowest threshold, 64×2
peer datasketch --threshold 0.5                                 # its own choice of bands, 25×5
peer datasketch --bands 64 --rows 2                             # its lowest threshold
peer textdedup --ngram 2 --perms 200 --bands 50 --rows 4        # its configuration for CORE

"$work/eval" copies-report -figures "$figures" -o "$table" -plot "" -note "One run of bench/peers/run.sh, one tool after another on the same file. The tools of others run in one thread, stemma in two. Pairs of text-dedup are those that its clusters imply."
