import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { entropyBound } from '../../../src/remote/entropy-bound';

const distribution = fc
  .array(fc.double({ min: -30, max: 0, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((logits) => {
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    return logits.map((logit) => logit - Math.log(sum)).sort((a, b) => b - a);
  });

const entropy = (logprobs: number[]) => logprobs.reduce((sum, lp) => sum - Math.exp(lp) * lp, 0) / Math.LN2;

it('is never more than the entropy, grows with what is known, and is the entropy where all is', () => {
  fc.assert(
    fc.property(distribution, fc.integer({ min: 1, max: 60 }), (logprobs, known) => {
      const bound = entropyBound(logprobs.slice(0, known));
      expect(bound).toBeLessThanOrEqual(entropy(logprobs) + 1e-9);
      expect(bound).toBeGreaterThanOrEqual(0);
      expect(entropyBound(logprobs)).toBeCloseTo(entropy(logprobs), 6);
    }),
  );
});

it('is exact where the rest is spread as evenly as it can be', () => {
  expect(entropyBound([Math.log(0.25)])).toBeCloseTo(2, 12);
});
