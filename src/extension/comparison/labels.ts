import { basename } from 'node:path';
import * as vscode from 'vscode';
import { placeOf, shortModelName } from '../../display/names';
import type { ModelInfo } from '../../shared/engine-api';
import { type ChosenModel, modelOfSetting } from '../found-models/chosen-model';
import { settings } from '../settings';
import type { ComparedChoice } from './choice';

/** What A and B are called: short, and each otherwise than the other. */
export function labelsOf(
  choice: ComparedChoice,
  modelA: ModelInfo | undefined,
  modelB: ModelInfo | undefined,
): { a: string; b: string } {
  const chosen = named(settings.model());
  const a = nameOf(modelA, chosen);
  if (choice.kind !== 'model') return { a, b: changedName(a, choice) };
  const other = named(choice.setting);
  const b = nameOf(modelB, other);
  return a === b ? { a: `${a} (${beside(chosen, other)})`, b: `${b} (${beside(other, chosen)})` } : { a, b };
}

/** What is gone, such as one that Ollama has deleted, has its name still. */
function named(setting: string): ChosenModel {
  try {
    return modelOfSetting(setting);
  } catch {
    return { path: setting, name: setting };
  }
}

function nameOf(model: ModelInfo | undefined, { name, path }: ChosenModel): string {
  return shortModelName(model?.name ?? name ?? (path ? basename(path) : 'SmolLM2-135M-Instruct'));
}

/** What tells one of two models of one name from the other. */
function beside({ path }: ChosenModel, other: ChosenModel): string {
  return path === undefined ? vscode.l10n.t('comes with Vitrine') : placeOf(path, other.path ?? '');
}

/** The model in use, in another form or another way. */
function changedName(name: string, choice: Exclude<ComparedChoice, { kind: 'model' }>): string {
  const { t } = vscode.l10n;
  switch (choice.kind) {
    case 'adapter':
      return `${name} + ${basename(choice.path)}`;
    case 'weights':
      return weightsName(name, choice.weights);
    case 'chatTemplate':
      return t('{0} in its chat template', name);
    case 'heads':
      return t('{0} without some heads', name);
    case 'steering':
      return t('{0}, steered', name);
  }
}

function weightsName(name: string, weights: Extract<ComparedChoice, { kind: 'weights' }>['weights']): string {
  const { t } = vscode.l10n;
  switch (weights) {
    case 'packed':
      return t('{0}, packed', name);
    case 'float32':
      return `${name}, float32`;
    case 'q8_0':
      return `${name}, Q8_0`;
    case 'q4_0':
      return `${name}, Q4_0`;
  }
}
