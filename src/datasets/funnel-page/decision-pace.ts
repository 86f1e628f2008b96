/** While documents are read, it is decided of those that are known at most so often, and for no more than a part of the time. */
const DECIDED_EVERY_MS = 500;
const DECIDED_SHARE = 20;
/** The first decision waits for the rules to be loaded, which says nothing of those that follow. */
const LONGEST_REST_MS = 4000;

/** When it is decided again only because more is known. */
export class DecisionPace {
  #restsUntil = 0;

  get isDue(): boolean {
    return performance.now() > this.#restsUntil;
  }

  /** Nothing is due while something is decided, and some time after. */
  async pace(decide: () => Promise<void>): Promise<void> {
    const began = performance.now();
    this.#restsUntil = Number.POSITIVE_INFINITY;
    try {
      await decide();
    } finally {
      const now = performance.now();
      const rest = Math.max(DECIDED_EVERY_MS, DECIDED_SHARE * (now - began));
      this.#restsUntil = now + Math.min(LONGEST_REST_MS, rest);
    }
  }
}
