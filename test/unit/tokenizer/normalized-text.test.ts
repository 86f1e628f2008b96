import { type Normalizer as Native, nfcNormalizer, nfdNormalizer, nfkcNormalizer, nfkdNormalizer } from 'tokenizers';
import { expect, it } from 'vitest';
import { normalized } from '../../../src/tokenizer/normalizers/traced-text';
import { type Form, unicodeForm } from '../../../src/tokenizer/normalizers/unicode-form';

/** Code points of the planes with scripts; the ideographs of plane 2 and beyond never change. */
function* characters(): Generator<string> {
  for (let point = 0x80; point < 0x20000; point++) {
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
  }
}

it.each<[Form, Native]>([
  ['NFC', nfcNormalizer()],
  ['NFD', nfdNormalizer()],
  ['NFKC', nfkcNormalizer()],
  ['NFKD', nfkdNormalizer()],
])('%s of every character, alone and beside others, is that of native tokenizers', (form, native) => {
  const normalizers = [unicodeForm(form)];
  const different: string[] = [];
  for (const character of characters()) {
    const text = `${['', '\u0f39', '\u0301', 'a', '\u1100', character].map((before) => before + character).join('')}\u0301\uff9e\u3163`;
    if (normalized(text, normalizers) !== native.normalizeString(text)) different.push(character);
  }
  expect(different).toEqual([]);
});
