import { syntaxOf } from '../languages/languages';
import { commentsOf } from '../lines/parts';
import type { FileTexts } from './file-texts';
import type { Hunk } from './hunks';
import { whiteSpaceHunks } from './white-space';

/** Tells of the hunks of a file whether both sides have the same code, white space apart: then they differ in comments alone. */
export function commentHunks(texts: FileTexts): (hunk: Hunk) => boolean {
  const { before, after, languageId } = texts;
  return whiteSpaceHunks({ ...texts, before: codeOf(before, languageId), after: codeOf(after, languageId) });
}

/** A text without its comments, in as many lines. */
function codeOf(text: string, languageId: string): string {
  let [code, at] = ['', 0];
  for (const { start, end } of commentsOf(text, syntaxOf(languageId))) {
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, '');
    at = end;
  }
  // What stood before a comment would be another indentation.
  return (code + text.slice(at)).replace(/^[^\S\n]+$/gm, '');
}
