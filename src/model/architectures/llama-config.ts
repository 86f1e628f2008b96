import { sentence } from '../../shared/errors';
import type { ModelConfig } from '../config';
import { readName } from '../gguf/metadata';
import type { GgufFile } from '../gguf/reader';
import { LlamaKeys } from './llama-keys';

const DEFAULT_ROPE_BASE = 10_000;

/** Of a rotary table: 4 million positions of heads 128 wide. No tensor bounds the context length, so this does. */
const MAX_ROPE_ELEMENTS = 2 ** 28;

/** Reads a Llama's shape from its metadata and refuses, by name, what this forward pass does not do. */
export function llamaConfig(file: GgufFile): ModelConfig {
  const keys = new LlamaKeys(file);
  keys.refuseUnknown();
  const numHiddenLayers = keys.count('block_count');
  if (numHiddenLayers > file.tensors.size)
    keys.refuse(
      sentence`llama.block_count is ${String(numHiddenLayers)}, but the file holds no more than ${file.tensors.size} tensors`,
    );
  const heads = headsOf(keys);
  return {
    architecture: 'llama',
    name: readName(file.metadata) || 'unnamed model',
    languages: (file.metadata.optionalStrings('general.languages') ?? []).filter((code) => /^[a-z]{2,3}$/.test(code)),
    parameters: [...file.tensors.values()].reduce((total, tensor) => total + tensor.elementCount, 0),
    numHiddenLayers,
    hiddenSize: keys.count('embedding_length'),
    ...heads,
    intermediateSize: keys.count('feed_forward_length'),
    vocabSize: file.metadata.strings('tokenizer.ggml.tokens').length,
    contextLength: contextOf(keys, heads.headDim),
    rmsNormEps: keys.positive('attention.layer_norm_rms_epsilon'),
    rope: {
      theta: keys.positive('rope.freq_base', DEFAULT_ROPE_BASE),
      // The converter of this family stores queries and keys so that neighbours rotate together.
      pairing: 'interleaved',
      scale: ropeScaleOf(keys),
    },
    tieWordEmbeddings: !file.tensors.has('output.weight'),
  };
}

function headsOf(keys: LlamaKeys): { numAttentionHeads: number; numKeyValueHeads: number; headDim: number } {
  const numAttentionHeads = keys.count('attention.head_count');
  const numKeyValueHeads = keys.count('attention.head_count_kv', numAttentionHeads);
  if (numAttentionHeads % numKeyValueHeads !== 0)
    keys.refuse(
      sentence`llama.attention.head_count_kv is ${String(numKeyValueHeads)}, which ${numAttentionHeads} query heads cannot share evenly`,
    );
  const headDim = keys.optional('attention.key_length') ?? keys.count('embedding_length') / numAttentionHeads;
  if (headDim <= 0 || headDim % 2 !== 0)
    keys.refuse(
      sentence`its heads are ${headDim} wide (llama.attention.key_length, or llama.embedding_length by llama.attention.head_count), and rotary positions need an even width`,
    );
  for (const key of ['attention.value_length', 'rope.dimension_count']) {
    const value = keys.optional(key) ?? headDim;
    if (value !== headDim)
      keys.refuse(sentence`llama.${key} is ${String(value)}, and only the width of a head, ${headDim}, is implemented`);
  }
  return { numAttentionHeads, numKeyValueHeads, headDim };
}

function contextOf(keys: LlamaKeys, headDim: number): number {
  const context = keys.count('context_length');
  if (context * (headDim / 2) > MAX_ROPE_ELEMENTS)
    keys.refuse(
      sentence`llama.context_length is ${String(context)} with heads ${headDim} wide, which is more than any model has`,
    );
  return context;
}

function ropeScaleOf(keys: LlamaKeys): number {
  // llama.cpp takes a factor without a type for a linear one.
  const type = keys.file.metadata.optionalString('llama.rope.scaling.type') ?? 'linear';
  if (type === 'none') return 1;
  if (type === 'linear') return keys.positive('rope.scaling.factor', 1);
  return keys.refuse(sentence`llama.rope.scaling.type is '${type}', which this version does not implement`);
}
