import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { EngineHost, EngineState } from '../engine/engine-host';

type Working = Extract<EngineState, { kind: 'working' }>;

/** Says that a model is written to the cache, which happens at its first use, how much of it, and how far it is. */
export function showCompileProgress(host: EngineHost): vscode.Disposable {
  let isShown = false;
  return host.onDidChange(() => {
    const compiling = compilingOf(host.state);
    if (!compiling || isShown) return;
    isShown = true;
    const title = vscode.l10n.t(
      'Vitrine prepares the model for its first use and writes {0} to the cache, once',
      formatBytes(compiling.total),
    );
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => void host.stop());
      await whileCompiling(host, progress);
      isShown = false;
    });
  });
}

function whileCompiling(
  host: EngineHost,
  progress: vscode.Progress<{ message: string; increment: number }>,
): Promise<void> {
  let shown = 0;
  return new Promise((resolve) => {
    const subscription = host.onDidChange(() => {
      const compiling = compilingOf(host.state);
      if (!compiling) {
        subscription.dispose();
        resolve();
        return;
      }
      const percent = (100 * compiling.done) / compiling.total;
      progress.report({ message: formatBytes(compiling.done), increment: percent - shown });
      shown = percent;
    });
  });
}

function compilingOf(state: EngineState): Working | undefined {
  return state.kind === 'working' && state.stage === 'compile' ? state : undefined;
}
