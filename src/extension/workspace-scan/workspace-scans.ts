import { join } from 'node:path';
import * as vscode from 'vscode';
import type { BackgroundWork } from '../background/background-work';
import { Debounced } from '../debounced';
import type { EngineHost } from '../engine/engine-host';
import { isOnBattery } from './battery';
import { FileModels } from './file-models';
import { FolderScanner } from './folder-scanner';

const BATTERY_MS = 30_000;
/** A scan that was going on when the window was closed lets the window come first. */
const RESUME_MS = 5000;
/** A tool that writes many files is let finish. */
const CHANGES_MS = 1000;

const keyOf = ({ uri }: { uri: vscode.Uri }) => `vitrine.scan ${uri.toString()}`;

/** The folders of the workspace, as the background reader knows them: those on this machine's disk. */
export class WorkspaceScans implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #foldersChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #followed = new Map<FolderScanner, vscode.Disposable>();
  readonly #make: (folder: vscode.WorkspaceFolder) => FolderScanner;
  #isOnBattery = false;

  /** Fires when anything of any folder is another. */
  readonly onDidChange = this.#changed.event;
  /** Fires when folders come or go. */
  readonly onDidChangeFolders = this.#foldersChanged.event;

  constructor(context: vscode.ExtensionContext, host: EngineHost, background: BackgroundWork) {
    this.#memory = context.workspaceState;
    const models = new FileModels(host, background.gate);
    const results = join(context.globalStorageUri.fsPath, 'results');
    const isOnBattery = () => this.#isOnBattery;
    this.#make = (folder) => {
      const remember = async (isOn: boolean) => this.#memory.update(keyOf(folder), isOn || undefined);
      return new FolderScanner(folder, { reader: background.reader, models, results, isOnBattery, remember });
    };
    const battery = setInterval(() => {
      if (this.folders.some(({ isOn }) => isOn)) void this.#lookAtBattery();
    }, BATTERY_MS);
    const resume = setTimeout(() => void this.#resume(), RESUME_MS);
    this.#subscriptions = [
      this.#changed,
      this.#foldersChanged,
      { dispose: () => clearInterval(battery) },
      { dispose: () => clearTimeout(resume) },
      host.onDidChange(() => {
        for (const folder of this.folders) folder.modelChanged();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#follow()),
    ];
    this.#follow();
  }

  get folders(): readonly FolderScanner[] {
    return [...this.#followed.keys()];
  }

  /** Begins, or goes on. */
  async start(): Promise<void> {
    await this.#lookAtBattery();
    await Promise.all(this.folders.map((folder) => folder.setScanning(true)));
  }

  async pause(): Promise<void> {
    await Promise.all(this.folders.filter(({ isOn }) => isOn).map((folder) => folder.setScanning(false)));
  }

  async end(): Promise<void> {
    await Promise.all(this.folders.map((folder) => folder.end()));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, ...this.#followed.values(), ...this.folders).dispose();
  }

  async #resume(): Promise<void> {
    const wereOn = this.folders.filter((folder) => this.#memory.get(keyOf(folder)));
    if (wereOn.length > 0) await this.#lookAtBattery();
    await Promise.all(wereOn.map((folder) => folder.setScanning(true)));
  }

  async #lookAtBattery(): Promise<void> {
    const before = this.#isOnBattery;
    this.#isOnBattery = await isOnBattery();
    if (this.#isOnBattery !== before) for (const folder of this.folders) folder.batteryChanged();
  }

  #follow(): void {
    const wanted = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    for (const [folder, following] of this.#followed) {
      if (wanted.some(({ uri }) => uri.toString() === folder.uri.toString())) continue;
      vscode.Disposable.from(following, folder).dispose();
      this.#followed.delete(folder);
    }
    for (const one of wanted) {
      if (this.folders.some(({ uri }) => uri.toString() === one.uri.toString())) continue;
      const folder = this.#make(one);
      this.#followed.set(folder, this.#followFiles(folder));
    }
    this.#foldersChanged.fire();
    this.#changed.fire();
  }

  #followFiles(folder: FolderScanner): vscode.Disposable {
    const changed = new Set<vscode.Uri>();
    let isOther = false;
    const tell = new Debounced(async () => {
      const uris = [...changed];
      changed.clear();
      for (const uri of uris) folder.fileChanged(uri, false);
      if (isOther) folder.fileChanged(folder.uri, true);
      isOther = false;
    }, CHANGES_MS);
    const cameOrWent = ({ path }: vscode.Uri) => {
      if (path.includes('/.git/') || path.includes('/node_modules/')) return;
      isOther = true;
      tell.request();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.uri, '**/*'));
    return vscode.Disposable.from(
      tell,
      watcher,
      folder.onDidChange(() => this.#changed.fire()),
      watcher.onDidCreate(cameOrWent),
      watcher.onDidDelete(cameOrWent),
      watcher.onDidChange((uri) => {
        changed.add(uri);
        tell.request();
      }),
    );
  }
}
