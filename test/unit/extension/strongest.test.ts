import { expect, it } from 'vitest';
import { strongestOf } from '../../../src/extension/api/strongest';
import type { VitrineWhy } from '../../../src/extension/api/vitrine';

it('tells a chat of the 20 strongest parts in their order, and of all others their sum', () => {
  const terms = Array.from({ length: 30 }, (_, head) => ({
    kind: 'head' as const,
    layer: 0,
    head,
    value: (-1) ** head * head,
  }));
  const why: VitrineWhy = {
    token: { id: 1, text: ' Mary', logprob: Math.log(0.8416) },
    against: { id: 2, text: ' John', logprob: Math.log(0.0371) },
    position: 2,
    logitDifference: 3.1234,
    terms,
    sources: [
      { token: { id: 5, text: 'When' }, value: 0.256 },
      { token: { id: 6, text: ' John' }, value: -2.049 },
    ],
    remainder: 0.00001,
  };
  const told = strongestOf(why);
  expect(told.terms).toEqual(terms.slice(10));
  expect(told.otherTerms).toBe(-5);
  expect(told).toMatchObject({
    token: { text: ' Mary', probability: 0.84 },
    against: { text: ' John', probability: 0.037 },
    logitDifference: 3.12,
    sources: [
      { token: 'When', value: 0.26 },
      { token: ' John', value: -2.05 },
    ],
    otherSources: 0,
    remainder: 0,
  });
});
