import * as vscode from 'vscode';
import { formatCount, formatDecimal } from '../../display/numbers';
import type { CheckpointSummary } from '../../model/checkpoint/summary';
import { languageNames } from '../language-names';

/** Types that say most of how a file is quantised: the others are those of a few matrices. */
const TYPES_SHOWN = 3;

/** What a model is, in a few words each: architecture, size, how its weights are written, and languages where it says them. */
export function summaryText({ architecture, parameters, types, fileType, languages }: CheckpointSummary): string[] {
  const rest = types.length > TYPES_SHOWN ? ['…'] : [];
  return [
    architecture,
    parametersText(parameters),
    fileType ?? [...types.slice(0, TYPES_SHOWN), ...rest].join(' + '),
    ...(languages.length > 0 ? [languageNames(languages)] : []),
  ];
}

function parametersText(parameters: number): string {
  const { t } = vscode.l10n;
  if (parameters < 1e6) return t('{0} parameters', formatCount(parameters));
  if (parameters < 1e9) return t('{0} million parameters', formatCount(parameters / 1e6));
  return t('{0} billion parameters', formatDecimal(parameters / 1e9));
}
