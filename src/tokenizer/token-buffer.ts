import type { Span, Tokenization } from '../shared/tokens';
import { charactersOf } from './character-spans';

/** Tokens of a text as they come, in arrays that grow. Offsets are in bytes of the text's UTF-8 encoding. */
export class TokenBuffer {
  private ids: Uint32Array;
  private byteStarts: Uint32Array;
  private byteEnds: Uint32Array;
  private readonly dropped: number[] = [];
  private count = 0;
  /** How many bytes of the text lie behind. */
  byteLength = 0;

  /** @param capacity a guess at how many tokens will come */
  constructor(capacity: number) {
    this.ids = new Uint32Array(capacity);
    this.byteStarts = new Uint32Array(capacity);
    this.byteEnds = new Uint32Array(capacity);
  }

  push(id: number, byteStart: number, byteEnd: number): void {
    if (this.count === this.ids.length) this.grow();
    this.ids[this.count] = id;
    this.byteStarts[this.count] = byteStart;
    this.byteEnds[this.count] = byteEnd;
    this.count++;
  }

  /** Pushes a token that holds the next bytes of the text. */
  append(id: number, bytes: number): void {
    const end = this.byteLength + bytes;
    this.push(id, this.byteLength, end);
    this.byteLength = end;
  }

  /** Says that no token of the vocabulary holds this byte. */
  drop(byte: number): void {
    this.dropped.push(byte);
  }

  /** Says so of the next bytes. */
  dropNext(bytes: number): void {
    for (let i = 0; i < bytes; i++) this.drop(this.byteLength + i);
    this.byteLength += bytes;
  }

  clear(): void {
    this.count = 0;
    this.byteLength = 0;
    this.dropped.length = 0;
  }

  /** All tokens, with their spans in `units`, the text that they came from. */
  toTokenization(units: Uint16Array): Tokenization {
    const byteStarts = this.byteStarts.slice(0, this.count);
    const byteEnds = this.byteEnds.slice(0, this.count);
    // As many bytes as units: the text is ASCII, and one is the other.
    const isAscii = this.byteLength === units.length;
    const { starts, ends } = isAscii
      ? { starts: byteStarts.slice(), ends: byteEnds.slice() }
      : charactersOf(units, byteStarts, byteEnds);
    return { ids: this.ids.slice(0, this.count), starts, ends, byteStarts, byteEnds, dropped: this.droppedIn(units) };
  }

  private droppedIn(units: Uint16Array): Span[] {
    if (this.dropped.length === 0) return [];
    const bytes = Uint32Array.from(this.dropped);
    const { starts, ends } = charactersOf(
      units,
      bytes,
      bytes.map((byte) => byte + 1),
    );
    const spans: Span[] = [];
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] ?? 0;
      const end = ends[i] ?? 0;
      const last = spans.at(-1);
      if (last && start <= last.end) last.end = end;
      else spans.push({ start, end });
    }
    return spans;
  }

  private grow(): void {
    const capacity = Math.max(64, 2 * this.ids.length);
    this.ids = enlarge(this.ids, capacity);
    this.byteStarts = enlarge(this.byteStarts, capacity);
    this.byteEnds = enlarge(this.byteEnds, capacity);
  }
}

function enlarge(array: Uint32Array, capacity: number): Uint32Array {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
