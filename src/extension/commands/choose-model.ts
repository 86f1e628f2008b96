import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format-bytes';
import type { EngineHost } from '../engine/engine-host';
import { findModels } from '../found-models/find-models';
import { modelPlaces } from '../found-models/model-places';
import { changeSetting, settings } from '../settings';

/** What a choice puts into the setting; undefined opens the file picker. */
type ModelItem = vscode.QuickPickItem & { model?: string };

/** Lets a person choose a model file, and loads it. What cannot be loaded is not kept. */
export async function chooseModel(host: EngineHost): Promise<void> {
  const path = await pickModel();
  if (path === undefined) return;
  const before = settings.modelPath() ?? '';
  if (path !== before) await changeSetting('model', path);
  try {
    await host.use();
  } catch (error) {
    await changeSetting('model', before);
    throw error;
  }
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
