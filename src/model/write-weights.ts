import { type FileHandle, open } from 'node:fs/promises';
import { sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { Checkpoint } from './checkpoint/checkpoint';
import type { PackedRows } from './packed/pack-rows';
import { packedPieces, weightPieces } from './weight-pieces';
import type { PlacedPart, PlacedWeight, WeightSpec } from './weights';

/**
 * Writes the weights file: every weight of `specs` at its place, as little-endian float32 or packed. While the system
 * takes a piece, the next one is made.
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
  const file = await open(path, 'wx');
  let written = 0;
  let writing = Promise.resolve();
  try {
    await file.truncate(totalBytes);
    for (const spec of specs) {
      for (const bytes of weightBytes(checkpoint, spec, placed.get(spec.name) as PlacedWeight)) {
        // It also lets a request to cancel get in.
        await writing;
        signal?.throwIfAborted();
        progress?.(Math.min(written, totalBytes), totalBytes);
        writing = writeAll(file, bytes);
        written += bytes.reduce((sum, { data }) => sum + data.byteLength, 0);
      }
    }
    await writing;
    progress?.(totalBytes, totalBytes);
  } finally {
    await writing.catch(() => {});
    await file.close();
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

async function writeAll(file: FileHandle, all: readonly Bytes[]): Promise<void> {
  for (const { data, offset } of all) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
  }
}
