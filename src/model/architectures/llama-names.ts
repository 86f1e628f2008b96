import type { TensorNames } from './weight-list';

/** Names of tensors that most families share: in GGUF all of them, in Hugging Face folders those that Llama began. */
export const LLAMA_NAMES = {
  embedding: ['token_embd', 'model.embed_tokens'],
  norm: ['output_norm', 'model.norm'],
  unembedding: ['output', 'lm_head'],
  'layer.attention.norm': ['blk.#.attn_norm', 'model.layers.#.input_layernorm'],
  'layer.query': ['blk.#.attn_q', 'model.layers.#.self_attn.q_proj'],
  'layer.key': ['blk.#.attn_k', 'model.layers.#.self_attn.k_proj'],
  'layer.value': ['blk.#.attn_v', 'model.layers.#.self_attn.v_proj'],
  'layer.output': ['blk.#.attn_output', 'model.layers.#.self_attn.o_proj'],
  'layer.feedforward.norm': ['blk.#.ffn_norm', 'model.layers.#.post_attention_layernorm'],
  'layer.gate': ['blk.#.ffn_gate', 'model.layers.#.mlp.gate_proj'],
  'layer.up': ['blk.#.ffn_up', 'model.layers.#.mlp.up_proj'],
  'layer.down': ['blk.#.ffn_down', 'model.layers.#.mlp.down_proj'],
} as const satisfies TensorNames;
