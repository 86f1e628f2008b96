"""Seconds of processor time that datatrove's rules take for the texts of a JSONL file, each document until the first removes it.

python filters.py FILE, with datatrove and spaCy; the best of three rounds after one that warms up."""

import json
import sys
import time

from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter

FILTERS = [
    GopherRepetitionFilter(),
    GopherQualityFilter(),
    C4QualityFilter(filter_no_terminal_punct=False),
    FineWebQualityFilter(),
]


def is_kept(text):
    document = Document(text=text, id="0")
    return all(each.filter(document) is True for each in FILTERS)


with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]


def seconds():
    start = time.process_time()
    for text in texts:
        is_kept(text)
    return time.process_time() - start


seconds()
print(json.dumps({"seconds": min(seconds() for _ in range(3)), "kept": sum(map(is_kept, texts))}))
