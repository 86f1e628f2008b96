import type { Span } from '../../shared/filters-api';
import { Ranges } from './ranges';

/** Where the pieces of a text stand in another that they were taken from, in the same order. */
export class Places {
  readonly #pieces = new Ranges();
  readonly #origins: number[] = [];

  /** @param start of the piece in this text */
  add(start: number, end: number, origin: number): void {
    this.#pieces.push(start, end);
    this.#origins.push(origin);
  }

  /** The part of the other text from where a span of this one begins to where it ends, with what was taken out in between. */
  span(start: number, end: number): Span {
    const from = this.#place(start);
    return { start: from, end: end > start ? this.#place(end - 1) + 1 : from };
  }

  /** What stands between two pieces is where the first of them ends. */
  #place(at: number): number {
    let low = 0;
    for (let high = this.#pieces.count - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces.start(middle) <= at) low = middle;
      else high = middle - 1;
    }
    const offset = Math.min(at, this.#pieces.end(low)) - this.#pieces.start(low);
    return (this.#origins[low] ?? 0) + offset;
  }
}
