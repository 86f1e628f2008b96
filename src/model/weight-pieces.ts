import type { RoundedType } from '../shared/block-rounding';
import { sentence, VitrineError } from '../shared/errors';
import { type HalfFloat, roundToHalf } from '../shared/half-floats';
import type { Checkpoint, CheckpointTensor } from './checkpoint/checkpoint';
import { type PackedRows, packRows } from './packed/pack-rows';
import { quantise } from './packed/quantise';
import { byteLengthOf, elementsOf } from './tensors/tensor-types';
import { type RowView, type TensorSource, tensorOf, type WeightSpec } from './weights';

/** Weights read at a time: enough to be fast, little enough to cancel and to show progress. */
const PIECE_ELEMENTS = 4 * 1024 * 1024;

/** Some rows of a packed matrix. */
export interface PackedPiece {
  first: number;
  count: number;
  rows: PackedRows;
  /** The file's own, where they were rounded. */
  values?: Float32Array;
}

/** A matrix that is kept in blocks, a piece at a time, from the first row to the last. */
export function* packedPieces(checkpoint: Checkpoint, spec: WeightSpec): Generator<PackedPiece> {
  if (spec.rounded) yield* roundedPieces(checkpoint, spec, spec.rounded);
  else yield* quantisedPieces(checkpoint, spec);
}

function* roundedPieces(checkpoint: Checkpoint, spec: WeightSpec, type: RoundedType): Generator<PackedPiece> {
  let first = 0;
  for (const values of weightPieces(checkpoint, spec)) {
    const count = values.length / (spec.shape[1] as number);
    yield { first, count, rows: packRows(type, quantise(type, values), values.length), values };
    first += count;
  }
}

function* quantisedPieces(checkpoint: Checkpoint, { shape, source, packed }: WeightSpec): Generator<PackedPiece> {
  if (packed === undefined || !('tensor' in source)) throw new Error('this weight is not packed');
  const tensor = tensorOf(checkpoint, source.tensor, source.shape ?? shape);
  const [rows, width] = shape as [number, number];
  const step = Math.max(1, Math.floor(PIECE_ELEMENTS / width));
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    const blocks = blocksOf(tensor, source.rows, first, count);
    yield { first, count, rows: packRows(packed, blocks, count * width, source.scale) };
  }
}

function blocksOf(tensor: CheckpointTensor, view: RowView | undefined, first: number, count: number): Uint8Array {
  if (!view) return tensor.blocks(first, count);
  const rowBytes = byteLengthOf(tensor.type, tensor.shape.at(-1) as number);
  const blocks = new Uint8Array(count * rowBytes);
  for (const run of runsOf(view, first, count)) {
    blocks.set(tensor.blocks(run.source, run.count), (run.row - first) * rowBytes);
  }
  return blocks;
}

/** A weight's values as float32, a piece at a time, from the first row to the last. */
export function* weightPieces(checkpoint: Checkpoint, { shape, source, half }: WeightSpec): Generator<Float32Array> {
  if ('values' in source) yield source.values();
  else if ('parts' in source)
    for (const part of source.parts) yield* tensorPieces(checkpoint, part, shape.slice(1), half);
  else yield* tensorPieces(checkpoint, source, shape, half);
}

function* tensorPieces(
  checkpoint: Checkpoint,
  source: TensorSource,
  shape: number[],
  half: HalfFloat | undefined,
): Generator<Float32Array> {
  const tensor = tensorOf(checkpoint, source.tensor, source.shape ?? shape);
  const pieces = source.transposed ? transposedPieces(tensor, shape, source) : rowPieces(tensor, shape, source.rows);
  for (const values of pieces) {
    if (half) roundAll(values, half, checkpoint, source.tensor);
    change(values, source);
    yield values;
  }
}

function* rowPieces(tensor: CheckpointTensor, shape: number[], view: RowView | undefined): Generator<Float32Array> {
  if (view && shape.length === 1) {
    yield vectorOf(tensor, shape[0] as number, view);
    return;
  }
  const width = tensor.shape.at(-1) as number;
  const rows = elementsOf(shape) / width;
  const step = Math.max(1, Math.floor(PIECE_ELEMENTS / width));
  for (let from = 0; from < rows; from += step) {
    const count = Math.min(step, rows - from);
    yield view ? rowsOf(tensor, view, from, count) : tensor.rows(from, count);
  }
}

function rowsOf(tensor: CheckpointTensor, view: RowView, from: number, count: number): Float32Array {
  const width = tensor.shape.at(-1) as number;
  const values = new Float32Array(count * width);
  for (const run of runsOf(view, from, count)) {
    values.set(tensor.rows(run.source, run.count), (run.row - from) * width);
  }
  return values;
}

/** Rows of one number each. */
function vectorOf(tensor: CheckpointTensor, length: number, view: RowView): Float32Array {
  const all = tensor.rows(0, tensor.elementCount / (tensor.shape.at(-1) as number));
  const values = new Float32Array(length);
  for (const { row, source, count } of runsOf(view, 0, length)) values.set(all.subarray(source, source + count), row);
  return values;
}

interface Run {
  row: number;
  source: number;
  count: number;
}

/** Rows [from, from + count) of a view, as runs that follow one another in the tensor too. */
export function* runsOf({ start, size, stride, order }: RowView, from: number, count: number): Generator<Run> {
  let run: Run | undefined;
  for (let row = from; row < from + count; row++) {
    const within = row % size;
    const source = start + Math.floor(row / size) * stride + (order?.[within] ?? within);
    if (run && source === run.source + run.count) run.count++;
    else {
      if (run) yield run;
      run = { row, source, count: 1 };
    }
  }
  if (run) yield run;
}

/** [.., in, out] → [.., out, in], a matrix at a time; or only the one that is asked for. */
function* transposedPieces(
  tensor: CheckpointTensor,
  shape: number[],
  { rows: view, matrix: only }: TensorSource,
): Generator<Float32Array> {
  const [height, width] = tensor.shape.slice(-2) as [number, number];
  const rows = shape.at(-2) as number;
  const from = (only ?? 0) * height;
  const to = only === undefined ? tensor.elementCount / width : from + height;
  for (let first = from; first < to; first += height) {
    const matrix = tensor.rows(first, height);
    const values = new Float32Array(rows * height);
    for (const run of runsOf(view ?? { start: 0, size: width, stride: width }, 0, rows)) {
      for (let i = 0; i < run.count; i++) {
        for (let column = 0; column < height; column++) {
          values[(run.row + i) * height + column] = matrix[column * width + run.source + i] as number;
        }
      }
    }
    yield values;
  }
}

/** In place. @throws VitrineError `weights.tooLarge` where a weight is beyond the largest number of 16 bits */
function roundAll(values: Float32Array, half: HalfFloat, { path }: Checkpoint, tensor: string): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const rounded = roundToHalf(half, value);
    if (!Number.isFinite(rounded) && Number.isFinite(value)) {
      throw new VitrineError(
        'weights.tooLarge',
        sentence`${path}: the tensor ${tensor} holds the weight ${{ number: value, decimals: 0 }}, which is too large for ${half}. Keep the weights in another form.`,
      );
    }
    values[i] = rounded;
  }
}

function change(values: Float32Array, { scale = 1, plus = 0, negativeExponential = false }: TensorSource): void {
  if (negativeExponential) for (let i = 0; i < values.length; i++) values[i] = -Math.exp(values[i] as number);
  if (scale === 1 && plus === 0) return;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * scale + plus;
}
