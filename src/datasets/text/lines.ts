import { isSpace } from './characters';
import { Ranges } from './ranges';

const LINE_FEED = 0x0a;
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python breaks lines at them.
const BREAK = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/g;

/** Lines without their breaks, as Python's `str.splitlines` has them: none after a break at the end. */
export function linesOf(text: string): Ranges {
  const lines = new Ranges();
  let start = 0;
  BREAK.lastIndex = 0;
  for (let found = BREAK.exec(text); found; found = BREAK.exec(text)) {
    lines.push(start, found.index);
    start = BREAK.lastIndex;
  }
  if (start < text.length) lines.push(start, text.length);
  return lines;
}

/** What stands between line feeds, of which there are at least so many in a row: Python's `re.split`, with what is empty. */
export function splitAtLineFeeds(text: string, least: number, start: number, end: number): Ranges {
  const parts = new Ranges();
  let from = start;
  for (let i = text.indexOf('\n', start); i !== -1 && i < end; ) {
    let next = i + 1;
    while (next < end && text.charCodeAt(next) === LINE_FEED) next++;
    if (next - i >= least) {
      parts.push(from, i);
      from = next;
    }
    i = text.indexOf('\n', next);
  }
  parts.push(from, end);
  return parts;
}

/** Where a part of a text begins and ends without white space around it, as Python's `str.strip` leaves it. */
export function stripped(text: string, start: number, end: number): { start: number; end: number } {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  return { start: first, end: last };
}
