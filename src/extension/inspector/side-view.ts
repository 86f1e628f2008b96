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

  resolveWebviewView({ webview, onDidDispose }: vscode.WebviewView): void {
    webview.options = webviewOptions(this.#extension);
    const connection = this.#inspector.connect(webview);
    onDidDispose(() => connection.dispose());
    webview.html = inspectorPage(webview, this.#extension);
  }
}
