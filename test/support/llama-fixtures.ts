import { fileURLToPath } from 'node:url';
import type { GgufFile } from '../../src/model/gguf/reader';
import { dequantize } from '../../src/model/tensors/dequantize';
import { closeGguf, openGguf, readTensor } from './gguf-file';

/** The models that test/fixtures/llama/make.py made. */
export const LLAMA_VARIANTS = [
  'grouped',
  'separate-output',
  'multi-query',
  'wide-heads',
  'linear-scaling',
  'llama3-scaling',
] as const;

export type LlamaVariant = (typeof LLAMA_VARIANTS)[number];

/** What PyTorch computes of a text of T tokens, as make.py says. */
export interface LlamaReference {
  text: string;
  ids: number[];
  rank: number[];
  logprobs: Float32Array;
  entropy: Float32Array;
  headMask: Float32Array;
  maskedLogprobs: Float32Array;
  /** Every layer and head. */
  heads: { layer: number; head: number }[];
  /** [T, T] */
  patternOf(layer: number, head: number): Float32Array;
  /** [layer 0..L, T, width], and of one layer [T, width]. */
  residual: Float32Array;
  residualOf(layer: number): Float32Array;
}

export function llamaFixture(variant: LlamaVariant): string {
  return fileURLToPath(new URL(`../fixtures/llama/${variant}.gguf`, import.meta.url));
}

export function readReference(variant: LlamaVariant): LlamaReference {
  const file = openGguf(fileURLToPath(new URL(`../fixtures/llama/${variant}.reference.gguf`, import.meta.url)));
  try {
    return referenceIn(file);
  } finally {
    closeGguf(file);
  }
}

function referenceIn(file: GgufFile): LlamaReference {
  const [attention, attentionShape] = readValues(file, 'attention');
  const [residual, residualShape] = readValues(file, 'residual');
  const [layers = 0, heads = 0, tokens = 0] = attentionShape;
  const [, , width = 0] = residualShape;
  const part = (values: Float32Array, index: number, size: number) => values.subarray(index * size, (index + 1) * size);
  return {
    text: file.metadata.string('text'),
    ids: [...file.metadata.numbers('ids')],
    rank: [...file.metadata.numbers('rank')],
    logprobs: readValues(file, 'logprobs')[0],
    entropy: readValues(file, 'entropy')[0],
    headMask: readValues(file, 'gains')[0],
    maskedLogprobs: readValues(file, 'gained.logprobs')[0],
    heads: Array.from({ length: layers * heads }, (_, i) => ({ layer: Math.floor(i / heads), head: i % heads })),
    patternOf: (layer, head) => part(attention, layer * heads + head, tokens * tokens),
    residual,
    residualOf: (layer) => part(residual, layer, tokens * width),
  };
}

function readValues(file: GgufFile, name: string): [values: Float32Array, shape: number[]] {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new Error(`${file.path} has no ${name}`);
  const values = new Float32Array(tensor.elementCount);
  dequantize(tensor.type, readTensor(file, tensor), values);
  return [values, tensor.shape];
}
