import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../model/config';
import { DECODER } from '../model/graphs/ports';
import { float32, floats } from './tensors';

/** Positions by which the memory grows: a text that grows by a token has room for it. */
const STEP = 128;

/**
 * Keys and values of the positions that the model has read, for every key-value head: one growing piece of memory each,
 * [capacity, D], so that a run takes its past without a copy and the next one extends it in place.
 */
export class KvCache {
  readonly #config: ModelConfig;
  readonly #keys: Float32Array[];
  readonly #values: Float32Array[];
  /** The tokens whose keys and values these are. */
  readonly ids: number[] = [];

  constructor(config: ModelConfig) {
    this.#config = config;
    const empty = () =>
      Array.from({ length: config.numHiddenLayers * config.numKeyValueHeads }, () => new Float32Array(0));
    this.#keys = empty();
    this.#values = empty();
  }

  get bytes(): number {
    const all = [...this.#keys, ...this.#values];
    return all.reduce((sum, array) => sum + array.byteLength, 0);
  }

  /** Makes room for so many positions, keeping what there is. */
  reserve(positions: number): void {
    if ((this.#keys[0]?.length ?? 0) < positions * this.#config.headDim) this.#resize(positions);
  }

  /** Gives back the room of longer texts before this one. */
  trim(): void {
    this.#resize(this.ids.length);
  }

  /** Forgets every position from `length` on. */
  truncate(length: number): void {
    this.ids.length = Math.min(this.ids.length, length);
  }

  /** Inputs of the decoder: the past of a run that begins after the last position. */
  feeds(): Record<string, Tensor> {
    const { headDim } = this.#config;
    const length = this.ids.length;
    const feeds: Record<string, Tensor> = {};
    const past = (all: Float32Array[], at: number) =>
      float32((all[at] as Float32Array).subarray(0, length * headDim), length, headDim);
    this.#everyHead((layer, head, at) => {
      feeds[DECODER.pastKey(layer, head)] = past(this.#keys, at);
      feeds[DECODER.pastValue(layer, head)] = past(this.#values, at);
    });
    return feeds;
  }

  /** Outputs of the decoder that `append` takes. */
  outputs(): string[] {
    const names: string[] = [];
    this.#everyHead((layer, head) => names.push(DECODER.key(layer, head), DECODER.value(layer, head)));
    return names;
  }

  /** Adds the first `ids.length` positions of a run's results. */
  append(ids: ArrayLike<number>, results: Record<string, Tensor>): void {
    const { headDim } = this.#config;
    const offset = this.ids.length * headDim;
    this.reserve(this.ids.length + ids.length);
    this.#everyHead((layer, head, at) => {
      const take = (name: string) => floats(results[name]).subarray(0, ids.length * headDim);
      this.#keys[at]?.set(take(DECODER.key(layer, head)), offset);
      this.#values[at]?.set(take(DECODER.value(layer, head)), offset);
    });
    this.ids.push(...Array.from(ids));
  }

  #resize(positions: number): void {
    const { headDim } = this.#config;
    const size = Math.ceil(positions / STEP) * STEP * headDim;
    for (const arrays of [this.#keys, this.#values]) {
      for (const [i, old] of arrays.entries()) {
        if (old.length === size) continue;
        const resized = new Float32Array(size);
        resized.set(old.subarray(0, this.ids.length * headDim));
        arrays[i] = resized;
      }
    }
  }

  #everyHead(visit: (layer: number, head: number, index: number) => void): void {
    const { numHiddenLayers, numKeyValueHeads } = this.#config;
    for (let layer = 0; layer < numHiddenLayers; layer++) {
      for (let head = 0; head < numKeyValueHeads; head++) visit(layer, head, layer * numKeyValueHeads + head);
    }
  }
}
