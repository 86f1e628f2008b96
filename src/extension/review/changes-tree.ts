import * as vscode from 'vscode';
import type { ChangedLineToken } from '../../shared/workspace-api';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import { groupOf, type HunkGroup } from '../../workspace/changes/rank';
import type { NotReviewed } from '../../workspace/changes/review';
import { surprisingLines } from '../../workspace/changes/surprising-lines';
import { addressOf, fileItem, groupItem, hasLines, hunkItem, lineItem } from './change-items';
import type { ChangeReview } from './change-review';
import { groupText, tooltipOf } from './change-texts';

/** A hunk, or of one with several lines one of them. */
export interface HunkNode {
  hunk: RawHunk;
  /** The most surprising of its line. */
  token: ChangedLineToken | undefined;
}

/** Hunks of which the same is said, and which therefore stand behind those that are unusual. */
interface GroupNode {
  group: Exclude<HunkGroup, 'unusual'>;
  nodes: HunkNode[];
}

interface FileNode {
  path: string;
  why: NotReviewed['why'] | undefined;
}

/** Files that are not read yet, or not at all. */
interface FilesNode {
  id: 'unread' | 'leftOut';
  files: FileNode[];
}

export type ChangeNode = HunkNode | GroupNode | FilesNode | FileNode;

const OTHER_GROUPS = ['usual', 'comment', 'notJudged', 'trivial'] as const;

/** What a click on a node runs: not in the palette, for it is of no use there. */
export const OPEN_CHANGE = 'vitrine.openChange';

/**
 * The hunks of a change, the most unusual first, and the others by what is said of them; under each its most surprising lines.
 * Last the files of which there are none.
 */
export class ChangesTree implements vscode.TreeDataProvider<ChangeNode> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #review: ChangeReview | undefined;
  #nodes: HunkNode[] = [];
  #unusual: HunkNode[] = [];
  #groups: GroupNode[] = [];
  #files: FilesNode[] = [];

  get review(): ChangeReview | undefined {
    return this.#review;
  }

  /** Of all hunks, in the order of the list. */
  get nodes(): readonly HunkNode[] {
    return this.#nodes;
  }

  get firstUnopened(): HunkNode | undefined {
    return this.#nodes.find(({ hunk }) => !this.#isOpened(hunk));
  }

  show(review: ChangeReview | undefined): void {
    this.#review = review;
    this.#nodes = review?.review.ranked.map((hunk) => ({ hunk, token: undefined })) ?? [];
    this.#unusual = this.#nodes.filter(({ hunk }) => groupOf(hunk) === 'unusual');
    const groups = OTHER_GROUPS.map((group) => ({
      group,
      nodes: this.#nodes.filter((node) => groupOf(node.hunk) === group),
    }));
    this.#groups = groups.filter(({ nodes }) => nodes.length > 0);
    const unread = Array.from(review?.review.unread ?? [], (path) => ({ path, why: undefined }));
    const files: FilesNode[] = [
      { id: 'unread', files: unread },
      { id: 'leftOut', files: review?.review.leftOut ?? [] },
    ];
    this.#files = files.filter(({ files }) => files.length > 0);
    this.#changed.fire();
  }

  markOpened(hunk: RawHunk): void {
    if (!this.#review || this.#isOpened(hunk)) return;
    this.#review.opened.add(addressOf(hunk));
    this.#changed.fire();
  }

  getChildren(node?: ChangeNode): ChangeNode[] {
    if (!node) return [...this.#unusual, ...this.#groups, ...this.#files];
    if ('nodes' in node) return node.nodes;
    if ('files' in node) return node.files;
    if ('path' in node || node.token || !hasLines(node.hunk)) return [];
    return surprisingLines(node.hunk.newTokens).map((token) => ({ hunk: node.hunk, token }));
  }

  getParent(node: ChangeNode): ChangeNode | undefined {
    if ('path' in node) return this.#files.find(({ files }) => files.includes(node));
    if (!('hunk' in node)) return undefined;
    if (node.token) return this.#nodes.find(({ hunk }) => hunk === node.hunk);
    return this.#groups.find(({ group }) => group === groupOf(node.hunk));
  }

  getTreeItem(node: ChangeNode): vscode.TreeItem {
    if ('nodes' in node) return groupItem(node.group, groupText(node.group), node.nodes.length, this.#isFirst(node));
    if ('files' in node) {
      const { t } = vscode.l10n;
      const label = node.id === 'unread' ? t('Not read yet') : t('Left out');
      return groupItem(node.id, label, node.files.length, false);
    }
    if ('path' in node) return this.#fileItem(node);
    const { hunk, token } = node;
    const file = this.#fileOf(hunk.path);
    const item = token ? lineItem(token, file) : hunkItem(hunk, file, this.#isOpened(hunk));
    item.command = { title: vscode.l10n.t('Open the Change'), command: OPEN_CHANGE, arguments: [node] };
    return item;
  }

  /** What is seen when a hunk is pointed at. */
  resolveTreeItem(item: vscode.TreeItem, node: ChangeNode): vscode.TreeItem {
    if ('hunk' in node && !node.token)
      item.tooltip = new vscode.MarkdownString(tooltipOf(node.hunk, this.#fileOf(node.hunk.path)));
    return item;
  }

  #fileItem(node: FileNode): vscode.TreeItem {
    const item = fileItem(node);
    const uri = this.#review?.urisOf({ path: node.path, pathBefore: undefined }).after;
    if (uri && !node.why)
      item.command = { title: vscode.l10n.t('Open the File'), command: 'vscode.open', arguments: [uri] };
    return item;
  }

  /** Where there is nothing before it that one could look at, it is open. */
  #isFirst(node: GroupNode): boolean {
    return this.#unusual.length === 0 && this.#groups[0] === node;
  }

  #isOpened(hunk: RawHunk): boolean {
    return this.#review?.opened.has(addressOf(hunk)) ?? false;
  }

  #fileOf(path: string) {
    return this.#review?.review.files.find((file) => file.path === path);
  }
}
