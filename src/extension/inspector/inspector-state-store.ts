import * as vscode from 'vscode';
import type { InspectorState } from '../../shared/inspector-api';

/** What the inspector shows, however many webviews show it. */
export class InspectorStateStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Partial<InspectorState>>();
  #state: InspectorState;

  /** Fires with what has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(state: InspectorState) {
    this.#state = state;
  }

  get state(): InspectorState {
    return this.#state;
  }

  change(changed: Partial<InspectorState>): void {
    this.#state = { ...this.#state, ...changed };
    this.#changed.fire(changed);
  }

  /** Once a view has shown what it was asked to show, that is forgotten: a view that is hidden and shown again must not show it anew. */
  clearViewRequest(): void {
    this.#state = { ...this.#state, viewRequest: {} };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
