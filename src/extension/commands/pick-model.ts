import * as vscode from 'vscode';
import { availableMemory } from '../../model/cache/available-memory';
import { searchedPlaces } from '../found-models/chosen-model';
import { findModels } from '../found-models/find-models';
import { reportOn } from '../found-models/reports';
import { settings } from '../settings';
import { askForFile } from './ask-for-file';
import { type ModelItem, openedItem, ownItems, refusedItem, serverItem, unreadableItem } from './model-items';

interface PickOptions {
  /** The model in use, as the setting has it; undefined where it runs on a server. */
  inUse: string | undefined;
  /** Whether it is to be held against the one in use, which stays. */
  toCompare?: boolean;
}

/**
 * Asks for a model. What this machine has comes into the list once it is known what its headers say, by name, and what cannot
 * be opened at the end: a list that moves under the pointer has another model chosen than was meant.
 *
 * @returns the value for the setting, undefined where nothing was chosen, or what asks for one in its own way
 * @throws VitrineError where what was chosen cannot be opened.
 */
export async function pickModel(options: PickOptions): Promise<string | undefined> {
  const { toCompare = false } = options;
  const chosen = await showItems(options);
  if (chosen?.refusal) throw chosen.refusal;
  if (toCompare && chosen?.command === 'vitrine.openModelFile') return askForFile();
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command);
  return chosen?.model;
}

async function showItems({ inUse, toCompare }: PickOptions): Promise<ModelItem | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = t('Choose a model');
  picker.placeholder = t('GGUF files and Hugging Face folders');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.keepScrollPosition = true;
  picker.busy = true;
  picker.items = toCompare ? ownItems(inUse) : [...ownItems(inUse), serverItem()];
  const closed = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
      fill(picker, inUse, closed.signal).catch(reject);
    });
  } finally {
    closed.abort();
    picker.dispose();
  }
}

async function fill(
  picker: vscode.QuickPick<ModelItem>,
  inUse: string | undefined,
  closed: AbortSignal,
): Promise<void> {
  const { t } = vscode.l10n;
  const { models, unreadable } = await findModels(searchedPlaces());
  const free = await availableMemory();
  const refused: ModelItem[] = [];
  const opened = group(t('On this machine'));
  for (const model of models) {
    const report = await reportOn(model, settings.weights());
    if (closed.aborted) return;
    if (report.refusal) refused.push(refusedItem(model, report));
    else append(picker, opened(openedItem(model, report, { inUse, free })));
  }
  append(picker, [...refused, ...unreadable.map(unreadableItem)].flatMap(group(t('Cannot be opened'))));
  picker.busy = false;
}

/** Puts a heading before the first item. */
function group(label: string): (item: ModelItem) => ModelItem[] {
  let isBegun = false;
  return (item) => {
    const heading = { label, kind: vscode.QuickPickItemKind.Separator };
    const items = isBegun ? [item] : [heading, item];
    isBegun = true;
    return items;
  };
}

/** At the end. Whoever has moved through the list already stays where they are. */
function append(picker: vscode.QuickPick<ModelItem>, items: readonly ModelItem[]): void {
  if (items.length === 0) return;
  const [active] = picker.activeItems;
  picker.items = [...picker.items, ...items];
  if (active) picker.activeItems = [active];
}
