import * as vscode from 'vscode';
import { packagedProvidersOf } from '../../shared/packaged-providers';
import type { Provider } from '../../shared/request-fields';
import type { EngineHost } from '../engine/engine-host';
import { changeSetting, settings } from '../settings';
import { markCurrent } from './mark-current';

/** Lets a person choose what the model runs on, of what there is for this platform, and loads it there. What does not work here is not kept. */
export async function chooseProvider(host: EngineHost): Promise<void> {
  const before = settings.provider();
  const providers = ['auto', ...packagedProvidersOf(`${process.platform}-${process.arch}`)] as const;
  const items = providers.map((name) => ({ name, label: name, description: explain(name) }));
  const chosen = await vscode.window.showQuickPick(markCurrent(items, before), {
    title: vscode.l10n.t('Choose what the model runs on'),
  });
  if (!chosen) return;
  await changeSetting('provider', chosen.name);
  try {
    await host.use();
  } catch (error) {
    await changeSetting('provider', before);
    throw error;
  }
}

function explain(provider: Provider): string {
  const { t } = vscode.l10n;
  switch (provider) {
    case 'auto':
      return t('begins on the CPU and moves to a GPU that proved faster on this machine');
    case 'cpu':
      return t('the processor: always there, the reference for all others');
    case 'webgpu':
      return t('a GPU of any maker, on Windows, macOS and Linux');
    case 'cuda':
      return t('an NVIDIA GPU, on Linux; needs libraries of its own');
    case 'coreml':
      return t("Apple's own, on a Mac");
    case 'dml':
      return t('DirectML: a GPU of any maker, on Windows');
  }
}
