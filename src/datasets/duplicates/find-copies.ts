import type { Slices } from '../work/slices';
import type { Copies } from './clusters';
import { EqualRows } from './equal-rows';
import { GrowingNumbers } from './growing-numbers';
import { RowDigests } from './row-digests';

/** What copies are found by: two documents are held for copies where all numbers of a part are equal. */
export interface FingerprintShape {
  parts: number;
  /** Numbers of 32 bits in a part. */
  width: number;
}

/** The fingerprints of all documents; one that has none has zeros. */
export interface Fingerprints extends FingerprintShape {
  documents: number;
  /** That part of all documents, of some at a time: an array is there until the next. */
  part(index: number): Iterable<Uint32Array>;
}

/**
 * What a search needs of each document while it is at work, 25 to 33 bytes. It is made once for all searches: arrays that are
 * let go stay in memory until V8 looks for them.
 */
export class CopiesMemory {
  readonly equal: EqualRows;
  /** Of a part. */
  readonly digests: Uint32Array<ArrayBuffer>;
  /** Of each document one number, of whatever is looked for. */
  readonly places: Int32Array<ArrayBuffer>;

  constructor(documents: number) {
    this.equal = new EqualRows(documents);
    this.digests = new Uint32Array(2 * documents);
    this.places = new Int32Array(documents);
  }
}

/** Documents between two looks at the clock. */
const STRIDE = 4096;

/** Marks the first document of a group. */
const FIRST = 0x80000000;

const NOWHERE = -1;

/**
 * Holds documents for copies of each other that are equal in any part. Of a part only digests of 64 bits are in memory, and after
 * that the lower half of each number of those that are in groups, which tells how much two of them have in common.
 *
 * @param memory for so many documents, which one search after another may use
 * @throws AbortError
 */
export async function findCopies(fingerprints: Fingerprints, memory: CopiesMemory, slices: Slices): Promise<Copies> {
  const { parts, width } = fingerprints;
  const members = await groupsIn(fingerprints, memory, slices);
  const equal = new Uint8Array(members.length);
  const { places } = memory;
  const part = new Uint16Array(placeMembers(members, places) * width);
  for (let index = 0; index < parts && members.length > 0; index++) {
    let read = 0;
    for (const rows of fingerprints.part(index)) {
      const count = rows.length / width;
      keepMembers(part, rows, places.subarray(read, read + count), width);
      read += count;
      await slices.next();
    }
    for (let from = 0; from < members.length; from += STRIDE) {
      countEqual(equal, members, { part, places, width }, from);
      await slices.next();
    }
  }
  for (let i = 0; i < members.length; i++) members[i] = (members[i] as number) % FIRST;
  return { members, equal, of: parts * width };
}

/** Documents of groups, the first of each marked. */
async function groupsIn(
  fingerprints: Fingerprints,
  { equal, digests, places: begins }: CopiesMemory,
  slices: Slices,
): Promise<Uint32Array<ArrayBuffer>> {
  const { parts, width } = fingerprints;
  const groups = new GrowingNumbers();
  const rowDigests = new RowDigests(width);
  // Of a first document where its last group begins: copies are often equal in most parts, and one group says it.
  begins.fill(0);
  for (let index = 0; index < parts; index++) {
    let read = 0;
    for (const rows of fingerprints.part(index)) {
      rowDigests.write(rows, digests.subarray(2 * read));
      read += rows.length / width;
      await slices.next();
    }
    await equal.find(digests, slices);
    let seen = 0;
    for (const first of equal.firsts()) {
      if (++seen % STRIDE === 0) await slices.next();
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

/** Gives each document of a group a place among all those. @returns how many there are */
function placeMembers(members: Uint32Array, places: Int32Array): number {
  places.fill(NOWHERE);
  let count = 0;
  for (const member of members) if (places[member % FIRST] === NOWHERE) places[member % FIRST] = count++;
  return count;
}

/** Of some documents, keeps the lower half of the numbers of those that are in groups. */
function keepMembers(part: Uint16Array, rows: Uint32Array, places: Int32Array, width: number): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    if (place === NOWHERE) continue;
    for (let at = 0; at < width; at++) part[place * width + at] = rows[i * width + at] as number;
  }
}

/** What members are compared by: the numbers of each document at its place. */
interface ComparedPart {
  part: Uint16Array;
  places: Int32Array;
  width: number;
}

/** Adds in how many values of a part each of some members is equal to the one before it in its group. */
function countEqual(
  equal: Uint8Array,
  members: Uint32Array,
  { part, places, width }: ComparedPart,
  from: number,
): void {
  for (let i = Math.max(1, from); i < Math.min(members.length, from + STRIDE); i++) {
    const row = members[i] as number;
    if (row >= FIRST) continue;
    const before = (members[i - 1] as number) % FIRST;
    const own = (places[row] as number) * width;
    const other = (places[before] as number) * width;
    let same = 0;
    for (let at = 0; at < width; at++) same += part[own + at] === part[other + at] ? 1 : 0;
    equal[i] = (equal[i] as number) + same;
  }
}
