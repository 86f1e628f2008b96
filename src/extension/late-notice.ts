import * as vscode from 'vscode';

/** So long people wait without being told for what. */
const PATIENCE_MS = 1000;

export interface LateNotice {
  title: string;
  /** What stands beside it until something is told. */
  message?: string | undefined;
  /** What a person does who does not want to wait. */
  cancel: () => void;
  /** Tells how far the work is, until what it gives back is disposed. */
  follow?: (report: (message: string) => void) => vscode.Disposable;
}

/** Waits for work; after a second with a notice that can cancel it. */
export async function withLateNotice<T>(work: Promise<T>, notice: LateNotice): Promise<T> {
  const timer = setTimeout(() => void show(work, notice), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

function show(work: Promise<unknown>, { title, message, cancel, follow }: LateNotice): Thenable<void> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    if (message !== undefined) progress.report({ message });
    const following = follow?.((told) => progress.report({ message: told }));
    token.onCancellationRequested(cancel);
    // A failure is told by whoever asked for the work.
    await work.catch(() => {});
    following?.dispose();
  });
}
