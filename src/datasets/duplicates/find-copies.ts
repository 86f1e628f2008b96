import type { Slices } from '../work/slices';
import type { Copies } from './clusters';
import { EqualRows } from './equal-rows';
import { GrowingNumbers } from './growing-numbers';

/** What copies are found by: two documents are held for copies where all numbers of a part are equal. */
export interface FingerprintShape {
  parts: number;
  /** Numbers of 32 bits in a part. */
  width: number;
}

/** The fingerprints of all documents; one that has none has zeros. */
export interface Fingerprints extends FingerprintShape {
  documents: number;
  /** That part of all documents, one after another, until the next is asked for. */
  part(index: number): Uint32Array;
}

/** Documents between two looks at the clock. */
const STRIDE = 4096;

/** Marks the first document of a group. */
const FIRST = 0x80000000;

/**
 * Holds documents for copies of each other that are equal in any part. Only one part of all is in memory at a time, with a
 * table of it.
 *
 * @throws AbortError
 */
export async function findCopies(fingerprints: Fingerprints, slices: Slices): Promise<Copies> {
  const { parts, width } = fingerprints;
  const members = await groupsIn(fingerprints, slices);
  const equal = new Uint8Array(members.length);
  for (let index = 0; index < parts; index++) {
    const part = fingerprints.part(index);
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
  const equal = new EqualRows(documents, width);
  // Of a first document where its last group begins: copies are often equal in most parts, and one group says it.
  const begins = new Int32Array(documents);
  for (let index = 0; index < parts; index++) {
    await equal.find(fingerprints.part(index), slices);
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
function countEqual(equal: Uint8Array, members: Uint32Array, part: Uint32Array, width: number, from: number): void {
  for (let i = Math.max(1, from); i < Math.min(members.length, from + STRIDE); i++) {
    const row = members[i] as number;
    if (row >= FIRST) continue;
    const before = (members[i - 1] as number) % FIRST;
    for (let value = 0; value < width; value++) {
      if (part[row * width + value] === part[before * width + value]) equal[i] = (equal[i] as number) + 1;
    }
  }
}
