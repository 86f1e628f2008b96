import * as vscode from 'vscode';
import type { InspectorState, ShownInView } from '../../shared/inspector-api';

/** What the inspector shows, however many webviews show it. */
export class InspectorStateStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Partial<InspectorState>>();
  readonly #shownChanged = new vscode.EventEmitter<void>();
  #state: InspectorState;
  #shown: ShownInView = {};

  /** Fires with what has changed. */
  readonly onDidChange = this.#changed.event;

  /** Fires when a view shows something else by its own choice. */
  readonly onDidChangeShown = this.#shownChanged.event;

  constructor(state: InspectorState) {
    this.#state = state;
  }

  get state(): InspectorState {
    return this.#state;
  }

  /** What the view in front shows by its own choice; empty until it has told. */
  get shown(): ShownInView {
    return this.#shown;
  }

  setShown(shown: ShownInView): void {
    this.#shown = shown;
    this.#shownChanged.fire();
  }

  change(changed: Partial<InspectorState>): void {
    if (changed.view !== undefined && changed.view !== this.#state.view) this.#shown = {};
    this.#state = { ...this.#state, ...changed };
    this.#changed.fire(changed);
  }

  /** Once a view has shown what it was asked to show, that is forgotten: a view that is hidden and shown again must not show it anew. */
  clearViewRequest(): void {
    this.#state = { ...this.#state, viewRequest: {} };
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#shownChanged).dispose();
  }
}
