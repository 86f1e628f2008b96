"""Seconds of processor time that datatrove's MinHash signatures take for the texts of a JSONL file.

python min_hash.py FILE HASH, with datatrove and spaCy; the best of three rounds after one that warms up."""

import json
import sys
import tempfile
import time

import xxhash
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
from datatrove.utils.hashing import HashConfig

# Newer versions take bytes alone, where datatrove gives texts.
of_bytes = xxhash.xxh64_intdigest
xxhash.xxh64_intdigest = lambda text: of_bytes(text.encode())

config = MinhashConfig(hash_config=HashConfig(precision=64, hash_fc=sys.argv[2]))
signer = MinhashDedupSignature(tempfile.mkdtemp(), config)
with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]


def seconds():
    start = time.process_time()
    for text in texts:
        shingles = signer.get_shingles(text)
        if shingles.size:
            signer.get_signature(shingles)
    return time.process_time() - start


seconds()
print(json.dumps({"seconds": min(seconds() for _ in range(3))}))
