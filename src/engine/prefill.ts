import { setImmediate } from 'node:timers/promises';
import type { CompiledModel } from '../model/compile';
import { MAX_BLOCK } from '../model/graphs/ports';
import type { Work } from '../shared/progress';
import { type Chunk, firstPart } from './chunk';
import { blockFor, chunkSizeAt, runChunk, runNext } from './forward';
import { agreeUpTo, type Interventions } from './interventions/interventions';
import { KvCache } from './kv-cache';
import { rotateAlike } from './rope-angles';
import type { Sessions } from './sessions';
import { streamBytes } from './streams-room';
import { poolChunk } from './thumbnails';
import { inductionKeysOf, newTraceId, residualOf, type Trace } from './trace';

/** Chunks of an earlier text are used again as long as their thumbnails' blocks are at most this many times as large as the new text needs. */
const COARSEST = 2;

/** Does a run of the model when it is its turn. */
export type Turn = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * Reads texts with the model, one after another, and keeps the keys and values of the last one: a text that begins as
 * that one did is read only from where they part.
 */
export class Prefill {
  readonly #sessions: Sessions;
  readonly #model: CompiledModel;
  readonly #streamsFit: (bytes: number) => Promise<boolean>;
  readonly cache: KvCache;
  /** The trace that the cache belongs to; continuing it may have added to the cache. */
  #latest: Trace | undefined;

  /** @param streamsFit whether a text's residual streams may take so much memory; else only the last of them is kept. */
  constructor(
    sessions: Sessions,
    model: CompiledModel,
    streamsFit: (bytes: number) => Promise<boolean> = async () => true,
  ) {
    this.#sessions = sessions;
    this.#model = model;
    this.#streamsFit = streamsFit;
    this.cache = new KvCache(model.config);
  }

  /** The text whose keys and values the cache holds. */
  get traces(): Trace[] {
    return this.#latest ? [this.#latest] : [];
  }

  /**
   * @param turn of what nobody waits for: before each of its runs, which are short then, others may go first
   * @returns the trace, and how many of its positions were known already.
   */
  async run(
    ids: Uint32Array,
    interventions: Interventions,
    { signal, progress }: Work,
    turn?: Turn,
  ): Promise<{ trace: Trace; reused: number }> {
    const bytes = streamBytes(this.#model.config, ids.length);
    const droppedBytes = (await this.#streamsFit(bytes)) ? 0 : bytes;
    const known = this.#knownPart(ids, interventions, droppedBytes);
    const trace: Trace = {
      id: newTraceId(),
      ids,
      interventions,
      inductionKeys: inductionKeysOf(ids),
      chunks: known.chunks,
      droppedBytes,
      block: known.block,
    };
    this.cache.truncate(known.length);
    this.cache.reserve(Math.ceil(ids.length / trace.block) * trace.block);
    // Before the run: if it is cancelled, the cache holds what was read until then, and the next run may begin with that.
    this.#latest = trace;
    for (let at = known.length; at < ids.length; ) {
      progress(at, ids.length);
      // A run blocks the thread: between two, a request to cancel gets in.
      await setImmediate();
      const length = Math.min(chunkSizeAt(this.#sessions, at, turn === undefined), ids.length - at);
      const run = () => {
        signal.throwIfAborted();
        return runChunk(this.#sessions, this.#model, this.cache, trace, at, length);
      };
      trace.chunks.push(await (turn ? turn(run) : run()));
      this.cache.mark();
      at += length;
    }
    progress(ids.length, ids.length);
    return { trace, reused: known.length };
  }

  /** Lets go of the keys and values: the next text is read from its first token on. */
  forget(): void {
    this.#latest = undefined;
    this.cache.truncate(0);
    this.cache.trim();
  }

  /** Makes the cache hold exactly a trace's positions, running what it lacks. */
  async restore(trace: Trace, task: Work): Promise<void> {
    if (this.#latest !== trace) await this.run(trace.ids, trace.interventions, task);
    this.cache.truncate(trace.ids.length);
  }

  /**
   * Adds a token to what the cache holds: the residual stream after the last layer at its position, [C]. Where the text
   * becomes so long that all its positions rotate otherwise, it is read anew.
   */
  async next(id: number, interventions: Interventions, task: Work): Promise<Float32Array> {
    const { layerKinds, numHiddenLayers } = this.#model.config;
    const length = this.cache.ids.length;
    if (rotateAlike(layerKinds, length, length + 1)) {
      return runNext(this.#sessions, this.#model, this.cache, id, interventions);
    }
    const { trace } = await this.run(Uint32Array.from([...this.cache.ids, id]), interventions, {
      ...task,
      progress: () => {},
    });
    return residualOf(trace, numHiddenLayers, length, length + 1);
  }

  /** The beginning that the last text and this one share, cut to a multiple of the largest block, where blocks of every size begin, that the cache can be cut back to. */
  #knownPart(
    ids: Uint32Array,
    interventions: Interventions,
    droppedBytes: number,
  ): { length: number; block: number; chunks: Chunk[] } {
    const latest = this.#latest;
    const fresh = blockFor(ids.length);
    const nothing = { length: 0, block: fresh, chunks: [] };
    if (!latest) return nothing;
    if (latest.droppedBytes > 0 !== droppedBytes > 0) return nothing;
    if (!rotateAlike(this.#model.config.layerKinds, latest.ids.length, ids.length)) return nothing;
    // Chunks keep the size of their blocks. A text that is much shorter would have too coarse thumbnails, and is read quickly.
    if (latest.block > COARSEST * fresh) return nothing;
    const block = Math.max(fresh, latest.block);
    const computed = latest.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    // The last common position is read again: its log-probability is that of the token that came next in the earlier text.
    const alike = Math.min(commonPrefix(latest.ids, ids), agreeUpTo(latest.interventions, interventions));
    const common = Math.min(alike, computed) - 1;
    const length = this.cache.cuttableTo(Math.floor(common / MAX_BLOCK) * MAX_BLOCK);
    if (length <= 0) return nothing;
    const chunks = latest.chunks
      .filter((chunk) => chunk.start < length)
      .map((chunk) => firstPart(chunk, Math.min(chunk.length, length - chunk.start), this.#model.config))
      .map((chunk) => poolChunk(chunk, block));
    return { length, block, chunks };
  }
}

export function commonPrefix(a: Uint32Array, b: Uint32Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
