import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import { registerCommand } from '../register-command';
import { timeLeft } from '../time-left';
import { addressOf } from './change-items';
import { SHOW_CHANGE } from './change-lenses';
import type { ChangeReview } from './change-review';
import { type ChangeNode, ChangesTree, type HunkNode, OPEN_CHANGE } from './changes-tree';
import { openChange } from './open-change';
import { CHANGES_VIEW, type Reviewer } from './reviewer';

const IS_OPEN = 'vitrine.reviewIsOpen';
const IS_READING = 'vitrine.reviewIsReading';

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
    this.#view = vscode.window.createTreeView(CHANGES_VIEW, { treeDataProvider: this.#tree });
    this.#subscriptions = [
      this.#view,
      reviewer.onDidChange(() => this.#refresh()),
      reviewer.onDidProgress(() => this.#tellProgress()),
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
    void setContext(IS_READING, this.#reviewer.isReading);
    this.#tellProgress();
  }

  /** One line: what the list is for is below. */
  #tellProgress(): void {
    const { current, isReading } = this.#reviewer;
    this.#view.message = current ? progressText(current, isReading, this.#tree.nodes.length) : '';
  }

  async #open({ hunk, token }: HunkNode): Promise<void> {
    const { current } = this.#reviewer;
    if (!current) return;
    const address = addressOf(hunk);
    if (this.#path.at(-1) !== address) this.#path.push(address);
    this.#reviewer.isColoured = true;
    this.#tree.markOpened(hunk);
    await openChange(current, hunk, token);
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
    const opened = this.#open(node);
    await this.#reveal();
    await opened;
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

function progressText({ review }: ChangeReview, isReading: boolean, hunks: number): string {
  const { t } = vscode.l10n;
  const { done, total, secondsLeft } = review;
  if (isReading) {
    const files = t('{0} of {1} files', formatCount(done), formatCount(total));
    return [files, timeLeft(secondsLeft) ?? []].flat().join(' · ');
  }
  if (done < total) return t('Stopped after {0} of {1} files.', formatCount(done), formatCount(total));
  if (hunks === 0) return t('Nothing in this change is code with other lines than before.');
  return t('In bits of the most surprising new token');
}

/** It is there only while a change is reviewed. */
async function showView(isOpen: boolean): Promise<void> {
  await setContext(IS_OPEN, isOpen);
  if (isOpen) await vscode.commands.executeCommand(`${CHANGES_VIEW}.focus`);
}

const setContext = (key: string, value: boolean) => vscode.commands.executeCommand('setContext', key, value);
