import { BATCH } from '../batch';
import type { Split } from '../splits/split';
import { beginningKey, endKey, Joints } from './joints';
import type { TokenTable } from './token-table';

const NOTHING = -1;

/**
 * Cuts a piece between two characters that no token joins: no merge reaches across, so the tokens are the same, and a
 * sentence of Chinese is a row of short pieces that come again rather than one that does not.
 *
 * Only characters of three bytes are looked at, those of the scripts that write without spaces among them; and only if
 * all their bytes are tokens, for what is dropped would make others neighbours.
 *
 * @returns undefined where the vocabulary lacks one of their bytes
 */
export function* cutBetweenTokens(table: TokenTable): Generator<undefined, Split | undefined> {
  if (!hasAllBytes(table)) return undefined;
  const joints = new Joints();
  for (let first = 0; first < table.size; first += BATCH) {
    for (let id = first; id < Math.min(first + BATCH, table.size); id++) addJoints(table, id, joints);
    yield;
  }
  return (units, from, end) => {
    for (let at = from + 1; at < end; at++) {
      const right = units[at] ?? 0;
      if (!isThreeBytes(right)) at++;
      else if (isThreeBytes(units[at - 1] ?? 0) && !joints.has(units[at - 1] ?? 0, right)) return at;
    }
    return end;
  };
}

/** Adds the neighbours inside a token, of which the outermost may be there in part. */
function addJoints(table: TokenTable, id: number, joints: Joints): void {
  const length = table.lengthOf(id);
  let left = NOTHING;
  for (let at = 0; at < length; ) {
    const first = table.byteAt(id, at);
    const size = sizeOf(first);
    const key = keyAt(table, id, at, size);
    if (left !== NOTHING && size > 0) joints.add(left, key);
    left = key;
    at += Math.max(1, size);
  }
}

/** The key of what starts at a byte that says it is the first of `size`, 0 where no character starts. */
function keyAt(table: TokenTable, id: number, at: number, size: number): number {
  if (size === 0) return endKey(table.byteAt(id, at));
  if (at + size > table.lengthOf(id)) return beginningKey(table.byteAt(id, at));
  return pointAt(table, id, at, size);
}

/** Bytes of the character that starts with this byte, 0 for a byte that starts none. */
function sizeOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function pointAt(table: TokenTable, id: number, at: number, size: number): number {
  let point = size === 1 ? table.byteAt(id, at) : table.byteAt(id, at) & (0x7f >> size);
  for (let i = 1; i < size; i++) point = (point << 6) | (table.byteAt(id, at + i) & 0x3f);
  return point;
}

function isThreeBytes(unit: number): boolean {
  return unit >= 0x800 && (unit & 0xf800) !== 0xd800;
}

/** Whether the vocabulary has a token for every byte of a three-byte character. */
function hasAllBytes(table: TokenTable): boolean {
  for (let byte = 0x80; byte < 0xf0; byte++) {
    const isUsed = byte < 0xc0 || byte >= 0xe0;
    if (isUsed && table.find(Uint8Array.of(byte), 0, 1) < 0) return false;
  }
  return true;
}
