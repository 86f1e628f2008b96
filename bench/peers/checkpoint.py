"""Writes a llama model's GGUF file as a folder that transformers loads: `python checkpoint.py MODEL.gguf FOLDER`.

The weights are float32, dequantised by Python's `gguf`, so that both sides of a comparison compute the same numbers.
"""

import sys

import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.utils.logging import disable_progress_bar

LAYER_TENSORS = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def main(source: str, folder: str) -> None:
    disable_progress_bar()
    reader = GGUFReader(source)
    tensors = {t.name: torch.from_numpy(dequantize(t.data, t.tensor_type).copy()) for t in reader.tensors}
    config = config_of(reader, tensors)
    model = LlamaForCausalLM(config).float()
    weights = weights_of(tensors, config)
    if config.tie_word_embeddings:
        weights["lm_head.weight"] = weights["model.embed_tokens.weight"]
    model.load_state_dict(weights)
    model.save_pretrained(folder)


def config_of(reader: GGUFReader, tensors: dict[str, torch.Tensor]) -> LlamaConfig:
    def value(key: str):
        return reader.fields[f"llama.{key}"].contents()

    return LlamaConfig(
        vocab_size=tensors["token_embd.weight"].shape[0],
        hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"),
        num_hidden_layers=value("block_count"),
        num_attention_heads=value("attention.head_count"),
        num_key_value_heads=value("attention.head_count_kv"),
        max_position_embeddings=value("context_length"),
        rms_norm_eps=value("attention.layer_norm_rms_epsilon"),
        rope_parameters={"rope_type": "default", "rope_theta": value("rope.freq_base")},
        tie_word_embeddings="output.weight" not in tensors,
    )


def weights_of(tensors: dict[str, torch.Tensor], config: LlamaConfig) -> dict[str, torch.Tensor]:
    """The tensors under transformers' names. The rows of queries and keys are in llama.cpp's order in the file."""
    weights = {
        "model.embed_tokens.weight": tensors["token_embd.weight"],
        "model.norm.weight": tensors["output_norm.weight"],
    }
    if "output.weight" in tensors:
        weights["lm_head.weight"] = tensors["output.weight"]
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
    for layer in range(config.num_hidden_layers):
        for name, target in LAYER_TENSORS.items():
            weight = tensors[f"blk.{layer}.{name}.weight"]
            weights[f"model.layers.{layer}.{target}.weight"] = halves(weight, heads[name]) if name in heads else weight
    return weights


def halves(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """From neighbours that rotate together (llama.cpp) to halves of a head that do (transformers)."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


if __name__ == "__main__":
    main(*sys.argv[1:])
