import { PagedNumbers } from './paged-numbers';

const HALF = 2 ** 32;

/**
 * Where each line of a file begins, in four bytes a line: the lower half of its offset. The upper half grows with the
 * lines, so it is enough to know at which lines it does.
 */
export class LineOffsets {
  readonly #lower = new PagedNumbers((length) => new Uint32Array(length));
  /** The first line whose offset has the upper half 1, 2, … */
  readonly #crossings: number[] = [];
  #count = 0;
  #end = 0;

  /** Lines that are known. */
  get count(): number {
    return this.#count;
  }

  /** Where the last known line ends, after its line break. */
  get end(): number {
    return this.#end;
  }

  get bytes(): number {
    return this.#lower.bytes;
  }

  /** Adds the line that ends at an offset, which is where the next begins. */
  add(end: number): void {
    while (this.#end >= (this.#crossings.length + 1) * HALF) this.#crossings.push(this.#count);
    this.#lower.set(this.#count, this.#end % HALF);
    this.#count++;
    this.#end = end;
  }

  /** Where a line begins, in bytes; of the line after the last, where that would. */
  start(line: number): number {
    if (line >= this.#count) return this.#end;
    let upper = 0;
    while (upper < this.#crossings.length && (this.#crossings[upper] as number) <= line) upper++;
    return upper * HALF + (this.#lower.get(line) as number);
  }
}
