import type { LayerExperts } from '../../../src/shared/engine-api';

export interface ExpertAddress {
  layer: number;
  expert: number;
}

/** An expert that saw a token, and what its answer was multiplied by. */
export interface ExpertChoice extends ExpertAddress {
  weight: number;
}

/** Which experts saw the tokens [from, to) of a text. */
export class ExpertUse {
  readonly #layers: ReadonlyMap<number, LayerExperts>;
  readonly from: number;
  readonly to: number;

  constructor(layers: readonly LayerExperts[], { from, to }: { from: number; to: number }) {
    this.#layers = new Map(layers.map((one) => [one.layer, one]));
    this.from = from;
    this.to = to;
  }

  /** Experts of a layer that see each token; 0 where it has none. */
  perToken(layer: number): number {
    return this.#layers.get(layer)?.perToken ?? 0;
  }

  /** How many of the tokens each expert of a layer saw: [count]. */
  countsOf(layer: number, count: number): Uint32Array {
    const counts = new Uint32Array(count);
    for (const expert of this.#layers.get(layer)?.experts ?? []) counts[expert] = (counts[expert] ?? 0) + 1;
    return counts;
  }

  /** What a token's experts were, layer by layer, the strongest of a layer first. */
  choicesOf(position: number): ExpertChoice[][] {
    if (position < this.from || position >= this.to) return [];
    return [...this.#layers.values()].map(({ layer, perToken, experts, weights }) => {
      const first = (position - this.from) * perToken;
      const choice = (at: number) => ({ layer, expert: experts[at] ?? 0, weight: weights[at] ?? 0 });
      return Array.from({ length: perToken }, (_, i) => choice(first + i));
    });
  }

  /** What an expert's answers were multiplied by, by the position of each token that it saw. */
  weightsOf({ layer, expert }: ExpertAddress): Map<number, number> {
    const { perToken = 1, experts = new Uint32Array(), weights = [] } = this.#layers.get(layer) ?? {};
    const seen = new Map<number, number>();
    for (const [at, one] of experts.entries()) {
      if (one === expert) seen.set(this.from + Math.floor(at / perToken), weights[at] ?? 0);
    }
    return seen;
  }
}

export const expertName = ({ layer, expert }: ExpertAddress): string => `${layer}.${expert}`;
