import * as vscode from 'vscode';
import type { ActiveText } from './active-text';

/** Lets the manifest ask, by the name of a context, whether something is so of the text in front. */
export class TextContext implements vscode.Disposable {
  readonly #name: string;
  readonly #isSo: (document: vscode.TextDocument) => boolean;
  readonly #activeText: ActiveText;
  readonly #subscriptions: vscode.Disposable[];
  #was = false;

  /** @param changed fires where it may be so no more, or now */
  constructor(
    name: string,
    isSo: (document: vscode.TextDocument) => boolean,
    activeText: ActiveText,
    changed: vscode.Event<void>,
  ) {
    this.#name = name;
    this.#isSo = isSo;
    this.#activeText = activeText;
    const update = () => this.#update();
    this.#subscriptions = [changed(update), vscode.window.onDidChangeActiveTextEditor(update)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    // Behind a log the text is still in front of the others; beside a view of Vitrine's own, which has a title too, it is not.
    const document = vscode.window.activeTextEditor && this.#activeText.current?.document;
    const isSo = document !== undefined && this.#isSo(document);
    if (isSo === this.#was) return;
    this.#was = isSo;
    void vscode.commands.executeCommand('setContext', this.#name, isSo);
  }
}
