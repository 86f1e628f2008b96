import * as vscode from 'vscode';
import { formatProbability } from '../../display/numbers';
import type { HeadAddress } from '../../shared/head-address';
import type { PaintedAttention } from './painted-attention';

/** Of a longer line the end may lie outside of the editor where the inspector stands beside it, or under the minimap. */
const NOTE_COLUMNS = 40;
/** So many lines from the token's the note is still taken for its own. */
const NOTE_REACH = 3;

/** The line whose end is nearest to a token's line and leaves the note room; that line itself where none does. */
export function lineForNote({ document, visibleRanges }: vscode.TextEditor, own: number): number {
  const hasRoom = (line: number) =>
    line < document.lineCount &&
    visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line) &&
    document.lineAt(line).range.end.character <= NOTE_COLUMNS;
  const around = Array.from({ length: NOTE_REACH }, (_, i) => [own + i + 1, own - i - 1]).flat();
  return [own, ...around].find(hasRoom) ?? own;
}

/** Whose attention it is, and the scale's end. There is little room: the status item says the rest. */
export function noteOf({ query, head, attention: { largest } }: PaintedAttention): string {
  const { t } = vscode.l10n;
  if (query === 0) return t('sees only itself');
  return `${head ? headName(head) : t('mean')} · ≤ ${formatProbability(largest)}`;
}

/** Whose attention is painted. */
export function headName(head: HeadAddress | undefined): string {
  return head ? vscode.l10n.t('head {0}.{1}', head.layer, head.head) : vscode.l10n.t('mean of all heads');
}
