import * as vscode from 'vscode';
import { onSettingsChange } from '../settings';
import { isRightToLeftInView } from './right-to-left';
import { followsCursor } from './visible';

/** Something that is drawn over the text of the editors in view. */
export interface Overlay {
  /** Draws it anew in one editor, or takes it away there. */
  draw(editor: vscode.TextEditor): void;
  /** Takes it away everywhere. */
  erase(): void;
}

/** Draws overlays whenever what is seen changes: other editors, other lines, another theme. */
export class Overlays implements vscode.Disposable {
  readonly #overlays: Overlay[] = [];
  readonly #waiting = new Set<vscode.TextEditor>();
  readonly #subscriptions: vscode.Disposable[];
  #drawing: NodeJS.Immediate | undefined;
  #isRightToLeft = false;

  constructor() {
    this.#subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.redraw()),
      // A document whose language changes is closed and opened.
      vscode.workspace.onDidOpenTextDocument((document) => this.redraw(document.uri.toString())),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#drawSoon(textEditor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (followsCursor(textEditor)) this.#drawSoon(textEditor);
      }),
      vscode.window.onDidChangeActiveColorTheme(() => this.#repaint()),
      onSettingsChange(['colours'], () => this.#repaint()),
    ];
  }

  add(overlay: Overlay): void {
    this.#overlays.push(overlay);
  }

  /** @param uri only the editors of this document. */
  redraw(uri?: string): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (uri === undefined || editor.document.uri.toString() === uri) this.#drawSoon(editor);
    }
  }

  dispose(): void {
    clearImmediate(this.#drawing);
    for (const overlay of this.#overlays) overlay.erase();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** Makes the decoration types anew. */
  #repaint(): void {
    for (const overlay of this.#overlays) overlay.erase();
    this.redraw();
  }

  /** Text from right to left takes other decorations. */
  #followDirection(): void {
    const isRightToLeft = isRightToLeftInView();
    if (isRightToLeft === this.#isRightToLeft) return;
    this.#isRightToLeft = isRightToLeft;
    this.#repaint();
  }

  /** One keystroke is reason for several redraws, which are done in one. */
  #drawSoon(editor: vscode.TextEditor): void {
    if (editor.document.uri.scheme === 'output') return;
    this.#waiting.add(editor);
    this.#drawing ??= setImmediate(() => this.#draw());
  }

  #draw(): void {
    this.#drawing = undefined;
    this.#followDirection();
    const editors = vscode.window.visibleTextEditors.filter((editor) => this.#waiting.has(editor));
    this.#waiting.clear();
    for (const editor of editors) for (const overlay of this.#overlays) overlay.draw(editor);
  }
}
