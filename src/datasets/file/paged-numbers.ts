const PAGE = 1 << 16;

type Numbers = Uint8Array | Uint32Array | Float64Array;

/**
 * Numbers that grow by pages, so that nothing is copied as they do, and a page is there only where one of its numbers was
 * set.
 */
export class PagedNumbers<T extends Numbers> {
  readonly #make: (length: number) => T;
  readonly #pages: (T | undefined)[] = [];

  /** @param make an array of so many numbers, filled with what stands where nothing was set */
  constructor(make: (length: number) => T) {
    this.#make = make;
  }

  /** @returns undefined where nothing near it was set */
  get(index: number): number | undefined {
    return this.#pages[Math.floor(index / PAGE)]?.[index % PAGE];
  }

  set(index: number, value: number): void {
    const page = Math.floor(index / PAGE);
    this.#pages[page] ??= this.#make(PAGE);
    (this.#pages[page] as T)[index % PAGE] = value;
  }

  /** Of its pages. */
  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.byteLength ?? 0), 0);
  }
}

/** Where nothing was set it has NaN. */
export const pagedFloats = () => new PagedNumbers((length) => new Float64Array(length).fill(Number.NaN));

/** Where nothing was set it has 0, or undefined. */
export const pagedBytes = () => new PagedNumbers((length) => new Uint8Array(length));
