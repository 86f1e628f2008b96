import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import { type GgufFile, readTensorRows } from './gguf/reader';
import { dequantize } from './tensors/dequantize';
import { type PlacedWeight, tensorOf, type WeightSpec } from './weights';

/** Weights converted at a time: enough to be fast, little enough to cancel and to show progress. */
const PIECE_ELEMENTS = 4 * 1024 * 1024;

/**
 * Writes the weights file: every weight of `specs` at its place, as little-endian float32.
 *
 * @throws VitrineError `model.tensor` where the file lacks a tensor or gives it another shape.
 */
export async function writeWeights(
  path: string,
  file: GgufFile,
  specs: readonly WeightSpec[],
  placed: ReadonlyMap<string, PlacedWeight>,
  totalBytes: number,
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: Progress | undefined } = {},
): Promise<void> {
  const descriptor = openSync(path, 'wx');
  try {
    ftruncateSync(descriptor, totalBytes);
    for (const spec of specs) {
      const { offset } = placed.get(spec.name) as PlacedWeight;
      let at = offset;
      for (const piece of pieces(file, spec)) {
        writeAll(descriptor, piece, at);
        at += piece.byteLength;
        await setImmediate();
        signal?.throwIfAborted();
        progress?.(at, totalBytes);
      }
    }
    progress?.(totalBytes, totalBytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A weight's values, a piece at a time. */
function* pieces(file: GgufFile, spec: WeightSpec): Generator<Float32Array> {
  if ('values' in spec.source) {
    yield spec.source.values();
    return;
  }
  const tensor = tensorOf(file, spec.source.tensor, spec.shape);
  const rows = tensor.shape.length > 1 ? (tensor.shape[0] as number) : 1;
  const rowElements = tensor.elementCount / rows;
  const step = Math.max(1, Math.floor(PIECE_ELEMENTS / rowElements));
  for (let row = 0; row < rows; row += step) {
    const count = Math.min(step, rows - row);
    const values = new Float32Array(count * rowElements);
    dequantize(tensor.type, readTensorRows(file, tensor, row, count), values);
    refuseNonFinite(values, file, tensor.name);
    scale(values, spec.source.scale ?? 1);
    yield values;
  }
}

/** One such weight makes every number of a text no number. */
function refuseNonFinite(values: Float32Array, file: GgufFile, tensor: string): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new VitrineError(
      'model.notFinite',
      sentence`${file.path}: the tensor ${tensor} holds a weight that is no finite number. The file is damaged: get it again.`,
    );
  }
}

function scale(values: Float32Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor;
}

function writeAll(descriptor: number, values: Float32Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
