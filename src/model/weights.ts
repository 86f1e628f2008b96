import type { ExternalData } from './onnx/graph';

/** The file beside the graphs that holds every weight as float32. */
export const WEIGHTS_FILE = 'weights.bin';

/** onnxruntime maps external data by pages. */
const ALIGNMENT = 4096;

/** A weight as a graph wants it, and how to make it from the model file. */
export type WeightSource =
  /** A tensor of the file, in its own layout, every element times `scale`. */
  | { tensor: string; scale?: number }
  /** Values computed at compile time; `uses` names the tensors that went into them. */
  | { values: () => Float32Array; uses?: string[] };

export interface WeightSpec {
  name: string;
  /** Row-major: [out, in] for a matrix. */
  shape: number[];
  source: WeightSource;
}

/** Where a weight lies in the weights file. */
export interface PlacedWeight {
  name: string;
  shape: number[];
  /** In bytes. */
  offset: number;
  byteLength: number;
}

/** Lays weights out one after another on page borders; the second value is the size of the file in bytes. */
export function placeWeights(specs: readonly WeightSpec[]): [Map<string, PlacedWeight>, number] {
  const placed = new Map<string, PlacedWeight>();
  let offset = 0;
  for (const { name, shape } of specs) {
    const byteLength = shape.reduce((product, size) => product * size, 1) * Float32Array.BYTES_PER_ELEMENT;
    placed.set(name, { name, shape, offset, byteLength });
    offset = Math.ceil((offset + byteLength) / ALIGNMENT) * ALIGNMENT;
  }
  return [placed, offset];
}

/** The part of the weights file that holds a weight. */
export const externalData = ({ offset, byteLength }: PlacedWeight): ExternalData => ({
  file: WEIGHTS_FILE,
  offset,
  byteLength,
});
