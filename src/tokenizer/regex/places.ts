import { codePointAt } from '../unicode/character-class';
import { WORD_AT_BORDER } from './sets';
import type { Place } from './syntax';

const LINE_FEED = 0x0a;

/** Whether `at` is a place of this kind in the text `units[begin, end)`. */
export function isPlace(place: Place, units: Uint16Array, at: number, begin: number, end: number): boolean {
  switch (place) {
    case 'textStart':
      return at === begin;
    case 'textEnd':
      return at === end;
    case 'finalLineEnd':
      return at === end || (at === end - 1 && units[at] === LINE_FEED);
    case 'lineStart':
      // After the last line there is no other one.
      return at === begin || (at < end && units[at - 1] === LINE_FEED);
    case 'lineEnd':
      return at === end || units[at] === LINE_FEED;
    case 'wordBorder':
      return isWordBefore(units, at, begin, end) !== isWordAt(units, at, end);
    case 'noWordBorder':
      return isWordBefore(units, at, begin, end) === isWordAt(units, at, end);
  }
}

function isWordAt(units: Uint16Array, at: number, end: number): boolean {
  return at < end && WORD_AT_BORDER.has(codePointAt(units, at, end));
}

function isWordBefore(units: Uint16Array, at: number, begin: number, end: number): boolean {
  if (at <= begin) return false;
  const pair = at - 2 >= begin ? codePointAt(units, at - 2, end) : 0;
  return WORD_AT_BORDER.has(pair > 0xffff ? pair : (units[at - 1] ?? 0));
}
