"""Speed of spaCy's small English model on the reports of `stemma-eval speed`.

    go run ./cmd/stemma-eval speed -texts reports.jsonl
    venv/bin/python eval/spacy_speed.py reports.jsonl 2

(See spacy_names.py for the environment.) The second argument is the number of
processes.
"""
import json
import os
import sys
import time

from spacy_names import load


def main():
    nlp = load()
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    processes = int(sys.argv[2])
    nlp(texts[0])
    start = time.perf_counter()
    for _ in nlp.pipe(texts, n_process=processes, batch_size=16):
        pass
    wall = time.perf_counter() - start
    used = os.times()
    cpu = used.user + used.system + used.children_user + used.children_system
    print(f"spacy_sm {len(texts) / wall:8.1f} reports/s wall, {processes} processes; {cpu / len(texts) * 1e6:.0f} cpu-µs a report (start-up included)")


if __name__ == "__main__":
    main()
