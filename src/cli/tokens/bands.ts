import { formatDecimal, formatQuantity } from '../../shared/numbers';
import { tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { padEnd, widthOf } from '../terminal/width';
import type { TextToken, TokenizedText } from './tokenized-text';

/** A token is text, but not a screen of it. */
const LABEL_WIDTH = 24;

/** Between tokens, for where there are no colours. */
const SEPARATOR = '│';

/** Stands after the id of a token that another vocabulary does not have there. */
const DIFFERS = '*';

/** The text in bands, one a token, with the ids under it; `differs` says which tokens are marked. */
export function bandLines(
  { tokens }: TokenizedText,
  { width, palette }: Screen,
  differs: (token: TextToken) => boolean,
): string[] {
  const lines: string[] = [];
  let labels = '';
  let ids = '';
  let used = 0;
  const flush = () => {
    if (used > 0) lines.push(labels, ids);
    labels = '';
    ids = '';
    used = 0;
  };
  for (const [index, token] of tokens.entries()) {
    const label = tokenLabel(token, LABEL_WIDTH);
    const id = `${token.id}${differs(token) ? DIFFERS : ''}`;
    const cell = Math.max(widthOf(label), id.length);
    if (used + cell + 1 > width) flush();
    labels += `${palette.band(padEnd(label, cell), index)}${SEPARATOR}`;
    ids += `${palette.quiet(padEnd(id, cell))} `;
    used += cell + 1;
  }
  flush();
  return lines;
}

/** `7 tokens, 24 characters, 3.4 characters a token`. */
export function countLine({ vocabulary, text, tokens }: TokenizedText): string {
  const characters = Array.from(text).length;
  const share = tokens.length > 0 ? `, ${formatDecimal(characters / tokens.length)} characters a token` : '';
  return `${vocabulary.name}: ${formatQuantity(tokens.length, 'token')}, ${formatQuantity(characters, 'character')}${share}`;
}

/** What tells the tokens of several vocabularies apart: whether all of them have a token there. */
export function differencesOf(texts: readonly TokenizedText[]): (token: TextToken) => boolean {
  const spans = texts.map(({ tokens }) => new Set(tokens.map(spanKey)));
  return (token) => spans.some((others) => !others.has(spanKey(token)));
}

function spanKey({ start, end }: TextToken): string {
  return `${start}-${end}`;
}

export const DIFFERENCE_LEGEND = `${DIFFERS} another vocabulary cuts the text elsewhere here`;
