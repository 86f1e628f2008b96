import { type WritableTensor, type WritableValue, writeGguf } from './write-gguf';

const LAYERS = 2;
const WIDTH = 16;
const HEADS = 2;
const KEY_VALUE_HEADS = 1;
const HEAD_WIDTH = 8;
const FEED_FORWARD = 24;
const TOKENS = ['a', 'b', 'ab', '<end>'];

const METADATA: Record<string, WritableValue> = {
  'general.architecture': 'llama',
  'llama.block_count': LAYERS,
  'llama.context_length': 32,
  'llama.embedding_length': WIDTH,
  'llama.feed_forward_length': FEED_FORWARD,
  'llama.attention.head_count': HEADS,
  'llama.attention.head_count_kv': KEY_VALUE_HEADS,
  'llama.attention.layer_norm_rms_epsilon': 1e-5,
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': 'gpt-2',
  'tokenizer.ggml.tokens': TOKENS,
  'tokenizer.ggml.token_type': Int32Array.of(1, 1, 1, 3),
  'tokenizer.ggml.merges': ['a b'],
};

const LAYER_SHAPES: Record<string, number[]> = {
  attn_norm: [WIDTH],
  attn_q: [HEADS * HEAD_WIDTH, WIDTH],
  attn_k: [KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH],
  attn_v: [KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH],
  attn_output: [WIDTH, HEADS * HEAD_WIDTH],
  ffn_norm: [WIDTH],
  ffn_gate: [FEED_FORWARD, WIDTH],
  ffn_up: [FEED_FORWARD, WIDTH],
  ffn_down: [WIDTH, FEED_FORWARD],
};

/** Row-major shapes of the tensors of a complete Llama, by name. */
export const TINY_LLAMA_SHAPES: Readonly<Record<string, number[]>> = Object.fromEntries([
  ['token_embd.weight', [TOKENS.length, WIDTH]],
  ['output_norm.weight', [WIDTH]],
  ...[0, 1].flatMap((layer) =>
    Object.entries(LAYER_SHAPES).map(([name, shape]) => [`blk.${layer}.${name}.weight`, shape]),
  ),
]);

export interface TinyLlamaChanges {
  /** Set, or with undefined left out. */
  metadata?: Readonly<Record<string, WritableValue | undefined>>;
  shapes?: Readonly<Record<string, number[] | undefined>>;
  /** Values of a tensor; zeros by default. */
  values?: Readonly<Record<string, Float32Array>>;
}

/** A Llama's GGUF file that lacks nothing, but for the changes. */
export function tinyLlama({ metadata = {}, shapes = {}, values = {} }: TinyLlamaChanges = {}): Uint8Array {
  const tensors = present({ ...TINY_LLAMA_SHAPES, ...shapes }).map(([name, shape]): WritableTensor => {
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    return { name, type: 'F32', shape, data: values[name] ?? new Float32Array(size) };
  });
  return writeGguf({ metadata: Object.fromEntries(present({ ...METADATA, ...metadata })), tensors });
}

const present = <T>(entries: Record<string, T | undefined>): [string, T][] =>
  Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
