"""A model as a folder in BF16 and as a GGUF file in F16, of the same random numbers."""

import json
import math
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, LlamaFileType
from safetensors.torch import save_file

import gguf_file
from shapes import Shape
from vocabulary import add_byte_level, write_tokenizer

NAMES = {"attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
         "ffn_norm": "post_attention_layernorm", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}  # fmt: skip
# Tensors are cut from these, each from another place: to draw a billion numbers would take longer than to write them.
POOL = torch.from_numpy(np.random.default_rng(1).standard_normal(1 << 22, dtype=np.float32)).to(torch.bfloat16)


def weight_of(shape: Shape, name: str) -> torch.Tensor:
    """[rows, columns] of numbers that BF16 and F16 both hold, so large that activations keep their size."""
    size = shape.tensors()[name]
    if "norm" in name:
        return torch.ones(size, dtype=torch.bfloat16)
    count = math.prod(size)
    start = sum(name.encode()) * 7919 % len(POOL)
    numbers = POOL.roll(-start).repeat(-(-count // len(POOL)))[:count].view(size)
    return numbers * 2.0 ** round(math.log2(1 / math.sqrt(size[-1])))


def checkpoint_name(name: str) -> str:
    if not name.startswith("blk."):
        return {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight", "output.weight": "lm_head.weight"}[name]
    _, layer, part, kind = name.split(".")
    return f"model.layers.{layer}.{NAMES[part]}.{kind}"


def write_folder(shape: Shape, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    config = dict(
        architectures=["Qwen2ForCausalLM" if shape.model_type == "qwen2" else "LlamaForCausalLM"], model_type=shape.model_type, hidden_act="silu", hidden_size=shape.hidden_size,
        intermediate_size=shape.intermediate_size, num_hidden_layers=shape.num_hidden_layers, num_attention_heads=shape.num_attention_heads, num_key_value_heads=shape.num_key_value_heads,
        vocab_size=shape.vocab_size, rope_theta=shape.rope_theta, rms_norm_eps=shape.rms_norm_eps, tie_word_embeddings=shape.tied, max_position_embeddings=32768, torch_dtype="bfloat16",
    )  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    write_tokenizer(folder, shape.vocab_size)
    save_file({checkpoint_name(name): weight_of(shape, name) for name in shape.tensors()}, folder / "model.safetensors", metadata={"format": "pt"})


def write_gguf(shape: Shape, path: Path) -> None:
    def tensor(name: str, size: tuple[int, ...]):
        kind, dtype = (GGMLQuantizationType.F32, torch.float32) if len(size) == 1 else (GGMLQuantizationType.F16, torch.float16)
        return name, kind, lambda: in_pairs(shape, name, weight_of(shape, name)).to(dtype).numpy()

    gguf_file.write(path, shape, LlamaFileType.MOSTLY_F16, add_byte_level, (tensor(name, size) for name, size in shape.tensors().items()))


def in_pairs(shape: Shape, name: str, weight: torch.Tensor) -> torch.Tensor:
    """The rows of queries and keys in llama.cpp's order for Llama: those that rotate together side by side."""
    heads = {"attn_q.weight": shape.num_attention_heads, "attn_k.weight": shape.num_key_value_heads}.get(".".join(name.split(".")[-2:]))
    if shape.model_type != "llama" or not heads:
        return weight
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)
