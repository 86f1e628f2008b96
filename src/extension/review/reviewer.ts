import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import { VitrineError } from '../../shared/errors';
import { type ChangeScope, type Changes, readChanges } from '../../workspace/changes/changed-files';
import { Git } from '../../workspace/changes/git';
import { Review } from '../../workspace/changes/review';
import { modelKeyOf } from '../../workspace/file-model';
import type { FileReader } from '../../workspace/score-file';
import { TokenStore } from '../../workspace/token-store';
import type { Services } from '../services';
import { settings } from '../settings';
import { timeLeft } from '../time-left';
import { ChangeReview } from './change-review';
import type { GitApi, Repository } from './git-extension';

/** Has the model read a change, and holds what it makes of it. */
export class Reviewer implements vscode.Disposable {
  readonly #services: Pick<Services, 'host' | 'tokens'>;
  readonly #folder: string;
  readonly #changed = new vscode.EventEmitter<void>();
  #current: ChangeReview | undefined;
  #reading: AbortController | undefined;
  #isColoured = false;

  /** Fires when a file has been read, when what was read is put away, and when its colours are or are seen again. */
  readonly onDidChange = this.#changed.event;

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

  /** Reads a change, with a notice that says how far it is and can end it: what has been read by then stays. */
  async read(api: GitApi, { rootUri }: Repository, scopeOf: (git: Git) => Promise<ChangeScope>): Promise<void> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const git = await Git.open(rootUri.fsPath, api.git.path);
    const scope = await scopeOf(git);
    const changes = await readChanges(git, scope, controller.signal);
    if (changes.files.length + changes.notCompared.length === 0) {
      this.#reading = undefined;
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing has changed, so there is nothing to review.'));
      return;
    }
    const review = new Review(changes);
    // In the editor's words: Git follows links.
    this.#isColoured = true;
    this.#current = new ChangeReview(review, scope, api, { root: rootUri.fsPath });
    this.#changed.fire();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Vitrine reviews the changes'),
      cancellable: true,
    };
    await vscode.window.withProgress(options, (progress, token) =>
      this.#read(git, changes, review, controller, progress, token),
    );
  }

  clear(): void {
    this.#reading?.abort();
    this.#current = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#reading?.abort();
    this.#changed.dispose();
  }

  async #read(
    git: Git,
    changes: Changes,
    review: Review,
    controller: AbortController,
    progress: vscode.Progress<{ message: string }>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { signal } = controller;
    const report = () => {
      const files = vscode.l10n.t('{0} of {1} files', formatCount(review.done), formatCount(review.total));
      progress.report({ message: [files, timeLeft(review.secondsLeft) ?? []].flat().join(' · ') });
    };
    token.onCancellationRequested(() => controller.abort());
    try {
      report();
      await review.read(git, changes, await this.#reader(token), {
        signal,
        comments: settings.colourComments(),
        read: report,
        progressed: () => {
          report();
          if (!signal.aborted) this.#changed.fire();
        },
      });
    } catch (error) {
      // What a person has ended has not failed.
      if (!signal.aborted) throw error;
    } finally {
      if (this.#reading === controller) this.#reading = undefined;
      this.#changed.fire();
    }
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
        contextLength: model.contextLength,
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
