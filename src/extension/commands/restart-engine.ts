import * as vscode from 'vscode';
import type { EngineHost } from '../engine/engine-host';

/** Ends the engine and starts it anew, which also loads the model where none was. */
export async function restartEngine(host: EngineHost): Promise<void> {
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Vitrine: starting the engine') };
  await vscode.window.withProgress(options, () => host.restart());
}
