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

/** Documents between two looks at the clock. */
const STRIDE = 4096;

/** Marks the first document of a group. */
const FIRST = 0x80000000;

/**
 * Holds documents for copies of each other that are equal in any part. Of a part only digests of 64 bits are in memory, and after
 * that the lower half of each number, which tells how much two of them have in common.
 *
 * @throws AbortError
 */
export async function findCopies(fingerprints: Fingerprints, slices: Slices): Promise<Copies> {
  const { parts, width } = fingerprints;
  const members = await groupsIn(fingerprints, slices);
  const equal = new Uint8Array(members.length);
  const part = new Uint16Array(members.length > 0 ? fingerprints.documents * width : 0);
  for (let index = 0; index < parts && members.length > 0; index++) {
    let read = 0;
    for (const rows of fingerprints.part(index)) {
      part.set(rows, read);
      read += rows.length;
      await slices.next();
    }
    for (let from = 0; from < members.length; from += STRIDE) {
      countEqual(equal, members, part, width, from);
      await slices.next();
    }
  }
  for (let i = 0; i < members.length; i++) members[i] = (members[i] as number) % FIRST;
  return { members, equal, of: parts * width };
}

/** Documents of groups, the first of each marked. */
async function groupsIn(fingerprints: Fingerprints, slices: Slices): Promise<Uint32Array<ArrayBuffer>> {
  const { documents, parts, width } = fingerprints;
  const groups = new GrowingNumbers();
  const equal = new EqualRows(documents);
  const rowDigests = new RowDigests(width);
  const digests = new Uint32Array(2 * documents);
  // Of a first document where its last group begins: copies are often equal in most parts, and one group says it.
  const begins = new Int32Array(documents);
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

/** Adds in how many values of a part each of some members is equal to the one before it in its group. */
function countEqual(equal: Uint8Array, members: Uint32Array, part: Uint16Array, width: number, from: number): void {
  for (let i = Math.max(1, from); i < Math.min(members.length, from + STRIDE); i++) {
    const row = members[i] as number;
    if (row >= FIRST) continue;
    const before = (members[i - 1] as number) % FIRST;
    let same = 0;
    for (let at = row * width, other = before * width; at < (row + 1) * width; at++, other++) {
      same += part[at] === part[other] ? 1 : 0;
    }
    equal[i] = (equal[i] as number) + same;
  }
}
