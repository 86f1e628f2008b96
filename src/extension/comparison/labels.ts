import { basename } from 'node:path';
import * as vscode from 'vscode';
import { placeOf, shortModelName, withGain } from '../../display/names';
import type { ModelInfo } from '../../shared/engine-api';
import { type ChosenModel, modelOfSetting } from '../found-models/chosen-model';
import { settings } from '../settings';
import type { ComparedChoice } from './choice';

type Weights = Extract<ComparedChoice, { kind: 'weights' }>['weights'];

/**
 * What A and B are called: short, and each otherwise than the other.
 *
 * @param gain of an adapter
 * @param served what the model in use is called where it runs on a server
 */
export function labelsOf(
  choice: ComparedChoice,
  models: Record<'a' | 'b', ModelInfo | undefined>,
  gain: number,
  served: string | undefined,
): { a: string; b: string } {
  const chosen = served === undefined ? named(settings.model()) : { path: undefined, name: served };
  if (choice.kind === 'weights') return formLabels(choice.weights, models.a, models.b, chosen);
  const a = nameOf(models.a?.name, chosen);
  // With its host: whoever compares with it sees where the text goes.
  if (choice.kind === 'server') return { a, b: choice.label };
  if (choice.kind !== 'model') return { a, b: changedName(a, choice, gain) };
  const other = named(choice.setting);
  const b = nameOf(models.b?.name, other);
  const placed = (name: string, model: ModelInfo | undefined, place: () => string) =>
    `${name} (${model?.server?.host ?? place()})`;
  return a === b
    ? { a: placed(a, models.a, () => beside(chosen, other)), b: placed(b, models.b, () => beside(other, chosen)) }
    : { a, b };
}

/** What is gone, such as one that Ollama has deleted, has its name still. */
function named(setting: string): ChosenModel {
  try {
    return modelOfSetting(setting);
  } catch {
    return { path: setting, name: setting };
  }
}

function nameOf(own: string | undefined, { name, path }: ChosenModel): string {
  return shortModelName(own ?? name ?? (path ? basename(path) : 'SmolLM2-135M-Instruct'));
}

/** What tells one of two models of one name from the other. */
function beside({ path }: ChosenModel, other: ChosenModel): string {
  return path === undefined ? vscode.l10n.t('comes with Vitrine') : placeOf(path, other.path ?? '');
}

/** The same weights in two forms: each name says which, so that nobody takes A for what its file was made of. */
function formLabels(
  weights: Weights,
  modelA: ModelInfo | undefined,
  modelB: ModelInfo | undefined,
  chosen: ChosenModel,
): { a: string; b: string } {
  const loaded = modelA ?? modelB;
  const name = nameOf(loaded?.approximation?.of ?? loaded?.name, chosen);
  const form = modelA ? formOf(modelA) : (ROUNDED[settings.weights()] ?? modelB?.fileType);
  return { a: form ? `${name}, ${form}` : name, b: weightsName(name, weights) };
}

const formOf = ({ approximation, fileType }: ModelInfo): string | undefined =>
  approximation ? (approximation.half ?? (approximation.bits === 8 ? 'Q8_0' : 'Q4_0')) : fileType;

/** What the setting rounds all matrices to. */
const ROUNDED: Readonly<Record<string, string>> = { q8_0: 'Q8_0', q4_0: 'Q4_0', bf16: 'bf16', fp16: 'fp16' };

/** The model in use with an adapter, or in another way. */
function changedName(
  name: string,
  choice: Exclude<ComparedChoice, { kind: 'model' | 'server' | 'weights' }>,
  gain: number,
): string {
  const { t } = vscode.l10n;
  switch (choice.kind) {
    case 'adapter':
      return withGain(`${name} + ${basename(choice.path)}`, basename(choice.path), gain);
    case 'chatTemplate':
      return t('{0} in its chat template', name);
    case 'heads':
      return t('{0} without some heads', name);
    case 'steering':
      return t('{0}, steered', name);
  }
}

function weightsName(name: string, weights: Weights): string {
  const { t } = vscode.l10n;
  switch (weights) {
    case 'packed':
      return t('{0}, packed', name);
    case 'float32':
    case 'bf16':
    case 'fp16':
      return `${name}, ${weights}`;
    case 'q8_0':
      return `${name}, Q8_0`;
    case 'q4_0':
      return `${name}, Q4_0`;
  }
}
