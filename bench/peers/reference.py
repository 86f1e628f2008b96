"""The forward pass of Llama in float64 throughout, written out step by step: what every float32 is held to.

transformers cannot give it: whatever its weights' type is, norms, rotary angles and softmax are float32 there.
"""

import math

import torch
from transformers import LlamaForCausalLM


class Reference:
    """The weights of a float32 model, which float64 holds exactly."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        self.config = model.config
        self.weights = {name: weight.double() for name, weight in model.state_dict().items()}

    def forward(self, ids: list[int]) -> tuple[list[torch.Tensor], torch.Tensor]:
        """The residual stream at every layer's border, [T, C] each, and every pattern, [L, H, T, T]."""
        config = self.config
        heads, width = config.num_attention_heads, config.hidden_size
        head_width = getattr(config, "head_dim", None) or width // heads
        angles = self.angles(len(ids), head_width)
        future = torch.ones(len(ids), len(ids), dtype=torch.bool).triu(1)
        residual, patterns = [self.weights["model.embed_tokens.weight"][ids]], []
        for layer in range(config.num_hidden_layers):
            of = lambda name: self.weights[f"model.layers.{layer}.{name}.weight"]
            split = lambda x: x.unflatten(1, (-1, head_width)).swapaxes(0, 1)
            x = residual[-1]
            a = self.norm(x, of("input_layernorm"))
            shared = lambda x: x.repeat_interleave(heads // config.num_key_value_heads, 0)
            queries = rotate(split(a @ of("self_attn.q_proj").T), angles)
            keys = shared(rotate(split(a @ of("self_attn.k_proj").T), angles))
            values = shared(split(a @ of("self_attn.v_proj").T))
            scores = queries @ keys.mT / math.sqrt(head_width)
            patterns.append(scores.masked_fill(future, -math.inf).softmax(-1))
            x = x + (patterns[-1] @ values).swapaxes(0, 1).flatten(1) @ of("self_attn.o_proj").T
            f = self.norm(x, of("post_attention_layernorm"))
            gated = torch.nn.functional.silu(f @ of("mlp.gate_proj").T) * (f @ of("mlp.up_proj").T)
            residual.append(x + gated @ of("mlp.down_proj").T)
        return residual, torch.stack(patterns)

    def logits(self, residual: torch.Tensor) -> torch.Tensor:
        return self.norm(residual, self.weights["model.norm.weight"]) @ self.weights["lm_head.weight"].T

    def norm(self, x: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
        return x * (x.square().mean(-1, keepdim=True) + self.config.rms_norm_eps).rsqrt() * gain

    def angles(self, positions: int, head_width: int) -> torch.Tensor:
        """[T, D/2]"""
        exponents = torch.arange(0, head_width, 2, dtype=torch.float64) / head_width
        frequencies = self.config.rope_parameters["rope_theta"] ** -exponents
        return torch.arange(positions, dtype=torch.float64)[:, None] * frequencies


def rotate(x: torch.Tensor, angles: torch.Tensor) -> torch.Tensor:
    """[H, T, D], of which element i rotates with i + D/2."""
    a, b = x.chunk(2, -1)
    return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1)
