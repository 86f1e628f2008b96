import type { Rows } from '../layer-run';
import type { LayerRunner } from '../layer-runner';
import type { Beginning, Branch, ChangedRow, TraceLayers } from './branch';
import { RUN_ROWS } from './group-starts';
import type { TraceLayer } from './trace-layer';

/** Is told how many branches go through a layer next; between two runs a request to cancel gets in. */
export type Step = (branches: number) => Promise<void>;

/** Branches whose streams go up together, all from one position on. */
export class BranchGroup {
  readonly start: number;
  /** In the order in which they begin. */
  readonly branches: readonly Branch[];
  /** [branch, R, C] */
  readonly streams: Float32Array;
  /** Of a branch's stream, R·C. */
  readonly #size: number;
  readonly #width: number;
  readonly #positions: number;
  /** How many go up by now. */
  #begun = 0;

  /** @param branches by layer, and of a layer those that enter it first @param width C */
  constructor(start: number, branches: readonly Branch[], positions: number, width: number) {
    this.start = start;
    this.branches = branches;
    this.#positions = positions;
    this.#width = width;
    this.#size = (positions - start) * width;
    this.streams = new Float32Array(branches.length * this.#size);
  }

  /** A branch's stream from a position on: [positions, C]. */
  rows(branch: number, from: number): Float32Array {
    return this.streams.subarray(branch * this.#size + (from - this.start) * this.#width, (branch + 1) * this.#size);
  }

  /** Sends those that have begun, and those that begin in this layer, through it. @param asked the positions that are needed of what leaves it */
  async pass(runner: LayerRunner, layer: number, trace: TraceLayer, own: TraceLayers, asked: Rows, step: Step) {
    const before = this.#begun;
    const beginnings = await this.#begin(layer, trace, own);
    const leaving = await this.#leave(layer, trace, own);
    if (this.#begun - leaving === 0) return;
    const past = this.start > 0 ? await trace.past(this.start) : undefined;
    const together = Math.max(1, Math.floor((RUN_ROWS * this.#width) / this.#size));
    for (let from = 0; from < this.#begun - leaving; from += together) {
      const to = Math.min(from + together, this.#begun - leaving);
      await step(to - from);
      const part = Array.from({ length: to - from }, (_, i) => beginnings[from + i - before]);
      const { next } = await runner.run(
        {
          streams: this.streams.subarray(from * this.#size, to * this.#size),
          start: this.start,
          past,
          asked,
          headMask: headMasks(trace.headMask, part),
          interventions: trace.interventions,
          hidden: this.branches.slice(from, to).map(({ hidden }) => hidden),
          changes: part.flatMap((one, sequence) => one?.changes?.map((change) => ({ ...change, sequence })) ?? []),
        },
        ['next'],
      );
      this.#take(next, from, to, asked);
    }
  }

  /** Those that enter the layer otherwise. */
  async #begin(layer: number, trace: TraceLayer, own: TraceLayers): Promise<Beginning[]> {
    const beginnings: Beginning[] = [];
    for (let branch = this.#nextIn(layer); branch && !branch.leave; branch = this.#nextIn(layer)) {
      const beginning = (await branch.enter?.(own)) ?? {};
      this.#write(trace.residual(this.start), beginning.rows ?? []);
      beginnings.push(beginning);
    }
    return beginnings;
  }

  /** Those that leave it otherwise. @returns how many */
  async #leave(layer: number, trace: TraceLayer, own: TraceLayers): Promise<number> {
    const before = this.#begun;
    for (let branch = this.#nextIn(layer); branch?.leave; branch = this.#nextIn(layer)) {
      this.#write(trace.next(this.start), await branch.leave(own));
    }
    return this.#begun - before;
  }

  #nextIn(layer: number): Branch | undefined {
    const branch = this.branches[this.#begun];
    return branch?.layer === layer ? branch : undefined;
  }

  /** The next branch's stream: that of the trace, with some rows changed. */
  #write(stream: Float32Array, changed: readonly ChangedRow[]): void {
    const at = this.#begun++ * this.#size;
    this.streams.set(stream, at);
    for (const { position, values } of changed) {
      if (position < this.#positions) this.streams.set(values, at + (position - this.start) * this.#width);
    }
  }

  #take(next: Float32Array, from: number, to: number, asked: Rows): void {
    const size = (asked.to - asked.from) * this.#width;
    for (let branch = from; branch < to; branch++) {
      this.rows(branch, asked.from).set(next.subarray((branch - from) * size, (branch - from + 1) * size));
    }
  }
}

/** [branches, H] */
function headMasks(ofTrace: Float32Array, beginnings: readonly (Beginning | undefined)[]): Float32Array {
  const all = new Float32Array(beginnings.length * ofTrace.length);
  for (const [i, beginning] of beginnings.entries()) {
    all.set(ofTrace, i * ofTrace.length);
    if (!beginning?.gain) continue;
    const { head, value } = beginning.gain;
    all[i * ofTrace.length + head] = value * (ofTrace[head] as number);
  }
  return all;
}
