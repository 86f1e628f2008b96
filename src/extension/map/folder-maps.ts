import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Score } from '../../workspace/map/score';
import type { WorkspaceScans } from '../workspace-scan/workspace-scans';
import { FolderMap } from './folder-map';

/** The maps of the workspace's folders, which know what is read from the start. */
export class FolderMaps implements vscode.Disposable {
  readonly #scans: WorkspaceScans;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #maps: readonly FolderMap[] = [];

  /** Twice a second at most, while a folder is read. */
  readonly onDidChange = this.#changed.event;

  constructor(scans: WorkspaceScans) {
    this.#scans = scans;
    this.#subscription = scans.onDidChangeFolders(() => this.#follow());
    this.#follow();
  }

  get all(): readonly FolderMap[] {
    return this.#maps;
  }

  /** The map that a file or folder is in; undefined where it is in none. */
  of(uri: vscode.Uri): FolderMap | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return this.#maps.find(({ scanner }) => scanner.uri.toString() === folder?.uri.toString());
  }

  /** Of a file that is read. */
  scoreOf(uri: vscode.Uri): Score | undefined {
    const map = this.of(uri);
    return map?.scoreOf(pathIn(map.scanner.uri, uri));
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#changed, ...this.#maps).dispose();
  }

  #follow(): void {
    const { folders } = this.#scans;
    const kept = this.#maps.filter(({ scanner }) => folders.includes(scanner));
    for (const map of this.#maps) if (!kept.includes(map)) map.dispose();
    const known = kept.map(({ scanner }) => scanner);
    const made = folders.filter((scanner) => !known.includes(scanner)).map((scanner) => new FolderMap(scanner));
    for (const map of made) map.onDidChange(() => this.#changed.fire());
    this.#maps = [...kept, ...made];
  }
}

/** With `/`. */
export const pathIn = (folder: vscode.Uri, { fsPath }: vscode.Uri): string =>
  relative(folder.fsPath, fsPath).replaceAll(sep, '/');
