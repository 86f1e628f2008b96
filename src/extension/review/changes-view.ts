import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { NotReviewed } from '../../workspace/changes/review';
import { registerCommand } from '../register-command';
import { settings } from '../settings';
import { SHOW_CHANGE } from './change-lenses';
import { addressOf, type ChangeNode, ChangesTree, type HunkNode, OPEN_CHANGE } from './changes-tree';
import { openChange } from './open-change';
import { LEAST_BITS } from './review-overlay';
import type { Reviewer } from './reviewer';

const IS_OPEN = 'vitrine.reviewIsOpen';

/** The list of a change's hunks in the side panel, and the way from one to the next. */
export class ChangesView implements vscode.Disposable {
  readonly #reviewer: Reviewer;
  readonly #tree = new ChangesTree();
  readonly #view: vscode.TreeView<ChangeNode>;
  readonly #subscriptions: vscode.Disposable[];
  /** The addresses of the hunks that were opened, up to the one where one is. */
  #path: string[] = [];

  constructor(reviewer: Reviewer) {
    this.#reviewer = reviewer;
    this.#view = vscode.window.createTreeView('vitrine.changes', { treeDataProvider: this.#tree });
    this.#subscriptions = [
      this.#view,
      reviewer.onDidChange(() => this.#refresh()),
      registerCommand(OPEN_CHANGE, (node) => this.#open(node as HunkNode)),
      registerCommand(SHOW_CHANGE, (path, line) => this.#show(`${path}:${line}`)),
      registerCommand('vitrine.nextChange', () => this.#goOn()),
      registerCommand('vitrine.previousChange', () => this.#goBack()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #refresh(): void {
    const { current } = this.#reviewer;
    if (current !== this.#tree.review) {
      this.#path = [];
      void showView(current !== undefined);
    }
    const place = this.#place();
    this.#tree.show(current);
    if (place !== this.#place()) void this.#reveal();
    const { done, total, leftOut } = current?.review ?? { done: 0, total: 0, leftOut: [] };
    const { t } = vscode.l10n;
    const nothing = current && done === total && this.#tree.nodes.length === 0;
    const message = [
      ...(this.#tree.nodes.length > 0 ? [legendText()] : []),
      ...(nothing ? [t('Nothing in this change is code with other lines than before.')] : []),
      ...(current && done < total && !this.#reviewer.isReading
        ? [t('Ended before all files were read. To go on, review the changes again: what was read is not read again.')]
        : []),
      ...(leftOut.length > 0 ? [t('Not read: {0}.', leftOutText(leftOut))] : []),
    ];
    this.#view.message = message.join(' ');
    this.#view.description = current ? t('{0} of {1} files', formatCount(done), formatCount(total)) : '';
  }

  async #open({ hunk, line }: HunkNode): Promise<void> {
    const { current } = this.#reviewer;
    if (!current) return;
    const address = addressOf(hunk);
    if (this.#path.at(-1) !== address) this.#path.push(address);
    this.#reviewer.isColoured = true;
    await openChange(current, hunk, line);
    this.#tree.markOpened(hunk);
  }

  /** Where the hunk at which one was last stands in the list; -1 where there is none. */
  #place(): number {
    return this.#placeOf(this.#path.at(-1));
  }

  #placeOf(address: string | undefined): number {
    return this.#tree.nodes.findIndex(({ hunk }) => addressOf(hunk) === address);
  }

  async #reveal(): Promise<void> {
    const node = this.#tree.nodes[this.#place()];
    if (node && this.#view.visible) await this.#view.reveal(node, { select: true, focus: false });
  }

  async #show(address: string): Promise<void> {
    const node = this.#tree.nodes.find(({ hunk }) => addressOf(hunk) === address);
    if (node) await this.#view.reveal(node, { select: true, focus: true });
  }

  /** To the first in the list that was not opened yet: while files are read, others may come to stand before what was opened. */
  async #goOn(): Promise<void> {
    const { nodes, firstUnopened } = this.#tree;
    if (nodes.length === 0) return this.#offerReview();
    if (firstUnopened) await this.#goTo(firstUnopened);
    else await vscode.window.showInformationMessage(this.#allOpenedText());
  }

  /** To the one that was opened before. */
  async #goBack(): Promise<void> {
    const { nodes } = this.#tree;
    if (nodes.length === 0) return this.#offerReview();
    const before = nodes[this.#placeOf(this.#path.at(-2))];
    if (!before) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No change was opened before this one.'));
      return;
    }
    this.#path.pop();
    await this.#goTo(before);
  }

  async #goTo(node: HunkNode): Promise<void> {
    await this.#open(node);
    await this.#reveal();
  }

  #allOpenedText(): string {
    const { t } = vscode.l10n;
    const count = formatCount(this.#tree.nodes.length);
    if (this.#tree.nodes.length === 1 && !this.#reviewer.isReading) {
      return t('You have opened the only change of this review.');
    }
    return this.#reviewer.isReading
      ? t('You have opened all {0} changes that are read so far. Others may follow.', count)
      : t('You have opened all {0} changes of this review.', count);
  }

  async #offerReview(): Promise<void> {
    const { t } = vscode.l10n;
    if (this.#reviewer.current) {
      await vscode.window.showInformationMessage(
        this.#reviewer.isReading
          ? t('No change has been read yet. The list fills while files are read.')
          : t('This review has no changes to go to.'),
      );
      return;
    }
    const review = t('Review Changes');
    const chosen = await vscode.window.showInformationMessage(t('No changes are being reviewed.'), review);
    if (chosen) await vscode.commands.executeCommand('vitrine.reviewChanges');
  }
}

function legendText(): string {
  const least = formatCount(Math.max(LEAST_BITS, settings.colourFrom()));
  return vscode.l10n.t(
    'By the most surprising new token; a new name counts 4 bits less. Tinted: changed tokens of {0} bits or more.',
    least,
  );
}

/** It is there only while a change is reviewed. */
async function showView(isOpen: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', IS_OPEN, isOpen);
  if (isOpen) await vscode.commands.executeCommand('vitrine.changes.focus');
}

/** `2 generated, 1 deleted`, with the first path of each. */
function leftOutText(leftOut: readonly NotReviewed[]): string {
  const paths = new Map<NotReviewed['why'], string[]>();
  for (const { path, why } of leftOut) paths.set(why, [...(paths.get(why) ?? []), path]);
  return Array.from(paths, ([why, [first = '', ...others]]) => {
    const more = others.length > 0 ? ' …' : '';
    return `${formatCount(others.length + 1)} ${whyText(why)} (${first}${more})`;
  }).join(', ');
}

function whyText(why: NotReviewed['why']): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'ignored':
      return t('ignored by Git');
    case 'generated':
      return t('generated');
    case 'vendored':
      return t("others' code");
    case 'minified':
      return t('minified');
    case 'binary':
      return t('binary');
    case 'tooLarge':
      return t('over 1 MB');
    case 'notCode':
      return t('no code');
    case 'empty':
      return t('empty');
    case 'unreadable':
      return t('not readable as UTF-8');
    case 'deleted':
      return t('deleted');
    case 'submodule':
      return t('submodules');
    case 'link':
      return t('links');
    case 'conflict':
      return t('in conflict');
    case 'unchanged':
      return t('only renamed, or with another mode');
  }
}
