import type { Copies } from './clusters';
import { EqualRows } from './equal-rows';
import { GrowingNumbers } from './growing-numbers';

/** Numbers of 32 bits in rows, of which some columns next to each other are what two rows may have in common. */
export interface Columns {
  /** How many of these there are, and how many numbers each has in a row. */
  count: number;
  width: number;
  rows: number;
  /** All rows of one, one after another, until the next is asked for. */
  column(index: number): Uint32Array;
}

/** Marks the first row of a group. */
const FIRST = 0x80000000;

/**
 * Holds documents for copies of each other that are equal in any of the columns. Only one column is in memory at a time, with
 * a table of its rows.
 *
 * @param documents of each row the document, in order
 */
export function findCopies(columns: Columns, documents: Uint32Array): Copies {
  const members = groupsIn(columns);
  const equal = new Uint8Array(members.length);
  for (let index = 0; index < columns.count; index++) countEqual(equal, members, columns.column(index), columns.width);
  for (let i = 0; i < members.length; i++) members[i] = documents[(members[i] as number) % FIRST] as number;
  return { members, equal, of: columns.count * columns.width };
}

/** Rows of groups, the first of each marked. */
function groupsIn(columns: Columns): Uint32Array<ArrayBuffer> {
  const groups = new GrowingNumbers();
  const equal = new EqualRows(columns.rows, columns.width);
  // Of a first row where its last group begins: copies are often equal in most columns, and one group says it.
  const begins = new Int32Array(columns.rows);
  for (let index = 0; index < columns.count; index++) {
    for (const first of equal.firstsIn(columns.column(index))) {
      const begin = groups.length;
      groups.push(first + FIRST);
      for (let row = equal.after(first); row !== undefined; row = equal.after(row)) groups.push(row);
      if (isAgain(groups.all, begins[first] as number, begin)) groups.length = begin;
      else begins[first] = begin;
    }
  }
  return groups.all.slice();
}

/** Whether the last group, from `begin` on, is one that is there already. */
function isAgain(groups: Uint32Array, earlier: number, begin: number): boolean {
  for (let i = 0; begin + i < groups.length; i++) if (groups[earlier + i] !== groups[begin + i]) return false;
  return earlier !== begin && (groups[earlier + groups.length - begin] as number) >= FIRST;
}

/** Adds in how many values of a column each row is equal to the one before it in its group. */
function countEqual(equal: Uint8Array, members: Uint32Array, column: Uint32Array, width: number): void {
  for (let i = 1; i < members.length; i++) {
    const row = members[i] as number;
    if (row >= FIRST) continue;
    const before = (members[i - 1] as number) % FIRST;
    for (let value = 0; value < width; value++) {
      if (column[row * width + value] === column[before * width + value]) equal[i] = (equal[i] as number) + 1;
    }
  }
}
