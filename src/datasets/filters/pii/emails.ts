import type { Span } from '../../../shared/filters-api';

/*
 * datatrove's pattern in two parts, because as one it takes as long as the square of a text of these characters without an @:
 * what stands before each @ is looked for from there backwards.
 */
const LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]/;
const BYTE = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const DOMAIN = new RegExp(
  `(?:(?:${LABEL}\\.)+${LABEL}|\\[(?:${BYTE}\\.){3}(?:${BYTE}|[A-Za-z0-9-]*[A-Za-z0-9]:)\\])`,
  'y',
);
/** Python's `\w`, by which it says where a word begins. */
const WORD = /[\p{L}\p{N}_]/u;

/** Addresses as datatrove finds them. */
export function emails(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at, spans.at(-1)?.end ?? 0);
    DOMAIN.lastIndex = at + 1;
    const end = start === undefined || !DOMAIN.test(text) ? 0 : DOMAIN.lastIndex;
    if (start !== undefined && end > 0) spans.push({ start, end });
  }
  return spans;
}

/** The first place from which what stands before an @ is a name, parts of it with one dot between, that begins or ends a word. */
function localStart(text: string, at: number, from: number): number | undefined {
  const isLocal = (place: number) => place >= from && LOCAL.test(text.charAt(place));
  let first = at;
  while (isLocal(first - 1) || (text[first - 1] === '.' && first < at && isLocal(first - 2))) first--;
  for (let start = first; start < at; start++) {
    const isName = text[start] !== '.';
    if (isName && isWord(text, start - 1) !== isWord(text, start)) return start;
  }
  return undefined;
}

function isWord(text: string, place: number): boolean {
  if (place < 0) return false;
  const isLow = (text.charCodeAt(place) & 0xfc00) === 0xdc00;
  return WORD.test(String.fromCodePoint(text.codePointAt(isLow ? place - 1 : place) as number));
}
