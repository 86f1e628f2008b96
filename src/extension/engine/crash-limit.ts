const LIMIT = 3;
const PERIOD_MS = 5 * 60_000;

/** Counts crashes: after three in five minutes something is wrong that another start does not mend. */
export class CrashLimit {
  #crashes: number[] = [];

  /** @param now in milliseconds. */
  add(now: number): void {
    this.#crashes = [...this.#crashes, now].filter((time) => now - time < PERIOD_MS);
  }

  get reached(): boolean {
    return this.#crashes.length >= LIMIT;
  }

  reset(): void {
    this.#crashes = [];
  }
}
