import * as vscode from 'vscode';
import type { InspectorState } from '../../shared/inspector-api';

/** What the inspector shows, however many webviews show it. */
export class InspectorStore implements vscode.Disposable {
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

  /** What a view has been told to show beside the text is its own matter from then on. */
  vocabulariesTold(): void {
    const { vocabularies, ...asked } = this.#state.asked;
    this.#state = { ...this.#state, asked };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
