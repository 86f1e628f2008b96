import type * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { showError } from '../show-error';

/**
 * Tells of errors of what is done after an edit, a scroll or a step of the cursor, without a command. That the engine is not
 * started any more it tells once until its state changes: otherwise each of them would tell it again.
 */
export class FailureNotice implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #hasToldOfCrashes = false;

  constructor(host: Pick<EngineHost, 'onDidChange'>) {
    this.#subscription = host.onDidChange(() => {
      this.#hasToldOfCrashes = false;
    });
  }

  async tell(error: unknown): Promise<void> {
    if (error instanceof VitrineError && error.code === 'engine.crashes') {
      if (this.#hasToldOfCrashes) return;
      this.#hasToldOfCrashes = true;
    }
    await showError(error);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
