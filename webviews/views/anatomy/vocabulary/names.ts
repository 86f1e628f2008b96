import { languageOfNumbers } from '../../../../src/display/numbers';
import type { TokenKind } from '../../../../src/shared/composition-api';
import type { Indicator } from '../../../../src/shared/undertrained-api';
import { t } from '../../../l10n';

/** What a kind of token is called, and what belongs to it. */
export const KIND_NAMES: Readonly<Record<TokenKind, { title(): string; meaning(): string }>> = {
  word: {
    title: () => t('Words and their beginnings'),
    meaning: () => t('Latin letters with a space before them.'),
  },
  fragment: {
    title: () => t('Fragments of words'),
    meaning: () => t('Latin letters without a space before them: they go on with a word, or begin a text.'),
  },
  script: {
    title: () => t('Other scripts'),
    meaning: () => t('Letters that are not Latin.'),
  },
  digits: {
    title: () => t('Numerals'),
    meaning: () => t('Digits and other numerals, with a space before them or without.'),
  },
  code: {
    title: () => t('Code, signs and spaces'),
    meaning: () => t('What has punctuation, other signs or white space in it, or a capital after a small letter.'),
  },
  bytes: {
    title: () => t('Pieces of characters'),
    meaning: () => t('Bytes that are no whole character by themselves.'),
  },
  control: {
    title: () => t('Control tokens'),
    meaning: () => t('Marks that say where a text, a message or a role begins and ends.'),
  },
};

/** @param script of ISO 15924 */
export function scriptName(script: string): string {
  const names = new Intl.DisplayNames([languageOfNumbers()], { type: 'script' });
  return script === 'Zyyy' ? t('of no script') : (names.of(script) ?? script);
}

export const INDICATOR_NAMES: Readonly<Record<Indicator, () => string>> = {
  inputNorm: () => t('length of the row'),
  cosine: () => t('distance to unused tokens'),
  cosineWithoutMean: () => t('distance without the mean'),
  cosineWithoutComponent: () => t('distance without the first component'),
};

/** What the number of a token is, for whoever reads it alone. */
export const INDICATOR_MEANINGS: Readonly<Record<Indicator, () => string>> = {
  inputNorm: () => t('The length of the row that the embedding has for a token.'),
  cosine: () =>
    t('The cosine distance from the row that the unembedding has for a token to the mean row of unused tokens.'),
  cosineWithoutMean: () => t('The same distance after the mean of all rows was taken out of each.'),
  cosineWithoutComponent: () =>
    t('The same distance after the direction in which the rows differ most was taken out of each.'),
};
