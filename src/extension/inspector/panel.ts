import * as vscode from 'vscode';
import type { Inspector } from './inspector';
import { webviewOptions, webviewPage } from './page';
import type { PersistedState } from './persisted-state';

const TYPE = 'vitrine.inspector';

/** The inspector beside the editor. A reloaded window gets it back. */
export class InspectorPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #inspector: Inspector;
  readonly #extension: vscode.Uri;
  readonly #persisted: PersistedState;
  readonly #serializer = vscode.window.registerWebviewPanelSerializer(TYPE, this);
  #panel: vscode.WebviewPanel | undefined;

  constructor(inspector: Inspector, extension: vscode.Uri, memory: PersistedState) {
    this.#persisted = memory;
    this.#inspector = inspector;
    this.#extension = extension;
  }

  /** Opens it beside the editor, or brings it to the front where it is. The focus goes there. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const options = webviewOptions(this.#extension);
    this.#fill(vscode.window.createWebviewPanel(TYPE, '', vscode.ViewColumn.Beside, options));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = webviewOptions(this.#extension);
    this.#fill(panel);
    // The editor shows nothing of it before it is answered: its page says how far the text is read.
    void this.#persisted.restore();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #fill(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.title = vscode.l10n.t('Inspector');
    const icon = (ground: 'light' | 'dark') => vscode.Uri.joinPath(this.#extension, 'media', `inspector-${ground}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const connection = this.#inspector.connect(panel);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#inspector.hidden(panel);
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.html = webviewPage(panel.webview, this.#extension);
  }
}
