import * as vscode from 'vscode';
import { readNumberAt, writeNumber } from '../../display/read-number';

/** Characters around the cursor, or of a selection, that are looked through for a number. */
const NUMBER_REACH = 40;

/** A longer selection is not taken for a number that somebody wrote. */
const LONGEST_WRITTEN = 60;

/** Lines of a selection that are compared at most. */
const MOST_LINES = 10;

/** The number at a position, or the first in a range, as the language of the display writes it. */
export function numberIn(document: vscode.TextDocument, range: vscode.Range): string | undefined {
  const start = document.offsetAt(range.start);
  const end = Math.min(document.offsetAt(range.end), start + NUMBER_REACH);
  const from = Math.max(0, start - NUMBER_REACH);
  const text = document.getText(new vscode.Range(document.positionAt(from), document.positionAt(end + NUMBER_REACH)));
  // A cursor is at the number that ends or begins there.
  const reach = range.isEmpty ? 1 : 0;
  const number = readNumberAt(text, { start: start - from - reach, end: end - from + reach });
  return number === undefined ? undefined : writeNumber(number);
}

/** What to ask the view of numbers for: the number at a position or in a range, or what is selected in its place. */
export function numberToShow(document: vscode.TextDocument, range: vscode.Range): string | undefined {
  const number = numberIn(document, range);
  if (number !== undefined) return number;
  const selected = range.isSingleLine ? document.getText(range).trim() : '';
  return selected === '' || selected.length > LONGEST_WRITTEN ? undefined : selected;
}

/** Texts to compare: the selections, or the lines of the only one, or that one and the clipboard's. */
export async function textsToCompare({ document, selections }: vscode.TextEditor): Promise<string[]> {
  const texts = selections.filter(({ isEmpty }) => !isEmpty).map((selection) => document.getText(selection));
  const [text] = texts;
  if (text === undefined || texts.length > 1) return texts;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > 1) return lines.slice(0, MOST_LINES);
  const copied = await vscode.env.clipboard.readText();
  return copied.trim() === '' || copied === text ? [text] : [text, copied];
}
