import * as vscode from 'vscode';

/** Within so long of each other one document is closed and another opened. */
const MOVING_MS = 2000;

/**
 * Finds the document in which the text of a closed one goes on: a file that is renamed, saved for the first time or given
 * another language is a new document to the editor.
 */
export class DocumentSuccessors implements vscode.Disposable {
  readonly #isFollowed: (document: vscode.TextDocument) => boolean;
  readonly #followUp: (from: vscode.TextDocument, to: vscode.TextDocument) => void;
  readonly #opened = new Set<vscode.TextDocument>();
  /** With what had been opened just before them. */
  readonly #closed = new Map<vscode.TextDocument, ReadonlySet<vscode.TextDocument>>();
  readonly #subscriptions: vscode.Disposable;

  /** @param isFollowed whether anybody wants to know: long texts take a while to compare */
  constructor(
    isFollowed: (document: vscode.TextDocument) => boolean,
    followUp: (from: vscode.TextDocument, to: vscode.TextDocument) => void,
  ) {
    this.#isFollowed = isFollowed;
    this.#followUp = followUp;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#opened.add(document);
        setTimeout(() => this.#opened.delete(document), MOVING_MS);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#closed.set(document, new Set(this.#opened));
        setTimeout(() => this.#closed.delete(document), MOVING_MS);
        // By then it is open again where only its language has changed.
        setImmediate(() => this.#findSuccessors());
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#findSuccessors()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #findSuccessors(): void {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    for (const [from, before] of this.#closed) {
      if (!this.#isFollowed(from)) continue;
      // What was never saved is emptied before it is closed, when its file is there.
      const isSaved = from.isUntitled && from.getText() === '';
      const isSuccessor = (document: vscode.TextDocument) =>
        this.#opened.has(document) && (isSaved ? before.has(document) : document.getText() === from.getText());
      const to = shown.find(isSuccessor);
      if (!to) continue;
      this.#closed.delete(from);
      this.#followUp(from, to);
    }
  }
}
