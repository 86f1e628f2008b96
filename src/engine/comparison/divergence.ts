import type { Difference } from '../../shared/engine-api';

/**
 * Adds up how far distributions q are from distributions p after several positions, from logits of some tokens of the
 * vocabulary at a time. With Z the sum of all e^logit: KL(p ‖ q) = Σ p · (a - b) - ln Zp + ln Zq, of logits a and b.
 */
export class Divergence {
  readonly #exact: Softmax[];
  readonly #other: Softmax[];
  /** Of every position, Σ e^(a - the largest a so far) · (a - b). */
  readonly #weighted: Float64Array;

  constructor(positions: number) {
    this.#exact = Array.from({ length: positions }, () => new Softmax());
    this.#other = Array.from({ length: positions }, () => new Softmax());
    this.#weighted = new Float64Array(positions);
  }

  /** @param exact logits of the next `count` tokens: [position, count] @param other of the same tokens */
  add(exact: Float32Array, other: Float32Array, count: number): void {
    for (const [position, p] of this.#exact.entries()) {
      const a = exact.subarray(position * count, (position + 1) * count);
      const b = other.subarray(position * count, (position + 1) * count);
      (this.#other[position] as Softmax).add(b);
      let weighted = (this.#weighted[position] as number) * p.add(a);
      for (let i = 0; i < count; i++) {
        const logit = a[i] as number;
        weighted += Math.exp(logit - p.largest) * (logit - (b[i] as number));
      }
      this.#weighted[position] = weighted;
    }
  }

  difference(): Difference {
    const tokens = this.#exact.length;
    let kl = 0;
    let changed = 0;
    for (const [position, p] of this.#exact.entries()) {
      const q = this.#other[position] as Softmax;
      kl += (this.#weighted[position] as number) / p.sum - p.logZ + q.logZ;
      if (p.first !== q.first) changed++;
    }
    // Of distributions that are equal, rounding may leave less than nothing.
    return { tokens, meanKl: Math.max(0, kl / tokens), changedFirstGuesses: changed / tokens };
  }
}

/** The sum of e^logit over tokens that come some at a time, as a multiple of e^largest, and the most probable token. */
class Softmax {
  largest = Number.NEGATIVE_INFINITY;
  sum = 0;
  first = -1;
  #count = 0;

  /** @returns by what sums of before are to be multiplied, now that another logit may be the largest */
  add(logits: Float32Array): number {
    const before = this.largest;
    for (let i = 0; i < logits.length; i++) {
      const logit = logits[i] as number;
      if (logit <= this.largest) continue;
      this.largest = logit;
      this.first = this.#count + i;
    }
    this.#count += logits.length;
    const factor = Math.exp(before - this.largest);
    this.sum *= factor;
    for (const logit of logits) this.sum += Math.exp(logit - this.largest);
    return factor;
  }

  get logZ(): number {
    return this.largest + Math.log(this.sum);
  }
}
