import * as vscode from 'vscode';
import { formatCount, formatQuantity } from '../../display/numbers';
import { absence, type Capabilities, type Capability } from '../../shared/capabilities';
import type { ModelInfo, ServerInfo } from '../../shared/engine-api';
import { sentenceText } from '../error-text';
import type { ModelRow } from './model-row';

/** Where it runs, and what it gives of a text and of itself. */
export function servedModelRows(model: ModelInfo, { host, kind, windowTokens }: ServerInfo): ModelRow[] {
  const { t } = vscode.l10n;
  return [
    {
      kind: 'server',
      label: t('Server'),
      value: `${host} (${kind})`,
      icon: 'server',
      explanation: sentenceText(model.providerNote),
    },
    { kind: 'fact', label: t('Context'), value: formatQuantity(model.contextLength, 'token'), icon: 'list-ordered' },
    ...(windowTokens < model.contextLength ? [windowRow(windowTokens)] : []),
    ...givenRows(model),
    ...absentRows(model),
  ];
}

function windowRow(windowTokens: number): ModelRow {
  const { t } = vscode.l10n;
  return {
    kind: 'fact',
    label: t('Windows'),
    value: formatQuantity(windowTokens, 'token'),
    icon: 'split-horizontal',
    explanation: t('a longer text is read in parts of so many, each with the last half of the one before'),
  };
}

/** What is told of each token. */
function givenRows({ name, capabilities }: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  if (!capabilities.hasLogprobs) {
    const explanation = sentenceText(absence('hasLogprobs', name));
    return [fact(t('Probabilities'), t('not given'), { explanation })];
  }
  const alternatives = formatCount(capabilities.mostAlternatives);
  return [
    fact(t('Probabilities'), t('of every token')),
    fact(t('Ranks'), ranksText(capabilities, alternatives), {
      explanation: t('how many tokens were more probable than the one that stands there'),
    }),
    fact(
      t('Alternatives'),
      capabilities.mostAlternatives === 0 ? t('not given') : t('{0} at each place', alternatives),
    ),
    fact(t('Entropy'), entropyText(capabilities), {
      explanation: t(
        'of the distribution of the next token; with its most probable ones alone, it is known what it is at least',
      ),
    }),
  ];
}

function ranksText({ ranks }: Capabilities, alternatives: string): string {
  const { t } = vscode.l10n;
  switch (ranks) {
    case 'all':
      return t('of every token');
    case 'amongAlternatives':
      return t('of the {0} most probable tokens, else more than {0}', alternatives);
    case 'none':
      return t('not given');
  }
}

function entropyText({ entropy }: Capabilities): string {
  const { t } = vscode.l10n;
  switch (entropy) {
    case 'exact':
      return t('exact');
    case 'bound':
      return t('at least so much (≥)');
    case 'none':
      return t('not given');
  }
}

/** What a server may not give, as people call it. */
function absentRows({ name, capabilities }: ModelInfo): ModelRow[] {
  const { t } = vscode.l10n;
  const parts: [Capability, string][] = [
    ['hasDistributions', t('whole distributions')],
    ['hasContinuations', t('continuations')],
    ['hasAttention', t('attention')],
    ['hasResidualStream', t('layers')],
    ['hasInterventions', t('changes inside of it')],
    ['hasWeights', t('weights')],
  ];
  const absent = parts.filter(([capability]) => !capabilities[capability]);
  if (absent.length === 0) return [];
  const explanation = absent.map(([capability]) => sentenceText(absence(capability, name))).join(' ');
  return [
    {
      kind: 'fact',
      label: t('Not given'),
      value: absent.map(([, part]) => part).join(', '),
      icon: 'circle-slash',
      explanation,
    },
  ];
}

function fact(label: string, value: string, more: Pick<ModelRow, 'explanation'> = {}): ModelRow {
  return { kind: 'fact', label, value, icon: 'graph', ...more };
}
