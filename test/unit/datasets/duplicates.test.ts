import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf } from '../../../src/datasets/duplicates/clusters';
import { SignatureFile } from '../../../src/datasets/duplicates/signature-file';
import { ExactDuplicatesFilter } from '../../../src/datasets/filters/exact-duplicates';
import { DocumentText } from '../../../src/datasets/text/document-text';

describe('exact duplicates', () => {
  it('are the texts that a set has already', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', 'a', 'A', 'a ', 'ñ', 'n\u0303', 'x'.repeat(40), 'x'.repeat(41))),
        (texts) => {
          const filter = new ExactDuplicatesFilter();
          texts.forEach((text, index) => {
            filter.add(index, new DocumentText(text));
          });
          filter.finish();
          const numbers = new Float32Array(texts.length);
          texts.forEach((_, index) => {
            filter.measure(index, numbers, index);
          });
          const removed = [...numbers].map((number) => number > 0);
          expect(removed).toEqual(texts.map((text, index) => texts.indexOf(text) < index));
          const firsts = clustersOf(filter.copies, texts.length, () => true, 0);
          expect([...firsts]).toEqual(texts.map((text) => texts.indexOf(text)));
        },
      ),
    );
  });
});

describe('signatures on disk', () => {
  it.each([0, 1, 4095, 4096, 4097, 9000])('come back column by column: %i of them', (rows) => {
    const file = new SignatureFile(3, 2);
    for (let row = 0; row < rows; row++) file.add(Uint32Array.from({ length: 6 }, (_, i) => 10 * row + i));
    for (let column = 0; column < 3; column++) {
      const expected = Array.from({ length: 2 * rows }, (_, i) => 10 * (i >> 1) + 2 * column + (i % 2));
      expect(file.column(column)).toEqual(Uint32Array.from(expected));
    }
    file.close();
  });
});
