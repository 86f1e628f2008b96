import { bfloat16Bits, bfloat16Of, float16Bits, float16Of, float32Bits, float32Of } from '../shared/half-floats';

/** Numbers of a sign, an exponent and a mantissa (IEEE 754). */
export const FLOATS = ['float32', 'bf16', 'fp16'] as const;
export type Float = (typeof FLOATS)[number];

interface Layout {
  exponentBits: number;
  mantissaBits: number;
  bits(value: number): number;
  value(bits: number): number;
}

export const FLOAT_LAYOUTS: Readonly<Record<Float, Layout>> = {
  float32: { exponentBits: 8, mantissaBits: 23, bits: float32Bits, value: float32Of },
  bf16: { exponentBits: 8, mantissaBits: 7, bits: bfloat16Bits, value: bfloat16Of },
  fp16: { exponentBits: 5, mantissaBits: 10, bits: float16Bits, value: float16Of },
};

/** A number as some float has it: ± significand · 2^power, or ± infinity. */
export interface NumberBits {
  /** As digits of 0 and 1. */
  sign: string;
  exponent: string;
  mantissa: string;
  value: number;
  power: number;
  /** From 1 to 2; below 1 of the smallest numbers, whose exponent is 0. */
  significand: number;
}

/** The bits of the nearest number that a float has. */
export function numberBits(float: Float, number: number): NumberBits {
  const { exponentBits, mantissaBits, bits: bitsOf, value: numberOf } = FLOAT_LAYOUTS[float];
  const bits = bitsOf(number);
  const digits = bits.toString(2).padStart(1 + exponentBits + mantissaBits, '0');
  const [exponent, mantissa] = [digits.slice(1, 1 + exponentBits), digits.slice(1 + exponentBits)];
  const [biased, fraction] = [Number.parseInt(exponent, 2), Number.parseInt(mantissa, 2) / 2 ** mantissaBits];
  const bias = 2 ** (exponentBits - 1) - 1;
  return {
    sign: digits.slice(0, 1),
    exponent,
    mantissa,
    value: numberOf(bits),
    power: Math.max(biased, 1) - bias,
    significand: biased === 0 ? fraction : 1 + fraction,
  };
}
