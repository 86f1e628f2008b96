import { type Normalizer as Native, nfcNormalizer, nfdNormalizer, nfkcNormalizer, nfkdNormalizer } from 'tokenizers';
import { expect, it } from 'vitest';
import { normalized } from '../../../src/tokenizer/normalizers/traced-text';
import { type Form, unicodeForm } from '../../../src/tokenizer/normalizers/unicode-form';

/** The characters of the planes with scripts; the ideographs of plane 2 and beyond never change. */
const characters = Array.from({ length: 0x20000 - 0x80 }, (_, i) => 0x80 + i)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));

/** Those that change beside others: that come apart, that others come apart into, and marks. Of the Hangul syllables, all made alike, some. */
const changing = [
  ...new Set(
    characters.flatMap((character) => {
      if (/[가-힣]/.test(character)) return (character.codePointAt(0) ?? 0) % 29 === 0 ? [character] : [];
      const parts = character.normalize('NFKD');
      return parts === character && !/\p{M}/u.test(character) ? [] : [character, ...parts];
    }),
  ),
];

it.each<[Form, Native]>([
  ['NFC', nfcNormalizer()],
  ['NFD', nfdNormalizer()],
  ['NFKC', nfkcNormalizer()],
  ['NFKD', nfkdNormalizer()],
])('%s of every character, alone and beside others, is that of native tokenizers', (form, native) => {
  const normalizers = [unicodeForm(form)];
  const alone = normalized(characters.join('\n'), normalizers).split('\n');
  expect(characters.filter((character, i) => alone[i] !== native.normalizeString(character))).toEqual([]);
  const different = changing.filter((character) => {
    const text = `${['', '\u0f39', '\u0301', 'a', '\u1100', character].map((before) => before + character).join('')}\u0301\uff9e\u3163`;
    return normalized(text, normalizers) !== native.normalizeString(text);
  });
  expect(different).toEqual([]);
});
