import { join } from 'node:path';
import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import { type ChangeScope, type Changes, readChanges } from '../../workspace/changes/changed-files';
import { Git } from '../../workspace/changes/git';
import { Review } from '../../workspace/changes/review';
import { sizeOfChanges } from '../../workspace/changes/size-of-changes';
import { modelKeyOf, readingLimitsOf } from '../../workspace/file-model';
import type { FileReader } from '../../workspace/score-file';
import { TokenStore } from '../../workspace/token-store';
import type { Services } from '../services';
import { settings } from '../settings';
import { ChangeReview } from './change-review';
import type { GitApi, Repository } from './git-extension';

/** Where the list of a change is, and how far its reading. */
export const CHANGES_VIEW = 'vitrine.changes';

export type ScopeOf = (git: Git) => Promise<ChangeScope>;

/** Has the model read a change, and holds what it makes of it. */
export class Reviewer implements vscode.Disposable {
  readonly #services: Pick<Services, 'host' | 'tokens'>;
  readonly #folder: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  #current: ChangeReview | undefined;
  #reading: vscode.CancellationTokenSource | undefined;
  #again: (() => Promise<void>) | undefined;
  #isColoured = false;

  /** Fires when a file has been read, when what was read is put away, and when its colours are or are seen again. */
  readonly onDidChange = this.#changed.event;
  /** Fires when something has been read, also where there is nothing more to see yet. */
  readonly onDidProgress = this.#progressed.event;

  constructor({ globalStorageUri }: vscode.ExtensionContext, services: Services) {
    this.#services = services;
    this.#folder = join(globalStorageUri.fsPath, 'results');
  }

  get current(): ChangeReview | undefined {
    return this.#current;
  }

  /** The same while its colours are to be seen. */
  get coloured(): ChangeReview | undefined {
    return this.#isColoured ? this.#current : undefined;
  }

  /** Whether colours are to be seen. */
  set isColoured(isOn: boolean) {
    if (isOn === this.#isColoured) return;
    this.#isColoured = isOn;
    this.#changed.fire();
  }

  /** Whether files are still to come. */
  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** Reads a change, until somebody ends it: what has been read by then stays. */
  async read(api: GitApi, repository: Repository, scopeOf: ScopeOf, opened?: ReadonlySet<string>): Promise<void> {
    const root = repository.rootUri.fsPath;
    const git = await Git.open(root, api.git.path);
    const scope = await scopeOf(git);
    const changes = await readChanges(git, scope);
    if (changes.files.length + changes.notCompared.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing has changed, so there is nothing to review.'));
      return;
    }
    this.stop();
    const reading = new vscode.CancellationTokenSource();
    this.#reading = reading;
    const review = new Review(changes);
    // In the editor's words: Git follows links.
    this.#current = new ChangeReview(review, scope, api, { root }, opened);
    this.#again = () => this.read(api, repository, scopeOf, this.#current?.opened);
    this.#isColoured = true;
    this.#changed.fire();
    await vscode.window.withProgress({ location: { viewId: CHANGES_VIEW } }, () =>
      this.#read(git, changes, review, reading),
    );
  }

  /** Reads the same change again, as it is now, and goes on where that was ended. @returns whether there is one */
  async readAgain(): Promise<boolean> {
    await this.#again?.();
    return this.#again !== undefined;
  }

  /** Ends the reading; what has been read stays. */
  stop(): void {
    this.#reading?.cancel();
  }

  clear(): void {
    this.stop();
    this.#current = undefined;
    this.#again = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.stop();
    vscode.Disposable.from(this.#changed, this.#progressed).dispose();
  }

  async #read(git: Git, changes: Changes, review: Review, reading: vscode.CancellationTokenSource): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    reading.token.onCancellationRequested(() => controller.abort());
    try {
      await this.#allow(git, changes, signal);
      await review.read(git, changes, await this.#reader(reading.token), {
        signal,
        comments: settings.colourComments(),
        read: () => this.#progressed.fire(),
        progressed: () => {
          if (!signal.aborted) this.#changed.fire();
        },
      });
    } catch (error) {
      // What a person has ended has not failed.
      if (!signal.aborted) throw error;
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
      this.#changed.fire();
    }
  }

  /** Asks a person before a change goes to a server. @throws CancellationError where they say no */
  async #allow(git: Git, changes: Changes, signal: AbortSignal): Promise<void> {
    const { host } = this.#services;
    const { model } = await host.use();
    if (model.server) await host.allowBackground(await sizeOfChanges(git, changes, signal));
  }

  async #reader(token: vscode.CancellationToken): Promise<FileReader> {
    const { host, tokens } = this.#services;
    const { model } = await host.use();
    const key = modelKeyOf(model);
    return {
      store: await TokenStore.open({ folder: this.#folder, model: key }),
      model: {
        label: model.name,
        key,
        tokenizer: await tokens.named('model'),
        ...readingLimitsOf(model),
        score: (ids) =>
          host.runTask(token, (ready, task) => {
            if (modelKeyOf(ready.model) !== key) throw anotherModel();
            return ready.engine.scoreInBackground({ task, ids: [...ids] });
          }),
      },
    };
  }
}

const anotherModel = () =>
  new VitrineError(
    'changes.model',
    vscode.l10n.t('Another model was chosen while the changes were read. Review them again.'),
  );
