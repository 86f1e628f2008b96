import type { Tokenizer } from '../../tokenizer';
import type { TokenSource } from '../documents/token-source';
import { vocabularyName } from '../names';
import type { NumberCount } from './number-line';

/** Vocabularies that differ in what they do to numbers; r50k is GPT-2's, p50k cuts numbers as GPT-2 does. */
const COMPARED = ['gpt2', 'cl100k_base', 'o200k_base'];

/** How many tokens a number takes in the vocabularies that are loaded. The others load for the next time. */
export function numberCounts(tokens: TokenSource, own: { name: string; tokenizer: Tokenizer }, number: string) {
  const counts: NumberCount[] = [];
  for (const name of COMPARED) {
    const tokenizer = tokens.loaded(name);
    if (tokenizer) counts.push({ vocabulary: vocabularyName(name), tokens: tokenizer.encode(number).ids.length });
    else tokens.named(name).catch(() => {});
  }
  const isCompared = counts.some(({ vocabulary }) => vocabulary === own.name);
  return isCompared ? counts : [...counts, { vocabulary: own.name, tokens: own.tokenizer.encode(number).ids.length }];
}
