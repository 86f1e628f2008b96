import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOATS, numberBits } from '../../../src/anatomy/number-bits';

describe.each(FLOATS)('the bits of a number in %s', (float) => {
  it('make that number: ± significand · 2^power', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, min: -60_000, max: 60_000 }), (number) => {
        const { sign, value, power, significand, exponent, mantissa } = numberBits(float, number);
        expect((sign === '1' ? -1 : 1) * significand * 2 ** power).toBe(value);
        expect(`${sign}${exponent}${mantissa}`).toHaveLength(float === 'float32' ? 32 : 16);
      }),
    );
  });
});

// As IEEE 754 has them.
it.each([
  ['float32', 1, '0 01111111 00000000000000000000000'],
  ['float32', -0.1, '1 01111011 10011001100110011001101'],
  ['bf16', -0.1, '1 01111011 1001101'],
  ['fp16', -0.1, '1 01011 1001100110'],
  ['fp16', 2 ** -24, '0 00000 0000000001'],
  ['fp16', 1e6, '0 11111 0000000000'],
] as const)('%s of %d is %s', (float, number, bits) => {
  const { sign, exponent, mantissa } = numberBits(float, number);
  expect(`${sign} ${exponent} ${mantissa}`).toBe(bits);
});
