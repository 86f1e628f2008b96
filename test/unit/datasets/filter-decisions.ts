import type { DocumentFilter } from '../../../src/datasets/filters/filter';
import { DocumentText } from '../../../src/datasets/text/document-text';
import type { Thresholds } from '../../../src/shared/filters-api';

/** A filter with thresholds that are others than its own. */
export interface Decider {
  filter: DocumentFilter<DocumentText>;
  thresholds?: Thresholds;
}

/** What filters in a row make of a text: the first reason, with what the filter that gave it had to read. */
export function decide(text: string, deciders: readonly Decider[]): { reason: string; read: DocumentText } | undefined {
  let read = new DocumentText(text);
  for (const { filter, thresholds = {} } of deciders) {
    const numbers = numbersOf(filter, read);
    const reason = filter.measures.find(({ name, removes, threshold }, i) => {
      const limit = Math.fround(thresholds[name] ?? threshold);
      const number = numbers[i] as number;
      return removes === 'above' ? number > limit : number < limit;
    });
    if (reason) return { reason: reason.name, read };
    read = filter.rewrite?.(read) ?? read;
  }
  return undefined;
}

export function numbersOf(filter: DocumentFilter<DocumentText>, text: DocumentText): Float32Array {
  const numbers = new Float32Array(filter.measures.length);
  filter.measure(text, numbers, 0);
  return numbers;
}
