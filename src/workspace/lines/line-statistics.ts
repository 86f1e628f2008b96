import type { LineKind, LineScore } from '../../shared/workspace-api';

/** With fewer lines of a language and kind, nothing is said of how unusual one is. */
const FEWEST_LINES = 30;

/** What lines of one kind come to; `square` is the sum over their tokens of the square of a line's bits a token. */
interface LineSums {
  lines: number;
  tokens: number;
  bits: number;
  square: number;
}

/** What the lines of a file come to, by their kind. */
export type FileSums = ReadonlyMap<LineKind, LineSums>;

export function fileSumsOf(lines: readonly Pick<LineScore, 'kind' | 'tokens' | 'bits'>[]): FileSums {
  const all = new Map<LineKind, LineSums>();
  for (const { kind, tokens, bits } of lines) {
    const sums = all.get(kind) ?? { lines: 0, tokens: 0, bits: 0, square: 0 };
    all.set(kind, sums);
    sums.lines++;
    sums.tokens += tokens;
    sums.bits += bits;
    sums.square += bits ** 2 / tokens;
  }
  return all;
}

/**
 * How surprising lines of each language and kind are, over all files that are known. A line counts by its tokens: so the z of
 * all that is read comes to 0, whatever short lines are like.
 */
export class LineStatistics {
  readonly #sums = new Map<string, LineSums>();

  add(languageId: string, file: FileSums): void {
    this.#count(languageId, file, 1);
  }

  /** Of a file that has changed, or is gone. */
  remove(languageId: string, file: FileSums): void {
    this.#count(languageId, file, -1);
  }

  /** Standard deviations of a line's mean above that of the tokens of its language and kind; NaN where too few are known. */
  z(languageId: string, { kind, bits, tokens }: Pick<LineScore, 'kind' | 'bits' | 'tokens'>): number {
    const { mean, deviation } = this.norm(languageId, kind);
    if (deviation === 0) return 0;
    return (bits / tokens - mean) / deviation;
  }

  /** The mean of its lines' z, weighted by tokens, over those that have one. */
  fileZ(languageId: string, file: FileSums): number {
    let [sum, tokens] = [0, 0];
    for (const [kind, sums] of file) {
      const { mean, deviation } = this.norm(languageId, kind);
      if (Number.isNaN(mean)) continue;
      tokens += sums.tokens;
      if (deviation > 0) sum += (sums.bits - mean * sums.tokens) / deviation;
    }
    return sum / tokens;
  }

  /** Of bits a token, over the tokens of lines; NaN where too few lines are known. */
  norm(languageId: string, kind: LineKind): { mean: number; deviation: number } {
    const sums = this.#sums.get(keyOf(languageId, kind));
    if (!sums || sums.lines < FEWEST_LINES) return { mean: Number.NaN, deviation: Number.NaN };
    const mean = sums.bits / sums.tokens;
    return { mean, deviation: Math.sqrt(Math.max(0, sums.square / sums.tokens - mean * mean)) };
  }

  #count(languageId: string, file: FileSums, sign: 1 | -1): void {
    for (const [kind, { lines, tokens, bits, square }] of file) {
      const key = keyOf(languageId, kind);
      const sums = this.#sums.get(key) ?? { lines: 0, tokens: 0, bits: 0, square: 0 };
      this.#sums.set(key, sums);
      sums.lines += sign * lines;
      sums.tokens += sign * tokens;
      sums.bits += sign * bits;
      sums.square += sign * square;
    }
  }
}

const keyOf = (languageId: string, kind: LineKind) => `${languageId} ${kind}`;
