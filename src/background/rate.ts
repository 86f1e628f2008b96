/** After so long, what was done before counts half. */
const HALF_SECONDS = 10;

/** How much is done a second, of late. Pauses between two pieces do not count, however long a piece takes. */
export class Rate {
  #done = 0;
  #seconds = 0;
  /** Until when time has been counted. */
  #counted = 0;

  add(amount: number, seconds: number): void {
    const weight = 0.5 ** (seconds / HALF_SECONDS);
    this.#done = weight * this.#done + amount;
    this.#seconds = weight * this.#seconds + seconds;
  }

  /** Work that ends now. Of pieces that were at work at once the time is counted once. @param start by `performance.now` */
  addWork(amount: number, start: number): void {
    const now = performance.now();
    this.add(amount, (now - Math.max(start, this.#counted)) / 1000);
    this.#counted = now;
  }

  /** 0 while it is not known. */
  get perSecond(): number {
    return this.#seconds > 0 ? this.#done / this.#seconds : 0;
  }
}
