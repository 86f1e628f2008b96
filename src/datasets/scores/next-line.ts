/** Which line is scored next: of those that are seen the first that is not, else the first of the file. */
export class NextLine {
  readonly #isDone: (line: number) => boolean;
  #seen: readonly number[] = [];
  #from = 0;

  /** @param isDone whether a line needs nothing more */
  constructor(isDone: (line: number) => boolean) {
    this.#isDone = isDone;
  }

  /** Lines that a person has before them. */
  see(lines: readonly number[]): void {
    this.#seen = lines;
  }

  /** Where other numbers are wanted of all. */
  restart(): void {
    this.#from = 0;
  }

  /** @param count of the lines that are known. @returns undefined where all are done */
  next(count: number): number | undefined {
    const seen = this.#seen.find((line) => line < count && !this.#isDone(line));
    if (seen !== undefined) return seen;
    while (this.#from < count && this.#isDone(this.#from)) this.#from++;
    return this.#from < count ? this.#from : undefined;
  }
}
