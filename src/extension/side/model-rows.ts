import { basename } from 'node:path';
import * as vscode from 'vscode';
import { approximationNote } from '../../display/approximation';
import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatQuantity } from '../../display/numbers';
import type { EngineStatus, ModelInfo } from '../../shared/engine-api';
import type { Sentence } from '../../shared/errors';
import type { EngineState } from '../engine/engine-host';
import { sentenceText } from '../error-text';
import { progressText } from '../status/progress-text';
import { providerTerm } from '../status/tooltip';

/** A line of the Model view. */
export interface ModelRow {
  /** Names the actions that the manifest hangs on it. */
  kind: 'state' | 'model' | 'provider' | 'tokenizer' | 'disk' | 'fact';
  label: string;
  value: string;
  icon: string;
  /** The whole story, where the value is its short form. */
  explanation?: string;
}

/** What is to be said of the engine and its model; nothing while there is none. @param chosen what the settings name */
export function modelRows(
  state: EngineState,
  model: ModelInfo | undefined,
  status: EngineStatus | undefined,
  tokenizer: string,
  chosen: string,
): ModelRow[] {
  const { t } = vscode.l10n;
  if (state.kind === 'off') return [];
  const rows: ModelRow[] = [stateRow(state)];
  if (!model) return rows;
  rows.push(
    { kind: 'model', label: t('Model'), value: model.name, icon: 'package' },
    ...fileRows(chosen),
    { kind: 'tokenizer', label: t('Vocabulary'), value: tokenizer, icon: 'symbol-text' },
    {
      kind: 'provider',
      label: t('Runs on'),
      value: model.provider,
      icon: 'chip',
      explanation: `${providerTerm(t)}; ${sentenceText(model.providerNote)}`,
    },
    { kind: 'fact', label: t('Architecture'), value: architectureOf(model), icon: 'layers' },
    ...windowRows(model),
    ...parameterRows(model),
    { kind: 'fact', label: t('Context'), value: formatQuantity(model.contextLength, 'token'), icon: 'list-ordered' },
    ...diskRows(model),
  );
  if (status) rows.push({ kind: 'fact', label: t('Memory'), value: memoryOf(status), icon: 'server' });
  return [...rows, ...model.notes.map(noteRow)];
}

function stateRow(state: Exclude<EngineState, { kind: 'off' }>): ModelRow {
  const { t } = vscode.l10n;
  const label = t('State');
  switch (state.kind) {
    case 'working':
      return { kind: 'state', label, value: progressText(state, t), icon: 'loading~spin' };
    case 'ready':
      return { kind: 'state', label, value: t('ready'), icon: 'pass' };
    case 'unresponsive':
      return { kind: 'state', label, value: t('not answering'), icon: 'warning' };
    case 'failed':
      return { kind: 'state', label, value: state.message, icon: 'error' };
  }
}

/** Which file it is: all that are quantised from one model have its name. */
function fileRows(chosen: string): ModelRow[] {
  if (!/\.gguf$/i.test(chosen)) return [];
  return [{ kind: 'fact', label: vscode.l10n.t('File'), value: basename(chosen), icon: 'file', explanation: chosen }];
}

function architectureOf({ architecture, numHiddenLayers, numAttentionHeads, hiddenSize }: ModelInfo): string {
  return vscode.l10n.t(
    '{0}: {1} layers, {2} heads each, width {3}',
    architecture,
    numHiddenLayers,
    numAttentionHeads,
    hiddenSize,
  );
}

/** What layers see, where some do not see all tokens. */
function windowRows({ layers }: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  const windows = [...new Set(layers.flatMap(({ slidingWindow }) => slidingWindow ?? []))];
  const counts = windows.map((window) => {
    const count = layers.filter(({ slidingWindow }) => slidingWindow === window).length;
    return t('{0} of them see {1} tokens', count, formatCount(window));
  });
  if (counts.length === 0) return [];
  return [
    {
      kind: 'fact',
      label: t('Layers'),
      value: [t('{0} layers', layers.length), ...counts].join(', '),
      icon: 'list-filter',
      explanation: t('so many tokens before each, itself included; the other layers see all'),
    },
  ];
}

function parameterRows(model: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  if (model.parameters === undefined) return [];
  return [
    { kind: 'fact', label: t('Parameters'), value: formatCount(model.parameters), icon: 'symbol-numeric' },
    { kind: 'fact', label: t('Weights'), icon: 'symbol-ruler', ...weightsOf(model) },
  ];
}

function diskRows({ diskBytes }: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  if (diskBytes === undefined) return [];
  const explanation = t('of the compiled model, in the cache');
  return [{ kind: 'disk', label: t('Disk'), value: formatBytes(diskBytes), icon: 'database', explanation }];
}

function weightsOf({ weights, approximation }: ModelInfo): Pick<ModelRow, 'value' | 'explanation'> {
  const { t } = vscode.l10n;
  if (approximation) {
    const explanation = sentenceText(approximationNote(approximation));
    const { bits, half } = approximation;
    return { value: half ? t('approximate, {0}', half) : t('approximate, {0} bits', bits), explanation };
  }
  if (weights === 'float32') {
    return {
      value: 'float32',
      explanation: t('4 bytes each, with the values that the file has; the setting vitrine.weights chooses'),
    };
  }
  return {
    value: t('packed'),
    explanation: t(
      'the matrices stay as the file has them, in blocks of few bits, which takes less memory than float32; the setting vitrine.weights chooses',
    ),
  };
}

function noteRow(note: Sentence): ModelRow {
  return { kind: 'fact', label: vscode.l10n.t('Note'), value: sentenceText(note), icon: 'info' };
}

function memoryOf({ processBytes, traceBytes, cacheBytes, memoryLimitBytes }: EngineStatus): string {
  const ofTexts = traceBytes + cacheBytes;
  const texts = vscode.l10n.t(
    '{0} of it for what was read (limit: {1})',
    formatBytes(ofTexts),
    formatBytes(memoryLimitBytes),
  );
  return ofTexts > 0 ? `${formatBytes(processBytes)}, ${texts}` : formatBytes(processBytes);
}
