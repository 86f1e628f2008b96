"""Makes a model of random weights in the shape of a real one, to measure speed and memory with: nobody has to download gigabytes for it.

    python bench/models/make.py qwen2.5-0.5b|llama-3.2-1b|mistral-7b FOLDER

qwen2.5-0.5b, llama-3.2-1b   FOLDER/hf (BF16) and FOLDER/model.gguf (F16), the same numbers
mistral-7b                   FOLDER/model.gguf only, Q4_K_M: 4.4 GB, written in the time that the disk takes

The texts that they read are one token a byte: their vocabularies have as many tokens as the real ones, which no text meets. Needs gguf, numpy, torch
and safetensors.
"""

import sys
from pathlib import Path

from float16 import write_folder, write_gguf
from four_bits import write_four_bits
from shapes import SHAPES


def main(name: str, folder: str) -> None:
    shape, target = SHAPES[name], Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if shape.quantised:
        write_four_bits(shape, target / "model.gguf")
    else:
        write_folder(shape, target / "hf")
        write_gguf(shape, target / "model.gguf")


if __name__ == "__main__":
    main(*sys.argv[1:])
