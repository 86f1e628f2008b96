import type * as vscode from 'vscode';
import type { Inspector } from './inspector';
import { webviewOptions, webviewPage } from './page';
import type { PersistedState } from './persisted-state';

/** The inspector in the side panel. */
export class InspectorSideView implements vscode.WebviewViewProvider {
  readonly #inspector: Inspector;
  readonly #extension: vscode.Uri;
  readonly #persisted: PersistedState;

  constructor(inspector: Inspector, extension: vscode.Uri, memory: PersistedState) {
    this.#persisted = memory;
    this.#inspector = inspector;
    this.#extension = extension;
  }

  resolveWebviewView(view: vscode.WebviewView, { state }: vscode.WebviewViewResolveContext): void {
    const { webview } = view;
    webview.options = webviewOptions(this.#extension);
    const connection = this.#inspector.connect(view);
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#inspector.hidden(view);
    });
    view.onDidDispose(() => connection.dispose());
    webview.html = webviewPage(webview, this.#extension);
    // A window that is loaded again has what its views kept: one that is new shows nothing that nobody asked for.
    if (state !== undefined) void this.#persisted.restore();
  }
}
