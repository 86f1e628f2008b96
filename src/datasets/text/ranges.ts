import type { Span } from '../../shared/filters-api';
import { grown, zeros } from './numbers';

/** Parts of a text, one after another, in UTF-16 units. */
export class Ranges {
  count = 0;
  #starts = zeros(32);
  #ends = zeros(32);

  push(start: number, end: number): void {
    if (this.count === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
    }
    this.#starts[this.count] = start;
    this.#ends[this.count++] = end;
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return this.#ends[index] as number;
  }

  /** Those of some indexes, or all. */
  spans(isWanted: (index: number) => boolean = () => true): Span[] {
    const spans: Span[] = [];
    for (let i = 0; i < this.count; i++) if (isWanted(i)) spans.push({ start: this.start(i), end: this.end(i) });
    return spans;
  }
}
