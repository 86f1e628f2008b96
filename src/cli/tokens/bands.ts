import { formatDecimal, formatQuantity } from '../../shared/numbers';
import { tokenLabel } from '../inspect/labels';
import type { Screen } from '../output';
import { widthOf } from '../terminal/width';
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
  const labelOf = rememberedLabels();
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
    const { label, columns } = labelOf(token);
    const id = `${token.id}${differs(token) ? DIFFERS : ''}`;
    const cell = Math.max(columns, id.length);
    if (used + cell + 1 > width) flush();
    labels += `${palette.band(label + ' '.repeat(cell - columns), index)}${SEPARATOR}`;
    ids += `${palette.quiet(id.padEnd(cell))} `;
    used += cell + 1;
  }
  flush();
  return lines;
}

/** Labels, each made once: a long text has few tokens that it did not have before. */
function rememberedLabels(): (token: TextToken) => { label: string; columns: number } {
  const known = new Map<string, { label: string; columns: number }>();
  return (token) => {
    const key = `${token.id} ${token.text}`;
    const labelled = known.get(key) ?? measured(tokenLabel(token, LABEL_WIDTH));
    known.set(key, labelled);
    return labelled;
  };
}

function measured(label: string): { label: string; columns: number } {
  return { label, columns: widthOf(label) };
}

/** `7 tokens, 24 characters, 3.4 characters a token`. */
export function countLine({ vocabulary, text, tokens }: TokenizedText): string {
  const characters = charactersOf(text);
  const share = tokens.length > 0 ? `, ${formatDecimal(characters / tokens.length)} characters a token` : '';
  return `${vocabulary.name}: ${formatQuantity(tokens.length, 'token')}, ${formatQuantity(characters, 'character')}${share}`;
}

/** What tells the tokens of several vocabularies apart: whether all of them have a token there. */
export function differencesOf(texts: readonly TokenizedText[]): (token: TextToken) => boolean {
  if (texts.length === 1) return () => false;
  const spans = texts.map(({ tokens }) => new Set(tokens.map(spanKey)));
  return (token) => spans.some((others) => !others.has(spanKey(token)));
}

/** Both in one number: no text that is read is so long that they would meet. */
function spanKey({ start, end }: TextToken): number {
  return start * 2 ** 26 + end;
}

/** How many code points a text has. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export const DIFFERENCE_LEGEND = `${DIFFERS} another vocabulary cuts the text elsewhere here`;
