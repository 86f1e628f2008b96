import type { Tensor } from 'onnxruntime-node';
import { kindOf, type LayerKind, type ModelConfig } from '../model/config';
import { LAYER } from '../model/graphs/ports';
import { elementsOf } from '../model/tensors/tensor-types';
import { layerWeight } from '../model/weights';
import { adapterFeeds } from './adapter-gain';
import { changeLeaving } from './interventions/changes';
import { withPatches } from './interventions/layer-patches';
import { joinFloats } from './joined';
import { type LayerRun, type RunPart, runFeeds } from './layer-run';
import { roomForWeights } from './room-for-weights';
import type { Session } from './sessions';
import { float32, floats } from './tensors';
import { readWeight, type WeightsInFile } from './weight-rows';

/** Positions of a long text that one run takes: its pattern has so many rows. */
const CHUNK_ROWS = 256;

/** What the runner needs to know of a model. */
type ModelInLayers = WeightsInFile & { config: ModelConfig };

/** Fills an array with a weight. */
export type ReadWeight = (name: string, into: Float32Array) => void;

/** What can be asked of a run, of the positions that it asks for: [B, positions, C], of the heads [B, positions, H·D]. */
export type RowOutput = 'next' | 'attention' | 'mlp' | 'heads';
/** Of all positions up to the run's last: [B, KV, positions, D]. */
export type KeyOutput = 'keys' | 'values';

/** Sends residual streams through one layer after another, whose weights it reads as they are needed. */
export class LayerRunner {
  /** Of each kind of layer. */
  readonly #sessions: readonly Session[];
  readonly #model: ModelInLayers;
  /** Tokens of the text that the streams belong to. */
  readonly #textLength: number;
  /** Of each kind, by their names without the layer's number. All its layers share the memory: new pages take longer than reading. */
  readonly #weights: Map<string, Tensor>[];
  #layer = 0;

  constructor(sessions: readonly Session[], model: ModelInLayers, textLength: number) {
    this.#sessions = sessions;
    this.#model = model;
    this.#textLength = textLength;
    this.#weights = sessions.map((session, kind) => roomForWeights(session, model, kind));
  }

  /** Takes the weights of a layer. @param read by default from the weights file */
  enter(layer: number, read: ReadWeight = (name, into) => readWeight(this.#model, name, into)): void {
    this.#layer = layer;
    for (const [name, tensor] of this.#weightsOfKind()) read(layerWeight(layer, name), floats(tensor));
  }

  /** Sends one stream [T, C] from position 0 on through the layer, in place. @param headMask [H] */
  async pass(streams: Float32Array, headMask: Float32Array): Promise<void> {
    const { next } = await this.run({ streams, headMask }, ['next']);
    streams.set(next);
  }

  /** Sends sequences through the layer, whose streams stay as they are. */
  async run<O extends RowOutput | KeyOutput>(run: LayerRun, outputs: readonly O[]): Promise<Record<O, Float32Array>> {
    const { config } = this.#model;
    const kind = kindOf(config, this.#layer);
    const sequences = run.headMask.length / config.numAttentionHeads;
    const start = run.start ?? 0;
    const end = start + run.streams.length / (sequences * config.hiddenSize);
    const rows = sequences === 1 ? CHUNK_ROWS : end - start;
    const carried = carriedOf(kind);
    const found = outputs.map((output) => ({ output, parts: [] as Float32Array[] }));
    let past = pastFeeds(kind, sequences, run);
    const patched = withPatches(run, this.#layer, sequences);
    for (let from = start; from < end; from += rows) {
      const part = partOf(patched, sequences, from, Math.min(from + rows, end));
      const isLast = part.to === end;
      const results = await this.#runPart(kind, part, past, [...outputs, ...(isLast ? [] : Object.values(carried))]);
      if (results[LAYER.next]) this.#changeLeaving(floats(results[LAYER.next]), part);
      for (const { output, parts } of found) {
        if (isOfKeys(output) ? isLast : part.isAsked) parts.push(floats(results[output]));
      }
      if (!isLast) past = mapValues(carried, (output) => results[output] as Tensor);
    }
    return Object.fromEntries(found.map(({ output, parts }) => [output, joinFloats(parts)])) as Record<O, Float32Array>;
  }

  /** Changes what has left the layer, [B, positions, C], as the run is under. */
  #changeLeaving(next: Float32Array, { run: { interventions }, sequences, asked }: RunPart): void {
    if (!interventions) return;
    const size = next.length / sequences;
    for (let at = 0; at < next.length; at += size)
      changeLeaving(interventions, this.#layer, asked, next.subarray(at, at + size));
  }

  #runPart(kind: LayerKind, part: RunPart, past: Record<string, Tensor>, outputs: string[]) {
    const { config } = this.#model;
    const session = this.#sessions[this.#kind] as Session;
    const weights = Array.from(this.#weightsOfKind(), ([name, tensor]) => [LAYER.weight(name), tensor]);
    const gain = part.run.interventions ?? { adapterGain: 1 };
    const added = adapterFeeds(session, this.#model.weights, gain, (name) => layerWeight(this.#layer, name));
    const feeds = {
      ...Object.fromEntries(weights),
      ...added,
      ...runFeeds(config, kind, this.#textLength, part),
      ...past,
    };
    return session.run(feeds, outputs);
  }

  get #kind(): number {
    return this.#model.config.kindOfLayer[this.#layer] as number;
  }

  #weightsOfKind(): Map<string, Tensor> {
    return this.#weights[this.#kind] as Map<string, Tensor>;
  }
}

const isOfKeys = (output: RowOutput | KeyOutput) => output === 'keys' || output === 'values';

/** A part of a run. A graph needs a row: where none of the part is asked for, its last one goes on. */
function partOf(run: LayerRun, sequences: number, from: number, to: number): RunPart & { isAsked: boolean } {
  const asked = { from: Math.max(from, run.asked?.from ?? from), to: Math.min(to, run.asked?.to ?? to) };
  const isAsked = asked.from < asked.to;
  return { run, sequences, from, to, isAsked, asked: isAsked ? asked : { from: to - 1, to } };
}

/** What a part of a text takes from the part before it: the input, and the output that was it there. */
function carriedOf({ states }: LayerKind): Record<string, string> {
  if (!states) return { [LAYER.pastKeys]: LAYER.keys, [LAYER.pastValues]: LAYER.values };
  return Object.fromEntries(states.map(({ name }) => [LAYER.pastState(name), LAYER.state(name)]));
}

/** The same before a run. */
function pastFeeds(kind: LayerKind, sequences: number, { start = 0, past }: LayerRun): Record<string, Tensor> {
  const { states, numKeyValueHeads, headDim } = kind;
  if (states) {
    if (start > 0) throw new Error('a layer that carries a state begins at the first token');
    const zeros = (shape: readonly number[]) => float32(new Float32Array(elementsOf(shape)), ...shape);
    return Object.fromEntries(states.map(({ name, shape }) => [LAYER.pastState(name), zeros([sequences, ...shape])]));
  }
  const size = numKeyValueHeads * start * headDim;
  const ofAll = (values: Float32Array = new Float32Array()) => {
    const repeated = new Float32Array(sequences * size);
    for (let at = 0; at < repeated.length; at += size) repeated.set(values, at);
    return float32(repeated, sequences, numKeyValueHeads, start, headDim);
  };
  return { [LAYER.pastKeys]: ofAll(past?.keys), [LAYER.pastValues]: ofAll(past?.values) };
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
