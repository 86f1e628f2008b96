import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompiledModel } from '../../src/model/compile';
import { dequantize } from '../../src/model/gguf/dequantize';
import { closeGguf, openGguf, readTensor } from '../../src/model/gguf/reader';
import { WEIGHTS_FILE } from '../../src/model/weights';

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

/** What PyTorch computes; the shapes are in make.py. */
export interface LlamaReference {
  text: string;
  ids: number[];
  rank: number[];
  logprobs: Float32Array;
  entropy: Float32Array;
  attention: Float32Array;
  residual: Float32Array;
  gains: Float32Array;
  gainedLogprobs: Float32Array;
}

export function llamaFixture(variant: LlamaVariant): string {
  return fileURLToPath(new URL(`../fixtures/llama/${variant}.gguf`, import.meta.url));
}

export function readReference(variant: LlamaVariant): LlamaReference {
  const file = openGguf(fileURLToPath(new URL(`../fixtures/llama/${variant}.reference.gguf`, import.meta.url)));
  const values = (name: string) => {
    const tensor = file.tensors.get(name);
    if (!tensor) throw new Error(`the reference of ${variant} has no ${name}`);
    const out = new Float32Array(tensor.elementCount);
    dequantize(tensor.type, readTensor(file, tensor), out);
    return out;
  };
  try {
    return {
      text: file.metadata.string('text'),
      ids: [...file.metadata.numbers('ids')],
      rank: [...file.metadata.numbers('rank')],
      logprobs: values('logprobs'),
      entropy: values('entropy'),
      attention: values('attention'),
      residual: values('residual'),
      gains: values('gains'),
      gainedLogprobs: values('gained.logprobs'),
    };
  } finally {
    closeGguf(file);
  }
}

/** A weight out of a compiled model's weights file. */
export function readWeight({ weights, weightsFolder }: CompiledModel, name: string): Float32Array {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight ${name}`);
  const values = new Float32Array(placed.byteLength / Float32Array.BYTES_PER_ELEMENT);
  const file = openSync(join(weightsFolder, WEIGHTS_FILE), 'r');
  readSync(file, values, 0, placed.byteLength, placed.offset);
  closeSync(file);
  return values;
}

export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new RangeError(`${actual.length} values, not ${expected.length}`);
  // A NaN must not pass: it is larger than any tolerance here.
  return Array.from(actual).reduce((largest, value, i) => {
    const difference = Math.abs(value - (expected[i] as number));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }, 0);
}
