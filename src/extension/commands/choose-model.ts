import * as vscode from 'vscode';
import type { Sentence } from '../../shared/errors';
import { formatBytes } from '../../shared/format-bytes';
import { confirmSpace } from '../engine/confirm-space';
import type { EngineHost } from '../engine/engine-host';
import { withBareEngine } from '../engine/with-bare-engine';
import { sentenceText } from '../error-text';
import { findModels } from '../found-models/find-models';
import { modelPlaces } from '../found-models/model-places';
import { changeSetting, settings } from '../settings';

/** What a choice puts into the setting; undefined opens the file picker. */
type ModelItem = vscode.QuickPickItem & { model?: string };

/**
 * Lets a person choose a model file, says what it takes where it has to be compiled, and loads it. What cannot be loaded is
 * not kept.
 */
export async function chooseModel(host: EngineHost): Promise<void> {
  const path = await pickModel();
  if (path === undefined) return;
  const space = await spaceOf(path);
  if (space) await confirmSpace(sentenceText(space));
  const before = settings.modelPath() ?? '';
  if (path !== before) await changeSetting('model', path);
  try {
    await host.use(true);
  } catch (error) {
    await changeSetting('model', before || undefined);
    throw error;
  }
}

/** What a model takes and what is free; undefined where it is compiled. A large file is read through for that. */
async function spaceOf(path: string): Promise<Sentence | undefined> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at the model') };
  return vscode.window.withProgress(progress, () =>
    withBareEngine((engine) => engine.space({ path: path || undefined, cache: settings.cache() })),
  );
}

async function pickModel(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showQuickPick<ModelItem>(modelItems(), {
    title: t('Choose a model'),
    placeHolder: t('GGUF files of the Llama family'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return undefined;
  return chosen.model ?? pickFile();
}

async function modelItems(): Promise<ModelItem[]> {
  const { t } = vscode.l10n;
  const found = await findModels(modelPlaces());
  const items: ModelItem[] = [
    {
      label: '$(eye) SmolLM2-135M-Instruct',
      description: t('comes with Vitrine'),
      detail: t('small, English, runs on any machine'),
      model: '',
    },
    { label: `$(folder-opened) ${t('Open a file…')}`, alwaysShow: true },
    ...(found.length > 0 ? [{ label: t('On this machine'), kind: vscode.QuickPickItemKind.Separator }] : []),
    ...found.map(({ name, place, bytes, path }) => ({
      label: `$(package) ${name}`,
      description: `${place} · ${formatBytes(bytes)}`,
      detail: path,
      model: path,
    })),
  ];
  const current = settings.modelPath() ?? '';
  return items.map((item) =>
    item.model === current ? { ...item, description: `${item.description} · ${t('in use')}` } : item,
  );
}

async function pickFile(): Promise<string | undefined> {
  const current = settings.modelPath();
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose a model'),
    filters: { GGUF: ['gguf'] },
    ...(current ? { defaultUri: vscode.Uri.file(current) } : {}),
  });
  return files?.[0]?.fsPath;
}
