import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { candidateLabel, tokenLabel } from '../../../src/cli/inspect/labels';
import { padEnd, padStart, shorten, wrapText } from '../../../src/cli/terminal/width';
import { safeText, visibleText } from '../../../src/display/glyphs';
import { nastyTexts } from '../../support/nasty-text';

describe('a text that shows all it has', () => {
  it.each([
    ['space', ' the', '·the'],
    ['tab and newline', '\tif\n', '→if⏎'],
    ['controls', '\x00\x1b[2J\x7f', '␀␛[2J␡'],
    ['what Unicode adds to them', '\x9b31m', '\\u{9b}31m'],
    ['a joiner and a selector', '👩\u200d\ufe0f', '👩\\u{200d}\\u{fe0f}'],
    ['a change of direction', '\u202eabc', '\\u{202e}abc'],
    ['other spaces', 'a\u00a0\u3000', 'a\\u{a0}\\u{3000}'],
    ['a lone surrogate', 'a\ud83d', 'a\\u{d83d}'],
    ['a mark with nothing to stand on', '\u0301x', '◌\u0301x'],
    ['a mark on its letter', 'e\u0301', 'e\u0301'],
    ['letters of every script', 'ñ日本語й', 'ñ日本語й'],
  ])('%s', (_, text, shown) => expect(visibleText(text)).toBe(shown));

  it.each(nastyTexts(300, 5))('%j has nothing left for a terminal to obey', (text) => {
    expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u);
    expect(safeText(text).replace(/[ \n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u);
  });
});

describe('labels', () => {
  it.each([
    ['whole characters', { text: ' cheese', bytes: '20636865657365' }, 20, '·cheese'],
    ['cut', { text: ' cheese', bytes: '20636865657365' }, 5, '·che…'],
    ['a part of a character', { text: '👩', bytes: 'f09f' }, 20, '👩⟨f09f⟩'],
    ['a part of one beside a whole one', { text: ' 👩', bytes: '20f09f' }, 20, '·👩⟨20f09f⟩'],
    ['cut, but not its bytes', { text: '\u200d', bytes: 'e280' }, 12, '\\u{20…⟨e280⟩'],
  ])('of a token: %s', (_, token, width, label) => expect(tokenLabel(token, width)).toBe(label));

  it.each([
    ['whole characters', { text: ' the', bytes: '20746865' }, ' the'.replace(' ', '·')],
    ['no whole character', { text: '\ufffd', bytes: '91' }, '⟨91⟩'],
    ['many bytes', { text: '日本語\ufffd', bytes: 'e697a5e69cace8aa9ee6' }, '⟨e697a5e69cac…'],
    ['no text', { text: '', bytes: '' }, '[id 7, no text]'],
    ['the character that stands for none', { text: '\ufffd', bytes: 'efbfbd' }, '\ufffd'],
  ])('of a candidate: %s', (_, candidate, label) => expect(candidateLabel({ id: 7, ...candidate }, 8)).toBe(label));
});

describe('columns', () => {
  it.each([
    ['日本語の文章', 7, '日本語…'],
    ['日本語の文章', 8, '日本語…'],
    ['日本語の文章', 12, '日本語の文章'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3, '👨‍👩‍👧‍👦…'],
  ])('%s in %i columns is %s', (text, width, short) => expect(shorten(text, width)).toBe(short));

  it('padded or shortened, a text takes the columns it is given', () => {
    const visible = fc.constantFrom(...nastyTexts(200, 9)).map(visibleText);
    fc.assert(
      fc.property(visible, fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(stringWidth(shorten(text, width))).toBeLessThanOrEqual(width);
        expect(stringWidth(padEnd(shorten(text, width), width))).toBe(width);
        expect(stringWidth(padStart(shorten(text, width), width))).toBe(width);
      }),
    );
  });

  it('wraps between words', () => {
    expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  });
});
