import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import { errorText } from '../error-text';
import {
  checkModels,
  type FoundModel,
  type FoundModels,
  findModels,
  type Unreadable,
} from '../found-models/find-models';
import { modelPlaces } from '../found-models/model-places';
import { ollamaName, unreadable } from '../found-models/ollama';
import { settings } from '../settings';

/** What a choice puts into the setting, why it cannot, or what it does instead; none of these opens the file picker. */
type ModelItem = vscode.QuickPickItem & { model?: string; refusal?: unknown; command?: string };

/**
 * Asks for a model. What this machine has is listed once it is known what its files' headers say against some of them: a list
 * that changes under the pointer has another model chosen than was meant.
 *
 * @returns the value for the setting, undefined where nothing was chosen
 * @throws VitrineError where what was chosen cannot be opened.
 */
export async function pickModel(): Promise<string | undefined> {
  const chosen = await showItems();
  if (chosen?.refusal) throw chosen.refusal;
  if (chosen?.command) {
    await vscode.commands.executeCommand(chosen.command);
    return undefined;
  }
  return chosen && (chosen.model ?? pickFile());
}

async function showItems(): Promise<ModelItem | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = t('Choose a model');
  picker.placeholder = t('GGUF files of the Llama family');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  picker.items = ownItems();
  const closed = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
      fill(picker, closed.signal).catch(reject);
    });
  } finally {
    closed.abort();
    picker.dispose();
  }
}

async function fill(picker: vscode.QuickPick<ModelItem>, closed: AbortSignal): Promise<void> {
  const found = await findModels(modelPlaces());
  if (closed.aborted) return;
  const refusals = await checkModels(found.models, closed);
  if (closed.aborted) return;
  const [active] = picker.activeItems;
  picker.items = [...picker.items, ...foundItems(found, refusals)];
  // Whoever has moved through the list already stays where they are.
  if (active) picker.activeItems = [active];
  picker.busy = false;
}

function ownItems(): ModelItem[] {
  const { t } = vscode.l10n;
  return [
    withUse({
      label: '$(eye) SmolLM2-135M-Instruct',
      description: t('comes with Vitrine'),
      detail: t('small, English, runs on any machine'),
      model: '',
    }),
    { label: `$(folder-opened) ${t('Open a file…')}`, alwaysShow: true },
    { label: `$(cloud-download) ${t('Get a Model…')}`, alwaysShow: true, command: 'vitrine.getModel' },
  ];
}

/** What this machine has, by name; what cannot be opened last. */
function foundItems({ models, unreadable }: FoundModels, refusals: ReadonlyMap<FoundModel, unknown>): ModelItem[] {
  const { t } = vscode.l10n;
  const byName = models.toSorted((one, other) => one.name.localeCompare(other.name));
  const opened = byName.filter((model) => !refusals.has(model)).map(openedItem);
  const refused = byName.filter((model) => refusals.has(model)).map((model) => refusedItem(model, refusals.get(model)));
  return [
    ...group(t('On this machine'), opened),
    ...group(t('Cannot be opened'), [...refused, ...unreadable.map(unreadableItem)]),
  ];
}

function group(label: string, items: ModelItem[]): ModelItem[] {
  return items.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items] : [];
}

function openedItem(model: FoundModel): ModelItem {
  return withUse({
    label: `$(package) ${model.name}`,
    description: placeAndSize(model),
    detail: model.path,
    model: model.setting,
  });
}

/** The editor has no items that cannot be chosen: a crossed-out sign and the reason stand for that. */
function refusedItem(model: FoundModel, refusal: unknown): ModelItem {
  return {
    label: `$(circle-slash) ${model.name}`,
    description: placeAndSize(model),
    detail: reasonOf(refusal, model),
    model: model.setting,
    refusal,
  };
}

/** Of another user's, say. Whoever chooses it is told the same in full. */
function unreadableItem({ path, name, place, error }: Unreadable): ModelItem {
  const refusal = unreadable(path, error);
  return {
    label: `$(circle-slash) ${name}`,
    description: place,
    detail: errorText(refusal),
    refusal,
  };
}

/** Without the path, which would leave the reason no room. */
function reasonOf(refusal: unknown, { path, name }: FoundModel): string {
  return errorText(refusal).replace(`${path}: `, '').replaceAll(path, name);
}

const placeAndSize = ({ place, bytes }: FoundModel): string => `${place} · ${formatBytes(bytes)}`;

function withUse(item: ModelItem): ModelItem {
  if (item.model !== settings.model()) return item;
  return { ...item, description: `${item.description} · ${vscode.l10n.t('in use')}` };
}

async function pickFile(): Promise<string | undefined> {
  const current = ollamaName(settings.model()) === undefined ? settings.model() : '';
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose a model'),
    filters: { GGUF: ['gguf'] },
    ...(current ? { defaultUri: vscode.Uri.file(current) } : {}),
  });
  return files?.[0]?.fsPath;
}
