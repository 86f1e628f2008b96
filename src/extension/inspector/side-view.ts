import type * as vscode from 'vscode';
import type { Inspector } from './inspector';
import { inspectorPage, webviewOptions } from './page';

/** The inspector in the side panel. */
export class InspectorSideView implements vscode.WebviewViewProvider {
  readonly #inspector: Inspector;
  readonly #extension: vscode.Uri;

  constructor(inspector: Inspector, extension: vscode.Uri) {
    this.#inspector = inspector;
    this.#extension = extension;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    webview.options = webviewOptions(this.#extension);
    const connection = this.#inspector.connect(view);
    view.onDidDispose(() => connection.dispose());
    webview.html = inspectorPage(webview, this.#extension);
  }
}
