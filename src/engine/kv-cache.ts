import type { Tensor } from 'onnxruntime-node';
import { kindOf, type ModelConfig } from '../model/config';
import { DECODER } from '../model/graphs/ports';
import { CarriedStates } from './carried-states';
import { firstKeyFor } from './mask';
import { float32, floats } from './tensors';

/** Positions by which the memory grows: a text that grows by a token has room for it. */
const STEP = 128;

/** Keys and values of one key-value head: one growing piece of memory each, [capacity, D]. */
interface Head {
  layer: number;
  head: number;
  headDim: number;
  keys: Float32Array;
  values: Float32Array;
}

/**
 * Keys and values of the positions that the model has read, for every key-value head, so that a run takes its past without
 * a copy and the next one extends it in place. A layer with a sliding window reads only what its window reaches; the rest
 * is there for an edit far before the end. What layers without attention carry is kept beside them.
 */
export class KvCache {
  readonly #config: ModelConfig;
  readonly #heads: Head[];
  /** Of layers without attention. */
  readonly #states: CarriedStates;
  /** Positions that there is room for. */
  #capacity = 0;
  /** The tokens whose keys and values these are. */
  readonly ids: number[] = [];

  constructor(config: ModelConfig) {
    this.#config = config;
    this.#states = new CarriedStates(config);
    this.#heads = config.kindOfLayer.flatMap((_, layer) => {
      const { numKeyValueHeads, headDim } = kindOf(config, layer);
      const none = new Float32Array(0);
      return Array.from({ length: numKeyValueHeads }, (_, head) => ({
        layer,
        head,
        headDim,
        keys: none,
        values: none,
      }));
    });
  }

  get bytes(): number {
    return this.#heads.reduce((sum, { keys, values }) => sum + keys.byteLength + values.byteLength, this.#states.bytes);
  }

  /** Makes room for so many positions, keeping what there is. */
  reserve(positions: number): void {
    if (this.#capacity < positions) this.#resize(positions);
  }

  /** Gives back the room of longer texts before this one. */
  trim(): void {
    this.#resize(this.ids.length);
  }

  /** Remembers that all can be cut back to what it holds now. */
  mark(): void {
    this.#states.mark(this.ids.length);
  }

  /** The largest length up to one that all can be cut back to. */
  cuttableTo(length: number): number {
    return this.#states.latestMark(length);
  }

  /** Forgets every position from `length` on, which `cuttableTo` gave. */
  truncate(length: number): void {
    if (length >= this.ids.length) return;
    this.#states.returnTo(length);
    this.ids.length = length;
  }

  /** Inputs of the decoder: the past of a run that begins after the last position, as far as its layers can see it. */
  feeds(): Record<string, Tensor> {
    const length = this.ids.length;
    const feeds = this.#states.feeds();
    for (const { layer, head, headDim, keys, values } of this.#heads) {
      const first = firstKeyFor(kindOf(this.#config, layer), length);
      const past = (all: Float32Array) =>
        float32(all.subarray(first * headDim, length * headDim), length - first, headDim);
      feeds[DECODER.pastKey(layer, head)] = past(keys);
      feeds[DECODER.pastValue(layer, head)] = past(values);
    }
    return feeds;
  }

  /** Outputs of the decoder that `append` takes. */
  outputs(): string[] {
    const ofHeads = this.#heads.flatMap(({ layer, head }) => [DECODER.key(layer, head), DECODER.value(layer, head)]);
    return [...ofHeads, ...this.#states.outputs()];
  }

  /** Adds the first `ids.length` positions of a run's results. */
  append(ids: ArrayLike<number>, results: Record<string, Tensor>): void {
    this.reserve(this.ids.length + ids.length);
    for (const { layer, head, headDim, keys, values } of this.#heads) {
      const take = (name: string) => floats(results[name]).subarray(0, ids.length * headDim);
      keys.set(take(DECODER.key(layer, head)), this.ids.length * headDim);
      values.set(take(DECODER.value(layer, head)), this.ids.length * headDim);
    }
    this.#states.take(results);
    this.ids.push(...Array.from(ids));
  }

  #resize(positions: number): void {
    const capacity = Math.ceil(positions / STEP) * STEP;
    if (capacity === this.#capacity) return;
    this.#capacity = capacity;
    for (const head of this.#heads) {
      const resized = (old: Float32Array) => {
        const all = new Float32Array(capacity * head.headDim);
        all.set(old.subarray(0, this.ids.length * head.headDim));
        return all;
      };
      head.keys = resized(head.keys);
      head.values = resized(head.values);
    }
  }
}
