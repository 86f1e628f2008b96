import * as vscode from 'vscode';
import { VitrineError } from '../shared/errors';

/**
 * The text that a person is in: that of the active editor, and while a log, a picture or a view of Vitrine's own has the
 * focus, the text from before; at first any that is in view. A notebook's cell is a text of its own.
 */
export class ActiveText implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #editor = textEditor(vscode.window.activeTextEditor) ?? vscode.window.visibleTextEditors.find(textEditor);

  /** Fires when it is another document. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    // A window that is loaded again with another editor in front may show its first text only after this begins.
    const first = vscode.window.onDidChangeVisibleTextEditors((editors) => {
      this.#set(this.#editor ?? editors.find(textEditor));
      if (this.#editor) first.dispose();
    });
    this.#subscriptions = vscode.Disposable.from(
      first,
      vscode.window.onDidChangeActiveTextEditor((editor) => textEditor(editor) && this.#set(editor)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.#editor?.document) this.#set(textEditor(vscode.window.activeTextEditor));
      }),
    );
  }

  /** The document, also while no editor shows it. */
  get document(): vscode.TextDocument | undefined {
    return this.#editor?.document;
  }

  /** Its editor; undefined where none is seen any longer. */
  get current(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const active = textEditor(activeTextEditor);
    return active ?? visibleTextEditors.find((editor) => editor === this.#editor);
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
    vscode.Disposable.from(this.#subscriptions, this.#changed).dispose();
  }

  #set(editor: vscode.TextEditor | undefined): void {
    const isSame = editor?.document === this.#editor?.document;
    this.#editor = editor;
    if (!isSame) this.#changed.fire();
  }
}

function textEditor(editor: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
  return editor && isText(editor.document) && !editor.document.isClosed ? editor : undefined;
}

/** Whether a document is text of a person's, not a log of the editor's. */
export function isText({ uri }: vscode.TextDocument): boolean {
  return uri.scheme !== 'output';
}
