import * as vscode from 'vscode';
import type { Decorations } from './decorations';

/** Lets the manifest ask whether the text in front is coloured: then the switch of the reading mode is in its title. */
export class ColouredContext implements vscode.Disposable {
  readonly #decorations: Decorations;
  readonly #subscriptions: vscode.Disposable[];
  #isColoured = false;

  constructor(decorations: Decorations) {
    this.#decorations = decorations;
    const update = () => this.#update();
    this.#subscriptions = [decorations.onDidChange(update), vscode.window.onDidChangeActiveTextEditor(update)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isColoured = document !== undefined && this.#decorations.isColoured(document);
    if (isColoured === this.#isColoured) return;
    this.#isColoured = isColoured;
    void vscode.commands.executeCommand('setContext', 'vitrine.coloured', isColoured);
  }
}
