import type { Rejection, Span } from '../../shared/filters-api';
import type { DatasetDocument } from '../documents/document-source';
import type { Filter } from '../filters/filter';
import type { Decided, Measured } from './decide';
import { floatDecimal } from './float-decimal';
import type { Rules } from './measure-documents';

/** Why a document goes, but for its characters; undefined of one that stays. */
export function reasonOf(
  { columns, numbers, modelNumber }: Measured,
  { reasons, asked }: Decided,
  index: number,
): Omit<Rejection, 'spans'> | undefined {
  const found = columns.measures[(reasons[index] ?? 0) - 1];
  if (!found) return undefined;
  const { measure, column } = found;
  const measured = column === undefined ? modelNumber(index) : numbers.get(column, index);
  return {
    reason: measure.name,
    measured: floatDecimal(Math.fround(measured)),
    threshold: asked[measure.name] as number,
  };
}

/** Which characters of a document trip a measure, as it stands in the data set: filters before may change what is read. */
export function spansOf<Text>(
  { filters, textOf }: Rules<Text>,
  document: DatasetDocument,
  { reason, threshold }: Pick<Rejection, 'reason' | 'threshold'>,
): Span[] {
  let text = textOf(document);
  for (const filter of filters) {
    if (filter.measures.some(({ name }) => name === reason))
      return ownSpans(filter, document.index, text, reason, threshold);
    if (filter.kind === 'document') text = filter.rewrite?.(text) ?? text;
  }
  return [];
}

function ownSpans<Text>(filter: Filter<Text>, index: number, text: Text, reason: string, threshold: number): Span[] {
  if (filter.kind === 'document') return filter.spans(text, reason, threshold);
  if (filter.kind === 'dataset') return filter.spans(index, text, reason, threshold);
  return [];
}
