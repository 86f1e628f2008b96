import type { LineKind, LineScore } from '../../shared/workspace-api';

/** With fewer lines of a language and kind, nothing is said of how unusual one is. */
const FEWEST_LINES = 30;

/** Sums over lines of one language and kind: how many there are, and their means and squares of them, in bits a token. */
interface Sums {
  lines: number;
  mean: number;
  square: number;
}

/** How surprising lines of each language and kind are, over all that are known. */
export class LineStatistics {
  readonly #sums = new Map<string, Sums>();

  add(languageId: string, lines: readonly LineScore[]): void {
    this.#count(languageId, lines, 1);
  }

  /** Of a file that has changed, or is gone. */
  remove(languageId: string, lines: readonly LineScore[]): void {
    this.#count(languageId, lines, -1);
  }

  /** Standard deviations of a line's mean above that of lines of its language and kind; NaN where too few are known. */
  z(languageId: string, line: Pick<LineScore, 'kind' | 'bits' | 'tokens'>): number {
    const sums = this.#sums.get(keyOf(languageId, line.kind));
    if (!sums || sums.lines < FEWEST_LINES) return Number.NaN;
    const mean = sums.mean / sums.lines;
    const variance = (sums.square - sums.lines * mean * mean) / (sums.lines - 1);
    return variance > 0 ? (line.bits / line.tokens - mean) / Math.sqrt(variance) : 0;
  }

  #count(languageId: string, lines: readonly LineScore[], sign: 1 | -1): void {
    for (const { kind, bits, tokens } of lines) {
      const key = keyOf(languageId, kind);
      const sums = this.#sums.get(key) ?? { lines: 0, mean: 0, square: 0 };
      this.#sums.set(key, sums);
      sums.lines += sign;
      sums.mean += (sign * bits) / tokens;
      sums.square += sign * (bits / tokens) ** 2;
    }
  }
}

const keyOf = (languageId: string, kind: LineKind) => `${languageId} ${kind}`;
