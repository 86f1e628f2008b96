"""datatrove, as the benchmark of the funnel asks for it: `python funnel.py DOCUMENTS.jsonl` prints, as JSON, how many seconds
the rules of FineWeb take on one core, and how many with MinHash's signatures of what they let through."""

import json
import sys
import time

import xxhash
from datatrove.data import Document
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
from datatrove.utils.text import split_into_words

# Newer versions take bytes alone, where datatrove gives texts.
of_bytes = xxhash.xxh64_intdigest
xxhash.xxh64_intdigest = lambda text: of_bytes(text.encode())

FILTERS = [
    GopherRepetitionFilter(),
    GopherQualityFilter(),
    C4QualityFilter(filter_no_terminal_punct=False),
    FineWebQualityFilter(),
]
signatures = MinhashDedupSignature(output_folder="/tmp/unused")


def run(texts, with_signatures):
    start = time.perf_counter()
    kept = 0
    for text in texts:
        document = Document(text=text, id="0")
        if with_signatures:
            shingles = signatures.get_shingles(document.text)
            if shingles.size:
                signatures.get_signature(shingles)
        if all(one.filter(document) is True for one in FILTERS):
            kept += 1
    return time.perf_counter() - start, kept


with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
split_into_words("Its words are loaded before the clock runs.")
rules, kept = run(texts, False)
both, _ = run(texts, True)
print(json.dumps({"rules": rules, "withMinHash": both, "kept": kept}))
