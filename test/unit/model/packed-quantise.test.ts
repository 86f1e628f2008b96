import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantise, type RoundedType } from '../../../src/model/packed/quantise';
import { float16At, float16Bits } from '../../../src/model/tensors/floats';
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

test('every half-precision number has its own bits, and what lies between two those of the nearer', () => {
  const bytes = new DataView(new ArrayBuffer(2));
  const numberOf = (bits: number) => {
    bytes.setUint16(0, bits, true);
    return float16At(bytes, 0);
  };
  const wrong = [];
  for (let bits = 0; bits < 0x7c00; bits++) {
    const value = numberOf(bits);
    const next = bits === 0x7bff ? 65536 : numberOf(bits + 1);
    const middle = (value + next) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    const results = [value, -value, middle * (1 - 1e-7), middle, middle * (1 + 1e-7)].map(float16Bits);
    if (results.join() !== [bits, bits | 0x8000, bits, even, bits + 1].join()) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});
