import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { Choice } from '../../hub/choices';
import { getModel } from '../../hub/get-model';
import type { Hub } from '../../hub/hub';
import type { Repository } from '../../hub/repository';
import type { Progress } from '../../shared/progress';

/** Between two reports: each goes to the window. */
const REPORT_MS = 100;

/** Asks something of the hub, which may be cancelled. */
export function whileAsking<T>({ host }: Hub, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return cancellable(vscode.l10n.t('Asking {0}', host), ask);
}

/** Gets a choice, tells how far it is, and lets it be cancelled. @returns the path to open */
export function getWithProgress(hub: Hub, repository: Repository, choice: Choice): Promise<string> {
  const { t } = vscode.l10n;
  return cancellable(t('Getting {0}', choice.name), (signal, tell) =>
    getModel(hub, repository, choice, {
      signal,
      onWritten: sometimes((done, total) => tell(t('{0} of {1}', formatBytes(done), formatBytes(total)), done / total)),
      onChecked: sometimes((done, total) => tell(t('checking {0} of {1}', formatBytes(done), formatBytes(total)))),
    }),
  );
}

/** @param work `tell` takes what is to be said, and the part from 0 to 1 that is done */
async function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, tell: (message: string, part?: number) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    let shown = 0;
    return work(cancel.signal, (message, part = shown) => {
      progress.report({ message, increment: 100 * (part - shown) });
      shown = part;
    });
  });
}

function sometimes(tell: Progress): Progress {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (performance.now() - toldAt < REPORT_MS) return;
    toldAt = performance.now();
    tell(done, total);
  };
}
