import type { Rejection, Span } from '../../shared/filters-api';
import type { DatasetDocument } from '../documents/document-source';
import { languageOfNumber } from '../filters/language/language-number';
import type { Decided, Measured } from './decide';
import { floatDecimal } from './float-decimal';
import type { Rules } from './measure-documents';
import { numberOf } from './numbers';

/** Why a document goes, but for its characters; undefined of one that stays. */
export function reasonOf(measured: Measured, decided: Decided, index: number): Omit<Rejection, 'spans'> | undefined {
  return measuredBy(measured, decided, index, (decided.reasons[index] ?? 0) - 1);
}

/** What a measure that is on has found of a document, whether it goes or stays. @param place of the measure */
export function measuredBy(
  { columns, numbers, modelNumber }: Measured,
  { asked, clusters }: Decided,
  index: number,
  place: number,
): Omit<Rejection, 'spans'> | undefined {
  const found = columns.measures[place];
  if (!found || asked[found.measure.name] === undefined) return undefined;
  const { measure, column, filter } = found;
  const measured = column === undefined ? modelNumber(index) : numberOf(numbers, column, index);
  const language = columns.language?.filter === filter ? columns.language : undefined;
  const copyOf = clusters.get(place)?.[index];
  return {
    reason: measure.name,
    measured: floatDecimal(Math.fround(measured)),
    threshold: asked[measure.name] as number,
    ...(copyOf !== undefined && { copyOf }),
    ...(language && { language: languageOfNumber(numberOf(numbers, language.column, index)) }),
  };
}

/**
 * Which characters of a document trip a measure, as it stands in the data set: filters before may change what is read. None of
 * a copy, which some characters do not make.
 */
export function spansOf<Text>(
  { filters, textOf }: Rules<Text>,
  document: DatasetDocument,
  { reason, threshold }: Pick<Rejection, 'reason' | 'threshold'>,
): Span[] {
  let text = textOf(document);
  for (const filter of filters) {
    if (filter.measures.some(({ name }) => name === reason)) {
      return filter.kind === 'document' ? filter.spans(text, reason, threshold) : [];
    }
    if (filter.kind === 'document') text = filter.rewrite?.(text) ?? text;
  }
  return [];
}
