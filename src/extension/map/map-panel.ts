import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { MapEvents, MapHost, MapView } from '../../shared/map-api';
import { mostSurprisingLine } from '../../workspace/map/surprising-line';
import { symbolSums } from '../../workspace/map/symbol-sums';
import { webviewOptions, webviewPage } from '../inspector/page';
import { spokenLanguage } from '../spoken-language';
import { connectWebview } from '../webview-rpc';
import type { FolderMap } from './folder-map';
import { functionsIn } from './functions';
import { checkedMethod } from './requests';

/** The map of a folder in a tab of its own. */
export class MapPanel implements vscode.Disposable {
  readonly #map: FolderMap;
  readonly #panel: vscode.WebviewPanel;

  readonly onDidDispose: vscode.Event<void>;

  constructor(map: FolderMap, extension: vscode.Uri) {
    this.#map = map;
    const title = vscode.l10n.t('Map of {0}', map.scanned.name);
    this.#panel = vscode.window.createWebviewPanel('vitrine.map', title, vscode.ViewColumn.Active, {
      ...webviewOptions(extension),
      // Who looks at a file comes back to the folder and the lines that were chosen.
      retainContextWhenHidden: true,
    });
    const { webview, onDidDispose } = this.#panel;
    this.onDidDispose = onDidDispose;
    const host = this.#host();
    const { rpc, connection } = connectWebview<MapEvents>(webview, (name) => checkedMethod(host, name), ['changed']);
    const following = map.onDidChange(({ state, files, gone }) => void rpc.changed(state, files, gone));
    onDidDispose(() => vscode.Disposable.from(connection, following).dispose());
    webview.html = webviewPage(webview, extension, 'map.js');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #host(): MapHost {
    const { scanned } = this.#map;
    return {
      start: async () => ({
        language: spokenLanguage(),
        translations: { ...vscode.l10n.bundle },
        state: this.#map.state,
        files: this.#map.files,
      }),
      setScanning: (isOn) => scanned.setScanning(isOn),
      endScan: () => scanned.end(),
      mostSurprisingLine: ({ path, view }) => this.#mostSurprisingLine(path, view),
      symbols: ({ path }) => this.#symbols(path),
      open: ({ path, line }) => this.#open(path, line),
    };
  }

  async #mostSurprisingLine(path: string, view: MapView) {
    const { text, score } = await this.#read(path);
    return mostSurprisingLine(score, text, this.#map.state.norms, view);
  }

  async #symbols(path: string) {
    const { document, score } = await this.#read(path);
    return symbolSums(await functionsIn(document), score.lines);
  }

  /** As the editor has it now. */
  async #read(path: string) {
    const { scanned } = this.#map;
    const document = await vscode.workspace.openTextDocument(this.#uriOf(path));
    const text = document.getText();
    const { languageId } = scanned.files.get(path) ?? document;
    const score = await scanned.scoreOf({ path, languageId, text }, new AbortController().signal);
    return { document, text, score };
  }

  async #open(path: string, line: number): Promise<void> {
    const editor = await vscode.window.showTextDocument(this.#uriOf(path), { viewColumn: vscode.ViewColumn.Beside });
    const { range } = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  }

  /** A page asks of files that the map has, and of no others. @throws VitrineError */
  #uriOf(path: string): vscode.Uri {
    const { uri, files } = this.#map.scanned;
    if (files.has(path)) return vscode.Uri.joinPath(uri, path);
    throw new VitrineError('map.gone', vscode.l10n.t('{0} is no longer in the folder.', path));
  }
}
