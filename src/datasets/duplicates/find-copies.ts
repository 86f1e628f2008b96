import type { Copies } from './clusters';

/** Numbers of 32 bits in rows, of which some columns next to each other are what two rows may have in common. */
export interface Columns {
  /** How many of these there are, and how many numbers each has in a row. */
  count: number;
  width: number;
  /** All rows of one, one after another. */
  column(index: number): Uint32Array;
}

/** Marks the first row of a group. */
const FIRST = 0x80000000;
const NONE = -1;

/**
 * Holds documents for copies of each other that are equal in any of the columns. Only one column is in memory at a time, with
 * a table of its rows.
 *
 * @param documents of each row the document, in order
 */
export function findCopies(columns: Columns, documents: Uint32Array): Copies {
  const rows = concatenated(indexes(columns).map((index) => equalRows(columns.column(index), columns.width)));
  const equal = new Uint8Array(rows.length);
  for (const index of indexes(columns)) countEqual(equal, rows, columns.column(index), columns.width);
  const members = rows.map((row) => documents[row % FIRST] as number);
  return { members, equal, of: columns.count * columns.width };
}

const indexes = ({ count }: Columns): number[] => Array.from({ length: count }, (_, index) => index);

function concatenated(parts: Uint32Array[]): Uint32Array<ArrayBuffer> {
  const whole = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Rows that are equal to another, group by group, each in order; the first of each is marked. */
function equalRows(column: Uint32Array, width: number): Uint32Array {
  const { next, grouped } = chains(column, width);
  const groups = new Uint32Array(grouped);
  const isFollowing = new Uint8Array(next.length);
  let at = 0;
  for (let first = 0; first < next.length; first++) {
    if (next[first] === NONE || isFollowing[first] === 1) continue;
    groups[at++] = first + FIRST;
    for (let row = next[first] as number; row !== NONE; row = next[row] as number) {
      isFollowing[row] = 1;
      groups[at++] = row;
    }
  }
  return groups;
}

/** Of each row the next that is equal to it, and how many rows have such a one before or after them. */
function chains(column: Uint32Array, width: number): { next: Int32Array; grouped: number } {
  const rows = column.length / width;
  const next = new Int32Array(rows).fill(NONE);
  // Of each group its last row so far, by open addressing: half of the table stays empty.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1))).fill(NONE);
  const hasEarlier = new Uint8Array(rows);
  let grouped = 0;
  for (let row = 0; row < rows; row++) {
    const slot = slotOf(slots, column, width, row);
    const last = slots[slot] as number;
    slots[slot] = row;
    if (last === NONE) continue;
    next[last] = row;
    hasEarlier[row] = 1;
    grouped += hasEarlier[last] === 1 ? 1 : 2;
  }
  return { next, grouped };
}

/** Where the last row that is equal to this one is, or where this one goes. Rows are hashes, so their beginning is one too. */
function slotOf(slots: Int32Array, column: Uint32Array, width: number, row: number): number {
  const mask = slots.length - 1;
  let slot = (column[row * width] as number) & mask;
  while (slots[slot] !== NONE && equalValues(column, width, slots[slot] as number, row) < width)
    slot = (slot + 1) & mask;
  return slot;
}

function equalValues(column: Uint32Array, width: number, a: number, b: number): number {
  let equal = 0;
  for (let i = 0; i < width; i++) if (column[a * width + i] === column[b * width + i]) equal++;
  return equal;
}

/** Adds in how many values of a column each row is equal to the one before it in its group. */
function countEqual(equal: Uint8Array, rows: Uint32Array, column: Uint32Array, width: number): void {
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i] as number;
    if (row < FIRST) equal[i] = (equal[i] as number) + equalValues(column, width, (rows[i - 1] as number) % FIRST, row);
  }
}
