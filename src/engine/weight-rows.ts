import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../model/compile';
import { WEIGHTS_FILE } from '../model/weights';
import { sentence, VitrineError } from '../shared/errors';

/** `count` rows of a weight from row `first` on, read from the weights file: [count, ..]. A vector is one row. */
export function weightRows(model: CompiledModel, name: string, first = 0, count = 1): Float32Array {
  const width = model.weights.get(name)?.shape.at(-1) ?? 0;
  const rows = new Float32Array(count * width);
  readWeight(model, name, rows, first * width);
  return rows;
}

/** Fills an array with a weight's elements from number `first` on. @throws VitrineError `engine.weights` */
export function readWeight(
  { weightsFolder, weights }: CompiledModel,
  name: string,
  into: Float32Array,
  first = 0,
): void {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight '${name}'`);
  const offset = placed.offset + first * Float32Array.BYTES_PER_ELEMENT;
  try {
    readAt(join(weightsFolder, WEIGHTS_FILE), into, offset);
  } catch (error) {
    throw weightsChanged(weightsFolder, error);
  }
}

function readAt(path: string, into: Float32Array, offset: number): void {
  const file = openSync(path, 'r');
  try {
    if (readSync(file, into, 0, into.byteLength, offset) !== into.byteLength) throw new Error(`${path} ends too early`);
  } finally {
    closeSync(file);
  }
}

/** The error of a model that is in use while somebody writes to what was compiled, or removes it. */
export function weightsChanged(folder: string, cause: unknown): VitrineError {
  return new VitrineError(
    'engine.weights',
    sentence`The compiled model in ${folder} has changed or is gone since it was checked. Clear the compiled models and try again.`,
    { cause },
  );
}
