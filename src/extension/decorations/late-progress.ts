import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services';
import { progressText } from '../status/progress-text';

const PATIENCE_MS = 1000;

/**
 * Lets the model read a document; after a second with a notice that shows how far it is with this one and can cancel it. To
 * load a model, and to compile it for the first time, is no part of the work: that is told elsewhere.
 *
 * @param tokens how many are to be read in all, as soon as that is known
 */
export async function withLateProgress<T>(
  services: Pick<Services, 'host' | 'readings'>,
  document: vscode.TextDocument,
  start: () => Promise<T>,
  cancel: () => void,
  tokens: () => number | undefined = () => undefined,
): Promise<T> {
  await services.host.use();
  const work = start();
  const timer = setTimeout(() => void showProgress(services, document, work, { cancel, tokens }), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

function showProgress(
  { host, readings }: Pick<Services, 'host' | 'readings'>,
  document: vscode.TextDocument,
  work: Promise<unknown>,
  { cancel, tokens }: { cancel: () => void; tokens: () => number | undefined },
): Thenable<void> {
  const title = vscode.l10n.t('Vitrine reads {0}', basename(document.uri.path));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    // The engine reads one text at a time: others may come first.
    progress.report({ message: vscode.l10n.t('waiting for the engine') });
    const subscriptions = [
      host.onDidProgress((report) => {
        if (report.task !== readings.taskOf(document)) return;
        // A text is read in steps, so that something of it is soon shown.
        const total = Math.max(report.total, tokens() ?? 0);
        progress.report({ message: progressText({ ...report, total }, vscode.l10n.t) });
      }),
      token.onCancellationRequested(cancel),
    ];
    // A failure is told by whoever asked for the work.
    await work.catch(() => {});
    vscode.Disposable.from(...subscriptions).dispose();
  });
}
