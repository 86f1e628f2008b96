import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../model/compile';
import { kindOf } from '../model/config';
import type { PackedRows } from '../model/packed/pack-rows';
import { unpackRows } from '../model/packed/unpack-rows';
import { elementsOf } from '../model/tensors/tensor-types';
import { layerWeight, type PlacedPart, type PlacedWeight, WEIGHTS_FILE } from '../model/weights';
import { sentence, VitrineError } from '../shared/errors';

/** A whole weight, read from the weights file, as float32. @throws VitrineError `engine.weights` */
export function weightRows(model: CompiledModel, name: string): Float32Array {
  const values = new Float32Array(elementsOf(placedWeight(model.weights, name).shape));
  readWeight(model, name, values);
  return values;
}

/** Where weights lie. */
export type WeightsInFile = Pick<CompiledModel, 'weightsFolder' | 'weights'>;

/** Fills an array with a weight, from its row `first` on. @throws VitrineError `engine.weights` */
export function readWeight(
  { weightsFolder, weights }: WeightsInFile,
  name: string,
  into: Float32Array,
  first = 0,
): void {
  const placed = placedWeight(weights, name);
  withWeights(weightsFolder, (file) => readRows(file, placed, first, into));
}

/** What a layer's weight has for `count` heads from `head` on, whose it is. @throws VitrineError `engine.weights` */
export function headRows(
  model: CompiledModel,
  layer: number,
  name: string,
  { head, count }: { head: number; count: number },
): Float32Array {
  const placed = placedWeight(model.weights, layerWeight(layer, name));
  const { numAttentionHeads } = model.config;
  const all = placed.heads === 'query' ? numAttentionHeads : kindOf(model.config, layer).numKeyValueHeads;
  const values = new Float32Array((elementsOf(placed.shape) / all) * count);
  const rowsOfHead = (placed.shape[0] as number) / all;
  withWeights(model.weightsFolder, (file) => readRows(file, placed, head * rowsOfHead, values));
  return values;
}

/** Chosen rows of a matrix: [rows.length, in]. @throws VitrineError `engine.weights` */
export function rowsOfWeight(
  { weightsFolder, weights }: WeightsInFile,
  name: string,
  rows: ArrayLike<number>,
): Float32Array {
  const placed = placedWeight(weights, name);
  const width = placed.shape.at(-1) as number;
  const values = new Float32Array(rows.length * width);
  withWeights(weightsFolder, (file) => {
    for (let at = 0; at < rows.length; at++) {
      readRows(file, placed, rows[at] as number, values.subarray(at * width, (at + 1) * width));
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

/** As many rows as there is room for, from row `first` on; a row of a vector is one number. */
function readRows(file: number, { shape, packed, parts }: PlacedWeight, first: number, into: Float32Array): void {
  const ofRow = elementsOf(shape.slice(1));
  const read = (part: PlacedPart, elements: number, room: Float32Array | Uint8Array) => {
    const perRow = part.byteLength / (shape[0] as number);
    const size = (elements / ofRow) * perRow;
    if (readSync(file, room, 0, size, part.offset + first * perRow) !== size)
      throw new Error('the file ends too early');
  };
  if (packed === undefined) {
    read(parts[0] as PlacedPart, into.length, into);
    return;
  }
  const rows = Object.fromEntries(
    parts.map((part) => {
      const count = (part.byteLength / elementsOf(shape)) * into.length;
      const room = part.type === 'uint8' ? new Uint8Array(count) : new Float32Array(count / 4);
      read(part, into.length, room);
      return [part.name, room];
    }),
  );
  unpackRows(packed, rows as unknown as PackedRows, into);
}

/** The error of a model that is in use while somebody writes to what was compiled, or removes it. */
export function weightsChanged(folder: string, cause: unknown): VitrineError {
  return new VitrineError(
    'engine.weights',
    sentence`The compiled model in ${folder} has changed or is gone since it was checked. Clear the compiled models and try again.`,
    { cause },
  );
}
