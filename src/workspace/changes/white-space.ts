import type { Span } from '../../shared/tokens';
import { syntaxOf } from '../languages/languages';
import { lineStartsOf } from '../lines/line-starts';
import { partsOf } from '../lines/parts';
import type { FileTexts } from './file-texts';
import type { Hunk, LineRange } from './hunks';

/** Where indentation says what belongs together. */
const INDENTED = new Set(['python', 'nim', 'coffeescript', 'fsharp', 'haskell', 'elm', 'makefile']);

/** Whether blanks have a meaning in a language. */
export const isIndented = (languageId: string): boolean => INDENTED.has(languageId);

/** Tells of the hunks of a file whether both sides differ in white space alone, which is neither in a string nor of any meaning. */
export function whiteSpaceHunks({ before, after, languageId }: FileTexts): (hunk: Hunk) => boolean {
  const strings = (text: string) => partsOf(text, syntaxOf(languageId)).filter(({ kind }) => kind === 'string');
  const bare = INDENTED.has(languageId) ? withoutBlanksInLines : (code: string) => code.replace(/\s+/g, '');
  const [old, young] = [bareLines(before, strings(before), bare), bareLines(after, strings(after), bare)];
  return (hunk) => old(hunk.before) === young(hunk.after);
}

/** White space at the ends of lines and between words, and lines of nothing else. */
const withoutBlanksInLines = (code: string): string => code.replace(/(?<=\S)[^\S\n]+|\n[^\S\n]*(?=\n|$)/g, '');

function bareLines(
  text: string,
  strings: readonly Span[],
  bare: (code: string) => string,
): (lines: LineRange) => string {
  const starts = lineStartsOf(text);
  return ({ from, to }) => {
    const end = starts[to] ?? text.length;
    let [found, at] = ['', starts[from] ?? text.length];
    for (const string of strings) {
      if (string.end <= at || string.start >= end) continue;
      const [first, last] = [Math.max(at, string.start), Math.min(end, string.end)];
      found += bare(text.slice(at, first)) + text.slice(first, last);
      at = last;
    }
    return found + bare(text.slice(at, end));
  };
}
