import type { KindSums, LineNorm, MapFile, MapView } from '../../shared/map-api';
import { FEWEST_TOKENS } from '../../shared/workspace-api';

/** What the tokens that count come to, of a file or of many. */
export interface Score {
  tokens: number;
  /** Mean surprisal of a token, in bits. */
  mean: number;
  /** By how many standard deviations lines lie above those of their language and kind, weighted by tokens; NaN where too little is known. */
  z: number;
  /** What the z of a folder is made of: that of its tokens of which one is known, and how many these are. */
  held: { tokens: number; sum: number };
}

/** Norms by the language and the kind of the lines that they are of. */
export class Norms {
  readonly #norms = new Map<string, Map<string, LineNorm>>();

  constructor(norms: readonly LineNorm[]) {
    for (const norm of norms) {
      const byKind = this.#norms.get(norm.languageId) ?? new Map<string, LineNorm>();
      this.#norms.set(norm.languageId, byKind.set(norm.kind, norm));
    }
  }

  of(languageId: string, kind: string): LineNorm | undefined {
    return this.#norms.get(languageId)?.get(kind);
  }
}

/**
 * Adds up what lines come to. The z of lines of one kind, weighted by their tokens, is that of the mean surprisal of these:
 * Σ tᵢ (mᵢ − μ) / σ over Σ tᵢ is (Σ tᵢ mᵢ / Σ tᵢ − μ) / σ.
 */
export class ScoreSum {
  #tokens = 0;
  #bits = 0;
  readonly #held = { tokens: 0, sum: 0 };

  get score(): Score {
    const { tokens, sum } = this.#held;
    const z = this.#tokens < FEWEST_TOKENS ? Number.NaN : sum / tokens;
    return { tokens: this.#tokens, mean: this.#bits / this.#tokens, z, held: { tokens, sum } };
  }

  addLines(sums: KindSums, languageId: string, norms: Norms, { kinds, withoutNewNames }: MapView): void {
    for (const kind of kinds) {
      const sum = sums[kind];
      if (!sum) continue;
      const tokens = sum.tokens - (withoutNewNames ? sum.newNames.tokens : 0);
      const bits = sum.bits - (withoutNewNames ? sum.newNames.bits : 0);
      const norm = norms.of(languageId, kind);
      const { mean, deviation } = (withoutNewNames ? norm?.withoutNewNames : norm?.all) ?? UNKNOWN;
      this.#tokens += tokens;
      this.#bits += bits;
      const z = (bits / tokens - mean) / deviation;
      if (Number.isFinite(z)) this.#hold(tokens, tokens * z);
    }
  }

  add({ tokens, mean, held }: Score): void {
    if (tokens === 0) return;
    this.#tokens += tokens;
    this.#bits += tokens * mean;
    this.#hold(held.tokens, held.sum);
  }

  #hold(tokens: number, sum: number): void {
    this.#held.tokens += tokens;
    this.#held.sum += sum;
  }
}

const UNKNOWN = { mean: Number.NaN, deviation: Number.NaN };

/** Nothing of a file that is not read. */
export function scoreOfFile({ sums, languageId }: MapFile, norms: Norms, view: MapView): Score {
  const sum = new ScoreSum();
  if (sums) sum.addLines(sums, languageId, norms, view);
  return sum.score;
}
