import { sentence } from '../../shared/errors';
import { Shingles } from '../duplicates/shingles';
import type { DocumentText } from '../text/document-text';
import type { CopiesFilter, Measure } from './filter';

/**
 * Documents with the same text, by 64 bits of hash as datatrove's exact deduplication: chance makes two of a million documents
 * alike once in 40 million data sets.
 */
export class ExactDuplicatesFilter implements CopiesFilter<DocumentText> {
  readonly kind = 'copies';
  readonly name = 'exactDuplicates';
  readonly title = sentence`Exact duplicates`;
  readonly why =
    sentence`Of documents with the very same text the first stays, as in datatrove. A model that reads a text many times learns it by heart.`;
  readonly measures: readonly Measure[] = [
    {
      name: 'exact_duplicate',
      removes: 'above',
      threshold: 0,
      slider: { minimum: 0, maximum: 1, step: 1 },
      draw: 'share',
      title: sentence`Same text as a document before`,
      why: sentence`What stands in the data twice counts twice, and the second time teaches nothing new.`,
    },
  ];
  readonly fingerprint = { parts: 1, width: 2 };
  readonly #hashing = new Shingles(1);

  addFingerprint({ text }: DocumentText, numbers: Uint32Array): void {
    numbers.set(this.#hashing.textHash(text));
  }
}
