import { basename } from 'node:path';
import * as vscode from 'vscode';
import { shortModelName } from '../../display/names';
import type { ModelInfo } from '../../shared/engine-api';
import { chosenModel, modelOfSetting } from '../found-models/chosen-model';
import type { ComparedChoice } from './choice';

/** What A and B are called: short, and each otherwise than the other. */
export function labelsOf(
  choice: ComparedChoice,
  modelA: ModelInfo | undefined,
  modelB: ModelInfo | undefined,
): { a: string; b: string } {
  const a = nameOf(modelA, chosenModel());
  switch (choice.kind) {
    case 'model':
      return { a, b: nameOf(modelB, modelOfSetting(choice.setting)) };
    case 'adapter':
      return { a, b: `${a} + ${basename(choice.path)}` };
    default:
      return { a, b: vscode.l10n.t('{0}, changed', a) };
  }
}

function nameOf(model: ModelInfo | undefined, { name, path }: { name: string | undefined; path: string | undefined }) {
  return shortModelName(model?.name ?? name ?? (path ? basename(path) : 'SmolLM2-135M-Instruct'));
}
