import { ListedSet } from '../splits/character-set';
import { classOf, MARK, SPACE } from '../unicode/character-class';
import { eachCharacter, type Normalizer } from './traced-text';

/** Each character's own lower case, whatever stands beside it. */
export const lowercase = eachCharacter((character) => character.toLowerCase());

/** Takes marks away; accents have to be marks of their own by then (NFD, NFKD). */
export const stripAccents = eachCharacter((_, point) => ((classOf(point) & MARK) !== 0 ? '' : undefined));

/** Puts a text before what is not empty. */
export function prepend(prefix: string): Normalizer {
  return (text) => (text === '' ? [] : [{ start: 0, end: 0, text: prefix }]);
}

/** Puts a space before what begins with none. */
export const prependBlank: Normalizer = (text) =>
  text === '' || text.startsWith(' ') ? [] : [{ start: 0, end: 0, text: ' ' }];

/** Takes white space away from the left, the right or both ends. */
export function strip(left: boolean, right: boolean): Normalizer {
  return (text) => {
    let start = 0;
    let end = text.length;
    // White space has no character that takes two units.
    while (left && start < end && isSpace(text.charCodeAt(start))) start++;
    while (right && end > start && isSpace(text.charCodeAt(end - 1))) end--;
    const edits = [
      { start: 0, end: start, text: '' },
      { start: end, end: text.length, text: '' },
    ];
    return edits.filter((edit) => edit.end > edit.start);
  };
}

function isSpace(unit: number): boolean {
  return (classOf(unit) & SPACE) !== 0;
}

/** Controls that SentencePiece's rule `nmt` takes away. */
const NMT_REMOVED = new ListedSet('\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f');
/** What it makes a space of. */
const NMT_SPACES = new ListedSet('\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd');

export const nmt = eachCharacter((_, point) => {
  if (NMT_REMOVED.has(point)) return '';
  return NMT_SPACES.has(point) ? ' ' : undefined;
});
