import * as vscode from 'vscode';
import { progressText } from '../status/progress-text';
import type { EngineHost } from './engine-host';

/** Shows that a rounded model is compared with the exact one, which takes minutes of a large one and can be left out. */
export class ComparisonNotice implements vscode.Disposable {
  readonly #host: EngineHost;
  readonly #subscription: vscode.Disposable;
  #isShown = false;

  constructor(host: EngineHost) {
    this.#host = host;
    this.#subscription = host.onDidProgress(({ stage, task }) => {
      if (stage === 'compare' && !this.#isShown) void this.#show(task);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #show(task: number): Promise<void> {
    this.#isShown = true;
    const title = vscode.l10n.t('Comparing with the exact weights…');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    await vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => this.#host.cancel(task));
      return new Promise<void>((resolve) => {
        const changes = this.#host.onDidChange(() => {
          const { state } = this.#host;
          if (state.kind === 'unresponsive') return;
          if (state.kind === 'working' && state.stage === 'compare') {
            progress.report({ message: progressText(state, vscode.l10n.t) });
            return;
          }
          changes.dispose();
          resolve();
        });
      });
    });
    this.#isShown = false;
  }
}
