import * as vscode from 'vscode';
import { isText } from '../last-text-editor';

/**
 * The text that a person means: that of the active editor, and while a log, a picture or a view of Vitrine's own has the
 * focus, the text from before; at first any that is in view. A notebook's cell is a text of its own.
 */
export class ShownDocument implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #document = textIn(vscode.window.activeTextEditor) ?? vscode.window.visibleTextEditors.map(textIn).find(Boolean);

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const document = textIn(editor);
        if (document) this.#set(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) this.#set(textIn(vscode.window.activeTextEditor));
      }),
    );
  }

  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscriptions, this.#changed).dispose();
  }

  #set(document: vscode.TextDocument | undefined): void {
    if (document === this.#document) return;
    this.#document = document;
    this.#changed.fire();
  }
}

function textIn(editor: vscode.TextEditor | undefined): vscode.TextDocument | undefined {
  return editor && isText(editor.document) && !editor.document.isClosed ? editor.document : undefined;
}
