import { VitrineError } from '../../shared/errors';
import type { ModelConfig } from '../config';
import type { GgufFile } from '../gguf/reader';

/** Keys below `llama.` that the forward pass follows, or that do not change it. */
const KNOWN_KEYS = new Set([
  'block_count',
  'context_length',
  'embedding_length',
  'feed_forward_length',
  'vocab_size',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.value_length',
  'attention.layer_norm_rms_epsilon',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.original_context_length',
  'rope.scaling.finetuned',
]);

/** Keys whose value 0 says that the feature is not used. */
const ZERO_MEANS_ABSENT = new Set([
  'expert_count',
  'expert_used_count',
  'attention.sliding_window',
  'attn_logit_softcapping',
  'final_logit_softcapping',
]);

const DEFAULT_ROPE_BASE = 10_000;

/** Of a rotary table: 4 million positions of heads 128 wide. No tensor bounds the context length, so this does. */
const MAX_ROPE_ELEMENTS = 2 ** 28;

/** Reads a Llama's shape from its metadata and refuses, by name, what this forward pass does not do. */
export function llamaConfig(file: GgufFile): ModelConfig {
  const { metadata } = file;
  const refuse = (what: string): never => {
    throw new VitrineError(
      'model.unsupported',
      `${file.path}: ${what}. Vitrine would show wrong numbers, so it stops here.`,
    );
  };
  const number = (key: string) => metadata.number(`llama.${key}`);
  const optional = (key: string) => metadata.optionalNumber(`llama.${key}`);
  const count = (key: string, value: number) =>
    Number.isInteger(value) && value > 0 ? value : refuse(`llama.${key} is ${value}, which is no positive count`);
  const positive = (key: string, value: number) =>
    Number.isFinite(value) && value > 0 ? value : refuse(`llama.${key} is ${value}, which is no positive number`);

  for (const key of metadata.keys()) {
    const name = key.startsWith('llama.') ? key.slice('llama.'.length) : undefined;
    if (name === undefined || KNOWN_KEYS.has(name)) continue;
    if (ZERO_MEANS_ABSENT.has(name) && optional(name) === 0) continue;
    refuse(`it has the metadata key ${key}, which this version does not implement`);
  }

  const width = count('embedding_length', number('embedding_length'));
  const heads = count('attention.head_count', number('attention.head_count'));
  const keyValueHeads = count('attention.head_count_kv', optional('attention.head_count_kv') ?? heads);
  const headWidth = optional('attention.key_length') ?? width / heads;
  if (heads % keyValueHeads !== 0)
    refuse(`llama.attention.head_count_kv is ${keyValueHeads}, which ${heads} query heads cannot share evenly`);
  if (headWidth <= 0 || headWidth % 2 !== 0)
    refuse(
      `its heads are ${headWidth} wide (llama.attention.key_length, or llama.embedding_length by llama.attention.head_count), and rotary positions need an even width`,
    );
  for (const key of ['attention.value_length', 'rope.dimension_count']) {
    const value = optional(key) ?? headWidth;
    if (value !== headWidth)
      refuse(`llama.${key} is ${value}, and only the width of a head, ${headWidth}, is implemented`);
  }

  const layers = count('block_count', number('block_count'));
  if (layers > file.tensors.size)
    refuse(`llama.block_count is ${layers}, but the file holds no more than ${file.tensors.size} tensors`);
  const context = count('context_length', number('context_length'));
  if (context * (headWidth / 2) > MAX_ROPE_ELEMENTS)
    refuse(`llama.context_length is ${context} with heads ${headWidth} wide, and no memory holds so many positions`);
  return {
    architecture: 'llama',
    name: metadata.optionalString('general.name') ?? 'unnamed model',
    parameters: [...file.tensors.values()].reduce((total, tensor) => total + tensor.elementCount, 0),
    layers,
    width,
    heads,
    keyValueHeads,
    headWidth,
    feedForwardWidth: count('feed_forward_length', number('feed_forward_length')),
    vocabulary: metadata.strings('tokenizer.ggml.tokens').length,
    context,
    epsilon: positive('attention.layer_norm_rms_epsilon', number('attention.layer_norm_rms_epsilon')),
    // The converter of this family stores queries and keys so that neighbours rotate together.
    rope: {
      base: positive('rope.freq_base', optional('rope.freq_base') ?? DEFAULT_ROPE_BASE),
      pairing: 'interleaved',
      scale: ropeScale(),
    },
    tied: !file.tensors.has('output.weight'),
  };

  function ropeScale(): number {
    // llama.cpp takes a factor without a type for a linear one.
    const type = metadata.optionalString('llama.rope.scaling.type') ?? 'linear';
    if (type === 'none') return 1;
    if (type !== 'linear') return refuse(`llama.rope.scaling.type is '${type}', which this version does not implement`);
    return positive('rope.scaling.factor', optional('rope.scaling.factor') ?? 1);
  }
}
