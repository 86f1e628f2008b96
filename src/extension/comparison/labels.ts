import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { shortModelName } from '../../display/names';
import type { ModelInfo } from '../../shared/engine-api';
import { type ChosenModel, chosenModel, modelOfSetting } from '../found-models/chosen-model';
import type { ComparedChoice } from './choice';

/** What A and B are called: short, and each otherwise than the other. */
export function labelsOf(
  choice: ComparedChoice,
  modelA: ModelInfo | undefined,
  modelB: ModelInfo | undefined,
): { a: string; b: string } {
  const chosen = chosenModel();
  const a = nameOf(modelA, chosen);
  if (choice.kind !== 'model') return { a, b: changedName(a, choice) };
  const other = modelOfSetting(choice.setting);
  const b = nameOf(modelB, other);
  return a === b ? { a: `${a} (${placeOf(chosen, other)})`, b: `${b} (${placeOf(other, chosen)})` } : { a, b };
}

function nameOf(model: ModelInfo | undefined, { name, path }: ChosenModel): string {
  return shortModelName(model?.name ?? name ?? (path ? basename(path) : 'SmolLM2-135M-Instruct'));
}

/** Of two models with one name, what the path of one has that the other's has not: its file, or a folder above. */
function placeOf({ path }: ChosenModel, other: ChosenModel): string {
  if (path === undefined) return vscode.l10n.t('comes with Vitrine');
  let [own, others] = [path, other.path ?? ''];
  while (basename(own) === basename(others) && dirname(own) !== own) [own, others] = [dirname(own), dirname(others)];
  return basename(own) || path;
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
