import { sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import { type Copies, similarities } from '../duplicates/clusters';
import { findCopies } from '../duplicates/find-copies';
import { GrowingNumbers } from '../duplicates/growing-numbers';
import { Shingles } from '../duplicates/shingles';
import type { DocumentText } from '../text/document-text';
import type { CopiesFilter, Measure } from './filter';

/**
 * Documents with the same text, by 64 bits of hash as datatrove's exact deduplication: chance makes two of a million documents
 * alike once in 40 million data sets.
 */
export class ExactDuplicatesFilter implements CopiesFilter<DocumentText> {
  readonly kind = 'dataset';
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
  readonly #hashing = new Shingles(1);
  readonly #hashes = new GrowingNumbers();
  readonly #documents = new GrowingNumbers();
  #copies: Copies | undefined;
  #similarities: Float32Array = new Float32Array();

  get copies(): Copies {
    if (!this.#copies) throw new Error('Copies are known once all documents have been seen');
    return this.#copies;
  }

  add(index: number, { text }: DocumentText): void {
    for (const half of this.#hashing.textHash(text)) this.#hashes.push(half);
    this.#documents.push(index);
  }

  finish(): void {
    const documents = this.#documents.all;
    const column = this.#hashes.all;
    this.#copies = findCopies({ count: 1, width: 2, rows: documents.length, column: () => column }, documents);
    this.#similarities = similarities(this.#copies, (documents.at(-1) ?? -1) + 1);
  }

  measure(index: number, numbers: Float32Array, at: number): void {
    numbers[at] = this.#similarities[index] ?? Number.NaN;
  }

  /** None: the whole of it is a copy. */
  spans(): Span[] {
    return [];
  }
}
