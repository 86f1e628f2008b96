import * as vscode from 'vscode';
import type { MapFile, MapState } from '../../shared/map-api';
import type { LeftOut } from '../../shared/workspace-api';
import { WorkspaceMap } from '../../workspace/map/workspace-map';
import type { ScannedFolder } from './scanned-folder';

/** How often who looks is told. */
const TELL_MS = 500;

/** Paths that are named of those that are left out for one reason. */
const EXAMPLES = 20;

/** What has changed since it was told last. */
export interface MapChange {
  state: MapState;
  files: MapFile[];
  gone: string[];
}

/** What a folder comes to, while it is read. */
export class FolderMap implements vscode.Disposable {
  readonly scanned: ScannedFolder;
  readonly #map = new WorkspaceMap();
  readonly #changed = new vscode.EventEmitter<MapChange>();
  readonly #subscriptions: vscode.Disposable;
  #files = new Map<string, MapFile>();
  #gone = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** Twice a second at most. */
  readonly onDidChange = this.#changed.event;

  constructor(scanned: ScannedFolder) {
    this.scanned = scanned;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      scanned.onDidRead((score) => {
        this.#put(this.#map.read(score));
        this.#tellSoon();
      }),
      scanned.onDidChange(() => this.#tellSoon()),
    );
    this.#follow();
  }

  get files(): MapFile[] {
    return this.#map.files;
  }

  get state(): MapState {
    const { name, model, scanning, progress, leftOut, notice } = this.scanned;
    return { name, model, scanning, progress, leftOut: reasonsOf(leftOut), norms: this.#map.norms, notice };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #put(file: MapFile): void {
    this.#gone.delete(file.path);
    this.#files.set(file.path, file);
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#follow();
      this.#changed.fire({ state: this.state, files: [...this.#files.values()], gone: [...this.#gone] });
      this.#files = new Map();
      this.#gone = new Set();
    }, TELL_MS);
  }

  /** Files come and go while a folder is looked through. */
  #follow(): void {
    const { files } = this.scanned;
    const known = new Set(this.#map.files.map(({ path }) => path));
    for (const { path, languageId, bytes } of files.values()) {
      if (!known.has(path)) this.#put(this.#map.expect(path, languageId, bytes));
    }
    for (const path of known) {
      if (files.has(path)) continue;
      this.#map.remove(path);
      this.#files.delete(path);
      this.#gone.add(path);
    }
  }
}

function reasonsOf(leftOut: ReadonlyMap<string, LeftOut>): MapState['leftOut'] {
  const reasons = new Map<LeftOut, MapState['leftOut'][number]>();
  for (const [path, reason] of leftOut) {
    const all = reasons.get(reason) ?? { reason, files: 0, examples: [] };
    reasons.set(reason, all);
    all.files++;
    if (all.examples.length < EXAMPLES) all.examples.push(path);
  }
  return [...reasons.values()].sort((one, other) => other.files - one.files);
}
