import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantise } from '../../../src/model/packed/quantise';
import type { RoundedType } from '../../../src/shared/block-rounding';
import { dequantized } from '../../support/packed-matrices';

const rounded: { weights: string; blocks: Record<RoundedType, string> } = JSON.parse(
  readFileSync('test/fixtures/packed/rounded.json', 'utf8'),
);
const weights = new Float32Array(Uint8Array.from(Buffer.from(rounded.weights, 'base64')).buffer);
const TYPES = ['Q8_0', 'Q4_0'] as const;

test.each(TYPES)("%s: weights are rounded as Python's gguf rounds them", (type) => {
  expect(Buffer.from(quantise(type, weights)).toString('base64')).toBe(rounded.blocks[type]);
});

test.each(TYPES)('%s: what was rounded once stays as it is', (type) => {
  // Scales that a float16 holds exactly.
  const block = fc.tuple(
    fc.integer({ min: 1, max: 2047 }),
    fc.array(fc.integer({ min: -7, max: 7 }), { minLength: 31, maxLength: 31 }),
  );
  fc.assert(
    fc.property(block, ([scale, codes]) => {
      const largest = type === 'Q8_0' ? 127 : -8;
      const values = Float32Array.from([largest, ...codes], (code) => code * scale);
      expect(dequantized(type, quantise(type, values), 32)).toEqual(values);
    }),
  );
});
