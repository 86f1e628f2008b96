import * as vscode from 'vscode';
import type { EngineHost } from '../engine/engine-host';
import { progressText } from '../status/progress-text';

const PATIENCE_MS = 1000;

/**
 * Does work with the engine; after a second with a notice that shows how far it is and can cancel it. To load a model,
 * and to compile it for the first time, is no part of the work: that is told elsewhere.
 */
export async function withLateProgress<T>(host: EngineHost, start: () => Promise<T>, cancel: () => void): Promise<T> {
  await host.use();
  const work = start();
  const timer = setTimeout(() => void showProgress(host, work, cancel), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

function showProgress(host: EngineHost, work: Promise<unknown>, cancel: () => void): Thenable<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Vitrine', cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const report = () => progress.report({ message: messageOf(host) });
    const subscriptions = [host.onDidChange(report), token.onCancellationRequested(cancel)];
    report();
    // A failure is told by whoever asked for the work.
    await work.catch(() => {});
    vscode.Disposable.from(...subscriptions).dispose();
  });
}

function messageOf({ state }: EngineHost): string {
  return state.kind === 'working' ? progressText(state, vscode.l10n.t) : '';
}
