import type { TokenBuffer } from '../token-buffer';
import type { Symbols } from './symbols';

/** Longer pieces are rare and seldom come twice. */
export const LONGEST_CACHED = 48;

const ENTRIES = 1 << 16;
const SLOTS = 2 * ENTRIES;
const UNITS = 8 * ENTRIES;
const TOKENS = 4 * ENTRIES;
const EMPTY = -1;

/**
 * The tokens of pieces met before: code is the same few words over and over. Holds no objects but typed arrays, so
 * that it costs the garbage collector nothing; when it is full it starts anew.
 */
export class PieceCache {
  private readonly slots = new Int32Array(SLOTS).fill(EMPTY);
  private readonly hashes = new Int32Array(ENTRIES);
  /** Entry i is `units[unitStarts[i], unitStarts[i + 1])` and `ids[tokenStarts[i], tokenStarts[i + 1])`. */
  private readonly unitStarts = new Uint32Array(ENTRIES + 1);
  private readonly tokenStarts = new Uint32Array(ENTRIES + 1);
  private readonly units = new Uint16Array(UNITS);
  private count = 0;
  /** The tokens of all entries, and where each ends in its piece, in bytes. */
  private readonly ids = new Uint32Array(TOKENS);
  private readonly ends = new Uint8Array(TOKENS);

  /** The entry of the piece `units[start, end)`, or -1. */
  find(units: Uint16Array, start: number, end: number): number {
    const hash = hashOf(units, start, end);
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const entry = this.slots[slot] ?? EMPTY;
      if (entry === EMPTY || (this.hashes[entry] === hash && this.equals(entry, units, start, end))) return entry;
    }
  }

  /** Appends the tokens of an entry. */
  copy(entry: number, buffer: TokenBuffer): void {
    const offset = buffer.byteLength;
    let start = offset;
    for (let i = this.tokenStarts[entry] ?? 0; i < (this.tokenStarts[entry + 1] ?? 0); i++) {
      const end = offset + (this.ends[i] ?? 0);
      buffer.push(this.ids[i] ?? 0, start, end);
      start = end;
    }
    buffer.byteLength = start;
  }

  /** Keeps the tokens of a piece that `find` did not find, that has at most `LONGEST_CACHED` units and dropped nothing. */
  add(units: Uint16Array, start: number, end: number, { ids, ends, count: tokens }: Symbols): void {
    const unitStart = this.unitStarts[this.count] ?? 0;
    const tokenStart = this.tokenStarts[this.count] ?? 0;
    if (this.count === ENTRIES || unitStart + end - start > UNITS || tokenStart + tokens > TOKENS) {
      this.clear();
      return;
    }
    for (let i = 0; i < end - start; i++) this.units[unitStart + i] = units[start + i] ?? 0;
    for (let i = 0; i < tokens; i++) {
      this.ids[tokenStart + i] = ids[i] ?? 0;
      this.ends[tokenStart + i] = ends[i] ?? 0;
    }
    const hash = hashOf(units, start, end);
    let slot = hash & (SLOTS - 1);
    while (this.slots[slot] !== EMPTY) slot = (slot + 1) & (SLOTS - 1);
    this.slots[slot] = this.count;
    this.hashes[this.count] = hash;
    this.count++;
    this.unitStarts[this.count] = unitStart + end - start;
    this.tokenStarts[this.count] = tokenStart + tokens;
  }

  private clear(): void {
    this.slots.fill(EMPTY);
    this.count = 0;
  }

  private equals(entry: number, units: Uint16Array, start: number, end: number): boolean {
    const offset = this.unitStarts[entry] ?? 0;
    if ((this.unitStarts[entry + 1] ?? 0) - offset !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.units[offset + i] !== units[start + i]) return false;
    return true;
  }
}

function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (units[i] ?? 0), 0x5bd1e995);
  return hash ^ (hash >>> 15);
}
