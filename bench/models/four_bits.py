"""A GGUF file in the mixture of types that llama.cpp calls Q4_K_M, with blocks of random codes."""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, LlamaFileType

import gguf_file
from shapes import Shape
from vocabulary import add_sentencepiece

Q4_K, Q6_K, F32 = GGMLQuantizationType.Q4_K, GGMLQuantizationType.Q6_K, GGMLQuantizationType.F32
POOLED_BLOCKS = 1 << 18


def write_four_bits(shape: Shape, path: Path) -> None:
    pools = {kind: random_blocks(kind) for kind in (Q4_K, Q6_K)}

    def tensor(name: str, size: tuple[int, ...]):
        if len(size) == 1:
            return name, F32, lambda: np.ones(size, dtype=np.float32)
        kind = type_of(name, shape.num_hidden_layers)
        return name, kind, lambda: cut(pools[kind], name, size)

    gguf_file.write(path, shape, LlamaFileType.MOSTLY_Q4_K_M, add_sentencepiece, (tensor(name, size) for name, size in shape.tensors().items()))


def type_of(name: str, layers: int) -> GGMLQuantizationType:
    """As llama.cpp's `llama_tensor_get_type` for Q4_K_M: values and down projections of half of the layers, and the head, get six bits."""
    if name == "output.weight":
        return Q6_K
    if name.split(".")[-2] not in ("attn_v", "ffn_down"):
        return Q4_K
    layer = int(name.split(".")[1])
    more = layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2
    return Q6_K if more else Q4_K


def random_blocks(kind: GGMLQuantizationType) -> np.ndarray:
    """[block, byte]: every code is random; the scales give weights of a standard deviation of about 0.015."""
    generator = np.random.default_rng(1)
    blocks = generator.integers(0, 256, (POOLED_BLOCKS, GGML_QUANT_SIZES[kind][1]), dtype=np.uint8)
    scale = generator.uniform(0.7, 1.3, POOLED_BLOCKS)
    if kind == Q4_K:
        # d and dmin: a code of 0 to 15 less a minimum that is half of that range.
        blocks[:, 0:2] = half_bytes(6e-5 * scale)
        blocks[:, 2:4] = half_bytes(7.5 * 6e-5 * scale)
    else:
        blocks[:, 208:210] = half_bytes(1.1e-5 * scale)
    return blocks


def half_bytes(values: np.ndarray) -> np.ndarray:
    return values.astype("<f2").view(np.uint8).reshape(-1, 2)


def cut(pool: np.ndarray, name: str, size: tuple[int, ...]) -> np.ndarray:
    """[row, byte] of a tensor, from a place of its own in the pool."""
    blocks = size[0] * size[1] // 256
    start = sum(name.encode()) * 7919
    return np.take(pool, np.arange(start, start + blocks), axis=0, mode="wrap").reshape(size[0], -1)
