import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../model/compile';
import { WEIGHTS_FILE } from '../model/weights';

/** `count` rows of a weight from row `first` on, read from the weights file: [count, ..]. A vector is one row. */
export function weightRows(model: CompiledModel, name: string, first = 0, count = 1): Float32Array {
  const width = model.weights.get(name)?.shape.at(-1) ?? 0;
  const rows = new Float32Array(count * width);
  readWeight(model, name, rows, first * width);
  return rows;
}

/** Fills an array with a weight's elements from number `first` on. */
export function readWeight(
  { weightsFolder, weights }: CompiledModel,
  name: string,
  into: Float32Array,
  first = 0,
): void {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight '${name}'`);
  const file = openSync(join(weightsFolder, WEIGHTS_FILE), 'r');
  try {
    const read = readSync(file, into, 0, into.byteLength, placed.offset + first * Float32Array.BYTES_PER_ELEMENT);
    if (read !== into.byteLength) throw new Error(`the weights file ends inside '${name}'`);
  } finally {
    closeSync(file);
  }
}
