import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import { inspectorHtml, type RecordSources, readPageParts, record } from '../../inspector';
import { isCancellation, showError } from '../show-error';

/** Asks where, and writes the whole inspector there as one HTML file, with a notice that shows how far it is and can cancel it. */
export async function saveInspector(
  sources: RecordSources,
  { bundle, suggested }: { bundle: vscode.Uri; suggested: vscode.Uri | undefined },
): Promise<void> {
  const filters = { HTML: ['html'] };
  const chosen = await vscode.window.showSaveDialog(suggested ? { defaultUri: suggested, filters } : { filters });
  if (!chosen) return;
  const title = vscode.l10n.t('Vitrine writes {0}', nameOf(chosen));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    const html = await vscode.window.withProgress(options, (progress, token) =>
      withSignal(token, (signal) => makeHtml(sources, bundle, signal, progress)),
    );
    const bytes = new TextEncoder().encode(html);
    await vscode.workspace.fs.writeFile(chosen, bytes);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Saved {0} ({1}). Any browser opens it, without a network.',
        nameOf(chosen),
        formatBytes(bytes.length),
      ),
    );
  } catch (error) {
    if (!isCancellation(error)) void showError(error);
  }
}

async function makeHtml(
  sources: RecordSources,
  bundle: vscode.Uri,
  signal: AbortSignal,
  notice: vscode.Progress<{ message?: string; increment?: number }>,
): Promise<string> {
  let shown = 0;
  const progress = (done: number, total: number) => {
    const percent = Math.floor((100 * done) / total);
    notice.report({ message: `${percent} %`, increment: percent - shown });
    shown = percent;
  };
  const recording = await record(sources, { signal, progress });
  return inspectorHtml(recording, await readPageParts(bundle.fsPath));
}

async function withSignal<T>(token: vscode.CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
  try {
    return await work(controller.signal);
  } finally {
    subscription.dispose();
  }
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
