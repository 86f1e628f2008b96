import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../model/compile';
import { kindOf } from '../model/config';
import { elementsOf, type PlacedWeight, WEIGHTS_FILE } from '../model/weights';
import { sentence, VitrineError } from '../shared/errors';

/** A whole weight, read from the weights file. @throws VitrineError `engine.weights` */
export function weightRows(model: CompiledModel, name: string): Float32Array {
  const values = new Float32Array(elementsOf(placedWeight(model.weights, name).shape));
  readWeight(model, name, values);
  return values;
}

/** What a weight has for `count` heads from `head` on, whose it is. @throws VitrineError `engine.weights` */
export function headRows(model: CompiledModel, name: string, head: number, count: number): Float32Array {
  const { shape, heads } = placedWeight(model.weights, name);
  const { numAttentionHeads } = model.config;
  const layer = Number(/^layer\.(\d+)\./.exec(name)?.[1]);
  const all = heads === 'query' ? numAttentionHeads : kindOf(model.config, layer).numKeyValueHeads;
  const ofHead = elementsOf(shape) / all;
  const values = new Float32Array(count * ofHead);
  readWeight(model, name, values, head * ofHead);
  return values;
}

/** Fills an array with a weight's elements from number `first` on. @throws VitrineError `engine.weights` */
export function readWeight(
  { weightsFolder, weights }: CompiledModel,
  name: string,
  into: Float32Array,
  first = 0,
): void {
  const offset = placedWeight(weights, name).offset + first * Float32Array.BYTES_PER_ELEMENT;
  withWeights(weightsFolder, (file) => readAt(file, into, offset));
}

/** Chosen rows of a weight: [rows.length, ..]. @throws VitrineError `engine.weights` */
export function rowsOfWeight(
  { weightsFolder, weights }: CompiledModel,
  name: string,
  rows: ArrayLike<number>,
): Float32Array {
  const placed = placedWeight(weights, name);
  const width = placed.shape.at(-1) as number;
  const values = new Float32Array(rows.length * width);
  withWeights(weightsFolder, (file) => {
    for (let at = 0; at < rows.length; at++) {
      const offset = placed.offset + (rows[at] as number) * width * Float32Array.BYTES_PER_ELEMENT;
      readAt(file, values.subarray(at * width, (at + 1) * width), offset);
    }
  });
  return values;
}

function placedWeight(weights: CompiledModel['weights'], name: string): PlacedWeight {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight '${name}'`);
  return placed;
}

function withWeights(folder: string, read: (file: number) => void): void {
  try {
    const file = openSync(join(folder, WEIGHTS_FILE), 'r');
    try {
      read(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw weightsChanged(folder, error);
  }
}

function readAt(file: number, into: Float32Array, offset: number): void {
  if (readSync(file, into, 0, into.byteLength, offset) !== into.byteLength) throw new Error('the file ends too early');
}

/** The error of a model that is in use while somebody writes to what was compiled, or removes it. */
export function weightsChanged(folder: string, cause: unknown): VitrineError {
  return new VitrineError(
    'engine.weights',
    sentence`The compiled model in ${folder} has changed or is gone since it was checked. Clear the compiled models and try again.`,
    { cause },
  );
}
