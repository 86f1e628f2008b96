import type { HeadSummary } from '../../../src/shared/engine-api';
import type { Table } from '../../export/table';
import type { TokenText } from '../../kit/token-texts';
import { headName, type Looked } from './looked';
import type { RowWeights } from './row-weights';

const MEASURED = ['induction', 'previous', 'first', 'self', 'entropy'] as const;

/** What every head does in the text: mean weights, and entropy in bits. */
export function headsTable(summaries: readonly HeadSummary[]): Table {
  return {
    name: 'heads',
    columns: ['layer', 'head', ...MEASURED],
    rows: summaries.map((summary) => [summary.layer, summary.head, ...MEASURED.map((name) => summary[name])]),
  };
}

/** Where one token looks. Positions count from 0; key 0 is there also where the picture hides it. */
export function weightsTable({ query, weights }: RowWeights, looked: Looked, tokens: readonly TokenText[]): Table {
  const whose = { head: headName(looked), layer: `${looked.layer}`, rollout: 'rollout' }[looked.kind];
  return {
    name: `attention-${whose}-token-${query}`,
    columns: ['query', 'key', 'token', 'weight'],
    rows: Array.from(weights, (weight, key) => [query, key, tokens[key]?.text, weight]),
  };
}
