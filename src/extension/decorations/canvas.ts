import * as vscode from 'vscode';

/** Something that is drawn over the text of the editors in view. */
export interface Layer {
  /** Draws it anew in one editor, or takes it away there. */
  draw(editor: vscode.TextEditor): void;
  /** Takes it away everywhere. */
  erase(): void;
}

/** Draws layers whenever what is seen changes: other editors, other lines, another theme. */
export class Canvas implements vscode.Disposable {
  readonly #layers: Layer[] = [];
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.redraw()),
      // A document whose language changes is closed and opened.
      vscode.workspace.onDidOpenTextDocument((document) => this.redraw(document.uri.toString())),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#drawIn(textEditor)),
      vscode.window.onDidChangeActiveColorTheme(() => {
        for (const layer of this.#layers) layer.erase();
        this.redraw();
      }),
    ];
  }

  add(layer: Layer): void {
    this.#layers.push(layer);
  }

  /** @param uri only the editors of this document. */
  redraw(uri?: string): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (uri === undefined || editor.document.uri.toString() === uri) this.#drawIn(editor);
    }
  }

  dispose(): void {
    for (const layer of this.#layers) layer.erase();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #drawIn(editor: vscode.TextEditor): void {
    if (editor.document.uri.scheme === 'output') return;
    for (const layer of this.#layers) layer.draw(editor);
  }
}
