/**
 * Documents that are held for copies of each other, in groups, as numbers that can be kept on disk: whatever rules before
 * decide, and wherever the threshold is, `clustersOf` decides of them without reading anything again.
 */
export interface Copies {
  /** Groups one after another, each in the order of the data set. A document may stand in several. */
  members: Uint32Array;
  /** How many values a member has in common with the one before it in its group; 0 of the first of each group. */
  equal: Uint8Array;
  /** Out of how many. */
  of: number;
}

/**
 * Which documents are one: those of a group, and those that are joined by a document of two groups.
 *
 * @param count of all documents
 * @param stays whether the rules before let a document through: others neither join anything nor are the one that is kept
 * @param threshold a member is joined to the one before it where they share more than this, 0 to 1
 * @returns of each document the first of its cluster, which is kept: itself where there is no other
 */
export function clustersOf(
  { members, equal, of }: Copies,
  count: number,
  stays: (index: number) => boolean,
  threshold: number,
): Uint32Array<ArrayBuffer> {
  const parents = new Uint32Array(count);
  for (let index = 0; index < count; index++) parents[index] = index;
  let last = -1;
  let similarity = 1;
  for (let i = 0; i < members.length; i++) {
    const member = members[i] as number;
    const isFirst = equal[i] === 0;
    if (isFirst) last = -1;
    // Over one that is left out, two are no more alike than each is to it.
    similarity = isFirst ? 1 : Math.min(similarity, (equal[i] as number) / of);
    if (!stays(member)) continue;
    if (last !== -1 && similarity > threshold) join(parents, last, member);
    last = member;
    similarity = 1;
  }
  for (let index = 0; index < count; index++) parents[index] = firstOf(parents, index);
  return parents;
}

/**
 * Of each document, how like it is to the one of its groups that is nearest to it in likeness, 0 to 1: before it or after it
 * in the group. NaN where nothing is like it, and of the first of each cluster, which stays.
 */
export function similarities(copies: Copies, count: number): Float32Array {
  const { members, equal, of } = copies;
  const numbers = new Float32Array(count);
  for (let i = 1; i < members.length; i++) {
    const similarity = (equal[i] as number) / of;
    if (similarity === 0) continue;
    for (const member of [members[i - 1] as number, members[i] as number]) {
      numbers[member] = Math.max(numbers[member] as number, similarity);
    }
  }
  const firsts = clustersOf(copies, count, () => true, 0);
  for (let index = 0; index < count; index++) if (firsts[index] === index) numbers[index] = Number.NaN;
  return numbers;
}

/** The other documents of its cluster and itself, in order. */
export function membersOf(firsts: Uint32Array, index: number): number[] {
  const members: number[] = [];
  const first = firsts[index] as number;
  for (let other = first; other < firsts.length; other++) if (firsts[other] === first) members.push(other);
  return members;
}

/** The first of two clusters stays the first of both, so that parents always come before their children. */
function join(parents: Uint32Array, a: number, b: number): void {
  const [firstA, firstB] = [firstOf(parents, a), firstOf(parents, b)];
  parents[Math.max(firstA, firstB)] = Math.min(firstA, firstB);
}

/** Halves the way for those who come after. */
function firstOf(parents: Uint32Array, index: number): number {
  let at = index;
  while (parents[at] !== at) {
    const parent = parents[at] as number;
    parents[at] = parents[parent] as number;
    at = parents[at] as number;
  }
  return at;
}
