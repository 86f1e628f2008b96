import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { ProgressReport } from '../engine/engine-host';
import { type LateNotice, withLateNotice } from '../late-notice';
import type { Services } from '../services';
import { progressText } from '../status/progress-text';

/**
 * Lets the model read a document; after a second with a notice that shows how far it is with this one and can cancel it. To
 * load a model, and to compile it for the first time, is no part of the work: that is told elsewhere.
 *
 * @param tokens how many are to be read in all, as soon as that is known
 */
export async function withLateProgress<T>(
  { host, readings }: Pick<Services, 'host' | 'readings'>,
  document: vscode.TextDocument,
  start: () => Promise<T>,
  cancel: () => void,
  tokens: () => number | undefined = () => undefined,
): Promise<T> {
  await host.use();
  const progress = told(host.model, (show) =>
    host.onDidProgress((report) => {
      if (report.task !== readings.taskOf(document)) return;
      // A text is read in steps, so that something of it is soon shown.
      show({ ...report, total: Math.max(report.total, tokens() ?? 0) });
    }),
  );
  const title = vscode.l10n.t('Vitrine reads {0}', basename(document.uri.path));
  return withLateNotice(start(), { title, cancel, ...progress });
}

/** Lets two models work; after a second with a notice that shows how far they are, and can cancel it as the token can. */
export async function withLateComparison<T>(
  title: string,
  { host, comparison }: Pick<Services, 'host' | 'comparison'>,
  token: vscode.CancellationToken,
  start: (token: vscode.CancellationToken, began: (task: number) => void) => Promise<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  const cancellation = token.onCancellationRequested(cancel);
  const tasks = new Set<number>();
  const progress = told(host.model, (show) => {
    const ofTasks = (report: ProgressReport) => tasks.has(report.task) && show(report);
    return vscode.Disposable.from(host.onDidProgress(ofTasks), comparison.onDidProgress(ofTasks));
  });
  try {
    return await withLateNotice(
      start(source.token, (task) => tasks.add(task)),
      { title, cancel, ...progress },
    );
  } finally {
    cancellation.dispose();
    source.dispose();
  }
}

/** What engines report, in words. */
function told(
  model: ModelInfo | undefined,
  follow: (show: (report: ProgressReport) => void) => vscode.Disposable,
): Pick<LateNotice, 'message' | 'follow'> {
  return {
    // The engine reads one text at a time: others may come first. A server may have too much to do.
    message: model?.server
      ? vscode.l10n.t('waiting for {0}', model.server.host)
      : vscode.l10n.t('waiting for the engine'),
    follow: (report) => follow((progress) => report(progressText(progress, vscode.l10n.t))),
  };
}
