import * as v from 'valibot';
import * as vscode from 'vscode';
import { VIEWS } from '../../shared/inspector-api';
import { Debounced } from '../debounced';
import type { Inspector } from './inspector';
import { Target } from './target';

const KEY = 'vitrine.inspected';
const PAUSE_MS = 200;

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const span = v.object({ start: index, end: index });
const savedState = v.object({
  uri: v.string(),
  spans: v.array(span),
  main: span,
  isVisiblePart: v.boolean(),
  isPinned: v.optional(v.boolean(), false),
  view: v.picklist(VIEWS),
  layer: v.optional(index),
  head: v.optional(index),
  /** Where in the document the selected token begins. */
  select: v.optional(index),
});
type Saved = v.InferOutput<typeof savedState>;

/** Remembers what is inspected, for a window that is loaded again. */
export class PersistedState implements vscode.Disposable {
  readonly #inspector: Inspector;
  readonly #memento: vscode.Memento;
  readonly #remember = new Debounced(() => this.#write(), PAUSE_MS);
  readonly #subscription: vscode.Disposable;

  constructor(inspector: Inspector, memento: vscode.Memento) {
    this.#inspector = inspector;
    this.#memento = memento;
    this.#subscription = this.#remember.requestOn(inspector.store.onDidChange);
  }

  /** Inspects again what was inspected; nothing where something is, or where the document is gone. */
  async restore(): Promise<void> {
    const { inspection, store } = this.#inspector;
    const { success, output } = v.safeParse(savedState, this.#memento.get(KEY));
    if (!success || inspection.target) return;
    const { uri, spans, main, isVisiblePart, isPinned, view, layer, head, select } = output;
    store.change({ view, isPinned, selected: { ...store.state.selected, layer, head } });
    const document = await Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).catch(
      () => undefined,
    );
    if (document && !inspection.target)
      await inspection.inspect(new Target(document, spans, main, isVisiblePart), select);
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#remember).dispose();
  }

  async #write(): Promise<void> {
    const { inspection, store } = this.#inspector;
    if (!inspection.target) return;
    const { document, spans, main, isVisiblePart } = inspection.target;
    const { view, isPinned, selected } = store.state;
    const { layer, head } = selected;
    const select = inspection.selectedOffset;
    const place = { uri: document.uri.toString(), spans: [...spans], main, isVisiblePart };
    const saved: Saved = { ...place, isPinned, view, layer, head, select };
    await this.#memento.update(KEY, saved);
  }
}
