import { nfcNormalizer } from 'tokenizers';
import { expect, it } from 'vitest';
import { NormalizedText } from '../../../src/tokenizer/normalized-text';

/** Code points of the planes with scripts; the ideographs of plane 2 and beyond never change. */
function* characters(): Generator<string> {
  for (let point = 0x80; point < 0x20000; point++) {
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
  }
}

it('normalises every character, alone and beside others, as native tokenizers do', () => {
  const native = nfcNormalizer();
  const different: string[] = [];
  for (const character of characters()) {
    const text = `${['', '\u0f39', '\u0301', 'a', character].map((before) => before + character).join('')}\u0301`;
    if (String.fromCharCode(...new NormalizedText(text).units) !== native.normalizeString(text))
      different.push(character);
  }
  expect(different).toEqual([]);
});
