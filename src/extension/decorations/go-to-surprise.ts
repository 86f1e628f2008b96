import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { isSurprise } from './colour-choice';
import type { DocumentHeat } from './heat-overlay';
import { heatTokens } from './heat-tokens';

const EVERYTHING = { start: 0, end: Number.POSITIVE_INFINITY };

export type Direction = 'next' | 'previous';

/**
 * Puts the cursor on the next or previous coloured token that is a surprise, around the ends of the text, and opens its card:
 * where a screen reader is in use, the editor gives that the focus and has it read.
 */
export async function goToSurprise(
  editor: vscode.TextEditor,
  heat: DocumentHeat | undefined,
  direction: Direction,
): Promise<void> {
  const { document, selection } = editor;
  const { t } = vscode.l10n;
  if (!heat) {
    const colour = t('Colour by Surprisal');
    const chosen = await vscode.window.showInformationMessage(t('The text is not coloured.'), colour);
    if (chosen) await vscode.commands.executeCommand('vitrine.colourBySurprisal');
    return;
  }
  const { known } = heat;
  const tokens = [...(known ? heatTokens(known, EVERYTHING) : [])].filter(
    (token) => isSurprise(token) && heat.isColoured(token),
  );
  const found = surpriseFrom(
    tokens.map(({ span }) => span),
    document.offsetAt(selection.active),
    direction,
  );
  if (!found) {
    const isRead = known?.reading.complete === true;
    void vscode.window.showInformationMessage(
      isRead
        ? t('Nothing in the coloured text is a surprise.')
        : t('The model still reads the text: nothing to go to yet.'),
    );
    return;
  }
  const text = document.getText(new vscode.Range(document.positionAt(found.start), document.positionAt(found.end)));
  const caret = document.positionAt(found.start + blanksBefore(text));
  editor.selection = new vscode.Selection(caret, caret);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.window.showTextDocument(document, editor.viewColumn);
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/**
 * The next span after a cursor, or the one before it; the one that the cursor is in is neither.
 *
 * @param spans in order
 */
function surpriseFrom(spans: readonly Span[], cursor: number, direction: Direction): Span | undefined {
  return direction === 'next'
    ? (spans.find(({ start }) => start > cursor) ?? spans[0])
    : (spans.findLast(({ end }) => end <= cursor) ?? spans.at(-1));
}

/** So that the cursor is on the word; of a token of blanks, on its first. */
const blanksBefore = (text: string) => (text.trim() === '' ? 0 : text.length - text.trimStart().length);
