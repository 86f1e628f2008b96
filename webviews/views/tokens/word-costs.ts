import { wordsOf } from '../../../src/shared/words';
import type { VocabularyText } from './vocabulary-text';

export interface WordCost {
  word: string;
  tokens: number;
  /** How often the word occurs. */
  times: number;
  /** A token of its first occurrence. */
  firstToken: number;
}

/** The words that take most tokens for their length, the costliest first; words of one token cost nothing. */
export function costlyWords(text: string, { starts, ends }: VocabularyText): WordCost[] {
  const costs = new Map<string, WordCost>();
  const spans = Array.from(starts, (start, i) => ({ start, end: ends[i] ?? start }));
  for (const { start, end, first, last } of wordsOf(text, spans)) {
    const word = text.slice(start, end);
    const known = costs.get(word);
    if (known) known.times++;
    else costs.set(word, { word, tokens: last - first + 1, times: 1, firstToken: first });
  }
  const share = ({ word, tokens }: WordCost) => (tokens - 1) / [...word].length;
  return [...costs.values()].filter(({ tokens }) => tokens > 1).sort((a, b) => share(b) - share(a));
}
