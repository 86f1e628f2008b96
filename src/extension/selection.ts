import * as vscode from 'vscode';

/** An attention head; layers and heads count from 0. */
export interface HeadAddress {
  layer: number;
  head: number;
}

/** The one selection that the editor and every view share. The token is the editor's own cursor. */
export class Selection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #head: HeadAddress | undefined;

  readonly onDidChange = this.#changed.event;

  /** Undefined: the mean of all heads. */
  get head(): HeadAddress | undefined {
    return this.#head;
  }

  set head(head: HeadAddress | undefined) {
    if (head?.layer === this.#head?.layer && head?.head === this.#head?.head) return;
    this.#head = head;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
