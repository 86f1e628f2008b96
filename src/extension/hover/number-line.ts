import { shortModelName, vocabularyName } from '../../display/names';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import type { Services } from '../services';
import type { Translate } from '../translate';

/** Digits of a number, at most; the rest of a longer one is not looked at. */
const MOST_DIGITS = 40;
/** Vocabularies that differ in what they do to numbers; r50k is GPT-2's, p50k cuts numbers as GPT-2 does. */
const COMPARED = ['gpt2', 'cl100k_base', 'o200k_base'];

/** How many tokens a vocabulary needs for a number. */
interface NumberCount {
  vocabulary: string;
  tokens: number;
}

/** The whole number that a part of a text touches. @param token in UTF-16 units */
export function numberAt(text: string, token: Span): string | undefined {
  for (const match of text.matchAll(/\d+/g)) {
    const end = match.index + match[0].length;
    if (match.index < token.end && end > token.start) return match[0].length <= MOST_DIGITS ? match[0] : undefined;
  }
  return undefined;
}

/** `327: 1 token in GPT-2, cl100k, o200k; 3 in SmolLM2 135M`. */
export function numberLine(number: string, counts: readonly NumberCount[], t: Translate): string {
  const different = [...new Set(counts.map(({ tokens }) => tokens))].sort((one, other) => one - other);
  const phrases = different.map((tokens, index) => {
    const members = counts.filter((count) => count.tokens === tokens);
    const names = members.map(({ vocabulary }) => vocabulary).join(', ');
    if (index > 0) return t('{0} in {1}', tokens, names);
    return tokens === 1 ? t('1 token in {0}', names) : t('{0} tokens in {1}', tokens, names);
  });
  return `${number}: ${phrases.join('; ')}`;
}

/**
 * How many tokens a number takes in the model's vocabulary and in others, which are loaded where they are not: a tenth of a
 * second in all, in slices that hold nobody up, one after another because slices of several would add up.
 */
export async function numberCounts(
  tokens: Services['tokens'],
  own: { name: string; tokenizer: Tokenizer } | undefined,
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
  const isCompared = !own || counts.some(({ vocabulary }) => vocabulary === own.name);
  return isCompared ? counts : [...counts, countIn(own.name, own.tokenizer, number)];
}

function countIn(vocabulary: string, tokenizer: Tokenizer, number: string): NumberCount {
  return { vocabulary, tokens: tokenizer.encode(number).ids.length };
}
