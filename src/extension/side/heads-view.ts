import * as vscode from 'vscode';
import type { HeadSummary } from '../../shared/engine-api';
import { isSameHead } from '../../shared/head-address';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import { OneAtATime } from '../one-at-a-time';
import type { Reading } from '../readings/reading';
import type { Services } from '../services';
import { type HeadNode, HeadTree } from './head-tree';

const REFRESH_MS = 200;
const NONE: readonly HeadSummary[] = [];

/** What each head does in the active document, as far as the model has read it. Choosing one paints its attention. */
export class HeadsView implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #tree = new HeadTree();
  readonly #view: vscode.TreeView<HeadNode>;
  readonly #subscriptions: vscode.Disposable[];
  #shown: { reading: Reading; heads: readonly HeadSummary[] } | undefined;

  constructor(services: Services, decorations: Decorations) {
    this.#decorations = decorations;
    this.#services = services;
    this.#view = vscode.window.createTreeView('vitrine.heads', { treeDataProvider: this.#tree });
    // The editor looks for an item to reveal in the tree as it is then: meanwhile that must not become another.
    const turns = new OneAtATime();
    const refresh = new Debounced(() => turns.run(() => this.#refresh()), REFRESH_MS);
    this.#subscriptions = [
      this.#view,
      this.#tree,
      refresh,
      services.readings.onDidChange(() => refresh.request()),
      services.host.onDidChange(() => refresh.request()),
      services.activeText.onDidChange(() => refresh.request()),
      this.#view.onDidChangeVisibility(() => refresh.request()),
      this.#view.onDidChangeSelection(({ selection }) => this.#choose(selection[0])),
      services.selection.onDidChange(() => turns.run(() => this.#follow())),
    ];
    refresh.request();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #refresh(): Promise<void> {
    if (!this.#view.visible) return;
    const { document } = this.#services.activeText;
    const reading = document && this.#services.readings.get(document)?.reading;
    if (!reading || this.#shown?.reading !== reading) {
      this.#shown = reading && { reading, heads: await this.#headsIn(reading) };
    }
    this.#tree.show(this.#shown?.heads ?? NONE);
    await this.#follow();
  }

  /** Of the first text that was read; none where the engine cannot say. */
  async #headsIn(reading: Reading): Promise<readonly HeadSummary[]> {
    const [part] = reading.parts;
    if (!part || part.ids.length < 2) return NONE;
    return this.#services.readings.engine.heads({ trace: part.trace }).catch(() => NONE);
  }

  #choose(node: HeadNode | undefined): void {
    if (node?.kind === 'mean') this.#services.selection.head = undefined;
    const { selection } = this.#services;
    if (node?.kind !== 'head' || isSameHead(node.head, selection.head)) return;
    selection.head = { layer: node.head.layer, head: node.head.head };
    // Who chooses a head here wants to see where it looks.
    if (!this.#decorations.isAttentionOn) void vscode.commands.executeCommand('vitrine.attentionFromCursor');
  }

  /** Shows the head that was chosen elsewhere. */
  async #follow(): Promise<void> {
    const { head } = this.#services.selection;
    const [selected] = this.#view.selection;
    if (!this.#view.visible || !head || (selected?.kind === 'head' && isSameHead(selected.head, head))) return;
    const node = this.#tree.find(head);
    if (node) await this.#view.reveal(node, { select: true, focus: false });
  }
}
