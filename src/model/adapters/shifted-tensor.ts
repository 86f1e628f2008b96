import type { CheckpointTensor } from '../checkpoint/checkpoint';
import type { Shift } from './adapter';
import { ComputedTensor } from './computed-tensor';
import { finiteValues } from './factors';

/** A bias of a checkpoint with what an adapter adds to it. */
export class ShiftedTensor extends ComputedTensor {
  readonly #base: CheckpointTensor;
  readonly #shift: Shift;
  readonly #path: string;

  /** @param path of the adapter, which names it in errors */
  constructor(base: CheckpointTensor, shift: Shift, path: string) {
    super(base);
    this.#base = base;
    this.#shift = shift;
    this.#path = path;
  }

  rows(first: number, count: number): Float32Array {
    const added = finiteValues(this.#shift.tensor, this.#path);
    return this.#base.rows(first, count).map((value, i) => value + this.#shift.scale * (added[i] as number));
  }
}
