import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatSigned } from '../../display/numbers';
import { rangeOf } from '../documents/spans';
import { type ReadingPart, spanOfToken } from '../readings/reading';
import { withDirectionMark } from '../right-to-left';
import { lineForNote } from './attention-note';
import { type AskedTokens, type PaintedWhy, strongestSources } from './painted-why';

/** So many of what brings most are told as numbers, from this share of the strongest on: those that are tinted. */
const TOLD = 5;
const TOLD_SHARE = 1 / 16;
/** Of a longer token the note has the beginning. */
const MOST_CHARACTERS = 16;

/** Between two of them: a dot stands for a space in front of a token, and a comma in a number. */
const APART = '\u00a0\u00a0\u00a0';

/** What the text is painted by, in words. */
export function legendText({ token, against }: AskedTokens): string {
  return vscode.l10n.t('for {0}, against {1}', token, against);
}

/**
 * What is said at the ends of lines: at those of the strongest how much they bring, and at that of the token that is asked
 * about what is painted. Of lines without room, one beside them says it.
 *
 * @param own the line of the token that is asked about
 */
export function whyNotes(editor: vscode.TextEditor, painted: PaintedWhy, own: number): Map<number, string> {
  const { document, part, answer } = painted;
  if (!answer) return new Map([[lineForNote(editor, own), vscode.l10n.t('nothing stands before it')]]);
  const notes = new Map<number, string[]>();
  const add = (line: number, text: string) => {
    const at = lineForNote(editor, line);
    notes.set(at, [...(notes.get(at) ?? []), text]);
  };
  const { sources } = answer.why;
  // The end of a long line is not seen: the strongest first, and the legend, which the status bar has too, last.
  for (const key of strongestSources(sources, TOLD, TOLD_SHARE * answer.largest)) {
    const { line } = document.positionAt(spanOfToken(part, key).start);
    if (isVisible(editor, line)) add(line, `${tokenText(document, part, key)} ${formatSigned(sources[key] ?? 0)}`);
  }
  add(own, legendText(answer));
  return new Map(Array.from(notes, ([line, texts]) => [line, texts.join(APART)]));
}

function isVisible({ visibleRanges }: vscode.TextEditor, line: number): boolean {
  return visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line);
}

/** A token as it stands in its text. */
function tokenText(document: vscode.TextDocument, part: ReadingPart, key: number): string {
  const characters = Array.from(visibleText(document.getText(rangeOf(document, spanOfToken(part, key)))));
  const isWhole = characters.length <= MOST_CHARACTERS;
  return withDirectionMark(isWhole ? characters.join('') : `${characters.slice(0, MOST_CHARACTERS).join('')}…`);
}
