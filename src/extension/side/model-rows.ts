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
import type { ModelRow } from './model-row';
import { servedModelRows } from './served-model-rows';

/** What the Model view tells of. */
export interface ModelFacts {
  state: EngineState;
  model: ModelInfo | undefined;
  /** Of the engine's process; undefined while it is not known, and where there is none. */
  status: EngineStatus | undefined;
  /** What the vocabulary in use is called. */
  tokenizer: string;
  /** What the setting names: a file, a folder or a model of Ollama's. */
  chosen: string;
  /** Of the server that was chosen in its place. */
  serverHost: string | undefined;
}

/** What is to be said of the engine and its model; nothing while there is none. */
export function modelRows({ state, model, status, tokenizer, chosen, serverHost }: ModelFacts): ModelRow[] {
  const { t } = vscode.l10n;
  const rows: ModelRow[] = state.kind === 'off' ? [] : [stateRow(state, serverHost)];
  if (!model) return serverHost === undefined ? rows : [...rows, restingRow(serverHost)];
  rows.push({ kind: 'model', label: t('Model'), value: model.name, icon: 'package' });
  const vocabulary: ModelRow = { kind: 'tokenizer', label: t('Vocabulary'), value: tokenizer, icon: 'symbol-text' };
  if (model.server) rows.push(vocabulary, ...servedModelRows(model, model.server));
  else rows.push(...fileRows(chosen), vocabulary, ...loadedModelRows(model));
  if (status) rows.push({ kind: 'fact', label: t('Memory'), value: memoryOf(status), icon: 'server' });
  return [...rows, ...model.notes.map(noteRow)];
}

/** Of one on this machine: what it runs on, what it is like, and what it takes. */
function loadedModelRows(model: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  return [
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
  ];
}

function stateRow(state: Exclude<EngineState, { kind: 'off' }>, serverHost: string | undefined): ModelRow {
  const { t } = vscode.l10n;
  const label = t('State');
  switch (state.kind) {
    case 'working':
      return { kind: 'state', label, value: workText(state, serverHost), icon: 'loading~spin' };
    case 'ready':
      return { kind: 'state', label, value: t('ready'), icon: 'pass' };
    case 'unresponsive':
      return { kind: 'state', label, value: t('not answering'), icon: 'warning' };
    case 'failed':
      return { kind: 'state', label, value: state.message, icon: 'error' };
  }
}

/** Of a server that was chosen and is not connected: nobody has asked for a while, or it has failed. */
function restingRow(serverHost: string): ModelRow {
  const { t } = vscode.l10n;
  const explanation = t('it is connected again when it is next needed');
  return { kind: 'server', label: t('Server'), value: serverHost, icon: 'server', explanation };
}

function workText(state: Extract<EngineState, { kind: 'working' }>, serverHost: string | undefined): string {
  const { t } = vscode.l10n;
  const isConnecting = serverHost !== undefined && state.stage === 'load';
  return isConnecting ? t('connecting to {0}', serverHost) : progressText(state, t);
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
