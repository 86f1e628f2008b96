import {
  AFTER_DIGIT,
  AFTER_MIDDLE_STOP,
  BEFORE_MIDDLE_STOP,
  BEFORE_STOP,
  INFIX,
  kindOf,
  LETTER,
  LONG_PREFIXES,
  PREFIX,
  SUFFIX,
  UPPER,
} from './english-characters';

/*
 * What spaCy's English cuts off a text at its beginning and its end, and out of its middle. Each function says how many UTF-16
 * units that are, or 0; what stands outside `start` and `end` is not seen.
 */

const LONGEST_AFTER_DIGIT = Math.max(...[...AFTER_DIGIT].map(({ length }) => length));

/** What joins two words where a letter or a digit stands before it and a letter behind it, and how many of it may stand in a row. */
const JOINTS = new Map(Object.entries({ '-': 3, '—': 2, '–': 1, '~': 1, ':': 1, '<': 1, '>': 1, '=': 1, '/': 1 }));

export function prefixLength(text: string, start: number, end: number): number {
  if (kindFrom(text, start, end) & PREFIX) return pointLength(text, start);
  switch (text[start]) {
    case '.':
      return ellipsisLength(text, start, end);
    case '+':
      return Number(!isDigit(text, start + 1, end));
    case 'U':
    case 'C':
    case 'A':
      return LONG_PREFIXES.find((prefix) => text.slice(start, end).startsWith(prefix))?.length ?? 0;
    default:
      return 0;
  }
}

export function suffixLength(text: string, start: number, end: number): number {
  if (start === end) return 0;
  const before = end - 2 >= start ? text[end - 2] : undefined;
  switch (text[end - 1]) {
    case '.':
      return before === '.' ? stopsBefore(text, start, end) : Number(isStopCutOff(text, start, end - 1));
    case '…':
      return before === '…' ? 2 : 1;
    case '+':
      return Number(before !== undefined && isDigit(text, end - 2, end));
    case 's':
    case 'S':
      if (before === "'" || before === '’') return 2;
  }
  if (kindBefore(text, start, end) & SUFFIX) return end - placeBefore(text, start, end);
  return lengthAfterDigit(text, start, end);
}

/** Whether a UTF-16 unit is a letter or digit that is never cut out. */
export function isNoInfix(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (kindOf(unit) & (LETTER | INFIX)) === LETTER;
}

/** At a place of the text. */
export function infixLength(text: string, start: number, end: number, at: number): number {
  if (kindFrom(text, at, end) & INFIX) return pointLength(text, at);
  const before = kindBefore(text, start, at);
  const isAfterDigit = at > start && isDigit(text, at - 1, end);
  switch (text[at]) {
    case '.':
      if (before & BEFORE_MIDDLE_STOP && kindFrom(text, at + 1, end) & AFTER_MIDDLE_STOP) return 1;
      return ellipsisLength(text, at, end);
    case ',':
      return Number((before & kindFrom(text, at + 1, end) & LETTER) !== 0);
    case '+':
    case '*':
    case '^':
    case '-':
      if (isAfterDigit && (isDigit(text, at + 1, end) || (text[at + 1] === '-' && at + 1 < end))) return 1;
  }
  return isAfterDigit || before & LETTER ? jointLength(text, at, end) : 0;
}

/** Of full stops, if there are two or more. */
function ellipsisLength(text: string, start: number, end: number): number {
  const length = runLength(text, start, end);
  return length > 1 ? length : 0;
}

function stopsBefore(text: string, start: number, end: number): number {
  let first = end;
  while (first > start && text[first - 1] === '.') first--;
  return end - first;
}

/** Whether a full stop at the end is no part of what stands before it, as of an abbreviation. */
function isStopCutOff(text: string, start: number, stop: number): boolean {
  const before = kindBefore(text, start, stop);
  if (before & BEFORE_STOP) return true;
  if (stop - 2 < start) return false;
  if (text[stop - 2] === '°') return 'FfCcKk'.includes(text[stop - 1] as string);
  return (before & kindBefore(text, start, placeBefore(text, start, stop)) & UPPER) !== 0;
}

/** Of a currency or a unit with a digit before it. */
function lengthAfterDigit(text: string, start: number, end: number): number {
  const first = Math.max(start, end - LONGEST_AFTER_DIGIT - 1);
  for (let at = end - 1; at >= first; at--) {
    if (isDigit(text, at, end)) return AFTER_DIGIT.has(text.slice(at + 1, end)) ? end - at - 1 : 0;
  }
  return 0;
}

function jointLength(text: string, at: number, end: number): number {
  const most = JOINTS.get(text[at] as string) ?? 0;
  if (most === 0) return 0;
  const length = runLength(text, at, end);
  return length <= most && kindFrom(text, at + length, end) & LETTER ? length : 0;
}

/** How often the character at a place stands there in a row. */
function runLength(text: string, start: number, end: number): number {
  let at = start + 1;
  while (at < end && text[at] === text[start]) at++;
  return at - start;
}

function isDigit(text: string, at: number, end: number): boolean {
  const unit = at < end ? text.charCodeAt(at) : 0;
  return unit >= 0x30 && unit <= 0x39;
}

function kindFrom(text: string, at: number, end: number): number {
  return at < end ? kindOf(text.codePointAt(at) as number) : 0;
}

function kindBefore(text: string, start: number, at: number): number {
  return at > start ? kindOf(text.codePointAt(placeBefore(text, start, at)) as number) : 0;
}

/** Where the character that ends at a place begins. */
function placeBefore(text: string, start: number, at: number): number {
  const isPair = at - 2 >= start && (text.codePointAt(at - 2) as number) > 0xffff;
  return isPair ? at - 2 : at - 1;
}

function pointLength(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
}
