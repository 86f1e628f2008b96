import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersOf, readNumber, readNumberAt, writeGrouped, writeNumber } from '../../../src/shared/numerals';

describe('a number that somebody wrote', () => {
  it.each([
    ['en', '327', '327'],
    ['en', ' 327 ', '327'],
    ['en', '1,327', '1327'],
    ['en', '3.14', '3.14'],
    ['en', '1.327', '1.327'],
    ['en', '1,234,567.5', '1234567.5'],
    ['en', '3,14', '3.14'],
    ['en', '1.234.567', '1234567'],
    ['en', '1.234,5', '1234.5'],
    ['es', '1.327', '1327'],
    ['es', '3,14', '3.14'],
    ['es', '1,327', '1.327'],
    ['es', '3.14', '3.14'],
    ['es', '0.327', '0.327'],
    ['es', '1,234,567', '1234567'],
    ['es', '1 234 567,8', '1234567.8'],
    ['es', '1\u202f327', '1327'],
    ['es', '007', '007'],
    ['en', '-5', '-5'],
    ['es', '−3,14', '-3.14'],
    ['es', ' -1.327', '-1327'],
  ])('in %s, %j is %s', (language, text, number) => expect(readNumber(text, language)).toBe(number));

  it.each([
    '',
    'mil',
    '1e3',
    '--3',
    '- 3',
    '+3',
    '-',
    '1.2.3',
    '1,2,3',
    '12.05.2024',
    '1,',
    '.5',
    '1,32,7',
    '12 34',
    '٣',
    '7'.repeat(41),
  ])('%j is none in any language', (text) =>
    expect([readNumber(text, 'en'), readNumber(text, 'es')]).toEqual([undefined, undefined]),
  );

  it.each(['en', 'es'])('is read as it is written, and as Intl writes it, in %s', (language) => {
    const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2, useGrouping: 'always' as never });
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 99 }), (whole, hundredths) => {
        const digits = `${whole}.${`${hundredths}`.padStart(2, '0')}`.replace(/0$/, '');
        expect(readNumber(writeNumber(digits, language), language)).toBe(digits);
        expect(readNumber(writeGrouped(`${whole}`, language), language)).toBe(`${whole}`);
        expect(readNumber(format.format(Number(digits)), language)).toBe(digits);
      }),
    );
  });
});

describe('the numbers of a text', () => {
  it.each([
    ['en', 'She has 1,327 and 3.14, on 12.05.2024; [1,2]', ['1327', '3.14', '12', '05', '2024', '1', '2']],
    ['es', 'Tiene 1.327, y 3,14. En 1990 (3.5)', ['1327', '3.14', '1990', '3.5']],
  ])('in %s: %s', (language, text, numbers) => {
    const found = numbersOf(text, language);
    expect(found.map(({ number }) => number)).toEqual(numbers);
    for (const { start, end } of found) expect(text.slice(start, end)).toMatch(/^\d.*\d$|^\d$/);
  });

  it('has the whole number that a part of it touches', () => {
    expect(readNumberAt('in 1,327, or', { start: 5, end: 6 }, 'en')).toBe('1327');
    expect(readNumberAt('12 b', { start: 2, end: 4 }, 'en')).toBeUndefined();
  });
});
