import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { Checkpoint } from './checkpoint/checkpoint';
import type { PackedRows } from './packed/pack-rows';
import { packedPieces, weightPieces } from './weight-pieces';
import type { PlacedPart, PlacedWeight, WeightSpec } from './weights';

/**
 * Writes the weights file: every weight of `specs` at its place, as little-endian float32 or packed.
 *
 * @throws VitrineError `model.tensor` where the checkpoint lacks a tensor or gives it another shape.
 */
export async function writeWeights(
  path: string,
  checkpoint: Checkpoint,
  specs: readonly WeightSpec[],
  placed: ReadonlyMap<string, PlacedWeight>,
  totalBytes: number,
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: Progress | undefined } = {},
): Promise<void> {
  const descriptor = openSync(path, 'wx');
  try {
    ftruncateSync(descriptor, totalBytes);
    let written = 0;
    for (const spec of specs) {
      for (const bytes of weightBytes(checkpoint, spec, placed.get(spec.name) as PlacedWeight)) {
        for (const { data, offset } of bytes) {
          writeAll(descriptor, data, offset);
          written += data.byteLength;
        }
        await setImmediate();
        signal?.throwIfAborted();
        progress?.(Math.min(written, totalBytes), totalBytes);
      }
    }
    progress?.(totalBytes, totalBytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

interface Bytes {
  data: Float32Array | Uint8Array;
  /** In the weights file. */
  offset: number;
}

/** What is written of a weight, a piece at a time. */
function* weightBytes(checkpoint: Checkpoint, spec: WeightSpec, { parts, shape }: PlacedWeight): Generator<Bytes[]> {
  if (spec.packed) {
    for (const { first, rows, values = [] } of packedPieces(checkpoint, spec)) {
      for (const numbers of [values, rows.scales, rows.minima ?? []]) refuseNonFinite(numbers, checkpoint, spec);
      yield parts.map(({ name, offset, byteLength }) => ({
        data: rows[name as keyof PackedRows] as Float32Array | Uint8Array,
        offset: offset + first * (byteLength / (shape[0] as number)),
      }));
    }
    return;
  }
  let { offset } = parts[0] as PlacedPart;
  for (const data of weightPieces(checkpoint, spec)) {
    refuseNonFinite(data, checkpoint, spec);
    yield [{ data, offset }];
    offset += data.byteLength;
  }
}

/** One such weight makes every number of a text no number. */
function refuseNonFinite(values: ArrayLike<number>, { path }: Checkpoint, { name, source }: WeightSpec): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const tensor = 'tensor' in source ? source.tensor : name;
    throw new VitrineError(
      'model.notFinite',
      sentence`${path}: the tensor ${tensor} holds a weight that is no finite number. The file is damaged: get it again.`,
    );
  }
}

function writeAll(descriptor: number, values: Float32Array | Uint8Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
