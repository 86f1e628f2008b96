import { LAYER_PARTS, type LayerPart } from '../../model/architectures/architecture';
import { hasAttention, kindOf, type ModelConfig } from '../../model/config';
import type { Interventions } from '../interventions/interventions';
import type { KeysAndValues, LayerChange, Rows } from '../layer-run';
import type { KeyOutput, LayerRunner, RowOutput } from '../layer-runner';
import { residualOf, type Trace } from '../trace';

export type GivenPart = LayerChange['place'];
type Given = Partial<Record<RowOutput | KeyOutput, Float32Array>>;

/** What a trace gave in the layer that a runner has entered, at positions from 0 on. */
export class TraceLayer {
  readonly #runner: LayerRunner;
  readonly #config: ModelConfig;
  readonly #trace: Trace;
  readonly #layer: number;
  /** How many positions are computed. */
  readonly positions: number;
  #given: Promise<Given> | undefined;
  #keys: Promise<Given> | undefined;

  constructor(runner: LayerRunner, config: ModelConfig, trace: Trace, layer: number, positions: number) {
    this.#runner = runner;
    this.#config = config;
    this.#trace = trace;
    this.#layer = layer;
    this.positions = positions;
  }

  /** What it was computed under. */
  get interventions(): Interventions {
    return this.#trace.interventions;
  }

  /** [H] */
  get headMask(): Float32Array {
    const { numAttentionHeads } = this.#config;
    return this.interventions.headMask.subarray(this.#layer * numAttentionHeads, (this.#layer + 1) * numAttentionHeads);
  }

  /** The stream that enters the layer, from a position on: [positions, C]. */
  residual(from: number): Float32Array {
    return residualOf(this.#trace, this.#layer, from, this.positions);
  }

  /** The stream that leaves the layer, likewise. */
  next(from: number): Float32Array {
    return residualOf(this.#trace, this.#layer + 1, from, this.positions);
  }

  /** What a part added to the stream, [positions, C], or what the output matrix read of the heads, [positions, H·D]. */
  async part(part: GivenPart): Promise<Float32Array> {
    return (await this.#run())[part] as Float32Array;
  }

  /** What both parts added, [positions, C] each. */
  async parts(): Promise<Record<LayerPart, Float32Array>> {
    const given = await this.#runOver(this.positions, LAYER_PARTS);
    return given as Record<LayerPart, Float32Array>;
  }

  /** The mean of that over all positions of the text. */
  async mean(part: GivenPart): Promise<Float32Array> {
    const { ids } = this.#trace;
    const whole = this.positions === ids.length ? await this.#run() : await this.#runOver(ids.length, [part]);
    const values = whole[part] as Float32Array;
    const total = new Float64Array(values.length / ids.length);
    for (let at = 0; at < values.length; at++) {
      const column = at % total.length;
      total[column] = (total[column] as number) + (values[at] as number);
    }
    return Float32Array.from(total, (sum) => sum / ids.length);
  }

  /** Keys and values of the first `count` positions. */
  async past(count: number): Promise<KeysAndValues> {
    this.#keys ??= this.#runOver(this.positions, ['keys', 'values'], { from: this.positions - 1, to: this.positions });
    const { keys, values } = (await this.#keys) as Record<KeyOutput, Float32Array>;
    const { numKeyValueHeads, headDim } = kindOf(this.#config, this.#layer);
    const first = (all: Float32Array) => {
      const part = new Float32Array(numKeyValueHeads * count * headDim);
      for (let head = 0; head < numKeyValueHeads; head++) {
        const from = head * this.positions * headDim;
        part.set(all.subarray(from, from + count * headDim), head * count * headDim);
      }
      return part;
    };
    return { keys: first(keys), values: first(values) };
  }

  /** What the trace would have given with some changes. */
  async changed<O extends RowOutput>(
    changes: readonly Omit<LayerChange, 'sequence'>[],
    output: O,
  ): Promise<Float32Array> {
    const run = {
      streams: this.residual(0),
      headMask: this.headMask,
      interventions: this.interventions,
      changes: changes.map((change) => ({ ...change, sequence: 0 })),
    };
    return (await this.#runner.run(run, [output]))[output];
  }

  /** What its parts give, once. */
  #run(): Promise<Given> {
    const ofHeads = hasAttention(kindOf(this.#config, this.#layer)) ? (['heads'] as const) : [];
    this.#given ??= this.#runOver(this.positions, ['attention', 'mlp', ...ofHeads]);
    return this.#given;
  }

  #runOver(positions: number, outputs: readonly (RowOutput | KeyOutput)[], asked?: Rows): Promise<Given> {
    const streams = residualOf(this.#trace, this.#layer, 0, positions);
    const { headMask, interventions } = this;
    return this.#runner.run({ streams, headMask, interventions, ...(asked && { asked }) }, outputs);
  }
}
