import { formatDecimal, formatQuantity } from '../../display/numbers';
import { tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { widthOf } from '../terminal/width';
import { type TextToken, type TokenizedText, tokensOf } from './tokenized-text';

/** A token is text, but not a screen of it. */
const LABEL_WIDTH = 24;

/** Between tokens, for where there are no colours. */
const SEPARATOR = '│';

/** Stands after the id of a token that another vocabulary does not have there. */
const DIFFERS = '*';

/** The text in bands, one a token, with the ids under it, line by line; `differs` says which tokens are marked. */
export function* bandLines(
  tokenized: TokenizedText,
  { width, palette }: Screen,
  differs: (token: TextToken) => boolean,
): Generator<string> {
  const labelOf = rememberedLabels(LABEL_WIDTH);
  let [labels, ids, used, index] = ['', '', 0, 0];
  for (const token of tokensOf(tokenized)) {
    const { label, columns } = labelOf(token);
    const id = `${token.id}${differs(token) ? DIFFERS : ''}`;
    const cell = Math.max(columns, id.length);
    if (used > 0 && used + cell + 1 > width) {
      yield* [labels, ids];
      [labels, ids, used] = ['', '', 0];
    }
    labels += `${palette.band(label + ' '.repeat(cell - columns), index++)}${SEPARATOR}`;
    ids += `${palette.quiet(id.padEnd(cell))} `;
    used += cell + 1;
  }
  if (used > 0) yield* [labels, ids];
}

/** `7 tokens, 24 characters, 3.4 characters a token`. */
export function countLine({ vocabulary, text, count }: TokenizedText): string {
  const characters = charactersOf(text);
  const share = count > 0 ? `, ${formatDecimal(characters / count)} characters a token` : '';
  return `${vocabulary.name}: ${formatQuantity(count, 'token')}, ${formatQuantity(characters, 'character')}${share}`;
}

/** What tells the tokens of several vocabularies apart: whether all of them have a token there. */
export function differencesOf(texts: readonly TokenizedText[]): (token: TextToken) => boolean {
  if (texts.length === 1) return () => false;
  return (token) => texts.some((text) => !text.hasToken(token));
}

/** Whether any token is marked. */
export function hasDifferences(texts: readonly TokenizedText[]): boolean {
  if (texts.length === 1) return false;
  const differs = differencesOf(texts);
  return texts.some((text) => {
    for (const token of tokensOf(text)) if (differs(token)) return true;
    return false;
  });
}

/** How many code points a text has. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export const DIFFERENCE_LEGEND = `${DIFFERS} another vocabulary cuts the text elsewhere here`;

/** A token for people, and the columns that it takes. */
export type LabelOf = (token: TextToken) => { label: string; columns: number };

/** Labels of at most `width` columns, each made once: a long text has few tokens that it did not have before. */
export function rememberedLabels(width: number): LabelOf {
  const known = new Map<string, { label: string; columns: number }>();
  return (token) => {
    const key = `${token.id} ${token.text}`;
    const labelled = known.get(key) ?? measured(tokenLabel(token, width));
    known.set(key, labelled);
    return labelled;
  };
}

function measured(label: string): { label: string; columns: number } {
  return { label, columns: widthOf(label) };
}
