"""datatrove, as the benchmark of the funnel asks for it: `python funnel.py DOCUMENTS.jsonl` prints, as JSON, the seconds of a
processor that FineWeb's rules and MinHash's signatures take of all documents, but for the language, which fastText finds."""

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
signatures = MinhashDedupSignature(output_folder="unused")

split_into_words("Its words are loaded before the clock runs.")
start = time.process_time()
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        document = Document(text=json.loads(line)["text"], id="0")
        for one in FILTERS:
            if one.filter(document) is not True:
                break
        shingles = signatures.get_shingles(document.text)
        if shingles.size:
            signatures.get_signature(shingles)
print(json.dumps({"seconds": time.process_time() - start}))
