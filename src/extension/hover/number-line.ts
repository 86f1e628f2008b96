import type { Span } from '../../shared/tokens';
import type { Translate } from '../translate';

/** Digits of a number, at most; the rest of a longer one is not looked at. */
const MOST_DIGITS = 40;

/** How many tokens a vocabulary needs for a number. */
export interface NumberCount {
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
