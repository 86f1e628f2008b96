import type { Tensor } from 'onnxruntime-node';
import { LAYER_PARTS, type LayerPart } from '../model/architectures/architecture';
import { hasAttention, kindOf, type LayerKind, layersOfKind, type ModelConfig } from '../model/config';
import { LAYER } from '../model/graphs/ports';
import { elementsOf } from '../model/tensors/tensor-types';
import { layerWeight, type PlacedWeight } from '../model/weights';
import { changeLeaving, layerChanges } from './interventions/changes';
import { type Interventions, noInterventions } from './interventions/interventions';
import { causalMask, hideKeys } from './mask';
import { type Angles, anglesOf } from './rope-angles';
import { changeFeeds } from './row-changes';
import { angleFeeds } from './run-inputs';
import { type Session, weightsTakenBy } from './sessions';
import { float32, floats, int64 } from './tensors';
import { readWeight, type WeightsInFile } from './weight-rows';

/** Positions of a long text that one run takes: its pattern has so many rows. */
const CHUNK_ROWS = 256;

const NEXT = [LAYER.next];

/** What the runner needs to know of a model. */
type ModelInLayers = WeightsInFile & { config: ModelConfig };

/** Fills an array with a weight. */
export type ReadWeight = (name: string, into: Float32Array) => void;

/**
 * Sends residual streams through one layer after another, whose weights it reads as they are needed, as in a run under
 * some interventions. Which heads are off every stream has its own of.
 */
export class LayerRunner {
  /** Of each kind of layer. */
  readonly #sessions: readonly Session[];
  readonly #model: ModelInLayers;
  /** Tokens of the text that the streams belong to. */
  readonly #textLength: number;
  readonly #interventions: Interventions;
  /** Of each kind, by their names without the layer's number. All its layers share the memory: new pages take longer than reading. */
  readonly #weights: Map<string, Tensor>[];
  #layer = 0;

  constructor(
    sessions: readonly Session[],
    model: ModelInLayers,
    textLength: number,
    interventions: Interventions = noInterventions(model.config),
  ) {
    this.#sessions = sessions;
    this.#model = model;
    this.#textLength = textLength;
    this.#interventions = interventions;
    this.#weights = sessions.map((session, kind) => roomForWeights(session, model, kind));
  }

  /** Takes the weights of a layer. @param read by default from the weights file */
  enter(layer: number, read: ReadWeight = (name, into) => readWeight(this.#model, name, into)): void {
    this.#layer = layer;
    for (const [name, tensor] of this.#weightsOfKind()) read(layerWeight(layer, name), floats(tensor));
  }

  /** Sends streams [B, T, C] from position 0 on through the layer, in place. @param headMask [B, H] */
  async pass(streams: Float32Array, headMask: Float32Array): Promise<void> {
    const { hiddenSize } = this.#model.config;
    await this.#run(streams, headMask, 'all', NEXT, (results, from) =>
      streams.set(floats(results[LAYER.next]), from * hiddenSize),
    );
    this.#changeLeaving(streams, headMask, 0);
  }

  /** What leaves the layer at the last position of each of the streams, which stay as they are: [B, C]. */
  async last(streams: Float32Array, headMask: Float32Array): Promise<Float32Array> {
    const { hiddenSize, numAttentionHeads } = this.#model.config;
    let last: Float32Array = new Float32Array();
    await this.#run(streams, headMask, 'last', NEXT, (results) => {
      last = floats(results[LAYER.next]);
    });
    const tokens = (streams.length / headMask.length) * (numAttentionHeads / hiddenSize);
    this.#changeLeaving(last, headMask, tokens - 1);
    return last;
  }

  /** What the layer's parts add to one stream [T, C] from position 0 on, which stays as it is: [T, C] each. */
  async parts(stream: Float32Array): Promise<Record<LayerPart, Float32Array>> {
    const { hiddenSize, numAttentionHeads } = this.#model.config;
    const headMask = this.#interventions.headMask.subarray(
      this.#layer * numAttentionHeads,
      (this.#layer + 1) * numAttentionHeads,
    );
    const parts = { attention: new Float32Array(stream.length), mlp: new Float32Array(stream.length) };
    await this.#run(
      stream,
      headMask,
      'all',
      LAYER_PARTS.map((part) => LAYER[part]),
      (results, from) => {
        for (const part of LAYER_PARTS) parts[part].set(floats(results[LAYER[part]]), from * hiddenSize);
      },
    );
    return parts;
  }

  /** @param take is given what the graph gives at the positions that are asked for of every part of a text. */
  async #run(
    streams: Float32Array,
    headMask: Float32Array,
    which: 'all' | 'last',
    outputs: readonly string[],
    take: (results: Record<string, Tensor>, from: number) => void,
  ): Promise<void> {
    const { hiddenSize, numAttentionHeads } = this.#model.config;
    const kind = kindOf(this.#model.config, this.#layer);
    const session = this.#sessions[this.#model.config.kindOfLayer[this.#layer] as number] as Session;
    const sequences = headMask.length / numAttentionHeads;
    const tokens = streams.length / (sequences * hiddenSize);
    const rows = sequences === 1 ? CHUNK_ROWS : tokens;
    const carried = carriedOf(kind);
    let past = beginningOf(kind, sequences);
    for (let from = 0; from < tokens; from += rows) {
      const to = Math.min(from + rows, tokens);
      const part = streams.subarray(from * hiddenSize, (from + sequences * (to - from)) * hiddenSize);
      const asked = { from: which === 'all' ? from : to - 1, to };
      const feeds = {
        ...this.#weightFeeds(),
        [LAYER.residual]: float32(part, sequences * (to - from), hiddenSize),
        ...changeFeeds(
          layerChanges(this.#interventions, this.#layer, asked, sequences),
          LAYER_PARTS.length,
          hiddenSize,
        ),
        [LAYER.rows]: rowsOf(to - from, sequences, which),
        ...(hasAttention(kind) && this.#attentionFeeds(kind, from, to, headMask)),
        ...past,
      };
      const isLast = to === tokens;
      const results = await session.run(feeds, [...outputs, ...(isLast ? [] : Object.values(carried))]);
      take(results, from);
      if (!isLast) past = mapValues(carried, (output) => results[output] as Tensor);
    }
  }

  /** Changes what has left the layer, [B, T, C], at positions from one on. */
  #changeLeaving(streams: Float32Array, headMask: Float32Array, from: number): void {
    const { hiddenSize, numAttentionHeads } = this.#model.config;
    const size = (streams.length / headMask.length) * numAttentionHeads;
    const range = { from, to: from + size / hiddenSize };
    for (let at = 0; at < streams.length; at += size) {
      changeLeaving(this.#interventions, this.#layer, range, streams.subarray(at, at + size));
    }
  }

  /** @param headMask [B, H] */
  #attentionFeeds(kind: LayerKind, from: number, to: number, headMask: Float32Array): Record<string, Tensor> {
    const { numAttentionHeads } = this.#model.config;
    const { slidingWindow } = kind;
    const sequences = headMask.length / numAttentionHeads;
    const shape = { from, queries: to - from, keys: to, slidingWindow };
    const mask = hideKeys(causalMask(shape), shape, this.#interventions.hidden);
    return {
      ...anglesFeeds(anglesOf(kind, this.#textLength, from, to - from), sequences, to - from),
      [LAYER.mask]: float32(mask, to - from, to),
      [LAYER.headMask]: float32(headMask, sequences, numAttentionHeads),
    };
  }

  #weightFeeds(): Record<string, Tensor> {
    return Object.fromEntries(Array.from(this.#weightsOfKind(), ([name, tensor]) => [LAYER.weight(name), tensor]));
  }

  #weightsOfKind(): Map<string, Tensor> {
    return this.#weights[this.#model.config.kindOfLayer[this.#layer] as number] as Map<string, Tensor>;
  }
}

/** What a part of a text takes from the part before it: the input, and the output that was it there. */
function carriedOf({ states }: LayerKind): Record<string, string> {
  if (!states) return { [LAYER.pastKeys]: LAYER.keys, [LAYER.pastValues]: LAYER.values };
  return Object.fromEntries(states.map(({ name }) => [LAYER.pastState(name), LAYER.state(name)]));
}

/** The same before the first token of so many sequences. */
function beginningOf({ states, numKeyValueHeads, headDim }: LayerKind, sequences: number): Record<string, Tensor> {
  if (!states) {
    const nothing = float32(new Float32Array(), sequences, numKeyValueHeads, 0, headDim);
    return { [LAYER.pastKeys]: nothing, [LAYER.pastValues]: nothing };
  }
  const zeros = (shape: readonly number[]) => float32(new Float32Array(elementsOf(shape)), ...shape);
  return Object.fromEntries(states.map(({ name, shape }) => [LAYER.pastState(name), zeros([sequences, ...shape])]));
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Numbers of rows, of all or of the last of every sequence: int64 [M]. */
function rowsOf(count: number, sequences: number, which: 'all' | 'last'): Tensor {
  const step = which === 'all' ? 1 : count;
  const rows = Uint32Array.from({ length: (sequences * count) / step }, (_, i) => (i + 1) * step - 1);
  return int64(rows, rows.length);
}

/** The same angles for every sequence, one after another. */
function anglesFeeds(angles: Angles | undefined, sequences: number, positions: number): Record<string, Tensor> {
  if (!angles) return {};
  const repeated = (values: Float32Array) => {
    const all = new Float32Array(sequences * values.length);
    for (let at = 0; at < all.length; at += values.length) all.set(values, at);
    return all;
  };
  const all = { cosines: repeated(angles.cosines), sines: repeated(angles.sines) };
  return angleFeeds(all, sequences * positions, LAYER.cosines, LAYER.sines);
}

function roomForWeights(session: Session, { config, weights }: ModelInLayers, kind: number): Map<string, Tensor> {
  const [first] = layersOfKind(config, kind) as [number];
  return new Map(
    weightsTakenBy(session).map((name) => {
      const { shape } = weights.get(layerWeight(first, name)) as PlacedWeight;
      return [name, float32(new Float32Array(elementsOf(shape)), ...shape)];
    }),
  );
}
