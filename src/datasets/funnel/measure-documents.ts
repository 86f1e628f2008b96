import type { Work } from '../../shared/progress';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import { type Copies, similarities } from '../duplicates/clusters';
import { findCopies } from '../duplicates/find-copies';
import type { CopiesFilter, Filter, FilterWords } from '../filters/filter';
import { Slices } from '../work/slices';
import { BYTES_COLUMN, type Columns } from './columns';
import type { Numbers } from './numbers';
import type { UnfinishedNumbers } from './unfinished-numbers';

/** Filters with what they read of a text. */
export interface Rules<Text> {
  filters: readonly Filter<Text>[];
  /** What the first filter reads of a document. */
  textOf(document: DatasetDocument): Text;
  /** What a filter has left of it. */
  stringOf(text: Text): string;
}

/** What is called before a block of documents is kept on disk. @throws VitrineError where they may not be what was opened */
export type CheckSource = () => Promise<void>;

/**
 * Measures the documents of a data set in one reading, on from where it was ended.
 *
 * @throws AbortError
 */
export async function measureDocuments<Text>(
  source: DocumentSource,
  rules: Rules<Text>,
  columns: Columns,
  numbers: UnfinishedNumbers,
  check: CheckSource,
  { signal, progress }: Work,
): Promise<void> {
  const slices = new Slices(signal);
  const row = new Uint32Array(columns.widths.reduce((sum, width) => sum + width, 0));
  for await (const document of source.stream(numbers.documents, source.count)) {
    measureDocument(document, rules, columns, row);
    if (numbers.isBlockFull) await check();
    numbers.add(row);
    await slices.next(() => progress(document.index, source.count));
  }
  await check();
  progress(source.count, source.count);
}

/** Runs all filters over one document. @param row of its numbers; those of filters that decide at the end are NaN */
function measureDocument<Text>(
  document: DatasetDocument,
  { filters, textOf }: Rules<Text>,
  columns: Columns,
  row: Uint32Array<ArrayBuffer>,
): void {
  let text = textOf(document);
  const numbers = new Float32Array(row.buffer, 0, columns.count).fill(Number.NaN);
  row.fill(0, columns.count);
  numbers[BYTES_COLUMN] = document.bytes;
  for (const filter of filters) {
    const at = columns.first.get(filter) as number;
    if (filter.kind === 'entry') filter.measure(document, numbers, at);
    if (filter.kind === 'document') {
      filter.measure(text, numbers, at);
      text = filter.rewrite?.(text) ?? text;
    }
    if (filter.kind === 'copies') filter.addFingerprint(text, row.subarray(columns.fingerprints.get(filter)?.number));
  }
}

/** Copies among all documents, by the filters that find them, in their order. @throws AbortError */
export async function copiesAmong<Text>(
  filters: readonly Filter<Text>[],
  columns: Columns,
  numbers: UnfinishedNumbers,
  { signal }: Work,
): Promise<Map<CopiesFilter<Text>, Copies>> {
  const slices = new Slices(signal);
  const found = new Map<CopiesFilter<Text>, Copies>();
  for (const filter of filters) {
    if (filter.kind !== 'copies') continue;
    const first = columns.fingerprints.get(filter)?.column as number;
    found.set(filter, await findCopies(numbers.fingerprints(first, filter.fingerprint), slices));
  }
  return found;
}

/** The same numbers with how like each document is to another, which only all of them tell. */
export function withSimilarities(
  numbers: Numbers,
  columns: Columns,
  copies: ReadonlyMap<FilterWords, Copies>,
): Numbers {
  const { documents } = numbers;
  const found = new Map<number | undefined, Float32Array>();
  for (const [filter, own] of copies) found.set(columns.first.get(filter), similarities(own, documents));
  return {
    documents,
    read(column, from, target) {
      const own = found.get(column);
      if (own) target.set(own.subarray(from, from + target.length));
      else numbers.read(column, from, target);
    },
  };
}
