import { sentence, VitrineError } from '../shared/errors';
import type { GgufFile, GgufTensor } from './gguf/reader';
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

/** A weight of a layer: what a layer reads has one name in all layers, after their numbers. */
export const layerWeight = (layer: number, name: string): string => `layer.${layer}.${name}`;

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

/**
 * A tensor of the file, with the shape that its architecture gives it.
 *
 * @throws VitrineError `model.tensor` where the file lacks it or gives it another shape.
 */
export function tensorOf(file: GgufFile, name: string, shape: readonly number[]): GgufTensor {
  const tensor = file.tensors.get(name);
  if (!tensor)
    throw new VitrineError(
      'model.tensor',
      sentence`${file.path}: it has no tensor ${name}, which its architecture needs.`,
    );
  if (tensor.shape.join() !== shape.join()) {
    const shapes = sentence`is ${tensor.shape.join(' x ')} and should be ${shape.join(' x ')}`;
    throw new VitrineError(
      'model.tensor',
      sentence`${file.path}: the tensor ${name} ${shapes}. The file contradicts its own metadata.`,
    );
  }
  return tensor;
}

/**
 * Checks that the file has every tensor that its weights are made of, and nothing that they leave out: a tensor that
 * the forward pass does not read is a feature that it lacks.
 *
 * @throws VitrineError `model.tensor` or `model.unsupported`.
 */
export function checkTensors(file: GgufFile, specs: readonly WeightSpec[]): void {
  const used = new Set<string>();
  for (const { shape, source } of specs) {
    if ('tensor' in source) used.add(tensorOf(file, source.tensor, shape).name);
    else for (const name of source.uses ?? []) used.add(name);
  }
  const unused = [...file.tensors.keys()].filter((name) => !used.has(name));
  if (unused.length === 0) return;
  const [first = ''] = unused;
  const names = unused.length > 1 ? sentence`${first} and ${unused.length - 1} more` : first;
  throw new VitrineError(
    'model.unsupported',
    sentence`${file.path}: the architecture as it is implemented here has no place for the tensor ${names}. Vitrine would show wrong numbers, so it stops here.`,
  );
}

/** The part of the weights file that holds a weight. */
export const externalData = ({ offset, byteLength }: PlacedWeight): ExternalData => ({
  file: WEIGHTS_FILE,
  offset,
  byteLength,
});
