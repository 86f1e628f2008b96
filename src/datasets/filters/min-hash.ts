import { sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import { type Copies, similarities } from '../duplicates/clusters';
import { findCopies } from '../duplicates/find-copies';
import { GrowingNumbers } from '../duplicates/growing-numbers';
import { BUCKET_VALUES, BUCKETS, MinHash } from '../duplicates/min-hash';
import type { ShingleHash } from '../duplicates/shingles';
import { SignatureFile } from '../duplicates/signature-file';
import type { DocumentText } from '../text/document-text';
import type { CopiesFilter, Measure } from './filter';

/**
 * Near-duplicates by MinHash, as datatrove finds them: 14 buckets of 8 values over shingles of five words. A document of fewer
 * words is like no other. Which words two share that are like each other, a view shows by `alignWords`.
 */
export class MinHashFilter implements CopiesFilter<DocumentText> {
  readonly kind = 'dataset';
  readonly name = 'minHash';
  readonly title = sentence`Near-duplicates`;
  readonly why =
    sentence`MinHash as datatrove has it: of documents that share most of their sequences of five words, the first stays. What stands in the data many times over is learned by heart, and costs training that something new would repay better.`;
  readonly measures: readonly Measure[] = [
    {
      name: 'near_duplicate',
      removes: 'above',
      threshold: 0,
      slider: { minimum: 0, maximum: 1, step: 0.01 },
      draw: 'share',
      title: sentence`Words in common with another document`,
      why: sentence`An estimate of the share of sequences of five words that two documents have in common. At 0 all go that MinHash finds: of those with 70 % in common a little over half, of those with 80 % nearly all.`,
    },
  ];
  readonly #minHash: MinHash;
  readonly #signatures = new SignatureFile(BUCKETS, BUCKET_VALUES);
  readonly #documents = new GrowingNumbers();
  #count = 0;
  #copies: Copies | undefined;
  #similarities: Float32Array = new Float32Array();

  constructor(hash?: ShingleHash) {
    this.#minHash = new MinHash(hash);
  }

  get copies(): Copies {
    if (!this.#copies) throw new Error('Copies are known once all documents have been seen');
    return this.#copies;
  }

  /** @throws VitrineError `duplicates.disk` */
  add(index: number, { text }: DocumentText): void {
    this.#count = index + 1;
    const signature = this.#minHash.signature(text);
    if (!signature) return;
    this.#signatures.add(signature);
    this.#documents.push(index);
  }

  finish(): void {
    this.#copies = findCopies(this.#signatures, this.#documents.all);
    this.#signatures.close();
    this.#similarities = similarities(this.#copies, this.#count);
  }

  measure(index: number, numbers: Float32Array, at: number): void {
    numbers[at] = this.#similarities[index] ?? Number.NaN;
  }

  /** None: it is not some characters of a document that make it a copy. */
  spans(): Span[] {
    return [];
  }
}
