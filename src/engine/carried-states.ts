import type { Tensor } from 'onnxruntime-node';
import { kindOf, type ModelConfig } from '../model/config';
import { DECODER } from '../model/graphs/ports';
import { elementsOf } from '../model/tensors/tensor-types';
import { float32, floats } from './tensors';

/** What the states of marks may take beside the latest two: those of a large model are as large as a chunk's activations. */
const MARKS_BYTES = 2 ** 27;

/** One tensor that a layer carries. */
interface Carried {
  past: string;
  next: string;
  shape: readonly number[];
}

/**
 * What layers without attention carry from token to token. Unlike keys and values it cannot be cut back to an earlier
 * position: the states of marked positions are kept, so that a text that is edited near its end is not read from its
 * beginning.
 */
export class CarriedStates {
  readonly #carried: Carried[];
  /** After the latest position, and after marked ones in ascending order. */
  #states: Float32Array[];
  #marks: { position: number; states: Float32Array[] }[] = [];

  constructor(config: ModelConfig) {
    this.#carried = config.kindOfLayer.flatMap((_, layer) =>
      (kindOf(config, layer).states ?? []).map(({ name, shape }) => ({
        past: DECODER.pastState(layer, name),
        next: DECODER.state(layer, name),
        shape,
      })),
    );
    this.#states = this.#beginning();
  }

  get bytes(): number {
    const all = new Set([this.#states, ...this.#marks.map(({ states }) => states)]);
    return [...all].flat().reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Inputs of the decoder. */
  feeds(): Record<string, Tensor> {
    return Object.fromEntries(
      this.#carried.map(({ past, shape }, i) => [past, float32(this.#states[i] as Float32Array, 1, ...shape)]),
    );
  }

  /** Outputs of the decoder that `take` takes. */
  outputs(): string[] {
    return this.#carried.map(({ next }) => next);
  }

  take(results: Record<string, Tensor>): void {
    this.#states = this.#carried.map(({ next }) => floats(results[next]));
  }

  /** Keeps the states, which are those after `position` tokens. */
  mark(position: number): void {
    if (this.#carried.length === 0) return;
    this.#marks.push({ position, states: this.#states });
    const size = this.#states.reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.#marks = this.#marks.slice(-Math.max(2, Math.floor(MARKS_BYTES / size)));
  }

  /** The latest position up to one that there is a way back to: every one where nothing is carried. */
  latestMark(position: number): number {
    if (this.#carried.length === 0) return position;
    return this.#marks.findLast((mark) => mark.position <= position)?.position ?? 0;
  }

  /** Makes the states those after a marked position, or those before the first token. */
  returnTo(position: number): void {
    this.#marks = this.#marks.filter((mark) => mark.position <= position);
    const last = this.#marks.at(-1);
    this.#states = last?.position === position ? last.states : this.#beginning();
  }

  #beginning(): Float32Array[] {
    return this.#carried.map(({ shape }) => new Float32Array(elementsOf(shape)));
  }
}
