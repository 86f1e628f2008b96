/** Words, numbers, and signs one by one. */
const TOKENS = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|[^\s\p{L}\p{N}]/gu;

/**
 * What a cache of three words says of each line of a file: the mean surprisal in bits of its words given the two before, from the
 * other lines of the same file alone (Tu et al., "On the localness of software", FSE 2014), with back-off to two words and to one
 * by Witten–Bell.
 */
export function threeGramCache(lines: readonly string[]): number[] {
  const words = lines.map((line) => line.match(TOKENS) ?? []);
  const counts = new Map<string, number>();
  const followers = new Map<string, number>();
  const add = (context: string, word: string, by: number) => {
    const key = `${context}\u0001${word}`;
    const before = counts.get(key) ?? 0;
    counts.set(key, before + by);
    counts.set(context, (counts.get(context) ?? 0) + by);
    if (before === 0 || before + by === 0) followers.set(context, (followers.get(context) ?? 0) + by);
  };
  const take = (by: number, line: readonly string[]) => {
    for (const [i, word] of line.entries()) for (const context of contextsOf(line, i)) add(context, word, by);
  };
  for (const line of words) take(1, line);
  const vocabulary = new Set(words.flat()).size + 1;
  return words.map((line) => {
    // Of the line itself nothing is known.
    take(-1, line);
    const bits = line.map((word, i) => {
      let probability = 1 / vocabulary;
      for (const context of contextsOf(line, i).reverse()) {
        const all = counts.get(context) ?? 0;
        const kinds = followers.get(context) ?? 0;
        if (all === 0) continue;
        probability = ((counts.get(`${context}\u0001${word}`) ?? 0) + kinds * probability) / (all + kinds);
      }
      return -Math.log2(probability);
    });
    take(1, line);
    return bits.reduce((sum, value) => sum + value, 0) / Math.max(1, bits.length);
  });
}

/** The two words before, the one before, and none. */
function contextsOf(line: readonly string[], i: number): string[] {
  return [2, 1, 0].map((length) => [length, ...line.slice(Math.max(0, i - length), i)].join('\u0000'));
}
