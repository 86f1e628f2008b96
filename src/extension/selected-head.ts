import * as vscode from 'vscode';
import { type HeadAddress, isSameHead } from '../shared/head-address';

/** The one selection that the editor and every view share. The token is the editor's own cursor. */
export class SelectedHead implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #head: HeadAddress | undefined;

  readonly onDidChange = this.#changed.event;

  /** Undefined: the mean of all heads. */
  get head(): HeadAddress | undefined {
    return this.#head;
  }

  set head(head: HeadAddress | undefined) {
    if (isSameHead(head, this.#head)) return;
    this.#head = head;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
