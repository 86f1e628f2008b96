import { sentence, VitrineError } from '../shared/errors';
import { arraysOf, type Chunk } from './chunk';
import { type Interventions, valuesOf } from './interventions/interventions';
import { joinFloats } from './joined';

/** What one text left: everything that a view shows is here, or a lens computes it from the residual stream. */
export interface Trace {
  id: number;
  ids: Uint32Array;
  interventions: Interventions;
  /** For each position, the key after the latest earlier copy of its token, or NO_KEY. */
  inductionKeys: Int32Array;
  chunks: Chunk[];
  /** What the residual streams that enter its layers would take, where that is too much and they are not kept; else 0. */
  droppedBytes: number;
  /** Positions of a block of the thumbnails. */
  block: number;
}

export const NO_KEY = -1;

let traces = Date.now();

/**
 * A number that no other trace had, of this process or of one before: what is remembered of an earlier model, or of an
 * engine that died, is then never taken for another text's.
 */
export const newTraceId = (): number => ++traces;

/**
 * The residual stream that enters a layer, at positions [from, to): [to - from, C].
 *
 * @throws VitrineError `trace.streams` where the trace does not keep it.
 */
export function residualOf(trace: Trace, layer: number, from: number, to: number): Float32Array {
  const parts = trace.chunks
    .filter(({ start, length }) => start < to && start + length > from)
    .map(({ start, length, residual }) => {
      const rows = residual.get(layer);
      if (!rows) throw notKept(trace);
      const width = rows.length / length;
      return rows.subarray(Math.max(0, from - start) * width, Math.min(length, to - start) * width);
    });
  return joinFloats(parts);
}

function notKept({ ids, droppedBytes }: Trace): VitrineError {
  return new VitrineError(
    'trace.streams',
    sentence`What enters each layer of this model for ${ids.length} tokens takes ${{ bytes: droppedBytes }}, for which too little memory is free, and this view needs it. Take a shorter text, close other programs, or let what was read take more memory (the setting vitrine.memoryLimitGB).`,
  );
}

/** Memory of traces. What they share, or what a part of is left, counts once and whole. */
export function bytesOf(traces: Iterable<Trace>): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const { chunks, interventions } of traces) {
    for (const array of [...chunks.flatMap(arraysOf), ...valuesOf(interventions)]) buffers.add(array.buffer);
  }
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/**
 * Where an induction head would look (Olsson et al. 2022, transformer-circuits.pub): for each position, the key after the
 * latest earlier copy of its token.
 */
export function inductionKeysOf(ids: ArrayLike<number>): Int32Array {
  const latest = new Map<number, number>();
  const keys = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const copy = latest.get(id);
    keys[i] = copy === undefined ? NO_KEY : copy + 1;
    latest.set(id, i);
  }
  return keys;
}
