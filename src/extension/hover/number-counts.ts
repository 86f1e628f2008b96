import { shortModelName, vocabularyName } from '../../display/names';
import type { Tokenizer } from '../../tokenizer';
import type { Services } from '../services';
import type { NumberCount } from './number-line';

/** Vocabularies that differ in what they do to numbers; r50k is GPT-2's, p50k cuts numbers as GPT-2 does. */
const COMPARED = ['gpt2', 'cl100k_base', 'o200k_base'];

/**
 * How many tokens a number takes in the model's vocabulary and in others, which are loaded where they are not: a tenth of a
 * second in all, in slices that hold nobody up, one after another because slices of several would add up.
 */
export async function numberCounts(
  tokens: Services['tokens'],
  own: { name: string; tokenizer: Tokenizer },
  number: string,
): Promise<NumberCount[]> {
  const counts: NumberCount[] = [];
  for (const name of COMPARED) {
    // One that cannot be read is not compared.
    const tokenizer = await tokens.named(name).catch(() => undefined);
    if (tokenizer) counts.push(countIn(vocabularyName(name), tokenizer, number));
  }
  const model = await tokens.named('model').catch(() => undefined);
  if (model && tokens.model) counts.push(countIn(shortModelName(tokens.model.name), model, number));
  const isCompared = counts.some(({ vocabulary }) => vocabulary === own.name);
  return isCompared ? counts : [...counts, countIn(own.name, own.tokenizer, number)];
}

function countIn(vocabulary: string, tokenizer: Tokenizer, number: string): NumberCount {
  return { vocabulary, tokens: tokenizer.encode(number).ids.length };
}
