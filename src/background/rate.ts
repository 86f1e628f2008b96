const WINDOW_MS = 10_000;

/** How much was done a second, of late. */
export class Rate {
  #since = 0;
  #done = 0;

  add(amount: number, now: number): void {
    if (now - this.#since > WINDOW_MS) {
      // The latest rate goes on in the new window at half its weight.
      const isLate = now - this.#since > 2 * WINDOW_MS;
      this.#done = isLate ? 0 : this.#done / 2;
      this.#since = isLate ? now : now - (now - this.#since) / 2;
    }
    this.#done += amount;
  }

  perSecond(now: number): number {
    return this.#done / Math.max(0.001, (now - this.#since) / 1000);
  }
}
