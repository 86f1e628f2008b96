import * as vscode from 'vscode';
import { VitrineError } from '../shared/errors';

/** The editor of text that a person last was in: while a webview or a log has the focus, it is still the one that is meant. */
export class LastTextEditor implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #latest: vscode.TextEditor | undefined;

  constructor() {
    this.#remember(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#remember(editor));
  }

  /** Undefined where none is seen any longer. */
  get current(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor && isText(activeTextEditor.document)) return activeTextEditor;
    return this.#latest && visibleTextEditors.includes(this.#latest) ? this.#latest : undefined;
  }

  /**
   * @throws VitrineError where there is none, as in front of a picture or a very large file, and in a log: what is asked for
   * there must not happen to a text elsewhere
   */
  get(): vscode.TextEditor {
    const { activeTextEditor } = vscode.window;
    if (activeTextEditor && !isText(activeTextEditor.document)) {
      throw new VitrineError(
        'editor.log',
        vscode.l10n.t('Vitrine does not read logs. Click into a text, and try again.'),
      );
    }
    const { current } = this;
    if (current) return current;
    throw new VitrineError(
      'editor.none',
      vscode.l10n.t('There is no text in front. Open one; files over 50 MB are kept from all extensions.'),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #remember(editor: vscode.TextEditor | undefined): void {
    if (editor && isText(editor.document)) this.#latest = editor;
  }
}

/** Whether a document is text of a person's, not a log of the editor's. */
export function isText({ uri }: vscode.TextDocument): boolean {
  return uri.scheme !== 'output';
}
