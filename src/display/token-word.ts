import type { SurprisingToken } from '../shared/workspace-api';
import { visibleText } from './glyphs';
import { inkOf } from './token-ink';

/** A text with a part of it marked, in UTF-16 units. */
export interface MarkedText {
  text: string;
  start: number;
  end: number;
}

/** Characters of a token, and of what stands on either side of it, so that a narrow list has room for its place too. */
const MOST_OF_TOKEN = 16;
const MOST_BESIDE = 8;
/** Of a line before its token. */
const MOST_BEFORE = 24;

/** The word that a token is a part of, with that part marked: `erator` says little, `aiterator` says where one is. */
export function wordOf(line: string, token: SurprisingToken): MarkedText {
  const { start, end } = inkOf(token);
  const ink = line.slice(start, end);
  if (ink.trim() === '') return markedText('', visibleText(token.text), '');
  const before = /^[\p{L}\p{M}\p{N}_]/u.test(ink)
    ? (/[\p{L}\p{M}\p{N}_]*$/u.exec(line.slice(0, start))?.[0] ?? '')
    : '';
  const after = /[\p{L}\p{M}\p{N}_]$/u.test(ink) ? (/^[\p{L}\p{M}\p{N}_]*/u.exec(line.slice(end))?.[0] ?? '') : '';
  return markedText(visibleText(before), visibleText(ink), visibleText(after));
}

/** A line without its indentation, with the ink of a token marked, from so near before it that a narrow list shows it. */
export function lineAround(line: string, token: SurprisingToken): MarkedText {
  const { start, end } = inkOf(token);
  const before = line.slice(0, start).trimStart();
  const from = before.length > MOST_BEFORE ? before.length - MOST_BEFORE / 2 : 0;
  const text = `${from > 0 ? '…' : ''}${before.slice(from)}`;
  return { text: text + line.slice(start), start: text.length, end: text.length + end - start };
}

function markedText(before: string, token: string, after: string): MarkedText {
  const start = before.length > MOST_BESIDE ? `…${before.slice(1 - MOST_BESIDE)}` : before;
  const marked = token.length > MOST_OF_TOKEN ? `${token.slice(0, MOST_OF_TOKEN - 1)}…` : token;
  const end = after.length > MOST_BESIDE ? `${after.slice(0, MOST_BESIDE - 1)}…` : after;
  return { text: start + marked + end, start: start.length, end: start.length + marked.length };
}
