import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatSigned } from '../../display/numbers';
import { rangeOf } from '../documents/spans';
import { type ReadingPart, spanOfToken } from '../readings/reading';
import { withDirectionMark } from '../right-to-left';
import { lineForNote } from './attention-note';
import { type AskedTokens, type PaintedWhy, strongestSources, type WhyAnswer } from './painted-why';

/** So many of what brings most are told as numbers, from this share of the strongest on: those that are tinted. */
const TOLD = 5;
const TOLD_SHARE = 1 / 8;
/** Of a longer token the note has the beginning. */
const MOST_CHARACTERS = 16;

/** What the text is painted by, in words. */
export function legendText({ token, against }: AskedTokens): string {
  return vscode.l10n.t('for {0}, against {1}', token, against);
}

/**
 * What is said at the ends of lines: at that of the token that is asked about what is painted, and at those of the strongest
 * how much they bring. Of lines without room, one beside them says it.
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
  add(own, legendText(answer));
  for (const key of strongestIn(answer)) {
    const { line } = document.positionAt(spanOfToken(part, key).start);
    if (isVisible(editor, line))
      add(line, `${tokenText(document, part, key)} ${formatSigned(answer.why.sources[key] ?? 0)}`);
  }
  return new Map(Array.from(notes, ([line, texts]) => [line, texts.join(' · ')]));
}

function strongestIn({ why, largest }: WhyAnswer): number[] {
  return strongestSources(why.sources, TOLD, TOLD_SHARE * largest);
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
