import type { Provenance } from '../../src/recording/provenance';
import type { Work } from '../../src/shared/progress';

/** A text is never altered; what is not a number is undefined. */
export type Cell = string | number | undefined;
export type Row = readonly Cell[];

/**
 * Numbers of a view, made only when somebody asks for them, and then all of them. Columns have the names and the meaning
 * that fields have in the JSON of `vitrine inspect`: layers, heads, positions and ranks count from 0.
 */
export interface Table {
  /** For people. */
  label: string;
  /** Of the file, without its extension. */
  name: string;
  columns: readonly string[];
  /** A row an entry, a value a column; a row may end before the columns do. */
  rows(work: Work): readonly Row[] | Promise<readonly Row[]>;
  /** Heads that were off, where they are not those of the text that is inspected. */
  ablated?: Provenance['ablated'];
  /** Whether it has weights of attention, which a recorded page holds rounded. */
  hasWeights?: boolean;
}

/** What a view offers as tables. */
export interface HasTables {
  tables(): Table[];
}
