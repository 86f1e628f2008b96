import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits, formatBitsAlone, formatCount } from '../../display/numbers';
import { lineAround, type MarkedText, wordOf } from '../../display/token-word';
import type { ChangedLineToken, HunkScore } from '../../shared/workspace-api';
import { linesOf } from '../../workspace/changes/file-texts';
import { lineOf, type RawHunk } from '../../workspace/changes/hunk-score';
import { groupOf } from '../../workspace/changes/rank';
import type { NotReviewed, ReviewedFile } from '../../workspace/changes/review';
import { kindText, surpriseText, whyText } from './change-texts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** By path and line: the order may change while files are read. */
export const addressOf = ({ path, after }: HunkScore): string => `${path}:${after.from}`;

/** Whether there are lines to be listed under a hunk: more than the one that it names. */
export const hasLines = ({ newTokens, worst }: RawHunk): boolean => newTokens.some(({ line }) => line !== worst?.line);

/** A hunk: how surprising it is, the word that surprises most after the one that it replaces, and where it is. */
export function hunkItem(hunk: RawHunk, file: ReviewedFile | undefined, isOpened: boolean): vscode.TreeItem {
  const { t } = vscode.l10n;
  const place = placeOf(hunk);
  const change = isRankedByBits(hunk) ? changeLabel(hunk, file) : undefined;
  const item = new vscode.TreeItem(change ?? place, hasLines(hunk) ? Collapsed : None);
  const kind = [...kindText(hunk), ...(change && hunk.worst?.isNewName ? [t('new name')] : [])];
  const folder = hunk.path.includes('/') ? [dirname(hunk.path)] : [];
  // It stays selected, and open, where the order changes.
  item.id = addressOf(hunk);
  item.iconPath = new vscode.ThemeIcon(isOpened ? 'check' : 'circle-small');
  item.description = [...(change ? [place] : []), ...kind, ...folder].join(' · ');
  const spoken = change ? surpriseText(hunk) : [];
  item.accessibilityInformation = {
    label: [...spoken, place, ...kind, ...(isOpened ? [t('opened')] : [])].join(', '),
  };
  return item;
}

/** A line of a hunk, with its most surprising token marked. */
export function lineItem(token: ChangedLineToken, file: ReviewedFile | undefined): vscode.TreeItem {
  const marked = lineAround(lineText(file, 'after', token.line), token);
  const item = new vscode.TreeItem(labelOf([`${formatCount(token.line + 1)}  `, marked]));
  item.description = formatBits(token.bits);
  if (token.expected !== undefined)
    item.tooltip = vscode.l10n.t('The model expected {0}.', visibleText(token.expected));
  return item;
}

/** Things of which the same is said. */
export function groupItem(id: string, label: string, count: number, isOpen: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(label, isOpen ? vscode.TreeItemCollapsibleState.Expanded : Collapsed);
  item.id = id;
  item.description = formatCount(count);
  item.tooltip = label;
  return item;
}

/** A file of the change of which nothing is said but why. */
export function fileItem({ path, why }: { path: string; why: NotReviewed['why'] | undefined }): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(path));
  const folder = path.includes('/') ? [dirname(path)] : [];
  item.description = [...(why ? [whyText(why)] : []), ...folder].join(' · ');
  item.tooltip = path;
  return item;
}

const placeOf = (hunk: HunkScore) => `${basename(hunk.path)}:${lineOf(hunk) + 1}`;

/** `6.2  write → read`. */
function changeLabel(hunk: HunkScore, file: ReviewedFile | undefined): vscode.TreeItemLabel | undefined {
  const { worst, replaced, surprise } = hunk;
  if (!worst) return undefined;
  const before = replaced ? [wordOf(lineText(file, 'before', replaced.line), replaced), ' → '] : [];
  return labelOf([`${formatBitsAlone(surprise)}  `, ...before, wordOf(lineText(file, 'after', worst.line), worst)]);
}

function labelOf(parts: readonly (string | MarkedText)[]): vscode.TreeItemLabel {
  let label = '';
  const highlights: [number, number][] = [];
  for (const part of parts) {
    const marked = typeof part === 'string' ? { text: part, start: 0, end: 0 } : part;
    if (marked.end > marked.start) highlights.push([label.length + marked.start, label.length + marked.end]);
    label += marked.text;
  }
  return { label, highlights };
}

const lineText = (file: ReviewedFile | undefined, side: 'before' | 'after', line: number): string =>
  (file && linesOf(file[side])[line]) ?? '';

/** Others stand at the end of the list for what they are. */
function isRankedByBits(hunk: HunkScore): boolean {
  return !['notJudged', 'trivial'].includes(groupOf(hunk));
}
