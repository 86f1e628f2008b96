import type { RoundedType } from '../shared/block-rounding';
import { sentence, VitrineError } from '../shared/errors';
import type { HalfFloat } from '../shared/half-floats';
import type { Addition } from './adapters/addition';
import type { Checkpoint, CheckpointTensor } from './checkpoint/checkpoint';
import type { ModelConfig } from './config';
import type { ExternalData } from './onnx/graph';
import { type PackedPartName, packedLayout } from './packed/layout';
import { isPackedType, type PackedType } from './packed/packed-form';
import { elementsOf, TENSOR_TYPES } from './tensors/tensor-types';

/** The file beside the graphs that holds every weight. */
export const WEIGHTS_FILE = 'weights.bin';

/** onnxruntime maps external data by pages. */
const ALIGNMENT = 4096;

/** A weight as a graph wants it, and how to make it from the checkpoint. */
export type WeightSource =
  | TensorSource
  /** Others one after another: experts, which a file may hold one by one. */
  | { parts: TensorSource[] }
  /** Values computed at compile time; `uses` names the tensors that went into them. */
  | { values: () => Float32Array; uses?: string[] };

/** A tensor of the checkpoint, or a view of it: every element times `scale`, plus `plus`, or x made to -exp(x). */
export interface TensorSource {
  tensor: string;
  /** The tensor's own shape, where the weight is a view of it. */
  shape?: number[];
  rows?: RowView;
  /** The tensor is [.., in, out], and the weight [.., out, in]. */
  transposed?: boolean;
  /** Of a tensor of several such matrices, the number of the one that the weight is. */
  matrix?: number;
  scale?: number;
  plus?: number;
  negativeExponential?: boolean;
}

/**
 * Which rows of a tensor a weight has: groups of `size` rows, of which number i begins at row `start + i · stride`. In
 * `order` they say where each row of a group stands in it.
 */
export interface RowView {
  start: number;
  size: number;
  stride: number;
  order?: readonly number[] | undefined;
}

export interface WeightSpec {
  name: string;
  /** Row-major: [out, in] for a matrix. */
  shape: number[];
  source: WeightSource;
  /** Whose rows they are, where a number of rows belongs to each query head or each key-value head. */
  heads?: 'query' | 'keyValue';
  /** How it is kept in blocks; float32 where it is left out. */
  packed?: PackedType;
  /** The same, where what the checkpoint has is rounded to such blocks. */
  rounded?: RoundedType;
  /** Where what the checkpoint has is rounded to numbers of 16 bits, which the graphs read as float32. */
  half?: HalfFloat;
}

/** Where a weight lies in the weights file. */
export interface PlacedWeight extends Pick<WeightSpec, 'name' | 'shape' | 'heads' | 'packed'> {
  /** One of float32, or those of a packed matrix. */
  parts: PlacedPart[];
  /** Of an adapter that is kept apart. It does not lie in the file. */
  addition?: Addition | undefined;
}

export interface PlacedPart {
  name: 'values' | PackedPartName;
  type: 'float32' | 'uint8';
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
  for (const spec of specs) {
    const parts = partsOf(spec).map((part) => {
      const placedPart = { ...part, offset };
      offset = Math.ceil((offset + part.byteLength) / ALIGNMENT) * ALIGNMENT;
      return placedPart;
    });
    const { name, shape, heads, packed } = spec;
    placed.set(name, { name, shape, ...(heads && { heads }), ...(packed && { packed }), parts });
  }
  return [placed, offset];
}

function partsOf({ shape, packed }: WeightSpec): Omit<PlacedPart, 'offset'>[] {
  if (packed) return packedLayout(packed, shape as [number, number]);
  return [{ name: 'values', type: 'float32', shape, byteLength: elementsOf(shape) * Float32Array.BYTES_PER_ELEMENT }];
}

/** The weights, of which every matrix stays as the checkpoint has it that it has in blocks. */
export function packedSpecs({ tensors }: Checkpoint, specs: readonly WeightSpec[]): WeightSpec[] {
  return specs.map((spec) => {
    const { source, shape } = spec;
    if (!('tensor' in source) || shape.length !== 2 || source.transposed || source.plus) return spec;
    const type = tensors.get(source.tensor)?.type;
    return type !== undefined && isPackedType(type) ? { ...spec, packed: type } : spec;
  });
}

/** What is no matrix of a product, or has so few weights that nothing is gained and much may be lost. */
const NEVER_ROUNDED = /(norm|router|positionEmbedding)$/;

/** The weights, of which matrices that are not kept in blocks are rounded to some, where rows are whole ones. */
export function roundedSpecs(specs: readonly WeightSpec[], type: RoundedType): WeightSpec[] {
  return specs.map((spec) => {
    const { name, source, shape, packed } = spec;
    const isMatrix = 'tensor' in source && shape.length === 2 && !NEVER_ROUNDED.test(name);
    if (packed || !isMatrix || (shape[1] as number) % TENSOR_TYPES[type].blockElements !== 0) return spec;
    return { ...spec, packed: type, rounded: type };
  });
}

/** The weights, of which all that are tensors of the checkpoint are rounded to numbers of 16 bits: those computed from its settings are not. */
export function halfSpecs(specs: readonly WeightSpec[], half: HalfFloat): WeightSpec[] {
  return specs.map((spec) => ('values' in spec.source ? spec : { ...spec, half }));
}

/**
 * A tensor of the checkpoint, with the shape that its architecture gives it.
 *
 * @throws VitrineError `model.tensor` where the checkpoint lacks it or gives it another shape.
 */
export function tensorOf(checkpoint: Checkpoint, name: string, shape: readonly number[]): CheckpointTensor {
  const { path } = checkpoint;
  const tensor = checkpoint.tensors.get(name);
  if (!tensor) throw missingTensor(checkpoint, name);
  if (tensor.shape.join() !== shape.join()) {
    const shapes = sentence`is ${tensor.shape.join(' x ')} and should be ${shape.join(' x ')}`;
    throw new VitrineError(
      'model.tensor',
      sentence`${path}: the tensor ${name} ${shapes}. The file contradicts its own metadata.`,
    );
  }
  return tensor;
}

export const missingTensor = ({ path }: Checkpoint, name: string): VitrineError =>
  new VitrineError('model.tensor', sentence`${path}: it has no tensor ${name}, which its architecture needs.`);

/**
 * Checks that the checkpoint has every tensor that its weights are made of, and nothing that they leave out: a tensor
 * that the forward pass does not read is a feature that it lacks.
 *
 * @param ignored names of tensors that take no part in predicting the next token
 *
 * @throws VitrineError `model.tensor` or `model.unsupported`.
 */
export function checkTensors(
  checkpoint: Checkpoint,
  { tieWordEmbeddings }: ModelConfig,
  specs: readonly WeightSpec[],
  ignored?: RegExp,
): void {
  const used = new Set<string>();
  for (const { shape, source } of specs) {
    if ('tensor' in source) used.add(tensorOf(checkpoint, source.tensor, source.shape ?? shape).name);
    else if ('parts' in source)
      for (const part of source.parts) used.add(tensorOf(checkpoint, part.tensor, part.shape ?? shape.slice(1)).name);
    else for (const name of source.uses ?? []) used.add(name);
  }
  const unused = [...checkpoint.tensors.keys(), ...checkpoint.buffers].filter(
    (name) =>
      !used.has(name) && !BUFFERS.test(name) && !(tieWordEmbeddings && HEADS.test(name)) && !ignored?.test(name),
  );
  if (unused.length === 0) return;
  const [first = ''] = unused;
  const names = unused.length > 1 ? sentence`${first} and ${unused.length - 1} more` : first;
  throw new VitrineError(
    'model.unsupported',
    sentence`${checkpoint.path}: the architecture as it is implemented here has no place for the tensor ${names}. Vitrine would show wrong numbers, so it stops here.`,
  );
}

/**
 * Masks, places and tables that old versions of transformers saved beside the weights, which follow from the configuration;
 * tensors that say how positions rotate, which the configuration is read from; and what float8 models divide the input of
 * a matrix by before they round it, which nothing here does.
 */
const BUFFERS =
  /(^|\.)(attn|attention)\.(bias|masked_bias)$|(^|\.)position_ids$|\.rotary_emb\.inv_freq$|^rope_(freqs|factors_long|factors_short)\.weight$|\.(activation|input)_scale$/;

/** The unembedding, which a file may hold again where it is the embedding. */
export const HEADS = /(^|\.)(lm_head|embed_out)\.weight$/;

/** Where the part lies, for a graph. */
export const externalData = ({ offset, byteLength }: Pick<PlacedPart, 'offset' | 'byteLength'>): ExternalData => ({
  file: WEIGHTS_FILE,
  offset,
  byteLength,
});
