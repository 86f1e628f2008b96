import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bfloat16Bits,
  bfloat16Of,
  float16Bits,
  float16Of,
  HALF_FLOATS,
  type HalfFloat,
  roundToHalf,
} from '../../../src/shared/half-floats';

const fixture: Record<'numbers' | HalfFloat, string> = JSON.parse(
  readFileSync('test/fixtures/packed/halves.json', 'utf8'),
);
const bytesOf = (name: 'numbers' | HalfFloat) => Uint8Array.from(Buffer.from(fixture[name], 'base64')).buffer;
const numbers = new Float32Array(bytesOf('numbers'));

const BITS_OF = { bf16: bfloat16Bits, fp16: float16Bits };
const NUMBER_OF = { bf16: bfloat16Of, fp16: float16Of };
/** The bits of infinity: all smaller ones are numbers. */
const INFINITE = { bf16: 0x7f80, fp16: 0x7c00 };

test.each(HALF_FLOATS)('%s: numbers are rounded as PyTorch rounds them', (kind) => {
  expect(Array.from(numbers, BITS_OF[kind])).toEqual([...new Uint16Array(bytesOf(kind))]);
});

test.each(HALF_FLOATS)('%s: every number has its own bits, and what lies between two those of the nearer', (kind) => {
  const [bitsOf, numberOf] = [BITS_OF[kind], NUMBER_OF[kind]];
  // What is read back is infinite one step further than what is rounded to it.
  const next = (bits: number) =>
    bits + 1 === INFINITE[kind] ? 2 * numberOf(bits) - numberOf(bits - 1) : numberOf(bits + 1);
  const single = (value: number) => Math.fround(value) === value;
  const wrong = [];
  for (let bits = 0; bits < INFINITE[kind]; bits++) {
    const value = numberOf(bits);
    const middle = (value + next(bits)) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    // Of the smallest numbers single precision has no more between the middle and its neighbours.
    const [below, above] = [Math.fround(middle * (1 - 1e-7)), Math.fround(middle * (1 + 1e-7))];
    const cases = [
      [value, bits],
      [-value, bits | 0x8000],
      ...(single(middle) ? [[middle, even]] : []),
      ...(below < middle && above > middle
        ? [
            [below, bits],
            [above, bits + 1],
          ]
        : []),
    ] as const;
    if (cases.some(([of, expected]) => bitsOf(of as number) !== expected)) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});

test.each(HALF_FLOATS)('%s: what was rounded stays as it is, and none is nearer', (kind) => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, min: -60_000, max: 60_000 }), (value) => {
      const rounded = roundToHalf(kind, value);
      expect(roundToHalf(kind, rounded)).toBe(rounded);
      const bits = BITS_OF[kind](value);
      for (const other of [bits - 1, bits + 1]) {
        const neighbour = NUMBER_OF[kind](other & 0xffff);
        if (Number.isFinite(neighbour) && (bits & 0x7fff) > 0)
          expect(Math.abs(neighbour - value)).toBeGreaterThanOrEqual(Math.abs(rounded - value));
      }
    }),
  );
});
