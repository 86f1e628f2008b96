import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { Waiting } from '../../hub/ask';
import type { Choice } from '../../hub/choices';
import { getModel } from '../../hub/get-model';
import type { Hub } from '../../hub/hub';
import type { Repository } from '../../hub/repository';
import type { Progress } from '../../shared/progress';

/** Between two reports: each goes to the window. */
const REPORT_MS = 100;

/** Asks something of the hub, which may be cancelled. */
export function whileAsking<T>({ host }: Hub, ask: (waiting: Waiting) => Promise<T>): Promise<T> {
  return cancellable(vscode.l10n.t('Asking {0}', host), (signal, tell) =>
    ask({ signal, onPause: (seconds) => tell(pauseText(seconds)) }),
  );
}

/** Gets a choice, tells how far it is, and lets it be cancelled. @returns the path to open */
export function getWithProgress(hub: Hub, repository: Repository, choice: Choice): Promise<string> {
  const { t } = vscode.l10n;
  return cancellable(t('Getting {0}', choice.name), (signal, tell) => {
    let written = '';
    const show = sometimes((done, total) => tell(written, done / total));
    return getModel(hub, repository, choice, {
      signal,
      onWritten: (done, total) => {
        written = t('{0} of {1}', formatBytes(done), formatBytes(total));
        show(done, total);
      },
      onChecked: sometimes((done, total) => tell(t('checking {0} of {1}', formatBytes(done), formatBytes(total)))),
      onPause: (seconds) => tell([written, pauseText(seconds)].filter(Boolean).join(', ')),
    });
  });
}

/** @param seconds until the hub is asked again; 0 where it is */
function pauseText(seconds: number): string {
  const { t } = vscode.l10n;
  return seconds > 0 ? t('trying again in {0} s', seconds) : t('trying again');
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
