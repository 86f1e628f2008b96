import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { ModelReport } from '../../model/model-report';
import { VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';
import type { FoundModel, Unreadable } from '../found-models/find-models';
import { unreadable } from '../found-models/ollama';
import { summaryText } from './model-summary-text';

/** What a choice puts into the setting, why it cannot, or what it does instead. */
export type ModelItem = vscode.QuickPickItem & { model?: string; refusal?: unknown; command?: string };

/** What is there on every machine. @param inUse as the setting has it */
export function ownItems(inUse: string | undefined): ModelItem[] {
  const { t } = vscode.l10n;
  return [
    withUse(
      {
        label: '$(eye) SmolLM2-135M-Instruct',
        description: t('comes with Vitrine'),
        detail: t('small, English, runs on any machine'),
        model: '',
      },
      inUse === '',
    ),
    { label: `$(folder-opened) ${t('Open a file or folder…')}`, alwaysShow: true, command: 'vitrine.openModelFile' },
    { label: `$(cloud-download) ${t('Get a Model…')}`, alwaysShow: true, command: 'vitrine.getModel' },
  ];
}

/** What is there on other machines. */
export const serverItem = (): ModelItem => ({
  label: `$(server) ${vscode.l10n.t('Connect to a Server…')}`,
  alwaysShow: true,
  command: 'vitrine.connectToServer',
});

/** @param free memory, in bytes */
export function openedItem(
  model: FoundModel,
  { summary, memoryBytes = 0 }: ModelReport,
  { inUse, free }: { inUse: string | undefined; free: number },
): ModelItem {
  const isInUse = inUse !== undefined && [model.setting, model.path].includes(inUse);
  const isTooLarge = !isInUse && memoryBytes > free;
  const item = {
    label: `$(${isTooLarge ? 'warning' : 'package'}) ${model.name}`,
    description: placeAndSize(model, summary?.bytes),
    detail: [...(summary ? summaryText(summary) : []), memoryText(memoryBytes, isTooLarge ? free : undefined)].join(
      ' · ',
    ),
    model: model.setting,
  };
  return withUse(item, isInUse);
}

/** @param free where that is less */
function memoryText(needed: number, free: number | undefined): string {
  const { t } = vscode.l10n;
  if (free === undefined) return t('about {0} of memory', formatBytes(needed));
  return t('about {0} of memory, of which {1} are free', formatBytes(needed), formatBytes(free));
}

export function refusedItem(model: FoundModel, { summary, refusal }: ModelReport): ModelItem {
  const about = [placeAndSize(model, summary?.bytes), ...(summary ? summaryText(summary) : [])].join(' · ');
  return greyed(model.name, about, reasonOf(refusal, model), refusal);
}

/** Of another user's, say. Whoever chooses it is told the same in full. */
export function unreadableItem({ path, name, place, error }: Unreadable): ModelItem {
  const refusal = error instanceof VitrineError ? error : unreadable(path, error);
  return greyed(name, place, errorText(refusal), refusal);
}

/** The editor has no items that cannot be chosen: a crossed-out sign and the paler letters of a description stand for that. */
function greyed(name: string, about: string, reason: string, refusal: unknown): ModelItem {
  return { label: '$(circle-slash)', description: `${name} · ${about}`, detail: reason, refusal };
}

/** Without the path, which would leave the reason no room. */
function reasonOf(refusal: unknown, { path, name }: FoundModel): string {
  return errorText(refusal).replace(`${path}: `, '').replaceAll(path, name);
}

function placeAndSize({ place, bytes }: FoundModel, wholeBytes = bytes): string {
  return `${place} · ${formatBytes(wholeBytes)}`;
}

const withUse = (item: ModelItem, isInUse: boolean): ModelItem =>
  isInUse ? { ...item, description: `${item.description} · ${vscode.l10n.t('in use')}` } : item;
