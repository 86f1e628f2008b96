import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatBytes } from '../../../src/display/format-bytes';
import {
  formatBits,
  formatCount,
  formatDecimal,
  formatLogprob,
  formatLogprobInDigits,
  formatLogprobShort,
  formatNats,
  formatNatsChange,
  formatPerplexity,
  formatProbability,
  formatProbabilityShort,
  formatQuantity,
  formatSeconds,
  formatSigned,
  speakNumbersIn,
} from '../../../src/display/numbers';

/** The number in a text. */
const numberIn = (text: string) => Number.parseFloat(text.replace(/^\D*/, ''));

describe('numbers for people', () => {
  it.each([
    [0.46, '46 %'],
    [0.0704, '7.0 %'],
    [0.00996, '1.0 %'],
    [0.0022, '0.22 %'],
    [0.00018, '0.018 %'],
    [0.00001, '0.0010 %'],
    [0.0000035, 'under 0.001 %'],
    [4e-36, 'under 0.001 %'],
    [0.987, '99 %'],
    [0.9951, '99.5 %'],
    [0.9993, '99.93 %'],
    [0.999999, '>99.99 %'],
    [1, '100 %'],
    [0, '0 %'],
  ])('probability %f is %s', (probability, text) => expect(formatProbability(probability)).toBe(text));

  it.each([
    [formatProbabilityShort, 0.0000035, '<0.001 %'],
    [formatProbabilityShort, 0.46, '46 %'],
    [formatLogprobShort, -1000, '<0.001 %'],
    [formatLogprob, -1000, 'under 0.001 %'],
    [formatLogprob, 0, '>99.99 %'],
    [formatLogprobInDigits, -13.4, '0.000152 %'],
    [formatLogprobInDigits, -30, '9.4 × 10⁻¹² %'],
    [formatLogprobInDigits, -0.045, '95.60 %'],
    [formatLogprobInDigits, -0.000005, '99.999500 %'],
    [formatLogprobInDigits, 0, '>99.99 %'],
    [formatBits, 18.14, '18.1 bits'],
    [formatBits, 9.96, '10.0 bits'],
    [formatBits, 1.12, '1.1 bits'],
    [formatBits, 0.36, '0.36 bits'],
    [formatBits, 0.00007, '<0.01 bits'],
    [formatBits, 0, '0 bits'],
    [formatNats, -29.58693, '−29.6 nats'],
    [formatNats, -12938.91, '−12,938.9 nats'],
    [formatNatsChange, 0.073, '+0.073 nats'],
    [formatNatsChange, -1.24, '−1.2 nats'],
    [formatSigned, 2.25, '+2.3'],
    [formatSigned, -0.36, '−0.36'],
    [formatSigned, 0, '0'],
    [formatSigned, -2.5e-5, '−0.000025'],
    [formatDecimal, 2.5e-7, '2.5 × 10⁻⁷'],
    [formatPerplexity, 371.4, '371'],
    [formatPerplexity, 4.26, '4.3'],
    [formatPerplexity, 288427, '288,427'],
    [formatPerplexity, 1.3e8, '130,000,000'],
    [formatPerplexity, 1.3e12, '1.3 × 10¹²'],
    [formatSeconds, 0.0434, '43 ms'],
    [formatSeconds, 0.9996, '1.0 s'],
    [formatSeconds, 61.6, '62 s'],
  ])('%o of %f is %s', (format, value, text) => expect(format(value)).toBe(text));

  it('counts one thing, or several', () => {
    expect([0, 1, 5672].map((count) => formatQuantity(count, 'token'))).toEqual([
      '0 tokens',
      '1 token',
      '5,672 tokens',
    ]);
  });

  it('never shows a probability as 0 or 1 that is neither', () => {
    fc.assert(
      fc.property(fc.double({ min: -2000, max: -1e-12, noNaN: true }), (logprob) => {
        const text = formatLogprob(logprob);
        expect(numberIn(text)).toBeGreaterThan(0);
        expect(text).not.toBe('100 %');
      }),
    );
  });

  it('never says more of a smaller probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (p, share) => {
          const value = (probability: number) => numberIn(formatProbability(probability));
          expect(value(p * share)).toBeLessThanOrEqual(value(p));
        },
      ),
    );
  });
});

describe('numbers for people who read Spanish', () => {
  beforeEach(() => speakNumbersIn('es'));
  afterEach(() => speakNumbersIn('en'));

  it.each([
    [formatCount, 134515008, '134.515.008'],
    // The Spanish Academy groups from five digits on.
    [formatCount, 5672, '5672'],
    [formatProbability, 0.00018, '0,018 %'],
    [formatProbability, 0.999999, '>99,99 %'],
    [formatProbability, 0.00000079, 'menos de 0,001 %'],
    [formatProbabilityShort, 0.00000079, '<0,001 %'],
    [formatBits, 18.14, '18,1 bits'],
    [formatBits, 0.00007, '<0,01 bits'],
    [formatNats, -12938.91, '−12.938,9 nats'],
    [formatNatsChange, 0.073, '+0,073 nats'],
    [formatDecimal, 0.36, '0,36'],
    [formatPerplexity, 4.26, '4,3'],
    [formatPerplexity, 1.3e8, '130.000.000'],
    [formatSeconds, 1.14, '1,1 s'],
    [formatBytes, 1.24e9, '1,2 GB'],
    [formatBytes, 540e6, '540 MB'],
  ])('%o of %f is %s', (format, value, text) => expect(format(value)).toBe(text));
});

describe.each(['en', 'es'])('separators in %s', (language) => {
  beforeEach(() => speakNumbersIn(language));
  afterEach(() => speakNumbersIn('en'));

  it('are those of Unicode', () => {
    const counts = new Intl.NumberFormat(language);
    const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    fc.assert(fc.property(fc.maxSafeNat(), (count) => formatCount(count) === counts.format(count)));
    const many = fc.double({ min: 10, max: 1e9, noNaN: true });
    fc.assert(fc.property(many, (value) => formatDecimal(value) === tenths.format(value)));
  });
});
