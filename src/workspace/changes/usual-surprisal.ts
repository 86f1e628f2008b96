import type { ChangedLineToken } from '../../shared/workspace-api';

/** Of a hunk with more new tokens, so many count: one odd token among a hundred usual ones would not show in the mean of all. */
const MOST_TOKENS = 5;

/** Whose surprisals are held against each other: comments are prose, and surprise more than code. */
export interface TokenClass {
  languageId: string;
  isComment: boolean;
}

/** With fewer others of its class, a hunk is held against all tokens of its language, and with fewer of these against all. */
const FEWEST_OTHERS = 100;

/** The surprisals of some tokens, the greatest first, and the sums of the first 0, 1, … of them. */
interface Sorted {
  bits: Float64Array;
  sums: Float64Array;
}

/** How surprising the tokens of each language are, those of comments apart, over all files that are known. */
export class UsualSurprisal {
  readonly #bits = new Map<string, number[]>();
  readonly #sorted = new Map<string, Sorted>();

  /** @param bits of the tokens that were read of a file */
  add(of: TokenClass, bits: readonly number[]): void {
    for (const key of keysOf(of)) {
      const known = this.#bits.get(key) ?? [];
      for (const one of bits) known.push(one);
      this.#bits.set(key, known);
      this.#sorted.delete(key);
    }
  }

  /**
   * How many bits a token the new tokens of a hunk lie above what is usual: the mean of its five most surprising ones, or of
   * all where it has fewer, less the mean of as great a share of the other tokens of its class, the most surprising ones. Without
   * the share, long hunks would always stand first, for among many tokens there always are five that surprise.
   *
   * @param tokens of those that have been added
   * @returns NaN where there is none; 0 where nothing else is known
   */
  above(of: TokenClass, tokens: readonly Pick<ChangedLineToken, 'bits'>[]): number {
    const own = tokens.map(({ bits }) => bits).sort((a, b) => b - a);
    const most = own.slice(0, MOST_TOKENS);
    const mean = most.reduce((sum, bits) => sum + bits, 0) / most.length;
    const pools = keysOf(of).map((key) => this.#sortedOf(key));
    const pool = pools.find(({ bits }) => bits.length - own.length >= FEWEST_OTHERS) ?? (pools.at(-1) as Sorted);
    return mean - (pool.bits.length > own.length ? meanOfOthers(pool, own, most.length / own.length) : mean);
  }

  #sortedOf(key: string): Sorted {
    const known = this.#sorted.get(key);
    if (known) return known;
    const bits = Float64Array.from(this.#bits.get(key) ?? [])
      .sort()
      .reverse();
    const sums = new Float64Array(bits.length + 1);
    for (const [i, one] of bits.entries()) sums[i + 1] = (sums[i] as number) + one;
    const sorted = { bits, sums };
    this.#sorted.set(key, sorted);
    return sorted;
  }
}

/** The mean of a share of some tokens without those of a hunk, the most surprising ones. @param own sorted, the greatest first */
function meanOfOthers({ bits, sums }: Sorted, own: readonly number[], share: number): number {
  const count = Math.max(1, Math.round(share * (bits.length - own.length)));
  let [passed, sum] = [0, 0];
  for (const one of own) {
    if (one < (bits[count + passed] ?? 0)) break;
    passed++;
    sum += one;
  }
  return ((sums[count + passed] as number) - sum) / count;
}

const keysOf = ({ languageId, isComment }: TokenClass) => [`${languageId} ${isComment}`, languageId, 'all'];
