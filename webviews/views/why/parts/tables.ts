import type { Subject } from '../../../../src/shared/inspector-api';
import type { Part, Why } from '../../../../src/shared/why-api';
import { type Cell, type Row, type Table, TOKEN_COLUMNS, tokenCells } from '../../../export/table';
import { t } from '../../../l10n';
import type { Effect } from './measured';
import type { Measuring } from './measuring';
import { directOf, keyOf } from './part';
import type { Opened } from './parts-data';

/** All terms of the sum, the tokens they come from, and what is opened. */
export function partsTables(
  why: Why,
  subject: Subject,
  opened: Opened | undefined,
  { off, effects }: Pick<Measuring, 'off' | 'effects'>,
): Table[] {
  return [
    termsTable(why),
    sourcesTable(why, subject),
    ...openedTables(opened, subject),
    ...offTables(why, off, effects),
  ];
}

/** They add up to the difference of the two logits. */
function termsTable(why: Why): Table {
  const heads = why.heads.length / Math.max(1, why.mlps.length);
  const rows = (): Row[] => [
    ['embedding', undefined, undefined, why.embedding],
    ...Array.from(why.heads, (value, i): Row => ['head', Math.floor(i / heads), i % heads, value]),
    ...layers('mixer', why.mixers),
    ...layers('attentionBias', why.attentionBiases),
    ...layers('mlp', why.mlps),
    ['interventions', undefined, undefined, why.interventions ?? 0],
    ['bias', undefined, undefined, why.bias],
    ['softCap', undefined, undefined, why.softCap],
    ['remainder', undefined, undefined, why.remainder],
  ];
  return { label: t('All parts'), name: 'parts', columns: ['kind', 'layer', 'head', 'value'], rows };
}

const layers = (kind: string, values: Float32Array): Row[] =>
  Array.from(values, (value, layer): Row => [kind, layer, undefined, value]).filter(([, , , value]) => value !== 0);

function sourcesTable({ sources }: Why, subject: Subject): Table {
  return {
    label: t('What each token brings'),
    name: 'sources',
    columns: [...TOKEN_COLUMNS, 'value'],
    rows: () => Array.from(sources, (value, position) => [...tokenCells(subject, position), value]),
  };
}

function openedTables(opened: Opened | undefined, subject: Subject): Table[] {
  if (opened?.kind === 'head') {
    const { part, sources } = opened;
    const name = `${part.layer}.${part.head}`;
    const { weights, values, norms } = sources;
    return [
      {
        label: t('head {0}', name),
        name: `head-${name}`,
        columns: [...TOKEN_COLUMNS, 'weight', 'norm', 'value'],
        rows: () => Array.from(values, (value, key) => [...tokenCells(subject, key), weights[key], norms[key], value]),
      },
    ];
  }
  if (!opened) return [];
  const { layer, neurons } = opened;
  return [
    {
      label: t('MLP {0}', layer),
      name: `mlp-${layer}`,
      columns: ['layer', 'expert', 'neuron', 'activation', 'value', 'promotes', 'suppresses'],
      rows: () =>
        neurons.strongest.map(({ expert, neuron, activation, value, promotes, suppresses }) => [
          layer,
          expert,
          neuron,
          activation,
          value,
          [...promotes].join(' '),
          [...suppresses].join(' '),
        ]),
    },
  ];
}

/** Direct beside total. */
function offTables(why: Why, off: ReadonlyMap<string, Part>, effects: ReadonlyMap<string, Effect>): Table[] {
  const measured = [...off.values()].flatMap((part) => {
    const effect = effects.get(keyOf(part));
    return effect ? [{ part, effect }] : [];
  });
  if (measured.length === 0) return [];
  const columns = [
    'kind',
    'layer',
    'head',
    'position',
    'direct',
    'total',
    'logprobChange',
    'logprob',
    'logprobAgainst',
  ];
  return [
    {
      label: t('Parts that are off, each by itself'),
      name: 'switched-off',
      columns,
      rows: () =>
        measured.map(({ part, effect: { total, logprobChange, without } }) => [
          ...addressCells(part),
          directOf(why, part),
          total,
          logprobChange,
          without.token,
          without.against,
        ]),
    },
  ];
}

function addressCells(part: Part): Cell[] {
  if (part.kind === 'token') return [part.kind, undefined, undefined, part.position];
  return [part.kind, part.layer, part.kind === 'head' ? part.head : undefined, undefined];
}
