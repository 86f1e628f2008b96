import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../model/compile';
import { LAYER } from '../model/graphs/ports';
import { layerWeight } from '../model/weights';
import { causalMask } from './mask';
import type { Session } from './sessions';
import { float32, floats, int64 } from './tensors';
import { readWeight } from './weight-rows';

/** Positions of a long text that one run takes: its pattern has so many rows. */
const CHUNK_ROWS = 256;

/** Sends residual streams through one layer after another, whose weights it reads as they are needed. */
export class LayerRunner {
  readonly #session: Session;
  readonly #model: CompiledModel;
  /** By their names without the layer's number. All layers share the memory: new pages take longer than reading. */
  readonly #weights = new Map<string, Tensor>();

  constructor(session: Session, model: CompiledModel) {
    this.#session = session;
    this.#model = model;
    const first = layerWeight(0, '');
    for (const { name, shape } of model.weights.values()) {
      if (!name.startsWith(first)) continue;
      const size = shape.reduce((product, length) => product * length, 1);
      this.#weights.set(name.slice(first.length), float32(new Float32Array(size), ...shape));
    }
  }

  /** Takes the weights of a layer. */
  enter(layer: number): void {
    for (const [name, tensor] of this.#weights) readWeight(this.#model, layerWeight(layer, name), floats(tensor));
  }

  /** Sends streams [B, T, C] from position 0 on through the layer, in place. @param headMask [B, H] */
  async pass(streams: Float32Array, headMask: Float32Array): Promise<void> {
    await this.#run(streams, headMask, 'all', (next, from) => streams.set(next, from));
  }

  /** What leaves the layer at the last position of each of the streams, which stay as they are: [B, C]. */
  async last(streams: Float32Array, headMask: Float32Array): Promise<Float32Array> {
    let last: Float32Array = new Float32Array();
    await this.#run(streams, headMask, 'last', (next) => {
      last = next;
    });
    return last;
  }

  /** @param take is given what leaves the layer at the positions that are asked for of every part of a text. */
  async #run(
    streams: Float32Array,
    headMask: Float32Array,
    which: 'all' | 'last',
    take: (next: Float32Array, from: number) => void,
  ): Promise<void> {
    const { hiddenSize, numAttentionHeads, numKeyValueHeads, headDim } = this.#model.config;
    const sequences = headMask.length / numAttentionHeads;
    const tokens = streams.length / (sequences * hiddenSize);
    const rows = sequences === 1 ? CHUNK_ROWS : tokens;
    const nothing = float32(new Float32Array(), sequences, numKeyValueHeads, 0, headDim);
    let past = { keys: nothing, values: nothing };
    for (let from = 0; from < tokens; from += rows) {
      const to = Math.min(from + rows, tokens);
      const part = streams.subarray(from * hiddenSize, (from + sequences * (to - from)) * hiddenSize);
      const feeds = {
        ...this.#weightFeeds(),
        [LAYER.residual]: float32(part, sequences * (to - from), hiddenSize),
        [LAYER.positions]: positionsOf(from, to, sequences),
        [LAYER.mask]: float32(causalMask(from, to - from, to), to - from, to),
        [LAYER.headMask]: float32(headMask, sequences, numAttentionHeads),
        [LAYER.rows]: rowsOf(to - from, sequences, which),
        [LAYER.pastKeys]: past.keys,
        [LAYER.pastValues]: past.values,
      };
      const isLast = to === tokens;
      const results = await this.#session.run(feeds, [LAYER.next, ...(isLast ? [] : [LAYER.keys, LAYER.values])]);
      take(floats(results[LAYER.next]), from * hiddenSize);
      past = { keys: results[LAYER.keys] ?? nothing, values: results[LAYER.values] ?? nothing };
    }
  }

  #weightFeeds(): Record<string, Tensor> {
    return Object.fromEntries(Array.from(this.#weights, ([name, tensor]) => [LAYER.weight(name), tensor]));
  }
}

/** Numbers of rows, of all or of the last of every sequence: int64 [M]. */
function rowsOf(count: number, sequences: number, which: 'all' | 'last'): Tensor {
  const step = which === 'all' ? 1 : count;
  const rows = Uint32Array.from({ length: (sequences * count) / step }, (_, i) => (i + 1) * step - 1);
  return int64(rows, rows.length);
}

/** The positions [from, to) of every sequence: int64 [1, B·R]. */
function positionsOf(from: number, to: number, sequences: number): Tensor {
  const count = to - from;
  const all = Uint32Array.from({ length: sequences * count }, (_, i) => from + (i % count));
  return int64(all, 1, all.length);
}
