import { afterEach, expect, it } from 'vitest';
import { speakNumbersIn } from '../../../src/display/numbers';
import { typedTokens } from '../../../webviews/views/anatomy/training/typed-tokens';

afterEach(() => speakNumbersIn('en'));

it.each([
  ['2T', 2e12],
  [' 300 B ', 300e9],
  ['1.5e12', 1.5e12],
  ['15,000,000', 15e6],
  ['36 trillion', undefined],
  ['-2T', undefined],
  ['0', undefined],
  ['0.3', undefined],
  ['1', 1],
  ['', undefined],
])('a number of tokens as people type it: %s', (text, tokens) => expect(typedTokens(text)).toBe(tokens));

it('is read as its language writes it', () => {
  speakNumbersIn('es');
  expect(typedTokens('1,5 T')).toBe(1.5e12);
});
