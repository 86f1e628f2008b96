import type { VocabularyText } from './vocabulary-text';

export interface WordCost {
  word: string;
  tokens: number;
  /** How often the word occurs. */
  times: number;
  /** A token of its first occurrence. */
  firstToken: number;
}

const WORD = /[\p{L}\p{N}_]+/gu;

/** Words by Unicode letters, digits and underscores: what a person takes for one, in prose and in code. */
export function wordsOf(text: string): { word: string; start: number; end: number }[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));
}

/** The words that take most tokens for their length, the costliest first; words of one token cost nothing. */
export function costlyWords(text: string, { starts, ends }: VocabularyText): WordCost[] {
  const costs = new Map<string, WordCost>();
  let token = 0;
  for (const { word, start, end } of wordsOf(text)) {
    while (token < ends.length && (ends[token] ?? 0) <= start) token++;
    let next = token;
    while (next < starts.length && (starts[next] ?? 0) < end) next++;
    const known = costs.get(word);
    if (known) known.times++;
    else costs.set(word, { word, tokens: next - token, times: 1, firstToken: token });
  }
  const share = ({ word, tokens }: WordCost) => (tokens - 1) / [...word].length;
  return [...costs.values()].filter(({ tokens }) => tokens > 1).sort((a, b) => share(b) - share(a));
}
