import type { FilterMeasure } from '../../shared/filters-api';
import type { FingerprintShape } from '../duplicates/find-copies';
import type { FilterWords } from '../filters/filter';

/** A measure with where its numbers are. */
export interface MeasureColumn {
  measure: FilterMeasure;
  filter: FilterWords;
  /** Of the file of numbers; undefined where a model finds them. */
  column: number | undefined;
}

/** What is asked of a filter here. */
type ColumnFilter = FilterWords &
  (
    | { kind: 'copies'; fingerprint: FingerprintShape }
    | { kind: 'document'; tellsLanguage?: true }
    | { kind: 'entry' | 'model' }
  );

/** Of the length of a document's text, in bytes. */
export const BYTES_COLUMN = 0;

/**
 * Which numbers of a document stand where: its length, and those of all measures in the order of the filters, with its
 * language where one tells it; while it is being read, the fingerprints by which copies are found stand behind them, part by part.
 */
export class Columns {
  readonly measures: readonly MeasureColumn[];
  readonly count: number;
  /** Of each filter, where its numbers begin. */
  readonly first = new Map<FilterWords, number>();
  /** Where the language of a document is, as `languageNumber`; undefined where no filter tells it. */
  readonly language: { filter: FilterWords; column: number } | undefined;
  /** Of each filter that finds copies, where its fingerprint begins: at which number of a document, and at which column. */
  readonly fingerprints = new Map<FilterWords, { number: number; column: number }>();
  /** How many numbers of 32 bits each column has, of one document. */
  readonly widths: readonly number[];

  constructor(filters: readonly ColumnFilter[]) {
    let next = BYTES_COLUMN + 1;
    for (const filter of filters) {
      if (filter.kind === 'model') continue;
      this.first.set(filter, next);
      next += filter.measures.length;
      if (filter.kind === 'document' && filter.tellsLanguage) this.language = { filter, column: next++ };
    }
    this.count = next;
    const widths = new Array<number>(next).fill(1);
    for (const filter of filters) {
      if (filter.kind !== 'copies') continue;
      const { parts, width } = filter.fingerprint;
      this.fingerprints.set(filter, { number: next, column: widths.length });
      widths.push(...new Array<number>(parts).fill(width));
      next += parts * width;
    }
    this.widths = widths;
    this.measures = filters.flatMap((filter) =>
      filter.measures.map((measure, i) => {
        const first = this.first.get(filter);
        return { measure, filter, column: first === undefined ? undefined : first + i };
      }),
    );
  }
}
