import type { ModelSide, TokenDifferences } from '../../shared/difference-api';
import { divergenceAsLlamaCpp, roundAsLlamaCpp } from './as-llama-cpp';
import { compareRows } from './compare-rows';
import { rankIn } from './rank-in';

/** Writes down what two rows of logits say, pair by pair. */
export class PairWriter {
  readonly differences: TokenDifferences;
  readonly #asLlamaCpp: boolean;
  /** [V], of A as llama.cpp has it. */
  #rounded = new Float32Array();

  constructor(pairs: number, topK: number, asLlamaCpp: boolean) {
    this.#asLlamaCpp = asLlamaCpp;
    this.differences = {
      a: sideOf(pairs, topK),
      b: sideOf(pairs, topK),
      kl: new Float64Array(pairs),
      reverseKl: new Float64Array(pairs),
      topK,
    };
  }

  /** @param token the one that stands there @param logitsA [V], as `logitsB` */
  write(pair: number, token: number, logitsA: Float32Array, logitsB: Float32Array): void {
    const { a, b, kl, reverseKl } = this.differences;
    // Its logarithms of probabilities are in no other order than logits.
    const rowA = this.#asLlamaCpp ? this.#roundedOf(logitsA) : logitsA;
    const firstA = this.#writeOrder(a, pair, token, rowA);
    const firstB = this.#writeOrder(b, pair, token, logitsB);
    const compared = compareRows(logitsA, logitsB, logitsA[firstA] as number, logitsB[firstB] as number);
    this.#writeLogprobs(a, pair, token, rowA, this.#asLlamaCpp ? 0 : compared.logZA);
    this.#writeLogprobs(b, pair, token, logitsB, compared.logZB);
    a.entropy[pair] = compared.entropyA;
    b.entropy[pair] = compared.entropyB;
    kl[pair] = this.#asLlamaCpp ? divergenceAsLlamaCpp(rowA, logitsB, compared.logZB) : compared.kl;
    reverseKl[pair] = compared.reverseKl;
  }

  #roundedOf(logits: Float32Array): Float32Array {
    if (this.#rounded.length !== logits.length) this.#rounded = new Float32Array(logits.length);
    roundAsLlamaCpp(logits, this.#rounded);
    return this.#rounded;
  }

  /** @returns the most probable token */
  #writeOrder(side: ModelSide, pair: number, token: number, row: Float32Array): number {
    const top = this.#topOf(side, pair);
    side.rank[pair] = rankIn(row, token, top);
    return top[0] as number;
  }

  #writeLogprobs(side: ModelSide, pair: number, token: number, row: Float32Array, logZ: number): void {
    side.logprob[pair] = (row[token] as number) - logZ;
    const { topK } = this.differences;
    for (const [i, id] of this.#topOf(side, pair).entries()) {
      side.topLogprobs[pair * topK + i] = (row[id] as number) - logZ;
    }
  }

  #topOf({ topIds }: ModelSide, pair: number): Uint32Array {
    const { topK } = this.differences;
    return topIds.subarray(pair * topK, (pair + 1) * topK);
  }
}

const sideOf = (pairs: number, topK: number): ModelSide => ({
  logprob: new Float64Array(pairs),
  rank: new Uint32Array(pairs),
  entropy: new Float64Array(pairs),
  topIds: new Uint32Array(pairs * topK),
  topLogprobs: new Float32Array(pairs * topK),
});
