import type { Work } from '../../shared/progress';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import type { Copies } from '../duplicates/clusters';
import type { DatasetFilter, Filter } from '../filters/filter';
import { Slices } from '../work/slices';
import { BYTES_COLUMN, type Columns, findsCopies } from './columns';
import { type NumbersFile, PAGE_DOCUMENTS } from './numbers-file';

/** Filters with what they read of a text. */
export interface Rules<Text> {
  filters: readonly Filter<Text>[];
  /** What the first filter reads of a document. */
  textOf(document: DatasetDocument): Text;
}

/**
 * Measures the documents of a data set in one reading, on from where it was ended.
 *
 * @throws AbortError
 */
export async function measureDocuments<Text>(
  source: DocumentSource,
  rules: Rules<Text>,
  columns: Columns,
  numbers: NumbersFile,
  { signal, progress }: Work,
): Promise<void> {
  const slices = new Slices(signal);
  const own = new Float32Array(columns.count);
  for await (const document of source.stream(numbers.documents, source.count)) {
    measureDocument(document, rules, columns, own);
    numbers.add(own);
    await slices.next(() => progress(document.index, source.count));
  }
  progress(source.count, source.count);
}

/** Runs all filters over one document. @param numbers one a column; those of filters that decide at the end are NaN */
function measureDocument<Text>(
  document: DatasetDocument,
  { filters, textOf }: Rules<Text>,
  columns: Columns,
  numbers: Float32Array,
): void {
  let text = textOf(document);
  numbers.fill(Number.NaN);
  numbers[BYTES_COLUMN] = document.bytes;
  for (const filter of filters) {
    const at = columns.first.get(filter) as number;
    if (filter.kind === 'entry') filter.measure(document, numbers, at);
    if (filter.kind === 'document') {
      filter.measure(text, numbers, at);
      text = filter.rewrite?.(text) ?? text;
    }
    if (filter.kind === 'dataset') filter.add(document.index, text);
  }
}

/** Writes the numbers of filters that decide at the end. @returns the copies that they found, in the order of filters */
export async function finishMeasuring<Text>(
  filters: readonly Filter<Text>[],
  columns: Columns,
  numbers: NumbersFile,
  { signal }: Work,
): Promise<Copies[]> {
  const slices = new Slices(signal);
  for (const filter of filters) {
    if (filter.kind !== 'dataset') continue;
    filter.finish();
    for (let from = 0; from < numbers.documents; from += PAGE_DOCUMENTS) {
      fillPage(filter, columns.first.get(filter) as number, numbers, from);
      await slices.next();
    }
  }
  return filters.filter(findsCopies).map(({ copies }) => copies);
}

function fillPage<Text>(filter: DatasetFilter<Text>, column: number, numbers: NumbersFile, from: number): void {
  const width = filter.measures.length;
  const own = new Float32Array(width);
  const filled = filter.measures.map(() => new Float32Array(PAGE_DOCUMENTS));
  for (let i = 0; i < Math.min(PAGE_DOCUMENTS, numbers.documents - from); i++) {
    filter.measure(from + i, own, 0);
    for (const [place, values] of filled.entries()) values[i] = own[place] as number;
  }
  for (const [place, values] of filled.entries()) numbers.write(column + place, from, values);
}
