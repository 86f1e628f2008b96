import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { MapEvents, MapHost, MapView } from '../../shared/map-api';
import { packFiles } from '../../shared/map-files';
import { readSource } from '../../workspace/files/read-source';
import { mostSurprisingLine } from '../../workspace/map/surprising-line';
import { symbolSums } from '../../workspace/map/symbol-sums';
import { webviewOptions, webviewPage } from '../inspector/page';
import { saveFile } from '../save-file';
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
    const title = vscode.l10n.t('Map of {0}', map.scanner.name);
    this.#panel = vscode.window.createWebviewPanel('vitrine.map', title, vscode.ViewColumn.Active, {
      ...webviewOptions(extension),
      // Who looks at a file comes back to the folder and the lines that were chosen.
      retainContextWhenHidden: true,
    });
    const { webview, onDidDispose } = this.#panel;
    this.onDidDispose = onDidDispose;
    const host = this.#host();
    const { rpc, connection } = connectWebview<MapEvents>(webview, (name) => checkedMethod(host, name), ['changed']);
    const following = map.onDidChange(({ state, files, gone }) => void rpc.changed(state, packFiles(files), gone));
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
    const { scanner } = this.#map;
    return {
      start: async () => ({
        language: spokenLanguage(),
        translations: { ...vscode.l10n.bundle },
        state: this.#map.state,
        files: packFiles(this.#map.files),
      }),
      setScanning: (isOn) => scanner.setScanning(isOn),
      endScan: () => scanner.end(),
      mostSurprisingLine: ({ path, view }) => this.#mostSurprisingLine(path, view),
      symbols: ({ path }) => this.#symbols(path),
      readNext: async ({ path }) => scanner.putFirst(path),
      open: ({ path, line }) => this.#open(path, line),
      save: (file) => saveFile(file, vscode.Uri.joinPath(scanner.uri, file.name)),
    };
  }

  async #mostSurprisingLine(path: string, view: MapView) {
    const { text, score } = await this.#read(path);
    return mostSurprisingLine(score, text, this.#map.state.norms, view);
  }

  async #symbols(path: string) {
    const document = await vscode.workspace.openTextDocument(this.#uriOf(path));
    const { score } = await this.#read(path);
    return symbolSums(await functionsIn(document), score.lines);
  }

  /** As the editor has it now, and else the disk: who only points at a file does not open it. */
  async #read(path: string) {
    const { scanner } = this.#map;
    const uri = this.#uriOf(path);
    const languageId = scanner.files.get(path)?.languageId ?? '';
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    const source = document ? { text: document.getText() } : await readSource(uri.fsPath, languageId);
    if ('leftOut' in source) throw goneError(path);
    const score = await scanner.scoreOf({ path, languageId, ...source }, new AbortController().signal);
    return { ...source, score };
  }

  async #open(path: string, line: number): Promise<void> {
    const editor = await vscode.window.showTextDocument(this.#uriOf(path), { viewColumn: vscode.ViewColumn.Beside });
    const { range } = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  }

  /** A page asks of files that the map has, and of no others. @throws VitrineError */
  #uriOf(path: string): vscode.Uri {
    const { uri, files } = this.#map.scanner;
    if (files.has(path)) return vscode.Uri.joinPath(uri, path);
    throw goneError(path);
  }
}

const goneError = (path: string) =>
  new VitrineError('map.gone', vscode.l10n.t('{0} can no longer be read, or is no longer in the folder.', path));
