import type { Regex } from '../regex/regex';
import { unitsOfText } from '../unicode/utf8';
import type { Edit, Normalizer } from './traced-text';

/** Puts `content` wherever `sought`, which is not empty, stands. */
export function replaceText(sought: string, content: string): Normalizer {
  return (text) => {
    const edits: Edit[] = [];
    for (let start = text.indexOf(sought); start >= 0; start = text.indexOf(sought, start + sought.length)) {
      edits.push({ start, end: start + sought.length, text: content });
    }
    return edits;
  };
}

/** Puts `content` in the place of every match. */
export function replaceMatches(regex: Regex, content: string): Normalizer {
  return (text) =>
    Array.from(regex.matches(unitsOfText(text), 0, text.length), ({ start, end }) => ({ start, end, text: content }));
}
