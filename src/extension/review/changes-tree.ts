import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits, formatBitsAbove, formatBitsAlone, formatCount } from '../../display/numbers';
import type { HunkScore, LineScore } from '../../shared/workspace-api';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import { groupOf } from '../../workspace/changes/rank';
import { codeBlock, inlineCode } from '../hover/markdown';
import { meansText } from './change-lenses';
import type { ChangeReview } from './change-review';

/** A hunk, or of one with several lines one of them. */
export interface ChangeNode {
  hunk: RawHunk;
  line: LineScore | undefined;
}

/** Of a hunk. */
const MOST_LINES = 5;
const TOOLTIP_LINES = 12;

/** What a click on a node runs: not in the palette, for it is of no use there. */
export const OPEN_CHANGE = 'vitrine.openChange';

/** The hunks of a change, the most unusual first; under each its most surprising lines. */
export class ChangesTree implements vscode.TreeDataProvider<ChangeNode> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #review: ChangeReview | undefined;
  #nodes: ChangeNode[] = [];
  /** The hunks that have been opened, by their addresses. */
  readonly #opened = new Set<string>();

  get review(): ChangeReview | undefined {
    return this.#review;
  }

  get nodes(): readonly ChangeNode[] {
    return this.#nodes;
  }

  get firstUnopened(): ChangeNode | undefined {
    return this.#nodes.find(({ hunk }) => !this.#opened.has(addressOf(hunk)));
  }

  show(review: ChangeReview | undefined): void {
    if (review !== this.#review) this.#opened.clear();
    this.#review = review;
    this.#nodes = review?.review.ranked.map((hunk) => ({ hunk, line: undefined })) ?? [];
    this.#changed.fire();
  }

  markOpened(hunk: RawHunk): void {
    const address = addressOf(hunk);
    if (this.#opened.has(address)) return;
    this.#opened.add(address);
    this.#changed.fire();
  }

  getChildren(node?: ChangeNode): ChangeNode[] {
    if (!node) return this.#nodes;
    const { hunk } = node;
    if (node.line || hunk.added.length < 2) return [];
    const lines = [...hunk.added].sort((a, b) => b.worst.bits - a.worst.bits).slice(0, MOST_LINES);
    return lines.map((line) => ({ hunk, line }));
  }

  getParent({ hunk, line }: ChangeNode): ChangeNode | undefined {
    return line && this.#nodes.find((node) => node.hunk === hunk);
  }

  getTreeItem(node: ChangeNode): vscode.TreeItem {
    const item = node.line ? this.#lineItem(node.hunk, node.line) : this.#hunkItem(node.hunk);
    item.command = { title: vscode.l10n.t('Open the Change'), command: OPEN_CHANGE, arguments: [node] };
    return item;
  }

  #hunkItem(hunk: RawHunk): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const { path, added, after } = hunk;
    const { t } = vscode.l10n;
    const place = `${basename(path)}:${after.from + 1}`;
    const number = isRankedByBits(hunk) ? [formatBitsAbove(hunk.aboveUsual)] : [];
    const item = new vscode.TreeItem([...number, place].join('  '), added.length > 1 ? Collapsed : None);
    const [worst, kind] = [surpriseText(hunk), kindText(hunk)];
    // It stays selected, and open, where the order changes.
    item.id = addressOf(hunk);
    const isOpened = this.#opened.has(item.id);
    item.iconPath = new vscode.ThemeIcon(isOpened ? 'check' : 'circle-small');
    // What is cut first is what the others of a folder have too.
    item.description = [...worst, ...kind, ...(path.includes('/') ? [dirname(path)] : [])].join(' · ');
    item.tooltip = new vscode.MarkdownString(this.#tooltipOf(hunk));
    const spoken = number.map((bits) => t('{0} bits above what is usual', bits));
    item.accessibilityInformation = {
      label: [place, ...spoken, ...worst, ...kind, ...(isOpened ? [t('opened')] : [])].join(', '),
    };
    return item;
  }

  #lineItem({ path }: RawHunk, { line, worst }: LineScore): vscode.TreeItem {
    const text = this.#lineText(path, line).trim();
    const item = new vscode.TreeItem(`${formatCount(line + 1)}  ${text}`);
    item.description = `${visibleText(worst.text)} ${formatBits(worst.bits)}`;
    item.tooltip = vscode.l10n.t('The model expected {0}.', visibleText(worst.expected));
    return item;
  }

  #tooltipOf(hunk: RawHunk): string {
    const { t } = vscode.l10n;
    const file = this.#fileOf(hunk.path);
    const lines = (side: 'before' | 'after', sign: string) =>
      file?.[side]
        .split('\n')
        .slice(hunk[side].from, hunk[side].to)
        .map((line) => `${sign} ${line}`) ?? [];
    const all = [...lines('before', '-'), ...lines('after', '+')];
    const shown = all.length > TOOLTIP_LINES ? [...all.slice(0, TOOLTIP_LINES), '…'] : all;
    const worst = hunk.worst;
    return [
      inlineCode(hunk.path),
      codeBlock(shown),
      ...(worst ? [meansText(hunk, t)] : []),
      ...(Number.isNaN(hunk.aboveUsual) ? [] : [t('{0} bits above what is usual', formatBitsAbove(hunk.aboveUsual))]),
      ...(worst
        ? [
            `${inlineCode(visibleText(worst.text))} ${formatBits(worst.bits)} · ${t('The model expected {0}.', inlineCode(visibleText(worst.expected)))}`,
          ]
        : []),
    ].join('\n\n');
  }

  #fileOf(path: string) {
    return this.#review?.review.files.find((file) => file.path === path);
  }

  #lineText(path: string, line: number): string {
    return this.#fileOf(path)?.after.split('\n')[line] ?? '';
  }
}

/** By path and line: the order may change while files are read. */
export const addressOf = ({ path, after }: HunkScore): string => `${path}:${after.from}`;

/** Others stand at the end of the list for what they are. */
function isRankedByBits(hunk: HunkScore): boolean {
  return !['notJudged', 'trivial'].includes(groupOf(hunk));
}

/** The most surprising token that is new, after the one that it replaces. */
function surpriseText({ worst, replaced }: HunkScore): string[] {
  if (!worst) return [];
  const before = replaced ? [`${visibleText(replaced.text)} ${formatBitsAlone(replaced.bits)}`] : [];
  return [[...before, `${visibleText(worst.text)} ${formatBits(worst.bits)}`].join(' → ')];
}

function kindText(hunk: HunkScore): string[] {
  const { t } = vscode.l10n;
  switch (groupOf(hunk)) {
    case 'comment':
      return [t('only comments')];
    case 'notJudged':
      return hunk.added.length === 0 ? [t('only removed')] : [];
    case 'trivial':
      return [hunk.trivial === 'moved' ? t('only moved') : t('only white space')];
    default:
      return [];
  }
}
