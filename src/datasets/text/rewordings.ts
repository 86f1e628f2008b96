import { exceptionsInside } from './word-pieces';

/** Words in a row that are others where no white space stands between them (`exceptionsInside`), by their numbers. */
export interface Rewording {
  from: readonly number[];
  to: readonly number[];
}

const NONE: readonly Rewording[] = [];

/** All words that any rewording begins with have numbers below. */
const MOST_WORDS = 256;

/** All rewordings, by the first words of theirs. */
export class Rewordings {
  /** Whether two words begin one. */
  readonly #isBeginning = new Uint8Array(MOST_WORDS * MOST_WORDS);
  /** Those of the most words first. */
  readonly #byFirst = new Map<number, Rewording[]>();

  /** @param numberOf a word; those that come first have the lowest numbers */
  constructor(numberOf: (word: string) => number) {
    const all = exceptionsInside().sort((a, b) => b.plain.length - a.plain.length);
    const from = all.map(({ plain }) => plain.map(numberOf));
    for (const [i, words] of from.entries()) {
      const [first, second] = words as [number, number];
      this.#isBeginning[first * MOST_WORDS + second] = 1;
      const others = this.#byFirst.get(first) ?? [];
      this.#byFirst.set(first, [...others, { from: words, to: (all[i]?.own ?? []).map(numberOf) }]);
    }
  }

  /** Those of the first words of some from a place on, the longest first. */
  at(words: ArrayLike<number>, at: number, count: number): readonly Rewording[] {
    const first = words[at] as number;
    const second = at + 1 < count ? (words[at + 1] as number) : MOST_WORDS;
    // Two words of a thousand begin one.
    if (first >= MOST_WORDS || second >= MOST_WORDS || !this.#isBeginning[first * MOST_WORDS + second]) return NONE;
    const all = this.#byFirst.get(first) as Rewording[];
    return all.filter(({ from }) => at + from.length <= count && stands(from, words, at));
  }
}

/** Whether some words stand in others at a place. */
function stands(wanted: readonly number[], words: ArrayLike<number>, at: number): boolean {
  for (let i = 1; i < wanted.length; i++) if (words[at + i] !== wanted[i]) return false;
  return true;
}
