import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { CompiledModelInfo } from '../../shared/engine-api';
import type { EngineHost } from '../engine/engine-host';
import { withBareEngine } from '../engine/with-bare-engine';
import { settings } from '../settings';

/** Says what compiled models there are, and removes them if a person wants that. */
export async function clearCompiledModels(host: EngineHost): Promise<void> {
  const { t } = vscode.l10n;
  const cache = settings.cache();
  const models = await withBareEngine((engine) => engine.compiledModels({ cache }));
  if (models.length === 0) {
    void vscode.window.showInformationMessage(t('There are no compiled models.'));
    return;
  }
  const remove = t('Remove');
  const total = models.reduce((sum, { bytes }) => sum + bytes, 0);
  const question = t('Remove the compiled models ({0})?', formatBytes(total));
  const options = { modal: true, detail: detailOf(models) };
  if ((await vscode.window.showWarningMessage(question, options, remove)) !== remove) return;
  // Windows keeps files that a process uses.
  await host.stop();
  const cleared = await withBareEngine((engine) => engine.clearCompiledModels({ cache }));
  void vscode.window.showInformationMessage(t('Removed {0} of compiled models.', formatBytes(cleared.bytes)));
}

function detailOf(models: readonly CompiledModelInfo[]): string {
  const lines = models.map(({ name, bytes }) => `${name}, ${formatBytes(bytes)}`);
  return [...lines, vscode.l10n.t('They are made again when they are needed.')].join('\n');
}
