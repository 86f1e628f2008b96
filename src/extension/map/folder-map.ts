import * as vscode from 'vscode';
import { type MapFile, type MapState, type NotMapped, WHOLE_VIEW } from '../../shared/map-api';
import { Norms, type Score, scoreOfFile } from '../../workspace/map/score';
import { WorkspaceMap } from '../../workspace/map/workspace-map';
import type { FolderScanner } from '../workspace-scan/folder-scanner';

/** How often who looks is told, and for each file: a large map takes its time to be drawn. */
const TELL_MS = 500;
const TELL_MS_A_FILE = 0.05;

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
  readonly scanner: FolderScanner;
  readonly #changed = new vscode.EventEmitter<MapChange>();
  readonly #subscriptions: vscode.Disposable;
  #map = new WorkspaceMap();
  /** Of the model whose numbers the map has: of another it has others. */
  #statistics: FolderScanner['statistics'];
  /** Not told yet. */
  #files = new Map<string, MapFile>();
  #gone = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** Twice a second at most. */
  readonly onDidChange = this.#changed.event;

  constructor(scanner: FolderScanner) {
    this.scanner = scanner;
    this.#statistics = scanner.statistics;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      scanner.onDidRead((score) => {
        this.#renew();
        this.#put(this.#map.read(score));
        this.#tellSoon();
      }),
      scanner.onDidChange(() => this.#tellSoon()),
    );
    this.#follow();
  }

  get files(): MapFile[] {
    return this.#map.files;
  }

  get state(): MapState {
    const { name, model, scanning, progress, leftOut, notice } = this.scanner;
    const notMapped = new Map<string, NotMapped>([
      ...leftOut,
      ...this.#map.tooShort.map((path) => [path, 'tooShort'] as const),
    ]);
    return { name, model, scanning, progress, leftOut: reasonsOf(notMapped), norms: this.#map.norms, notice };
  }

  /** Of a file that is read, all of its lines. */
  scoreOf(path: string): Score | undefined {
    const file = this.#map.get(path);
    return file?.sums && scoreOfFile(file, new Norms(this.#map.norms), WHOLE_VIEW);
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
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#follow();
        this.#changed.fire({ state: this.state, files: [...this.#files.values()], gone: [...this.#gone] });
        this.#files = new Map();
        this.#gone = new Set();
      },
      TELL_MS + TELL_MS_A_FILE * this.scanner.files.size,
    );
  }

  /** Where another model reads, nothing of the folder is read yet. */
  #renew(): void {
    if (this.#statistics === this.scanner.statistics) return;
    this.#statistics = this.scanner.statistics;
    for (const { path } of this.#map.files) this.#gone.add(path);
    this.#files.clear();
    this.#map = new WorkspaceMap();
  }

  /** Files come and go while a folder is looked through. */
  #follow(): void {
    this.#renew();
    const { files } = this.scanner;
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

function reasonsOf(notMapped: ReadonlyMap<string, NotMapped>): MapState['leftOut'] {
  const reasons = new Map<NotMapped, MapState['leftOut'][number]>();
  for (const [path, reason] of notMapped) {
    const all = reasons.get(reason) ?? { reason, files: 0, examples: [] };
    reasons.set(reason, all);
    all.files++;
    if (all.examples.length < EXAMPLES) all.examples.push(path);
  }
  return [...reasons.values()].sort((one, other) => other.files - one.files);
}
