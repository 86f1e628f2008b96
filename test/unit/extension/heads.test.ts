import { describe, expect, it } from 'vitest';
import { headsByLayer, rolesByShare, strongestIn } from '../../../src/extension/side/head-lists';
import type { HeadSummary } from '../../../src/shared/engine-api';

const head = (layer: number, number: number, change: Partial<HeadSummary> = {}): HeadSummary => ({
  layer,
  head: number,
  previous: 0.1,
  first: 0.6,
  self: 0.2,
  induction: Number.NaN,
  inductionQueries: 0,
  entropy: 1,
  ...change,
});

const heads = [
  head(0, 0, { previous: 0.9 }),
  head(0, 1),
  head(1, 0, { induction: 0.4 }),
  head(1, 1, { previous: 0.3 }),
];

describe('heads by what they do', () => {
  it('lists the strongest first', () => {
    expect(strongestIn('previous', heads).map(({ layer, head }) => `${layer}.${head}`)).toEqual([
      '0.0',
      '1.1',
      '0.1',
      '1.0',
    ]);
  });

  it('lists five at most', () => {
    const many = Array.from({ length: 9 }, (_, number) => head(0, number));
    expect(strongestIn('self', many)).toHaveLength(5);
  });

  it('leaves out those of which the text shows nothing', () => {
    expect(strongestIn('induction', heads)).toEqual([heads[2]]);
    expect(rolesByShare(head(0, 0))).toEqual(['first', 'self', 'previous']);
  });

  it('keeps layers together', () => {
    expect(headsByLayer(heads).map((layer) => layer.map(({ head }) => head))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
