import { isSpace } from './characters';
import { Ranges } from './ranges';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines without their breaks, as Python's `str.splitlines` has them: none after a break at the end. @param units of the text */
export function linesOf(units: Uint16Array): Ranges {
  const lines = new Ranges();
  let start = 0;
  for (let i = 0; i < units.length; i++) {
    if (!isBreak(units[i] as number)) continue;
    lines.push(start, i);
    if (units[i] === CARRIAGE_RETURN && units[i + 1] === LINE_FEED) i++;
    start = i + 1;
  }
  if (start < units.length) lines.push(start, units.length);
  return lines;
}

function isBreak(unit: number): boolean {
  if (unit > 0x1e && unit < 0x85) return false;
  const isControl = (unit >= LINE_FEED && unit <= CARRIAGE_RETURN) || (unit >= 0x1c && unit <= 0x1e);
  return isControl || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
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
