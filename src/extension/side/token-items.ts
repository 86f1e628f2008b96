import * as vscode from 'vscode';
import type { CountsByRole } from '../../chat/counts-by-role';
import { formatRank } from '../../display/bounds';
import { formatBits, formatCount, formatLogprob, formatQuantity, formatSigned } from '../../display/numbers';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import { countText } from '../chat/chat-count-text';
import { withDirectionMark } from '../right-to-left';
import { tokenLabel } from '../visible-token';
import type { ListedToken } from './token-list';

/** Characters of a line that its item shows: in a narrow panel its sum is to be seen too. */
const EXCERPT = 20;
/** A document with so many lines is seen whole. */
const EXPANDED_LINES = 20;

export function groupItem({ start, end }: Span): vscode.TreeItem {
  const label = vscode.l10n.t('Lines {0} to {1}', formatCount(start + 1), formatCount(end));
  return parentItem(label, false);
}

/** @param tokens undefined where they are looked up only when the item is opened */
export function lineItem(
  document: vscode.TextDocument,
  line: number,
  tokens: readonly ListedToken[] | undefined,
): vscode.TreeItem {
  const { text } = document.lineAt(line);
  const excerpt = text.length > EXCERPT ? `${text.slice(0, EXCERPT).trim()}…` : text.trim();
  const item = parentItem(
    `${formatCount(line + 1)}  ${withDirectionMark(excerpt)}`,
    document.lineCount <= EXPANDED_LINES,
  );
  // An empty line at the end, or one that the model has not read.
  if (tokens?.length === 0) item.collapsibleState = vscode.TreeItemCollapsibleState.None;
  else if (tokens) {
    item.description = lineSum(tokens);
    item.tooltip = item.description;
  }
  return item;
}

/** A part of a very long line. @param lineStart where that starts, in UTF-16 units */
export function spanItem({ start, end }: Span, lineStart: number): vscode.TreeItem {
  const [from, to] = [formatCount(start - lineStart + 1), formatCount(end - lineStart)];
  return parentItem(vscode.l10n.t('Characters {0} to {1}', from, to), false);
}

export function tokenItem(
  { id, logprob, rank, rankLimit, logRatio, role }: ListedToken,
  tokenizer: Tokenizer,
): vscode.TreeItem {
  const item = new vscode.TreeItem(tokenLabel(tokenizer, id, vscode.l10n.t));
  const template = role === null ? [vscode.l10n.t('of the template')] : [];
  const judged = logprob === undefined ? [] : [judgement(logprob, rank, rankLimit)];
  item.description = [...template, ...difference(logRatio), ...judged, `id ${id}`].join(' · ');
  // By this the manifest knows which items can be asked why: those that stand in the document.
  if (role !== null) item.contextValue = 'vitrine.token';
  return item;
}

/** What matters most comes first: a narrow panel cuts the rest off. */
function judgement(logprob: number, rank: number | undefined, rankLimit: number | undefined): string {
  if (Number.isNaN(logprob)) return vscode.l10n.t('nothing predicts it');
  const place = rank === undefined ? [] : [vscode.l10n.t('rank {0}', formatRank(rank, rankLimit))];
  return [formatBits(-logprob / Math.LN2), formatLogprob(logprob), ...place].join(' · ');
}

/** How much more probable B finds it: its ln p less that of A. */
const difference = (logRatio: number | undefined): string[] =>
  logRatio === undefined ? [] : [vscode.l10n.t('B − A {0} nats', formatSigned(logRatio))];

/** `7 tokens`, `31.2 bits · 7 tokens`, `30 tokens (system 6 · user 7 · assistant 1 · template 16)`. */
function lineSum(tokens: readonly ListedToken[]): string {
  const predicted = tokens.filter(({ logprob }) => logprob !== undefined && !Number.isNaN(logprob));
  const bits = predicted.reduce((sum, { logprob = 0 }) => sum - logprob / Math.LN2, 0);
  const isChat = tokens.some(({ role }) => role !== undefined);
  const count = isChat ? countText(countsOf(tokens), vscode.l10n.t) : formatQuantity(tokens.length, 'token');
  return [...(predicted.length > 0 ? [formatBits(bits)] : []), count].join(' · ');
}

function countsOf(tokens: readonly ListedToken[]): CountsByRole {
  const roles = new Map<string, number>();
  let template = 0;
  for (const { role } of tokens) {
    if (typeof role === 'string') roles.set(role, (roles.get(role) ?? 0) + 1);
    else template++;
  }
  return { roles, template };
}

function parentItem(label: string, expanded: boolean): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  return new vscode.TreeItem(label, expanded ? Expanded : Collapsed);
}
