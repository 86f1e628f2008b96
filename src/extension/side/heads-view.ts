import * as vscode from 'vscode';
import { absence } from '../../shared/capabilities';
import type { HeadSummary } from '../../shared/engine-api';
import { isSameHead } from '../../shared/head-address';
import { type TraceTokens, UNREAD } from '../../shared/inspector-api';
import type { Decorations } from '../decorations/decorations';
import { sentenceText } from '../error-text';
import type { Inspector } from '../inspector/inspector';
import { OneAtATime } from '../one-at-a-time';
import type { Reading } from '../readings/reading';
import type { Services } from '../services';
import { type HeadNode, HeadTree } from './head-tree';

type ReadTokens = Pick<TraceTokens, 'trace' | 'ids'>;

const REFRESH_MS = 200;
const NONE: readonly HeadSummary[] = [];

/** What each head does in the active document, as far as the model has read it for colours or for the inspector. Choosing one paints its attention. */
export class HeadsView implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #inspector: Inspector;
  readonly #tree = new HeadTree();
  readonly #view: vscode.TreeView<HeadNode>;
  readonly #subscriptions: vscode.Disposable[];
  #shown: { of: Reading | TraceTokens; heads: readonly HeadSummary[] } | undefined;

  constructor(services: Services, decorations: Decorations, inspector: Inspector) {
    this.#inspector = inspector;
    this.#decorations = decorations;
    this.#services = services;
    this.#view = vscode.window.createTreeView('vitrine.heads', { treeDataProvider: this.#tree });
    // The editor looks for an item to reveal in the tree as it is then: meanwhile that must not become another.
    const turns = new OneAtATime();
    const refresh = turns.debounced(() => this.#refresh(), REFRESH_MS);
    this.#subscriptions = [
      this.#view,
      this.#tree,
      refresh,
      refresh.requestOn(
        services.readings.onDidChange,
        services.host.onDidChange,
        services.activeText.onDidChange,
        this.#view.onDidChangeVisibility,
      ),
      inspector.store.onDidChange((changed) => 'subject' in changed && refresh.request()),
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
    const { inspection } = this.#inspector;
    const reading = document && this.#services.readings.get(document)?.reading;
    // What it reads is told when that is done.
    if (!reading && inspection.isAtWork) return;
    const read = document && inspection.readOf(document);
    if (reading) await this.#show(reading, reading.parts[0]);
    else await this.#show(read, read);
    const { model } = this.#services.host;
    this.#tree.show(this.#shown?.heads ?? NONE, model?.layers ?? []);
    const isAbsent = model && !model.capabilities.hasAttention;
    this.#view.message = isAbsent ? sentenceText(absence('hasAttention', model.name)) : '';
    await this.#follow();
  }

  /** @param first the first text of it */
  async #show(of: Reading | TraceTokens | undefined, first: ReadTokens | undefined): Promise<void> {
    if (!of) this.#shown = undefined;
    else if (this.#shown?.of !== of) this.#shown = { of, heads: await this.#headsIn(first) };
  }

  /** None where the model cannot say, and while only the tokenizer has read it. */
  async #headsIn(read: ReadTokens | undefined): Promise<readonly HeadSummary[]> {
    if (!read || read.trace === UNREAD || read.ids.length < 2) return NONE;
    if (!this.#services.host.model?.capabilities.hasAttention) return NONE;
    return this.#services.readings.engine.heads({ trace: read.trace }).catch(() => NONE);
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
