import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { Checkpoint } from './checkpoint/checkpoint';
import { weightPieces } from './weight-pieces';
import type { PlacedWeight, WeightSpec } from './weights';

/**
 * Writes the weights file: every weight of `specs` at its place, as little-endian float32.
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
    for (const spec of specs) {
      const { offset } = placed.get(spec.name) as PlacedWeight;
      let at = offset;
      for (const piece of weightPieces(checkpoint, spec)) {
        refuseNonFinite(piece, checkpoint, spec);
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

/** One such weight makes every number of a text no number. */
function refuseNonFinite(values: Float32Array, { path }: Checkpoint, { name, source }: WeightSpec): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const tensor = 'tensor' in source ? source.tensor : name;
    throw new VitrineError(
      'model.notFinite',
      sentence`${path}: the tensor ${tensor} holds a weight that is no finite number. The file is damaged: get it again.`,
    );
  }
}

function writeAll(descriptor: number, values: Float32Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
