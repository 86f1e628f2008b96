import type { LayerKind, RopeTable } from '../model/config';

/** Cosines and sines of positions' angles: [positions, D/2] each. */
export interface Angles {
  cosines: Float32Array;
  sines: Float32Array;
}

/** Positions by which a table grows. */
const STEP = 512;

const tables = new WeakMap<RopeTable, Map<readonly number[], Angles>>();

/**
 * The angles of the positions [from, from + count) of a text of `length` tokens, multiplied by the attention factor;
 * undefined where a kind of layers rotates nothing. What was computed once is kept.
 */
export function anglesOf({ rope }: LayerKind, length: number, from: number, count: number): Angles | undefined {
  if (rope === undefined) return undefined;
  const frequencies = frequenciesFor(rope, length);
  const pairs = frequencies.length;
  const known = tables.get(rope) ?? new Map<readonly number[], Angles>();
  tables.set(rope, known);
  const before = known.get(frequencies);
  const angles =
    before !== undefined && before.cosines.length >= (from + count) * pairs
      ? before
      : computeAngles(frequencies, rope.attentionFactor, Math.ceil((from + count) / STEP) * STEP);
  known.set(frequencies, angles);
  const rows = (values: Float32Array) => values.subarray(from * pairs, (from + count) * pairs);
  return { cosines: rows(angles.cosines), sines: rows(angles.sines) };
}

/** Whether what was read of a text of one length holds for the same beginning of a text of another. */
export function rotateAlike(kinds: readonly LayerKind[], one: number, other: number): boolean {
  return kinds.every(({ rope }) => !rope || frequenciesFor(rope, one) === frequenciesFor(rope, other));
}

function frequenciesFor({ frequencies, long }: RopeTable, length: number): readonly number[] {
  return long && length > long.beyond ? long.frequencies : frequencies;
}

function computeAngles(frequencies: readonly number[], factor: number, positions: number): Angles {
  const cosines = new Float32Array(positions * frequencies.length);
  const sines = new Float32Array(positions * frequencies.length);
  for (let position = 0, at = 0; position < positions; position++) {
    for (const frequency of frequencies) {
      // What does not rotate is not multiplied either.
      cosines[at] = frequency === 0 ? 1 : factor * Math.cos(position * frequency);
      sines[at++] = factor * Math.sin(position * frequency);
    }
  }
  return { cosines, sines };
}
