import type { ChangedLineToken } from '../../shared/workspace-api';

/** Of a hunk with more new tokens, so many count: one odd token among a hundred usual ones would not show in the mean of all. */
const MOST_TOKENS = 5;

/** Whose surprisals are held against each other: comments are prose, and surprise more than code. */
export interface TokenClass {
  languageId: string;
  isComment: boolean;
}

/** The surprisals of some tokens, the greatest first, and the sums of the first of them: both [tokens]. */
interface Sorted {
  count: number;
  sums: Float64Array;
}

/** How surprising the tokens of each language are, those of comments apart, over all files that are known. */
export class UsualSurprisal {
  readonly #bits = new Map<string, number[]>();
  readonly #sorted = new Map<string, Sorted>();

  /** @param bits of all tokens that were read of a file */
  add(of: TokenClass, bits: readonly number[]): void {
    const key = keyOf(of);
    const known = this.#bits.get(key) ?? [];
    for (const one of bits) known.push(one);
    this.#bits.set(key, known);
    this.#sorted.delete(key);
  }

  /**
   * How many bits a token the new tokens of a hunk lie above what is usual: the mean of its five most surprising ones, or of
   * all where it has fewer, less the mean of as great a share of all tokens of its class, the most surprising ones. Without the
   * share, long hunks would always stand first, for among many tokens there always are five that surprise.
   *
   * @returns NaN where there is no new token
   */
  above(of: TokenClass, tokens: readonly Pick<ChangedLineToken, 'bits'>[]): number {
    const most = tokens
      .map(({ bits }) => bits)
      .sort((a, b) => b - a)
      .slice(0, MOST_TOKENS);
    const mean = most.reduce((sum, bits) => sum + bits, 0) / most.length;
    return mean - this.#usual(of, most.length / tokens.length);
  }

  #usual(of: TokenClass, share: number): number {
    const { count, sums } = this.#sortedOf(keyOf(of));
    const first = Math.max(1, Math.round(share * count));
    return (sums[first - 1] ?? Number.NaN) / first;
  }

  #sortedOf(key: string): Sorted {
    const known = this.#sorted.get(key);
    if (known) return known;
    const sums = Float64Array.from(this.#bits.get(key) ?? [])
      .sort()
      .reverse();
    for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] as number) + (sums[i - 1] as number);
    const sorted = { count: sums.length, sums };
    this.#sorted.set(key, sorted);
    return sorted;
  }
}

const keyOf = ({ languageId, isComment }: TokenClass) => `${languageId} ${isComment}`;
