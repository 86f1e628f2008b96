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

  /** What a view was asked to show it shows; from then on that is its own matter, also when it is hidden and shown again. */
  viewRequestSeen(): void {
    this.#state = { ...this.#state, viewRequest: {} };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
