"""The shapes of real models, and their tensors under GGUF's names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    name: str
    model_type: str
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    vocab_size: int
    rope_theta: float
    rms_norm_eps: float
    tied: bool
    quantised: bool = False

    def tensors(self) -> dict[str, tuple[int, ...]]:
        """Rows first."""
        width, inner = self.hidden_size, self.intermediate_size
        queries, keys = self.num_attention_heads * self.head_dim, self.num_key_value_heads * self.head_dim
        layer = {
            "attn_norm": (width,), "attn_q": (queries, width), "attn_k": (keys, width), "attn_v": (keys, width), "attn_output": (width, queries),
            "ffn_norm": (width,), "ffn_gate": (inner, width), "ffn_up": (inner, width), "ffn_down": (width, inner),
        }  # fmt: skip
        tensors = {"token_embd.weight": (self.vocab_size, width), "output_norm.weight": (width,)}
        if not self.tied:
            tensors["output.weight"] = (self.vocab_size, width)
        for index in range(self.num_hidden_layers):
            tensors |= {f"blk.{index}.{part}.weight": shape for part, shape in layer.items()}
            if self.model_type == "qwen2":
                tensors |= {f"blk.{index}.attn_{part}.bias": (rows,) for part, rows in (("q", queries), ("k", keys), ("v", keys))}
        return tensors


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("qwen2.5-0.5b", "qwen2", 896, 4864, 24, 14, 2, 64, 151936, 1e6, 1e-6, tied=True),
        Shape("llama-3.2-1b", "llama", 2048, 8192, 16, 32, 8, 64, 128256, 5e5, 1e-5, tied=True),
        Shape("mistral-7b", "llama", 4096, 14336, 32, 32, 8, 128, 32000, 1e4, 1e-5, tied=False, quantised=True),
    )
}
