import { bitsOf } from '../../../src/display/scales';
import type { AttentionPattern, HeadSummary } from '../../../src/shared/engine-api';
import type { Lenses, Subject } from '../../../src/shared/inspector-api';
import type { Work } from '../../../src/shared/progress';
import { type Cell, type Row, type Table, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import { t } from '../../l10n';
import type { AblationChange } from './ablation-change';
import { type AttentionScope, headName, nameOf } from './attention-scope';
import type { Trial } from './head-trials';
import { isOutOfReach } from './reach';
import { isUnreachable, type RowWeights } from './row-weights';
import { weightingOf } from './value-weighting';

const MEASURED = ['previous', 'first', 'self', 'induction', 'inductionQueries', 'entropy'] as const;
/** Queries that are asked for at once. */
const QUERIES = 64;

/** What every head does in the text: mean weights, and entropy in bits. */
export function headsTable(summaries: readonly HeadSummary[]): Table {
  const hasSinks = summaries.some(({ sink }) => sink !== undefined);
  const measured = [...MEASURED, ...(hasSinks ? (['sink'] as const) : [])];
  return {
    label: t('All heads'),
    name: 'heads',
    columns: ['layer', 'head', ...measured],
    rows: () => summaries.map((summary) => [summary.layer, summary.head, ...measured.map((name) => summary[name])]),
  };
}

/** Where one token looks, nothing where that is out of its reach; key 0 is there also where the picture hides it. */
export function weightsTable(row: RowWeights, scope: AttentionScope, subject: Subject): Table {
  const { query, weights } = row;
  const weightOf = (weight: number, key: number) => (isUnreachable(row, key) ? undefined : weight);
  return {
    label: t('{0}, token {1}', nameOf(scope), query),
    name: `${fileName(scope)}-token-${query}`,
    hasWeights: true,
    columns: [...LOOKED_COLUMNS, 'query', 'key', 'text', 'weight'],
    rows: () =>
      Array.from(weights, (weight, key) => [
        ...scopeCells(scope),
        query,
        key,
        tokenCells(subject, key)[2],
        weightOf(weight, key),
      ]),
  };
}

/** Where all tokens look: a row a query, a column a key, as far as the query; nothing where that is out of its reach. The rollout is only of what is known of it. */
export function patternTables(
  lenses: Pick<Lenses, 'attention'>,
  scope: AttentionScope,
  subject: Subject,
  known: AttentionPattern | undefined,
  reach: number | undefined,
): Table[] {
  const { trace = 0, ids = new Uint32Array() } = subject.read ?? {};
  const isWhole = known?.rowBlock === 1 && known.columnBlock === 1;
  if (scope.kind === 'rollout' && !isWhole) return [];
  const rowsOf = (weights: Float32Array, from: number, to: number, columns: number): Row[] =>
    Array.from({ length: to - from }, (_, i) => {
      const row = weights.subarray(i * columns, i * columns + from + i + 1);
      const cells = Array.from(row, (weight, key) => (isOutOfReach(from + i, key, reach) ? undefined : weight));
      return [...scopeCells(scope), from + i, tokenCells(subject, from + i)[2], ...cells];
    });
  const ask = async ({ signal, progress }: Work): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let from = 0; from < ids.length; from += QUERIES) {
      signal.throwIfAborted();
      progress(from, ids.length);
      const to = Math.min(ids.length, from + QUERIES);
      const head = scope.kind === 'head' ? { head: scope.head } : {};
      const asked = { trace, layer: scope.layer, ...head, ...weightingOf(scope), rows: { from, to } };
      const { maximum, columns } = await lenses.attention(asked);
      rows.push(...rowsOf(maximum, from, to, columns));
    }
    return rows;
  };
  return [
    {
      label: t('{0}, all tokens', nameOf(scope)),
      name: fileName(scope),
      hasWeights: true,
      columns: [...LOOKED_COLUMNS, 'query', 'text', ...Array.from(ids.keys(), String)],
      rows: isWhole ? () => rowsOf(known.maximum, 0, known.rows, known.columns) : ask,
    },
  ];
}

/** What the heads that are off change, token by token. */
export function changeTable({ bits }: AblationChange, logprobs: Float32Array, subject: Subject): Table {
  return {
    label: t('What the heads that are off change'),
    name: 'ablation',
    columns: [...TOKEN_COLUMNS, 'logprob', 'logprobAllOn', 'surprisalChange'],
    rows: () =>
      Array.from(bits, (change, position) => {
        const logprob = logprobs[position] ?? Number.NaN;
        return [...tokenCells(subject, position), logprob, logprob + change * Math.LN2, change];
      }),
  };
}

/** What became of a token when each head was switched off by itself, beside those that are off. */
export function trialsTable(trials: readonly Trial[], position: number, logprob: number, subject: Subject): Table {
  return {
    label: t('Every head off, token {0}', position),
    name: `every-head-off-token-${position}`,
    columns: [...TOKEN_COLUMNS, 'layer', 'head', 'logprob', 'logprobWithout', 'surprisalChange'],
    rows: () =>
      trials
        .toSorted((one, other) => one.layer - other.layer || one.head - other.head)
        .map(({ layer, head, change }) => [
          ...tokenCells(subject, position),
          layer,
          head,
          logprob,
          logprob + change,
          bitsOf(change),
        ]),
  };
}

/** Whose attention a row is of: a layer without a head is the mean of its heads, and neither is the rollout over all layers. */
const LOOKED_COLUMNS = ['layer', 'head'] as const;

function scopeCells(scope: AttentionScope): Cell[] {
  if (scope.kind === 'rollout') return [undefined, undefined];
  return [scope.layer, scope.kind === 'head' ? scope.head : undefined];
}

function fileName(scope: AttentionScope): string {
  const name = { head: headName(scope), layer: `layer-${scope.layer}`, rollout: 'rollout' }[scope.kind];
  return scope.valueWeighted ? `${name}-values` : name;
}
