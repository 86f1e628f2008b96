import * as vscode from 'vscode';
import type { HeadSummary } from '../../shared/engine-api';
import { isSameHead } from '../../shared/head-address';
import { type TraceTokens, UNREAD } from '../../shared/inspector-api';
import type { Analysis } from '../analysis/analysis';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import type { Inspector } from '../inspector/inspector';
import { OneAtATime } from '../one-at-a-time';
import type { Services } from '../services';
import { type HeadNode, HeadTree } from './head-tree';
import type { ShownDocument } from './shown-document';

const REFRESH_MS = 200;
const NONE: readonly HeadSummary[] = [];

/** What each head does in the active document, as far as the model has read it for colours or for the inspector. Choosing one paints its attention. */
export class HeadsView implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #inspector: Inspector;
  readonly #shownDocument: ShownDocument;
  readonly #tree = new HeadTree();
  readonly #view: vscode.TreeView<HeadNode>;
  readonly #subscriptions: vscode.Disposable[];
  #shown: { of: Analysis | TraceTokens; heads: readonly HeadSummary[] } | undefined;

  constructor(services: Services, decorations: Decorations, inspector: Inspector, meant: ShownDocument) {
    this.#inspector = inspector;
    this.#decorations = decorations;
    this.#shownDocument = meant;
    this.#services = services;
    this.#view = vscode.window.createTreeView('vitrine.heads', { treeDataProvider: this.#tree });
    // The editor looks for an item to reveal in the tree as it is then: meanwhile that must not become another.
    const turns = new OneAtATime();
    const refresh = new Debounced(() => turns.run(() => this.#refresh()), REFRESH_MS);
    this.#subscriptions = [
      this.#view,
      this.#tree,
      refresh,
      services.analyses.onDidChange(() => refresh.request()),
      services.host.onDidChange(() => refresh.request()),
      inspector.store.onDidChange((changed) => 'subject' in changed && refresh.request()),
      meant.onDidChange(() => refresh.request()),
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
    const { document } = this.#shownDocument;
    const { inspection } = this.#inspector;
    const analysis = document && this.#services.analyses.get(document)?.analysis;
    // What it reads is told when that is done.
    if (!analysis && inspection.isAtWork) return;
    const read = document && inspection.readOf(document);
    if (analysis) await this.#show(analysis, () => this.#headsIn(analysis));
    else if (read) await this.#show(read, () => this.#headsOf(read));
    else this.#shown = undefined;
    this.#tree.show(this.#shown?.heads ?? NONE);
    await this.#follow();
  }

  /** Asks for what is not shown yet. */
  async #show(of: Analysis | TraceTokens, ask: () => Promise<readonly HeadSummary[]>): Promise<void> {
    if (this.#shown?.of !== of) this.#shown = { of, heads: await ask() };
  }

  /** Of what the inspector shows; none while the model has not read it. */
  async #headsOf({ trace, ids }: TraceTokens): Promise<readonly HeadSummary[]> {
    if (trace === UNREAD || ids.length < 2 || !this.#services.host.model) return NONE;
    return this.#inspector.inspection.engine.api.heads({ trace }).catch(() => NONE);
  }

  /** Of the first text that was read; none where the engine has forgotten it. */
  async #headsIn(analysis: Analysis): Promise<readonly HeadSummary[]> {
    const { analyses, host } = this.#services;
    const [part] = analysis.parts;
    if (!part || part.ids.length < 2 || !analyses.isLive(analysis)) return NONE;
    const { engine } = await host.use();
    return engine.heads({ trace: part.trace }).catch(() => NONE);
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
