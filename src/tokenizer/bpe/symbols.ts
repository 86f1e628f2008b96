/** Room for the symbols of most pieces. */
const LEAST = 64;

/**
 * A piece of text on its way to tokens: a row of tokens, each with the bytes of the text that it stands for, counted
 * from the piece's start. Merging shortens the row in place.
 */
export class Symbols {
  ids = new Int32Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  count = 0;
  /** Length of the piece. */
  byteLength = 0;
  /** Bytes of the piece that no token holds. */
  dropped: number[] = [];

  /** Empties the row for a piece of at most `capacity` symbols. */
  clear(capacity: number): void {
    this.count = 0;
    this.byteLength = 0;
    if (this.dropped.length > 0) this.dropped = [];
    if (capacity <= this.ids.length) return;
    const room = Math.max(capacity, LEAST);
    this.ids = new Int32Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  push(id: number, start: number, end: number): void {
    this.ids[this.count] = id;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }
}
