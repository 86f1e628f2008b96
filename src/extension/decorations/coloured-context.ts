import * as vscode from 'vscode';
import type { ActiveText } from '../active-text';
import type { Decorations } from './decorations';

/** Lets the manifest ask whether the text in front is coloured: then the switch of the reading mode is in its title. */
export class ColouredContext implements vscode.Disposable {
  readonly #decorations: Decorations;
  readonly #activeText: ActiveText;
  readonly #subscriptions: vscode.Disposable[];
  #isColoured = false;

  constructor(decorations: Decorations, activeText: ActiveText) {
    this.#decorations = decorations;
    this.#activeText = activeText;
    const update = () => this.#update();
    this.#subscriptions = [decorations.onDidChange(update), vscode.window.onDidChangeActiveTextEditor(update)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    // Behind a log the text is still in front of the others; beside a view of Vitrine's own, which has a title too, it is not.
    const document = vscode.window.activeTextEditor && this.#activeText.current?.document;
    const isColoured = document !== undefined && this.#decorations.isColoured(document);
    if (isColoured === this.#isColoured) return;
    this.#isColoured = isColoured;
    void vscode.commands.executeCommand('setContext', 'vitrine.coloured', isColoured);
  }
}
