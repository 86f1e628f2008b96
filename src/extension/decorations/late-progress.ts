import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ProgressReport } from '../engine/engine-host';
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
  return showNotice(title, work, cancel, (show) =>
    host.onDidProgress((report) => {
      if (report.task !== readings.taskOf(document)) return;
      // A text is read in steps, so that something of it is soon shown.
      show({ ...report, total: Math.max(report.total, tokens() ?? 0) });
    }),
  );
}

/** Lets two models work; after a second with a notice that shows how far they are, and can cancel it as the token can. */
export async function withLateNotice<T>(
  title: string,
  { host, comparison }: Pick<Services, 'host' | 'comparison'>,
  token: vscode.CancellationToken,
  start: (token: vscode.CancellationToken, began: (task: number) => void) => Promise<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancellation = token.onCancellationRequested(() => source.cancel());
  const tasks = new Set<number>();
  const work = start(source.token, (task) => tasks.add(task));
  const cancel = () => source.cancel();
  const follow = (show: Show) => {
    const ofTasks = (report: ProgressReport) => tasks.has(report.task) && show(report);
    return vscode.Disposable.from(host.onDidProgress(ofTasks), comparison.onDidProgress(ofTasks));
  };
  const timer = setTimeout(() => void showNotice(title, work, cancel, follow), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
    source.dispose();
  }
}

type Show = (report: ProgressReport) => void;

function showNotice(
  title: string,
  work: Promise<unknown>,
  cancel: () => void,
  follow: (show: Show) => vscode.Disposable,
): Thenable<void> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    // The engine reads one text at a time: others may come first.
    progress.report({ message: vscode.l10n.t('waiting for the engine') });
    const following = vscode.Disposable.from(
      follow((report) => progress.report({ message: progressText(report, vscode.l10n.t) })),
      token.onCancellationRequested(cancel),
    );
    // A failure is told by whoever asked for the work.
    await work.catch(() => {});
    following.dispose();
  });
}
