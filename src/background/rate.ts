const WINDOW_MS = 10_000;

/** How much was done a second, of late. */
export class Rate {
  #since = Number.NEGATIVE_INFINITY;
  #done = 0;

  /** Tells what was done by now, since it was told before. */
  add(amount: number, now: number): void {
    const isLate = now - this.#since > 2 * WINDOW_MS;
    // How long it took is not known: there was a pause, or it is the first.
    if (isLate) {
      this.#done = 0;
      this.#since = now;
      return;
    }
    if (now - this.#since > WINDOW_MS) {
      // The latest rate goes on in the new window at half its weight.
      this.#done /= 2;
      this.#since = now - (now - this.#since) / 2;
    }
    this.#done += amount;
  }

  /** 0 while it is not known. */
  perSecond(now: number): number {
    return this.#done / Math.max(0.001, (now - this.#since) / 1000);
  }
}
