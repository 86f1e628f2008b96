import type { FilterMeasure } from '../../shared/filters-api';
import type { CopiesFilter, Filter, FilterWords } from '../filters/filter';

/** A measure with where its numbers are. */
export interface MeasureColumn {
  measure: FilterMeasure;
  filter: FilterWords;
  /** Of the file of numbers; undefined where a model finds them. */
  column: number | undefined;
}

/** Of the length of a document's text, in bytes. */
export const BYTES_COLUMN = 0;

/** Which numbers of a document stand where: its length, and those of all measures in the order of the filters. */
export class Columns {
  readonly measures: readonly MeasureColumn[];
  readonly count: number;
  /** Of each filter, where its numbers begin. */
  readonly first = new Map<FilterWords, number>();

  constructor(filters: readonly (FilterWords & { kind: string })[]) {
    let next = BYTES_COLUMN + 1;
    for (const filter of filters) {
      if (filter.kind === 'model') continue;
      this.first.set(filter, next);
      next += filter.measures.length;
    }
    this.count = next;
    this.measures = filters.flatMap((filter) =>
      filter.measures.map((measure, i) => {
        const first = this.first.get(filter);
        return { measure, filter, column: first === undefined ? undefined : first + i };
      }),
    );
  }
}

/** Whether a filter finds copies, of which one is kept. */
export function findsCopies<Text>(filter: Filter<Text>): filter is CopiesFilter<Text> {
  return 'copies' in filter;
}
