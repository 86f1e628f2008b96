import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits, formatBitsAlone, formatCount } from '../../display/numbers';
import type { HunkScore, LineScore } from '../../shared/workspace-api';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import { groupOf, type HunkGroup } from '../../workspace/changes/rank';
import type { ChangeReview } from './change-review';
import { groupText, kindText, surpriseText, tooltipOf } from './change-texts';

/** A hunk, or of one with several lines one of them. */
export interface HunkNode {
  hunk: RawHunk;
  line: LineScore | undefined;
}

/** Hunks of which the same is said, and which therefore stand behind those that are unusual. */
interface GroupNode {
  group: Exclude<HunkGroup, 'unusual'>;
  nodes: HunkNode[];
}

export type ChangeNode = HunkNode | GroupNode;

/** Of a hunk. */
const MOST_LINES = 5;

const OTHER_GROUPS = ['usual', 'comment', 'notJudged', 'trivial'] as const;

/** What a click on a node runs: not in the palette, for it is of no use there. */
export const OPEN_CHANGE = 'vitrine.openChange';

/** The hunks of a change, the most unusual first, and the others by what is said of them; under each its most surprising lines. */
export class ChangesTree implements vscode.TreeDataProvider<ChangeNode> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #review: ChangeReview | undefined;
  #nodes: HunkNode[] = [];
  #unusual: HunkNode[] = [];
  #groups: GroupNode[] = [];
  /** The hunks that have been opened, by their addresses. */
  readonly #opened = new Set<string>();

  get review(): ChangeReview | undefined {
    return this.#review;
  }

  /** Of all hunks, in the order of the list. */
  get nodes(): readonly HunkNode[] {
    return this.#nodes;
  }

  get firstUnopened(): HunkNode | undefined {
    return this.#nodes.find(({ hunk }) => !this.#opened.has(addressOf(hunk)));
  }

  show(review: ChangeReview | undefined): void {
    if (review !== this.#review) this.#opened.clear();
    this.#review = review;
    this.#nodes = review?.review.ranked.map((hunk) => ({ hunk, line: undefined })) ?? [];
    this.#unusual = this.#nodes.filter(({ hunk }) => groupOf(hunk) === 'unusual');
    const groups = OTHER_GROUPS.map((group) => ({
      group,
      nodes: this.#nodes.filter((node) => groupOf(node.hunk) === group),
    }));
    this.#groups = groups.filter(({ nodes }) => nodes.length > 0);
    this.#changed.fire();
  }

  markOpened(hunk: RawHunk): void {
    const address = addressOf(hunk);
    if (this.#opened.has(address)) return;
    this.#opened.add(address);
    this.#changed.fire();
  }

  getChildren(node?: ChangeNode): ChangeNode[] {
    if (!node) return [...this.#unusual, ...this.#groups];
    if ('group' in node) return node.nodes;
    const { hunk } = node;
    if (node.line || hunk.added.length < 2) return [];
    const lines = [...hunk.added].sort((a, b) => b.worst.bits - a.worst.bits).slice(0, MOST_LINES);
    return lines.map((line) => ({ hunk, line }));
  }

  getParent(node: ChangeNode): ChangeNode | undefined {
    if ('group' in node) return undefined;
    if (node.line) return this.#nodes.find(({ hunk }) => hunk === node.hunk);
    return this.#groups.find(({ group }) => group === groupOf(node.hunk));
  }

  getTreeItem(node: ChangeNode): vscode.TreeItem {
    if ('group' in node) return this.#groupItem(node);
    const item = node.line ? this.#lineItem(node.hunk, node.line) : this.#hunkItem(node.hunk);
    item.command = { title: vscode.l10n.t('Open the Change'), command: OPEN_CHANGE, arguments: [node] };
    return item;
  }

  /** What is seen when a hunk is pointed at. */
  resolveTreeItem(item: vscode.TreeItem, node: ChangeNode): vscode.TreeItem {
    if ('hunk' in node && !node.line)
      item.tooltip = new vscode.MarkdownString(tooltipOf(node.hunk, this.#fileOf(node.hunk.path)));
    return item;
  }

  #groupItem({ group, nodes }: GroupNode): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const isFirst = this.#unusual.length === 0 && this.#groups[0]?.group === group;
    const item = new vscode.TreeItem(groupText(group), isFirst ? Expanded : Collapsed);
    item.id = group;
    item.description = formatCount(nodes.length);
    item.tooltip = groupText(group);
    return item;
  }

  #hunkItem(hunk: RawHunk): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const { path, added, after, worst: token } = hunk;
    const { t } = vscode.l10n;
    const place = `${basename(path)}:${(token?.line ?? after.from) + 1}`;
    const number = isRankedByBits(hunk) ? [formatBitsAlone(hunk.surprise)] : [];
    const item = new vscode.TreeItem([...number, place].join('  '), added.length > 1 ? Collapsed : None);
    const [worst, kind] = [surpriseText(hunk), kindText(hunk)];
    // It stays selected, and open, where the order changes.
    item.id = addressOf(hunk);
    const isOpened = this.#opened.has(item.id);
    item.iconPath = new vscode.ThemeIcon(isOpened ? 'check' : 'circle-small');
    // What is cut first is what the others of a folder have too.
    item.description = [...worst, ...kind, ...(path.includes('/') ? [dirname(path)] : [])].join(' · ');
    item.accessibilityInformation = {
      label: [place, ...worst, ...kind, ...(isOpened ? [t('opened')] : [])].join(', '),
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
