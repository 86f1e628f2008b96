import { sentence } from '../../shared/errors';
import { BUCKET_VALUES, BUCKETS, MinHash } from '../duplicates/min-hash';
import type { ShingleHash } from '../duplicates/shingles';
import type { DocumentText } from '../text/document-text';
import type { CopiesFilter, Measure } from './filter';

/**
 * Near-duplicates by MinHash, as datatrove finds them: 14 buckets of 8 values over shingles of five words. A document of fewer
 * words is like no other. Which words two share that are like each other, a view shows by `alignWords`.
 */
export class MinHashFilter implements CopiesFilter<DocumentText> {
  readonly kind = 'copies';
  readonly name = 'minHash';
  readonly title = sentence`Near-duplicates`;
  readonly why =
    sentence`MinHash as datatrove has it: of documents that share most of their sequences of five words, the first stays. Case, punctuation and numbers count as the same (every number is read as 0), so that tables and logs with other numbers are copies too. What stands in the data many times over is learned by heart, and costs training that something new would repay better.`;
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
  readonly fingerprint = { parts: BUCKETS, width: BUCKET_VALUES };
  readonly #minHash: MinHash;

  constructor(hash?: ShingleHash) {
    this.#minHash = new MinHash(hash);
  }

  addFingerprint({ text }: DocumentText, numbers: Uint32Array): void {
    const signature = this.#minHash.signature(text);
    if (signature) numbers.set(signature);
  }
}
